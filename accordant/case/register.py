"""What the analyst's own register says of a source: which entry it is, and how reliable on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from accordant.case.chains import chain
from accordant.case.dates import when
from accordant.case.groups import Groups
from accordant.case.identity import plain
from accordant.case.objects import Case
from accordant.case.sources import Registered

How = Literal["linked", "by name"]
UNJUDGED = "F"
BEFORE_ALL, AFTER_ALL = date.min, date.max


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of the register that an origin is: linked to it by hand, or of the same name."""

    id: str
    how: How


@dataclass(frozen=True, slots=True)
class Judged:
    """How reliable a source was on the days that are asked about.

    Attributes
    ----------
    grade
        A to F; F where it was not judged then, or where its grade changed within those days.
    possible
        Every grade that it had on one of those days, in the order of time.
    reasons
        The reasons given for those grades.
    """

    grade: str
    possible: tuple[str, ...]
    reasons: tuple[str, ...]


def entry_of(case: Case, origin: str) -> Entry | None:
    """The entry of the register for an origin; None where there is none, or several would do.

    An unnamed origin is only ever an entry that it is linked to by hand: nothing guesses who it is.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> sources = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "named", "name": "I. Renn"}, "o2": {"kind": "described"}},
    ...     "register": {"renn": {"name": "Ida Renn", "aliases": ["i. renn"]}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> entry_of(case, "o1"), entry_of(case, "o2")
    (Entry(id='renn', how='by name'), None)
    """
    return Lookup(case).entry(origin)


class Lookup:
    """The register of one case, looked up many times: what names and dates share is worked out once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._entries: dict[str, Entry | None] = {}
        self._judged: dict[tuple[str, str | None], Judged] = {}

    @cached_property
    def _called(self) -> Mapping[str, frozenset[str]]:
        """By name, however it is written, the entries called so; nobody who is unnamed."""
        called: dict[str, set[str]] = {}
        for id_, entry in self.case.sources.register_.items():
            if entry.kind not in ("described", "unattributed"):
                for name in (entry.name, *entry.aliases):
                    called.setdefault(plain(name), set()).add(id_)
        return {name: frozenset(ids) for name, ids in called.items()}

    def entry(self, origin: str) -> Entry | None:
        """The entry for an origin, as :func:`entry_of` says."""
        if origin not in self._entries:
            self._entries[origin] = self._found(origin)
        return self._entries[origin]

    @cached_property
    def one(self) -> Mapping[str, str]:
        """For each origin the first in the file that is surely the same: of its name, or of its entry."""
        numbers = {id_: k for k, id_ in enumerate(self.case.origins)}
        joined = Groups(len(numbers))
        first: dict[tuple[str, ...], int] = {}
        for id_, k in numbers.items():
            for key in self.known_by(id_):
                joined.join(first.setdefault(key, k), k)
        ids = tuple(numbers)
        return {id_: ids[root] for id_, root in zip(ids, joined.roots(), strict=True)}

    def known_by(self, origin: str) -> tuple[tuple[str, ...], ...]:
        """What an origin is surely known by: its id, its name, its entry in the register."""
        about = self.case.origins[origin]
        known: list[tuple[str, ...]] = [("origin", origin)]
        if about.name is not None and not about.unnamed:
            known.append(("name", about.kind, plain(about.name)))
        entry = self.entry(origin)
        return tuple(known if entry is None else [*known, ("register", entry.id)])

    def _found(self, origin: str) -> Entry | None:
        about = self.case.origins.get(origin)
        if about is None:
            return None
        if about.register_ is not None:
            return (
                Entry(about.register_, "linked") if about.register_ in self.case.sources.register_ else None
            )
        if about.unnamed or about.name is None:
            return None
        named = self._called.get(plain(about.name), frozenset())
        return Entry(next(iter(named)), "by name") if len(named) == 1 else None

    def judged(self, entry: str, at: str | None) -> Judged:
        """How reliable an entry was at a date."""
        key = (entry, at)
        if key not in self._judged:
            self._judged[key] = reliability(self.case.sources.register_[entry], at)
        return self._judged[key]

    def links(self, claim: str) -> tuple[Link, ...]:
        """Everybody through whom a claim has come, as :func:`links` says."""
        made: dict[str | None, Link] = {}
        for one in chain(self.case, claim):
            origin = self.case.claims[one].origin
            if origin in made:
                continue
            entry = None if origin is None else self.entry(origin)
            judged = None if entry is None else self.judged(entry.id, date_of(self.case, one))
            made[origin] = Link(one, origin, entry, judged)
        return tuple(made.values())


def days(text: str | None) -> tuple[date, date] | None:
    """The first and the last day that a date of a case may mean; None where it cannot be told.

    An end that is not known may lie at any day at all.

    Examples
    --------
    >>> days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> days("2024-02/..")[1] == AFTER_ALL, days("lately") is None
    (True, True)
    """
    found = when(text)
    return None if found is None else (found.first or BEFORE_ALL, found.last or AFTER_ALL)


def reliability(entry: Registered, at: str | None) -> Judged:
    """How reliable a source of the register was at a date.

    Parameters
    ----------
    at
        A date as exactly as it is known: of a month every day counts, of no date every day at all.

    Examples
    --------
    >>> entry = Registered.model_validate({"name": "Ida Renn", "reliability": [
    ...     {"grade": "B", "reason": "Right so far."},
    ...     {"from": "2024-03", "grade": "D", "reason": "Wrong twice."}]})
    >>> reliability(entry, "2024-02").grade, reliability(entry, "2024-03-01").grade
    ('B', 'D')
    >>> reliability(entry, "2024").possible
    ('B', 'D')
    """
    first, last = days(at) or (BEFORE_ALL, AFTER_ALL)
    # of two from one day the later entry holds
    steps = {start[0]: given for given in entry.reliability if (start := _start(given.from_)) is not None}
    before = [start for start in steps if start <= first]
    within = sorted(start for start in steps if first < start <= last)
    held = [steps[start] for start in ([max(before), *within] if before else within)]
    grades = tuple(dict.fromkeys([*(() if before else UNJUDGED), *(given.grade for given in held)]))
    grade = grades[0] if len(grades) == 1 else UNJUDGED
    return Judged(grade, grades, tuple(given.reason for given in held))


def _start(text: str | None) -> tuple[date, date] | None:
    return (BEFORE_ALL, BEFORE_ALL) if text is None else days(text)


def date_of(case: Case, claim: str) -> str | None:
    """The date of the report that a claim stands in: when it was published, as far as that is known."""
    said = case.claims[claim]
    report = case.reports.get(said.report)
    return (report.published if report else None) or said.reported


@dataclass(frozen=True, slots=True)
class Link:
    """One of those through whom a claim has come: its origin, or that of a claim around it.

    Attributes
    ----------
    claim
        The claim that names the origin.
    judged
        What the register says of it at the date of the report; None where it has no entry.
    """

    claim: str
    origin: str | None
    entry: Entry | None
    judged: Judged | None

    @property
    def grade(self) -> str:
        """A to F; F where nothing is known."""
        return self.judged.grade if self.judged else UNJUDGED


def links(case: Case, claim: str) -> tuple[Link, ...]:
    """Everybody through whom a claim has come, whoever speaks inside first, each origin once.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "named", "register": "renn"}},
    ...     "register": {"renn": {"name": "Ida Renn", "reliability": [{"grade": "B", "reason": "Right."}]}},
    ...     "claims": {"c1": {**said, "origin": "o1"}, "c2": {**said, "within": "c1"}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> [link.grade for link in links(case, "c2")], weakest(links(case, "c2")), weakest(links(case, "c1"))
    (['F', 'B'], 'F', 'B')
    """
    return Lookup(case).links(claim)


def weakest(found: tuple[Link, ...]) -> str:
    """The reliability of a whole line of sources: that of the weakest, F where one cannot be judged."""
    grades = [link.grade for link in found]
    return UNJUDGED if UNJUDGED in grades or not grades else max(grades)
