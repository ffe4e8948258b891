"""Whether a noun phrase can speak: people, bodies, documents and names can, moves and talks cannot."""

from __future__ import annotations

from accordant.evidence import words as w
from accordant.evidence.phrases import Range
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set


def _plurals(words: frozenset[str]) -> frozenset[str]:
    """Words with their plurals."""
    many = {word[:-1] + "ies" if word.endswith("y") else word + "s" for word in words if word[-1] != "s"}
    return words | many


_ALL = w.INSIDERS | w.OFFICES | w.VOICES | w.GROUPS | w.INSTITUTIONS | w.DOCUMENTS | w.MEDIA
_MORE = _plurals(
    word_set(
        "crew jury abbot abbess priest pastor vicar rabbi monk carrier tenant hotelier victim couple squad "
        "brigade regiment garrison workforce patient pilot planner scholar critic rival ally opponent aide "
        "guard sailor monitor adversary clerk surveyor author solicitor barrister accountant skipper"
    )
) | word_set("family families jury juries")
SPEAKERS = (_ALL | _plurals(w.INSTITUTIONS) | _MORE) - word_set("head side force forces")
_SELF = word_set("he she they we who it i you some many several few both one others another most all")
_NOT_SPEAKERS = word_set(
    "move moves offer offers proposal proposals plan plans talks deal deals attack attacks strike strikes "
    "war conflict crisis accord truce ceasefire pause visit decision step steps development "
    "developments situation result results outcome change changes price prices cost costs failure success "
    "pressure strategy policy trend picture photo event events violence fighting process effort efforts "
    "idea option options"
)


def head_of(words: Words, phrase: Range) -> int:
    """The number of the head noun: the last word before a preposition, a clause or an aside.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "two people familiar with the talks"
    >>> words = words_of(text, Span(0, len(text)), ())
    >>> words[head_of(words, (0, 6))].text
    'people'
    """
    first, end = phrase
    stop = end
    for k in range(first, end):
        low = words.low(k)
        if k > first and ((not words[k].word and words[k].text not in "&%$€£‘’'“”\"") or _hangs_on(low)):
            stop = k
            break
    known = [k for k in range(first, stop) if words.low(k) in SPEAKERS or words.low(k) in ("head", "side")]
    named = [k for k in range(first, stop) if words[k].word and low_is_noun(words, k)]
    if known and (not named or known[-1] >= named[-1] or not words[named[-1]].cap):
        between = range(known[-1] + 1, named[-1] if named else known[-1])
        apart = any(words.low(k).endswith(("ing", "ed")) or words.low(k) in w.DETERMINERS for k in between)
        return known[-1] if apart or not named or named[-1] - known[-1] <= 1 else named[-1]
    return named[-1] if named else max(first, stop - 1)


def low_is_noun(words: Words, k: int) -> bool:
    """Whether a word may be a noun: it is in no closed class."""
    low = words.low(k)
    return (
        low not in w.DETERMINERS
        and low not in w.NUMBERS
        and low not in w.PREPOSITIONS
        and low not in w.ADVERBS
    )


def _hangs_on(low: str) -> bool:
    return (
        low in w.PREPOSITIONS
        or low in w.RELATIVES
        or low
        in ("familiar", "briefed", "close", "involved", "aware", "informed", "privy", "acquainted", "based")
        or low in ("authorised", "authorized", "speaking", "representing", "knowledgeable", "directly")
    )


def cannot_speak(words: Words, phrase: Range) -> bool:
    """Whether the phrase names something that surely says nothing: a move, a war, a price."""
    return words.low(head_of(words, phrase)) in _NOT_SPEAKERS


def can_speak(words: Words, phrase: Range) -> bool:
    """Whether the phrase names somebody or something that can say things."""
    first, end = phrase
    low = words.low(first)
    if end - first == 1 and (low in _SELF or low in w.NUMBERS):
        return True
    head = head_of(words, phrase)
    noun = words.low(head).removesuffix("’s").removesuffix("’")
    if noun in _NOT_SPEAKERS:
        return False
    if noun in SPEAKERS or words[head].cap or noun in ("head", "side", "sides"):
        return True
    if low in _SELF and words.low(first + 1) == "of":
        return True
    return noun.endswith(
        ("ers", "ists", "ians", "ees", "ants", "men", "women", "man", "woman", "ist", "body")
    )
