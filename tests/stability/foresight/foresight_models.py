"""Models and views for concepts that look ahead."""

from __future__ import annotations

from typing import cast

import numpy as np
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from tests.stability.models import graph, orders_for
from tests.stability.test_explain import ToyView


class HashedView(ToyView):
    """A view that what is worked out for it can be kept by."""

    __hash__ = object.__hash__


def view(model: GraphModel, orders: Orders, known: list[bool] | None = None) -> View:
    told = np.ones(len(orders), dtype=bool) if known is None else np.array(known)
    return cast(View, HashedView(model, np.asarray(orders, dtype=np.int64), told))


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
