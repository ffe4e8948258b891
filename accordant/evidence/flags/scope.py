"""Flags on clauses of which it is open whose words they are: the source's, or the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.cues import VERBS
from accordant.evidence.flags.reading import Reading
from accordant.evidence.result import Flag, Suggestion
from accordant.evidence.spans import Span, trimmed

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_ADJUNCT = re.compile(
    r"(?:\s*(?:on|late on|early on|in|at|to|by|after|during|told|via|from|earlier|late|last|this|yesterday"
    r"|today|here"
    r"|again|there)\b[^,;:.“”\"–—]{0,70})?"
)
_GOES_ON = re.compile(
    r"(?:,| [–—-])\s*(?P<clause>(?:but|and|yet|though|although|while|whereas|even as"
    r"|which)\s+(?!if\b|that\b)[^“”\"]{12,}"
    r"|(?!according|following|including|regarding|depending|during|speaking|citing|quoting|referring|being"
    r"|sitting"
    r"|standing|pointing|asking|having|evening|morning)(?P<ing>[a-z]{2,}ing)\s[^“”\"]{10,}"
    r"|in what (?:would|could|may|might|is|was|will)\b[^“”\"]{8,}"
    r"|(?:a|an)\s[^,“”\"]{3,60}?\b(?:that|which|who|the|he|she|they|it)\b[^“”\"]{6,}"
    r"|\d[^“”\"]{8,})"
    r"|;\s*(?P<after>[^“”\"]{12,})"
)
_APPENDED = re.compile(
    r",\s*(?P<clause>which (?:would|could|will|may|might|has|have|is|was|had|means?|meant)\b[^“”\",;]{10,}"
    r"|(?:a|an) (?:[\w-]+ ){1,3}(?:that |which |(?=the |he |she |they |it |both "
    r"|neither ))(?:[\w’'-]+ ){1,}[^“”\",;]{4,})$"
)
_PROPER_WHO = re.compile(r"^(?:a|an) (?:[\w-]+ ){0,6}(?:who|whose)\b")
_NOT_SAID = re.compile(r"\b(?:asked|declined|refused|did not|has not|have not|neither|nor)\b")


def scope(reading: Reading) -> Iterator[Flag]:
    """A clause after what is said, of which it is open whether the source says it too."""
    flagged: list[Span] = []
    for claim, at in (*_tails(reading), *_after(reading), *_appended(reading)):
        if not any(at.meets(other) for other in flagged):
            flagged.append(at)
            who = " ".join(claim.source.text.split()) or "whoever says so"
            does = "Do" if claim.source.plural else "Does"
            yield Flag(
                "scope",
                (at,),
                f"{does} {who} say this too, or the report? It follows what is said ({claim.id}) without "
                "a new attribution.",
            )


def _tails(reading: Reading) -> Iterator[tuple[Suggestion, Span]]:
    """What the rules left out of the content."""
    for claim in reading.claims:
        tail = claim.tail
        if tail is None or _has_own(reading, claim, tail) or reading.quoted(tail.start):
            continue
        yield claim, tail


def _after(reading: Reading) -> Iterator[tuple[Suggestion, Span]]:
    """After a closing attribution: *they leave on Friday, she said, but the port stays open*."""
    text = reading.text
    for claim in reading.claims:
        if claim.source.at is None or claim.within is not None or claim.headline:
            continue
        ends = [claim.cue_at.end, claim.source.at.end, *([claim.told_at.end] if claim.told_at else [])]
        split = claim.parts[-1].end > max(ends) and (claim.directness == "direct" or len(claim.parts) < 2)
        if split or claim.cue_at.start < claim.parts[0].start:
            continue
        adjunct = _ADJUNCT.match(text, max(ends), claim.sentence.end)
        start = adjunct.end() if adjunct is not None else max(ends)
        found = _GOES_ON.match(text, start, claim.sentence.end)
        if found is None or _saying(found.group("ing")):
            continue
        start, end = found.span("clause" if found.group("clause") else "after")
        stop = claim.sentence.end if text[end : end + 1] in ("“", '"') else end
        at = trimmed(text, Span(start, stop), ",.;: ")
        if not _has_own(reading, claim, at) and not reading.quoted(at.start):
            yield claim, at


def _appended(reading: Reading) -> Iterator[tuple[Suggestion, Span]]:
    """At the end of what is said: *she said that …, a demand that they have rejected twice*."""
    text = reading.text
    for claim in reading.claims:
        last = claim.parts[-1]
        if claim.source.at is None or claim.cue_at.start > last.start or claim.directness == "direct":
            continue
        found = _APPENDED.search(text, last.start, last.end)
        if found is None or _PROPER_WHO.match(found.group("clause")) or reading.quoted(found.start("clause")):
            continue
        at = trimmed(text, Span(*found.span("clause")), ",.;: ")
        if found.group("clause").startswith("a") or not _has_own(reading, claim, at):
            yield claim, at


def _saying(word: str | None) -> bool:
    return word is not None and VERBS.get(word) is not None


def _has_own(reading: Reading, claim: Suggestion, at: Span) -> bool:
    """Whether the clause has an attribution of its own, or says that somebody did not say."""
    near = reading.by_sentence.get(claim.sentence, ())
    if any(c is not claim and (at.holds(c.cue_at) or (c.source.at and at.meets(c.source.at))) for c in near):
        return True
    if any(c is not claim and c.within is None and any(p.meets(at) for p in c.parts) for c in near):
        return True
    return _NOT_SAID.search(at.of(reading.text)[:60]) is not None
