"""A report read, as the flags see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from re import Match

from accordant.evidence.cued import Cued, folded, stems_of
from accordant.evidence.dates import Written
from accordant.evidence.lexicon import Known, lexicon_of
from accordant.evidence.result import ReportFacts, Suggestion
from accordant.evidence.segment import Segments, Sentence
from accordant.evidence.spans import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_JOINED = re.compile(r"[’'](?<=\w.)(?=\w)")
_FOLDED = Known(folded)
_NUMERAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)?\Z")


class Led:
    """A pattern that begins with one of some words: it is tried where these stand, and nowhere else.

    Examples
    --------
    >>> sorted(Led(r"(?:both|either) of them", "both either").words)
    ['both', 'either']

    Attributes
    ----------
    words
        In lower case; ``#`` stands for every number of up to three digits, also as *21st*.
    needs
        For words that stand everywhere: the first letters of others, of which every match holds one.
    """

    def __init__(self, pattern: str, words: str, needs: str = "") -> None:
        self._source = pattern
        self.words = frozenset(words.split())
        self.needs = stems_of(needs)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried."""
        return re.compile(self._source)


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
    def where(self) -> dict[str, list[int]]:
        """Where each word stands, in lower case and with curly apostrophes."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for word, start in zip(*self._whole_words(), strict=True):
            found[word].append(start)
        return found

    def _whole_words(self) -> tuple[list[str], list[int]]:
        """The words and where they begin; *don’t* is one word, and *well_known* are two."""
        text = self.text
        if "_" in text:
            found = [*_WORD.finditer(folded(text).replace("'", "’"))]
            return [match.group() for match in found], [match.start() for match in found]
        lexicon = lexicon_of(text)
        words, starts = [*map(_FOLDED.__getitem__, lexicon.words)], lexicon.starts
        joined = [bisect_right(starts, match.start()) for match in _JOINED.finditer(text)]
        for k in reversed(joined):
            words[k - 1] = f"{words[k - 1]}’{words[k]}"
        after = set(joined)
        kept = [k for k in range(len(starts)) if k not in after]
        return [words[k] for k in kept], [starts[k] for k in kept]

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
            for k in sorted(self._holding(pattern.cues)):
                yield from pattern.pattern.finditer(text, *self.segments.sentences[k].span)
            return
        where = self._leads
        places = [at for word in pattern.words & where.keys() for at in where[word]]
        if pattern.needs and places:
            holding = self._holding(pattern.needs)
            places = [at for at in places if self.number_at(at) in holding]
        if not places:
            return
        match_at = pattern.pattern.match
        for at in sorted(places):
            match = match_at(text, at)
            sentence = self.sentence_at(at) if match is not None else None
            if match is not None and sentence is not None and match.end() <= sentence.span.end:
                yield match

    def _holding(self, stems: frozenset[str]) -> set[int]:
        """The numbers of the sentences that hold one of some words, by their first letters."""
        known = self.stems
        places = [at for s in stems & known.keys() for word in known[s] for at in self.where[word]]
        return {k for at in places if (k := self.number_at(at)) is not None}

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """The words of the text by their first letters."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.where:
            found[word[:4]].append(word)
        return found

    @cached_property
    def _leads(self) -> dict[str, list[int]]:
        """Where each word stands, and under ``#`` where the numbers of up to three digits do."""
        where = self.where
        digits = [w for w in where if w[0].isdecimal() and _NUMERAL.match(w) is not None]
        return {**where, "#": [at for word in digits for at in where[word]]}

    def vouched(self, at: int) -> tuple[Suggestion, ...]:
        """The claims that say what stands at a place: those whose words hold it, or their sentence."""
        sentence = self.sentence_at(at)
        claims = self.by_sentence.get(sentence.span, ()) if sentence is not None else ()
        return tuple(c for c in claims if any(part.start <= at < part.end for part in c.parts))
