"""``read``: which claims a report makes, and which of them go into a case."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accordant.cli.finding import find_case
from accordant.cli.options import Csv, Json, flag
from accordant.cli.output import as_text as as_json_text
from accordant.cli.output import complain, safe, say, working
from accordant.errors import CaseError, InputError, ReportError

if TYPE_CHECKING:
    from accordant.evidence.result import ReadResult

_MEND_FIRST = (
    "claims can be read in once the mistakes above are mended; a because that names a claim still to "
    "be read in can be left out now: a because can be added after its claim is in the case"
)


def _case(path: Path | None) -> Path | None:
    return find_case(path) if path is not None else None


def read(
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORT", help="Text or HTML, UTF-8.", show_default=False)
    ],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="CASE", help="Ask for each claim, and write what is accepted.", callback=_case
        ),
    ] = None,
    as_text: Annotated[bool, flag("--text", help="Print the text that offsets refer to.")] = False,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When it was published: YYYY-MM-DD."),
    ] = None,
    score: Annotated[bool, flag("--score", help="Compare with the annotations beside the reports.")] = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Suggest the claims in a report, with their exact words."""
    if sum((into is not None, as_text, as_json, as_csv)) > 1:
        raise typer.BadParameter("choose one of --into, --text, --json and --csv")
    if as_text and len(reports) > 1:
        raise typer.BadParameter("--text prints one report")
    _check_date(published)
    if score:
        if into is not None or as_text or published is not None:
            raise typer.BadParameter("--score goes with --json or --csv alone")
        from accordant.cli.scoring import print_scores

        print_scores(reports, as_json=as_json, as_csv=as_csv)
        return
    if into is not None:
        _into(reports, into, published)
        return
    results, failed = _read_all(reports, published)
    if as_json:
        _print_json(results, len(reports))
    elif as_csv:
        _print(_csv(results))
    elif as_text:
        _print("".join(result.text for result in results))
    else:
        from accordant.cli.read_page import page

        for number, result in enumerate(results):
            say(*([""] if number else []), *page(result))
    if failed:
        raise typer.Exit(2)


def _check_date(published: str | None) -> None:
    from datetime import date

    if published is None:
        return
    try:
        date.fromisoformat(published)
    except ValueError:
        raise typer.BadParameter(f"--published {published}: write a day as YYYY-MM-DD") from None


def _read_all(reports: Sequence[Path], published: str | None) -> tuple[list[ReadResult], bool]:
    """Every report that can be read; what cannot is said, and the others go on."""
    from accordant.evidence import read as read_one

    results: list[ReadResult] = []
    failed = False
    with working("Reading") as progress:
        for number, path in enumerate(reports):
            progress(number, len(reports))
            try:
                results.append(read_one(path, published))
            except ReportError as error:
                complain(str(error))
                failed = True
    return results, failed


def _print_json(results: Sequence[ReadResult], asked: int) -> None:
    found: Any = [result.to_json() for result in results]
    if asked == 1:
        if not found:
            return
        found = found[0]
    sys.stdout.write(as_json_text(found))


def _print(text: str) -> None:
    """Exactly as it is, unless a terminal would obey what it holds."""
    sys.stdout.write(safe(text) if sys.stdout.isatty() else text)


def _csv(results: Sequence[ReadResult]) -> str:
    from accordant.tables import Table

    if not results:
        return ""
    columns = ("report", *results[0].table().columns)
    rows = tuple((result.report.file, *row) for result in results for row in result.table().rows)
    return Table("claims", columns, rows).to_csv()


def _into(reports: Sequence[Path], case: Path, published: str | None) -> None:
    """Ask for the claims of each report in turn; each is written before the next one is read."""
    from accordant.cli.read_into import Interview
    from accordant.exchange.formats import recognise

    foreign = recognise(case)
    if foreign is not None:
        hint = f"'accordant convert {case} FOLDER' makes a case of it"
        raise InputError(f"{case} is a file of {foreign.title}, which has no place for claims; {hint}")
    failed = False
    try:
        interview = Interview(case)
    except CaseError as error:
        from accordant.cli.problems import mistakes

        for mistake in mistakes(error.problems):
            complain(mistake, prefix="")
        raise InputError(_MEND_FIRST) from None
    for path in reports:
        try:
            going_on = interview.report(path, published)
        except ReportError as error:
            complain(str(error))
            failed = True
            continue
        if not going_on:
            break
    if failed:
        raise InputError("not every report could be read")
