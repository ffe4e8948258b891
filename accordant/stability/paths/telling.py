"""One kind of ways to one state, in words: how it is reached, or what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accordant.stability.paths.result import Answer, Nearest, Obstacle, Route
from accordant.stability.paths.search import Reached
from accordant.stability.sequences import Step
from accordant.stability.telling import Telling, listed

if TYPE_CHECKING:
    from accordant.stability.paths.analysis import Analysis

OTHERS = 3
"""Shortest sequences that are shown for one state."""


@dataclass(frozen=True, eq=False)
class Way:
    """One kind of ways: what is reached whatever the unknown orders are, and what may be."""

    name: str
    sure: Reached
    may: Reached


class Routing(Telling):
    """One kind of ways to one state, in words."""

    def __init__(self, analysis: Analysis, way: Way, state: int) -> None:
        super().__init__(analysis.view, state, 0, way.name)
        self.analysis, self.way = analysis, way
        self.here = analysis.space.name(analysis.start)
        self.there = analysis.space.name(state)

    def route(self, over: str, settings: tuple[int, int] | None) -> Route:
        """Whether and how the state is reached."""
        answer: Answer = "yes"
        found: Reached | None = self.way.sure
        blocked: Obstacle | None = None
        if not self.way.may.states[self.state]:
            answer, found, (sentence, blocked) = "no", None, self._blocked()
        elif not self.way.sure.states[self.state]:
            answer, found, (sentence, blocked) = "unknown", self.way.may, self._open()
        else:
            sentence = self._led()
        if over == "sometimes" and answer != "unknown":
            sentence += " That is so as the case is written, not in every admissible setting."
        return self._route(answer, found, sentence, over, settings, blocked)

    def _route(
        self,
        answer: Answer,
        found: Reached | None,
        sentence: str,
        over: str,
        settings: tuple[int, int] | None,
        blocked: Obstacle | None,
    ) -> Route:
        paths = found.paths(self.state, OTHERS) if found else ()
        told = [self.moves(path) for path in paths]
        return Route(
            answer=answer,
            steps=int(found.steps[self.state]) if found else None,
            path=told[0] if told else (),
            others=tuple(told[1:]),
            count=found.count(self.state) if found else None,
            sentence=sentence,
            elements=tuple(self.compared),
            blocked=blocked,
            over=over,
            settings=settings,
        )

    def _needs(self, step: Step) -> list[int]:
        """Who has to gain by a step."""
        free = self.analysis.free_numbers if self.way.name == "mixed" else ()
        return [] if self.way.name == "any" else [p for p in step.mover if p not in free]

    def _led(self) -> str:
        if self.state == self.analysis.start:
            return f"{self.here} is where it starts."
        steps = self.way.sure.paths(self.state, 1)[0]
        text = f"From {self.here}, {self._told(steps)}."
        count = self.way.sure.count(self.state)
        if count is None:
            return f"{text} It is one of many ways that short."
        return text if count == 1 else f"{text} It is one of {count:,} ways that short."

    def _told(self, steps: Sequence[Step]) -> str:
        words = []
        for k, step in enumerate(steps):
            names = [self.name(p) for p in step.mover]
            together = " together" if len(names) > 1 else ""
            can = f"{listed(names)}{together}{'' if k else ' can move'} to {self.view.space.name(step.end)}"
            needs = [p for p in self._needs(step) if self._gains(p, step)]
            for party in needs:
                self.compare(party, step.start, [step.end])
            if needs:
                can += f", which {self._gainers(names, needs)} better"
            words.append(can)
        return "; then ".join(words)

    def _gainers(self, names: Sequence[str], needs: Sequence[int]) -> str:
        """Who of those that move likes the end better: all of them, or by name."""
        if len(names) == 1:
            return "it likes"
        if len(needs) == len(names):
            return "both like" if len(needs) == 2 else "all like"
        return listed([self.name(p) for p in needs]) + (" likes" if len(needs) == 1 else " like")

    def _blocked(self) -> tuple[str, Obstacle]:
        if not self.analysis.any.states[self.state]:
            why, obstacle = self.analysis.obstacles.of(self.state)
            self.compared.update(dict.fromkeys(obstacle.elements))
            return f"No moves lead from {self.here} to {self.there}: {why}.", obstacle
        steps = self.analysis.any.paths(self.state, 1)[0]
        step, party = next((s, p) for s in steps if (p := self._loser(s)) is not None)
        element = self.view.decides(self.view.parties[party], step.start, step.end)
        self.compare(party, step.start, [step.end])
        text = f"{self._kind()} do not lead from {self.here} to {self.there}. On a shortest way, "
        how = "move" if len(step.mover) == 1 else "join in the move"
        text += f"{self._way_of(steps)}, {self.name(party)} would have to {how} from "
        text += f"{self.view.space.name(step.start)} to {self.view.space.name(step.end)}, which it likes "
        text += "no better" if element is None else f"less ({element})"
        near = self._nearest()
        return f"{text}. {self._coming(near)}", Obstacle(
            "preference", (element,) if element else (), self.move(step), near
        )

    def _kind(self) -> str:
        if self.way.name == "improvements":
            return "Improvements alone"
        return f"Improvements and any moves of {listed([self.name(p) for p in self.analysis.free_numbers])}"

    def _loser(self, step: Step) -> int | None:
        """Who has to gain by a step and does not; None where everybody does, or may."""
        return next((p for p in self._needs(step) if self._gains(p, step) is False), None)

    def _gains(self, party: int, step: Step) -> bool | None:
        return self.analysis.wishes.gains(party, step.start, step.end)

    def _open(self) -> tuple[str, Obstacle]:
        steps = self.way.may.paths(self.state, 1)[0]
        silent = [(s, p) for s in steps for p in self._needs(s) if self._gains(p, s) is None]
        names = listed(list(dict.fromkeys(self.name(p) for _, p in silent)))
        text = f"Whether {self._kind().lower()} lead from {self.here} to {self.there} is open, because what "
        text += f"{names} would gain is not known: {self._told(steps)}."
        near = self._nearest()
        return text, Obstacle("unknown", (), self.move(silent[0][0]), near)

    def _way_of(self, steps: Sequence[Step]) -> str:
        moves = (f"{listed([self.name(p) for p in s.mover])} to {self.view.space.name(s.end)}" for s in steps)
        return f"from {self.here} {', '.join(moves)}"

    def _nearest(self) -> Nearest:
        source, steps = self.analysis.nearest(self.way, self.state)
        return Nearest(self.view.space.name(source), self.moves(steps))

    def _coming(self, near: Nearest) -> str:
        away = f"{len(near.moves)} move{'' if len(near.moves) == 1 else 's'} away"
        if near.state == self.here:
            return f"They come no nearer than {self.here} itself, {away}."
        return f"The nearest that they lead to is {near.state}, {away}."
