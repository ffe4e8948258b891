"""What a source does with its words: the act, the kind of claim it suggests, polarity and hedges.

The kind is a hint for the analyst, who decides. Words that make an offer or a claim uncertain
(*would be willing to*, *may*) are kept beside it, with their places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from accordant.case.sources import ClaimKind
from accordant.evidence.cues import AIMS, Act
from accordant.evidence.spans import Span
from accordant.evidence.who import Source

Polarity = Literal["positive", "negative"]

_HEDGE = re.compile(
    r"\b(?:(?:would|could|might|may) be (?:willing|ready|prepared|open|able) to|(?:is|are|was|were|be) "
    r"(?:willing|ready|"
    r"prepared|open) to|(?-i:may)|might|could|possibly|perhaps|potentially|appear(?:s|ed)? to|seem(?:s"
    r"|ed)? to|likely|"
    r"unlikely|reportedly|allegedly|apparently|in principle|thought to|believed to|expected to|said to"
    r"|at the earliest|"
    r"under certain conditions|on condition that|provided that|unless|not sure|unclear|tentatively)\b",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|neither|nobody|no one|nothing|refus\w+|reject\w+|rul\w+ out|without)\b"
    r"|n[’']t\b|^(?:“|\")?no\b",
    re.I,
)
_TENSED = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|'s|’s|isn’t|aren’t|wasn’t|hasn’t)\b"
)
_URGED = re.compile(r"\b(?:should|could|must|be)\b")
_HINTS: tuple[tuple[ClaimKind, str], ...] = (
    (
        "red-line",
        r"red lines?|not negotiable|non-negotiable|under no circumstances|will never|would never|never "
        r"(?:accept|agree|"
        r"sign|give up|leave|allow)|out of the question|off the table",
    ),
    ("preference", r"prefers?|preferred|would rather|sooner than|favou?rs?|favou?red"),
    (
        "contact",
        r"met (?:with|for|in|on|the|his|her|at)|meet(?:s|ing)? with|held (?:talks|a meeting|meetings"
        r"|consultations)|"
        r"(?:holding|hold|held|resumed?|began|begun|conducted) (?:direct |indirect |new |further "
        r")?(?:talks|negotiations|"
        r"discussions|consultations)|spoke (?:to|with|by)|spoken (?:to|with)|phone call|telephoned"
        r"|visit(?:ed|s|ing)|"
        r"travel(?:led|ed|s|ling)? to|arriv(?:ed|es|ing) in|discuss(?:ed|es|ing)|negotiating with|in contact|"
        r"received (?:a|the) (?:delegation|envoy|letter)|shuttl\w+",
    ),
    (
        "alternative",
        r"(?:if|unless) (?:the )?(?:talks|negotiations|no (?:deal|agreement)|there is no)[^.]*\b(?:will"
        r"|would)|otherwise (?:it|they|we)",
    ),
    (
        "constituency",
        r"(?:public|domestic) (?:opinion|pressure|anger|support)|(?:under|growing|mounting|enormous"
        r"|increasing|increased) "
        r"pressure|protest\w*|frustrat\w+|famil(?:y|ies) of|demonstrat\w+|rank and file|voters?|members "
        r"(?:voted|would vote|reject)"
        r"|backlash|anger (?:at|over|among)",
    ),
    (
        "third-party",
        r"guarantee(?:s|d)?|sanctions?|security guarantees?|(?:cut|withhold|suspend)\w* (?:aid|funding|arms)",
    ),
    (
        "interest",
        r"\b(?:wants?|wanted|seeks?|sought|aims?|aimed|hopes?|hoped|needs?|needed|intends?|intended) "
        r"(?:to|for|a|an|the)\b",
    ),
    ("position", r"(?:must|should|ought to|has to|have to|insists? on|demands?)"),
    (
        "interpretation",
        r"because|as a result|in order to|the reason|explains? why|a sign (?:of|that)|means that"
        r"|amounts to|reflects",
    ),
    ("assessment", r"\b(?:will|would|likely|unlikely|could|expected|risk(?:s|ed)? of|chances?|prospects?)\b"),
)
_PATTERNS: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})", re.I)) for kind, pattern in _HINTS
)
_OF_ACT: dict[Act, ClaimKind] = {
    "offer": "offer",
    "demand": "position",
    "threat": "alternative",
    "promise": "offer",
    "denial": "capability",
    "rejection": "position",
    "admission": "capability",
    "assessment": "assessment",
    "forecast": "assessment",
    "agreement": "position",
    "blame": "interpretation",
    "claim": "capability",
}
_FORCE = re.compile(
    r"\b(?:strike|attack|retaliat|consequences|force|response|war|walk out|close|shut|cut off|resign|sue)\w*",
    re.I,
)


_GIVES_REASON = re.compile(
    r"(?:a|an|another|no|the|one|different|his|her|its|their)\b[^,;:]*\b(?:reason|explanation|account"
    r"|version|view|assessment)\b"
)


@dataclass(frozen=True, slots=True)
class Doing:
    """The act of a claim, the kind it suggests, whether it says yes or no, and its hedges."""

    act: Act
    kind: ClaimKind
    polarity: Polarity
    hedges: tuple[Span, ...]


def doing(
    text: str, content: tuple[Span, ...], lemma: str, act: Act, source: Source, negative: bool
) -> Doing:
    """Act, kind, polarity and hedges of what is said.

    Examples
    --------
    >>> from accordant.evidence.who import NOBODY
    >>> text = "the port may reopen"
    >>> found = doing(text, (Span(0, 19),), "propose", "offer", NOBODY, negative=False)
    >>> found.act, found.kind, [h.of(text) for h in found.hedges]
    ('offer', 'offer', ['may'])
    """
    said = " ".join(span.of(text) for span in content)
    act = _refined(act, lemma, said, source)
    hedges = tuple(Span(*m.span()) for span in content for m in _HEDGE.finditer(text, *span))
    denies = _NEGATION.search(said[:120]) is not None
    polarity: Polarity = "negative" if negative or denies else "positive"
    return Doing(act, _kind(act, lemma, said, source, bool(hedges)), polarity, hedges)


def _refined(act: Act, lemma: str, said: str, source: Source) -> Act:
    """The act where one verb serves several: *suggest*, *warn*, *say* of a wish."""
    if lemma == "suggest":
        return act if source.kind != "document" and _proposes(said) else "claim"
    if lemma == "warn":
        return (
            "threat"
            if _FORCE.search(said) and source.kind in ("institution", "role", "named", "described")
            else "forecast"
        )
    if lemma == "offer" and _GIVES_REASON.match(said):
        return "claim"
    if lemma == "propose" or act != "claim":
        return act
    return "assessment" if source.expert else "claim"


def _proposes(said: str) -> bool:
    """``that leaders leave``, ``that it should stop``: a proposal; ``that they are ready``: a claim."""
    tensed, urged = _TENSED.search(said), _URGED.search(said)
    if urged and (tensed is None or urged.start() < tensed.start()):
        return True
    if re.match(r"\w+ing\b", said):
        return True
    return tensed is None and re.match(r"[^,;]*\b\w+(?:ed)\b", said) is None


def _kind(act: Act, lemma: str, said: str, source: Source, hedged: bool) -> ClaimKind:
    if lemma in AIMS:
        return "interest"
    if act in ("rejection", "demand", "claim", "agreement") and _PATTERNS[0][1].search(said):
        return "red-line"
    if act == "demand" or act != "claim":
        return "assessment" if act == "offer" and hedged and "willing to" in said else _OF_ACT[act]
    return next((kind for kind, pattern in _PATTERNS if pattern.search(said)), "capability")
