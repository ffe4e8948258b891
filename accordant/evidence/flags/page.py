"""Flags on the report as a thing: what it does not say of itself, its script, its page, its taking in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.flags.reading import Reading
from accordant.evidence.language import is_english
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span
from accordant.evidence.text import Intake

_HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_ODD = re.compile("[\u0370-\u03ff\u0400-\u04ff" + _HIDDEN.pattern[1:])
"""One look at each letter for what either of the two may hold."""
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff\u0370-\u03ff]|[\u0400-\u04ff\u0370-\u03ff][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")


def missing(reading: Reading) -> Iterator[Flag]:
    """What the report does not say of itself: when, by whom, where it is to be found."""
    facts = reading.facts
    if facts.published is None:
        yield Flag("no-date", (), "The report gives no date; times such as “this month” stay open.")
    if facts.author is None:
        yield Flag("no-author", (), "The report names no author.")
    if facts.address is None:
        yield Flag("no-address", (), "The report gives no address to find it at.")


def furniture(reading: Reading) -> Iterator[Flag]:
    """What belongs to the page and not to the report, one flag for each kind of it."""
    kinds: dict[str, list[Span]] = {}
    for piece in reading.segments.furniture:
        kinds.setdefault(piece.what, []).append(piece.span)
    for what, spans in kinds.items():
        yield Flag(
            "furniture", tuple(spans), f"Part of the page, not of the report: {what}. Not read for claims."
        )


def unclosed(reading: Reading) -> Iterator[Flag]:
    """Quotations that are opened and never closed."""
    spans = tuple(q.span for q in reading.segments.quotations if not q.closed)
    if spans:
        yield Flag(
            "unclosed-quotation",
            spans,
            "A quotation mark is opened and never closed: where do the words end?",
        )


def language(reading: Reading) -> Iterator[Flag]:
    """A text in another language than the one that the rules read."""
    if not is_english(reading.text):
        yield Flag(
            "language",
            (),
            "The text does not look English, and suggestions are English only: nothing is suggested, except "
            "in passages that are English.",
        )


def hidden(reading: Reading) -> Iterator[Flag]:
    """Characters that are not seen, and words in letters of two alphabets."""
    if reading.text.isascii() or _ODD.search(reading.text) is None:
        return
    spans = tuple(Span(*m.span()) for m in _HIDDEN.finditer(reading.text))[:50]
    if spans:
        yield Flag(
            "hidden-characters",
            spans,
            "Characters that are not seen, or that turn the direction of writing: the words may not be "
            "what they look.",
        )
    mixed = tuple(Span(*m.span()) for m in _MIXED.finditer(reading.text))[:50]
    if mixed:
        yield Flag(
            "mixed-script", mixed, "Letters of two alphabets in one word: names may not be what they look."
        )


def as_taken_in(intake: Intake) -> Iterator[Flag]:
    """What taking in the document has to say."""
    for note in intake.notes:
        yield Flag(note.kind, note.at, note.says)
    if intake.replaced:
        places = tuple(Span(m.start(), m.end()) for m in re.finditer("\ufffd", intake.text))[:50]
        yield Flag("control-characters", places, f"{intake.replaced} control characters are shown as \ufffd.")
