"""Words made comparable: without endings, and common words of reporting with one form per meaning.

The table of meanings is small and general: what two reporters put differently when they retell one
event. No party, person or place is in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from accordant.evidence.cued import folded
from accordant.evidence.lexicon import Known
from accordant.evidence.words import (
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    MODALS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    QUANTIFIERS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    word_set,
)

_WORD = re.compile(r"[^\W_]+")
_MEANINGS = (
    "offer offered float floated propose proposed proposal propound tabled",
    "leave left quit exit exited depart departed departure",
    "leader leaders chief chiefs head heads boss bosses figure figures commander",
    "senior top highest high-ranking leading",
    "deal accord agreement pact settlement",
    "ceasefire truce armistice pause lull halt",
    "talks talk negotiation negotiations discussion discussions",
    "free freed release released",
    "captive captives hostage hostages",
    "open opened reopen reopened reopening opening",
    "refuse refused reject rejected rejection refusal",
    "pay wage wages salary salaries",
    "worker workers employee employees staff",
    "strike strikes walkout stoppage",
    "fighter fighters force forces troops soldier soldiers militant militants",
    "remain remains remained still stay stayed",
    "increase increased rise rose raise raising risen",
    "reduce reduced cut cuts lower lowered fall fell fallen reduction decrease",
    "begin began begun start started",
    "end ended finish finished stop stopped cease",
    "meet met meeting meetings",
    "envoy envoys mediator mediators",
    "firm company business",
    "proportion share portion",
    "aim aims goal goals objective objectives target targets",
    "destroy destroyed destruction eliminate elimination",
    "buy bought purchase purchased",
    "build built construct constructed construction",
    "money funds funding",
    "house houses home homes",
    "kill killed died dead death deaths",
    "hold held keep kept",
)
_PHRASES = re.compile(
    r"\b(?P<offer>(?:put|puts|putting) forward|brought up|raised the idea|brought the matter up)\b"
    r"|\b(?P<remain>(?:is|are|was|were) left)\b"
    r"|\b(?P<refuse>(?:turn|turns|turned) down)\b|\b(?P<end>called off)\b",
    re.I,
)
_OF_PHRASES = ("forward", "brought", "raised", " left", " down", "called")
_SAME = {word: line.split()[0] for line in _MEANINGS for word in line.split()}
_EMPTY = (
    (DETERMINERS | AUXILIARIES | MODALS | PREPOSITIONS | SUBORDINATORS | COORDINATORS | POSSESSIVE_PRONOUNS)
    | (SUBJECT_PRONOUNS | QUANTIFIERS | ADVERBS)
    | word_set(
        "him me them us who whom say says said told tell according report reported reports itself themselves "
        "himself herself s t ll ve re more most less least very such only own than as so not no never there "
        "new one two three four five six seven eight nine ten put"
    )
) - {"still"}
_PLAIN = Known(lambda word: word.casefold() not in _EMPTY)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The form under which a word is compared.

    Examples
    --------
    >>> [stem(w) for w in ("proposals", "Floated", "demanded", "negotiations", "wages")]
    ['offer', 'offer', 'demand', 'talks', 'pay']
    """
    low = word.casefold()
    known = _SAME.get(low) or _SAME.get(low.removesuffix("s"))
    if known is not None:
        return known
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)].rstrip("e")
    return low.rstrip("e") if len(low) > 4 else low


def plain_words(text: str) -> list[str]:
    """The words of a text that carry its content, in order.

    Examples
    --------
    >>> plain_words("They have put forward an offer to the union")
    ['offer', 'offer', 'union']
    """
    low = folded(text)
    if any(part in low for part in _OF_PHRASES):
        text = _PHRASES.sub(lambda match: match.lastgroup or "", text)
    return [*filter(_PLAIN.__getitem__, _WORD.findall(text))]
