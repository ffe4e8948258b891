"""Fallback bargaining with impasse: demands are lowered rank by rank until one package meets them all.

Ranks are the distinct levels of a party's worth within ``X_d``, so that nobody falls below no deal. The
*depth* of a package is the greatest number of ranks that any party has to come down from its best to reach
it. The winners are the packages of least depth; of these the efficient ones are kept.

They are exactly the efficient points of least depth among the points. For let k be the least depth in
``X_d``. What dominates a package is no deeper, so some efficient package has depth k, and k is also the
least depth among efficient ones. An efficient point of depth k is a winner. And a winner that no winner
dominates is dominated by nothing in ``X_d``, for that would be no deeper and so a winner as well.

References
----------
.. [1] S. J. Brams, D. M. Kilgour, "Fallback bargaining", Group Decision and Negotiation 10 (2001) 287-316.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points, Worths
from accordant.agreement.lenses.contract import Lens, Solution, Weights


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The efficient packages that meet the highest demands, all lowered by as many ranks.

    Examples
    --------
    >>> u = np.array([[9, 5, 1], [1, 4, 6]])
    >>> levels = (np.array([1, 2, 5, 9]), np.array([1, 4, 6]))
    >>> solve(Points(("a", "b"), u, (1, 1), (0, 0), (False, False), levels)).points.tolist()
    [1]
    """
    if points.levels is None:
        return Solution(np.zeros(0, dtype=np.intp), refused=_TOO_MANY)
    depths = np.stack([_depth(row, levels) for row, levels in zip(points.worths, points.levels, strict=True)])
    deepest = depths.max(axis=0)
    least = int(deepest.min())
    chosen = np.flatnonzero(deepest == least)
    reached = ", ".join(
        f"{party} {'its best' if not came else _nth(came + 1) + ' best'} of {len(levels)}"
        for party, came, levels in zip(
            points.parties, depths[:, chosen[0]].tolist(), points.levels, strict=True
        )
    )
    ranks = "one rank" if least == 1 else f"{least} ranks"
    return Solution(chosen, f"every demand lowered by {ranks} from the best within reach: {reached}")


def _depth(worths: Worths, levels: Worths) -> NDArray[np.intp]:
    """How many levels lie above each worth."""
    return len(levels) - 1 - np.searchsorted(levels, worths)


def _nth(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


_TOO_MANY = (
    "it counts ranks, and there are too many packages to list the distinct worths that a party can get"
)

LENS = Lens(
    name="fallback",
    title="Fallback bargaining with impasse",
    says=(
        "The efficient packages that are reached first when all parties lower their demands, one rank at a "
        "time, from their best possible agreement."
    ),
    assumes="An order of the packages for each party, nothing more.",
    fails=(
        "Several packages may be reached at once: all are kept. It counts ranks, so that packages which "
        "nobody would choose may decide it."
    ),
    source=(
        'S. J. Brams, D. M. Kilgour, "Fallback bargaining", Group Decision and Negotiation 10 (2001) 287-316'
    ),
    read=False,
    ordinal=True,
    comparable=False,
    weighs=False,
    solve=solve,
)
