"""What the states are that a page names: printed once, after the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from accordant.cli.output import safe

if TYPE_CHECKING:
    from accordant.model.compiler import Compiler

MOST = 12
"""States that are described; the rest are counted."""
HUGE = 4096
"""States of a case above which none is described."""
_NAMED = re.compile(r"holds\(([^,()]+),")


def described(compiler: Compiler, conclusions: Iterable[str]) -> Iterator[RenderableType]:
    """A line for each state that conclusions are about: how it differs from the status quo.

    Nothing for a case without issues or with very many states.
    """
    space = compiler.space()
    if not space.issues or space.n > HUGE:
        return
    named = dict.fromkeys(name for c in conclusions for name in _NAMED.findall(c))
    known = [name for name in named if name in space.numbers]
    if known:
        yield Text("")
    for name in known[:MOST]:
        yield Padding(Text(safe(f"{name}: {_says(compiler, name)}"), style="dim"), (0, 0, 0, 2))
    if len(known) > MOST:
        more = f"… and {len(known) - MOST:,} more states (accordant states lists all)"
        yield Padding(Text(more, style="dim"), (0, 0, 0, 2))


def _says(compiler: Compiler, name: str) -> str:
    space, view = compiler.space(), compiler.view()
    state = space.numbers[name]
    whose = [p for p in compiler.case.proposals if view.package(p).state == state]
    outcome = f"{', '.join(whose)}'s outcome: " if whose else ""
    values = space.values_of(state)
    if view.status_quo is None:
        return outcome + ", ".join(f"{i}={v}" for i, v in values.items())
    if state == view.status_quo:
        return outcome + "the status quo: " + ", ".join(f"{i}={v}" for i, v in values.items())
    now = space.values_of(view.status_quo)
    other = [f"{i}={v}" for i, v in values.items() if v != now[i]]
    rest = "" if len(other) == len(values) else "; otherwise as in the status quo"
    return outcome + ", ".join(other) + rest
