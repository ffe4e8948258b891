"""Versions of a case: what it was, kept beside it in folders that are written once.

``versions/<id>/`` in the case folder holds ``case.yaml``, ``claims.yaml`` and ``review.yaml`` byte for
byte as they were, the answers of that day, and ``version.yaml``, which says when, by whom, after which
version, and has the SHA-256 of every file, reports included. Reports are not copied: they are never
edited, and their hashes tell if one was. Everything is plain text and needs no other program, in a
folder under version control as well as in one that is mailed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from accordant.case.base import Frozen, Node, Version
from accordant.case.emit import document
from accordant.case.files import REPORT_LIMIT, REVIEW_FILE, REVIEW_LIMIT, read_bytes, read_source
from accordant.case.folder import CASE_FILE, CLAIMS_FILE, CaseFolder, examine
from accordant.case.objects import Case
from accordant.case.quotations import files_of, inside
from accordant.case.repair import validate
from accordant.case.tidy import tidy
from accordant.case.tree import grow, plain
from accordant.errors import CaseError, FailedError, InputError, Problem, did_you_mean

FOLDER, VERSION_FILE, ANSWERS_FILE = "versions", "version.yaml", "answers.json"
KEPT = (CASE_FILE, CLAIMS_FILE, REVIEW_FILE)
"""The files of a case that a version keeps."""
NOW = "now"
"""What stands for the case as it is, where a version is named."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_SHA = "^[0-9a-f]{64}$"
Sha = Annotated[str, Field(pattern=_SHA)]


class VersionFile(Node):
    """What ``version.yaml`` holds."""

    version: Version = Field(default=1, description="version of this file's format")
    id: str = Field(description="its name, that of its folder")
    as_of: str | None = Field(default=None, description="the date for which the case was right")
    frozen: str = Field(description="when it was frozen, in universal time")
    by: str | None = Field(default=None, description="who froze it")
    note: str | None = Field(default=None, description="a remark")
    direction: Literal["toward", "away", "none"] | None = Field(
        default=None, description="toward agreement, away from it, or no clear change: set by a person"
    )
    because: str | None = Field(default=None, description="the reason for the direction, in a sentence")
    program: str = Field(description="the version of Accordant that answered")
    parent: str | None = Field(default=None, description="the version before it")
    parent_seal: Sha | None = Field(default=None, description="the seal of that version")
    case: Sha = Field(description="SHA-256 of what the case says, however it is written down")
    digest: Sha = Field(description="SHA-256 over everything that the answers depend on")
    files: Annotated[dict[str, Sha], Frozen] = Field(
        description="SHA-256 of every file: those kept here, and every report with its text"
    )
    seal: Sha = Field(description="SHA-256 over everything else that stands here")

    def sealed(self) -> str:
        """The seal that belongs to what stands here."""
        said = self.model_dump(exclude={"seal"}, exclude_none=True)
        return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode())


@dataclass(frozen=True)
class FrozenVersion:
    """One version as it stands in its folder.

    Attributes
    ----------
    path
        Its folder.
    about
        What ``version.yaml`` says; None where it cannot be read.
    problems
        What is wrong with it.
    """

    path: Path
    about: VersionFile | None
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """Its name."""
        return self.path.name

    @property
    def whole(self) -> bool:
        """Whether it can be read."""
        return self.about is not None and not self.problems

    def case(self) -> Case:
        """The case as it was.

        Raises
        ------
        CaseError
            If it cannot be read any more.
        """
        if self.about is None:
            raise CaseError(self.problems)
        return examine(self.path, report_text=None).folder().case

    def answers(self) -> dict[str, Any] | None:
        """The answers of that day; None where they cannot be read."""
        raw = read_bytes(self.path / ANSWERS_FILE, ANSWERS_FILE, REVIEW_LIMIT)
        if isinstance(raw, Problem):
            return None
        try:
            found = json.loads(raw)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True)
class Versions:
    """The versions in a case folder.

    Attributes
    ----------
    found
        Those that can be read, oldest first.
    damaged
        Folders in ``versions/`` that are not whole versions, with what is wrong.
    """

    path: Path
    found: tuple[FrozenVersion, ...] = ()
    damaged: tuple[FrozenVersion, ...] = field(default=())

    @property
    def last(self) -> FrozenVersion | None:
        """The newest one."""
        return self.found[-1] if self.found else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with any of them."""
        return tuple(problem for one in self.damaged for problem in one.problems)

    def __getitem__(self, id_: str) -> FrozenVersion:
        """A version by its name.

        Raises
        ------
        InputError
            If there is none of this name, or it cannot be read.
        """
        for one in self.found:
            if one.id == id_:
                return one
        for one in self.damaged:
            if one.id == id_:
                raise CaseError(one.problems)
        names = [one.id for one in reversed(self.found)]
        hint = did_you_mean(id_, names)
        raise InputError(
            f"there is no version {id_!r} in {self.path}; allowed: {', '.join([*names[:12], NOW])}"
            + (f"; {hint}" if hint else "")
        )


def versions_of(folder: Path) -> Versions:
    """The versions in a case folder, oldest first; what cannot be read is kept apart.

    Raises
    ------
    InputError
        If a file stands where their folder would be.

    Examples
    --------
    >>> versions_of(Path("no-such-folder")).found
    ()
    """
    room = folder / FOLDER
    if (room.exists() or room.is_symlink()) and not room.is_dir():
        raise InputError(
            f"{room} is a file, where the folder with the versions of the case would be; move it or rename it"
        )
    try:
        places = sorted(p for p in room.iterdir() if not p.name.startswith("."))
    except OSError:
        places = []
    every = [read_version(place) for place in places if place.is_dir()]
    whole = [one for one in every if one.whole]
    return Versions(folder, tuple(_in_order(whole)), tuple(one for one in every if not one.whole))


def read_version(place: Path) -> FrozenVersion:
    """One version from its folder."""
    name = f"{FOLDER}/{place.name}/{VERSION_FILE}"
    source = read_source(place / VERSION_FILE, name)
    if isinstance(source, Problem):
        hint = (
            "a folder here that accordant did not make can be taken away"
            if "no such" in source.message
            else None
        )
        return FrozenVersion(place, None, (Problem(source.message, file=name, hint=hint),))
    tree, problems = grow(source.text, name)
    data = plain(tree) if tree is not None else None
    if problems or not isinstance(data, dict):
        return FrozenVersion(
            place, None, tuple(problems) or (Problem("must be a mapping: lines of 'key: value'", file=name),)
        )
    outcome = validate(VersionFile, tidy(data))
    wrong = [
        Problem(
            f.message,
            file=name,
            path=".".join(map(str, f.path)),
            found=f.found,
            allowed=f.allowed,
            hint=f.hint,
        )
        for f in outcome.findings
    ]
    about = outcome.value
    if not wrong and about is not None and about.id != place.name:
        wrong.append(
            Problem(f"says that it is the version {about.id!r}", file=name, path="id", hint="was it renamed?")
        )
    if wrong or about is None:
        return FrozenVersion(place, None, tuple(wrong))
    missing = [n for n in KEPT if n in about.files and not (place / n).is_file()]
    lost = [Problem("there is no such file", file=f"{FOLDER}/{place.name}/{n}") for n in missing]
    return FrozenVersion(place, about, tuple(lost))


def _in_order(found: Iterable[FrozenVersion]) -> list[FrozenVersion]:
    """Oldest first: each after the one before it, then by when they were frozen."""
    by_id = {one.id: one for one in found}
    depth: dict[str, int] = {}
    for id_ in by_id:
        chain: list[str] = []
        at: str | None = id_
        while at is not None and at in by_id and at not in depth and at not in chain:
            chain.append(at)
            about = by_id[at].about
            at = about.parent if about else None
        start = depth.get(at, 0) if at else 0
        for k, name in enumerate(reversed(chain), 1):
            depth[name] = start + k

    def key(one: FrozenVersion) -> tuple[int, str, list[tuple[int, int | str]]]:
        return depth[one.id], one.about.frozen if one.about else "", natural(one.id)

    return sorted(by_id.values(), key=key)


def natural(name: str) -> list[tuple[int, int | str]]:
    """A name so that its numbers are sorted as numbers.

    Examples
    --------
    >>> sorted(["2024-01-30-10", "2024-01-30", "2024-01-30-2"], key=natural)
    ['2024-01-30', '2024-01-30-2', '2024-01-30-10']
    """
    parts = re.split(r"(\d+)", name)
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts if part]


def check_id(name: str) -> str:
    """A name for a version, if it can be the name of a folder everywhere.

    Raises
    ------
    InputError
        If it cannot.

    Examples
    --------
    >>> check_id("after-the-visit")
    'after-the-visit'
    >>> check_id("../up")
    Traceback (most recent call last):
    accordant.errors.InputError: '../up' cannot name a version; allowed: up to 80 of a-z A-Z 0-9 . - _
    """
    if not _ID.fullmatch(name) or name == NOW or name.endswith("."):
        why = (
            f"{NOW!r} stands for the case as it is"
            if name == NOW
            else ("allowed: up to 80 of a-z A-Z 0-9 . - _")
        )
        raise InputError(f"{name!r} cannot name a version; {why}")
    return name


# Hashes


def sha256(raw: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def kept_files(folder: CaseFolder) -> dict[str, bytes]:
    """The files of a case that a version keeps, byte for byte as they are on the disk.

    Raises
    ------
    FailedError
        If one has changed since the case was read, or cannot be read.
    """
    found = {}
    for name in KEPT:
        written = folder.files.get(name)
        if name != REVIEW_FILE and written is None and not (folder.path / name).exists():
            continue
        if name == REVIEW_FILE and not (folder.path / name).exists():
            continue
        raw = read_bytes(folder.path / name, name, REVIEW_LIMIT)
        if isinstance(raw, Problem):
            raise FailedError(f"{folder.path / name} {raw.message}")
        if name != REVIEW_FILE and (written is None or written.source.raw != raw):
            raise FailedError(
                f"{folder.path / name} has changed since the case was read; read the case again"
            )
        found[name] = raw
    return found


def report_hashes(folder: Path, case: Case) -> dict[str, str | Problem]:
    """SHA-256 of every report of a case and of the text kept of it, as they are on the disk."""
    files = (file for report in case.reports.values() for file in files_of(report))
    return {file: report_hash(folder, file) for file in files}


def report_hash(folder: Path, file: str) -> str | Problem:
    """SHA-256 of a report of a case folder, or why there is none."""
    place = inside(folder, file)
    return Problem(place, file=file) if isinstance(place, str) else file_hash(place, file)


def file_hash(place: Path, name: str) -> str | Problem:
    """SHA-256 of a file, or why there is none."""
    raw = read_bytes(place, name, max(REPORT_LIMIT, REVIEW_LIMIT))
    return raw if isinstance(raw, Problem) else sha256(raw)


def digest_of(case: str, files: Mapping[str, str], program: str, defaults: Mapping[str, Any]) -> str:
    """One number over everything that answers depend on: case and claims, reports, program, defaults."""
    reports = {name: sha for name, sha in files.items() if name not in (*KEPT, ANSWERS_FILE)}
    whole = {"case": case, "reports": reports, "program": program, "defaults": dict(defaults)}
    return sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode())


def as_file(about: VersionFile) -> bytes:
    """``version.yaml``."""
    return document(about).encode()
