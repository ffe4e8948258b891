"""Tables on a terminal: everything fits the width, nothing is cropped without saying so.

Columns get the room that their longest word needs and share what is left. Where even that does not
fit, the table is set in parts that repeat its first column, so that no cell is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from accordant.cli.output import safe
from accordant.tables import Table

PAD = 2
"""Columns between two cells."""
WORD = 25
"""A longer word than this may be folded when room is short."""
SHORT = 10
"""A cell of at most this many columns, such as ``41 of 48``, is not broken at its spaces."""
ROWS = 50
"""Rows shown unless more are asked for."""


class Page:
    """A table that lays itself out for the width it is printed at."""

    def __init__(
        self, table: Table, *, rows: int = ROWS, title: str | None = None, rest: str = "--csv writes all"
    ) -> None:
        self.table, self.rows, self.rest = table, rows, rest
        self.title = table.title if title is None else title

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield from layout(self.table, options.max_width, rows=self.rows, title=self.title, rest=self.rest)


def layout(
    table: Table, width: int, *, rows: int = ROWS, title: str = "", rest: str = "--csv writes all"
) -> Iterator[RenderableType]:
    """The pieces of a table at a width: title, parts, how many rows were left out, and where they are."""
    if title:
        yield Text(safe(title), style="bold")
    shown = [[safe(cell) for cell in row] for row in (table.rows[:rows] if rows else table.rows)]
    if not shown:
        yield Text("  (none)")
        return
    columns = [Column(name, [row[k] for row in shown]) for k, name in enumerate(map(safe, table.columns))]
    for k, part in enumerate(in_parts(columns, width)):
        if k:
            yield Text("")
        yield _part(part, width)
    if left := len(table.rows) - len(shown):
        yield Text(f"… and {left:,} more rows (--rows 0 shows all, {rest})", style="dim")


class Column:
    """One column with the room it needs."""

    def __init__(self, name: str, cells: Sequence[str]) -> None:
        self.name, self.cells = name, cells
        texts = (name, *cells)
        pieces = [w for t in texts for w in ([t] if cell_len(t) <= SHORT else t.split())]
        self.least = max(1, min(max((cell_len(w) for w in pieces), default=1), WORD))
        self.full = max((cell_len(line) for t in texts for line in t.splitlines()), default=1) or 1


def in_parts(columns: Sequence[Column], width: int) -> list[list[Column]]:
    """Columns in parts that fit the width, each led by the first column.

    Examples
    --------
    >>> columns = [Column(n, ["x" * 15]) for n in "abcde"]
    >>> [[c.name for c in part] for part in in_parts(columns, 60)]
    [['a', 'b', 'c'], ['a', 'd', 'e']]
    """
    first, *others = columns
    parts = [[first]]
    for column in others:
        needed = sum(c.least + PAD for c in (*parts[-1], column)) - PAD
        if needed > width and len(parts[-1]) > 1:
            parts.append([first])
        parts[-1].append(column)
    return parts


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """The width of each column: what its words need, then a fair share of the rest.

    Examples
    --------
    >>> widths([Column("id", ["s1"]), Column("because", ["a long sentence of many words"])], 24)
    [2, 20]
    """
    room = width - PAD * (len(columns) - 1)
    given = [c.least for c in columns]
    if sum(given) > room:  # one word is wider than the page: it is folded, not cut
        widest = given.index(max(given))
        given[widest] = max(1, given[widest] - (sum(given) - room))
        return given
    spare = room - sum(given)
    while spare and (hungry := [k for k, c in enumerate(columns) if given[k] < c.full]):
        share = max(1, spare // len(hungry))
        for k in hungry:
            more = min(share, columns[k].full - given[k], spare)
            given[k] += more
            spare -= more
    return given


def _part(columns: Sequence[Column], width: int) -> RichTable:
    made = RichTable(box=SIMPLE_HEAD, pad_edge=False, padding=(0, PAD - 1, 0, 0), header_style="bold")
    made.show_edge = False
    for column, size in zip(columns, widths(columns, width), strict=True):
        made.add_column(Text(column.name), width=size, overflow="fold")
    for cells in zip(*(c.cells for c in columns), strict=True):
        made.add_row(*(Text(cell) for cell in cells))
    return made
