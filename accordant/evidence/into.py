"""Accepted suggestions into a case: the report, its origins and its claims, all of them or nothing.

Nothing here decides. A :class:`Draft` is what a person will accept, filled in as far as the report
and the case allow; :func:`add` makes the case with what was accepted; saving is the case room's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath

from accordant.case.objects import Case
from accordant.case.sources import Attribution, Claim, ClaimKind, Origin, Report, Sources
from accordant.evidence.dates import Written
from accordant.evidence.parties import party_in
from accordant.evidence.result import ReadResult, ReportFacts, Suggestion
from accordant.evidence.who import Source
from accordant.evidence.words import word_set
from accordant.evidence.written import says_of, written_at

_WORD = re.compile(r"[^\W_]+")
_UNSAFE = re.compile(r"[^\w.\-]+")
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
    attribution
        How it is attributed; None for as the suggestion says.
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


@dataclass(frozen=True, slots=True)
class Added:
    """What entered a case: ids of the report, the origins and the claims, and the report's file."""

    case: Case
    report: str
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    files: Mapping[str, bytes]
    new_report: bool


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
        event=_event(claim.dates),
    )


def told_by(case: Case, result: ReadResult, draft: Draft, teller: Suggestion, made: Sequence[Draft]) -> Draft:
    """A draft whose telling was rejected: it still goes back to whoever tells it, not to who speaks inside.

    Without this, what two unnamed people say of a state would stand in the case as said by the state.
    """
    origin, new = _origin(case, result, teller, made)
    return replace(draft, origin=origin, new_origin=new, attribution=teller.source.attribution)


def with_tellings(
    case: Case, result: ReadResult, drafts: Sequence[Draft], rejected: Iterable[str]
) -> list[Draft]:
    """The drafts, and the suggestions around them that were neither accepted, rejected nor in the case.

    Who tells of a claim is part of where it comes from, so that what is inside never enters alone.
    """
    report = report_in(case, result.report.sha256)
    rejected = set(rejected)
    whole = list(drafts)
    for draft in drafts:
        for teller in around(result, draft.suggestion):
            if teller.id in rejected or any(d.suggestion.id == teller.id for d in whole):
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


def _event(dates: tuple[Written, ...]) -> str | None:
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


def add(case: Case, result: ReadResult, raw: bytes, drafts: Sequence[Draft], entered: str) -> Added:
    """The case with the report and what was accepted from it; nothing is written.

    Parameters
    ----------
    raw
        The report's bytes as received.
    entered
        The date on which it is learnt, ``YYYY-MM-DD``.

    Returns
    -------
    Added
        The new case, and the files that go into its folder (none where the report is there).
    """
    report = report_in(case, result.report.sha256)
    reports, files = dict(case.reports), {}
    new_report = report is None
    if report is None:
        report = _numbered("r", case.reports)
        place = _file_name(result.report.file, {r.file for r in case.reports.values()})
        reports[report] = _report(result.report, place)
        files[place] = raw
    origins, claims = dict(case.origins), dict(case.claims)
    before_origins, before_claims = set(origins), set(claims)
    ids: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda d: result.claims.index(d.suggestion)):
        there = claim_at(case, report, result, draft.suggestion)
        ids[draft.suggestion.id] = there or _numbered("c", claims)
        if there is not None:
            continue
        if draft.new_origin is not None and draft.origin is not None:
            origins.setdefault(draft.origin, draft.new_origin)
        within = _within(case, result, report, draft.suggestion, ids)
        claims[ids[draft.suggestion.id]] = _claim(draft, report, within, result, entered)
    sources = Sources(reports=reports, origins=origins, claims=claims)
    return Added(
        case.model_copy(update={"sources": sources}),
        report,
        tuple(c for c in claims if c not in before_claims),
        tuple(o for o in origins if o not in before_origins),
        files,
        new_report,
    )


def _within(
    case: Case, result: ReadResult, report: str, claim: Suggestion, ids: Mapping[str, str]
) -> str | None:
    """The nearest claim around this one that was accepted, or was there before."""
    for outer in around(result, claim):
        found = ids.get(outer.id) or claim_at(case, report, result, outer)
        if found is not None:
            return found
    return None


def _claim(draft: Draft, report: str, within: str | None, result: ReadResult, entered: str) -> Claim:
    suggestion = draft.suggestion
    at = written_at(result.text, suggestion)
    return Claim(
        report=report,
        quote=at.of(result.text),
        at=(at.start, at.end),
        says=draft.says,
        kind=draft.kind,
        by=draft.by,
        origin=draft.origin,
        within=within,
        attribution=draft.attribution or suggestion.source.attribution,
        grade=draft.grade,
        event=draft.event,
        reported=result.report.published,
        entered=entered,
    )


def _report(facts: ReportFacts, place: str) -> Report:
    return Report(
        file=place,
        sha256=facts.sha256,
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        address=facts.address,
        published=facts.published,
        language=facts.language,
    )


def _numbered(letter: str, taken: Mapping[str, object]) -> str:
    """The next free id of a letter and a number."""
    numbers = [int(id_[1:]) for id_ in taken if id_[:1] == letter and id_[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _file_name(name: str, taken: Iterable[str]) -> str:
    """A safe place under ``reports/`` that no other report has."""
    path = PurePosixPath(_UNSAFE.sub("-", Path(name).name).strip("-.") or "report.txt")
    taken = {t.casefold() for t in taken}
    number = 1
    place = f"reports/{path.name}"
    while place.casefold() in taken:
        number += 1
        place = f"reports/{path.stem}-{number}{path.suffix}"
    return place


def attribution_words(source: Source) -> str:
    """How a source is attributed, for people.

    Examples
    --------
    >>> from accordant.evidence.who import NOBODY
    >>> attribution_words(NOBODY)
    'unattributed, nobody is named'
    """
    if source.at is None:
        return "unattributed, nobody is named"
    parts: list[str] = [source.attribution]
    if source.kind != source.attribution:
        parts.append(source.kind)
    if source.count is not None:
        parts.append(f"{source.count} {'person' if source.count == 1 else 'people'}")
    elif source.at_least:
        parts.append(f"{source.at_least} people or more")
    return ", ".join(parts)


def edited(draft: Draft, **changes: object) -> Draft:
    """A draft with some of its fields changed."""
    return replace(draft, **changes)  # type: ignore[arg-type]
