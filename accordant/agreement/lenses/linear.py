"""Leximin over mixtures of packages, by linear programming in exact fractions.

Notation: ``s`` are whole numbers, shape (parties, points): what is to be made even, k parties. The least mean
is made as large as possible; then parties that no mixture with that least mean leaves with more are held
there, and the next to least is raised, and so on. Duals say which parties those are: a positive dual
means that the party's mean is the least in every optimum (complementary slackness), and the duals of
parties not yet held add up to one, so that every round holds at least one more [1]_.

A program has a row for each party and one for the shares, columns for the points, for the level that is
raised and for what a party has above it. Each round starts from the mixture that the last one ended
with, taken as one more point. The simplex method solves it; floats suggest which column should enter, whether
it may, and that none is left, is decided in whole numbers. After some steps without a gain the lowest
column is taken (Bland's rule [2]_), so that it cannot cycle.

References
----------
.. [1] W. Ogryczak, M. Pioro, A. Tomaszewski, "Telecommunications network design and max-min optimization
   problem", Journal of Telecommunications and Information Technology 3 (2005) 43-56.
.. [2] R. G. Bland, "New finite pivoting rules for the simplex method", Mathematics of Operations Research
   2 (1977) 103-107.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

Row = list[Fraction]
Shares = dict[int, Fraction]

_PATIENCE = 20
"""Steps without a gain before the lowest column is taken."""


def leximin_mixture(s: Sequence[Sequence[int]]) -> Shares:
    """Shares of points whose mean is best by leximin; of no more points than parties and one.

    Examples
    --------
    >>> leximin_mixture([[6, 0, 0], [0, 3, 0], [0, 0, 2]])
    {0: Fraction(1, 6), 1: Fraction(1, 3), 2: Fraction(1, 2)}
    """
    table = np.array(s, dtype=object)
    held: dict[int, Fraction] = {}
    shares: Shares = {max(range(len(s[0])), key=lambda j: min(row[j] for row in s)): Fraction(1)}
    while len(held) < len(s):
        program = _Program(table, held, _mean(s, shares))
        program.solve()
        shares = _spread(program.shares(), shares, len(s[0]))
        held |= {i: program.level for i, dual in enumerate(program.duals()) if i not in held and dual > 0}
    return fewest(s, shares)


def fewest(s: Sequence[Sequence[int]], shares: Shares) -> Shares:
    """Shares with the same mean, of points that are affinely independent (Caratheodory's theorem)."""
    shares = dict(sorted(shares.items()))
    while True:
        chosen = list(shares)
        null = _dependence([[Fraction(row[j]) for j in chosen] for row in s] + [[Fraction(1)] * len(chosen)])
        if null is None:
            return shares
        step = min(shares[j] / part for j, part in zip(chosen, null, strict=True) if part > 0)
        moved = {j: shares[j] - step * part for j, part in zip(chosen, null, strict=True)}
        shares = {j: share for j, share in moved.items() if share}


def _mean(s: Sequence[Sequence[int]], shares: Shares) -> Row:
    return [sum((share * row[j] for j, share in shares.items()), Fraction(0)) for row in s]


def _spread(found: Shares, start: Shares, m: int) -> Shares:
    """The shares of real points, where point ``m`` is the mixture that the round started from."""
    whole = found.pop(m, Fraction(0))
    for j, share in start.items():
        if whole:
            found[j] = found.get(j, Fraction(0)) + whole * share
    return found


class _Program:
    """One round: raise the level of the parties that are not held.

    Columns are numbered: points 0 to m - 1, the starting mixture m, the level m + 1, and what party i has
    above its level m + 2 + i.
    """

    def __init__(self, s: NDArray[np.object_], held: dict[int, Fraction], start: Row) -> None:
        self.k, self.m = len(s), len(s[0])
        self.s, self.held, self.start = s, held, start
        top = int(s.max()) or 1
        self.floats = np.array([[entry / top for entry in row] for row in s.tolist()])
        free = [i for i in range(self.k) if i not in held]
        lowest = min(free, key=lambda i: start[i])
        above = [self.m + 2 + i for i in range(self.k) if i != lowest]
        self.basis = [self.m, self.m + 1, *above]
        self.target = [held.get(i, Fraction(0)) for i in range(self.k)] + [Fraction(1)]
        self._values()

    @property
    def level(self) -> Fraction:
        """How high the level is."""
        return self.values[self.basis.index(self.m + 1)] if self.m + 1 in self.basis else Fraction(0)

    def shares(self) -> Shares:
        """The shares of the points, the starting mixture among them, that are not zero."""
        pairs = zip(self.basis, self.values, strict=True)
        return {j: value for j, value in pairs if j <= self.m and value}

    def duals(self) -> Row:
        """For each party how much the level would rise if it could be left with less."""
        return [-dual for dual in self._prices()[: self.k]]

    def solve(self) -> None:
        """Go on until no column improves the level."""
        waited = 0
        while (enter := self._entering(waited > _PATIENCE)) is not None:
            before = self.level
            self._pivot(enter)
            waited = 0 if self.level > before else waited + 1

    def _column(self, j: int) -> Row:
        if j < self.m:
            return [Fraction(entry) for entry in self.s[:, j]] + [Fraction(1)]
        if j == self.m:
            return [*self.start, Fraction(1)]
        if j == self.m + 1:
            return [Fraction(0 if i in self.held else -1) for i in range(self.k)] + [Fraction(0)]
        return [Fraction(-1 if i == j - self.m - 2 else 0) for i in range(self.k + 1)]

    def _rows(self) -> list[Row]:
        return [list(row) for row in zip(*map(self._column, self.basis), strict=True)]

    def _values(self) -> None:
        self.values = _solved(self._rows(), self.target)

    def _prices(self) -> Row:
        costs = [Fraction(int(j == self.m + 1)) for j in self.basis]
        return _solved([self._column(j) for j in self.basis], costs)

    def _entering(self, lowest: bool) -> int | None:
        """A column with a gain, or None when there is none."""
        prices = self._prices()
        rest: list[int] = [self.m, self.m + 1, *range(self.m + 2, self.m + 2 + self.k)]
        worth = {j: int(j == self.m + 1) - _dot(prices, self._column(j)) for j in rest}
        gains: list[int] = [j for j in rest if worth[j] > 0]
        if not lowest:
            top = max(abs(price) for price in prices[: self.k]) or Fraction(1)
            guess = int(np.argmin(np.array([float(p / top) for p in prices[: self.k]]) @ self.floats))
            if _dot(prices, self._column(guess)) < 0:
                return guess
            if gains:
                return gains[0]
        scale = lcm(*(price.denominator for price in prices))
        whole = [int(price * scale) for price in prices]
        costs = np.array(whole[: self.k], dtype=object) @ self.s + whole[self.k]
        better: list[int] = np.flatnonzero(costs < 0).tolist()
        return next(iter([*better[:1], *gains]), None)

    def _pivot(self, enter: int) -> None:
        """Let a column in, and the lowest of those out that are first at zero."""
        change = _solved(self._rows(), self._column(enter))
        ratios = [
            (value / part, j, place)
            for place, (value, part, j) in enumerate(zip(self.values, change, self.basis, strict=True))
            if part > 0
        ]
        self.basis[min(ratios)[2]] = enter
        self._values()


def _dot(a: Row, b: Row) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def _solved(rows: list[Row], right: Row) -> Row:
    """The solution of a square system that has exactly one."""
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for column in range(len(table)):
        _clear(table, column, column)
    return [row[-1] for row in table]


def _clear(table: list[Row], place: int, column: int) -> bool:
    """Make a column a unit vector with its one in row ``place``; whether that is possible."""
    pivot = next((r for r in range(place, len(table)) if table[r][column]), None)
    if pivot is None:
        return False
    table[place], table[pivot] = table[pivot], table[place]
    first = table[place][column]
    table[place] = [entry / first for entry in table[place]]
    for r, row in enumerate(table):
        if r != place and row[column]:
            times = row[column]
            table[r] = [entry - times * top for entry, top in zip(row, table[place], strict=True)]
    return True


def _dependence(rows: list[Row]) -> Row | None:
    """Numbers, not all zero, with which the columns add up to nothing; None where there are none."""
    width = len(rows[0])
    table = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        if len(pivots) < len(table) and _clear(table, len(pivots), column):
            pivots.append(column)
            continue
        found = [Fraction(0)] * width
        found[column] = Fraction(1)
        for place, pivot in enumerate(pivots):
            found[pivot] = -table[place][column]
        return found
    return None
