"""The formats of other programs that can be read and written, and which of them files are in.

Importing this module, and the modules of the formats, is cheap: reading and writing import what they
need when they are called. What stands for a case is one file, a folder that holds the files of one
model, or such a file with the others beside it; see :mod:`accordant.exchange.gathering`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from accordant.errors import InputError, Problem

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase

MODULES = ("gmcr", "genius", "geniusweb", "negmas", "negolog", "nfg", "graphml", "dot", "webannotation")
"""Modules of this package that hold a ``FORMAT``; a further format is one more name here."""

OWN = ("case.yaml", "claims.yaml")
"""Files of a case: never looked at as if they were another program's."""

Role: TypeAlias = Literal["whole", "domain", "profile"]
"""What one file is: all of a model, what it is about, or what one party wants."""
Scale: TypeAlias = Literal["genius", "file"]
"""How numbers are taken: weights that sum to one and evaluations up to one, or as they are written."""
SCALES: tuple[Scale, ...] = ("genius", "file")


@dataclass(frozen=True, slots=True)
class Named:
    """What a part of a case is called on both sides.

    Attributes
    ----------
    kind
        ``party``, ``option``, ``issue``, ``value``, ``strategy`` or ``state``.
    case
        Its id or name in the case; of one value of an issue ``issue = value``.
    file
        Its name or number in the foreign file.
    """

    kind: str
    case: str
    file: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a conversion had to settle: what the file says, what became of it, and why.

    Attributes
    ----------
    about
        What it is about, such as ``scale`` or ``reservation of north``.
    file
        What the file says, as written; empty where it says nothing.
    case
        What was taken for it.
    assumed
        Whether that is not what the file says, but a convention of the program.
    """

    about: str
    file: str
    case: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class File:
    """One foreign file as it was read."""

    path: Path
    raw: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What stands for one case: its files, and how their numbers are to be taken.

    Attributes
    ----------
    files
        All files of the model, the domain first.
    scale
        None for what the format does by itself.
    """

    files: tuple[File, ...]
    scale: Scale | None = None

    @classmethod
    def of(cls, raw: bytes, path: Path, scale: Scale | None = None) -> Given:
        """One file alone."""
        return cls((File(path, raw),), scale)

    @property
    def path(self) -> Path:
        """The first file."""
        return self.files[0].path


@dataclass(frozen=True)
class Imported:
    """Foreign files as a case.

    Attributes
    ----------
    case
        None where there are mistakes.
    problems
        Every mistake, and a warning for everything that could not be carried over.
    names
        What everything is called in the files.
    format
        The name of their format.
    told
        What the files said and what was assumed.
    scale
        How numbers were taken; empty where there is nothing to choose.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    names: tuple[Named, ...] = ()
    format: str = ""
    told: tuple[Told, ...] = ()
    scale: str = ""


@dataclass(frozen=True)
class Exported:
    """A case as foreign files.

    Attributes
    ----------
    files
        The content of each file by its name; of a format that is one file the name is empty.
    problems
        A warning for everything that could not be carried over.
    names
        What everything is called in the files.
    told
        What was settled on the way.
    scale
        How numbers were written; empty where there is nothing to choose.
    """

    files: dict[str, bytes]
    problems: tuple[Problem, ...]
    names: tuple[Named, ...] = ()
    told: tuple[Told, ...] = ()
    scale: str = ""

    @property
    def content(self) -> bytes:
        """The one file there is."""
        (only,) = self.files.values()
        return only


@dataclass(frozen=True)
class Format:
    """One foreign format.

    Attributes
    ----------
    name
        Its short name, as in results and after ``--to``.
    title
        What people call it.
    endings
        That say by themselves that a file is of this format, with the dot, in small letters.
    role
        What bytes look like in this format, mistakes aside; None where they do not.
    read
        From files to a case; None where the format is only written.
    write
        From a case to files; raises InputError with every reason where the format cannot say it.
    looked_at
        Endings of files that may be of this format by what they hold.
    folder
        Whether a model is several files: a new folder is written for them.
    scales
        Which ways of taking numbers there are to choose from, the usual one first.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    role: Callable[[bytes], Role | None]
    read: Callable[[Given], Imported] | None
    write: Callable[[OpenCase, Scale | None], Exported]
    looked_at: tuple[str, ...] = ()
    folder: bool = False
    scales: tuple[Scale, ...] = field(default=())


def formats() -> tuple[Format, ...]:
    """Every format there is.

    Examples
    --------
    >>> [format.name for format in formats()]
    ['gmcr', 'genius', 'geniusweb', 'negmas', 'negolog', 'nfg', 'graphml', 'dot', 'webannotation']
    """
    return tuple(importlib.import_module(f"accordant.exchange.{name}").FORMAT for name in MODULES)


def by_name(name: str) -> Format:
    """The format of a name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> by_name("genius").title
    'Genius'
    """
    from accordant.errors import did_you_mean

    found = next((format for format in formats() if format.name == name), None)
    if found is None:
        names = [format.name for format in formats()]
        hint = did_you_mean(name, names)
        more = f"; {hint}" if hint else ""
        raise InputError(f"there is no format {name!r}; allowed: case, {', '.join(names)}{more}")
    return found


def by_ending(path: Path) -> Format | None:
    """The format that a file's ending names by itself.

    Examples
    --------
    >>> by_ending(Path("Elmira.GMCR")).title, by_ending(Path("case.yaml"))
    ('GMCR+', None)
    """
    ending = path.suffix.lower()
    return next((format for format in formats() if ending in format.endings), None)


def readable(path: Path) -> bool:
    """Whether a file's ending is one of those that foreign models are met with.

    Examples
    --------
    >>> readable(Path("laptop.xml")), readable(Path("claims.yaml")), readable(Path("notes.txt"))
    (True, False, False)
    """
    ending = path.suffix.lower()
    known = (ending in (*f.endings, *f.looked_at) for f in formats() if f.read)
    return path.name not in OWN and any(known)


def by_content(raw: bytes) -> tuple[Format, Role] | None:
    """The format that bytes look like, and what they are in it.

    Examples
    --------
    >>> format, role = by_content(b'<negotiation_template/>')
    >>> format.name, role
    ('genius', 'domain')
    """
    for format in formats():
        role = format.role(raw)
        if role is not None:
            return format, role
    return None


def recognise(path: str | Path) -> Format | None:
    """The format that a file or a folder is in, by its ending or else by content; None for a case.

    Examples
    --------
    >>> recognise("cases/elmira") is None
    True
    """
    from accordant.exchange.gathering import format_of

    return format_of(Path(path))


def accepted() -> str:
    """What may stand for a case, in words.

    Examples
    --------
    >>> accepted()
    'a case folder, its case.yaml, a .gmcr file, or a domain file with its profiles beside it'
    """
    endings = ", ".join(
        f"a {ending} file" for format in formats() if format.read for ending in format.endings
    )
    return f"a case folder, its case.yaml, {endings}, or a domain file with its profiles beside it"
