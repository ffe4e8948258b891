"""Which sources of several reports are one: surely, perhaps, or not at all.

Surely one: the same person by full name; the same body by name (*the Norlandish government*, *the
Government of Norland*); the same outlet; in copies of one text, the same words; in reports of which
one goes back to the other, the same description to the same outlet. Perhaps one, and asked: unnamed
people described alike who told the same outlet, a state and its government, an office and the person
who holds it, a surname and a full name. Nothing else is joined.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from accordant.case.groups import Groups
from accordant.evidence.together.material import Matter, Speaker, key_of
from accordant.evidence.together.names import basic_form
from accordant.evidence.together.reports import SURE, ReportLink
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.words import word_set

_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[.;\n]")
_LEFT_OUT = word_set("the a an of for own same itself s its their his her one two three several some")
_GOVERNING = frozenset({"government", "administration", "cabinet", "state"})
_PEOPLE = word_set("know knows knowledg familiar person peopl people source sourc brief close")


class Perhaps(NamedTuple):
    """Two sources (by number) that may be one, and why that is asked."""

    one: int
    other: int
    because: str


@dataclass(frozen=True)
class Place:
    """A source as one report has it."""

    report: int
    index: int
    speaker: Speaker


@dataclass(frozen=True)
class Merging:
    """The sources of all reports, those that are surely one together.

    Attributes
    ----------
    apart
        Pairs of ids of which a person has said that they are two.
    by_id
        Whether the sources come from a case: then those with one id are one and nothing else is sure.
    """

    matter: Matter
    links: Sequence[ReportLink]
    known: frozenset[str]
    told_alike: Collection[tuple[int, int]] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    by_id: bool = False

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every source of every report."""
        return tuple(
            Place(k, index, speaker)
            for k, report in enumerate(self.matter.reports)
            for index, speaker in enumerate(report.speakers)
        )

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """From (report, index of the speaker) to the number of the place."""
        return {(p.report, p.index): n for n, p in enumerate(self.places)}

    @cached_property
    def of(self) -> tuple[int, ...]:
        """For each place the number of its source: that of the first place that is surely the same."""
        groups = Groups(len(self.places))
        for one, other in self._surely():
            groups.join(one, other)
        return groups.roots()

    @cached_property
    def sources(self) -> dict[int, tuple[Place, ...]]:
        """Every source with its places."""
        held: dict[int, list[Place]] = {}
        for place, source in zip(self.places, self.of, strict=True):
            held.setdefault(source, []).append(place)
        return {source: tuple(places) for source, places in held.items()}

    def source(self, report: int, index: int) -> int:
        """The source of one report's speaker."""
        return self.of[self.numbers[report, index]]

    def _surely(self) -> Iterator[tuple[int, int]]:
        first: dict[tuple[object, ...], int] = {}
        for n, place in enumerate(self.places):
            keys = (("id", place.speaker.id),) if self.by_id else self._keys[n]
            for key in keys:
                yield first.setdefault(key, n), n
        for link in () if self.by_id else self.links:
            if link.kind != "shared-words":
                yield from self._in_linked(link)

    @cached_property
    def _keys(self) -> tuple[tuple[tuple[object, ...], ...], ...]:
        """For each place what makes it one source with others wherever they stand."""
        return tuple(tuple(self._keys_of(n)) for n in range(len(self.places)))

    def _keys_of(self, n: int) -> Iterator[tuple[object, ...]]:
        speaker = self.places[n].speaker
        if speaker.party is not None:
            yield "party", speaker.party
        if speaker.kind == "outlet":
            yield "outlet", key_of(speaker.title)
        elif speaker.kind == "named" and speaker.name and " " in speaker.name:
            yield "person", key_of(speaker.name)
        elif speaker.kind == "institution" and self._bodies[n] & self.known:
            yield "body", self._bodies[n]

    @cached_property
    def _bodies(self) -> tuple[frozenset[str], ...]:
        """The words of each body's name in their basic forms: one set however the name is put."""
        return tuple(
            self._body(p.speaker) if p.speaker.kind == "institution" else frozenset() for p in self.places
        )

    def _body(self, speaker: Speaker) -> frozenset[str]:
        words = (w.casefold() for w in _WORD.findall(speaker.name or speaker.words))
        return frozenset(basic_form(w, self.known) for w in words if w not in _LEFT_OUT)

    def _in_linked(self, link: ReportLink) -> Iterator[tuple[int, int]]:
        """In copies, sources in the same words; in a retelling, those with one description and outlet."""
        kept = self._titles if link.kind in SURE else self._descriptions
        there: dict[tuple[object, ...], int] = {}
        for n in self._at(link.one):
            there.setdefault(kept[n], n)
        for n in self._at(link.other):
            if kept[n] and kept[n] in there:
                yield there[kept[n]], n

    @cached_property
    def _titles(self) -> tuple[tuple[object, ...], ...]:
        return tuple((p.speaker.kind, key_of(p.speaker.title)) for p in self.places)

    @cached_property
    def _descriptions(self) -> tuple[tuple[object, ...], ...]:
        """For unnamed sources that told an outlet: what is said of them; empty for others."""
        return tuple(self._description(place) for place in self.places)

    def _description(self, place: Place) -> tuple[object, ...]:
        outlet = self.matter.outlet_of(place.report, place.speaker)
        if place.speaker.kind != "described" or not outlet:
            return ()
        return described(place.speaker), place.speaker.count, key_of(outlet)

    def _at(self, report: int) -> list[int]:
        first = self._starts[report]
        return list(range(first, first + len(self.matter.reports[report].speakers)))

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for report in self.matter.reports:
            starts.append(at)
            at += len(report.speakers)
        return starts

    @cached_property
    def perhaps(self) -> tuple[Perhaps, ...]:
        """Pairs of sources that may be one, each once; only between reports that hang together.

        Reports hang together if they are linked, or make the same claim.
        """
        found: dict[tuple[int, int], str] = {}
        for n, m in self._beside():
            one, other = sorted((self.of[n], self.of[m]))
            if one == other or (one, other) in found:
                continue
            why = self._why(n, m)
            if why is not None:
                found[one, other] = why
        return tuple(Perhaps(one, other, why) for (one, other), why in sorted(found.items()))

    def _beside(self) -> Iterator[tuple[int, int]]:
        """Places whose sources are compared: of reports that hang together, and of one name in a case."""
        linked = {(k.one, k.other) for k in self.links if k.kind != "shared-words"} | set(self.told_alike)
        for report, another in sorted(linked):
            here, there = self._blocks(report), self._blocks(another)
            for key in here.keys() & there.keys():
                yield from ((n, m) for n in here[key] for m in there[key])
            yield from ((n, m) for n in here.get(_PERSON, ()) for m in there.get(_OFFICE, ()))
            yield from ((n, m) for n in here.get(_OFFICE, ()) for m in there.get(_PERSON, ()))
        first: dict[tuple[object, ...], int] = {}
        for n in range(len(self.places) if self.by_id else 0):
            for key in self._keys[n]:
                yield first.setdefault(key, n), n

    def _blocks(self, report: int) -> dict[tuple[object, ...], list[int]]:
        """A report's sources by what two of them must share to be one, perhaps."""
        if report not in self._known_blocks:
            held: dict[tuple[object, ...], list[int]] = {}
            for n in self._at(report):
                for key in self._block_keys(n):
                    held.setdefault(key, []).append(n)
            self._known_blocks[report] = held
        return self._known_blocks[report]

    @cached_property
    def _known_blocks(self) -> dict[int, dict[tuple[object, ...], list[int]]]:
        return {}

    def _block_keys(self, n: int) -> Iterator[tuple[object, ...]]:
        speaker = self.places[n].speaker
        yield from self._keys[n]
        if speaker.kind == "described":
            outlet = self.matter.outlet_of(self.places[n].report, speaker)
            if outlet:
                yield "described", key_of(outlet), speaker.count
        elif speaker.kind == "institution":
            yield "state", self._bodies[n] - _GOVERNING
        elif speaker.kind == "named":
            yield "surname", _surname_of(speaker)
            yield _PERSON
        elif speaker.kind == "role":
            yield "role", key_of(speaker.words)
            yield _OFFICE

    def _why(self, n: int, m: int) -> str | None:
        one, other = self.places[n], self.places[m]
        a, b = one.speaker, other.speaker
        if frozenset({a.id, b.id}) in self.apart or (a.side and b.side and a.side != b.side):
            return None
        if a.party is not None and a.party == b.party and a.title != b.title:
            return f"both are names of {a.party}"
        if set(self._keys[n]) & set(self._keys[m]):
            return f"both are called “{a.title}”" if a.title == b.title else "one name, written in two ways"
        if a.kind == b.kind == "described":
            return self._same_people(one, other)
        if a.kind == b.kind == "institution":
            return self._state_and_government(n, m)
        if a.kind == b.kind == "named":
            return _surname(a, b)
        if {a.kind, b.kind} == {"named", "role"}:
            person, office = (one, other) if a.kind == "named" else (other, one)
            return self._office(person, office)
        if a.kind == b.kind == "role" and key_of(a.words) == key_of(b.words):
            return f"both are called “{key_of(a.words)}”"
        return None

    def _state_and_government(self, n: int, m: int) -> str | None:
        one, other = self._bodies[n], self._bodies[m]
        if one ^ other and (one ^ other) <= _GOVERNING and one & other & self.known:
            return "a state and its government"
        if one == other:
            return f"both are called “{key_of(self.places[n].speaker.title)}”"
        return None

    def _same_people(self, one: Place, other: Place) -> str | None:
        """Unnamed people to the same outlet, as many, described alike."""
        outlets = [self.matter.outlet_of(p.report, p.speaker) for p in (one, other)]
        if not outlets[0] or not outlets[1] or key_of(outlets[0]) != key_of(outlets[1]):
            return None
        a, b = one.speaker, other.speaker
        words, there = described(a), described(b)
        if a.count != b.count or not (words & there or words <= there or there <= words):
            return None
        told = a.outlet or b.outlet
        if told is None:  # nobody says whom they told: only the reports are of one outlet
            named = (self.matter.reports[p.report].outlet for p in (one, other))
            spelt = next((outlet for outlet in named if outlet), outlets[0])
            return f"as many people, described alike, in reports of {spelt}"
        return f"as many people, described alike, who told {told}"

    def _office(self, person: Place, office: Place) -> str | None:
        """Whether the office stands beside the person's name in the report that names them."""
        role = " ".join(w for w in key_of(office.speaker.words).split() if w not in _LEFT_OUT)
        name = person.speaker.name or ""
        if not role or not any(role in words for words in self._around(person)):
            return None
        return f"a report calls {name} {role}"

    def _around(self, person: Place) -> tuple[str, ...]:
        """What stands just before and just after a person's name in their report."""
        key = (person.report, person.index)
        if key not in self._known_around:
            text = self.matter.reports[person.report].text.casefold()
            found: list[str] = []
            for match in re.finditer(rf"\b{re.escape(_surname_of(person.speaker))}\b", text):
                found.append(_CLAUSE.split(text[max(0, match.start() - 40) : match.start()])[-1])
                after = text[match.end() : match.end() + 60]
                found.append(_CLAUSE.split(after)[0] if after.startswith(",") else "")
            self._known_around[key] = tuple(found)
        return self._known_around[key]

    @cached_property
    def _known_around(self) -> dict[tuple[int, int], tuple[str, ...]]:
        return {}


_PERSON, _OFFICE = ("person", None), ("office", None)


def _surname_of(speaker: Speaker) -> str:
    return next(iter((speaker.name or speaker.words).split()[-1:]), "").casefold()


def _surname(a: Speaker, b: Speaker) -> str | None:
    one, other = (s.name or s.words for s in (a, b))
    if (" " in one) == (" " in other) or one.split()[-1].casefold() != other.split()[-1].casefold():
        return None
    return f"“{min(one, other, key=len)}” may be {max(one, other, key=len)}"


def described(speaker: Speaker) -> frozenset[str]:
    """What a description says of people, without the words for people and for knowing.

    Examples
    --------
    >>> words = ("Two people with knowledge of the talks", "two people who know the negotiations")
    >>> [sorted(described(Speaker("o1", "described", w))) for w in words]
    [['talks'], ['talks']]
    """
    return frozenset(stem(w) for w in plain_words(speaker.words)) - _PEOPLE
