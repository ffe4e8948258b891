"""What earlier decisions say of the suggestions of a report, as results tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was learned from, and how often it would have said what the person said.

    Attributes
    ----------
    accepted, rejected
        Decisions learned from.
    agreed
        Decisions that were told rightly, each from the others only.
    parts
        Into how many parts the decisions were divided for that.
    without_text
        Decisions of which the report is not in the case: only rule and lengths are known.
    """

    accepted: int
    rejected: int
    agreed: int
    parts: int
    without_text: int = 0

    @property
    def decisions(self) -> int:
        """How many decisions there are."""
        return self.accepted + self.rejected

    @property
    def always(self) -> int:
        """How many would be told rightly by always saying what was said more often."""
        return max(self.accepted, self.rejected)

    @property
    def helps(self) -> bool:
        """Whether it tells more than always saying the same; nothing is marked otherwise."""
        return self.agreed > self.always

    def says(self) -> str:
        """It in a sentence.

        Examples
        --------
        >>> Agreement(40, 20, 51, 5).says().split(". ")[0]
        'Learned from 60 decisions (40 accepted, 20 rejected)'
        """
        n = self.decisions
        often = "accepted" if self.accepted >= self.rejected else "rejected"
        text = (
            f"Learned from {n:,} decisions ({self.accepted:,} accepted, {self.rejected:,} rejected). "
            f"Each told from the others, {self.agreed:,} of {n:,} would be told as you decided; "
            f"always saying {often}, {self.always:,} of {n:,}."
        )
        return text if self.helps else f"{text} That is no better: nothing is marked."

    def to_json(self) -> dict[str, Any]:
        """The ``learned.from`` part of ``read --json``."""
        return {
            "accepted": self.accepted,
            "rejected": self.rejected,
            "told_rightly": self.agreed,
            "always_the_same": self.always,
            "parts": self.parts,
            "without_text": self.without_text,
        }


@dataclass(frozen=True, slots=True)
class Mark:
    """A suggestion of a kind that the person mostly rejected.

    Attributes
    ----------
    rejected, alike
        How many of the decisions most like it rejected, and how many there are.
    by
        In what they are alike.
    """

    rejected: int
    alike: int
    by: tuple[str, ...]

    @property
    def says(self) -> str:
        """It in words.

        Examples
        --------
        >>> Mark(12, 15, ("rule colon",)).says
        'you rejected most like this (12 of 15)'
        """
        return f"you rejected most like this ({self.rejected:,} of {self.alike:,})"


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks on the suggestions of one report, by their ids."""

    agreement: Agreement
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The ``learned`` part of ``read --json``."""
        return {
            "from": self.agreement.to_json(),
            "marks": [
                {"claim": c, "rejected": m.rejected, "alike": m.alike, "by": list(m.by), "says": m.says}
                for c, m in self.marks.items()
            ],
        }
