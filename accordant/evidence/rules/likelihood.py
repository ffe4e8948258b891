"""The writer's own estimate: ``it is unlikely to be accepted``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import clause_end
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_WORDS = word_set("likely unlikely")
_BE = word_set("is are was were be seems seem appears appear looks look remains considered")


def find(scope: Scope) -> Iterator[Frame]:
    """A likelihood word that joins a subject and a prospect; its words are kept, not graded."""
    words = scope.words
    for k in scope.places(_WORDS, first=1, last=1):
        if words.low(k + 1) not in ("to", "that"):
            continue
        start = k
        while start > scope.lo and words.low(start - 1) in (
            "highly",
            "very",
            "most",
            "more",
            "increasingly",
            "still",
        ):
            start -= 1
        if words.low(start - 1) not in _BE and words.low(start - 1) not in ("not", "also"):
            continue
        first = _clause_start(words, k, scope.lo)
        end, tail = clause_end(words, k, scope.hi)
        if any(words[j].word for j in range(k + 2, end)):
            yield Frame("likelihood", (start, k + 1), "assessment", ((first, end),), None, tail, plain=True)
            return


def _clause_start(words: Words, k: int, lo: int) -> int:
    first = k
    while first > lo and words[first - 1].text not in (",", ";", ":", "—", "–", "“", "”"):
        first -= 1
    for j in range(k - 1, first, -1):
        if words.low(j) == "that":
            first = j + 1
            break
    while first < k and words.low(first) in ("although", "but", "and", "while", "though", "because", "as"):
        first += 1
    return first


RULE = Rule(
    "likelihood",
    "is likely or unlikely to, in the writer's own voice",
    (
        "The growers are unlikely to accept it.",
        "",
        "unlikely",
        "The growers are unlikely to accept it",
    ),
    find,
    _WORDS,
)
