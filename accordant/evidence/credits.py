"""Other outlets that a report credits; a report that credits itself is not a rewrite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accordant.evidence.lexicon import WordClass, matches_at, starts_in
from accordant.evidence.outlets import DATELINE, is_outlet, outlet_name
from accordant.evidence.result import Credit, ReportFacts, Suggestion
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w’'.&-]*(?: (?:of (?:the )?|& |and )?[A-Z][\w’'.&-]*){0,4})"
_CREDIT = re.compile(
    r"(?:\b(?:[Ff]irst |originally |earlier )?(?:reported|published|revealed|broken|seen|obtained"
    r"|reviewed|quoted|cited"
    r"|broadcast|carried) by|\b(?:leaked|passed|handed|given) to|\b[Aa]ccording to|\b[Cc]iting"
    r"|\b(?:[Tt]old|informed)|\b(?:with|by|to|for"
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
_LEAK = re.compile(r"(?:leaked|passed|handed|given) to$")
_MEDIUM = re.compile(
    r"\b(?:the |a |state |local |public )?(?:weekly|daily|(?:news )?agency|newspaper|broadcaster|magazine"
    r"|tabloid|broadsheet"
    r"|journal|news (?:site|website|service|channel)|portal|(?:TV|television|radio) (?:station|channel)) "
    r"(?:called )?(?P<name>[A-Z][\w’'&.-]*(?: (?:of |de |& )?[A-Z0-9][\w’'&.-]*){0,4})"
)
_TELLS = re.compile(
    r"\b(?:said|says|say|reports?|reported|writes?|wrote|affirms?|affirmed|claims?|claimed|quot(?:es|ed"
    r"|ing)|cit(?:es|ed|ing)"
    r"|transmits?|transmitted|according|told|published|publishes|revealed|reveals|alleges?|alleged"
    r"|announced|carried|reporting)\b"
)
_PRONOUNS = word_set("we i they he she it our us you this that")
_GENERIC = word_set(
    "newspaper paper daily weekly agency broadcaster magazine tabloid outlet station channel website site "
    "report radio"
)
_CREDIT_LINE = re.compile(r"\W*(?:source|via|first published|originally|credit|with|from|according)\b", re.I)
_HEAD_WORDS = 8  # words in a line that gives the name of the outlet at the head or the foot
_HEAD = 4  # paragraphs at either end among which it stands
_DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_EXCLUSIVE = re.compile(r"\bexclusive\b", re.I)
_FIRST = re.compile(
    _NAME + r"(?: was the first to report| first reported| reported (?:first|earlier|on |last ))"
)


_LEADS = WordClass(
    word_set(
        "First first originally earlier reported published revealed broken seen obtained reviewed quoted "
        "cited broadcast carried leaked passed handed given According according Citing citing Told told "
        "informed with by to for in on via from Source source"
    ).__contains__
)
"""Words that begin a credit."""
_EARLY = WordClass(word_set("first reported").__contains__)
_MEDIA = WordClass(
    word_set(
        "weekly daily agency newspaper broadcaster magazine tabloid broadsheet journal news portal TV "
        "television radio"
    ).__contains__
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
    own = _own_names(segments, facts)
    found: dict[Span, str] = {}
    for span, name in (*_in_text(segments), *_in_claims(segments.text, claims)):
        plain = outlet_name(name)
        if not _is_own(plain, own) and not any(span.meets(other) for other in found):
            found[span] = plain
    return _named_in_full(found)


def _own_names(segments: Segments, facts: ReportFacts) -> tuple[str, ...]:
    """What the report calls its own outlet, in lower case: as known, and in short lines at its ends."""
    text = segments.text
    names = [outlet_name(facts.outlet)] if facts.outlet else []
    ends = (
        segments.paragraphs
        if len(segments.paragraphs) <= 2 * _HEAD
        else (*segments.paragraphs[:_HEAD], *segments.paragraphs[-_HEAD:])
    )
    headline = segments.headline
    for paragraph in ends:
        line = paragraph.of(text).strip()
        short = len(line.split()) <= _HEAD_WORDS and not line.endswith((".", "?", "”", '"'))
        short = short and _CREDIT_LINE.match(line) is None
        copyright_ = line.startswith("©")
        if (short and (paragraph != headline or line.isupper() or "·" in line)) or copyright_:
            names.append(line)
    first = segments.paragraphs[0].of(text) if segments.paragraphs else ""
    translated = _TRANSLATED.match(first)
    return tuple(n.casefold() for n in (*names, *([translated.group("name")] if translated else [])))


_TRANSLATED = re.compile(
    r"[\[(]?(?:Translated|Reprinted"
    r"|Transcript)\b[^.]*\.\s*(?P<name>[A-Z][\w ’'-]{2,40})"
)


def _is_own(name: str, own: tuple[str, ...]) -> bool:
    plain = name.casefold()
    if not plain or plain.split()[0] in _PRONOUNS:
        return True
    return any(known in plain or _stands_in(plain, known) for known in own if known)


def _stands_in(name: str, line: str) -> bool:
    """Whether a name stands in a line with no letter or digit right beside it."""
    at = line.find(name)
    while at >= 0:
        end = at + len(name)
        if not _wordy(line[at - 1 : at]) and not _wordy(line[end : end + 1]):
            return True
        at = line.find(name, at + 1)
    return False


def _wordy(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _named_in_full(found: dict[Span, str]) -> tuple[Credit, ...]:
    """*The Herald* as *Tessaly Herald* where the report names it so; *the newspaper* as the last one."""
    names = {name for name in found.values() if name.casefold() not in _GENERIC}
    credits: list[Credit] = []
    for span, name in sorted(found.items()):
        if name.casefold() in _GENERIC:
            if not credits:
                continue
            name = credits[-1].outlet
        longer = [n for n in names if n != name and n.casefold().endswith(" " + name.casefold())]
        credits.append(Credit(min(longer, key=len) if len(longer) == 1 else name, span))
    return tuple(credits)


def _in_text(segments: Segments) -> Iterator[tuple[Span, str]]:
    text = segments.text
    for sentence in segments.sentences:
        span = sentence.span
        yield from _in_sentence(text, span)
        # A look for the bracket first: the pattern goes over every letter before it finds none.
        head = Span(span.start, min(span.end, span.start + 90))
        dateline = DATELINE.match(text, *head) if "(" in head.of(text) else None
        if dateline is not None:
            yield Span(*dateline.span("name")), dateline.group("name")


def _in_sentence(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    for match in matches_at(_CREDIT, text, span, starts_in(text, span, _LEADS)):
        lead = text[match.start() : match.start("name")].rstrip()
        strong = _STRONG.search(lead) is not None or _LEAK.search(lead) is not None
        near = max(span.start, match.start() - 40), match.start()
        if strong or _SPEECH.search(text, *near) is not None:
            yield from _outlet_at(text, match.start("name"), match.group("name"), told=strong)
    if starts_in(text, span, _EARLY):
        for match in _FIRST.finditer(text, *span):
            yield from _outlet_at(text, match.start("name"), match.group("name"), told=True)
    if starts_in(text, span, _MEDIA) and _TELLS.search(text, *span) is not None:
        for match in _MEDIUM.finditer(text, *span):
            yield Span(*match.span("name")), match.group("name")


def _outlet_at(text: str, start: int, name: str, told: bool) -> Iterator[tuple[Span, str]]:
    """The longest beginning of a run of capitals that is an outlet's name."""
    name = whole = name.rstrip(".,’'")
    while name:
        left = whole[len(name) :].split()
        # “the National” of “the National Office of Figures” is none, “CNN” of “CNN Tuesday” is one.
        cut_short = bool(left) and left[0] not in _DAYS and not name.split()[-1].isupper()
        if is_outlet(name, told) and not (cut_short and len(outlet_name(name).split()) == 1):
            yield Span(start, start + len(name)), name
            return
        name = name.rpartition(" ")[0]


_OWNED = re.compile(
    r"[’']s (?:own )?(?:[a-z]+ )?(?:radio|television|channel|newspaper|paper|agency|station"
    r"|broadcaster)\b"
)
"""*The Front’s radio*: a party speaks by it."""


def _in_claims(text: str, claims: tuple[Suggestion, ...]) -> Iterator[tuple[Span, str]]:
    for claim in claims:
        if claim.source.kind == "outlet" and claim.source.at is not None:
            if _OWNED.search(claim.source.text) is None:
                yield claim.source.at, claim.source.name or claim.source.text
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
