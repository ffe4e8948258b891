"""What happened when, as exactly as is known: contacts, events, proposals, reports, what claims speak of."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from accordant.case.dates import When, when
from accordant.case.grounds import standings, unnamed_claims
from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean
from accordant.evidence.handling import Handling
from accordant.tables import Method, Table

Kind = Literal["contact", "event", "proposal", "report", "claim"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SHOWN: tuple[Kind, ...] = ("contact", "event", "proposal")
"""What is shown unless something else is asked for."""
METHOD = Method("dates of the case, each as exactly as it is written")
_PLURAL = {"contact": "contacts", "event": "events", "proposal": "proposals", "report": "reports"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing with its date.

    Attributes
    ----------
    number
        Its place in the list, from 1: figures and tables name it by this.
    id
        Of the event, proposal, report or claim.
    when
        Every day that its date may mean; None where it is not known.
    written
        The date as the case has it; empty where it has none.
    who
        Ids of the parties that take part.
    claims
        What it is known from.
    unnamed
        Whether all that it is known from goes back to somebody unnamed.
    counts
        Whether something that it is known from counts; also where nothing is given.
    """

    number: int
    id: str
    kind: Kind
    what: str
    when: When | None
    written: str
    where: str
    who: tuple[str, ...]
    claims: tuple[str, ...]
    unnamed: bool
    counts: bool
    note: str = ""

    @property
    def date_words(self) -> str:
        """The date as it is read."""
        if self.when is not None:
            return self.when.words
        return f"{self.written} (cannot be sorted)" if self.written else "not known"

    def to_json(self) -> dict[str, Any]:
        """One entry of ``happenings``."""
        first, last = (self.when.first, self.when.last) if self.when else (None, None)
        return {
            "number": self.number,
            "id": self.id,
            "kind": self.kind,
            "what": self.what,
            "date": self.written or None,
            "first": first.isoformat() if first else None,
            "last": last.isoformat() if last else None,
            "known": self.when is not None,
            "where": self.where or None,
            "who": list(self.who),
            "claims": list(self.claims),
            "unnamed": self.unnamed,
            "counts": self.counts,
            "note": self.note or None,
        }


@dataclass(frozen=True)
class TimelineResult:
    """What happened, by date; what has no date comes last.

    Attributes
    ----------
    shown
        The kinds that were asked for.
    lanes
        Parties with something of their own, in the order of the case, by id: their names.
    left_out
        How much is known from restricted claims only, and stays behind.
    set_aside
        Claims that would stand by themselves and do not count.
    as_of
        The date for which the case is right.
    """

    happenings: tuple[Happening, ...]
    shown: tuple[Kind, ...]
    lanes: dict[str, str]
    left_out: int
    set_aside: int
    handling: str
    as_of: str | None
    method: Method = METHOD

    @property
    def dated(self) -> tuple[Happening, ...]:
        """What has a date that can be told."""
        return tuple(h for h in self.happenings if h.when is not None)

    @property
    def finding(self) -> str:
        """What the dates say, in a sentence."""
        if not self.happenings:
            return f"Nothing is known of {_listed([_PLURAL.get(k, 'dated claims') for k in self.shown])}"
        tails = []
        unnamed = sum(h.unnamed for h in self.happenings)
        if unnamed:
            only = "all of them" if unnamed == len(self.happenings) > 1 else _number(unnamed)
            tails.append(f"{only} known from unnamed sources only")
        lost = len(self.happenings) - len(self.dated)
        if lost:
            tails.append(f"{_number(lost)} without a date")
        head = _upper(f"{self._counted()}{self._within()}")
        return f"{head}; {_listed(tails)}" if tails else head

    def _counted(self) -> str:
        counts = Counter(h.kind for h in self.happenings)
        words = {"claim": ("claim about a date", "claims about a date")}
        parts = []
        for kind in KINDS:
            if counts[kind]:
                one, many = words.get(kind, (kind, _PLURAL.get(kind, kind)))
                parts.append(f"{_number(counts[kind])} {one if counts[kind] == 1 else many}")
        return _listed(parts)

    def _within(self) -> str:
        days = [day for h in self.dated if h.when for day in (h.when.first, h.when.last) if day]
        if not days:
            return ""
        first, last = _month(min(days)), _month(max(days))
        return f" in {first}" if first == last else f" between {first} and {last}"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``timeline --json``."""
        return {
            "schema": "accordant/timeline/1",
            "finding": self.finding,
            "shown": list(self.shown),
            "lanes": [{"party": id_, "name": name} for id_, name in self.lanes.items()],
            "as_of": self.as_of,
            "left_out": self.left_out,
            "set_aside": self.set_aside,
            "handling": self.handling or "public",
            "happenings": [h.to_json() for h in self.happenings],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row each, by date; what has none comes last."""
        columns = ("no.", "date", "first day", "last day", "kind", "what", "where", "who", "claims")
        return Table(self.finding, (*columns, "unnamed only", "counts"), tuple(map(_row, self.happenings)))

    def overview(self) -> Table:
        """The same in short, for a page."""
        rows = tuple(
            (h.date_words, h.kind, h.what, h.where, ", ".join(h.who), ", ".join(h.claims))
            for h in self.happenings
        )
        return Table(self.finding, ("date", "kind", "what", "where", "who", "claims"), rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _row(one: Happening) -> tuple[Any, ...]:
    first, last = (one.when.first, one.when.last) if one.when else (None, None)
    return (
        *(one.number, one.written or "not known", first.isoformat() if first else ""),
        *(last.isoformat() if last else "", one.kind, one.what, one.where, ", ".join(one.who)),
        *(", ".join(one.claims), "yes" if one.unnamed else "no", "yes" if one.counts else "no"),
    )


def timeline(case: Case, held: Handling, shown: Sequence[str] = SHOWN) -> TimelineResult:
    """What happened when.

    An event that a claim of contact speaks of is a contact; such a claim that no event stands on is
    one by itself, so that nothing is told twice. Claims by themselves are told while they count.

    Parameters
    ----------
    held
        What is withheld: whatever is known from it only is left out, and counted.
    shown
        Kinds from :data:`KINDS`.

    Raises
    ------
    InputError
        For a kind that there is none of.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"north": {}}, "events": {
    ...     "e1": {"what": "A call", "who": "north", "date": "2031-05"},
    ...     "e2": {"what": "A visit", "who": "north"}}})
    >>> print(timeline(case, Handling(case)).finding)
    Two events in May 2031; one without a date
    """
    wrong = [kind for kind in shown if kind not in KINDS]
    if wrong:
        hint = did_you_mean(wrong[0], list(KINDS))
        allowed = f"allowed: {', '.join(KINDS)}, all"
        raise InputError(f"a timeline shows no {wrong[0]!r}; {allowed}" + (f"; {hint}" if hint else ""))
    kinds = tuple(kind for kind in KINDS if kind in shown)
    making = _Making(case, held)
    found = [h for h in making.all() if h.kind in kinds]
    ordered = sorted(found, key=_order)
    numbered = tuple(replace(h, number=k) for k, h in enumerate(ordered, 1))
    there = {p for h in numbered for p in h.who}
    lanes = {id_: case.party_name(id_) for id_ in case.parties if id_ in there}
    left = sum(kind in kinds for kind in making.left_out)
    aside = sum(kind in kinds for kind in making.set_aside)
    notice = held.notice if numbered else ""
    return TimelineResult(numbered, kinds, lanes, left, aside, notice, case.as_of)


def _order(one: Happening) -> tuple[date, date, int]:
    """By the first day, then the last; of one date contacts come first; without a date last of all."""
    if one.when is None:
        return date.max, date.max, KINDS.index(one.kind)
    first, last = one.when.first, one.when.last
    start = first or last or date.max
    return start, last or date.max, KINDS.index(one.kind)


class _Making:
    def __init__(self, case: Case, held: Handling) -> None:
        self.case, self.held = case, held
        self.standing = standings(case)
        self.nameless = unnamed_claims(case)
        self.left_out: list[Kind] = []
        self.set_aside: list[Kind] = []
        self.told = {c for event in case.events.values() for c in event.because}

    def all(self) -> Iterator[Happening]:
        """Everything with a date, or that ought to have one."""
        yield from self._events()
        yield from self._contacts()
        yield from self._proposals()
        yield from self._reports()
        yield from self._claims()

    def _one(
        self,
        id_: str,
        kind: Kind,
        what: str,
        written: str | None,
        who: Collection[str] = (),
        because: Sequence[str] = (),
        where: str = "",
        note: str = "",
    ) -> Iterator[Happening]:
        if self.held.only_withheld(because):
            self.left_out.append(kind)
            return
        known = [c for c in because if c in self.case.claims]
        yield Happening(
            0,
            id_,
            kind,
            what,
            when(written),
            (written or "").strip(),
            where,
            tuple(p for p in dict.fromkeys(who) if p in self.case.parties),
            tuple(known),
            bool(known) and all(c in self.nameless for c in known),
            not known or any(self.standing[c].stands for c in known),
            note,
        )

    def _is_contact(self, claim: str) -> bool:
        found = self.case.claims.get(claim)
        return found is not None and found.kind == "contact"

    def _events(self) -> Iterator[Happening]:
        for id_, event in self.case.events.items():
            kind: Kind = "contact" if any(map(self._is_contact, event.because)) else "event"
            yield from self._one(
                id_,
                kind,
                event.what,
                event.date,
                event.who,
                event.because,
                event.place or "",
                event.note or "",
            )

    def _contacts(self) -> Iterator[Happening]:
        for id_, claim in self.case.claims.items():
            if claim.kind == "contact" and id_ not in self.told:
                yield from self._claim(id_, "contact")

    def _claim(self, id_: str, kind: Kind) -> Iterator[Happening]:
        """A claim by itself; one that does not count is set aside."""
        claim = self.case.claims[id_]
        if not self.standing[id_].stands:
            self.set_aside.append(kind)
            return
        who = [claim.by] if claim.by else []
        yield from self._one(id_, kind, claim.says, claim.event, who, (id_,))

    def _proposals(self) -> Iterator[Happening]:
        for id_, proposal in self.case.proposals.items():
            who = (*proposal.by, *proposal.via, *proposal.to)
            what = f"Proposal {id_}" + (f" ({proposal.status})" if proposal.status else "")
            yield from self._one(id_, "proposal", what, proposal.date, who, proposal.because)

    def _reports(self) -> Iterator[Happening]:
        for id_, report in self.case.reports.items():
            if self.held.report_withheld(id_):
                self.left_out.append("report")
                continue
            said = self.held.shown(c for c, claim in self.case.claims.items() if claim.report == id_)
            what = f"{report.outlet}: {report.title}" if report.outlet and report.title else report.title
            yield from self._one(id_, "report", what or report.outlet or id_, report.published, (), said)

    def _claims(self) -> Iterator[Happening]:
        for id_, claim in self.case.claims.items():
            if claim.event and (claim.kind != "contact" or id_ in self.told):
                yield from self._claim(id_, "claim")


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(count: int) -> str:
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
