"""Freezing a case: a new version beside it, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accordant.agreement.result import DealsResult
from accordant.case.dates import when
from accordant.case.folder import CaseFolder
from accordant.case.quotations import is_version
from accordant.errors import FailedError, InputError, Problem
from accordant.history.direction import directed
from accordant.history.versions import (
    ANSWERS_FILE,
    FOLDER,
    VERSION_FILE,
    VersionFile,
    as_file,
    check_id,
    digest_of,
    kept_files,
    report_hashes,
    sha256,
    versions_of,
)
from accordant.history.versions_verifying import kept_differences, skipped
from accordant.model.compiler import Compiler
from accordant.reliance import analysis
from accordant.reliance.result import RestsResult
from accordant.stability.concepts import CONCEPTS
from accordant.tables import Table
from accordant.version import __version__

NO_SEAL = "0" * 64


@dataclass(frozen=True)
class FreezeResult:
    """What freezing a case came to.

    Attributes
    ----------
    path
        The folder of the version.
    version
        What its ``version.yaml`` says: that of the new version, or of the last one where nothing has
        changed since.
    made
        Whether anything was written.
    warnings
        What is wrong with the versions before it: folders that were skipped, files that are not as they were.
    """

    title: str
    path: Path
    version: VersionFile
    made: bool
    warnings: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """What was done, in a sentence."""
        if self.made:
            return f"frozen as {self.version.id}"
        return f"nothing has changed since the version {self.version.id}, so that nothing was written"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``freeze --json``."""
        return {
            "schema": "accordant/freeze/1",
            "title": self.title,
            "made": self.made,
            "folder": f"{FOLDER}/{self.version.id}",
            "version": version_json(self.version),
            "warnings": list(self.warnings),
        }

    def table(self) -> Table:
        """The version, key by key."""
        rows = tuple(
            (key, json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value or "")
            for key, value in version_json(self.version).items()
        )
        return Table(f"{self.title}: {self.says}", ("key", "value"), rows)

    def to_frame(self) -> Any:
        """The table as a pandas data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def version_json(about: VersionFile) -> dict[str, Any]:
    """A version as plain data."""
    return {
        "id": about.id,
        "as_of": about.as_of,
        "frozen": about.frozen,
        "by": about.by,
        "note": about.note,
        "direction": about.direction,
        "because": about.because,
        "program": about.program,
        "parent": about.parent,
        "case": about.case,
        "digest": about.digest,
        "files": dict(about.files),
        "seal": about.seal,
    }


def freeze(
    folder: CaseFolder,
    compiler: Compiler,
    rests: Callable[[], RestsResult],
    deals: Callable[[], DealsResult],
    *,
    id_: str | None = None,
    by: str | None = None,
    note: str | None = None,
    direction: str | None = None,
    because: str | None = None,
    at: datetime | None = None,
) -> FreezeResult:
    """Keep the case as it is, as a version that is never written again.

    Parameters
    ----------
    rests, deals
        Give the answers that are kept with it.
    id_
        Its name; by default the date of the case, with ``-2``, ``-3``, … where that is taken.
    direction, because
        Toward agreement, away from it or no clear change, with the reason in a sentence.
    at
        The time that is written; now by default.

    Raises
    ------
    InputError
        If the name is taken or cannot be one, or a direction has no reason.
    FailedError
        If a file has changed since the case was read, differs from its hash, or nothing can be written.
    """
    mark, reason = directed(direction, because)
    if id_ is not None:
        check_id(id_)
    if is_version(folder.path):
        raise InputError(f"{folder.path} is a version itself; freeze the case that it stands in")
    known = versions_of(folder.path)
    kept = kept_files(folder)
    files = {name: sha256(raw) for name, raw in kept.items()}
    files |= _reports(folder)
    last = known.last
    damaged = () if last is None else kept_differences(last)
    warnings = (
        *skipped(known),
        *(f"{said} when it was frozen" if "not as" in said else said for said in damaged),
    )
    program, case = __version__, folder.digest
    digest = digest_of(case, files, program, defaults())
    # a version that is damaged no longer keeps the case, though it is the same
    if last is not None and last.about is not None and not damaged and _unchanged(last.about, files, digest):
        return FreezeResult(folder.case.title, last.path, last.about, made=False, warnings=warnings)
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    name = id_ or _free_id(folder, moment)
    _check_free(folder.path, name)
    answers = (
        json.dumps(kept_answers(compiler, rests(), deals()), indent=1, ensure_ascii=False).encode() + b"\n"
    )
    about = VersionFile(
        id=name,
        as_of=folder.case.as_of,
        frozen=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        by=by,
        note=note,
        direction=mark,
        because=reason,
        program=program,
        parent=last.id if last else None,
        parent_seal=last.about.seal if last and last.about else None,
        case=case,
        digest=digest,
        files={**files, ANSWERS_FILE: sha256(answers)},
        seal=NO_SEAL,
    )
    about = about.model_copy(update={"seal": about.sealed()})
    if kept_files(folder) != kept:
        raise FailedError(f"{folder.path} has changed while it was being frozen; nothing was written")
    from accordant.case.writer import write_folder

    path = write_folder(
        folder.path / FOLDER / name, {**kept, ANSWERS_FILE: answers, VERSION_FILE: as_file(about)}
    )
    return FreezeResult(folder.case.title, path, about, made=True, warnings=warnings)


def _reports(folder: CaseFolder) -> dict[str, str]:
    found = {}
    for name, sha in report_hashes(folder.path, folder.case).items():
        if isinstance(sha, Problem):
            raise FailedError(f"{folder.path / name} {sha.message}")
        found[name] = sha
    return found


def _unchanged(about: VersionFile, files: Mapping[str, str], digest: str) -> bool:
    return about.digest == digest and {k: v for k, v in about.files.items() if k != ANSWERS_FILE} == files


def _free_id(folder: CaseFolder, moment: datetime) -> str:
    """The date of the case, numbered where it is taken."""
    date = folder.case.as_of or moment.date().isoformat()
    known = when(date)
    if known is None or "/" in date:
        day = (known and (known.last or known.first)) or moment.date()
        date = day.isoformat()
    name, k = date, 1
    while (folder.path / FOLDER / name).exists():
        k += 1
        name = f"{date}-{k}"
    return name


def _check_free(path: Path, name: str) -> None:
    taken = [p.name for p in (path / FOLDER).iterdir()] if (path / FOLDER).is_dir() else []
    # some systems do not tell case apart in names: nor does this
    if name.casefold() in (other.casefold() for other in taken):
        raise InputError(
            f"there is a version {name!r} already; versions are never written again, name another"
        )


def defaults() -> dict[str, Any]:
    """What the answers depend on besides the case: what is asked by default, and how far it is looked."""
    return {
        "concepts": list(CONCEPTS),
        "equilibria": analysis.STATES,
        "equilibria named": analysis.NAMED,
        "states searched": analysis.SEARCHED,
    }


def kept_answers(compiler: Compiler, rests: RestsResult, deals: DealsResult) -> dict[str, Any]:
    """The answers that go into a version: every default conclusion, and every proposal.

    Conclusions about a state say what the state is, for its number may be another in the next version.
    """
    space = compiler.space()
    found = []
    for rest in rests.conclusions:
        entry: dict[str, Any] = {
            "conclusion": rest.conclusion,
            "status": rest.status,
            "settings": None if rest.settings is None else list(rest.settings),
            "supports": [list(s) for s in rest.supports],
            "cut": rest.cut or None,
        }
        state = state_in(rest.conclusion)
        if state in space.numbers:
            entry["state"] = space.values_of(space.numbers[state])
        found.append(entry)
    proposals = {
        name: {party: str(said) for party, said in answer.acceptable.items()}
        for name, answer in deals.proposals.items()
    }
    return {
        "schema": "accordant/answers/1",
        "accordant": __version__,
        "defaults": defaults(),
        "conclusions": found,
        "proposals": proposals,
        "agreements": deals.to_json()["agreements"]["count"],
    }


def state_in(conclusion: str) -> str:
    """The state in the id of a conclusion that a state holds.

    Examples
    --------
    >>> state_in("holds(s5, seq)"), state_in("agreement-exists")
    ('s5', '')
    """
    return conclusion[6:].partition(",")[0].strip() if conclusion.startswith("holds(") else ""
