"""The writer's own estimate: ``it is unlikely to be accepted``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.clauses import clause_end
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.phrases import Range, noun_phrase_before
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
        end, tail = clause_end(words, k + 1, scope.hi)
        if not any(words[j].word for j in range(k + 2, end)):
            continue
        negative = words.low(k) == "unlikely"
        begin = _group_start(words, start, scope.lo)
        if words.low(k + 1) == "that":
            if words.low(begin - 1) != "it":
                continue
            cue: Range = (begin - 1, k + 1)
            yield Frame(
                "likelihood", cue, "forecast", ((k + 2, end),), None, tail, plain=True, negative=negative
            )
            return
        subject = noun_phrase_before(words, begin, scope.lo)
        if subject is not None:
            parts = (subject, (k + 1, end))
            reads = ((subject[0], end),)
            yield Frame(
                "likelihood", (k, k + 1), "forecast", parts, None, tail, plain=True, reads=reads,
                negative=negative,
            )  # fmt: skip
            return


def _group_start(words: Words, k: int, lo: int) -> int:
    """Where ``are (also not) likely`` begins."""
    while k > lo and (words.low(k - 1) in _BE or words[k - 1].helper):
        k -= 1
    return k


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
