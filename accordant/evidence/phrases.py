"""Noun phrases before and after a verb, and verb groups, by closed word classes.

There is no tagger here: a phrase ends where a word of a closed class, a mark or a verb that is
surely finite ends it. Everything returns token numbers, ``end`` not included, or None.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from accordant.evidence import words as w
from accordant.evidence.tokens import Words, remembered
from accordant.evidence.words import word_set

Range = tuple[int, int]
GroupKind = Literal["finite", "modal", "negated", "passive", "infinitive", "gerund"]

_BE = word_set("is are was were be been being am ’s 's")
_ASIDE_OPENERS = word_set("who whose whom which asked")
_ASIDE_ING = word_set("speaking citing referring quoting")
_ASIDE_ADVERB = word_set("meanwhile however too though also himself herself themselves itself then again")
_ASIDE_PREPOSITION = word_set("from of in at based for on aged formerly with during")
_HEADS = w.INSIDERS | w.OFFICES | w.VOICES | w.GROUPS | w.INSTITUTIONS | w.DOCUMENTS
_SAID = word_set("said says told added")
_LONGEST = 60  # tokens of a noun phrase with what hangs on it


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries and adverbs: what kind, and where the group begins."""

    kind: GroupKind
    start: int


@remembered
def verb_group(words: Words, verb: int, lo: int) -> VerbGroup:
    """What the words to the left make of a verb of saying: finite, negated, passive and so on."""
    k = verb - 1
    while k >= lo and words[k].helper:
        k -= 1
    start = k + 1
    before = words.lows[start:verb]
    cue = words[verb].verb
    form = cue.form if cue is not None else "base"
    opens = start == verb and k > lo and words[k].quote and words.quoted[k] == words.quoted[verb]
    if opens and words[k - 1].word:
        return VerbGroup("finite" if form in ("past", "s") else "gerund", k)  # “the bloc “encourages” both”
    if words.low(k) == "as" and (quoted := _quoted_as(words, k, lo)) is not None:
        return VerbGroup("finite", quoted)
    if not w.NEGATIONS.isdisjoint(before):
        return VerbGroup("negated", start)
    if form == "past" and words.low(k).endswith(("’m", "’re")) and "been" not in before:
        return VerbGroup("passive", start)
    if form == "past" and cue is not None and cue.lemma in ("put", "let"):
        if words.low(k) == "to":
            return VerbGroup("infinitive", k)
        if any(b in w.MODALS for b in before):
            return VerbGroup("modal", start)
    if form == "past":
        return VerbGroup("finite" if _BE.isdisjoint(before) else "passive", start)
    if form == "ing":
        return VerbGroup("gerund" if _BE.isdisjoint(before) else "finite", start)
    if words.low(k) == "to" and not before:
        meant = _meaning_to(words, k, lo)
        return VerbGroup("infinitive", k) if meant is None else VerbGroup("finite", meant)
    if not w.MODALS.isdisjoint(before):
        only = words.low(verb + 1) == "only" and "would" in before
        return VerbGroup("finite" if only else "modal", start)  # “would say only that …”
    return VerbGroup("finite", start)


_MEANS = word_set("wish wishes wished rang phoned hastened rose intervened paused quick keen careful pains")


def _meaning_to(words: Words, k: int, lo: int) -> int | None:
    """Where ``wishes to``, ``rang to``, ``went on to`` begin, before a verb of saying; else None."""
    low = words.low(k - 1)
    if k - 2 < lo:
        return None
    if low == "on" and words.low(k - 2) in ("went", "goes", "go"):
        return k - 2
    if low not in _MEANS:
        return None
    start = k - 1
    while start > lo and words[start - 1].helper and words.low(start - 1) not in w.NEGATIONS:
        start -= 1
    return start


def _quoted_as(words: Words, k: int, lo: int) -> int | None:
    """Where ``was quoted (by the agency) as`` begins, before ``saying``."""
    for j in range(k - 1, max(lo, k - 9), -1):
        if words.low(j) in ("quoted", "cited"):
            return j - 1 if words.low(j - 1) in _BE and words.low(j + 1) in ("by", "as") else None
    return None


@remembered
def noun_phrase_before(words: Words, end: int, lo: int) -> Range | None:
    """The noun phrase that ends just before token ``end``, with an aside set off by commas.

    ``Ida Renn, the secretary of the union,`` is one phrase; so is ``a woman who was there``.
    """
    end = _before_time(words, end, lo)
    last = end - 1
    if last < lo:
        return None
    if words[last].text in (",", "—", "–"):
        opening = _aside_before(words, last, lo)
        core = _core_before(words, opening, lo) if opening is not None else None
        if core is None or opening is None:
            return None
        core = _with_role(words, core, lo)
        said_there = words.low(opening + 1) in ("in", "on", "at", "during", "when", "asked")
        return core if said_there or words.low(opening + 1) in _ASIDE_ADVERB else (core[0], last)
    core = _core_before(words, end, lo)
    return _with_role(words, core, lo) if core is not None else None


def _with_role(words: Words, core: Range, lo: int) -> Range:
    """With the role that a comma parts from a name: ``[the mediator, former judge Ada Renn], who``."""
    first, end = core
    if first - 2 < lo or words.low(first - 1) != "," or words.quoted[first - 1] != words.quoted[first]:
        return core
    stop = next((k for k in range(first, end) if not words[k].word or words.low(k) in w.RELATIVES), end)
    if not words[stop - 1].cap or words.low(first) in w.DETERMINERS:
        return core
    if any(not words[k].cap and words.low(k) not in _BEFORE_NAME for k in range(first, stop)):
        return core
    role = _core_before(words, first - 1, lo)
    if role is None or (words.low(role[0]) not in w.DETERMINERS and not words[role[0]].cap):
        return core
    after = next((k for k in range(*role) if words.low(k) in w.PREPOSITIONS or not words[k].word), role[1])
    head = words.low(after - 1).removesuffix("’s")
    known = head in _ROLES and not (after - role[0] == 1 and words[role[0]].cap)
    return (role[0], end) if known else core


_ROLES = (w.INSIDERS | w.OFFICES | w.VOICES) - w.PREPOSITIONS
_BEFORE_NAME = (
    w.TITLES | w.OFFICES | word_set("former retired acting ex- al bin ibn de van von der la du da di")
)


def _before_time(words: Words, end: int, lo: int) -> int:
    """Where a phrase ends before a time that stands between it and the verb: ``the union [on Monday]``."""
    k = end
    while k - 1 > lo and (words.low(k - 1) in w.WEEKDAYS or words.low(k - 1) in w.TIME_NOUNS):
        k -= 1
    if k == end:
        return end
    while k - 1 > lo and words.low(k - 1) in (
        "on",
        "late",
        "early",
        "last",
        "this",
        "earlier",
        "later",
        "next",
    ):
        k -= 1
    if words.low(k - 1) in w.REDUCED:
        return end  # “a study published on Tuesday”
    timed = words.low(k) in ("on", "late", "early", "last", "this", "earlier", "later", "next") or (
        words.low(k) in w.WEEKDAYS
    )
    return k if timed else end


def _aside_before(words: Words, closing: int, lo: int) -> int | None:
    """Where the aside that ends at mark ``closing`` begins (the number of its opening mark)."""
    mark = words[closing].text
    found = 0
    for k in range(closing - 1, max(lo, closing - 40) - 1, -1):
        if words[k].quote or words[k].text in ";:":
            return None
        if words[k].text == mark:
            dashed = mark != "," and not any(words.low(j) in _SAID for j in range(k + 1, closing))
            if (dashed or is_aside(words, k + 1, closing)) and k > lo:
                return k
            found += 1
            if found == 3:
                return None
    return None


def is_aside(words: Words, first: int, end: int) -> bool:
    """Whether tokens between two marks say more about the noun phrase before them."""
    if not 0 < end - first <= 30:
        return False
    low = words.low(first)
    if low in _ASIDE_OPENERS or low == "when" or (low == "not" and words.low(first + 1) in w.PREPOSITIONS):
        return True
    if low in _ASIDE_ADVERB:
        return end - first <= 2
    if words[first].text.isdigit():
        return end - first == 1
    before_relative = range(first, _relative_in(words, first, end))
    if any(words.finite(k) or _says(words, k) for k in before_relative):
        return False
    participle = low.endswith("ing") and len(low) > 5 and words[first].verb is None
    if participle or low in w.REDUCED or low in _ASIDE_ING or low in _ASIDE_PREPOSITION:
        return True
    return is_apposition(words, first, end)


def is_apposition(words: Words, first: int, end: int) -> bool:
    """Whether tokens name or describe a person or a body: ``the head of the union``, ``Ida Renn``."""
    if words.low(first) == "the" and words.low(first + 1).endswith("est") and end - first < 8:
        return True  # “the largest of the islands”
    if any(words.low(k) in _HEADS for k in range(first, end)):
        low = words.low(first)
        head = low in w.DETERMINERS or low in w.NUMBERS or low in _HEADS or words[first].cap
        return head or _adjectives_then_head(words, first, end)
    return all(
        words[k].cap or words.low(k) in ("of", "the", "bin", "al", "de", "van", "von")
        for k in range(first, end)
    )


def _adjectives_then_head(words: Words, first: int, end: int) -> bool:
    return any(words.low(k) in _HEADS for k in range(first, min(end, first + 4))) and not any(
        words.low(k) in w.PREPOSITIONS or words.low(k) in w.COORDINATORS
        for k in range(first, min(end, first + 2))
    )


def _says(words: Words, k: int) -> bool:
    verb = words[k].verb
    return verb is not None and not verb.noun_too and verb.form in ("past", "s") and not words[k].cap


def _relative_in(words: Words, first: int, end: int) -> int:
    return next((k for k in range(first, end) if words.low(k) in ("who", "whose", "which", "whom")), end)


def _core_before(words: Words, end: int, lo: int) -> Range | None:
    start = end
    k = end - 1
    if k >= lo and words.low(k) in w.CONTRACTED:
        return (k, end)  # “they’ve said”
    coordinated = False
    lo = max(lo, end - _LONGEST)
    while k >= lo:
        step = _step_back(words, k, lo, start, end, coordinated)
        if step is None:
            break
        start = step
        if not words[k].plain:
            coordinated = coordinated or words.low(k) in ("and", "or", "&")
            if words.low(start) in w.SUBJECT_PRONOUNS or (
                words.low(start) in ("who", "which") and start == end - 1
            ):
                break
        k = step - 1
    return _without_lead(words, start, end)


def _step_back(words: Words, k: int, lo: int, start: int, end: int, coordinated: bool) -> int | None:
    """The new start when token ``k`` belongs to the phrase that begins at ``start``, else None."""
    token = words[k]
    if words.quoted[k] != words.quoted[end - 1]:
        return None
    if token.plain:
        return k
    low = token.low
    if not token.word:
        return _mark_back(words, k, lo, coordinated)
    if low in ("and", "or", "&"):
        return k if start < end and _coordinates(words, k, lo) else None
    if low in w.SUBJECT_PRONOUNS:
        return k if start == end or words.low(start) == "and" else None
    if low == "that" and k > lo and words.low(k - 1) in w.PREPOSITIONS and start < end:
        return k  # “a copy of that letter”
    if low in w.SUBORDINATORS or low in w.COORDINATORS:
        return _relative_back(words, k, lo, start, end)
    if words.finite(k) or _finite_cue(words, k):
        return _relative_start(words, k, lo)
    if token.adverb:
        return k if low in ("there", "here") or _before_participle(words, k) else None
    return k


def _mark_back(words: Words, k: int, lo: int, coordinated: bool) -> int | None:
    mark = words[k].text
    if mark in ("&", "%", "$", "€", "£", "#", "+"):
        return k
    if mark == ")":
        return next((j for j in range(k - 1, max(lo, k - 8) - 1, -1) if words[j].text == "("), None)
    if mark == "," and coordinated:
        return _list_item(words, k, lo)
    return None


def _relative_back(words: Words, k: int, lo: int, start: int, end: int) -> int | None:
    low = words.low(k)
    if low in ("who", "which") and start == end:
        return k
    if low in ("who", "whose", "whom", "which") and k > lo and words[k - 1].word and start < end:
        return k
    if low == "that" and k > lo and start < end and words.low(k - 1) in _HEADS and _verbal(words, k + 1):
        return k
    return None


def _verbal(words: Words, k: int) -> bool:
    return k < len(words) and (words.finite(k) or words.past(k) or _says(words, k))


def _finite_cue(words: Words, k: int) -> bool:
    """A verb of saying that is finite here, not a noun and not a participle before a noun."""
    verb = words[k].verb
    if verb is None or verb.form == "ing" or verb.noun_too:
        return False
    if verb.lemma == "brief" and words.low(k + 1) in w.PREPOSITIONS:
        return False
    if verb.participle and words.low(k + 1) == "by":
        return False  # “captives held by the Front”
    before = words.low(k - 1)
    attributive = (
        before in w.DETERMINERS or before in w.PREPOSITIONS or before.endswith("’s") or is_ly(before)
    )
    return not (verb.participle and attributive)


def is_ly(low: str) -> bool:
    """Whether a word ends like an adverb of manner."""
    return low.endswith("ly") and low not in w.NOT_ADVERBS


def _relative_start(words: Words, k: int, lo: int) -> int | None:
    """Where the relative clause that token ``k`` stands in begins, if it hangs on the noun before it."""
    for j in range(k - 1, max(lo, k - 20), -1):
        if not words[j].word and words[j].text not in ("&", "%", "$"):
            return None
        low = words.low(j)
        if low in ("who", "whose", "whom", "which") or (low == "that" and words.low(j - 1) in _HEADS):
            return (
                j if (words[j - 1].word and words[j - 1].verb is None) or words.low(j - 1) in _HEADS else None
            )
    return None


def _before_participle(words: Words, k: int) -> bool:
    after = words.low(k + 1)
    return (
        is_ly(words.low(k))
        and after.endswith(("ed", "ing", "al", "ous", "ive", "en", "wn"))
        and not words[k].cap
    )


def _coordinates(words: Words, k: int, lo: int) -> bool:
    """Whether ``and`` at ``k`` joins two noun phrases, not two clauses."""
    if k - 1 < lo:
        return False
    if words[k - 1].text == ",":
        return _list_item(words, k - 1, lo) is not None
    seen = False
    for j in range(k - 1, lo - 1, -1):
        if not words[j].word:
            break
        if words.low(j) in w.SUBORDINATORS and words.low(j) not in w.RELATIVES:
            break
        if words.past(j) and words.low(j + 1) in ("by", "to", "from"):
            continue  # “an opinion commissioned by the union and seen by …”
        if words.finite(j) or words.past(j) or _finite_cue(words, j):
            return _relative_start(words, j, lo) is not None
        seen = True
    return seen


def _list_item(words: Words, comma: int, lo: int) -> int | None:
    """Where the item of a list that ends at ``comma`` begins."""
    for j in range(comma - 1, max(lo, comma - 7) - 1, -1):
        at_start = j == lo or words[j - 1].text == ","
        if words.finite(j) or words.past(j) or words[j].quote or not words[j].word:
            return None
        if at_start:
            fits = (words[j].cap or words.low(j) in w.DETERMINERS) and words.low(j) not in w.PREPOSITIONS
            return j if fits and not words[j].adverb else None
    return None


def _without_lead(words: Words, start: int, end: int) -> Range | None:
    """The phrase without adverbs, times and prepositional phrases at its head; None when empty."""
    while start < end:
        low = words.low(start)
        if low in w.PREPOSITIONS and not _numeral_phrase(words, start, end):
            found = _after_preposed(words, start, end)
            if found is None:
                return None
            start = found
        elif (words[start].adverb and low != "both" and not _before_participle(words, start)) or (
            not words[start].word or low in ("and", "or")
        ):
            start += 1
        elif (step := _time_lead(words, start, end)) > start:
            start = step
        else:
            break
    return (start, end) if start < end and _has_head(words, start, end) else None


def _numeral_phrase(words: Words, start: int, end: int) -> bool:
    """``over 40 residents``, ``about two dozen workers``, ``between two and four people``."""
    after = words.low(start + 1)
    counted = words.low(start) in ("over", "about", "around", "nearly", "between", "under")
    return counted and start + 1 < end and (after[:1].isdigit() or after in w.NUMBERS)


def _time_lead(words: Words, start: int, end: int) -> int:
    low, after = words.low(start), words.low(start + 1)
    if low in w.WEEKDAYS:
        return start + (2 if after in w.TIME_NOUNS else 1)
    if low in ("late", "early", "last", "next", "this", "earlier", "later"):
        if after in w.WEEKDAYS or after in w.TIME_NOUNS:
            return min(end, start + 2)
        if after in ("last", "this", "next") and words.low(start + 2) in w.TIME_NOUNS:
            return min(end, start + 3)
    return start


def _after_preposed(words: Words, start: int, end: int) -> int | None:
    """Where the subject begins after a prepositional phrase without a comma: ``In Doha officials``."""
    for k in range(end - 1, start + 1, -1):
        before, here = words[k - 1], words[k]
        if before.low in w.PREPOSITIONS or before.low in w.DETERMINERS or before.low in ("and", "or"):
            continue
        opens = here.low in w.DETERMINERS or here.low in w.NUMBERS or here.low in w.SUBJECT_PRONOUNS
        named = here.cap and (not before.cap or before.low in w.WEEKDAYS or before.low in w.MONTHS)
        if opens and not before.possessive:
            return k
        if named and not before.possessive:
            return _from_determiner(words, k, start)
    last = words.low(end - 1)
    if last in w.INSIDERS or last in w.GROUPS:
        return next((k + 1 for k in range(end - 2, start, -1) if words[k].cap), end - 1)
    return None


def _from_determiner(words: Words, k: int, lo: int) -> int:
    """From the determiner of a phrase on whose name stands at ``k``: ``[the senior] Norland official``."""
    for j in range(k - 1, max(lo, k - 4), -1):
        if words.low(j) in w.DETERMINERS and words.low(j - 1) not in w.PREPOSITIONS:
            return j
        if not words[j].plain:
            break
    return k


def _has_head(words: Words, start: int, end: int) -> bool:
    first = words.low(start)
    if end - start <= 2 and words.low(end - 1) in ("other", "others", "latter", "former", "both"):
        return True
    if end - start == 1 and (first in w.QUANTIFIERS or first in w.SUBJECT_PRONOUNS or first in w.NUMBERS):
        return True
    return any(
        words[k].word
        and words.low(k) not in w.DETERMINERS
        and words.low(k) not in w.PREPOSITIONS
        and not words[k].adverb
        for k in range(start, end)
    )
