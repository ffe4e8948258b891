"""One party's order over the states, exact, in any setting.

Priorities are compared as bit strings: the most important line is the highest bit, so that larger
numbers are better. Strings of any length are kept exact by replacing the numbers with their dense
ranks before they would overflow. Worths are decimals scaled to integers. Red lines are the
priorities ``not …`` before all others, in front of a ranking or of worths as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from accordant.model.arrangement import Point
from accordant.model.spread import Spread

Bools = NDArray[np.bool_]
Ranks = NDArray[np.int64]

_ROOM = 62
"""Bits of a signed 64-bit rank that may be used before ranks are made dense."""
ROOM = 2**_ROOM
"""Worths at most this large in size are kept in 64 bits; larger ones as Python's integers."""


@dataclass(frozen=True, eq=False)
class Statement:
    """A line or a red line: its element, and in which states it is satisfied."""

    element: str
    holds: Bools
    decisive: bool = False


@dataclass(frozen=True, eq=False)
class Choice:
    """Lines of an ``either`` group."""

    group: str
    lines: tuple[Statement, ...]


@dataclass(frozen=True, eq=False)
class Score:
    """Exact numbers for the states: a ranking or worths, and terms that can be left out.

    A ranking gives -1 to states that it does not place; there are such states only where a rule
    that the case states does not hold. ``gaps`` holds, ascending, the numbers of a ranking right
    above which a gap is marked as strong.

    ``missing`` marks the states that a table does not name, in the same cases; they are below all others.

    Where worths are ranges, ``spread`` says how much of each is in what a state is worth, besides
    ``ranks``; and ``held`` marks the columns that are what no deal is worth, where that is a range.

    Worths are whole here: a state's worth in the numbers of the case is ``ranks / scale``, exactly.
    Where they do not fit into 64 bits, the arrays hold Python's integers (dtype object).
    """

    element: str
    ranks: Ranks
    terms: tuple[tuple[str, Ranks], ...] = ()
    gaps: tuple[int, ...] = ()
    scale: int = 1
    missing: Bools | None = None
    spread: Spread | None = None
    held: Bools | None = None

    @property
    def cardinal(self) -> bool:
        """Whether the numbers are worths, rather than places in a ranking."""
        return not self.element.endswith(".ranking")

    @property
    def unplaced(self) -> Bools:
        """The states that a ranking or a table says nothing of."""
        if self.missing is not None:
            return self.missing
        if self.cardinal:
            return np.zeros(len(self.ranks), dtype=bool)
        return np.asarray(self.ranks < 0)

    def ranks_in(self, off: frozenset[str]) -> Ranks:
        """The numbers without the terms in ``off``."""
        total = self.ranks
        for element, worth in self.terms:
            if element not in off:
                total = total + worth
        return total

    def reach(self, off: frozenset[str]) -> tuple[Ranks, Ranks]:
        """The least and the most that each state may be worth, without the terms in ``off``."""
        total = self.ranks_in(off)
        if self.spread is None:
            return total, total
        rows = self.spread.in_(off)
        return total + self.spread.least(rows), total + self.spread.most(rows)

    def at(self, point: Point) -> Score:
        """The numbers where the variables of the spread are at a point: ranges are ranges no longer."""
        if self.spread is None:
            return self
        by, values = point[0], np.array(point[1:], dtype=object)

        def exact(ranks: NDArray[np.generic], rows: NDArray[np.generic] | None) -> Ranks:
            more = 0 if rows is None else rows.astype(object) @ values
            return _small(ranks.astype(object) * by + more)

        rows = dict(self.spread.terms)
        terms = tuple((e, exact(worth, rows.get(e))) for e, worth in self.terms)
        made = replace(self.times(by), terms=terms, spread=None)
        return replace(made, ranks=exact(self.ranks, self.spread.rows))

    def times(self, factor: int) -> Score:
        """The same worths on a scale that is so many times as fine."""
        if factor == 1:
            return self

        def finer(ranks: NDArray[np.generic]) -> Ranks:
            return _small(ranks.astype(object) * factor)

        spread = None if self.spread is None else self.spread.times(factor)
        terms = tuple((e, finer(worth)) for e, worth in self.terms)
        return replace(self, ranks=finer(self.ranks), terms=terms, scale=self.scale * factor, spread=spread)


@dataclass(frozen=True, slots=True)
class Held:
    """What no deal is worth to a party, where it says so itself.

    Attributes
    ----------
    element
        Such as ``north.reservation``.
    low, high
        The ends that the number lies between, equal where it is known, multiplied by the scale of
        the party's score; None where it is a state.
    state
        The state that no deal is to this party; None where it is a number.
    """

    element: str
    low: int | None = None
    high: int | None = None
    state: int | None = None

    @property
    def ranged(self) -> bool:
        """Whether it is a number of which only the ends are known."""
        return self.low != self.high

    def times(self, factor: int) -> Held:
        """The same on a scale that is so many times as fine."""
        if self.low is None or self.high is None:
            return self
        return replace(self, low=self.low * factor, high=self.high * factor)


@dataclass(frozen=True, eq=False)
class PartyOrder:
    """Everything that a party's order is made of.

    Where some pairs of states are of unknown order, ``base`` is the order of all others, and
    ``lines`` and ``score`` are empty: whoever asks for a whole order finds none, and is left with
    the red lines, which such pairs never contradict. ``reservation`` is what no deal is worth to the
    party, where that is not simply the state that no deal leads to.
    """

    red: tuple[Statement, ...]
    lines: tuple[Statement | Choice, ...]
    score: Score | None
    base: PartyOrder | None = None
    reservation: Held | None = None

    @property
    def open(self) -> bool:
        """Whether some pairs of states are of unknown order, whatever counts."""
        return self.base is not None

    @property
    def ranged(self) -> bool:
        """Whether worths are ranges: then there are many orders, and each point gives one."""
        return self.score is not None and self.score.spread is not None

    def at(self, perms: Mapping[str, Point]) -> PartyOrder:
        """The order where ranges are at the points that a setting gives for their elements, if any.

        A point is what its whole numbers are divided by, then one number for each range (see
        :attr:`Spread.unit`); for a reservation the one number is on the scale of the score.
        """
        score, held = self.score, self.reservation
        if score is None or not perms:
            return self
        point = perms.get(score.element) if score.spread is not None else None
        if point is not None:
            score, held = score.at(point), held and held.times(point[0])
        point = perms.get(held.element) if held is not None and held.ranged else None
        if point is not None and held is not None:
            score, held = _settled(score, held, point, self.score or score)
        same = score is self.score and held is self.reservation
        return self if same else replace(self, score=score, reservation=held)

    @property
    def whole(self) -> PartyOrder:
        """The order that everything stated makes, pairs of unknown order set aside."""
        return self if self.base is None else self.base

    def known(self, off: frozenset[str]) -> bool:
        """Whether the whole order is known when the elements in ``off`` do not count."""
        return self.bounded(off) and not self.ranged

    def bounded(self, off: frozenset[str]) -> bool:
        """The same where ranges of worths are set aside: of each comparison the bounds are known."""
        if self.open:
            return False
        if self.score is None:
            return True
        return self.score.element not in off and not bool(self.score.unplaced.any())

    def statements(self, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> Iterator[Statement]:
        """The statements that count, most important first."""
        for entry in (*self.red, *self.lines):
            if isinstance(entry, Choice):
                order = perms.get(entry.group, range(len(entry.lines)))
                yield from (entry.lines[k] for k in order if entry.lines[k].element not in off)
            elif entry.element not in off:
                yield entry

    def ranks(self, n: int, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> Ranks:
        """Rank of each of n states: larger is better, equal is a tie."""
        order = self.at(perms)
        if order is not self:
            return order.ranks(n, off, perms)
        rank = np.zeros(n, dtype=np.int64)
        used = 0
        for statement in self.statements(off, perms):
            if used >= _ROOM:
                rank = dense(rank)
                used = int(rank.max(initial=0)).bit_length()
            rank = rank * 2 + statement.holds
            used += 1
        if self.score is not None and self.score.element not in off:
            score = dense(self.score.ranks_in(off))
            rank = dense(rank) * (int(score.max(initial=0)) + 1) + score
        return rank

    def ranks_many(
        self, n: int, offs: Sequence[frozenset[str]], perms: Mapping[str, tuple[int, ...]]
    ) -> NDArray[np.int64]:
        """Dense ranks for many sets of elements that do not count, shape (sets, n)."""
        statements = list(self.statements(frozenset(), perms))
        if self.score is not None or len(statements) > _ROOM:
            return np.array([dense(self.ranks(n, off, perms)) for off in offs], dtype=np.int64).reshape(-1, n)
        ranks = np.zeros((len(offs), n), dtype=np.int64)
        for statement in statements:
            on = np.array([statement.element not in off for off in offs], dtype=bool)
            ranks = np.where(on[:, None], ranks * 2 + statement.holds, ranks)
        return dense_rows(ranks)

    def decides(
        self, s: int, t: int, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]
    ) -> str | None:
        """The first element that tells two states apart, None for a tie."""
        if self.base is not None:
            return self.base.decides(s, t, off, perms)
        order = self.at(perms)
        if order is not self:
            return order.decides(s, t, off, perms)
        for statement in self.statements(off, perms):
            if statement.holds[s] != statement.holds[t]:
                return statement.element
        if self.score is not None and self.score.element not in off:
            ranks = self.score.ranks_in(off)
            if ranks[s] != ranks[t]:
                return self.score.element
        return None

    def blocks(self, n: int, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> Ranks:
        """For each of n states the number of marked gaps below it: see :meth:`View.blocks`."""
        if self.base is not None:
            return self.base.blocks(n, off, perms)
        if not self.known(off) or not self._marks(off):
            return np.zeros(n, dtype=np.int64)
        _, first, level = np.unique(self.ranks(n, off, perms), return_index=True, return_inverse=True)
        # one state of each level stands for all of it: neighbours are told apart by the same line
        low, high = first[:-1], first[1:]
        told, marked = np.zeros((2, len(low)), dtype=bool)
        for statement in self.statements(off, perms):
            apart = statement.holds[low] != statement.holds[high]
            if statement.decisive:
                marked |= apart & ~told
            told |= apart
        if self.score is not None and self.score.gaps:
            below = np.searchsorted(np.array(self.score.gaps), self.score.ranks)
            marked |= below[high] > below[low]
        return np.concatenate([[0], np.cumsum(marked)])[level.ravel()].astype(np.int64)

    def _marks(self, off: frozenset[str]) -> bool:
        """Whether anything that counts is marked as strong."""
        lines = self.statements(off, {})
        return any(s.decisive for s in lines) or bool(self.score and self.score.gaps)


def _settled(score: Score, held: Held, point: Point, written: Score) -> tuple[Score, Held]:
    """Worths and what no deal is worth, where that is at a point on the scale of the case as written."""
    by = point[0]
    number = point[1] * (score.scale // written.scale)  # a point of the worths may have made it finer
    score = score.times(by)
    if score.held is not None:
        ranks = score.ranks.astype(object)
        ranks[score.held] = number
        score = replace(score, ranks=_small(ranks), held=None)
    return score, replace(held, low=number, high=number)


def _small(ranks: NDArray[np.object_]) -> Ranks:
    """Python's integers in 64 bits, where they fit."""
    most = max(map(abs, ranks.tolist()), default=0)
    return np.asarray(ranks, dtype=np.int64 if most < ROOM else object)


def dense(ranks: NDArray[np.generic]) -> Ranks:
    """Ranks 0, 1, 2, … in the same order, ties kept.

    Examples
    --------
    >>> dense(np.array([50, -7, 50])).tolist()
    [1, 0, 1]
    """
    inverse: NDArray[np.intp] = np.unique(ranks, return_inverse=True)[1]
    return inverse.astype(np.int64).ravel()


def dense_rows(ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each row made dense.

    Examples
    --------
    >>> dense_rows(np.array([[5, 9, 5], [1, 0, 7]])).tolist()
    [[0, 1, 0], [1, 0, 2]]
    """
    if ranks.size == 0:
        return ranks
    order = np.argsort(ranks, axis=1, kind="stable")
    ascending = np.take_along_axis(ranks, order, axis=1)
    steps = np.zeros_like(ranks)
    np.cumsum(ascending[:, 1:] != ascending[:, :-1], axis=1, out=steps[:, 1:])
    found = np.empty_like(ranks)
    np.put_along_axis(found, order, steps, axis=1)
    return found


def scale(worths: Sequence[Decimal | Fraction]) -> tuple[int, list[int]]:
    """The least factor that makes every number whole, and the whole numbers.

    Examples
    --------
    >>> scale([Decimal("0.1"), Decimal("0.25"), Fraction(1, 3)])
    (60, [6, 15, 20])
    """
    exact = [Fraction(w) for w in worths]
    factor = lcm(1, *(w.denominator for w in exact))
    return factor, [int(w * factor) for w in exact]
