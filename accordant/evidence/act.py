"""What a source does with its words: the act, the kind of claim it suggests, polarity and hedges.

The kind is a hint for the analyst, who decides. Words that make an offer or a claim uncertain
(*would be willing to*, *may*) are kept beside it, with their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from accordant.evidence.cued import Cued, folded, stems_of
from accordant.evidence.cues import AIMS, Act
from accordant.evidence.records import record
from accordant.evidence.refining import refined
from accordant.evidence.spans import Span
from accordant.evidence.who import Source

if TYPE_CHECKING:
    from accordant.case.sources import ClaimKind

Polarity = Literal["positive", "negative"]

_HEDGE = Cued(
    r"\b(?:(?:would|could|might|may) be (?:willing|ready|prepared|open|able) to|(?:is|are|was|were|be) "
    r"(?:willing|ready|"
    r"prepared|open) to|may|might|could|possibly|perhaps|potentially|appear(?:s|ed)? to|seem(?:s"
    r"|ed)? to|likely|"
    r"unlikely|reportedly|allegedly|apparently|in principle|thought to|believed to|expected to|said to"
    r"|at the earliest|"
    r"under certain conditions|on condition that|provided that|unless|not sure|unclear|tentatively)\b",
    "willing ready prepared open able may might could possibly perhaps potentially appear seem likely "
    "unlikely reportedly allegedly apparently principle thought believed expected said earliest conditions "
    "provided unless sure unclear tentatively",
)
_NO_ONE = re.compile(
    r"\W*(?:(?:no|neither|nobody|none|nothing)\b|(?:not|never)(?: again| ever)? "
    r"(?:to|a|an|one|any|all|every)\b"
    r"|to (?:not|never)\b)",
    re.I,
)
"""What is said begins by saying no: ``nobody has been paid``, ``not to sign``."""
_NOT = stems_of("no neither nobody none nothing not never cannot n t")
"""Without one of these nothing is negated; ``hasn’t`` counts as ``hasn`` and ``t``."""
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did)"
    r"(?:(?P<short>n[’']t)\b|\b(?P<after>(?: (?:also|still|yet|simply|certainly|even|now|ever))*"
    r" [“\"‘]?(?:not|never|no longer)\b)?)"
    r"|\b(?P<one>cannot|can[’']t|won[’']t|shan[’']t)|(?<!\w)(?P<never>never|no longer)\b",
    re.I,
)
_NONE_OF = re.compile(
    r"^\W*(?:[\w’'-]+\W+){1,7}?(?:no|nothing|nobody|none|neither)\b(?! (?:more|less|later|longer|fewer"
    r"|one)\b)"
    r"|^\W*(?:that|it|he|she|they|there|this|we|i)[’'](?:s|re|m) (?:just )?not\b",
    re.I,
)
"""No object: ``carry no equipment``, ``has no evidence``, ``initialled nothing``."""
_BEFORE_MAIN = re.compile(
    r"\W*(?:as|if|when|while|although|though|because|since|unless|after|before|once|despite|under|in|on|at|by"
    r"|with|without|for|to)\b[^,]{0,200},\s*",
    re.I,
)
"""What stands before the main clause: ``if the talks fail,``."""
_CLAUSE_INSIDE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|what|whether|why|how|because|although|though|while|when|if"
    r"|unless|as"
    r"|since|until|after|before|and|but|or)\b|[;:]",
    re.I,
)
_ASIDE = re.compile(r",\s*(?:who|which|whose|whom|where|when|although|though|if|as)\b[^,]*,|\([^)]*\)")
_TENSED = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|'s|’s|isn’t|aren’t|wasn’t|hasn’t)\b"
)
_URGED = re.compile(r"\b(?:should|could|must|be)\b")
_HINTS: tuple[tuple[ClaimKind, str, str], ...] = (
    (
        "red-line",
        "red negotiable non circumstances never question table",
        r"red lines?|not negotiable|non-negotiable|under no circumstances|will never|would never|never "
        r"(?:accept|agree|"
        r"sign|give up|leave|allow)|out of the question|off the table",
    ),
    (
        "preference",
        "prefer preferred rather sooner favour favor",
        r"prefers?|preferred|would rather|sooner than|favou?rs?|favou?red",
    ),
    (
        "contact",
        "met meet held holding hold resume resumed began begun conducted spoke spoken phone telephoned "
        "visited travel arrived discuss negotiating contact received shuttle",
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
        "if unless otherwise",
        r"(?:if|unless) (?:the )?(?:talks|negotiations|no (?:deal|agreement)|there is no)[^.]*\b(?:will"
        r"|would)|otherwise (?:it|they|we)",
    ),
    (
        "constituency",
        "opinion pressure anger support protest frustration family families demonstration rank voter "
        "members backlash",
        r"(?:public|domestic) (?:opinion|pressure|anger|support)|(?:under|growing|mounting|enormous"
        r"|increasing|increased) "
        r"pressure|protest\w*|frustrat\w+|famil(?:y|ies) of|demonstrat\w+|rank and file|voters?|members "
        r"(?:voted|would vote|reject)"
        r"|backlash|anger (?:at|over|among)",
    ),
    (
        "third-party",
        "guarantee sanctions security aid funding arms",
        r"guarantee(?:s|d)?|sanctions?|security guarantees?|(?:cut|withhold|suspend)\w* (?:aid|funding|arms)",
    ),
    (
        "interest",
        "want seek sought aim aims aimed hope need intend",
        r"\b(?:wants?|wanted|seeks?|sought|aims?|aimed|hopes?|hoped|needs?|needed|intends?|intended) "
        r"(?:to|for|a|an|the)\b",
    ),
    (
        "position",
        "must should ought has have insist demand",
        r"(?:must|should|ought to|has to|have to|insists? on|demands?)",
    ),
    (
        "interpretation",
        "because result order reason explain sign means amounts reflects",
        r"because|as a result|in order to|the reason|explains? why|a sign (?:of|that)|means that"
        r"|amounts to|reflects",
    ),
    (
        "assessment",
        "will would likely unlikely could expected risk chance prospect",
        r"\b(?:will|would|likely|unlikely|could|expected|risk(?:s|ed)? of|chances?|prospects?)\b",
    ),
)
_PATTERNS: tuple[tuple[ClaimKind, Cued], ...] = tuple(
    (kind, Cued(rf"\b(?:{pattern})", words)) for kind, words, pattern in _HINTS
)
_OF_ACT: dict[Act, ClaimKind] = {
    "offer": "offer",
    "demand": "position",
    "threat": "alternative",
    "promise": "offer",
    "denial": "interpretation",
    "rejection": "position",
    "admission": "assessment",
    "assessment": "assessment",
    "forecast": "assessment",
    "agreement": "position",
    "blame": "interpretation",
    "claim": "assessment",
    "question": "interest",
}
"""What an act suggests where the words themselves suggest nothing."""
_CAPABILITY = Cued(
    r"\b(?:fighters?|soldiers?|troops?|battalions?|brigades?|divisions?|militants?|arsenal|missiles?|rockets?"
    r"|mortars?|weapons?|ammunition|tanks?|drones?|shells?|warheads?|fighting force|forces|stockpiles?"
    r"|tunnels?|(?:in|under|lost?|seiz\w+|took|takes|taken|hold\w*|gain\w*|retain\w*) (?:full |partial )?"
    r"control|controls?|controlled|captured|recaptured|besieg\w+|occup(?:y|ies|ied)|garrison\w*"
    r"|front lines?)\b",
    "fighter soldier troop battalion brigade division militant arsenal missile rocket mortar weapon "
    "ammunition tank drone shell warhead fighting forces stockpile tunnel control captured recaptured "
    "besieged occupy garrison front",
)
"""Forces, arms, and who holds a place."""
_SUFFERED = re.compile(
    r"\b(?:tortured|beaten|shot|killed|abused|raped|arrested|detained|mistreated|insulted|robbed|expelled)\b"
)
"""What soldiers did to somebody is no measure of their forces."""
_GIVES_REASON = re.compile(
    r"(?:a|an|another|no|the|one|different|his|her|its|their)\b[^,;:]*\b(?:reason|explanation|account"
    r"|version|view|assessment)\b"
)


@record
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
    stems = stems_of(said)
    hedges: tuple[Span, ...] = ()
    if _HEDGE.may_match(stems):
        hedges = tuple(hedge for span in content for hedge in _hedges(text, span))
    no = negative or (not _NOT.isdisjoint(stems) and _says_no(said))
    polarity: Polarity = "negative" if no else "positive"
    act = _refined(act, lemma, said, source, no)
    return Doing(act, _kind(act, lemma, said, stems, bool(hedges)), polarity, hedges)


def _hedges(text: str, span: Span) -> Iterator[Span]:
    # In lower case, for a pattern that ignores case takes five times as long; the letter before the
    # stretch is looked at too, to tell whether a word begins there.
    before = max(0, span.start - 1)
    for match in _HEDGE.pattern.finditer(folded(text[before : span.end]), span.start - before):
        hedge = Span(before + match.start(), before + match.end())
        if match.group() != "may" or hedge.of(text) == "may":  # “May” is a month
            yield hedge


def _says_no(said: str) -> bool:
    """Whether the main verb is negated; a *not* in a clause further inside is no denial.

    Examples
    --------
    >>> _says_no("The union has not been told")
    True
    >>> _says_no("the offer, which hasn’t been made public, is good")
    False
    """
    before = _BEFORE_MAIN.match(said)
    main = said[before.end() :] if before is not None else said
    if _NO_ONE.match(main) is not None:
        return True
    main = _ASIDE.sub(" ", main)
    none = _NONE_OF.search(main)
    if none is not None and _CLAUSE_INSIDE.search(main[: none.start()].lstrip('“"‘ ')[1:]) is None:
        return True
    verb = _VERB.search(main)
    if verb is None or _CLAUSE_INSIDE.search(main[: verb.start()].lstrip('“"‘ ')[1:]) is not None:
        return False
    return any(verb.groupdict().values())


def _refined(act: Act, lemma: str, said: str, source: Source, negative: bool) -> Act:
    """The act where one verb serves several: *suggest*, *warn*, *say* of a wish."""
    if lemma == "suggest":
        if _MAYBE.search(said) is not None:
            return "assessment"
        return act if source.kind != "document" and _proposes(said) else "claim"
    if lemma == "offer" and _GIVES_REASON.match(said):
        return "claim"
    if lemma == "propose":
        return act
    return refined(act, lemma, said, source, negative)


_MAYBE = re.compile(r"^[^,;]{0,60}\b(?:might|may|could)\b")


def _proposes(said: str) -> bool:
    """``that leaders leave``, ``that it should stop``: a proposal; ``that they are ready``: a claim."""
    tensed, urged = _TENSED.search(said), _URGED.search(said)
    if urged and (tensed is None or urged.start() < tensed.start()):
        return True
    if re.match(r"\w+ing\b", said):
        return True
    return tensed is None and re.match(r"[^,;]*\b\w+(?:ed)\b", said) is None


def _kind(act: Act, lemma: str, said: str, stems: frozenset[str], hedged: bool) -> ClaimKind:
    if lemma in AIMS:
        return "interest"
    low = folded(said)
    if act in ("rejection", "demand", "claim", "agreement") and _PATTERNS[0][1].found(low, stems):
        return "red-line"
    if act == "offer":
        return "assessment" if hedged and "willing to" in said else "offer"
    if act not in ("claim", "admission", "denial"):
        return _OF_ACT[act]
    found = next((kind for kind, pattern in _PATTERNS if pattern.found(low, stems)), None)
    if (
        found in (None, "assessment", "interpretation")
        and _CAPABILITY.found(low, stems)
        and not _SUFFERED.search(low)
    ):
        return "capability"
    if found is None or (act == "admission" and found in ("position", "interpretation", "interest")):
        return _OF_ACT[act]
    return found
