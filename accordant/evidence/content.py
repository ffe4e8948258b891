"""What a verb of saying is followed by: a clause, a quotation, a noun phrase, an infinitive."""

from __future__ import annotations

from typing import Literal

from accordant.evidence import words as w
from accordant.evidence.clauses import clause_end, tagged
from accordant.evidence.cues import EXPRESSED, PARTICLES, PREPOSED, WITH_PREPOSITION, Act, Verb
from accordant.evidence.onward import noun_phrase_after, skip_adjuncts, time_at
from accordant.evidence.phrases import Range
from accordant.evidence.records import record
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

ContentKind = Literal["that", "clause", "quote", "phrase", "infinitive", "gerund", "object", "deed", "name"]

_SURE = word_set("say insist think believe tell")
_NOT_CONTENT = word_set("so no yes little nothing much anything more goodbye hello")


@record
class Content:
    """What is said: where, how it is joined to the verb, who was told, and what is in doubt."""

    kind: ContentKind
    part: Range
    cue_end: int
    told: Range | None = None
    tail: Range | None = None
    act: Act | None = None


def act_of(verb: Verb, content: Content) -> Act:
    """The verb's act with this content: ``called for a pause`` demands, ``called it a pause`` does not.

    Examples
    --------
    >>> from accordant.evidence.cues import VERBS
    >>> [act_of(VERBS["called"], Content(kind, (2, 4), 2)) for kind in ("phrase", "name")]
    ['demand', 'assessment']
    """
    if content.act is not None:
        return content.act
    if content.kind == "name" or (verb.lemma == "rule" and content.kind == "that"):
        return "assessment"
    asks = verb.lemma in ("ask", "appeal", "press", "push", "tell")
    return "demand" if asks and content.kind in ("phrase", "object") else verb.act


def content_after(words: Words, verb_at: int, hi: int) -> Content | None:
    """The content that follows the verb at ``verb_at``, or None when there is none."""
    verb = words[verb_at].verb
    if verb is None:
        return None
    k = verb_at + 1
    if verb.lemma in PARTICLES:
        size = _particle(words, k, verb.lemma)
        if not size and not (verb.lemma == "rule" and words.low(k) == "that"):
            return None
        k += size
        if verb.lemma == "rule" and size:
            return _phrase(words, k, hi, k)
    elif verb.lemma == "put":
        return _put(words, k, hi)
    if verb.lemma in ("voice", "express"):
        return _expressed(words, k, hi)
    if verb.lemma in _DECLARING and words.low(k) in w.POSSESSIVE_PRONOUNS and words.low(k + 1) in EXPRESSED:
        return _expressed(words, k, hi)
    cue_end = k
    told, k = _told(words, k, hi, verb)
    found = _governed(words, k, hi, verb) if told is None else None
    if found is None and told is None:
        later = past_manner(words, k, hi)
        found = _governed(words, later, hi, verb) if later > k else None
    if found is None:
        found = _clause(words, k, hi, verb, told is not None)
    if found is None:
        return None
    kind, part, tail = found
    preposition = words.low(part[0] - 1) in PREPOSED.get(verb.lemma, ()) or kind == "object"
    if verb.lemma in WITH_PREPOSITION and preposition and cue_end < part[0]:
        cue_end = part[0]
    return Content(kind, part, cue_end, told, tail) if part[1] > part[0] else None


def past_manner(words: Words, k: int, hi: int) -> int:
    """Past adverbs, times and manners between a verb and what is said: ``agreed [in principle] to``."""
    while k < hi:
        low = words.low(k)
        aside = low == "," and words.low(k + 1) in w.PREPOSITIONS
        size = time_at(words, k)
        if low in ("not", "never"):
            return k
        if words[k].adverb or low == "once" or (low == "more" and words.low(k - 1) == "once"):
            k += 1
        elif size:
            k += size
        elif low in _MANNER or aside:
            found = noun_phrase_after(words, k + 1 + aside, hi)
            if found is not None:  # “agreed in principle [to share]”
                stop = next((j for j in range(*found) if words.low(j) == "to"), found[1])
                found = (found[0], stop) if stop > found[0] else None
            end = found[1] if found is not None else k + 1 + aside + time_at(words, k + 1 + aside)
            if end == k + 1 + aside or (aside and words.low(end) != ","):
                return k
            k = end + aside
        else:
            return k
    return k


_DECLARING = word_set("declare signal reiterate confirm reaffirm announce repeat underline restate")
_MANNER = word_set("in on at by with for after during since")


def _put(words: Words, k: int, hi: int) -> Content | None:
    """``put [the cost at 210 million]``: only with a number."""
    for j in range(k + 1, min(hi, k + 16)):
        if words.low(j) == "at" and any(
            words.low(i)[:1].isdigit() or words.low(i) in w.NUMBERS for i in range(j + 1, min(hi, j + 4))
        ):
            found = _reach(words, k, hi, "phrase")
            return Content("phrase", found[1], k, None, found[2], "assessment")
        if words[j].text in ",;:" or words[j].quote:
            return None
    return None


def _expressed(words: Words, k: int, hi: int) -> Content | None:
    """``voiced [his hope] that …``, ``expressed [readiness] to …``: the noun belongs to the cue."""
    for j in range(k, min(hi, k + 4)):
        if words.low(j) in EXPRESSED and j + 2 < hi:
            if words.low(j + 1) not in ("that", "to", "for", "about", "over", "at", "in", "of"):
                return None
            first = j + 1 if words.low(j + 1) == "to" else j + 2
            kind, part, tail = _reach(
                words, first, hi, "that" if words.low(j + 1) == "that" else "infinitive"
            )
            return Content(kind, part, j + 1, None, tail, EXPRESSED[words.low(j)])
    return None


def particle_size(words: Words, k: int, lemma: str) -> int | None:
    """How many words at ``k`` belong to a verb: ``pointed [out]``; None where it needs some and has none."""
    if lemma not in PARTICLES:
        return 0
    return _particle(words, k, lemma) or None


def _particle(words: Words, k: int, lemma: str) -> int:
    for particle in PARTICLES[lemma]:
        if tuple(words.low(k + j) for j in range(len(particle))) == particle:
            return len(particle)
    return 0


def _told(words: Words, k: int, hi: int, verb: Verb) -> tuple[Range | None, int]:
    """Who was told, and where the search for the content goes on."""
    if "r" not in verb.takes or k >= hi or words[k].quote or words.low(k) in ("that", ":", ",", "to", "of"):
        return None, k
    if verb.lemma not in ("tell", "inform", "remind", "assure", "notify", "brief"):
        # promise, warn: a person first only when a clause follows
        listener = noun_phrase_after(words, k, hi)
        if listener is None or words.low(listener[1]) not in ("that", "to"):
            return None, k
        return listener, listener[1]
    listener = noun_phrase_after(words, k, hi)
    if listener is None or ("o" in verb.takes and _to_do(words, listener)):
        return None, k  # “told schools to prepare”: an order, and the schools are part of it
    return listener, listener[1]


Found = tuple[ContentKind, Range, Range | None]


def _governed(words: Words, k: int, hi: int, verb: Verb) -> Found | None:
    """Content that is no clause: infinitive, gerund, preposition, object and what is said of it."""
    low = words.low(k)
    if low in PREPOSED.get(verb.lemma, ()) and k + 1 < hi and _phrase_begins(words, k + 1):
        return _reach(words, k + 1, hi, "phrase")
    if low in ("on", "upon") and verb.lemma == "call" and _infinitive_within(words, k + 1, hi):
        return _reach(words, k + 1, hi, "object")
    if "i" in verb.takes and k + 1 < hi:
        denied = k + 1 if low in ("not", "never") else k
        denied += denied > k and words.low(denied) in ("again", "ever")
        if words.low(denied) == "to" and denied + 1 < hi:
            return _reach(words, k, hi, "infinitive")
    if "g" in verb.takes and low.endswith("ing") and len(low) > 4:
        return _reach(words, k, hi, "gerund")
    if "o" in verb.takes and _infinitive_within(words, k, hi):
        return _reach(words, k, hi, "object")
    if "b" in verb.takes and _deed_within(words, k, hi):
        return _reach(words, k, hi, "deed")
    if "a" in verb.takes and _named_within(words, k, hi, verb):
        return "name", (k, _name_end(words, k, hi)), None
    return None


def _reach(words: Words, k: int, hi: int, kind: ContentKind) -> Found:
    end, tail = clause_end(words, k, hi, phrase=kind in ("phrase", "gerund", "infinitive", "deed"))
    return kind, (k, end), tail


def _infinitive_within(words: Words, k: int, hi: int) -> bool:
    phrase = noun_phrase_after(words, k, hi) if k < hi else None
    if phrase is None:
        return k < hi and words.low(k) in ("him", "her", "them", "us", "me") and words.low(k + 1) == "to"
    return _to_do(words, phrase)


def _to_do(words: Words, phrase: Range) -> bool:
    """Whether *to* and a verb stand in a phrase or just after it: ``schools [to close]``."""
    for k in range(phrase[0] + 1, min(len(words) - 1, phrase[1] + 1)):
        after = words[k + 1]
        if words.low(k) == "to" and after.word and not after.cap and after.low not in w.DETERMINERS:
            return True
    return False


def _deed_within(words: Words, k: int, hi: int) -> bool:
    return any(words.low(j) in ("of", "for") for j in range(k + 1, min(hi, k + 12)) if words[j].word)


def _named_within(words: Words, k: int, hi: int, verb: Verb) -> bool:
    if verb.lemma in ("describe", "label", "portray", "brand", "characterise", "characterize", "regard"):
        return any(words.low(j) == "as" for j in range(k + 1, min(hi, k + 15)))
    if verb.lemma in ("recall", "quote", "record", "certify"):
        return any(words.low(j) == "as" for j in range(k + 1, min(hi, k + 15)))
    if verb.lemma == "call" and _called(words, k, hi):
        return True
    # “called the plan “dead””: only with the name in quotation marks, for most calls are phone calls
    return any(words[j].quote for j in range(k + 1, min(hi, k + 10)))


def _called(words: Words, k: int, hi: int) -> bool:
    """``called [it overdue]``, ``called [the offer a trick]``: most calls are phone calls."""
    low = words.low(k)
    if low in _CALLED and k + 1 < hi:
        after = words.low(k + 1)
        return after not in w.PREPOSITIONS and after not in w.COORDINATORS and words[k + 1].word
    named = noun_phrase_after(words, k, hi)
    if named is None or named[1] >= hi:
        return False
    return words.low(named[1]) in ("a", "an") or (low == "such" and words.low(named[1]) not in w.PREPOSITIONS)


_CALLED = word_set("it this that them him her")


def _name_end(words: Words, k: int, hi: int) -> int:
    """The end of what something is called: its quotation mark, where it has one."""
    end, _ = clause_end(words, k, hi, phrase=True)
    quoted = next((j for j in range(k, end) if words[j].quote), None)
    if quoted is None:
        return end
    number = words.quoted[quoted]
    return next((j for j in range(quoted, end) if words.quoted[j] != number), end)


def _clause(words: Words, k: int, hi: int, verb: Verb, told: bool) -> Found | None:
    later = past_manner(words, k, hi)
    if later > k and later < hi and (words.low(later) == "that" or words[later].quote):
        k = later
    k = _past_aside(words, skip_adjuncts(words, k, hi), hi)
    if k >= hi:
        return None
    takes = verb.takes
    if (
        words.low(k) == "that"
        and "n" in takes
        and verb.act in _OF_THINGS
        and words.low(k + 1) not in w.DETERMINERS
        and words.low(k + 1) not in w.SUBJECT_PRONOUNS
        and not any(words.finite(j) or words.past(j) for j in range(k + 1, hi))
    ):
        return _reach(words, k, hi, "phrase")  # “dispute that account”
    if words.low(k) == "that" and "t" in takes and not _that_is_pronoun(words, k):
        if "’" in words.low(k + 1) or not (words.finite(k + 1) and not words[k + 1].cap):
            return _reach(words, k + 1, hi, "that") if k + 1 < hi else None
        return _reach(words, k, hi, "that")
    if words.low(k) in _ALONE and "t" in takes and (k + 1 >= hi or words.low(k + 1) in _AFTER_ALONE):
        return ("phrase", (k, k + 1), None) if verb.lemma not in _NOT_ALONE else None
    if "q" in takes and (quoted := _quoted(words, k, hi)) is not None:
        return quoted
    if words.low(k) in _NOT_CONTENT and k + 1 >= hi:
        return None
    if ("z" in takes or (told and "t" in takes)) and clause_begins(words, k, hi, {verb.lemma} <= _SURE):
        return _reach(words, k, hi, "clause")
    if "n" in takes and _phrase_begins(words, k):
        found = _phrase(words, k, hi, k)
        return (found.kind, found.part, found.tail) if found else None
    return None


_OF_THINGS = ("denial", "rejection", "agreement", "blame")
_ALONE = word_set("that this")
_AFTER_ALONE = word_set(": . , ; ! ? since and but before after for on in at")
_NOT_ALONE = word_set("say tell hold think feel go find show know learn")


def _that_is_pronoun(words: Words, k: int) -> bool:
    """``said that.`` and ``said that was wrong``: *that* is what was wrong."""
    return k + 1 >= len(words) or not (
        words[k + 1].word or words[k + 1].quote or words[k + 1].text in ",$€£‘'("
    )


def _past_aside(words: Words, k: int, hi: int) -> int:
    """Past one aside between verb and content: ``said, in an interview on Monday, that …``."""
    if k >= hi or words[k].text != ",":
        return k
    if k + 1 < hi and (words[k + 1].quote or words.low(k + 1) == "that"):
        return k + 1
    if words.low(k + 1) in w.PREPOSITIONS:  # “said, in remarks that the firm has not repeated, that …”
        for j in range(k + 2, min(hi, k + 25)):
            if words[j].text == "," and words.low(j + 1) == "that" and words.quoted[j] < 0:
                return j + 1
    for j in range(k + 1, min(hi, k + 25)):
        if words[j].quote or (words.finite(j) and words[j].text != ","):
            return k
        if words[j].text == ",":
            return j + 1 if words.low(j + 1) == "that" else k
    return k


def _quoted(words: Words, k: int, hi: int) -> Found | None:
    if words.low(k) in (":", ",") and k + 1 < hi:
        opens = words[k + 1].quote or _single_opens(words, k + 1)
        if words.low(k) == ":" and not opens and tagged(words, k + 1, hi):
            return None  # “disagreed: the offer, he said, is a trap”
        if words.low(k) == ":" or opens:
            return _reach(words, k + 1, hi, "quote") if opens else ("quote", (k + 1, hi), None)
        return None
    if words[k].quote or _single_opens(words, k):
        return _reach(words, k, hi, "quote")
    return None


def _single_opens(words: Words, k: int) -> bool:
    inside = words.quotation(k)
    return inside is not None and inside.span.start == words.starts[k]


def _phrase_begins(words: Words, k: int) -> bool:
    low = words.low(k)
    token = words[k]
    if token.quote:
        return True
    if (
        not token.word
        or low in w.PREPOSITIONS
        or low in w.AUXILIARIES
        or low in w.MODALS
        or low in w.COORDINATORS
    ):
        return False
    return low not in w.SUBORDINATORS and not token.adverb


def _phrase(words: Words, k: int, hi: int, cue_end: int) -> Content | None:
    if k >= hi or not _phrase_begins(words, k):
        return None
    end, tail = clause_end(words, k, hi, phrase=True)
    return Content("phrase", (k, end), cue_end, None, tail)


def clause_begins(words: Words, k: int, hi: int, sure: bool) -> bool:
    """Whether a clause without *that* begins at ``k``: a subject, and a finite verb after it.

    ``sure`` is for verbs that hardly take anything else: a subject is enough, for not every finite
    verb is in the lists.
    """
    if k >= hi:
        return False
    low = words.low(k)
    if low in w.CONTRACTED or low in ("that’s", "there’s"):
        return True
    if not words[k].word and words[k].text not in ("“", '"', "$", "€", "£", "‘", "'"):
        return False
    if low in w.COORDINATORS or (
        low in w.SUBORDINATORS and low not in ("if", "while", "when", "after", "once")
    ):
        return False
    if low in ("to", "of") or words.finite(k) or low in w.MODALS:
        return False
    if (
        sure
        and hi - k >= 3
        and (low in w.SUBJECT_PRONOUNS or low in w.DETERMINERS or words[k].cap or low in w.NUMBERS)
    ):
        return True
    for j in range(k + 1, min(hi, k + 40)):
        if words[j].text in (";", ":"):
            return False
        if words.low(j) in ("and", "but") and (words.finite(j + 1) or words.past(j + 1)):
            return False  # “confirmed the meeting but gave no details”
        if words.finite(j) or words.past(j):
            return True
        verb = words[j].verb
        if verb is not None and not verb.noun_too and verb.form in ("past", "s") and not words[j].cap:
            return True
    return False
