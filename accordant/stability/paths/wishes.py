"""Who gains by which step, as far as that is known: what searches by improvements go by.

A party's order may be known, unknown, or known but for some pairs of states (the case key
``incomparable``). A step between the states of such a pair may be gained by or not; all others are
as in the rest of the order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Orders
from accordant.model.moves import arcs_from_pairs
from accordant.model.view import View
from accordant.stability.paths.search import Reached, any_moves, free_reading, search

Bools = NDArray[np.bool_]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Wishes:
    """What everybody wants.

    Attributes
    ----------
    orders
        Ranks, shape (parties, n), pairs of unknown order set aside.
    known
        For each party whether anything but such pairs is known.
    pairs
        For parties that have such pairs, ``s * n + t`` for either state s and t of each, ascending.
    """

    orders: Orders
    known: Bools
    pairs: Mapping[int, Int64s]

    @classmethod
    def of(cls, view: View) -> Wishes:
        """The wishes in one setting."""
        ranks = [view.base_ranks(p) for p in view.parties]
        rows = [np.zeros(view.model.n, dtype=np.int64) if r is None else r for r in ranks]
        orders = np.array(rows, dtype=np.int64).reshape(len(ranks), view.model.n)
        return cls(orders, np.array([r is not None for r in ranks], dtype=bool), pairs_of(view))

    def gains(self, party: int, s: int, t: int) -> bool | None:
        """Whether a party strictly prefers t to s; None where that is not known."""
        open_ = self.pairs.get(party)
        if not self.known[party] or (open_ is not None and s * self.orders.shape[1] + t in open_):
            return None
        return bool(self.orders[party, t] > self.orders[party, s])


def pairs_of(view: View) -> dict[int, Int64s]:
    """The pairs of unknown order of every party that has some, as :attr:`Wishes.pairs` wants them."""
    n, found = view.model.n, {}
    for k, party in enumerate(view.parties):
        listed = view.incomparable(party)
        if len(listed):
            s, t = listed.T.astype(np.int64)
            found[k] = np.unique(np.concatenate([s * n + t, t * n + s]))
    return found


def by_improvements(
    model: GraphModel, wishes: Wishes, sources: Sequence[int], free: Collection[int] = (), *, sure: bool
) -> Reached:
    """What is reached by steps that everybody gains by who makes them, but for parties that are free.

    Parameters
    ----------
    sure
        Whether steps count that are surely gained by, or all that may be.

    Raises
    ------
    TooLargeError
        If moves would have to be listed, for pairs of unknown order, and do not fit.
    """
    reading = free_reading(model, wishes.known, free, sure=sure)
    if not wishes.pairs:
        return search(model, wishes.orders, reading, sources)
    movers = []
    for mover, needs in zip(model.movers, reading, strict=True):
        arcs = mover.moves.arcs
        start = np.repeat(np.arange(model.n, dtype=np.int64), np.diff(arcs.indptr))
        end = arcs.targets.astype(np.int64)
        keep = np.full(len(end), needs is not None)
        for party in needs or ():
            open_ = np.isin(start * model.n + end, wishes.pairs.get(party, np.zeros(0, dtype=np.int64)))
            better = wishes.orders[party, end] > wishes.orders[party, start]
            keep &= (better & ~open_) if sure else (better | open_)
        movers.append(Mover(mover.parties, _kept(model.n, start[keep], end[keep])))
    narrowed = GraphModel(model.space, model.parties, tuple(movers))
    return search(narrowed, wishes.orders, any_moves(narrowed), sources)


def _kept(n: int, start: Int64s, end: Int64s) -> ArcMoves:
    # two gains in a row need not be a gain here, so that the last mover is tracked
    return arcs_from_pairs(n, start, end, transitive=False)
