"""``divide``: adjusted winner for two parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.agreement.measures.divide_result import DivideResult, Whole
    from accordant.case.objects import Case


def divide(
    case: CaseArgument,
    points: Annotated[
        list[str] | None,
        typer.Option(
            "--points",
            metavar="PARTY=ISSUE:N,…",
            help="100 points of a party, such as union=pay:60,rota:40; repeat for the other.",
            show_default=False,
        ),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Divide the issues between two parties (adjusted winner)."""
    given = points_of(points or ())
    with working("Dividing"):
        opened = open_for(case, [output] if output else [])
        result = opened.divide(given)
    page = _page(opened.case, result, rows)
    emit(result, page, as_json=as_json, as_csv=as_csv, output=output)


def points_of(options: Sequence[str]) -> dict[str, dict[str, Fraction]]:
    """What ``--points`` says, by party and issue.

    Raises
    ------
    InputError
        For anything that is not of the form, every mistake at once.

    Examples
    --------
    >>> points_of(["union=pay:60,rota:40"])
    {'union': {'pay': Fraction(60, 1), 'rota': Fraction(40, 1)}}
    """
    found: dict[str, dict[str, Fraction]] = {}
    wrong = []
    for option in options:
        party, _, rest = option.partition("=")
        if not party or not rest or party in found:
            why = "names a party twice" if party in found else "is not of the form PARTY=ISSUE:NUMBER,…"
            wrong.append(f"--points {option!r} {why}, such as union=pay:60,rota:40")
            continue
        found[party] = {}
        for entry in rest.split(","):
            issue, _, many = entry.partition(":")
            number = _number(many)
            if not issue.strip() or number is None or issue.strip() in found[party]:
                wrong.append(
                    f"--points {option!r}: {entry!r} is not one issue and its number, such as pay:60"
                )
            else:
                found[party][issue.strip()] = number
    if wrong:
        raise InputError("\n".join(wrong))
    return found


def _number(text: str) -> Fraction | None:
    from accordant.case.ranges import number

    found = number(text)
    return None if found is None else Fraction(found)


def _page(case: Case, result: DivideResult, rows: int) -> Iterator[RenderableType]:
    from accordant.agreement.measures.divide_result import short

    yield title(result.title)
    yield Page(result.table(), rows=rows)
    a, b = (case.party_name(p) for p in result.parties)
    many = short(result.gets[result.parties[0]])
    yield Text(f"{a} and {b} get {many} of their own 100 points each.")
    held = [name.replace("_", "-") for name, true in result.guarantee.items() if true]
    yield Text(f"By the points stated it is {', '.join(held)}.")
    for whole in result.wholes:
        yield indented(_whole(case, whole, result))
    for feint in result.feints:
        yield indented(feint.sentence)
    for note in result.notes:
        yield indented(note)
    yield method_line(result.method)


def _whole(case: Case, whole: Whole, result: DivideResult) -> str:
    from accordant.agreement.measures.divide_result import short
    from accordant.agreement.refusals import named

    values = ", ".join(f"{i} = {case.issues[i].shown(v)}" for i, v in whole.values.items())
    got = ", ".join(f"{case.party_name(p)} {short(many)} points" for p, many in whole.points.items())
    said = [f"{f'{whole.state} ({values})' if whole.state else values}: {got}"]
    if whole.impossible:
        said.append(f"not possible: {whole.impossible}")
    if whole.refused:
        said.append(f"a red line or a veto refuses it: {named(case, whole.refused_by)}")
    worse = [case.party_name(p) for p, yes in whole.accepted.items() if yes is False]
    if worse:
        said.append(f"{' and '.join(worse)} would be better off with no deal")
    return f"{'; '.join(said)}."
