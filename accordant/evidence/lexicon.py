"""A text's words, found once: what many parts of reading ask of each word is looked up, not searched.

One pass cuts the whole text into runs of letters and digits. Sentences are ranges of these; what a
word may be (a word of time, the preposition before a place) is asked once of each spelling.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, compress, count
from typing import TypeVar

from accordant.evidence.spans import Span

_RUNS = re.compile(r"(\w+)")
Answer = TypeVar("Answer")


class Known(dict[str, Answer]):
    """What a function answers for a word, kept for the next time; faster to look up than to ask.

    Examples
    --------
    >>> size = Known(len)
    >>> list(map(size.__getitem__, "to wait to".split())), sorted(size)
    ([2, 4, 2], ['to', 'wait'])
    """

    __slots__ = ("ask", "most")

    def __init__(self, ask: Callable[[str], Answer], most: int = 20_000) -> None:
        super().__init__()
        self.ask, self.most = ask, most

    def __missing__(self, word: str) -> Answer:
        if len(self) >= self.most:
            self.clear()
        self[word] = answer = self.ask(word)
        return answer


class Lexicon:
    """The words of a text in order, and where each of them begins.

    Examples
    --------
    >>> found = Lexicon("The envoy left on 4 May.")
    >>> found.words[-2:], found.starts[-2:], found.range(Span(4, 14))
    (['4', 'May'], [18, 20], (1, 3))
    """

    __slots__ = ("_marked", "starts", "words")

    def __init__(self, text: str, offset: int = 0) -> None:
        pieces = _RUNS.split(text)
        self.words: list[str] = pieces[1::2]
        self.starts = [*accumulate(map(len, pieces), initial=offset)][1:-1:2]
        self._marked: dict[int, list[int]] = {}

    def range(self, span: Span) -> tuple[int, int]:
        """The numbers of the words that begin in a stretch: the first, and the one after the last."""
        first = bisect_left(self.starts, span[0])
        return first, bisect_left(self.starts, span[1], first)

    def marked(self, which: Known[bool], first: int, end: int) -> list[int]:
        """The numbers of the words in a range for which something is known to be so."""
        numbers = self._marked.get(id(which))
        if numbers is None:
            numbers = self._marked[id(which)] = [*compress(count(), map(which.__getitem__, self.words))]
        a = bisect_left(numbers, first)
        return numbers[a : bisect_left(numbers, end, a)]

    def cuts(self, at: int) -> bool:
        """Whether a place lies inside a word."""
        k = bisect_right(self.starts, at) - 1
        return k >= 0 and self.starts[k] < at < self.starts[k] + len(self.words[k])


@lru_cache(maxsize=2)
def lexicon_of(text: str) -> Lexicon:
    """The words of a text; kept for the parts of reading that ask next."""
    return Lexicon(text)


def lexicon_in(text: str, span: Span) -> tuple[Lexicon, int, int]:
    """The words of a text, and which of them stand in one stretch of it.

    Examples
    --------
    >>> found, first, end = lexicon_in("The envoy left on 4 May.", Span(4, 14))
    >>> found.words[first:end]
    ['envoy', 'left']
    """
    found = lexicon_of(text)
    if found.cuts(span[0]) or found.cuts(span[1]):  # half a word is a word of its own there
        found = Lexicon(text[span[0] : span[1]], span[0])
    first, end = found.range(span)
    return found, first, end


def matches_at(
    pattern: re.Pattern[str], text: str, span: Span, starts: Iterable[int]
) -> Iterator[re.Match[str]]:
    """A pattern's matches in a stretch from left to right, where it can only begin at some places.

    Examples
    --------
    >>> [m.group() for m in matches_at(re.compile("in [A-Z]"), "in Ulm, in A", Span(0, 12), [0, 8])]
    ['in U', 'in A']
    """
    done = span[0]
    for at in starts:
        if at >= done and (match := pattern.match(text, at, span[1])) is not None:
            done = match.end()
            yield match
