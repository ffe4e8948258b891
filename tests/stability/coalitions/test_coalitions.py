"""Every coalition of a case, over all admissible settings."""

from __future__ import annotations

from itertools import combinations, permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Mover, Orders
from accordant.model.moves import arcs_from_pairs
from accordant.stability.coalitions import analysis as room
from accordant.stability.coalitions.analysis import NAMES, analyse
from accordant.stability.coalitions.sides import Rule, coalition, judge
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.engine import judge as classical
from accordant.stability.weak_orders import weak_orders
from tests.stability.coalitions import coalitions_twin as twin
from tests.stability.models import graphs, judged, option_models

CASES = Path(__file__).parents[3] / "cases"
Given = tuple[GraphModel, Orders]
SMALL = judged(st.one_of(graphs(6, 3), option_models(most_states=8)))


def groups(model: GraphModel) -> list[tuple[int, ...]]:
    every = range(len(model.parties))
    return [h for size in range(1, len(every) + 1) for h in combinations(every, size)]


def verdict(model: GraphModel, orders: Orders, members: tuple[int, ...], rule: Rule) -> list[bool]:
    found: list[bool] = judge(
        coalition(model, members), Wishes(orders, np.ones(len(orders), dtype=bool)), rule
    ).tolist()
    return found


@given(SMALL)
@settings(max_examples=60)
def test_a_coalition_of_one_has_the_classical_verdict(given: Given) -> None:
    model, orders = given
    expected = classical(model, orders)
    for concept in CONCEPTS:
        for p in range(len(model.parties)):
            for pareto in (False, True):
                assert (
                    verdict(model, orders, (p,), Rule(TABLE[concept], pareto))
                    == expected[concept][p].tolist()
                )


@given(SMALL)
@settings(max_examples=60)
def test_what_is_stable_under_one_concept_is_stable_under_the_next(given: Given) -> None:
    model, orders = given
    for members in groups(model):
        found = {c: np.array(verdict(model, orders, members, Rule(TABLE[c]))) for c in CONCEPTS}
        for strong, weak in (
            ("nash", "sseq"),
            ("sseq", "seq"),
            ("seq", "gmr"),
            ("sseq", "smr"),
            ("smr", "gmr"),
        ):
            assert (found[strong] <= found[weak]).all(), (strong, weak)
        joined = np.array(verdict(model, orders, members, Rule(TABLE["seq"], together=True)))
        assert (found["seq"] <= joined).all()
        assert (joined <= found["gmr"]).all()
        pareto = np.array(verdict(model, orders, members, Rule(TABLE["nash"], pareto=True)))
        assert (pareto <= found["nash"]).all()


@given(SMALL, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_renaming_states_and_parties_changes_nothing(given: Given, random: object) -> None:
    model, orders = given
    n, count = model.n, len(model.parties)
    state, party = list(range(n)), list(range(count))
    random.shuffle(state)  # type: ignore[attr-defined]
    random.shuffle(party)  # type: ignore[attr-defined]
    movers: dict[tuple[int, ...], Mover] = {}
    for m in model.movers:
        arcs = m.moves.arcs
        sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
        who = tuple(sorted(party[p] for p in m.parties))
        movers[who] = Mover(who, arcs_from_pairs(n, np.array(state)[sources], np.array(state)[arcs.targets]))
    alone = tuple(movers[(p,)] for p in range(count))
    joint = tuple(m for who, m in movers.items() if len(who) > 1)
    renamed = GraphModel(model.space, model.parties, alone + joint)
    moved = np.empty_like(orders)
    for p in range(count):
        moved[party[p], state] = orders[p]
    for members in groups(model):
        others = tuple(sorted(party[p] for p in members))
        for concept in CONCEPTS:
            before = verdict(model, orders, members, Rule(TABLE[concept]))
            after = verdict(renamed, moved, others, Rule(TABLE[concept]))
            assert before == [after[state[s]] for s in range(n)]


@given(judged(graphs(3, 3)), st.data())
@settings(max_examples=60)
def test_what_must_and_may_be_where_orders_are_unknown(given: Given, data: st.DataObject) -> None:
    model, orders = given
    count = len(model.parties)
    silent = data.draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=2))
    known = np.array([p not in silent for p in range(count)])
    every = weak_orders(model.n)
    tried = []
    for chosen in product(every, repeat=len(silent)):
        filled = orders.copy()
        filled[sorted(silent)] = chosen
        tried.append(filled)
    for members in groups(model):
        side = coalition(model, members)
        other = [p for p in silent if p not in members]  # whose orders do not matter without credible steps
        for concept in CONCEPTS:
            rule = Rule(TABLE[concept])
            must = judge(side, Wishes(orders, known), rule)
            may = judge(side, Wishes(orders, known, willing=True), rule)
            found = np.array([verdict(model, o, members, rule) for o in tried[:: max(1, len(tried) // 15)]])
            assert (must <= found.all(axis=0)).all()
            assert (found.any(axis=0) <= may).all()
            if concept in ("nash", "gmr", "smr"):
                mine = [o for o in tried if (o[other] == tried[0][other]).all()]
                whole = np.array([verdict(model, o, members, rule) for o in mine])
                assert must.tolist() == whole.all(axis=0).tolist()
                assert may.tolist() == whole.any(axis=0).tolist()


def test_strong_equilibria_and_the_published_jump_at_elmira() -> None:
    result = accordant.load(CASES / "elmira").coalitions()
    assert len(result.coalitions) == 7
    assert result.concepts["nash"].equilibria == ("s8", "s9")
    under_nash = [(j.by, j.start, j.end) for j in result.jumps if "nash" in j.jumps]
    assert under_nash == [(("MoE", "UR"), "s5", "s8")]
    jump = result.jumps[0]
    assert [(m.mover, m.end) for m in jump.moves] == [(("MoE",), "s6"), (("UR",), "s8")]
    assert jump.counts == (1, 1)


@pytest.mark.parametrize("name", ["elmira", "labour", "cuba-1962", "syria-iraq-1975", "games/chicken"])
def test_strong_equilibria_are_equilibria(name: str) -> None:
    opened = accordant.load(CASES / name)
    alone, together = opened.stability(), opened.coalitions()
    for concept in CONCEPTS:
        assert set(together.concepts[concept].equilibria) <= set(alone.concepts[concept].equilibria)


UNSURE = {
    "title": "t",
    "parties": {"a": {}, "b": {}},
    "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    "preferences": {
        "a": {"priorities": [{"want": "y"}, {"want": "not x", "unsure": True}]},
        "b": {"priorities": [{"either": [{"want": "x"}, {"want": "not y"}]}]},
    },
}


def test_settings_are_counted_as_one_by_one() -> None:
    compiler = Compiler(Case.model_validate(UNSURE))
    result = analyse(compiler, concepts=NAMES)
    views = [compiler.view(s) for s in compiler.setting_space().settings()]
    assert result.method.settings == len(views) == 4
    for name in NAMES:
        base, together = name.removesuffix("-class"), name.endswith("-class")
        for s, state in enumerate(result.states):
            held = [
                all(
                    twin.stays(v.model, v.orders.tolist(), h, s, base, together=together)
                    for h in groups(v.model)
                )
                for v in views
            ]
            counts = result.concepts[name].counts
            assert counts is not None
            assert counts[state] == (sum(held), len(views))
    for improvement in result.improvements:
        members = tuple("ab".index(p) for p in improvement.by)
        s, q = (result.states.index(x) for x in (improvement.start, improvement.end))
        so = [q in twin.improvements(v.model, v.orders.tolist(), members, s) for v in views]
        assert improvement.counts == (sum(so), len(so))
        assert improvement.status == ("always" if all(so) else "sometimes")
    found = {(i.by, i.start, i.end) for i in result.improvements}
    for v in views:
        for members in groups(v.model):
            for s in range(v.model.n):
                for q in twin.improvements(v.model, v.orders.tolist(), members, s):
                    names = (tuple("ab"[p] for p in members), result.states[s], result.states[q])
                    assert names in found


def test_jumps_are_counted_in_the_settings_in_which_both_states_are_equilibria() -> None:
    compiler = Compiler(Case.model_validate(UNSURE))
    result = analyse(compiler, concepts=["gmr"])
    views = [compiler.view(s) for s in compiler.setting_space().settings()]
    counted: dict[tuple[str, str], int] = {}
    for v in views:
        stable = np.asarray(classical(v.model, v.orders, ["gmr"])["gmr"].all(axis=0))
        for s, q in permutations(range(v.model.n), 2):
            if stable[s] and stable[q] and q in twin.improvements(v.model, v.orders.tolist(), (0, 1), s):
                key = (result.states[s], result.states[q])
                counted[key] = counted.get(key, 0) + 1
    assert {(j.start, j.end): j.jump_counts["gmr"] for j in result.jumps} == {
        key: (k, len(views)) for key, k in counted.items()
    }


def test_too_many_combinations_are_drawn_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_CELLS", 1)
    monkeypatch.setattr(room, "FEWEST", 2)
    result = analyse(Compiler(Case.model_validate(UNSURE)), concepts=["seq"])
    assert not result.method.exact
    assert "2 of 4 combinations of orders" in result.method.cut
    assert "seed" in dict(result.method.parameters)


def test_a_party_of_unknown_order_leaves_settings_uncounted() -> None:
    case = {**UNSURE, "preferences": {"a": {"priorities": ["y"]}}}
    result = analyse(Compiler(Case.model_validate(case)), concepts=["nash"])
    nash = result.concepts["nash"]
    assert nash.counts is None
    assert nash.equilibria == ()
    assert nash.possible_equilibria == result.states
    assert nash.stable["a", "b"] == ("s2", "s4")
    assert all(i.status == "sometimes" for i in result.improvements if "b" in i.by)


def test_an_answer_by_outsiders_together_can_hold_a_party_that_no_single_outsider_holds() -> None:
    # b and c can only punish a together, and only both gain by it
    case = {
        "title": "t",
        "parties": {"a": {}, "b": {}, "c": {}},
        "states": ["s1", "s2", "s3", "s4"],
        "moves": {"a": {"s1": ["s2"]}, "b": {"s2": ["s3"]}, "c": {"s3": ["s4"]}},
        "preferences": {
            "a": {"ranking": ["s2", "s3", "s1", "s4"]},
            "b": {"ranking": ["s4", "s2", "s1", "s3"]},
            "c": {"ranking": ["s4", "s2", "s1", "s3"]},
        },
    }
    result = analyse(Compiler(Case.model_validate(case)), [["a"]], ["seq", "seq-class"])
    assert "s1" not in result.concepts["seq"].equilibria
    assert "s1" in result.concepts["seq-class"].equilibria
    why = result.explain("s1", ["a"], "seq-class")
    assert why.stable
    assert "B and C together" in why.sentence or "b and c together" in why.sentence


@pytest.mark.parametrize("pareto", [False, True])
def test_every_explanation_says_what_the_verdict_says(pareto: bool) -> None:
    opened = accordant.load(CASES / "elmira")
    result = opened.coalitions(concepts=NAMES, pareto=pareto, explain=["s1", "s5", "s6"])
    assert len(result.explanations) == 3 * 7 * len(NAMES)
    for why in result.explanations:
        stable = result.concepts[why.concept].stable[tuple(why.party.split("+"))]
        assert why.stable == (why.state in stable), why
        assert why.sentence.endswith(".")


def test_only_the_coalitions_asked_for() -> None:
    result = accordant.load(CASES / "elmira").coalitions([["UR", "MoE"], ["MoE", "UR"], ["LG"]], ["nash"])
    assert result.coalitions == (("MoE", "UR"), ("LG",))


def test_names_that_do_not_exist_are_answered_with_the_nearest() -> None:
    opened = accordant.load(CASES / "elmira")
    with pytest.raises(InputError, match="did you mean 'MoE'"):
        opened.coalitions([["Moo", "UR"]])
    with pytest.raises(InputError, match="did you mean 'seq'"):
        opened.coalitions(concepts=["sequ"])
    with pytest.raises(InputError, match="no state 's99'"):
        opened.coalitions(explain=["s99"])
    with pytest.raises(InputError, match="at least one party"):
        opened.coalitions([[]])


def many(parties: int, **more: object) -> Compiler:
    names = [f"p{k}" for k in range(parties)]
    return Compiler(
        Case.model_validate(
            {
                "title": "t",
                "parties": {p: {} for p in names},
                "issues": {f"x{k}": {"by": p, "values": ["no", "yes"]} for k, p in enumerate(names)},
                "preferences": {p: {"priorities": [f"x{k}"]} for k, p in enumerate(names)},
                **more,
            }
        )
    )


def test_with_too_many_parties_coalitions_are_named_or_the_question_is_refused() -> None:
    with pytest.raises(InputError, match=r"2,047 coalitions.*--of p0,p1"):
        analyse(many(11), concepts=["nash"])
    named = analyse(many(11, coalitions=[["p0", "p1"]]), concepts=["nash"], starts=["s1"])
    assert named.coalitions == (("p0", "p1"),)
    asked = analyse(many(11), [["p2", "p3", "p4"]], ["nash"], starts=["s1"])
    assert asked.concepts["nash"].equilibria[-1] == "s2048"


def test_in_a_larger_model_pairs_of_states_are_compared_only_when_asked_for() -> None:
    compiler = many(13)
    result = analyse(compiler, [["p0", "p1", "p2"]])
    assert tuple(result.concepts) == ("nash", "gmr", "seq")
    assert "smr and sseq compare states pair by pair" in result.method.cut
    assert (
        result.concepts["nash"].equilibria[0] == "s1025"
    )  # the lowest in which one of the three has its wish
