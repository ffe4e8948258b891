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
LOSS = 1.06
"""What lines that break between words lose of their width."""
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
    """How wide each line of each cell is, unbroken: rows, columns, lines; nothing where there is no line."""
    rows = [[(measure.lines(text), bold) for text, bold in row] for row in _cells(block)]
    columns = len(block.columns) or max(map(len, rows), default=1)
    most = max((len(lines) for row in rows for lines, _ in row), default=1)
    wants = np.zeros((len(rows), columns, most))
    for r, row in enumerate(rows):
        for k, (lines, bold) in enumerate(row[:columns]):
            wants[r, k, : len(lines)] = [measure.wide(line, size, bold) + PAD for line in lines]
    return wants


def _given(wants: Any, least: Any, room: float) -> Any:
    """The room given out step by step, each to the column that saves most lines by it."""
    natural = np.maximum(wants.max(axis=(0, 2)), least)
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
    room = np.maximum(widths - PAD, 1.0)[:, None]
    return np.where(wants > 0, np.maximum((wants - PAD) * LOSS / room, 1.0), 0.0).sum(axis=2)


def _heights(block: Table, wants: Any, widths: Any, size: float) -> tuple[float, ...]:
    room = np.maximum(widths - PAD, 1.0)[:, None]
    lines = np.where(wants > 0, np.ceil((wants - PAD) * LOSS / room).clip(min=1.0), 0.0).sum(axis=2)
    leading, found, at = size * 1.2, [], 1
    for row in block.rows:
        found.append((1.0 if row.group else float(lines[at].max())) * leading + 5)
        at += not row.group
    return tuple(found)
