"""The states that a page names, spelled out: what "s8" stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.tables import Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.opened import OpenCase

MOST = 60
"""Most states that are spelled out below a page."""


def states_named(opened: OpenCase, names: Iterable[str]) -> Iterator[RenderableType]:
    """A table of what the named states stand for, in the order of the case.

    Nothing where a case has no issues, so that its states are their names. Names that are no states
    of the case as written are passed over.
    """
    space = opened.compiler.view().space
    numbers = sorted({space.numbers[name] for name in set(names) if name in space.numbers})
    if not space.issues or not numbers:
        return
    shown = numbers[:MOST]
    issues = opened.case.issues
    rows = tuple((space.name(s), *(issues[i].shown(v) for i, v in space.values_of(s).items())) for s in shown)
    yield Text("")
    yield Page(Table("The states named here", ("state", *space.issues), rows))
    if more := len(numbers) - len(shown):
        yield Text(f"… and {more:,} more (accordant states lists them)", style="dim")
