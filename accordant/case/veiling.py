"""Words that must not be seen in a text: found however they are written, and covered by others.

Case, accents, hyphens, apostrophes, spaces and marks that are not seen make no difference; in scripts that
do not set words apart, or join particles to them, a part of a word counts too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

COVERED = "words that are withheld"
_TOKEN = re.compile(r"[^\W_]+")
_JOINED = 3
"""Letters from which on a word of a script without capitals is looked for inside others."""
_LETTERS = str.maketrans("łøđħŧı", "lodhti")
"""Letters with a stroke, or without their dot, that are no letter and an accent by themselves."""
_TATWEEL = "\u0640"
"""What draws an Arabic word out."""


@dataclass(frozen=True, slots=True)
class Veiled:
    """Words that must not be seen.

    Attributes
    ----------
    words
        As they are known.
    by
        What stands in their place.
    name
        A surname or a part of a name: it counts only with a capital letter, where its script has them.
    common
        Words that others may come to by themselves: they are covered in what people wrote, and are no sign
        that anything has leaked where they stand elsewhere.
    """

    words: str
    by: str = COVERED
    name: bool = False
    common: bool = False


@dataclass(frozen=True)
class Veil:
    """Everything that must not be seen in a text.

    Examples
    --------
    >>> veil = Veil([Veiled("Ida Renn", "an official"), Veiled("Renn", "an official", name=True)])
    >>> veil.cover("IDA  RENN spoke; Renn's aide did not. The wren sang.")
    "[an official] spoke; [an official]'s aide did not. The wren sang."
    >>> veil.shown("by Ida\\u00a0Re\\u0301nn"), veil.shown("a wren") is None
    ('Ida Renn', True)
    """

    veiled: Iterable[Veiled]
    _by_word: dict[str, list[tuple[int, tuple[str, ...], Veiled]]] = field(init=False, repr=False)
    _inside: tuple[tuple[str, Veiled], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_word: dict[str, list[tuple[int, tuple[str, ...], Veiled]]] = {}
        inside: list[tuple[str, Veiled]] = []
        known = [(tuple(token for token, _, _ in _tokens(v.words)), v) for v in self.veiled]
        often = Counter(word for words, _ in known for word in set(words))
        for words, one in sorted(known, key=lambda pair: -len(pair[1].words)):
            if not words:
                continue
            if _uncased(words):
                bare = _together(one.words)
                inside += [(bare, one)] if len(bare) >= _JOINED - any(map(_ideograph, bare)) else []
            else:
                # told by the word of theirs that few others have: few texts hold it
                at = min(range(len(words)), key=lambda k: (often[words[k]], -len(words[k])))
                by_word.setdefault(words[at], []).append((at, words, one))
        object.__setattr__(self, "_by_word", by_word)
        object.__setattr__(self, "_inside", tuple(inside))

    @property
    def certain(self) -> Veil:
        """The same without words that others may come to by themselves."""
        return Veil([one for one in self.veiled if not one.common])

    def __bool__(self) -> bool:
        return bool(self._by_word or self._inside)

    def shown(self, text: str) -> str | None:
        """The words that are seen in a text, as they are known; None where there are none."""
        for one, _, _ in self._found(text):
            return one.words
        bare = _together(text) if self._inside else ""
        return next((one.words for words, one in self._inside if words in bare), None)

    def cover(self, text: str) -> str:
        """The text with what stands in place of each, in square brackets; itself where there is nothing."""
        if self.shown(text) is None:
            return text
        made, at = [], 0
        for one, start, end in self._found(text):
            made += [text[at:start], f"[{one.by}]"]
            at = end
        covered = "".join((*made, text[at:]))
        for _, one in self._inside:
            covered = covered.replace(one.words, f"[{one.by}]")
        # written in a way that cannot be cut out: then all of it goes
        return covered if self.shown(covered) is None else f"[{COVERED}]"

    def _found(self, text: str) -> Iterator[tuple[Veiled, int, int]]:
        """What is seen, from left to right, the longest first, without overlaps."""
        if text.isascii() and self._by_word.keys().isdisjoint(_TOKEN.findall(text.casefold())):
            return
        tokens = _tokens(text)
        hits = sorted(
            (start, -len(words), k, one) for k, (start, words, one) in enumerate(self._hits(text, tokens))
        )
        free = 0
        for start, minus, _, one in hits:
            if start >= free:
                free = start - minus
                yield one, tokens[start][1], tokens[free - 1][2]

    def _hits(
        self, text: str, tokens: list[tuple[str, int, int]]
    ) -> Iterator[tuple[int, tuple[str, ...], Veiled]]:
        for k, (token, _, _) in enumerate(tokens):
            for at, words, one in self._by_word.get(token, ()):
                start = k - at
                if start < 0 or tuple(t for t, _, _ in tokens[start : start + len(words)]) != words:
                    continue
                if not one.name or not text[tokens[start][1]].islower():
                    yield start, words, one


def folded(text: str) -> str:
    """The words of a text however they are written, one blank around each.

    Examples
    --------
    >>> folded("Al-Masri’s  CAFÉ")
    ' al masri s cafe '
    """
    return f" {' '.join(token for token, _, _ in _tokens(text))} "


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, folded, each with its place."""
    if text.isascii():
        return [(m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    # marks that are not seen, and accents that stand by themselves, belong to the word around them
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and (text[end].isalnum() or _unseen(text[end])):
            end += 1
        if folded := _bare(text[at:end]):
            # one character may stand for several words
            found += [(piece, at, end) for piece in folded.split()]
        at = max(end, at + 1)
    return found


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    """A word however it is written."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in spread if not _unseen(c)).translate(_LETTERS)


def _unseen(character: str) -> bool:
    return character == _TATWEEL or unicodedata.category(character) in ("Cf", "Mn", "Me")


def _ideograph(character: str) -> bool:
    """Whether a character is a word by itself, as those of most names in Chinese are."""
    return unicodedata.name(character, "").startswith("CJK UNIFIED")


def _together(text: str) -> str:
    return "".join(token for token, _, _ in _tokens(text))


def _uncased(words: Iterable[str]) -> bool:
    """Whether words are of a script without capital letters."""
    letters = [c for word in words for c in word if c.isalpha()]
    return bool(letters) and all(c.lower() == c.upper() for c in letters)
