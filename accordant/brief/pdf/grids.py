"""How wide the columns of a table are, and which of its rows are kept whole.

The typesetter shares out a page without looking at words, so that a long one would run into the next
column. Here no column is narrower than its longest word, as far as the page goes; then the page lies
across, and only after that words are broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np

from accordant.brief.document import Cell, Rich, Table, plain
from accordant.brief.pdf.fonts import measure
from accordant.brief.pdf.room import Lie, Room

SIZES = (8.0, 7.4)
"""Sizes of type in a table, in points, the usual one first."""
_GAP = 8.0
_MARKED = 12.0
_SPARE = 1.04
"""Room for what is not measured: letters of a house's font, joined and marked ones."""
_LINE = 1.36
_PAD = 7.2
_TITLE = 40.0
_STEPS = 60
_FIGURES = 4.6  # "8 of 16" and the like stays on one line always, short phrases where that costs little
_PHRASE = 11.0
_WORD = 16.0  # longer ones are addresses and the like, which break anywhere
_WORTH = 1.12
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORDS = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{_MONTHS}) \d{{4}}\b\S*|\S+")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it fits on a page.

    Attributes
    ----------
    widths
        Of its columns, gaps included, in points.
    size
        Of its type, in points.
    lie
        How the page lies.
    longest
        In each column, the widest word that fits, in multiples of the size of type.
    whole
        For each row, whether it is so short that no page should end within it.
    tight
        Whether some word is wider than its column.
    height
        About how high the table is, in points.
    """

    widths: tuple[float, ...]
    size: float
    lie: Lie
    longest: tuple[float, ...]
    whole: tuple[bool, ...]
    tight: bool
    height: float


def grid(table: Table, room: Room, turned: bool = False) -> Grid:
    """How a table is set: as usual, else in smaller type, else across the page, else with broken words.

    ``turned`` stands for a table on a page that is turned already.
    """
    columns = [_column(table, k) for k in range(len(table.columns))]
    lies: tuple[Lie, ...] = ("turned",) if turned else ("",) if room.wide else ("", "turned")
    tries = [(lie, size) for lie in lies for size in SIZES]
    for lie, size in tries:
        across = room.size(lie)[0]
        if sum(c.least(size) for c in columns) <= across:
            break
    shares = _shared(columns, across, size)
    heights = [_height(row.cells, shares, size) if not row.group else 20.0 for row in table.rows]
    down = room.size(lie)[1]
    return Grid(
        tuple(round(share, 2) for share in shares),
        size,
        lie,
        tuple((share - c.around) / size for share, c in zip(shares, columns, strict=True)),
        tuple(height < down / 3 for height in heights),
        sum(c.least(size) for c in columns) > across,
        sum(heights) + _TITLE,
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column asks for, in multiples of the size of type; ``around`` is in points.

    Its widest word; what should stay on one line, where all its cells are short; its widest line; the
    length of its head and of each of its cells.
    """

    word: float
    phrase: float
    line: float
    lines: tuple[float, ...]
    around: float

    def least(self, size: float) -> float:
        return self.word * size * _SPARE + self.around

    def better(self, size: float) -> float:
        return self.phrase * size * _SPARE + self.around

    def most(self, size: float) -> float:
        return self.line * size * _SPARE + self.around


_ASKS = (_Column.least, _Column.better, _Column.most)


def _column(table: Table, k: int) -> _Column:
    head = measure(bold=True)
    cells = [row.cells[k] for row in table.rows if not row.group and k < len(row.cells)]
    words = [head.width(w) for w in plain(table.columns[k]).split()]
    words += [width(w, k < table.heads) for cell in cells for w in _together(plain(cell.text))]
    title = head.width(plain(table.columns[k]))
    lines = [[width(line, k < table.heads) for line in plain(cell.text).split("\n")] for cell in cells]
    # A mark before the word takes room, and so does the hatching around it.
    around = _GAP + (_MARKED if any(cell.mark for cell in cells) else 0.0)
    longest = max((max(parts) for parts in lines), default=0.0)
    word = max(min(max(words, default=1.0), _WORD), longest if longest <= _FIGURES else 0.0)
    phrase = max(word, longest if longest <= _PHRASE else 0.0)
    return _Column(word, phrase, max(longest, title), (title, *map(sum, lines)), around)


def _together(text: str) -> list[str]:
    """The words of a text, a date as one: there is room for it on one line.

    Examples
    --------
    >>> _together("on 30 January 2024 and in May 2025")
    ['on', '30 January 2024', 'and', 'in', 'May 2025']
    """
    return _WORDS.findall(text)


@lru_cache(maxsize=16384)
def width(text: str, bold: bool = False) -> float:
    """How wide a text is on one line, in multiples of the size of type."""
    return measure(bold).width(text)


def _shared(columns: Sequence[_Column], across: float, size: float) -> list[float]:
    """The page shared out: what fits on one line has it, the rest where it makes the table shortest."""
    least, soft, most = ([ask(c, size) for c in columns] for ask in _ASKS)
    if sum(least) > across:
        return [across * share / sum(least) for share in least]
    if sum(most) <= across:
        return [share * across / sum(most) for share in most]
    around = np.array([c.around for c in columns])
    lines = np.array([c.lines for c in columns]).T * size * 1.08
    tries = [_grown(np.array(from_), lines, around, np.array(most), across) for from_ in (soft, least)]
    # Short words are not torn apart where that saves little.
    high = [float(np.ceil(lines / (given - around)).max(axis=1).sum()) for given in tries]
    given = tries[0] if sum(soft) < across and high[0] <= high[1] * _WORTH else tries[1]
    return [float(share) for share in given]


def _grown(given: Any, lines: Any, around: Any, most: Any, across: float) -> Any:
    """Columns that share what is left of the page, step by step."""
    step = (across - float(given.sum())) / _STEPS
    for _ in range(_STEPS if step > 0 else 0):
        given[_neediest(lines, given, around, step, most)] += step
    return given


def _neediest(lines: Any, given: Any, around: Any, step: float, top: Any) -> int:
    """The column whose growth by a step takes most from the height of the rows that it makes high."""
    high = np.maximum(lines / (given - around), 1.0)
    less = np.maximum(lines / (given + step - around), 1.0)
    order = np.sort(high, axis=1)
    tallest, next_ = order[:, -1:], (order[:, -2:-1] if high.shape[1] > 1 else np.ones_like(order[:, -1:]))
    gain = np.where(high == tallest, tallest - np.maximum(next_, less), 0.0).sum(axis=0)
    # Columns that are high together help nobody alone: then the longest text goes first.
    gain += 1e-3 * (high - less).sum(axis=0)
    gain[given >= top] = -1.0
    return int(gain.argmax())


def _height(cells: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    lines = [_lines(cell.text, share - _GAP, size) for cell, share in zip(cells, widths, strict=False)]
    return max(lines, default=1) * size * _LINE + _PAD


def _lines(text: Rich, across: float, size: float) -> int:
    parts = plain(text).split("\n")
    return sum(max(1, ceil(width(part) * size * 1.08 / max(across, 1.0))) for part in parts)


def height(text: Rich, across: float, size: float) -> float:
    """About how high a text is, in points."""
    return _lines(text, across, size) * size * _LINE
