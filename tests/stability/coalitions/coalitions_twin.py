"""Coalitions word for word: sets, breadth-first search over legal sequences, no cleverness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover
from tests.stability.twin import any_move, coalition_reachable

Ranks = Sequence[Sequence[int]] | Sequence[NDArray[np.bool_]]
"""Ranks of each party, or its strict preference as a matrix: ``[s, t]``, t is better than s."""


def likes(orders: Ranks, i: int, t: int, s: int) -> bool:
    row = orders[i]
    if isinstance(row, np.ndarray) and row.ndim == 2:
        return bool(row[s, t])
    return bool(row[t] > row[s])


def better(orders: Ranks, members: Sequence[int], t: int, s: int, *, pareto: bool = False) -> bool:
    """Whether t is better than s for all members; or for some and worse for none."""
    if pareto:
        return not any(likes(orders, i, s, t) for i in members) and any(
            likes(orders, i, t, s) for i in members
        )
    return all(likes(orders, i, t, s) for i in members)


def within(model: GraphModel, members: Sequence[int]) -> list[Mover]:
    return [m for m in model.movers if set(m.parties) <= set(members)]


def moves(mover: Mover) -> bool:
    """Whether a mover has moves, in some state or with some value."""
    if isinstance(mover.moves, ArcMoves):
        return len(mover.moves.targets) > 0
    return any(a[v, w] for a in mover.moves.allowed for v, w in np.ndindex(a.shape) if v != w)


def reach(model: GraphModel, members: Sequence[int], s: int) -> set[int]:
    """R_H(s)."""
    return coalition_reachable(within(model, members), s, any_move)


def improvements(
    model: GraphModel, orders: Ranks, members: Sequence[int], s: int, *, pareto: bool = False
) -> set[int]:
    return {q for q in reach(model, members, s) if better(orders, members, q, s, pareto=pareto)}


def answers(
    model: GraphModel,
    orders: Ranks,
    members: Sequence[int],
    q: int,
    concept: str,
    *,
    together: bool,
    pareto: bool,
) -> set[int]:
    """Where the outsiders can lead from q."""
    outsiders = [m for m in model.movers if not set(m.parties) & set(members)]
    if concept in ("gmr", "smr"):
        return coalition_reachable(outsiders, q, any_move)
    if not together:
        return coalition_reachable(outsiders, q, lambda m, s, t: better(orders, m.parties, t, s))
    # parties that cannot move with anybody join no coalition
    others = sorted({p for m in model.movers if moves(m) for p in m.parties} - set(members))
    seen: set[tuple[int, tuple[int, ...]]] = set()
    front: list[tuple[int, tuple[int, ...]]] = [(q, ())]
    while front:
        state, last = front.pop()
        for size in range(1, len(others) + 1):
            for group in combinations(others, size):
                if group == last:
                    continue
                for t in improvements(model, orders, group, state, pareto=pareto):
                    if (t, group) not in seen:
                        seen.add((t, group))
                        front.append((t, group))
    return {state for state, _ in seen}


def stays(
    model: GraphModel,
    orders: Ranks,
    members: Sequence[int],
    s: int,
    concept: str,
    *,
    pareto: bool = False,
    together: bool = False,
) -> bool:
    """Whether s is stable for a coalition."""
    leaving = improvements(model, orders, members, s, pareto=pareto)
    if concept == "nash":
        return not leaving
    for q in leaving:
        ends = answers(model, orders, members, q, concept, together=together, pareto=pareto)
        deterring = {t for t in ends if not better(orders, members, t, s, pareto=pareto)}
        if concept in ("smr", "sseq"):
            deterring = {
                t
                for t in deterring
                if not any(better(orders, members, x, s, pareto=pareto) for x in reach(model, members, t))
            }
        if not deterring:
            return False
    return True


def player_stays(
    own: ArcMoves, others: GraphModel, orders: Ranks, members: Sequence[int], s: int, concept: str
) -> bool:
    """Whether s is stable for parties that act as one, their moves being ``own``.

    The movers of ``others`` are the players; each gains when all its parties do.
    """

    def moves(state: int) -> list[int]:
        return [int(t) for t in own.from_state(state)]

    leaving = [q for q in moves(s) if better(orders, members, q, s)]
    if concept == "nash":
        return not leaving
    outsiders = [m for m in others.movers if not set(m.parties) & set(members)]

    def permitted(m: Mover, at: int, t: int) -> bool:
        return concept in ("gmr", "smr") or better(orders, m.parties, t, at)

    for q in leaving:
        deterring = {
            t for t in coalition_reachable(outsiders, q, permitted) if not better(orders, members, t, s)
        }
        if concept in ("smr", "sseq"):
            deterring = {t for t in deterring if not any(better(orders, members, x, s) for x in moves(t))}
        if not deterring:
            return False
    return True
