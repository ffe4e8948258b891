"""Words that a person marks in a report: where they stand, exactly, or where something like them stands.

Nothing here is of a language: what is typed is looked for as it is, in any script. A passage can be
given by its first and last words with an ellipsis between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accordant.case.sources import Attribution, Origin
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.spans import Span, trimmed
from accordant.evidence.who import NOBODY

MOST_PLACES = 20
"""Places of the same words that are offered at most."""
CLOSE = 80.0
"""How alike, from 0 to 100, words have to be to what was typed before they are offered."""
BY_HAND = "by-hand"
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
_SAME = str.maketrans(
    {**dict.fromkeys("“”„‟«»‹›″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_NAMED = ("named", "institution", "document", "outlet")


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand.

    Attributes
    ----------
    exact
        They stand there to the letter; otherwise something like them does.
    """

    places: tuple[Span, ...]
    exact: bool


def find_words(text: str, words: str) -> Found:
    """The places of words in a text: to the letter, or else as near as there is.

    White space, quotation marks, dashes, case and marks that are not seen may differ for a near
    match; failing that, the most similar stretch is taken, if it is similar enough.

    Examples
    --------
    >>> find_words("We will wait. We will not.", "We will")
    Found(places=(Span(start=0, end=7), Span(start=14, end=21)), exact=True)
    >>> find_words("She said “no\\nmore” twice.", '"no more"')
    Found(places=(Span(start=9, end=18),), exact=False)
    >>> find_words("The envoy left by night.", "envoy … night").places
    (Span(start=4, end=23),)
    """
    words = words.strip()
    if not words:
        return Found((), False)
    exact = tuple(_occurrences(text, words))
    if exact:
        return Found(exact, True)
    parts = [part for part in _ELLIPSIS.split(words) if part]
    if len(parts) == 2 and (spanned := tuple(_between(text, *parts))):
        return Found(spanned, True)
    folded, at = _folded(text)
    typed = _folded(words)[0].strip()
    near = tuple(_back(text, span, at) for span in _occurrences(folded, typed)) if typed else ()
    return Found(near or tuple(_alike(text, folded, at, typed)), False)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    start = text.find(words)
    found = 0
    while start >= 0 and found < MOST_PLACES:
        yield Span(start, start + len(words))
        found += 1
        start = text.find(words, start + 1)


def _between(text: str, first: str, last: str) -> Iterator[Span]:
    """From each place of the first words to the nearest place of the last ones after it."""
    for begun in _occurrences(text, first):
        end = text.find(last, begun.end)
        if end >= 0:
            yield Span(begun.start, end + len(last))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without what may differ, and for each of its code points the place that it comes from."""
    made: list[str] = []
    at: list[int] = []
    for k, sign in enumerate(text):
        if sign in _UNSEEN or unicodedata.combining(sign):
            continue
        if sign.isspace():
            if made and made[-1] != " ":
                made.append(" ")
                at.append(k)
            continue
        plain = unicodedata.normalize("NFKD", sign.translate(_SAME)).casefold()
        for part in plain:
            if not unicodedata.combining(part):
                made.append(part)
                at.append(k)
    return "".join(made), at


def _back(text: str, span: Span, at: list[int]) -> Span:
    end = at[span.end - 1] + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(at[span.start], end)


def _alike(text: str, folded: str, at: list[int], typed: str) -> Iterator[Span]:
    """The stretch most like what was typed, cut at whole words."""
    if len(typed) < 4 or not folded:
        return
    from rapidfuzz.fuzz import partial_ratio_alignment

    best = partial_ratio_alignment(typed, folded, score_cutoff=CLOSE)
    if best is None or best.dest_end <= best.dest_start:
        return
    start, end = _back(text, Span(best.dest_start, best.dest_end), at)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    yield trimmed(text, Span(start, end))


def marked(result: ReadResult, span: Span, id_: str, inside: Iterable[Suggestion] = ()) -> Suggestion:
    """Words marked by hand in the form of a suggestion: nobody's, until the person says whose.

    Parameters
    ----------
    inside
        The suggestions that were accepted: the innermost one around the words tells them.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report("Мы подождём.".encode(), "a.txt")
    >>> marked(found, Span(0, 11), "h1").quote
    'Мы подождём'
    """
    around = [c for c in inside if c.at.holds(span) and c.at != span]
    teller = min(around, key=lambda c: c.at.end - c.at.start, default=None)
    sentences = [s for s in result.sentences if s.meets(span)]
    sentence = Span(min(s.start for s in sentences), max(s.end for s in sentences)) if sentences else span
    return Suggestion(
        id=id_,
        quote=span.of(result.text),
        at=span,
        parts=(span,),
        source=NOBODY,
        cue="",
        cue_at=Span(span.start, span.start),
        rule=BY_HAND,
        act="claim",
        kind="assessment",
        polarity="positive",
        hedges=(),
        directness="indirect",
        dates=(),
        sentence=sentence,
        within=None if teller is None else teller.id,
        trace=("marked by hand",),
    )


def attribution_by(origin: Origin | None) -> Attribution:
    """How words marked by hand are attributed, by the origin that a person gave them.

    Examples
    --------
    >>> attribution_by(None), attribution_by(Origin(kind="institution", name="the union"))
    ('unattributed', 'named')
    """
    if origin is None or origin.kind == "unattributed":
        return "unattributed"
    return "named" if origin.kind in _NAMED else "described"
