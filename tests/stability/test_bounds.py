"""Unknown orders: what must be and what may be stable, against all weak orders of tiny models."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.stability import bounds as room
from accordant.stability import engine
from accordant.stability.weak_orders import weak_orders
from tests.stability.models import graphs, judged, option_models

Case = tuple[GraphModel, Orders, list[bool]]


@st.composite
def cases(draw: st.DrawFn, models: st.SearchStrategy[GraphModel], most: int = 5) -> Case:
    model, orders = draw(judged(models))
    parties = len(model.parties)
    unknown = draw(st.sets(st.integers(0, parties - 1), min_size=1, max_size=2))
    # at most some thousands of combinations of weak orders
    assume(model.n <= (most if len(unknown) == 1 else most - 2))
    return model, orders, [p not in unknown for p in range(parties)]


def under_all_orders(case: Case) -> dict[str, np.ndarray]:
    """Verdicts for every combination of weak orders, judged by the engine one setting at a time."""
    model, orders, known = case
    unknown = [p for p, sure in enumerate(known) if not sure]
    every = list(weak_orders(model.n))
    settings_ = []
    for chosen in product(every, repeat=len(unknown)):
        one = orders.copy()
        for p, ranks in zip(unknown, chosen, strict=True):
            one[p] = ranks
        settings_.append(one)
    return engine.judge_batch(model, np.array(settings_))


trying = pytest.mark.parametrize("most_orders", [0, room.MOST_ORDERS], ids=["proved", "tried"])
"""Without trying all orders of small models, everything is left to the proofs."""

tiny = st.one_of(
    graphs(most_states=5), option_models(most_states=6), option_models(composing=False, most_states=6)
)


@trying
@settings(max_examples=150)
@given(cases(tiny))
def test_bounds_are_attained_where_they_say_so_and_hold_everywhere(most_orders: int, case: Case) -> None:
    model, orders, known = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST_ORDERS", most_orders)
        found = engine.bounds(model, orders, known)
    for name, verdicts in under_all_orders(case).items():
        must, may = found[name]
        always, sometimes = verdicts.all(axis=0), verdicts.any(axis=0)
        assert not (must & ~always).any(), name
        assert not (sometimes & ~may).any(), name
        exact = found[name].exact
        assert (must == always)[exact].all(), name
        assert (may == sometimes)[exact].all(), name


@trying
@settings(max_examples=150)
@given(cases(tiny))
def test_equilibrium_bounds_take_one_order_for_all(most_orders: int, case: Case) -> None:
    model, orders, known = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST_ORDERS", most_orders)
        found = engine.equilibrium_bounds(model, orders, known)
    for name, verdicts in under_all_orders(case).items():
        must, may = found[name]
        equilibria = verdicts.all(axis=1)
        always, sometimes = equilibria.all(axis=0), equilibria.any(axis=0)
        assert not (must & ~always).any(), name
        assert not (sometimes & ~may).any(), name
        exact = found[name].exact
        assert (must == always)[exact].all(), name
        assert (may == sometimes)[exact].all(), name
