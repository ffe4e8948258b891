"""``By his own admission``, ``in the union's view``: a noun of saying with its owner, set before a clause."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.content import clause_begins
from accordant.evidence.cues import NOUNS
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.phrases import Range, noun_phrase_before
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_BY = word_set(
    "admission account reckoning estimate estimates estimation acknowledgement acknowledgment calculation "
    "calculations arithmetic count tally telling"
)
_IN = word_set(
    "view opinion words telling assessment account estimation judgement judgment phrase mind eyes reading "
    "version"
)
_NOUNS = _BY | _IN


def find(scope: Scope) -> Iterator[Frame]:
    """The first such phrase of the scope; what is said is the rest of the clause."""
    words = scope.words
    for k in scope.places(_NOUNS):
        found = _owned(words, k, scope.lo)
        if found is None:
            continue
        start, source, cue = found
        content = tuple(_rest(words, scope, start, k + 1))
        if content:
            noun = words.low(k)
            act = NOUNS.get(noun, "claim")
            yield Frame("own-admission" if noun == "admission" else "own-view", cue, act, content, source)
            return


def _owned(words: Words, k: int, lo: int) -> tuple[int, Range, Range] | None:
    """Where the phrase begins, its owner, and the words that attribute."""
    owner_end = k
    while owner_end > lo and words.low(owner_end - 1) in ("own", "frank", "latest", "considered"):
        owner_end -= 1
    last = owner_end - 1
    if last <= lo:
        return None
    if words.low(last) in w.POSSESSIVE_PRONOUNS:
        source: Range | None = (last, last + 1)
    elif words[last].possessive:
        source = noun_phrase_before(words, owner_end, lo + 1)
    else:
        return None
    if source is None or source[0] - 1 < lo:
        return None
    opener = words.low(source[0] - 1)
    if not ((opener in ("by", "on") and words.low(k) in _BY) or (opener == "in" and words.low(k) in _IN)):
        return None
    own = owner_end if words.low(owner_end) == "own" else k
    return source[0] - 1, source, (own, k + 1)


def _rest(words: Words, scope: Scope, start: int, end: int) -> Iterator[Range]:
    if start > scope.lo + 1 and words[start - 1].text == ",":
        yield scope.lo, start - 1
    if end < scope.hi and words[end].text == "," and end + 1 < scope.hi:
        yield end + 1, scope.hi
    elif start == scope.lo and clause_begins(words, end, scope.hi, sure=True):
        yield end, scope.hi


RULE = Rule(
    "own-admission",
    "by somebody's own admission, account or estimate; in somebody's view or words",
    (
        "By its own admission, the company has not repaired the sluice.",
        "its",
        "own admission",
        "the company has not repaired the sluice",
    ),
    find,
    _NOUNS,
)
