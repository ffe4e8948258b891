"""Where coalitions can go, in every form that it is worked out in, and by which moves."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.stability.coalitions import reach as room
from accordant.stability.coalitions.outdone import outdone
from accordant.stability.coalitions.reach import reach
from accordant.stability.coalitions.sides import coalition
from accordant.stability.coalitions.telling import way
from accordant.stability.ranks import compact
from tests.stability.coalitions import coalitions_twin as twin
from tests.stability.models import BACKWARD, FORWARD, FREE, Control, graphs, judged, option_models, options

Given = tuple[GraphModel, Orders]
MODELS = st.one_of(graphs(7), option_models(), option_models(composing=False))


def groups(model: GraphModel) -> list[tuple[int, ...]]:
    every = range(len(model.parties))
    return [h for size in range(1, len(every) + 1) for h in combinations(every, size)]


@given(MODELS, st.sampled_from([1024, 0]))
@settings(max_examples=80)
def test_legal_sequences_lead_where_the_definition_says(model: GraphModel, small: int) -> None:
    everywhere = np.arange(model.n)
    for members in groups(model):
        found = reach(model, members, small=small)
        words = found.words()
        for s in range(model.n):
            expected = twin.reach(model, members, s) - {s}
            assert set(found.from_state(s).tolist()) - {s} == expected
            assert set(np.flatnonzero(found.leads(s, everywhere)).tolist()) - {s} == expected
            listed = {t for t in range(model.n) if int(words[s, t >> 6]) >> (t & 63) & 1}
            assert listed - {s} == expected


@given(MODELS)
@settings(max_examples=60)
def test_the_way_that_is_told_is_a_legal_sequence(model: GraphModel) -> None:
    moves = {m.parties: m.moves for m in model.movers}
    for members in groups(model):
        for s in range(model.n):
            for q in twin.reach(model, members, s) - {s}:
                steps = way(model, members, s, q)
                assert (steps[0].start, steps[-1].end) == (s, q)
                assert all(a.end == b.start and a.mover != b.mover for a, b in pairwise(steps))
                assert all(set(x.mover) <= set(members) for x in steps)
                assert all(x.end in moves[x.mover].from_state(x.start) for x in steps)


@given(option_models())
@settings(max_examples=40)
def test_in_large_models_each_mover_brings_its_own_issues_in_turn(model: GraphModel) -> None:
    moves = {m.parties: m.moves for m in model.movers}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accordant.stability.coalitions.telling.MOST_SEARCHED", 0)
        for members in groups(model):
            for s in range(model.n):
                for q in twin.reach(model, members, s) - {s}:
                    steps = way(model, members, s, q)
                    assert (steps[0].start, steps[-1].end) == (s, q)
                    assert all(x.end in moves[x.mover].from_state(x.start) for x in steps)


def test_with_all_combinations_possible_a_coalition_moves_in_fibres() -> None:
    control: Control = {(0,): {0: FORWARD, 1: FREE}, (1,): {2: FREE}, (2,): {3: FREE}}
    model = options((2, 2, 2, 2), control, 3)
    found = reach(model, (0, 1), small=0)
    assert found.fibres is not None
    assert found.from_state(0).tolist() == [2, 4, 6, 8, 10, 12, 14]
    assert found.from_state(8).tolist() == [10, 12, 14]


def test_where_rules_forbid_states_moves_that_can_be_taken_back_make_connected_parts() -> None:
    # one goes round 11 by way of 00; with a direction it is listed state by state instead
    free = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2, infeasible=[(1, 1)])
    assert reach(free, (0, 1), small=0).fibres is not None
    assert reach(free, (0, 1), small=0).from_state(1).tolist() == [0, 2]
    shut = options((2, 2), {(0,): {0: FREE}, (1,): {1: BACKWARD}}, 2, infeasible=[(1, 1)])
    assert reach(shut, (0, 1), small=0).ends is not None
    assert reach(shut, (0, 1), small=0).from_state(1).tolist() == [0, 2]
    assert reach(shut, (0, 1), small=0).from_state(2).tolist() == [0]


@given(judged(option_models()), st.sampled_from([0, 400]))
@settings(max_examples=80)
def test_what_is_outdone_for_every_member_is_found_however_wishes_clash(given: Given, patience: int) -> None:
    model, orders = given
    ranks, _ = compact(orders)
    v = np.ascontiguousarray(np.minimum(ranks, np.roll(ranks, 1, axis=1)))
    for members in groups(model):
        fibres = coalition(model, members, small=0).fibres
        if fibres is None:
            continue
        mine, held = (np.ascontiguousarray(x[list(members)]) for x in (ranks, v))
        found = outdone(fibres, mine, held, patience=patience)
        for s in range(model.n):
            others = fibres.from_state(s)
            assert found[s] == bool((held[:, others] > mine[:, s : s + 1]).all(axis=0).any())


def test_sets_that_would_not_fit_are_refused_with_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from accordant.errors import TooLargeError
    from accordant.stability.pairwise import relations

    model = options((2, 2, 2), {(0,): {0: FORWARD}, (1,): {1: FREE}}, 2, infeasible=[(1, 1, 1)])
    monkeypatch.setattr(relations, "memory_limit", lambda: 10)
    with pytest.raises(TooLargeError, match="would take about 1 MiB"):
        reach(model, (0, 1), small=0)
    assert room.reach(model, (0,)).moves is model.movers[0].moves
