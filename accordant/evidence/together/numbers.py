"""Numbers as a claim writes them, as ranges with what is counted, so that two can be compared.

*At least twice* is 2 or more times, *nearly 70%* is 63 to 70 per cent. Dates, times of day and years
are no numbers. Numbers are exact fractions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat

from accordant.evidence.cued import folded
from accordant.evidence.lexicon import WordClass, starts_in
from accordant.evidence.spans import Span
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.words import MONTHS, NUMBERS, WEEKDAYS, word_set

_SLACK = Fraction(1, 10)
"""How far *about* reaches to either side."""
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_TENS = {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: n for word, n in (NUMBERS | _TENS).items() if word != "zero"}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_SHARES = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fifth": Fraction(1, 5),
}
_NUMBER = re.compile(
    r"(?P<money>[$€£])?(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)|\b(?P<word>"
    + r"(?:half )?a(?= (?:hundred|thousand|million|billion)\b)|"
    + "|".join(sorted((*_WORDS, *_TIMES, "half"), key=len, reverse=True))
    + r")\b",
    re.I,
)
_COUNTS = frozenset((*_WORDS, *_TIMES, "half", "hundred", "thousand", "million", "billion"))
_COUNTING = WordClass(lambda word: folded(word) in _COUNTS or any(map(str.isdecimal, word)))
"""Words one of which every number holds."""
_RUN = re.compile(r"\w+")
_HALF_A = len("half a ")  # what may stand before that word
_AFTER = re.compile(
    r"(?P<scale>[ -]?(?:hundred|thousand|million|billion|bn|m)\b)?"
    r"(?P<unit>\s?(?:%|per ?cent\b|percentage points?\b|percent\b)| times\b"
    r"|[ -](?:thirds?|quarters?|fifths?)\b)?(?P<more> or (?:more|less|fewer)\b)?",
    re.I,
)
_BEFORE = re.compile(
    r"(?:(?P<least>at least|more than|over|no (?:fewer|less) than|upwards of|as (?:many|much) as)|(?P<most>at"
    r" most|up to|fewer than|less than|under|below|no more than)|(?P<near>nearly|almost|close to|just under)"
    r"|(?P<about>about|around|roughly|some|approximately|an estimated|circa))[ \u00a0]+(?:a |an |the )?$",
    re.I,
)
_CLOCK = re.compile(r"[:.]\d\d\b|\s?(?:a\.?m\.?|p\.?m\.?|o[’']clock)\b", re.I)
_COMES = re.compile(r"\s*([^\W\d_]+)(?:[’']s)?")
_AFTER_NAME = re.compile(r"\b(?:Article|Resolution|Channel|Room|No\.?|Pier|Berth|Paragraph)\s$")
_CURRENCIES = word_set("dollar euro pound crown mark krona dinar shekel peso rupee yen franc")
_BARE = word_set("one half")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: ``low`` to ``high`` (None: no bound) of something.

    Attributes
    ----------
    unit
        ``%``, ``times``, ``money`` or empty.
    of
        Stems of the words after it, of which one is what is counted.
    """

    low: Fraction | None
    high: Fraction | None
    unit: str
    of: frozenset[str]
    at: Span

    def meets(self, other: Quantity) -> bool:
        """Whether one number could be both.

        Examples
        --------
        >>> a, b, c = (quantities(words)[0] for words in ("at least twice", "three times", "once"))
        >>> a.meets(b), a.meets(c)
        (True, False)
        """
        below = self.low is not None and other.high is not None and other.high < self.low
        above = self.high is not None and other.low is not None and self.high < other.low
        return not (below or above)

    def alike(self, other: Quantity) -> bool:
        """Whether both count the same sort of thing, so that a difference would be one."""
        if self.unit != other.unit:
            return False
        return bool(self.unit in ("%", "times") or self.of & other.of)


def quantities(text: str, span: Span | None = None, dates: Iterable[Span] = ()) -> tuple[Quantity, ...]:
    """The numbers in a stretch of text, in order, without those that lie in ``dates``.

    Examples
    --------
    >>> [(str(q.low), str(q.high), q.unit) for q in quantities("about 70% in 2 years, or two thirds")]
    [('63', '77', '%'), ('2', '2', ''), ('200/3', '200/3', '%')]
    >>> quantities("on 12 March 2031, at 10:30")
    ()
    """
    span = Span(0, len(text)) if span is None else span
    barred = tuple(dates)
    return tuple(q for q in _all(text, span) if not any(q.at.meets(d) for d in barred))


def _all(text: str, span: Span) -> Iterator[Quantity]:
    starts = starts_in(text, span, _COUNTING)
    ends = [match.end() for match in map(_RUN.match, repeat(text), starts) if match is not None]
    at = span.start
    while (k := bisect_right(ends, at)) < len(ends):
        match = _NUMBER.search(text, max(at, starts[k] - _HALF_A), span.end)
        if match is None:
            return
        at = match.end()
        found = _quantity(text, span, match)
        if found is not None:
            at = max(at, found.at.end)
            yield found


def _quantity(text: str, span: Span, match: re.Match[str]) -> Quantity | None:
    word = (match.group("word") or "").lower()
    if match.group("digits") and _is_date(text, match):
        return None
    after = _AFTER.match(text, match.end(), span.end)
    assert after is not None
    scale, unit = after.group("scale"), (after.group("unit") or "").strip(" -").lower()
    if word in _BARE and not scale and not unit:
        return None  # “one” and “half” are mostly no counts
    value = _value(match, word) * (_SCALES[scale.strip(" -").lower()] if scale else 1)
    if (share := _SHARES.get(unit.removesuffix("s"))) is not None:
        value, unit = value * share * 100, "%"
    of = _counted(text, after.end(), span.end)
    low, high = _bounds(text, match, after, value)
    return Quantity(low, high, _unit(unit, word, match, of), of, Span(match.start(), after.end()))


def _value(match: re.Match[str], word: str) -> Fraction:
    if word.startswith("half "):
        return Fraction(1, 2)
    if word:
        return Fraction(_TIMES.get(word) or _WORDS.get(word) or 1)
    return Fraction(match.group("digits").replace(",", ""))


def _unit(unit: str, word: str, match: re.Match[str], of: frozenset[str]) -> str:
    if unit == "times" or word in _TIMES:
        return "times"
    if match.group("money") or not _CURRENCIES.isdisjoint(of):
        return "money"
    return "%" if unit else ""


def _bounds(
    text: str, match: re.Match[str], after: re.Match[str], value: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    more = (after.group("more") or "").lower()
    before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
    if more.endswith("more") or (before is not None and before.group("least")):
        return value, None
    if more or (before is not None and before.group("most")):
        return None, value
    if before is None:
        return value, value
    slack = value * _SLACK
    return value - slack, value if before.group("near") else value + slack


def _is_date(text: str, match: re.Match[str]) -> bool:
    """A year, a day of a month, a time of day, or the number in a name."""
    digits = match.group("digits")
    follows = _COMES.match(text, match.end())
    next_word = follows.group(1) if follows is not None else ""
    next_word = next_word.lower() if next_word[:1].isupper() or next_word in _SCALES else ""
    before = text[max(0, match.start() - 12) : match.start()].split()
    last = before[-1].lower().strip(".,") if before else ""
    year = len(digits) == 4 and digits[:2] in ("19", "20") and next_word not in _SCALES
    unit = _AFTER.match(text, match.end())
    counted = match.group("money") or (unit is not None and (unit.group("unit") or unit.group("scale")))
    if (year and not counted) or next_word in MONTHS or last in MONTHS or last in WEEKDAYS:
        return True
    named = _AFTER_NAME.search(text, max(0, match.start() - 14), match.start())
    clock = _CLOCK.match(text, match.end()) or re.search(r"\d[:.]$", text[: match.start()][-2:])
    return clock is not None or named is not None


def _counted(text: str, start: int, end: int) -> frozenset[str]:
    """The stems of the three words that follow, up to the end of the clause."""
    clause = re.split(r"[,.;:!?()“”\"]", text[start : min(end, start + 60)])[0]
    return frozenset(stem(word) for word in plain_words(clause)[:3])
