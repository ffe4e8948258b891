"""What came of asking a language model, as results tell it: nothing that was returned is lost silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accordant.evidence.spans import Span

MOST_SHOWN = 200
"""Rejected suggestions of which the words are kept; all are counted."""
LONGEST = 300
"""Code points kept of words that a model returned."""


@dataclass(frozen=True, slots=True)
class Realigned:
    """Words that a model returned and that stand a little differently in the report.

    Attributes
    ----------
    claim
        Id of the suggestion that they belong to.
    part
        ``source``, ``cue``, ``content`` or ``told``.
    at
        Where they stand.
    stands
        What stands there, which is what counts.
    """

    claim: str
    part: str
    returned: str
    at: Span
    stands: str

    def to_json(self) -> dict[str, Any]:
        """One entry of ``model.realigned``."""
        return {
            "claim": self.claim,
            "part": self.part,
            "returned": self.returned,
            "at": list(self.at),
            "stands": self.stands,
        }


@dataclass(frozen=True, slots=True)
class Rejected:
    """A suggestion of a model that was not taken.

    Attributes
    ----------
    paragraph
        The paragraph that was sent.
    """

    reason: str
    paragraph: Span
    returned: str = ""

    def to_json(self) -> dict[str, Any]:
        """One entry of ``model.rejected``."""
        return {"reason": self.reason, "paragraph": list(self.paragraph), "returned": self.returned}


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A language model was asked about a report, and what came of it.

    Attributes
    ----------
    name, address
        The model as it was named to its server, and where that is, without secrets.
    form
        How the server was held to a form: ``json_schema``, ``json_object``, ``text``; empty where
        nothing was answered.
    sent, characters
        How many paragraphs went out, and how many code points of the report with their neighbours.
    unanswered
        Why a paragraph got no answer that can be used, by how many did.
    accepted
        Suggestions that were found in their paragraph.
    shared
        Those among them that the rules found too.
    reasons
        How many suggestions were rejected, by reason.
    rejected
        The first of them with what was returned.
    ignored
        Keys that were returned and never asked for, such as grades and dates, by how often.
    """

    name: str
    address: str
    form: str = ""
    paragraphs: int = 0
    sent: int = 0
    characters: int = 0
    unanswered: Mapping[str, int] = field(default_factory=dict)
    accepted: int = 0
    shared: int = 0
    realigned: tuple[Realigned, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many suggestions were rejected."""
        return sum(self.reasons.values())

    @property
    def lost(self) -> int:
        """How many paragraphs got no answer that can be used."""
        return sum(self.unanswered.values())

    @property
    def own(self) -> int:
        """How many accepted suggestions only the model found."""
        return self.accepted - self.shared

    @property
    def aligned(self) -> int:
        """How many accepted suggestions were realigned."""
        return len({entry.claim for entry in self.realigned})

    def to_json(self) -> dict[str, Any]:
        """The ``model`` part of ``read --json``."""
        return {
            "name": self.name,
            "address": self.address,
            "form": self.form or None,
            "paragraphs": self.paragraphs,
            "sent": self.sent,
            "characters": self.characters,
            "accepted": self.accepted,
            "found_by_rules_too": self.shared,
            "realigned": [entry.to_json() for entry in self.realigned],
            "rejected_count": self.refused,
            "rejected": [entry.to_json() for entry in self.rejected],
            "reasons": [{"reason": r, "count": n} for r, n in sorted(self.reasons.items())],
            "unanswered": [{"reason": r, "count": n} for r, n in sorted(self.unanswered.items())],
            "not_asked_for": [{"key": k, "count": n} for k, n in sorted(self.ignored.items())],
        }


def short(words: str) -> str:
    """Returned words, cut to what is kept.

    Examples
    --------
    >>> short("x" * 1000) == "x" * 299 + "…"
    True
    """
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
