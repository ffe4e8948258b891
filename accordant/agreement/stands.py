"""Where each party stands on some states against no deal, in one setting.

A party *accepts* a state when it likes it at least as well as no deal, crosses no red line there
that no deal does not cross, and none of its constituencies refuses. Where an order is unknown, its
red lines still speak: each is the priority ``not …`` before all others. So there are two answers
for each state: what is sure, and what may be.

Notation: ``columns`` are the state numbers looked at, ``D`` the states that no deal may be, and a
*level* is 0 (refuses), 1 (accepts, a tie with no deal) or 2 (accepts, strictly better).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    sure, maybe
        Shape (D, columns): surely, and possibly, neither a red line nor a constituency refuses.
    """

    key: Ranks
    known: bool
    sure: Bools
    maybe: Bools

    def levels(self, d: int, at: int, same: Bools) -> tuple[Levels, Levels]:
        """The lowest and the highest level of each column.

        Parameters
        ----------
        d
            Which of the no-deal states (a row of ``sure``).
        at
            Its column.
        same
            Which columns are that very state.
        """
        better = self.key > self.key[at]
        if self.known:
            level = np.where(better, 2, (self.key == self.key[at]).astype(np.int8)).astype(np.int8)
            return level * self.sure[d], level * self.maybe[d]
        # an unknown order may put anything that the red lines do not tell apart above or below
        low = np.where(better, 2, same.astype(np.int8)).astype(np.int8)
        high = np.where(same, 1, 2).astype(np.int8)
        return low * self.sure[d], high * self.maybe[d]


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


def voice(view: View, who: str, columns: NDArray[np.intp], against: Sequence[int]) -> Stand:
    """How a party or a constituency alone stands, nobody's veto counted."""
    ranks, crossed = view.ranks(who), [line for _, line in view.red_lines(who)]
    passes = np.ones((len(against), len(columns)), dtype=bool)
    for line in crossed:
        here = line[columns]
        for k, d in enumerate(against):
            if not line[d]:
                passes[k] &= ~here
    if ranks is not None:
        return Stand(ranks[columns], True, passes, passes)
    return Stand(red_key([~line[columns] for line in crossed], len(columns)), False, passes, passes)


def red_key(kept: Iterable[Bools], n: int) -> Ranks:
    """Ranks by red lines alone, the first line the most important."""
    key = np.zeros(n, dtype=np.int64)
    for holds in kept:
        # dense again after every line: the number of lines does not matter
        key = np.unique(key * 2 + holds, return_inverse=True)[1].astype(np.int64).ravel()
    return key


def with_vetoes(own: Stand, vetoes: Iterable[Stand], at: Sequence[int], same: Sequence[Bools]) -> Stand:
    """A party's stand when its constituencies may refuse for it."""
    sure, maybe = own.sure.copy(), own.maybe.copy()
    for veto in vetoes:
        for d, column in enumerate(at):
            low, high = veto.levels(d, column, same[d])
            sure[d] &= low > 0
            maybe[d] &= high > 0
    return Stand(own.key, own.known, sure, maybe)


@dataclass(frozen=True, eq=False)
class Scene:
    """Some states in one setting, with where every party stands.

    Attributes
    ----------
    columns
        The state numbers looked at; the no-deal states are among them.
    at
        The column of each no-deal state.
    """

    columns: NDArray[np.intp]
    at: tuple[int, ...]
    stands: tuple[Stand, ...]

    def same(self, d: int) -> Bools:
        """Which columns are the no-deal state number ``d``."""
        return np.asarray(self.columns == self.columns[self.at[d]])

    def agreement(self, d: int) -> tuple[Bools, Bools]:
        """Which columns surely are, and which may be, agreements against no-deal state ``d``."""
        same = self.same(d)
        n = len(self.columns)
        lows, highs = np.full(n, 2, np.int8), np.full(n, 2, np.int8)
        best_low, best_high = np.zeros(n, np.int8), np.zeros(n, np.int8)
        for stand in self.stands:
            low, high = stand.levels(d, self.at[d], same)
            np.minimum(lows, low, out=lows)
            np.minimum(highs, high, out=highs)
            np.maximum(best_low, low, out=best_low)
            np.maximum(best_high, high, out=best_high)
        return (lows > 0) & (best_low == 2), (highs > 0) & (best_high == 2)


def scene(view: View, states: NDArray[np.intp] | None = None) -> Scene:
    """Where every party stands in a view.

    Parameters
    ----------
    states
        State numbers to look at, every state by default; no deal is added at the end.
    """
    against = np.array(view.no_deal, dtype=np.intp)
    if states is None:
        columns, at = np.arange(view.model.n), tuple(view.no_deal)
    else:
        columns = np.concatenate([np.asarray(states, dtype=np.intp), against])
        at = tuple(range(len(states), len(columns)))
    same = [columns == d for d in against]
    stands = tuple(
        with_vetoes(
            voice(view, party, columns, view.no_deal),
            [voice(view, c, columns, view.no_deal) for c in vetoes],
            at,
            same,
        )
        for party, vetoes in constituencies(view.case).items()
    )
    return Scene(columns, at, stands)
