"""Reading short texts, as the tests of the rules do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from accordant.evidence.reading import read_report
from accordant.evidence.result import ReadResult, Suggestion

Run = Callable[..., tuple[int, str, str]]
"""A command with answers typed one per line; gives status, output and messages."""
REPORTS = Path(__file__).parent / "reports"


def reading(text: str, published: str | None = None, name: str = "report.txt") -> ReadResult:
    return read_report(text.encode(), name, published)


def claims(text: str) -> list[tuple[str, str, str]]:
    """Every suggestion as (who, cue, what is said)."""
    return [(c.source.text, c.cue, c.quote) for c in reading(text).claims]


def only(text: str) -> Suggestion:
    """The one suggestion of a text."""
    found = reading(text).claims
    assert len(found) == 1, [(c.rule, c.source.text, c.cue, c.quote) for c in found]
    return found[0]


def kinds(text: str, published: str | None = None) -> list[str]:
    return [flag.kind for flag in reading(text, published).flags]
