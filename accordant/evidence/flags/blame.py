"""Flags on deeds that are told as fact, without anybody who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span

_BLAME = Led(
    r"(?:killed|kidnapped|abducted|attacked|bombed|shelled|assassinated|massacred|sabotaged|poisoned"
    r"|executed|tortured|murdered|torched|rammed|strafed|expelled by force"
    r"|violated|breached|broke the (?:truce|ceasefire|agreement)|blew up|set fire to|ambushed|opened fire"
    r"|besieged|deliberately|looted|dumped|diverted|embezzled|falsified)\b",
    "killed kidnapped abducted attacked bombed shelled assassinated massacred sabotaged poisoned executed "
    "tortured murdered torched rammed strafed expelled violated breached broke blew set ambushed opened "
    "besieged deliberately looted dumped diverted embezzled falsified",
)
_SAID = re.compile(
    r"\b(?<!never )(?:said|says|say|told|tells|according to|claims?|claimed|reports?|reported|reportedly"
    r"|allegedly"
    r"|alleged"
    r"|accus\w+|blam\w+|den(?:y|ies|ied)|den[iy]\w*|warn\w*|stat(?:es|ed)|wrote|writes|insist\w*|maintain\w*"
    r"|argu\w+|acknowledg\w+|admit\w*|conced\w+|confirm\w*|wishes to place|convicted|found guilty|ruled"
    r"|charged with|if|whether|unless|would|could|might|(?-i:may)|suspected|believed|thought)\b",
    re.I,
)
_NATURE = re.compile(
    r"\b(?:flood\w*|storm|quake|earthquake|avalanche|landslide|blaze|house fire|crash|collision|accident"
    r"|fall|disease"
    r"|fever|cold|lightning|frost|drought|virus|outbreak|derailment)\b",
    re.I,
)
_SUFFERED = re.compile(r"(?: (?:in|at|on|during|when|last|this|while|near)\b|[,.])")
_PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are|being|got)\W+(?:\w+\W+){0,2}$")
_NOT_DONE = re.compile(r"\b(?:not|never|no one|nobody|without|to be|being|cannot)\W+(?:\w+\W+){0,2}$", re.I)
_ABSTRACT = re.compile(
    r" (?:the |his |her |its |their |our |this |that |these |those |an? )?(?:[\w’-]+ ){0,2}?"
    r"(?:idea|ideas|habit|habits|notion|notions|plan|plans|policy|policies|record|proposal|proposals|budget|bill"
    r"|assumption|assumptions|view|views|argument|arguments|decision|decisions|myth|myths|culture|values|offer"
    r"|problem|question|draft|text|speech|morals|manners|taste|attitude|attitudes)\b"
)
"""What can only be attacked or torched in words."""
_DIVERTED = re.compile(r"\b(?:attention|traffic|trains?|flights?|buses|funds from)\b", re.I)


def unsourced_blame(reading: Reading) -> Iterator[Flag]:
    """A deed told as fact: no source in its sentence, no *if*, no doing of nature."""
    attributed = {c.sentence for c in reading.claims if c.source.at is not None and c.rule != "speech-noun"}
    flagged: set[Span] = set()
    for match in reading.matches(_BLAME):
        sentence = reading.sentence_at(match.start())
        if sentence is None or sentence.span in attributed or sentence.span in flagged:
            continue
        if reading.quoted(match.start()) or _excused(reading.text, sentence.span, match):
            continue
        flagged.add(sentence.span)
        yield Flag(
            "unsourced-blame",
            (sentence.span,),
            f"“{match.group()}”: a deed is told as fact, and nobody is named who says so.",
        )


def _excused(text: str, sentence: Span, match: re.Match[str]) -> bool:
    if _SAID.search(text, *sentence) is not None or sentence.of(text).endswith("?"):
        return True
    if match.group() in ("killed", "diverted") and _NATURE.search(text, *sentence) is not None:
        return True
    if match.group() in ("attacked", "torched") and _ABSTRACT.match(text, match.end()) is not None:
        return True
    if match.group() == "diverted" and _DIVERTED.search(text, *sentence) is not None:
        return True
    if _SUFFERED.match(text, match.end()) and not _PASSIVE.search(text, sentence.start, match.start()):
        return True  # “the miners killed in the shaft”: who they are, not what was done
    return _NOT_DONE.search(text, sentence.start, match.start()) is not None
