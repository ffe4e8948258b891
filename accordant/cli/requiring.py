"""``require`` and ``distance``: which changes of preference would turn a verdict round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, naming_concepts
from accordant.cli.output import emit, working
from accordant.cli.parties import by_id
from accordant.cli.tables import ROWS
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.cli.lines import Lines
    from accordant.stability.required.distance_result import DistanceResult
    from accordant.stability.required.result import RequireResult
    from accordant.tables import Table


def require(
    case: CaseArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help="The wanted state.", show_default=False)],
    concept: Annotated[
        list[str] | None,
        naming_concepts(
            "nash, gmr, smr, seq (the default) or sseq; or one for each party: north=nash,south=seq."
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option("--party", "-p", metavar="ID", help="Only this party's order.", show_default=False),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find what would have to be preferred for a state to hold."""
    from accordant.cli.leaving import handling
    from accordant.cli.lines import Lines
    from accordant.cli.requiring_pages import require_page

    with working("Searching for what lacks") as progress:
        opened = open_for(case, [output] if output else [])
        by_id(opened.case, [party] if party else [])
        held = handling(opened.case, restricted, leaves=as_json or as_csv or output is not None)
        result = opened.require(state, _one(concept or ["seq"]), party=party, progress=progress)
    lines = Lines(opened, result.elements, held)
    page = require_page(result, lines, rows)
    emit(Shown(result, lines), page, as_json=as_json, as_csv=as_csv, output=output)


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
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Count the changes of preference that would flip each verdict."""
    from accordant.cli.leaving import handling
    from accordant.cli.lines import Lines
    from accordant.cli.requiring_pages import distance_page

    with working("Searching for what flips each verdict") as progress:
        opened = open_for(case, [output] if output else [])
        held = handling(opened.case, restricted, leaves=as_json or as_csv or output is not None)
        result = opened.distance(concept, states=state, progress=progress)
    lines = Lines(opened, result.elements, held)
    page = distance_page(result, lines, rows)
    emit(Shown(result, lines), page, as_json=as_json, as_csv=as_csv, output=output)


@dataclass(frozen=True)
class Shown:
    """An answer, with the lines of the case that decide what would have to be otherwise."""

    result: RequireResult | DistanceResult
    lines: Lines

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``require --json`` and of ``distance --json``."""
        return {**self.result.to_json(), **self.lines.to_json()}

    def table(self) -> Table:
        """The rows of the answer."""
        return self.result.table()


def _one(concepts: list[str]) -> str:
    """The concept that is asked about; it may name one for each party.

    Raises
    ------
    InputError
        If there are several.
    """
    if len(concepts) > 1:
        raise InputError(
            "require looks at one concept at a time: give one --concept, or one for each party in it, as in "
            "-c north=nash,south=seq"
        )
    return concepts[0]
