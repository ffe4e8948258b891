"""``stale``: which claims are ageing, what stands on them, and what would open without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, flag, option
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.history.stale import StaleResult


def stale(
    case: CaseArgument,
    on: Annotated[
        str | None,
        option("--on", metavar="DATE", help="Count ages to this date, not to the date of the case."),
    ] = None,
    every: Annotated[bool, flag("--all", help="List fresh claims too, and those that do not age.")] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """List claims that age, and what would open without them."""
    leaves = as_json or as_csv or output is not None
    with working("Counting ages") as progress:
        opened = open_for(case, [output] if output else [])
        shown = released(opened.case, restricted, leaves=leaves)
        result = opened.stale(on=on, every=every, restricted=shown, progress=progress)
    emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def _page(result: StaleResult, rows: int) -> Iterator[RenderableType]:
    from accordant.reliance.conclusions import merged

    yield title(result.title)
    if result.elements:
        table = result.conclusions_table(changed=True)
        joined = tuple(merged([tuple(map(str, row)) for row in table.rows]))
        yield Page(Table(table.title, table.columns, joined), rows=rows, rest="-o FILE.xlsx writes all")
        yield Text("")
    if result.claims:
        yield Page(result.overview(), rows=rows, rest="--csv writes all")
    else:
        yield Text(result.finding + ".")
    fresh = [f"{n} {word}" for word, n in result.stages.items() if word in ("fresh", "does not age")]
    out = [f"{result.out} that do not count are left out"] if result.out else []
    if fresh or out:
        yield indented(f"Of the claims that count: {'; '.join([*fresh, *out])}.")
    for claim in result.claims:
        if claim.age.renewed_by and not claim.withheld:
            yield indented(f"{claim.id} is as young as {claim.age.renewed_by}, which asserts the same later.")
    if result.elements:
        yield Text("")
        yield Page(result.elements_table(), rows=rows, rest="-o FILE.xlsx writes all")
    yield method_line(result.method)
