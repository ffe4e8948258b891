"""Pairs of unknown order: what must and may be stable, against every way in which the pairs turn out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case as Case_
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from accordant.stability import bounds, engine
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.explain import explain
from accordant.stability.pairwise import incomparable
from accordant.stability.pairwise.incomparable import incomparable_bounds, judge_pairs
from accordant.stability.pairwise.rules import Rules, everybody, stable
from accordant.stability.pairwise.wishes import Wishes
from accordant.stability.telling import OPEN
from accordant.stability.weak_orders import weak_orders
from tests.stability.models import graph, graphs, judged, option_models
from tests.stability.pairwise import relations_twin
from tests.stability.twin import any_move

Matrix = np.ndarray
Case = tuple[GraphModel, list[Wishes]]
Given = dict[tuple[int, ...], list[tuple[int, int]]]


def wishes_of(ranks: Matrix | None, n: int, pairs: list[tuple[int, int]] | None = None) -> Wishes:
    listed = np.array(pairs or [], dtype=np.int64).reshape(-1, 2)
    return Wishes(n, ranks, listed, np.zeros(n, dtype=np.int64))


@st.composite
def with_pairs(draw: st.DrawFn, models: st.SearchStrategy[GraphModel], most: int) -> Case:
    """A model in which some pairs are of unknown order, at most so many in all."""
    model, orders = draw(judged(models))
    found, left = [], most
    pairs = [(s, t) for s in range(model.n) for t in range(s + 1, model.n)]
    for u in orders:
        some = draw(st.lists(st.sampled_from(pairs), max_size=left, unique=True)) if pairs else []
        left -= len(some)
        found.append(wishes_of(u, model.n, some))
    return model, found


def resolutions(of: list[Wishes]) -> Iterator[list[Matrix]]:
    """Everybody's strict preference in every way in which the pairs may turn out, ties included."""
    places = [(p, s, t) for p, w in enumerate(of) for s, t in w.pairs.tolist()]
    for ways in product((-1, 0, 1), repeat=len(places)):
        better = [w.better() for w in of]
        for (p, s, t), way in zip(places, ways, strict=True):
            better[p][s, t], better[p][t, s] = way > 0, way < 0
        yield better


def rules_of(better: list[Matrix], i: int, concept: str) -> Rules:
    """A classical concept for strict preferences that are any relation."""
    worse = ~better[i]
    return Rules(
        better[i],
        None if concept == "nash" else worse,
        everybody(better) if concept in ("seq", "sseq") else None,
        worse if concept in ("smr", "sseq") else None,
    )


def twin(model: GraphModel, better: list[Matrix], concept: str) -> Matrix:
    """A classical concept word for word, for strict preferences that are any relation."""
    found = np.zeros((len(better), model.n), dtype=bool)
    for i in range(len(better)):
        worse = partial(lambda mine, s, t: not mine[s, t], better[i])
        permitted = partial(lambda all_, m, s, t: all(all_[p][s, t] for p in m.parties), better)
        for s in range(model.n):
            found[i, s] = relations_twin.is_stable(
                model,
                i,
                s,
                partial(lambda mine, s, q: bool(mine[s, q]), better[i]),
                None if concept == "nash" else worse,
                permitted if concept in ("seq", "sseq") else any_move,
                worse if concept in ("smr", "sseq") else None,
            )
    return found


tiny = st.one_of(
    graphs(most_states=5), option_models(most_states=6), option_models(composing=False, most_states=6)
)
looking = pytest.mark.parametrize("choices", [0, incomparable.MOST_CHOICES], ids=["looked for", "tried"])


@looking
@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=40)
@given(with_pairs(tiny, 4))
def test_what_must_be_is_so_in_every_resolution_and_what_is_so_in_any_may_be(
    choices: int, concept: str, case: Case
) -> None:
    model, of = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incomparable, "MOST_CHOICES", choices)
        found = judge_pairs(model, of, TABLE[concept])
    every = np.array([twin(model, better, concept) for better in resolutions(of)])
    always, sometimes = every.all(axis=0), every.any(axis=0)
    assert (found.must == always).all()  # exact under every concept
    assert not (sometimes & ~found.may).any()
    if found.exact:
        assert (found.may == sometimes).all()
        assert (found.must.all(axis=0) == every.all(axis=1).all(axis=0)).all()
        assert (found.may.all(axis=0) == every.all(axis=1).any(axis=0)).all()
    if concept in ("nash", "gmr", "smr"):
        assert found.exact


@settings(max_examples=80)
@given(judged(tiny))
def test_without_such_pairs_the_verdicts_are_the_classical_ones(case: tuple[GraphModel, Orders]) -> None:
    model, orders = case
    of = [wishes_of(u, model.n) for u in orders]
    for name, verdict in engine.judge(model, orders).items():
        found = judge_pairs(model, of, TABLE[name])
        assert found.exact
        assert (found.must == verdict).all()
        assert (found.may == verdict).all()


@settings(max_examples=80)
@given(judged(tiny), st.data())
def test_a_party_with_such_pairs_only_is_one_of_unknown_order(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    known = [data.draw(st.booleans()) for _ in orders]
    assume(not all(known))
    of = [wishes_of(u if sure else None, model.n) for u, sure in zip(orders, known, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "MOST_ORDERS", 0)
        patch.setattr(incomparable, "MOST_CHOICES", 0)
        by_orders = engine.bounds(model, orders, known)
        for name in CONCEPTS:
            by_pairs = judge_pairs(model, of, TABLE[name])
            assert (by_pairs.must == by_orders[name].must).all(), name
            assert (by_pairs.may == by_orders[name].may).all(), name


@looking
@pytest.mark.parametrize("concept", ["seq", "sseq"])
@settings(max_examples=10, deadline=None)
@given(with_pairs(graphs(most_states=4, most_parties=3), 2), st.data())
def test_a_party_of_whom_nothing_is_known_has_some_order(
    choices: int, concept: str, case: Case, data: st.DataObject
) -> None:
    model, of = case
    silent = data.draw(st.integers(0, len(of) - 1))
    of[silent] = wishes_of(None, model.n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incomparable, "MOST_CHOICES", choices)
        found = judge_pairs(model, of, TABLE[concept])
    verdicts = []
    for ranks in weak_orders(model.n):
        one = [*of[:silent], wishes_of(ranks, model.n), *of[silent + 1 :]]
        for better in resolutions(one):
            verdicts.append([stable(model, i, rules_of(better, i, concept)) for i in range(len(of))])
    every = np.array(verdicts)
    assert (found.must == every.all(axis=0)).all()
    assert not (every.any(axis=0) & ~found.may).any()
    if found.exact:
        assert (found.may == every.any(axis=0)).all()


def test_too_many_pairs_to_try_are_said_to_be_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    model, of = last_mover_needs_both()
    monkeypatch.setattr(incomparable, "MOST_CHOICES", 0)
    found = judge_pairs(model, of, TABLE["seq"])
    assert found.may[0, 0]
    assert not found.exact
    monkeypatch.undo()
    found = judge_pairs(model, of, TABLE["seq"])
    assert not found.may[0, 0]
    assert found.exact
    monkeypatch.setattr(incomparable, "MOST_STEPS", 0)
    assert not judge_pairs(model, of, TABLE["seq"]).exact


def last_mover_needs_both() -> Case:
    """Only by going s3 -> s4 and, others having moved, back again does party 2 let party 1 go on."""
    arcs: Given = {
        (0,): [(0, 1)],
        (1,): [(1, 2), (2, 5)],
        (2,): [(2, 3), (3, 2)],
        (3,): [(3, 4)],
        (4,): [(4, 3)],
    }
    model = graph(6, arcs, 5)
    ranks = np.array(
        [[1, 2, 2, 2, 2, 0], [0, 0, 1, 0, 0, 2], [0] * 6, [0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0]]
    )
    of = [wishes_of(u, 6) for u in ranks]
    of[2] = wishes_of(ranks[2], 6, [(2, 3)])
    return model, of


def test_two_parties_that_need_a_pair_in_opposite_ways_are_not_both_shown_to_stay() -> None:
    arcs: Given = {(0,): [(0, 1)], (1,): [(0, 2)], (2,): [(1, 2), (2, 1)]}
    model = graph(3, arcs, 3)
    of = [wishes_of(np.array(u), 3) for u in ([1, 2, 0], [1, 0, 2], [0, 0, 0])]
    of[2] = wishes_of(np.zeros(3, dtype=np.int64), 3, [(1, 2)])
    found = judge_pairs(model, of, TABLE["seq"])
    assert found.may[:, 0].all()
    assert not found.exact


# -- words -------------------------------------------------------------------------------------------


def random_view(seed: int) -> View:
    """A small graph case of three parties, two of which have pairs of unknown order."""
    rng = np.random.default_rng(seed)
    states, parties = [f"s{k}" for k in range(1, 6)], ("a", "b", "c")
    moves = {p: {s: [t for t in states if t != s and rng.random() < 0.4] for s in states} for p in parties}
    preferences = {}
    for p in parties:
        pairs = [[s, t] for s in states for t in states if s < t and rng.random() < 0.3]
        ranking = [states[k] for k in rng.permutation(5)]
        preferences[p] = {"ranking": ranking, "incomparable": [] if p == "c" else pairs or [["s1", "s2"]]}
    case = {"title": "t", "parties": {p: {} for p in parties}, "states": states, "moves": moves}
    return Compiler(Case_.model_validate({**case, "preferences": preferences})).view()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(CONCEPTS))
def test_explanations_give_what_must_be_and_say_where_more_may_be(seed: int, concept: str) -> None:
    view = random_view(seed)
    found = incomparable_bounds(view, concept)
    for i, s in np.ndindex(found.must.shape):
        why = explain(view, int(s), view.parties[i], concept)
        assert why.stable == found.must[i, s]
        open_ = bool(found.may[i, s]) and not found.must[i, s]
        assert why.sentence.endswith(OPEN) == open_


def test_what_no_way_of_turning_out_makes_stable_is_said_without_a_note() -> None:
    model, of = last_mover_needs_both()
    states, parties = [f"s{k}" for k in range(1, 7)], [f"p{k}" for k in range(5)]
    moves = {
        p: {states[s]: [states[int(t)] for t in m.moves.from_state(s)] for s in range(6)}
        for p, m in zip(parties, model.movers, strict=True)
    }

    def ranking(ranks: Matrix) -> list[list[str]]:
        return [
            [states[int(s)] for s in np.flatnonzero(ranks == r)] for r in sorted(set(ranks), reverse=True)
        ]

    preferences: dict[str, object] = {
        p: {"ranking": ranking(w.better().sum(axis=0))} for p, w in zip(parties, of, strict=True)
    }
    preferences["p2"] = {"ranking": [states], "incomparable": [["s3", "s4"]]}
    case = {"title": "t", "parties": {p: {} for p in parties}, "states": states, "moves": moves}
    view = Compiler(Case_.model_validate({**case, "preferences": preferences})).view()
    assert not incomparable_bounds(view, "seq").may[0, 0]
    why = explain(view, "s1", "p0", "seq")
    assert not why.stable
    assert why.sentence == (
        "p0 would leave s1 for s2, which it likes better; all that others, to their own advantage, can then "
        "lead on to is s3, which does not surely deter it, so it does not stay."
    )


@pytest.mark.parametrize("concept", CONCEPTS)
def test_only_of_a_party_with_open_pairs_it_is_said_that_something_may_be_better(concept: str) -> None:
    case = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "preferences": {"a": {"priorities": ["not x"]}, "b": {"incomparable": [["s1", "s4"]]}},
    }
    view = Compiler(Case_.model_validate(case)).view()
    known, unsure = (explain(view, "s1", p, concept).sentence for p in ("a", "b"))
    assert known == "a has no move from s1 to anything it likes better, so it stays."
    assert unsure == "b has no move from s1 to anything that is better for it, or may be, so it stays."
