"""Who says it: described by grammar, not by recognising names.

(number | a | several) + head noun + (familiar with | briefed on | close to | who …) is a
description; capitals beside a title or a role are a person; what is left in capitals is a body or
a state until the report shows otherwise (:mod:`accordant.evidence.resolve`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accordant.evidence import words as w
from accordant.evidence.cued import Cued, stems_of
from accordant.evidence.naming import joined_names, person_name, place_of, proper_name
from accordant.evidence.outlets import is_outlet
from accordant.evidence.phrases import Range
from accordant.evidence.plausible import head_of
from accordant.evidence.records import record
from accordant.evidence.spans import Span
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

if TYPE_CHECKING:
    from accordant.case.sources import Attribution, OriginKind

_ACCESS = Cued(
    r"\b(?:familiar with|briefed (?:on|about)|close to|with (?:direct |first-?hand |intimate |detailed "
    r")?knowledge of"
    r"|involved in|informed (?:of|about)|privy to|aware of|acquainted with|taking part in|present at|party to"
    r"|who (?:(?:was|were|is|are|has|have|had|also) )*(?:attended|briefed|took part|taken part|seen|saw"
    r"|read|present"
    r"|involved|at the (?:meeting|table|talks)|in the room|worked|helped|heard))\b[^,;“”\"]*",
    "familiar briefed close knowledge involved informed privy aware acquainted taking present party who",
)
_ANONYMITY = Cued(
    r"\b(?:(?:who )?(?:spoke|spoken|speaking|talked|talking)(?: to \w+)? (?:(?:only )?on (?:the "
    r")?condition of anonymity"
    r"|anonymously|on background|off the record)|on (?:the )?condition of anonymity|(?:who )?(?:asked"
    r"|requested|"
    r"declined|wished|wishing|asking|did not want|insisted) (?:not to be|to remain|to be|to stay|on not "
    r"being) "
    r"(?:named|identified|anonymous|unnamed|quoted by name)|(?:who )?(?:requested|asked for) anonymity"
    r"|(?:who )?(?:was|were) not (?:authori[sz]ed|allowed|permitted) to (?:speak|comment|discuss|brief)"
    r"|not (?:authori[sz]ed|allowed) to (?:speak|comment|discuss))\b[^,;.“”\"]*",
    "anonymity anonymous background record named identified unnamed quoted authorised authorized allowed "
    "permitted",
)
_PLURAL_HEADS = word_set("people police women men lawmen spokespeople staff media")
_EXPERTS = word_set(
    "analyst analysts expert experts fellow professor economist economists researcher researchers "
    "historian historians scientist scientists observer observers commentator commentators columnist "
    "hydrologist hydrologists consultant strategist author political"
)
_HANGING = w.PREPOSITIONS | w.RELATIVES
_EVERYBODY = word_set("everybody everyone staff")
_ORDINARY = word_set(
    "driver nephew niece sister brother wife husband father mother son daughter neighbour neighbor friend "
    "colleague docker fisherman teacher nurse farmer shopkeeper resident supervisor cousin uncle aunt widow"
)
"""Whoever drives a lorry or is somebody's cousin holds no office."""
_BY_FUNCTION = word_set(
    "analysts experts observers economists researchers scientists historians commentators lawyers "
    "inspectors negotiators engineers"
)
"""Groups that speak by what they know, few at a time."""
_BODIES = word_set(
    "governments parties sides companies countries states firms banks agencies organisations organizations "
    "unions authorities airlines employers ministries delegations committees councils lines mills ports "
    "federations associations courts universities hospitals councils factions militias armies"
)
_FIGURES_OF = word_set("senior opposition political public party leading influential two three four several")
_RUMOURS = word_set("reports rumours rumors")
_SUFFIXES = ("ists", "icians", "ologers", "ants", "ees", "ers", "ors", "men", "women")
_PAIRS = (("a", "couple", 2), ("a", "pair", 2), ("a", "trio", 3), ("half", "a", 6))


@record
class Source:
    """Who says it, as the report puts it.

    Attributes
    ----------
    text, at
        The words and their place; empty and None where nobody is named.
    kind
        As in a case's origins: named, role, institution, document, described, group, outlet,
        unattributed.
    attribution
        named, described or unattributed.
    count
        How many people speak, None where that is not said: *several* is no number.
    at_least
        The lower bound that the words give.
    name
        The person's or body's name, where one is given here or found elsewhere in the report.
    access
        The words that say why the source is in a position to know.
    anonymity
        The words that say why it is not named.
    stands_for
        For a surname or a pronoun: the place of the fuller mention it was resolved to.
    plural, definite, expert, head
        What grammar says, for resolving and for the suggested kind of claim.
    """

    text: str
    at: Span | None
    kind: OriginKind
    attribution: Attribution
    count: int | None = None
    at_least: int | None = None
    name: str | None = None
    access: str | None = None
    anonymity: str | None = None
    stands_for: Span | None = None
    resolved: bool = True
    plural: bool = False
    definite: bool = False
    expert: bool = False
    head: str = ""


NOBODY = Source("", None, "unattributed", "unattributed")


def describe(words: Words, phrase: Range) -> Source:
    """The source that a noun phrase names or describes.

    Examples
    --------
    >>> from accordant.evidence.tokens import words_of
    >>> text = "Two people familiar with the talks"
    >>> source = describe(words_of(text, Span(0, len(text)), ()), (0, 6))
    >>> source.attribution, source.count, source.access
    ('described', 2, 'familiar with the talks')
    """
    phrase = _bare(words, phrase)
    at = place_of(words, phrase)
    text = at.of(words.text)
    stems = stems_of(text)
    access, anonymity = _ACCESS.search(text, stems), _ANONYMITY.search(text, stems)
    head = head_of(words, phrase)
    kind, attribution, name = _kind(words, phrase, head, text, access is not None)
    count, at_least = counted(words, phrase, head)
    if kind in ("institution", "document", "outlet", "unattributed"):
        count, at_least = None, None
    elif kind == "named" and at_least is None:
        count, at_least = 1, 1
    return Source(
        text,
        at,
        kind,
        attribution,
        count,
        at_least,
        name,
        access.group() if access else None,
        anonymity.group() if anonymity else None,
        plural=at_least is not None and at_least > 1,
        definite=words.low(phrase[0]) in w.DEFINITE or words[head].possessive,
        expert=not _EXPERTS.isdisjoint(words.lows[phrase[0] : phrase[1]]),
        head=words.low(head).removesuffix("’s"),
    )


def _bare(words: Words, phrase: Range) -> Range:
    """A noun phrase without the clock before it and the asides behind it: ``the board[, for its part]``."""
    first, end = phrase
    if words.low(first)[:1].isdigit() and words.low(first + 1) in _CLOCK and end - first > 2:
        first += 2
        while first < end - 1 and not words[first].word:
            first += 1
    for k in range(first + 1, end):
        low, after = words.low(k), words.low(k + 1)
        own = low == "for" and after in w.POSSESSIVE_PRONOUNS and words.low(k + 2) == "part"
        again = low == "for" and after == "the" and words.low(k + 3) == "time"
        other = low == "in" and after in ("fact", "turn", "effect", "contrast", "public", "private")
        if own or again or (other and k + 2 == end):
            end = k - (words.low(k - 1) == ",")
            break
    return first, end


_CLOCK = word_set("a.m p.m am pm a.m. p.m. o’clock")


def _kind(
    words: Words, phrase: Range, head: int, text: str, access: bool
) -> tuple[OriginKind, Attribution, str | None]:
    first, noun = words.low(phrase[0]), words.low(head).removesuffix("’s")
    if first in w.CONTRACTED:
        first = first.split("’")[0]
    if first in _EVERYBODY:
        return "group", "described", None
    if noun == "heads" and words.low(head + 1) == "of" and words.low(head + 2) in ("government", "state"):
        return "institution", "named", None  # they speak as one body
    if phrase[1] - phrase[0] == 1 and (first in w.SUBJECT_PRONOUNS or first in w.POSSESSIVE_PRONOUNS):
        return "role", "described", None  # resolved later, or left open
    if is_outlet(text) and not access:
        return "outlet", "named", text
    if (first in w.QUANTIFIERS or first in w.NUMBERS) and words.low(phrase[0] + 1) == "of":
        return _some_of(words, phrase)
    if noun in w.MEDIA and not words[head].cap and head + 1 < phrase[1] and words[head + 1].cap:
        return "outlet", "named", words.span(head + 1, phrase[1]).of(words.text)  # “the weekly Compass”
    name = person_name(words, phrase, head)
    if name is not None and not _body_beside(words, phrase):
        return "named", "named", name
    alone = words.low(phrase[1] - 1) in w.QUANTIFIERS and phrase[1] - phrase[0] <= 2
    if alone or noun in w.INSIDERS or noun in w.VOICES or access:
        return _unnamed(words, phrase, head, noun)
    if noun in _RUMOURS and not _owner(words, phrase, head):
        return "unattributed", "unattributed", None
    if noun == "figures" and not access and words.low(head - 1) not in _FIGURES_OF:
        return "document", "named", None
    if noun in w.DOCUMENTS and (not words[head].cap or head == phrase[0] == 0):
        unknown = first in ("a", "an", "another", "some", "several") and not re.search(
            r"\b(?:by|from|of)\b", text
        )
        return "document", "described" if unknown else "named", None
    if noun in w.MEDIA and not words[head].cap:
        return "outlet", "described", None  # “state media”
    proper = head > phrase[0] and words[head].cap and words[head - 1].cap
    if noun in _BODIES and not words[head].cap:
        return _office(words, phrase, head, noun)
    if (noun in w.OFFICES or noun in w.GROUPS) and not (proper and noun in w.GROUPS):
        return _office(words, phrase, head, noun)
    if words[head].cap and phrase[0] == head == 0 and phrase[1] == 1 and noun.endswith(_SUFFIXES):
        return "group", "described", None  # a capital only because the sentence begins
    if (
        noun in w.INSTITUTIONS
        and not words[head].cap
        and (first in ("a", "an", "one", "another", "some", "several") or first in w.NUMBERS)
    ):
        return "described", "described", None  # “one state in the region”
    if words[head].cap or noun in w.INSTITUTIONS:
        return "institution", "named", proper_name(words, phrase, head)
    return ("group", "described", None) if noun.endswith("s") else ("described", "described", None)


def _some_of(words: Words, phrase: Range) -> tuple[OriginKind, Attribution, str | None]:
    """``one of the officials``: described like those it is one of."""
    noun = words.low(head_of(words, (phrase[0] + 2, phrase[1]))) if phrase[1] - phrase[0] > 2 else ""
    return ("group" if noun in w.GROUPS and noun not in w.INSIDERS else "described"), "described", None


def _owner(words: Words, phrase: Range, head: int) -> bool:
    """Whether reports are somebody's: ``police reports``, ``reports by the board``."""
    named = any(words[k].possessive or (words[k].cap and k > phrase[0]) for k in range(phrase[0], head))
    return named or any(words.low(k) in ("by", "from", "of") for k in range(head, phrase[1]))


def _body_beside(words: Words, phrase: Range) -> bool:
    """Whether a name in capitals stands beside a word for a body: ``the port company, Lissa Terminals``."""
    comma = next((k for k in range(*phrase) if words[k].text == ","), None)
    if comma is None or any(words[k].text == "," for k in range(comma + 1, phrase[1])):
        return False
    for first, end in ((phrase[0], comma), (comma + 1, phrase[1])):
        if not all(words[k].cap for k in range(first, end)):
            stop = next((k for k in range(first, end) if words.low(k) in _HANGING), end)
            return stop > first and words.low(stop - 1) in w.INSTITUTIONS
    return False


def _unnamed(words: Words, phrase: Range, head: int, noun: str) -> tuple[OriginKind, Attribution, str | None]:
    owned = any(words[k].possessive for k in range(phrase[0], head))
    if noun in w.VOICES and (words.low(phrase[0]) in ("the", "its", "his", "her", "their") or owned):
        return "role", "described", None  # the one spokesman of a body: which person, is not said
    return "described", "described", None


def _office(words: Words, phrase: Range, head: int, noun: str) -> tuple[OriginKind, Attribution, str | None]:
    first = words.low(phrase[0])
    owned = any(words[k].possessive for k in range(phrase[0], head + 1)) or first in w.POSSESSIVE_PRONOUNS
    if noun in _ORDINARY:
        return "described", "described", None
    if noun in _BODIES:
        counted_only = first in w.NUMBERS or first in ("several", "some", "many", "certain")
        return "institution", "described" if counted_only else "named", None
    few = first in w.NUMBERS and w.NUMBERS[first] < 11
    if noun in w.GROUPS and (noun in _BY_FUNCTION or few):
        return "described", "described", None
    if noun in w.GROUPS and noun.endswith(("s", "men", "people")):
        definite = first in ("the", "both") and noun in (
            "ministers",
            "leaders",
            "governments",
            "parties",
            "sides",
        )
        return (
            ("institution", "named", None)
            if definite and noun in ("parties", "sides", "governments")
            else ("group", "described", None)
        )
    if first in ("a", "an", "one", "another", "some") or first in w.NUMBERS:
        return "described", "described", None
    if first == "the" or owned or words[head].cap or first not in w.DETERMINERS:
        return "role", "described", None  # a role is held by somebody who can be found, but nobody is named
    return "described", "described", None


def counted(words: Words, phrase: Range, head: int) -> tuple[int | None, int | None]:
    """How many speak: (exactly, at least); (None, 2) for a plural without a number.

    Examples
    --------
    >>> from accordant.evidence.tokens import words_of
    >>> text = "several officials"
    >>> counted(words_of(text, Span(0, len(text)), ()), (0, 2), 1)
    (None, 2)
    """
    first = phrase[0]
    if phrase[1] - first == 1 and words.low(first) in ("he", "she", "his", "her", "i", "my", "it", "its"):
        return 1, 1
    if phrase[1] - first == 1 and words.low(first).split("’")[0] in ("they", "we", "them", "their", "our"):
        return None, 2
    bound = _bounded(words, first)
    if bound is not None:
        return None, bound
    for a, b, n in _PAIRS:
        if words.low(first) == a and words.low(first + 1) == b:
            return n, n
    for k in range(first, head + 1):
        low = words.low(k)
        if k > first and low in w.PREPOSITIONS:
            break
        if low in w.NUMBERS and low not in ("zero", "dozen"):
            return w.NUMBERS[low], w.NUMBERS[low]
        if low.isdigit() and k < head:
            return (int(low), int(low)) if 0 < len(low) < 5 else (None, 2)
    if words.low(first) in ("both",):
        return 2, 2
    if joined_names(words, phrase) > 1:
        return (joined_names(words, phrase),) * 2
    noun = words.low(head).removesuffix("’s")
    if words.low(first) in ("several", "some", "many", "few", "others", "most", "dozens", "hundreds", "all"):
        return None, 2
    known = noun in w.GROUPS or noun in w.INSIDERS or (head == 0 and noun.endswith(_SUFFIXES))
    common = not words[head].cap or (known and not (head > first and words[head - 1].cap))
    if noun in _PLURAL_HEADS or (noun.endswith("s") and not noun.endswith("ss") and common):
        return None, 2
    return 1, 1


def _bounded(words: Words, first: int) -> int | None:
    low, after, third = words.low(first), words.low(first + 1), words.low(first + 2)
    size: int | None = None
    for number in (after, third):
        if number in w.NUMBERS:
            size = w.NUMBERS[number]
        elif number.isdigit() and len(number) < 5:
            size = int(number)
        if size is not None:
            break
    if size is None or size == 0:
        return None
    if low == "at" and after == "least":
        return size
    if (low, after) == ("more", "than"):
        return size + 1
    return size if low in ("over", "about", "around", "nearly", "almost", "some") and after != "of" else None
