"""Where each party stands on some states against no deal, in one setting.

A party *accepts* a state when it likes it at least as well as no deal, crosses no red line there
that no deal does not cross, and none of its constituencies refuses. What no deal is to a party, and
what follows where that is not settled, is said in :mod:`accordant.agreement.no_deal`. Where an order
is unknown, its red lines still speak: each is the priority ``not …`` before all others. So there are
two answers for each state: what is sure, and what may be.

Notation: ``columns`` are the state numbers looked at, ``D`` the states that no deal may be, and a
*level* is 0 (refuses), 1 (accepts, a tie with no deal) or 2 (accepts, strictly better).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import NOWHERE, NoDeal, no_deal_to
from accordant.case.objects import Case
from accordant.model.view import View

Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]
Ranks = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Stand:
    """One party's view of some states, its constituencies' vetoes included.

    Attributes
    ----------
    key
        Its rank of each column; where its order is unknown, how its red lines alone rank them.
    known
        Whether its order is known.
    low, high
        The rank of the worst and of the best that each no deal may be to it, shape (D,).
    same
        Shape (D, columns): which columns are that very no deal.
    sure, maybe
        Shape (D, columns): surely, and possibly, neither a red line nor a constituency refuses.
    given
        Shape (D, columns): wherever some state is accepted, nothing refuses this one if it is at
        least as good to the party and, in each row of ``rows``, at least as good as that state.
    rows
        Shape (D, rows, columns): what the unsettled no deal of a constituency turns on.
    """

    key: Ranks
    known: bool
    low: Ranks
    high: Ranks
    same: Bools
    sure: Bools
    maybe: Bools
    given: Bools
    rows: Ranks

    @property
    def settled(self) -> bool:
        """Whether it is known what no deal is, to the party and to its constituencies."""
        return bool((self.low == self.high).all()) and not self.rows.shape[1]

    @property
    def signature(self) -> bytes:
        """Equal for stands that are the same."""
        parts = (self.key, self.low, self.high, self.same, self.sure, self.maybe, self.given, self.rows)
        return b"|".join([bytes([self.known]), *(part.tobytes() for part in parts)])

    def levels(self, d: int) -> tuple[Levels, Levels]:
        """The lowest and the highest level of each column against one no-deal state."""
        if self.known:
            low, high = (_level(self.key, at[d]) for at in (self.high, self.low))
        else:
            # an unknown order may put anything that the red lines do not tell apart above or below
            same = self.same[d].astype(np.int8)
            low, high = np.maximum(_level(self.key, self.high[d]) & 2, same), 2 - same
        return low * self.sure[d], high * self.maybe[d]


def _level(key: Ranks, at: np.int64) -> Levels:
    return ((key >= at).astype(np.int8) + (key > at)).astype(np.int8)


def stand(ranks: Ranks | None, kept: Sequence[Bools], same: Bools) -> Stand:
    """How a party or a constituency alone stands, nobody's veto counted.

    Parameters
    ----------
    ranks
        Its ranks of the columns, then of the worst and then of the best that each no deal may be;
        None where its order is unknown.
    kept
        For each of its red lines which of these keep it.
    same
        Which columns are no deal itself, shape (D, columns).
    """
    count, k = same.shape
    sure, maybe = np.ones((2, count, k), dtype=bool)
    rows = []
    for holds in kept:
        low, high, here = holds[k : k + count, None], holds[k + count :, None], holds[:k]
        maybe &= here | ~low
        sure &= here | ~high
        if (low != high).any():
            rows.append(np.broadcast_to(here, (count, k)))
    key = red_key(kept, k + 2 * count) if ranks is None else ranks
    return Stand(
        key[:k],
        ranks is not None,
        key[k : k + count],
        key[k + count :],
        same,
        sure,
        maybe,
        maybe,
        np.array(rows, dtype=np.int64).reshape(len(rows), count, k).transpose(1, 0, 2),
    )


def with_vetoes(own: Stand, vetoes: Iterable[Stand]) -> Stand:
    """A party's stand when its constituencies may refuse for it."""
    sure, maybe, given = own.sure.copy(), own.maybe.copy(), own.given.copy()
    rows = [own.rows]
    for veto in vetoes:
        for d in range(len(sure)):
            low, high = veto.levels(d)
            sure[d] &= low > 0
            maybe[d] &= high > 0
            given[d] &= (high if veto.known else low) > 0
        rows.append(veto.rows)
        if veto.known and not veto.settled:
            # what its no deal is worth at most is enough for whatever else is as good
            rows.append(np.minimum(veto.key, veto.high[:, None])[:, None])
    return replace(own, sure=sure, maybe=maybe, given=given, rows=np.concatenate(rows, axis=1))


def red_key(kept: Iterable[Bools], n: int) -> Ranks:
    """Ranks by red lines alone, the first line the most important."""
    key = np.zeros(n, dtype=np.int64)
    for holds in kept:
        # dense again after every line: the number of lines does not matter
        key = np.unique(key * 2 + holds, return_inverse=True)[1].astype(np.int64).ravel()
    return key


def acceptors(case: Case) -> tuple[str, ...]:
    """Whose acceptance counts: every party of role ``party``, in the order of the case."""
    return tuple(p for p, party in case.parties.items() if party.role == "party")


def constituencies(case: Case) -> dict[str, tuple[str, ...]]:
    """For each party its constituencies that have preferences of their own."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(acceptors(case), ())
    for id_, party in case.parties.items():
        stated = id_ in case.preferences and case.preferences[id_].stated
        if party.role == "constituency" and party.of in found and stated:
            found[party.of] += (id_,)
    return found


def voices(case: Case) -> tuple[str, ...]:
    """Everybody who has a say: parties whose acceptance counts, each with its constituencies."""
    return tuple(who for party, held in constituencies(case).items() for who in (party, *held))


def no_deals(view: View) -> tuple[int, ...]:
    """What packages are compared with: the states that no deal may be, or :data:`NOWHERE`.

    Empty where nothing can be compared: the case gives no state for no deal, and nobody with a say
    holds a reservation.
    """
    if view.no_deal:
        return view.no_deal
    orders = (view.frame.orders.get(who) for who in voices(view.case))
    return (NOWHERE,) if any(o is not None and o.reservation is not None for o in orders) else ()


def no_deal_of(view: View, who: str) -> NoDeal:
    """What no deal is to a party or a constituency in a view."""
    return no_deal_to(view.order(who), view.setting.off, no_deals(view), view.model.n)


def voice(view: View, who: str, columns: NDArray[np.intp]) -> Stand:
    """How a party or a constituency alone stands in a view, nobody's veto counted."""
    against = no_deal_of(view, who)
    ranks, order = view.ranks(who), against.order
    if ranks is not None and order is not None and against.width > against.states:
        ranks = order.ranks(against.width, view.setting.off, dict(view.setting.perms))
    at = np.concatenate([columns, against.columns])
    red = [] if order is None else [line for line in order.red if line.element not in view.setting.off]
    return stand(
        None if ranks is None else ranks[at], [line.holds[at] for line in red], against.same(columns)
    )


@dataclass(frozen=True, eq=False)
class Scene:
    """Some states in one setting, with where every party stands.

    Attributes
    ----------
    columns
        The state numbers looked at.
    count
        Number of states that no deal may be.
    """

    columns: NDArray[np.intp]
    count: int
    stands: tuple[Stand, ...]

    @property
    def settled(self) -> bool:
        """Whether it is known of everybody what no deal is to it."""
        return all(stand.settled for stand in self.stands)

    def agreement(self, d: int) -> tuple[Bools, Bools]:
        """Which columns surely are, and which may be, agreements against no-deal state ``d``."""
        n = len(self.columns)
        lows, highs = np.full(n, 2, np.int8), np.full(n, 2, np.int8)
        best_low, best_high = np.zeros(n, np.int8), np.zeros(n, np.int8)
        for stand in self.stands:
            low, high = stand.levels(d)
            np.minimum(lows, low, out=lows)
            np.minimum(highs, high, out=highs)
            np.maximum(best_low, low, out=best_low)
            np.maximum(best_high, high, out=best_high)
        return (lows > 0) & (best_low == 2), (highs > 0) & (best_high == 2)

    def given(self, d: int) -> tuple[Bools, Ranks]:
        """Which columns nothing refuses where a state that they dominate is accepted, and its condition.

        They must be at least as good as that state in each of the rows, shape (rows, columns).
        """
        n = len(self.columns)
        given = np.ones(n, dtype=bool)
        for stand in self.stands:
            given &= stand.given[d]
        rows = [stand.rows[d] for stand in self.stands]
        return given, np.concatenate(rows) if rows else np.zeros((0, n), dtype=np.int64)


def scene(view: View, states: NDArray[np.intp] | None = None) -> Scene:
    """Where every party stands in a view.

    Parameters
    ----------
    states
        State numbers to look at, every state by default.
    """
    columns = np.arange(view.model.n) if states is None else np.asarray(states, dtype=np.intp)
    stands = tuple(
        with_vetoes(voice(view, party, columns), [voice(view, c, columns) for c in vetoes])
        for party, vetoes in constituencies(view.case).items()
    )
    return Scene(columns, len(no_deals(view)), stands)
