"""Words that must not be seen in a text: found however they are written, and covered by others.

Case, accents, hyphens, apostrophes, spaces and marks that are not seen make no difference; in scripts that
do not set words apart, or join particles to them, a part of a word counts too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

COVERED = "words that are withheld"
_TOKEN = re.compile(r"[^\W_]+")
_JOINED = 3
"""Letters from which on a word of a script without capitals is looked for inside others."""
_LETTERS = str.maketrans("łøđħŧı", "lodhti")
"""Letters with a stroke, or without their dot, that are no letter and an accent by themselves."""
_SUM, _HEX = re.compile(r"[0-9a-fA-F]{64}"), re.compile(r"[0-9a-f]{12,}")
_PIECE = 12
"""Signs of a check sum, and of a sentence whose script sets no words apart, that tell it."""
_WORDS = 5
"""Words of a sentence one after the other that tell it."""
_ENDING = 3
"""Most letters of the ending of a surname in Cyrillic."""
_UNSPACED = ("CJK ", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
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
    part
        Some words of a sentence.
    """

    words: str
    by: str = COVERED
    name: bool = False
    common: bool = False
    part: bool = False


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
    _stems: dict[str, Veiled] = field(init=False, repr=False)
    _sums: tuple[Veiled, ...] = field(init=False, repr=False)

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
        stems = {
            stem: one for words, one in known if one.name and len(words) == 1 for stem in _stem(words[0])
        }
        object.__setattr__(self, "_stems", stems)
        object.__setattr__(self, "_sums", tuple(one for _, one in known if _SUM.fullmatch(one.words)))

    @property
    def certain(self) -> Veil:
        """The same without words that others may come to by themselves."""
        return Veil([one for one in self.veiled if not one.common])

    @property
    def any_case(self) -> Veil:
        """The same for ids: names count without capital letters too."""
        return Veil([replace(one, name=False) for one in self.veiled])

    def __bool__(self) -> bool:
        return bool(self._by_word or self._inside)

    def shown(self, text: str) -> str | None:
        """The words that are seen in a text, as they are known; None where there are none."""
        for one, _, _ in self._found(text):
            return one.words
        for one, _, _ in self._parts_of_sums(text):
            return one.words
        bare = _together(text) if self._inside else ""
        return next((one.words for words, one in self._inside if words in bare), None)

    def cover(self, text: str) -> str:
        """The text with what stands in place of each, in square brackets; itself where there is nothing."""
        if self.shown(text) is None:
            return text
        covered = _cut(text, self._found(text))
        covered = _cut(covered, self._parts_of_sums(covered))
        covered = _cut(covered, _merged(self._within(covered)))
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
        yield from _merged((one, tokens[start][1], tokens[start - n - 1][2]) for start, n, _, one in hits)

    def _parts_of_sums(self, text: str) -> Iterator[tuple[Veiled, int, int]]:
        """Check sums, and long pieces of them."""
        if not self._sums:
            return
        for run in _HEX.finditer(text.lower()):
            pieces = {run[0][k : k + _PIECE] for k in range(len(run[0]) - _PIECE + 1)}
            one = next((s for s in self._sums if any(piece in s.words.lower() for piece in pieces)), None)
            if one is not None:
                yield one, run.start(), run.end()

    def _within(self, text: str) -> list[tuple[Veiled, int, int]]:
        """What is seen inside words, as it is written."""
        found: list[tuple[Veiled, int, int]] = []
        for _, one in self._inside:
            at = text.find(one.words)
            while at >= 0:
                found.append((one, at, at + len(one.words)))
                at = text.find(one.words, at + 1)
        return sorted(found, key=lambda hit: (hit[1], -hit[2]))

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
            if self._stems and not text[tokens[k][1]].islower():
                ended = (self._stems.get(token[: len(token) - cut]) for cut in range(_ENDING + 1))
                if (named := next(filter(None, ended), None)) is not None:
                    yield k, (token,), named


def _merged(hits: Iterable[tuple[Veiled, int, int]]) -> Iterator[tuple[Veiled, int, int]]:
    """Places from left to right without overlaps; parts of one sentence that overlap are one."""
    last: tuple[Veiled, int, int] | None = None
    for one, start, end in hits:
        if last is None or start >= last[2]:
            if last is not None:
                yield last
            last = one, start, end
        elif end > last[2] and one.by == last[0].by:
            last = last[0], last[1], end
    if last is not None:
        yield last


def _cut(text: str, hits: Iterable[tuple[Veiled, int, int]]) -> str:
    made, at = [], 0
    for one, start, end in hits:
        made += [text[at:start], f"[{one.by}]"]
        at = end
    return "".join((*made, text[at:]))


def _stem(surname: str) -> list[str]:
    """What stands before the ending of a surname in Cyrillic, where enough is left; else nothing.

    Examples
    --------
    >>> _stem("петров"), _stem("толстои"), _stem("petrov"), _stem("ли")
    (['петров'], ['толст'], [], [])
    """
    if not unicodedata.name(surname[0], "").startswith("CYRILLIC"):
        return []
    stem = surname.rstrip("аеиоуыэюяіїє") or surname
    return [stem] if len(stem) > _JOINED else []


def pieces(text: str) -> list[str]:
    """Every run of five words of a text; of one whose script sets no words apart, of twelve signs.

    Examples
    --------
    >>> pieces("We shall leave by the first"), pieces("too short")
    (['We shall leave by the', 'shall leave by the first'], [])
    """
    if unspaced(text):
        bare = _together(text)
        return [bare[k : k + _PIECE] for k in range(len(bare) - _PIECE + 1)]
    tokens = _tokens(text)
    runs = zip(tokens, tokens[_WORDS - 1 :], strict=False)
    return list(dict.fromkeys(text[first[1] : last[2]] for first, last in runs))


def unspaced(text: str) -> bool:
    """Whether a text is in a script that sets no words apart."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and 2 * sum(unicodedata.name(c, "").startswith(_UNSPACED) for c in letters) > len(
        letters
    )


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
