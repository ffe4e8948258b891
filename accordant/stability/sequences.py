"""Shortest legal sequences, state by state: what an explanation shows.

Slow beside the kernels and only run on demand. Every step is remembered, so that a verdict can be
followed by hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Mover, Orders


@dataclass(frozen=True, slots=True)
class Step:
    """One move: who (party numbers), from where, to where (state numbers)."""

    mover: tuple[int, ...]
    start: int
    end: int


def improving(orders: Orders, mover: Mover, state: int, targets: NDArray[np.int32]) -> NDArray[np.int32]:
    """Of some targets those that every member of the mover strictly prefers to a state."""
    for party in mover.parties:
        targets = targets[orders[party, targets] > orders[party, state]]
    return targets


def walk(
    model: GraphModel, orders: Orders, party: int, start: int, *, credible: bool
) -> Iterator[tuple[Step, ...]]:
    """Legal sequences of a party's opponents from a state, shortest first, one to each new end.

    Parameters
    ----------
    credible
        Whether every step must be an improvement for everybody who makes it.

    Yields
    ------
    tuple of Step
        One sequence per (state, last mover); nobody moves twice in a row.
    """
    movers = model.opponents(party)
    found: dict[tuple[int, int], tuple[int, int] | None] = {}
    queue: deque[tuple[int, int]] = deque()

    def steps(state: int, last: int) -> Iterator[tuple[int, int]]:
        for k, mover in enumerate(movers):
            if k != last:
                targets = mover.moves.from_state(state)
                if credible:
                    targets = improving(orders, mover, state, targets)
                yield from ((int(t), k) for t in targets)

    def sequence(node: tuple[int, int]) -> tuple[Step, ...]:
        backwards = []
        at: tuple[int, int] | None = node
        while at is not None:
            before = found[at]
            backwards.append(Step(movers[at[1]].parties, start if before is None else before[0], at[0]))
            at = before
        return tuple(reversed(backwards))

    nodes: list[tuple[tuple[int, int], tuple[int, int] | None]] = [(node, None) for node in steps(start, -1)]
    while nodes or queue:
        for node, before in nodes:
            if node not in found:
                found[node] = before
                queue.append(node)
                yield sequence(node)
        if not queue:
            return
        at = queue.popleft()
        nodes = [(node, at) for node in steps(*at)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the opponents make of one improvement.

    Attributes
    ----------
    sanctioned
        Whether they can hold the party to what it had.
    steps
        The shortest sequence that does; otherwise the one that comes nearest, empty where they
        have no step at all.
    left
        What the party has in the end: the state led to, or the state it can still go on to.
    """

    sanctioned: bool
    steps: tuple[Step, ...]
    left: int


def best_answer(
    model: GraphModel,
    orders: Orders,
    party: int,
    start: int,
    improvement: int,
    *,
    credible: bool,
    answers: bool,
) -> Answer:
    """The shortest sanction of an improvement, or what comes nearest to one.

    Parameters
    ----------
    answers
        Whether the party may move once more after the sanction.
    """
    u = orders[party]
    nearest: Answer | None = None
    for steps in walk(model, orders, party, improvement, credible=credible):
        end = steps[-1].end
        left = _left(model, u, party, end) if answers else end
        if u[left] <= u[start]:
            return Answer(True, steps, left)
        if nearest is None or u[left] < u[nearest.left]:
            nearest = Answer(False, steps, left)
    return nearest or Answer(False, (), improvement)


def _left(model: GraphModel, u: NDArray[np.int64], party: int, state: int) -> int:
    """The best that the party has within one move of a state, staying where it is if level."""
    targets = model.movers[party].moves.from_state(state)
    if len(targets) == 0:
        return state
    best = int(targets[np.argmax(u[targets])])
    return best if u[best] > u[state] else state
