"""Models and views for concepts that look ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from accordant.stability.pairwise.wishes import Wishes
from tests.stability.models import graph, orders_for
from tests.stability.test_explain import ToyView


class HashedView(ToyView):
    """A view that what is worked out for it can be kept by."""

    __hash__ = object.__hash__


def view(model: GraphModel, orders: Orders, known: list[bool] | None = None) -> View:
    told = np.ones(len(orders), dtype=bool) if known is None else np.array(known)
    return cast(View, HashedView(model, np.asarray(orders, dtype=np.int64), told))


class PairedView(HashedView):
    """A view in which pairs of states may be of unknown order, or everything of some party."""

    def __init__(self, model: GraphModel, of: Sequence[Wishes]) -> None:
        zeros = np.zeros(model.n, dtype=np.int64)
        orders = [zeros if w.ranks is None else w.ranks for w in of]
        super().__init__(model, np.array(orders, dtype=np.int64), np.array([w.known for w in of]))
        self.of = of

    def base_ranks(self, party: str) -> np.ndarray | None:
        return self.of[self.parties.index(party)].ranks

    def incomparable(self, party: str) -> np.ndarray:
        return self.of[self.parties.index(party)].pairs


def paired_view(model: GraphModel, of: Sequence[Wishes]) -> View:
    return cast(View, PairedView(model, of))


@st.composite
def duels(draw: st.DrawFn, most_states: int = 5) -> tuple[GraphModel, Orders]:
    """Two parties on a small graph, with few moves from each state and many ties."""
    n = draw(st.integers(1, most_states))
    arcs = {}
    for party in range(2):
        some = [
            [(s, t) for t in draw(st.sets(st.integers(0, n - 1), max_size=2)) if t != s] for s in range(n)
        ]
        arcs[(party,)] = [arc for arcs_from in some for arc in arcs_from]
    return graph(n, arcs, 2), draw(orders_for(2, n))
