"""Which two versions, or which two cases, are meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from accordant.case.digest import digest
from accordant.case.folder import CASE_FILE, CaseFolder
from accordant.errors import InputError
from accordant.history.changes_diff import Side
from accordant.history.versions import NOW, VERSION_FILE, FrozenVersion, read_version, versions_of

Open: TypeAlias = Callable[[Path], CaseFolder]
"""Opens another case."""


def sides(folder: CaseFolder, old: str | None, new: str | None, opened: Open) -> tuple[Side, Side]:
    """The two sides of a comparison in time.

    Parameters
    ----------
    old, new
        Names of versions, ``now`` for the case as it stands, or other cases by their folders. By default
        the last version and now; a case that is named alone is what it became.

    Raises
    ------
    InputError
        If there is no such version, or no version at all.
    """
    if old is None and new is None:
        last = versions_of(folder.path).last
        if last is None:
            raise InputError(
                f"{folder.path} has no versions yet; 'accordant freeze {folder.path}' makes one; "
                "two cases are compared by 'accordant diff CASE OTHER'"
            )
        return of_version(last), as_it_is(folder)
    if old is not None and new is None and not _is_version(folder, old) and _is_case(old):
        return as_it_is(folder, str(folder.path)), _side(folder, old, opened)
    return _side(folder, old or NOW, opened), _side(folder, new or NOW, opened)


def _side(folder: CaseFolder, name: str, opened: Open) -> Side:
    if name == NOW:
        return as_it_is(folder)
    if not _is_version(folder, name) and _is_case(name):
        if (Path(name) / VERSION_FILE).is_file():
            return of_version(read_version(Path(name)))
        return as_it_is(opened(Path(name)), name)
    return of_version(versions_of(folder.path)[name])


def _is_version(folder: CaseFolder, name: str) -> bool:
    known = versions_of(folder.path)
    return any(one.id == name for one in (*known.found, *known.damaged))


def _is_case(name: str) -> bool:
    path = Path(name)
    return path.is_file() or (path / CASE_FILE).is_file()


def of_version(one: FrozenVersion) -> Side:
    """A version as one side."""
    case = one.case()
    return Side(one.id, case, digest(case), one.about, one.answers())


def as_it_is(folder: CaseFolder, label: str = NOW) -> Side:
    """A case as it stands in its folder."""
    return Side(label, folder.case, folder.digest)


def latest(folder: CaseFolder) -> tuple[Side, Side] | None:
    """The last version that says something else than the case as it is, and the case; None without one.

    Where the case has been frozen as it is, that version's mark for direction goes with it.
    """
    known = versions_of(folder.path).found
    now = as_it_is(folder)
    for one in reversed(known):
        if one.about is None:
            continue
        if one.about.case != folder.digest:
            return of_version(one), now
        if now.version is None:
            now = replace(now, version=one.about)
    return None
