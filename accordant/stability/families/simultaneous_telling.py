"""Why a state is stable or not when others may improve at the same moment: the changes and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accordant.stability.families.simultaneous import Search
from accordant.stability.leaving import Leaving
from accordant.stability.result import Explanation
from accordant.stability.sequences import Step
from accordant.stability.telling import listed

if TYPE_CHECKING:
    from accordant.model.view import View

Taken = tuple[int, list[Step]]
"""The state that everybody's changes make together, and what each of the others does."""


def explain(view: View, state: int, party: int) -> Explanation:
    """Why a state is stable or not for a party under simultaneous stability.

    Returns
    -------
    Explanation
        A sanction lists the improvements that others make at the same moment as the party: all of
        them start from the state itself, and each move says where it would lead by itself.

    Raises
    ------
    InputError
        If an order is unknown, or the case has no issues.
    """
    return _Telling(view, state, party).explanation()


class _Telling(Leaving):
    def __init__(self, view: View, state: int, party: int) -> None:
        super().__init__(view, state, party, "sim")
        self.search = Search.against(view, party, state)

    def explanation(self) -> Explanation:
        """The whole explanation."""
        if found := self.immobile() or self.content():
            return found
        answers: list[tuple[int, Taken]] = []
        for q in self.improvements:
            taken = self._taken(q)
            if taken is None:
                return self._leaves(q)
            answers.append((q, taken))
        told = [(self.move(self.first(q)), self.moves(steps)) for q, (_, steps) in answers]
        return self.verdict(True, self._stays(answers), *told[0], sanctions=tuple(told))

    def _taken(self, there: int) -> Taken | None:
        """What takes an improvement; None where one of the changes that make it is not taken."""
        changes = self.search.changes
        first: Taken | None = None
        for c in np.flatnonzero(changes.state_of == self.state):
            start = changes.start[self.party]
            for a in changes.targets[start[c] : start[c + 1]]:
                if changes.state_of[a] != there:
                    continue
                found = self.search.taken(int(c), int(a))
                if found is None:
                    return None
                if first is None:
                    end, others = found
                    steps = [Step(m, self.state, int(changes.state_of[b])) for m, b in others]
                    first = int(changes.state_of[end]), steps
        assert first is not None
        return first

    def _stays(self, answers: list[tuple[int, Taken]]) -> str:
        there, (end, steps) = answers[0]
        for _, (last, moves) in answers:
            self.compare(self.party, self.state, [last])
            for step in moves:
                for p in step.mover:
                    self.compare(p, self.state, [step.end])
        text = f"{self.who} would leave {self.here} for {self.at(there)}; but if {self._others(steps)}, "
        text += f"together they end in {self.at(end)}, {self.no_better(end)}, so it stays."
        return text + self.also([q for q, _ in answers[1:]])

    def _others(self, steps: list[Step]) -> str:
        """Who moves at the same moment, and where that would lead by itself."""
        words = []
        for step in steps:
            who = listed([self.name(p) for p in step.mover])
            words.append(
                f"{who} (by {'itself' if len(step.mover) == 1 else 'themselves'} to {self.at(step.end)})"
            )
        many = len(steps) > 1 or len(steps[0].mover) > 1
        own = "each to its own advantage" if many else "to its own advantage"
        return f"{listed(words)} {'move' if many else 'moves'} at the same moment, {own}"

    def _leaves(self, there: int) -> Explanation:
        space = self.search
        improving = any(self._improves(int(k)) for k in space.opponents)
        text = f"{self.who} would leave {self.here} for {self.at(there)}, which it likes better; "
        text += (
            "no improvement that others could make at the same moment takes that from it"
            if improving
            else ("nobody else gains by a move at the same moment")
        )
        return self.verdict(False, f"{text}, so it does not stay.", self.move(self.first(there)))

    def _improves(self, mover: int) -> bool:
        u, members = self.orders, self.search.changes.movers[mover]
        targets = self.model.movers[mover].moves.from_state(self.state)
        return any(all(u[p, t] > u[p, self.state] for p in members) for t in targets)
