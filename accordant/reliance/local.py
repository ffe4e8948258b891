"""Whether a few states are stable, in a model with many: only what can be reached from them is looked at.

Where the moves of each mover compose, what opponents can reach is what their steps reach one after
the other, whoever moves. All first moves of a party from all states asked about are followed at once,
each as one bit.
"""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.stability.arc_form import ArcForm, arc_form

Bools = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Steps = tuple[Bools, ...]
"""For each mover which of its arcs, in the order of :meth:`Local.arcs`, are steps that count."""

STATES = 512
"""Fewest states for which this is worth while."""
PART = 32
"""Of so many states at most one is asked about: more of them are judged with all others."""
ARCS = 1 << 22
"""Most arcs that are listed for it."""
BITS = 64

_reach: WeakKeyDictionary[GraphModel, dict[tuple[int, int], list[tuple[int, Numbers]]]] = WeakKeyDictionary()
"""What was found of each model: for a party and a state what :meth:`Local._led_to` gives."""


def suits(model: GraphModel, asked: int) -> bool:
    """Whether a model is large, few of its states are asked about, and the moves of each mover compose."""
    if model.n < STATES or asked * PART > model.n or model.more_arcs(ARCS):
        return False
    return all(mover.moves.transitive for mover in model.movers)


class Local:
    """A model that :func:`suits`, to be asked about some states."""

    def __init__(self, model: GraphModel) -> None:
        self.model, self.n = model, model.n
        self._reach = _reach.setdefault(model, {})

    @cached_property
    def form(self) -> ArcForm:
        """All arcs."""
        return arc_form(self.model)

    @cached_property
    def arcs(self) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """For each mover its arcs, from and to, those to one state together."""
        starts, back = self.form.back_start, self.form.back
        to = np.arange(self.n, dtype=np.int32)
        return [(back[s[0] : s[-1]], np.repeat(to, np.diff(s))) for s in starts]

    def moves(self, party: int, state: int) -> Numbers:
        """Where a party's moves lead from a state."""
        return self.model.movers[party].moves.from_state(state).astype(np.intp)

    def stays(self, party: int, ranks: NDArray[np.integer], states: Numbers) -> Bools:
        """Where a party has no improvement: (orders, states)."""
        found = np.ones((len(ranks), len(states)), dtype=bool)
        for k, s in enumerate(states):
            found[:, k] = ~(ranks[:, self.moves(party, int(s))] > ranks[:, [s]]).any(axis=1)
        return found

    def stable(
        self,
        party: int,
        ranks: NDArray[np.integer],
        states: Numbers,
        *,
        answers: bool,
        steps: Steps | None = None,
    ) -> Bools:
        """Where every improvement of a party is answered: (orders, states).

        Parameters
        ----------
        answers
            Whether the party may move once more after the answer.
        steps
            The opponents' steps that count; all their moves by default.
        """
        found = np.ones((len(ranks), len(states)), dtype=bool)
        for k, s in enumerate(map(int, states)):
            here = ranks[:, s]
            for target, held in self._led_to(party, s, steps):
                gains = np.flatnonzero(ranks[:, target] > here)
                if len(gains):
                    least = self._least(party, ranks[gains], held, answers)
                    found[gains[least > here[gains]], k] = False
        return found

    def _led_to(self, party: int, state: int, steps: Steps | None) -> list[tuple[int, Numbers]]:
        """Each move of a party from a state, with all states that its opponents reach from there."""
        key = party, state
        if steps is None and key in self._reach:
            return self._reach[key]
        targets = self.moves(party, state).tolist()
        found: list[tuple[int, Numbers]] = []
        for start in range(0, len(targets), BITS):
            some = targets[start : start + BITS]
            reached = self._reached(party, some, steps)
            for bit, target in enumerate(some):
                held = np.flatnonzero(reached >> np.uint64(bit) & np.uint64(1))
                found.append((target, held))
        if steps is None:
            self._reach[key] = found
        return found

    def _reached(self, party: int, targets: list[int], steps: Steps | None) -> NDArray[np.uint64]:
        """What the opponents reach from each of some states: bit k of a state for the k-th of them."""
        reached = np.zeros(self.n, dtype=np.uint64)
        for bit, target in enumerate(targets):
            reached[target] |= np.uint64(1) << np.uint64(bit)
        movers = [self._grouped(k, steps) for k in self.form.opponents[party]]
        while True:
            before = reached.copy()
            for source, to, begin in movers:
                if len(source):
                    reached[to] |= np.bitwise_or.reduceat(reached[source], begin)
            if (reached == before).all():
                return reached

    def _grouped(self, mover: int, steps: Steps | None) -> tuple[NDArray[np.int32], Numbers, Numbers]:
        """Sources of a mover's steps, the states that they lead to, and where those of each begin."""
        source, target = self.arcs[mover]
        if steps is not None:
            source, target = source[steps[mover]], target[steps[mover]]
        begin = np.flatnonzero(np.diff(target, prepend=-1))
        return source, target[begin].astype(np.intp), begin

    def _least(
        self, party: int, ranks: NDArray[np.integer], states: Numbers, answers: bool
    ) -> NDArray[np.integer]:
        """The least that a party can be held to at some states, under each order."""
        if not answers:
            return np.asarray(ranks[:, states].min(axis=1))
        start = self.form.ahead_start[party]
        from_, to = start[states], start[states + 1]
        count = to - from_ + 1  # staying is one of the answers
        begin = np.concatenate([[0], np.cumsum(count)[:-1]])
        answer = np.empty(int(count.sum()), dtype=np.intp)
        answer[begin] = states
        rest = np.ones(len(answer), dtype=bool)
        rest[begin] = False
        places = np.repeat(from_ - begin - 1, count) + np.arange(len(answer))
        answer[rest] = self.form.ahead[places[rest]]
        return np.asarray(np.maximum.reduceat(ranks[:, answer], begin, axis=1).min(axis=1))
