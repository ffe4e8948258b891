"""A case folder on disk: ``case.yaml``, ``claims.yaml`` and ``reports/``.

:func:`read_folder` gives the case or every mistake in it at once; :func:`examine` gives whatever
could be read with everything that was found, for callers that have more to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from accordant.case.files import Source, decode, read_source
from accordant.case.findings import Finding
from accordant.case.objects import Case
from accordant.case.places import Path, Place, columns_in, find, steps
from accordant.case.repair import Hurt, validate
from accordant.case.sources import Sources
from accordant.case.tidy import tidy
from accordant.case.tree import Tree, grow, plain
from accordant.errors import CaseError, Problem, ReportError

CASE_FILE, CLAIMS_FILE, REPORTS = "case.yaml", "claims.yaml", "reports"
_IN_CLAIMS = ("reports", "origins", "claims", "register")
_BESIDE = (
    "positions",
    "relations",
    "judgements",
    "events",
    "attitudes",
    "coalitions",
    "as_of",
    "sources",
)
"""Sections that no state depends on."""

ReportText = Callable[[bytes, str], str]
"""The text of a report from its bytes and its file name; raises ReportError."""


def plain_text(raw: bytes, filename: str) -> str:
    """The text of a plain UTF-8 report, line ends as line feeds.

    Examples
    --------
    >>> plain_text(b"one\\r\\ntwo", "r1.txt")
    'one\\ntwo'
    """
    text = decode(raw, filename)
    if isinstance(text, Problem):
        raise ReportError(f"{filename} {text.message}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Written:
    """A file of a case as it was read; ``tree`` is None where it is not YAML."""

    source: Source
    tree: Tree | None


@dataclass(frozen=True)
class CaseFolder:
    """A case with the folder that it was read from.

    Attributes
    ----------
    path
        The folder.
    case
        The domain object: frozen, validated.
    problems
        Warnings that the checks gave.
    files
        The files as they were read, by name.
    """

    path: FilePath
    case: Case
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, Written] = field(default_factory=dict, repr=False)

    def place(self, path: str | Path, *, key: bool = False) -> Place | None:
        """Where a part of the case stands in its files.

        Parameters
        ----------
        path
            Such as ``preferences.south.priorities.3``, ``claims.c1.at`` or an element's id.
        """
        return _place(self.files, steps(path) if isinstance(path, str) else path, key=key)

    def locate(self, path: str | Path) -> int | None:
        """The line in which a part of the case stands; None where it stands in no file."""
        found = self.place(path)
        return found.line if found else None

    def save(
        self,
        case: Case | None = None,
        path: str | FilePath | None = None,
        *,
        reports: Mapping[str, bytes] | None = None,
        beside: Mapping[str, tuple[bytes | None, bytes]] | None = None,
    ) -> CaseFolder:
        """Write the case to its folder; only what has changed is touched.

        Comments, order, quotation marks and spacing stay. Both files are written, or neither; what
        is equal to the case as it was read is not written at all.

        Parameters
        ----------
        case
            The case as it should be from now on; by default as it is.
        path
            Another folder, which must not hold a case yet; reports are copied along.
        reports
            New reports: the content of each file by its place in the folder.
        beside
            Other files of the folder that go with the case, such as ``review.yaml``: what has to
            stand there now (None: no file) and the new content. They are written together with it.

        Returns
        -------
        CaseFolder
            The folder as it is now.

        Raises
        ------
        FailedError
            If a file has changed on the disk since it was read, or cannot be written.
        """
        from accordant.case.saving import save

        return save(self, case, path, reports or {}, beside or {})

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that answers depend on, however it is written down."""
        from accordant.case.digest import digest

        return digest(self.case)


@dataclass
class Reading:
    """What could be read of a case folder, with everything that was found.

    Attributes
    ----------
    case
        The case as far as it could be read; None where nothing could.
    sound
        Every reference and expression of ``case.yaml`` is right, so that the case can be compiled.
    """

    path: FilePath
    case: Case | None = None
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Written] = field(default_factory=dict)
    sound: bool = False

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in, each with its place."""
        self.problems.extend(_placed(self.files, finding) for finding in findings)

    def in_order(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the files, each file by its path as an editor can open it."""
        return tuple(self._by_path(p) for p in sorted(self.problems, key=_in_order))

    def _by_path(self, problem: Problem) -> Problem:
        if problem.file not in (CASE_FILE, CLAIMS_FILE):
            return problem
        return replace(problem, file=str(self.path / problem.file))

    def folder(self) -> CaseFolder:
        """The case folder.

        Raises
        ------
        CaseError
            If there is any error, with every problem in the order of the files.
        """
        problems = self.in_order()
        if self.case is None or any(p.severity == "error" for p in problems):
            raise CaseError(problems)
        return CaseFolder(self.path, self.case, problems, self.files)


def read_folder(path: str | FilePath, *, report_text: ReportText = plain_text) -> CaseFolder:
    """Read a case folder and check everything that can be checked without compiling it.

    Parameters
    ----------
    path
        The folder, or the ``case.yaml`` in it.
    report_text
        How a report's bytes become the text that quotations refer to.

    Raises
    ------
    CaseError
        With every mistake in the case and every warning.
    """
    return examine(path, report_text=report_text).folder()


def examine(path: str | FilePath, *, report_text: ReportText | None = plain_text) -> Reading:
    """Read whatever can be read of a case folder, with every mistake that was found.

    Reports are not looked at where ``report_text`` is None, as in a version of a case, which keeps none.
    """
    from accordant.case.checks import check_case, check_sources
    from accordant.case.quotations import check_reports

    reading = Reading(_folder_of(FilePath(path)))
    if not _opened(reading, FilePath(path)):
        return reading
    case, hurt_case = _case(reading)
    sources, hurt_sources = _sources(reading)
    whole = case or Case(title="?", parties={})
    if sources is not None:
        whole = whole.model_copy(update={"sources": sources})
    found: list[Finding] = []
    if case is not None:
        found += check_case(whole, sources_known=sources is not None)
    if sources is not None:
        found += check_sources(whole, parties_known=case is not None)
        if report_text is not None:
            found += check_reports(sources, reading.path, report_text)
    hurt = Hurt(hurt_case, hurt_sources)
    reading.add(f for f in found if not hurt.follows(f))
    reading.case = None if case is None else whole
    reading.sound = case is not None and not hurt_case.paths and not any(map(_blocking, reading.problems))
    return reading


def _blocking(problem: Problem) -> bool:
    """Whether a mistake stands in the way of compiling the case."""
    if problem.severity == "warning" or problem.file == CLAIMS_FILE:
        return False
    parts = problem.path.split(".")
    return parts[0] not in _BESIDE and not any(part in ("because", "assumed") for part in parts)


def _folder_of(path: FilePath) -> FilePath:
    return path.parent if path.name == CASE_FILE and not path.is_dir() else path


def _opened(reading: Reading, path: FilePath) -> bool:
    """Read the files' texts and trees; False where there is no case at all."""
    if not reading.path.is_dir():
        hint = "give a case folder or its case.yaml"
        message = "is not a case folder" if reading.path.exists() else "there is no such folder"
        reading.problems.append(Problem(message, file=str(path), hint=hint))
        return False
    for name in (CASE_FILE, CLAIMS_FILE):
        if name == CLAIMS_FILE and not (reading.path / name).exists():
            continue
        _open(reading, name)
    return True


def _open(reading: Reading, name: str) -> None:
    source = read_source(reading.path / name, name)
    if isinstance(source, Problem):
        if name == CASE_FILE and "no such file" in source.message:
            hint = f"'accordant new {reading.path}' starts a case"
            source = Problem(f"there is no {CASE_FILE} in {reading.path}", file=name, hint=hint)
        reading.problems.append(source)
        return
    tree, problems = grow(source.text, name)
    reading.files[name] = Written(source, tree)
    reading.problems.extend(problems)


def _case(reading: Reading) -> tuple[Case | None, Hurt]:
    data = _data(reading, CASE_FILE)
    if data is None:
        return None, Hurt()
    if data.pop("sources", None) is not None:
        # The domain model has a field of this name, filled from claims.yaml.
        hint = f"reports, origins and claims stand in {CLAIMS_FILE}"
        reading.add([Finding(("sources",), "unknown key 'sources'", hint=hint, on_key=True)])
    outcome = validate(Case, data)
    reading.add(outcome.findings)
    return outcome.value, outcome.hurt


def _sources(reading: Reading) -> tuple[Sources | None, Hurt]:
    if CLAIMS_FILE not in reading.files and not any(p.file == CLAIMS_FILE for p in reading.problems):
        return Sources(), Hurt()
    data = _data(reading, CLAIMS_FILE)
    if data is None:
        return None, Hurt()
    outcome = validate(Sources, data)
    reading.add(outcome.findings)
    return outcome.value, outcome.hurt


def _data(reading: Reading, name: str) -> dict[str, Any] | None:
    """The tidied content of a file; None where there is none to go on with."""
    if name not in reading.files:
        return None
    tree = reading.files[name].tree
    if tree is None or plain(tree) is None:
        if any(p.file == name for p in reading.problems):
            return None
        if name == CLAIMS_FILE:
            return {}  # nothing but comments: no claims yet
        reading.problems.append(Problem("is empty: it holds nothing but comments", file=name, line=1))
        return None
    data = plain(tree)
    if not isinstance(data, dict):
        hint = "begin with 'title: ...'" if name == CASE_FILE else "begin with 'reports:' or 'claims:'"
        message = "must be a mapping: lines of 'key: value'"
        reading.problems.append(Problem(message, file=name, line=1, hint=hint))
        return None
    return tidy(data)


def _place(files: Mapping[str, Written], path: Path, *, key: bool = False) -> Place | None:
    if path and str(path[0]) in _IN_CLAIMS:
        name = CLAIMS_FILE
    else:
        name = CASE_FILE
        path = _full(path, files)
    tree = files[name].tree if name in files else None
    return find(tree, path, name, key=key) if tree is not None else None


def _full(path: Path, files: Mapping[str, Written]) -> Path:
    """An element's id that begins with a party is a path under ``preferences``."""
    starts = ("priorities", "never", "ranking", "worth", "table", "also", "reservation", "delay")
    if len(path) > 1 and any(str(step) in starts for step in path[1:2]) and path[0] != "preferences":
        return ("preferences", *path)
    return path


def _placed(files: Mapping[str, Written], finding: Finding) -> Problem:
    place = _place(files, finding.path, key=finding.on_key)
    problem = finding.problem(place)
    if place is not None and finding.offset is not None:
        column = columns_in(files[place.file].source.text, place, finding.offset) or problem.column
        problem = replace(problem, column=column)
    return problem


def _in_order(problem: Problem) -> tuple[bool, str, int, int]:
    return problem.file == CLAIMS_FILE, problem.file, problem.line or 0, problem.column or 0
