"""Labels with words beside them."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from accordant.cli.output import safe

LABEL = 8
"""Columns of the labels."""


def row(label: str, words: str, indent: int) -> RenderableType:
    """A label and its words, which stay to the right of it where they wrap."""
    grid = Grid.grid(padding=0)
    grid.add_column(width=max(LABEL, len(label) + 1))
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style="dim"), Text(safe(words)))
    return Padding(grid, (0, 0, 0, indent))
