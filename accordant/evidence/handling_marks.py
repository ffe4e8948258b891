"""What a report says of itself about who may see it: *Restricted*, *Not for publication*, *off the record*.

Only lines that do nothing but mark are looked at, or that end or begin with a mark set off from the rest:
a report about a confidential letter is not confidential for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from accordant.evidence.handling import strictest
from accordant.evidence.result import ReadResult
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span

if TYPE_CHECKING:
    from accordant.case.sources import Handling

KIND = "handling-mark"
"""The kind of flag that such a mark raises."""
_EDGE = 6  # paragraphs from either end
_LONGEST = 16  # words of a line that marks

_WHOM = (
    r"(?:team|desk|staff|members?|office|mission|delegation|working group|editors?|recipients?|addressees?)"
)
_TEAM = (
    rf"restricted to (?:the |our |this )?{_WHOM}"
    rf"|(?:for )?(?:the |our )?{_WHOM}(?:[’']s?)?(?: eyes| use)? only|for (?:the|our) {_WHOM}$"
    r"|(?:for )?internal(?: use)? only|for internal (?:use|circulation|distribution)|tlp: ?(?:amber|green)\b"
)
_RESTRICTED = (
    r"not for (?:publication|distribution|circulation|release|quotation|attribution|onward (?:use|sharing))"
    r"|off[- ]the[- ]record|do not (?:publish|quote|cite|circulate|distribute|share|copy)\b[^.;|]{0,30}"
    r"|(?:for )?(?:your |my )?eyes only|in (?:strict(?:est)? )?confidence|(?:strictly|highly) confidential"
    r"|strictly private|private and confidential|tlp: ?red\b"
)
_ALONE = {"team": r"internal", "restricted": r"restricted|confidential|(?:top )?secret|classified"}
"""Words that mark only where they stand alone between the ends of a line and signs that set off."""
_PATTERNS: dict[Handling, re.Pattern[str]] = {
    "team": re.compile(rf"(?P<phrase>{_TEAM})|(?P<word>{_ALONE['team']})", re.I),
    "restricted": re.compile(rf"(?P<phrase>{_RESTRICTED})|(?P<word>{_ALONE['restricted']})", re.I),
}
_BEFORE = re.compile(
    r"(?:^|[\-–—|:;,.(\[*/•·])\s*(?:\W*(?:subject|re|classification|handling|distribution|status|marking)\s*:)?"
    r"\W*(?:(?:this|the) (?:document|note|report|record|memo|message|mail|e-mail|paper|text|file) is )?"
    r"(?:strictly )?$",
    re.I,
)
_AFTER = re.compile(r"\s*(?:$|[\-–—|:;,.)\]*/•·!])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark, with its place in the text; None where it stands in the subject only."""

    words: str
    handling: Handling
    at: Span | None


def marks(segments: Segments, title: str | None = None) -> Iterator[Marked]:
    """The marks at a report's head and foot, on the edges of its pages, and in its subject.

    Examples
    --------
    >>> from accordant.evidence.segment import segment
    >>> text = "Visit to the mill\\n\\nRestricted to the team\\n\\nThe owner sent a confidential letter."
    >>> [(m.words, m.handling) for m in marks(segment(text))]
    [('Restricted to the team', 'team')]
    """
    text = segments.text
    paragraphs: Sequence[Span] = segments.paragraphs
    edges = paragraphs if len(paragraphs) <= 2 * _EDGE else (*paragraphs[:_EDGE], *paragraphs[-_EDGE:])
    spans = dict.fromkeys((*edges, *(piece.span for piece in segments.furniture)))
    found = False
    for span in sorted(spans):
        for line in _lines(text, span):
            for mark in _in_line(line.of(text)):
                found = True
                yield Marked(mark[0].of(line.of(text)), mark[1], _moved(mark[0], line.start))
    if not found and title:
        for at, handling in _in_line(" ".join(title.split())):
            yield Marked(at.of(" ".join(title.split())), handling, None)


def offered(result: ReadResult) -> Handling:
    """The handling that a report's claims are offered with: the strictest that it marks itself with.

    A person confirms it with each claim, or changes it.
    """
    found: list[str] = []
    for flag in result.flags:
        if flag.kind == KIND:
            said = [span.of(result.text) for span in flag.at] or [result.report.title or ""]
            found += [handling for words in said for _, handling in _in_line(" ".join(words.split()))]
    strict = strictest(found)
    return "restricted" if strict == "restricted" else "team" if strict == "team" else "public"


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        kept = line.strip()
        if kept:
            lead = start + len(line) - len(line.lstrip())
            yield Span(lead, lead + len(kept))
        start += len(line)


def _in_line(line: str) -> Iterator[tuple[Span, Handling]]:
    if len(line) > 40 * _LONGEST or any(islice(_WORD.finditer(line), _LONGEST, None)):
        return
    for handling, pattern in _PATTERNS.items():
        for match in pattern.finditer(line):
            before = _BEFORE.search(line[: match.start()]) is not None
            after = _AFTER.match(line, match.end()) is not None
            # a phrase marks at either end of a line; a word only where it is set off on both sides
            edge = match.start() == 0 or match.end() >= len(line.rstrip(" .!)]*"))
            if (before and after) or (match["phrase"] is not None and edge and (before or after)):
                yield Span(*match.span()), handling


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
