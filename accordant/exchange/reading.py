"""Opening foreign files as a case."""

from __future__ import annotations

from pathlib import Path

from accordant.case.folder import CaseFolder
from accordant.errors import CaseError, Problem
from accordant.exchange.formats import Format, Given, Imported, Scale
from accordant.exchange.gathering import MOST, gather, scale_for
from accordant.opened import OpenCase


def read(format: Format, *paths: str | Path, scale: Scale | None = None) -> Imported:
    """Foreign files as a case, or every mistake in them; raises nothing for mistakes.

    Parameters
    ----------
    paths
        One file or folder, where what belongs to it is found beside it, or the files one by one.
    scale
        How numbers are taken; by default as the format does.

    Examples
    --------
    >>> from accordant.exchange import recognise
    >>> read(recognise("no.gmcr"), "no.gmcr").problems[0].message
    'there is no such file'
    """
    named = [Path(path) for path in paths]
    if format.read is None:
        hint = "only writing it is possible"
        return Imported(None, (Problem(f"cannot be read: {format.title}", file=str(named[0]), hint=hint),))
    files, problems = gather(format, named)
    if problems or not files:
        return Imported(None, problems or (Problem("holds no model", file=str(named[0])),))
    if len(files) > MOST:
        message = f"has {len(files) - 1:,} profiles beside it; at most {MOST:,} are read"
        return Imported(None, (Problem(message, file=str(named[0]), hint="name those that you want"),))
    if scale and scale not in format.scales:
        message = f"has no scale to choose: {format.title} holds no such numbers"
        return Imported(None, (Problem(message, file=str(named[0])),))
    return format.read(Given(files, scale_for(format, scale)))


def open_foreign(format: Format, *paths: str | Path, scale: Scale | None = None) -> OpenCase:
    """Foreign files opened for analysis like any case.

    Raises
    ------
    CaseError
        With every mistake in the files at once.
    """
    found = read(format, *paths, scale=scale)
    if found.case is None:
        raise CaseError(found.problems)
    opened = OpenCase(CaseFolder(Path(paths[0]), found.case, found.problems))
    opened.foreign = found
    return opened
