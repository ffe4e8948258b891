"""Questions that a case leaves open, and the answers that each can get."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from accordant.model.settings import NO_ANSWERS, Answers

QuestionKind = Literal[
    "line",
    "red-line",
    "term",
    "rule",
    "control",
    "moves",
    "proposal",
    "order",
    "unknown",
    "acceptance",
    "ranking",
    "worth",
    "reservation",
    "status-quo",
    "no-deal",
]
"""What is asked: ``order`` within an ``either`` group; ``unknown``, all that somebody wants; ``acceptance``
of one package by somebody of whom nothing is known; otherwise about an element of that kind."""

Levels = tuple[tuple[str, ...], ...]
"""States by name from most to least preferred, ties together."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer puts into the case, where settling what is unsure does not say it.

    Attributes
    ----------
    orders
        The order of a party of which nothing is known.
    held
        What no deal is worth to a party.
    anchors
        The state that the status quo, or no deal, is.
    """

    orders: tuple[tuple[str, Levels], ...] = ()
    held: tuple[tuple[str, Decimal], ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()

    def also(self, other: Given) -> Given:
        """Both together."""
        return Given(self.orders + other.orders, self.held + other.held, self.anchors + other.anchors)


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to a question.

    Attributes
    ----------
    id
        Such as ``yes``, ``2 > 1`` or ``better``.
    says
        The answer in words, to be read after the question.
    settles
        What of the case it settles; what it leaves open stays open.
    """

    id: str
    says: str
    settles: Answers = NO_ANSWERS
    given: Given = NOTHING


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with every answer that it can get.

    Attributes
    ----------
    id
        The element, the ``either`` group, or the party with what is asked about it.
    asks
        The question in plain words.
    detail
        Where in the case it belongs.
    who
        The party (or constituency) whose preference it is; empty where it is nobody's.
    elements
        Ids of the elements that it is about.
    replies
        Answers that exclude each other; only some, or none, where they cannot all be listed.
    whole
        Whether one of the answers must be right, and each settles all that was asked.
    settles
        Whether a full answer, listed or not, leaves nothing open of what was asked.
    subjects
        For a question about packages, the proposals and states that it is about.
    """

    id: str
    kind: QuestionKind
    asks: str
    detail: str = ""
    who: str = ""
    elements: frozenset[str] = field(default_factory=frozenset)
    replies: tuple[Reply, ...] = ()
    whole: bool = True
    settles: bool = True
    subjects: frozenset[str] = field(default_factory=frozenset)
