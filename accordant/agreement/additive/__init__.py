"""Packages that are too many to list: frontiers, lenses and proposals from sums of worths.

Nothing here looks at packages one by one. Worths that add up over the issues are merged issue by
issue (:func:`frontier`); what couples a few issues is merged over these together.
"""

from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.frontier import AdditiveFrontier, frontier
from accordant.agreement.additive.merging import FrontierTooLargeError, TooCoupledError
from accordant.agreement.additive.problem import Additive, make_additive

__all__ = [
    "Additive",
    "AdditiveFrontier",
    "FrontierTooLargeError",
    "TooCoupledError",
    "additive_of",
    "frontier",
    "make_additive",
]
