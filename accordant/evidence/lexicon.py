"""A text's words, found once: what many parts of reading ask of each word is looked up, not searched.

One pass cuts the whole text into runs of letters and digits. Sentences are ranges of these; what a
word may be (a word of time, the preposition before a place) is asked once of each spelling.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, compress
from typing import ClassVar, TypeVar

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


class WordClass:
    """Words that a part of reading asks for: by a test of their spelling.

    All classes of a word are found at once and kept as the bits of a number.

    Examples
    --------
    >>> capitals = WordClass(str.istitle)
    >>> capitals.holds("Ulm"), capitals.holds("port")
    (True, False)
    """

    __slots__ = ("bit", "test")
    all: ClassVar[list[WordClass]] = []

    def __init__(self, test: Callable[[str], bool]) -> None:
        self.bit, self.test = 1 << len(self.all), test
        self.all.append(self)
        _CLASSES.clear()

    def holds(self, word: str) -> bool:
        """Whether a word is of this class."""
        return bool(_CLASSES[word] & self.bit)


def _classes(word: str) -> int:
    return sum([which.bit for which in WordClass.all if which.test(word)])


_CLASSES = Known(_classes)


class Lexicon:
    """The words of a text in order, and where each of them begins.

    Examples
    --------
    >>> found = Lexicon("The envoy left on 4 May.")
    >>> found.words[-2:], found.starts[-2:], found.range(Span(4, 14))
    (['4', 'May'], [18, 20], (1, 3))
    """

    __slots__ = ("_asked", "_marked", "_most", "starts", "words")

    def __init__(self, text: str, offset: int = 0) -> None:
        pieces = _RUNS.split(text)
        self.words: list[str] = pieces[1::2]
        self.starts = [*accumulate(map(len, pieces), initial=offset)][1:-1:2]
        self._marked: list[tuple[int, int]] = []
        self._most = 0
        self._asked: dict[int, list[int]] = {}

    def range(self, span: Span) -> tuple[int, int]:
        """The numbers of the words that begin in a stretch: the first, and the one after the last."""
        first = bisect_left(self.starts, span[0])
        return first, bisect_left(self.starts, span[1], first)

    def starts_of(self, which: WordClass) -> list[int]:
        """Where the words of a class begin."""
        bit = which.bit
        found = self._asked.get(bit)
        if found is None:
            if bit > self._most:  # nobody has asked yet, or the class is new since then
                classes = [*map(_CLASSES.__getitem__, self.words)]
                self._marked = [*compress(zip(self.starts, classes, strict=True), classes)]
                self._most = WordClass.all[-1].bit
            found = self._asked[bit] = [start for start, classes in self._marked if classes & bit]
        return found


@lru_cache(maxsize=2)
def lexicon_of(text: str) -> Lexicon:
    """The words of a text; kept for the parts of reading that ask next."""
    return Lexicon(text)


def lexicon_in(text: str, span: Span) -> Lexicon:
    """A lexicon that has the words of one stretch of a text, and may have more of them.

    Examples
    --------
    >>> found = lexicon_in("The envoy left on 4 May.", Span(4, 14))
    >>> first, end = found.range(Span(4, 14))
    >>> found.words[first:end]
    ['envoy', 'left']
    """
    if _inside_word(text, span[0]) or _inside_word(text, span[1]):  # half a word is a word of its own there
        return Lexicon(text[span[0] : span[1]], span[0])
    return lexicon_of(text)


def starts_in(text: str, span: Span, which: WordClass) -> list[int]:
    """Where in a stretch of a text the words of a class begin.

    Examples
    --------
    >>> starts_in("The envoy left on 4 May.", Span(4, 24), WordClass(str.istitle))
    [20]
    """
    starts = lexicon_in(text, span).starts_of(which)
    first = bisect_left(starts, span[0])
    return starts[first : bisect_left(starts, span[1], first)]


def _inside_word(text: str, at: int) -> bool:
    beside = text[at - 1 : at + 1] if at else ""
    return len(beside) == 2 and beside.replace("_", "a").isalnum()


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
