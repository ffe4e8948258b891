"""Long tables of suggestions as files: rows are written and read one after the other, never all at once."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from accordant.case.files import BOM
from accordant.errors import InputError, Problem
from accordant.evidence.batch.columns import COLUMNS, NAMES, NEEDED
from accordant.evidence.batch.marked import MarkedRow
from accordant.exchange.tables.reading import as_text, check_archive
from accordant.tables import csv_text, unguarded
from accordant.workbook import MOST_ROWS, escaped, timeless, unescaped

SHEET, LISTS = "suggestions", "choices"
MOST_BYTES = 300_000_000
"""Most bytes of a table that is read."""
UNPACKED = 3_000_000_000
"""Most bytes that a workbook gets when it is unpacked; it is read row by row."""
AT_ONCE = 500
"""Rows of CSV that are written together."""
ROOM = 1_000
"""Rows below the last one for which choices are offered too."""
_PREFIXES = ("=", "+", "-", "@", "#")


def csv_pieces(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table as CSV, piece by piece."""
    # With a byte-order mark, without which spreadsheet programs take the text for another encoding.
    yield BOM + csv_text([NAMES])
    some: list[list[str]] = []
    for row in rows:
        some.append([escaped(cell) for cell in row])
        if len(some) == AT_ONCE:
            yield csv_text(some)
            some = []
    if some:
        yield csv_text(some)


def workbook(rows: Iterable[Sequence[str]], choices: Mapping[str, Sequence[str]]) -> bytes:
    """The table as a workbook: what is marked can be changed, everything else is locked.

    Raises
    ------
    InputError
        If a sheet cannot hold so many rows.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = "Accordant"
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    page = book.create_sheet(SHEET)
    _lay_out(page)
    try:
        last = _fill(page, rows)
    except BaseException:
        page.close()  # what was begun is ended, or its writer complains when it goes
        raise
    page.auto_filter.ref = f"A1:{_letter(len(COLUMNS) - 1)}{max(last, 2)}"
    _offer(page, choices, last + ROOM)
    page.close()
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    lists.append(list(choices))
    longest = max((len(c) for c in choices.values()), default=0)
    for k in range(longest):
        lists.append([c[k] if k < len(c) else None for c in choices.values()])
    lists.close()
    out = io.BytesIO()
    ExcelWriter(book, timeless(out)).save()
    return out.getvalue()


def _letter(k: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(k + 1))


def _lay_out(page: Any) -> None:
    from openpyxl.styles import Protection

    page.freeze_panes = "C2"
    for k, column in enumerate(COLUMNS):
        about = page.column_dimensions[_letter(k)]
        about.width = column.width
        if column.marked:
            about.protection = Protection(locked=False)
    page.protection.sheet = True
    for name in ("sort", "autoFilter", "formatColumns", "formatRows", "formatCells"):
        setattr(page.protection, name, False)  # False: allowed


def _fill(page: Any, rows: Iterable[Sequence[str]]) -> int:
    """Write the rows; the number of the last one."""
    make = _Maker(page)
    page.append([make.head(column.name) for column in COLUMNS])
    marked = [column.marked for column in COLUMNS]
    number = 1
    for row in rows:
        number += 1
        if number > MOST_ROWS:
            raise InputError(f"a workbook holds {MOST_ROWS - 1:,} suggestions; write CSV (--out FILE.csv)")
        page.append([make.cell(escaped(cell), free) for cell, free in zip(row, marked, strict=True)])
    return number


class _Maker:
    """Makes cells; a style is made once and shared by all cells of its kind."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, Protection

        self.page = page
        self.kind: Any = WriteOnlyCell
        self.bold = Font(bold=True)
        self.free, self.top = Protection(locked=False), Alignment(vertical="top", wrap_text=True)
        self.styles: dict[bool, Any] = {}

    def head(self, text: str) -> Any:
        cell = self.kind(self.page, value=text)
        cell.font = self.bold
        return cell

    def cell(self, text: str, free: bool) -> Any:
        """A cell that is text, whatever it begins with."""
        cell = self.kind(self.page, value=text or None)
        if free not in self.styles:
            cell.alignment, cell.number_format = self.top, "@"
            if free:
                cell.protection = self.free
            self.styles[free] = cell._style
        else:
            cell._style = self.styles[free]
        if text:
            cell.data_type = "s"
        if text.startswith(_PREFIXES):
            cell._style = self.styles[free].__copy__()
            cell.quotePrefix = True  # so that it stays text when somebody edits it
        return cell


def _offer(page: Any, choices: Mapping[str, Sequence[str]], last: int) -> None:
    """Lists to choose from; the names stand on a sheet of their own, so that there may be many."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for k, (name, allowed) in enumerate(choices.items()):
        if not allowed:
            continue
        listed = f"{LISTS}!${_letter(k)}$2:${_letter(k)}${len(allowed) + 1}"
        offered = DataValidation(
            type="list",
            formula1=listed,
            allow_blank=True,
            showErrorMessage=name != "origin",
            errorTitle=name,
            error=f"Choose one of the list: {', '.join(allowed)}"[:250],
        )
        letter = _letter(NAMES.index(name))
        offered.add(f"{letter}2:{letter}{min(last, MOST_ROWS)}")
        page.data_validations.append(offered)


class MarkedTable:
    """A table that was marked, read row by row.

    Attributes
    ----------
    columns
        For each column its number in the file, from 0.
    wrong
        Cells that cannot be read, such as formulas.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.columns: dict[str, int] = {}
        self.wrong: list[Problem] = []
        self.is_workbook = path.suffix.lower() == ".xlsx"
        if not path.is_file():
            raise InputError(f"{path}: there is no such file; name the table that --out wrote")
        if path.suffix.lower() not in (".xlsx", ".csv"):
            raise InputError(f"{path} is no table; allowed: .xlsx, .csv, as --out wrote it")
        if path.stat().st_size > MOST_BYTES:
            size, most = path.stat().st_size / 1e6, MOST_BYTES / 1e6
            raise InputError(f"{path} has {size:,.0f} MB; at most {most:,.0f} MB are read")

    def rows(self) -> Iterator[MarkedRow]:
        """The rows below the header, each with its cells by column.

        Raises
        ------
        InputError
            If it is no table, or not one of suggestions.
        """
        rows = self._workbook() if self.is_workbook else self._csv()
        for number, cells in rows:
            if not self.columns:
                self._header(cells)
            elif any(cells):
                named = {n: cells[k] if k < len(cells) else "" for n, k in self.columns.items()}
                yield MarkedRow(number, named)
        if not self.columns:
            raise InputError(f"{self.path} is empty; name the table that --out wrote")

    def where(self, row: int, column: str) -> str:
        """A cell as a person finds it: ``suggestions!C5``, or the line of a file and the column."""
        if column not in self.columns:
            return f"row {row}"
        if self.is_workbook:
            return f"{SHEET}!{_letter(self.columns[column])}{row}"
        return f"row {row}, column {column!r}"

    def _header(self, cells: Sequence[str]) -> None:
        self.columns = {name.strip().casefold(): k for k, name in enumerate(cells) if name.strip()}
        missing = [name for name in NEEDED if name not in self.columns]
        if missing:
            raise InputError(
                f"{self.path} has no column {', '.join(map(repr, missing))}; allowed is a table that --out "
                "wrote: keep the names in the first row"
            )

    def _csv(self) -> Iterator[tuple[int, list[str]]]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                head = file.readline()
                file.seek(0)
                separator = max(",;\t", key=head.count)  # some programs write semicolons
                csv.field_size_limit(10_000_000)
                reader = csv.reader(file, delimiter=separator, strict=True)
                for number, cells in enumerate(reader, 1):
                    yield number, [unescaped(unguarded(cell)) for cell in cells]
        except UnicodeDecodeError as error:
            raise InputError(
                f"{self.path} is not UTF-8 (byte {error.start}); save it as CSV UTF-8"
            ) from error
        except csv.Error as error:
            raise InputError(f"{self.path} is not CSV: {error}; save it as CSV again") from error

    def _workbook(self) -> Iterator[tuple[int, list[str]]]:
        check_archive(self.path, self.path, UNPACKED)
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what spreadsheet programs add and nobody needs here
                book = load_workbook(self.path, read_only=True, keep_links=False)
            try:
                page = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
                page.reset_dimensions()  # what the sheet says of its size may be wrong
                for number, cells in enumerate(page.iter_rows(max_col=200), 1):
                    yield number, [self._cell(cell, number) for cell in cells]
            finally:
                book.close()
        except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, SyntaxError) as error:
            raise InputError(
                f"{self.path} is not a workbook that can be read: {error}; save it again"
            ) from error
        except (zipfile.BadZipFile, EOFError, OSError) as error:
            raise InputError(f"{self.path} is damaged: {error}; save it as .xlsx again") from error

    def _cell(self, cell: Any, number: int) -> str:
        value = cell.value
        if value is None:
            return ""
        kind = getattr(cell, "data_type", "n")
        if kind in ("f", "e"):
            what = "holds a formula" if kind == "f" else f"holds the error {value}"
            hint = "put the value itself there (copy, then paste values)"
            where = f"{SHEET}!{cell.coordinate}"
            problem = Problem(what, file=str(self.path), path=where, found=str(value)[:80], hint=hint)
            self.wrong.append(problem)
            return ""
        return as_text(value)
