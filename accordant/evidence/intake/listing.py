"""What is to be read: files, folders, lists of paths and standard input, in an order that does not change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from accordant.errors import ReportError
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.intake.opening import STANDARD_INPUT, read_bytes

ENDINGS = frozenset((".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".eml"))
"""What is read of the files in a folder; a file that is named is looked at whatever its ending."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not read, and why.

    Attributes
    ----------
    name
        What it was called.
    says
        Why, as a sentence that begins with the name.
    kind
        ``error``: it was to be read and could not be; ``duplicate``: the same bytes were read
        before; ``left-out``: nobody asked for it by name, and it is no report.
    """

    name: str
    says: str
    kind: Literal["error", "duplicate", "left-out"] = "error"


def listed(paths: Iterable[str | Path], limits: Limits = LIMITS) -> list[Path | Refused]:
    """The files that a command names, folders and lists followed.

    Parameters
    ----------
    paths
        Files, folders, ``@list`` (a file with a path in each line, from the list's own folder) and
        ``-`` for standard input.

    Returns
    -------
    list
        Files in the order in which they were named, those of a folder by name; and what was left out.

    Examples
    --------
    >>> listed(["a.txt", "-"]) == [Path("a.txt"), Path("-")]
    True
    """
    found: list[Path | Refused] = []
    files = 0
    for path in _named(paths, limits):
        if isinstance(path, Refused) or not _is_folder(path):
            entries: Iterable[Path | Refused] = [path]
        else:
            entries = _folder(path, limits)
        for entry in entries:
            files += isinstance(entry, Path)
            if files > limits.files:
                says = f"{path}: more than {limits.files:,} reports in one go; name a part of them"
                return [Refused(str(path), says)]
            found.append(entry)
    return found


def _named(paths: Iterable[str | Path], limits: Limits) -> Iterator[Path | Refused]:
    for path in paths:
        name = str(path)
        if not name.startswith("@") or os.path.lexists(name):
            yield Path(path)
            continue
        try:
            yield from _list(Path(name[1:]), limits)
        except ReportError as error:
            yield Refused(name, str(error))


def _list(path: Path, limits: Limits) -> Iterator[Path | Refused]:
    """The paths in a list: one in a line, ``#`` for remarks."""
    raw = read_bytes(path, limits)
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: a list of paths is UTF-8; byte {error.start} does not fit") from None
    if len(lines) > limits.looked_at:
        raise ReportError(f"{path}: more than {limits.looked_at:,} lines; a list has a path in each line")
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if words.startswith("@") or words == STANDARD_INPUT or "\0" in words or len(words) > 4096:
            yield Refused(f"{path}:{number}", f"{path}:{number}: a list names files and folders only")
        else:
            yield path.parent / words


def _is_folder(path: Path) -> bool:
    try:
        return str(path) != STANDARD_INPUT and path.is_dir()
    except (OSError, ValueError):
        return False


def _folder(path: Path, limits: Limits) -> Iterator[Path | Refused]:
    """The reports in a folder and in the folders inside it; links are not followed."""
    others: list[str] = []
    odd: list[str] = []
    found: list[Path] = []
    looked_at = 0
    waiting = [(path, 0)]
    while waiting:
        folder, depth = waiting.pop()
        if depth > limits.folders:
            yield Refused(str(folder), f"{folder}: more than {limits.folders} folders deep; not read")
            continue
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    looked_at += 1
                    if looked_at > limits.looked_at:
                        says = (
                            f"{path}: more than {limits.looked_at:,} files; name a smaller folder, or a list"
                        )
                        yield Refused(str(path), says)
                        return
                    if entry.name.startswith((".", "~$")):
                        continue  # hidden, or the lock of an open document
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((Path(entry.path), depth + 1))
                    elif not entry.is_file(follow_symlinks=False):
                        odd.append(os.path.relpath(entry.path, path))
                    elif os.path.splitext(entry.name)[1].lower() in ENDINGS:
                        found.append(Path(entry.path))
                    else:
                        others.append(os.path.relpath(entry.path, path))
        except OSError as error:
            yield Refused(str(folder), f"{folder}: cannot be read: {error.strerror or error}")
    yield from sorted(found, key=lambda p: [(part.casefold(), part) for part in p.parts])
    if odd:
        says = f"{path}: not followed: {_shown(odd)} (links, pipes or devices)"
        yield Refused(str(path), says, "left-out")
    if others:
        says = f"{path}: left out: {_shown(others)} (read are {', '.join(sorted(ENDINGS))})"
        yield Refused(str(path), says, "left-out")
    if not found:
        yield Refused(str(path), f"{path}: no report in this folder")


def _shown(names: list[str]) -> str:
    names = sorted(names)
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
