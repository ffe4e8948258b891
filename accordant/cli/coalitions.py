"""``coalitions``: what parties could do together, and which states hold against that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.naming import states_named
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows, flag, naming_concepts
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.parties import coalitions as named
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.opened import OpenCase
    from accordant.stability.coalitions.result import CoalitionsResult

TOLD = 6
"""Jumps told in words on the page; the table of improvements has them all."""


def coalitions(
    case: CaseArgument,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="PARTY,PARTY",
            help="Only this coalition; repeat for several. 'given' for the coalitions of the case.",
            show_default=False,
        ),
    ] = None,
    concept: Annotated[
        list[str] | None,
        naming_concepts("nash, gmr, smr, seq, sseq, seq-class or sseq-class; repeat for several."),
    ] = None,
    pareto: Annotated[
        bool, flag("--pareto", help="Better for one member and worse for none is enough to move together.")
    ] = False,
    start: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="STATE",
            help="List improvements from this state only; repeat for several.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        list[str] | None,
        typer.Option(
            "--explain",
            metavar="STATE",
            help="Why each coalition stays at this state or not; repeat for several.",
            show_default=False,
        ),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find what parties could do together, and what then holds."""
    from accordant.stability.coalitions.analysis import NAMES
    from accordant.stability.further import covered

    with working("Judging coalitions") as progress:
        opened = open_for(case, [output] if output else [])
        covered("coalitions", concept or (), NAMES)
        result = opened.coalitions(
            None if of is None else named("--of", of, opened.case),
            concept,
            pareto=pareto,
            starts=start or (),
            explain=explain or (),
            progress=progress,
        )
    emit(
        result,
        _page(result, opened, rows, some=of is not None),
        as_json=as_json,
        as_csv=as_csv,
        output=output,
    )


def _page(result: CoalitionsResult, opened: OpenCase, rows: int, *, some: bool) -> Iterator[RenderableType]:
    yield title(result.title)
    if result.explanations:
        yield from _explanations(result)
        moves = [m for e in result.explanations for m in (e.improvement, *e.sanction) if m]
        yield from states_named(opened, [*(e.state for e in result.explanations), *(m.end for m in moves)])
        yield method_line(result.method)
        return
    yield Page(result.states_table(), rows=rows)
    yield Text("")
    yield Page(result.leaving_table(), rows=rows)
    yield Text("")
    jumps = result.jumps
    yield title("Jumps from one equilibrium to another")
    for jump in jumps[:TOLD]:
        yield indented(jump.says)
    if len(jumps) > TOLD:
        yield indented(f"… and {len(jumps) - TOLD:,} more, in the table below")
    if not jumps:
        whom = "none of these coalitions" if some else "no coalition"
        yield indented(f"None: {whom} gains by leading from one equilibrium to another.")
    yield Text("")
    yield Page(result.improvements_table(), rows=rows)
    yield from states_named(opened, [s for jump in jumps[:TOLD] for s in (jump.start, jump.end)])
    counted = "" if result.method.settings == 1 else "; in brackets: in some settings only"
    legend = "yes: no coalition leaves it, single parties included"
    if some:
        legend = f"yes: not left by {_coalitions(result)}; what other coalitions would do is not asked"
    yield Text(f"{legend}{counted}. An equilibrium: each party on its own stays.", style="dim")
    yield method_line(result.method)


def _coalitions(result: CoalitionsResult) -> str:
    some = ["+".join(coalition) for coalition in result.coalitions[:8]]
    more = len(result.coalitions) - len(some)
    return ", ".join(some) + (f" and {more:,} more" if more else "")


def _explanations(result: CoalitionsResult) -> Iterator[RenderableType]:
    alike: dict[tuple[str, str, bool, str], list[str]] = {}
    for e in result.explanations:
        alike.setdefault((e.state, e.party, e.stable, e.sentence), []).append(e.concept)
    for (state, party, stable, sentence), concepts in alike.items():
        verdict = "stays" if stable else "does not stay"
        yield Text(safe(f"{party} at {state}, {', '.join(concepts)}: {verdict}"), style="bold")
        yield indented(sentence)
