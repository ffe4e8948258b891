"""What a claim speaks of: names, numbers, words and times, by which two claims are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accordant.evidence.act import doing
from accordant.evidence.spans import Span
from accordant.evidence.together.conditions import asserted, conditions, throughout
from accordant.evidence.together.material import Material, Matter, Speaker, Statement
from accordant.evidence.together.names import basic_form, capitals, names_in
from accordant.evidence.together.numbers import Quantity, quantities
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.who import NOBODY
from accordant.evidence.words import NUMBERS

PARTY = "party "
"""How the party of a case that acts is told from names in a text."""
_DENYING = re.compile(
    r"(?:[^\s,.;:]+ ){0,8}?"
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|refuse[sd]?|rul(?:es|ed) out|declin(?:es|ed))\b",
    re.I,
)


@dataclass(frozen=True)
class Features:
    """What one claim speaks of.

    Attributes
    ----------
    names
        Names in what is said, in their basic form.
    actors
        The names of whoever says it, where that is no outlet.
    numbers
        Numbers, without dates.
    words
        Stems of the words that are neither names nor numbers.
    condition
        Stems of the condition, where all of it is said under one; conditions are in nothing else.
    """

    names: frozenset[str]
    actors: frozenset[str]
    numbers: tuple[Quantity, ...]
    words: frozenset[str]
    act: str
    negative: bool
    depth: int
    dates: tuple[tuple[date, date], ...]
    report: int
    condition: frozenset[str] = frozenset()


def all_names(matter: Matter) -> frozenset[str]:
    """Every name that some report has, in its text or as somebody who speaks."""
    speakers = (s for report in matter.reports for s in report.speakers if s.kind in ("named", "institution"))
    spoken = (word for s in speakers for word, _, _ in capitals(s.name or "", Span(0, len(s.name or ""))))
    told = (word for report in matter.reports for word, first in report.capitals if not first)
    return frozenset(told) | frozenset(spoken)


def features(matter: Matter, statement: Statement, known: frozenset[str]) -> Features:
    """What a claim speaks of, with the names that are known from all reports."""
    report = matter.reports[statement.report]
    text = report.text
    names: set[str] = set()
    words: list[str] = []
    numbers: list[Quantity] = []
    found = conditions(text, statement.parts)
    for part in asserted(statement.parts, found):
        names |= names_in(text, part, known)
        words += plain_words(part.of(text))
        numbers += quantities(text, part, statement.date_spans)
    gone = _time_words(text, statement.date_spans)
    plain = {
        stem(w)
        for w in words
        if not w.isdigit()
        and w.casefold() not in NUMBERS
        and w.casefold() not in gone
        and basic_form(w.casefold(), known) not in names
    }
    acting = actors(matter.speaker(statement), known)
    if statement.by is not None:
        acting |= {PARTY + statement.by}
    return Features(
        frozenset(names),
        acting,
        tuple(numbers),
        frozenset(plain),
        statement.act,
        statement.negative,
        statement.depth,
        statement.dates,
        statement.report,
        _condition(text, found) if throughout(text, statement.parts, found) else frozenset(),
    )


def _condition(text: str, found: tuple[Span, ...]) -> frozenset[str]:
    return frozenset(stem(w) for span in found for w in plain_words(span.of(text)))


def actors(speaker: Speaker | None, known: frozenset[str]) -> frozenset[str]:
    """The names of whoever says something."""
    if speaker is None or speaker.kind == "outlet":
        return frozenset()
    words = f"{speaker.name or ''} {speaker.words}"
    return names_in(words, Span(0, len(words)), known)


def _time_words(text: str, spans: tuple[Span, ...]) -> frozenset[str]:
    return frozenset(w.casefold() for span in spans for w in plain_words(span.of(text)))


def numbers_of(report: Material, dates: Mapping[Span, object] | None = None) -> tuple[Quantity, ...]:
    """Every number in a report's own text."""
    return tuple(q for span in report.body for q in quantities(report.text, span, dates or ()))


def negated(text: str) -> bool:
    """Whether words say that something is not so, where no rule has looked.

    The main verb is negated, or the words begin by denying or refusing something.

    Examples
    --------
    >>> negated("The port will not open"), negated("The Front refuses to free captives")
    (True, True)
    >>> negated("An idea not made public until now is on the table")
    False
    """
    span = Span(0, len(text))
    main = doing(text, (span,), "say", "claim", NOBODY, negative=False).polarity == "negative"
    return main != (_DENYING.match(text) is not None)
