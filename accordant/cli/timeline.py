"""``timeline``: what happened when, as a table and as a figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rich.console import RenderableType

from accordant.cli.destinations import open_for
from accordant.cli.drawing import check_form, draw, is_drawn
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Restricted, Rows, option, written_to
from accordant.cli.output import complain, emit, indented, method_line, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.evidence.timeline import TimelineResult

ALL = "all"


def timeline(
    case: CaseArgument,
    show: Annotated[
        list[str] | None,
        option(
            "--show",
            metavar="KIND",
            help="contact, event, proposal, report, claim or all; repeatable. Without: the first three.",
        ),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Annotated[
        Path | None,
        written_to("Write to FILE: .svg, .png, .html, .md, .csv, .json, .xlsx, or the page as printed."),
    ] = None,
) -> None:
    """Show contacts, events and proposals by date, by party."""
    from accordant.evidence.timeline import KINDS, SHOWN

    check_form(output, as_json=as_json, as_csv=as_csv)
    asked = SHOWN if not show else KINDS if ALL in show else tuple(show)
    leaves = as_json or as_csv or output is not None
    with working("Collecting the dates"):
        opened = open_for(case, [output] if output else [])
        shown = released(opened.case, restricted, leaves=leaves)
        result = opened.timeline(asked, restricted=shown)
    if output is not None and is_drawn(output):
        from accordant.brief.figures.timeline import timeline_figure
        from accordant.brief.plain import Plain

        missing = "there is nothing to draw: nothing that was asked for has a date (--show all shows more)"
        figure = timeline_figure(result, Plain(opened.case))
        draw(figure, opened, "timeline", output, result.handling, missing)
    else:
        emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)
    if leaves and result.left_out:
        complain(f"restricted, left out: {result.left_out} (--restricted ID names a claim)", prefix="note: ")


def _page(result: TimelineResult, rows: int) -> Iterator[RenderableType]:
    yield Page(result.overview(), rows=rows)
    if result.set_aside:
        one = result.set_aside == 1
        said = "1 claim that does not count is" if one else f"{result.set_aside} claims that do not count are"
        yield indented(f"{said} not shown.")
    yield method_line(result.method)
