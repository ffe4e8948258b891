"""Ranges of worths, and of what no deal is worth: always, sometimes, never, and the exact counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model import admitted
from accordant.model.compiler import Compiler
from accordant.reliance import analyse, parse_conclusion
from accordant.stability.analysis import analyse as stability
from tests.reliance import twin
from tests.reliance.test_against_brute_force import some_conclusions

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
MOST = 400


def case(south: dict[str, Any], **more: Any) -> Case:
    """One side sells, the other buys: the price may be low, middle or high."""
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {}},
            "issues": {
                "price": {"by": {"joint": ["north", "south"]}, "values": ["none", "low", "mid", "high"]}
            },
            "status_quo": {"price": "none"},
            "preferences": {
                "north": {"worth": {"price": {"none": 0, "low": 1, "mid": 2, "high": 3}}},
                "south": south,
            },
            "proposals": {"offer": {"package": {"price": "mid"}}},
            **more,
        }
    )


def counted(made: Case, *asked: str) -> list[tuple[str, tuple[int, int] | None]]:
    found = analyse(Compiler(made), asked, supports=False)
    return [(found[c].status, found[c].settings) for c in asked]


def test_a_range_of_a_reservation_is_counted_by_its_places_among_the_packages() -> None:
    south = {"worth": {"price": {"none": 0, "low": 6, "mid": 4, "high": 2}}, "reservation": [3, 5]}
    # below mid, level with it, above it: low is accepted in all three, high in none
    assert counted(case(south), "acceptable(offer, south)", "agreement(s2)", "agreement(s4)") == [
        ("sometimes", (2, 3)),
        ("always", (3, 3)),
        ("never", (0, 3)),
    ]


def test_a_range_that_passes_no_package_is_one_setting() -> None:
    south = {"worth": {"price": {"none": 0, "low": 6, "mid": 4, "high": 2}}, "reservation": ["2.5", "3.5"]}
    assert counted(case(south), "acceptable(offer, south)") == [("always", (1, 1))]


def test_a_range_of_a_worth_is_counted_by_the_orders_that_it_admits() -> None:
    south = {"worth": {"price": {"none": 3, "low": 6, "mid": [2, 4], "high": 2}}}
    # mid: level with high, between high and none, level with none, between none and low
    assert counted(case(south), "acceptable(offer, south)", "holds(s1, nash)", "agreement-exists") == [
        ("sometimes", (2, 4)),
        ("always", (4, 4)),
        ("always", (4, 4)),
    ]


def test_one_range_moves_all_packages_that_it_is_in_together() -> None:
    made = case(
        {"worth": {"price": {"none": 0, "low": 1, "mid": 1, "high": 1}, "when": {"now": [0, 9], "later": 0}}},
        issues={
            "price": {"by": {"joint": ["north", "south"]}, "values": ["none", "low", "mid", "high"]},
            "when": {"by": "south", "values": ["now", "later"]},
        },
        status_quo={"price": "none", "when": "now"},
    )
    # whatever "now" is worth, any price now is better than none now
    assert counted(made, "acceptable(offer, south)")[0][0] == "always"


def test_worths_and_what_no_deal_is_worth_are_counted_together() -> None:
    south = {"worth": {"price": {"none": 0, "low": 9, "mid": [2, 4], "high": 1}}, "reservation": [3, 5]}
    found = counted(case(south), "acceptable(offer, south)", "holds(s1, nash)")
    # what no deal is worth stands below, level with or above mid; apart from it, there is one order
    assert found == [("sometimes", (2, 3)), ("always", (1, 1))]


def test_too_many_orders_leave_bounds_and_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admitted, "ORDERS", 3)
    south = {"worth": {"price": {"none": 3, "low": 6, "mid": [2, 4], "high": 2}}}
    result = analyse(Compiler(case(south)), ["acceptable(offer, south)", "holds(s1, nash)"], supports=False)
    found = result["acceptable(offer, south)"]
    assert (found.status, found.settings) == ("sometimes", None)
    assert result["holds(s1, nash)"].settings is None


@pytest.mark.parametrize(("ends", "status"), [([3, 6], "always"), ([2, 4], "sometimes"), ([1, 2], "never")])
def test_bounds_settle_what_they_can(ends: list[int], status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admitted, "ORDERS", 1)
    worth = {"none": 3, "low": 6, "mid": ends, "high": 2}
    when = {"now": [0, 9], "later": 0}  # in the package and in no deal alike
    made = case(
        {"worth": {"price": worth, "when": when}},
        issues={
            "price": {"by": {"joint": ["north", "south"]}, "values": ["none", "low", "mid", "high"]},
            "when": {"by": "south", "values": ["now", "later"]},
        },
        status_quo={"price": "none", "when": "now"},
    )
    result = analyse(Compiler(made), ["acceptable(offer, south)"], supports=False)
    found = result["acceptable(offer, south)"]
    assert (found.status, found.settings) == (status, None)


@given(twin.cases(held=True, ranges=2), st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=SLOW)
def test_bounds_never_say_more_than_the_orders_do(made: Case, data: st.DataObject) -> None:
    asked = some_conclusions(Compiler(made), data)
    exact = analyse(Compiler(made), asked, supports=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admitted, "ORDERS", 1)
        bounds = analyse(Compiler(made), asked, supports=False)
    for text in asked:
        assert bounds[text].status in (exact[text].status, "sometimes")


@given(twin.cases(held=True, ranges=2), st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=SLOW)
def test_status_and_count_are_those_of_all_settings(made: Case, data: st.DataObject) -> None:
    compiler = Compiler(made)
    assume(
        any(
            p.ranged or (p.reservation and p.reservation.low != p.reservation.high)
            for p in made.preferences.values()
        )
    )
    every = compiler.setting_space()
    if (every.of_packages or every.listed) > MOST:
        return
    asked = some_conclusions(compiler, data)
    result = analyse(compiler, asked, supports=False)
    for text in asked:
        rest, conclusion = result[text], parse_conclusion(text, compiler)
        assert (rest.status, rest.settings) == twin.status(compiler, conclusion, ())
        for ground in ("c1", "o1"):
            if compiler.setting_space([ground]).listed <= MOST:
                assert rest.without[ground] == twin.status(compiler, conclusion, [ground])[0]


@given(twin.cases(held=True, ranges=2))
@settings(deadline=None, max_examples=10, suppress_health_check=SLOW)
def test_stability_counts_the_same_settings(made: Case) -> None:
    compiler = Compiler(made)
    space = compiler.setting_space()
    assume(space.ranges is not None and space.ranges.parties)
    if space.count is None or space.count > MOST:
        return
    result = stability(compiler)
    conclusions = [f"holds({state}, {concept})" for state in result.states for concept in ("nash", "seq")]
    rests = analyse(compiler, conclusions, supports=False)
    for state in result.states:
        for concept in ("nash", "seq"):
            counts = result.concepts[concept].counts
            assert counts is not None
            assert rests[f"holds({state}, {concept})"].settings == counts[state]
