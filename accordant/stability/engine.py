"""Which states are stable for whom: exact, for any number of parties and legal sequences of any length.

What a caller asks for by the names of concepts; :mod:`accordant.stability.verdicts` chooses the kernel.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.graph import GraphModel, Orders
from accordant.stability.bounds import Bounds, EquilibriumBounds, always_alone, bounds, equilibrium_bounds
from accordant.stability.concepts import find
from accordant.stability.readings import plain
from accordant.stability.verdicts import kinds, kinds_batch, only

__all__ = [
    "Bounds",
    "EquilibriumBounds",
    "always_alone",
    "bounds",
    "equilibrium_bounds",
    "judge",
    "judge_alone",
    "judge_batch",
]

AT_ONCE = 1 << 22
"""Most ranks (settings × parties × states) of one party judged at once."""

Bools = NDArray[np.bool_]
Verdicts = dict[str, Bools]


def judge(model: GraphModel, orders: Orders, concepts: Iterable[str] | None = None) -> Verdicts:
    """For each concept, which states are stable for which party.

    Parameters
    ----------
    model
        States and moves.
    orders
        Ranks, shape (parties, n): larger is better, equal is a tie.
    concepts
        Names of solution concepts; all of them by default.

    Returns
    -------
    dict of str to array of bool, shape (parties, n)
        True where the state is stable. An equilibrium is stable for every party.

    Raises
    ------
    InputError
        If a concept is unknown, or the orders do not fit the model.

    Examples
    --------
    The prisoners' dilemma: both may cooperate (0) or defect (1).

    >>> import numpy as np
    >>> from accordant.model.graph import GraphModel, Mover, ProductMoves
    >>> from accordant.model.space import StateSpace
    >>> codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.uint8)
    >>> free = np.ones((2, 2), dtype=bool)
    >>> movers = tuple(Mover((k,), ProductMoves(codes, (2, 2), (k,), (free,), True)) for k in range(2))
    >>> space = StateSpace(("row", "column"), (("c", "d"),) * 2, codes, np.arange(4, dtype=np.int32), 4)
    >>> model = GraphModel(space, ("row", "column"), movers)
    >>> verdicts = judge(model, np.array([[3, 1, 4, 2], [3, 4, 1, 2]]), ["nash", "seq"])
    >>> {name: np.flatnonzero(v.all(axis=0)).tolist() for name, v in verdicts.items()}
    {'nash': [3], 'seq': [0, 3]}
    """
    found = find(concepts)
    _check(model, np.asarray(orders), (len(model.parties), model.n))
    stable = kinds(model, np.asarray(orders, dtype=np.int64), plain(model), only(*(c.kind for c in found)))
    return {c.name: stable[c.kind] for c in found}


def judge_batch(
    model: GraphModel, orders: NDArray[np.int64], concepts: Iterable[str] | None = None
) -> Verdicts:
    """The same for many orders on the same moves.

    Parameters
    ----------
    model
        States and moves.
    orders
        Ranks, shape (settings, parties, n).
    concepts
        Names of solution concepts; all of them by default.

    Returns
    -------
    dict of str to array of bool, shape (settings, parties, n)

    Raises
    ------
    InputError
        If a concept is unknown, or the orders do not fit the model.
    """
    found = find(concepts)
    orders = np.asarray(orders, dtype=np.int64)
    _check(model, orders, (*orders.shape[:1], len(model.parties), model.n))
    stable = kinds_batch(model, orders, plain(model), only(*(c.kind for c in found)))
    return {c.name: stable[c.kind] for c in found}


def judge_alone(
    model: GraphModel, party: int, orders: NDArray[np.int64], concepts: Iterable[str]
) -> Verdicts:
    """The same for one party, under concepts that ask for nobody else's order.

    Parameters
    ----------
    party
        Its number.
    orders
        Its ranks, shape (settings, n).

    Returns
    -------
    dict of str to array of bool, shape (settings, n)
    """
    found, alone = find(concepts), np.arange(len(model.parties)) == party
    stable = {c.name: np.zeros(orders.shape, dtype=bool) for c in found}
    room = max(1, AT_ONCE // max(1, model.n * len(alone)))
    for start in range(0, len(orders), room):
        some = orders[start : start + room]
        every = np.zeros((len(some), len(alone), model.n), dtype=np.int64)
        every[:, party] = some
        verdicts = kinds_batch(model, every, plain(model), only(*(c.kind for c in found)), alone)
        for c in found:
            stable[c.name][start : start + room] = verdicts[c.kind, :, party]
    return stable


def _check(model: GraphModel, orders: NDArray[np.int64], shape: tuple[int, ...]) -> None:
    if orders.shape != shape:
        raise InputError(
            f"orders have the shape {orders.shape}, but {len(model.parties)} parties and {model.n} states "
            f"need {shape}"
        )
