"""``read``: which claims a report makes, and which of them go into a case."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accordant.cli.finding import find_case
from accordant.cli.gathering import ahead, is_single, sources
from accordant.cli.modelling import Beside, Learned, ModelAddress, ModelMinutes, ModelName, Named, reading
from accordant.cli.options import Csv, Json, flag
from accordant.cli.output import as_text as as_json_text
from accordant.cli.output import safe, say

if TYPE_CHECKING:
    from accordant.evidence.result import ReadResult


def _case(path: Path | None) -> Path | None:
    return find_case(path) if path is not None else None


def read(
    reports: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="REPORT", help="Text, HTML, PDF, DOCX or EML; a folder; @list; or -.", show_default=False
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="CASE", help="Ask for each claim, and write what is accepted.", callback=_case
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="With --into: who decides, kept with it.")
    ] = None,
    again: Annotated[bool, flag("--again", help="With --into: ask again for what was skipped.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="With --into: suggestions to a .xlsx or .csv to mark."),
    ] = None,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", metavar="FILE", help="With --into: read the marked table back."),
    ] = None,
    yes: Annotated[bool, flag("--yes", help="With --marked and --model: go on without a question.")] = False,
    as_text: Annotated[bool, flag("--text", help="Print the text that offsets refer to.")] = False,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When it was published: YYYY-MM-DD."),
    ] = None,
    retrieved: Annotated[
        str | None,
        typer.Option("--retrieved", metavar="DATE", help="When it was received: YYYY-MM-DD."),
    ] = None,
    together: Annotated[bool, flag("--together", help="Say how the reports hang together.")] = False,
    score: Annotated[bool, flag("--score", help="Compare with the annotations beside the reports.")] = False,
    model: ModelAddress = None,
    model_name: ModelName = None,
    model_minutes: ModelMinutes = 30,
    restricted: Named = None,
    learned: Learned = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Suggest the claims in a report, with their exact words."""
    reports = reports or []
    if not reports and marked is None:
        raise typer.BadParameter("name a report, a folder, @list or - for standard input")
    if sum((into is not None, as_text, as_json, as_csv)) > 1:
        raise typer.BadParameter("choose one of --into, --text, --json and --csv")
    if as_text and len(reports) > 1:
        raise typer.BadParameter("--text prints one report")
    _check_date("--published", published)
    _check_date("--retrieved", retrieved)
    beside = Beside.chosen(model, model_name, model_minutes, restricted, learned, yes, into)
    if beside.anything and (score or together or as_text or marked is not None):
        raise typer.BadParameter("--model and --learned read reports: with --into, --json, --csv, or alone")
    if score:
        if into is not None or as_text or published is not None:
            raise typer.BadParameter("--score goes with --json or --csv alone")
        from accordant.cli.scoring import print_scores

        print_scores(reports, as_json=as_json, as_csv=as_csv)
        return
    if together:
        if into is not None or as_text:
            raise typer.BadParameter("--together goes with --json or --csv alone; accordant link CASE asks")
        from accordant.cli.together_page import print_together

        print_together(reports, published, retrieved, as_json=as_json, as_csv=as_csv)
        return
    if into is not None:
        from accordant.cli.reviewing.starting import Asked, go_into

        go_into(reports, into, Asked(published, retrieved, by, again, out, marked, yes, beside))
        return
    if by is not None or again or out is not None or marked is not None or (yes and model is None):
        raise typer.BadParameter("--by, --again, --out, --marked and --yes go with --into CASE")
    failed: list[Path] = []
    if as_text:
        _print_text(reports, failed)
    elif as_json or as_csv:
        found = reading(sources(reports, failed), published, retrieved, beside)
        results = [result for _source, result in found]
        if as_json:
            _print_json(results, is_single(reports) and len(results) <= 1)
        else:
            _print(_csv(results))
    else:
        _print_pages(reports, failed, published, retrieved, beside)
    if failed:
        raise typer.Exit(2)


def _print_pages(
    reports: Sequence[Path],
    failed: list[Path],
    published: str | None,
    retrieved: str | None,
    beside: Beside,
) -> None:
    """Each report as soon as it is read."""
    ahead(reports)  # while the rules are imported
    from accordant.cli.read_page import page

    # On a terminal the pages themselves show how far it is.
    found = sources(reports, failed, quietly=sys.stdout.isatty())
    for number, (_source, result) in enumerate(reading(found, published, retrieved, beside)):
        say(*([""] if number else []), *page(result))


def _print_text(reports: Sequence[Path], failed: list[Path]) -> None:
    """The text of one report; what is attached to a mail has texts of its own."""
    texts = [source.intake.text for source in sources(reports, failed) if source.inside is None]
    if len(texts) > 1:
        raise typer.BadParameter("--text prints one report")
    _print("".join(texts))


def _check_date(option: str, given: str | None) -> None:
    from datetime import date

    if given is None:
        return
    try:
        date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{option} {given}: write a day as YYYY-MM-DD") from None


def _print_json(results: Sequence[ReadResult], single: bool) -> None:
    if single and not results:
        return
    found: Any = [result.to_json() for result in results]
    sys.stdout.write(as_json_text(found[0] if single else found))


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
