"""Conditions in what is said: *if the army leaves* does not say that it leaves.

A condition asserts nothing, so it is neither compared nor contradicted. What is said under a condition
throughout is another claim than the same without it, or under another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordant.evidence.spans import Span

_CONDITION = re.compile(
    r"(?<!as )\b(?:even\s+if|only\s+if|if|unless|provided(?:\s+that)?(?=\s+\w+\s+\w+)|providing\s+that|"
    r"(?:as|so)\s+long\s+as|on\s+(?:the\s+|one\s+)?condition\s+that|in\s+case(?!\s+of)|in\s+the\s+event\s+(?:that|of))"
    r"(?!\s+(?:any|not|so|possible|necessary)\b)\s",
    re.I,
)
_INVERTED = re.compile(r"(?:(?<=^)|(?<=[.!?;:“\"‘] )|(?<=[“\"‘]))Should\s+(?=[^\W\d_]+\s)")
_END = re.compile(r"[,;:.!?“”\"\n—–]|\s(?:then)\s")
_SENTENCE = re.compile(r"[.!?]+[”\"’)]*\s+")


def conditions(text: str, parts: Sequence[Span]) -> tuple[Span, ...]:
    """The clauses in some pieces of what is said that are conditions, in order.

    Examples
    --------
    >>> text = "If the army leaves, the sick will go home unless it rains."
    >>> [span.of(text) for span in conditions(text, [Span(0, len(text))])]
    ['If the army leaves', 'unless it rains']
    >>> conditions("It is unclear as if nobody knew.", [Span(0, 32)])
    ()
    """
    found: list[Span] = []
    for part in parts:
        said = part.of(text)
        starts = sorted(m.start() for pattern in (_CONDITION, _INVERTED) for m in pattern.finditer(said))
        for start in starts:
            end = _END.search(said, start + 2)
            here = Span(part.start + start, part.start + (end.start() if end else len(said)))
            if not found or here.start >= found[-1].end:
                found.append(here)
    return tuple(found)


def asserted(parts: Sequence[Span], without: Sequence[Span]) -> tuple[Span, ...]:
    """Some pieces without the conditions in them.

    Examples
    --------
    >>> asserted([Span(0, 10), Span(20, 30)], [Span(3, 5), Span(20, 30)])
    (Span(start=0, end=3), Span(start=5, end=10))
    """
    return tuple(kept for part in parts for kept in _around(part, without))


def _around(part: Span, without: Sequence[Span]) -> Iterator[Span]:
    at = part.start
    for gone in without:
        if part.start <= gone.start and gone.end <= part.end:
            if gone.start > at:
                yield Span(at, gone.start)
            at = gone.end
    if part.end > at:
        yield Span(at, part.end)


def throughout(text: str, parts: Sequence[Span], found: Sequence[Span]) -> bool:
    """Whether every sentence of what is said stands under a condition.

    Examples
    --------
    >>> text = "We hold 61. If they leave, we free them."
    >>> whole = [Span(0, len(text))]
    >>> throughout(text, whole, conditions(text, whole))
    False
    """
    if not found:
        return False
    sentences = [s for part in parts for s in _sentences(text, part)]
    return all(any(s.start <= c.start and c.end <= s.end for c in found) for s in sentences)


def _sentences(text: str, part: Span) -> Iterator[Span]:
    at = part.start
    for match in _SENTENCE.finditer(text, *part):
        yield Span(at, match.end())
        at = match.end()
    if at < part.end:
        yield Span(at, part.end)
