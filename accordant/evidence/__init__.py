"""Reports to text, suggested claims, what is odd about a text, and accepted claims into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.evidence.reading import read as read
    from accordant.evidence.reading import read_report as read_report
    from accordant.evidence.result import ReadResult as ReadResult
    from accordant.evidence.text import report_text as report_text

__all__ = ["ReadResult", "read", "read_report", "report_text"]

_WHERE = {
    "read": "reading",
    "read_report": "reading",
    "ReadResult": "result",
    "report_text": "text",
}


def __getattr__(name: str) -> Any:
    # Taking in a text must not cost the whole room: what is asked for is imported then (PEP 562).
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
