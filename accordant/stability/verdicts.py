"""Verdicts by kind, from the kernel that suits the model.

Two kernels give the same verdicts. One follows arcs, with the last mover where it matters, and
serves every model; the other sweeps the fibres of the option form and is there for size.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Orders, ProductMoves
from accordant.stability import arc_form, option_form
from accordant.stability.ranks import compact
from accordant.stability.readings import Reading

Bools = NDArray[np.bool_]

SMALL, FEW = 1024, 200_000
"""States and pairs of states in a fibre up to which arcs are listed although sweeps apply: one
kernel for all small models starts faster, and is as fast there."""


def only(*kinds: int) -> Bools:
    """What to judge: some of the five kinds.

    Examples
    --------
    >>> only(0, 3).astype(int).tolist()
    [1, 0, 0, 1, 0]
    """
    wanted = np.zeros(arc_form.KINDS, dtype=bool)
    wanted[list(kinds)] = True
    return wanted


def kinds(
    model: GraphModel, orders: Orders, reading: Reading, wanted: Bools, parties: Bools | None = None
) -> Bools:
    """Verdicts by kind (:attr:`accordant.stability.concept.Concept.kind`), shape (kinds, parties, n).

    ``reading`` says who has to gain by a credible step, ``parties`` who is judged.
    """
    form = None if listed(model) else option_form.option_form(model)
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
    form = None if listed(model) else option_form.option_form(model)
    if form is None:
        ranks, levels = compact(orders, limit=4 * model.n + 1024)
        return arc_form.verdicts(arc_form.arc_form(model), ranks, levels, reading, wanted, parties)
    stable = np.zeros((len(wanted), *orders.shape), dtype=bool)
    for k, one in enumerate(orders):
        stable[:, k] = option_form.verdicts(form, compact(one)[0], reading, wanted, parties)
    return stable


_choices: WeakKeyDictionary[GraphModel, bool] = WeakKeyDictionary()


def listed(model: GraphModel) -> bool:
    """Whether to follow arcs although the option form may apply."""
    if model not in _choices:
        products = [m.moves for m in model.movers if isinstance(m.moves, ProductMoves)]
        if len(products) < len(model.movers) or model.n > SMALL:
            _choices[model] = len(products) < len(model.movers)
        else:
            pairs = sum(int((np.diff(m.groups[1]) ** 2).sum()) for m in products)
            _choices[model] = pairs <= FEW
    return _choices[model]
