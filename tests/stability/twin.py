"""The five concepts word for word: sets, breadth-first search over legal sequences, no cleverness.

Slow on purpose. The engine's answers are compared with these on random models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from accordant.model.graph import GraphModel, Mover

Better = Callable[[int, int, int], bool]
"""Whether party p strictly prefers state t to state s: better(p, t, s)."""


def reachable(model: GraphModel, party: int, state: int) -> set[int]:
    """R_i(s): where one move of a party leads."""
    return {int(t) for t in model.movers[party].moves.arcs.from_state(state)}


def coalition_reachable(
    movers: Sequence[Mover], start: int, permitted: Callable[[Mover, int, int], bool]
) -> set[int]:
    """R_H(s): where legal sequences lead, nobody moving twice in a row."""
    seen: set[tuple[int, int]] = set()
    front: list[tuple[int, int | None]] = [(start, None)]
    while front:
        state, last = front.pop()
        for k, mover in enumerate(movers):
            if k == last:
                continue
            for t in map(int, mover.moves.arcs.from_state(state)):
                if permitted(mover, state, t) and (t, k) not in seen:
                    seen.add((t, k))
                    front.append((t, k))
    return {state for state, _ in seen}


def any_move(_mover: Mover, _s: int, _t: int) -> bool:
    return True


def is_stable(model: GraphModel, orders: Sequence[Sequence[int]], i: int, s: int, concept: str) -> bool:
    """Whether state s is stable for party i, by the definition of the concept."""

    def better(p: int, t: int, s: int) -> bool:
        return bool(orders[p][t] > orders[p][s])

    def improvement(mover: Mover, s: int, t: int) -> bool:
        return all(better(p, t, s) for p in mover.parties)

    improvements = [s1 for s1 in reachable(model, i, s) if better(i, s1, s)]
    if concept == "nash":
        return not improvements
    opponents = model.opponents(i)
    permitted = improvement if concept in ("seq", "sseq") else any_move
    for s1 in improvements:
        answers = coalition_reachable(opponents, s1, permitted)
        sanctions = {s2 for s2 in answers if not better(i, s2, s)}
        if concept in ("smr", "sseq"):
            sanctions = {
                s2 for s2 in sanctions if all(not better(i, s3, s) for s3 in reachable(model, i, s2))
            }
        if not sanctions:
            return False
    return True


def judge(
    model: GraphModel, orders: Sequence[Sequence[int]], concepts: Iterable[str]
) -> dict[str, list[list[bool]]]:
    """Every verdict: concept, party, state."""
    return {
        c: [[is_stable(model, orders, i, s, c) for s in range(model.n)] for i in range(len(model.parties))]
        for c in concepts
    }
