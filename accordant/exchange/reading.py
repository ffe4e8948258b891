"""Opening a foreign file as a case."""

from __future__ import annotations

from pathlib import Path

from accordant.case.files import LIMIT, read_bytes
from accordant.case.folder import CaseFolder
from accordant.errors import CaseError, Problem
from accordant.exchange.formats import Format, Imported
from accordant.opened import OpenCase


def read(format: Format, path: str | Path) -> Imported:
    """A foreign file as a case, or every mistake in it; raises nothing for mistakes.

    Examples
    --------
    >>> from accordant.exchange import recognise
    >>> read(recognise("no.gmcr"), "no.gmcr").problems[0].message
    'there is no such file'
    """
    raw = read_bytes(Path(path), str(path), LIMIT)
    if isinstance(raw, Problem):
        return Imported(None, (raw,))
    return format.read(raw, Path(path))


def open_foreign(format: Format, path: str | Path) -> OpenCase:
    """A foreign file opened for analysis like any case.

    Raises
    ------
    CaseError
        With every mistake in the file at once.
    """
    found = read(format, path)
    if found.case is None:
        raise CaseError(found.problems)
    opened = OpenCase(CaseFolder(Path(path), found.case, found.problems))
    opened.foreign = found
    return opened
