"""What a case says that a foreign format has no place for, item by item.

A format names the keys that it carries; everything else that the case says is a warning with its path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from accordant.case.base import Grounded, Node
from accordant.case.findings import Findings
from accordant.case.objects import Case, Either
from accordant.case.places import Path

GROUNDS = ("because", "assumed", "unsure", "note")


def files(format: str) -> str:
    """The files of a format in a sentence, from an ending or from what the program is called.

    Examples
    --------
    >>> files(".gmcr"), files("NegMAS"), files("Genius")
    ('a .gmcr file', "NegMAS' files", "Genius' files")
    """
    if format.startswith("."):
        return f"a {format} file"
    return f"{format}' files" if format.lower().endswith("s") else f"{format}'s files"


def no_place(say: Findings, case: Case, carried: Collection[str], ending: str) -> None:
    """Everything at the top of the case, and every party that only watches, carries or vetoes.

    Parameters
    ----------
    carried
        Keys of the case that the format has a place for.
    ending
        Of the format's files, or what the program is called, for the message.
    """
    message = f"has no place in {files(ending)}; left out"
    for name, field in Case.model_fields.items():
        value = getattr(case, name)
        if name in carried or field.exclude or value == field.get_default(call_default_factory=True):
            continue
        # a mapping or a list is left out item by item
        for key in (
            value if isinstance(value, dict) else range(len(value)) if isinstance(value, tuple) else ()
        ):
            say.warning((name, key), message, on_key=True)
        if not isinstance(value, dict | tuple):
            say.warning((name,), message, on_key=True)
    for section in ("reports", "origins", "claims"):
        for id_ in getattr(case.sources, section):
            say.warning((section, id_), message, on_key=True)


def fields_left(say: Findings, path: Path, node: Node, carried: Collection[str], ending: str) -> None:
    """Every key of one part that the format has no place for; grounds are told apart."""
    for name, field in type(node).model_fields.items():
        told_apart = isinstance(node, Grounded) and name in GROUNDS
        if name in carried or told_apart or field.is_required():
            continue
        if getattr(node, name) != field.get_default(call_default_factory=True):
            say.warning(
                (*path, field.alias or name), f"has no place in {files(ending)}; left out", on_key=True
            )


def grounds_left(say: Findings, part: Any, path: Path, ending: str) -> None:
    """What parts stand on, what is unsure, and remarks, wherever they are."""
    for at, node in _grounded(part, path):
        if node.because or node.assumed:
            say.warning(at, f"what it stands on has no place in {files(ending)}; left out", on_key=True)
        if node.unsure:
            say.warning(at, "is unsure; written as if it counted", on_key=True)
        if node.note:
            say.warning((*at, "note"), f"has no place in {files(ending)}; left out", on_key=True)


def _grounded(part: Any, path: Path) -> Iterator[tuple[Path, Grounded]]:
    if isinstance(part, Grounded):
        yield path, part
    if isinstance(part, Node):
        for name, field in type(part).model_fields.items():
            yield from _grounded(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _grounded(value, (*path, key))
    elif isinstance(part, tuple):
        for k, value in enumerate(part):
            yield from _grounded(value, (*path, k))


def groups_left(say: Findings, case: Case) -> None:
    """Lines whose order among each other is not known."""
    for party, preference in case.preferences.items():
        for k, entry in enumerate(preference.priorities or ()):
            if isinstance(entry, Either):
                path: Path = ("preferences", party, "priorities", k)
                say.warning(path, "the order of these lines is not known; written in the order given")
