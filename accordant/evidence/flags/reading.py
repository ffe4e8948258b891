"""A report read, as the flags see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from re import Match

from accordant.evidence.cued import Cued, stems_of
from accordant.evidence.dates import Written
from accordant.evidence.result import ReportFacts, Suggestion
from accordant.evidence.segment import Segments, Sentence
from accordant.evidence.spans import Span


@dataclass(frozen=True)
class Reading:
    """A report read: its parts, its facts, the suggested claims and the times in each sentence."""

    segments: Segments
    facts: ReportFacts
    claims: tuple[Suggestion, ...]
    dates: Mapping[Span, tuple[Written, ...]]

    @property
    def text(self) -> str:
        """The report's text."""
        return self.segments.text

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first letters of every word of the text, for :class:`accordant.evidence.cued.Cued`."""
        return stems_of(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.segments.sentences]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.span.start for quotation in self.segments.quotations]

    @cached_property
    def by_sentence(self) -> dict[Span, tuple[Suggestion, ...]]:
        """The claims of each sentence that holds any, by its place."""
        found: dict[Span, list[Suggestion]] = {}
        for claim in self.claims:
            found.setdefault(claim.sentence, []).append(claim)
        return {sentence: tuple(claims) for sentence, claims in found.items()}

    def number_at(self, at: int) -> int | None:
        """The number of the sentence that a place lies in; None in furniture and between sentences."""
        k = bisect_right(self._starts, at) - 1
        return k if k >= 0 and at < self.segments.sentences[k].span.end else None

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that a place lies in."""
        k = self.number_at(at)
        return None if k is None else self.segments.sentences[k]

    def quoted(self, at: int) -> bool:
        """Whether a place lies between quotation marks."""
        k = bisect_right(self._quotation_starts, at) - 1
        return k >= 0 and at < self.segments.quotations[k].span.end

    def matches(self, pattern: Cued) -> Iterator[Match[str]]:
        """Every match that lies in one of the report's own sentences."""
        for match in pattern.all(self.text, 0, len(self.text), self.stems):
            sentence = self.sentence_at(match.start())
            if sentence is not None and match.end() <= sentence.span.end:
                yield match

    def vouched(self, at: int) -> tuple[Suggestion, ...]:
        """The claims that say what stands at a place: those whose words hold it, or their sentence."""
        sentence = self.sentence_at(at)
        claims = self.by_sentence.get(sentence.span, ()) if sentence is not None else ()
        return tuple(c for c in claims if any(part.start <= at < part.end for part in c.parts))
