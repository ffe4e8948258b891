"""``path``: what can be reached from where things stand, and what is in the way of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.naming import states_named
from accordant.cli.options import CaseArgument, Concepts, Csv, Json, Output, Restricted, Rows, flag
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.parties import by_id
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.cli.lines import Lines
    from accordant.opened import OpenCase
    from accordant.stability.paths.result import Destination, PathsResult, Route
    from accordant.stability.result import Move
    from accordant.tables import Table

TOLD = 8
"""Obstacles told on the page that lists everything."""

HEADINGS = {"any": "By any moves", "improvements": "By improvements only", "mixed": "Mixed"}


def path(
    case: CaseArgument,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="STATE", help="Only the ways to this state.", show_default=False),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="STATE", help="Start here, not at the status quo.", show_default=False
        ),
    ] = None,
    improvements: Annotated[
        bool, flag("--improvements", help="Only ways by moves that improve for whoever makes them.")
    ] = False,
    free: Annotated[
        list[str] | None,
        typer.Option(
            "--free",
            metavar="PARTY",
            help="Mixed ways too: this party makes any move, the others improve; repeat for several.",
            show_default=False,
        ),
    ] = None,
    concept: Concepts = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find what the status quo can lead to, and what is in the way."""
    from accordant.cli.leaving import handling
    from accordant.cli.lines import Lines

    leaves = as_json or as_csv or output is not None
    with working("Looking for paths"):
        opened = open_for(case, [output] if output else [])
        held = handling(opened.case, restricted, leaves=leaves)
        by_id(opened.case, free or ())
        result = opened.paths(
            to, start=start, improvements=improvements, free=tuple(free or ()), concepts=concept
        )
        ids = [e for d in result.destinations for r in d.routes.values() for e in r.elements]
        shown = Shown(result, Lines(opened, ids if to else [], held), to, opened)
    emit(shown, shown.page(rows), as_json=as_json, as_csv=as_csv, output=output)


@dataclass(frozen=True)
class Shown:
    """The answer, with the lines of the case where one state was asked for."""

    result: PathsResult
    lines: Lines
    to: str | None
    opened: OpenCase

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``path --json``."""
        found = self.result.to_json()
        return {**found, **self.lines.to_json()} if self.to else found

    def table(self) -> Table:
        """One row per destination."""
        return self.result.table()

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return self.result.tables()

    def page(self, rows: int) -> Iterator[RenderableType]:
        """All destinations as tables, or the ways to one of them in full."""
        result = self.result
        yield title(result.title)
        if self.to:
            for found in result.destinations:
                yield from _destination(found)
            yield from self.lines.page()
            yield from states_named(self.opened, self._states())
        else:
            yield Page(result.table(), rows=rows)
            for line in _summary(result):
                yield indented(line)
            yield Page(result.steps_table(), rows=rows)
            yield from _obstacles(result)
            yield from states_named(self.opened, [d.state for d in result.destinations])
        yield method_line(result.method)

    def _states(self) -> Iterator[str]:
        for found in self.result.destinations:
            for route in found.routes.values():
                yield from (s for move in route.path for s in (move.start, move.end))


def _summary(result: PathsResult) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for concept, counts in result.summary.items():
        every = counts["all"]
        if not every:
            text = "no state holds"
        else:
            text = f"{every:,} {'state holds' if every == 1 else 'states hold'}; reached "
            text += ", ".join(f"{_HOW[way]}: {counts[way]:,}" for way in result.spreads)
        alike.setdefault(text, []).append(concept)
    for text, concepts in alike.items():
        yield f"{', '.join(concepts)}: {text}."


_HOW = {"any": "by any moves", "improvements": "by improvements", "mixed": "in mixed ways"}


def _obstacles(result: PathsResult) -> Iterator[RenderableType]:
    told = list(
        dict.fromkeys(r.sentence for d in result.destinations for r in d.routes.values() if r.blocked)
    )
    if told:
        yield Text("What stands in the way", style="bold")
    for sentence in told[:TOLD]:
        yield indented(sentence)
    if len(told) > TOLD:
        more = len(told) - TOLD
        yield indented(f"… and {more:,} more; --to STATE tells what is in the way of one state.")


def _destination(found: Destination) -> Iterator[RenderableType]:
    yield Text(safe(f"{found.state} holds {_held(found)}"))
    for way, route in found.routes.items():
        yield Text(f"{HEADINGS[way]}: {_answer(route)}", style="bold")
        yield indented(route.sentence)
        for k, moves in enumerate((route.path, *route.others)):
            if moves:
                yield indented(f"{'or ' if k else ''}{_moves(moves)}", 4)
        if route.blocked and route.blocked.nearest and route.blocked.nearest.moves:
            near = route.blocked.nearest
            if near.moves != route.path:
                yield indented(f"missing from {near.state}: {_moves(near.moves)}", 4)


def _held(found: Destination) -> str:
    told = [f"under {', '.join(found.always)}"] if found.always else []
    if found.sometimes:
        told.append(f"in some settings under {', '.join(found.sometimes)}")
    return ", ".join(told) or "under no concept that was asked for"


def _answer(route: Route) -> str:
    text: str = route.answer
    if route.steps:
        text += f", {route.steps} move{'' if route.steps == 1 else 's'}"
    if route.over == "sometimes":
        counted = " ({:,} of {:,})".format(*route.settings) if route.settings else ""
        text += f"; in some settings{counted}"
    return text


def _moves(moves: Sequence[Move]) -> str:
    return ", then ".join(f"{' + '.join(m.mover)}: {m.start} → {m.end}" for m in moves)
