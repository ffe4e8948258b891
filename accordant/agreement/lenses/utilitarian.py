"""The utilitarian solution: the greatest sum of worths, among packages that nobody refuses.

The sum of gains over no deal is compared: it differs from the sum of worths by the same number for every
package.

References
----------
.. [1] J. C. Harsanyi, "Cardinal welfare, individualistic ethics, and interpersonal comparisons of utility",
   Journal of Political Economy 63 (1955) 309-321.
"""

from __future__ import annotations

from fractions import Fraction

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import greatest_sum, whole
from accordant.agreement.lenses.telling import by_party, number


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The points at which the sum of worths, each times its party's weight, is greatest.

    Examples
    --------
    >>> import numpy as np
    >>> points = Points(("a", "b"), np.array([[10, 6, 0], [0, 1, 2]]), (1, 1), (0, 0), (True, True))
    >>> solve(points).points.tolist()
    [0]
    """
    parts = weights or (Fraction(1),) * len(points.parties)
    factors = whole([part / scale for scale, part in zip(points.scales, parts, strict=True)])
    chosen = greatest_sum(points.gains(), factors)
    worths = [points.worth(i, int(chosen[0])) for i in range(len(parts))]
    total = sum((part * worth for part, worth in zip(parts, worths, strict=True)), Fraction(0))
    by = "" if weights is None else f", times the weights {':'.join(map(number, parts))}"
    return Solution(chosen, f"sum of worths{by}: {by_party(points, worths)}, sum {number(total)}")


LENS = Lens(
    name="utilitarian",
    title="Utilitarian solution",
    says="The packages at which the sum of the parties' worths is greatest.",
    assumes="That a worth of 1 means the same to every party.",
    fails="A party may be left with no more than no deal. It changes when worths are put on another scale.",
    source=(
        'J. C. Harsanyi, "Cardinal welfare, individualistic ethics, and interpersonal comparisons of '
        'utility", Journal of Political Economy 63 (1955) 309-321'
    ),
    read=False,
    ordinal=False,
    comparable=True,
    weighs=True,
    solve=solve,
)
