"""What a person is shown of a language model's part in a reading, and of what was learned."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import indented, safe, title
from accordant.evidence.result import ReadResult, Suggestion

SHOWN = 12
"""Realigned and rejected suggestions that are shown; all are in ``--json``, or counted there."""
_LONG = 160


def summary(result: ReadResult) -> Iterator[RenderableType]:
    """A line at the head of a report: that a model was asked, and how much came of it."""
    use = result.model
    if use is None:
        return
    found = f"{use.accepted:,} suggested ({use.own:,} not by the rules, {use.aligned:,} realigned)"
    yield Text(safe(f"Model {use.name} at {use.address}: {found}, {use.refused:,} rejected."))
    if use.lost:
        yield Text(f"{use.lost:,} of {use.paragraphs:,} paragraphs got no answer from it.", style="yellow")


def details(result: ReadResult) -> Iterator[RenderableType]:
    """What was returned and does not stand there, and what was not taken."""
    use = result.model
    if use is None or not (use.realigned or use.refused or use.lost or use.ignored):
        return
    yield ""
    yield title("What the model returned otherwise")
    for entry in use.realigned[:SHOWN]:
        yield indented(f"{entry.claim} {entry.part}, realigned: “{_line(entry.returned)}”")
        yield indented(f"the report has “{_line(entry.stands)}”", 6)
    yield from _more(len(use.realigned))
    for reason, n in sorted(use.reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        yield indented(f"{n:,} rejected: {reason}")
    for bad in use.rejected[:SHOWN]:
        yield indented(_line(bad.returned), 6)
    yield from _more(use.refused)
    for reason, n in sorted(use.unanswered.items(), key=lambda pair: (-pair[1], pair[0])):
        yield indented(f"{n:,} paragraph{'' if n == 1 else 's'} without an answer: {reason}")
    if use.ignored:
        keys = ", ".join(sorted(use.ignored)[:SHOWN])
        yield indented(f"left out, for it was not asked for: {keys}")


def _more(n: int) -> Iterator[RenderableType]:
    if n > SHOWN:
        yield Text(f"      and {n - SHOWN:,} more; --json has them", style="dim")


def _line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"


def how(claim: Suggestion) -> str:
    """The rule that found a suggestion, and whether the model did too."""
    too = any(line.startswith("the model too") for line in claim.trace)
    return f"rule {claim.rule}{', and the model too' if too else ''}"


def mark(result: ReadResult, claim: Suggestion) -> str | None:
    """What earlier decisions say of a suggestion."""
    found = None if result.learned is None else result.learned.marks.get(claim.id)
    return None if found is None else f"{found.says}: {', '.join(found.by)}"
