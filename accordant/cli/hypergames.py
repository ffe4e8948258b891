"""``hypergame``: what holds when each party judges by the case as it sees it, beside what holds in truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.naming import MOST, states_named
from accordant.cli.options import CaseArgument, Concepts, Csv, Json, Output, Rows
from accordant.cli.output import emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.opened import OpenCase
    from accordant.stability.hypergame import HypergameResult
    from accordant.stability.result import ConceptResult


COUNTED = "n of m: in n of m admissible settings."
UNKNOWN = "unknown: some order is not known, so that it is open in how many settings."


def hypergame(
    case: CaseArgument,
    concept: Concepts = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Compare what holds as the parties see it with what is so."""
    with working("Judging each party's game"):
        opened = open_for(case, [output] if output else [])
        result = opened.hypergame(concept)
    emit(result, _page(result, opened, rows), as_json=as_json, as_csv=as_csv, output=output)


def _page(result: HypergameResult, opened: OpenCase, rows: int) -> Iterator[RenderableType]:
    yield title(result.title)
    if not result.mistaken and not result.unseen:
        yield indented("The case gives no perceptions: everybody sees it as it is.")
    for party, others in result.mistaken.items():
        yield indented(f"{party} has a picture of its own of what these want: {', '.join(others)}.")
    for party, states in result.unseen.items():
        yield indented(f"{party} does not see {_some(states)}.")
    for concept, own in result.own.items():
        true = result.true[concept]
        yield Text(safe(f"{concept}: as they see it {_held(own)}; as it is {_held(true)}"))
    if result.states:
        yield Page(result.table(), rows=rows)
    elif result.mistaken or result.unseen:
        yield indented("Misperception changes nothing.")
    sides = [*result.own.values(), *result.true.values()]
    if any(not _settled(found) for found in sides):
        counted = any(found.counts is not None and not _settled(found) for found in sides)
        yield Text(COUNTED if counted else UNKNOWN, style="dim")
    yield from states_named(opened, [s for found in sides for s in found.possible_equilibria[:MOST]])
    yield method_line(result.method)


def _settled(found: ConceptResult) -> bool:
    return len(found.equilibria) == len(found.possible_equilibria)


def _held(found: ConceptResult) -> str:
    from accordant.stability.hypergame import not_always

    always = _some(tuple(found.equilibria)) if found.equilibria or _settled(found) else ""
    rest = tuple(f"{state} ({over})" for state, over in not_always(found).items())
    return ", ".join(part for part in (always, _some(rest) if rest else "") if part)


def _some(states: tuple[str, ...]) -> str:
    more = f" and {len(states) - 12:,} more" if len(states) > 12 else ""
    return ", ".join(states[:12]) + more if states else "no state"
