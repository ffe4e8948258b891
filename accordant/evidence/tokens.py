"""Words of a sentence with their places and classes, as the rules see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from accordant.evidence import words as w
from accordant.evidence.cues import VERBS, Verb
from accordant.evidence.quotations import Quotation
from accordant.evidence.spans import Span

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|Sgt|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|No|Jr|Sr)\.(?=\s)"
    r"|[A-Z]\.(?=\s+[A-Z])"  # an initial
    r"|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?%?"
    r"|[^\W_]+(?:[-‑’'][^\W_]+)*(?:(?<=s)[’'](?=\s+[^\W_]))?"
    r"|\.{2,}|-{2,}|[^\w\s]|_+"
)
_QUOTES = frozenset('"“”„«»')
_BREAKS = frozenset(",;:—–()[]{}.!?…/|-")


class Token(NamedTuple):
    """One word or mark.

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
    """

    start: int
    end: int
    text: str
    low: str
    cap: bool
    word: bool
    verb: Verb | None

    @property
    def possessive(self) -> bool:
        """Whether it ends in a possessive mark."""
        return self.low.endswith(("’s", "s’"))

    @property
    def quote(self) -> bool:
        """Whether it is a double quotation mark."""
        return self.text in _QUOTES


_MARGIN = 8
"""Empty words beyond the end of a sentence, so that rules may look a few words ahead or back."""


class Words(tuple[Token, ...]):
    """One sentence as a tuple of tokens, with the quotations that touch it; never changed once made.

    Rules work on token numbers; :meth:`span` gives the place in the text.

    Attributes
    ----------
    lows
        The lower-case words.
    low
        The lower-case word at a number, empty just outside the sentence. It is the lookup of a
        tuple itself: rules ask for words several times as often as there are words.
    vocabulary
        The lower-case words as a set: a rule looks here first, most sentences hold none of its words.
    verbs
        Where forms of verbs of saying stand.
    """

    text: str
    quotations: tuple[Quotation, ...]
    quoted: tuple[int, ...]
    headline: bool
    lows: tuple[str, ...]
    low: Callable[[int], str]
    vocabulary: frozenset[str]
    verbs: tuple[int, ...]

    @classmethod
    def made(
        cls,
        text: str,
        tokens: Iterable[Token],
        quotations: tuple[Quotation, ...],
        quoted: tuple[int, ...],
        headline: bool,
    ) -> Words:
        """The sentence with everything that is looked up often."""
        words = cls(tokens)
        words.text, words.quotations, words.quoted, words.headline = text, quotations, quoted, headline
        words.lows = tuple([token.low for token in words])
        words.low = (words.lows + ("",) * _MARGIN).__getitem__
        words.vocabulary = frozenset(words.lows)
        words.verbs = tuple([k for k, token in enumerate(words) if token.verb is not None])
        return words

    def span(self, first: int, end: int) -> Span:
        """The place of tokens ``first`` up to, not including, ``end``."""
        return Span(self[first].start, self[end - 1].end)

    def quotation(self, k: int) -> Quotation | None:
        """The quotation that token ``k`` belongs to, its marks included."""
        number = self.quoted[k] if 0 <= k < len(self.quoted) else -1
        return self.quotations[number] if number >= 0 else None


_token = Token._make  # without the cost of keyword arguments: there is one for every word


@lru_cache(maxsize=20_000)
def _lowered(text: str) -> str:
    return text.lower().replace("'", "’")


def tokens_of(text: str, span: Span) -> Iterator[Token]:
    """The tokens of one stretch of text.

    Examples
    --------
    >>> [t.text for t in tokens_of("Mr. Orlo won't pay 70%.", Span(0, 23))]
    ['Mr.', 'Orlo', "won't", 'pay', '70%', '.']
    """
    for match in _TOKEN.finditer(text, *span):
        found = match.group()
        low = _lowered(found)
        start, end = match.span()
        first = found[0]
        yield _token((start, end, found, low, first.isupper(), first.isalnum(), VERBS.get(low)))


def words_of(text: str, span: Span, quotations: tuple[Quotation, ...], headline: bool = False) -> Words:
    """A sentence ready for the rules.

    Examples
    --------
    >>> words_of("Talks resume.", Span(0, 13), ()).low(0)
    'talks'
    """
    tokens = tuple(tokens_of(text, span))
    near = tuple(q for q in quotations if q.span.meets(span))
    quoted = []
    at = 0
    for token in tokens:
        while at < len(near) and near[at].span.end <= token.start:
            at += 1
        inside = at < len(near) and near[at].span.start <= token.start
        quoted.append(at if inside else -1)
    return Words.made(text, tokens, near, tuple(quoted), headline)


def is_break(token: Token) -> bool:
    """Whether a mark separates clauses or phrases (a quotation mark is judged on its own)."""
    return not token.word and token.text in _BREAKS


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb without changing either.

    Examples
    --------
    >>> [is_adverb(t) for t in tokens_of("repeatedly family", Span(0, 17))]
    [True, False]
    """
    low = token.low
    return low in w.ADVERBS or (
        low.endswith("ly") and len(low) > 4 and low not in w.NOT_ADVERBS and not token.cap
    )


def is_finite(words: Words, k: int) -> bool:
    """Whether token ``k`` is surely a finite verb: an auxiliary, a modal or a common finite form."""
    if not 0 <= k < len(words):
        return False
    token = words[k]
    low = token.low
    if low in w.AUXILIARIES:
        return low not in ("be", "been", "being", "having")
    if low in w.MODALS:
        return not (token.cap and low in ("may", "will"))
    # “captives held by …” describes the captives
    return low in w.FINITE and not token.cap and not (low in w.PASSIVES and words.low(k + 1) == "by")


def is_past(words: Words, k: int) -> bool:
    """Whether token ``k`` looks like a past form of some verb: ``-ed`` and not before a noun.

    ``the occupied areas`` has none, ``workers blocked the road`` has one.
    """
    if not 0 <= k < len(words):
        return False
    token = words[k]
    if token.cap or not token.low.endswith("ed") or len(token.low) < 5 or "-" in token.low:
        return False
    before = words.low(k - 1)
    if before in w.DETERMINERS or before in w.PREPOSITIONS or before in w.NUMBERS or before.endswith("’s"):
        return False
    return token.low not in ("united", "limited", "so-called", "hundred", "indeed")
