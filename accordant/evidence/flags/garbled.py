"""Flags on times and places that cannot be right as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from accordant.evidence.cued import Cued
from accordant.evidence.dates import Written
from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span
from accordant.evidence.words import AUXILIARIES, FINITE, MODALS, MONTHS, WEEKDAYS

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_LONGEST = dict(zip(_MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
_DATE = Led(
    rf"(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th) (?:of )?| ){_MONTH}\b(?:,? (?P<year>(?:19|20)\d\d)\b)?", "#"
)
_MONTH_FIRST = Led(
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|%|,\d{{3}})(?:,? (?P<year>(?:19|20)\d\d)\b)?",
    " ".join(_MONTHS).lower(),
)
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)}),? (?:the )?$")
_YEARS = Led(
    r"(?:from|between) (?P<first>(?:19|20)\d\d) (?:to|and|until) (?P<last>(?:19|20)\d\d)\b",
    "from between",
)
_SOON = 12  # words that may stand between the same time twice in one breath
_BYLINE = re.compile(r"\b(?:published|updated|posted|modified)\b", re.I)
_ALL_WORDS = re.compile(r"[\w’'-]+")
_SHIFTED = re.compile(r",? (?:next|last|of next|of last|a week|week)\b")
_PAIRED = re.compile(r"\b(?:and|but|or|then) (?:then |again )?(?!s\b)[a-z]{2,}(?<!s)s\b(?! of\b)|^ next\b")
"""A second verb after *and*: each time has its own."""
_VERBS = (FINITE | AUXILIARIES | MODALS) - {"may"}
_NAME = r"[A-Z][\w’-]*(?: (?:(?:of|de|al|el|la|am|on)[ -])?[A-Z][\w’-]*){0,2}"
_IN = re.compile(rf"\b(?:in|at|near) (?P<place>{_NAME})")
_SAME_PLACE = Led(
    rf"(?P<before>in|at|near|from|between|to) (?P<place>{_NAME})(?:,? and|,? or| to)"
    rf"(?: (?:in|at|near|from|to))? (?P=place)\b(?![’'-]|\w| [A-Z])",
    "in at near from between to",
)
_CAPITAL = Cued(
    rf"\b(?P<city>{_NAME}), (?:which is )?the (?P<what>capital|capital city) of (?:the )?(?P<land>{_NAME})"
    rf"|\bthe (?P<land2>[A-Z][\w-]*?)(?:[’']s)? capital(?: city)?(?: of|,) (?P<city2>{_NAME})",
    "capital",
)


def times(reading: Reading) -> Iterator[Flag]:
    """The same time twice in one breath, days that no calendar has, years that run backwards."""
    for sentence, found in reading.dates.items():
        if len(found) > 1:
            yield from _twice(reading, sentence, found)
    yield from _calendar(reading)
    for match in reading.matches(_YEARS):
        if match.group("first") > match.group("last"):
            yield Flag("garbled-time", (Span(*match.span()),), f"“{match.group()}” runs backwards.")


def _twice(reading: Reading, sentence: Span, found: Sequence[Written]) -> Iterator[Flag]:
    told = [d for d in found if d.granularity != "duration"]
    done: set[str] = set()
    for one, other in pairwise(told):
        words = other.text.lower()
        between = Span(one.at.end, other.at.start)
        if words in done or not _same(one, other) or not _one_breath(reading.text, between):
            continue
        if _BYLINE.search(reading.text, *sentence) is not None:
            continue
        after = reading.text[other.at.end : other.at.end + 12]
        if _SHIFTED.match(after) is not None or _SHIFTED.match(reading.text[one.at.end : one.at.end + 12]):
            continue  # Monday, and Monday next week
        done.add(words)
        yield Flag("garbled-time", (one.at, other.at), _when(reading.text, one, other, sentence))


def _same(one: Written, other: Written) -> bool:
    """The same words, or the same day of the week: *Monday morning on Monday*."""
    a, b = one.text.lower(), other.text.lower()
    if a == b:
        return True
    days = WEEKDAYS & {*a.split()} & {*b.split()}
    return bool(days) and one.granularity == other.granularity == "day" and (a in b or b in a)


def _one_breath(text: str, between: Span) -> bool:
    """Whether no verb of its own, no quotation and no comma-cut clause lies between two times."""
    words = between.of(text)
    if any(mark in words for mark in '“”";:?!|()'):
        return False
    plain = [w.lower() for w in _ALL_WORDS.findall(words)]
    if _PAIRED.search(words) is not None:
        return False  # opens on Monday and closes on Monday next week
    if plain in (["to"], ["until"], ["after"], ["by"]):
        return False  # from Monday to Monday
    return len(plain) <= _SOON and _VERBS.isdisjoint(plain) and not any(w.endswith("ed") for w in plain)


def _when(text: str, one: Written, other: Written, sentence: Span) -> str:
    first = _IN.match(text, one.at.end + 1, sentence.end)
    second = _IN.match(text, other.at.end + 1, sentence.end)
    if first is not None and second is not None and first.group("place") != second.group("place"):
        return f"“{other.text}” both {first.group()} and {second.group()}: what was when, and where?"
    return f"“{other.text}” twice in one breath: what was when?"


def _calendar(reading: Reading) -> Iterator[Flag]:
    for pattern in (_DATE, _MONTH_FIRST):
        for match in reading.matches(pattern):
            day, month, year = int(match.group("day")), match.group("month"), match.group("year")
            says = None
            if day > _LONGEST[month] or day == 0:
                says = f"{month} has no day {day}."
            elif year is not None:
                before = _WEEKDAY.search(reading.text, max(0, match.start() - 16), match.start())
                says = _wrong_day(day, month, int(year), before.group(1) if before is not None else None)
            if says is not None:
                yield Flag("garbled-time", (Span(*match.span()),), f"“{match.group()}”: {says}")


def _wrong_day(day: int, month: str, year: int, weekday: str | None) -> str | None:
    try:
        actual = _DAYS[date(year, _MONTHS.index(month) + 1, day).weekday()]
    except ValueError:
        return f"{month} {year} has no day {day}."
    if weekday is not None and weekday != actual:
        return f"that day is a {actual}."
    return None


def places(reading: Reading) -> Iterator[Flag]:
    """One place where there should be two, and a capital of two countries."""
    for match in reading.matches(_SAME_PLACE):
        place = match.group("place")
        if place.lower() not in MONTHS and place.lower() not in WEEKDAYS:
            yield Flag(
                "garbled-place", (Span(*match.span()),), f"“{match.group()}”: {place} twice, so where else?"
            )
    lands: dict[str, tuple[str, Span]] = {}
    for match in reading.matches(_CAPITAL):
        city, land = match.group("city") or match.group("city2"), match.group("land") or match.group("land2")
        at = Span(*match.span())
        known, where = lands.setdefault(city.split()[-1], (land, at))
        if not _same_land(known, land):
            yield Flag(
                "garbled-place", (where, at), f"{city} is the capital of {known} here, and of {land} there."
            )


def _same_land(one: str, other: str) -> bool:
    """The same country, as a name or as an adjective: *Norland*, *Norlandic*."""
    return one[:4].lower() == other[:4].lower()
