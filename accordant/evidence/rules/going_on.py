"""A second verb of saying with the subject of the first: ``…, adding that``, ``… and warned that``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.content import act_of, content_after
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import noun_phrase_after, skip_adjuncts
from accordant.evidence.phrases import Range, verb_group
from accordant.evidence.plausible import can_speak
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_JOINS = word_set("and but then")
_ASIDE_RULES = word_set("speech-noun relative relative-inside known said-to")
"""Rules whose source is not the subject of the sentence."""


def find_participle(scope: Scope) -> Iterator[Frame]:
    """A verb in -ing: ``The union called off the march, saying the offer was fair``."""
    words = scope.words
    for k in scope.verbs:
        verb = words[k].verb
        if k == scope.lo or verb is None or verb.form != "ing" or words[k].cap:
            continue
        before = words.low(_past_adverbs(words, k) - 1)
        if before not in (",", "by", "while", "—", "–", "and") and not words[k - 1].quote:
            continue
        yield from _with_subject(scope, k, "participle")


def find_leading(scope: Scope) -> Iterator[Frame]:
    """A verb in -ing at the head: ``Accusing the guild of theft, the mayor …``."""
    words, k = scope.words, scope.lo
    while k < scope.hi and words[k].adverb:
        k += 1
    verb = words[k].verb if k < scope.hi else None
    if verb is None or verb.form != "ing" or words.quoted[k] >= 0:
        return
    for comma in range(k + 2, min(scope.hi, k + 40)):
        if words[comma].text != "," or words.quoted[comma] >= 0:
            continue
        source = noun_phrase_after(words, comma + 1, scope.hi, asides=True)
        if source is None or not can_speak(words, source) or not _follows(words, source[1], scope.hi):
            continue
        content = content_after(words, k, comma)
        if content is None:
            return
        act = act_of(verb, content)
        negative = act in ("denial", "rejection")
        cue = (k, content.cue_end)
        yield Frame("leading", cue, act, (content.part,), source, None, content.told, negative=negative)
        return


def _follows(words: Words, k: int, hi: int) -> bool:
    """Whether a verb follows a subject."""
    k += words.low(k) == ","
    while k < hi and words[k].adverb:
        k += 1
    verb = words[k].verb if k < hi else None
    said = verb is not None and verb.form in ("past", "s")
    return k < hi and (words.finite(k) or words.past(k) or said or words.low(k) in w.MODALS)


def find_coordinate(scope: Scope) -> Iterator[Frame]:
    """A second verb: ``The minister praised the talks and said that they would go on``."""
    words = scope.words
    for k in scope.verbs:
        verb = words[k].verb
        if k == scope.lo or verb is None or verb.form not in ("past", "s") or words[k].cap:
            continue
        group = verb_group(words, k, scope.lo)
        if group.kind == "finite" and words.low(group.start - 1) in _JOINS:
            yield from _with_subject(scope, k, "coordinate")


def _past_adverbs(words: Words, k: int) -> int:
    while k > 0 and words[k - 1].adverb:
        k -= 1
    return k


def _with_subject(scope: Scope, k: int, rule: str) -> Iterator[Frame]:
    words = scope.words
    verb = words[k].verb
    assert verb is not None
    content = content_after(words, k, scope.hi)
    if content is None or (rule == "coordinate" and verb.noun_too and content.kind not in ("that", "quote")):
        return
    before = [f for f in scope.found if f.cue[1] <= k and f.source is not None and f.rule not in _ASIDE_RULES]
    source = before[-1].source if before else _clause_subject(words, scope.lo, k)
    if source is None or (verb.weak and not can_speak(words, source)):
        return
    cue, act = (k, content.cue_end), act_of(verb, content)
    negative = act in ("denial", "rejection")
    yield Frame(rule, cue, act, (content.part,), source, content.tail, content.told, negative=negative)


def _clause_subject(words: Words, lo: int, hi: int) -> Range | None:
    """The subject of the clause that begins at ``lo``, past what stands before its first comma."""
    k = lo
    if words.low(k) in w.PREPOSITIONS or words.low(k) in w.SUBORDINATORS or words[k].adverb:
        k = skip_adjuncts(words, k, hi) if words.low(k) not in w.SUBORDINATORS else k
        while k < hi and words[k].text != ",":
            k += 1
        k += 1
    if k >= hi:
        return None
    subject = noun_phrase_after(words, k, hi, asides=True)
    if subject is None or not can_speak(words, subject):
        return None
    after = subject[1] + (words.low(subject[1]) == ",")
    while after < hi and words[after].adverb:
        after += 1
    if after >= hi:
        return None
    verb = words[after].verb
    acts = words.finite(after) or words.past(after) or (verb is not None and verb.form in ("past", "s"))
    return subject if acts else None


PARTICIPLE = Rule(
    "participle",
    "a verb of saying in -ing after a comma, with the subject of the clause before it",
    (
        "The growers left the meeting, saying that the quota was too low.",
        "The growers",
        "saying",
        "the quota was too low",
    ),
    find_participle,
    verbs=True,
)
LEADING = Rule(
    "leading",
    "a verb of saying in -ing before its subject",
    (
        "Accusing the board of delay, the growers walked out of the meeting.",
        "the growers",
        "Accusing",
        "the board of delay",
    ),
    find_leading,
    verbs=True,
)
COORDINATE = Rule(
    "coordinate",
    "a second verb of saying after and or but, with the subject of the first verb",
    (
        "The minister opened the weir and said that more water would follow.",
        "The minister",
        "said",
        "more water would follow",
    ),
    find_coordinate,
    verbs=True,
)
