"""``states``, ``stability`` and ``rests``: the answers, as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import RenderableType

from accordant.cli.destinations import open_for
from accordant.cli.options import (
    CaseArgument,
    Csv,
    Json,
    Output,
    Restricted,
    Rows,
    Without,
    flag,
    naming_concepts,
)
from accordant.cli.output import Progress, emit, indented, method_line, title, working
from accordant.cli.parties import by_id, coalitions, thresholds
from accordant.cli.stability_page import stability_page
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.opened import OpenCase
    from accordant.reliance.questions import QuestionsResult
    from accordant.reliance.result import RestsResult
    from accordant.stability.result import StabilityResult

T = TypeVar("T")


def states(
    case: CaseArgument,
    moves: Annotated[bool, flag("--moves", help="List who can move where.")] = False,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """List the states, who prefers which, and who can move where."""
    result = _answer(case, "Listing the states", lambda opened, _: opened.states(), output)
    table = result.moves_table() if moves else result.table()
    parts: list[RenderableType] = [title(result.title), Page(table, rows=rows)]
    parts += [indented(note) for note in result.notes()]
    parts.append(method_line(result.method))
    emit(result, parts, table=table, as_json=as_json, as_csv=as_csv, output=output)


def stability(
    case: CaseArgument,
    concept: Annotated[
        list[str] | None,
        naming_concepts("nash, gmr, smr, seq, sseq or another of those above; repeat for several."),
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option(
            "--horizon", metavar="N", help="Moves looked ahead, for limited and mr.", show_default=False
        ),
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option(
            "--threshold",
            metavar="[NAME=]NUMBER",
            help="For fuzzy and p concepts: 0.3, or north=0.4, or alpha=0.9.",
            show_default=False,
        ),
    ] = None,
    coalition: Annotated[
        list[str] | None,
        typer.Option(
            "--coalition",
            metavar="PARTY+PARTY",
            help="These parties act as one; 'given' for the coalitions of the case.",
            show_default=False,
        ),
    ] = None,
    perceived: Annotated[
        bool, flag("--perceived", help="Each party judges by the case as it sees it.")
    ] = False,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--explain",
            metavar="STATE PARTY",
            help="Why a state holds for a party or not, down to the quoted words.",
            show_default=False,
        ),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find the states that hold under each solution concept.

    Beside nash, gmr, smr, seq and sseq there are, when asked for: sim; l1, l2, … and nm for two parties;
    mr1, mr2, …; nash-a to sseq-d for pairs of unknown order; gmr-general, gmr-strong, gmr-weak and so on for
    strength of preference; fuzzy-nash and p-nash and so on for degrees; rnash, rgmr, rsmr, rseq for
    attitudes; north=nash,south=seq for a concept of each party's own.
    """
    bounds = thresholds(threshold or ())

    def judge(opened: OpenCase) -> StabilityResult:
        by_id(opened.case, (name for name in bounds if name))
        return opened.stability(
            concept,
            horizon=horizon,
            thresholds=bounds,
            coalitions=coalitions("--coalition", coalition or (), opened.case, least=2),
            perceived=perceived,
        )

    if explain is None:
        result = _answer(case, "Judging the states", lambda opened, _: judge(opened), output)
        emit(result, stability_page(result, rows), as_json=as_json, as_csv=as_csv, output=output)
        return
    from accordant.cli.explaining import Explained
    from accordant.cli.leaving import handling
    from accordant.stability.further import Options

    state, party = explain
    leaves = as_json or as_csv or output is not None

    def ask(opened: OpenCase, _: Progress) -> Explained:
        held = handling(opened.case, restricted, leaves=leaves)
        by_id(opened.case, [] if "+" in party else [party])
        if not coalition and not perceived:
            by_id(opened.case, (name for name in bounds if name))
            options = Options.of(horizon, bounds)
            if found := Explained.alone(opened, concept, options, state, party, held):
                return found
        return Explained.of(opened, judge(opened), state, party, held)

    why = _answer(case, "Judging the states", ask, output)
    emit(why, why.page(), as_json=as_json, as_csv=as_csv, output=output)


def rests(
    case: CaseArgument,
    conclusion: Annotated[
        list[str] | None,
        typer.Option(
            "--conclusion",
            metavar="ID",
            help="Only this conclusion, such as 'acceptable(offer-1, south)'; repeat for several.",
            show_default=False,
        ),
    ] = None,
    without: Without = None,
    questions: Annotated[
        bool, flag("--questions", help="The open questions, those first that decide most.")
    ] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find the sources that each conclusion rests on."""
    from accordant.case.grounds import falls_with
    from accordant.cli.leaving import cleared, handling
    from accordant.cli.resting import rests_page
    from accordant.cli.state_words import described

    leaves = as_json or as_csv or output is not None
    if questions:
        _questions(case, conclusion, without, restricted, rows, as_json, as_csv, output)
        return

    fallen: dict[str, int] = {}
    states: list[RenderableType] = []

    def ask(opened: OpenCase, progress: Progress) -> tuple[RestsResult, RestsResult | None]:
        held = handling(opened.case, restricted, leaves=leaves)
        result = opened.rests(conclusion, without=without or (), progress=progress)
        shown = not (as_json or as_csv) and bool(without)
        asked = [rest.conclusion for rest in result.conclusions]
        before = opened.rests(asked, supports=False, progress=progress) if shown else None
        out = cleared(result, held)
        for origin in set(out.taken) & set(opened.case.origins):
            fallen[origin] = len(set(held.shown(falls_with(opened.case, {origin}))) & set(opened.case.claims))
        states.extend(described(opened.compiler, (rest.conclusion for rest in out.conclusions)))
        return out, before

    result, before = _answer(case, "Taking grounds away", ask, output)
    page = rests_page(result, rows=rows, full=bool(conclusion), before=before, fallen=fallen, states=states)
    emit(result, page, as_json=as_json, as_csv=as_csv, output=output)


def _questions(
    case: Path,
    conclusion: list[str] | None,
    without: list[str] | None,
    restricted: list[str] | None,
    rows: int,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
) -> None:
    """What would settle the case, in place of what its conclusions rest on."""
    from accordant.cli.leaving import handling
    from accordant.cli.questions_page import cleared, questions_page
    from accordant.cli.state_words import described

    leaves = as_json or as_csv or output is not None
    states: list[RenderableType] = []

    def ask(opened: OpenCase, progress: Progress) -> QuestionsResult:
        held = handling(opened.case, restricted, leaves=leaves)
        found = cleared(opened.questions(conclusion, without=without or (), progress=progress), held)
        states.extend(described(opened.compiler, found.open))
        return found

    result = _answer(case, "Asking every open question", ask, output)
    page = questions_page(result, rows=rows, full=bool(conclusion), states=states)
    emit(result, page, as_json=as_json, as_csv=as_csv, output=output)


def _answer(case: Path, what: str, ask: Callable[[OpenCase, Progress], T], output: Path | None) -> T:
    with working(what) as progress:
        return ask(open_for(case, [output] if output else []), progress)
