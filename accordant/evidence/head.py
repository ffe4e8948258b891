"""The lines at the head of a report: *Lindeck, 5 March 2031*, *The Dolm Gazette*, *DOLM, March 7, 2031 —*.

Only lines that are nothing but names, a date and the label of a document count. A line that says
something, or that dates something else (*Deadline: 5 March 2031*), tells nothing of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.dates import Written, dates_in
from accordant.evidence.outlets import is_outlet
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

_LINES = 6  # paragraphs in which a head ends
_LONGEST = 140  # code points of a line of a head
_RUNNING = 14  # words of a sentence that begins the report itself
_NAME = 5  # words of a name
_PARTS = re.compile(r"\s[-–—]+\s|[,;|·•—–()\[\]\"“”„«»/]|\.(?=\s|$)|\s-(?=\s|$)|(?<=\s)-\s")
_CLOCK = re.compile(
    r"\b(?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|CET|[A-Z]{3,4}))?(?![\w%])", re.I
)
_BY = re.compile(
    r"(?:^|[.,|·•;—–-]\s*)(?:Interview(?:ed)?(?: by|:)|Report(?: by|:)|Text(?: by|:)|Words:|By)\s+"
    r"(?P<who>[A-Z][\w’'.-]*[\w’'](?: [A-Z][\w’'.-]*[\w’']){1,3}"
    r"(?:(?:,| and| &) [A-Z][\w’'.-]*[\w’'](?: [A-Z][\w’'.-]*[\w’']){1,3}){0,3})"
    r"(?=\s*(?:[.|·•;—–-]|$|in [A-Z][\w’' -]*[.|·•;]?$|, (?:[\w’-]+ ){0,5}[\w’-]+$))"
)
_BY_PART = re.compile(r"(?:Interview|Report|Text|Words|By)\b")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w’'.-]+(?:[ -][A-Z][\w’'.-]*){0,3}(?:, [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]*){0,2})?), "
    r"(?P<when>[^()\n—–]{8,40}?)\s*(?:—|–|--|-(?=\s)|\((?=[A-Z]))"
)
_LABELS = word_set(
    "note notes no nos report bulletin minutes statement press release communiqué communique briefing update "
    "edition issue letter dispatch cable memo memorandum evening morning afternoon late final second first "
    "early special situation transcript interview weekly daily monthly analysis comment of the on at in "
    "issued dated for from by our own staff correspondent reporter and & week number vol volume translated"
)
_DOCUMENTS = word_set(
    "note notes bulletin minutes briefing update edition issue letter dispatch cable memo transcript "
    "statement communiqué communique release report no"
)
"""What a first line is called that labels a document; any other first line is the headline."""
_LINKS = word_set("of the de del da di la le el al and & van von upon")
_OTHERS = word_set(
    "signed born died deadline due effective valid expires next until till since before after embargoed held "
    "on in by from starts ends opens closes opening closing photo picture file image pictured agreed updated "
    "adopted concluded accord agreement treaty pact resolution act protocol charter convention founded "
    "established election elections referendum vote closed ended began"
)
"""Words in a line whose date is hardly that of the report."""
_WEAK = word_set("agency network channel standard monitor register review post press daily")
"""Last words of names that are as often an office’s as an outlet’s."""
_MEDIA = word_set("press news wire radio tv television daily weekly evening morning sunday")


def head_lines(segments: Segments) -> Iterator[Span]:
    """The lines before the report itself begins, and the one with which it begins.

    Examples
    --------
    >>> from accordant.evidence.segment import segment
    >>> parts = segment("Talks go on\\n\\nLindeck, 5 March 2031\\n\\nThe union met.\\n\\nIt rained.")
    >>> [line.of(parts.text) for line in head_lines(parts)]
    ['Talks go on', 'Lindeck, 5 March 2031', 'The union met.', 'It rained.']
    """
    marked = {f.span for f in segments.furniture if f.what != "byline box"}
    for line in [p for p in segments.paragraphs if p not in marked][:_LINES]:
        yield line
        words = line.of(segments.text)
        if line.end - line.start > _LONGEST or (words.endswith(".") and len(words.split()) > _RUNNING):
            return


def dateline(text: str, line: Span) -> str | None:
    """The day in a dateline: ``DOLM, March 7, 2031 —``; None where the line has none.

    Examples
    --------
    >>> text = "DOLM, March 7, 2031 — The union met."
    >>> dateline(text, Span(0, len(text)))
    '2031-03-07'
    """
    match = _DATELINE.match(text, line.start, min(line.end, line.start + 110))
    if match is None:
        return None
    at = Span(*match.span("when"))
    found = _day(text, at)
    return None if found is None or found.at != at else _iso(found)


def dated(text: str, line: Span, headline: bool = False) -> str | None:
    """The day on a line of names and labels; None where there is none, or it is another day’s.

    Parameters
    ----------
    headline
        Whether it is the first line, which may be a headline that names a day.

    Examples
    --------
    >>> lines = ["Almar Wire, March 9, 2031", "Note no. 14 — 6 March 2031", "Deadline, 5 March 2031"]
    >>> [dated(line, Span(0, len(line))) for line in lines]
    ['2031-03-09', '2031-03-06', None]
    """
    found = _day(text, line) if line.end - line.start <= _LONGEST else None
    if found is None or text[line.start : found.at.start].rstrip().endswith(":"):
        return None
    around = f"{text[line.start : found.at.start]} | {text[found.at.end : line.end]}"
    parts = [part for raw in _PARTS.split(_CLOCK.sub(" | ", around)) if (part := raw.strip(" .:"))]
    if not parts or not all(_fits(part) for part in parts):
        return None
    if headline and not any(_labels(part) or is_masthead(part, dated=True) for part in parts):
        return None
    return _iso(found)


def _day(text: str, line: Span) -> Written | None:
    """The one full day that a line names; none where it names another time too."""
    found = [d for d in dates_in(text, line, None) if d.granularity != "duration"]
    if len(found) != 1 or found[0].relative or found[0].granularity != "day":
        return None
    return found[0] if found[0].first is not None and found[0].first == found[0].last else None


def _iso(found: Written) -> str | None:
    return found.first.isoformat() if found.first is not None else None


def _fits(part: str) -> bool:
    """Whether a part of a line is a name or a label, and says nothing."""
    words = part.split()
    plain = {word.strip(".:’'").lower() for word in words}
    if plain & _OTHERS - {"on", "in", "by", "from"} or words[0].lower() in _OTHERS - {"by"}:
        return False
    if _BY_PART.match(part) is not None:
        return len(words) <= 2 * _NAME
    if len(words) > 2 * _NAME:
        return False
    return all(w[0].isupper() or w[0].isdigit() or w.strip(".:").lower() in _LABELS | _LINKS for w in words)


def _labels(part: str) -> bool:
    words = [word.strip(".:").lower() for word in part.split()]
    return any(w in _DOCUMENTS for w in words) and (any(w.isdigit() for w in words) or len(words) <= 3)


def is_masthead(name: str, *, dated: bool = False) -> bool:
    """Whether a line, or a part of one that is dated, is the name of an outlet and nothing else.

    Examples
    --------
    >>> [is_masthead(n) for n in ("The Dolm Gazette", "Radio Almar", "Union Boycotts Harbour Courier")]
    [True, True, False]
    >>> is_masthead("Radio silence"), is_masthead("Health Agency", dated=True)
    (False, False)
    """
    words = name.split()
    article = bool(words) and words[0].lower() == "the"
    own = words[1:] if article else words
    if not own or len(own) > 4 or not all(w[0].isupper() or w.lower() in _LINKS for w in own):
        return False
    plain = [word.lower() for word in own]
    if not dated and not (
        article or len(own) <= 2 or plain[0] == "radio" or (name.isupper() and len(own) <= 3)
    ):
        return False
    if len(own) == 1 and not article:
        return is_outlet(name)
    if plain[-1] in _WEAK and not is_outlet(name):
        media = not _MEDIA.isdisjoint(plain[:-1]) or (plain[-1] == "daily" and len(own) > 1)
        return media or (article and plain[-1] in ("review", "post", "press", "daily"))
    named = dated and article and (plain[0] in _MEDIA or plain[-1] in ("advertiser", "lantern"))
    return (named and len(own) > 1) or (is_outlet(name) and (plain[-1] != "radio" or len(own) > 1))


def masthead(text: str, line: Span, headline: bool = False) -> str | None:
    """The outlet that a line at the head names: alone, or beside a date, a section or an author.

    Examples
    --------
    >>> lines = ["THE NORTHERN POST | Weekend", "Radio Almar, 9 March 2031. Interview by Sanne Birk"]
    >>> [masthead(line, Span(0, len(line))) for line in lines]
    ['THE NORTHERN POST', 'Radio Almar']
    """
    words = line.of(text)
    if len(words) > _LONGEST or words.startswith("©"):
        return None
    day = dated(text, line, headline)
    found = _day(text, line) if day is not None else None
    if found is not None:
        words = f"{text[line.start : found.at.start]} | {text[found.at.end : line.end]}"
    elif not re.search(r"\s[|·•]\s", words):
        plain = re.sub(r"\s*\([A-Z]{2,6}\)$", "", words).strip(" .")
        alone = "," not in plain and ":" not in plain and not words.rstrip().endswith((".", "?", "!"))
        return plain if alone and is_masthead(plain) else None
    parts = [part for raw in _PARTS.split(_CLOCK.sub(" | ", words)) if (part := raw.strip(" .:"))]
    return next((p for p in parts if len(p.split()) > 1 and is_masthead(p, dated=day is not None)), None)


def byline(text: str, line: Span) -> str | None:
    """Who wrote it, or asked the questions: ``Interview by Sanne Birk``.

    Examples
    --------
    >>> line = "Radio Almar, 9 March 2031. Interview by Sanne Birk."
    >>> byline(line, Span(0, len(line))), byline("By Monday the talks had failed.", Span(0, 31))
    ('Sanne Birk', None)
    """
    match = _BY.search(text[line.start : line.end]) if line.end - line.start <= _LONGEST else None
    if match is None or not _BY_TIME.isdisjoint(match.group("who").lower().split()):
        return None
    return " ".join(match.group("who").split())


_BY_TIME = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march july "
    "september october november december staff desk newsdesk"
)
