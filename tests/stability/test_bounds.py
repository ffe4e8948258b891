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
from tests.stability.models import graph, graphs, judged, option_models

Case = tuple[GraphModel, Orders, list[bool]]
Given = dict[tuple[int, ...], list[tuple[int, int]]]


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


# -- cases made for one point each ------------------------------------------------------------------


def untried(case: Case, *, together: bool = False) -> dict[str, room.Bounds]:
    """Bounds without trying all orders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST_ORDERS", 0)
        return dict(engine.equilibrium_bounds(*case).bounds if together else engine.bounds(*case))


@settings(max_examples=100)
@given(cases(st.one_of(option_models(most_states=6), graphs(most_states=5))))
def test_bounds_are_exact_wherever_moves_compose(case: Case) -> None:
    model = case[0]
    if all(m.moves.transitive for m in model.movers):
        assert all(b.exact.all() for b in untried(case).values())


def test_where_the_last_mover_counts_one_order_may_not_do() -> None:
    # After party 0 goes s1 -> s2, party 1 goes on to s3 and has to wait there before it may move to
    # s6. Only party 2, whose order is unknown, can move away (s3 -> s4) and only it can come back
    # (s4 -> s3), with 3 and 4 moving in between (s4 -> s5 -> s4). No one order makes both its steps
    # improvements.
    arcs: Given = {
        (0,): [(0, 1)],
        (1,): [(1, 2), (2, 5)],
        (2,): [(2, 3), (3, 2)],
        (3,): [(3, 4)],
        (4,): [(4, 3)],
    }
    model = graph(6, arcs, 5)
    orders = np.array(
        [[1, 2, 2, 2, 2, 0], [0, 0, 1, 0, 0, 2], [0] * 6, [0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0]]
    )
    known = [True, True, False, True, True]
    found = untried((model, orders, known))["seq"]
    assert found.may[0, 0]
    assert not found.exact[0, 0]
    tried = engine.bounds(model, orders, known)["seq"]
    assert not tried.may[0, 0]
    assert tried.exact.all()


def test_an_order_with_the_state_on_top_is_looked_for() -> None:
    # party 1 of unknown order deters party 0 by s2 -> s3, and could itself leave s1 for s3
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2), (0, 2)]}, 2)
    found = untried((model, np.array([[1, 2, 0], [0, 0, 0]]), [True, False]), together=True)["sseq"]
    assert found.may[0]
    assert not found.must[0]
    assert found.exact[0]


def test_two_parties_may_need_opposite_moves_of_an_unknown_one() -> None:
    # 0 is deterred where 2 moves s2 -> s3, 1 where it moves s3 -> s2; 2 can prefer only one of them
    arcs: Given = {(0,): [(0, 1)], (1,): [(0, 2)], (2,): [(1, 2), (2, 1)]}
    model = graph(3, arcs, 3)
    orders = np.array([[1, 2, 0], [1, 0, 2], [0, 0, 0]])
    case = (model, orders, [True, True, False])
    assert untried(case)["seq"].may[:, 0].all()
    alone = untried(case, together=True)["seq"]
    assert alone.may[0]
    assert not alone.exact[0]
    tried = engine.equilibrium_bounds(*case)["seq"]
    assert not tried.may[0]
    assert tried.exact.all()


def test_what_the_others_can_undo_must_stay() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    found = engine.bounds(model, np.array([[0, 0], [1, 0]]), [False, True])
    assert [bool(found[c].must[0, 0]) for c in ("nash", "gmr", "smr", "seq", "sseq")] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_too_much_to_ask_state_by_state_is_said_to_be_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_STEPS", 0)
    monkeypatch.setattr(room, "MOST_ORDERS", 0)
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    found = engine.bounds(model, np.array([[0, 0], [1, 0]]), [False, True], ["gmr"])["gmr"]
    assert not found.must[0, 0]
    assert not found.exact[0, 0]
    assert found.exact[0, 1]


def test_the_number_of_weak_orders() -> None:
    assert [len(weak_orders(n)) for n in range(6)] == [1, 1, 3, 13, 75, 541]
    assert len(np.unique(weak_orders(4), axis=0)) == 75
