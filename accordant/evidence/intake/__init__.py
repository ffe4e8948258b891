"""Taking in: files, folders, lists and mails to texts, whatever they hold, within limits.

Plain text is read here; pages, PDF, Word files and mails are taken apart in a process of their own
(:mod:`accordant.evidence.intake.worker`), so that a hostile one costs seconds and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.evidence.intake.gathering import Refused as Refused
    from accordant.evidence.intake.gathering import Source as Source
    from accordant.evidence.intake.gathering import gather as gather
    from accordant.evidence.intake.limits import LIMITS as LIMITS
    from accordant.evidence.intake.limits import Limits as Limits
    from accordant.evidence.intake.many import read_many as read_many

__all__ = ["LIMITS", "Limits", "Refused", "Source", "gather", "read_many"]

_WHERE = {
    "LIMITS": "limits",
    "Limits": "limits",
    "Refused": "gathering",
    "Source": "gathering",
    "gather": "gathering",
    "read_many": "many",
}


def __getattr__(name: str) -> Any:
    # The process that takes files apart must not import the rules (PEP 562).
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
