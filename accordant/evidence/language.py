"""Which language a text looks to be in: English, which the rules read, or another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import chain

from accordant.evidence.lexicon import Known, lexicon_in
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

FUNCTION_WORDS = word_set(
    "the of and to in that is was for on with as by at from has have had it be are were not will would they "
    "he she we i you a an this but said says told"
)
"""Words that hardly a sentence of English does without."""
_FEW = word_set("the of and to in that is was for on with as by at from has have had it be are were not")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_HIGH = re.compile("[^\0-\u024f]")  # far sooner compiled than the range of all the others
_LOOKED_AT = 6_000  # code points; enough to tell


@lru_cache(maxsize=16)
def is_english(whole: str) -> bool:
    """Whether a text looks English; too little text counts as English.

    Examples
    --------
    >>> is_english("The union said that it would wait for the board."), is_english("停战谈判周二在多哈恢复。")
    (True, False)
    >>> is_english("Der Rat hat am Montag über den Antrag der Gewerkschaft beraten und ihn abgelehnt.")
    False
    """
    text = whole[:_LOOKED_AT]
    if not text.isascii() and _other_letters(text):
        return False
    looked_at = Span(0, _LOOKED_AT)
    found = lexicon_in(whole, looked_at)
    first, end = found.range(looked_at)
    words = [*chain.from_iterable(map(_LETTERS.__getitem__, found.words[first:end]))]
    hits = sum(map(_FEW.__contains__, words))
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


def _letters(word: str) -> list[str]:
    return [*map(str.lower, _WORD.findall(word))]


_LETTERS = Known(_letters)


def _plain(words: list[str]) -> bool:
    """Headlines have no small words: those of letters that English has may be English."""
    return all(word.isascii() for word in words) and len(words) < 10


def _other_letters(text: str) -> bool:
    """Whether most of its letters are of another script than the Latin."""
    rare = [letter for letter in _HIGH.findall(text) if letter.isalpha()]
    # one sign of a script that writes syllables or words counts for several letters
    other = sum(3 if letter > "\u2e00" else 1 for letter in rare if not _is_latin(letter))
    return other > 8 and other > len(_LATIN.findall(text))


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd", "ckb"), ("ARABIC",)),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn"), ("CYRILLIC",)),
    **dict.fromkeys(("he", "yi"), ("HEBREW",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    **dict.fromkeys(("am", "ti"), ("ETHIOPIC",)),
    **{"el": ("GREEK",), "hy": ("ARMENIAN",), "ka": ("GEORGIAN",), "bn": ("BENGALI",), "th": ("THAI",)},
    **{"sr": ("CYRILLIC", "LATIN"), "zh": ("CJK",), "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL",)},
    **{"ta": ("TAMIL",), "my": ("MYANMAR",), "km": ("KHMER",)},
}
"""The scripts that languages are written in, of those that are not written in Latin letters."""


def written_in(text: str, *languages: str | None) -> str:
    """The first of some languages whose script most letters of a text are of; empty where none is.

    Examples
    --------
    >>> written_in("They wait", "en", "ar"), written_in("لن نغادر", "en", "ar"), written_in("لن نغادر", "en")
    ('en', 'ar', '')
    """
    found = Counter(unicodedata.name(c, "").split(" ")[0] for c in text[:_LOOKED_AT] if c.isalpha())
    script = max(found, key=found.__getitem__, default="")
    for language in filter(None, languages):
        if not script or script in _SCRIPTS.get(language.split("-")[0].lower(), ("LATIN",)):
            return language
    return ""
