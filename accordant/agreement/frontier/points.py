"""The efficient points of a bargain, the packages behind each, and what dominates the others.

Notation as in :mod:`accordant.agreement.bargain`. Package t *dominates* s when it is worth at least
as much to every party and more to one. Packages of the same worths are one point: they stand or fall
together, and all of them are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain, Points, Worths
from accordant.agreement.frontier.candidates import Extent, candidates, left_of, within
from accordant.agreement.frontier.kernels.packages import note
from accordant.agreement.frontier.rows import distinct, in_order, maxima

Numbers = NDArray[np.int32] | NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Efficient:
    """The packages of ``X_d`` that no package of ``X_d`` dominates.

    Attributes
    ----------
    bargain
        What was looked at.
    points
        Their distinct worths.
    rational
        How many packages ``X_d`` has.
    start
        The packages of point ``k`` are ``packages[start[k]:start[k + 1]]``, shape (m + 1,).
    packages
        Every efficient package, by point and then by number.
    """

    bargain: Bargain
    points: Points
    rational: int
    start: NDArray[np.int64]
    packages: Numbers

    def members(self, point: int) -> NDArray[np.int64]:
        """The packages of a point, ascending."""
        return self.packages[self.start[point] : self.start[point + 1]].astype(np.int64)

    def together(self, points: NDArray[np.intp]) -> NDArray[np.int64]:
        """The packages of several points, point by point."""
        first, numbers = self.start[points], self.start[points + 1] - self.start[points]
        ends = np.cumsum(numbers)
        at = np.arange(numbers.sum()) + np.repeat(first - ends + numbers, numbers)
        return np.asarray(self.packages[at], dtype=np.int64)

    def number(self, point: int) -> int:
        """How many packages a point has."""
        return int(self.start[point + 1] - self.start[point])

    def point(self, package: int) -> int | None:
        """The point that a package belongs to; None where it is not efficient, or not in ``X_d``."""
        here = np.flatnonzero((self.points.worths == self.bargain.worths[:, package, None]).all(axis=0))
        if not len(here) or package not in self.members(int(here[0])):
            return None  # a package that someone refuses may be worth the same as one that nobody does
        return int(here[0])

    def certificate(self, package: int) -> int | None:
        """An efficient package that dominates a package; None where nothing in ``X_d`` does.

        Of several the first point is named, and its first package.
        """
        worth = self.bargain.worths[:, package, None]
        found = (self.points.worths >= worth).all(axis=0) & (self.points.worths > worth).any(axis=0)
        at = np.flatnonzero(found)
        return int(self.packages[self.start[at[0]]]) if len(at) else None


def efficient_points(bargain: Bargain) -> Efficient:
    """The efficient packages of ``X_d``, grouped by what they are worth.

    Parameters
    ----------
    bargain
        Every package, with what it is worth to each party.

    Returns
    -------
    Efficient
        With no points where ``X_d`` is empty.

    Examples
    --------
    >>> from accordant.agreement.bargain import make_bargain
    >>> found = efficient_points(make_bargain([[4, 1, 3, 1, 2], [0, 2, 1, 2, 1]], [1, 1]))
    >>> found.points.worths.tolist()
    [[3, 1], [1, 2]]
    >>> found.members(1).tolist(), found.number(0), found.certificate(4), found.certificate(0)
    ([1, 3], 1, 2, None)
    """
    u = np.ascontiguousarray(bargain.worths)
    looked = within(bargain)
    levels = tuple(_levels(row, k, looked) for k, row in enumerate(u))
    left = left_of(u, looked)
    rows = u[:, left].T
    order, first = in_order(rows)
    best = maxima(rows[order[first]])
    kept = best[np.cumsum(first) - 1] if len(order) else first
    start = np.append(np.flatnonzero(first[kept]), kept.sum()).astype(np.int64)
    points = Points(
        bargain.parties,
        np.ascontiguousarray(u[:, left[order[first][best]]]),
        bargain.scales,
        bargain.reservations,
        bargain.cardinal,
        levels,
        (0,) * len(u),
    )
    packages = left[order[kept]]
    small = packages.astype(np.int32) if bargain.n < 2**31 else packages
    return Efficient(bargain, points, looked.count, start, small)


def _levels(row: Worths, party: int, looked: Extent) -> Worths:
    """The distinct worths of a party within ``X_d``, ascending."""
    if not looked.count:
        return np.empty(0, dtype=np.int64)
    low = int(looked.low[party])
    words = (int(looked.high[party]) - low) // 64 + 1
    if words > looked.count // 8:  # as bytes they would take more room than the worths
        worths = np.sort(row[looked.inside])  # a tenth of the time of np.unique, which hashes
        return np.asarray(worths[np.append(True, worths[1:] != worths[:-1])])
    bits = np.zeros(words, dtype="<u8")
    note(row, looked.inside, low, bits)
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little")) + low


def efficient(u: Worths, among: Bools) -> Bools:
    """Which states of ``among`` no other state of ``among`` dominates.

    Parameters
    ----------
    u
        Worths, shape (parties, n).
    among
        The states that count, shape (n,).

    Returns
    -------
    array of shape (n,)
        False for every state outside ``among``.

    Examples
    --------
    >>> u = np.array([[0, 1, 2, 2], [2, 1, 0, 1]])
    >>> efficient(u, np.ones(4, dtype=bool)).tolist()
    [True, False, False, True]
    """
    out = np.zeros(u.shape[1], dtype=bool)
    members = candidates(u, among.copy())
    rows, inverse = distinct(u[:, members].T)
    out[members] = maxima(rows)[inverse]
    return out
