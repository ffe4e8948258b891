"""Sourced models of negotiations: which agreements could hold, and which sources each answer rests on.

``accordant.load(path)`` opens a case; the answers are ``.states()``, ``.stability()``, ``.deals()``,
``.rests()`` and ``.brief()`` of what it gives. ``accordant.check(path)`` gives every mistake in a case.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from accordant.version import __version__

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder
    from accordant.case.objects import Case
    from accordant.errors import (
        AccordantError,
        CaseError,
        ExpressionError,
        FailedError,
        InputError,
        Problem,
        ReportError,
        TooLargeError,
    )
    from accordant.evidence.reading import read
    from accordant.loading import check, load
    from accordant.opened import OpenCase

# Importing accordant must stay cheap: what a name stands for is imported when it is first used.
_HOMES = {
    "AccordantError": "accordant.errors",
    "Case": "accordant.case.objects",
    "CaseError": "accordant.errors",
    "CaseFolder": "accordant.case.folder",
    "ExpressionError": "accordant.errors",
    "FailedError": "accordant.errors",
    "InputError": "accordant.errors",
    "OpenCase": "accordant.opened",
    "Problem": "accordant.errors",
    "ReportError": "accordant.errors",
    "TooLargeError": "accordant.errors",
    "check": "accordant.loading",
    "load": "accordant.loading",
    "read": "accordant.evidence.reading",
}

__all__ = [
    "AccordantError",
    "Case",
    "CaseError",
    "CaseFolder",
    "ExpressionError",
    "FailedError",
    "InputError",
    "OpenCase",
    "Problem",
    "ReportError",
    "TooLargeError",
    "__version__",
    "check",
    "load",
    "read",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'accordant' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOMES))
