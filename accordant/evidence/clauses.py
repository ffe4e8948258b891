"""How far what is said reaches: up to a second clause, a second verb, or the reporter going on."""

from __future__ import annotations

from accordant.evidence import words as w
from accordant.evidence.cues import PREPOSED
from accordant.evidence.onward import after_quotation, noun_phrase_after
from accordant.evidence.phrases import Range
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_SECOND_CLAUSE = word_set("and but yet while whereas though although")


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
        k = after_quotation(words, k, hi)
    while k < hi:
        if words.quoted[k] >= 0 and words.quoted[k] != words.quoted[first]:
            k = after_quotation(words, k, hi)
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
        elif low == ":" and words.quoted[k] < 0 and not phrase and tagged(words, k + 1, hi):
            return k, None
        elif low == ";":
            if words.low(k + 1) != "that":
                return k, None
        elif (low in ("and", "but") and k > first and _second_verb(words, k + 1, hi, phrase)) or (
            low in ("and", "but") and phrase and k > first and _pronoun_acts(words, k + 1, hi)
        ):
            return k, None
        elif (
            low == "out" and phrase and k > first and words.low(k + 1) == "of" and words.low(k + 2) == "hand"
        ):
            return k, None  # “rejected [the idea] out of hand”
        k += 1
    return hi, None


def tagged(words: Words, k: int, hi: int) -> bool:
    """Whether what follows a colon has an attribution of its own: ``…: the offer, he said, is a trap``."""
    for j in range(k + 2, hi - 1):
        verb = words[j + 1].verb
        if (
            words[j - 1].text == ","
            and words.low(j) in w.SUBJECT_PRONOUNS
            and words.quoted[j] < 0
            and verb is not None
            and verb.comments
            and verb.form in ("past", "s")
        ):
            return True
    return False


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


def _pronoun_acts(words: Words, k: int, hi: int) -> bool:
    """Whether a clause of its own follows ``and``: ``a meeting in May [and we are still waiting]``."""
    if k + 1 >= hi or words.low(k) not in w.SUBJECT_PRONOUNS:
        return words.low(k) in w.CONTRACTED
    return words.finite(k + 1) or words.past(k + 1) or words.low(k + 1) in w.MODALS


def _verb_at(words: Words, k: int, hi: int) -> bool:
    while k < hi and words[k].adverb:
        k += 1
    return k < hi and (words.finite(k) or words.past(k))


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
