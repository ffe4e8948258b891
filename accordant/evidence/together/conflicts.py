"""Claims and reports that cannot both be right, side by side with what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from accordant.evidence.spans import Span
from accordant.evidence.together.features import Features
from accordant.evidence.together.likeness import number_conflict
from accordant.evidence.together.material import Matter, Statement
from accordant.evidence.together.same import Compared, Pair
from accordant.evidence.together.status import Status

ConflictKind = Literal["number", "polarity", "status", "time"]
_CLOSE_IN_TIME = 10
"""Days between two reports within which *agreed* and *open* are a conflict and no development."""
_NEARLY = 90.0
"""The least spelling ratio at which another time is a conflict and not another event."""


class Place(NamedTuple):
    """Words in a report, of a claim where there is one."""

    report: int
    at: Span
    claim: str | None


@dataclass(frozen=True)
class Conflict:
    """Two sides that cannot both be right; ``differs`` says in what, in the words of each."""

    kind: ConflictKind
    one: tuple[Place, ...]
    other: tuple[Place, ...]
    differs: tuple[str, str]

    @property
    def reports(self) -> frozenset[int]:
        """The reports on both sides."""
        return frozenset(p.report for p in (*self.one, *self.other))


def conflicts(
    compared: Compared, told: Sequence[tuple[Status, ...]], names: Sequence[frozenset[str]]
) -> tuple[Conflict, ...]:
    """Every conflict between claims of different reports, and between what they say of one matter's state.

    Parameters
    ----------
    told
        For each report what it tells as agreed or open.
    names
        For each report its names: reports that share none do not speak of one matter.
    """
    found = [*_between_claims(compared), *_between_states(compared.matter, told, names)]
    return tuple(sorted(found, key=lambda c: (c.one, c.other, c.kind)))


def _between_claims(compared: Compared) -> Iterator[Conflict]:
    every = compared.matter.statements
    for pair in compared.pairs:
        kind = conflict_kind(compared, pair)
        if kind is None:
            continue
        sides = (compared.wordings[pair.one], compared.wordings[pair.other])
        members = [[every[m] for m in side.members] for side in sides]
        if len({s.report for side in members for s in side}) < 2:
            continue
        places = sorted(
            (tuple(sorted(Place(s.report, s.at, s.id) for s in side)), number)
            for number, side in enumerate(members)
        )
        first, second = (places[0][1], places[1][1])
        features = (sides[first].features, sides[second].features)
        words = _words(compared.matter, kind, (members[first][0], members[second][0]), features)
        yield Conflict(kind, places[0][0], places[1][0], words)


def conflict_kind(compared: Compared, pair: Pair) -> ConflictKind | None:
    """What two claims that are alike contradict each other in, if they do."""
    one, other = (compared.wordings[k].features for k in (pair.one, pair.other))
    together = {one.act, other.act}
    if len(together) > 1 and together != {"saying", "denial"}:
        return None
    if "condition" in pair.differs:
        return None
    if number_conflict(one, other) is not None and not {"polarity", "time"} & set(pair.differs):
        return "number"
    if "polarity" in pair.differs and not {"number", "time"} & set(pair.differs):
        return "polarity"
    if pair.differs == ("time",) and pair.ratio >= _NEARLY:
        return "time"
    return None


def _words(
    matter: Matter,
    kind: ConflictKind,
    sides: tuple[Statement, Statement],
    features: tuple[Features, Features],
) -> tuple[str, str]:
    """What differs, in the words of each side."""
    texts = [matter.reports[s.report].text for s in sides]
    if kind == "number":
        found = number_conflict(*features)
        assert found is not None
        # The features are those of the first statement of a wording; its report holds the places.
        homes = [matter.reports[f.report].text for f in features]
        one, other = (" ".join(q.at.of(text).split()) for q, text in zip(found, homes, strict=True))
        return one, other
    if kind == "time":
        one, other = (
            ", ".join(" ".join(d.of(t).split()) for d in s.date_spans)
            for s, t in zip(sides, texts, strict=True)
        )
        return one, other
    one, other = ("denied" if f.negative else "asserted" for f in features)
    return one, other


def _between_states(
    matter: Matter, told: Sequence[tuple[Status, ...]], names: Sequence[frozenset[str]]
) -> Iterator[Conflict]:
    states: dict[str, list[tuple[int, Status]]] = {}
    for report, every in enumerate(told):
        for status in every:
            if status.state == "open":
                states.setdefault(status.of, []).append((report, status))
    for report, every in enumerate(told):
        for status in every:
            if status.state == "agreed":
                against = [
                    (other, open_)
                    for other, open_ in states.get(status.of, ())
                    if other != report and _one_matter(matter, names, report, other)
                ]
                if against:
                    yield _status_conflict(matter, report, status, against)


def _status_conflict(
    matter: Matter, report: int, status: Status, against: list[tuple[int, Status]]
) -> Conflict:
    one = (Place(report, status.at, _claim_at(matter, report, status.at)),)
    other = tuple(sorted(Place(r, s.at, _claim_at(matter, r, s.at)) for r, s in against))
    first = " ".join(other[0].at.of(matter.reports[other[0].report].text).split())
    words = " ".join(status.at.of(matter.reports[report].text).split())
    return Conflict("status", one, other, (words, first))


def _claim_at(matter: Matter, report: int, at: Span) -> str | None:
    """The narrowest claim that holds these words."""
    holding = [s for s in matter.reports[report].statements if s.at.holds(at)]
    found = min(holding, key=lambda s: s.at.end - s.at.start, default=None)
    return None if found is None else found.id


def _one_matter(matter: Matter, names: Sequence[frozenset[str]], one: int, other: int) -> bool:
    shared = names[one] & names[other]
    if len(shared) < 2 or 3 * len(shared) < min(len(names[one]), len(names[other])):
        return False
    days = [published(matter.reports[k].published) for k in (one, other)]
    if days[0] is None or days[1] is None:
        return True
    return abs((days[0] - days[1]).days) <= _CLOSE_IN_TIME


def published(text: str | None) -> date | None:
    """The day on which a report was published, where a whole day is known."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
