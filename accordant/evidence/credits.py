"""Other outlets that a report credits; a report that credits itself is not a rewrite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accordant.evidence.outlets import DATELINE, is_outlet, outlet_name
from accordant.evidence.result import Credit, ReportFacts, Suggestion
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w’'.&-]*(?: (?:of (?:the )?|& |and )?[A-Z][\w’'.&-]*){0,4})"
_CREDIT = re.compile(
    r"(?:\b(?:[Ff]irst |originally |earlier )?(?:reported|published|revealed|broken|seen|obtained"
    r"|reviewed|quoted|cited"
    r"|broadcast|carried) by|\b[Aa]ccording to|\b[Cc]iting|\b(?:[Tt]old|informed)|\b(?:with|by|to|for"
    r"|in|on|via|from)"
    r"(?= (?:the )?[A-Z])|\b[Ss]ource:|\bvia)\s+" + _NAME
)
_SPEECH = re.compile(
    r"\b(?:interview|statement|comments?|remarks?|letter|speaking|spoke|exclusive|shared|article|report"
    r"|post)\b"
)
_STRONG = re.compile(
    r"(?:reported|published|revealed|broken|seen|obtained|reviewed|quoted|cited|broadcast|carried) by$"
    r"|ccording to$|iting$|old$|nformed$|ource:$|via$"
)
_EXCLUSIVE = re.compile(r"\bexclusive\b", re.I)
_FIRST = re.compile(
    _NAME + r"(?: was the first to report| first reported| reported (?:first|earlier|on |last ))"
)


def credited(segments: Segments, facts: ReportFacts, claims: tuple[Suggestion, ...]) -> tuple[Credit, ...]:
    """Every place where the report names another outlet as where something comes from.

    Examples
    --------
    >>> from accordant.evidence.segment import segment
    >>> from accordant.evidence.result import ReportFacts
    >>> facts = ReportFacts("a.txt", "", 0, "utf-8", "text", 0, outlet="The Lake Post")
    >>> text = "An envoy told the Harbour Courier so, and the Lake Post in May."
    >>> [c.outlet for c in credited(segment(text), facts, ())]
    ['Harbour Courier']
    """
    own = outlet_name(facts.outlet).casefold() if facts.outlet else ""
    found: dict[Span, str] = {}
    for span, name in (*_in_text(segments), *_in_claims(segments.text, claims)):
        plain = outlet_name(name)
        itself = own and (plain.casefold() in own or own in plain.casefold())
        if not itself and not any(span.meets(other) for other in found):
            found[span] = plain
    return tuple(Credit(name, span) for span, name in sorted(found.items()))


def _in_text(segments: Segments) -> Iterator[tuple[Span, str]]:
    text = segments.text
    for sentence in segments.sentences:
        for match in _CREDIT.finditer(text, *sentence.span):
            lead = text[match.start() : match.start("name")].rstrip()
            strong = _STRONG.search(lead) is not None
            if (
                not strong
                and _SPEECH.search(text, max(sentence.span.start, match.start() - 40), match.start()) is None
            ):
                continue
            yield from _outlet_at(text, match.start("name"), match.group("name"), told=strong)
        for match in _FIRST.finditer(text, *sentence.span):
            yield from _outlet_at(text, match.start("name"), match.group("name"), told=True)
        dateline = DATELINE.match(text, sentence.span.start, min(sentence.span.end, sentence.span.start + 90))
        if dateline is not None:
            yield Span(*dateline.span("name")), dateline.group("name")


def _outlet_at(text: str, start: int, name: str, told: bool) -> Iterator[tuple[Span, str]]:
    """The longest beginning of a run of capitals that is an outlet's name."""
    name = name.rstrip(".,’'")
    while name:
        if is_outlet(name, told):
            yield Span(start, start + len(name)), name
            return
        name = name.rpartition(" ")[0]


def _in_claims(text: str, claims: tuple[Suggestion, ...]) -> Iterator[tuple[Span, str]]:
    for claim in claims:
        if claim.source.kind == "outlet" and claim.source.at is not None:
            yield claim.source.at, claim.source.text
        elif claim.outlet and claim.told_at is not None:
            yield claim.told_at, claim.outlet


def with_outlets(claims: tuple[Suggestion, ...], credits: tuple[Credit, ...]) -> tuple[Suggestion, ...]:
    """The claims, each with the outlet that its own sentence credits around what is said.

    ``…, she said in an interview with the Harbour Courier``.
    """
    made = []
    at = 0
    for claim in claims:
        while at < len(credits) and credits[at].at.end <= claim.sentence.start:
            at += 1
        found = credits[at] if at < len(credits) and claim.sentence.holds(credits[at].at) else None
        beside = found is not None and not any(part.meets(found.at) for part in claim.parts)
        outer = claim.within is None and claim.source.at is not None
        if found is not None and beside and outer and claim.outlet is None and claim.source.kind != "outlet":
            claim = replace(claim, outlet=found.outlet)
        made.append(claim)
    return tuple(made)


def banner_exclusive(segments: Segments) -> Span | None:
    """Where the report calls itself exclusive: in its headline or its first sentence."""
    for sentence in segments.sentences[:2]:
        found = _EXCLUSIVE.search(segments.text, *sentence.span)
        if found is not None:
            return Span(*found.span())
    return None
