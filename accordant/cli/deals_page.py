"""What ``deals`` prints: proposals, agreements, and what the fairness lenses pick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.agreement.picks import mixed_table
from accordant.cli.output import indented, method_line, safe, title
from accordant.cli.tables import Page

if TYPE_CHECKING:
    from accordant.agreement.measured import Measured
    from accordant.agreement.package import PackageAnswer
    from accordant.agreement.picks import Fairness, LensAnswer
    from accordant.agreement.result import DealsResult, ProposalAnswer
    from accordant.tables import Table

_DEALS_LEGEND = (
    "agreement: always, or in some settings only (a setting is one way in which everything unsure may be); "
    "efficient: no other agreement is better for someone and worse for nobody; holds under: concepts under "
    "which no party would leave it, all: under each of these. A party weighs, under nash, no answer of the "
    "others; gmr: any answer; smr: any and its reply; seq: answers that do not hurt those who give them; "
    "sseq: those and its reply."
)


_REST = "-o FILE.xlsx writes all"
CHANGES = 3
"""Changes shown for a proposal where others are shown too."""


def deals_page(
    result: DealsResult, rows: int, *, full: bool = False, measures: bool = False
) -> Iterator[RenderableType]:
    """Everything that ``deals`` answers; each lens in full where lenses were asked for by name."""
    yield title(result.title)
    if not full:
        yield from _acceptance(result, rows)
    if result.note:
        yield indented(result.note)
    if result.fairness is not None:
        yield Text("")
        yield from _fairness(result, result.fairness, rows, full)
    if result.measures is not None:
        for table in _measures(result.measures, measures):
            yield Text("")
            yield Page(table, rows=rows, rest=_REST)
    elif measures and result.fairness is not None and result.fairness.note:
        yield indented("There are no measures for the same reason.")
    yield method_line(result.method)


def _acceptance(result: DealsResult, rows: int) -> Iterator[RenderableType]:
    """Proposals, agreements, and who blocks what."""
    yield Page(result.table(), rows=rows)
    for name, answer in result.proposals.items():
        yield Text("")
        yield from _proposal(name, answer, CHANGES)
    yield Text("")
    yield title(f"An agreement exists: {result.exists}")
    if result.agreements:
        yield Page(result.agreements_table(), rows=rows, rest=_REST)
        yield Text(_DEALS_LEGEND, style="dim")
    for block in result.blocks:
        yield indented(block.sentence)
    if result.closest:
        yield Page(result.closest_table(), rows=rows, rest=_REST)


def _measures(found: Measured, every: bool) -> Iterator[Table]:
    if every:
        yield found.extremes.table()
        yield found.ranges.table()
        yield found.opposition.table()
        yield found.trades.table()
    yield from (one.table() for one in found.improvements)


def _fairness(result: DealsResult, fairness: Fairness, rows: int, full: bool) -> Iterator[RenderableType]:
    picked = [answer for answer in fairness.lenses.values() if answer.picks]
    if picked:
        yield Page(result.packages_table(), rows=rows, rest=_REST)
        yield Text(
            "A lens says what one idea of fairness picks, on its own terms; none of them says what is right.",
            style="dim",
        )
        if fairness.mixed:
            yield Page(mixed_table(fairness, result.units), rows=rows, rest=_REST)
    else:
        yield title("Fairness lenses")
    if picked and fairness.ways > 1:
        yield Text(
            f"There are {fairness.ways:,} ways: every setting of what is unsure, with both ends of each "
            "range of what no deal is worth.",
            style="dim",
        )
    for answer in picked:
        if full:
            yield Text("")
            yield from _in_full(answer)
        elif answer.found > len(answer.picks):
            yield indented(
                f"{answer.title}: {answer.found:,} packages, of which {len(answer.picks)} are listed."
            )
    for reason, names in _refusals(fairness).items():
        if full:
            yield Text("")
        yield indented(f"{', '.join(names)}: {reason}")
    if fairness.note:
        yield indented(fairness.note)


def _in_full(answer: LensAnswer) -> Iterator[RenderableType]:
    yield title(answer.title)
    yield indented(answer.says)
    yield indented(f"Assumes: {answer.assumes}")
    yield indented(f"Fails: {answer.fails}")
    if answer.compared:
        yield indented(f"Compared, as the case is written: {answer.compared}.")
    for note in answer.notes:
        yield indented(note)


def _refusals(fairness: Fairness) -> dict[str, list[str]]:
    """Lenses that cannot be applied, by the reason."""
    found: dict[str, list[str]] = {}
    for name, answer in fairness.lenses.items():
        if not answer.picks and answer.refused and answer.refused != fairness.note:
            found.setdefault(answer.refused, []).append(name)
    return found


def _proposal(name: str, answer: ProposalAnswer, most: int) -> Iterator[RenderableType]:
    if answer.state is None:
        yield title(f"{name} is not possible: {answer.impossible}")
        return
    yield title(f"{name} leads to {answer.state}; an agreement: {answer.agreement}")
    if answer.dominated_by:
        yield indented(f"{answer.dominated_by} is better for someone and worse for nobody.")
    if answer.holds:
        yield indented(f"Holds once reached, under: {_under(answer.holds)}")
    for lever in answer.levers[:most]:
        yield indented(lever.sentence)
    if len(answer.levers) > most:
        more = "More" if answer.levers_found is None else f"{answer.levers_found - most:,} more"
        yield indented(f"{more} such changes: accordant levers CASE {name}")
    if answer.note:
        yield indented(answer.note)


def _under(holds: Mapping[str, str]) -> str:
    sure = [concept for concept, answer in holds.items() if answer == "yes"]
    maybe = [f"{concept} (unknown)" for concept, answer in holds.items() if answer == "unknown"]
    return ", ".join(sure + maybe) or "no concept"


def package_page(answer: PackageAnswer, rows: int) -> Iterator[RenderableType]:
    """All about one package."""
    yield title(answer.title)
    if answer.values:
        yield Text(safe(", ".join(f"{issue} = {value}" for issue, value in answer.shown.items())))
    yield Page(answer.table(), rows=rows)
    yield Text("")
    yield from _proposal(answer.asked, answer.answer, len(answer.answer.levers))
    if answer.lenses:
        yield indented(f"Picked by: {', '.join(_in_ways(*item) for item in answer.lenses.items())}.")
    elif answer.answer.state is not None:
        yield indented("No fairness lens that can be applied picks it.")
    if answer.worths:
        yield Text("")
        yield Page(answer.parts_table(), rows=rows)
    if answer.holding is not None:
        yield Text("")
        yield Page(answer.holding.table(), rows=rows)
        for note in answer.holding.notes:
            yield indented(note)
    yield method_line(answer.method)


def _in_ways(lens: str, ways: tuple[int, int]) -> str:
    return lens if ways[0] == ways[1] else f"{lens} ({ways[0]:,} of {ways[1]:,} ways)"
