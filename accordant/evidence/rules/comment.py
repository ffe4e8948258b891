"""Attribution after or inside what is said: sentence-final, parenthetical and inverted."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.content import particle_size
from accordant.evidence.cues import Verb
from accordant.evidence.frames import Frame, Rule, Scope, Tag
from accordant.evidence.onward import noun_phrase_after, skip_adjuncts
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_LEFT = frozenset({",", "—", "–", "?", "!"})
_NOT_GOING_ON = word_set("hours days weeks months years minutes after before as when who which whose where a")


def find_final(scope: Scope) -> Iterator[Frame]:
    """Attribution at the end: ``…, two people told the paper``."""
    for k in reversed(scope.comments):
        found = _tag(scope, k)
        if found is not None and found[3] >= _sense_end(scope):
            source, left, told, _ = found
            content = ((scope.lo, left),)
            if _says_something(scope.words, content):
                yield _frame(scope, "final", k, source, content, told)
            return


def find_parenthetical(scope: Scope) -> Iterator[Frame]:
    """Attribution inside: ``The pause, officials said, would hold``."""
    words = scope.words
    for k in scope.comments:
        found = _tag(scope, k)
        if found is None:
            continue
        source, left, told, end = found
        if end >= _sense_end(scope) or words[end].text not in (",", "—", "–", ";", ".", ":"):
            continue
        if _inside_another(scope, source, k):
            continue
        content: tuple[Range, ...] = ((scope.lo, left),)
        joined = words[end].text in (",", "—", "–", ".", ":")
        if words[end].text == ":" and (
            not _whole_clause(words, (scope.lo, left)) or end + 1 >= scope.hi or words[end + 1].quote
        ):
            continue  # “In a statement, the board said: “…””
        if words[end].text == ":":
            content = (*content, (end + 1, scope.hi))  # “They would go further, people say: a freeze …”
        elif (
            joined and _goes_on(words, end + 1, scope.hi) and not _own_words(words, (scope.lo, left), end + 1)
        ):
            content = (*content, (end + 1, _said_until(words, end + 1, scope.hi)))
        if _says_something(words, content):
            yield _frame(scope, "parenthetical", k, source, content, told)
            return


def find_inverted(scope: Scope) -> Iterator[Frame]:
    """Verb before subject: ``“…,” said Ida Renn, head of the union``."""
    words = scope.words
    for k in scope.comments:
        verb = words[k].verb
        if (
            verb is None
            or verb.form not in ("past", "s", "base")
            or k == scope.lo
            or not _after_mark(words, k)
        ):
            continue
        if words[k - 1].text == "," and noun_phrase_before(words, k, scope.lo) is not None:
            continue  # the comma closes an aside: “Ida Renn, a spokeswoman, said …”
        source = noun_phrase_after(words, k + 1, scope.hi, asides=True)
        if source is None or not _inverts(words, verb, source):
            continue
        told, end = _told_after(words, verb, source[1], scope.hi)
        end = skip_adjuncts(words, end, scope.hi)
        if end < scope.hi and words[end].text not in (",", "—", "–", ".", ";", ":"):
            continue
        left = _content_end(words, k, scope.lo)
        content: tuple[Range, ...] = ((scope.lo, k if left is None else left),)
        goes_on = end + 1 < scope.hi and _goes_on(words, end + 1, scope.hi)
        if goes_on and not _own_words(words, content[0], end + 1):
            content = (*content, (end + 1, scope.hi))
        if _says_something(words, content):
            yield _frame(scope, "inverted", k, source, content, told)
            return


def _frame(
    scope: Scope, rule: str, k: int, source: Range, content: tuple[Range, ...], told: Range | None
) -> Frame:
    verb = scope.words[k].verb
    assert verb is not None
    negative = verb.act in ("denial", "rejection")
    size = particle_size(scope.words, k + 1, verb.lemma) or 0
    return Frame(rule, (k, k + 1 + size), verb.act, content, source, told=told, negative=negative)


def _tag(scope: Scope, k: int) -> Tag | None:
    if k not in scope.tags:
        scope.tags[k] = _tag_at(scope, k)
    return scope.tags[k]


def _tag_at(scope: Scope, k: int) -> Tag | None:
    words = scope.words
    verb = words[k].verb
    assert verb is not None
    if verb.noun_too and (words.low(k - 1) in w.DETERMINERS or words.low(k - 1) in w.PREPOSITIONS):
        return None  # “…, set out in a note, …”
    group = verb_group(words, k, scope.lo)
    if group.kind != "finite":
        return None
    source = noun_phrase_before(words, group.start, scope.lo)
    if source is None or source[0] <= scope.lo or (verb.weak and not can_speak(words, source)):
        return None
    source = _with_name(words, source, scope.lo)
    left = _content_end(words, source[0], scope.lo)
    if left is None or left <= scope.lo:
        return None
    size = particle_size(words, k + 1, verb.lemma)
    if size is None:
        return None
    told, end = _told_after(words, verb, k + 1 + size, scope.hi)
    end = skip_adjuncts(words, end, scope.hi)
    if end < scope.hi and words[end].word:
        return None
    return source, left, told, end


def _with_name(words: Words, source: Range, lo: int) -> Range:
    """With the name before a role that no comma closes: ``[Ida Renn, a spokeswoman] said``."""
    comma = source[0] - 1
    if words.low(comma) != "," or words.low(source[0]) not in ("a", "an", "the"):
        return source
    first = comma
    while first > lo and words[first - 1].cap and words[first - 1].word and comma - first < 4:
        first -= 1
    named = comma - first >= 2 and first > lo and (words[first - 1].quote or words[first - 1].text == ",")
    return (first, source[1]) if named else source


def _told_after(words: Words, verb: Verb, k: int, hi: int) -> tuple[Range | None, int]:
    if k < hi and "r" in verb.takes and words[k].word and words.low(k) not in w.PREPOSITIONS:
        told = noun_phrase_after(words, k, hi)
        if told is not None:
            return told, told[1]
    if k < hi and words.low(k) == "to" and verb.lemma in ("say", "write", "explain", "add"):
        told = noun_phrase_after(words, k + 1, hi)
        if told is not None:
            return told, told[1]
    return None, k


def _content_end(words: Words, k: int, lo: int) -> int | None:
    """Where the content before token ``k`` ends; None when no mark parts the two."""
    if k - 1 < lo:
        return None
    if words.low(k - 1) == "as":
        return k - 2 if k - 2 >= lo and words[k - 2].text == "," else None
    mark = words[k - 1]
    if mark.quote or _closes_single(words, k - 1) or mark.text in "?!":
        return k  # the closing mark belongs to what is said
    return k - 1 if mark.text in _LEFT else None


def _closes_single(words: Words, k: int) -> bool:
    inside = words.quotation(k)
    return inside is not None and inside.span.end == words.end(k)


def _after_mark(words: Words, k: int) -> bool:
    before = words[k - 1]
    return before.quote or before.text in _LEFT or _closes_single(words, k - 1)


def _inverts(words: Words, verb: Verb, source: Range) -> bool:
    first = words[source[0]]
    if verb.form == "base" or verb.lemma in ("find", "feel", "think", "know"):
        return False
    if not can_speak(words, source):
        return verb.lemma == "say" and first.low in ("a", "an", "the") and words[source[0] - 2].text == ","
    return (
        first.cap
        or first.low in w.DETERMINERS
        or first.low in w.NUMBERS
        or first.low in w.SUBJECT_PRONOUNS
        or (not verb.weak)
    )


def _sense_end(scope: Scope) -> int:
    """The end of the scope without its closing marks."""
    end = scope.hi
    while end > scope.lo and not scope.words[end - 1].word and scope.words[end - 1].text in ".!?…":
        end -= 1
    return end


def _goes_on(words: Words, k: int, hi: int) -> bool:
    """Whether what follows the tag is still what is said."""
    if k >= hi or skip_adjuncts(words, k, hi) >= hi:
        return False
    low = words.low(k)
    verb = words[k].verb
    if verb is not None and verb.form == "ing":
        return False
    if low in _NOT_GOING_ON:
        return low == "a" and words.low(k + 1) not in ("day", "week", "month", "year", "move", "step")
    if low in ("and", "but") and k + 1 < hi:
        following = words[k + 1].verb
        return following is None or following.form not in ("past", "s") or following.noun_too
    return any(words[j].word for j in range(k, hi))


def _inside_another(scope: Scope, source: Range, k: int) -> bool:
    """Whether a tag with a pronoun stands inside what somebody says: ``Orlo said that …, he thought,``."""
    words = scope.words
    if words.low(source[0]) not in w.SUBJECT_PRONOUNS:
        return False
    return any(
        j + 1 < source[0]
        and (words.low(j + 1) == "that" or ((verb := words[j].verb) is not None and "e" not in verb.takes))
        and verb_group(words, j, scope.lo).kind == "finite"
        and words.quoted[j] == words.quoted[k]
        and not words[j].cap
        and (words.low(j + 1) == "that" or j < source[0] - 3)
        and words[j].verb.form in ("past", "s")  # type: ignore[union-attr]
        and noun_phrase_before(words, verb_group(words, j, scope.lo).start, scope.lo) is not None
        for j in scope.verbs
        if j < k
    )


def _own_words(words: Words, before: Range, k: int) -> bool:
    """Whether what follows the tag at ``k`` is the reporter's own: what is said was a whole clause.

    ``The strike is over, the union said, raising hopes``; ``…, in what would be the first``.
    """
    if words[k].quote or not _whole_clause(words, before):
        return False
    low = words.low(k)
    if low.endswith("ing") and len(low) > 4 and not words[k].cap:
        return True
    if low in ("in", "as", "after", "amid", "despite", "following", "though", "although", "while", "whereas"):
        return True
    if (
        low in _MEASURES
        or words.low(k + 1) in _MEASURES
        or (low in ("a", "an", "the") and not _acts(words, k))
    ):
        return True
    if low in ("but", "and", "yet"):
        if words.low(k - 3) in w.SUBJECT_PRONOUNS and words.low(k - 4) == ",":
            return words.low(k + 1) == words.low(k - 3)  # “Only one replied, she says, and it was polite”
        return not any(words.quoted[j] >= 0 for j in range(*before)) and words.low(k + 1) != "that"
    return False


def _said_until(words: Words, k: int, hi: int) -> int:
    """The end of what goes on after a tag: before ``, and she pointed to``, a new attribution."""
    for j in range(k, hi - 2):
        opens = (
            words[j].text == "," and words.low(j + 1) in ("and", "but") and words.quoted[j] == words.quoted[k]
        )
        if opens and words.low(j + 2) in w.SUBJECT_PRONOUNS:
            after = j + 3
            while after < hi and words[after].helper:
                after += 1
            verb = words[after].verb if after < hi else None
            if verb is not None and verb.form in ("past", "s"):
                return j
    return hi


_MEASURES = word_set("percent % cent compared up down more less fewer")


def _acts(words: Words, k: int) -> bool:
    return any(words.finite(j) or words.past(j) for j in range(k, min(len(words), k + 25)))


def _whole_clause(words: Words, part: Range) -> bool:
    """Whether a piece is a clause of its own, with a subject before its verb, or all quotation."""
    first, end = part
    if words[first].quote and words.quoted[first] == words.quoted[end - 1]:
        return False  # a quotation may go on after its tag
    low = words.low(first)
    if low in w.SUBORDINATORS or low in w.PREPOSITIONS:
        comma = next((j for j in range(first, end) if words[j].text == ","), end)
        first = comma + 1
    last = words[end - 1]
    hangs = not last.cap and (last.low in w.AUXILIARIES or last.low in w.MODALS)
    return not hangs and any(words.finite(j) or words.past(j) for j in range(first + 1, end))


def _says_something(words: Words, content: tuple[Range, ...]) -> bool:
    """A clause or a quotation, not only a time or a place."""
    if words.low(content[0][0]) in ("according", "asked") and len(content) > 1:
        return False
    for first, end in content:
        if not any(words[k].word for k in range(first, end)):
            return False
        for k in range(first, end):
            verb = words[k].verb
            if words.quoted[k] >= 0 or words.finite(k) or words.past(k):
                return True
            if verb is not None and verb.form in ("past", "s"):
                return True
    if len(content) > 1:
        return words.low(content[0][0]) not in ("according", "asked")
    if words.low(content[0][0]) in ("not", "no", "yes", "wrong", "never", "so") and content[0][0] == 0:
        return True
    return content[0][1] - content[0][0] >= 5 and words.low(content[0][0]) not in w.PREPOSITIONS


FINAL = Rule(
    "final",
    "what is said, a comma or a closing quotation mark, then somebody and a verb of saying at the end",
    (
        "The dam will be lowered by a metre, an engineer familiar with the design told the Courier.",
        "an engineer familiar with the design",
        "told",
        "The dam will be lowered by a metre",
    ),
    find_final,
    verbs=True,
)
PARENTHETICAL = Rule(
    "parenthetical",
    "somebody and a verb of saying between commas inside what is said",
    (
        "The pause, two delegates said, would last ten days.",
        "two delegates",
        "said",
        "The pause, two delegates said, would last ten days",
    ),
    find_parenthetical,
    verbs=True,
)
INVERTED = Rule(
    "inverted",
    "what is said, then a verb of saying and after it who says it",
    (
        "“We will load medicine,” said Marta Quell, secretary of the dockers’ union.",
        "Marta Quell, secretary of the dockers’ union",
        "said",
        "“We will load medicine,”",
    ),
    find_inverted,
    verbs=True,
)
