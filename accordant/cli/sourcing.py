"""``sources``: who is behind the claims, and the register that says how reliable they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, option
from accordant.cli.output import as_text, complain, emit, indented, method_line, safe, say, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.evidence.register import SourcesResult
    from accordant.opened import OpenCase


def sources(
    case: CaseArgument,
    origin: Annotated[
        str | None,
        option("--origin", metavar="ID", help="Put this origin into the register, and link it to its entry."),
    ] = None,
    entry: Annotated[
        str | None,
        option("--entry", metavar="ID", help="The entry of the register to make, to link to or to grade."),
    ] = None,
    grade: Annotated[
        str | None, option("--grade", metavar="A-F", help="How reliable it is; F: that cannot be judged.")
    ] = None,
    start: Annotated[
        str | None,
        option("--from", metavar="DATE", help="The date from which that holds; without: from the beginning."),
    ] = None,
    because: Annotated[str | None, option("--because", metavar="WORDS", help="Why, in a sentence.")] = None,
    handling: Annotated[
        str | None,
        option("--handling", metavar="MARK", help="Who may see the entry: public, team or restricted."),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Show who is behind the claims, and how reliable they are."""
    leaves = as_json or as_csv or output is not None
    changes = any(given is not None for given in (origin, entry, grade, start, because, handling))
    if changes and (as_csv or output is not None):
        raise typer.BadParameter("a change of the register is printed or given as --json")
    with working("Reading the case"):
        opened = open_for(case, [output] if output else [])
        if changes:
            _change(opened, origin, entry, grade, start, because, handling, as_json=as_json)
            return
        result = opened.sources(restricted=released(opened.case, restricted, leaves=leaves))
    emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def _change(
    opened: OpenCase,
    origin: str | None,
    entry: str | None,
    grade: str | None,
    start: str | None,
    because: str | None,
    handling: str | None,
    *,
    as_json: bool,
) -> None:
    made = opened.register(
        origin=origin, entry=entry, grade=grade, start=start, because=because, handling=handling
    )
    for warning in made.warnings:
        complain(warning, prefix="warning: ")
    made.apply()
    if as_json:
        from accordant.evidence.handling import Handling
        from accordant.evidence.register import sources as listed

        sys.stdout.write(as_text(listed(made.case, Handling(made.case)).to_json()))
        return
    if not made.done:
        say(Text(safe(f"{made.entry} is so already: nothing was written.")))
        return
    say(*(Text(safe(f"{done}.")) for done in made.done))
    say(Text(safe(f"Written to {opened.path}. Next: accordant grade {opened.path}"), style="dim"))


def _page(result: SourcesResult, rows: int) -> Iterator[RenderableType]:
    when = f", as of {result.as_of}" if result.as_of else ""
    yield title(result.title + when)
    if result.handling:
        yield Text(safe(f"Handling: {result.handling}"), style="bold")
    yield Page(result.overview(), rows=rows)
    yield Text("")
    yield Page(result.register_table(), rows=rows)
    if not result.register:
        how = "accordant sources CASE --origin ID --grade B --because WORDS"
        yield indented(f"Nobody is in the register yet; to enter a source: {how}")
    yield Text(
        "Reliability A to E, from the register only; F: it cannot be judged, which is unknown and not bad. "
        "What falls without a source: accordant rests --without ID.",
        style="dim",
    )
    for known in result.origins:
        if known.same:
            yield indented(f"{known.origin} is one with {', '.join(known.same)}: counted as one origin.")
        for warning in known.warnings:
            yield indented(f"Warning: {known.origin}: {warning}.")
    yield method_line(result.method)
