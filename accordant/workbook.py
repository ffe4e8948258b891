"""Tables as a workbook (XLSX) that a person opens: the same bytes for the same tables, and no formulas.

A cell is a number where its text is an exact decimal that a spreadsheet program gives back to the
letter, and text otherwise. Nothing in it is ever a formula, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from accordant.errors import InputError
from accordant.tables import Table

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 1_048_576, 16_384, 32_767
"""What one sheet of the format can hold: rows, columns, and signs of one cell."""
DIGITS = 15
"""Digits of a number that every spreadsheet program keeps."""
WIDEST, NARROWEST = 60, 6
"""Columns of text that a column is made wide, at most and at least."""
LOOKED_AT = 500
"""Rows that decide how wide columns are."""
_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# What XML cannot hold, and what a reader would take for the escape of such a sign.
_ESCAPED = re.compile(
    r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|\\(?=u[0-9a-fA-F]{4})|x(?=[0-9A-Fa-f]{4}_)"
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns, its rows.

    Attributes
    ----------
    choices
        For some columns, by their number from 0, what a cell may hold: offered as a list.
    text
        Columns whose cells stay text even where they look like numbers.
    wrapped
        Whether long text is broken into lines inside its cell.
    mark
        What stands at the head of each page when it is printed.
    above
        A line above the names of the columns.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    text: frozenset[int] = frozenset()
    wrapped: bool = False
    hidden: bool = False
    mark: str = ""
    above: str = ""


def sheets_of(tables: Mapping[str, Table]) -> list[Sheet]:
    """Tables of a result as sheets."""
    return [Sheet(name, table.columns, table.rows) for name, table in tables.items()]


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """A workbook as the content of an ``.xlsx`` file.

    Raises
    ------
    InputError
        If a sheet cannot hold so many rows or columns, or a cell so much text.

    Examples
    --------
    >>> content = workbook_bytes([Sheet("sums", ("what", "sum"), (("=1+1", "2.5"),))])
    >>> from openpyxl import load_workbook
    >>> [(c.value, c.data_type) for c in load_workbook(io.BytesIO(content))["sums"][2]]
    [('=1+1', 's'), (2.5, 'n')]
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = "Accordant"
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _unique(sheet_name(sheet.name), taken))
    out = io.BytesIO()
    ExcelWriter(book, timeless(out)).save()  # book.save() would write the time
    return out.getvalue()


def sheet_name(name: str) -> str:
    """A name that the format allows: at most 31 signs, none that means something in a reference.

    Examples
    --------
    >>> sheet_name("What can be reached from [truce: none], and how"), sheet_name("deals")
    ('What can be reached from truce', 'deals')
    """
    clean = " ".join(_FORBIDDEN.sub(" ", escaped(name)).split()).strip("' ")
    if len(clean) > 31:
        clean = clean[:32].rsplit(" ", 1)[0][:31] if " " in clean[:32] else clean[:31]
    return clean or "table"


def _unique(name: str, taken: set[str]) -> str:
    found, k = name, 2
    while found.casefold() in taken:
        found, k = f"{name[: 30 - len(str(k))]} {k}", k + 1
    taken.add(found.casefold())
    return found


def escaped(text: str) -> str:
    r"""Text as a cell can hold it: signs that no file of the kind may hold become ``\uHHHH``.

    Examples
    --------
    >>> escaped("a\rb"), unescaped(escaped("a\rb")) == "a\rb", escaped("two\nlines")
    ('a\\u000db', True, 'two\nlines')
    """
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def unescaped(text: str) -> str:
    """What :func:`escaped` was given."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def as_number(value: Any) -> int | Decimal | None:
    """The number that a cell holds for a value; None where it holds text.

    Examples
    --------
    >>> as_number("2.5"), as_number("0.10"), as_number("1/3"), as_number(10**16), as_number(True)
    (Decimal('2.5'), None, None, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    text = str(value)
    if not _PLAIN.fullmatch(text) or sum(sign.isdigit() for sign in text) > DIGITS or text == "-0":
        return None
    return Decimal(text) if "." in text else int(text)


def _write(book: Workbook, sheet: Sheet, name: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    if len(sheet.rows) >= MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
        raise InputError(
            f"{sheet.name} has {len(sheet.rows):,} rows and {len(sheet.columns):,} columns; a sheet holds "
            f"{MOST_ROWS - 1:,} below its header and {MOST_COLUMNS:,} columns; write CSV instead"
        )
    page = book.create_sheet(name)
    first = 2 if sheet.above else 1
    page.freeze_panes = f"A{first + 1}"
    page.sheet_state = "hidden" if sheet.hidden else "visible"
    if sheet.mark:
        page.oddHeader.center.text = escaped(sheet.mark).replace("&", "&&")
    for k, width in enumerate(_widths(sheet)):
        page.column_dimensions[get_column_letter(k + 1)].width = width
    cells = _Cells(page, sheet)
    head = [cells.text(str(column)) for column in sheet.columns]
    for cell in head:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    try:
        if sheet.above:
            page.append([_strong(cells.text(sheet.above))])
        page.append(head)
        for row in sheet.rows:
            page.append(list(cells.of(row)))
    except BaseException:
        page.close()  # what was begun is ended, or its writer complains when it goes
        raise
    if sheet.columns and sheet.rows and not sheet.hidden:
        page.auto_filter.ref = f"A{first}:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + first}"
    for validation in _choices(sheet):
        page.data_validations.append(validation)
    page.close()


def _strong(cell: Cell) -> Cell:
    from openpyxl.styles import Alignment, Font

    cell.font, cell.alignment = Font(bold=True, italic=True), Alignment(wrap_text=False)
    return cell


class _Cells:
    """Makes the cells of one sheet."""

    def __init__(self, page: Any, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet

    def of(self, row: Sequence[Any]) -> Iterator[Any]:
        """One row: plain values where they need no care."""
        for k, value in enumerate(row):
            number = None if k in self.sheet.text else as_number(value)
            if number is not None:
                yield number
            elif value is None or value == "":
                yield self._empty() if self.sheet.wrapped else None
            else:
                yield self._said("true" if value is True else "false" if value is False else str(value))

    def _said(self, value: str) -> Any:
        text = escaped(value)
        if self.sheet.wrapped or text[0] in "=+-@#":
            return self.text(text)
        _check_length(self.sheet, text)
        return text

    def _empty(self) -> Any:
        """A cell to be filled in: what is typed into it stays as it is typed."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self.page)
        cell.number_format = "@"
        return cell

    def text(self, value: str) -> Cell:
        """A cell that is text, whatever it begins with."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        _check_length(self.sheet, value)
        cell: Cell = WriteOnlyCell(self.page, value=value)
        cell.data_type = "s"
        cell.number_format = "@"
        if value[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True  # so that it stays text when somebody edits it
        if self.sheet.wrapped:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell


def _check_length(sheet: Sheet, text: str) -> None:
    if len(text) > MOST_SIGNS:
        raise InputError(
            f"{sheet.name}: a cell would hold {len(text):,} signs ({text[:40]!r} …); a workbook holds "
            f"{MOST_SIGNS:,} in a cell; write CSV instead"
        )


def _widths(sheet: Sheet) -> list[float]:
    found = [_width(str(column)) + 3 for column in sheet.columns]  # room for the mark of the filter
    for row in islice(sheet.rows, LOOKED_AT):
        for k, value in enumerate(row):
            found[k] = max(found[k], _width(str(value)) + 2 if value is not None else 0)
    return [float(min(max(width, NARROWEST), WIDEST)) for width in found]


def _width(text: str) -> int:
    return max((len(line) for line in text.splitlines()), default=0)


def _choices(sheet: Sheet) -> Iterator[Any]:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for k, allowed in sheet.choices.items():
        listed = ",".join(allowed)
        if len(listed) > 250 or any("," in choice or '"' in choice for choice in allowed):
            continue  # the format holds no longer list
        letter = get_column_letter(k + 1)
        offered = DataValidation(
            type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False
        )
        offered.add(f"{letter}2:{letter}{max(len(sheet.rows) + 1, 2) + 200}")
        yield offered


def timeless(out: io.BytesIO) -> ZipFile:
    """An archive to save a workbook into: the same tables give the same bytes."""
    return _Timeless(out, "w", ZIP_DEFLATED)


class _Timeless(ZipFile):
    """An archive whose parts carry no time, so that the same tables give the same bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_part(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as source, self.open(_part(str(arcname or filename)), "w") as target:
            shutil.copyfileobj(source, target)


def _part(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
