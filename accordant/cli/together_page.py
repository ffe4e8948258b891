"""``read --together``: how several reports hang together, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.gathering import sources
from accordant.cli.output import emit, method_line, safe, title, working
from accordant.cli.read_page import row

if TYPE_CHECKING:
    from accordant.evidence.spans import Span
    from accordant.evidence.together.conflicts import Conflict, Place
    from accordant.evidence.together.material import Material, Statement
    from accordant.evidence.together.reports import ReportLink
    from accordant.evidence.together.result import ClaimGroup, TogetherResult

T = TypeVar("T")
SHOWN = 40
"""Entries of each sort shown; the rest are counted."""
_PASSAGES = 3
_LONG = 200
_KINDS = {
    "same-file": "the same file",
    "same-text": "the same text",
    "near-copy": "copies, nearly word for word",
    "excerpt": "an excerpt",
    "shared-words": "long stretches of the same words",
    "rewrite": "perhaps a retelling",
    "same-story": "perhaps one story",
    "correction": "perhaps a correction",
}


def print_together(
    reports: Sequence[Path], published: str | None, retrieved: str | None, *, as_json: bool, as_csv: bool
) -> None:
    """Read every report that can be read, and print how they hang together."""
    from accordant.evidence.reading import read_source
    from accordant.evidence.together.analysis import together

    failed: list[Path] = []
    results = [read_source(source, published, retrieved) for source in sources(reports, failed)]
    with working("Comparing") as progress:
        result = together(results, progress)
    emit(result, together_page(result), as_json=as_json, as_csv=as_csv)
    if failed:
        raise typer.Exit(2)


def together_page(result: TogetherResult) -> Iterator[RenderableType]:
    """Every link between reports, the same claims, what contradicts, and sources that may be one."""
    n = len(result.reports)
    yield title(f"{n} report{'' if n == 1 else 's'} together")
    if n <= SHOWN:
        for report in result.reports:
            about = (report.title, report.outlet, report.published, report.file)
            yield row(report.id, " · ".join(x for x in about if x), 2)
    yield from _part("Reports that hang together", result.links, lambda link: _link(result, link))
    yield from _part("The same claim in several reports", result.groups, lambda group: _group(result, group))
    yield from _part("Contradictions", result.conflicts, lambda conflict: _conflict(result, conflict))
    labels = {node.id: node for node in result.told.nodes}
    yield from _part(
        "Sources that may be one",
        result.perhaps,
        lambda p: [
            row("", f"“{labels[f's{p.one + 1}'].label}” and “{labels[f's{p.other + 1}'].label}”", 0),
            row("", p.because, 0),
        ],
    )
    yield ""
    yield Text("Nothing is merged: accordant link CASE asks for each link in a case.", style="dim")
    yield method_line(result.method)


def _part(
    heading: str, entries: Sequence[T], shown: Callable[[T], Iterable[RenderableType]]
) -> Iterator[RenderableType]:
    yield ""
    yield title(f"{heading}: {len(entries) or 'none'}")
    for entry in entries[:SHOWN]:
        yield from shown(entry)
    if len(entries) > SHOWN:
        yield Text(f"… and {len(entries) - SHOWN:,} more (--json and --csv give all)", style="dim")


def _link(result: TogetherResult, link: ReportLink) -> Iterator[RenderableType]:
    one, other = result.reports[link.one], result.reports[link.other]
    words = f"{one.id} and {other.id}: {_KINDS[link.kind]}"
    if link.original is not None:
        later = result.reports[link.one + link.other - link.original]
        words += f"; {later.id} goes back to {result.reports[link.original].id}"
    yield Text(safe(words))
    yield row("why", link.because, 2)
    shared, of_one, of_other = link.inside
    if shared and not (shared == of_one == of_other):
        yield row(
            "words",
            f"{_percent(shared, of_one)} of {one.id} in {other.id}, "
            f"{_percent(shared, of_other)} of {other.id} in {one.id}",
            2,
        )
    both = (*link.names[:8], *link.numbers[:6])
    if both:
        claims = f"; {link.claims} claim{'' if link.claims == 1 else 's'}" if link.claims else ""
        yield row("both", ", ".join(both) + claims, 2)
    for passage in sorted(link.passages, key=lambda p: -p.words)[:_PASSAGES]:
        where = f"{one.id} {_place(passage.one)}, {other.id} {_place(passage.other)}"
        quoted = ", in quotation marks in both" if passage.quoted else ""
        yield row("same", f"“{_short(one, passage.one)}” ({where}{quoted})", 2)
    if len(link.passages) > _PASSAGES:
        yield row("", f"and {len(link.passages) - _PASSAGES} more stretches", 2)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // max(1, whole)}%"


def _place(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _short(report: Material, span: Span) -> str:
    words = " ".join(span.of(report.text).split())
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"


def _group(result: TogetherResult, group: ClaimGroup) -> Iterator[RenderableType]:
    low, high = group.origins
    count = f"{low}" if low == high else f"{low} to {high}"
    yield Text(f"Independent origins: {count}")
    for member in group.members[:SHOWN]:
        yield from _statement(result, result.matter.statements[member])
    if len(group.members) > SHOWN:
        yield row("", f"and {len(group.members) - SHOWN} more", 2)


def _statement(result: TogetherResult, statement: Statement) -> Iterator[RenderableType]:
    report = result.reports[statement.report]
    chain = [speaker.title for speaker in result.matter.chain(statement)]
    who = " ← ".join(dict.fromkeys(chain)) or "nobody is named"
    yield row(result.named(statement), f"“{_short(report, statement.at)}” [{_place(statement.at)}]", 2)
    yield row("", who, 2)


def _conflict(result: TogetherResult, conflict: Conflict) -> Iterator[RenderableType]:
    yield Text(safe(f"{conflict.kind}: {conflict.differs[0]} / {conflict.differs[1]}"))
    for side in (conflict.one, conflict.other):
        for place in side[:_PASSAGES]:
            yield row(_named(result, place), _around(result, place), 2)
        if len(side) > _PASSAGES:
            yield row("", f"and {len(side) - _PASSAGES} more", 2)


def _named(result: TogetherResult, place: Place) -> str:
    report = result.reports[place.report].id
    return f"{report}:{place.claim}" if place.claim else report


def _around(result: TogetherResult, place: Place) -> str:
    report = result.reports[place.report]
    return f"“{_short(report, place.at)}” [{_place(place.at)}]"
