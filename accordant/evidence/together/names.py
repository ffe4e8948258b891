"""Names in a text, by capitals: who and what two texts may both speak of.

A capital at the beginning of a sentence or a quotation is a name only if the word has one elsewhere
too. An adjective of a name counts as the name (*Norlandish*: *Norland*), where the name is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from accordant.evidence.spans import Span
from accordant.evidence.words import DETERMINERS, MONTHS, SUBJECT_PRONOUNS, WEEKDAYS, word_set

_CAPITAL = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)*")
_NO_NAMES = (
    DETERMINERS | SUBJECT_PRONOUNS | MONTHS | WEEKDAYS | word_set("mr mrs ms dr prof exclusive breaking s t")
)
_INITIAL = re.compile(r"(?:^|[.!?:…]|\n)[\s\"“„«‘'’”)\]]*$|[\"“„«‘]$")
_ADJECTIVES = ("ians", "ian", "ans", "an", "ish", "ese", "ns", "n", "is", "i", "ers", "er", "s")
_ROOTS = ("", "a", "e", "ia", "y")


def capitals(text: str, span: Span) -> Iterator[tuple[str, Span, bool]]:
    """Words with a capital: the word, its place, and whether its place alone could be the reason."""
    for match in _CAPITAL.finditer(text, *span):
        word = match.group()
        low = word.casefold()
        if low in _NO_NAMES or len(low) < 2:
            continue
        before = text[max(0, span.start, match.start() - 6) : match.start()]
        first = match.start() == span.start or _INITIAL.search(before) is not None
        yield low, Span(*match.span()), first


def names_in(text: str, span: Span, known: frozenset[str]) -> frozenset[str]:
    """The names in a stretch of text, each in its basic form.

    Examples
    --------
    >>> sorted(names_in("Norlandish envoys met Ida Renn.", Span(0, 31), frozenset({"norland"})))
    ['ida', 'norland', 'renn']
    """
    return frozenset(
        basic
        for word, _, first in capitals(text, span)
        if not first or basic_form(word, known) in known
        for basic in (basic_form(word, known),)
    )


@lru_cache(maxsize=1 << 16)
def basic_form(word: str, known: frozenset[str]) -> str:
    """The name that an adjective is made from, if it is known; otherwise the word itself.

    Examples
    --------
    >>> basic_form("israeli", frozenset({"israel"})), basic_form("ida", frozenset({"israel"}))
    ('israel', 'ida')
    """
    for ending in _ADJECTIVES:
        root = word.removesuffix(ending)
        if root == word or len(root) < 4:
            continue
        for tail in _ROOTS:
            if root + tail in known and root + tail != word:
                return root + tail
    return word
