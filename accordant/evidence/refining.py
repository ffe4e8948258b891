"""What is done with words that are merely *said*: a promise, a denial, a forecast, a question.

The verb tells little where it is *say* or *tell*. What is said tells more: of whom it speaks, whether of
what was or of what will be, and on which condition.
"""

from __future__ import annotations

import re

from accordant.evidence.cued import Cued, stems_of
from accordant.evidence.cues import Act
from accordant.evidence.who import Source

_OPEN = r"^[\W_]*(?:(?:that|and|but|so|well|no|yes)\W+)*"
_OWN = re.compile(
    _OPEN + r"(?:(?:(?:if|unless|until|once|when|should|without)\b[^,]{3,120},\W*)?)"
    r"(?P<who>i|we|he|she|it|they|(?:its|his|her|their|our|my) "
    r"(?:own )?(?:government|side|party|members|union|company|country|ministry|office|council|firm|army"
    r"|group))"
    r"(?P<short>[’'](?:ll|d))?\b",
    re.I,
)
"""What is said is about whoever says it: ``we will …``, ``his members would …``."""
_AHEAD = re.compile(r"\b(?:will|would|shall|won[’']t|(?:\w+)[’']ll)\b(?! (?:not )?have (?!to\b))", re.I)
_PROSPECT = Cued(
    r"\b(?:(?:un)?likely to|is expected to|are expected to|expect(?:s|ed)? (?:the|a|that|it|them|to)"
    r"|going to|bound to"
    r"|confident (?:that )?\w+ \w+ will)\b",
    "likely unlikely expected expects expect going bound confident",
    re.I,
)
_READY = Cued(
    r"\b(?:(?:would|will|could|might) be (?:willing|ready|prepared|open|happy)|could be (?:tabled"
    r"|offered)|way of getting there)\b",
    "willing ready prepared open happy tabled offered getting",
    re.I,
)
_FORCE = Cued(
    r"\b(?:strik|attack|retaliat|consequences|sue|sues|war|walk(?:ed|ing)? out|shut|close[sd]?|cut off|resign"
    r"|challenge|ballot|withdraw|withhold|suspend|lay (?:up|off)|stop (?:work|paying|deliver\w+)|pull out"
    r"|consider itself|not wait|be out|leave the (?:talks|table))\w*",
    "strike attack retaliate consequences sue sues war walk shut close cut resign challenge ballot withdraw "
    "withhold suspend lay stop pull consider wait out leave",
    re.I,
)
_VERDICT = Cued(
    r"\b(?:too \w+ (?:to|for)|(?:early|easy|hard|difficult|foolish|wrong|right|unwise|premature) to"
    r"|hardly|better than"
    r"|worse than|the (?:best|worst|least bad)|could have|may have|might (?:be|have)|well within"
    r"|well short of"
    r"|a (?:mistake|trick|lie|bluff|gamble|disgrace|farce|joke|betrayal|good start|step \w+)|reasonable"
    r"|unacceptable|disappoint\w+|regrettable|overdue|unfair|was (?:itself|fair|frank)|is what happens"
    r"|made (?:your|their|his|her|its) point|in the open|makes? (?:no )?sense|nobody knows"
    r"|in this room knows)\b",
    "too early easy hard difficult foolish wrong right unwise premature hardly better worse best worst least "
    "could may might well mistake trick lie bluff gamble disgrace farce joke betrayal good step reasonable "
    "unacceptable disappoint regrettable overdue unfair itself fair frank happens made sense knows",
    re.I,
)
_NOTHING_LIKE_IT = re.compile(
    _OPEN + r"(?:(?:i|we|he|she|it|they)\b|there\b|that[’']?s?\b|this\b|no\b|nothing\b|none\b|neither\b|its\b"
    r"|his\b|her\b|their\b|my\b|our\b)",
    re.I,
)
_ORDER = re.compile(
    _OPEN + r"(?:(?:let|put|give|stop|sign|show|pay|bring|ask|leave|come|go) (?:\w+ )|never \w+ )"
    r"|\b(?:(?<!we )(?<!i )must|ought to|let (?:them|him|her) (?!know)\w+|ha[ds] until)\b",
    re.I,
)
_FIRST = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_NO_DENIAL = re.compile(
    r"\b(?:not|n[’']t) (?:comment|want|wish|know (?:what|where|why|how))|\bno (?:evidence|idea|point"
    r"|reason|wish|comment)\b"
)
"""Saying no and denying nothing."""
_PAST = re.compile(r"\b(?:had|has|have|was|were|did)\b")
_SAYS_NO = re.compile(r"^[\W_]*no[\W_]*$", re.I)


def refined(act: Act, lemma: str, said: str, source: Source, negative: bool) -> Act:
    """The act where the verb leaves it open.

    Parameters
    ----------
    act
        What the verb does by itself.
    negative
        Whether what is said denies something.

    Examples
    --------
    >>> from accordant.evidence.who import NOBODY
    >>> for said in ("they will be back", "we will pay", "the lake will fall", "there was no deal"):
    ...     print(refined("claim", "say", said, NOBODY, negative="no" in said.split()))
    promise
    promise
    forecast
    denial
    """
    if said.rstrip("\"”’'» ").endswith("?"):
        return "question"
    if lemma == "swear" and act == "promise":
        return "claim" if _PAST.search(said) and not _AHEAD.search(said) else act
    if act == "assessment":
        ahead = _AHEAD.search(said) is not None and lemma in (
            "think",
            "believe",
            "reckon",
            "suppose",
            "thought",
            "conclude",
            "guess",
            "imagine",
            "assume",
        )
        return "forecast" if ahead else act
    if lemma == "warn":
        return _warned(said, source)
    if act != "claim":
        return act
    if lemma in ("assure", "reassure") and _AHEAD.search(said) is not None:
        return "promise"
    if lemma in ("complain", "grumble", "gripe", "protest", "allege"):
        return "blame"
    return _said(said, source, negative)


_TERMS = re.compile(
    r"\b(?:provided (?:that|the|it|they|we|he|she)|on condition that|so long as|as long as)\b"
)
_UNTOLD = re.compile(r"(?:not|n[’']t|never) (?:say|tell|comment|name|discuss|disclose|speculate|be drawn)\b")
_MORE = re.compile(r", (?:and|but) (?=(?:i|we)(?:[’']ll)?\b)", re.I)
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n[’']t\b")
_STRONG = ("rejection", "promise", "threat", "offer")


def _warned(said: str, source: Source) -> Act:
    stems = stems_of(said)
    speaks = source.kind in ("institution", "role", "named", "described", "group")
    own = _OWN.search(said) is not None and _AHEAD.search(said) is not None
    if speaks and (own or _FORCE.found(said, stems)):
        return "threat"
    if _PAST.search(said) and not _AHEAD.search(said) and "could" not in said:
        return "claim"
    return "forecast"


def _said(said: str, source: Source, negative: bool) -> Act:
    if _SAYS_NO.match(said):
        return "rejection"
    said = _FIRST.split(said, maxsplit=1)[0]
    for more in _MORE.split(said, maxsplit=1)[1:]:  # “we saw no paper, and [we will not leave]”
        later = _said(more, source, _NOT.search(more) is not None)
        if later in _STRONG:
            return later
    stems = stems_of(said)
    own = _OWN.search(said)
    ahead = _AHEAD.search(said)
    if _READY.found(said, stems):
        return "offer" if own else "claim"
    if ahead is not None and own is not None and ahead.start() - own.end() < 25:
        if negative and _UNTOLD.search(said, ahead.start()):
            return "claim"
        if "unless" in said or (_FORCE.found(said, stems) and own.group("who").lower() not in ("he", "she")):
            return "threat"
        if re.search(r"\bif\b", said) and not own.group().lower().lstrip().startswith("if"):
            return "offer"
        return "rejection" if negative and own.group("who").lower() in ("i", "we") else "promise"
    if _TERMS.search(said) and (ahead is not None or own is not None) and not negative:
        return "offer"
    if _ORDER.search(said) and not negative:
        return "demand"
    if (ahead is not None and _governs(said, ahead)) or _PROSPECT.found(said, stems):
        return "forecast"
    if negative and ahead is None and _NOTHING_LIKE_IT.match(said) and not _NO_DENIAL.search(said):
        return "denial"
    if _VERDICT.found(said, stems) or source.expert:
        return "assessment"
    return "claim"


_BETWEEN = re.compile(
    r"\b(?:that|which|who|whom|whose|where|because|since|we|best|although|though|while|when|after|as)\b|[;:]"
)


def _governs(said: str, ahead: re.Match[str]) -> bool:
    """Whether what will be is the main thing said, and not only in a clause further inside."""
    before = re.sub(r"^[\W_]*(?:if|when|once|unless|after|should)\b[^,]{3,160},", "", said[: ahead.start()])
    return _BETWEEN.search(before.lstrip('“"‘ ')[1:]) is None
