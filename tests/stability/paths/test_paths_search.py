"""Searches agree with plain enumeration of legal sequences, by any moves and by improvements."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.stability.paths.search import Reached, any_moves, free_reading, search
from accordant.stability.readings import Reading
from accordant.stability.sequences import Step
from tests.stability.models import FORWARD, FREE, Control, graph, graphs, judged, option_models, options
from tests.stability.paths import paths_twin

MODELS = st.one_of(graphs(), option_models(), option_models(composing=False))


@st.composite
def asked(draw: st.DrawFn) -> tuple[GraphModel, Orders, Reading, int]:
    model, orders = draw(judged(MODELS))
    parties = range(len(model.parties))
    known = np.array([draw(st.integers(0, 3)) > 0 for _ in parties])
    free = draw(st.sets(st.sampled_from(parties), max_size=2))
    some = free_reading(model, known, free, sure=draw(st.booleans()))
    reading = draw(st.sampled_from([any_moves(model), some]))
    return model, orders, reading, draw(st.integers(0, model.n - 1))


@settings(max_examples=250)
@given(asked())
def test_every_state_is_first_reached_at_the_step_that_enumeration_gives(
    case: tuple[GraphModel, Orders, Reading, int],
) -> None:
    model, orders, reading, start = case
    found = search(model, orders, reading, [start])
    layers = paths_twin.layers(model, orders, reading, start)
    for s in range(model.n):
        assert found.steps[s] == layers.get(s, -1)


@settings(max_examples=150)
@given(asked())
def test_the_paths_are_the_shortest_legal_sequences_and_all_of_them_are_counted(
    case: tuple[GraphModel, Orders, Reading, int],
) -> None:
    model, orders, reading, start = case
    found = search(model, orders, reading, [start])
    every = paths_twin.shortest(model, orders, reading, start)
    for s in map(int, np.flatnonzero(found.states)):
        assert told(found, s) <= every[s]
        assert as_pairs(found.path(s)) in every[s]
        assert found.count(s) == len(every[s])
        assert len(found.paths(s, 3)) == min(3, len(every[s]))
        assert {as_pairs(p) for p in found.paths(s, 10_000)} == every[s]


def told(found: Reached, state: int) -> set[paths_twin.Sequence]:
    return {as_pairs(p) for p in found.paths(state, 3)}


def as_pairs(steps: tuple[Step, ...]) -> paths_twin.Sequence:
    return tuple((s.mover, s.start, s.end) for s in steps)


@given(judged(MODELS), st.data())
def test_from_several_states_the_nearest_counts(case: tuple[GraphModel, Orders], data: st.DataObject) -> None:
    model, orders = case
    starts = data.draw(st.sets(st.integers(0, model.n - 1), min_size=1, max_size=3))
    both = search(model, orders, any_moves(model), sorted(starts))
    alone = [search(model, orders, any_moves(model), [s]).steps for s in starts]
    for s in range(model.n):
        reached = [int(a[s]) for a in alone if a[s] >= 0]
        assert both.steps[s] == min(reached, default=-1)
        if reached:
            assert both.source(s) in starts


@given(judged(MODELS), st.data())
def test_improvements_lead_nowhere_that_moves_do_not(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    known = np.array([data.draw(st.booleans()) for _ in model.parties])
    start = data.draw(st.integers(0, model.n - 1))
    free = data.draw(st.sets(st.integers(0, len(model.parties) - 1)))
    readings = [
        free_reading(model, known, sure=True),
        free_reading(model, known, sure=False),
        free_reading(model, known, free, sure=False),
        any_moves(model),
    ]
    found = [search(model, orders, r, [start]).states for r in readings]
    for less, more in pairwise(found):
        assert not (less & ~more).any()


def test_a_party_does_not_move_twice_in_a_row_in_a_graph() -> None:
    line = graph(3, {(0,): [(0, 1), (1, 2)]}, parties=2)
    found = search(line, np.zeros((2, 3), dtype=np.int64), any_moves(line), [0])
    assert found.steps.tolist() == [0, 1, -1]
    back_and_forth = graph(3, {(0,): [(0, 1), (1, 2)], (1,): [(0, 1), (1, 0)]}, parties=2)
    found = search(back_and_forth, np.zeros((2, 3), dtype=np.int64), any_moves(back_and_forth), [0])
    assert found.steps.tolist() == [0, 1, 2]


def test_all_holders_of_a_joint_issue_may_move_together_where_all_of_them_gain() -> None:
    model = options((2,), {(0, 1): {0: FREE}}, parties=2)
    everyone = free_reading(model, np.ones(2, dtype=bool), sure=True)
    assert search(model, np.array([[0, 1], [0, 1]]), everyone, [0]).steps.tolist() == [0, 1]
    assert search(model, np.array([[0, 1], [0, 0]]), everyone, [0]).steps.tolist() == [0, -1]


def test_what_is_irreversible_is_not_taken_back() -> None:
    model = options((2, 2), {(0,): {0: FORWARD}, (1,): {1: FREE}}, parties=2)
    assert search(model, np.zeros((2, 4), dtype=np.int64), any_moves(model), [2]).steps.tolist() == [
        -1,
        -1,
        0,
        1,
    ]


@pytest.mark.parametrize("levels", [2, 50])
def test_fibres_with_many_ties_are_searched_whole(levels: int) -> None:
    rng = np.random.default_rng(7)
    control: Control = {(0,): dict.fromkeys(range(4), FREE), (1,): dict.fromkeys(range(4, 8), FORWARD)}
    model = options((2,) * 8, control, parties=2)
    for _ in range(5):
        orders = rng.integers(0, levels, size=(2, model.n))
        reading = free_reading(model, np.ones(2, dtype=bool), sure=True)
        found = search(model, orders, reading, [0])
        layers = paths_twin.layers(model, orders, reading, 0)
        assert found.steps.tolist() == [layers.get(s, -1) for s in range(model.n)]
