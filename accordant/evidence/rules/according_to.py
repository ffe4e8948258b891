"""``according to X``, at the start, in the middle or at the end of what is said."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.content import content_after
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import noun_phrase_after
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak, cannot_speak
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_PHRASES: tuple[tuple[str, ...], ...] = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
    ("as", "first", "reported", "by"),
    ("citing",),
    ("quoting",),
)
_FIRST = frozenset(phrase[0] for phrase in _PHRASES)
_NOT_SOURCES = word_set("plan plans schedule law rules protocol timetable procedure custom tradition need")


def find(scope: Scope) -> Iterator[Frame]:
    """The outermost ``according to`` of the scope, with everything else in it as what is said."""
    words = scope.words
    for k in scope.places(_FIRST):
        size = _phrase_at(words, k)
        if not size:
            continue
        source = noun_phrase_after(words, k + size, scope.hi, asides=True)
        if source is None or (source[1] - source[0] < 3 and words.low(source[1] - 1) in _NOT_SOURCES):
            continue  # “according to plan”
        if words.low(k) in CITING and not can_speak(words, source):
            continue  # “citing security concerns”
        passed_on = _passed_on(scope, k, source)
        if passed_on is not None:
            yield passed_on
            return
        if (words.low(k) in CITING or _figures(words, source)) and _told_before(scope, k):
            continue
        content = tuple(_around(words, scope, k, source[1]))
        if content:
            yield Frame("according-to", (k, k + size), "claim", content, source)
            return


CITING = word_set("citing quoting")


def cited_by(words: Words, frame: Frame) -> Frame | None:
    """Whom somebody cites for what they tell: ``…, the Courier reported on Friday, citing two delegates``."""
    if words.vocabulary.isdisjoint(CITING) or words.low(frame.cue[0]) in CITING or frame.source is None:
        return None
    last = max(frame.cue[1], frame.source[1], frame.content[-1][1])
    for k in range(frame.cue[1], min(len(words) - 1, last + 12)):
        if words.low(k) in CITING and words.low(k - 1) == "," and not frame.content[-1][0] <= k < last:
            source = noun_phrase_after(words, k + 1, len(words), asides=True)
            if source is None or not can_speak(words, source):
                return None
            return Frame(
                "according-to", (k, k + 1), frame.act, frame.content, source, negative=frame.negative
            )
    return None


_FIGURES = word_set("figures data records statistics documents minutes him her them it")


def _figures(words: Words, source: Range) -> bool:
    """Whether somebody rests on a document or goes back to themselves: that is inside what they say."""
    return any(words.low(k) in _FIGURES for k in range(source[0], min(source[1], source[0] + 3)))


def _told_before(scope: Scope, k: int) -> bool:
    """Whether somebody is said to say it before the phrase: ``She argued that …, according to``."""
    words = scope.words
    for j in scope.verbs:
        group = verb_group(words, j, scope.lo)
        if j >= k - 1 or words[j].cap or group.kind != "finite":
            continue
        if noun_phrase_before(words, group.start, scope.lo) is None:
            continue
        if content_after(words, j, k) is not None or words.low(k) in CITING:
            return True
    return False


def _phrase_at(words: Words, k: int) -> int:
    low = words.lows[k]
    for phrase in _PHRASES:
        if low == phrase[0] and all(words.low(k + j) == part for j, part in enumerate(phrase)):
            return len(phrase)
    if low == "as" and words.low(k + 1) in ("was", "is", "were", "has") and words.low(k + 3) == "by":
        verb = words[k + 2].verb  # “as was stated by”
        return 4 if verb is not None and verb.participle else 0
    if low == "as" and words.low(k + 2) == "by" and k + 1 < len(words):  # “as stated by”
        verb = words[k + 1].verb
        return 3 if verb is not None and verb.participle else 0
    return 0


def _passed_on(scope: Scope, k: int, source: Range) -> Frame | None:
    """``The agency, citing a delegate, reports that …``: the delegate says it, the agency passes it on."""
    words = scope.words
    verb_at = source[1] + 1
    if words.low(k) not in ("citing", "quoting") or words.low(source[1]) != "," or verb_at >= scope.hi:
        return None
    verb = words[verb_at].verb
    via = noun_phrase_before(words, k - 1, scope.lo) if words.low(k - 1) == "," else None
    content = (
        content_after(words, verb_at, scope.hi) if verb is not None and verb.form in ("past", "s") else None
    )
    if via is None or content is None or verb is None:
        return None
    return Frame("according-to", (k, k + 1), verb.act, (content.part,), source, content.tail, via=via)


def _around(words: Words, scope: Scope, start: int, end: int) -> Iterator[Range]:
    """What stands before and after the phrase, without the commas that set it off."""
    left_end = start
    lo = scope.lo
    while left_end > scope.lo and words[left_end - 1].text in (",", "—", "–", "("):
        left_end -= 1
    for k in range(left_end - 1, lo, -1):  # “…, in which, according to him, the word appears twice”
        if words.low(k) in ("which", "whom", "that") and left_end - k <= 1:
            left_end = lo
    whole = left_end > lo and _clause(words, lo, left_end)
    if any(words[k].word for k in range(lo, left_end)):
        yield lo, left_end
    right = end
    while right < scope.hi and words[right].text in (",", "—", "–", ")", ":"):
        right += 1
    if whole and words.low(end) == "," and _aside(words, right, scope.hi):
        return
    if (right > end or left_end == lo) and any(words[k].word for k in range(right, scope.hi)):
        yield right, scope.hi


def _clause(words: Words, lo: int, hi: int) -> bool:
    return any(words.finite(k) or words.past(k) for k in range(lo + 1, hi))


def _aside(words: Words, k: int, hi: int) -> bool:
    """Whether what follows the phrase is the reporter's own: a comparison, a participle, a second clause."""
    low = words.low(k)
    if low.endswith("ing") or low in ("in", "as", "though", "although", "while", "but", "who", "which", "up"):
        return True
    return low[:1].isdigit() or low in ("down", "compared", "more", "less", "a", "an")


def find_as(scope: Scope) -> Iterator[Frame]:
    """``As the minister put it, …``, ``…, as the minister said``."""
    words = scope.words
    for k in scope.places({"as"}):
        if k > scope.lo and words[k - 1].text != ",":
            continue
        cue = _as_said(words, k, scope.hi)
        if cue is None:
            continue
        source = noun_phrase_before(words, cue[0], k + 1)
        content = tuple(_around(words, scope, k, cue[1]))
        if source is not None and source[0] == k + 1 and content and not cannot_speak(words, source):
            yield Frame("as-said", cue, "claim", content, source)
            return


def _as_said(words: Words, k: int, hi: int) -> Range | None:
    """The cue between ``as`` and the next mark: ``put it``, ``said``."""
    for j in range(k + 2, min(hi, k + 14)):
        verb = words[j].verb
        end = j + 2 if words.lows[j] in ("put", "puts") and words.low(j + 1) == "it" else j + 1
        said = verb is not None and verb.comments and verb.form in ("past", "s")
        if (said or end == j + 2) and (end >= hi or words[end].text == ","):
            return j, end
        if not words[j].word:
            return None
    return None


RULE = Rule(
    "according-to",
    "according to somebody (also: citing, in the words of, as reported by)",
    (
        "According to one official close to the talks, the envoy met the minister twice.",
        "one official close to the talks",
        "According to",
        "the envoy met the minister twice",
    ),
    find,
    _FIRST,
)
AS_SAID = Rule(
    "as-said",
    "as somebody said, noted or put it",
    (
        "As the harbour master put it, the port is asleep.",
        "the harbour master",
        "put it",
        "the port is asleep",
    ),
    find_as,
    {"as"},
)
