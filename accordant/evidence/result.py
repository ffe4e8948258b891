"""What reading a report answers: suggested claims, their origins, and what is odd about the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from accordant.evidence.act import Polarity
from accordant.evidence.cues import Act
from accordant.evidence.dates import Written
from accordant.evidence.learned.marks import Marks
from accordant.evidence.model_layer.use import ModelUse
from accordant.evidence.places import Located
from accordant.evidence.records import record
from accordant.evidence.spans import Span
from accordant.evidence.who import Source
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.case.sources import ClaimKind, OriginKind

SCHEMA = "accordant/read/1"
Directness = Literal["direct", "partial", "indirect"]


@record
class Credit:
    """Another outlet that the report names as where words come from."""

    outlet: str
    at: Span


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The report as received; None where nothing is said."""

    file: str
    sha256: str
    size: int
    encoding: str
    format: str
    length: int
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    address: str | None = None
    published: str | None = None
    language: str | None = None
    credits: tuple[Credit, ...] = ()
    text_sha256: str = ""
    retrieved: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The ``report`` part of ``read --json``."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "text_sha256": self.text_sha256,
            "bytes": self.size,
            "encoding": self.encoding,
            "format": self.format,
            "length": self.length,
            "title": self.title,
            "outlet": self.outlet,
            "author": self.author,
            "address": self.address,
            "published": self.published,
            "retrieved": self.retrieved,
            "language": self.language,
            "credits": [{"outlet": c.outlet, "at": list(c.at)} for c in self.credits],
        }


@record
class Suggestion:
    """One suggested claim. A person decides what becomes of it.

    Attributes
    ----------
    id
        ``k1``, ``k2`` … in the order of the text; only for this reading.
    quote, at
        The exact words and their place: from the first to the last word of what is said.
    parts
        The pieces of what is said; more than one where the attribution stands inside.
    cue, cue_at
        The words that attribute.
    origin
        Id of the suggested origin in :attr:`ReadResult.origins`; None where nobody is named.
    outlet
        The outlet of origin: whom the source told.
    told, told_at
        Whoever was told, outlet or not: never a source.
    within
        Id of the suggestion that this one is said inside of.
    tail
        A second clause that may or may not belong to what is said.
    sentence
        The sentence around it.
    directness
        Whether the words are the source's own: all, some or none in quotation marks.
    places
        Where things are said to be, with their roles, and where it was said.
    trace
        How it was found, from the rule to the kind, for people.
    """

    id: str
    quote: str
    at: Span
    parts: tuple[Span, ...]
    source: Source
    cue: str
    cue_at: Span
    rule: str
    act: Act
    kind: ClaimKind
    polarity: Polarity
    hedges: tuple[Span, ...]
    directness: Directness
    dates: tuple[Written, ...]
    sentence: Span
    origin: str | None = None
    outlet: str | None = None
    told: str | None = None
    told_at: Span | None = None
    within: str | None = None
    tail: Span | None = None
    headline: bool = False
    trace: tuple[str, ...] = ()
    places: tuple[Located, ...] = ()

    def to_json(self, text: str) -> dict[str, Any]:
        """One entry of ``claims`` in ``read --json``."""
        return {
            "id": self.id,
            "quote": self.quote,
            "at": list(self.at),
            "parts": [list(p) for p in self.parts],
            "source": _source_json(self.source, text),
            "cue": {"text": self.cue, "at": list(self.cue_at)},
            "kind": self.kind,
            "act": self.act,
            "polarity": self.polarity,
            "hedges": [{"text": h.of(text), "at": list(h)} for h in self.hedges],
            "directness": self.directness,
            "nested_in": self.within,
            "origin": self.origin,
            "outlet": self.outlet,
            "told": None if self.told_at is None else {"text": self.told, "at": list(self.told_at)},
            "dates": [_date_json(d) for d in self.dates],
            "places": [place.to_json() for place in self.places],
            "may_extend_to": None if self.tail is None else list(self.tail),
            "headline": self.headline,
            "rule": self.rule,
            "trace": list(self.trace),
        }


def _source_json(source: Source, text: str) -> dict[str, Any]:
    stands_for = source.stands_for
    return {
        "text": source.text,
        "at": None if source.at is None else list(source.at),
        "attribution": source.attribution,
        "count": source.count,
        "at_least": source.at_least,
        "kind": source.kind,
        "name": source.name,
        "access": source.access,
        "anonymity": source.anonymity,
        "stands_for": None if stands_for is None else {"text": stands_for.of(text), "at": list(stands_for)},
        "resolved": source.resolved,
    }


def _date_json(written: Written) -> dict[str, Any]:
    return {
        "text": written.text,
        "at": list(written.at),
        "from": None if written.first is None else written.first.isoformat(),
        "to": None if written.last is None else written.last.isoformat(),
        "granularity": written.granularity,
        "relative": written.relative,
        "approximate": written.approximate,
    }


@record
class SuggestedOrigin:
    """Claims that seem to go back to one origin within this report."""

    id: str
    kind: OriginKind
    words: str
    name: str | None
    count: int | None
    at_least: int | None
    outlet: str | None
    claims: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One entry of ``origins`` in ``read --json``."""
        return {
            "kind": self.kind,
            "words": self.words,
            "name": self.name,
            "count": self.count,
            "at_least": self.at_least,
            "outlet": self.outlet,
            "claims": list(self.claims),
        }


@record
class Flag:
    """Something odd about the text, with its places and a sentence for the reader."""

    kind: str
    at: tuple[Span, ...]
    says: str

    def to_json(self) -> dict[str, Any]:
        """One entry of ``flags`` in ``read --json``."""
        return {"kind": self.kind, "at": [list(s) for s in self.at], "says": self.says}


@dataclass(frozen=True)
class ReadResult:
    """A report read: its text, suggested claims with their origins, and flags.

    Attributes
    ----------
    sentences
        The report's sentences, without what belongs to the page.
    model
        What came of asking a language model; None where none was asked.
    learned
        What earlier decisions say of the suggestions; None where none were learned from.
    """

    report: ReportFacts
    text: str
    claims: tuple[Suggestion, ...]
    origins: Mapping[str, SuggestedOrigin]
    flags: tuple[Flag, ...]
    method: Method
    sentences: tuple[Span, ...] = ()
    model: ModelUse | None = None
    learned: Marks | None = None

    def __getitem__(self, claim: str) -> Suggestion:
        return self._by_id[claim]

    @cached_property
    def _by_id(self) -> dict[str, Suggestion]:
        return {claim.id: claim for claim in self.claims}

    @property
    def unread(self) -> tuple[Span, ...]:
        """Sentences in which no claim was found."""
        found = [span for claim in self.claims for span in (claim.sentence, claim.at)]
        return tuple(s for s in self.sentences if not any(s.meets(span) for span in found))

    def depth(self, claim: str) -> int:
        """How many suggestions a claim is said inside of."""
        steps = 0
        at = self[claim].within
        while at is not None:
            steps, at = steps + 1, self[at].within
        return steps

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``read --json``."""
        return {
            "schema": SCHEMA,
            "report": self.report.to_json(),
            "claims": [claim.to_json(self.text) for claim in self.claims],
            "origins": {name: origin.to_json() for name, origin in self.origins.items()},
            "flags": [flag.to_json() for flag in self.flags],
            "model": None if self.model is None else self.model.to_json(),
            "learned": None if self.learned is None else self.learned.to_json(),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per suggested claim."""
        columns = (
            "claim", "quote", "start", "end", "source", "attribution", "count", "at least", "name", "cue",
            "kind", "act", "polarity", "nested in", "outlet", "dates", "rule",
        )  # fmt: skip
        n = len(self.claims)
        title = f"{n} suggested claim{'' if n == 1 else 's'} in {self.report.file}"
        return Table(title, columns, tuple(_row(claim) for claim in self.claims))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _row(claim: Suggestion) -> tuple[Any, ...]:
    source = claim.source
    return (
        claim.id,
        claim.quote,
        *claim.at,
        source.text,
        source.attribution,
        "" if source.count is None else source.count,
        "" if source.at_least is None else source.at_least,
        source.name or "",
        claim.cue,
        claim.kind,
        claim.act,
        claim.polarity,
        claim.within or "",
        claim.outlet or "",
        "; ".join(d.text for d in claim.dates),
        claim.rule,
    )
