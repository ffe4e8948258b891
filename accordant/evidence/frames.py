"""Frames: who says what, by which words, found by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from accordant.evidence.cues import Act
from accordant.evidence.phrases import Range
from accordant.evidence.records import record
from accordant.evidence.tokens import Words


@record
class Frame:
    """One attribution in one sentence, in token numbers.

    Attributes
    ----------
    rule
        The name of the rule that found it.
    cue
        The words that attribute.
    source
        Who says it; None for nobody in particular, or where ``pointer`` says to look elsewhere.
    content
        What is said, in one or more pieces, in order.
    reads
        The stretches that may hold attributions of their own, where they are not the content.
    tail
        A second clause that may or may not be said too.
    told
        Who was told.
    via
        Who passes it on: ``the agency, citing a delegate, reports that``.
    plain
        The words are in nobody's mouth: the evidential word is the cue.
    """

    rule: str
    cue: Range
    act: Act
    content: tuple[Range, ...]
    source: Range | None = None
    tail: Range | None = None
    told: Range | None = None
    via: Range | None = None
    reads: tuple[Range, ...] = ()
    negative: bool = False
    plain: bool = False


class Placed(NamedTuple):
    """A frame with how deep it stands, and the number of the frame that it is said inside of."""

    frame: Frame
    depth: int
    parent: int | None


Tag = tuple[Range, int, Range | None, int]
"""Who says it, where what is said ends before it, who was told, and where all this ends."""


class Scope:
    """The stretch of a sentence that a rule may look at, and what was found there already.

    Attributes
    ----------
    verbs
        Where forms of verbs of saying stand in it.
    comments
        Those that may follow or interrupt what is said.
    tags
        Attributions after or inside what is said, by where their verbs stand; several rules look
        for the same.
    """

    __slots__ = ("comments", "found", "hi", "lo", "tags", "verbs", "words")

    def __init__(self, words: Words, lo: int, hi: int, found: Sequence[Frame] = ()) -> None:
        self.words, self.lo, self.hi, self.found = words, lo, hi, found
        self.verbs = [k for k in words.verbs if lo <= k < hi]
        self.comments = [k for k in self.verbs if _comments(words, k)]
        self.tags: dict[int, Tag | None] = {}

    def places(self, cues: AbstractSet[str], first: int = 0, last: int = 0) -> list[int]:
        """Where words of a set stand in it, leaving out some tokens at either end."""
        return self.words.places(cues, self.lo + first, self.hi - last)


def _comments(words: Words, k: int) -> bool:
    token = words[k]
    verb = token.verb
    if verb is None or token.cap or not verb.comments:
        return False
    return verb.form != "ing" or words.low(k - 1) == "as"  # “was quoted as saying”


@dataclass(frozen=True, slots=True)
class Rule:
    """A small named object: what it matches, an example, and the function that finds it.

    ``find`` yields frames in its scope. ``example`` is run by the tests and shown in the
    documentation: (text, source, cue, content), each as it stands in the text. In a stretch without any
    of ``cues``, and where ``verbs`` is set in one without a verb of saying, it finds nothing and is not
    tried.
    """

    name: str
    says: str
    example: tuple[str, str, str, str]
    find: Callable[[Scope], Iterator[Frame]]
    cues: AbstractSet[str] = frozenset()
    verbs: bool = False
