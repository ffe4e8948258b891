"""Patterns that are tried only where a word stands that every match of them holds.

A search through running text for one of many phrases looks at each of them at each word. Most
stretches hold none of their words, and that a look into a set of words tells much sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from accordant.evidence.lexicon import Known

_STEM = 4
_STEMS = re.compile(rf"(\w{{1,{_STEM}}})\w*")
_PLAIN_STEMS = re.compile(_STEMS.pattern, re.ASCII)  # a table of 128 letters is looked up faster


def folded(words: str) -> str:
    """Words as a pattern that ignores case takes them.

    Examples
    --------
    >>> folded("In May")
    'in may'
    """
    if not words.isascii():  # what ``re.I`` takes for one letter although lower case keeps them apart
        words = words.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return words.lower()


def stems_of(words: str) -> frozenset[str]:
    """The first four letters of every word, in lower case.

    Examples
    --------
    >>> sorted(stems_of("Talks may fail, perhaps"))
    ['fail', 'may', 'perh', 'talk']
    """
    return frozenset(chain.from_iterable(map(_STEMS_IN.__getitem__, words.split())))


def _stems_in(chunk: str) -> tuple[str, ...]:
    pattern = _PLAIN_STEMS if chunk.isascii() else _STEMS
    return tuple(pattern.findall(folded(chunk)))


_STEMS_IN = Known(_stems_in)


class Cued:
    """A pattern with the words one of which every match of it holds, by their first four letters.

    Examples
    --------
    >>> pattern = Cued(r"\\b(?:at least|(?:is|are) unlikely)\\b", "least unlikely")
    >>> said = "The ferry is late"
    >>> pattern.found(said, stems_of(said))
    False
    """

    def __init__(self, pattern: str, words: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source, self._flags = pattern, flags
        self.cues = stems_of(words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: few texts hold the words of all of them."""
        return re.compile(self._source, self._flags)

    def may_match(self, stems: frozenset[str]) -> bool:
        """Whether words with these stems hold any of the cue words."""
        return not self.cues.isdisjoint(stems)

    def search(self, text: str, stems: frozenset[str]) -> re.Match[str] | None:
        """The first match in a text whose words have these stems."""
        return None if self.cues.isdisjoint(stems) else self.pattern.search(text)

    def found(self, text: str, stems: frozenset[str]) -> bool:
        """Whether there is a match at all."""
        return self.search(text, stems) is not None

    def all(self, text: str, start: int, end: int, stems: frozenset[str]) -> Iterator[re.Match[str]]:
        """Every match in a stretch of a text; ``stems`` are those of that stretch or of more."""
        return self.pattern.finditer(text, start, end) if self.may_match(stems) else iter(())
