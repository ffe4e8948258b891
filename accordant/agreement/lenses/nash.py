"""The Nash bargaining solution: the greatest product of gains over no deal.

On a finite set there may be no package with a gain for everyone. Then the product is taken over the
largest sets of parties that can all gain, over every such set, and all answers are kept. Weights are
powers of the gains [2]_.

Only efficient packages have to be looked at: what dominates a best package for such a set gives the
set the same product, hence the same worths, and a gain to somebody else, who would have enlarged the set.

References
----------
.. [1] J. F. Nash, "The bargaining problem", Econometrica 18 (1950) 155-162.
.. [2] E. Kalai, "Nonsymmetric Nash solutions and replications of 2-person bargaining",
   International Journal of Game Theory 6 (1977) 129-133.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import greatest_product, whole
from accordant.agreement.lenses.telling import by_party, gain, listed, number, short


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The points at which the product of gains, each to the power of its party's weight, is greatest.

    Examples
    --------
    >>> points = Points(("a", "b"), np.array([[3, 2, 0], [0, 1, 2]]), (1, 1), (0, 0), (True, True))
    >>> solve(points).points.tolist()
    [1]
    """
    g = points.gains()
    powers = whole(weights or (Fraction(1),) * len(g))
    groups = _gaining(g)
    best = []
    for parties, members in groups:
        rows = g[parties][:, members]
        best.append(members[greatest_product(rows, [powers[i] for i in parties])])
    told = [
        _told(points, parties, int(some[0]), powers) for (parties, _), some in zip(groups, best, strict=True)
    ]
    return Solution(np.sort(np.concatenate(best)), _compared(told, powers), _notes(points, groups))


def _gaining(g: NDArray[np.int64]) -> list[tuple[list[int], NDArray[np.intp]]]:
    """The largest sets of parties that can all gain, each with the points at which all its members do."""
    gains = g > 0
    count = gains.sum(axis=0)
    left = np.flatnonzero(count == count.max())
    if count[left[0]] == len(g):
        return [(list(range(len(g))), left)]
    sets, which = np.unique(gains[:, left], axis=1, return_inverse=True)
    which = which.reshape(-1)
    return [
        (np.flatnonzero(sets[:, k]).tolist(), left[which == k])
        for k in sorted(range(sets.shape[1]), key=lambda k: np.flatnonzero(sets[:, k]).tolist())
    ]


def _compared(told: list[str], powers: tuple[int, ...]) -> str:
    by = "" if len(set(powers)) == 1 else ", each to the power of its weight"
    return f"product of the gains over no deal{by}: " + "; ".join(told)


def _told(points: Points, parties: list[int], point: int, powers: tuple[int, ...]) -> str:
    """The gains at a point, and their product where it is short enough to read."""
    gains = [gain(points, i, point) for i in range(len(points.parties))]
    if not parties:
        return "nobody gains"
    said = by_party(points, gains, parties)
    if len(set(powers)) > 1:
        return f"{said}, weights {':'.join(number(powers[i]) for i in parties)}"
    product = short(prod((gains[i] for i in parties), start=Fraction(1)))
    return f"{said}, product {product}" if product else said


def _notes(points: Points, groups: list[tuple[list[int], NDArray[np.intp]]]) -> tuple[str, ...]:
    if len(groups[0][0]) == len(points.parties):
        return ()
    if not groups[0][0]:
        return ("No package is worth more than no deal to anybody.",)
    sets = "; ".join(listed(points.parties[i] for i in parties) for parties, _ in groups)
    return (f"No package gives every party a gain. The largest sets of parties that can all gain: {sets}.",)


LENS = Lens(
    name="nash",
    title="Nash bargaining solution",
    says="The packages at which the product of the parties' gains over no deal is greatest.",
    assumes="Worths whose differences mean something for each party by itself; what no deal is worth.",
    fails=(
        "What no deal is worth decides it, also where it lies below everything on offer. Where no package "
        "gives everyone a gain, only the largest sets of parties that can all gain are looked at."
    ),
    source='J. F. Nash, "The bargaining problem", Econometrica 18 (1950) 155-162',
    read=False,
    ordinal=False,
    comparable=False,
    weighs=True,
    solve=solve,
)
