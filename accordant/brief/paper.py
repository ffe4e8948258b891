"""What a printed brief leaves to the screen: long tables behind pictures that show the same."""

from __future__ import annotations

from dataclasses import replace
from typing import overload

from accordant.brief import words
from accordant.brief.document import Figure, Text, rich

LONG = 12
"""Most rows of a table behind a picture that are printed below it."""


@overload
def left_to(figure: Figure, command: str, tells: str, longer_than: int = LONG) -> Figure: ...
@overload
def left_to(figure: None, command: str, tells: str, longer_than: int = LONG) -> None: ...
def left_to(figure: Figure | None, command: str, tells: str, longer_than: int = LONG) -> Figure | None:
    """The figure, its table not printed where it is long; a line says where its rows can be read.

    Only for pictures that show what the table does. On a screen, and in Markdown, nothing is left out.

    Parameters
    ----------
    figure
        The picture and its table, or None.
    command
        The command that tells as much, such as ``accordant network``.
    tells
        What it does: ``lists every step``.
    longer_than
        Most rows that are printed.
    """
    if figure is None:
        return None
    rows = sum(not row.group for row in figure.table.rows)
    if rows <= longer_than:
        return figure
    line = rich(
        Text(f"The table behind this picture ({words.counted(rows, 'row')}) opens in the page on a screen; "),
        Text(command, "code"),
        f" {tells}.",
    )
    return replace(figure, table=replace(figure.table, paper=line))
