"""The rows of a table of suggestions: what is still open in each report, as it would enter the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from accordant.case.objects import Case
from accordant.case.sources import Origin
from accordant.evidence.decisions import Decisions, text_sha256
from accordant.evidence.into import Draft, around, attribution_words, drafted, free_id
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.reviewing import Review, report_with
from accordant.evidence.spans import Span

MOST_WORDS = 30_000
"""Code points of a cell at most: what every spreadsheet program takes."""
_AROUND = 600
_FLAGS = 4
Cells = tuple[str, ...]


@dataclass
class Ids:
    """Ids of new origins: the same one for what is surely the same origin, never one that is taken.

    Made in constant time each, where a table has a hundred thousand of them.
    """

    taken: set[str]
    by_key: dict[tuple[str, ...], str] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def of(self, key: tuple[str, ...], words: str) -> str:
        """The id of an origin that is known by a key, made from words.

        Examples
        --------
        >>> ids = Ids({"ida-renn"})
        >>> ids.of(("a",), "Ida Renn"), ids.of(("b",), "Ida Renn"), ids.of(("a",), "Ida Renn")
        ('ida-renn-2', 'ida-renn-3', 'ida-renn-2')
        """
        if key not in self.by_key:
            stem = free_id(words, ())
            number = self.last.get(stem, 0) + 1
            while (name := stem if number == 1 else f"{stem}-{number}") in self.taken:
                number += 1
            self.last[stem] = number
            self.taken.add(name)
            self.by_key[key] = name
        return self.by_key[key]


@dataclass
class Suggested:
    """Makes the rows of one table, report by report.

    Two reports may describe their sources in the same words and still mean different people: new
    origins of two reports share an id only where they have the same name, or the same words to the
    same outlet.
    """

    case: Case
    decisions: Decisions
    again: bool = False
    ids: Ids = field(init=False)
    seen: set[str] = field(default_factory=set)
    rows: int = 0
    decided: int = 0

    def __post_init__(self) -> None:
        self.ids = Ids(set(self.case.origins))

    def of(self, result: ReadResult, name: str, file: str) -> Iterator[Cells]:
        """The rows of one report, in the order of :data:`~accordant.evidence.batch.columns.NAMES`.

        Parameters
        ----------
        name
            The report as it was named.
        file
            The file to read it from again; of an attachment the mail.
        """
        sha256 = text_sha256(result.text)
        if sha256 in self.seen:
            return  # the same text in another file: its rows are there
        self.seen.add(sha256)
        text = self.decisions.text(sha256)
        report = report_with(self.case, result, text)
        review = Review(self.case, result, text, report=report, again=self.again)
        drafts = _Drafts(self.case, result, self.ids, review.rejected)
        flags = _by_claim(result)
        for item in review.items:
            claim = item.suggestion
            if review.is_decided(item) or item.kind != "suggested":
                self.decided += 1
                continue
            self.rows += 1
            yield _cells(result, drafts.of(claim), flags.get(claim.id, ()), name, file, sha256)


@dataclass
class _Drafts:
    """Drafts of one report, each origin with one id."""

    case: Case
    result: ReadResult
    ids: Ids
    rejected: frozenset[str] = frozenset()
    first: dict[str, Draft] = field(default_factory=dict)

    def of(self, claim: Suggestion) -> Draft:
        """A suggestion as it would enter the case, told by whoever tells it where that was rejected."""
        draft = self._own(claim)
        teller = None
        for outer in around(self.result, claim) if self.rejected else ():
            if outer.id not in self.rejected:
                break
            teller = outer
        if teller is None:
            return draft
        told = self._own(teller)
        return replace(
            draft,
            origin=told.origin,
            new_origin=told.new_origin,
            attribution=teller.source.attribution,
        )

    def _own(self, claim: Suggestion) -> Draft:
        known = self.first.get(claim.origin or "")
        draft = drafted(self.case, self.result, claim, [known] if known else [])
        if known is None and draft.new_origin is not None:
            draft = replace(draft, origin=self._id(draft.new_origin, claim))
            self.first[claim.origin or ""] = draft
        return draft

    def _id(self, origin: Origin, claim: Suggestion) -> str:
        key: tuple[str, ...] = ("", self.result.report.sha256, claim.origin or "")
        if origin.name:
            key = ("name", origin.name.casefold(), origin.kind)
        elif origin.words and origin.outlet:
            key = ("words", origin.words.casefold(), origin.outlet)
        return self.ids.of(key, origin.name or origin.words or "")


def _cells(
    result: ReadResult, draft: Draft, odd: tuple[str, ...], name: str, file: str, sha256: str
) -> Cells:
    claim = draft.suggestion
    source = claim.source
    who = attribution_words(source)
    if source.text:
        stands = source.stands_for.of(result.text) if source.stands_for is not None else source.text
        who = f"{source.text}{f' ({_plain(stands)})' if stands != source.text else ''}: {who}"
    if claim.told or claim.outlet:
        who += f"; told {claim.told or claim.outlet}"
    inside = result[claim.within] if claim.within is not None else None
    return (
        "",
        _plain(draft.at(result.text).of(result.text))[:MOST_WORDS],
        draft.says[:MOST_WORDS],
        draft.kind,
        draft.by or "",
        draft.origin or "",
        draft.grade[0],
        draft.grade[1],
        draft.event or "",
        draft.handling,
        "",
        "",
        "",
        _plain(who),
        context(result.text, claim),
        f"{claim.act}, {claim.polarity}",
        "" if inside is None else place_of(inside),
        " ".join(odd),
        name,
        result.report.published or "",
        draft.origin or "",
        claim.rule,
        place_of(claim),
        sha256,
        file,
    )


def place_of(claim: Suggestion) -> str:
    """The place of a suggestion as a cell holds it: its words, and its cue."""
    return f"{claim.at.start}-{claim.at.end} {claim.cue_at.start}-{claim.cue_at.end}"


def place_in(cell: str) -> tuple[Span, Span] | None:
    """The words and the cue that a cell names; None where it names none.

    Examples
    --------
    >>> place_in("4-9 12-16")
    (Span(start=4, end=9), Span(start=12, end=16))
    >>> place_in("Sheet2!A1") is None
    True
    """
    ends = [part.split("-") for part in cell.split()]
    if len(ends) != 2 or not all(len(e) == 2 and all(n.isdecimal() and len(n) < 10 for n in e) for e in ends):
        return None
    (a, b), (c, d) = ((int(first), int(last)) for first, last in ends)
    return (Span(a, b), Span(c, d)) if a < b and c <= d else None


def context(text: str, claim: Suggestion) -> str:
    """The sentence around the words, which stand between brackets.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report(b"It rained. The union said that it would wait.", "a.txt")
    >>> context(found.text, found.claims[0])
    'The union said that [it would wait].'
    """
    start = max(min(claim.sentence.start, claim.at.start), claim.at.start - _AROUND)
    end = min(max(claim.sentence.end, claim.at.end), claim.at.end + _AROUND)
    words = f"{text[start : claim.at.start]}[{claim.at.of(text)}]{text[claim.at.end : end]}"
    return _plain(words)[:MOST_WORDS]


def _plain(words: str) -> str:
    return " ".join(words.split())


def _by_claim(result: ReadResult) -> dict[str, tuple[str, ...]]:
    """What is odd about the words of each suggestion, or about its source."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in result.claims:
        near = [claim.at, claim.cue_at, *([claim.source.at] if claim.source.at else [])]
        odd = (
            f"{flag.kind}: {flag.says}"
            for flag in result.flags
            if any(place.meets(span) for place in flag.at for span in near)
        )
        found[claim.id] = tuple(odd)[:_FLAGS]
    return found
