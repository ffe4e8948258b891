"""The versions of a case, newest first, with what changed in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.wording import counted
from accordant.errors import AccordantError, Problem
from accordant.history.changes import Change, changes
from accordant.history.direction import in_words, sign
from accordant.history.versions import FrozenVersion, VersionFile, versions_of
from accordant.history.versions_freezing import state_in, version_json
from accordant.history.versions_verifying import kept_differences, verified
from accordant.tables import Method, Table


@dataclass(frozen=True)
class Entry:
    """One version in the log.

    Attributes
    ----------
    changed
        In a line what changed since the version before it; empty for the first.
    answers
        (answers that differ from the version before, answers), None where that cannot be told.
    differs
        What is not as it was, once verified; None where it was not asked.
    unknown
        Why what changed cannot be told: files of this version, or of the one before it, that are not as they
        were. Empty where it can.
    """

    version: VersionFile
    changed: str = ""
    answers: tuple[int, int] | None = None
    differs: tuple[str, ...] | None = None
    unknown: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """What changed, and how many answers with it."""
        if self.version.parent is None:
            return "; ".join(("the first version", *self.unknown))
        if self.unknown:
            return f"what changed cannot be told: {'; '.join(self.unknown)}"
        said = self.changed or "nothing that is compared"
        if self.answers is not None:
            said += "; {} of {} answers differ".format(*self.answers)
        return said


@dataclass(frozen=True)
class LogResult:
    """The versions of a case.

    Attributes
    ----------
    entries
        Newest first.
    now
        In a line what has changed since the last version; empty where nothing has, or there is none.
    problems
        Folders in ``versions/`` that cannot be read, and why.
    damaged
        Their names, with what differs where that was asked for.
    """

    title: str
    path: Path
    entries: tuple[Entry, ...]
    now: str
    problems: tuple[Problem, ...]
    damaged: tuple[str, ...]
    method: Method

    @property
    def sound(self) -> bool:
        """Whether every version can be read and, where that was asked, is as it was."""
        return not self.problems and not any(e.differs or e.unknown for e in self.entries)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Files of versions that are not as they were when they were frozen."""
        return tuple(dict.fromkeys(said for entry in self.entries for said in entry.unknown))

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``log --json``."""
        return {
            "schema": "accordant/log/1",
            "title": self.title,
            "versions": [
                {
                    **version_json(entry.version),
                    "changed": entry.changed or None,
                    "answers": None if entry.answers is None else list(entry.answers),
                    "differs": None if entry.differs is None else list(entry.differs),
                }
                for entry in self.entries
            ],
            "now": self.now or None,
            "warnings": list(self.warnings),
            "problems": [str(problem) for problem in self.problems],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per version, newest first."""
        rows = tuple(
            (
                e.version.id,
                e.version.as_of or "",
                e.version.frozen,
                e.version.by or "",
                in_words(e.version.direction) if e.version.direction else "",
                e.version.because or "",
                e.says,
                e.version.note or "",
                e.version.digest,
                "" if e.differs is None else "; ".join(e.differs) or "as it was",
            )
            for e in self.entries
        )
        columns = (
            "version",
            "as of",
            "frozen",
            "by",
            "direction",
            "because",
            "changed",
            "note",
            "digest",
            "verified",
        )
        return Table(f"{self.title}: {counted(len(rows), 'version')}", columns, rows)

    def to_frame(self) -> Any:
        """The table as a pandas data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def log(folder: CaseFolder, *, verify: bool = False) -> LogResult:
    """The versions of a case, newest first.

    Parameters
    ----------
    verify
        Whether every hash is worked out again.
    """
    known = versions_of(folder.path)
    checked = verified(folder.path, known) if verify else {}
    entries = []
    cases: dict[str, tuple[Case | None, dict[str, Any] | None]] = {}
    wrong = {one.id: kept_differences(one) for one in known.found}
    for one in known.found:
        # what is not as it was is not compared: it would pass for what was frozen
        cases[one.id] = (None, None) if wrong[one.id] else (_case(one), one.answers())
    for one in known.found:
        about = one.about
        assert about is not None
        case, answers = cases[one.id]
        old_case, old_answers = cases.get(about.parent or "", (None, None))
        changed = (
            "" if case is None or old_case is None else summary(changes(old_case, case), case.party_name)
        )
        differ = None if answers is None or old_answers is None else answers_differ(old_answers, answers)
        unknown = wrong[one.id]
        if about.parent is not None:
            gone = (f"the version before it, {about.parent}, is gone or cannot be read",)
            unknown += wrong.get(about.parent, gone)
        entries.append(Entry(about, changed, differ, checked.get(one.id), unknown))
    last = cases[known.last.id][0] if known.last else None
    now = "" if last is None else summary(changes(last, folder.case), folder.case.party_name)
    if known.last is not None and wrong[known.last.id]:
        now = f"what changed cannot be told: {'; '.join(wrong[known.last.id])}"
    return LogResult(
        folder.case.title,
        folder.path,
        tuple(reversed(entries)),
        now,
        known.problems,
        tuple(one.id for one in known.damaged),
        Method("versions kept beside the case" + (", every hash worked out again" if verify else "")),
    )


def _case(one: FrozenVersion) -> Case | None:
    try:
        return one.case()
    except AccordantError:
        return None


_NOUNS = {
    "feasible": "rule",
    "status_quo": "status quo",
    "no_deal": "no deal",
    "parties": "party",
    "register": "entry of the register",
    "terms": "guarantee or inducement",
}


def summary(some: Sequence[Change], named: Callable[[str], str] = str) -> str:
    """Changes in a line: how many of what, claims and preferences apart.

    Parameters
    ----------
    named
        What a party is called; its id by default.

    Examples
    --------
    >>> was = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}})
    >>> now = was.model_copy(update={"as_of": "2024"})
    >>> summary(changes(was, now))
    'the date'
    """
    said = []
    sections = dict.fromkeys(change.section for change in some)
    for section in sections:
        mine = [change for change in some if change.section == section]
        if section == "claims":
            said += _claims(mine)
        elif section == "preferences":
            lines = Counter(change.subject for change in mine)
            said += [f"{counted(n, 'change')} in what {named(party)} wants" for party, n in lines.items()]
        elif section in _ALONE:
            said.append(_ALONE[section])
        else:
            said += _kinds(mine, _NOUNS.get(section, section.removesuffix("s")))
    return "; ".join(said)


_ALONE = {
    "title": "the title",
    "question": "the question",
    "as_of": "the date",
    "status_quo": "the status quo",
    "no_deal": "no deal",
    "only": "which states count",
}


def _claims(mine: Sequence[Change]) -> list[str]:
    said = _kinds([c for c in mine if c.kind in ("new", "gone")], "claim")
    status = Counter(str(c.after["status"]) for c in mine if c.aspect == "status" and c.kind == "changed")
    said += [f"{counted(n, 'claim')} {word}" for word, n in status.items()]
    other = {c.subject for c in mine if c.kind == "changed" and c.aspect != "status"}
    return said + ([f"{counted(len(other), 'claim')} put differently"] if other else [])


def _kinds(mine: Sequence[Change], noun: str) -> list[str]:
    found: dict[str, set[str]] = {}
    for change in mine:
        found.setdefault(change.kind, set()).add(change.new or change.old)
    words = {"new": "new", "gone": "gone", "changed": "changed", "moved": "moved"}
    return [f"{counted(len(which), noun)} {words[kind]}" for kind, which in found.items()]


def answers_differ(old: dict[str, Any], new: dict[str, Any]) -> tuple[int, int] | None:
    """(answers that differ, answers) between what two versions kept; states by what they are."""
    before, after = (_by_conclusion(kept.get("conclusions")) for kept in (old, new))
    if before is None or after is None:
        return None
    every = {**before, **after}
    # a state that is no equilibrium in any setting is not listed: it holds never
    absent = {key: ("never", Fraction(0)) for key in every if key.startswith("holds(")}
    told = [(before.get(key, absent.get(key)), after.get(key, absent.get(key))) for key in every]
    return sum(not _alike(one, other) for one, other in told), len(every)


Kept: TypeAlias = tuple[object, Fraction | None]


def _alike(one: Kept | None, other: Kept | None) -> bool:
    """Whether two kept answers are the same: the status, and the part of the settings where it is known."""
    if one is None or other is None:
        return one is other
    return one[0] == other[0] and (one[1] is None or other[1] is None or one[1] == other[1])


def _by_conclusion(kept: object) -> dict[str, Kept] | None:
    if not isinstance(kept, list):
        return None
    found: dict[str, Kept] = {}
    for entry in kept:
        if not isinstance(entry, dict) or not isinstance(entry.get("conclusion"), str):
            return None
        key, state = entry["conclusion"], entry.get("state")
        if isinstance(state, dict) and "*" not in state.values() and state:
            key = key.replace(state_in(key), str(sorted(state.items())), 1)
        found[key] = (entry.get("status"), _part(entry.get("settings")))
    return found


def _part(settings: object) -> Fraction | None:
    if (
        isinstance(settings, list)
        and len(settings) == 2
        and all(isinstance(n, int) for n in settings)
        and settings[1]
    ):
        return Fraction(*settings)
    return None


def marks(entries: Iterable[Entry]) -> str:
    """The marks for direction, oldest first, as one word; ``.`` where none was set.

    Examples
    --------
    >>> marks([])
    ''
    """
    return "".join(sign(e.version.direction) or "." for e in reversed(list(entries)))
