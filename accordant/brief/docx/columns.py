"""The widths of a table's columns: as few lines as possible, and no word broken where that can be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from accordant.brief.document import Table, plain
from accordant.brief.docx import look, measure
from accordant.brief.docx.look import MARKS

PAD = 8.5
"""Room at the sides of a cell, both together, in points, with a little for what was measured short."""
STEPS = 100
"""Steps in which the room is given out."""
_SHARP = 5.0
CROWDED = 1.04
"""How much wider than the page the words that cannot be broken may be before the table is turned."""


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
    """The columns of a table in so much room."""
    small = False
    least = _least(block, look.TABLE)
    if float(least.sum()) > room:
        small = True
        least = _least(block, look.SMALL)
    size = look.SMALL if small else look.TABLE
    crowded = float(least.sum()) > room * CROWDED
    if float(least.sum()) > room:
        least = least * (room / float(least.sum()))
    wants = _wants(block, size)
    widths = _given(wants, least, room)
    return Fit(tuple(map(float, widths)), _heights(block, wants, widths, size), small, crowded)


def _cells(block: Table) -> list[list[tuple[str, bool]]]:
    """The words of each cell, row by row under the heads, and whether they are bold."""
    found = [[(plain(column), True) for column in block.columns]]
    for row in block.rows:
        if not row.group:
            told = [
                (("●\u00a0" if c.mark in MARKS else "") + plain(c.text), k < block.heads)
                for k, c in enumerate(row.cells)
            ]
            found.append(told)
    return found


def _least(block: Table, size: float) -> Any:
    rows = _cells(block)
    columns = len(block.columns) or max(map(len, rows), default=1)
    least = np.full(columns, 24.0)
    for row in rows:
        for k, (text, bold) in enumerate(row[:columns]):
            least[k] = max(least[k], measure.longest_word(text, size, bold) * 1.03 + PAD)
    return least


def _wants(block: Table, size: float) -> Any:
    """How wide each cell would be on one line, cells by rows and columns."""
    rows = _cells(block)
    columns = len(block.columns) or max(map(len, rows), default=1)
    wants = np.zeros((len(rows), columns))
    for r, row in enumerate(rows):
        for k, (text, bold) in enumerate(row[:columns]):
            wants[r, k] = max(measure.wide(line, size, bold) for line in measure.lines(text)) + PAD
    return wants


def _given(wants: Any, least: Any, room: float) -> Any:
    """The room given out step by step, each to the column that saves most lines by it."""
    natural = np.maximum(wants.max(axis=0), least)
    if natural.sum() <= room:
        # A narrow table stays narrow, unless it nearly fills the page.
        return natural * (room / natural.sum() if natural.sum() > 0.7 * room else 1.0)
    widths = least.astype(float)
    step = (room - widths.sum()) / STEPS
    for _ in range(STEPS if step > 0 else 0):
        # The tallest cell of a row counts most, but not alone: two columns may have to grow before a
        # line goes.
        now, then = _lines(wants, widths) ** _SHARP, _lines(wants, widths + step) ** _SHARP
        rows = now.sum(axis=1, keepdims=True)
        widths[int(((rows - now + then) ** (1 / _SHARP)).sum(axis=0).argmin())] += step
    return widths


def _lines(wants: Any, widths: Any) -> Any:
    """How many lines each cell has; fractions count, so that a step in the right way is seen."""
    return np.maximum((wants - PAD) * 1.06 / np.maximum(widths - PAD, 1.0), 1.0)


def _heights(block: Table, wants: Any, widths: Any, size: float) -> tuple[float, ...]:
    lines = np.ceil(_lines(wants, widths))
    leading, found, at = size * 1.25, [], 1
    for row in block.rows:
        if row.group:
            found.append(leading + 5)
            continue
        most = 1.0
        for k, cell in enumerate(row.cells):
            extra = len(measure.lines(plain(cell.text))) - 1
            most = max(most, float(lines[at, k]) + extra)
        found.append(most * leading + 5)
        at += 1
    return tuple(found)
