"""Adjusted winner on cases: where points come from, where a split issue is settled, what is guaranteed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.measures.adjusted_winner import normalised
from accordant.agreement.measures.dividing import divided
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from tests.agreement.measures.bargains import dominates
from tests.agreement.measures.talks import VALUES, all_values, talks

LAND = {
    "title": "t",
    "parties": {"north": {"name": "North"}, "south": {"name": "South"}},
    "issues": {
        "land": {
            "by": {"joint": ["north", "south"]},
            "range": {"from": 0, "to": 100, "step": 10},
            "unit": "hectares",
            "divisible": True,
        },
        "water": {"by": {"joint": ["north", "south"]}, "values": ["south", "north"]},
        "road": {"by": {"joint": ["north", "south"]}},
    },
    "status_quo": {"land": "0", "water": "south", "road": "no"},
    "preferences": {
        "north": {
            "worth": {
                "land": {"linear": [[0, 0], [100, 60]]},
                "water": {"south": 0, "north": 40},
                "road": {"no": 0, "yes": 5},
            }
        },
        "south": {
            "worth": {
                "land": {"linear": [[0, 70], [100, 0]]},
                "water": {"south": 30, "north": 0},
                "road": {"no": 0, "yes": 1},
            }
        },
    },
}


def divide(data=LAND, points=None):
    return divided(Compiler(Case.model_validate(data)), points)


def with_preferences(**more):
    return {**LAND, "preferences": {**LAND["preferences"], **more}}


def test_a_divisible_issue_is_settled_between_its_steps():
    found = divide()
    land, water = found.shares
    # north takes the water, 40; of the land 70 go to the south less what evens it out: 30 of 130
    assert water.parts == {"north": 1, "south": 0}
    assert land.parts["north"] == Fraction(30, 130)
    assert land.settled == "300/13 hectares (about 23.08)"
    assert found.gets["north"] == found.gets["south"] == 40 + 60 * Fraction(3, 13)
    assert found.guarantee == {"efficient": True, "equitable": True, "envy_free": True}
    assert found.agreed == {"road": "yes"}
    assert [w.values["land"] for w in found.wholes] == ["20", "30"]


def test_worths_that_bend_are_followed_exactly():
    bent = {
        "worth": {
            "land": {"linear": [[0, 0], [10, 50], [100, 60]]},
            "water": {"south": 0, "north": 40},
            "road": {"no": 0, "yes": 5},
        }
    }
    found = divide(with_preferences(north=bent))
    land = found.shares[0]
    assert found.gets["north"] == found.gets["south"]
    # 40 + 5 a hectare is what the south has left, 70 - 0.7 a hectare
    at = Fraction(30) / (5 + Fraction(7, 10))
    assert land.settled == f"{at.numerator}/{at.denominator} hectares (about 5.26)"
    assert found.guarantee["equitable"]
    assert not found.guarantee["efficient"]
    assert any("something better for one" in note for note in found.notes)


def test_an_issue_that_cannot_be_divided_says_how_else():
    issues = {**LAND["issues"], "land": {**LAND["issues"]["land"], "divisible": False}}
    found = divide({**LAND, "issues": issues})
    assert found.shares[0].settled is None
    assert any("not divisible: by turns, by lot with these chances" in note for note in found.notes)
    assert [w.values["land"] for w in found.wholes] == ["20", "30"]
    ahead = [w.points["north"] - w.points["south"] for w in found.wholes]
    assert ahead[0] < 0 < ahead[1]


@settings(max_examples=80)
@given(talks(parties=(2, 2), rules=False))
def test_the_guarantee_holds_against_every_package(case):
    try:
        found = divided(Compiler(case))
    except InputError:
        return
    got = list(found.gets.values())
    assert got[0] == got[1]
    assert found.guarantee["equitable"]
    tops = {}
    for p in found.parties:
        # points of a package: its worth over what the other wants everywhere, 100 at the best
        floor = sum(worth_of(case, p, s.issue, s.wanted[other(found, p)]) for s in found.shares)
        best = sum(worth_of(case, p, s.issue, s.wanted[p]) for s in found.shares)
        tops[p] = (floor, best)
    rows = []
    for values in all_values():
        rows.append([
            100 * (sum(worth_of(case, p, s.issue, values[s.issue]) for s in found.shares) - tops[p][0])
            / (tops[p][1] - tops[p][0])
            for p in found.parties
        ])  # fmt: skip
    if found.guarantee["efficient"]:
        assert not any(dominates(row, got) for row in rows)


def worth_of(case, party, issue, value):
    return Fraction(case.preferences[party].worth[issue][value])


def other(found, party):
    return next(p for p in found.parties if p != party)


@settings(max_examples=80)
@given(talks(parties=(2, 2), rules=False))
def test_what_is_called_agreed_is_best_for_both(case):
    try:
        found = divided(Compiler(case))
    except InputError:
        return
    for issue, value in found.agreed.items():
        for p in found.parties:
            assert worth_of(case, p, issue, value) == max(worth_of(case, p, issue, v) for v in VALUES[issue])


@given(st.permutations(["land", "water", "road"]))
def test_the_order_of_the_issues_changes_nothing_that_counts(order):
    found = divide({**LAND, "issues": {i: LAND["issues"][i] for i in order}})
    assert found.gets == divide().gets


def test_points_can_be_given():
    found = divide(points={"north": {"land": Fraction(50), "water": Fraction(50)}})
    assert found.sources == {"north": "given", "south": "worths"}
    assert found.shares[0].points["north"] == 50


def test_every_mistake_in_given_points_is_said_at_once():
    with pytest.raises(InputError) as caught:
        divide(points={
            "nort": {"land": Fraction(100)},
            "south": {"lnad": Fraction(-1), "water": Fraction(50)},
        })  # fmt: skip
    said = str(caught.value)
    for part in (
        "--points nort: is none of north and south; did you mean 'north'",
        "there is no issue 'lnad'",
        "points are at least 0",
        "they add up to 49, not to 100",
    ):
        assert part in said


def test_points_come_from_positions_where_there_are_no_worths_and_that_is_said():
    data = with_preferences(south={"priorities": ["land <= 20"]})
    data["positions"] = {
        "south": {
            "land": {"wants": "0", "importance": "high"},
            "water": {"wants": "south", "importance": "low"},
        }
    }
    found = divide(data)
    assert found.sources["south"] == "positions"
    assert [s.points["south"] for s in found.shares] == list(normalised([Fraction(3), Fraction(1)]))
    assert any("counts 3, 2 and 1, which is an assumption" in note for note in found.notes)


def test_a_party_with_an_order_only_is_named():
    with pytest.raises(InputError, match="of South there are neither worths by issue nor positions"):
        divide(with_preferences(south={"priorities": ["land <= 20"]}))


@pytest.mark.parametrize("parties", [("north",), ("north", "south", "west")])
def test_it_is_for_two_parties(parties):
    data = {**LAND, "parties": {p: {} for p in parties}, "preferences": {}}
    data["issues"] = {"road": {"by": list(parties)}}
    data["status_quo"] = {"road": "no"}
    with pytest.raises(InputError, match=f"exactly two parties; this one has {len(parties)}"):
        divide(data)


def test_nothing_to_divide_is_said():
    same = LAND["preferences"]["north"]
    with pytest.raises(InputError, match="nothing to divide: they want the same on every issue"):
        divide(with_preferences(south=same))


def test_conditional_terms_are_left_aside_and_named():
    north = {**LAND["preferences"]["north"], "also": [{"if": "road and water = north", "worth": 3}]}
    assert any(
        "Terms of North that depend on water and road" in n
        for n in divide(with_preferences(north=north)).notes
    )


def test_red_lines_rules_and_no_deal_are_looked_at_package_by_package():
    south = {**LAND["preferences"]["south"], "never": ["land >= 30"], "reservation": 60}
    found = divide({**with_preferences(south=south), "feasible": ["land != 20"]})
    low, high = found.wholes
    assert "forbids it" in low.impossible
    assert (high.refused, high.accepted["south"]) == (True, False)


def test_the_way_to_mislead_it_is_shown_for_each_party():
    found = divide()
    assert {f.party for f in found.feints} == {"north", "south"}
    for feint in found.feints:
        assert sum(feint.stated.values()) == 100
        assert feint.honest < feint.gets <= feint.bound
        assert feint.other_gets < feint.other_honest
    assert found.feints[0].sentence.startswith("If North knew the points of South and stated land ")


def test_the_answer_has_rows_and_plain_data():
    found = divide()
    assert [row[0] for row in found.table().rows] == ["land", "water", "road"]
    assert found.to_json()["issues"]["land"]["parts"] == {"north": "3/13", "south": "10/13"}
