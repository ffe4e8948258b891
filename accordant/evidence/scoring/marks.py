"""One form for what a reader marks and for what the rules suggest, so that they can be compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from accordant.evidence.result import ReadResult
from accordant.evidence.scoring.annotations import Annotated
from accordant.evidence.spans import Span, trimmed

_EDGES = ",.;:—–-“”„«»\"'‘’…()"
"""What may stand at an edge and changes nothing: quotation marks, stops, brackets."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One attribution, by whomever it was found.

    Attributes
    ----------
    content
        The pieces of what is said, without quotation marks and stops at their edges.
    number
        ``2``, ``2+`` or empty.
    parent
        The number of the mark that it is said inside of.
    sentence
        The number of the sentence that holds the cue.
    speech
        Whether the cue is one of saying or writing; None where that is not said.
    """

    content: tuple[Span, ...]
    cue: Span
    source: Span | None
    kind: str
    attribution: str
    number: str
    act: str
    polarity: str
    parent: int | None
    told: Span | None
    sentence: int
    speech: bool | None = None
    unsure: bool = False


def read_marks(result: ReadResult) -> list[Mark]:
    """What the rules suggest for a report, in the order of the cues."""
    text = result.text
    order = {claim.id: k for k, claim in enumerate(result.claims)}
    return [
        Mark(
            content=_pieces(text, claim.parts),
            cue=_bare(text, claim.cue_at),
            source=_bare(text, claim.source.at) if claim.source.at is not None else None,
            kind=claim.source.kind,
            attribution=claim.source.attribution,
            number=_number(claim.source.count, claim.source.at_least),
            act=claim.act,
            polarity=claim.polarity,
            parent=order[claim.within] if claim.within is not None else None,
            told=_bare(text, claim.told_at) if claim.told_at is not None else None,
            sentence=sentence_of(result.sentences, claim.cue_at),
        )
        for claim in result.claims
    ]


def reader_marks(annotated: Annotated, sentences: Sequence[Span]) -> list[Mark]:
    """What a reader marked in a report."""
    text = annotated.text
    order = {claim.id: k for k, claim in enumerate(annotated.marks.claims)}
    return [
        Mark(
            content=_pieces(text, placed.content),
            cue=_bare(text, placed.cue),
            source=_bare(text, placed.source) if placed.source is not None else None,
            kind=claim.kind,
            attribution=claim.attribution,
            number=_number(claim.count, claim.at_least),
            act=claim.act,
            polarity=claim.polarity,
            parent=order[claim.in_] if claim.in_ is not None else None,
            told=_bare(text, placed.told) if placed.told is not None else None,
            sentence=sentence_of(sentences, placed.cue),
            speech=claim.cue_type == "speech",
            unsure=claim.unsure,
        )
        for claim, placed in zip(annotated.marks.claims, annotated.placed, strict=True)
    ]


def sentence_of(sentences: Sequence[Span], at: Span) -> int:
    """The number of the sentence in which a place begins; below zero outside of all sentences.

    Examples
    --------
    >>> sentence_of([Span(0, 5), Span(6, 9)], Span(7, 8)), sentence_of([Span(0, 5)], Span(5, 6))
    (1, -6)
    """
    k = bisect_right([s.start for s in sentences], at.start) - 1
    return k if k >= 0 and at.start < sentences[k].end else -1 - at.start


def _pieces(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Bare pieces in order; pieces with nothing but marks and white space between them are one."""
    kept: list[Span] = []
    for span in sorted(_bare(text, s) for s in spans):
        between = Span(kept[-1].end, span.start) if kept else None
        if between is not None and trimmed(text, between, _EDGES) == Span(between.end, between.end):
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return tuple(kept)


def _bare(text: str, span: Span) -> Span:
    bare = trimmed(text, span, _EDGES)
    return bare if bare.end > bare.start else span


def _number(count: int | None, at_least: int | None) -> str:
    if count is not None:
        return str(count)
    return f"{at_least}+" if at_least is not None else ""
