"""``merge``: an edited file or another copy brought together with the case, change by change."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.options import CaseArgument, Json, Rows, flag, option
from accordant.cli.output import as_text, indented, safe, say, title, working
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.exchange.tables import Merge

NOTHING = "(nothing)"
LONG = 300
"""Signs of a cell after which it is cut short on the terminal; --json has all of it."""


def merge(
    case: CaseArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="FILE.xlsx, a folder of CSV files, one FILE.csv, or another copy of the case.",
            show_default=False,
        ),
    ],
    apply: Annotated[bool, flag("--apply", help="Write the changes to the case.")] = False,
    take: Annotated[
        list[str] | None,
        option(
            "--take",
            metavar="SIDE[:WHAT]",
            help="Settle conflicts: 'file' or 'case', for all, or as in 'file:claims.c5.grade' for one "
            "table, row or cell; repeat for several.",
        ),
    ] = None,
    rows: Rows = ROWS,
    as_json: Json = False,
) -> None:
    """Merge an edited spreadsheet, or a copy, into the case."""
    import accordant

    with working("Merging"):
        opened = accordant.load(case)
        found = opened.merge(file, take or ())
        done = found.apply() if apply and not found.open else found
    if as_json:
        sys.stdout.write(as_text(done.to_json()))
    else:
        say(*_preview(done, case, file, rows, apply=apply))
    if apply:
        done.check_settled()


def _preview(found: Merge, case: Path, file: Path, rows: int, *, apply: bool) -> Iterator[RenderableType]:
    from accordant.cli.problems import warnings_text

    yield title(found.title)
    rest = "--json has all"
    if found.changes:
        yield Page(_short(found.table()), rows=rows, title="", rest=rest)
    if found.kept:
        some = f"{found.kept:,} change{'' if found.kept == 1 else 's'}"
        yield indented(f"Kept: {some} made in the case since the file was written.")
    if found.conflicts:
        yield Page(_short(found.conflict_table()), rows=rows, rest=rest)
    for line, heads in warnings_text(found.warnings):
        yield Text(safe(line), style="bold" if heads else "")
    for note in found.notes:
        yield indented(f"Note: {note}.")
    yield from _next(found, case, file, apply=apply)


def _next(found: Merge, case: Path, file: Path, *, apply: bool) -> Iterator[RenderableType]:
    typed = f"accordant merge {shlex.quote(str(case))} {shlex.quote(str(file))}"
    taken = "".join(f" --take {shlex.quote(f'{c.taken}:{c.address}')}" for c in found.conflicts if c.taken)
    if found.written:
        yield Text(safe(f"Written: {', '.join(found.written)}."))
    elif found.open and not apply:
        yield Text(
            safe(
                "Nothing was written. Take a side of every conflict: "
                f"{typed}{taken} --take {shlex.quote(f'file:{found.open[0].address}')} (or case:…), "
                "or --take file or --take case for all"
            )
        )
    elif found.changes and not apply:
        yield Text(safe(f"Nothing was written. To make these changes: {typed}{taken} --apply"))


def _short(table: Table) -> Table:
    """The table with something in every cell, and none that fills the page."""
    names = ("cell", "row", "column", "taken")
    rows = tuple(
        tuple(
            _cut(str(cell)) or ("" if name in names else NOTHING)
            for name, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    return Table(table.title, table.columns, rows)


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()} …"
