"""``parity``: whose word a case rests on, what it calls the parties, and which of its own words lean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, option
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.evidence.parity import ParityResult


def parity(
    case: CaseArgument,
    words: Annotated[
        list[Path] | None,
        option("--words", metavar="FILE", help="A further list of words that lean; repeat for several."),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Show who is heard in the case, and which words lean."""
    leaves = as_json or as_csv or output is not None
    with working("Counting"):
        opened = open_for(case, [output] if output else [])
        named = released(opened.case, restricted, leaves=leaves)
        result = opened.parity(words=words or (), restricted=named)
    emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def _page(result: ParityResult, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    if result.handling:
        yield Text(safe(f"Handling: {result.handling}"), style="bold")
    yield Page(result.table(), rows=rows)
    kinds = result.kinds_table()
    if kinds.rows:
        yield Text("")
        yield Page(kinds, rows=rows)
    yield Text("")
    yield Page(result.names_table(), rows=rows, rest="--json has all")
    yield Text("")
    if result.leaning:
        yield Page(result.words_table(), rows=rows, rest="--json has all")
    else:
        yield Text("None of the analyst's own words is on the list of words that lean.", style="bold")
    if result.quoted:
        said = ", ".join(f"{word} ({count:,})" for word, count in result.quoted.items())
        yield indented(f"In quotations, where they are somebody else's: {said}.")
    yield Text("Counts are counts: an uneven case may be right, and an even one wrong.", style="dim")
    yield method_line(result.method)
