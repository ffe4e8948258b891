"""Legal sequences from a state, one layer after the other, as the definition says; slow on purpose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from accordant.model.graph import GraphModel, Mover, Orders
from accordant.stability.readings import Reading

Sequence = tuple[tuple[tuple[int, ...], int, int], ...]
"""Steps: who, from where, to where."""


def may(orders: Orders, needs: tuple[int, ...] | None, s: int, t: int) -> bool:
    """Whether everybody who has to gain by a step does."""
    return needs is not None and all(orders[p][t] > orders[p][s] for p in needs)


Permitted = Callable[[int, int, int], bool]
"""Whether the k-th mover may make the step from s to t, where it has that move."""


def pairs(model: GraphModel, permitted: Permitted, start: int) -> list[set[tuple[int, int]]]:
    """(State, last mover) after 0, 1, 2, … moves, each pair where it is first met."""
    layers: list[set[tuple[int, int]]] = [{(start, -1)}]
    seen = set(layers[0])
    while layers[-1]:
        ahead = set()
        for s, last in layers[-1]:
            for k, mover in enumerate(model.movers):
                if k != last:
                    ahead |= {(t, k) for t in targets(mover, s) if permitted(k, s, t)}
        layers.append(ahead - seen)
        seen |= ahead
    return layers


def targets(mover: Mover, s: int) -> list[int]:
    return [int(t) for t in mover.moves.arcs.from_state(s)]


def layers(model: GraphModel, orders: Orders, reading: Reading, start: int) -> dict[int, int]:
    """The step at which each state is first reached, where some must gain by each step."""
    return layers_by(model, lambda k, s, t: may(orders, reading[k], s, t), start)


def layers_by(model: GraphModel, permitted: Permitted, start: int) -> dict[int, int]:
    """The step at which each state is first reached."""
    found: dict[int, int] = {}
    for k, layer in enumerate(pairs(model, permitted, start)):
        for s, _ in layer:
            found.setdefault(s, k)
    return found


def shortest(model: GraphModel, orders: Orders, reading: Reading, start: int) -> dict[int, set[Sequence]]:
    """Every shortest legal sequence to every state that is reached."""
    first = layers(model, orders, reading, start)
    found: dict[int, set[Sequence]] = defaultdict(set)
    grown: list[tuple[int, int, Sequence]] = [(start, -1, ())]
    found[start].add(())
    for length in range(1, max(first.values(), default=0) + 1):
        longer = []
        for s, last, sequence in grown:
            for k, mover in enumerate(model.movers):
                if k == last:
                    continue
                for t in targets(mover, s):
                    if may(orders, reading[k], s, t):
                        longer.append((t, k, (*sequence, (mover.parties, s, t))))
        grown = longer if len(longer) < 20_000 else []
        if not grown:
            break
        for t, _, sequence in longer:
            if first[t] == length:
                found[t].add(sequence)
    return found
