"""``require`` and ``distance``: which changes of preference would turn a verdict round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows, naming_concepts
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.stability.required.distance_result import DistanceResult
    from accordant.stability.required.result import PartyNeeds, Rankings, RequireResult

SHORT = 24
"""States up to which a whole order is printed."""

_ONE_CHANGE = (
    "changes: pairs of states that would have to be compared differently (in a strict ranking: swaps of two "
    "neighbours); stays: stable for that party; holds: stable for everybody."
)


def require(
    case: CaseArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help="The wanted state.", show_default=False)],
    concept: Annotated[
        str,
        typer.Option(
            "--concept",
            "-c",
            metavar="NAME",
            help="nash, gmr, smr, seq or sseq; or one for each party: north=nash,south=seq.",
        ),
    ] = "seq",
    party: Annotated[
        str | None,
        typer.Option("--party", "-p", metavar="ID", help="Only this party's order.", show_default=False),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find what would have to be preferred for a state to hold."""
    with working("Searching for what lacks") as progress:
        opened = open_for(case, [output] if output else [])
        result = opened.require(state, concept, party=party, progress=progress)
    emit(result, _require_page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def distance(
    case: CaseArgument,
    concept: Annotated[
        list[str] | None,
        naming_concepts(
            "nash, gmr, smr, seq (the default) or sseq; or one for each party; repeat for several."
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state", "-s", metavar="NAME", help="Only this state; repeat for several.", show_default=False
        ),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Count the changes of preference that would flip each verdict."""
    with working("Searching for what flips each verdict") as progress:
        opened = open_for(case, [output] if output else [])
        result = opened.distance(concept, states=state, progress=progress)
    emit(result, _distance_page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def _require_page(result: RequireResult, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    names = dict.fromkeys(result.concepts.values())
    told = (
        next(iter(names)) if len(names) == 1 else ", ".join(f"{p} by {c}" for p, c in result.concepts.items())
    )
    if result.holds is None:
        yield Text(safe(f"It is not known whether {result.state} holds under {told}."))
    else:
        yield Text(safe(f"{result.state} {'holds' if result.holds else 'does not hold'} under {told}."))
    yield Page(result.table(), rows=rows)
    yield Text(_ONE_CHANGE, style="dim")
    for party, needs in result.parties.items():
        for line in _counted(result, party, needs):
            yield indented(line)
    for line in _example(result):
        yield indented(line)
    if result.cheapest:
        who = " and ".join(result.names[p] for p in result.cheapest)
        least = result.parties[result.cheapest[0]].alone.changes
        plural = "" if least == 1 else "s"
        yield Text(safe(f"Least to be changed in one party's view alone: {who}, {least} change{plural}."))
    yield method_line(result.method)


def _example(result: RequireResult) -> Iterator[str]:
    """An order with the fewest changes, for each party whose order changes."""
    sets = result.jointly.sets
    if not sets or not sets[0].ways:
        return
    for party, levels in sets[0].ways[0].orders.items():
        if sum(map(len, levels)) <= SHORT:
            told = " > ".join(" ~ ".join(level) for level in levels)
            yield f"{result.names[party]}'s order with the fewest changes, such as {told}"


def _counted(result: RequireResult, party: str, needs: PartyNeeds) -> Iterator[str]:
    name = result.names[party]
    yield f"{name}'s rankings with which it stays: {_told(needs.stable_rankings)}"
    if needs.equilibrium_rankings != needs.stable_rankings:
        yield f"{name}'s rankings with which {result.state} holds: {_told(needs.equilibrium_rankings)}"


def _told(rankings: Rankings) -> str:
    parts = []
    if rankings.strict is not None:
        parts.append("{:,} of {:,} strict ones".format(*rankings.strict))
    elif rankings.share is not None:
        parts.append(f"{rankings.share} of the strict ones")
    if rankings.ties is not None:
        parts.append("{:,} of {:,} with ties allowed".format(*rankings.ties))
    return ", ".join(parts) + "." if parts else "not counted, too many states matter."


def _distance_page(result: DistanceResult, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    yield Page(result.table(), rows=rows)
    yield Text(
        "A number counts pairs of states that would have to be compared differently (in a strict ranking: "
        "swaps of two neighbours); by: in this party's order alone; by all: in all orders together.",
        style="dim",
    )
    yield method_line(result.method)
