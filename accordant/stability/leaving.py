"""How explanations begin and end that ask which improvements of a party are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.model.graph import Orders
from accordant.stability.result import Explanation
from accordant.stability.sequences import Step
from accordant.stability.telling import Telling, listed

if TYPE_CHECKING:
    from accordant.model.view import View


class Leaving(Telling):
    """A telling that knows the moves and improvements of its party, the best ones first."""

    def __init__(self, view: View, state: int, party: int, label: str) -> None:
        super().__init__(view, state, party, label)
        self.model = view.model
        self.targets = [int(t) for t in self.model.movers[party].moves.from_state(state)]
        self.judge_by(view.orders)

    def judge_by(self, orders: Orders) -> None:
        """Tell of these orders."""
        self.orders, u = orders, orders[self.party]
        better = [t for t in self.targets if u[t] > u[self.state]]
        self.improvements = sorted(better, key=lambda t: (-u[t], t))

    @property
    def who(self) -> str:
        """The party's name."""
        return self.name(self.party)

    @property
    def here(self) -> str:
        """The name of the state."""
        return self.at(self.state)

    def at(self, state: int) -> str:
        """The name of a state."""
        return self.view.space.name(state)

    def first(self, there: int) -> Step:
        """The party's move to a state."""
        return Step((self.party,), self.state, there)

    def immobile(self) -> Explanation | None:
        """The verdict on a party without a move, None where it has one."""
        if self.targets:
            return None
        return self.verdict(True, f"{self.who} has no move from {self.here}, so it stays.")

    def content(self) -> Explanation | None:
        """The verdict on a party without a move to anything better, None where it has one."""
        self.compare(self.party, self.state, self.targets)
        if self.improvements:
            return None
        return self.verdict(
            True, f"{self.who} has no move from {self.here} to anything it likes better, so it stays."
        )

    def no_better(self, end: int) -> str:
        """What is to be said of the end of a sanction."""
        if end == self.state:
            return f"where {self.who} started"
        return f"which {self.who} likes no better than {self.here}"

    def also(self, improvements: Sequence[int]) -> str:
        """That further improvements are answered; empty where there are none."""
        if not improvements:
            return ""
        one = len(improvements) == 1
        names = listed([self.at(q) for q in improvements])
        return (
            f" Its other improvement{'' if one else 's'}, to {names}, {'is' if one else 'are'} answered too."
        )
