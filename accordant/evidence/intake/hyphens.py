"""Words divided at the end of a line: put together only where the text itself shows how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SOFT = "\u00ad"
_HYPHENS = "-\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_HEAD = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")
_TAIL = re.compile(r"[^\W\d_]+")
_SHARED = 4  # letters of the second half that a related word has to share
_COMMON = (
    "administration agreement ambassador announcement authorities authority because before believed "
    "ceasefire chairman civilian coalition commander commission committee community company conditions "
    "conference confirmed congress constitution contract council country countries currently decision "
    "declaration delegation department described development different diplomat diplomatic director "
    "economic election embassy emergency employers employment environment european exchange executive "
    "existing familiar federal following foreign former friday general government governor hostage hostages "
    "however humanitarian immediate important including independent industry information infrastructure "
    "institute interest international investigation journalist justice leader leadership management measures "
    "mediation mediator meeting military minister ministry monday movement national negotiation negotiator "
    "newspaper official operation opposition organisation organization parliament partners people permanent "
    "policy political population position possible president pressure prime prisoner proposal production "
    "protection province provision question reconstruction reported reporter representative republic "
    "responsible restrictions resolution saturday secretary security september service settlement several "
    "situation spokesman spokesperson spokeswoman statement strategic sunday supply support territory "
    "therefore thursday together trade treaty tuesday union university violence wednesday withdrawal without "
    "workers"
)
"""Words of reports that are written without a hyphen."""


class Words:
    """The words of a document as they stand inside lines.

    Examples
    --------
    >>> words = Words(["The officials met at the cease-fire line.", "a ceasefire of-", "ficial"])
    >>> words.undivided("of", "ficial"), words.undivided("re", "lease")
    (True, False)
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = set(_COMMON.split())
        self._typed = False
        for line in lines:
            whole = line.rstrip()
            self._typed |= "\u2010" in whole[:-1]
            # The halves of a divided word are no words.
            for found in _WORD.finditer(whole[:-1] if whole.endswith(tuple(_HYPHENS)) else whole):
                self._words.add(found.group().casefold().replace("\u2010", "-"))
        self._starts: dict[str, set[str]] = {}
        for word in self._words:
            if "-" not in word:
                self._starts.setdefault(word[:3], set()).add(word)

    def drawn(self, mark: str) -> bool:
        """Whether a hyphen was put there when the lines were made, and by no writer.

        Keyboards have none of the hyphens U+2010 that programs draw; they count as drawn as long as none
        of them stands inside a line.
        """
        return mark == _SOFT or (mark == "\u2010" and not self._typed)

    def undivided(self, head: str, tail: str) -> bool:
        """Whether two halves are surely one word without a hyphen."""
        head, tail = head.casefold(), tail.casefold()
        if f"{head}-{tail}" in self._words:
            return False
        whole, stem = head + tail, head + tail[:_SHARED]
        if whole in self._words:
            return True
        near = self._starts.get(whole[:3], ())
        return len(tail) >= 2 and len(stem) > 4 and any(word.startswith(stem) for word in near)


class Divided:
    """The lines of a paragraph, put together.

    Attributes
    ----------
    open
        Places of words that keep their hyphen because nothing shows how they are written.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self.text = ""
        self.open: list[tuple[int, int]] = []

    def add(self, line: str) -> None:
        """A further line.

        Examples
        --------
        >>> joined = Divided(Words(["The official left."]))
        >>> for line in ("An of-", "ficial of the long-", "distance lines"):
        ...     joined.add(line)
        >>> joined.text, joined.open
        ('An official of the long-distance lines', [(19, 32)])
        """
        line = " ".join(line.split())
        head, tail = _HEAD.search(self.text), _TAIL.match(line)
        if not self.text or head is None or tail is None:
            self.text += (" " if self.text and line else "") + line
            return
        mark, second = head.group(2), tail.group()
        if second[0].islower() and (self._words.drawn(mark) or self._words.undivided(head.group(1), second)):
            self.text = self.text[:-1] + line
            return
        if mark == _SOFT:
            self.text = self.text[:-1] + "-"
        if second[0].islower():
            self.open.append((head.start(), len(self.text) + len(second)))
        self.text += line
