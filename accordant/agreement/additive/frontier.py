"""The efficient points of packages that are too many to list, with the packages behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.agreement.additive.kernels import Rows, maxima
from accordant.agreement.additive.merging import Merged, merged
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.rebuilding import Rebuilder
from accordant.agreement.bargain import Points

LISTED = 100
"""Most packages of one point that are listed unless more are asked for; their number is exact."""


@dataclass(frozen=True, eq=False)
class AdditiveFrontier:
    """The packages of ``X_d`` that no package of ``X_d`` dominates, by what they are worth.

    Attributes
    ----------
    problem
        What was looked at.
    points
        Their distinct worths; ``points.slack`` says what was given up where there are too many.
    made
        How they were found.
    """

    problem: Additive
    points: Points
    made: Merged
    _rebuilder: Rebuilder

    def number(self, point: int) -> int:
        """How many packages a point has; at least as many where the frontier is approximate."""
        return self._rebuilder.count(self.points.worths[:, point])

    def members(self, point: int, most: int | None = LISTED) -> list[Codes]:
        """The packages of a point, as value numbers: ascending, or the first ones found."""
        worths = self.points.worths[:, point]
        return self._rebuilder.some(worths, self.number(point) if most is None else most)

    def packages(self, point: int, most: int | None = LISTED) -> list[dict[str, str]]:
        """The packages of a point, with the value of every issue."""
        return [self.problem.package(codes) for codes in self.members(point, most)]

    def point(self, codes: Sequence[int]) -> int | None:
        """The point that a package belongs to; None where it is not efficient, or not in ``X_d``."""
        if not self.problem.rational(codes):
            return None
        worth = np.array(self.problem.worth(codes)[: len(self.points.parties)], dtype=np.int64)
        found = np.flatnonzero((self.points.worths == worth[:, None]).all(axis=0))
        return int(found[0]) if len(found) else None

    def dominators(self, codes: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """The points that are worth at least as much as a package to everyone, and more to someone."""
        worth = np.array(self.problem.worth(codes)[: len(self.points.parties)], dtype=np.int64)[:, None]
        u = self.points.worths
        return np.flatnonzero((u >= worth).all(axis=0) & (u > worth).any(axis=0))

    def certificate(self, codes: Sequence[int]) -> Codes | None:
        """An efficient package that dominates a package; None where nothing in ``X_d`` does."""
        found = self.dominators(codes)
        return self.members(int(found[0]), 1)[0] if len(found) else None


def frontier(
    problem: Additive, epsilon: Fraction | None = None, *, most: int | None = None
) -> AdditiveFrontier:
    """The efficient points of a problem, exact unless ``epsilon`` is given and needed.

    Parameters
    ----------
    problem
        The packages, with what they are worth.
    epsilon
        What may be given up where exactness takes too many points: a share of each party's range of
        worths within reach. Every package of ``X_d`` then has a point in ``X_d`` that is worth at
        least its worth less ``points.slack[i]`` to every party ``i``; where even that takes too many,
        every package that gives each party at least ``points.slack[i]`` more than no deal
        (``made.near`` is true then).
    most
        Most points, on the way as well.

    Raises
    ------
    TooCoupledError
        If rules or conditions couple too many issues to be merged.
    FrontierTooLargeError
        If there are more than ``most`` points.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> found = frontier(make_additive([[[0, 3], [2, 0]]] * 40, [30, 20]))
    >>> found.problem.size, found.points.worths.T[:2].tolist(), found.number(0)
    (1099511627776, [[90, 20], [87, 22]], 847660528)
    >>> found.packages(0, 1)[0]["i1"]
    '0'
    """
    made = merged(problem, epsilon, most)
    last: Rows = made.layers[-1]
    rows = maxima(last) if problem.voices else last
    points = Points(
        problem.parties,
        np.ascontiguousarray(rows.T),
        problem.scales,
        problem.reservations,
        problem.cardinal,
        None,
        made.slack,
    )
    return AdditiveFrontier(problem, points, made, Rebuilder(made.chains, made.layers, problem.thresholds))
