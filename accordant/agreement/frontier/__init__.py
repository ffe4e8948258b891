"""The Pareto frontier: packages that no other dominates, exactly, with all ties.

:func:`efficient_points` answers it for a :class:`accordant.agreement.bargain.Bargain`.
"""

from accordant.agreement.frontier.points import Efficient, efficient_points

__all__ = ["Efficient", "efficient_points"]
