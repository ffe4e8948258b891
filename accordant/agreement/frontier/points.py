"""The efficient points of a bargain, the packages behind each, and what dominates the others.

Notation as in :mod:`accordant.agreement.bargain`. Package t *dominates* s when it is worth at least
as much to every party and more to one. Packages of the same worths are one point: they stand or fall
together, and all of them are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain, Points
from accordant.agreement.efficiency import distinct, frontier

Numbers = NDArray[np.int32] | NDArray[np.int64]


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
    u = bargain.worths
    members = np.flatnonzero(bargain.rational())
    rows, inverse = distinct(u[:, members].T)
    best = frontier(rows) if len(rows) else np.zeros(0, dtype=bool)
    order = np.argsort(inverse, kind="stable")
    order = order[best[inverse[order]]]
    which = inverse[order]
    _, first = np.unique(which, return_index=True)
    start = np.append(first, len(which)).astype(np.int64)
    levels = tuple(np.unique(row[members]) for row in u)
    points = Points(
        bargain.parties,
        np.ascontiguousarray(rows[best].T).reshape(len(u), -1),
        bargain.scales,
        bargain.reservations,
        bargain.cardinal,
        levels,
        (0,) * len(u),
    )
    packages = members[order].astype(np.int32 if bargain.n < 2**31 else np.int64)
    return Efficient(bargain, points, len(members), start, packages)
