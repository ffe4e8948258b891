"""The formats of other programs that can be read and written, and which of them a file is in.

Importing this module, and the modules of the formats, is cheap: reading and writing import what they
need when they are called.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.errors import Problem

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase

MODULES = ("gmcr",)
"""Modules of this package that hold a ``FORMAT``; a further format is one more name here."""

OWN = ("case.yaml", "claims.yaml")
"""Files of a case: never looked at as if they were another program's."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a party, option or state is called on both sides.

    Attributes
    ----------
    kind
        ``party``, ``option`` or ``state``.
    case
        Its id or name in the case; of one value of an issue ``issue = value``.
    file
        Its name or number in the foreign file.
    """

    kind: str
    case: str
    file: str


@dataclass(frozen=True)
class Imported:
    """A foreign file as a case.

    Attributes
    ----------
    case
        None where there are mistakes.
    problems
        Every mistake, and a warning for everything that could not be carried over.
    names
        What everything is called in the file.
    format
        The name of its format.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    names: tuple[Named, ...] = ()
    format: str = ""


@dataclass(frozen=True)
class Exported:
    """A case as a foreign file.

    Attributes
    ----------
    content
        The file, whole.
    problems
        A warning for everything that could not be carried over.
    names
        What everything is called in the file.
    """

    content: bytes
    problems: tuple[Problem, ...]
    names: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Format:
    """One foreign format.

    Attributes
    ----------
    name
        Its short name, as in results.
    title
        What people call it.
    endings
        Of its files, with the dot, in small letters.
    looks
        Whether bytes look like a file of this format, mistakes aside.
    read
        From a file's bytes and its path to a case.
    write
        From a case to a file; raises InputError with every reason where the format cannot say it.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    looks: Callable[[bytes], bool]
    read: Callable[[bytes, Path], Imported]
    write: Callable[[OpenCase], Exported]


def formats() -> tuple[Format, ...]:
    """Every format there is.

    Examples
    --------
    >>> [format.name for format in formats()]
    ['gmcr']
    """
    return tuple(importlib.import_module(f"accordant.exchange.{name}").FORMAT for name in MODULES)


def by_ending(path: Path) -> Format | None:
    """The format that a file's ending names.

    Examples
    --------
    >>> by_ending(Path("Elmira.GMCR")).title, by_ending(Path("case.yaml"))
    ('GMCR+', None)
    """
    ending = path.suffix.lower()
    return next((format for format in formats() if ending in format.endings), None)


def recognise(path: str | Path) -> Format | None:
    """The format that a file is in, by its ending or else by its content; None for a case or a folder.

    Examples
    --------
    >>> recognise("cases/elmira") is None
    True
    """
    file = Path(path)
    if file.name in OWN or file.is_dir():
        return None
    known = by_ending(file)
    if known is not None or not file.is_file():
        return known
    from accordant.case.files import LIMIT, read_bytes

    raw = read_bytes(file, str(file), LIMIT)
    if isinstance(raw, Problem):
        return None
    return next((format for format in formats() if format.looks(raw)), None)


def accepted() -> str:
    """What may stand for a case, in words.

    Examples
    --------
    >>> accepted()
    'a case folder, its case.yaml or a .gmcr file'
    """
    endings = " or ".join(f"a {ending} file" for format in formats() for ending in format.endings)
    return f"a case folder, its case.yaml or {endings}"
