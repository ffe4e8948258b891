"""Files of JSON and YAML as plain data that knows its places, for formats whose models are several files."""

from __future__ import annotations

from typing import Any

from accordant.case.files import decode
from accordant.case.places import Path, find
from accordant.case.tree import grow, plain
from accordant.errors import Problem
from accordant.exchange.formats import File
from accordant.exchange.gmcr_json import Object, dotted, locate, parse
from accordant.exchange.source import Place, Source

PLACED = 2_000_000
"""Characters of JSON in which lines are looked for: finding one means reading up to it."""


def read(file: File) -> tuple[Source, Any] | tuple[Problem, ...]:
    """The data of a file with a collector for what is wrong with it, or why there is none.

    Numbers are the text that was written; keys that stand twice are mistakes.
    """
    start = file.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return _json(file) if start in (b"{", b"[") else _yaml(file)


def _json(file: File) -> tuple[Source, Any] | tuple[Problem, ...]:
    name = str(file.path)
    parsed = parse(file.raw, name, exact=True)
    if isinstance(parsed, Problem):
        return (parsed,)
    data, words = parsed

    def place(where: Path | None) -> Place:
        path = where or ()
        if len(words.text) > PLACED:
            return None, None, dotted(path)
        at = locate(words.text, path)
        return words.text.count("\n", 0, at) + 1, at - words.text.rfind("\n", 0, at), dotted(path)

    source = Source(file, place)
    _twice(source, data, ())
    return source, data


def _twice(source: Source, data: Any, path: Path) -> None:
    if isinstance(data, Object):
        for key in data.twice:
            source.error((*path, key), f"the key {key!r} stands twice", found=key)
        for key, value in data.items():
            _twice(source, value, (*path, key))
    elif isinstance(data, list):
        for k, value in enumerate(data):
            _twice(source, value, (*path, k))


def _yaml(file: File) -> tuple[Source, Any] | tuple[Problem, ...]:
    name = str(file.path)
    text = decode(file.raw, name)
    if isinstance(text, Problem):
        return (text,)
    tree, problems = grow(text, name)
    if tree is None or problems:
        return tuple(problems) or (Problem("is empty", file=name),)

    def place(where: Path | None) -> Place:
        path = where or ()
        found = find(tree, tuple(str(s) if isinstance(s, str) else s for s in path), name)
        return found.line, found.column, dotted(path)

    return Source(file, place), plain(tree)


def mapping(source: Source, data: Any, where: Path, what: str) -> dict[str, Any]:
    """A part that has to be a mapping; an empty one where it is not, which is said."""
    if isinstance(data, dict):
        return data
    found = "nothing" if data is None else "a list" if isinstance(data, list) else str(data)[:40]
    source.error(where, f"{what} has to be a mapping", found=found)
    return {}


def listing(source: Source, data: Any, where: Path, what: str) -> list[Any]:
    """A part that has to be a list; an empty one where it is not, which is said."""
    if isinstance(data, list):
        return data
    found = "nothing" if data is None else "a mapping" if isinstance(data, dict) else str(data)[:40]
    source.error(where, f"{what} has to be a list", found=found)
    return []
