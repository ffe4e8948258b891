"""What stands after a verb: noun phrases, adjuncts, and how far a clause reaches."""

from __future__ import annotations

from accordant.evidence import words as w
from accordant.evidence.cues import PREPOSED
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
_SECOND_CLAUSE = word_set("and but yet while whereas though although")
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
        return _after_quotation(words, k, hi)  # “said on “Face the Week””
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


def clause_end(words: Words, k: int, hi: int, phrase: bool = False) -> tuple[int, Range | None]:
    """How far what is said reaches, and the second clause of which that is in doubt.

    ``said that A, and B did C``: whether C was said too is ambiguous; the content ends before the
    comma and the second clause is returned beside it. A ``phrase`` ends where a second verb of its
    subject begins: ``confirmed the meeting but gave no details``.
    """
    first = k
    around = words.quotation(k)
    if around is not None and words.starts[k] > around.span.start:
        hi = min(
            hi, next((j for j in range(k, hi) if words.end(j) >= around.span.end and not words[j].word), hi)
        )
    elif around is not None:
        k = _after_quotation(words, k, hi)
    while k < hi:
        if words.quoted[k] >= 0 and words.quoted[k] != words.quoted[first]:
            k = _after_quotation(words, k, hi)
            # “targets,” and …: the comma stands inside the quotation
            if not (k < hi and words[k - 2].text == "," and words.low(k) in ("and", "but", "while")):
                continue
            if _own_clause(words, k + 1, hi):
                return k, (k, _tail_end(words, k + 1, hi))
        low = words.low(k)
        if low == ",":
            after = words.low(k + 1)
            if after in ("without", "apparently", "according", "citing", "quoting"):
                return k, None
            if k > first and _breaks_off(words, k, first, hi):
                return k, None
            if after in _SECOND_CLAUSE:
                if _own_clause(words, k + 2, hi):
                    return k, (k + 1, _tail_end(words, k + 2, hi))
                if _new_cue(words, k + 2):
                    return k, None
            if _participle_cue(words, k + 1):
                return k, None
        elif low == ";":
            if words.low(k + 1) != "that":
                return k, None
        elif low in ("and", "but") and k > first and _second_verb(words, k + 1, hi, phrase):
            return k, None
        k += 1
    return hi, None


def _breaks_off(words: Words, comma: int, first: int, hi: int) -> bool:
    """Whether what is said ends at a comma, because the reporter goes on."""
    if words.quoted[comma] == words.quoted[first] and _said_next(words, comma + 1):
        return True
    if _summed_up(words, comma + 1, hi):
        return True
    return words.low(comma + 1) in ("and", "but") and _goes_back(words, comma + 2)


_SUMS = word_set(
    "demand claim charge allegation accusation assertion proposal idea offer suggestion condition figure "
    "threat promise pledge view move step decision statement description account complaint warning point "
    "request argument position theory version reading"
)


def _summed_up(words: Words, k: int, hi: int) -> bool:
    """``…, a demand that the company has rejected``: what is said is summed up in the reporter's words."""
    if words.low(k) not in ("a", "an", "which"):
        return False
    stop = k + 1
    if words.low(k) != "which":
        stop = next((j + 1 for j in range(k + 1, min(hi, k + 4)) if words.low(j) in _SUMS), 0)
        if not stop:
            return False
        if words.low(stop) in ("that", "which", "she", "he", "it", "they", "denied", "rejected", "disputed"):
            return True
    return any(_of_another(words, j) for j in range(stop, min(hi, stop + 6)))


def _of_another(words: Words, k: int) -> bool:
    verb = words[k].verb
    if verb is None or verb.noun_too or verb.form not in ("past", "s") or words[k].cap:
        return False
    if words.low(k + 1) == "by" or words.low(k - 1) in w.AUXILIARIES:
        return False
    return "z" in verb.takes or verb.act in ("agreement", "rejection", "denial")


def _goes_back(words: Words, k: int) -> bool:
    """Whether a verb goes back to the subject that speaks: ``… but did not say when``, ``gave no reason``."""
    low, after = words.low(k), words.low(k + 1)
    if low in ("did", "does", "would", "could", "has", "had") and after == "not":
        return words.low(k + 2) in _UNSAID
    if low == "stopped":
        return after == "short"
    if low in ("declined", "refused"):
        return after == "to"
    return low in ("gave", "offered") and after in ("no", "few")


_UNSAID = word_set(
    "say elaborate comment specify give name identify explain rule confirm deny answer disclose"
)


def _said_next(words: Words, k: int) -> bool:
    """Whether a verb of saying without a subject stands after a comma: an aside ends there."""
    if k >= len(words):
        return False
    verb = words[k].verb
    return (
        verb is not None
        and not verb.noun_too
        and verb.form in ("past", "s")
        and not words[k].cap
        and ("z" in verb.takes and not verb.weak)
    )


def _second_verb(words: Words, k: int, hi: int, phrase: bool) -> bool:
    """Whether after ``and`` at ``k`` the subject of what came before does something else."""
    return _new_cue(words, k) or (phrase and _verb_at(words, k, hi)) or _goes_back(words, k)


def _verb_at(words: Words, k: int, hi: int) -> bool:
    while k < hi and words[k].adverb:
        k += 1
    return k < hi and (words.finite(k) or words.past(k))


def _after_quotation(words: Words, k: int, hi: int) -> int:
    number = words.quoted[k]
    while k < hi and words.quoted[k] == number:
        k += 1
    return k


def _tail_end(words: Words, k: int, hi: int) -> int:
    while k < hi and words[k].text not in (";",):
        k += 1
    return k


def _own_clause(words: Words, k: int, hi: int) -> bool:
    """Whether a clause with a subject of its own begins at ``k``."""
    if words.low(k) == "that":
        return False
    while k < hi and words[k].adverb:
        k += 1
    if words.low(k) in w.PREPOSITIONS:  # “, and in May the works would stop”
        found = noun_phrase_after(words, k + 1, hi)
        k = found[1] if found else k
        k += words.low(k) == ","
    if words.low(k) == "there":
        return True
    subject = noun_phrase_after(words, k, hi, asides=True) if k < hi else None
    if subject is None:
        return False
    k = subject[1]
    k += words.low(k) == ","
    while k < hi and words[k].adverb:
        k += 1
    if k >= hi:
        return False
    verb = words[k].verb
    return words.finite(k) or words.past(k) or (verb is not None and not verb.noun_too and verb.form != "ing")


def _new_cue(words: Words, k: int) -> bool:
    """Whether a second verb of saying with the same subject stands at ``k``: ``… and warned that``."""
    while k < len(words) and (words[k].adverb or words.low(k) in ("has", "have", "had")):
        k += 1
    if k >= len(words):
        return False
    verb = words[k].verb
    if verb is None or verb.form not in ("past", "s") or words[k].cap:
        return False
    if (
        verb.noun_too or verb.weak
    ):  # “no case exists and demands the release”, “… and suggests the driver erred”
        plain = verb.form == "s" and words.low(k + 1) in ("the", "a", "an", "its", "his", "her", "their")
        if plain:
            return True
    return (
        words.low(k + 1) in ("that", "to", ":", "having")
        or (verb.lemma in PREPOSED and words.low(k + 1) in PREPOSED[verb.lemma])
        or (
            not verb.weak
            and not verb.noun_too
            and bool({"n", "b", "r"} & verb.takes)
            and (words.low(k + 1) in w.DETERMINERS or (words[k + 1 : k + 2] != () and words[k + 1].cap))
        )
        or (k + 1 < len(words) and words[k + 1].quote)
        or ("z" in verb.takes and not verb.weak and not verb.noun_too)
    )


def _participle_cue(words: Words, k: int) -> bool:
    if k >= len(words):
        return False
    verb = words[k].verb
    return verb is not None and verb.form == "ing" and not words[k].cap
