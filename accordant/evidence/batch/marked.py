"""A marked table back into a case: what would enter, what is wrong in which cell, nothing written yet.

Rows that are rejected or skipped need no report: their place and the hash of the text say all. Reports
are read again only where something is accepted, each once, so that a table may be long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from accordant.case.checks.dates import is_date
from accordant.case.objects import Case
from accordant.case.sources import Origin
from accordant.case.unnamed import unnamed_warning
from accordant.errors import ReportError, did_you_mean
from accordant.evidence.adding import add
from accordant.evidence.batch.columns import NEEDED, choices, decision
from accordant.evidence.batch.suggested import place_in, place_of
from accordant.evidence.decisions import Decided, Decision, Decisions, text_sha256
from accordant.evidence.into import Draft, around, claim_of, drafted, with_teller, with_tellings
from accordant.evidence.refusing import refused_item
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.reviewed import decisions as decided_in
from accordant.evidence.reviewing import Answer, Review, report_with
from accordant.evidence.spans import Span

MOST_WRONG = 1_000
"""Mistakes that are collected before the rest is not looked at."""
_PLACES: dict[str, Decided] = {"reject": "rejected", "skip": "skipped"}
_EDITED = ("says", "kind", "by", "origin", "source", "item", "event", "handling", "why", "note", "because")

Reading = Callable[[str, str | None], Iterable[tuple[bytes, ReadResult]]]
"""The reports in a file, with the date to count from: bytes and readings."""


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row as it was read: its number in the table, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken: where, what was found, what is allowed, what to try."""

    row: int
    column: str
    message: str
    found: str = ""
    allowed: tuple[str, ...] = ()
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Entering:
    """A claim that would enter the case."""

    row: int
    claim: str
    report: str
    says: str
    kind: str
    by: str
    origin: str
    grade: str


@dataclass
class Plan:
    """What a marked table comes to.

    Attributes
    ----------
    case, decisions, files
        The case, the decisions and the new reports as they would be.
    also
        Claims that enter because they tell of one that was accepted.
    wrong
        Every mistake found; nothing may be written while there is one.
    open
        Rows without a decision.
    known
        Rows of claims that are in the case already.
    """

    case: Case
    decisions: Decisions
    files: dict[str, bytes] = field(default_factory=dict)
    entering: list[Entering] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    warnings: list[Wrong] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    rejected: int = 0
    skipped: int = 0
    open: int = 0
    known: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing would be different."""
        return not self.entering and not self.decisions.beside()


@dataclass(slots=True)
class _Text:
    """The rows of one text: the accepted ones whole, of the others only what is needed."""

    file: str
    name: str
    published: str | None
    accepted: list[MarkedRow] = field(default_factory=list)
    others: dict[tuple[Span, Span], Decision] = field(default_factory=dict)
    rows: dict[tuple[Span, Span], tuple[int, int]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    first: int = 0


def plan(
    case: Case,
    decisions: Decisions,
    rows: Iterable[MarkedRow],
    read: Reading,
    *,
    by: str | None = None,
    day: str | None = None,
) -> Plan:
    """What a marked table would do to a case.

    Parameters
    ----------
    rows
        The rows of the table, gone through once.
    read
        Gives the reports in a file; raises ReportError where it cannot be read.
    by, day
        Who decides, and the date ``YYYY-MM-DD``; by default today.
    """
    return _Planning(case, decisions, read, by, day or date.today().isoformat()).over(rows)


class _Planning:
    def __init__(self, case: Case, decisions: Decisions, read: Reading, by: str | None, day: str) -> None:
        self.start, self.read, self.by, self.day = case, read, by, day
        self.plan = Plan(case, decisions)
        self.texts: dict[str, _Text] = {}
        self.allowed = choices(case)
        self.proposed: dict[str, str] = {}
        self.fresh: dict[str, Origin] = {}

    def over(self, rows: Iterable[MarkedRow]) -> Plan:
        for row in rows:
            if len(self.plan.wrong) >= MOST_WRONG:
                return self.plan
            self._take(row)
        files: dict[str, list[str]] = {}
        lending = self._lenders()
        for sha256, text in self.texts.items():
            if text.accepted or sha256 in lending:
                files.setdefault(text.file, []).append(sha256)
        for file in [file for file, texts in files.items() if lending & set(texts)]:
            for _raw, result in self._reading(file, files[file], quietly=True):
                self._lend(result)
        for file, texts in files.items():
            self._file(file, [sha256 for sha256 in texts if self.texts[sha256].accepted])
        for sha256, text in self.texts.items():
            if not text.accepted:
                self._keep(sha256, text, ())
        self.plan.entering.sort(key=lambda e: e.row)
        self.plan.wrong.sort(key=lambda w: w.row)
        return self.plan

    def _take(self, row: MarkedRow) -> None:
        """Sort one row in, without reading its report."""
        cells = row.cells
        given = decision(cells.get("decision", ""))
        place, sha256 = place_in(cells.get("place", "")), cells.get("text", "").strip().lower()
        if place is None or len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
            if given == "" and not any(cells.get(name, "").strip() for name in NEEDED):
                return
            column = "place" if place is None else "text"
            hint = "these columns are not for writing: put back what stood there, or write the table anew"
            self._wrong(row, column, "does not say which suggestion this is", hint=hint)
            return
        if sha256 not in self.texts:
            published = cells.get("published", "").strip() or None
            self.texts[sha256] = _Text(
                cells.get("file", ""), cells.get("report", ""), published, first=row.number
            )
        text = self.texts[sha256]
        suggested = cells.get("suggested origin", "").strip()
        if suggested:
            text.origins[place_of_spans(place)] = suggested
            self.proposed.setdefault(suggested, sha256)
        if given is None:
            self._wrong(
                row,
                "decision",
                f"{cells['decision'][:60]!r} is no decision",
                allowed=self.allowed["decision"],
            )
        elif given == "":
            self.plan.open += 1
        elif self._again(row, given, place, text):
            pass
        elif given == "accept":
            text.accepted.append(
                MarkedRow(row.number, {k: cells.get(k, "") for k in (*_EDITED, "words", "place")})
            )
        else:
            self._not_taken(row, given, place, text)

    def _again(self, row: MarkedRow, given: str, place: tuple[Span, Span], text: _Text) -> bool:
        """Whether a suggestion stands in the table already; with another decision that is a mistake."""
        compared = _EDITED if given == "accept" else ("because",)
        marked = hash((given, *(row.cells.get(name, "").strip() for name in compared)))
        if place not in text.rows:
            text.rows[place] = (row.number, marked)
            return False
        number, before = text.rows[place]
        if before != marked:
            self._wrong(
                row,
                "decision",
                f"this suggestion stands in row {number} too, and is marked otherwise there",
                hint=f"keep one of the rows {number} and {row.number}",
            )
        return True

    def _not_taken(self, row: MarkedRow, given: str, place: tuple[Span, Span], text: _Text) -> None:
        at, cue = place
        self.plan.rejected += given == "reject"
        self.plan.skipped += given == "skip"
        text.others[place] = Decision(
            at=(at.start, at.end),
            cue=(cue.start, cue.end) if cue.start < cue.end else None,
            rule=row.cells.get("rule", "").strip() or None,
            decision=_PLACES[given],
            on=self.day,
            by=self.by,
            because=row.cells.get("because", "").strip() or None,
        )

    def _lenders(self) -> set[str]:
        """Texts whose proposed origins are named in accepted rows of other texts."""
        found = set()
        for text in self.texts.values():
            own = set(text.origins.values())
            for row in text.accepted:
                name = row.cells["origin"].strip()
                if name not in own and name in self.proposed:
                    found.add(self.proposed[name])
        return found

    def _reading(
        self, file: str, texts: list[str], *, quietly: bool = False
    ) -> Iterator[tuple[bytes, ReadResult]]:
        """The readings of some texts of a file; what is not found is said."""
        dates = dict.fromkeys(self.texts[sha256].published for sha256 in texts)
        for published in dates:  # an attachment has a date of its own
            same = [sha256 for sha256 in texts if self.texts[sha256].published == published]
            yield from self._reading_as_of(published, file, same, quietly=quietly)

    def _reading_as_of(
        self, published: str | None, file: str, texts: list[str], *, quietly: bool
    ) -> Iterator[tuple[bytes, ReadResult]]:
        left = set(texts)
        message, hint = "", "name where it is now: REPORT before --into"
        try:
            for raw, result in self.read(file, published):
                sha256 = text_sha256(result.text)
                if sha256 in left:
                    left.discard(sha256)
                    yield raw, result
        except ReportError as error:
            message = str(error)
        for sha256 in () if quietly else left:
            row = MarkedRow(self.texts[sha256].first, {"file": file})
            said = message or "the text of the report is not the one that the table was made from"
            hint = hint if message else "write the table anew from the report as it is now"
            self._wrong(row, "file", said, hint=hint)

    def _lend(self, result: ReadResult) -> None:
        """Origins that rows of other texts go back to."""
        text = self.texts[text_sha256(result.text)]
        for claim in result.claims:
            name = text.origins.get(place_of(claim))
            draft = drafted(self.start, result, claim) if name else None
            if name and draft is not None and draft.new_origin is not None:
                self.fresh.setdefault(name, draft.new_origin)

    def _file(self, file: str, texts: list[str]) -> None:
        if not texts:
            return
        for raw, result in self._reading(file, texts):
            sha256 = text_sha256(result.text)
            self._report(raw, result, sha256, self.texts[sha256])

    def _report(self, raw: bytes, result: ReadResult, sha256: str, text: _Text) -> None:
        """Take the accepted rows of one report into the case."""
        self._lend(result)
        case = self.plan.case
        known = self.plan.decisions.text(sha256)
        report = report_with(case, result, known)
        review = Review(case, result, known, report=report, again=True)
        numbers = {place_of(item.suggestion): k for k, item in enumerate(review.items)}
        for place in text.others:
            k = numbers.get(place_of_spans(place))
            if k is not None and review.reopen(k) is None:
                review.decide(k, _answered(text.others[place]))
        rows: dict[str, MarkedRow] = {}
        for row in text.accepted:
            k = numbers.get(row.cells["place"].strip())
            if k is None:
                hint = "the rules suggest nothing there any more: write the table anew"
                self._wrong(row, "place", "leads to no suggestion", hint=hint)
            elif review.reopen(k) is not None:
                self.plan.known += 1
            else:
                self._accept(review, k, row, text)
                rows[review.items[k].id] = row
        if self.plan.wrong:
            return
        self._add(raw, review, rows, text, sha256)

    def _add(self, raw: bytes, review: Review, rows: dict[str, MarkedRow], text: _Text, sha256: str) -> None:
        result, case = review.result, self.plan.case
        whole = with_tellings(case, result, review.accepted, review.rejected, review.report)
        added = add(case, result, raw, whole, self.day, by=self.by, report=review.report) if whole else None
        self._keep(sha256, text, decided_in(review, added, self.day, self.by))
        if added is None:
            return
        self.plan.case = added.case
        self.plan.files.update(added.files)
        self.plan.origins.extend(added.origins)
        new = set(added.claims)
        for suggestion, name in added.of.items():
            if name not in new:
                continue
            claim = added.case.claims[name]
            row = rows.get(suggestion)
            if row is None:
                self.plan.also.append(name)
            number = text.first if row is None else row.number
            origin, by = claim.origin or "", claim.by or ""
            self.plan.entering.append(
                Entering(number, name, text.name, claim.says, claim.kind, by, origin, claim.grade)
            )

    def _keep(self, sha256: str, text: _Text, made: Iterable[Decision]) -> None:
        """Keep what was decided on a text; what was decided alike before stays as it was."""
        known = self.plan.decisions.text(sha256)
        every = {**{d.place: d for d in text.others.values()}, **{d.place: d for d in made}}
        new = [d for d in every.values() if not _same(known.on(d.at, d.cue), d)]
        self.plan.decisions = self.plan.decisions.with_text(sha256, new, PurePath(text.name).name)

    def _accept(self, review: Review, k: int, row: MarkedRow, text: _Text) -> None:
        """One accepted row as a claim, with what was changed in its cells."""
        suggested = draft = self._suggested(review, review.items[k].suggestion, text)
        cells = row.cells
        words = " ".join(draft.at(review.result.text).of(review.result.text).split())
        if not words.startswith(" ".join(cells["words"].split())[:1_000]):
            hint = "the words of the report stay as they are; put what it means into the column says"
            self._wrong(row, "words", "these are not the words of the report", hint=hint)
        draft = replace(
            draft,
            says=self._says(row),
            kind=self._one_of(row, "kind", draft.kind) or draft.kind,
            by=self._one_of(row, "by", None),
            grade=f"{self._one_of(row, 'source', 'F')}{self._one_of(row, 'item', '6')}",
            event=self._event(row),
            handling=self._one_of(row, "handling", "public") or "public",
            graded_because=cells["why"].strip() or None,
            note=cells["note"].strip() or None,
            **self._origin(row, draft, text),
        )
        if (why := refused_item(review.case, review.result, draft)) is not None:
            allowed = self.allowed["item"][1:]
            self._wrong(row, "item", why, allowed=allowed, hint="link it to what confirms it, then grade it")
        if draft.says != suggested.says or draft.note or draft.graded_because:
            self._warn(review, row, draft)  # only of what a person has typed
        review.decide(k, Answer("accepted", draft, cells["because"].strip() or None))

    def _warn(self, review: Review, row: MarkedRow, draft: Draft) -> None:
        """Say where a name was typed for somebody whom the report leaves unnamed."""
        origin = draft.new_origin or review.case.origins.get(draft.origin or "")
        if origin is None or not origin.unnamed:
            return
        claim = claim_of(draft, review.result, "r")
        for warning in unnamed_warning(self.start, origin, claim, review.result.text):
            self.plan.warnings.append(Wrong(row.number, "says", warning))

    def _suggested(self, review: Review, claim: Suggestion, text: _Text) -> Draft:
        """A suggestion as it stood in the table, but for one whose telling was rejected."""
        case, result = review.case, review.result
        draft = drafted(case, result, claim)
        told = with_teller(case, result, draft, (), review.rejected)
        name = text.origins.get(place_of(claim))
        if told.origin != draft.origin or told.new_origin != draft.new_origin:
            teller = next((c for c in reversed(around(result, claim)) if c.id in review.rejected), None)
            # Where the telling was rejected before, the table has no row for it: this one names its origin.
            if teller is not None and teller.id not in review.earlier:
                name = text.origins.get(place_of(teller))
        if told.new_origin is not None and name is not None:
            told = replace(told, origin=name)
        return told

    def _origin(self, row: MarkedRow, draft: Draft, text: _Text) -> dict[str, Any]:
        """The origin that a cell names."""
        name = row.cells["origin"].strip()
        if name in ("", "-"):
            return {"origin": None, "new_origin": None}
        if name == text.origins.get(row.cells["place"].strip()):
            return {"origin": draft.origin, "new_origin": draft.new_origin}
        if name in self.plan.case.origins:
            return {"origin": name, "new_origin": None}
        if name in self.fresh:
            return {"origin": name, "new_origin": self.fresh[name]}
        known = [*self.start.origins, *self.fresh]
        hint = did_you_mean(name, known) or "an origin of the case, or one that another row suggests"
        self._wrong(row, "origin", f"there is no origin {name[:60]!r}", hint=hint)
        return {"origin": None, "new_origin": None}

    def _says(self, row: MarkedRow) -> str:
        says = row.cells["says"].strip()
        if not says:
            self._wrong(row, "says", "is empty", hint="say in your words what is asserted")
        return says

    def _one_of(self, row: MarkedRow, column: str, default: str | None) -> Any:
        found = row.cells[column].strip()
        if not found or found == "-":
            return default
        allowed = self.allowed[column]
        folded = {choice.casefold(): choice for choice in allowed}
        if found.casefold() in folded:
            return folded[found.casefold()]
        self._wrong(
            row,
            column,
            f"there is no {column} {found[:60]!r}",
            allowed=allowed,
            hint=did_you_mean(found, allowed),
        )
        return default

    def _event(self, row: MarkedRow) -> str | None:
        found = row.cells["event"].strip()
        if not found or found == "-":
            return None
        first, _, last = found.partition("/")
        if is_date(first) and ("/" not in found or is_date(last)):
            return found
        allowed = ("2024", "2024-01", "2024-01-30", "2024-01-01/2024-01-14")
        self._wrong(row, "event", f"{found[:60]!r} is no date", allowed=allowed)
        return None

    def _wrong(
        self,
        row: MarkedRow,
        column: str,
        message: str,
        *,
        allowed: tuple[str, ...] = (),
        hint: str | None = None,
    ) -> None:
        found = row.cells.get(column, "")[:80]
        self.plan.wrong.append(Wrong(row.number, column, message, found, allowed, hint))


def _answered(decision: Decision) -> Answer:
    return Answer("rejected" if decision.decision == "rejected" else "skipped", None, decision.because)


def _same(one: Decision | None, other: Decision) -> bool:
    """Whether two decisions say the same, whenever and by whom."""
    return one is not None and one.model_copy(update={"on": other.on, "by": other.by}) == other


def place_of_spans(place: tuple[Span, Span]) -> str:
    """Two places as one cell holds them; see :func:`~accordant.evidence.batch.suggested.place_of`."""
    at, cue = place
    return f"{at.start}-{at.end} {cue.start}-{cue.end}"
