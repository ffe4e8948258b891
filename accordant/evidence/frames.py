"""Frames: who says what, by which words, found by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from accordant.evidence.cues import Act
from accordant.evidence.phrases import Range
from accordant.evidence.tokens import Words


@dataclass(frozen=True, slots=True)
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


@dataclass
class Scope:
    """The stretch of a sentence that a rule may look at, and what was found there already."""

    words: Words
    lo: int
    hi: int
    found: list[Frame] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """A small named object: what it matches, an example, and the function that finds it.

    ``find`` yields frames in its scope. ``example`` is run by the tests and shown in the
    documentation: (text, source, cue, content), each as it stands in the text.
    """

    name: str
    says: str
    example: tuple[str, str, str, str]
    find: Callable[[Scope], Iterator[Frame]]
