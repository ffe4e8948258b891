"""Two parties that look ahead: verdicts, ties, repetitions, and what is told of them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.stability import analyse, engine
from accordant.stability.foresight import limited_move, non_myopic
from accordant.stability.foresight.anticipation import Course, course_of, two
from accordant.stability.foresight.metarational import metarational
from accordant.stability.further import Options
from accordant.stability.result import Explanation
from tests.cases.shipped import CASES, opened
from tests.stability.foresight import foresight_twin
from tests.stability.foresight.foresight_models import duels, view
from tests.stability.models import graph

Judged = tuple[GraphModel, Orders]
PUBLISHED = CASES / "games" / "limited-move.json"


def verdicts(model: GraphModel, orders: Orders, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    found = limited_move.judged(view(model, orders), horizon)
    return found.must, found.may


@settings(max_examples=300)
@given(duels(), st.integers(1, 4))
def test_verdicts_are_those_of_every_way_of_breaking_ties(case: Judged, horizon: int) -> None:
    model, orders = case
    must, may = verdicts(model, orders, horizon)
    for i, s in np.ndindex(*must.shape):
        want = foresight_twin.is_limited(model, orders.tolist(), i, 1 - i, s, horizon)
        assert (must[i, s], may[i, s]) == want


@given(duels(), st.integers(0, 4))
def test_every_end_that_may_be_anticipated_is_listed(case: Judged, horizon: int) -> None:
    model, orders = case
    sides = two(model, orders, "l4")
    pair = Course(sides).at(horizon)
    for x, s in np.ndindex(2, model.n):
        i, j = (side.party for side in (sides[x], sides[1 - x]))
        if i is not None and j is not None:
            want = set(foresight_twin.anticipations(model, orders.tolist(), i, j, s, horizon))
            assert pair[x].of(s).tolist() == sorted(want)


@given(duels())
def test_one_move_ahead_is_nash_stability(case: Judged) -> None:
    must, may = verdicts(*case, 1)
    nash = engine.judge(*case, ["nash"])["nash"]
    assert (must == nash).all()
    assert (may == nash).all()


@given(duels(), st.integers(1, 6))
def test_without_ties_nothing_is_left_open(case: Judged, horizon: int) -> None:
    model, orders = case
    strict = np.argsort(np.argsort(orders, axis=1, kind="stable"), axis=1)
    must, may = verdicts(model, strict, horizon)
    assert (must == may).all()


@settings(max_examples=200)
@given(duels(), st.integers(1, 7))
def test_what_may_hold_by_limited_moves_holds_by_metarationality(case: Judged, horizon: int) -> None:
    _, may = verdicts(*case, horizon)
    assert not (may & ~metarational(*case, horizon)).any()


@given(duels(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_relabelling_states_and_parties_changes_nothing(case: Judged, horizon: int, random: Any) -> None:
    model, orders = case
    new = list(range(model.n))
    random.shuffle(new)
    arcs = {
        (1 - m.parties[0],): [(new[s], new[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)]
        for m in model.movers
    }
    renamed = np.empty_like(orders)
    renamed[:, new] = orders[::-1]
    before, after = verdicts(model, orders, horizon), verdicts(graph(model.n, arcs, 2), renamed, horizon)
    for one, other in zip(before, after, strict=True):
        assert (one == other[::-1][:, new]).all()


@given(duels(), st.integers(1, 4))
def test_parties_that_cannot_move_change_nothing(case: Judged, horizon: int) -> None:
    model, orders = case
    arcs = {
        m.parties: [(s, int(t)) for s in range(model.n) for t in m.moves.from_state(s)] for m in model.movers
    }
    wider = graph(model.n, arcs, 3)
    must, may = verdicts(wider, np.vstack([orders, orders[:1]]), horizon)
    assert must[2].all()
    assert [must[:2].tolist(), may[:2].tolist()] == [v.tolist() for v in verdicts(model, orders, horizon)]


@settings(max_examples=200)
@given(duels())
def test_a_repetition_is_one_and_the_first(case: Judged) -> None:
    course = Course(two(*case, "nm"))
    start, length = course.cycle
    pairs = [course.at(0)]
    for _ in range(start + 2 * length):
        pairs.append(course.further(pairs[-1]))

    def same(k: int, m: int) -> bool:
        return all(a.same(b) for a, b in zip(pairs[k], pairs[m], strict=True))

    assert all(same(k, k + length) for k in range(start, start + length))
    assert not any(same(k, m) for m in range(start + length) for k in range(m))
    far = course.at(10**9)
    assert all(a.same(b) for a, b in zip(far, pairs[start + (10**9 - start) % length], strict=True))


@given(duels())
def test_non_myopic_means_limited_move_stable_from_some_horizon_on(case: Judged) -> None:
    model, orders = case
    found = non_myopic.judged(view(model, orders))
    start, length = Course(two(model, orders, "nm")).cycle
    span = range(max(start, 1), max(start, 1) + length)
    must, may = (np.array([verdicts(model, orders, h)[k] for h in span]).all(axis=0) for k in (0, 1))
    assert (found.must == must).all()
    assert (found.may == may).all()


@cache
def published(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(PUBLISHED.read_text("utf-8"))["stable"][name]
    return found


@pytest.mark.parametrize("name", sorted(json.loads(PUBLISHED.read_text("utf-8"))["stable"]))
def test_the_verdicts_of_the_games_for_eight_horizons(name: str) -> None:
    want = published(name)
    found = opened(f"games/{name}").stability([f"l{h}" for h in want])
    for h, stable in want.items():
        concept = found.concepts[f"l{h}"]
        assert {p: list(states) for p, states in concept.stable.items()} == stable
        assert concept.possible == concept.stable


def test_the_cycle_of_the_game_without_an_equilibrium_is_found() -> None:
    result = opened("games/no-nash-cycle").stability(["nm"])
    assert (
        "nm",
        "what is anticipated repeats every 2 horizons, from horizon 2 on",
    ) in result.method.parameters
    assert result.concepts["nm"].stable == {"row": ("s1", "s4"), "column": ("s2", "s3")}
    assert result.concepts["nm"].equilibria == ()


def test_the_prisoners_dilemma_settles_on_mutual_cooperation_and_defection() -> None:
    result = opened("games/prisoners-dilemma").stability(["nm"])
    assert result.concepts["nm"].equilibria == ("s1", "s4")
    assert dict(result.method.parameters)["nm"] == "what is anticipated settles at horizon 2"


def test_more_than_two_parties_are_refused_with_the_reason_and_what_to_ask_for() -> None:
    with pytest.raises(InputError, match=r"3 can move: MoE, UR, LG\..*ask for mr3"):
        opened("elmira").stability(["l3"])
    with pytest.raises(InputError, match="ask for mr4"):
        opened("elmira").stability(["nm"])


def test_a_joint_step_against_a_party_is_refused_but_not_one_that_takes_everybody() -> None:
    moves = {(0,): [(0, 1)], (1,): [(1, 2)]}
    ranks = np.array([[0, 1, 2]] * 3)
    against = graph(3, {**moves, (0, 2): [(0, 2)]}, 3)
    with pytest.raises(InputError, match="p0 and p2 can also move together"):
        limited_move.judged(view(against, ranks), 2)
    together = graph(3, {**moves, (0, 1): [(0, 2)]}, 2)
    alone = graph(3, moves, 2)
    one, other = (limited_move.judged(view(m, ranks[:2]), 2).must for m in (together, alone))
    assert (one == other).all()


def test_an_unknown_order_is_refused() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    with pytest.raises(InputError, match="those of p1 are not known"):
        limited_move.judged(view(model, np.zeros((2, 2)), [True, False]), 2)
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "preferences": {"a": {"priorities": ["x"]}},
        }
    )
    for concept in ("l2", "nm"):
        with pytest.raises(InputError, match="that of b is not known"):
            analyse(Compiler(case), [concept])


@pytest.mark.parametrize(
    ("name", "message"),
    [("limited", "--horizon 4, or ask for l4"), ("l0", "at least 1"), ("l-2", "at least 1")],
)
def test_a_horizon_that_is_missing_or_wrong_is_explained(name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        limited_move.find(name, Options())


def test_other_names_are_left_to_others() -> None:
    assert all(limited_move.find(n, Options()) is None for n in ("nash", "lx", "l", "mr3", "l3x"))
    assert non_myopic.find("nmx", Options()) is None


def followed(model: GraphModel, orders: Orders, found: Explanation, horizon: int) -> None:
    """The moves told are moves, alternate, and lead to what the verdict says."""
    party = int(found.party[1:])
    here = int(found.state[1:]) - 1
    assert found.improvement is not None
    lines = found.sanctions or ((found.improvement, found.sanction),)
    for first, line in lines:
        at, turn = here, party
        for move in (first, *line):
            assert move.mover == (model.parties[turn],)
            assert int(move.start[1:]) - 1 == at
            at = int(move.end[1:]) - 1
            assert at in model.movers[turn].moves.from_state(int(move.start[1:]) - 1)
            turn = 1 - turn
        assert 1 + len(line) <= horizon
        assert (orders[party, at] > orders[party, here]) == (not found.stable)


@settings(max_examples=200)
@given(duels(), st.integers(1, 5))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(case: Judged, horizon: int) -> None:
    model, orders = case
    seen = view(model, orders)
    concept = limited_move.find(f"l{horizon}", Options())
    assert concept is not None
    verdict = concept.judge(seen)
    for i, s in np.ndindex(*verdict.must.shape):
        found = concept.explain(seen, s, i)
        assert found.stable == verdict.must[i, s]
        assert ("depends on how ties are broken" in found.sentence) == (
            verdict.may[i, s] and not verdict.must[i, s]
        )
        if found.improvement is not None:
            followed(model, orders, found, horizon)


@given(duels())
def test_explanations_of_non_myopic_verdicts_agree(case: Judged) -> None:
    seen = view(*case)
    verdict = non_myopic.judged(seen)
    for i, s in np.ndindex(*verdict.must.shape):
        assert non_myopic.explained(seen, s, i).stable == verdict.must[i, s]


def test_a_far_horizon_is_told_by_the_nearest_one_like_it() -> None:
    result = opened("syria-iraq-1975").stability(["l1000000000"])
    found = result.explain("s6", "Syria", "l1000000000")
    assert found.stable
    assert len(found.sanction) == 3
    assert found.sentence.endswith("because what is anticipated repeats: with 1,000,000,000 it is the same.")
    assert (
        result.concepts["l1000000000"].stable
        == opened("syria-iraq-1975").stability(["l4"]).concepts["l4"].stable
    )


def test_what_is_told_of_a_tie() -> None:
    # p1 is indifferent between leading on from state 1 to the best and to the worst for p0
    model = graph(4, {(0,): [(0, 1)], (1,): [(1, 2), (1, 3)]}, 2)
    concept = limited_move.find("l2", Options())
    assert concept is not None
    found = concept.explain(view(model, np.array([[1, 1, 2, 0], [0, 0, 1, 1]])), 0, 0)
    assert not found.stable
    assert found.sentence == (
        "P0 may leave s1 for s2; P1 would then move to s3, and P0 likes s3 better than s1; but where a party "
        "is indifferent between its best moves it may also be that P1 would then move to s4, and P0 likes s4 "
        "no better than s1. Whether it stays depends on how ties are broken."
    )


def test_what_is_worked_out_for_a_view_is_kept() -> None:
    seen = view(graph(2, {(0,): [(0, 1)]}, 2), np.array([[0, 1], [0, 0]]))
    assert course_of(seen, "l2") is course_of(seen, "nm")


@given(st.data())
def test_ties_all_over_leave_everybody_where_they_are(data: st.DataObject) -> None:
    model, orders = data.draw(duels())
    must, _ = verdicts(model, np.zeros_like(orders), data.draw(st.integers(1, 5)))
    assert must.all()
