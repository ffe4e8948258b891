"""Where the words of an annotation stand in a report: by its selectors, or as near as there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from accordant.evidence.by_hand import find_words
from accordant.evidence.spans import Span

How = Literal["there", "moved", "by place", "several", "near", "nowhere"]
MOST = 1000
"""Places of the same words that are compared by what stands around them."""
DEEPEST = 8
"""Most selectors inside one another."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What selectors say: words, what stands around them, a place in code points."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """Where the words stand.

    Attributes
    ----------
    at
        The place; None where there is none, or no single one.
    how
        ``there``: the words stand at the place given. ``moved``: to the letter, elsewhere. ``by
        place``: no words were given. ``several``: at more than one place, and nothing tells which.
        ``near``: something like them. ``nowhere``.
    """

    at: Span | None
    how: How


def selected(selector: object) -> Selected:
    """What one selector, or a list of them, says; what is not understood is passed over.

    Examples
    --------
    >>> selected([{"type": "TextQuoteSelector", "exact": "wait"},
    ...           {"type": "TextPositionSelector", "start": 8, "end": 12}])
    Selected(exact='wait', prefix='', suffix='', start=8, end=12)
    """
    found = Selected()
    for one in _each(selector, 0):
        kind = one.get("type", one.get("@type"))
        if kind == "TextQuoteSelector" and not found.exact:
            exact, prefix, suffix = (_words(one.get(key)) for key in ("exact", "prefix", "suffix"))
            found = Selected(exact, prefix, suffix, found.start, found.end)
        elif kind == "TextPositionSelector" and found.start is None:
            start, end = one.get("start"), one.get("end")
            if _whole(start) and _whole(end):
                found = Selected(found.exact, found.prefix, found.suffix, start, end)
    return found


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _each(selector: object, deep: int) -> Iterator[Mapping[str, Any]]:
    if deep > DEEPEST:
        return
    if isinstance(selector, Mapping):
        yield selector
        yield from _each(selector.get("refinedBy"), deep + 1)
    elif isinstance(selector, Sequence) and not isinstance(selector, str):
        for one in selector:
            yield from _each(one, deep + 1)


def locate(text: str, asked: Selected) -> Located:
    """Where words stand in a text.

    Examples
    --------
    >>> text = "We will wait. They will wait."
    >>> locate(text, Selected("wait", start=8, end=12))
    Located(at=Span(start=8, end=12), how='there')
    >>> locate(text, Selected("wait", prefix="They will "))
    Located(at=Span(start=24, end=28), how='moved')
    >>> locate(text, Selected("wait")).how, locate(text, Selected("we  WILL wait")).how
    ('several', 'near')
    """
    start, end = asked.start, asked.end
    if not asked.exact.strip():
        if start is None or end is None or not start < end <= len(text):
            return Located(None, "nowhere")
        return Located(Span(start, end), "by place")
    if start is not None and end is not None and text[start:end] == asked.exact:
        return Located(Span(start, end), "there")
    places = list(_everywhere(text, asked.exact))
    if places:
        best = _best(text, asked, places)
        return Located(best, "several" if best is None else "moved")
    near = find_words(text, asked.exact)
    if len(near.places) == 1:
        return Located(near.places[0], "near")
    return Located(None, "several" if near.places else "nowhere")


def _everywhere(text: str, words: str) -> Iterator[Span]:
    at, count = text.find(words), 0
    while at >= 0 and count < MOST:
        yield Span(at, at + len(words))
        at, count = text.find(words, at + 1), count + 1


def _best(text: str, asked: Selected, places: Sequence[Span]) -> Span | None:
    """The only place, or the one whose surroundings fit best; None where two fit alike."""
    if len(places) == 1:
        return places[0]
    scored = sorted(((_fit(text, asked, place), -k) for k, place in enumerate(places)), reverse=True)
    if scored[0][0] == scored[1][0]:
        return None
    return places[-scored[0][1]]


def _fit(text: str, asked: Selected, place: Span) -> int:
    """How many signs around a place are as the annotation has them."""
    before = text[max(0, place.start - len(asked.prefix)) : place.start]
    after = text[place.end : place.end + len(asked.suffix)]
    fit = _shared(before[::-1], asked.prefix[::-1])
    return fit + _shared(after, asked.suffix)


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
