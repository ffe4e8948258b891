"""Cells that head their row, told to screen readers.

The typesetter tags the heads of columns only. The elements of a tagged file are plain text in it, so that
the first cells of a row can be made heads afterwards: their tag has as many letters as that of other cells,
their direction is added, and what stands behind it moves by as much.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Objects of the structure tree, as the typesetter writes them, one to a line.
_ELEMENT = re.compile(rb"(?<=\n)(\d+) 0 obj\n<</Type/StructElem/S/(Table|TBody|TR|TD)/P (\d+) 0 R[^\n]*")
_KIDS = re.compile(rb"/K\[((?:\d+ 0 R ?)+)\]")
_HEADERS = re.compile(rb"/O/Table(/Headers\[[^\]]*\])?")
_XREF = re.compile(rb"xref\r?\n0 (\d+)\r?\n")
_ENTRY = 20


@dataclass(frozen=True, slots=True)
class _Element:
    number: int
    tag: bytes
    parent: int
    at: int
    text: bytes


def with_row_heads(made: bytes, heads: Sequence[int]) -> bytes:
    """The file, the first cells of each row tagged as heads of their row.

    A file that is written otherwise than expected is given back as it is.

    Parameters
    ----------
    made
        The PDF.
    heads
        For each table, in reading order, how many leading columns head their rows.

    References
    ----------
    .. [1] ISO 32000-1:2008, 7.5.4 (cross-reference table) and 14.8.5.7 (table attributes).
    """
    found = {e.number: e for e in _elements(made)}
    tables = [e for e in found.values() if e.tag == b"Table"]
    if len(tables) != len(heads):
        return made
    columns = {table.number: count for table, count in zip(tables, heads, strict=True)}
    edits = [
        edit
        for row in found.values()
        if row.tag == b"TR" and (body := found.get(row.parent)) is not None and body.tag == b"TBody"
        for k, cell in enumerate(_kids(row, found))
        for edit in _edits(cell, head=k < columns.get(body.parent, 0))
    ]
    return _moved(made, sorted(edits))


def _elements(made: bytes) -> Iterator[_Element]:
    for hit in _ELEMENT.finditer(made):
        number, tag, parent = hit.groups()
        yield _Element(int(number), tag, int(parent), hit.start(), hit.group())


def _kids(row: _Element, found: dict[int, _Element]) -> list[_Element]:
    kids = _KIDS.search(row.text)
    numbers = re.findall(rb"(\d+) 0 R", kids.group(1)) if kids else []
    cells = [found.get(int(number)) for number in numbers]
    return [cell for cell in cells if cell is not None and cell.tag == b"TD"]


def _edits(cell: _Element, *, head: bool) -> Iterator[tuple[int, int, bytes]]:
    """What changes in a cell: from where, to where, and what stands there then.

    Other cells lose the list of the heads of their column: where there is one, readers follow it and look
    for no head of the row.
    """
    about = _HEADERS.search(cell.text)
    if about is None:
        return
    if head:
        tag = cell.at + cell.text.index(b"/S/TD")
        yield tag, tag + 5, b"/S/TH"
        yield cell.at + about.start(), cell.at + about.end(), b"/O/Table/Scope/Row"
    elif about.group(1):
        yield cell.at + about.start(1), cell.at + about.end(1), b""


def _moved(made: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The file with its edits, and the places of its objects told anew."""
    start = int(made[made.rindex(b"startxref") + 9 :].split()[0])
    table = _XREF.match(made, start)
    if table is None or not edits:
        return made
    parts, at = [], 0
    for from_, to, text in edits:
        parts += [made[at:from_], text]
        at = to
    shifts = _Shifts(edits)
    entries = [_entry(made, table.end() + _ENTRY * k, shifts) for k in range(int(table.group(1)))]
    rest = made[table.end() + _ENTRY * len(entries) :]
    tail = rest[: rest.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF" % (start + shifts.until(start))
    return b"".join([*parts, made[at : table.end()], *entries, tail])


def _entry(made: bytes, at: int, shifts: _Shifts) -> bytes:
    entry = made[at : at + _ENTRY]
    place = int(entry[:10])
    return b"%010d" % (place + shifts.until(place)) + entry[10:]


class _Shifts:
    """By how much what stands at a place has moved."""

    def __init__(self, edits: Sequence[tuple[int, int, bytes]]) -> None:
        self._places = [to for _, to, _ in edits]
        self._sums = [0]
        for from_, to, text in edits:
            self._sums.append(self._sums[-1] + len(text) - (to - from_))

    def until(self, place: int) -> int:
        """By how much the edits before a place have moved it."""
        return self._sums[bisect_right(self._places, place)]
