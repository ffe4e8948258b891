"""Why a coalition, or parties that act as one, stay at a state or leave it, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Mover, ProductMoves
from accordant.stability.coalitions.bounds import bounds
from accordant.stability.coalitions.reach import within
from accordant.stability.coalitions.sides import Rule, Side, credible_steps
from accordant.stability.coalitions.wishes import Wishes, wishes_of
from accordant.stability.result import Explanation, Move
from accordant.stability.sequences import Step, legal_sequences
from accordant.stability.telling import Telling, listed

if TYPE_CHECKING:
    from accordant.model.view import View

MOST_SEARCHED = 4096
"""States up to which a coalition's way is looked for step by step before it is put together."""


def explain_side(
    view: View,
    side: Side,
    state: int,
    rule: Rule,
    label: str,
    *,
    wishes: Wishes | None = None,
    as_one: bool = False,
) -> Explanation:
    """Why a side stays at a state or not.

    Parameters
    ----------
    state
        By number.
    rule
        How the side is judged.
    label
        The name of the concept, for the result.
    wishes
        What is known of everybody's wishes; all that the view knows by default.
    as_one
        Whether the side moves as one, so that its own steps are not told apart.

    Returns
    -------
    Explanation
        ``party`` joins the members by ``+``. Where orders are unknown, ``stable`` says whether the
        side stays whatever they are.
    """
    given = wishes_of(view)[0] if wishes is None else wishes
    return _SideTelling(view, side, state, rule, label, given, as_one).explanation()


def way(model: GraphModel, members: Sequence[int], start: int, end: int) -> tuple[Step, ...]:
    """A legal sequence of movers within a coalition from one state to another it can reach.

    A shortest one in models of up to some thousand states. In larger ones each mover in turn first
    brings its own issues to where they are to be, and a search is made only where that fails.
    """
    movers = within(model, members)
    if model.n > MOST_SEARCHED:
        found = _in_turn(movers, start, end)
        if found:
            return found
    track = not all(m.moves.transitive for m in movers)

    def ahead(k: int, state: int) -> NDArray[np.int32]:
        return movers[k].moves.from_state(state)

    every = legal_sequences([m.parties for m in movers], ahead, model.n, start, track=track)
    return next(steps for steps in every if steps[-1].end == end)


def _in_turn(movers: Sequence[Mover], start: int, end: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    at = start
    for m in movers:
        if not isinstance(m.moves, ProductMoves):
            return ()
        targets, axes = m.moves.from_state(at), list(m.moves.axes)
        codes = m.moves.codes
        arrived = targets[(codes[targets][:, axes] == codes[end, axes]).all(axis=1)]
        if len(arrived):
            steps.append(Step(m.parties, at, int(arrived[0])))
            at = int(arrived[0])
    return tuple(steps) if at == end else ()


@dataclass(frozen=True, slots=True)
class _Answer:
    steps: tuple[Step, ...]
    end: int


class _SideTelling(Telling):
    def __init__(
        self, view: View, side: Side, state: int, rule: Rule, label: str, wishes: Wishes, as_one: bool
    ) -> None:
        super().__init__(view, state, side.members[0], label)
        self.side, self.rule, self.as_one = side, rule, as_one
        self.wishes = wishes
        self.heard = wishes.heard(side.members)
        self.gain = ", to {} own advantage," if rule.concept.sanctions == "improvements" else ""
        names = [self.name(p) for p in side.members]
        self.many, self.who = len(names) > 1, listed(names)
        self.them = {1: "it", 2: "both"}.get(len(names), "all")
        self.like = {1: "it likes", 2: "both like"}.get(len(names), "all like")

    def explanation(self) -> Explanation:
        """The whole explanation."""
        found = self._explained()
        party = "+".join(self.view.parties[p] for p in self.side.members)
        return replace(found, party=party)

    def _explained(self) -> Explanation:
        targets = self.side.reach.from_state(self.state)
        targets = targets[targets != self.state]
        here = self._at(self.state)
        if len(targets) == 0:
            together = " together" if self.many else ""
            return self.verdict(
                True, f"{self.who} {self._have} no move{together} from {here}, {self._so_stay}."
            )
        for i in self.heard:
            self.compare(i, self.state, [int(t) for t in targets[:64]])
        better = self._better_than(targets)
        if len(better) == 0:
            text = (
                f"{self.who} {self._have} no move{' together' if self.many else ''} from {here} to anything "
            )
            text += f"that {self._likes_better}" if self.many else "it likes better"
            return self.verdict(True, f"{text}, {self._so_stay}.")
        if self.rule.concept.sanctions == "none":
            q = int(better[0])
            return self.verdict(False, f"{self._leaves(q)}.{self._open()}", self._first(q))
        return self._answered([int(q) for q in better])

    def _answered(self, better: Sequence[int]) -> Explanation:
        told: list[tuple[int, _Answer]] = []
        for q in better:
            answer = self._answer(q)
            if answer is None:
                return self.verdict(False, self._unanswered(q), self._first(q))
            told.append((q, answer))
        moves = tuple((self._first(q), self.moves(a.steps)) for q, a in told)
        return self.verdict(True, self._stays(told), *moves[0], sanctions=moves)

    def _stays(self, told: Sequence[tuple[int, _Answer]]) -> str:
        (q, answer), here = told[0], self._at(self.state)
        text = f"{self._leaves(q)}; {self.told(answer.steps, self.gain)}, "
        text += "where it started" if answer.end == self.state else self._not_better(answer.end)
        if self.rule.concept.answers:
            on = self.side.reach.from_state(answer.end)
            text += f" and from which {self._pronoun} {self._have} no move"
            text += f" to anything {self._likes_better} than {here}" if len(on) else ""
        text += f", {self._so_stay}."
        others = [self._at(q) for q, _ in told[1:]]
        if others:
            one = len(others) == 1
            text += f" {'Their' if self.many else 'Its'} other improvement{'' if one else 's'}, to "
            text += f"{listed(others)}, {'is' if one else 'are'} answered too."
        return text

    def _unanswered(self, q: int) -> str:
        if any(True for _ in self._sequences(q)):
            how = " to their own advantage" if self.gain else ""
            what = f"nothing that others can then lead on to{how} deters {'them' if self.many else 'it'}"
        else:
            what = f"nobody else {'gains by a move' if self.gain else 'has a move'} from there"
        not_stay = "they do not stay" if self.many else "it does not stay"
        return f"{self._leaves(q)}; {what}, so {not_stay}.{self._open()}"

    def _open(self) -> str:
        """A note where orders that are not known may change the verdict."""
        if not bounds(self.side, self.wishes, self.rule).may[self.state]:
            return ""
        return " What some parties want is not known, and may change that."

    def _leaves(self, q: int) -> str:
        here, there = self._at(self.state), self._at(q)
        if not self.many:
            why = ", which it likes better" if self.rule.concept.sanctions == "none" else ""
            why = why if self._surely_better(q) else ", which it may like better"
            return f"{self.who} would leave {here} for {there}{why}"
        known = ", which " + (self._likes_better if self._surely_better(q) else self._may_like_better)
        path = "" if self.as_one else way_told(self, way(self.side.model, self.side.members, self.state, q))
        return f"{self.who} can together move from {here} to {there}{known}{path}"

    def _not_better(self, end: int) -> str:
        here = self._at(self.state)
        if self.rule.pareto:
            return f"which is no gain on {here} for {self.them if not self.many else 'them'}"
        here_, there = np.array([self.state]), np.array([end])
        not_better = [
            i for i in self.heard if not self.wishes.better([i], here_, there, pareto=False, sure=False)[0]
        ]
        verb = "likes" if len(not_better) == 1 else "like"
        return f"which {listed([self.name(i) for i in not_better])} {verb} no better than {here}"

    @property
    def _likes_better(self) -> str:
        if not self.rule.pareto:
            return f"{self.like} better"
        return "one of them likes better and none less" if self.many else "it likes better"

    @property
    def _may_like_better(self) -> str:
        return (
            "may be better for one of them and worse for none" if self.rule.pareto else "they may like better"
        )

    @property
    def _have(self) -> str:
        return "have" if self.many else "has"

    @property
    def _pronoun(self) -> str:
        return "they" if self.many else "it"

    @property
    def _so_stay(self) -> str:
        return "so they stay" if self.many else "so it stays"

    def _better_than(self, targets: NDArray[np.int32]) -> NDArray[np.int32]:
        """Of some states those that are better for the members, best for the first first."""
        keep = self._is_better(targets)
        found = targets[keep]
        lead = self.heard[0] if self.heard else self.party
        return found[np.lexsort((found, -self.wishes.orders[lead, found]))]

    def _is_better(self, targets: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which of some states may be better."""
        return self._better(targets, sure=False)

    def _surely_better(self, q: int) -> bool:
        return bool(self._better(np.array([q]), sure=True)[0])

    def _better(self, targets: NDArray[np.integer], *, sure: bool) -> NDArray[np.bool_]:
        here = np.full(len(targets), self.state)
        return self.wishes.better(self.side.members, here, targets, pareto=self.rule.pareto, sure=sure)

    def compare(self, party: int, state: int, others: Iterable[int]) -> None:
        """Note what tells a state and others apart for a party, as far as their order is known."""
        there = np.array(list(others), dtype=np.int64)
        known = there[~self.wishes.open_at(party, np.full(len(there), state), there)]
        super().compare(party, state, map(int, known))

    def _answer(self, q: int) -> _Answer | None:
        for steps in self._sequences(q):
            end = steps[-1].end
            if self._is_better(np.array([end]))[0]:
                continue
            if self.rule.concept.answers and self._is_better(self.side.reach.from_state(end)).any():
                continue
            for i in self.heard:
                self.compare(i, self.state, [end])
            if self.gain:
                for step in steps:
                    for p in step.mover:
                        self.compare(p, step.start, [step.end])
            return _Answer(steps, end)
        return None

    def _sequences(self, q: int) -> Iterator[tuple[Step, ...]]:
        """Legal sequences of outsiders from a state, shortest first."""
        n = self.side.model.n
        if self.rule.together and self.gain:
            steps = list(credible_steps(self.side, self.wishes, self.rule))

            def listed_ahead(k: int, state: int) -> NDArray[np.int32]:
                return steps[k][1].from_state(state)

            return legal_sequences([m.parties for m, _ in steps], listed_ahead, n, q)
        movers = [
            m
            for m in self.side.outsiders
            if not self.gain or len(self.wishes.heard(m.parties)) == len(m.parties)
        ]

        def ahead(k: int, state: int) -> NDArray[np.int32]:
            targets = movers[k].moves.from_state(state)
            if not self.gain:
                return targets
            here = np.full(len(targets), state)
            return targets[self.wishes.better(movers[k].parties, here, targets, pareto=False, sure=True)]

        # what is left of moves where pairs are open need not compose
        partly = bool(self.wishes.pairs)
        track = partly or not all(m.moves.transitive for m in movers)
        return legal_sequences([m.parties for m in movers], ahead, n, q, track=track)

    def _first(self, q: int) -> Move:
        return self.move(Step(self.side.members, self.state, q))

    def _at(self, state: int) -> str:
        return self.view.space.name(state)


def way_told(telling: Telling, steps: Sequence[Step]) -> str:
    """The steps of a coalition in words, where there is more than one, or not everybody moves."""
    words = []
    for step in steps:
        names = [telling.name(p) for p in step.mover]
        verb = "moves" if len(names) == 1 else "together move"
        words.append(f"{listed(names)} {verb} to {telling.view.space.name(step.end)}")
    return ": " + (words[0] if len(words) == 1 else ", ".join(words[:-1]) + f", and {words[-1]}")
