"""Quotation marks paired: curly, straight, angle; unclosed over several paragraphs; odd ones.

An odd mark never raises. Where the pairing is in doubt the quotation is marked ``closed=False``,
so that a reader of the result can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordant.evidence.records import record
from accordant.evidence.spans import Span

_DOUBLE = re.compile('["“”„‟«»「」『』《》]')
_OPENERS = "“„‟«「『《"
_CLOSERS = "”»」』》"
_TYPED = re.compile(r"(?:(?<=[\s(\[—–-])|^)(?:''|``|‘‘)(?=\S)(?P<inner>.{1,1500}?)(?:''|’’)", re.S | re.M)
_SINGLE = re.compile(r"[‘'](?=[^\W\d_])")
_BEFORE_SINGLE = "([—–-"
_SINGLE_END = re.compile(r"(?<=\S)[’'](?![\w’'])")
_REACH = 600  # a single-quoted stretch is short; looking further costs time and finds apostrophes


@record
class Quotation:
    """One quotation: ``span`` with its marks, ``inner`` without them.

    A quotation over several paragraphs is one, from the first mark to the last.
    """

    span: Span
    inner: Span
    closed: bool = True


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Every quotation, in order, none inside another.

    Examples
    --------
    >>> text = 'He called it “a pause”.'
    >>> [q.inner.of(text) for q in quotations(text, [Span(0, len(text))])]
    ['a pause']
    """
    found: list[Quotation] = []
    for k, paragraph in enumerate(paragraphs):
        here = list(_doubles(text, paragraph))
        line = paragraph.of(text)
        if "''" in line or "‘‘" in line:
            here.extend(_typed(text, paragraph, here))
            here.sort(key=lambda q: q.span)
        if "‘" in line or "'" in line:
            here.extend(_singles(text, paragraph, here))
            here.sort(key=lambda q: q.span)
        carried = _carried(text, found, paragraphs, k, here)
        found.extend(here if not carried else here[1:])
    return tuple(found)


def _carried(
    text: str, found: list[Quotation], paragraphs: Sequence[Span], k: int, here: list[Quotation]
) -> bool:
    """Join a paragraph that opens with a mark to one left open just before it."""
    if k == 0 or not here or not found or found[-1].closed:
        return False
    before = found[-1]
    if here[0].span.start != paragraphs[k].start or before.span.end != paragraphs[k - 1].end:
        return False
    span = Span(before.span.start, here[0].span.end)
    found[-1] = Quotation(span, Span(before.inner.start, here[0].inner.end), here[0].closed)
    return True


def _doubles(text: str, paragraph: Span) -> Iterator[Quotation]:
    opened: int | None = None
    for mark in _DOUBLE.finditer(text, *paragraph):
        at = mark.start()
        if opened is None:
            if _may_open(text, at, paragraph):
                opened = at
        elif _opens_anew(text, at, paragraph):
            yield _unclosed(opened, at)
            opened = at
        else:
            yield Quotation(Span(opened, at + 1), Span(opened + 1, at))
            opened = None
    if opened is not None:
        yield _unclosed(opened, paragraph.end)


def _unclosed(opened: int, end: int) -> Quotation:
    return Quotation(Span(opened, end), Span(opened + 1, end), closed=False)


def _may_open(text: str, at: int, paragraph: Span) -> bool:
    if text[at] in _OPENERS:
        return True
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if after.isspace() and at > paragraph.start:
        return False
    before = text[at - 1] if at > paragraph.start else " "
    # A digit before a straight mark is inches or minutes: 5'10".
    return not before.isalnum() and (text[at] not in _CLOSERS or before.isspace())


def _opens_anew(text: str, at: int, paragraph: Span) -> bool:
    """A second opening mark while one is open: the first was never closed."""
    if text[at] in _CLOSERS:
        return False
    before = text[at - 1]
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return before.isspace() and not after.isspace()


def _typed(text: str, paragraph: Span, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Marks typed as two apostrophes: ``''We go,'' he said``."""
    inside = [q.span for q in doubles]
    for match in _TYPED.finditer(text, *paragraph):
        span = Span(*match.span())
        if not any(span.meets(other) for other in inside):
            yield Quotation(span, Span(*match.span("inner")))


def _singles(text: str, paragraph: Span, doubles: list[Quotation]) -> Iterator[Quotation]:
    inside = [q.span for q in doubles]
    done = paragraph.start
    for mark in _SINGLE.finditer(text, *paragraph):
        at = mark.start()
        if at > 0 and not (text[at - 1].isspace() or text[at - 1] in _BEFORE_SINGLE):
            continue
        if at < done or any(s.start <= at < s.end for s in inside):
            continue
        end = _single_end(text, at, min(paragraph.end, at + _REACH))
        if end is not None:
            done = end + 1
            yield Quotation(Span(at, done), Span(at + 1, end))


def _single_end(text: str, at: int, limit: int) -> int | None:
    """The closing mark: one beside punctuation if there is one, for ``workers’`` closes nothing."""
    first: int | None = None
    for mark in _SINGLE_END.finditer(text, at + 2, limit):
        end = mark.start()
        after = text[end + 1] if end + 1 < len(text) else "."
        if text[end - 1] in ",.!?" or after in ",.;:!?)":
            return end
        if first is None:
            first = end
    return first
