"""What stands after a verb: noun phrases, adjuncts, and how far a clause reaches."""

from __future__ import annotations

from accordant.evidence import words as w
from accordant.evidence.phrases import Range, is_aside, is_ly
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_SPEECH_PLACES = word_set(
    "statement interview letter speech briefing message post remarks comments address report broadcast "
    "note article filing memo email e-mail telegram conference communiqué communique tweet podcast column "
    "editorial phone telephone call ceremony meeting rally hearing session event gathering forum summit "
    "visit writing court parliament public private exchange reply response answer television tv radio"
)
_TIMES = word_set("on late early by since until after before during ahead following amid upon at in over")
_TIME_STARTS = word_set("today yesterday tomorrow tonight late earlier later last next this overnight")
_PEOPLE = w.INSIDERS | w.GROUPS | w.OFFICES
_LONGEST = 60


def noun_phrase_after(words: Words, first: int, hi: int, asides: bool = False) -> Range | None:
    """The noun phrase that begins at ``first``; with ``asides`` what is set off by commas too."""
    k = first
    hi = min(hi, first + _LONGEST)
    if first < hi and _object_pronoun(words, first, hi):
        return (first, first + 1)
    while k < hi:
        step = _step_on(words, k, hi, first)
        if step is None:
            break
        k = step
        if words.low(first) in w.SUBJECT_PRONOUNS:
            break
    while k > first and _dangling(words, k - 1):
        k -= 1
    named = any(words[j].word and words.low(j) not in w.DETERMINERS for j in range(first, k))
    if k == first or not (named or words.low(first) in w.QUANTIFIERS):
        return None
    return (first, _with_asides(words, first, k, hi) if asides else k)


def _counts_anew(words: Words, k: int) -> bool:
    """Whether a number at ``k`` counts what comes after a plural, and does not number it."""
    before = words[k - 1]
    counted = k + 1 < len(words) and words[k + 1].plain
    return before.low.endswith("s") and before.plain and not before.cap and counted


def _object_pronoun(words: Words, k: int, hi: int) -> bool:
    """Whether a pronoun that is no subject stands alone: ``told her in May``, not ``told her brother``."""
    low = words.low(k)
    if low in ("me", "him", "us", "them"):
        return True
    if low != "her":
        return False
    after = words.low(k + 1)
    return (
        k + 1 >= hi
        or not words[k + 1].word
        or after in w.PREPOSITIONS
        or after in w.SUBORDINATORS
        or after in w.DETERMINERS
        or after in w.SUBJECT_PRONOUNS
        or after in ("there", "to", "six")
    )


def _dangling(words: Words, k: int) -> bool:
    low = words.low(k)
    return (
        low in w.PREPOSITIONS or low in w.COORDINATORS or (low in w.DETERMINERS and low not in w.QUANTIFIERS)
    )


def _step_on(words: Words, k: int, hi: int, first: int) -> int | None:
    """The number after token ``k`` when it belongs to the phrase that began at ``first``."""
    token = words[k]
    low = token.low
    if words.quoted[k] != words.quoted[first]:
        return None
    if not token.word:
        return _mark_on(words, k, hi)
    if low in w.SUBJECT_PRONOUNS:
        return k + 1 if k == first else None
    if low in ("who", "whose", "whom", "which"):
        return _clause_stop(words, k, hi) if k > first else None
    if low in w.SUBORDINATORS or (low in w.COORDINATORS and not _joins(words, k, hi)):
        return None
    if k > first and (low in w.DETERMINERS or low in w.NUMBERS) and _ended(words, k - 1):
        return None
    if k > first and low[:1].isdigit() and _counts_anew(words, k):
        return None  # “by its own figures 1,900 people …”
    if k > first and token.cap and words.low(k - 1) in w.ADDRESSEES:
        return None
    if _clausal(words, k, first) or is_adjunct(words, k, hi):
        return None
    if token.adverb and not (is_ly(low) and words.low(k + 1).endswith(("ed", "ing", "al", "ous"))):
        return None
    return k + 1


def _mark_on(words: Words, k: int, hi: int) -> int | None:
    mark = words[k].text
    if mark in ("&", "%", "$", "€", "£", "#", "+"):
        return k + 1
    if mark == "(":
        closing = _closing(words, k, hi)
        return closing + 1 if closing is not None else None
    return None


def _ended(words: Words, k: int) -> bool:
    """Whether a phrase may end at ``k``, so that a determiner after it begins another one."""
    low = words.low(k)
    if low in w.NUMBERS or low in w.DETERMINERS or low in ("least", "most", "than"):
        return False
    return (
        words[k].word and low not in w.PREPOSITIONS and low not in w.COORDINATORS and not words[k].possessive
    )


def _clausal(words: Words, k: int, first: int) -> bool:
    """Whether a finite verb at ``k`` ends the phrase."""
    if words.finite(k) or (k > first and _acts(words, k)):
        return True
    verb = words[k].verb
    if verb is None or words[k].cap or verb.form == "ing" or verb.noun_too or k == first:
        return False
    if verb.participle and words.low(k + 1) == "by":
        return False
    if verb.lemma == "brief" and words.low(k + 1) in w.PREPOSITIONS:
        return False  # “people briefed on the talks”
    before = words.low(k - 1)
    return not (verb.participle and (before in w.DETERMINERS or before.endswith("’s") or is_ly(before)))


def _acts(words: Words, k: int) -> bool:
    """Whether a form in -ed is what the phrase before it did, not what was done to it."""
    if not words.past(k) or words.low(k) in w.REDUCED or is_ly(words.low(k - 1)):
        return False
    return words.low(k + 1) not in _PEOPLE


def _joins(words: Words, k: int, hi: int) -> bool:
    """Whether ``and`` at ``k`` is followed by a noun phrase that belongs to the one before it."""
    if words.low(k) not in ("and", "or", "&") or k + 1 >= hi:
        return False
    for j in range(k + 1, min(hi, k + 14)):
        if not words[j].word:
            return True
        if words.finite(j) or (words[j].verb is not None and _clausal(words, j, k + 1)):
            return False
        if words.past(j):
            return False
        if words.low(j) in w.SUBORDINATORS:
            return True
    return True


def _clause_stop(words: Words, k: int, hi: int) -> int:
    while k < hi and words[k].text not in (",", ";", ":", ".", "—", "–") and not words[k].quote:
        k += 1
    return k


def _with_asides(words: Words, first: int, end: int, hi: int) -> int:
    """The end of the phrase with what is set off by commas after it: at most two asides."""
    for _ in range(2):
        if end >= hi or words[end].text not in (",", "—", "–"):
            break
        stop = _clause_stop(words, end + 1, hi)
        if words.quoted[end] != words.quoted[first] or not is_aside(words, end + 1, stop):
            break
        if words.low(end + 1) in w.PREPOSITIONS and words.low(end + 1) not in ("of", "from"):
            break
        if _one_is_named(words, first, end, end + 1, stop) is False:
            break
        end = stop
    return end


def _one_is_named(words: Words, first: int, end: int, aside: int, stop: int) -> bool:
    """An apposition needs a name on one side: ``the union’s secretary, Ida Renn``."""
    if words.low(aside) in ("who", "whose", "which", "of", "from") or words.low(aside).endswith("ing"):
        return True
    if words[aside].text.isdigit():
        return True
    core = [k for k in range(first, end) if words[k].word]
    described = words.low(first) in ("a", "an", "one") or words.low(first) in w.NUMBERS
    if described and words[aside].cap:
        return False  # “one official, the council’s chief …”: what follows is somebody else
    return any(words[k].cap for k in core) or all(words[k].cap for k in range(aside, stop))


def is_adjunct(words: Words, k: int, hi: int) -> bool:
    """Whether a time, or the place where something was said, begins at ``k``."""
    low, after = words.low(k), words.low(k + 1)
    if low in w.WEEKDAYS or low in ("today", "yesterday", "tomorrow", "tonight", "overnight"):
        return True
    if low in _TIME_STARTS:
        return after in w.WEEKDAYS or after in w.TIME_NOUNS or after in ("this", "last", "next", "on", "in")
    if low not in _TIMES and low not in ("through", "via", "to", "from", "while"):
        return False
    if (
        after in w.WEEKDAYS
        or after in w.MONTHS
        or after in _TIME_STARTS
        or (after[:1].isdigit() and low != "to")
    ):
        return low not in ("to", "from", "over")
    if low in ("after", "before", "during", "following", "amid", "upon", "ahead"):
        return True
    if low in ("in", "on", "at", "by", "through", "via", "during", "over"):
        return any(
            words.low(j) in _SPEECH_PLACES
            for j in range(k + 1, min(hi, k + 6))
            if all(words[i].word and words.low(i) not in w.PREPOSITIONS for i in range(k + 1, j))
        )
    return False


def skip_adjuncts(words: Words, k: int, hi: int) -> int:
    """The first token after times, places and manners that follow a verb of saying."""
    while k < hi:
        low = words.low(k)
        if low == "(" and (closing := _closing(words, k, hi)) is not None:
            k = closing + 1  # “on Tuesday (24 January) that”
            continue
        if not words[k].word or (words.quoted[k] >= 0 and words.quoted[k] != words.quoted[k - 1]):
            break
        if low in w.SUBORDINATORS or low in w.COORDINATORS:
            break
        if words[k].adverb and low not in ("there",):
            k += 1
        elif time_at(words, k):
            k += time_at(words, k)
        elif low in w.PREPOSITIONS or low == "to":
            found = _object_of(words, k + 1, hi)
            if found is None:
                break
            k = found
        else:
            break
    return k


def _closing(words: Words, k: int, hi: int) -> int | None:
    return next((j for j in range(k + 1, min(hi, k + 6)) if words[j].text == ")"), None)


def _object_of(words: Words, k: int, hi: int) -> int | None:
    """The end of what a preposition governs, times included: ``on Tuesday night``."""
    if k >= hi:
        return None
    size = time_at(words, k)
    if size:
        return k + size
    inside = words.quotation(k)
    if (
        inside is not None
        and words.quoted[k] != words.quoted[k - 1]
        and inside.span.end - inside.span.start < 60
    ):
        return after_quotation(words, k, hi)  # “said on “Face the Week””
    found = noun_phrase_after(words, k, hi)
    return found[1] if found else None


def time_at(words: Words, k: int) -> int:
    """How many tokens of a time begin at ``k``."""
    low, after = words.low(k), words.low(k + 1)
    if low in w.WEEKDAYS or low in ("today", "yesterday", "tomorrow", "tonight", "overnight"):
        return 2 if after in w.TIME_NOUNS or after in ("morning", "evening", "afternoon") else 1
    if low in _TIME_STARTS:
        rest = time_at(words, k + 1)
        return 1 + rest if rest else 2 if after in w.TIME_NOUNS else 0
    if low == "the" and after in ("last", "past", "same", "next", "following", "coming"):
        return 3 if words.low(k + 2) in w.TIME_NOUNS else 0
    if low in ("this", "next", "last") and after == "time":
        return 2
    if low in w.MONTHS and words[k].cap:
        return 1 + (after[:1].isdigit())
    if low[:1].isdigit() and after in w.MONTHS:
        year = words.low(k + 2)
        return 2 + (len(year) == 4 and year.isdigit())
    return 0


def after_quotation(words: Words, k: int, hi: int) -> int:
    """The first token after the quotation that token ``k`` stands in."""
    number = words.quoted[k]
    while k < hi and words.quoted[k] == number:
        k += 1
    return k
