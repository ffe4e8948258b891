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
from accordant.history.versions_verifying import skipped, used

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
    for name in (old, new):
        if name is not None and not name.strip():
            raise InputError(f"an empty name: give a version, {NOW!r} or another case; or leave it out")
    if old is None and new is None:
        known = versions_of(folder.path)
        last = known.last
        if last is None:
            raise InputError(
                "\n".join((*skipped(known), f"{folder.path} has no versions yet"))
                + f"; 'accordant freeze {folder.path}' makes one; "
                "two cases are compared by 'accordant diff CASE OTHER'"
            )
        side = of_version(last)
        return replace(side, warnings=(*skipped(known), *side.warnings)), as_it_is(folder)
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
    return Side(one.id, case, digest(case), one.about, one.answers(), used(one))


def as_it_is(folder: CaseFolder, label: str = NOW) -> Side:
    """A case as it stands in its folder."""
    return Side(label, folder.case, folder.digest)


def latest(folder: CaseFolder) -> tuple[Side, Side] | None:
    """The last version that says something else than the case as it is, and the case; None without one.

    Where the case has been frozen as it is, that version's mark for direction goes with it.
    """
    try:
        known = versions_of(folder.path)
    except InputError:  # a file stands where the versions would be: there are none
        return None
    now = as_it_is(folder)
    for one in reversed(known.found):
        if one.about is None:
            continue
        if one.about.case != folder.digest:
            side = of_version(one)
            return replace(side, warnings=(*skipped(known), *side.warnings)), now
        if now.version is None:
            now = replace(now, version=one.about)
    return None
