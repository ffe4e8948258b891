"""The frontier: what could be had, with no deal, the proposals and what the fairness lenses pick.

Two parties with numbers make one panel; of more, each pair makes a small one, in which letters and
numbers stand for names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from accordant.agreement.frontier_result import FrontierResult, Placed
from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, Text, rich
from accordant.brief.figures.frontier_chart import Frontiers, KeyKind, Kind, Mark, Panel
from accordant.brief.packages import (
    Named,
    beats_cell,
    between,
    efficient_number,
    is_efficient,
    named,
    package_words,
    table,
    ties_words,
    what_cell,
    worth_cells,
)

DRAWN, LISTED = 240, 40
"""Most points of the frontier that are drawn, and listed in the table."""
CLOUD = 400
"""Most other packages that are drawn."""
PANELS = 15
"""Most pairs of parties."""


def frontier_figure(context: Context) -> Figure | None:
    """The figure, where two parties or more have given numbers."""
    found = context.frontier
    if found is None or len(found.numbers) < 2 or not found.points:
        return None
    shown = named(context)
    points = thinned(found.points, DRAWN)
    pairs = list(combinations(found.numbers, 2))[:PANELS]
    codes = _codes(shown) if len(pairs) > 1 else {}
    panels = tuple(_panel(context, found, pair, points, shown, codes) for pair in pairs)
    return Figure(
        "frontier",
        _finding(context, found, shown),
        _describes(found),
        Frontiers(panels, tuple(_key(found, points, shown, codes))),
        _table(context, found, shown, codes),
        _note(context, found, points, len(pairs)),
    )


def thinned(points: Sequence[Placed], most: int) -> list[Placed]:
    """At most so many points, evenly along the frontier, both ends among them.

    Examples
    --------
    >>> thinned(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    if len(points) <= most:
        return list(points)
    return [points[round(k * (len(points) - 1) / (most - 1))] for k in range(most)]


def _codes(shown: Sequence[Named]) -> dict[str, str]:
    """A letter for each proposal and a number for each other pick."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    numbers = iter(range(1, 1000))
    return {one.package: next(letters) if one.proposals else str(next(numbers)) for one in shown}


def _panel(
    context: Context,
    found: FrontierResult,
    pair: tuple[str, str],
    points: Sequence[Placed],
    shown: Sequence[Named],
    codes: dict[str, str],
) -> Panel:
    a, b = pair
    at = [found.numbers.index(p) for p in pair]
    single = all(low == high for low, high in (found.no_deal[p] for p in pair))
    marks = [
        Mark(_kind(one), float(one.worths[a]), float(one.worths[b]), codes.get(one.package) or _label(one))
        for one in shown
    ]
    x, y = (tuple(map(float, found.no_deal[p])) for p in pair)
    name = "" if codes else "no deal"
    kind: Kind = "no deal" if single else "range"
    marks.append(Mark(kind, sum(x) / 2, sum(y) / 2, name))
    names = [f"worth to {isolated(context.case.party_name(p))}" for p in pair]
    step = max(1, len(found.others) // CLOUD)
    return Panel(
        names[0],
        names[1],
        ((x[0], x[1]), (y[0], y[1])),
        tuple((float(p.worths[a]), float(p.worths[b]), p.beats) for p in points),
        tuple((float(w[at[0]]), float(w[at[1]])) for w in found.others[::step]),
        tuple(marks),
        stairs=len(found.numbers) == 2 and not found.orders and len(points) == len(found.points),
    )


def _label(one: Named) -> str:
    return "; ".join(filter(None, (", ".join(map(isolated, one.proposals)), ", ".join(one.lenses))))


def _kind(one: Named) -> Kind:
    if one.proposals and one.lenses:
        return "both"
    return "proposal" if one.proposals else "pick"


def _key(
    found: FrontierResult, points: Sequence[Placed], shown: Sequence[Named], codes: dict[str, str]
) -> list[tuple[KeyKind, str]]:
    key: list[tuple[KeyKind, str]] = []
    kinds = {_kind(one) for one in shown}
    single = any(low == high for low, high in found.no_deal.values())
    ranged = any(low != high for low, high in found.no_deal.values())
    if single and not (ranged and len(found.numbers) == 2):
        key.append(("no deal", "no deal"))
    if {"proposal", "both"} & kinds:
        key.append(("proposal", "proposal"))
    if {"pick", "both"} & kinds:
        key.append(("pick", "picked by a lens"))
    if "both" in kinds:
        key.append(("both", "both"))
    beats = {p.beats for p in points}
    if "yes" in beats:
        key.append(("point", "efficient"))
    if "unknown" in beats or "no" in beats:
        key.append(("open", is_efficient(found, "unknown")))
    if found.others:
        key.append(("other", "another package"))
    key += [("", f"{codes[one.package]}: {_label(one)}") for one in shown if one.package in codes]
    return key


# What is said about it


def _finding(context: Context, found: FrontierResult, shown: Sequence[Named]) -> Rich:
    both = "both" if len(found.numbers) == 2 else f"all {words.number(len(found.numbers))}"
    if found.apart:
        return rich(f"No package is worth at least no deal to {both}")
    number, more = efficient_number(found)
    if number:
        kind = words.counted(number, "efficient package")
        says = f"{kind} {'is' if number == 1 else 'are'} worth at least no deal to {both}"
        if more:
            says += f", {words.number(more)} more if no deal is low enough"
    else:
        says = f"whether a package is worth at least no deal to {both} depends on what no deal is worth"
    landed = [one for one in shown if one.proposals]
    if not landed:
        return rich(words.upper_first(says))
    hit = [one for one in landed if one.efficient]
    if not hit:
        among = "the proposal is not among them" if len(landed) == 1 else "no proposal is among them"
    else:
        names = [rich(words.said(context.case, p)) for one in hit for p in one.proposals]
        return rich(
            words.upper_first(says),
            "; of the proposals ",
            words.either(names),
            " is" if len(names) == 1 else " are",
            " among the efficient ones",
        )
    return rich(words.upper_first(says), f"; {among}")


def _describes(found: FrontierResult) -> str:
    what = "A chart" if len(found.numbers) == 2 else "Small charts, one for each pair of parties,"
    return (
        f"{what} of what packages are worth to the parties, each on its own scale: no deal, the efficient "
        "packages, where the proposals lead and what the fairness lenses pick. The same packages are listed "
        "in the table below."
    )


def _note(context: Context, found: FrontierResult, points: Sequence[Placed], pairs: int) -> Rich:
    dashed = (
        "Dashed lines: what no deal is worth to either; in the tinted part a package is worth more to both."
    )
    text = (
        dashed if pairs == 1 else dashed.replace("either", "each of the two").replace("to both", "to the two")
    )
    if any(low != high for low, high in found.no_deal.values()):
        text += (
            " Where that is a range, dotted lines are its lower end; no deal lies somewhere in the grey box."
        )
    text += " Each party's scale is its own: lengths across and up cannot be compared."
    if pairs > 1:
        text += (
            " What is efficient is so for all parties together, so that in a panel it may lie behind others."
        )
    if len(points) < len(found.points):
        text += (
            f" Drawn are {len(points):,} of {len(found.points):,} points of the frontier, evenly along it."
        )
    left = len(found.numbers) * (len(found.numbers) - 1) // 2 - pairs
    if left > 0:
        text += f" {words.upper_first(words.counted(left, 'other pair'))} of parties not drawn."
    note = rich(text)
    if found.orders:
        who = context.parties(found.orders)
        note = rich(
            note, " ", who, " gave an order, no numbers: it counts for what is efficient, and is not drawn."
        )
    if any(one.beats != "no" for one in named(context) if one.proposals):
        note = rich(
            note, " A package that is worth enough may still be refused by a red line or a constituency."
        )
    return note


def _table(context: Context, found: FrontierResult, shown: Sequence[Named], codes: dict[str, str]) -> Table:
    rows = [_no_deal_row(context, found)]
    rows += [_named_row(context, found, one, codes) for one in shown]
    names = {one.package for one in shown}
    # A point that several packages share is listed once, by the one that is called something.
    worths = set() if found.orders else {tuple(one.worths.values()) for one in shown if one.efficient}
    rest = [p for p in found.points if p.package not in names and tuple(p.worths.values()) not in worths]
    listed = thinned(rest, LISTED)
    rows += [_point_row(context, found, p) for p in listed]
    key = (
        f"The frontier’s points, {len(listed):,} of {len(rest):,}, evenly along it."
        if len(listed) < len(rest)
        else ""
    )
    cells = "In brackets: more or less than no deal."
    return table(
        context,
        "frontier-table",
        rich("No deal, proposals, lenses and the frontier, in the parties’ own numbers"),
        tuple(rows),
        rich(f"{cells} {key}".strip()),
    )


def _no_deal_row(context: Context, found: FrontierResult) -> Row:
    ends = [Cell(rich(between(*found.no_deal[p]))) for p in found.numbers]
    dash = rich(Text("–", "muted"))
    return Row("", (Cell(rich("no deal")), Cell(dash), *ends, Cell(dash)))


def _named_row(context: Context, found: FrontierResult, one: Named, codes: dict[str, str]) -> Row:
    code = codes.get(one.package)
    what = what_cell(context, found, one)
    if code:
        what = Cell(rich(Text(f"{code}: ", "strong"), what.text))
    package = Cell(rich(package_words(context, one.package), ties_words(one.number, called=True)))
    return Row("", (what, package, *worth_cells(found, one.worths), beats_cell(one.beats)))


def _point_row(context: Context, found: FrontierResult, point: Placed) -> Row:
    package = Cell(rich(package_words(context, point.package), ties_words(point.number, called=False)))
    what = Cell(rich(is_efficient(found, point.beats)))
    return Row("", (what, package, *worth_cells(found, point.worths), beats_cell(point.beats)))
