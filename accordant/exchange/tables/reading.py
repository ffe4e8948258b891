"""Tables as people send them back: a workbook, a folder of CSV files, or one CSV file.

Nothing in them is trusted. A workbook is looked at as an archive before it is opened: how large it
gets, and that its parts declare no entities. Every mistake is collected with its sheet, row and column.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from accordant.case.files import decode, read_bytes
from accordant.case.ranges import short
from accordant.errors import CaseError, InputError, Problem
from accordant.exchange.tables.base import Kept
from accordant.exchange.tables.export import ABOUT, RESULTS, WORKBOOK
from accordant.exchange.tables.model import Given, Row
from accordant.tables import unguarded
from accordant.workbook import MOST_SIGNS, unescaped

LIMIT = 20_000_000
"""Most bytes of a file."""
UNPACKED = 200_000_000
"""Most bytes that a workbook gets when it is unpacked."""
PART = {"xl/sharedstrings.xml": 50_000_000, "xl/worksheets/": 100_000_000}
"""Most bytes of the texts of a workbook, and of one of its sheets, unpacked."""
LONGEST = 10 * MOST_SIGNS
"""Most bytes of one text: no sign that a cell may hold takes more than ten."""
PARTS = 1_000
"""Most parts of a workbook."""
MOST_ROWS, MOST_COLUMNS = 100_000, 500
"""Most rows that hold something, and most columns, of one table."""
LAST_ROW = 1_048_576
_CHUNK = 1 << 20
_EXAMPLE = "name the workbook, the folder or the CSV file that 'accordant tables CASE -o ...' wrote"


@dataclass
class Tables:
    """What was read.

    Attributes
    ----------
    given
        The tables by their names, as they are called in the file.
    about
        What the export wrote beside the tables; empty where that is missing.
    wrong
        Cells that are no text and no number.
    spoilt
        Rows that hold such cells, by sheet and number.
    copied
        They are those of another copy of the case, not of a file of tables.
    then
        Of another copy: the tables of the last version that both have.
    reports
        Of another copy: files of reports that come along.
    notes
        Of another copy: what is not merged.
    """

    path: Path
    given: list[Given] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)
    spoilt: set[tuple[str, int]] = field(default_factory=set)
    copied: bool = False
    then: Mapping[str, Kept] | None = None
    reports: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_tables(path: str | Path) -> Tables:
    """Read tables from a workbook, a folder of CSV files or one CSV file.

    Raises
    ------
    InputError
        If there is nothing to read, or too much.
    """
    source = Path(path)
    found = Tables(source)
    if source.is_dir():
        _read_folder(source, found)
    elif source.suffix.lower() == WORKBOOK:
        _read_workbook(source, found)
    elif source.suffix.lower() == ".csv":
        _read_csv(source, found)
        names = (f"{ABOUT}.csv", f"{source.stem.rpartition('-')[0]}-{ABOUT}.csv")  # as LibreOffice names them
        beside = next((place for name in names if (place := source.parent / name).is_file()), None)
        if beside is not None and source.name != beside.name:
            _read_csv(beside, found)
    else:
        what = "there is no such file" if not source.exists() else "is no table"
        raise InputError(
            f"{source}: {what}; allowed: a workbook ({WORKBOOK}), a folder of CSV files, one "
            ".csv file, or another copy of the case"
        )
    _take_about(found)
    if not found.given and not found.wrong:
        raise InputError(f"{source} holds no tables; {_EXAMPLE}")
    return found


def _of_results(name: str) -> bool:
    """Whether a sheet holds results, which only go out."""
    return re.search(rf"(^|-){RESULTS}( |$)", name.strip().casefold()) is not None


def _take_about(found: Tables) -> None:
    for given in [g for g in found.given if g.sheet == ABOUT]:
        found.given.remove(given)
        for row in given.rows:
            values = list(row.cells.values())
            found.about[values[0]] = values[1] if len(values) > 1 else ""


def _bytes(path: Path) -> bytes:
    raw = read_bytes(path, str(path), LIMIT)
    if isinstance(raw, Problem):
        raise CaseError([raw], "the tables could not be read")
    return raw


# CSV


def _read_folder(folder: Path, found: Tables) -> None:
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and not p.name.startswith("."))
    files = [file for file in files if not _of_results(file.stem)]
    if not files:
        raise InputError(f"there are no CSV files in {folder}; {_EXAMPLE}")
    for file in files:
        _read_csv(file, found)


def _read_csv(path: Path, found: Tables) -> None:
    text = decode(_bytes(path), str(path))
    if isinstance(text, Problem):
        found.wrong.append(text)
        return
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)  # some programs write semicolons where commas mark decimals
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, int, list[str]]] = []
    number = 0
    try:
        for cells in reader:
            number += 1
            if any(cells):
                rows.append((number, reader.line_num, [unescaped(unguarded(cell)) for cell in cells]))
            _check_size(len(rows), len(cells), str(path))
    except csv.Error as error:
        found.wrong.append(Problem(f"is not CSV: {error}", file=str(path), line=reader.line_num))
        return
    _table(path.stem.strip().casefold(), rows, str(path), found, lines=True)


# Workbooks


def _read_workbook(path: Path, found: Tables) -> None:
    raw = _bytes(path)
    check_archive(path, raw)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what spreadsheet programs add and nobody needs here
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            for page in (sheet for sheet in book.worksheets if not _of_results(sheet.title)):
                rows = list(_rows(page, path, found))
                _table(page.title.strip().casefold(), rows, str(path), found, lines=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise InputError(
            f"{path} is not a workbook that can be read: {error}; save it as {WORKBOOK} again"
        ) from error
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise InputError(f"{path} is damaged: {error}; save it as {WORKBOOK} again") from error


def check_archive(path: Path, content: bytes | Path, unpacked: int | None = None) -> None:
    """Refuse an archive that would not fit, or that declares anything that is not in it.

    Raises
    ------
    InputError
        If it does, or is no archive.
    """
    most = UNPACKED if unpacked is None else unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > PARTS or size > most:
                raise InputError(
                    f"{path} holds {len(parts):,} parts and unpacks to {size / 1e6:,.0f} MB; at most "
                    f"{PARTS:,} parts and {most / 1e6:,.0f} MB are read; keep only the tables"
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(path, archive, part, unpacked is None)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError) as error:
        raise InputError(
            f"{path} is no workbook ({error}); save it as {WORKBOOK}, without a password"
        ) from error


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, whole: bool) -> None:
    name = part.filename.lower()
    most = next((limit for start, limit in PART.items() if name.startswith(start)), None)
    if whole and most is not None and part.file_size > most:
        raise InputError(
            f"{path}: {part.filename} unpacks to {part.file_size / 1e6:,.0f} MB; at most "
            f"{most / 1e6:,.0f} MB of it are read; keep only the tables"
        )
    before, run = b"", 0
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            seen = before + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\0" in chunk:
                raise InputError(f"{path}: {part.filename} declares entities or is not UTF-8; it is not read")
            before = chunk[-16:]
            first, *others = chunk.split(b"<") if most is not None else (b"",)
            if max(run + len(first), *map(len, others), 0) > LONGEST:
                raise InputError(
                    f"{path}: a cell in {part.filename} holds far over {MOST_SIGNS:,} signs, the most that a "
                    "workbook may hold in one; it is not read"
                )
            run = len(others[-1]) if others else run + len(first)


def _rows(page: Any, path: Path, found: Tables) -> Iterator[tuple[int, int, list[str]]]:
    page.reset_dimensions()  # what the sheet says of its size may be wrong
    count = 0
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        if number > LAST_ROW:
            raise InputError(f"{path}: {page.title} goes beyond row {LAST_ROW:,}")
        texts = [_cell(cell, number, page.title, path, found) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        count += 1
        _check_size(count, len(texts), f"{path}: {page.title}")
        yield number, number, texts


def _check_size(rows: int, columns: int, where: str) -> None:
    if rows > MOST_ROWS + 1 or columns > MOST_COLUMNS:
        raise InputError(
            f"{where} has over {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns; no table of a case has so many"
        )


def _cell(cell: Any, number: int, sheet: str, path: Path, found: Tables) -> str:
    value = cell.value
    kind = getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind in ("f", "e"):
        what = "holds a formula" if kind == "f" else f"holds the error {value}"
        hint = "put the value itself there (copy, then paste values)"
        where = f"{sheet}!{cell.coordinate}"
        found.wrong.append(Problem(what, file=str(path), path=where, found=str(value)[:80], hint=hint))
        found.spoilt.add((sheet.strip().casefold(), number))
        return ""
    if isinstance(value, str) and len(value) > MOST_SIGNS:
        raise InputError(
            f"{path}: {sheet}!{cell.coordinate} holds {len(value):,} signs; a workbook holds {MOST_SIGNS:,} "
            "in a cell; shorten it"
        )
    return as_text(value)


def as_text(value: Any) -> str:
    """What a cell of a workbook says, as text: numbers as short as they are exact, dates as they are written.

    Examples
    --------
    >>> as_text(0.1), as_text(3.0), as_text(datetime(2025, 5, 9)), as_text(True)
    ('0.1', '3', '2025-05-09', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, int | float | Decimal):
        return str(short(repr(value) if isinstance(value, float) else str(value)))
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)


# Both


def _named(sheet: str, columns: Sequence[str]) -> str:
    """The table that a file holds: by its name, the end of it, or else by its first row.

    Examples
    --------
    >>> _named("talks-parties", ["id"]), _named("talks", ["id", "name", "role", "of", "aliases", "note"])
    ('parties', 'parties')
    """
    from accordant.exchange.tables.catalogue import TABLES

    names = [table.name for table in TABLES] + [ABOUT]
    end = sheet.rpartition("-")[2]
    if sheet in names or end in names:
        return sheet if sheet in names else end
    fits = [t.name for t in TABLES if [c.name for c in t.columns({})] == [*columns]]
    if columns[:2] == ["issue", "what"]:
        fits = ["positions"]
    return fits[0] if len(fits) == 1 else sheet


def _table(
    sheet: str, rows: Sequence[tuple[int, int, list[str]]], file: str, found: Tables, *, lines: bool
) -> None:
    if not rows:
        found.given.append(Given(sheet, (), (), file))
        return
    (_, _, head), *others = rows
    columns = [name.strip() for name in head]
    sheet = _named(sheet, columns) if lines else sheet
    for name in _twice(columns):
        found.wrong.append(
            Problem(f"there are two columns {name!r}", file=file, path=sheet, hint="keep one of them")
        )
    made = []
    for number, line, cells in others:
        beyond = [cell for cell in cells[len(columns) :] if cell]
        if beyond or any(cell and not name for name, cell in zip(columns, cells, strict=False)):
            hint = "give every column a name in the first row, or empty it"
            place = f"{sheet}, row {number}"
            message = "a cell stands in a column without a name"
            found.wrong.append(
                Problem(message, file=file, path=place, found=(beyond or cells)[0][:80], hint=hint)
            )
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        named = {name: cell for name, cell in zip(columns, padded, strict=False) if name}
        made.append(Row(number, named, line if lines else None))
    at = {name: k for k, name in enumerate(columns, 1) if name}
    found.given.append(Given(sheet, list(at), made, file, at))


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name and (name in seen or seen.add(name))]  # type: ignore[func-returns-value]
