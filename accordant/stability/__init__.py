"""Which states hold, one module per solution concept.

The names below are loaded when they are first used: results and concepts are light, the engine
brings numpy and, on its first verdict, compiled kernels.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.stability.analysis import analyse
    from accordant.stability.concepts import CONCEPTS
    from accordant.stability.engine import judge, judge_batch
    from accordant.stability.result import ConceptResult, Explanation, Move, StabilityResult

_HOME = {
    "CONCEPTS": "concepts",
    "ConceptResult": "result",
    "Explanation": "result",
    "Move": "result",
    "StabilityResult": "result",
    "analyse": "analysis",
    "judge": "engine",
    "judge_batch": "engine",
}

__all__ = [
    "CONCEPTS",
    "ConceptResult",
    "Explanation",
    "Move",
    "StabilityResult",
    "analyse",
    "judge",
    "judge_batch",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
