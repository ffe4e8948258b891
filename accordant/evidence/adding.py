"""Accepted drafts into a case: the report, its origins and its claims, all of them or nothing.

Nothing is written here; saving is the case room's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from accordant.case.objects import Case
from accordant.case.sources import Claim, Origin, Report
from accordant.evidence.into import Draft, around, claim_of, report_in
from accordant.evidence.result import ReadResult, ReportFacts, Suggestion
from accordant.evidence.spans import Span
from accordant.evidence.written import written_at

_UNSAFE = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True, slots=True)
class Added:
    """What entered a case: ids of the report, the origins and the claims, and the report's files.

    Attributes
    ----------
    of
        The claim that each draft became, or was already, by the id of its suggestion.
    """

    case: Case
    report: str
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    files: Mapping[str, bytes]
    new_report: bool
    of: Mapping[str, str] = field(default_factory=dict)


def add(
    case: Case,
    result: ReadResult,
    raw: bytes,
    drafts: Sequence[Draft],
    entered: str,
    *,
    by: str | None = None,
    report: str | None = None,
) -> Added:
    """The case with the report and what was accepted from it; nothing is written.

    Parameters
    ----------
    raw
        The report's bytes as received.
    entered
        The date on which it is learnt, ``YYYY-MM-DD``.
    by
        Who enters it.
    report
        The report of the case that has this text, where that is known already.

    Returns
    -------
    Added
        The new case, and the files that go into its folder (none where the report is there).
    """
    report = report or report_in(case, result.report.sha256)
    reports = dict(case.reports)
    files: dict[str, bytes] = {}
    new_report = report is None
    if report is None:
        report = _numbered("r", case.reports)
        reports[report], files = _kept(result, raw, {r.file for r in case.reports.values()})
    work = _Adding(case, result, report, entered, by, dict(case.origins), dict(case.claims))
    work.take(drafts)
    sources = case.sources.model_copy(
        update={"reports": reports, "origins": work.origins, "claims": work.claims}
    )
    return Added(
        case.model_copy(update={"sources": sources}),
        report,
        tuple(c for c in work.claims if c not in case.claims),
        tuple(o for o in work.origins if o not in case.origins),
        files,
        new_report,
        work.ids,
    )


@dataclass
class _Adding:
    """Claims going into a case, each in its turn, so that what is inside finds what is around it."""

    case: Case
    result: ReadResult
    report: str
    entered: str
    by: str | None
    origins: dict[str, Origin]
    claims: dict[str, Claim]
    ids: dict[str, str] = field(default_factory=dict)
    made: dict[str, list[tuple[Span, str]]] = field(default_factory=dict)
    there: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    last: int = 0

    def take(self, drafts: Sequence[Draft]) -> None:
        """Take drafts in, in the order of the text, an outer claim before what is inside it."""
        order = {claim.id: k for k, claim in enumerate(self.result.claims)}
        for id_, claim in self.case.claims.items():
            if claim.report == self.report:
                self.there.setdefault((claim.at[0], claim.at[1]), []).append(id_)
        last = len(order)
        for draft in sorted(
            drafts, key=lambda d: min((order.get(i, last) for i in d.stands_for), default=last)
        ):
            self._one(draft)

    def _one(self, draft: Draft) -> None:
        at = draft.at(self.result.text)
        found = self._found(draft.suggestion, at)
        name = found or self._next()
        self.ids[draft.suggestion.id] = name
        for id_ in draft.stands_for:
            self.made.setdefault(id_, []).append((at, name))
        if found is not None:
            return
        if draft.new_origin is not None and draft.origin is not None:
            self.origins.setdefault(draft.origin, draft.new_origin)
        claim = claim_of(draft, self.result, self.report, self._within(draft, at))
        self.claims[name] = claim.model_copy(update={"entered": self.entered, "entered_by": self.by})

    def _next(self) -> str:
        """The next free id of a claim."""
        if not self.last:
            self.last = int(_numbered("c", self.claims)[1:]) - 1
        self.last += 1
        return f"c{self.last}"

    def _found(self, claim: Suggestion, at: Span) -> str | None:
        """The claim that stands there already; see :func:`claim_at`."""
        there = self.there.get((at.start, at.end), [])
        outer = self.result[claim.within] if claim.within is not None else None
        if there and outer is not None and written_at(self.result.text, outer) == at:
            return next((i for i in there if self.case.claims[i].within in there), None)
        return next(iter(there), None)

    def _within(self, draft: Draft, at: Span) -> str | None:
        """The nearest claim around this one that was accepted, or was there before."""
        for outer in around(self.result, draft.suggestion):
            made = self.made.get(outer.id, [])
            found = next((i for place, i in made if place.holds(at)), made[0][1] if made else None)
            found = found or self._found(outer, written_at(self.result.text, outer))
            if found is not None:
                return found
        return None


def _kept(result: ReadResult, raw: bytes, taken: set[str]) -> tuple[Report, dict[str, bytes]]:
    """The report as it enters, and its files: where it is not plain text, its text beside it.

    Quotations are then read from that text, so that no extractor of another version moves them.
    """
    place = _file_name(result.report.file, taken)
    report = _report(result.report, place)
    if result.report.format == "text":
        return report, {place: raw}
    text = result.text.encode()
    beside = _file_name(f"{PurePosixPath(place).name}.txt", {*taken, place})
    digest = hashlib.sha256(text).hexdigest()
    return report.model_copy(update={"text": beside, "text_sha256": digest}), {place: raw, beside: text}


def _report(facts: ReportFacts, place: str) -> Report:
    return Report(
        file=place,
        sha256=facts.sha256,
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        address=facts.address,
        published=facts.published,
        retrieved=facts.retrieved,
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
