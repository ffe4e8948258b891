"""The Pareto frontier: packages that no other dominates, exactly, with all ties.

:func:`efficient_points` answers it for a :class:`accordant.agreement.bargain.Bargain`,
:func:`efficient`, :func:`maxima` and :func:`weakly_beaten` for arrays of ranks.
"""

from accordant.agreement.frontier.points import Efficient, efficient, efficient_points
from accordant.agreement.frontier.rows import distinct, maxima, weakly_beaten

__all__ = ["Efficient", "distinct", "efficient", "efficient_points", "maxima", "weakly_beaten"]
