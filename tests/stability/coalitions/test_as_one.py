"""Parties that act as one: the published result, the definition, and what must not change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from accordant.stability.coalitions.as_one import (
    acting_as_one,
    as_one_bounds,
    as_players,
    explain_as_one,
    partition,
)
from accordant.stability.coalitions.sides import Rule, judge
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.engine import judge as classical
from tests.stability.coalitions import coalitions_twin as twin
from tests.stability.models import graphs, judged, option_models

CASES = Path(__file__).parents[3] / "cases"
PUBLISHED = {
    "nash": {"s7", "s8", "s9"},
    "gmr": {"s1", "s3", "s4", "s7", "s8", "s9"},
    "smr": {"s1", "s3", "s4", "s7", "s8", "s9"},
    "seq": {"s1", "s7", "s8", "s9"},
}
Given = tuple[GraphModel, Orders]
Groups = tuple[tuple[int, ...], ...]


def held(view: View, blocks: list[list[str]]) -> dict[str, set[str]]:
    _, verdicts = acting_as_one(view, blocks)
    return {c: {view.space.name(int(s)) for s in np.flatnonzero(v.all(axis=0))} for c, v in verdicts.items()}


def as_graph(view: View) -> View:
    """The same case, with its states and moves listed."""
    case, names = view.case, view.space.names
    moves = {
        p: {
            names[s]: [names[int(t)] for t in view.model.movers[k].moves.from_state(s)]
            for s in range(view.model.n)
            if len(view.model.movers[k].moves.from_state(s))
        }
        for k, p in enumerate(view.parties)
    }
    ranking = {
        p: {
            "ranking": [
                [names[int(s)] for s in np.flatnonzero(u == r)] for r in sorted(set(u.tolist()), reverse=True)
            ]
        }
        for p, u in zip(view.parties, view.orders, strict=True)
    }
    given = {
        "title": case.title,
        "parties": {p: {} for p in view.parties},
        "states": list(names),
        "moves": moves,
        "preferences": ranking,
    }
    return Compiler(Case.model_validate(given)).view()


@pytest.fixture(scope="module")
def elmira() -> View:
    return accordant.load(CASES / "elmira").compiler.view()


@pytest.mark.parametrize("form", ["options", "graph"])
def test_the_ministry_and_the_company_at_elmira_as_published(elmira: View, form: str) -> None:
    view = elmira if form == "options" else as_graph(elmira)
    found = held(view, [["MoE", "UR"]])
    assert {c: found[c] for c in PUBLISHED} == PUBLISHED
    assert "s5" in held(view, [])["seq"]


def test_why_s5_no_longer_holds_at_elmira(elmira: View) -> None:
    why = explain_as_one(elmira, [["MoE", "UR"]], elmira.space.numbers["s5"], 0, "seq")
    assert (why.party, why.stable) == ("MoE+UR", False)
    assert why.sentence == (
        "Ontario Ministry of the Environment and Uniroyal Chemical can together move from s5 to s8, which "
        "both like better; nobody else gains by a move from there, so they do not stay."
    )
    stays = explain_as_one(elmira, [["MoE", "UR"]], elmira.space.numbers["s1"], 1, "seq")
    assert stays.stable
    assert "together, to their own advantage, can then move to s8" in stays.sentence


def test_every_explanation_says_what_the_verdict_says(elmira: View) -> None:
    for blocks in ([["MoE", "UR"]], [["UR", "LG"]], [["MoE", "UR", "LG"]]):
        _, verdicts = acting_as_one(elmira, blocks)
        for concept, stable in verdicts.items():
            for player, row in enumerate(stable):
                for s, stays in enumerate(row):
                    why = explain_as_one(elmira, blocks, s, player, concept)
                    assert why.stable == stays, why


@st.composite
def grouped(draw: st.DrawFn, models: st.SearchStrategy[GraphModel]) -> tuple[GraphModel, Orders, Groups]:
    model, orders = draw(judged(models))
    labels = [draw(st.integers(0, 2)) for _ in model.parties]
    groups = tuple(sorted(tuple(p for p, k in enumerate(labels) if k == x) for x in set(labels)))
    return model, orders, groups


def players(model: GraphModel, groups: Groups) -> GraphModel:
    """A model whose movers are those of the players, written down by their parties."""
    sides = as_players(model, groups)
    movers = {m.parties: m for side in sides for m in side.outsiders}
    return GraphModel(model.space, model.parties, tuple(movers.values()))


@given(grouped(st.one_of(graphs(6), option_models(most_states=12))))
@settings(max_examples=100)
def test_players_are_judged_by_the_definition(given: tuple[GraphModel, Orders, Groups]) -> None:
    model, orders, groups = given
    wishes = Wishes(orders, np.ones(len(model.parties), dtype=bool))
    others = players(model, groups)
    for group, side in zip(groups, as_players(model, groups), strict=True):
        assert side.reach.moves is not None
        for concept in CONCEPTS:
            found = judge(side, wishes, Rule(TABLE[concept]))
            expected = [
                twin.player_stays(side.reach.moves.arcs, others, orders.tolist(), group, s, concept)
                for s in range(model.n)
            ]
            assert found.tolist() == expected, (group, concept)


@given(judged(st.one_of(graphs(6), option_models(most_states=12, composing=False))))
@settings(max_examples=60)
def test_nobody_acting_as_one_changes_nothing(given: Given) -> None:
    model, orders = given
    wishes = Wishes(orders, np.ones(len(model.parties), dtype=bool))
    alone = tuple((p,) for p in range(len(model.parties)))
    expected = classical(model, orders)
    for concept in CONCEPTS:
        for p, side in enumerate(as_players(model, alone)):
            found = judge(side, wishes, Rule(TABLE[concept]))
            assert found.tolist() == expected[concept][p].tolist()


@given(judged(option_models(most_states=16)))
@settings(max_examples=60)
def test_in_option_form_a_block_changes_all_its_issues_at_once(given: Given) -> None:
    model, _ = given
    everybody = tuple(range(len(model.parties)))
    moves = as_players(model, (everybody,))[0].reach.moves
    assert moves is not None
    for s in range(model.n):
        # with everybody in one block, all reachable in one step of each issue is one move
        expected = [
            t
            for t in range(model.n)
            if t != s and _permitted(model, model.space.codes[s], model.space.codes[t])
        ]
        assert moves.from_state(s).tolist() == expected


def _permitted(model: GraphModel, one: np.ndarray, other: np.ndarray) -> bool:
    def changed_by_someone(axis: int) -> bool:
        for m in model.movers:
            axes = list(m.moves.axes)  # type: ignore[union-attr]
            if axis in axes and m.moves.allowed[axes.index(axis)][one[axis], other[axis]]:  # type: ignore[union-attr]
                return True
        return False

    return all(one[a] == other[a] or changed_by_someone(a) for a in range(len(one)))


def test_blocks_are_checked() -> None:
    assert partition(["a", "b", "c", "d"], [["d", "b"], ["a"]]) == ((0,), (1, 3), (2,))
    with pytest.raises(InputError, match="did you mean 'north'"):
        partition(["north", "south"], [["nrth"]])
    with pytest.raises(InputError, match="two coalitions"):
        partition(["a", "b", "c"], [["a", "b"], ["b", "c"]])
    with pytest.raises(InputError, match="at least one"):
        partition(["a"], [[]])


def test_joint_holders_across_blocks_still_need_each_other() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}, "c": {}},
            "issues": {"pact": {"by": {"joint": ["a", "c"]}}, "x": {"by": "b"}},
            "status_quo": {"pact": "no", "x": "no"},
            "preferences": {p: {"priorities": ["pact", "x"]} for p in "abc"},
        }
    )
    view = Compiler(case).view()
    together = held(view, [["a", "b", "c"]])
    assert together["nash"] == {"s4"}
    # a and b as one cannot sign without c; c alone cannot either, so that no deal is Nash stable
    assert held(view, [["a", "b"]])["nash"] == {"s2", "s4"}


def test_unknown_orders_give_what_must_and_what_may_be() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}, "c": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "c"}},
            "preferences": {"a": {"priorities": ["x"]}, "c": {"priorities": ["z"]}},
        }
    )
    names, found = as_one_bounds(Compiler(case).view(), [["a", "b"]])
    assert names == ("a+b", "c")
    must, may = found["nash"].must[0], found["nash"].may[0]
    # where x is yes, a gains by nothing, whatever b wants; elsewhere b may want the same or not
    assert must.tolist() == [False] * 4 + [True] * 4
    assert may.all()
