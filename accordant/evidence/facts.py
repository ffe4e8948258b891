"""What is known of the report itself: title, outlet, author, date, address."""

from __future__ import annotations

import hashlib
import re

from accordant.evidence.dates import dates_in
from accordant.evidence.head import byline, dated, dateline, head_lines, masthead
from accordant.evidence.outlets import DATELINE
from accordant.evidence.result import ReportFacts
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span
from accordant.evidence.text import Intake

_BYLINE = re.compile(
    r"(?:By|Reporting by|Words by|Story by|Written by)\s+(?P<who>[A-Z][\w’'.-]+(?:[ ,&]+(?:and "
    r")?[A-Z][\w’'.-]+){1,7})\s*(?:,|in\b|[-–|].*)?$"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_DATED = re.compile(r"(?:Published|Posted|Updated|Date|Last updated|First published)\b:?\s*(?:on\s+)?", re.I)
_SOURCE_LINE = re.compile(r"(?:Source|Outlet|Publication)\s*:\s*(?P<outlet>[A-Z][^\n]{1,60})$")
_EDGE = 6  # paragraphs from either end in which a report says when and by whom


def report_facts(intake: Intake, filename: str, segments: Segments, published: str | None) -> ReportFacts:
    """The report's facts: what the page declares, else what its first and last lines say.

    Examples
    --------
    >>> from accordant.evidence.segment import segment
    >>> from accordant.evidence.text import take_in
    >>> intake = take_in(b"Talks resume\\n\\nBy Ida Renn\\n\\n4 May 2031\\n\\nThe union met.", "a.txt")
    >>> facts = report_facts(intake, "a.txt", segment(intake.text), None)
    >>> facts.title, facts.author, facts.published
    ('Talks resume', 'Ida Renn', '2031-05-04')
    """
    page = intake.about
    edges = _edges(segments)
    text = segments.text
    head = [*head_lines(segments)]
    outlet = next((name for k, line in enumerate(head) if (name := masthead(text, line, k == 0))), None)
    return ReportFacts(
        file=filename,
        sha256=intake.sha256,
        size=intake.size,
        encoding=intake.encoding,
        format=intake.format,
        length=len(text),
        title=page.title or _title(segments, head),
        outlet=page.outlet or _found(_SOURCE_LINE, "outlet", text, edges) or outlet or _wire(text, edges),
        author=page.author or _found(_BYLINE, "who", text, edges) or _author(text, head),
        address=page.address or _address(text, edges),
        published=published or page.published or _date(text, edges, head),
        language=page.language,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _edges(segments: Segments) -> list[Span]:
    marked = {f.span for f in segments.furniture if f.what != "byline box"}
    kept = [p for p in segments.paragraphs if p not in marked]
    return kept if len(kept) <= 2 * _EDGE else [*kept[:_EDGE], *kept[-_EDGE:]]


def _found(pattern: re.Pattern[str], group: str, text: str, edges: list[Span]) -> str | None:
    for span in edges:
        if span.end - span.start <= 200 and (match := pattern.match(span.of(text))) is not None:
            return " ".join(match.group(group).split())
    return None


def _wire(text: str, edges: list[Span]) -> str | None:
    """The outlet in a dateline: ``KARSEL, 12 March (Meridian) –``."""
    for span in edges[:4]:
        match = DATELINE.match(text, span.start, min(span.end, span.start + 90))
        if match is not None:
            return match.group("name")
    return None


def _address(text: str, edges: list[Span]) -> str | None:
    for span in edges:
        match = _ADDRESS.search(text, *span)
        if match is not None and match.end() - match.start() > (span.end - span.start) // 2:
            return match.group().rstrip(".,)")
    return None


def _title(segments: Segments, head: list[Span]) -> str | None:
    """The headline; where the first line is the name of the outlet, the line after it if it is one."""
    if segments.headline is None:
        return None
    text = segments.text
    if segments.headline in head and masthead(text, segments.headline, True) is not None:
        for line in head[1:3]:
            words = line.of(text)
            told = masthead(text, line) or _alone(text, line) or byline(text, line)
            told = told or dated(text, line) or dateline(text, line)
            if told is None and len(words.split()) <= 35 and not words.endswith((".", ":", ";", ",")):
                return words
    return segments.headline.of(text)


def _author(text: str, head: list[Span]) -> str | None:
    return next((name for line in head if (name := byline(text, line))), None)


def _date(text: str, edges: list[Span], head: list[Span]) -> str | None:
    """A full date in a dateline, on a line of the head, or alone on a line or after *Published*."""
    for span in edges[:4]:
        line = DATELINE.match(text, span.start, min(span.end, span.start + 90))
        for written in dates_in(text, Span(*line.span()), None) if line is not None else ():
            if written.first is not None and written.first == written.last:
                return written.first.isoformat()
    for k, span in enumerate(head):
        found = _alone(text, span) or dated(text, span, k == 0) or dateline(text, span)
        if found is not None:
            return found
    return next((found for span in edges if (found := _alone(text, span))), None)


def _alone(text: str, span: Span) -> str | None:
    if span.end - span.start > 80:
        return None
    lead = _DATED.match(text, *span)
    start = lead.end() if lead else span.start
    for written in dates_in(text, Span(start, span.end), None):
        alone = written.at.start == start and (lead is not None or span.end - written.at.end <= 25)
        if alone and written.first is not None and written.first == written.last:
            return written.first.isoformat()
    return None
