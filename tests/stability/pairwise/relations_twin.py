"""Concepts on relations word for word: predicates, sets and breadth-first search."""

from __future__ import annotations

from collections.abc import Callable

from accordant.model.graph import GraphModel, Mover
from tests.stability.twin import any_move, coalition_reachable, reachable

Relation = Callable[[int, int], bool]
"""Of the state that a party starts from and another one."""


def is_stable(
    model: GraphModel,
    i: int,
    s: int,
    leaves: Relation,
    sanction: Relation | None = None,
    permitted: Callable[[Mover, int, int], bool] = any_move,
    safe: Relation | None = None,
) -> bool:
    """Every state that i leaves s for is answered by a sanction that i cannot undo."""
    for s1 in reachable(model, i, s):
        if not leaves(s, s1):
            continue
        answers = coalition_reachable(model.opponents(i), s1, permitted)
        good = {s2 for s2 in answers if sanction is not None and sanction(s, s2)}
        if safe is not None:
            good = {s2 for s2 in good if all(safe(s, s3) for s3 in reachable(model, i, s2))}
        if not good:
            return False
    return True
