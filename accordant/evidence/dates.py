"""Times as a report writes them: the words, their place, and a range when the report has a date.

A small grammar of its own and never a free search, so that ``70% of`` is no year. Without a
report date, relative times stay open. A range is what the words allow, no narrower; where past or
future cannot be told, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from accordant.evidence.cued import folded
from accordant.evidence.lexicon import Known, WordClass, lexicon_in, starts_in
from accordant.evidence.records import record
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBER = (
    r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|"
    r"fifty|sixty|ninety|several|a few|a couple of|dozens of)"
)
_VALUES = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_M = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_D = r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_Y = r"(?:19|20)\d\d"
_DD = r"(?:0?[1-9]|[12]\d|3[01])"
_UNIT = r"(?:minute|hour|day|night|week|month|year|decade)"
_PERIOD = r"(?:weekend|week|month|quarter|year|spring|summer|autumn|fall|winter|decade|century)"
_TIME = r"(?:morning|afternoon|evening|night)"
_ABOUT = (
    r"(?:nearly|almost|about|around|roughly|some|more than|less than|over|under|at least|at most"
    r"|up to|fewer than)"
)
_HALF = (
    r"(?:early|late|mid|the (?:start|beginning|middle|end|first half|second half) of|(?:start|end|middle) of)"
)
_BEFORE = r"(?:in|since|until|by|from|before|after|during|of|last|next|this)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", rf"{_Y}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\b(?!-\d)"),
    ("day", rf"(?:{_D},? )?(?:the )?{_DD}(?:st|nd|rd|th)?(?: of)? {_M}(?:,? {_Y}\b)?"),
    ("monthday", rf"(?:{_D},? )?{_M} {_DD}(?:st|nd|rd|th)?\b(?!\d|:|%)(?:,? {_Y}\b)?"),
    ("part", rf"{_HALF}[ -](?:{_M}(?: {_Y})?|(?:this|last|next) {_PERIOD}|{_Y})\b"),
    ("month", rf"{_M},? {_Y}\b"),
    ("slashed", rf"{_DD}[/.]{_DD}[/.]{_Y}\b"),
    ("ago", rf"(?:{_ABOUT} )?{_NUMBER}[ -]{_UNIT}s? (?:ago|earlier|later|before|after)\b"),
    ("span", rf"(?:{_ABOUT} |the (?:past|last|next|coming) )?{_NUMBER}[ -]{_UNIT}(?:s\b|-long\b|-old\b|\b)"),
    ("within", rf"(?:earlier|later|late|early) (?:this|last|next) (?:{_PERIOD}|{_D}|{_TIME})\b"),
    ("period", rf"(?:this|last|next|(?:the )?(?:past|coming|previous|following)) (?:{_PERIOD}|{_TIME})\b"),
    ("weekday", rf"(?:(?:late|early|last|next|this|past|the following) (?:on )?)?{_D}(?: {_TIME})?\b"),
    (
        "relative",
        r"(?:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|overnight)\b",
    ),
    (
        "vague",
        r"(?:in )?(?:recent|coming|the (?:coming|past few|last few|next few)) (?:days|weeks|months"
        r"|years|hours)\b",
    ),
    ("bare", rf"{_BEFORE} (?P<only>{_M}(?!\.?,? ?\d)|{_Y}\b(?!-\d))"),
)
# One look at the start of a word before the alternatives: several times faster on running text.
_GRAMMAR = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS) + ")", re.I
)
_ANCHOR = re.compile(
    r"\d|day|week|month|year|hour|minute|night|decade|quarter|morrow|season|spring|summer|autumn|winter|fall"
    r"|(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.I,
)
_ALONE = word_set("morning afternoon evening century")
"""Words of time that make a sentence worth looking at only beside one of the others."""
_OPENINGS = word_set(
    "the a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty ninety several dozens nearly almost about around roughly some more less over under at up "
    "fewer early late earlier later mid start middle end this last next past recent coming previous "
    "following in since until by from before after during of yesterday today tomorrow tonight overnight jan "
    "feb mar apr jun jul aug sep sept oct nov dec"
) | {*_MONTHS, *_DAYS}
"""Words that a time may begin with, beside numbers in digits."""
_LEAD = 6  # words of a time before its word of time: “the second half of next year” has five
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|scheduled|planned|expected|set to|is to|are to|to be held|next|hopes?)\b"
)
_AFTER_YEAR = word_set(
    "and or to was were is are the as but on in at with had has have that when by because after before "
    "until since for from while which who it he she they would will did onwards onward alone war "
    "agreement accord treaty truce ceasefire talks census election elections budget strike deal"
)
_CASED = frozenset({"day", "monthday", "part", "month", "bare"})
_YEAR = re.compile(_Y)
_MONTH = re.compile(_M)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")

Ends = tuple[date, date] | None


@record
class Written:
    """A time as written.

    Attributes
    ----------
    first, last
        The range it allows, both days included; None where it stays open.
    granularity
        day, week, month, part, season, year, or duration.
    relative
        Whether it depends on the date of the report.
    approximate
        Whether the words say so (*nearly*, *about*).
    """

    text: str
    at: Span
    first: date | None
    last: date | None
    granularity: str
    relative: bool
    approximate: bool = False


def dates_in(text: str, span: Span, base: date | None) -> tuple[Written, ...]:
    """The times written in one stretch of text.

    Parameters
    ----------
    base
        The date of the report, from which relative times count; None leaves them open.

    Examples
    --------
    >>> text = "They met late Tuesday, and 70% of it was agreed earlier this month."
    >>> [(w.text, str(w.first)) for w in dates_in(text, Span(0, len(text)), date(2024, 1, 31))]
    [('late Tuesday', '2024-01-30'), ('earlier this month', '2024-01-01')]
    """
    return tuple(_all(text, span, base))


def _all(text: str, span: Span, base: date | None) -> Iterator[Written]:
    ahead: bool | None = None
    for match in _matches(text, span):
        kind = match.lastgroup or ""  # of nested groups the outer one closes last
        at = Span(*match.span("only" if kind == "bare" else kind))
        words = at.of(text)
        if kind == "span" and words.split()[0].lower() in ("a", "an") and "-" not in words:
            continue  # “a day”, “a week”: hardly ever a time
        if kind == "bare" and _no_date(text, at.end, words):
            continue
        if ahead is None:
            ahead = _AHEAD.search(text, *span) is not None
        to_come = kind in _CASED and base is not None and _to_come(text, span, at)
        ends, granularity, relative = _READERS[kind](
            words.lower() if kind not in _CASED else words, base, ahead or to_come
        )
        if to_come and ends is None and base is not None:
            ends = _next(words, kind, base)
        about = re.match(_ABOUT, words, re.I) is not None
        first, last = ends or (None, None)
        yield Written(words, at, first, last, granularity, relative, about)


_COMING = re.compile(
    r"\b(?:(?:is|are) (?:expected|due|scheduled|planned|set|supposed|to)\b[^,.;:]{0,80}|ha(?:s|ve) until"
    r"|(?:will|deadline of)\b[^,.;:]{0,80}) ?(?:on |in |by |until |from |before |the )*$"
)


def _to_come(text: str, span: Span, at: Span) -> bool:
    """Whether what stands just before a time puts it ahead: ``is due to open on``, ``has until``."""
    return _COMING.search(text, max(span.start, at.start - 110), at.start) is not None


def _next(words: str, kind: str, base: date) -> Ends:
    """The next such day or month from the date of the report on."""
    if _YEAR.search(words) or not _MONTH.search(words):
        return None
    month = _month_number(words)
    number = _DAY.search(words) if kind in ("day", "monthday") else None
    if number is None:
        return _month_range(base.year + (month < base.month), month)
    for year in (base.year, base.year + 1):
        when = _safe(year, month, int(number.group(1)))
        if when is not None and when >= base:
            return when, when
    return None


def _matches(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The grammar's matches from left to right, tried only at the words just before a word of time."""
    if not starts_in(text, span, _ANCHORS):
        return
    found = lexicon_in(text, span)
    words, starts = found.words, found.starts
    done, tried = 0, found.range(span)[0]
    for at in starts_in(text, span, _TIMES):
        k = bisect_left(starts, at)
        for begin in range(max(tried, k - _LEAD), k + 1):
            if _OPENS[words[begin]] and starts[begin] >= done:
                match = _GRAMMAR.match(text, starts[begin], span.end)
                if match is not None:
                    done = match.end()
                    yield match
        tried = k + 1


def _anchors(word: str) -> bool:
    return _ANCHOR.search(word) is not None


def _times(word: str) -> bool:
    return _anchors(word) or folded(word) in _ALONE


def _opens(word: str) -> bool:
    return word[0].isdigit() or folded(word) in _OPENINGS


_ANCHORS, _TIMES, _OPENS = WordClass(_anchors), WordClass(_times), Known(_opens)


def _no_date(text: str, end: int, words: str) -> bool:
    """``in 1950 homes``, ``from May`` when May is a person."""
    after = text[end : end + 30]
    if words.isdigit():
        following = re.match(r" ([a-z]+)", after)
        return following is not None and following.group(1) not in _AFTER_YEAR
    return re.match(r" [A-Z][a-z]", after) is not None


Read = tuple[Ends, str, bool]


def _month_range(year: int, month: int) -> tuple[date, date]:
    after = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year else date.max
    return date(year, month, 1), after - timedelta(days=1)


def _year_range(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _month_number(words: str) -> int:
    found = _MONTH.search(words)
    short = found.group()[:3].lower() if found else "jan"
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(short))


def _iso(words: str, base: date | None, ahead: bool) -> Read:
    parts = [int(p) for p in words.split("-")]
    if len(parts) == 2:
        return _month_range(*parts), "month", False
    day = _safe(parts[0], parts[1], parts[2])
    return (day, day) if day else None, "day", False


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_day(words: str, base: date | None, ahead: bool) -> Read:
    year = _YEAR.search(words)
    number = _DAY.search(_YEAR.sub("", words))
    month, day = _month_number(words), int(number.group(1)) if number else 0
    if year:
        when = _safe(int(year.group()), month, day)
        return (when, when) if when else None, "day", False
    if base is None or ahead:
        return None, "day", True
    when = _safe(base.year, month, day)
    if when is not None and when > base:
        when = _safe(base.year - 1, month, day)
    return (when, when) if when else None, "day", True


def _month_of(words: str, base: date | None, ahead: bool) -> Read:
    year = _YEAR.search(words)
    if year and not _MONTH.search(words):
        return _year_range(int(year.group())), "year", False
    month = _month_number(words)
    if year:
        return _month_range(int(year.group()), month), "month", False
    if base is None or (ahead and month != base.month):
        return None, "month", True
    return _month_range(base.year - (month > base.month), month), "month", True


def _part(words: str, base: date | None, ahead: bool) -> Read:
    if re.search(r"this|last|next", words):
        ends, granularity, _ = _period(re.sub(r"^.*?(?=this|last|next)", "", words).lower(), base, ahead)
        return ends, granularity, True
    ends, _, relative = _month_of(words, base, ahead)
    return ends, "part", relative  # the whole month or year: “early” sets no day


def _slashed(words: str, base: date | None, ahead: bool) -> Read:
    a, b, year = (int(p) for p in re.split(r"[/.]", words))
    if a > 12 >= b:
        when = _safe(year, b, a)
    elif b > 12 >= a:
        when = _safe(year, a, b)
    else:
        when = _safe(year, a, b) if a == b else None  # 3/4 is two dates
    return (when, when) if when else None, "day", False


def _duration(words: str, base: date | None, ahead: bool) -> Read:
    return None, "duration", False


def _ago(words: str, base: date | None, ahead: bool) -> Read:
    if base is None or not words.endswith("ago"):
        return None, "day", True
    found = re.search(rf"({_NUMBER})[ -]({_UNIT})s? ago", words)
    amount = found.group(1) if found else ""
    n = int(amount) if amount.isdigit() else _VALUES.get(amount)
    if n is None or found is None:
        return None, "day", True
    unit = found.group(2)
    if unit in ("minute", "hour"):
        return (base - timedelta(days=1 + n // 24), base), "day", True
    if unit in ("day", "night"):
        return (base - timedelta(days=n),) * 2, "day", True
    if unit == "week":
        monday = base - timedelta(days=base.weekday() + 7 * n)
        return (monday, monday + timedelta(days=6)), "week", True
    if unit == "month":
        months = base.year * 12 + base.month - 1 - n
        return (_month_range(months // 12, months % 12 + 1) if months >= 12 else None), "month", True
    year = base.year - n * (10 if unit == "decade" else 1)
    return (_year_range(year) if year > 0 else None), "year", True


def _within(words: str, base: date | None, ahead: bool) -> Read:
    which, rest = words.split(" ", 1)
    if rest.split()[-1].lower() in _DAYS:
        return _weekday(rest, base, ahead)
    ends, granularity, _ = _period(rest, base, ahead)
    if ends and base and "this" in rest:
        ends = (
            (ends[0], min(base, ends[1])) if which in ("earlier", "early") else (max(base, ends[0]), ends[1])
        )
    return ends, granularity, True


def _period(words: str, base: date | None, ahead: bool) -> Read:
    which = next(
        (
            n
            for word, n in (
                ("last", -1),
                ("previous", -1),
                ("past", -1),
                ("next", 1),
                ("coming", 1),
                ("following", 9),
                ("this", 0),
            )
            if re.search(rf"\b{word}\b", words)
        ),
        9,
    )
    unit = words.rsplit(" ", 1)[-1]
    size = {"week": "week", "weekend": "week", "month": "month", "year": "year"}.get(unit, "season")
    if unit in ("morning", "evening", "afternoon", "night"):
        size = "day"
    if base is None or which == 9:
        return None, size, True
    if unit == "week":
        monday = base + timedelta(days=7 * which - base.weekday())
        return (monday, monday + timedelta(days=6)), size, True
    if unit == "weekend":
        saturday = base + timedelta(days=7 * which - base.weekday() + 5)
        return (saturday, saturday + timedelta(days=1)), size, True
    if unit == "month":
        months = base.year * 12 + base.month - 1 + which
        return _month_range(months // 12, months % 12 + 1), size, True
    if unit == "year":
        return _year_range(base.year + which), size, True
    if size == "day" and which <= 0:
        return (base + timedelta(days=which), base), size, True
    return None, size, True


def _weekday(words: str, base: date | None, ahead: bool) -> Read:
    day = next(n for n, name in enumerate(_DAYS) if name in words.lower())
    if base is None or "following" in words or (ahead and not re.match(r"last|past|next|late", words)):
        return None, "day", True
    if words.startswith("next"):
        when = base + timedelta(days=(day - base.weekday() - 1) % 7 + 1)
    else:
        back = (base.weekday() - day) % 7
        when = base - timedelta(days=back or (7 if words.startswith("last") else 0))
    return (when, when), "day", True


def _relative(words: str, base: date | None, ahead: bool) -> Read:
    if base is None:
        return None, "day", True
    if words == "overnight":
        return (base - timedelta(days=1), base), "day", True
    step = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(
        words, 0
    )
    return (base + timedelta(days=step),) * 2, "day", True


def _vague(words: str, base: date | None, ahead: bool) -> Read:
    return None, words.rsplit(" ", 1)[-1].rstrip("s"), True


_READERS: dict[str, Callable[[str, date | None, bool], Read]] = {
    "iso": _iso,
    "day": _full_day,
    "monthday": _full_day,
    "part": _part,
    "month": _month_of,
    "slashed": _slashed,
    "ago": _ago,
    "span": _duration,
    "within": _within,
    "period": _period,
    "weekday": _weekday,
    "relative": _relative,
    "vague": _vague,
    "bare": _month_of,
}
