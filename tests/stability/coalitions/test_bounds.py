"""What coalitions must and may do when something of the orders is unknown, against every way it can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability.coalitions import wishes as room
from accordant.stability.coalitions.analysis import NAMES, analyse
from accordant.stability.coalitions.as_one import as_one_bounds
from accordant.stability.coalitions.bounds import all_of, bounds, pairwise_wishes
from accordant.stability.coalitions.sides import Rule, coalition
from accordant.stability.coalitions.wishes import Wishes, wishes_of
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.pairwise.incomparable import incomparable_bounds, judge_pairs
from accordant.stability.weak_orders import weak_orders
from tests.stability.coalitions import coalitions_twin as twin
from tests.stability.models import graphs, judged, option_models

Relation = NDArray[np.bool_]
Unsure = tuple[GraphModel, Wishes]
READINGS = [(name, pareto) for name in NAMES for pareto in (False, True)]
readings = pytest.mark.parametrize(("name", "pareto"), READINGS)


def rule_of(name: str, pareto: bool) -> Rule:
    base = name.removesuffix("-class")
    return Rule(TABLE[base], pareto, base != name)


def groups(model: GraphModel) -> list[tuple[int, ...]]:
    every = range(len(model.parties))
    return [h for size in range(1, len(every) + 1) for h in combinations(every, size)]


@st.composite
def unsure(draw: st.DrawFn, models: st.SearchStrategy[GraphModel], silent: int, pairs: int) -> Unsure:
    """A model with at most so many parties of whom nothing is known, and pairs of unknown order."""
    model, orders = draw(judged(models))
    parties = range(len(model.parties))
    mute = draw(st.sets(st.sampled_from(parties), max_size=silent))
    every = list(combinations(range(model.n), 2))
    left, listed = pairs, {}
    for p in parties:
        if p not in mute and every and left:
            some = draw(st.lists(st.sampled_from(every), max_size=left, unique=True))
            left -= len(some)
            if some:
                listed[p] = np.array(sorted(some), dtype=np.int64)
    known = np.array([p not in mute and p not in listed for p in parties])
    return model, Wishes(orders, known, pairs=listed)


def ways(n: int, wishes: Wishes) -> Iterator[list[Relation]]:
    """Everybody's strict preference: any weak order of the silent, every pair any way."""
    strict = [u[:, None] < u[None, :] for u in wishes.orders]
    mute = [p for p in range(len(strict)) if not wishes.heard([p])]
    places = [(p, s, t) for p, pairs in wishes.pairs.items() for s, t in pairs.tolist()]
    for chosen in product(weak_orders(n), repeat=len(mute)):
        for turned in product((-1, 0, 1), repeat=len(places)):
            found = [r.copy() for r in strict]
            for p, u in zip(mute, chosen, strict=True):
                found[p] = u[:, None] < u[None, :]
            for (p, s, t), way in zip(places, turned, strict=True):
                found[p][s, t], found[p][t, s] = way > 0, way < 0
            yield found


def check(given: Unsure, name: str, pareto: bool) -> None:
    model, wishes = given
    rule, sides = rule_of(name, pareto), groups(model)
    players = [coalition(model, h) for h in sides]
    found = [bounds(side, wishes, rule) for side in players]
    every = np.array(
        [
            [
                [
                    twin.stays(model, way, h, s, rule.concept.name, pareto=pareto, together=rule.together)
                    for s in range(model.n)
                ]
                for h in sides
            ]
            for way in ways(model.n, wishes)
        ]
    )
    always, sometimes = np.asarray(every.all(axis=0)), np.asarray(every.any(axis=0))
    for h, one, must, may in zip(sides, found, always, sometimes, strict=True):
        assert (one.must <= must).all(), h
        assert (may <= one.may).all(), h
        if one.exact:
            assert (one.must == must).all(), h
            assert (one.may == may).all(), h
    whole = all_of(found, players, wishes, rule)
    assert (whole.must.all(axis=0) <= every.all(axis=1).all(axis=0)).all()
    assert (every.all(axis=1).any(axis=0) <= whole.may.all(axis=0)).all()
    if whole.exact:
        assert (every.all(axis=1).any(axis=0) == whole.may.all(axis=0)).all()
    if rule.concept.sanctions != "improvements":
        assert whole.exact
    if not (rule.together and pareto):
        assert (whole.must == always).all()  # what must be is exact


@readings
@settings(max_examples=12, deadline=None)
@given(given=unsure(graphs(3, 3), 1, 0))
def test_one_party_of_whom_nothing_is_known(given: Unsure, name: str, pareto: bool) -> None:
    check(given, name, pareto)


@readings
@settings(max_examples=4, deadline=None)
@given(given=unsure(graphs(3, 3), 2, 0))
def test_two_parties_of_whom_nothing_is_known(given: Unsure, name: str, pareto: bool) -> None:
    check(given, name, pareto)


@readings
@settings(max_examples=8, deadline=None)
@given(given=unsure(st.one_of(graphs(4, 3), option_models(most_states=4)), 0, 3))
def test_pairs_of_unknown_order(given: Unsure, name: str, pareto: bool) -> None:
    check(given, name, pareto)


@readings
@settings(max_examples=4, deadline=None)
@given(given=unsure(graphs(3, 3), 1, 2))
def test_pairs_beside_a_party_of_whom_nothing_is_known(given: Unsure, name: str, pareto: bool) -> None:
    check(given, name, pareto)


@settings(max_examples=25, deadline=None)
@given(given=unsure(st.one_of(graphs(5, 3), option_models(most_states=6, composing=False)), 1, 8))
def test_a_coalition_of_one_is_the_party_on_its_own(given: Unsure) -> None:
    model, wishes = given
    if not wishes.pairs:
        return
    of = pairwise_wishes(wishes)
    for name, pareto in product(CONCEPTS, (False, True)):
        expected = judge_pairs(model, of, TABLE[name])
        for p in range(len(model.parties)):
            found = bounds(coalition(model, (p,)), wishes, rule_of(name, pareto))
            assert (found.must == expected.must[p]).all()
            assert (found.may == expected.may[p]).all()
            assert found.exact >= expected.exact


def graph_case(moves: dict[str, dict[str, list[str]]], preferences: dict[str, object], n: int) -> Compiler:
    states = [f"s{k}" for k in range(1, n + 1)]
    given = {"title": "t", "parties": {p: {} for p in moves}, "states": states, "moves": moves}
    return Compiler(Case.model_validate({**given, "preferences": preferences}))


def with_pairs() -> View:
    """Three parties who move in a triangle; a does not know how s1 and s3 compare."""
    moves = {
        "a": {"s1": ["s2"], "s4": ["s3"]},
        "b": {"s2": ["s3", "s4"]},
        "c": {"s3": ["s1"], "s2": ["s1"]},
    }
    preferences = {
        "a": {"ranking": ["s2", "s4", "s1", "s3"], "incomparable": [["s1", "s3"]]},
        "b": {"ranking": ["s3", "s4", "s2", "s1"]},
        "c": {"ranking": ["s1", "s3", "s4", "s2"]},
    }
    return graph_case(moves, preferences, 4).view()


def test_under_pareto_an_unknown_member_makes_an_improvement_of_a_tie() -> None:
    moves = {"a": {"s3": ["s1"]}, "b": {"s1": ["s2"]}}
    compiler = graph_case(moves, {"b": {"ranking": [["s1", "s2", "s3"]]}}, 3)
    result = analyse(compiler, concepts=NAMES, pareto=True, explain=["s1"])
    for name, found in result.concepts.items():
        # a may like s2 better than s1, and b minds neither
        assert "s1" not in found.stable["a", "b"], name
        assert "s1" in found.possible["a", "b"], name
        assert "s1" not in found.equilibria, name
    assert {(i.start, i.end, i.status) for i in result.improvements if i.by == ("a", "b")} == {
        ("s1", "s2", "sometimes"),
        ("s3", "s1", "sometimes"),
        ("s3", "s2", "sometimes"),
    }
    why = result.explain("s1", ["a", "b"], "nash")
    assert not why.stable
    assert "which may be better for one of them and worse for none" in why.sentence
    # under the other reading b, who gains by nothing, keeps them where they are
    plain = analyse(compiler, concepts=["nash"])
    assert plain.concepts["nash"].stable["a", "b"] == ("s1", "s2", "s3")


def test_all_that_is_known_of_an_order_is_used() -> None:
    view = with_pairs()
    for name in CONCEPTS:
        expected = incomparable_bounds(view, name)
        players, found = as_one_bounds(view, [], [name])
        assert players == view.parties
        assert (found[name].must == expected.must).all()
        assert (found[name].may == expected.may).all()
        assert found[name].exact >= expected.exact


def test_over_settings_a_coalition_of_one_is_the_party_on_its_own() -> None:
    view = with_pairs()
    compiler = Compiler(view.case)
    result = analyse(compiler)
    for name in CONCEPTS:
        expected = incomparable_bounds(view, name)
        for p, party in enumerate(view.parties):
            for listed, wanted in (
                (result.concepts[name].stable, expected.must),
                (result.concepts[name].possible, expected.may),
            ):
                assert listed[(party,)] == tuple(view.space.name(int(s)) for s in np.flatnonzero(wanted[p]))
    # a knows that it likes s2 better than s1
    assert "s1" not in result.concepts["nash"].possible["a",]
    assert [i.status for i in result.improvements if (i.by, i.start, i.end) == (("a",), "s1", "s2")] == [
        "always"
    ]


def test_explanations_use_what_is_known() -> None:
    view = with_pairs()
    result = analyse(Compiler(view.case), concepts=NAMES, explain=list(view.space.names))
    for why in result.explanations:
        stable = result.concepts[why.concept].stable[tuple(why.party.split("+"))]
        possible = result.concepts[why.concept].possible[tuple(why.party.split("+"))]
        assert why.stable == (why.state in stable), why
        open_ = not why.stable and why.state in possible
        assert why.sentence.endswith("and may change that.") == open_, why


def test_what_cannot_be_afforded_is_read_as_unknown_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(n: int, count: int) -> None:
        raise TooLargeError(f"{n} states would take too much")

    monkeypatch.setattr(room, "afford_matrices", refuse)
    view = with_pairs()
    wishes, why = wishes_of(view)
    assert (wishes.pairs, wishes.known.tolist()) == ({}, [False, True, True])
    assert why.startswith("what is known of the order of a, which leaves some pairs open, was not used: ")
    assert why.endswith("4 states would take too much")
    result = analyse(Compiler(view.case), concepts=["nash"])
    assert why in result.method.cut
    assert not result.method.exact
    assert result.concepts["nash"].possible["a",] == ("s1", "s2", "s3", "s4")
    found = as_one_bounds(view, [], ["nash"])[1]["nash"]
    assert found.notes == (("orders not used", why),)
    assert not found.exact
    assert found.may[0].all()


def test_a_joint_holder_has_moves_whoever_it_holds_them_with() -> None:
    # c can move only together with a; still it makes an improvement of b's step, which leaves b level
    case = {
        "title": "t",
        "parties": {"a": {}, "b": {}, "c": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": {"joint": ["a", "c"]}}},
        "preferences": {
            "a": {"priorities": ["x and not y", "not x and not y"]},
            "b": {"ranking": [[f"s{k}" for k in range(1, 9)]]},
            "c": {"priorities": ["y"]},
        },
    }
    compiler = Compiler(Case.model_validate(case))
    result = analyse(compiler, concepts=["seq-class"], pareto=True)
    assert ("b", "c") in result.coalitions
    view = compiler.view()
    for members in (("a",), ("a", "b"), ("b",)):
        held = [
            twin.stays(
                view.model,
                view.orders.tolist(),
                tuple("abc".index(p) for p in members),
                s,
                "seq",
                pareto=True,
                together=True,
            )
            for s in range(view.model.n)
        ]
        found = result.concepts["seq-class"].stable[members]
        assert found == tuple(view.space.name(s) for s, stays in enumerate(held) if stays)
    assert "s1" in result.concepts["seq-class"].stable["a",]
    assert "s1" not in analyse(compiler, [["a"]], ["seq"], pareto=True).concepts["seq"].equilibria
