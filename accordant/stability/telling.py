"""The pieces that explanations are put together from: who moves where, and what was compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from accordant.stability.result import Explanation, Move
from accordant.stability.sequences import Step

if TYPE_CHECKING:
    from accordant.model.view import View

OPEN = " Not all that it depends on is known, and that may change it."
"""What is said of a verdict that what is unknown may change."""


class Telling:
    """Words and comparisons of one explanation: why a party stays at a state or does not.

    Parameters
    ----------
    view
        The case in one setting.
    state, party
        By number.
    label
        The name of the concept.
    """

    def __init__(self, view: View, state: int, party: int, label: str) -> None:
        self.view, self.state, self.party, self.label = view, state, party, label
        self.compared: dict[str, None] = {}

    def name(self, party: int) -> str:
        """The name that a party is shown by."""
        return self.view.case.party_name(self.view.parties[party])

    def told(self, steps: Sequence[Step], gain: str = "") -> str:
        """Counter-moves in words: who then moves where.

        Parameters
        ----------
        gain
            What is said of whoever moves, such as ", to {} own advantage,".
        """
        words = []
        for k, step in enumerate(steps):
            who = listed([self.name(p) for p in step.mover])
            own = gain.format("its" if len(step.mover) == 1 else "their")
            together = " together" if len(step.mover) > 1 else ""
            can = " can then" if k == 0 else " can"
            words.append(f"{who}{together}{own}{can} move to {self.view.space.name(step.end)}")
        return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f", and {words[-1]}"

    def compare(self, party: int, state: int, others: Iterable[int]) -> None:
        """Note which elements of the case tell a state and others apart for a party."""
        for other in others:
            element = self.view.decides(self.view.parties[party], state, other)
            if element is not None:
                self.compared[element] = None

    def move(self, step: Step) -> Move:
        """A step by names."""
        space = self.view.space
        who = tuple(self.view.parties[p] for p in step.mover)
        return Move(who, space.name(step.start), space.name(step.end))

    def moves(self, steps: Iterable[Step]) -> tuple[Move, ...]:
        """Steps by names."""
        return tuple(self.move(step) for step in steps)

    def verdict(
        self,
        stable: bool,
        sentence: str,
        improvement: Move | None = None,
        sanction: tuple[Move, ...] = (),
        sanctions: tuple[tuple[Move, tuple[Move, ...]], ...] = (),
    ) -> Explanation:
        """The explanation, with everything that was compared so far."""
        return Explanation(
            state=self.view.space.name(self.state),
            party=self.view.parties[self.party],
            concept=self.label,
            stable=stable,
            sentence=sentence,
            improvement=improvement,
            sanction=sanction,
            elements=tuple(self.compared),
            sanctions=sanctions,
        )


def listed(names: Sequence[str]) -> str:
    """Names joined by commas and "and".

    Examples
    --------
    >>> listed(["s1", "s2", "s3"])
    's1, s2 and s3'
    """
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
