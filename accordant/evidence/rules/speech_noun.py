"""A noun of saying with its owner and its content: ``the union's demand that …``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.clauses import clause_end
from accordant.evidence.cues import AIMS, NOUNS, STATED
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import noun_phrase_after
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak
from accordant.evidence.tokens import Words

_FOR = frozenset({"call", "calls", "demand", "demands", "request", "proposal", "proposals", "plan", "offer"})
_OF = frozenset(
    {"aim", "goal", "objective", "aims", "goals", "objectives", "offer", "promise", "threat", "pledge"}
) | {
    "estimate",
    "warning",
    "accusation",
    "claim",
    "promises",
    "threats",
    "warnings",
    "accusations",
    "denial",
    "forecast",
    "prediction",
    "assurance",
    "assurances",
    "admission",
}
_JOINED = w.SUBORDINATORS | w.COORDINATORS


def find(scope: Scope) -> Iterator[Frame]:
    """Every owned noun of saying that is followed by what it says."""
    words = scope.words
    for k in scope.places(NOUNS.keys()):
        act = NOUNS[words.low(k)]
        if words[k].cap and (k != scope.lo or words.low(k) not in _RUMOURS):
            continue
        owned = _owner_before(words, k, scope.lo)
        part = _content(words, k, k + 1, scope.hi)
        if owned is not None and part is None:
            part = _is_that(words, k, scope.hi)
        holder = None
        if owned is None:
            named = _owner_after(words, k, scope.hi)
            holder = _holder(words, k, scope.lo) if named is None and part is not None else None
            if holder is not None and part is not None and words.low(part[0] - 1) == "that":
                named = holder
            if named is None:
                if part is not None and words.low(part[0] - 1) == "that" and _rumoured(words, k):
                    end = _noun_content_end(words, part, subject=False)
                    if words[k].cap:
                        end = _before_main_verb(words, part[0], end)
                    yield Frame("speech-noun", (k, k + 1), act, ((part[0], end),), plain=True)
                continue
            owned = (named, k)
            part = part if holder is not None else _content(words, k, named[1], scope.hi)
        source, cue_start = owned
        if part is None or not _speaks(words, source):
            continue
        subject = holder is None and (source[0] == scope.lo or not words[source[0] - 1].word)
        subject = subject and words.low(part[0] - 2) not in ("is", "was", "remains", "remained")
        end = _noun_content_end(words, part, subject)
        negative = act in ("denial", "rejection")
        if end > part[0]:
            yield Frame("speech-noun", (cue_start, k + 1), act, ((part[0], end),), source, negative=negative)


_RUMOURS = frozenset(
    {
        "reports",
        "rumours",
        "rumors",
        "rumour",
        "rumor",
        "allegations",
        "allegation",
        "suggestions",
        "suggestion",
    }
) | {
    "claims",
    "accusations",
    "accusation",
    "speculation",
}


def _rumoured(words: Words, k: int) -> bool:
    """Whether a noun of saying that nobody owns is talked about: ``denied [reports that] …``."""
    if words.low(k) not in _RUMOURS:
        return False
    if k == 0 or not words[k - 1].word:
        return True  # “Rumours that the mill would close”
    before = words[k - 1]
    said = before.verb is not None and not before.verb.noun_too
    return said or words.low(k - 1) in (
        "the",
        "an",
        "any",
        "on",
        "of",
        "to",
        "amid",
        "against",
        "deny",
        "denied",
    )


_GIVEN = frozenset({"given", "made", "put", "issued", "voiced", "raised", "drawn", "tabled", "offered"})


def _is_that(words: Words, k: int, hi: int) -> Range | None:
    """``whose own position [is that] fees should be frozen``."""
    for j in range(k + 1, min(hi - 3, k + 12)):
        if words.finite(j) or words.past(j):
            if words.low(j) in ("is", "was", "remains", "remained") and words.low(j + 1) == "that":
                return j + 2, hi
            if words.low(j) in ("is", "was", "remains", "remained"):
                return None
    return None


_LIGHT = frozenset(
    {"take", "takes", "took", "taken", "make", "makes", "made", "hold", "holds", "held", "give", "gives"}
) | {"gave", "has", "had", "have", "issued", "issues", "raised", "raises", "advanced", "adopted", "sent"}
_LIGHT |= {"repeated", "repeats", "formed", "reached", "renewed", "delivered", "offered", "of"}


def _holder(words: Words, k: int, lo: int) -> Range | None:
    """Who holds a view that nobody owns: ``the court [took] the view that``, ``is of the opinion that``."""
    j = k - 1
    while j > lo and (words.low(j) in w.DETERMINERS or words.low(j) in STATED or words[j].low in _FURTHER):
        j -= 1
    if words.low(j) not in _LIGHT:
        return None
    if words.low(j) == "of":
        j -= 1
        if words.low(j) not in ("is", "was", "are", "were"):
            return None
    source = noun_phrase_before(words, verb_group(words, j, lo).start, lo)
    if source is None or words.low(source[0]) in _ANYBODY or words.low(source[0] - 1) in _DOUBTED:
        return None  # “unless either party gives notice that …”
    return source


_ANYBODY = frozenset({"either", "any", "no", "neither", "nobody"})
_DOUBTED = frozenset({"if", "unless", "until", "when", "whenever", "should", "whether", "once"})
_FURTHER = frozenset({"clear", "further", "new", "same", "strong", "firm", "general", "public", "first"})


def _speaks(words: Words, source: Range) -> bool:
    return words.low(source[0]) in w.POSSESSIVE_PRONOUNS or can_speak(words, source)


def _owner_before(words: Words, k: int, lo: int) -> tuple[Range, int] | None:
    """The owner and where the words that attribute begin: ``its [declared objective]``."""
    stated = False
    for j in range(k - 1, max(lo, k - 4) - 1, -1):
        low = words.low(j)
        if words[j].possessive or low in w.POSSESSIVE_PRONOUNS:
            if words.low(k) in AIMS and not stated:
                return None
            source = (j, j + 1) if low in w.POSSESSIVE_PRONOUNS else (_owner_start(words, j, lo), j + 1)
            own = words.low(j + 1) == "own"
            if own and words.low(k + 1) not in ("is", "was"):
                return None
            return source, j + 1 + own
        if not words[j].word or words[j].cap or low in w.PREPOSITIONS or low in w.DETERMINERS:
            return None
        if low not in STATED and (words.past(j) or words.finite(j)):
            return None
        stated = stated or low in STATED
    return None


def _owner_start(words: Words, owner: int, lo: int) -> int:
    """Where the owner's name or noun begins: from a determiner on, or as many capitals as there are."""
    k = owner
    while k > lo and words[k - 1].word and owner - k < 6:
        before = words[k - 1]
        if before.low in w.DETERMINERS:
            return k - 1
        if words[k].cap and not before.cap:
            return k
        if before.low in w.PREPOSITIONS or before.low in w.COORDINATORS or words.past(k - 1):
            return k
        if words.finite(k - 1) or before.verb is not None or before.adverb or before.low in w.SUBORDINATORS:
            return k
        k -= 1
    return k


def _owner_after(words: Words, k: int, hi: int) -> Range | None:
    if words.low(k) in AIMS:
        return None
    first = k + 1
    if words.low(first) in _GIVEN:
        first += 1 + (words.low(first + 1) in ("forward", "up", "out"))
    by = words.low(first)
    if by == "of" and words.low(k) in (
        "finding",
        "findings",
        "conclusion",
        "fear",
        "fears",
        "view",
        "opinion",
    ):
        named = noun_phrase_after(words, first + 1, hi)
        return named if named is not None and words.low(named[1]) == "that" else None
    if by not in ("by", "from") or first + 1 >= hi:
        return None
    return noun_phrase_after(words, first + 1, hi)


def _content(words: Words, noun: int, k: int, hi: int) -> Range | None:
    if k + 1 >= hi:
        return None
    low = words.low(k)
    made = words.low(k + 1) in _GIVEN and low == ","
    if made:  # “the suggestion, made in some newspapers, that …”
        k = next((j + 1 for j in range(k + 1, min(hi, k + 9)) if words[j].text == ","), k)
        low = words.low(k)
    if low == "," and words.low(k + 1) in ("that", "to"):
        k, low = k + 1, words.low(k + 1)
    if low == "that" and words[k + 1].word:
        return k + 1, hi
    deed = words.low(k + 1) not in w.DETERMINERS and not words[k + 1].cap
    if low == "to" and deed and words.low(noun) not in ("statement", "report", "reports", "account", "words"):
        return k, hi
    if (low == "for" and words.low(noun) in _FOR) or (low == "of" and words.low(noun) in _OF):
        return k + 1, hi
    return None


def _noun_content_end(words: Words, part: Range, subject: bool) -> int:
    """How far the content of a noun reaches; where the noun is a subject, up to its verb."""
    first, hi = part
    end, _ = clause_end(words, first, hi)
    clause = words.low(first - 1) == "that"
    for k in range(first, end):
        if words[k].text == "," and words.quoted[k] < 0:
            if clause and not any(words.finite(j) or words.past(j) for j in range(first, k)):
                continue  # an aside before the verb of the clause
            end = k
            break
    if not subject:
        return end
    if words.low(first - 1) != "that":
        start = first + 1 if words.low(first) == "to" else first
        return next((k for k in range(start, end) if words.finite(k) and not _related(words, k, start)), end)
    finite = [j for j in range(first + 1, end) if words.finite(j) and _stands_alone(words, j, first + 1)]
    # the verb of the clause itself, then the main verb; where only one is sure, it is the main one
    if finite:
        return finite[min(1, len(finite) - 1)]
    later = [j for j in range(first + 1, end) if words.finite(j) and not words.finite(j - 1)]
    return later[-1] if later else end  # “that the army leave before any release [remains]”


def _before_main_verb(words: Words, first: int, end: int) -> int:
    """Where the second verb of ``[Rumours that] the mint would close [were] wrong`` stands."""
    acting = [j for j in range(first + 1, end) if words.finite(j) and not words.finite(j - 1)]
    return acting[1] if len(acting) > 1 else end


def _related(words: Words, k: int, lo: int) -> bool:
    return any(words.low(j) in w.RELATIVES for j in range(max(lo, k - 4), k))


def _stands_alone(words: Words, k: int, lo: int) -> bool:
    """Whether a finite verb is no part of a group or of a clause that began on the way."""
    if k > lo and words.finite(k - 1):
        return False
    return not any(words.low(j) in _JOINED for j in range(lo, k))


RULE = Rule(
    "speech-noun",
    "somebody's proposal, demand, threat, promise, admission or stated aim, and what it is",
    (
        "The envoys discussed the union’s proposal that the port reopen for ten days.",
        "the union’s",
        "proposal",
        "the port reopen for ten days",
    ),
    find,
    NOUNS.keys(),
)
