"""How well the rules read: annotated reports, and how far the suggestions agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.evidence.scoring.annotations import Annotated as Annotated
    from accordant.evidence.scoring.annotations import annotations_in as annotations_in
    from accordant.evidence.scoring.result import ScoreResult as ScoreResult
    from accordant.evidence.scoring.scorer import agreement as agreement
    from accordant.evidence.scoring.scorer import score as score

__all__ = ["Annotated", "ScoreResult", "agreement", "annotations_in", "score"]

_WHERE = {
    "Annotated": "annotations",
    "annotations_in": "annotations",
    "ScoreResult": "result",
    "agreement": "scorer",
    "score": "scorer",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
