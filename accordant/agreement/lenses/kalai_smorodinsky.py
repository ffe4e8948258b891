"""The Kalai-Smorodinsky solution: equal shares of the way from no deal to the best one could get.

A party's *ideal* is the best it gets in any package of ``X_d``. A share is its gain over no deal in
parts of the gain at its ideal. On a finite set shares can rarely be equal: the least of them is made as
large as possible, then the next to least, and so on (leximin [2]_), so that nothing is wasted. Shares are
compared as fractions, so that no rounding makes a dominated package look even.

References
----------
.. [1] E. Kalai, M. Smorodinsky, "Other solutions to Nash's bargaining problem", Econometrica 43 (1975)
   513-518.
.. [2] H. Imai, "Individual monotonicity and lexicographic maxmin solution", Econometrica 51 (1983)
   389-401.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points, Worths
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import leximin, whole
from accordant.agreement.lenses.telling import by_party, listed


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The points that are best by leximin of the shares.

    Examples
    --------
    >>> points = Points(("a", "b"), np.array([[10, 6, 0], [0, 1, 2]]), (1, 1), (0, 0), (True, True))
    >>> solve(points).points.tolist()
    [1]
    """
    g = points.gains()
    live, reach, chosen = even_shares(g)
    share = [Fraction(int(g[i, chosen[0]]), reach[i]) if reach[i] else Fraction(0) for i in range(len(g))]
    ideal = [Fraction(reach[i] + points.reservations[i], points.scales[i]) for i in range(len(g))]
    compared = (
        f"share of the way from no deal to the best within reach: {by_party(points, share, live)} "
        f"(the best: {by_party(points, ideal, live)})"
        if live
        else "nobody can gain over no deal"
    )
    return Solution(chosen, compared, left_out(points, live))


def even_shares(g: Worths) -> tuple[list[int], list[int], NDArray[np.intp]]:
    """Parties that can gain, what each party can gain at most, and the points best by leximin of shares."""
    reach = [int(most) for most in g.max(axis=1)]
    live = [i for i, most in enumerate(reach) if most]
    if not live:
        return live, reach, np.arange(g.shape[1])
    return live, reach, leximin(g[live], whole([Fraction(1, reach[i]) for i in live]))


def left_out(points: Points, live: list[int]) -> tuple[str, ...]:
    """That parties which can gain nothing are left out."""
    out = [party for i, party in enumerate(points.parties) if i not in live]
    if not out:
        return ()
    is_, its = ("is", "it gets") if len(out) == 1 else ("are", "they get")
    return (f"{listed(out)} {is_} left out: the best that {its} in any possible agreement is worth no deal.",)


LENS = Lens(
    name="kalai-smorodinsky",
    title="Kalai-Smorodinsky solution",
    says=(
        "The packages at which the party that gets least of the gain it could have at best gets as much of "
        "it as possible; then the next, and so on."
    ),
    assumes=(
        "Worths whose differences mean something for each party by itself; what no deal is worth; that each "
        "party's best possible agreement is a fair yardstick."
    ),
    fails="A party whose best possible agreement is worth no deal is left out. Ranks are not enough.",
    source=(
        'E. Kalai, M. Smorodinsky, "Other solutions to Nash\'s bargaining problem", Econometrica 43 (1975) '
        "513-518"
    ),
    read=False,
    ordinal=False,
    comparable=False,
    weighs=False,
    solve=solve,
)
