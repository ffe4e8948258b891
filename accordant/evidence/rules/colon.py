"""``Union: we will not move``, ``Port could reopen: union``; but not ``Exclusive: …``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.phrases import Range
from accordant.evidence.plausible import SPEAKERS
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

BANNERS = word_set(
    "exclusive breaking update updated live analysis opinion explainer explained watch video photos photo "
    "interview editorial factbox timeline correction developing listen column comment feature profile "
    "background review q&a podcast gallery newsletter bulletin note summary question answer q a scoop "
    "insight fact world business politics sport news focus special quotes highlights subject date re from "
    "to"
)


def banner_end(words: Words) -> int:
    """How many tokens at the head of a sentence are a banner such as ``Exclusive:``.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "Exclusive: envoys to meet"
    >>> banner_end(words_of(text, Span(0, len(text)), ()))
    2
    """
    for k in range(min(5, len(words))):
        if words[k].text == ":":
            return k + 1 if any(words.low(j) in BANNERS for j in range(k)) else 0
    return 0


def dateline_end(words: Words) -> int:
    """How many tokens at the head of a sentence are a dateline: ``KARSEL, 5 May (Wire) –``.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "KARSEL, May 5 (Wire) — The union left."
    >>> dateline_end(words_of(text, Span(0, len(text)), ()))
    8
    """
    if not words or not words[0].text.isupper() or len(words[0].text) < 3:
        return 0
    for k in range(1, min(16, len(words))):
        token = words[k]
        if token.text in ("–", "—", "-", "--"):
            return k + 1
        if token.word and not (token.cap or token.text[0].isdigit()):
            return 0
    return 0


def numbering_end(words: Words) -> int:
    """How many tokens at the head of a sentence number it: ``3.4``, ``(b)``, ``•``.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "3.4 Management offered a pause."
    >>> numbering_end(words_of(text, Span(0, len(text)), ()))
    1
    """
    if len(words) < 4:
        return 0
    first = words[0].text
    if first in _BULLETS:
        return 1
    if first == "(" and words[2].text == ")" and len(words[1].text) <= 3:
        return 3
    if first[0].isdigit() and first.replace(".", "").isdigit() and (words[1].cap or words[1].text == "."):
        return 1 + (words[1].text == ".") if "." in first or words[1].text == "." else 0
    return 0


_BULLETS = frozenset("•·*-–▪◦‣")


def find(scope: Scope) -> Iterator[Frame]:
    """In a headline, a speaker before or after a colon."""
    words = scope.words
    if not words.headline:
        return
    colons = [
        k for k in range(scope.lo, scope.hi) if words[k].text in (":", "–", "—") and words.quoted[k] < 0
    ]
    if not colons:
        return
    first, last = colons[0], colons[-1]
    asks = words.low(first + 1) in _ASKS
    if (
        words[first].text == ":"
        and not asks
        and _names(words, (scope.lo, first))
        and _clause(words, first + 1, scope.hi)
    ):
        yield Frame("headline", (first, first + 1), "claim", ((first + 1, scope.hi),), (scope.lo, first))
    elif _names(words, (last + 1, scope.hi)) and _clause(words, scope.lo, last):
        yield Frame("headline", (last, last + 1), "claim", ((scope.lo, last),), (last + 1, scope.hi))


_ASKS = frozenset(["what", "who", "whom", "why", "how", "where", "when", "whether", "which"])
_NO_SPEAKERS = w.WEEKDAYS | w.MONTHS | w.TIME_NOUNS | frozenset(("today", "tomorrow", "tonight", "yesterday"))


def _names(words: Words, phrase: Range) -> bool:
    """Whether a short stretch names a speaker and nothing else."""
    first, end = phrase
    if any(words.low(k) in _NO_SPEAKERS for k in range(first, end)):
        return False
    if not 0 < end - first <= 6 or any(not words[k].word for k in range(first, end)):
        return False
    if any(
        words.low(k) in BANNERS or words.finite(k) or words.low(k) in w.PREPOSITIONS
        for k in range(first, end)
    ):
        return False
    last = words[end - 1]
    return (
        last.low in SPEAKERS or last.low in ("head", "chief") or all(words[k].cap for k in range(first, end))
    )


def _clause(words: Words, first: int, end: int) -> bool:
    return sum(words[k].word for k in range(first, end)) >= 3


RULE = Rule(
    "headline",
    "in a headline, a speaker before or after a colon; banners such as Exclusive are no speakers",
    (
        "Dockers’ union: port may reopen for medicine",
        "Dockers’ union",
        ":",
        "port may reopen for medicine",
    ),
    find,
    {":", "–", "—"},
)
