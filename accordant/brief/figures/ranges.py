"""The zone of possible agreement, issue by issue: which values can still be part of a deal."""

from __future__ import annotations

from accordant.agreement.measures.ranges import IssueRange
from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, rich
from accordant.brief.figures.ranges_chart import Track, Tracks, Value
from accordant.case.ranges import ascending_numbers

DRAWN = 24
"""Most issues that are drawn; all are in the table."""


def ranges_table(context: Context) -> Table | None:
    """Every issue: all values, those of some deal, those of some efficient deal; None without deals."""
    measures = context.deals.measures
    if measures is None or not measures.ranges.packages or not measures.ranges.issues:
        return None
    columns = ["Issue", "All values", "In some deal", "In some efficient deal"]
    if any(found.divisible for found in measures.ranges.issues):
        columns.append("May be settled between steps")
    rows = tuple(_row(context, found, len(columns) > 4) for found in measures.ranges.issues)
    key = (
        "A deal here is a package that nobody refuses and that is worth at least no deal to everyone. Values "
        "that are possible one by one need not be so together."
    )
    return Table(
        "ranges-table",
        rich("The zone of possible agreement, issue by issue"),
        tuple(rich(c) for c in columns),
        rows,
        key=rich(key),
    )


def _row(context: Context, found: IssueRange, divides: bool) -> Row:
    case = context.case
    name = words.said(case, words.issue_name(case, found.issue))
    said = (found.says(values) for values in (found.values, found.possible, found.efficient))
    return Row(
        "",
        (
            Cell(rich(name)),
            *(Cell(rich(words.said(case, text))) for text in said),
            *([Cell(rich("yes" if found.divisible else "no"))] if divides else []),
        ),
    )


def ranges_figure(context: Context) -> Figure | None:
    """The figure, where there is a deal."""
    table, measures = ranges_table(context), context.deals.measures
    if table is None or measures is None:
        return None
    issues = measures.ranges.issues
    return Figure(
        "ranges",
        _finding(context, issues),
        "A row for each issue, from its first value to its last: a wide band over the values that occur in "
        "some deal, a dark one over those of efficient deals. The table below has the same values in words.",
        Tracks(tuple(_track(context, found) for found in issues[:DRAWN])),
        table,
        _note(issues),
    )


def _track(context: Context, found: IssueRange) -> Track:
    numbers = ascending_numbers(found.values)
    at = _spread(numbers) if numbers is not None else _spread(range(len(found.values)))
    home = {context.values.get(s, {}).get(found.issue) for s in context.states.no_deal}
    values = tuple(
        Value(along, v in found.possible, v in found.efficient, v in home)
        for v, along in zip(found.values, at, strict=True)
    )
    name = words.issue_name(context.case, found.issue)
    return Track(
        isolated(name),
        isolated(found.shown[0]),
        isolated(found.shown[-1]),
        values,
        isolated(found.says(found.efficient)),
        numbers is not None,
    )


def _spread(numbers: object) -> list[float]:
    """Numbers as places from 0 to 1."""
    found = [float(n) for n in numbers]  # type: ignore[attr-defined]
    low, high = found[0], found[-1]
    return [(n - low) / (high - low) if high > low else 0.5 for n in found]


def _finding(context: Context, issues: tuple[IssueRange, ...]) -> Rich:
    case = context.case
    fixed = [i for i in issues if len(i.possible) == 1 < len(i.values)]
    narrowed = [i for i in issues if 1 < len(i.possible) < len(i.values)]
    if not fixed and not narrowed:
        return rich("No value of any issue is ruled out: each occurs in some deal")
    told = []
    for found in (*fixed, *narrowed)[:2]:
        name = words.said(case, words.issue_name(case, found.issue))
        only = "only " if found in fixed else ""
        told.append(rich(name, ": ", only, words.said(case, found.says(found.possible))))
    left = len(fixed) + len(narrowed) - len(told)
    more = f"; {words.counted(left, 'other issue')} narrowed as well" if left else ""
    number = words.upper_first(words.number(len(fixed) + len(narrowed)))
    verb = "has" if len(fixed) + len(narrowed) == 1 else "have"
    list_ = rich(*(part for k, t in enumerate(told) for part in ((rich("; ") if k else ()) + t)))
    return rich(
        f"{number} of {words.counted(len(issues), 'issue')} {verb} values that no deal can hold; left are: ",
        list_,
        more,
    )


def _note(issues: tuple[IssueRange, ...]) -> Rich:
    text = (
        "Wide band: values in some package that nobody refuses, worth at least no deal to all. Dark "
        "band: values in efficient ones among them. Diamond: no deal. One issue at a time: not every "
        "combination of these values is a deal."
    )
    if len(issues) > DRAWN:
        text += f" Drawn are the first {DRAWN} of {len(issues)} issues."
    return rich(text)
