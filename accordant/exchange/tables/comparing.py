"""What tables change, cell by cell, as a person is shown it before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from accordant.exchange.tables.catalogue import ORDERED
from accordant.exchange.tables.export import Page
from accordant.exchange.tables.model import Cells, Column, Given, Row
from accordant.exchange.tables.positions import SHEET as POSITIONS
from accordant.exchange.tables.result import Change

MARKS = ("id", "no", "element")
"""Columns that name a row: said by the row, not among its cells."""


def changes_of(page: Page, given: Given, columns: tuple[Column, ...]) -> Iterator[Change]:
    """What a table says that the case does not, in the order of the table; then what is gone.

    Parameters
    ----------
    page
        The table as the case is.
    given
        The table as it was read.
    columns
        The columns of what was read, in the order in which they are shown.
    """
    here = [c for c in columns if c.name in given.columns]
    before = {page.table.key(row): row for row in page.rows if page.table.key(row)}
    left = dict(before)
    for row in given.rows:
        was = left.pop(page.table.key(row.cells), None) if page.table.key(row.cells) else None
        if was is None:
            if page.table.name != POSITIONS or any(row.cells.get(c.name) for c in here[2:]):
                said = said_of(row.cells, here)
                yield Change(
                    "added", given.sheet, name_of(row.cells, row), new=said, cell=where(given, row, "")
                )
            continue
        for column in here:
            old, new = column.tidy(was.get(column.name, "")), column.tidy(row.cells.get(column.name, ""))
            if old != new:
                place = where(given, row, column.name)
                yield Change("changed", given.sheet, name_of(was, row), column.name, old, new, place)
    for was in left.values():
        if page.table.name != POSITIONS or any(was.get(c.name) for c in here[2:]):
            yield Change("removed", given.sheet, name_of(was, None), old=said_of(was, here))
    yield from _moved(page, given, before)


def _moved(page: Page, given: Given, before: Mapping[tuple[str, ...], Cells]) -> Iterator[Change]:
    if page.table.name not in ORDERED:
        return
    now = [key for row in given.rows if (key := page.table.key(row.cells)) in before]
    then = [key for key in before if key in now]
    if now != then:
        old, new = (", ".join(key[0] for key in keys) for keys in (then, now))
        yield Change("moved", given.sheet, "", old=old, new=new)


def name_of(cells: Cells, row: Row | None) -> str:
    """What a row is called where a person is told of it."""
    name = next((cells[m].strip() for m in MARKS if cells.get(m, "").strip()), "")
    owner = next((cells[key].strip() for key in ("proposal", "source") if key in cells), "")
    if owner:
        name = " ".join(part for part in (owner, name) if part)
    if not name and "what" in cells:
        name = f"{cells.get('issue', '')} {cells['what']}".strip()
    return name or (f"row {row.number}" if row else "")


def said_of(cells: Cells, columns: list[Column]) -> str:
    """Every cell that says something of its own."""
    said = ((c.name, c.tidy(cells.get(c.name, "")), c.default) for c in columns if c.name not in MARKS)
    return "; ".join(f"{name}: {text}" for name, text, default in said if text and text != default)


def where(given: Given, row: Row, column: str = "") -> str:
    """A place in a table, as spreadsheet programs name it.

    Examples
    --------
    >>> where(Given("parties", ["id", "name"], [], at={"id": 1, "name": 2}), Row(5, {}), "name")
    'parties!B5'
    """
    if not row.number:
        return ""  # the case has it, and the file has not
    if column not in given.at:
        return f"{given.sheet}!{row.number}"
    letters, number = "", given.at[column]
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{given.sheet}!{letters}{row.number}"
