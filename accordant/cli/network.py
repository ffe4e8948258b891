"""``network``: who told whom, as a table, a figure, or a graph for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rich.console import RenderableType

from accordant.cli.destinations import open_for
from accordant.cli.drawing import check_form, draw, is_drawn
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Restricted, Rows, flag, written_to
from accordant.cli.output import complain, emit, method_line, working, write_file
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.evidence.network import NetworkResult

GRAPHS = (".dot", ".gv", ".graphml")


def network(
    case: CaseArgument,
    suspected: Annotated[
        bool, flag("--suspected", help="Also reports that may retell others, as link would ask.")
    ] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Annotated[
        Path | None,
        written_to("Write to FILE: .svg, .png, .html, .md, .dot, .graphml, .csv, .json, .xlsx, or the page."),
    ] = None,
) -> None:
    """Show who told whom: sources, outlets, reports, retellings."""
    check_form(output, as_json=as_json, as_csv=as_csv, also=GRAPHS)
    ending = output.suffix.lower() if output else ""
    if ending in GRAPHS and (as_json or as_csv):
        raise InputError(f"-o {output} is a graph; leave out --json and --csv")
    leaves = as_json or as_csv or output is not None
    with working("Collecting who told whom"):
        opened = open_for(case, [output] if output else [])
        shown = released(opened.case, restricted, leaves=leaves)
        result = opened.network(suspected=suspected, restricted=shown)
    if output is not None and ending in GRAPHS:
        from accordant.exchange.network_out import dot, graphml

        write_file(output, graphml(result) if ending == ".graphml" else dot(result))
    elif output is not None and is_drawn(output):
        from accordant.brief.figures.network import network_figure
        from accordant.brief.plain import Plain

        figure = network_figure(result, Plain(opened.case))
        missing = "there is nothing to draw: no claim of the case has an origin, and no report an outlet"
        draw(figure, opened, "network", output, result.handling, missing)
    else:
        emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)
    if leaves and result.left_out:
        what = f"restricted, left out: {result.left_out}, with whatever only they lead to"
        complain(f"{what} (--restricted ID names one)", prefix="note: ")


def _page(result: NetworkResult, rows: int) -> Iterator[RenderableType]:
    yield Page(result.overview(), rows=rows)
    yield method_line(result.method)
