"""``stages``: whether a deal in stages would be carried out, and where somebody would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.agreement.phases.result import Leaving, StageAnswer, StagesResult
    from accordant.case.objects import Case
    from accordant.cli.lines import Lines

_LEGEND = (
    "one ahead: goes on, comparing what the stage leads to with walking away before it; to the end: "
    "comparing what will come of going on, with what the others would do later; walking away: where it "
    "leads, with what can no longer be taken back."
)


def stages(
    case: CaseArgument,
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="The proposal's id.", show_default=False)
    ],
    term: Annotated[
        list[str] | None,
        typer.Option(
            "--term",
            metavar="ID",
            help="With this term as part of it; repeat for several.",
            show_default=False,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="ID",
            help="Without this term of its own; repeat for several.",
            show_default=False,
        ),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find the stage of a deal at which somebody would leave."""
    from accordant.agreement.phases.plans import plan_of
    from accordant.agreement.phases.terms import terms_of
    from accordant.cli.leaving import handling
    from accordant.cli.lines import Lines

    def asked(written: Case) -> None:
        plan_of(written, proposal, terms_of(written, proposal, term or (), without or ()))

    with working("Going through the stages") as progress:
        opened = open_for(case, [output] if output else [], asked=asked)
        held = handling(opened.case, restricted, leaves=as_json or as_csv or output is not None)
        result = opened.stages(proposal, terms=term or (), without=without or (), progress=progress)
    lines = Lines(opened, result.elements, held)
    emit(Shown(result, lines), _page(result, lines, rows), as_json=as_json, as_csv=as_csv, output=output)


@dataclass(frozen=True)
class Shown:
    """An answer, with the lines of the case that decide who leaves."""

    result: StagesResult
    lines: Lines

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stages --json``."""
        return {**self.result.to_json(), **self.lines.to_json()}

    def table(self) -> Table:
        """The rows of the answer."""
        return self.result.table()


def _page(result: StagesResult, lines: Lines, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    yield Text(safe(_finding(result)))
    for note in result.notes:
        yield indented(note)
    yield Page(_short(result), rows=rows)
    yield Text(_LEGEND, style="dim")
    for stage in result.stages:
        yield from _stage(result, stage)
    yield from _terms(result)
    yield from _repairs(result)
    if result.lasts is not None:
        told = result.lasts.everybody.told
        yield Text(
            safe(f"If it were carried out at once on some day, it beats no deal for everybody {told}.")
        )
    if result.holding is not None:
        yield Text(safe(f"Once reached: {result.holding.sentence}"))
    yield from lines.page()
    yield from _named(result, rows)
    yield method_line(result.method)


def _named(result: StagesResult, rows: int) -> Iterator[RenderableType]:
    """What the states that are named stand for: the issues that are not the same in all of them."""
    issues = [
        i for i in next(iter(result.shown.values()), {}) if len({v[i] for v in result.shown.values()}) > 1
    ]
    if issues:
        told = tuple((name, *(values[i] for i in issues)) for name, values in result.shown.items())
        yield Text("")
        yield Page(Table("The states named here, where they differ", ("state", *issues), told), rows=rows)


def _finding(result: StagesResult) -> str:
    """The whole answer in a sentence or two."""
    if result.impossible:
        return f"{result.proposal} cannot be carried out: {result.impossible}."
    words = {
        "yes": "would be carried out to its end and kept",
        "no": "would not be carried out to its end and kept",
        "unknown": "may or may not be carried out to its end and kept",
    }
    said = f"{result.proposal} {words[result.carried_out]}"
    if result.leaves:
        said += f": {'; '.join(_leaving(result, x) for x in result.leaves)}"
    said += "."
    if (result.one_ahead, result.short_sighted) != (result.carried_out, result.leaves):
        short = "; ".join(_leaving(result, x) for x in result.short_sighted)
        ahead = {"yes": "everybody would go on", "no": short, "unknown": f"it is open: {short}"}
        said += f" Looking one stage ahead only, {ahead[result.one_ahead] or 'it is open'}."
    return said


def _leaving(result: StagesResult, leaving: Leaving) -> str:
    would = "would" if leaving.surely else "may"
    last = leaving.number == len(result.stages)
    when = "after the last stage" if last else f"before {leaving.stage}"
    return f"{result.names[leaving.party]} {would} walk away {when}"


def _short(result: StagesResult) -> Table:
    """The table as it fits a page: the reasons follow stage by stage."""
    whole = result.table()
    return Table(whole.title, whole.columns[:-1], tuple(row[:-1] for row in whole.rows))


def _stage(result: StagesResult, stage: StageAnswer) -> Iterator[RenderableType]:
    """What somebody would leave for, and what cannot be taken back; nothing where everybody goes on."""
    told = [
        sight.because
        for at in stage.parties.values()
        for sight in dict.fromkeys((at.end, at.ahead))
        if sight.answer != "yes"
    ]
    if not told:
        return
    last = stage.number == len(result.stages)
    yield title("After the last stage" if last else f"Before {stage.name}")
    if stage.kept:
        yield indented(f"What can no longer be taken back: {', '.join(stage.kept)}.")
    for sentence in dict.fromkeys(told):
        yield indented(sentence)


def _terms(result: StagesResult) -> Iterator[RenderableType]:
    if not result.terms:
        return
    yield title("Guarantees and inducements")
    for term in result.terms:
        by = f" by {', '.join(term.by)}" if term.by else ""
        other = "without it" if term.part else "with it"
        told = {
            "yes": "carried out",
            "no": "not carried out",
            "unknown": "not known whether it is carried out",
        }
        part = "part of the deal" if term.part else "not part of the deal"
        yield indented(f"{term.name} ({term.kind}{by}), {part}; {other}: {told[term.carried_out]}.")


def _repairs(result: StagesResult) -> Iterator[RenderableType]:
    if result.carried_out == "yes" or result.impossible or not result.stages:
        return
    if not result.repairs:
        yield Text("No change of order, of stages or of terms that was tried would keep everybody in.")
        return
    yield title("What would keep everybody in")
    for repair in result.repairs:
        short = (
            "" if repair.one_ahead == "yes" else " (looking one stage ahead only, not everybody would go on)"
        )
        yield indented(repair.sentence.removesuffix(".") + short + ".")
