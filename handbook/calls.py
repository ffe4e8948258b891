"""The reference of the library: what is public, as its docstrings have it.

Public are the names of ``accordant`` itself, the calls of an open case, what these give back, and what the
examples in the pages import.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import accordant
from accordant.opened import OpenCase

ROOMS = {
    "model": "States and moves",
    "stability": "What holds",
    "agreement": "Agreements",
    "reliance": "What answers rest on",
    "history": "Through time and side by side",
    "evidence": "Reports, claims and sources",
    "exchange": "Other programs and tables",
    "brief": "Documents",
}
"""The rooms of the package whose results are shown, with the heading over them."""
BARE = ("Case", "CaseFolder")
"""Classes shown by their docstring alone: their fields are the keys of the case format."""
DOCUMENTS = [
    "What a document is made of, and the look that a house gives it.",
    ".. automodule:: accordant.brief.document\n   :members:\n   :exclude-members: __init__",
    ".. autoclass:: accordant.brief.house.House\n   :members:\n   :exclude-members: __init__",
]
INDEX = """\
The library
===========

Every command is one call. :func:`accordant.load` opens a case, the calls of
:class:`~accordant.opened.OpenCase` answer, and what they give back is frozen, says how it was made, and turns
into a table, JSON or a data frame. The examples here are run by the tests; :doc:`JSON </json>` names the keys
of what ``to_json`` gives.

.. toctree::
   :maxdepth: 1

"""


def write(source: Path) -> list[str]:
    """Write the reference, and say where it starts."""
    folder = source / "api"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"opening": _opening(), "case": _case(), **dict(_results()), "further": _further()}
    for name, text in texts.items():
        (folder / f"{name}.rst").write_text(text, encoding="utf-8")
    index = INDEX + "".join(f"   {name}\n" for name in texts)
    (folder / "index.rst").write_text(index, encoding="utf-8")
    return ["api/index"]


def _titled(title: str, *parts: str) -> str:
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *parts]) + "\n"


def _shown(home: str, name: str, thing: Any) -> str:
    if not inspect.isclass(thing):
        return f".. autofunction:: {home}.{name}" if callable(thing) else f".. autodata:: {home}.{name}"
    if issubclass(thing, BaseException):
        return f".. autoexception:: {home}.{name}"
    if name in BARE:
        return f".. autoclass:: {home}.{name}"
    return f".. autoclass:: {home}.{name}\n   :members:\n   :exclude-members: __init__"


def _opening() -> str:
    """What ``accordant`` itself holds: functions first, then what can go wrong."""
    named = [(name, getattr(accordant, name)) for name in accordant.__all__ if not name.startswith("_")]
    of = {name: thing for name, thing in named if thing is not OpenCase}
    functions = [_shown("accordant", n, t) for n, t in of.items() if not inspect.isclass(t)]
    errors = [
        _shown(t.__module__, n, t)
        for n, t in of.items()
        if inspect.isclass(t) and (issubclass(t, Exception) or n == "Problem")
    ]
    classes = [_shown(t.__module__, n, t) for n, t in of.items() if n in BARE]
    tree = inspect.getdoc(importlib.import_module("accordant.errors")) or ""
    return _titled(
        "Opening a case",
        *functions,
        *classes,
        "What can go wrong\n-----------------",
        tree.partition("\n\n")[2],
        *errors,
    )


def _case() -> str:
    shown = ".. autoclass:: accordant.opened.OpenCase\n   :members:\n   :inherited-members:"
    return _titled("An open case", shown)


def _results() -> Iterator[tuple[str, str]]:
    """A page for each room with the classes that the calls of an open case give back."""
    given: dict[str, dict[str, Any]] = {room: {} for room in ROOMS}
    for _, call in inspect.getmembers(OpenCase, inspect.isfunction):
        if call.__name__.startswith("_"):
            continue
        homes = _imports(importlib.import_module(call.__module__))
        for name in re.findall(r"[A-Z]\w+", str(call.__annotations__["return"])):
            home = homes.get(name, "")
            if home and (room := home.split(".")[1]) in given:
                given[room][name] = getattr(importlib.import_module(home), name)
    for room, classes in given.items():
        shown = [_shown(t.__module__, n, t) for n, t in sorted(classes.items())]
        shown = DOCUMENTS if room == "brief" else shown
        if shown:
            yield room, _titled(ROOMS[room], *shown)


def _told(name: str, thing: Any) -> bool:
    """Whether another page of the reference has it."""
    return name in accordant.__all__ or thing.__module__ == "accordant.brief.document"


def _imports(module: ModuleType) -> dict[str, str]:
    """Where the names come from that a module imports from Accordant, also for its annotations alone."""
    nodes = ast.walk(ast.parse(inspect.getsource(module)))
    return {
        alias.name: node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("accordant.")
        for alias in node.names
        if node.module
    }


def _further() -> str:
    """What the examples in the pages import besides ``accordant`` itself."""
    root = Path(accordant.__file__).parent.parent
    found: dict[str, set[str]] = {}
    for page in sorted([root / "README.md", *(root / "docs").rglob("*.md")]):
        for home, names in re.findall(
            r"^(?:>>> )?from (accordant[\w.]*) import ([\w, ]+)$",
            page.read_text(encoding="utf-8"),
            re.MULTILINE,
        ):
            found.setdefault(home, set()).update(name.split()[0] for name in names.split(","))
    parts = []
    for home, names in sorted(found.items()):
        things = {n: getattr(importlib.import_module(home), n) for n in sorted(names)}
        shown = [_shown(home, n, t) for n, t in things.items() if callable(t) and not _told(n, t)]
        parts += [f"``{home}``\n{'-' * (len(home) + 4)}", *shown] if shown else []
    return _titled("What the examples import", *parts)
