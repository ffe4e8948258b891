"""What somebody has demanded or offered, named before the verb: ``the pause that he has demanded``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.clauses import clause_end
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_ACTS = word_set("offer demand promise threat rejection")


def find(scope: Scope) -> Iterator[Frame]:
    """``NP that X has demanded``: the noun phrase is what is demanded."""
    words = scope.words
    for k in scope.verbs:
        verb = words[k].verb
        if (
            k < scope.lo + 2
            or verb is None
            or verb.act not in _ACTS
            or verb.form != "past"
            or words[k].cap
            or "n" not in verb.takes
        ):
            continue
        group = verb_group(words, k, scope.lo)
        source = noun_phrase_before(words, group.start, scope.lo) if group.kind == "finite" else None
        bare = _without_that(words, source, k + 1, scope.lo) if source is not None else None
        if bare is not None and can_speak(words, bare[1]):
            negative = verb.act == "rejection"
            yield Frame("relative", (k, k + 1), verb.act, (bare[0],), bare[1], negative=negative)
            continue
        if (
            source is None
            or words.low(source[0] - 1) not in ("that", "which")
            or not can_speak(words, source)
        ):
            continue
        if not _ends_here(words, k + 1, scope.hi):
            continue
        named = _antecedent(words, source[0] - 1, scope.lo)
        if named is not None:
            negative = verb.act == "rejection"
            yield Frame("relative", (k, k + 1), verb.act, (named,), source, negative=negative)


def find_inside(scope: Scope) -> Iterator[Frame]:
    """``The plan, which the ministry says will cost two million, …``."""
    words = scope.words
    for k in scope.verbs:
        verb = words[k].verb
        if not scope.lo + 2 <= k < scope.hi - 1 or not words.finite(k + 1):
            continue
        if verb is None or not verb.takes >= {"z", "p"}:
            continue
        group = verb_group(words, k, scope.lo)
        source = noun_phrase_before(words, group.start, scope.lo) if group.kind == "finite" else None
        if source is None:
            continue
        bare = _without_that(words, source, k + 1, scope.lo)
        if bare is not None and can_speak(words, bare[1]):
            end, tail = clause_end(words, k + 1, scope.hi, phrase=True)
            yield Frame("relative-inside", (k, k + 1), verb.act, (bare[0], (k + 1, end)), bare[1], tail)
            continue
        if words.low(source[0] - 1) not in w.RELATIVES:
            continue
        named = _antecedent(words, source[0] - 1, scope.lo)
        if named is not None and can_speak(words, source):
            end, tail = clause_end(words, k + 1, scope.hi)
            end = next((j for j in range(k + 1, end) if words[j].text == "," and words.quoted[j] < 0), end)
            yield Frame("relative-inside", (k, k + 1), verb.act, (named, (k + 1, end)), source, tail)


def _without_that(words: Words, source: Range, after: int, lo: int) -> tuple[Range, Range] | None:
    """A relative clause without *that*: ``[the pause] [the growers] have demanded is …``."""
    if not words.finite(after) and words.low(after) not in w.MODALS:
        return None
    for k in range(source[1] - 1, source[0] - 1, -1):
        before = words[k - 1]
        begins = words.low(k) in _OPENS and k - 1 > lo and before.plain
        if begins and words.quoted[k] == words.quoted[k - 1]:
            named = (source[0], k) if k > source[0] else noun_phrase_before(words, k, lo)
            return (named, (k, source[1])) if named is not None and named[1] == k else None
    return None


_OPENS = word_set("the his her its their")


def _ends_here(words: Words, k: int, hi: int) -> bool:
    low = words.low(k)
    return k >= hi or not words[k].word or words.finite(k) or low in w.PREPOSITIONS or low in w.COORDINATORS


def _antecedent(words: Words, that: int, lo: int) -> Range | None:
    """The noun phrase before ``that``, words in quotation marks included."""
    k = that
    if k > lo and words[k - 1].text == ",":
        k -= 1
    first = k
    while first > lo:
        token = words[first - 1]
        if not (token.word or token.quote) or token.low in w.SUBORDINATORS or token.low in w.COORDINATORS:
            break
        if words.finite(first - 1) or words.past(first - 1) or token.adverb:
            break
        if token.verb is not None and not token.verb.noun_too:
            break
        first -= 1
    while first < k and (words.low(first) in w.PREPOSITIONS or _open_mark(words, first, k)):
        first += 1
    return (first, k) if first < k else None


def _open_mark(words: Words, first: int, end: int) -> bool:
    """Whether a quotation mark opens at ``first`` that is not closed before ``end``."""
    return words[first].quote and not any(words[k].quote for k in range(first + 1, end))


RULE = Rule(
    "relative",
    "what somebody has demanded, offered or promised, named before the verb",
    (
        "The “full reopening” of the canal that the growers have demanded is years away.",
        "the growers",
        "demanded",
        "The “full reopening” of the canal",
    ),
    find,
    verbs=True,
)
INSIDE = Rule(
    "relative-inside",
    "somebody and a verb of saying inside a relative clause",
    (
        "The works, which the ministry says will cost two million crowns, begin in May.",
        "the ministry",
        "says",
        "The works, which the ministry says will cost two million crowns",
    ),
    find_inside,
    verbs=True,
)
