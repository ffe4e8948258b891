"""Improvements made at the same moment: verdicts, what combining means, what is refused and told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Mover, Orders, ProductMoves
from accordant.model.space import StateSpace
from accordant.stability import analyse, engine
from accordant.stability.families import combined_changes, simultaneous
from accordant.stability.families.combined_changes import changes_of
from accordant.stability.further import Options
from tests.cases.shipped import opened
from tests.stability.foresight import foresight_twin
from tests.stability.foresight.foresight_models import view
from tests.stability.models import FREE, Control, graph, judged, listed, option_models, options

Judged = tuple[GraphModel, Orders]
every_model = st.one_of(option_models(), option_models(composing=False))


def verdicts(model: GraphModel, orders: Orders) -> np.ndarray:
    found = simultaneous.judged(view(model, orders))
    assert found.must is found.may
    return found.must


def slowly(model: GraphModel, orders: Orders) -> list[list[bool]]:
    rows = [tuple(map(int, row)) for row in model.space.codes]
    arcs = [
        (m.parties, [(s, int(t)) for s in range(model.n) for t in m.moves.arcs.from_state(s)])
        for m in model.movers
    ]
    u = orders.tolist()
    return [
        [foresight_twin.is_simultaneous(rows, arcs, range(model.n), u, i, s) for s in range(model.n)]
        for i in range(len(orders))
    ]


@settings(max_examples=150)
@given(judged(st.one_of(option_models(most_states=16), option_models(composing=False, most_states=16))))
def test_verdicts_are_those_of_the_definition(case: Judged) -> None:
    assert verdicts(*case).tolist() == slowly(*case)


@settings(max_examples=100)
@given(judged(every_model))
def test_moves_listed_as_arcs_change_nothing(case: Judged) -> None:
    model, orders = case
    assert (verdicts(listed(model), orders) == verdicts(model, orders)).all()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=judged(every_model))
def test_combinations_are_found_alike_in_a_table_and_in_a_list(
    monkeypatch: pytest.MonkeyPatch, case: Judged
) -> None:
    model, orders = case
    with monkeypatch.context() as patch:
        patch.setattr(combined_changes, "_places", _searched)
        found = verdicts(listed(model), orders)
    assert (found == verdicts(model, orders)).all()


def _searched(key: np.ndarray, _every: int) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.argsort(key).astype(np.int32)
    return key[numbers], numbers


@settings(max_examples=200)
@given(judged(every_model))
def test_what_is_stable_in_nashs_sense_is_simultaneously_stable(case: Judged) -> None:
    nash = engine.judge(*case, ["nash"])["nash"]
    assert not (nash & ~verdicts(*case)).any()


@settings(max_examples=200)
@given(judged(option_models(most_states=16)))
def test_of_two_parties_no_more_can_be_taken_at_once_than_one_after_the_other(case: Judged) -> None:
    model, orders = case
    movers = tuple(m for m in model.movers if max(m.parties) < 2)
    two = GraphModel(model.space, model.parties[:2], movers)
    gmr = engine.judge(two, orders[:2], ["gmr"])["gmr"]
    assert not (verdicts(two, orders[:2]) & ~gmr).any()


@settings(max_examples=200)
@given(judged(every_model))
def test_without_rules_no_more_can_be_taken_at_once_than_one_after_the_other(case: Judged) -> None:
    model, orders = case
    assume(model.n == np.prod([len(v) for v in model.space.values]))
    gmr = engine.judge(model, orders, ["gmr"])["gmr"]
    assert not (verdicts(model, orders) & ~gmr).any()


def test_rules_can_forbid_what_lies_between_changes_made_at_once() -> None:
    # p1 and p2 together take from p0 what neither can follow up by itself
    model = options((2, 2, 2), {(k,): {k: FREE} for k in range(3)}, 3, infeasible=[(1, 0, 1), (1, 1, 0)])
    ranks = np.array([[1, 1, 1, 1, 2, 0], [0, 0, 1, 1, 0, 0], [0, 1, 0, 1, 0, 0]])
    assert verdicts(model, ranks)[0, 0]
    assert not engine.judge(model, ranks, ["gmr"])["gmr"][0, 0]


@pytest.mark.parametrize(
    ("name", "state", "sim", "seq"), [("games/chicken", "s1", 1, 0), ("cuba-1962", "s5", 0, 1)]
)
def test_it_compares_neither_way_with_sequential_stability(name: str, state: str, sim: int, seq: int) -> None:
    found = opened(name).stability(["sim", "seq"]).concepts
    assert (state in found["sim"].equilibria) == sim
    assert (state in found["seq"].equilibria) == seq


@given(judged(option_models()), st.randoms(use_true_random=False))
def test_relabelling_parties_changes_nothing(case: Judged, random: Any) -> None:
    model, orders = case
    new = list(range(len(orders)))
    random.shuffle(new)
    alone = sorted(model.movers[: len(orders)], key=lambda m: new[m.parties[0]])
    movers = [Mover((k,), m.moves) for k, m in enumerate(alone)]
    for m in model.movers[len(orders) :]:
        movers.append(Mover(tuple(sorted(new[p] for p in m.parties)), m.moves))
    renamed = np.empty_like(orders)
    renamed[new] = orders
    after = verdicts(GraphModel(model.space, model.parties, tuple(movers)), renamed)
    assert (after[new] == verdicts(model, orders)).all()


@given(judged(option_models()), st.randoms(use_true_random=False))
def test_the_order_in_which_states_are_numbered_changes_nothing(case: Judged, random: Any) -> None:
    model, orders = case
    new = list(range(model.n))
    random.shuffle(new)
    codes, place = np.empty_like(model.space.codes), np.array(new)
    codes[place] = model.space.codes
    state_of = np.empty(model.n, dtype=np.int32)
    state_of[:] = place
    space = StateSpace(model.space.issues, model.space.values, model.space.codes, state_of, model.n)
    arcs: dict[tuple[int, ...], list[tuple[int, int]]] = {
        m.parties: [(new[s], new[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)]
        for m in model.movers
    }
    plain = graph(model.n, arcs, len(orders))
    renamed = np.empty_like(orders)
    renamed[:, place] = orders
    after = verdicts(GraphModel(space, model.parties, plain.movers), renamed)
    assert (after[:, place] == verdicts(model, orders)).all()


def test_two_improvements_that_collide_deter_each_other() -> None:
    # alone either gains by changing its issue, together they end in what both like least
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2)
    found = verdicts(model, np.array([[1, 0, 2, 0], [1, 2, 0, 0]]))
    assert found[:, 0].tolist() == [True, True]
    assert not engine.judge(model, np.array([[1, 0, 2, 0], [1, 2, 0, 0]]), ["nash"])["nash"][:, 0].any()


def test_what_others_do_together_has_to_be_feasible() -> None:
    ranks = np.array([[1, 0, 2], [1, 2, 0]])
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2, infeasible=[(1, 1)])
    assert not verdicts(model, ranks)[:, 0].any()


def test_a_change_that_is_no_improvement_deters_nobody() -> None:
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2)
    assert not verdicts(model, np.array([[1, 0, 2, 0], [1, 1, 0, 0]]))[0, 0]


def test_changing_an_issue_to_the_same_value_is_one_change_and_to_different_ones_is_none() -> None:
    three = np.ones((3, 3), dtype=bool)
    model = options((3,), {(0,): {0: three}, (1,): {0: three}}, 2)
    # p0 wants 1; p1 gains by 1 or 2: both to 1 is no sanction, and 1 and 2 at once is nothing at all
    assert not verdicts(model, np.array([[1, 2, 0], [0, 1, 2]]))[0, 0]


def test_a_party_takes_part_in_one_change_at_a_time() -> None:
    # p1 could improve alone and together with p2; doing both at once would deter p0, but cannot be done
    model = options((2, 2, 2), {(0,): {0: FREE}, (1,): {1: FREE}, (1, 2): {2: FREE}}, 3)
    worst = np.full(8, 5)
    worst[[0, 7]] = (4, 0)  # p0 likes only everything at once no better than where it is
    ranks = np.array([worst, [0, 1, 1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 1, 1]])
    assert not verdicts(model, ranks)[0, 0]
    apart = options((2, 2, 2), {(0,): {0: FREE}, (1,): {1: FREE}, (2,): {2: FREE}}, 3)
    assert verdicts(apart, ranks)[0, 0]


def test_a_graph_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match=r"no issues.*ask for seq or sseq"):
        opened("games/no-nash-cycle").stability(["sim"])


def test_an_unknown_order_is_refused() -> None:
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2)
    with pytest.raises(InputError, match="the order of every party"):
        simultaneous.judged(view(model, np.zeros((2, 4)), [True, False]))


def test_a_search_that_would_take_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simultaneous, "MOST_WAYS", 1.0)
    model = options((2, 2), {(0,): {0: FREE}, (1,): {1: FREE}}, 2)
    with pytest.raises(TooLargeError, match="fewer parties"):
        simultaneous.judged(view(model, np.array([[0, 1, 2, 3], [0, 2, 1, 3]])))


def test_what_would_not_fit_is_refused_before_changes_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simultaneous, "memory_limit", lambda: 3 * 2**20)
    axes = range(10)
    model = options((2,) * 20, {(0,): dict.fromkeys(axes, FREE), (1,): {10 + k: FREE for k in axes}}, 2)
    with pytest.raises(TooLargeError, match=r"2,145,386,496 would take 59\.9 GiB; 3 MiB are allowed"):
        simultaneous.judged(view(model, np.zeros((2, model.n), dtype=np.int64)))


def test_the_work_is_estimated_before_changes_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simultaneous, "LOOKED_AT", 4)
    monkeypatch.setattr(simultaneous, "changes_of", None)
    monkeypatch.setattr(simultaneous, "MOST_WAYS", 1.0)
    model = options((2,) * 6, {(0,): dict.fromkeys(range(3), FREE), (1,): {3: FREE, 4: FREE, 5: FREE}}, 2)
    with pytest.raises(TooLargeError, match=r"combinations .* of memory"):
        simultaneous.judged(view(model, np.arange(128).reshape(2, 64)))


def merged(merge: dict[str, str], **besides: Any) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "a"}},
            "states": {"end": merge},
            "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}},
            **besides,
        }
    )


def test_a_merged_state_that_several_could_change_at_once_is_refused() -> None:
    with pytest.raises(InputError, match="end stands for several"):
        analyse(Compiler(merged({"x": "no", "y": "no"})), ["sim"])


def test_a_merged_state_that_nobody_would_leave_is_judged() -> None:
    result = analyse(Compiler(merged({"x": "yes", "y": "yes"})), ["sim", "nash"])
    assert "end" in result.concepts["sim"].equilibria


def test_merged_states_at_elmira_follow_the_definition_combination_by_combination() -> None:
    found = opened("elmira")
    seen = found.compiler.view()
    space, changes = seen.space, changes_of(seen)
    rows = [tuple(map(int, row)) for row in space.codes]
    own = {"MoE": {"MoE"}, "UR": {"UR"}, "LG": {"LG"}}
    issues = seen.case.issues
    arcs = []
    for party in seen.parties:
        axes = [k for k, name in enumerate(space.issues) if issues[name].holders[0] in own[party]]
        pairs = []
        for a, one in enumerate(rows):
            for b, other in enumerate(rows):
                changed = [k for k in range(len(one)) if one[k] != other[k]]
                forward = all(
                    other[k] > one[k] for k in changed if issues[space.issues[k]].moves == "forward"
                )
                if (
                    changed
                    and set(changed) <= set(axes)
                    and forward
                    and space.state_of[a] != space.state_of[b]
                ):
                    pairs.append((a, b))
        arcs.append(((seen.parties.index(party),), pairs))
    verdict = simultaneous.judged(seen).must
    state_of = space.state_of.tolist()
    for i in range(3):
        for s in range(seen.model.n):
            members = np.flatnonzero(space.state_of == s)
            want = all(
                foresight_twin.is_simultaneous(rows, arcs, state_of, seen.orders.tolist(), i, int(c))
                for c in members
            )
            assert verdict[i, s] == want, (i, s)
    assert changes.several.tolist() == [False] * 8 + [True]


@settings(max_examples=150)
@given(judged(every_model))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(case: Judged) -> None:
    model, orders = case
    seen = view(model, orders)
    concept = simultaneous.find("sim", Options())
    assert concept is not None
    verdict = concept.judge(seen).must
    rows = [tuple(map(int, row)) for row in model.space.codes]
    for i, s in np.ndindex(*verdict.shape):
        found = concept.explain(seen, s, i)
        assert found.stable == verdict[i, s]
        for first, others in found.sanctions:
            together = list(rows[s])
            for move in (first, *others):
                assert move.start == found.state
                end = int(move.end[1:]) - 1
                parties = [int(p[1:]) for p in move.mover]
                assert all(orders[p, end] > orders[p, s] for p in parties)
                for axis, value in enumerate(rows[end]):
                    together[axis] = value if value != rows[s][axis] else together[axis]
            assert orders[i, rows.index(tuple(together))] <= orders[i, s]


def test_only_movers_that_are_needed_are_named() -> None:
    control: Control = {(k,): {k: FREE} for k in range(3)}
    model = options((2, 2, 2), control, 3)
    ranks = np.zeros((3, 8), dtype=np.int64)
    ranks[0, [4]] = 1
    ranks[1, [2]] = 1
    ranks[2, [1]] = 1
    found = simultaneous.find("sim", Options())
    assert found is not None
    told = found.explain(view(model, ranks), 0, 0)
    assert len(told.sanction) == 1
    assert told.sentence == (
        "P0 would leave s1 for s5; but if P2 (by itself to s2) moves at the same moment, to its own "
        "advantage, together they end in s6, which P0 likes no better than s1, so it stays."
    )


def test_moves_of_product_and_listed_forms_are_numbered_alike() -> None:
    model = options((2, 3), {(0,): {0: FREE}, (1,): {1: np.ones((3, 3), dtype=bool)}}, 2, infeasible=[(1, 2)])
    assert all(isinstance(m.moves, ProductMoves) for m in model.movers)
    changes = changes_of(view(model, np.zeros((2, 5))))
    assert changes.end(0, [1, 3]) == 4
    assert changes.end(0, [2, 3]) == -1
