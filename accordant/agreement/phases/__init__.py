"""Deals in stages: whether every party would go on at each of them, with what cannot be taken back.

The names below are loaded when they are first used: results are light, the rest brings numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.agreement.phases.analysis import analyse
    from accordant.agreement.phases.lasting import latest_days
    from accordant.agreement.phases.result import StagesResult
    from accordant.agreement.phases.terms import Termed

_HOME = {"StagesResult": "result", "Termed": "terms", "analyse": "analysis", "latest_days": "lasting"}

__all__ = ["StagesResult", "Termed", "analyse", "latest_days"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
