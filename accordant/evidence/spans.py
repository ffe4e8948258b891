"""Places in a report's text: half-open ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Code points ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this place.

        Examples
        --------
        >>> Span(4, 9).of("The envoy left")
        'envoy'
        """
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of them.

    Examples
    --------
    >>> cover([Span(8, 9), Span(1, 3)])
    Span(start=1, end=9)
    """
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def trimmed(text: str, span: Span, also: str = "") -> Span:
    """The span without white space, and without the characters of ``also``, at either end.

    Examples
    --------
    >>> trimmed("a  word, ", Span(1, 9), ",")
    Span(start=3, end=7)
    """
    start, end = span
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return Span(start, end)
