"""What no deal is to each party: the one thing that its comparisons of packages are made with.

No deal is a state, the same for everybody, unless a party holds a *reservation*: a number on the
scale of its worths, the ends between which that number lies, or a state of its own. All of them get
one form here: the party's order over the states *and some further columns*, each of which is what no
deal may be to it. Whatever compares states then compares a package with no deal as well.

Where what no deal is worth lies between two ends, there is a column for each end. A party's answer
can only fall as no deal becomes worth more to it, so that a package is surely accepted if it is
against the higher end, and surely refused if it is against the lower one; and since every party's
number lies anywhere between its own ends, whatever the others' are, the ends of all parties together
settle what surely is an agreement, and what may be one.

A number says nothing of red lines: no deal crosses those that the state of no deal crosses, and none
where the case gives no such state. A reservation that nothing stands behind is unknown. If it was a
number, no deal is worth anything from less than every state to more; if it was a state, no deal may
besides cross any red lines. The same goes for a party without a reservation where the case gives no
state for no deal.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordant.model.preferences import ROOM, Bools, Choice, Held, PartyOrder, Score, Statement

Columns = NDArray[np.intp]

NOWHERE = -1
"""Stands for no deal where the case gives no state for it, but some party says what it is worth."""

_UNKNOWN = "no deal"
"""Marks the lines that put an unknown no deal above or below every state; no element has this id."""


@dataclass(frozen=True, eq=False)
class NoDeal:
    """What no deal is to one party: columns of its order.

    Attributes
    ----------
    order
        Its order over ``width`` columns, the first of them the states; None where nothing is known.
    states
        Number of states.
    width
        Number of columns.
    low, high
        For each state that no deal may be, the column of the worst and of the best that it may be
        to this party: the same one where that is settled.
    held
        The party's reservation, if it has one.
    """

    order: PartyOrder | None
    states: int
    width: int
    low: tuple[int, ...]
    high: tuple[int, ...]
    held: Held | None = None

    @property
    def settled(self) -> bool:
        """Whether it is known what no deal is to the party, its lines and worths aside."""
        return self.low == self.high

    @property
    def ranged(self) -> bool:
        """Whether it is worth a number of which only the ends are known, and nothing else is open."""
        score = None if self.order is None else self.order.whole.score
        return score is not None and score.held is not None

    @property
    def columns(self) -> Columns:
        """The columns of ``low``, then those of ``high``."""
        return np.array([*self.low, *self.high], dtype=np.intp)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two that were made from the same order and elements, and compare alike."""
        red = () if self.order is None else self.order.red
        return (self.low, self.high, *(line.holds[self.states :].tobytes() for line in red))

    def same(self, columns: Columns) -> Bools:
        """Which columns are no deal itself, shape (no deals, columns)."""
        low = np.where(np.array(self.low) == np.array(self.high), self.low, NOWHERE)
        return np.asarray(np.asarray(columns)[None, :] == low[:, None])


def no_deal_to(order: PartyOrder | None, lost: Collection[str], against: Sequence[int], n: int) -> NoDeal:
    """What no deal is to a party.

    Parameters
    ----------
    order
        What is known of its order over the states; None for nothing.
    lost
        Elements that nothing stands behind.
    against
        The states that no deal may be, as :func:`accordant.agreement.stands.no_deals` gives them.
    n
        Number of states.

    Examples
    --------
    >>> score = Score("a.worth", np.array([0, 7, 3]))
    >>> order = PartyOrder((), (), score, reservation=Held("a.reservation", 2, 5))
    >>> found = no_deal_to(order, (), [0], 3)
    >>> found.low, found.high, found.order.score.ranks.tolist()
    ((3,), (4,), [0, 7, 3, 2, 5])
    """
    if order is None:
        at = tuple(n if d == NOWHERE else d for d in against)
        return NoDeal(None, n, n + 1, at, at)
    held = order.reservation
    fallen = held is not None and held.element in lost
    if held is None:
        if NOWHERE in against:
            return _anything(order, None, len(against), n)
        return NoDeal(order, n, n, tuple(against), tuple(against))
    if held.state is None:
        return _numbers(order, held, fallen, against, n)
    if fallen:
        return _anything(order, held, len(against), n)
    at = (held.state,) * len(against)
    return NoDeal(order, n, n, at, at, held)


def _anything(order: PartyOrder, held: Held | None, count: int, n: int) -> NoDeal:
    """No deal may be anything: worse than every state and across every red line, or the reverse."""
    kept = np.tile([False, True], (len(order.red), 1))
    wide = _wider(order, kept, [None, None], n)
    return NoDeal(wide, n, n + 2, (n,) * count, (n + 1,) * count, held)


def _numbers(order: PartyOrder, held: Held, fallen: bool, against: Sequence[int], n: int) -> NoDeal:
    """No deal keeps the red lines that its state keeps, and is worth a number, or between two."""
    score = order.whole.score
    known = not fallen and score is not None and score.cardinal
    ends = list(dict.fromkeys((held.low, held.high))) if known else [None, None]
    patterns: dict[tuple[bool, ...], int] = {}
    at = []
    for d in against:
        pattern = tuple(d == NOWHERE or bool(line.holds[d]) for line in order.red)
        at.append(n + len(ends) * patterns.setdefault(pattern, len(patterns)))
    kept = np.array(list(patterns), dtype=bool).reshape(len(patterns), len(order.red)).T
    wide = _wider(order, np.repeat(kept, len(ends), axis=1), ends * len(patterns), n)
    if known and held.ranged:
        wide = _movable(wide, held, n)
    high = tuple(k + len(ends) - 1 for k in at)
    return NoDeal(wide, n, n + len(ends) * len(patterns), tuple(at), high, held)


def _wider(order: PartyOrder, kept: Bools, worths: Sequence[int | None], n: int) -> PartyOrder:
    """An order with further columns, each with the red lines that it keeps and what it is worth.

    Where that is None twice running, the first column is below every state, the second above.
    """
    red = tuple(_statement(line, holds) for line, holds in zip(order.red, kept, strict=True))
    open_ = np.array([w is None for w in worths], dtype=bool)
    none = np.zeros(len(worths), dtype=bool)
    lines: list[Statement | Choice] = []
    if open_.any():
        above = np.arange(len(worths)) % 2 == 1
        lines = [
            Statement(_UNKNOWN, np.concatenate([np.ones(n, dtype=bool), ~open_ | above])),
            Statement(_UNKNOWN, np.concatenate([np.zeros(n, dtype=bool), open_ & above])),
        ]
    for entry in order.lines:
        if isinstance(entry, Choice):
            lines.append(Choice(entry.group, tuple(_statement(line, none) for line in entry.lines)))
        else:
            lines.append(_statement(entry, none))
    score = None if order.score is None else _score(order.score, [w or 0 for w in worths])
    base = None if order.base is None else _wider(order.base, kept, worths, n)
    return PartyOrder(red, tuple(lines), score, base)


def _movable(order: PartyOrder, held: Held, n: int) -> PartyOrder:
    """The same, its further columns at one number where a setting says which (:meth:`PartyOrder.at`)."""
    if order.base is not None:
        return replace(order, base=_movable(order.base, held, n))
    if order.score is None:
        return order
    marked = np.arange(len(order.score.ranks)) >= n
    return replace(order, score=replace(order.score, held=marked), reservation=held)


def _statement(line: Statement, holds: Bools) -> Statement:
    return replace(line, holds=np.concatenate([line.holds, holds]))


def _score(score: Score, worths: Sequence[int]) -> Score:
    kind = score.ranks.dtype if max(map(abs, worths), default=0) < ROOM else np.dtype(object)
    ranks = np.concatenate([score.ranks.astype(kind), np.array(worths, dtype=kind)])
    none = np.zeros(len(worths), dtype=kind)
    terms = tuple((e, np.concatenate([worth.astype(kind), none])) for e, worth in score.terms)
    missing = None
    if score.missing is not None:
        missing = np.concatenate([score.missing, np.zeros(len(worths), dtype=bool)])
    spread = None if score.spread is None else score.spread.more(len(worths))
    return replace(score, ranks=ranks, terms=terms, missing=missing, spread=spread)
