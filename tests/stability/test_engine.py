"""The engine agrees with the definitions, and with itself, on every kind of model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.errors import InputError
from accordant.model.graph import GraphModel, Orders
from accordant.stability import arc_form, engine, option_form
from accordant.stability.concepts import CONCEPTS
from accordant.stability.ranks import compact
from accordant.stability.readings import plain
from tests.stability import twin
from tests.stability.models import (
    FORWARD,
    FREE,
    Control,
    graph,
    graphs,
    judged,
    listed,
    option_models,
    options,
)

Judged = tuple[GraphModel, Orders]
ALL = np.ones(arc_form.KINDS, dtype=bool)
every_model = st.one_of(graphs(), option_models(), option_models(composing=False))


def by_sweeps(model: GraphModel, orders: Orders) -> np.ndarray:
    form = option_form.option_form(model)
    assert form is not None
    return option_form.verdicts(form, compact(orders)[0], plain(model), ALL)


def by_arcs(model: GraphModel, orders: Orders) -> np.ndarray:
    ranks, levels = compact(orders[None], limit=10_000)
    return arc_form.verdicts(arc_form.arc_form(model), ranks, levels, plain(model), ALL)[:, 0]


@settings(max_examples=300)
@given(judged(every_model))
def test_verdicts_are_those_of_the_definitions(case: Judged) -> None:
    model, orders = case
    slow = twin.judge(model, orders.tolist(), CONCEPTS)
    for name, verdict in engine.judge(model, orders).items():
        assert verdict.tolist() == slow[name], name


@settings(max_examples=200)
@given(judged(option_models(most_states=64)))
def test_sweeps_and_arcs_agree(case: Judged) -> None:
    model, orders = case
    assert (by_sweeps(model, orders) == by_arcs(model, orders)).all()


@settings(max_examples=100)
@given(judged(option_models()))
def test_sweeps_agree_with_the_definitions(case: Judged) -> None:
    model, orders = case
    slow = twin.judge(model, orders.tolist(), CONCEPTS)
    assert by_sweeps(model, orders).tolist() == [slow[name] for name in CONCEPTS]


@pytest.mark.parametrize("directed", [False, True], ids=["free", "directed"])
def test_sweeps_and_arcs_agree_on_a_large_model_judged_in_threads(directed: bool) -> None:
    rng = np.random.default_rng(7)
    allowed = FORWARD if directed else FREE
    control: Control = {(p,): dict.fromkeys(range(p, 13, 4), allowed) for p in range(4)}
    control[(0, 1)] = {4: FREE}
    gone = [tuple(map(int, c)) for c in rng.integers(0, 2, (400, 13))]
    for infeasible in ((), gone):
        model = options((2,) * 13, control, 4, infeasible)
        orders = rng.integers(0, 900, (4, model.n)) * 2**50
        assert (by_sweeps(model, orders) == by_arcs(model, orders)).all()


def test_long_fibres_are_sorted_as_short_ones() -> None:
    rng = np.random.default_rng(3)
    model = options((50, 30), {(0,): {0: np.ones((50, 50), bool)}, (1,): {1: np.ones((30, 30), bool)}}, 2)
    orders = rng.integers(0, 200, (2, model.n))
    assert (by_sweeps(model, orders) == by_arcs(model, orders)).all()


@settings(max_examples=60)
@given(st.data())
def test_a_batch_is_its_settings_judged_one_by_one(data: st.DataObject) -> None:
    model, first = data.draw(judged(every_model))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    batch = np.stack([first, *rng.integers(0, 5, (3, *first.shape))])
    together = engine.judge_batch(model, batch)
    for k, orders in enumerate(batch):
        for name, verdict in engine.judge(model, orders).items():
            assert (together[name][k] == verdict).all()


@settings(max_examples=200)
@given(judged(every_model))
def test_concepts_include_each_other(case: Judged) -> None:
    found = engine.judge(*case)
    for narrow, wide in [("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr")]:
        assert not (found[narrow] & ~found[wide]).any(), (narrow, wide)


@given(judged(every_model))
def test_a_nash_equilibrium_has_no_improvement(case: Judged) -> None:
    model, orders = case
    nash = engine.judge(model, orders, ["nash"])["nash"]
    for i, s in np.ndindex(*nash.shape):
        targets = model.movers[i].moves.from_state(s)
        assert nash[i, s] == (not (orders[i, targets] > orders[i, s]).any())


@given(judged(graphs()), st.randoms(use_true_random=False))
def test_relabelling_states_changes_nothing(case: Judged, random: object) -> None:
    model, orders = case
    new = list(range(model.n))
    random.shuffle(new)  # type: ignore[attr-defined]
    arcs = {
        m.parties: [(new[s], new[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)]
        for m in model.movers
    }
    renamed = np.empty_like(orders)
    renamed[:, new] = orders
    before, after = engine.judge(model, orders), engine.judge(graph(model.n, arcs, len(orders)), renamed)
    assert all((before[c] == after[c][:, new]).all() for c in CONCEPTS)


@given(judged(graphs()), st.randoms(use_true_random=False))
def test_relabelling_parties_changes_nothing(case: Judged, random: object) -> None:
    model, orders = case
    new = list(range(len(orders)))
    random.shuffle(new)  # type: ignore[attr-defined]
    arcs = {
        tuple(sorted(new[p] for p in m.parties)): [
            (s, int(t)) for s in range(model.n) for t in m.moves.from_state(s)
        ]
        for m in model.movers
    }
    renamed = np.empty_like(orders)
    renamed[new] = orders
    before, after = engine.judge(model, orders), engine.judge(graph(model.n, arcs, len(orders)), renamed)
    assert all((before[c] == after[c][new]).all() for c in CONCEPTS)


@given(judged(every_model))
def test_only_the_order_of_ranks_counts(case: Judged) -> None:
    model, orders = case
    stretched = np.where(orders > 0, orders // 2**3 * 2**3 * 2 + orders % 2**3, orders - 5)
    dense = np.stack([np.unique(row, return_inverse=True)[1] for row in stretched])
    again = np.stack([np.unique(row, return_inverse=True)[1] for row in orders])
    if (dense == again).all():  # the stretch kept the order
        before, after = engine.judge(model, orders), engine.judge(model, stretched)
        assert all((before[c] == after[c]).all() for c in CONCEPTS)
    before, after = engine.judge(model, orders), engine.judge(model, again * 2**40 - 7)
    assert all((before[c] == after[c]).all() for c in CONCEPTS)


@given(judged(graphs()))
def test_a_party_without_moves_changes_nothing(case: Judged) -> None:
    model, orders = case
    arcs = {
        m.parties: [(s, int(t)) for s in range(model.n) for t in m.moves.from_state(s)] for m in model.movers
    }
    wider = graph(model.n, arcs, len(orders) + 1)
    before = engine.judge(model, orders)
    after = engine.judge(wider, np.vstack([orders, orders[:1]]))
    for c in CONCEPTS:
        assert (after[c][:-1] == before[c]).all()
        assert after[c][-1].all()


@given(judged(option_models(composing=False)))
def test_listing_the_moves_of_an_option_form_changes_nothing(case: Judged) -> None:
    model, orders = case
    before, after = engine.judge(model, orders), engine.judge(listed(model), orders)
    assert all((before[c] == after[c]).all() for c in CONCEPTS)


# -- cases made for one point each ------------------------------------------------------------------


def stable(model: GraphModel, orders: list[list[int]], concept: str, party: int, state: int) -> bool:
    return bool(engine.judge(model, np.array(orders), [concept])[concept][party, state])


def test_nobody_moves_twice_in_a_row() -> None:
    # 0 leaves s0 for s1; only 1 can go on, s1 -> s2 -> s3, but not both steps at once
    two = graph(4, {(0,): [(0, 1)], (1,): [(1, 2), (2, 3)]}, 2)
    ranks = [[1, 2, 2, 0], [0, 0, 1, 2]]
    assert not stable(two, ranks, "gmr", 0, 0)
    # with a third party in between the sequence is legal
    three = graph(5, {(0,): [(0, 1)], (1,): [(1, 2), (4, 3)], (2,): [(2, 4)]}, 3)
    assert stable(three, [[1, 2, 2, 0, 2], [0, 0, 1, 2, 0], [0, 0, 0, 0, 1]], "seq", 0, 0)


def test_a_move_out_and_back_does_not_make_a_forbidden_sequence_legal() -> None:
    # Opponent 2 goes from s2 to s4 and back in one breath nowhere: its moves compose, those of 1 do
    # not. Allowing 2 to move twice in a row would let 1 go s1 -> s2, wait, and go on s2 -> s3.
    model = graph(5, {(0,): [(0, 1)], (1,): [(1, 2), (2, 3)], (2,): [(2, 4), (4, 2)]}, 3)
    assert model.movers[2].moves.transitive
    assert not model.movers[1].moves.transitive
    assert not stable(model, [[1, 2, 2, 0, 2], [0] * 5, [0] * 5], "gmr", 0, 0)


def test_opponents_may_bring_a_party_back_to_where_it_started() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    ranks = [[0, 1], [1, 0]]
    assert stable(model, ranks, "gmr", 0, 0)
    assert stable(model, ranks, "seq", 0, 0)
    # but from there it can leave again
    assert not stable(model, ranks, "smr", 0, 0)
    assert not stable(model, ranks, "sseq", 0, 0)


def test_an_answer_that_ties_with_the_start_is_enough() -> None:
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    assert stable(model, [[1, 2, 1], [0, 0, 1]], "sseq", 0, 0)
    assert not stable(model, [[1, 2, 2], [0, 0, 1]], "gmr", 0, 0)


def test_a_credible_answer_must_gain_strictly() -> None:
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    assert not stable(model, [[1, 2, 0], [0, 1, 1]], "seq", 0, 0)
    assert stable(model, [[1, 2, 0], [0, 1, 1]], "gmr", 0, 0)


def test_a_joint_step_is_credible_only_if_every_member_gains() -> None:
    model = graph(3, {(0,): [(0, 1)], (1, 2): [(1, 2)]}, 3)
    assert stable(model, [[1, 2, 0], [0, 0, 1], [0, 0, 1]], "seq", 0, 0)
    assert not stable(model, [[1, 2, 0], [0, 0, 1], [0, 0, 0]], "seq", 0, 0)
    assert stable(model, [[1, 2, 0], [0, 0, 1], [0, 0, 0]], "gmr", 0, 0)


def test_a_party_does_not_sanction_itself_by_a_joint_step() -> None:
    model = graph(3, {(0,): [(0, 1)], (0, 1): [(1, 2)]}, 2)
    assert not stable(model, [[1, 2, 0], [0, 0, 1]], "gmr", 0, 0)


def test_a_joint_step_and_one_of_its_members_are_different_movers() -> None:
    # 1 and 2 go together, then 1 goes on alone: nobody has moved twice in a row
    model = graph(4, {(0,): [(0, 1)], (1, 2): [(1, 2)], (1,): [(2, 3)]}, 3)
    assert stable(model, [[1, 2, 2, 0], [0, 0, 1, 2], [0, 0, 1, 0]], "seq", 0, 0)


def test_walking_out_of_what_takes_both_is_a_move_of_each_alone() -> None:
    # issue 0 is joint: together 0 -> 1; either may go back; issue 1 belongs to party 2
    home = np.array([[True, False], [True, True]])
    control = {(0,): {0: home}, (1,): {0: home}, (0, 1): {0: FREE}, (2,): {1: FREE}}
    model = options((2, 2), control, 3)
    ranks = [[0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 0, 1]]
    assert not stable(model, ranks, "nash", 1, 2)
    assert stable(model, ranks, "nash", 0, 2)
    found = engine.judge(model, np.array(ranks))
    assert found["nash"].all(axis=0).tolist() == [True, True, False, False]


def test_an_option_that_cannot_be_withdrawn_is_not_withdrawn() -> None:
    model = options((2,), {(0,): {0: FORWARD}}, 1)
    assert engine.judge(model, np.array([[1, 0]]))["nash"].tolist() == [[True, True]]


def test_moves_to_combinations_that_are_no_states_do_not_exist() -> None:
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2, infeasible=[(1, 0)])
    found = engine.judge(model, np.array([[0, 1, 2], [1, 0, 1]]), ["nash"])["nash"]
    assert found.tolist() == [[True, False, True], [True, False, True]]


def test_a_mover_that_goes_through_an_infeasible_combination_arrives_in_one_move() -> None:
    # both options of party 0 change at once, although neither half is a state
    model = options((2, 2), {(0,): {0: FREE, 1: FREE}}, 1, infeasible=[(0, 1), (1, 0)])
    assert engine.judge(model, np.array([[0, 1]]), ["nash"])["nash"].tolist() == [[False, True]]


def test_one_state_and_nobody_who_can_move() -> None:
    found = engine.judge(graph(1, {}, 2), np.zeros((2, 1), dtype=np.int64))
    assert all(v.tolist() == [[True], [True]] for v in found.values())


def test_orders_that_do_not_fit_the_model_are_refused() -> None:
    model = graph(2, {}, 2)
    with pytest.raises(InputError, match="2 parties and 2 states"):
        engine.judge(model, np.zeros((2, 3), dtype=np.int64))
    with pytest.raises(InputError, match="shape"):
        engine.judge_batch(model, np.zeros((4, 1, 2), dtype=np.int64))


def test_only_the_concepts_asked_for_are_judged() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    assert list(engine.judge(model, np.zeros((2, 2), dtype=np.int64), ["seq", "nash"])) == ["seq", "nash"]
