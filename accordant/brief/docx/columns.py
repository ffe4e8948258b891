"""The widths of a table's columns: as few lines as possible, and no word broken where that can be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from accordant.brief.document import Table, plain
from accordant.brief.docx import look, measure
from accordant.brief.docx.look import MARKS

PAD = 8.5
"""Room at the sides of a cell, both together, in points, with a little for what was measured short."""
STEPS = 60
"""Steps in which the room is given out at first."""
MOVES = (12.0, 5.0, 2.0)
"""Room in points that one column may then give to another, as long as a line goes by it."""
CROWDED = 1.04
"""How much wider than the page the words that cannot be broken may be before the table is turned."""
NEARLY = 0.7
"""Share of the page from which on a table is made as wide as the page."""
_SHARP = 5.0


@dataclass(frozen=True, slots=True)
class Fit:
    """The widths of the columns and the heights of the rows, in points.

    ``crowded`` where some word would have to be broken, even in small type.
    """

    widths: tuple[float, ...]
    rows: tuple[float, ...]
    small: bool
    crowded: bool

    @property
    def height(self) -> float:
        """Height of the whole table, its head as one row more."""
        return sum(self.rows) + 20


def fitted(block: Table, room: float) -> Fit:
    """The columns of a table in so much room.

    Examples
    --------
    >>> from accordant.brief.document import Cell, Row, rich
    >>> row = Row("", (Cell(rich("x")), Cell(rich("many words " * 20))))
    >>> fit = fitted(Table("t", (), (rich("A"), rich("B")), (row,)), 300)
    >>> fit.widths[0] < fit.widths[1], round(sum(fit.widths))
    (True, 300)
    """
    size = look.TABLE
    cells = _Cells(block, size)
    if small := cells.least.sum() > room:
        size = look.SMALL
        cells = _Cells(block, size)
    total = float(cells.least.sum())
    widths = _given(cells, cells.least * min(1.0, room / total), room)
    return Fit(tuple(map(float, widths)), cells.heights(block, widths, size), small, total > room * CROWDED)


class _Cells:
    """What stands in the cells, measured: words by lines, by columns, by rows, the heads first."""

    def __init__(self, block: Table, size: float) -> None:
        rows = _texts(block)
        self.columns = len(block.columns) or max(map(len, rows), default=1)
        self.space = measure.wide(" ", size)
        self.words = [
            [_words(*row[k], size) if k < len(row) else [] for row in rows] for k in range(self.columns)
        ]
        self.least: Any = np.full(self.columns, 24.0)
        self.most: Any = np.full(self.columns, 24.0)
        for k, column in enumerate(self.words):
            lines = [line for cell in column for line in cell]
            self.least[k] = max([24.0, *(max(line, default=0.0) * 1.03 + PAD for line in lines)])
            self.most[k] = max([24.0, *(self._length(line) + PAD for line in lines)])
        self._known: dict[tuple[int, float], Any] = {}

    def _length(self, line: Sequence[float]) -> float:
        return sum(line) + self.space * (len(line) - 1)

    def totals(self) -> Any:
        """How long the words of each cell are, end to end: rows, columns."""
        return np.array([[sum(map(self._length, cell)) for cell in column] for column in self.words]).T

    def lines(self, k: int, width: float) -> Any:
        """How many lines each cell of a column has at a width."""
        key = (k, round(width, 1))
        if key not in self._known:
            room = width - PAD + 0.05
            found = [sum(_broken(line, room, self.space) for line in cell) for cell in self.words[k]]
            self._known[key] = np.array(found)
        return self._known[key]

    def height(self, widths: Any) -> float:
        """How many lines the table has, and a little for those of each cell: none is squeezed for nothing."""
        lines = np.array([self.lines(k, float(width)) for k, width in enumerate(widths)])
        return float(lines.max(axis=0).sum()) + 0.01 * float(lines.sum())

    def heights(self, block: Table, widths: Any, size: float) -> tuple[float, ...]:
        """The height of each row in points."""
        lines = np.array([self.lines(k, float(width)) for k, width in enumerate(widths)]).max(axis=0)
        leading, found, at = size * 1.2, [], 1
        for row in block.rows:
            found.append((1.0 if row.group else float(lines[at])) * leading + 3.5)
            at += not row.group
        return tuple(found)


def _texts(block: Table) -> list[list[tuple[str, bool]]]:
    """The words of each cell, row by row under the heads, and whether they are bold."""
    found = [[(plain(column), True) for column in block.columns]]
    for row in block.rows:
        if not row.group:
            signs = ("●\u00a0" if c.mark in MARKS else "" for c in row.cells)
            told = zip(signs, row.cells, strict=True)
            found.append([(sign + plain(c.text), k < block.heads) for k, (sign, c) in enumerate(told)])
    return found


def _words(text: str, bold: bool, size: float) -> list[list[float]]:
    """The widths of the words of each line."""
    lines = text.split("\n")
    return [[measure.wide(word, size, bold) for word in measure.pieces(line)] for line in lines]


def _broken(line: Sequence[float], room: float, space: float) -> int:
    """How many lines words make; one that is too long for a line of its own takes several."""
    lines, at = 1, 0.0
    for word in line:
        if at and at + space + word > room:
            lines, at = lines + 1, 0.0
        at += word + (space if at else 0.0)
        if at > room > 0:
            lines, at = lines + int(at // room), at % room
    return lines


def _given(cells: _Cells, least: Any, room: float) -> Any:
    """The room given out: first roughly, by how much there is to say, then line by line."""
    natural = np.maximum(cells.most, least)
    if natural.sum() <= room:
        # A narrow table stays narrow, unless it nearly fills the page.
        return natural * (room / natural.sum() if natural.sum() > NEARLY * room else 1.0)
    widths = least.astype(float)
    totals = cells.totals()
    step = (room - widths.sum()) / STEPS
    for _ in range(STEPS if step > 0.01 else 0):
        now, then = (totals / widths) ** _SHARP, (totals / (widths + step)) ** _SHARP
        rows = now.sum(axis=1, keepdims=True)
        widths[int(((rows - now + then) ** (1 / _SHARP)).sum(axis=0).argmin())] += step
    return _moved(cells, widths, least) if step > 0.01 else widths


def _moved(cells: _Cells, widths: Any, least: Any) -> Any:
    """Room moved from column to column for as long as lines go by it."""
    height = cells.height(widths)
    for room in MOVES:
        for _ in range(20):
            tried = [(cells.height(new), new) for new in _exchanges(widths, least, room)]
            best = min(tried, key=lambda one: one[0], default=(height, widths))
            if best[0] >= height - 1e-9:
                break
            height, widths = best
    return widths


def _exchanges(widths: Any, least: Any, room: float) -> list[Any]:
    found = []
    for giver in range(len(widths)):
        given = min(room, widths[giver] - least[giver])
        for taker in range(len(widths)) if given > 0.5 else ():
            if taker != giver:
                new = widths.copy()
                new[giver] -= given
                new[taker] += given
                found.append(new)
    return found
