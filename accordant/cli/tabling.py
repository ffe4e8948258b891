"""``tables``: the tables of a case to a workbook or CSV files, and back with a preview of every change."""

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
from accordant.cli.options import CaseArgument, Json, Restricted, Rows, flag
from accordant.cli.output import as_text, complain, indented, safe, say, title, working
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.exchange.tables import CaseTables, TablesImport


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
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PLACE",
            help="Read FILE.xlsx, a folder or a FILE.csv back, and show what would change.",
            show_default=False,
        ),
    ] = None,
    apply: Annotated[bool, flag("--apply", help="With --from: write the changes to the case.")] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
) -> None:
    """Edit the case in a spreadsheet: tables out, and back in."""
    if source is not None and (output is not None or restricted):
        raise typer.BadParameter("--from reads tables; leave out --output and --restricted")
    if apply and source is None:
        raise typer.BadParameter("--apply needs --from PLACE, which says what to apply")
    if source is None:
        _write(case, output, restricted or [], as_json=as_json, rows=rows)
    else:
        _read(case, source, apply=apply, as_json=as_json, rows=rows)


def _write(case: Path, output: Path | None, released: list[str], *, as_json: bool, rows: int) -> None:
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
            safe(f"Next: accordant tables {typed} -o tables.xlsx, edit it, and read it back with --from")
        )
    else:
        yield Text(safe(f"Edit it, then: accordant tables {typed} --from {shlex.quote(str(output))}"))


def _read(case: Path, source: Path, *, apply: bool, as_json: bool, rows: int) -> None:
    import accordant

    with working("Reading the tables"):
        opened = accordant.load(case)
        found = opened.import_tables(source)
        done = found.apply() if apply and not (found.stale and found.changes) else found
    if as_json:
        sys.stdout.write(as_text(done.to_json()))
    else:
        say(*_preview(done, case, source, rows, apply=apply))
    if apply:
        done.check_fresh()


def _preview(
    found: TablesImport, case: Path, source: Path, rows: int, *, apply: bool
) -> Iterator[RenderableType]:
    from accordant.cli.problems import warnings_text

    yield title(found.title)
    shown = found.changes[:rows] if rows else found.changes
    for change in shown:
        place = f"{change.cell or change.sheet}  "
        if change.kind == "changed":
            yield indented(
                f"{place}{change.row} {change.column}: {_quoted(change.old)} -> {_quoted(change.new)}"
            )
        elif change.kind == "moved":
            yield indented(f"{place}order: {change.old} -> {change.new}")
        else:
            said = change.new if change.kind == "added" else change.old
            yield indented(f"{place}{change.kind} {change.row}{f' ({said})' if said else ''}")
    if len(found.changes) > len(shown):
        yield Text(
            f"… and {len(found.changes) - len(shown):,} more changes (--rows 0 shows all)", style="dim"
        )
    for line, heads in warnings_text(found.warnings):
        yield Text(safe(line), style="bold" if heads else "")
    for note in found.notes:
        yield indented(f"Note: {note}.")
    if found.stale and found.changes:
        yield Text(
            safe("The case has changed since the tables were written: what was done since would be undone.")
        )
    elif found.written:
        yield Text(safe(f"Written: {', '.join(found.written)}."))
    elif found.changes and not apply:
        typed = f"{shlex.quote(str(case))} --from {shlex.quote(str(source))}"
        yield Text(safe(f"Nothing was written. To make these changes: accordant tables {typed} --apply"))


def _quoted(text: str) -> str:
    return text if text else "(nothing)"
