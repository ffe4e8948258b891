"""Whether versions still are what they were when they were frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accordant.case.digest import digest
from accordant.errors import AccordantError, Problem
from accordant.history.versions import (
    ANSWERS_FILE,
    FOLDER,
    KEPT,
    VERSION_FILE,
    FrozenVersion,
    VersionFile,
    Versions,
    digest_of,
    file_hash,
    report_hash,
)


def verified(folder: Path, versions: Versions) -> dict[str, tuple[str, ...]]:
    """For each version in words what differs from when it was frozen; nothing where it is whole.

    Every hash is worked out again: of the files kept, of the reports in the case folder, of the answers, of
    the whole, of ``version.yaml`` itself, and of the version that it follows.
    """
    seals = {one.id: one.about.seal for one in versions.found if one.about}
    found = {}
    for one in versions.found:
        if one.about is not None:
            found[one.id] = tuple(_differences(folder, one, one.about, seals))
    for one in versions.damaged:
        found[one.id] = tuple(map(str, one.problems))
    return found


def kept_differences(one: FrozenVersion) -> tuple[str, ...]:
    """What a version itself keeps that is not as it was when it was frozen, in words.

    These are the files in its own folder; reports, which stand in the case folder, may have gone on.
    """
    about = one.about
    if about is None:
        return tuple(map(str, one.problems))
    said = []
    for name, sha in about.files.items():
        if name in KEPT or name == ANSWERS_FILE:
            said += _difference(file_hash(one.path / name, name), sha, f"{FOLDER}/{one.id}/{name}")
    if about.sealed() != about.seal:
        said.append(f"{FOLDER}/{one.id}/{VERSION_FILE} is not as it was")
    return tuple(said)


def used(one: FrozenVersion) -> tuple[str, ...]:
    """Warnings where a version that is compared with is not as it was when it was frozen."""
    return tuple(
        f"{said}: what is compared with it may not be what was frozen" for said in kept_differences(one)
    )


def skipped(versions: Versions) -> tuple[str, ...]:
    """Warnings of folders among the versions that are passed over, and why."""
    return tuple(
        f"{FOLDER}/{one.id} is skipped, for it is no whole version: {'; '.join(map(str, one.problems))}"
        for one in versions.damaged
    )


def _difference(now: str | Problem, sha: str, shown: str) -> list[str]:
    if isinstance(now, Problem):
        return [f"{shown}: {now.message}"]
    return [] if now == sha else [f"{shown} is not as it was"]


def _differences(folder: Path, one: FrozenVersion, about: VersionFile, seals: dict[str, str]) -> list[str]:
    said = []
    for name, sha in about.files.items():
        kept = name in KEPT or name == ANSWERS_FILE
        now = file_hash(one.path / name, name) if kept else report_hash(folder, name)
        shown = f"{FOLDER}/{one.id}/{name}" if kept else name
        said += _difference(now, sha, shown)
    known = {*about.files, VERSION_FILE}
    extra = sorted(p.name for p in one.path.iterdir() if p.name not in known)
    said += [f"{FOLDER}/{one.id}/{name} is no part of the version" for name in extra]
    if about.sealed() != about.seal:
        said.append(f"{FOLDER}/{one.id}/{VERSION_FILE} is not as it was")
    if about.parent is not None and about.parent not in seals:
        said.append(f"the version before it, {about.parent}, is gone or damaged")
    elif about.parent is not None and seals[about.parent] != about.parent_seal:
        said.append(f"the version before it, {about.parent}, is not as it was")
    return said or _content(one, about)


def _content(one: FrozenVersion, about: VersionFile) -> list[str]:
    """Whether the one number over everything is that of the files."""
    answers: dict[str, Any] = one.answers() or {}
    try:
        case = digest(one.case())
    except AccordantError as error:
        return [f"its case cannot be read by this version of Accordant: {error}"]
    whole = digest_of(about.case, about.files, about.program, answers.get("defaults", {}))
    if whole != about.digest:
        return ["the digest is not that of its files"]
    if case != about.case:
        return ["this version of Accordant reads its case otherwise than the one that froze it"]
    return []
