"""Why a state is stable or not under metarationality: the moves and counter-moves in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accordant.stability.bounds import bounds
from accordant.stability.foresight.metarational import Turns, paired, partners, turned_out
from accordant.stability.foresight.values import values_of
from accordant.stability.leaving import Leaving
from accordant.stability.ranks import compact
from accordant.stability.result import Explanation
from accordant.stability.sequences import Step, walk
from accordant.stability.telling import OPEN, listed

if TYPE_CHECKING:
    from accordant.model.view import View

Line = tuple[Step, ...]

MOST_TOLD = 8
"""Moves of one line that a sentence tells; the explanation has them all."""

NOT_KNOWN = ", the order of the two not being known"
"""What is said after a pair of unknown order."""


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
        self.open: set[int] = set()  # states whose order with the one told of is not known

    def explanation(self) -> Explanation:
        """The whole explanation."""
        if found := self.immobile():
            return found
        if self.view.known[self.party]:
            return self._told()
        ranks = paired(self.view, self.party)
        return self._unknown_order() if ranks is None else self._either_way(ranks)

    def _told(self) -> Explanation:
        return self.content() or self._answered()

    def _either_way(self, ranks: NDArray[np.int64]) -> Explanation:
        """Told of what speaks against the state, or, where that cannot change the verdict, for it."""
        self.open = set(map(int, partners(self.view, self.party, self.state)))
        found = self._if_open_pairs(ranks, better=True)
        if found.stable or not self.open:
            return found
        otherwise = self._if_open_pairs(ranks, better=False)
        return replace(found, sentence=found.sentence + OPEN) if otherwise.stable else otherwise

    def _if_open_pairs(self, ranks: NDArray[np.int64], *, better: bool) -> Explanation:
        orders = self.orders.copy()
        orders[self.party] = turned_out(self.view, self.party, self.state, ranks, better=better)
        self.judge_by(orders)
        self.compared = {}
        return self._told()

    def compare(self, party: int, state: int, others: Iterable[int]) -> None:
        """Note comparisons, but for those of which nothing is known."""
        super().compare(party, state, [t for t in others if t not in self.open])

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

    def _moves(self, line: Line, then: str) -> str:
        """Best play, what the others do and what the party chooses told apart.

        ``then`` comes before moves that are the others' only.
        """
        told = line if len(line) <= MOST_TOLD else line[: MOST_TOLD - 2]
        words = [self._one(step) for step in told]
        if len(told) < len(line):
            words.append(f"so on, to {self.at(line[-1].end)} in the end")
        moves = words[0] if len(words) == 1 else ", ".join(words[:-1]) + f", and {words[-1]}"
        if any(self.party in step.mover for step in line):
            return f"if the others do their worst and {self.who} its best, {moves}"
        return then + moves

    def _one(self, step: Step) -> str:
        names = listed([self.name(p) for p in step.mover])
        if self.party in step.mover:
            return f"{names} chooses to move to {self.at(step.end)}"
        return f"{names} {'moves' if len(step.mover) == 1 else 'move together'} to {self.at(step.end)}"

    def _better(self, there: int) -> str:
        if there in self.open:
            return f"which may be better for it{NOT_KNOWN}"
        return "which it likes better"

    def _held(self, lines: list[tuple[int, Line]]) -> str:
        there, line = lines[0]
        text = f"{self.who} would leave {self.here} for {self.at(there)}"
        text += f", {self._better(there)}" if there in self.open else ""
        own = any(self.party in step.mover for step in line)
        text += f"; {self._moves(line, '') if own else self.told(line)}, {self.no_better(line[-1].end)}"
        text += ", and it cannot make sure of anything better" if self.horizon > 2 else ""
        return f"{text}, so it stays.{self.also([q for q, _ in lines[1:]])}"

    def _leaves(self, there: int, line: Line) -> Explanation:
        text = f"{self.who} would leave {self.here} for {self.at(there)}, {self._better(there)}"
        if line:
            text += f"; {self._moves(line, 'the worst that the others can do is that ')}, which {self.who} "
            end = line[-1].end
            still = "" if self.party in line[-1].mover else "still "
            text += f"may {still}like better" if end in self.open else f"{still}likes better"
            text += f" than {self.here}{NOT_KNOWN if end in self.open else ''}, so it does not stay."
        elif self.horizon > 1:
            text += "; nothing that the others can do makes it worse off than that, so it does not stay."
        else:
            text += "."
        return self.verdict(False, text, self.move(self.first(there)), self.moves(line))
