"""What one party's stability lies between, over all orders of everybody and some choices of moves.

A party is stable where every improvement of its own is answered. Fewer moves of its own and more
moves of the others can only make more states stable; so can, under SEQ and SSEQ, more credible steps
of the others. One model with the party's most moves and the others' fewest therefore tells where it
must be stable under all models in between, one with its fewest and their most where it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.reliance.local import Local, suits
from accordant.stability import engine

if TYPE_CHECKING:
    from accordant.reliance.outlooks import Ordered

Bools = NDArray[np.bool_]
Side = Literal["must", "may"]
SIDES: tuple[Side, Side] = ("must", "may")
Rows: TypeAlias = dict[str, Bools]
"""By concept, shape (the party's orders, states)."""
T = TypeVar("T")


class Asked(dict[str, T]):
    """Answers by concept, each worked out when it is first asked for."""

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, concept: str) -> T:
        self[concept] = found = self._answer(concept)
        return found


ALONE = ("nash", "gmr", "smr")
"""Concepts under which a party's verdict depends on nobody else's order."""
TOGETHER = ("seq", "sseq")


def alone(
    model: GraphModel,
    party: int,
    own: Ordered,
    asked: NDArray[np.intp],
    side: Side,
    *,
    every: bool = False,
) -> Rows:
    """Where a party must, or may, be stable under the concepts that ask for nobody else's order.

    Parameters
    ----------
    party
        Its number.
    asked
        The states of which it is told; of others nothing need be: they must not, and may, be stable.
    every
        Whether it is told of every state, where the order is known.
    """
    if own.known.all():
        ranks = own.top if side == "must" and own.unplaced.any() else own.ranks
        if not every and suits(model, len(asked)):
            return _of_some(model, party, ranks, asked, side)
        # better than all others they tempt and deter nobody; worse than all, the reverse
        return engine.judge_alone(model, party, ranks, ALONE)
    shape = own.ranks.shape[0], model.n  # an unknown order is the same whatever its red lines
    if side == "may":
        return dict.fromkeys(ALONE, np.broadcast_to(np.True_, shape))
    least = engine.always_alone(model, party, ALONE, asked)
    return {c: np.broadcast_to(stable, shape) for c, stable in least.items()}


def _of_some(
    model: GraphModel, party: int, ranks: NDArray[np.int64], asked: NDArray[np.intp], side: Side
) -> Rows:
    local = Local(model)

    def answer(concept: str) -> Bools:
        found = np.full(ranks.shape, side == "may")
        if concept == "nash":
            found[:, asked] = local.stays(party, ranks, asked)
        else:
            found[:, asked] = local.stable(party, ranks, asked, answers=concept == "smr")
        return found

    return Asked(answer)


def everybody(parties: Sequence[Rows | None], side: Side, concept: str) -> Bools | None:
    """Where all parties must be stable under every order, or each may be under some: an array over states.

    None where nothing is told: nothing must be, everything may be.
    """
    told = [rows[concept] for rows in parties if rows is not None]
    if not told or (side == "must" and len(told) < len(parties)):
        return None
    over = [rows.all(axis=0) if side == "must" else rows.any(axis=0) for rows in told]
    return np.asarray(np.logical_and.reduce(over))
