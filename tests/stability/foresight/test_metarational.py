"""Moves and counter-moves: metarationality with any horizon, and what is told of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.errors import InputError, TooLargeError
from accordant.model.graph import GraphModel, Orders
from accordant.stability import arc_form, engine, option_form
from accordant.stability.concepts import TABLE
from accordant.stability.foresight import metarational
from accordant.stability.foresight.values import ByArcs, ByFibres
from accordant.stability.further import Options
from accordant.stability.pairwise.incomparable import judge_pairs
from accordant.stability.pairwise.wishes import Wishes
from accordant.stability.ranks import compact
from accordant.stability.result import Explanation
from accordant.stability.telling import OPEN
from accordant.stability.weak_orders import weak_orders
from tests.cases.shipped import GAMES, PUBLISHED, opened
from tests.stability.foresight import foresight_twin
from tests.stability.foresight.foresight_models import paired_view, view
from tests.stability.models import FORWARD, FREE, Control, graph, graphs, judged, option_models, options
from tests.stability.pairwise.test_incomparable import resolutions, wishes_of, with_pairs
from tests.stability.twin import any_move, coalition_reachable, reachable

Judged = tuple[GraphModel, Orders]
small = st.one_of(
    graphs(most_states=5), option_models(most_states=8), option_models(composing=False, most_states=8)
)
every_model = st.one_of(graphs(), option_models(), option_models(composing=False))


def verdicts(model: GraphModel, orders: Orders, horizon: int) -> np.ndarray:
    return metarational.metarational(model, np.asarray(orders, dtype=np.int64), horizon)


@settings(max_examples=200)
@given(judged(small), st.integers(1, 5))
def test_verdicts_are_those_of_the_tree(case: Judged, horizon: int) -> None:
    model, orders = case
    found = verdicts(model, orders, horizon)
    for i, s in np.ndindex(*found.shape):
        assert found[i, s] == foresight_twin.is_metarational(model, orders.tolist(), i, s, horizon)


@settings(max_examples=200)
@given(judged(every_model))
def test_one_two_and_three_moves_are_the_classical_concepts(case: Judged) -> None:
    classical = engine.judge(*case, ["nash", "gmr", "smr"])
    for horizon, name in enumerate(("nash", "gmr", "smr"), 1):
        assert (verdicts(*case, horizon) == classical[name]).all(), name


@settings(max_examples=200)
@given(judged(every_model), st.integers(1, 8))
def test_odd_horizons_widen_and_even_ones_narrow(case: Judged, horizon: int) -> None:
    now, later = verdicts(*case, horizon), verdicts(*case, horizon + 2)
    narrow, wide = (now, later) if horizon % 2 else (later, now)
    assert not (narrow & ~wide).any()
    odd, even = (now, verdicts(*case, horizon + 1)) if horizon % 2 else (verdicts(*case, horizon + 1), now)
    assert not (odd & ~even).any()


@given(judged(every_model), st.integers(0, 1))
def test_far_horizons_settle(case: Judged, odd: int) -> None:
    model, orders = case
    rounds = 2 * model.n * (1 + int(np.unique(orders).size))
    assert (verdicts(model, orders, 10**9 + odd) == verdicts(model, orders, rounds + odd)).all()


@settings(max_examples=150)
@given(judged(option_models(most_states=64)), st.integers(1, 6))
def test_sweeps_and_arcs_agree(case: Judged, horizon: int) -> None:
    model, orders = case
    form = option_form.option_form(model)
    assert form is not None
    ranks, _ = compact(orders, limit=10_000)
    for i in range(len(orders)):
        one = metarational.Turns(ByFibres(form), i, ranks[i]).mine(horizon)
        other = metarational.Turns(ByArcs(arc_form.arc_form(model)), i, ranks[i]).mine(horizon)
        assert (one == other).all()


@settings(max_examples=100)
@given(judged(every_model), st.integers(0, 99))
def test_any_worth_of_the_states_is_propagated(case: Judged, seed: int) -> None:
    model, _ = case
    v = np.random.default_rng(seed).integers(0, 4, model.n).astype(np.int32)
    kernels: list[ByArcs | ByFibres] = [ByArcs(arc_form.arc_form(model))]
    if form := option_form.option_form(model):
        kernels.append(ByFibres(form))
    for i in range(len(model.parties)):
        ends = [{s, *coalition_reachable(model.opponents(i), s, any_move)} for s in range(model.n)]
        own = [{s, *reachable(model, i, s)} for s in range(model.n)]
        for kernel in kernels:
            assert kernel.lowest(i, v).tolist() == [min(v[t] for t in ts) for ts in ends]
            assert kernel.highest(i, v).tolist() == [max(v[t] for t in ts) for ts in own]


@pytest.mark.parametrize("directed", [False, True], ids=["free", "directed"])
def test_sweeps_and_arcs_agree_on_a_large_model_judged_in_threads(directed: bool) -> None:
    rng = np.random.default_rng(5)
    allowed = FORWARD if directed else FREE
    control: Control = {(p,): dict.fromkeys(range(p, 12, 4), allowed) for p in range(4)}
    gone = [tuple(map(int, c)) for c in rng.integers(0, 2, (200, 12))]
    model = options((2,) * 12, control, 4, gone)
    orders = rng.integers(0, 90, (4, model.n))
    arcs = metarational.values_of(model)
    assert isinstance(arcs, ByFibres)
    ranks, _ = compact(orders)
    by_arcs = ByArcs(arc_form.arc_form(model))
    want = np.array([metarational.Turns(by_arcs, i, ranks[i]).mine(4) == ranks[i] for i in range(4)])
    assert (verdicts(model, orders, 4) == want).all()


@given(judged(graphs()), st.integers(1, 6), st.randoms(use_true_random=False))
def test_relabelling_states_and_parties_changes_nothing(case: Judged, horizon: int, random: Any) -> None:
    model, orders = case
    states, parties = list(range(model.n)), list(range(len(orders)))
    random.shuffle(states)
    random.shuffle(parties)
    arcs = {
        tuple(sorted(parties[p] for p in m.parties)): [
            (states[s], states[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)
        ]
        for m in model.movers
    }
    renamed = np.empty_like(orders)
    renamed[np.ix_(parties, states)] = orders
    after = verdicts(graph(model.n, arcs, len(orders)), renamed, horizon)
    assert (verdicts(model, orders, horizon) == after[np.ix_(parties, states)]).all()


@settings(max_examples=60)
@given(judged(graphs(most_states=4, most_parties=3)), st.integers(1, 5))
def test_of_an_unknown_order_every_weak_order_is_thought(case: Judged, horizon: int) -> None:
    model, orders = case
    known = [True] * (len(orders) - 1) + [False]
    found = metarational.judged(view(model, orders, known), horizon)
    tried = []
    for last in weak_orders(model.n):
        tried.append(verdicts(model, np.vstack([orders[:-1], last]), horizon))
    assert (found.must == np.array(tried).all(axis=0)).all()
    assert (found.may == np.array(tried).any(axis=0)).all()


Paired = tuple[GraphModel, list[Wishes]]
tiny = st.one_of(graphs(most_states=5, most_parties=3), option_models(composing=False, most_states=6))


@settings(max_examples=150, deadline=None)
@given(with_pairs(tiny, 4), st.integers(1, 5))
def test_of_open_pairs_every_way_of_turning_out_is_thought(case: Paired, horizon: int) -> None:
    model, of = case
    found = metarational.judged(paired_view(model, of), horizon)
    every = np.array(
        [
            [
                [foresight_twin.is_held(model, i, s, horizon, mine[s].__getitem__) for s in range(model.n)]
                for i, mine in enumerate(better)
            ]
            for better in resolutions(of)
        ]
    )
    assert found.exact
    assert (found.must == every.all(axis=0)).all()
    assert (found.may == every.any(axis=0)).all()
    assert (found.may.all(axis=0) == every.all(axis=1).any(axis=0)).all()  # for all parties at once


@settings(max_examples=200, deadline=None)
@given(with_pairs(every_model, 9), st.data())
def test_with_open_pairs_one_two_and_three_moves_are_the_classical_concepts(
    case: Paired, data: st.DataObject
) -> None:
    model, of = case
    if data.draw(st.booleans()):
        of[data.draw(st.integers(0, len(of) - 1))] = wishes_of(None, model.n)
    seen = paired_view(model, of)
    for horizon, name in enumerate(("nash", "gmr", "smr"), 1):
        found, classical = metarational.judged(seen, horizon), judge_pairs(model, of, TABLE[name])
        assert (found.must == classical.must).all(), name
        assert (found.may == classical.may).all(), name
        assert found.exact == classical.exact


@settings(max_examples=80, deadline=None)
@given(with_pairs(tiny, 6), st.integers(1, 5))
def test_with_open_pairs_explanations_agree_with_the_verdicts(case: Paired, horizon: int) -> None:
    model, of = case
    seen = paired_view(model, of)
    concept = metarational.find(f"mr{horizon}", Options())
    assert concept is not None
    verdict = concept.judge(seen)
    for i, s in np.ndindex(*verdict.must.shape):
        found = concept.explain(seen, s, i)
        assert found.stable == verdict.must[i, s]
        assert found.sentence.endswith(OPEN) == (verdict.may[i, s] and not verdict.must[i, s])
        pairs = {f"p{i}:{a}-{b}" for a, b in of[i].pairs.tolist()}
        assert not pairs & set(found.elements)


def test_an_open_pair_elsewhere_leaves_a_verdict_alone() -> None:
    model = graph(3, {(0,): [(0, 1)]}, 1)
    seen = paired_view(model, [wishes_of(np.array([2, 1, 0]), 3, [(1, 2)])])
    for horizon in (1, 2, 3):
        found = metarational.judged(seen, horizon)
        assert found.must.all()
        assert found.exact


def test_open_pairs_are_told() -> None:
    model = graph(4, {(0,): [(0, 1), (2, 3)], (1,): [(1, 2)]}, 2)
    first = wishes_of(np.array([1, 2, 0, 0]), 4, [(0, 1)])
    known = wishes_of(np.zeros(4, dtype=np.int64), 4)

    def told(of: Wishes, horizon: int) -> str:
        concept = metarational.find(f"mr{horizon}", Options())
        assert concept is not None
        return concept.explain(paired_view(model, [of, known]), 0, 0).sentence

    assert told(first, 1) == (
        "P0 would leave s1 for s2, which may be better for it, the order of the two not being known." + OPEN
    )
    assert told(first, 2) == (
        "P0 would leave s1 for s2, which may be better for it, the order of the two not being known; P1 can "
        "then move to s3, which P0 likes no better than s1, so it stays."
    )
    escape = wishes_of(np.array([1, 2, 0, 0]), 4, [(0, 3)])
    assert told(escape, 3) == (
        "P0 would leave s1 for s2, which it likes better; if the others do their worst and P0 its best, P1 "
        "moves to s3, and P0 chooses to move to s4, which P0 may like better than s1, the order of the two "
        "not being known, so it does not stay." + OPEN
    )


def test_too_many_states_in_open_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = paired_view(graph(2, {(0,): [(0, 1)]}, 1), [wishes_of(np.array([0, 1]), 2, [(0, 1)])])
    monkeypatch.setattr(metarational, "MOST_LOOKED", 3)
    with pytest.raises(TooLargeError, match="2 of 2 states do for p0"):
        metarational.judged(seen, 2)


def test_what_the_others_do_and_what_the_party_chooses_are_told_apart() -> None:
    arcs = {(0,): [(0, 1), (2, 3)], (1,): [(1, 2), (3, 4)], (1, 2): [(3, 5)]}
    model = graph(6, arcs, 3)
    concept = metarational.find("mr4", Options())
    assert concept is not None

    def told(ranks: list[int]) -> str:
        return concept.explain(view(model, np.array([ranks, [0] * 6, [0] * 6])), 0, 0).sentence

    assert told([1, 5, 0, 4, 3, 2]) == (
        "P0 would leave s1 for s2, which it likes better; if the others do their worst and P0 its best, P1 "
        "moves to s3, P0 chooses to move to s4, and P1 and P2 move together to s6, which P0 still likes "
        "better than s1, so it does not stay."
    )
    assert told([1, 5, 2, 0, 0, 0]) == (
        "P0 would leave s1 for s2, which it likes better; the worst that the others can do is that P1 moves "
        "to s3, which P0 still likes better than s1, so it does not stay."
    )


@pytest.mark.parametrize("name", [*PUBLISHED, *GAMES])
def test_the_published_cases_by_horizon(name: str) -> None:
    found = opened(name).stability(["nash", "mr1", "gmr", "mr2", "smr", "mr3"]).concepts
    for horizon, classical in enumerate(("nash", "gmr", "smr"), 1):
        assert found[f"mr{horizon}"].stable == found[classical].stable
        assert found[f"mr{horizon}"].equilibria == found[classical].equilibria


@settings(max_examples=150)
@given(judged(st.one_of(graphs(most_states=6), option_models(most_states=12))), st.integers(1, 7))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(case: Judged, horizon: int) -> None:
    model, orders = case
    seen = view(model, orders)
    concept = metarational.find(f"mr{horizon}", Options())
    assert concept is not None
    verdict = concept.judge(seen)
    for i, s in np.ndindex(*verdict.must.shape):
        found = concept.explain(seen, s, i)
        assert found.stable == verdict.must[i, s]
        assert found.concept == f"mr{horizon}"
        if found.improvement is not None:
            followed(model, orders, found)


def followed(model: GraphModel, orders: Orders, found: Explanation) -> None:
    """The moves told are moves of somebody, and lead to what the verdict says."""
    party, here = int(found.party[1:]), int(found.state[1:]) - 1
    assert found.improvement is not None
    for first, line in found.sanctions or ((found.improvement, found.sanction),):
        at = here
        assert first.mover == (found.party,)
        for move in (first, *line):
            parties = tuple(int(p[1:]) for p in move.mover)
            start, end = int(move.start[1:]) - 1, int(move.end[1:]) - 1
            assert start == at
            assert any(m.parties == parties and end in m.moves.from_state(start) for m in model.movers)
            at = end
        assert (orders[party, at] > orders[party, here]) == (not found.stable)


def test_an_unknown_order_is_explained() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    seen = view(model, np.zeros((2, 2)), [False, True])
    even, odd = (metarational.find(f"mr{h}", Options()) for h in (4, 5))
    assert even is not None
    assert odd is not None
    assert even.explain(seen, 0, 0).sentence == (
        "What P0 wants is not known, but the others can undo every move it has from s1, so it stays in any "
        "case."
    )
    assert "may or may not stay" in odd.explain(seen, 0, 0).sentence


def test_names_and_horizons() -> None:
    assert metarational.find("mr7", Options()) is not None
    assert metarational.find("mr", Options(horizon=7)) is not None
    assert all(metarational.find(n, Options()) is None for n in ("nash", "mrx", "smr", "l3"))
    with pytest.raises(InputError, match="mr needs a horizon"):
        metarational.find("mr", Options())
    with pytest.raises(InputError, match="at least 1"):
        metarational.find("mr0", Options())
