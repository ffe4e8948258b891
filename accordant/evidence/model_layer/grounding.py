"""Every string that a model returned at its place in the paragraph, or why it is not taken.

White space and the style of quotation marks aside, words have to stand there. What stands there a
little differently (another case or dash, a letter or a small word more) is taken as it stands in the
report and shown as realigned; where a number or a *not* would differ it is not taken at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from accordant.evidence.by_hand import find_words
from accordant.evidence.model_layer.answers import Proposed
from accordant.evidence.model_layer.outgoing import Unit
from accordant.evidence.spans import Span, cover, trimmed
from accordant.evidence.words import NUMBERS, word_set

CLOSE = 85.0
"""How alike, from 0 to 100, words have to be to what stands there before they are realigned."""
SHORTEST = 12
"""Code points under which only case, dashes and marks that are not seen may differ."""
LONGEST_NEAR = 1_000
"""Code points over which words have to stand there to the letter: looking for alike ones takes too long."""
MOST_PLACES = 20
LONGEST_CUE = 60
_MARKS = str.maketrans({**dict.fromkeys("“”„‟«»‹›″", '"'), **dict.fromkeys("‘’‚‛′`´", "'")})
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
_EDGES = ",;:—–"
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NEGATIONS = word_set("no not never none neither nor nobody nothing cannot without refused denied")


class NotThereError(Exception):
    """A suggestion that is not taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand a little differently: (what they are, as returned, where they stand)."""

    part: str
    returned: str
    at: Span


@dataclass(frozen=True, slots=True)
class Grounded:
    """A suggestion, every string of which has its place."""

    proposed: Proposed
    paragraph: Span
    parts: tuple[Span, ...]
    cue: Span
    source: Span | None
    told: Span | None
    near: tuple[Near, ...] = ()

    @property
    def at(self) -> Span:
        """From the first to the last word of what is said."""
        return cover(self.parts)

    @property
    def place(self) -> Span:
        """What is said and the cue."""
        return cover((*self.parts, self.cue))


def ground(text: str, unit: Unit, proposed: Proposed) -> Grounded:
    """A suggestion with the place of each of its strings in one paragraph.

    Raises
    ------
    NotThereError
        If a string does not stand there, or they do not fit together.
    """
    near: list[Near] = []
    looking = _Looking(text, unit, near)
    pieces = [p for piece in proposed.content for p in _ELLIPSIS.split(piece) if _says(p)]
    if not pieces:
        raise NotThereError("the content has no word")
    if len(proposed.cue) > LONGEST_CUE:
        raise NotThereError("the cue is too long")
    if not _says(proposed.cue) and proposed.cue not in (":", "—", "–", "-"):
        raise NotThereError("the cue has no word")
    if (proposed.source == "") != (proposed.kind == "unattributed") and proposed.source == "":
        raise NotThereError("a kind of source, and no source")
    found = [looking.places("content", piece) for piece in pieces]
    cues = looking.places("cue", proposed.cue)
    sources = looking.places("source", proposed.source) if proposed.source else []
    told = looking.places("told", proposed.told) if proposed.told else []
    cue, parts = _closest(found, cues)
    parts = tuple(p for p in (_without_edges(text, part) for part in parts) if p.end > p.start)
    if not parts:
        raise NotThereError("the content has no word")
    source = _beside(sources, cue, parts, "source") if sources else None
    addressed = _beside(told, cue, parts, "addressee") if told else None
    if source is not None and addressed is not None and source.meets(addressed):
        raise NotThereError("whoever was told is given as the source")
    return Grounded(proposed, unit.at, parts, cue, source, addressed, tuple(near))


def _says(words: str) -> bool:
    return any(c.isalnum() for c in words)


class _Looking:
    """Looks for strings in one paragraph."""

    def __init__(self, text: str, unit: Unit, near: list[Near]) -> None:
        self.text, self.unit, self.near = text, unit, near
        self.paragraph = unit.at.of(text)
        self.plain, self.at = _plain(self.paragraph)

    def places(self, part: str, words: str) -> list[Span]:
        """Where words stand, to the letter, or a little differently."""
        words = words.strip()
        called = "addressee" if part == "told" else part
        if len(words) > 2 * len(self.paragraph) + 50:
            raise NotThereError(f"the {called} is longer than the paragraph")
        exact = [s for s in self._exact(words) if self._read(s)]
        if exact:
            return exact
        close = [s for s in self._near(words) if self._read(s)]
        if not close:
            raise NotThereError(f"the {called} does not stand in the paragraph")
        if any(_differs(s.of(self.text), words) for s in close):
            raise NotThereError(f"a number or a negation of the {called} stands otherwise in the paragraph")
        self.near.append(Near(part, words, close[0]))
        return close

    def _exact(self, words: str) -> Iterator[Span]:
        typed = _plain(words)[0].strip()
        if typed.endswith('"') and typed not in self.plain:
            typed = typed[:-1] + ',"'  # “We will wait,” she said: the comma belongs to the sentence
        at, found = self.plain.find(typed) if typed else -1, 0
        while at >= 0 and found < MOST_PLACES:
            span = Span(self.at[at], self.at[at + len(typed) - 1] + 1)
            if not (_cut(self.paragraph, span.start) or _cut(self.paragraph, span.end)):
                found += 1
                yield self._here(span)
            at = self.plain.find(typed, at + 1)

    def _near(self, words: str) -> Iterator[Span]:
        bare = words.strip(" \"'“”‘’„«».,;:")
        if bare != words and _says(bare) and (inner := list(self._exact(bare))):
            yield from inner
            return
        if len(words) > LONGEST_NEAR:
            return
        for span in find_words(self.paragraph, words).places:
            there = span.of(self.paragraph)
            cut = _cut(self.paragraph, span.start) or _cut(self.paragraph, span.end)
            # A short string may differ only in what is no letter.
            same = _same_letters(there, words) or (len(words) >= SHORTEST and _alike(there, words))
            if same and not cut:
                yield self._here(span)

    def _here(self, span: Span) -> Span:
        return Span(span.start + self.unit.at.start, span.end + self.unit.at.start)

    def _read(self, span: Span) -> bool:
        """Whether the place is the report's own, and not the page's."""
        return any(s.span.meets(span) for s in self.unit.sentences)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of quotation mark and single spaces, and where each sign stands."""
    made: list[str] = []
    at: list[int] = []
    for k, sign in enumerate(text):
        if sign.isspace():
            if made and made[-1] != " ":
                made.append(" ")
                at.append(k)
            continue
        made.append(sign.translate(_MARKS))
        at.append(k)
    return "".join(made), at


def _cut(text: str, at: int) -> bool:
    """Whether a place is inside a word; scripts that write no spaces or join words have no such place."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and category(before) != "Lo" and category(after) != "Lo"


def _same_letters(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return float(ratio(one.casefold(), other.casefold())) >= CLOSE


def _differs(one: str, other: str) -> bool:
    """Whether two near strings differ in a number or in saying no.

    Examples
    --------
    >>> _differs("12 of the wounded left", "21 of the wounded left")
    True
    >>> _differs("They will not sign the text", "They will sign the text")
    True
    >>> _differs("They will sign the text", "they'll sign the text")
    False
    """
    return _telling(one) != _telling(other)


def _telling(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for token in _TOKEN.findall(text.casefold().replace("’", "'")):
        if token[0].isdigit() or token in NUMBERS:
            found[token] += 1
        elif token in _NEGATIONS or token.endswith("n't"):
            found["not"] += 1
    return found


def _closest(found: Sequence[Sequence[Span]], cues: Sequence[Span]) -> tuple[Span, tuple[Span, ...]]:
    """The cue and the pieces that stand closest together."""
    best: tuple[int, Span, tuple[Span, ...]] | None = None
    for cue in cues:
        parts: list[Span] = []
        for places in found:
            free = [p for p in places if not p.meets(cue) and not any(p.meets(q) for q in parts)]
            if not free:
                break
            parts.append(min(free, key=lambda p: (_gap(p, cue), p)))
        if len(parts) < len(found):
            continue
        whole = cover((*parts, cue))
        if best is None or whole.end - whole.start < best[0]:
            best = whole.end - whole.start, cue, tuple(sorted(parts))
    if best is None:
        raise NotThereError("the cue or a piece of the content stands inside another piece")
    return best[1], best[2]


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _beside(places: Sequence[Span], cue: Span, parts: Sequence[Span], what: str) -> Span:
    """The place nearest to the cue that is no part of what is said."""
    free = [p for p in places if not any(p.meets(part) for part in parts)]
    if not free:
        raise NotThereError(f"the {what} stands inside what is said")
    return min(free, key=lambda p: (_gap(p, cue), p))


def _without_edges(text: str, part: Span) -> Span:
    """A piece without the marks that set it off, and without a full stop that no quotation holds."""
    span = trimmed(text, part, _EDGES)
    if span.end - span.start > 1 and text[span.end - 1] == "." and text[span.end - 2] not in ".":
        span = Span(span.start, span.end - 1)
    return trimmed(text, span, _EDGES)


def joined(parts: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Pieces with nothing but space or marks between them as one.

    Examples
    --------
    >>> joined([Span(0, 2), Span(3, 5), Span(10, 12)], "ab cd and ef")
    (Span(start=0, end=5), Span(start=10, end=12))
    """
    cuts = [k for k, (a, b) in enumerate(pairwise(parts), 1) if _says(text[a.end : b.start])]
    edges = [0, *cuts, len(parts)]
    return tuple(cover(parts[a:b]) for a, b in pairwise(edges))
