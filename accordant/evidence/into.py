"""Suggestions as they would enter a case: a :class:`Draft` is what a person will accept, or change.

Nothing here decides. A draft is filled in as far as the report and the case allow;
:func:`accordant.evidence.adding.add` makes the case with what was accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from accordant.case.objects import Case
from accordant.case.sources import Attribution, Claim, ClaimKind, Handling, Origin
from accordant.evidence.dates import Written
from accordant.evidence.handling_marks import offered
from accordant.evidence.parties import party_in
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.spans import Span
from accordant.evidence.who import Source
from accordant.evidence.words import word_set
from accordant.evidence.written import attribution_words as attribution_words
from accordant.evidence.written import says_of, written_at

_WORD = re.compile(r"[^\W_]+")
_SKIPPED = word_set("the a an of and for in on at to with who that by familiar")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as it would enter the case.

    Attributes
    ----------
    origin
        Id of an origin, of the case or new.
    new_origin
        The origin itself where it is new.
    grade
        Reliability of the source, A to F, and credibility of the item, 1 to 6; two separate judgements.
    attribution
        How it is attributed; None for as the suggestion says.
    place
        Where it stands, if not where the suggestion is written down: a part of it, or more than it.
    replaces
        The suggestions that it comes from, if not only :attr:`suggestion`; none for words marked by hand.
    """

    suggestion: Suggestion
    says: str
    kind: ClaimKind
    by: str | None = None
    origin: str | None = None
    new_origin: Origin | None = None
    grade: str = "F6"
    event: str | None = None
    attribution: Attribution | None = None
    handling: Handling = "public"
    graded_because: str | None = None
    note: str | None = None
    place: Span | None = None
    replaces: tuple[str, ...] | None = None

    @property
    def stands_for(self) -> tuple[str, ...]:
        """Ids of the suggestions that this claim comes from."""
        return (self.suggestion.id,) if self.replaces is None else self.replaces

    def at(self, text: str) -> Span:
        """The place of the claim in the report's text."""
        return self.place or written_at(text, self.suggestion)


def report_in(case: Case, sha256: str) -> str | None:
    """The id of the report with these bytes, if the case has it already."""
    return next((id_ for id_, r in case.reports.items() if r.sha256.strip().lower() == sha256), None)


def claim_at(case: Case, report: str | None, result: ReadResult, claim: Suggestion) -> str | None:
    """The id of the case's claim at the same place in the same report, if there is one.

    A claim with who and verb can stand where the claim around it stands; they differ in what they are inside.
    """
    at = tuple(written_at(result.text, claim))
    there = {id_: c for id_, c in case.claims.items() if c.report == report and tuple(c.at) == at}
    if claim.within is not None and tuple(written_at(result.text, result[claim.within])) == at:
        return next((id_ for id_, c in there.items() if c.within in there), None)
    return next(iter(there), None)


def drafted(case: Case, result: ReadResult, claim: Suggestion, made: Sequence[Draft] = ()) -> Draft:
    """A suggestion filled in as far as the report and the case allow.

    Parameters
    ----------
    made
        What was accepted before from the same report: its new origins are offered again.
    """
    origin, new = _origin(case, result, claim, made)
    return Draft(
        claim,
        says=says_of(result.text, claim),
        kind=claim.kind,
        by=_party(case, result, claim),
        origin=origin,
        new_origin=new,
        event=event_of(claim.dates),
        handling=offered(result),
    )


def told_by(case: Case, result: ReadResult, draft: Draft, teller: Suggestion, made: Sequence[Draft]) -> Draft:
    """A draft whose telling was rejected: it still goes back to whoever tells it, not to who speaks inside.

    Without this, what two unnamed people say of a state would stand in the case as said by the state.
    """
    origin, new = _origin(case, result, teller, made)
    return replace(draft, origin=origin, new_origin=new, attribution=teller.source.attribution)


def with_tellings(
    case: Case,
    result: ReadResult,
    drafts: Sequence[Draft],
    rejected: Iterable[str],
    report: str | None = None,
) -> list[Draft]:
    """The drafts, and the suggestions around them that were neither accepted, rejected nor in the case.

    Who tells of a claim is part of where it comes from, so that what is inside never enters alone.
    """
    report = report or report_in(case, result.report.sha256)
    rejected = set(rejected)
    whole = list(drafts)
    for draft in drafts:
        for teller in around(result, draft.suggestion):
            if teller.id in rejected or any(teller.id in d.stands_for for d in whole):
                continue
            if claim_at(case, report, result, teller) is None:
                whole.append(with_teller(case, result, drafted(case, result, teller, whole), whole, rejected))
    return whole


def with_teller(
    case: Case, result: ReadResult, draft: Draft, made: Sequence[Draft], rejected: Iterable[str]
) -> Draft:
    """The draft, told by the suggestion just around it if that one was rejected."""
    rejected = set(rejected)
    teller = None
    for outer in around(result, draft.suggestion):
        if outer.id not in rejected:
            break
        teller = outer
    return draft if teller is None else told_by(case, result, draft, teller, made)


def around(result: ReadResult, claim: Suggestion) -> list[Suggestion]:
    """The suggestions that one is said inside of, from the nearest outwards."""
    found: list[Suggestion] = []
    at = claim.within
    while at is not None:
        found.append(result[at])
        at = result[at].within
    return found


def _party(case: Case, result: ReadResult, claim: Suggestion) -> str | None:
    """The party of the case that is said to act: whoever speaks inside, else whoever speaks."""
    inside = [c for c in result.claims if c.within == claim.id]
    acting = (
        inside[0] if claim.act == "claim" and len(inside) == 1 and claim.kind == inside[0].kind else claim
    )
    return _party_of(case, result, acting.source)


def _party_of(case: Case, result: ReadResult, source: Source) -> str | None:
    """The party that a source's words name, or those of the mention that it stands for."""
    stands_for = source.stands_for.of(result.text) if source.stands_for is not None else ""
    found = (party_in(case, words) for words in (source.text, stands_for, source.name or "") if words)
    return next((party for party in found if party is not None), None)


def event_of(dates: tuple[Written, ...]) -> str | None:
    """When it happened, if exactly one time in the claim has a range that can be written down."""
    ranges = {(d.first, d.last) for d in dates if d.first and d.last}
    first, last = ranges.pop() if len(ranges) == 1 else (None, None)
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year:04d}-{first.month:02d}"
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return f"{first.year:04d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _origin(
    case: Case, result: ReadResult, claim: Suggestion, made: Sequence[Draft]
) -> tuple[str | None, Origin | None]:
    if claim.origin is None:
        return None, None
    for draft in made:
        if draft.suggestion.origin == claim.origin and draft.origin is not None:
            return draft.origin, draft.new_origin
    suggested = result.origins[claim.origin]
    origin = Origin(
        kind=suggested.kind,
        words=suggested.words if suggested.words != suggested.name else None,
        name=suggested.name,
        count=suggested.count if suggested.kind in ("described", "group") else None,
        outlet=claim.outlet or suggested.outlet,
        side=_party_of(case, result, claim.source),
    )
    known = next((id_ for id_, o in case.origins.items() if _same(o, origin)), None)
    if known is not None:
        return known, None
    taken = [*case.origins, *(d.origin for d in made if d.origin)]
    return free_id(suggested.name or suggested.words, taken), origin


def _same(one: Origin, other: Origin) -> bool:
    """Whether two origins are surely one: the same name, or the same words to the same outlet."""
    if one.name and other.name:
        return one.name.casefold() == other.name.casefold() and one.kind == other.kind
    words = one.words and other.words and one.words.casefold() == other.words.casefold()
    return bool(words) and one.outlet is not None and one.outlet == other.outlet


def free_id(words: str, taken: Iterable[str]) -> str:
    """An id made from words, not yet taken.

    Examples
    --------
    >>> free_id("Two people familiar with the talks", [])
    'two-people-talks'
    >>> free_id("Ida Renn", ["ida-renn"])
    'ida-renn-2'
    """
    parts = [w.lower() for w in _WORD.findall(words) if w.lower() not in _SKIPPED and not w.isdigit()]
    stem = "-".join(parts[:3]) or "origin"
    taken = set(taken)
    return next(
        name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken
    )


def claim_of(draft: Draft, result: ReadResult, report: str, within: str | None = None) -> Claim:
    """A draft as a claim of a report, not entered yet."""
    at = draft.at(result.text)
    return Claim(
        report=report,
        quote=at.of(result.text),
        at=(at.start, at.end),
        says=draft.says,
        kind=draft.kind,
        by=draft.by,
        origin=draft.origin,
        within=within,
        attribution=draft.attribution or draft.suggestion.source.attribution,
        grade=draft.grade,
        graded_because=draft.graded_because,
        event=draft.event,
        reported=result.report.published,
        handling=draft.handling,
        note=draft.note,
    )


def edited(draft: Draft, **changes: object) -> Draft:
    """A draft with some of its fields changed."""
    return replace(draft, **changes)  # type: ignore[arg-type]
