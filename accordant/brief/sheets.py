"""The tables of a document as a workbook or as CSV: what stands in a cell on the page, as text or number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from accordant.brief.characters import visible
from accordant.brief.document import Brief, Cell, Figure, Rich, Row, SourceList, Table, plain
from accordant.brief.house import House
from accordant.brief.parts.sourced import CITED
from accordant.errors import InputError
from accordant.tables import csv_text
from accordant.workbook import Sheet, workbook_bytes

ABOUT, SOURCES = "About", "Sources"


def workbook(brief: Brief, house: House) -> bytes:
    """Every table of the document on a sheet, its sources on another, and on the last what it is.

    Raises
    ------
    InputError
        If it has neither tables nor sources.
    """
    found = list(tables(brief))
    sheets = [_sheet(table, brief.handling) for table in found]
    sources = list(_sources(brief))
    if sources:
        columns = ("No.", "Source", "What is said", "Exact words", "What is known of it")
        sheets.append(Sheet(SOURCES, columns, sources, wrapped=True, mark=brief.handling))
    if not sheets:
        raise InputError(f"the {brief.label.lower()} has no tables; .docx, .pdf and .html hold it")
    about = Sheet(ABOUT, ("What", "Is"), list(_about(brief)), wrapped=True, mark=brief.handling)
    return workbook_bytes([*sheets, about])


def csv(brief: Brief, house: House) -> str:
    """The table of the document; of several each under a line with its title, a blank line between them.

    What its numbers stand for is not among them: the workbook has that.

    Raises
    ------
    InputError
        If it has none.
    """
    body = replace(brief, sections=tuple(s for s in brief.sections if s.id != CITED))
    found = list(tables(body))
    if not found:
        raise InputError(f"the {brief.label.lower()} has no tables; .docx, .pdf and .html hold it")
    if len(found) == 1:
        return csv_text(_lines(found[0]))
    return "\n".join(csv_text([(_said(table.title),), *_lines(table)]) for table in found)


def tables(brief: Brief) -> Iterator[Table]:
    """Every table, and those behind figures, in reading order."""
    for block in brief.blocks():
        if isinstance(block, Figure):
            yield block.table
        elif isinstance(block, Table):
            yield block


def _sheet(table: Table, mark: str) -> Sheet:
    head, *rows = _lines(table)
    return Sheet(_said(table.title), head, rows, wrapped=True, mark=mark)


def _lines(table: Table) -> list[tuple[str, ...]]:
    """The header and the rows; a heading over rows stands in the first column."""
    empty = ("",) * (len(table.columns) - 1)
    head = tuple(_said(column).replace("\n", ", ") for column in table.columns)
    return [
        head,
        *((_cell(row.cells[0]), *empty) if row.group else _row(row, len(head)) for row in table.rows),
    ]


def _row(row: Row, columns: int) -> tuple[str, ...]:
    cells = tuple(map(_cell, row.cells))
    return (*cells, *("",) * (columns - len(cells)))


def _cell(cell: Cell) -> str:
    """The words of a cell, its mark where they do not say it, and what it opens to."""
    text = "\n".join(line.strip() for line in _said(cell.text).split("\n") if line.strip())
    if cell.mark in ("assumed", "unsure", "open") and cell.mark not in text.casefold():
        text = f"{text} ({cell.mark})"
    return "\n".join([text, *map(_said, cell.opens)])


def _sources(brief: Brief) -> Iterator[tuple[str, ...]]:
    """One row for each numbered source, under the origin that it goes back to."""
    for block in brief.blocks():
        if isinstance(block, SourceList):
            for entry in block.entries:
                facts = [f"{fact.label}: {_said(fact.text)}" for fact in entry.facts]
                out = [_said(entry.out)] if entry.out else []
                quote = _said((entry.quote,)) if entry.quote else entry.withheld
                told = "\n".join([*out, *facts])
                yield entry.label, _said(block.title), _said(entry.says), quote, told


def _about(brief: Brief) -> Iterator[tuple[str, str]]:
    yield "Document", brief.label
    yield "Case", _said((brief.title,))
    yield "Question", _said(brief.question)
    yield "As of", brief.as_of
    yield "Handling", brief.handling or "public"
    for notice in brief.notices:
        yield "Note", _said(notice)
    for k, table in enumerate(tables(brief), 1):
        yield f"Table {k}", _said(table.title)
        if table.key:
            yield "", _said(table.key)
    yield "Software", f"Accordant {brief.version}"
    yield "Case digest", brief.digest


def _said(text: Rich) -> str:
    return visible(plain(text))
