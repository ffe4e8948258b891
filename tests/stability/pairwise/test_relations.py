"""Stability on relations: the definitions, the five concepts as special cases, and what is refused."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.errors import TooLargeError
from accordant.model.graph import GraphModel, Mover, Orders
from accordant.model.moves import arcs_from_pairs
from accordant.stability import engine
from accordant.stability.concepts import CONCEPTS
from accordant.stability.pairwise import relations
from accordant.stability.pairwise.relations import legal_ends, restricted, shortest_to
from accordant.stability.pairwise.rules import Rules, everybody, sanction_of, stable
from tests.stability import twin
from tests.stability.models import graph, graphs, judged, option_models
from tests.stability.pairwise import relations_twin

Matrix = np.ndarray
every_model = st.one_of(graphs(), option_models(), option_models(composing=False))


def better_by(orders: Orders) -> list[Matrix]:
    """For each party the relation: the state of the column is better than that of the row."""
    return [u[None, :] > u[:, None] for u in orders]


def classical(orders: Orders, party: int, concept: str) -> Rules:
    """A classical concept as relations."""
    better = better_by(orders)
    mine = better[party]
    return Rules(
        mine,
        None if concept == "nash" else ~mine,
        everybody(better) if concept in ("seq", "sseq") else None,
        ~mine if concept in ("smr", "sseq") else None,
    )


@st.composite
def relation(draw: st.DrawFn, n: int) -> Matrix:
    """Any relation, dense or sparse."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return np.asarray(rng.random((n, n)) < draw(st.sampled_from([0.1, 0.3, 0.5, 0.8])))


@settings(max_examples=150)
@given(judged(every_model))
def test_with_ranks_the_five_concepts_come_out(case: tuple[GraphModel, Orders]) -> None:
    model, orders = case
    for name, verdict in engine.judge(model, orders).items():
        for i in range(len(model.parties)):
            found = stable(model, i, classical(orders, i, name))
            assert found.tolist() == verdict[i].tolist(), name


@settings(max_examples=150)
@given(every_model, st.data())
def test_verdicts_on_any_relations_are_those_of_the_definitions(
    model: GraphModel, data: st.DataObject
) -> None:
    leaves, sanction, safe = (data.draw(relation(model.n)) for _ in range(3))
    steps = {id(m): data.draw(relation(model.n)) for m in model.movers}
    for i in range(len(model.parties)):
        for credible in (None, lambda m: steps[id(m)]):
            for may_answer in (None, safe):
                found = stable(model, i, Rules(leaves, sanction, credible, may_answer))
                slow = [
                    relations_twin.is_stable(
                        model,
                        i,
                        s,
                        lambda s, t: bool(leaves[s, t]),
                        lambda s, t: bool(sanction[s, t]),
                        twin.any_move if credible is None else lambda m, s, t: bool(steps[id(m)][s, t]),
                        None if may_answer is None else lambda s, t: bool(safe[s, t]),
                    )
                    for s in range(model.n)
                ]
                assert found.tolist() == slow


@settings(max_examples=150)
@given(every_model, st.data())
def test_ends_are_those_of_legal_sequences(model: GraphModel, data: st.DataObject) -> None:
    keep = data.draw(relation(model.n))
    steps = [restricted(m.moves.arcs, keep) for m in model.movers]
    ends = legal_ends(steps, model.n)
    for s in range(model.n):
        slow = twin.coalition_reachable(model.movers, s, lambda _, a, b: bool(keep[a, b]))
        assert set(np.flatnonzero(ends.of(s)).tolist()) == slow
        assert {t for t in range(model.n) if ends.contains(s, t)} == slow


@settings(max_examples=100)
@given(every_model, st.data())
def test_the_shortest_sequence_is_legal_and_found_wherever_there_is_one(
    model: GraphModel, data: st.DataObject
) -> None:
    movers = list(model.movers)
    steps = [m.moves.arcs for m in movers]
    ends = legal_ends(steps, model.n)
    start = data.draw(st.integers(0, model.n - 1))
    for t in range(model.n):
        wanted = np.arange(model.n) == t
        found = shortest_to(movers, steps, start, wanted)
        assert (found is not None) == ends.contains(start, t)
        if found is None:
            continue
        assert found[0].start == start
        assert found[-1].end == t
        assert all(a.mover != b.mover and a.end == b.start for a, b in pairwise(found))
        for step in found:
            mover = next(m for m in movers if m.parties == step.mover)
            assert step.end in mover.moves.from_state(step.start)


@settings(max_examples=100)
@given(judged(every_model), st.sampled_from([c for c in CONCEPTS if c != "nash"]))
def test_a_state_is_stable_where_every_improvement_has_a_shortest_sanction(
    case: tuple[GraphModel, Orders], concept: str
) -> None:
    model, orders = case
    for i in range(len(model.parties)):
        rules = classical(orders, i, concept)
        verdict = stable(model, i, rules)
        leave = restricted(model.movers[i].moves.arcs, rules.leaves)
        for s in range(model.n):
            sanctions = [sanction_of(model, i, rules, s, int(q)) for q in leave.from_state(s)]
            assert verdict[s] == all(x is not None for x in sanctions)


def test_one_mover_alone_does_not_move_twice_nor_come_back() -> None:
    arcs = arcs_from_pairs(3, np.array([0, 1, 1]), np.array([1, 2, 0]))
    ends = legal_ends([arcs, arcs_from_pairs(3, np.zeros(0, int), np.zeros(0, int))], 3)
    assert [np.flatnonzero(ends.of(s)).tolist() for s in range(3)] == [[1], [0, 2], []]


def test_coming_back_takes_somebody_else() -> None:
    there, back = (arcs_from_pairs(2, np.array([k]), np.array([1 - k])) for k in (0, 1))
    assert legal_ends([there, back], 2).contains(0, 0)


def test_states_beyond_one_word_are_kept_apart() -> None:
    n = 200
    ring = [arcs_from_pairs(n, np.arange(k, n, 2), (np.arange(k, n, 2) + 1) % n) for k in (0, 1)]
    assert all(legal_ends(ring, n).of(s).all() for s in (0, 63, 64, 199))
    line = [arcs_from_pairs(n, np.arange(k, n - 1, 2), np.arange(k, n - 1, 2) + 1) for k in (0, 1)]
    assert legal_ends(line, n).of(70).tolist() == [t > 70 for t in range(n)]


def test_what_would_not_fit_is_refused_with_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    model = graph(300, {(0,): [(0, 1)], (1,): [(1, 2)], (2,): [(2, 3)]}, 3)
    monkeypatch.setattr(relations, "memory_limit", lambda: 1000)
    with pytest.raises(TooLargeError, match="300 states that would take about"):
        legal_ends([m.moves.arcs for m in model.movers], 300)
    with pytest.raises(TooLargeError, match="smaller model"):
        relations.afford_matrices(300, 2)


def test_a_joint_step_is_credible_where_every_member_gains() -> None:
    relation = [np.array([[0, 1], [0, 0]], dtype=bool), np.zeros((2, 2), dtype=bool)]
    arcs = arcs_from_pairs(2, np.array([0]), np.array([1]))
    assert not everybody(relation)(Mover((0, 1), arcs)).any()
    assert everybody(relation)(Mover((0,), arcs))[0, 1]
