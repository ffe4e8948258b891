"""``tables``: the tables of a case to a workbook or CSV files; ``merge`` brings them back."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Json, Restricted, Rows
from accordant.cli.output import as_text, complain, indented, safe, say, title, working
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.exchange.tables import CaseTables


def tables(
    case: CaseArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PLACE",
            help="Write every table to FILE.xlsx, or to a new folder, one CSV file each.",
            show_default=False,
        ),
    ] = None,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
) -> None:
    """Write the tables of the case, to edit in a spreadsheet."""
    released = restricted or []
    is_file = output is not None and bool(output.suffix)
    with working("Making the tables"):
        opened = open_for(case, [output] if output is not None and is_file else [])
        if output is not None and not is_file:
            _check_folder(output, opened.path)
        made = opened.tables(restricted=released)
        target = made.write(output) if output is not None else None
    if as_json:
        sys.stdout.write(as_text({**made.to_json(), "written": None if target is None else str(target)}))
    else:
        say(*_listed(made, case, output, rows))
    if target is not None:
        complain(str(target), prefix="wrote ")


def _check_folder(output: Path, case: Path) -> None:
    """Tables are no part of the case: they are not written into it."""
    if output.resolve() == case.resolve() or output.resolve().is_relative_to(case.resolve() / "reports"):
        raise InputError(
            f"-o {output} is the case itself; name a new folder, or a workbook such as tables.xlsx"
        )


def _listed(made: CaseTables, case: Path, output: Path | None, rows: int) -> Iterator[RenderableType]:
    yield title(f"The tables of {made.title}")
    yield Page(made.table(), rows=rows, title="")
    held = made.left_out
    if held:
        yield indented(
            f"Left out, because they are restricted: {', '.join(held)} (--restricted ID names one)."
        )
    typed = shlex.quote(str(case))
    if output is None:
        yield Text(
            safe(f"Next: accordant tables {typed} -o tables.xlsx, edit it, and bring it back with merge")
        )
    else:
        yield Text(safe(f"Edit it, then: accordant merge {typed} {shlex.quote(str(output))}"))
