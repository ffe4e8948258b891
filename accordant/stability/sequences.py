"""Shortest legal sequences, state by state: what an explanation shows.

Slow beside the kernels and only run on demand. Every step is remembered, so that a verdict can be
followed by hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
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
        One sequence per end, or per end and last mover where the last mover matters. Where it does
        not, two moves of one mover in a row would be one move, so that a shortest sequence has none.
    """
    movers = model.opponents(party)

    def ahead(k: int, state: int) -> NDArray[np.int32]:
        targets = movers[k].moves.from_state(state)
        return improving(orders, movers[k], state, targets) if credible else targets

    track = not all(m.moves.transitive for m in movers)
    yield from legal_sequences([m.parties for m in movers], ahead, model.n, start, track=track)


def legal_sequences(
    movers: Sequence[tuple[int, ...]],
    ahead: Callable[[int, int], NDArray[np.int32]],
    n: int,
    start: int,
    *,
    track: bool = True,
) -> Iterator[tuple[Step, ...]]:
    """Legal sequences from a state, shortest first, one to each new end and last mover.

    Parameters
    ----------
    movers
        The parties of each mover.
    ahead
        Where the steps of a mover (by its place in ``movers``) lead from a state.
    n
        Number of states.
    track
        Whether the last mover matters. Where it does not, there is one sequence to each end other
        than the start.
    """
    seen = np.zeros((len(movers) if track else 1, n), dtype=bool)
    seen[:, start] = not track  # back at the start nothing is won; and it may be one mover, there and back
    queue: deque[_Arrival] = deque([_Arrival(start, -1, None)])
    while queue:
        at = queue.popleft()
        for k in range(len(movers)):
            if track and k == at.mover:
                continue
            targets = ahead(k, at.state)
            new = targets[~seen[k if track else 0, targets]]
            seen[k if track else 0, new] = True
            for t in new:
                arrival = _Arrival(int(t), k, at)
                queue.append(arrival)
                yield arrival.steps(movers)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A state reached, by whom, and from where."""

    state: int
    mover: int
    before: _Arrival | None

    def steps(self, movers: Sequence[tuple[int, ...]]) -> tuple[Step, ...]:
        """The whole sequence that led here."""
        backwards = []
        at = self
        while at.before is not None:
            backwards.append(Step(movers[at.mover], at.before.state, at.state))
            at = at.before
        return tuple(reversed(backwards))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the opponents make of one improvement.

    Attributes
    ----------
    sanctioned
        Whether they can hold the party to what it had.
    steps
        The shortest sequence that does; otherwise the one that comes nearest, and of several the one
        with the worst end. Empty where they have no step at all.
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
    nearest, least = Answer(False, (), improvement), None
    for steps in walk(model, orders, party, improvement, credible=credible):
        end = steps[-1].end
        left = _left(model, u, party, end) if answers else end
        if u[left] <= u[start]:
            return Answer(True, steps, left)
        # what leaves the party with no less than the improvement does nothing to it, however much it is
        found = (min(u[left], u[improvement]), u[end])
        if least is None or found < least:
            nearest, least = Answer(False, steps, left), found
    return nearest


def _left(model: GraphModel, u: NDArray[np.int64], party: int, state: int) -> int:
    """The best that the party has within one move of a state, staying where it is if level."""
    targets = model.movers[party].moves.from_state(state)
    if len(targets) == 0:
        return state
    best = int(targets[np.argmax(u[targets])])
    return best if u[best] > u[state] else state
