"""The egalitarian (proportional) solution: equal gains over no deal, or gains in given proportions.

Other programs call it "Kalai". On a finite set the least gain, in parts of the party's proportion, is
made as large as possible, then the next to least, and so on (leximin).

References
----------
.. [1] E. Kalai, "Proportional solutions to bargaining situations: interpersonal utility comparisons",
   Econometrica 45 (1977) 1623-1630.
"""

from __future__ import annotations

from fractions import Fraction

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import leximin, whole
from accordant.agreement.lenses.telling import by_party, gain, number


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The points that are best by leximin of the gains, each divided by its party's weight.

    Examples
    --------
    >>> import numpy as np
    >>> points = Points(("a", "b"), np.array([[10, 6, 0], [0, 1, 2]]), (1, 1), (0, 0), (True, True))
    >>> solve(points).points.tolist()
    [1]
    """
    parts = weights or (Fraction(1),) * len(points.parties)
    factors = whole([1 / (scale * part) for scale, part in zip(points.scales, parts, strict=True)])
    chosen = leximin(points.gains(), factors)
    gains = [gain(points, i, int(chosen[0])) for i in range(len(parts))]
    if weights is None or len(set(weights)) == 1:
        return Solution(chosen, f"gains over no deal: {by_party(points, gains)}")
    shares = [over / part for over, part in zip(gains, parts, strict=True)]
    told = f"gains over no deal, divided by the weights {':'.join(map(number, parts))}: "
    return Solution(chosen, told + by_party(points, shares))


LENS = Lens(
    name="egalitarian",
    title="Egalitarian (proportional) solution",
    says="The packages at which whoever gains least over no deal gains most; then the next, and so on.",
    assumes="That a gain of 1 means the same to every party; what no deal is worth.",
    fails="It changes when one party's worths are written on another scale.",
    source=(
        'E. Kalai, "Proportional solutions to bargaining situations: interpersonal utility comparisons", '
        "Econometrica 45 (1977) 1623-1630"
    ),
    read=False,
    ordinal=False,
    comparable=True,
    weighs=True,
    solve=solve,
)
