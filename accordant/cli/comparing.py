"""``compare``: two models of the same talks side by side, and two analysts' codings of the same reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import check_destinations, open_for
from accordant.cli.finding import find_case
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, flag, option
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.history.codings import CodingsResult
    from accordant.history.comparing import CompareResult, Reason

ALL = "-o FILE.xlsx writes all"
SETS = 3
"""Smallest sets of differences shown for an answer; --json has all."""
TOGETHER = 4
"""Differences of one set that are named; of larger sets their number is shown."""


def compare(
    case: CaseArgument,
    other: Annotated[
        Path,
        typer.Argument(
            metavar="OTHER",
            help="The other model or coding: a case too.",
            show_default=False,
            callback=find_case,
        ),
    ],
    names: Annotated[
        tuple[str, str] | None,
        option("--names", metavar="FIRST SECOND", help="What the two are called: 'Team A' 'Team B'."),
    ] = None,
    match: Annotated[
        list[str] | None,
        option(
            "--match",
            metavar="ID=ID",
            help="These are the same party, issue, proposal or origin; repeatable.",
        ),
    ] = None,
    conclusion: Annotated[
        list[str] | None,
        option("--conclusion", metavar="ID", help="Only this conclusion; repeat for several."),
    ] = None,
    no_why: Annotated[
        bool, flag("--no-why", help="Leave out which differences make the answers part.")
    ] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Set two models, or two codings of reports, side by side."""
    from accordant.history.comparing_align import read_matches

    leaves = as_json or as_csv or output is not None
    same = read_matches(match or ())
    with working("Comparing the models") as progress:
        files = [output] if output else []
        opened = open_for(case, files)
        check_destinations(files, other)
        result = opened.compare(
            open_for(other, files),
            names=names,
            match=same,
            conclusions=conclusion,
            why=not no_why,
            restricted=restricted or (),
            everything=not leaves and not restricted,
            progress=progress,
        )
    emit(result, _page(result, rows, full=bool(conclusion)), as_json=as_json, as_csv=as_csv, output=output)


def _page(result: CompareResult, rows: int, *, full: bool) -> Iterator[RenderableType]:
    yield title(result.finding)
    for name, text in zip(result.names, result.titles, strict=True):
        yield indented(f"{name}: {text}")
    yield from _same(result)
    if result.parting or full:
        yield Text("")
        yield from _parting(result, rows, full=full)
    if result.differences:
        yield Text("")
        yield Page(result.differences_table(), rows=rows, rest=ALL)
    alone = [row for row in result.lines if row.whose != "both"]
    if alone or any(row.a != row.b for row in result.lines):
        yield Text("")
        yield Page(_short_lines(result), rows=rows, rest=ALL)
    if any(row.a != row.b for row in result.positions):
        yield Text("")
        yield Page(_parted_positions(result), rows=rows, rest=ALL)
    if result.left_out:
        yield indented(f"Known from restricted claims only, left out: {result.left_out}.")
    if result.codings is not None:
        yield Text("")
        yield from _codings(result.codings, rows)
    yield method_line(result.method)


def _same(result: CompareResult) -> Iterator[RenderableType]:
    """What is taken for the same under two ids, and what may be."""
    a, b = result.names
    for section in dict.fromkeys(s for s, _, _ in result.matches):
        pairs = [f"{one} = {other}" for s, one, other in result.matches if s == section]
        more = f" and {len(pairs) - 6} more" if len(pairs) > 6 else ""
        yield indented(f"The same {section} ({a} = {b}): {', '.join(pairs[:6])}{more}.")
    for one in result.suggestions:
        said = f"{one.kind} {one.ours} of {a} and {one.theirs} of {b}: {one.because}"
        yield indented(f"Perhaps the same {said} ({one.asked} takes them for one).")


def _parting(result: CompareResult, rows: int, *, full: bool) -> Iterator[RenderableType]:
    from accordant.reliance.conclusions import merged

    table = result.conclusions_table(parting=not full)
    cells = merged([tuple(map(str, row)) for row in table.rows])
    plain = {i: _plain(i) for one in result.conclusions for r in one.because for i in r.differences}
    short = [(*row[:3], _first(row[3], plain)) for row in cells]
    yield Page(Table("Where the answers part", table.columns, tuple(short)), rows=rows, rest=ALL)
    told: dict[str, Reason] = {}
    for one in result.parting:
        for reason in (r for r in one.because[:SETS] if len(r.differences) <= TOGETHER):
            told.setdefault(" + ".join(reason.differences), reason)
    for reason in told.values():
        through = f" (through {'; '.join(reason.through)})" if reason.through else ""
        ids = " + ".join(plain[i] for i in reason.differences)
        claims = all(i.startswith("claims.") for i in reason.differences)
        head = "" if claims else f"{ids}: "
        yield indented(f"{head}{'; and '.join(reason.says)}{through}.")
    for cut in dict.fromkeys(one.cut for one in result.parting if one.cut):
        yield indented(f"{cut[:1].upper()}{cut[1:]}.")


def _plain(difference: str) -> str:
    """A difference as it is named on the page: a claim by its number and what differs of it."""
    place, _, what = difference.rpartition(":")
    section, _, claim = place.partition(".")
    if section != "claims" or not claim:
        return difference
    return f"claim {claim}" if what in ("new", "gone") else f"{what} of claim {claim}"


def _first(because: str, plain: Mapping[str, str]) -> str:
    """The first few of several sets; of a large one only how many there are in it."""
    sets = because.split("; or ") if because else []
    shown = []
    for one in sets[:SETS]:
        members = one.split(" + ")
        shown.append(
            " + ".join(plain.get(m, m) for m in members)
            if len(members) <= TOGETHER
            else f"{len(members)} differences together"
        )
    more = f"; and {len(sets) - SETS} more" if len(sets) > SETS else ""
    return "; or ".join(dict.fromkeys(shown)) + more


def _short_lines(result: CompareResult) -> Table:
    """Who has which line, without the grounds."""
    table = result.lines_table()
    rows = tuple(row[:5] for row in table.rows if row[0])
    return Table(table.title, table.columns[:5], rows)


def _parted_positions(result: CompareResult) -> Table:
    table = result.positions_table()
    return Table(table.title, table.columns, tuple(row for row in table.rows if row[2] != row[3]))


def _codings(found: CodingsResult, rows: int) -> Iterator[RenderableType]:
    yield title(f"Claims in {_reports(found)}: {found.finding}")
    if found.alike:
        yield indented("Both coded them in the same way.")
    elif found.both:
        table = found.agreement_table()
        cells: tuple[tuple[Any, ...], ...] = tuple(
            (one.field, f"{one.alike} of {one.pairs} the same", one.word) for one in found.agreement
        )
        yield Page(Table("", (*table.columns[:2], "remark"), cells), rows=rows, title="")
        for one in found.agreement:
            if one.judged is not None:
                same, near, far = one.judged
                where = f"where both judged it: {same} alike, {near} one step apart, {far} further"
                yield indented(f"{one.field}, {where}.")
        yield indented(
            "These count claims that both found only, and do not say who is right. What chance alone would "
            "give is set against them in --json and in -o FILE.xlsx (kappa, alpha)."
        )
        yield Text("")
        table = found.differences_table()
        if table.rows:
            yield Page(
                Table(table.title, table.columns[:5], tuple(r[:5] for r in table.rows)), rows=rows, rest=ALL
            )
    if found.only_a or found.only_b:
        yield Text("")
        table = found.alone_table()
        cells = tuple((row[0], row[1], row[3], row[4]) for row in table.rows)
        yield Page(Table(table.title, ("found by", "claim", "kind", "says"), cells), rows=rows, rest=ALL)
    if found.left_out:
        yield indented(f"Restricted claims, and claims paired with one, left out: {found.left_out}.")


def _reports(found: CodingsResult) -> str:
    count = len(found.reports)
    return "the report that both hold" if count == 1 else f"the {count} reports that both hold"
