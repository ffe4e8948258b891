"""The happenings of a timeline as a calendar file (iCalendar, RFC 5545), each over the days it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from accordant.brief.characters import visible
from accordant.brief.document import Brief, Figure
from accordant.brief.figures.timeline_chart import Entry, Timeline
from accordant.brief.house import House
from accordant.case.dates import when
from accordant.errors import InputError

OCTETS = 75
"""Most octets of a line, without its end."""
CLASSES = {"": "PUBLIC", "public": "PUBLIC", "team": "PRIVATE", "restricted": "CONFIDENTIAL"}
_SPECIAL = re.compile(r"([\\;,])")


def render(brief: Brief, house: House) -> bytes:
    """The calendar; the same document gives the same bytes, without a clock.

    Raises
    ------
    InputError
        If the document has no timeline.
    """
    found = [b.drawing for b in brief.blocks() if isinstance(b, Figure) and isinstance(b.drawing, Timeline)]
    if not found:
        raise InputError(f"the {brief.label.lower()} has no timeline; --kind timeline has")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Accordant//Accordant {brief.version}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(brief.title.text)}",
        f"X-WR-CALDESC:{_text(_about(brief, found[0]))}",
        *(line for entry in found[0].entries for line in _event(brief, entry)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _about(brief: Brief, drawing: Timeline) -> str:
    parts = [f"As of {brief.as_of}."] if brief.as_of else []
    parts += [f"Handling: {brief.handling}."] if brief.handling else []
    if left := drawing.without_date:
        parts.append(f"Without a date, and so not in this calendar: {left}.")
    return " ".join([*parts, "An entry covers every day that its date may mean."])


def _event(brief: Brief, entry: Entry) -> Iterator[str]:
    start, last = entry.first or entry.last, entry.last or entry.first
    if start is None or last is None:
        return
    told = entry.what
    if entry.first is None:
        told = f"By this day: {told}"
    elif entry.last is None:
        told = f"From this day: {told}"
    end = last + timedelta(days=1) if last < date.max else last
    made = when(brief.as_of)
    stamp = (made.last or made.first) if made else None
    yield "BEGIN:VEVENT"
    own = sha256(f"{brief.title.text} {entry.key}".encode("utf-8", "replace")).hexdigest()[:32]
    yield f"UID:{own}@accordant"
    yield f"DTSTAMP:{_day(stamp or start)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(start)}"
    yield f"DTEND;VALUE=DATE:{_day(end)}"
    yield f"SUMMARY:{_text(told)}"
    if entry.where:
        yield f"LOCATION:{_text(entry.where)}"
    yield f"DESCRIPTION:{_text(_description(entry))}"
    yield f"CATEGORIES:{_text(entry.kind)}"
    yield f"CLASS:{CLASSES.get(brief.handling, 'PRIVATE')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(entry: Entry) -> str:
    parts = [f"Date as it is known: {entry.dated}"]
    parts += [f"With: {', '.join(entry.who)}"] if entry.who else []
    parts += ["Known from unnamed sources only"] if entry.unnamed else []
    parts += [entry.note] if entry.note else []
    return "\n".join(parts)


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _text(text: str) -> str:
    r"""A value of the type text.

    Examples
    --------
    >>> print(_text("talks; Doha, Cairo\nnext"))
    talks\; Doha\, Cairo\nnext
    """
    return _SPECIAL.sub(r"\\\1", visible(text)).replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of so many octets, none of which cuts a character."""
    piece, room = "", OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece, room = piece + sign, room - size
    yield piece
