"""Where the parts of a case stand in its files.

A path names a part: ``preferences.south.priorities.3.want``. Lists are counted from 1, as in the
ids of elements, so that ``south.priorities.3`` and ``feasible.1`` are found too; ``priorities[2]``
counts from 0, and so do the integers of a path given as a tuple. Steps that a shorthand leaves out
(``want``, ``rule``, ``state``) are passed over, and of a path that leads nowhere its last known
step is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from accordant.case.tree import Entry, Mapping, Scalar, Sequence, Span, Tree

Path: TypeAlias = "tuple[str | int, ...]"

_BRACKETS = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, line and column from 1; the tree that stands there, if any."""

    file: str
    line: int
    column: int
    tree: Tree | None = None


def written(path: Path) -> str:
    """A path as people read it.

    Examples
    --------
    >>> written(("preferences", "south", "priorities", 2, "want"))
    'preferences.south.priorities.3.want'
    """
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def steps(path: str) -> Path:
    """A written path as steps; what counts from 0 in brackets becomes an integer."""
    found: list[str | int] = []
    for part in path.split("."):
        name = _BRACKETS.sub("", part)
        if name:
            found.append(name)
        found.extend(int(k) for k in _BRACKETS.findall(part))
    return tuple(found)


def find(tree: Tree, path: Path, file: str, *, key: bool = False) -> Place:
    """The place of the part that a path leads to, or of the last step that exists.

    Parameters
    ----------
    key
        The place of the key rather than of its value.
    """
    span, node = tree.span, tree
    while path:
        step, used = _step(node, path)
        path = path[used:]
        if step is None:
            continue
        node = step.value if isinstance(step, Entry) else step
        on_key = isinstance(step, Entry) and (key or not isinstance(node, Scalar))
        span = step.at if on_key and isinstance(step, Entry) else node.span
    return Place(file, span.line + 1, span.column + 1, node)


def _step(node: Tree, path: Path) -> tuple[Entry | Tree | None, int]:
    """The next node and how many steps it takes; None where the step is not written out."""
    if isinstance(node, Mapping):
        return _into_mapping(node, path)
    if isinstance(node, Sequence):
        return _item(node, path[0]), 1
    return None, 1


def _into_mapping(node: Mapping, path: Path) -> tuple[Entry | Tree | None, int]:
    # A key may hold dots (a value called 0.10): the shortest key that exists is taken.
    for used in range(1, len(path) + 1):
        entry = node.get(".".join(map(str, path[:used])))
        if entry is not None:
            return entry, used
    group = node.get("either")
    if group is not None and isinstance(group.value, Sequence):
        return _item(group.value, path[0]), 1
    return None, 1


def _item(node: Sequence, step: str | int) -> Tree | None:
    if isinstance(step, str):
        if not step.isdecimal():
            return None
        step = int(step) - 1
    return node.items[step] if 0 <= step < len(node.items) else None


def columns_in(text: str, place: Place, offset: int) -> int | None:
    """The column of a character inside a scalar, where it stands in the file as it reads.

    None where the scalar is folded, escaped or not found, so that no column can be given.
    """
    node = place.tree
    if not isinstance(node, Scalar) or node.value is None:
        return None
    inside = 1 if node.style in ("'", '"') else 0
    raw = text[node.span.start + inside : node.span.end - inside]
    return node.span.column + 1 + inside + offset if raw == node.value and "\n" not in raw else None


def top_keys(tree: Tree | None) -> Iterable[str]:
    """The keys of the outermost mapping."""
    return [entry.key for entry in tree.entries] if isinstance(tree, Mapping) else []


def start_of(span: Span) -> tuple[int, int]:
    """Line and column of a span, from 1."""
    return span.line + 1, span.column + 1
