"""Whether an agreement holds once it is reached: who would leave it for where, and who could answer.

The names below are loaded when they are first used: results are light, the rest brings numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.agreement.holding.analysis import holding
    from accordant.agreement.holding.result import Holding, HoldsUnder, PartyStays

_HOME = {"Holding": "result", "HoldsUnder": "result", "PartyStays": "result", "holding": "analysis"}

__all__ = ["Holding", "HoldsUnder", "PartyStays", "holding"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
