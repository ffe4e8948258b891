"""Words of a sentence with their places and classes, as the rules see them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache, wraps
from itertools import accumulate, chain, compress, count
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from accordant.evidence import words as w
from accordant.evidence.cues import VERBS, Verb
from accordant.evidence.lexicon import Known
from accordant.evidence.quotations import Quotation
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

_PIECE = re.compile(
    r" |[a-z]+(?=[ ,])"  # by far the most; what follows would match the same
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?=[A-Z])(?:"
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|Sgt|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|No|Jr|Sr)\.(?=\s)"
    r"|[A-Z]\.(?=\s+[A-Z]))"  # an initial
    r"|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?%?"
    r"|[^\W_]+(?:[-‑’'][^\W_]+)*(?:(?<=s)[’'](?=\s+[^\W_]))?"
    r"|\.{2,}|-{2,}|[^\w\s]|_+|\s+"
)
_LOOKS_ON = re.compile(r"[.’']\s")
_LOOKS_ON_MARKS = ".’'"
"""Marks that belong to a word or not by what comes after the space."""
_QUOTES = frozenset('"“”„‟«»「」『』《》')
_NOT_FINITE = word_set("be been being having")
_PARTICIPLES = w.PASSIVES - w.AUXILIARIES - w.MODALS
_CLOSED = w.SUBJECT_PRONOUNS | w.SUBORDINATORS | w.COORDINATORS | {"and", "or"}
_NOT_PAST = word_set("united limited so-called hundred indeed")
_BEFORE_NOUN = w.DETERMINERS | w.PREPOSITIONS | frozenset(w.NUMBERS)


class Token(NamedTuple):
    """One form of a word or a mark: what can be told from its letters alone.

    A form is the same object wherever it stands; its places are kept by the sentence.

    Attributes
    ----------
    low
        Lower case, with straight apostrophes made curly, so that lists need one spelling.
    cap
        Whether it begins with a capital letter.
    word
        Whether it is a word or a number, not a mark.
    verb
        Set when this form is a verb of saying; whether it is one here is for the rules to say.
    quote
        Whether it is a double quotation mark.
    possessive
        Whether it ends in a possessive mark.
    adverb
        Whether it may stand between a subject and its verb without changing either.
    finite
        Whether it is a finite verb: an auxiliary, a modal or a common finite form.
    past
        Whether it looks like a past form of some verb: it ends in ``-ed``.
    helper
        Whether it may stand before a verb as part of its group: ``has not``, ``would also``.
    plain
        Whether nothing about it can end a noun phrase: a word of no closed class, and no verb.
    """

    text: str
    low: str
    cap: bool
    word: bool
    verb: Verb | None
    quote: bool
    possessive: bool
    adverb: bool
    finite: bool
    past: bool
    helper: bool
    plain: bool


_MARGIN = 8
"""Empty words beyond the end of a sentence, so that rules may look a few words ahead or back."""
_LOW, _VERB, _FINITE, _PAST = map(attrgetter, ("low", "verb", "finite", "past"))
_OUTSIDE = (False,) * _MARGIN
_NO_WORDS = ("",) * _MARGIN


class Words(tuple[Token, ...]):
    """One sentence as a tuple of tokens, with the quotations that touch it; never changed once made.

    Rules work on token numbers; :meth:`span` gives the place in the text. What is looked up at a
    number is a lookup of a tuple itself, empty or False just outside the sentence: rules look
    several times as often as there are words.

    Attributes
    ----------
    starts
        Where in the text each token begins.
    lows
        The lower-case words.
    low
        The lower-case word at a number.
    vocabulary
        The lower-case words as a set: a rule looks here first, most sentences hold none of its words.
    verbs
        Where forms of verbs of saying stand.
    known
        What :func:`remembered` searches have found.
    quoted
        For each token the number of the quotation that it belongs to, or -1.
    """

    text: str
    quotations: tuple[Quotation, ...]
    quoted: tuple[int, ...]
    headline: bool
    starts: tuple[int, ...]
    lows: tuple[str, ...]
    low: Callable[[int], str]
    vocabulary: frozenset[str]
    verbs: tuple[int, ...]
    known: dict[tuple[object, int, int], Any]

    def places(self, cues: AbstractSet[str], lo: int, hi: int) -> list[int]:
        """Where words of a set stand, from one number up to another."""
        return list(compress(range(lo, hi), map(cues.__contains__, self.lows[lo:hi])))

    @cached_property
    def finite(self) -> Callable[[int], bool]:
        """Whether a finite verb stands at a number, and no participle: not ``captives held by …``."""
        finite = list(map(_FINITE, self))
        if "by" in self.vocabulary:
            for k, low in enumerate(self.lows):
                if finite[k] and low in _PARTICIPLES and self.low(k + 1) == "by":
                    finite[k] = False
        return (*finite, *_OUTSIDE).__getitem__

    @cached_property
    def past(self) -> Callable[[int], bool]:
        """Whether a past form stands at a number, and not before a noun.

        ``workers blocked the road`` has one, ``the occupied areas`` has none.
        """
        past = list(map(_PAST, self))
        if True in past:
            for k, low in enumerate((self.low(-1), *self.lows[:-1])):
                past[k] = past[k] and low not in _BEFORE_NOUN and not low.endswith("’s")
        return (*past, *_OUTSIDE).__getitem__

    def span(self, first: int, end: int) -> Span:
        """The place of tokens ``first`` up to, not including, ``end``."""
        return Span(self.starts[first], self.end(end - 1))

    def end(self, k: int) -> int:
        """Where in the text token ``k`` ends."""
        return self.starts[k] + len(self[k].text)

    def quotation(self, k: int) -> Quotation | None:
        """The quotation that token ``k`` belongs to, its marks included."""
        number = self.quoted[k] if 0 <= k < len(self.quoted) else -1
        return self.quotations[number] if number >= 0 else None


@lru_cache(maxsize=20_000)
def token_of(text: str) -> Token:
    """The token that a word or a mark is.

    Examples
    --------
    >>> [token_of(word).adverb for word in ("repeatedly", "family")]
    [True, False]
    """
    low = text.lower().replace("'", "’")
    cap, word, verb = text[0].isupper(), text[0].isalnum(), VERBS.get(low)
    adverb = low in w.ADVERBS or (
        low.endswith("ly") and len(low) > 4 and low not in w.NOT_ADVERBS and not cap
    )
    finite = _finite(low, cap)
    return Token(
        text,
        low,
        cap,
        word,
        verb,
        quote=text in _QUOTES,
        possessive=low.endswith(("’s", "s’")),
        adverb=adverb,
        finite=finite,
        past=low.endswith("ed") and len(low) > 4 and not cap and "-" not in low and low not in _NOT_PAST,
        helper=_auxiliary(low) or adverb or low in w.NEGATIONS,
        plain=word and verb is None and not adverb and not finite and low not in _CLOSED,
    )


def _auxiliary(low: str) -> bool:
    return (low in w.AUXILIARIES or low in w.MODALS) and "’" not in low.removesuffix("n’t")


def _finite(low: str, cap: bool) -> bool:
    if low in w.AUXILIARIES:
        return low not in _NOT_FINITE
    if low in w.MODALS:
        return not (cap and low in ("may", "will"))
    return low in w.FINITE and not cap


def tokens_of(text: str, span: Span) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """The tokens of one stretch of text, and where each of them begins.

    Examples
    --------
    >>> tokens, starts = tokens_of("Mr. Orlo won't pay 70%.", Span(0, 23))
    >>> [t.text for t in tokens], starts
    (['Mr.', 'Orlo', "won't", 'pay', '70%', '.'], (0, 4, 9, 15, 19, 22))
    """
    said = text[span.start : span.end]
    chunks = said.split()
    if len(said) != sum(map(len, chunks)) + len(chunks) - 1:
        return _tokens_by_pattern(text, span)
    if _LOOKS_ON.search(said) is not None:
        chunks = _looking_on(chunks)
    steps = chain.from_iterable(map(_STEPS_IN.__getitem__, chunks))
    starts = tuple(accumulate(steps, initial=span.start))[:-1]
    return tuple(chain.from_iterable(map(_TOKENS_IN.__getitem__, chunks))), starts


def _looking_on(chunks: list[str]) -> list[str]:
    """The stretches between spaces, with the first letter of the next one where that may matter."""
    after = (*chunks[1:], "")
    return [
        f"{c} {a[0]}" if a and c[-1] in _LOOKS_ON_MARKS else c for c, a in zip(chunks, after, strict=True)
    ]


def _tokens_in(chunk: str) -> tuple[Token, ...]:
    pieces = _PIECE.findall(chunk)
    return tuple([token_of(piece) for piece in (pieces[: pieces.index(" ")] if " " in pieces else pieces)])


def _steps_in(chunk: str) -> tuple[int, ...]:
    """How far it is from each token to the next one, the space after the last one counted."""
    *steps, last = [len(token.text) for token in _TOKENS_IN[chunk]]
    return (*steps, last + 1)


# What stands between two spaces is mostly a word that was seen before; no loop runs here for each of them.
_TOKENS_IN, _STEPS_IN = Known(_tokens_in), Known(_steps_in)


def _tokens_by_pattern(text: str, span: Span) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    # Pieces, white space among them, follow each other without a gap: their lengths give the places.
    pieces = _PIECE.findall(text, *span)
    starts = accumulate(map(len, pieces), initial=span.start)
    found = [(token_of(p), at) for p, at in zip(pieces, starts, strict=False) if not p.isspace()]
    tokens, places = zip(*found, strict=True) if found else ((), ())
    return tokens, places


def words_of(text: str, span: Span, quotations: tuple[Quotation, ...], headline: bool = False) -> Words:
    """A sentence ready for the rules.

    Examples
    --------
    >>> words_of("Talks resume.", Span(0, 13), ()).low(0)
    'talks'
    """
    tokens, starts = tokens_of(text, span)
    words = Words(tokens)
    words.text, words.starts, words.headline = text, starts, headline
    words.quotations = tuple([q for q in quotations if q.span.meets(span)]) if quotations else ()
    words.quoted = _quoted(words)
    words.lows = lows = tuple(map(_LOW, tokens))
    words.low = (lows + _NO_WORDS).__getitem__
    words.vocabulary = frozenset(lows)
    words.verbs = tuple(compress(count(), map(_VERB, tokens)))
    words.known = {}
    return words


Found = TypeVar("Found")


def remembered(find: Callable[[Words, int, int], Found]) -> Callable[[Words, int, int], Found]:
    """A search between two numbers that is made once in a sentence: several rules ask the same thing."""

    @wraps(find)
    def known(words: Words, a: int, b: int) -> Found:
        key = (find, a, b)
        try:
            found: Found = words.known[key]
        except KeyError:
            found = words.known[key] = find(words, a, b)
        return found

    return known


def _quoted(words: Words) -> tuple[int, ...]:
    near = words.quotations
    if not near:
        return (-1,) * len(words)
    quoted = [-1] * len(words)
    for number, quotation in enumerate(near):
        first = bisect_left(words.starts, quotation.span.start)
        end = bisect_left(words.starts, quotation.span.end)
        quoted[first:end] = [number] * (end - first)
    return tuple(quoted)
