"""Running text as data for the typesetter: whose words, how they are set, where they lead."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from accordant.brief.characters import FIRST_STRONG, POP, any_leftward, visible
from accordant.brief.document import Ref, Rich, Said, Text
from accordant.brief.pdf.grids import width

Data = list[Any]
"""What the typesetter is handed."""

WORD = 36.0
"""The widest word that always fits beside a label, in multiples of the size of type."""
_BREAK = "\u200b"
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")
_WORDS = re.compile(r"\S+")


def language(tag: str) -> list[str | None] | None:
    """A language tag as language and region, None where it is none.

    Examples
    --------
    >>> language("ar-EG"), language("zh-Hant-TW"), language("He"), language("??")
    (['ar', 'EG'], ['zh', 'TW'], ['he', None], None)
    """
    found = _LANGUAGE.fullmatch(tag)
    if found is None:
        return None
    return [found.group(1).lower(), found.group(2).upper() if found.group(2) else None]


def breakable(text: str, longest: float = WORD, bold: bool = False) -> str:
    """The text, with places to break words that are wider than a line.

    Examples
    --------
    >>> breakable("a b"), breakable("aaaa/bbbb", longest=3.0).split(chr(0x200B))
    ('a b', ['aaaa/', 'bbbb'])
    """
    return _WORDS.sub(lambda m: _parts(m.group(), longest, bold), text)


def _parts(word: str, longest: float, bold: bool) -> str:
    if len(word) < longest or width(word, bold) <= longest:
        return word
    made, line = "", 0.0
    for k, letter in enumerate(word):
        after = width(letter, bold)
        joint = k > 0 and word[k - 1] in "/-_.,;:=&?+@|" and line > longest / 3
        if line and (line + after > longest * 0.92 or joint):
            made, line = made + _BREAK, 0.0
        made, line = made + letter, line + after
    return made


class Runs:
    """Makes data of running text."""

    def __init__(self, targets: Collection[str]) -> None:
        self._targets = targets

    def __call__(self, text: Rich, longest: float = WORD, bold: bool = False) -> Data:
        """The runs, each word narrow enough for its line.

        A run is ``[kind, words, style, language]``, a link ``["to", target, runs]``.
        """
        return [made for part in text for made in self._run(part, longest, bold)]

    def bare(self, text: Rich, longest: float = WORD, bold: bool = False) -> Data:
        """The runs without links, for what is repeated on each page: a screen reader skips that, and a
        link in it could be followed by nobody.
        """
        return self(_unlinked(text), longest, bold)

    def own(self, text: str) -> Data:
        """Bare words of Accordant's own."""
        return self((Text(text),)) if text else []

    def words(self, text: str) -> str:
        """Words on one line that stand in no running text, such as a title among the properties."""
        return " ".join(visible(text).split())

    def _run(self, part: Text | Said | Ref, longest: float, bold: bool) -> Data:
        if isinstance(part, Ref):
            inner = self(part.text, longest, bold)
            return [["to", part.target, inner]] if part.target in self._targets else inner
        body = breakable(visible(part.text), longest, bold)
        if isinstance(part, Text):
            return [["own", body, part.style, None]]
        return [["said", _isolated(body), part.style, language(part.lang)]]


def _unlinked(text: Rich) -> Rich:
    return tuple(inner for part in text for inner in (part.text if isinstance(part, Ref) else (part,)))


def _isolated(text: str) -> str:
    """Words from the right set apart in direction, line by line; others need nothing, and stay bare."""
    if not any_leftward(text):
        return text
    return "\n".join(f"{FIRST_STRONG}{line}{POP}" for line in text.split("\n"))
