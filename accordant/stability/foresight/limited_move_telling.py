"""Why a state is stable or not for a party that looks some moves ahead: the moves that it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accordant.stability.foresight.anticipation import Course, course_of
from accordant.stability.leaving import Leaving
from accordant.stability.result import Explanation
from accordant.stability.sequences import Step
from accordant.stability.telling import listed

if TYPE_CHECKING:
    from accordant.model.view import View

Line = tuple[Step, ...]

MOST_TOLD = 8
"""Moves of one line that a sentence tells; the explanation has them all."""


def explain(view: View, state: int, party: int, horizon: int, label: str) -> Explanation:
    """Why a state is stable or not for a party that looks so many moves ahead.

    Returns
    -------
    Explanation
        ``stable`` says whether the party stays however ties are broken. Every sanction is the line
        of moves that the party expects after a move of its own.

    Raises
    ------
    InputError
        If more than two parties can move, or the order of one that can is not known.
    """
    return _Telling(view, state, party, horizon, label).explanation()


class _Telling(Leaving):
    def __init__(self, view: View, state: int, party: int, horizon: int, label: str) -> None:
        super().__init__(view, state, party, label)
        self.course: Course = course_of(view, label)
        self.asked, self.horizon = horizon, self.course.alike(horizon)
        self.u = view.orders[party]

    def explanation(self) -> Explanation:
        """The whole explanation."""
        if found := self.immobile():
            return found
        self.side = 0 if self.course.sides[0].party == self.party else 1
        ends = self.course.at(self.horizon)[self.side].of(self.state)
        hopes = {q: self._line(q, self._end(q, most=True)) for q in self.targets}
        hoped = sorted(
            self.targets, key=lambda q: (-self.u[self._last(q, hopes[q])], q not in self.improvements, q)
        )
        self.compare(self.party, self.state, [self._last(q, line) for q, line in hopes.items()])
        if len(ends) == 1 and ends[0] == self.state:
            return self._remark(self._stays(hoped, hopes))
        found = self._leaves(hoped[0], hopes[hoped[0]])
        return self._remark(self._open(found, hoped[0]) if self.state in ends else found)

    def _remark(self, found: Explanation) -> Explanation:
        """Say so where the moves told are those of a nearer horizon."""
        if self.horizon == self.asked:
            return found
        note = f"That is told for {self.horizon} moves ahead, because what is anticipated repeats"
        return replace(found, sentence=f"{found.sentence} {note}: with {self.asked:,} it is the same.")

    def _end(self, there: int, *, most: bool) -> int:
        """The best or the worst end that is to be expected of a move."""
        ends = self.course.at(self.horizon - 1)[1 - self.side].of(there)
        u = self.u[ends]
        return int(ends[u.argmax() if most else u.argmin()])

    def _line(self, there: int, end: int) -> Line:
        """The moves after one of the party's that lead to an end that is to be expected of it."""
        steps: list[Step] = []
        side, k = 1 - self.side, self.horizon - 1
        while there != end:
            mover, then = self.course.sides[side], self.course.at(k - 1)[1 - side]
            q = next(int(q) for q in mover.moves.from_state(there) if end in then.of(int(q)))
            assert mover.party is not None
            self.compare(mover.party, there, [end])
            steps.append(Step((mover.party,), there, q))
            there, side, k = q, 1 - side, k - 1
        return tuple(steps)

    def _last(self, there: int, line: Line) -> int:
        return line[-1].end if line else there

    def _expected(self, there: int, line: Line) -> str:
        """What comes after a move of the party, up to where it ends."""
        if not line:
            return self._nobody(there)
        words = [f"{self.name(step.mover[0])} to {self.at(step.end)}" for step in line]
        words[0] = words[0].replace(" to ", " would then move to ", 1)
        if len(words) > MOST_TOLD:
            words[MOST_TOLD - 1 :] = [f"so on, to {self.at(line[-1].end)} in the end"]
        return listed(words) if len(words) < 3 else ", ".join(words[:-1]) + f", and {words[-1]}"

    def _nobody(self, there: int) -> str:
        if self.horizon == 1:
            return "it looks no further"
        other = self.course.sides[1 - self.side].party
        return "nobody would move on" if other is None else f"{self.name(other)} would stay there"

    def _stays(self, hoped: Sequence[int], hopes: dict[int, Line]) -> Explanation:
        if self.horizon == 1:
            text = f"{self.who} has no move from {self.here} to anything it likes better, so it stays."
            return self.verdict(True, text)
        best = hoped[0]
        text = (
            f"If {self.who} moved from {self.here} to {self.at(best)}, {self._expected(best, hopes[best])}, "
        )
        end = self._last(best, hopes[best])
        text += f"back where {self.who} started" if end == self.state else f"and {self.who} likes "
        text += "" if end == self.state else f"{self.at(end)} no better than {self.here}"
        text += ", so it stays."
        if len(hoped) > 1:
            names, one = listed([self.at(q) for q in hoped[1:]]), len(hoped) == 2
            text += f" Its other move{'' if one else 's'}, to {names}, "
            text += f"{'leads' if one else 'lead'} to nothing better."
        told = [(self.move(self.first(q)), self.moves(hopes[q])) for q in hoped]
        return self.verdict(True, text, *told[0], sanctions=tuple(told))

    def _leaves(self, there: int, line: Line) -> Explanation:
        text = f"{self.who} would leave {self.here} for {self.at(there)}"
        if self.horizon == 1:
            text += ", which it likes better."
        else:
            end = self.at(self._last(there, line))
            text += f"; {self._expected(there, line)}, and {self.who} likes {end} better than {self.here}, "
            text += "so it does not stay."
        return self.verdict(False, text, self.move(self.first(there)), self.moves(line))

    def _open(self, found: Explanation, there: int) -> Explanation:
        """The party leaves or stays, as parties choose where they are indifferent."""
        worst = self._line(there, self._end(there, most=False))
        last = self._last(there, worst)
        text = found.sentence.replace(" would leave ", " may leave ", 1).removesuffix(
            ", so it does not stay."
        )
        text += "; but where a party is indifferent between its best moves it may also be that "
        text += (
            f"{self._expected(there, worst)}, and {self.who} likes {self.at(last)} no better than {self.here}"
        )
        return replace(found, sentence=f"{text}. Whether it stays depends on how ties are broken.")
