"""Running text as runs: whose words they are, in which language, and in which direction.

Word sets what is written from right to left only where a run says so, with fonts and sizes of their own
for it. Marks that show nothing (LRM) keep such words from reordering what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import bidirectional

from accordant.brief.characters import directions, visible
from accordant.brief.document import Ref, Rich, Said, Style, Text
from accordant.brief.docx.names import Places
from accordant.brief.docx.xml import Element, on, some, w, words

LRM, RLM = "\u200e", "\u200f"
EMBED, POP = "\u202b", "\u202c"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_STYLES: dict[Style, str] = {
    "plain": "",
    "strong": "Strong",
    "emphasis": "Emphasis",
    "code": "Accordant Code",
    "muted": "Accordant Muted",
}


class Runs:
    """Makes runs for one document, with its styles and its places."""

    def __init__(self, styles: dict[str, str], places: Places) -> None:
        self._styles = styles
        self._places = places

    def __call__(self, text: Rich, *, leftward: bool = False, bold: bool = False) -> list[Element]:
        """Running text as runs and links; ``leftward`` in a paragraph that runs from right to left."""
        made: list[Element] = []
        for part in text:
            name = self._places.name(part.target) if isinstance(part, Ref) else ""
            if isinstance(part, Ref):
                inner = [run for p in part.text for run in self._run(p, leftward, bold, link=bool(name))]
                made += [w("hyperlink", *inner, anchor=name, history=1)] if name else inner
            else:
                made += self._run(part, leftward, bold)
        return made

    def bare(self, text: str, style: str = "") -> Element:
        """A run of Accordant's own words in a character style."""
        return w("r", some("rPr", self._style(style)), *_pieces(text))

    def _style(self, name: str) -> Element | None:
        return w("rStyle", val=self._styles[name]) if name else None

    def _run(self, part: Text | Said, leftward: bool, bold: bool, link: bool = False) -> Iterator[Element]:
        text = visible(part.text)
        lang = part.lang if isinstance(part, Said) and _LANGUAGE.fullmatch(part.lang) else ""
        style = "Hyperlink" if link else _STYLES[part.style]
        heavy = bold or (link and part.style == "strong")
        for piece, rtl in directed(text, leftward):
            properties = some(
                "rPr",
                self._style(style),
                on("b", heavy),
                on("bCs", heavy),
                # Letters that are joined are not set aslant.
                w("i", val=0) if rtl and part.style == "emphasis" else None,
                w("iCs", val=0) if rtl and part.style == "emphasis" else None,
                on("rtl", rtl),
                _spoken(piece, lang, rtl),
            )
            yield w("r", properties, *_pieces(piece))


def _spoken(text: str, lang: str, rtl: bool) -> Element | None:
    """The language of a run; of right-to-left words without one, what their letters tell."""
    if not rtl:
        return w("lang", val=lang) if lang else None
    if lang:
        return w("lang", bidi=lang)
    return w("lang", bidi="he-IL") if any("\u0590" <= c <= "\u05ff" for c in text) else None


def directed(text: str, leftward_paragraph: bool = False) -> Iterator[tuple[str, bool]]:
    """The text in stretches of one direction, each with whether it runs from right to left.

    Examples
    --------
    >>> list(directed("North"))
    [('North', False)]
    >>> [rtl for _, rtl in directed("\u0627\u0644")]
    [False, True, False]
    """
    found = directions(text)
    if not any(found):
        if text:
            yield text, False
        return
    if leftward_paragraph:
        yield from _stretches(text, start=True)
    elif not found[0]:
        yield from _stretches(text, start=False)
        yield LRM, False
    else:
        mixed = not all(found)
        yield LRM, False
        yield (f"{EMBED}{text}{POP}" if mixed else text), True
        yield LRM, False


def _stretches(text: str, start: bool) -> Iterator[tuple[str, bool]]:
    """Words with a direction of their own; what has none belongs to the paragraph's."""
    kinds = [bidirectional(c) for c in text]
    base = ["R", "AL"] if start else ["L"]
    marks: list[bool | None] = [None if k not in ("L", "R", "AL") else k not in base for k in kinds]
    last: bool | None = None
    for k, mark in enumerate(marks):
        if mark is None:
            ahead = next((m for m in marks[k:] if m is not None), None)
            marks[k] = bool(last and ahead)  # between two of the other direction it is theirs
        else:
            last = mark
    at = 0
    for other, same in groupby(marks):
        length = len(list(same))
        yield text[at : at + length], bool(other) != start
        at += length


def _pieces(text: str) -> Iterator[Element]:
    for k, line in enumerate(text.replace("\t", " ").split("\n")):
        if k:
            yield w("br")
        if line:
            yield words(line)
