"""``concessions``: who moved from offer to offer, how far, and what was left on the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.agreement.measures.concession_result import ConcessionsResult
    from accordant.agreement.measures.improvements import Improvements
    from accordant.case.objects import Case

_LEGEND = (
    "step, compared with the party's own offer before: concession (it gives, the others do not lose), "
    "selfish (it takes, the others do not gain), fortunate (both gain), nice (the others gain, it is as well "
    "off), unfortunate (it does not gain, the others lose), silent (all are as well off), mixed (of the "
    "others some gain and some lose). By party: what the offer is worth, and the change, each in its own "
    "worth; left on the table: the most that each could still gain while nobody loses."
)


def concessions(
    case: CaseArgument,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Follow the offers: who moved, how far, what was left."""
    with working("Comparing offers"):
        opened = open_for(case, [output] if output else [])
        result = opened.concessions()
    page = _page(opened.case, result, rows)
    emit(result, page, as_json=as_json, as_csv=as_csv, output=output)


def _page(case: Case, result: ConcessionsResult, rows: int) -> Iterator[RenderableType]:
    from accordant.agreement.measures.concession_result import offers_of

    yield title(result.title)
    offers, moved = result.halves()
    yield Page(offers, rows=rows)
    yield Text("")
    yield Page(moved, rows=rows)
    yield Text(_LEGEND, style="dim")
    for step in result.steps:
        if step.offer.impossible:
            yield indented(f"{step.offer.proposal} is not possible: {step.offer.impossible}")
    for party, record in result.records.items():
        for line in offers_of(case, party, record):
            yield indented(line)
    for missed in result.overlooked:
        name = case.party_name(missed.party)
        yield indented(f"{missed.offer} was better for {name} than {missed.asked}, which it asked for last.")
    for proposal, left in result.signed.items():
        yield from _signed(proposal, left, rows)
    for note in result.notes:
        yield indented(note)
    yield method_line(result.method)


def _signed(proposal: str, left: Improvements, rows: int) -> Iterator[RenderableType]:
    if left.efficient:
        yield indented(f"{proposal} is signed, and nothing is better for someone and worse for nobody.")
        return
    yield Text("")
    many = "packages" if left.count is None else f"{left.count:,} package{'s' if left.count > 1 else ''}"
    yield title(f"{proposal} is signed; better for someone and worse for nobody: {many}")
    yield Page(left.table(), rows=rows)
