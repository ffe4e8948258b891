"""A report read, as the flags see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from re import Match

from accordant.evidence.cued import Cued, folded, stems_of
from accordant.evidence.dates import Written
from accordant.evidence.result import ReportFacts, Suggestion
from accordant.evidence.segment import Segments, Sentence
from accordant.evidence.spans import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_NUMERAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)?\Z")


class Led:
    """A pattern that begins with one of some words: it is tried where these stand, and nowhere else.

    Examples
    --------
    >>> Led(r"(?:both|either) of them", "both either").words
    ('both', 'either')

    Attributes
    ----------
    words
        In lower case; ``#`` stands for every number of up to three digits, also as *21st*.
    """

    __slots__ = ("pattern", "words")

    def __init__(self, pattern: str, words: str) -> None:
        self.pattern = re.compile(pattern)
        self.words = tuple(words.split())


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
    def where(self) -> dict[str, list[int]]:
        """Where each word stands, in lower case and with curly apostrophes."""
        found: dict[str, list[int]] = {}
        for match in _WORD.finditer(folded(self.text).replace("'", "’")):
            found.setdefault(match.group(), []).append(match.start())
        return found

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

    def matches(self, pattern: Cued | Led) -> Iterator[Match[str]]:
        """Every match that lies in one of the report's own sentences."""
        text = self.text
        if isinstance(pattern, Cued):
            for k in sorted({k for cue in pattern.cues for k in self._holding.get(cue, ())}):
                yield from pattern.pattern.finditer(text, *self.segments.sentences[k].span)
            return
        for at in sorted(at for word in pattern.words for at in self.starts_of(word)):
            match = pattern.pattern.match(text, at)
            sentence = self.sentence_at(at) if match is not None else None
            if match is not None and sentence is not None and match.end() <= sentence.span.end:
                yield match

    @cached_property
    def _holding(self) -> dict[str, set[int]]:
        """The numbers of the sentences that hold a word, by its first letters."""
        found: dict[str, set[int]] = {}
        for word, places in self.where.items():
            numbers = found.setdefault(word[:4], set())
            numbers.update(k for at in places if (k := self.number_at(at)) is not None)
        return found

    def starts_of(self, word: str) -> Iterable[int]:
        """Where a word stands; ``#`` stands for every number of up to three digits, also as *21st*."""
        return self._digits if word == "#" else self.where.get(word, ())

    @cached_property
    def _digits(self) -> list[int]:
        return [at for word, places in self.where.items() if _NUMERAL.match(word) for at in places]

    def vouched(self, at: int) -> tuple[Suggestion, ...]:
        """The claims that say what stands at a place: those whose words hold it, or their sentence."""
        sentence = self.sentence_at(at)
        claims = self.by_sentence.get(sentence.span, ()) if sentence is not None else ()
        return tuple(c for c in claims if any(part.start <= at < part.end for part in c.parts))
