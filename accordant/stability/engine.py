"""Which states are stable for whom: exact, for any number of parties and legal sequences of any length.

Two kernels give the same verdicts. One follows arcs, with the last mover where it matters, and
serves every model; the other sweeps the fibres of the option form and is there for size. The engine
chooses.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.graph import GraphModel, Orders, ProductMoves
from accordant.stability import arc_form, option_form
from accordant.stability.bounds import Bounds, EquilibriumBounds, bounds, equilibrium_bounds
from accordant.stability.concepts import find
from accordant.stability.ranks import compact
from accordant.stability.readings import Reading, plain

__all__ = ["Bounds", "EquilibriumBounds", "bounds", "equilibrium_bounds", "judge", "judge_batch"]

Bools = NDArray[np.bool_]
Verdicts = dict[str, Bools]

SMALL, FEW = 1024, 200_000
"""States and pairs of states in a fibre up to which arcs are listed although sweeps apply: one
kernel for all small models starts faster, and is as fast there."""


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
    wanted = np.zeros(arc_form.KINDS, dtype=bool)
    wanted[[c.kind for c in found]] = True
    stable = kinds(model, np.asarray(orders, dtype=np.int64), plain(model), wanted)
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
    wanted = np.zeros(arc_form.KINDS, dtype=bool)
    wanted[[c.kind for c in found]] = True
    stable = kinds_batch(model, orders, plain(model), wanted)
    return {c.name: stable[c.kind] for c in found}


def kinds(
    model: GraphModel, orders: Orders, reading: Reading, wanted: Bools, parties: Bools | None = None
) -> Bools:
    """Verdicts by kind (:attr:`accordant.stability.concept.Concept.kind`), shape (kinds, parties, n).

    ``reading`` says who has to gain by a credible step, ``parties`` who is judged.
    """
    form = None if _listed(model) else option_form.option_form(model)
    if form is None:
        return kinds_batch(model, orders[None], reading, wanted, parties)[:, 0]
    ranks, _ = compact(orders)
    return option_form.verdicts(form, ranks, reading, wanted, parties)


def kinds_batch(
    model: GraphModel,
    orders: NDArray[np.int64],
    reading: Reading,
    wanted: Bools,
    parties: Bools | None = None,
) -> Bools:
    """The same for many orders, shape (kinds, settings, parties, n)."""
    form = None if _listed(model) else option_form.option_form(model)
    if form is None:
        ranks, levels = compact(orders, limit=4 * model.n + 1024)
        return arc_form.verdicts(arc_form.arc_form(model), ranks, levels, reading, wanted, parties)
    stable = np.zeros((len(wanted), *orders.shape), dtype=bool)
    for k, one in enumerate(orders):
        stable[:, k] = option_form.verdicts(form, compact(one)[0], reading, wanted, parties)
    return stable


def _listed(model: GraphModel) -> bool:
    """Whether to follow arcs although the option form may apply."""
    products = [m.moves for m in model.movers if isinstance(m.moves, ProductMoves)]
    if len(products) < len(model.movers):
        return True
    if model.n > SMALL:
        return False
    pairs = sum(int((np.diff(m.groups[1]) ** 2).sum()) for m in products)
    return pairs <= FEW


def _check(model: GraphModel, orders: NDArray[np.int64], shape: tuple[int, ...]) -> None:
    if orders.shape != shape:
        raise InputError(
            f"orders have the shape {orders.shape}, but {len(model.parties)} parties and {model.n} states "
            f"need {shape}"
        )
