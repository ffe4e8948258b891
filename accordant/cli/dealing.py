"""``deals``: packages against no deal, and what the fairness lenses pick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Rows, flag
from accordant.cli.output import emit, working
from accordant.cli.tables import ROWS

if TYPE_CHECKING:
    from accordant.case.objects import Case


def deals(
    case: CaseArgument,
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens",
            metavar="NAME",
            help="Only this fairness lens, in full, such as nash; repeat for several.",
            show_default=False,
        ),
    ] = None,
    weights: Annotated[
        list[str] | None,
        typer.Option(
            "--weights",
            metavar="PARTY=N,…",
            help="What each party counts in a lens, such as union=2,company=1.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top", metavar="N", min=1, help="List at most N agreements, 100 by default.", show_default=False
        ),
    ] = None,
    lotteries: Annotated[
        bool, flag("--lotteries", help="Let lenses mix packages: lotteries, or deals in parts.")
    ] = False,
    approx: Annotated[
        str | None,
        typer.Option(
            "--approx",
            metavar="SHARE",
            help="With too many to list: share of each range to give up, such as 0.01.",
            show_default=False,
        ),
    ] = None,
    measures: Annotated[
        bool, flag("--measures", help="Ideals, issue ranges, opposition and trades too.")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="PACKAGE",
            help="All about one package: a proposal, a state or values such as 'pay=5,shifts=day'.",
            show_default=False,
        ),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Find who would accept what, and what could be agreed."""
    from accordant.agreement.fairness import checked
    from accordant.cli.deals_page import deals_page, package_page
    from accordant.cli.parties import share_of, weights_of
    from accordant.model.compiler import Compiler

    shares, share = weights_of(weights or ()), share_of(approx)

    def asked(written: Case) -> None:
        checked(Compiler(written), lens, shares)

    with working("Comparing packages"):
        opened = open_for(case, [output] if output else [], asked=asked if lens or shares else None)
        if explain is None:
            result = opened.deals(lens, weights=shares, top=top, mixed=lotteries, epsilon=share)
        else:
            why = opened.package(explain, lenses=lens, weights=shares)
    if explain is None:
        page = deals_page(result, rows, full=bool(lens), measures=measures)
        emit(result, page, as_json=as_json, as_csv=as_csv, output=output)
    else:
        emit(why, package_page(why, rows), as_json=as_json, as_csv=as_csv, output=output)
