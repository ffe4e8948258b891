"""``levers``: the smallest changes that would make a proposal acceptable to all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.naming import states_named
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.tables import ROWS, Page
from accordant.errors import TooLargeError

if TYPE_CHECKING:
    from accordant.agreement.measures.lever_result import LeversResult
    from accordant.opened import OpenCase

_LEGEND = (
    "By party: what the change is worth to it, more (+) or less (-) than the proposal, in its own worth, or "
    "better, worse or the same where it has given an order only; ? where that is not known."
)


def levers(
    case: CaseArgument,
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="The proposal's id.", show_default=False)
    ],
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find the smallest changes that would make a proposal pass."""
    from accordant.agreement.measures.levering import known

    with working("Searching for changes"):
        opened = open_for(case, [output] if output else [], asked=lambda written: known(written, proposal))
        result = opened.levers(proposal)
    page = _page(opened, result, rows)
    emit(result, page, as_json=as_json, as_csv=as_csv, output=output)


def _page(opened: OpenCase, result: LeversResult, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    if result.state is None:
        yield Text(f"{result.proposal} is not possible: {result.impossible}")
    else:
        yield Text(f"{result.proposal} leads to {result.state}; an agreement: {result.agreement}.")
    for sentence in result.unknown.values():
        yield indented(sentence)
    if result.state is not None:
        for answer in result.acceptable.values():
            yield indented(answer.reason)
    if any(group.found for group in result.levers):
        yield Page(result.table(), rows=rows)
        yield Text(_LEGEND, style="dim")
    for group in result.levers:
        if group.found > len(group.listed):
            what = "one issue" if group.issues == 1 else f"{group.issues} issues"
            yield indented(f"{len(group.listed):,} of {group.found:,} changes of {what} are shown.")
    if result.compensation:
        yield indented(result.compensation.sentence)
    for payment in result.payments:
        yield indented(payment.sentence)
    for note in result.notes:
        yield indented(note)
    shown = [p.lever.state for group in result.levers for p in group.listed]
    with suppress(TooLargeError):  # of too many states to list the page shows what the changes are
        yield from states_named(opened, ([result.state] if result.state else []) + shown)
    yield method_line(result.method)
