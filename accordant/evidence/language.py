"""Which language a text looks to be in: English, which the rules read, or another."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from accordant.evidence.words import word_set

FUNCTION_WORDS = word_set(
    "the of and to in that is was for on with as by at from has have had it be are were not will would they "
    "he she we i you a an this but said says told"
)
"""Words that hardly a sentence of English does without."""
_FEW = word_set("the of and to in that is was for on with as by at from has have had it be are were not")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_HIGH = re.compile("[\u0250-\U0010ffff]")
_LOOKED_AT = 6_000  # code points; enough to tell


@lru_cache(maxsize=16)
def is_english(text: str) -> bool:
    """Whether a text looks English; too little text counts as English.

    Examples
    --------
    >>> is_english("The union said that it would wait for the board."), is_english("停战谈判周二在多哈恢复。")
    (True, False)
    >>> is_english("Der Rat hat am Montag über den Antrag der Gewerkschaft beraten und ihn abgelehnt.")
    False
    """
    text = text[:_LOOKED_AT]
    if not text.isascii() and _other_letters(text):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    hits = sum(word in _FEW for word in words)
    if len(words) >= 25:
        return hits >= len(words) * 0.12
    return len(words) < 8 or hits > 0 or _plain(words)


def is_english_sentence(vocabulary: frozenset[str]) -> bool:
    """Whether a sentence inside a text of another language is English: two words that English needs.

    Examples
    --------
    >>> is_english_sentence(frozenset("the union said it would wait".split()))
    True
    >>> is_english_sentence(frozenset("der rat hat in der sache beraten".split()))
    False
    """
    return len(FUNCTION_WORDS & vocabulary) >= 2


def _plain(words: list[str]) -> bool:
    """Headlines have no small words: those of letters that English has may be English."""
    return all(word.isascii() for word in words) and len(words) < 10


def _other_letters(text: str) -> bool:
    """Whether most of its letters are of another script than the Latin."""
    latin = len(_LATIN.findall(text))
    rare = [letter for letter in _HIGH.findall(text) if letter.isalpha()]
    # one sign of a script that writes syllables or words counts for several letters
    other = sum(3 if letter > "\u2e00" else 1 for letter in rare if not _is_latin(letter))
    return other > 8 and other > latin


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")
