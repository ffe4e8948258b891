"""Distance to flipping, against every combination of orders."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.errors import InputError
from accordant.model.graph import GraphModel, Orders
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.required.distance import _Flipping, analyse
from accordant.stability.required.distance_result import Distance
from tests.cases.shipped import CASES
from tests.stability.models import graphs, judged, option_models
from tests.stability.required.changes import least, view_of

Case = tuple[GraphModel, Orders]


def distances(
    model: GraphModel, orders: Orders, s: int, concepts: Sequence[str], most: int = 10_000
) -> list[Distance]:
    room = _Flipping(view_of(model, orders), most)
    return list(room.distances(model.space.name(s), "x", [TABLE[c] for c in concepts]))


@given(judged(graphs(most_states=3, most_parties=2)), st.data())
@settings(max_examples=60)
def test_the_numbers_are_the_least_over_all_orders(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    concepts = data.draw(st.lists(st.sampled_from(CONCEPTS), min_size=2, max_size=2))
    for found in distances(model, orders, s, concepts):
        who = [0, 1] if found.party is None else [model.parties.index(found.party)]
        assert found.so == (least(model, orders, [], who, s, concepts, wanted=True) == 0)
        for free, answer in [([0], found.by["p0"]), ([1], found.by["p1"]), ([0, 1], found.together)]:
            want = least(model, orders, free, who, s, concepts, wanted=not found.so)
            assert answer.changes == want
            assert answer.at_least == want  # None, never a bound, where nothing flips it


@given(judged(graphs(most_states=4, most_parties=3)), st.data())
@settings(max_examples=40)
def test_by_one_partys_order_with_more_states_and_parties(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s, concept = data.draw(st.integers(0, model.n - 1)), data.draw(st.sampled_from(["smr", "seq", "sseq"]))
    concepts = [concept] * len(orders)
    for found in distances(model, orders, s, concepts):
        who = range(len(orders)) if found.party is None else [model.parties.index(found.party)]
        for j, party in enumerate(model.parties):
            want = least(model, orders, [j], list(who), s, concepts, wanted=not found.so)
            assert found.by[party].changes == want


@given(judged(option_models(most_states=8)), st.data())
@settings(max_examples=30)
def test_in_option_form_all_orders_together_need_no_more_than_one_alone(
    case: Case, data: st.DataObject
) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    for found in distances(model, orders, s, ["seq"] * len(orders), most=300):
        alone = [a.changes for a in found.by.values() if a.changes is not None]
        if alone and found.together.changes is not None:
            assert found.together.changes <= min(alone)


@given(judged(graphs(most_states=5, most_parties=2)), st.data())
@settings(max_examples=40)
def test_a_search_cut_short_gives_a_bound_that_holds(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    short, whole = (distances(model, orders, s, ["sseq"] * 2, most=most) for most in (2, 10_000))
    for cut, full in zip(short, whole, strict=True):
        one, all_ = cut.together, full.together
        if one.changes is not None:
            assert one == all_
        elif one.at_least is None:
            assert all_.told == "never"
        else:
            assert all_.changes is None or all_.changes >= one.at_least


def test_the_distances_of_the_published_case() -> None:
    result = accordant.load(CASES / "syria-iraq-1975").distance(["seq"])
    table = {
        (v.state, v.party): [*(v.by[p].told for p in result.parties), v.together.told]
        for v in result.verdicts
    }
    assert table["s2", "Syria"] == ["1", "never", "1"]
    assert table["s6", None] == ["2", "3", "2"]
    assert table["s1", "Iraq"] == ["1", "1", "1"]
    (s1,) = (v for v in result.verdicts if (v.state, v.party) == ("s1", "Iraq"))
    assert s1.by["Syria"].sentence == "Syria would have to like s5 better than s4."
    assert result.method.exact


def test_a_party_of_unknown_order_is_left_as_it_is() -> None:
    result = accordant.load(CASES / "river").distance(["nash"], states=["s1"])
    assert result.parties == ("torvia", "melvar", "fund")
    assert [v.party for v in result.verdicts] == ["torvia", "melvar", "fund"]
    assert "sondra" in dict(result.method.parameters)["orders not known"]


def test_what_is_cut_off_is_a_bound_and_said() -> None:
    compiler = accordant.load(CASES / "river").compiler
    result = analyse(compiler, ["seq"], states=["s6", "s21"], most=0)
    told = [v.together.told for v in result.verdicts]
    assert any(t.startswith("more than") for t in told)
    assert not result.method.exact
    assert "lower bounds" in result.method.cut


def test_several_concepts_and_states_can_be_asked_about() -> None:
    case = accordant.load(CASES / "games" / "prisoners-dilemma")
    result = case.distance(["nash", "seq"], states=["s1", "s4"])
    assert [(v.state, v.concept) for v in result.verdicts[::3]] == [
        ("s1", "nash"), ("s1", "seq"), ("s4", "nash"), ("s4", "seq")
    ]  # fmt: skip
    assert np.all(
        [v.together.changes == 1 for v in result.verdicts if v.concept == "nash" and v.state == "s4"]
    )
    with pytest.raises(InputError, match="there is no state"):
        case.distance(states=["s9"])
