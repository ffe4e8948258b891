"""What each party gains by a few packages: proposals, what lenses pick, efficient packages between."""

from __future__ import annotations

from accordant.agreement.frontier_result import FrontierResult
from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, rich
from accordant.brief.figures.frontier import thinned
from accordant.brief.figures.gains_chart import Bar, Column, Gains
from accordant.brief.packages import (
    Named,
    beats_cell,
    gained,
    named,
    package_words,
    table,
    ties_words,
    what_cell,
    worth_cells,
)

MOST = 12
"""Most packages that are shown."""
FEWEST = 6
"""Packages up to which efficient ones from along the frontier are added."""


def gains_figure(context: Context) -> Figure | None:
    """The figure, where somebody has given numbers and there is something to show."""
    found = context.frontier
    if found is None:
        return None
    shown = chosen(context, found)
    if not shown:
        return None
    return Figure(
        "gains",
        _finding(context, found, shown),
        "A row for each package and a column for each party: right of no deal what it gains, "
        "left of it what it loses. The same numbers stand in the table below.",
        Gains(
            tuple(_label(one) for one in shown),
            tuple(_column(context, found, shown, p) for p in found.numbers),
        ),
        table(
            context,
            "gains-table",
            rich("What each package is worth, and what that is over no deal"),
            tuple(_row(context, found, one) for one in shown),
            rich("In brackets: more or less than no deal."),
        ),
        _note(context, found),
    )


def chosen(context: Context, found: FrontierResult) -> list[Named]:
    """Proposals and picks; where these are few, efficient packages from along the frontier as well."""
    shown = list(named(context))[:MOST]
    names = {one.package for one in shown}
    if len(shown) < FEWEST and not found.apart:
        rest = [p for p in found.points if p.package not in names]
        shown += [
            Named(p.package, p.worths, p.beats, (), (), True, p.number)
            for p in thinned(rest, FEWEST - len(shown))
            if p
        ]
    return shown


def _label(one: Named) -> str:
    names = "; ".join(filter(None, (", ".join(map(isolated, one.proposals)), ", ".join(one.lenses))))
    return names or f"{isolated(one.package)}, efficient"


def _column(context: Context, found: FrontierResult, shown: list[Named], party: str) -> Column:
    bars = []
    for one in shown:
        low, high = found.gains(one.worths)[party]
        bars.append(Bar(float(low), float(high), gained(low, high)))
    best = found.ideal.get(party)
    most = None if best is None else float(best - found.no_deal[party][0])
    return Column(isolated(context.case.party_name(party)), tuple(bars), most)


def _finding(context: Context, found: FrontierResult, shown: list[Named]) -> Rich:
    made = [one for one in shown if one.proposals]
    everybody = "both parties" if len(found.numbers) == 2 else "every party with numbers"
    if len(found.numbers) == 1:
        everybody = "the one party with numbers"
    if not made:
        good = sum(one.beats == "yes" for one in shown)
        return rich(
            f"{words.upper_first(words.counted(good, 'package'))} of {len(shown)} shown "
            f"{'is' if good == 1 else 'are'} worth at least no deal to {everybody}"
        )
    sure = [p for one in made for p in one.proposals if one.beats == "yes"]
    maybe = [p for one in made for p in one.proposals if one.beats == "unknown"]
    total = words.counted(sum(len(one.proposals) for one in made), "proposal")
    said = f"Of {total}, {words.number(len(sure))}" if sure else f"Of {total}, none"
    tail = rich(" (", words.either([rich(words.said(context.case, p)) for p in sure]), ")") if sure else ()
    may = f"; {words.number(len(maybe))}{' more' if sure else ''} may be" if maybe else ""
    verb = "is" if len(sure) <= 1 else "are"
    return rich(said, tail, f" {verb} surely worth at least no deal to {everybody}{may}")


def _note(context: Context, found: FrontierResult) -> Rich:
    text = "Each column has a scale of its own: bars of different parties cannot be compared."
    if found.ideal:
        text += " Dotted line: the most that the party could gain in a package worth at least no deal to all."
    if any(low != high for low, high in found.no_deal.values()):
        text += " A line beyond a bar, and two numbers: what no deal is worth is a range."
    if found.orders:
        return rich(text, " ", context.parties(found.orders), " gave an order, no numbers.")
    return rich(text)


def _row(context: Context, found: FrontierResult, one: Named) -> Row:
    what = what_cell(context, found, one)
    package = Cell(rich(package_words(context, one.package), ties_words(one.number, called=bool(one.label))))
    return Row("", (what, package, *worth_cells(found, one.worths), beats_cell(one.beats)))
