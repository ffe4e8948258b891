"""What a solution concept declares: the one contract behind all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sanctions = Literal["none", "any moves", "improvements"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A solution concept: when a party stays although it could do better.

    A state is stable for a party when every improvement it has is answered. An improvement is
    answered when the opponents can lead on, by a legal sequence, to a state that the party likes
    no better than where it started. Concepts differ in what the opponents may use, and in whether
    the party may answer back.

    Attributes
    ----------
    name
        The short name used in commands, files and results.
    title
        The name in the literature.
    explanation
        One sentence in plain words; ``{party}`` stands for the party.
    sanctions
        What the opponents may use: nothing, any moves, or only moves that improve on the state
        they are made from for everybody who makes them.
    answers
        Whether the party may move once more after the sanction, so that a sanction counts only
        when no move of the party leads from it to something it likes better than the start.
    source
        Where the concept was published.
    read
        False where the primary text was not read by the maintainers, so that the definition is
        checked by its theorems only.
    """

    name: str
    title: str
    explanation: str
    sanctions: Sanctions
    answers: bool
    source: str
    read: bool

    @property
    def kind(self) -> int:
        """Number of the computation that judges it: 0, or 1 + 2 x improvements + answers.

        Examples
        --------
        >>> Concept("x", "", "", "improvements", False, "", True).kind
        3
        """
        if self.sanctions == "none":
            return 0
        return 1 + 2 * (self.sanctions == "improvements") + self.answers
