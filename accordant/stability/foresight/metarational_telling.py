"""Why a state is stable or not under metarationality: the moves and counter-moves in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.stability.bounds import bounds
from accordant.stability.foresight.metarational import Turns
from accordant.stability.foresight.values import values_of
from accordant.stability.leaving import Leaving
from accordant.stability.ranks import compact
from accordant.stability.result import Explanation
from accordant.stability.sequences import Step, walk

if TYPE_CHECKING:
    from accordant.model.view import View

Line = tuple[Step, ...]

MOST_TOLD = 8
"""Moves of one line that a sentence tells; the explanation has them all."""


def explain(view: View, state: int, party: int, horizon: int) -> Explanation:
    """Why a state is stable or not for a party with a horizon.

    Returns
    -------
    Explanation
        Every sanction is one line of best play: the opponents do their worst, the party its best.
        Where the party's order is unknown, ``stable`` says whether it stays whatever it wants.
    """
    return _Telling(view, state, party, horizon).explanation()


class _Telling(Leaving):
    def __init__(self, view: View, state: int, party: int, horizon: int) -> None:
        super().__init__(view, state, party, f"mr{horizon}")
        self.horizon = horizon

    def explanation(self) -> Explanation:
        """The whole explanation."""
        if found := self.immobile():
            return found
        if not self.view.known[self.party]:
            return self._unknown_order()
        return self.content() or self._answered()

    def _unknown_order(self) -> Explanation:
        name = "nash" if self.horizon % 2 else "gmr"
        found = bounds(self.model, self.orders, self.view.known, [name])[name]
        text = f"What {self.who} wants is not known"
        if found.must[self.party, self.state]:
            text += f", but the others can undo every move it has from {self.here}, so it stays in any case."
            return self.verdict(True, text)
        return self.verdict(False, f"{text}: it has moves from {self.here}, and may or may not stay.")

    def _answered(self) -> Explanation:
        ranks, _ = compact(self.orders, limit=4 * self.model.n + 1024)
        self.u = ranks[self.party]
        self.worths = Turns(values_of(self.model), self.party, self.u).chain(self.horizon)
        turns = len(self.worths) - 2  # once they are settled, looking further ahead changes nothing
        left = self.worths[turns]
        best = min(self.improvements, key=lambda q: (-left[q], q))
        if left[best] > self.u[self.state]:
            return self._leaves(best, self._line(best, turns))
        lines = [(q, self._line(q, turns)) for q in self.improvements]
        told = [(self.move(self.first(q)), self.moves(line)) for q, line in lines]
        return self.verdict(True, self._held(lines), *told[0], sanctions=tuple(told))

    def _line(self, state: int, turns: int) -> Line:
        """Best play from a state, the opponents having the turn; a side that need not move stops."""
        worth = int(self.worths[turns][state])
        steps: list[Step] = []
        theirs = True
        while self.u[state] != worth:
            turns -= 1
            goal = self.worths[turns]
            if theirs:
                found = walk(self.model, self.orders, self.party, state, credible=False)
                steps += next(s for s in found if goal[s[-1].end] == worth)
            else:
                own = self.model.movers[self.party].moves.from_state(state)
                end = next(int(t) for t in own if goal[t] == worth)
                steps.append(Step((self.party,), state, end))
            state, theirs = steps[-1].end, not theirs
        self.compare(self.party, self.state, [state])
        return tuple(steps)

    def _moves(self, line: Line) -> str:
        if len(line) <= MOST_TOLD:
            return self.told(line)
        return f"{self.told(line[: MOST_TOLD - 2])}, and so on, to {self.at(line[-1].end)} in the end"

    def _held(self, lines: list[tuple[int, Line]]) -> str:
        there, line = lines[0]
        text = f"{self.who} would leave {self.here} for {self.at(there)}; {self._moves(line)}, "
        text += self.no_better(line[-1].end)
        text += ", and it cannot make sure of anything better" if self.horizon > 2 else ""
        return f"{text}, so it stays.{self.also([q for q, _ in lines[1:]])}"

    def _leaves(self, there: int, line: Line) -> Explanation:
        text = f"{self.who} would leave {self.here} for {self.at(there)}, which it likes better"
        if line:
            text += f"; at worst {self._moves(line).replace(' can then ', ' can ', 1)}, "
            text += f"which {self.who} still likes better than {self.here}, so it does not stay."
        elif self.horizon > 1:
            text += "; nothing that the others can do makes it worse off than that, so it does not stay."
        else:
            text += "."
        return self.verdict(False, text, self.move(self.first(there)), self.moves(line))
