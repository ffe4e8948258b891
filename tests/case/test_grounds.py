"""What things stand on: every kind of element, standing, and what falls with what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.grounds import (
    assumptions,
    chain,
    claims_of_side,
    elements,
    falls_with,
    origins_of,
    standings,
    unnamed_claims,
)
from accordant.case.objects import Case
from accordant.case.sources import Sources

SAID = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}


def case(
    claims: dict[str, dict[str, Any]], origins: dict[str, dict[str, Any]] | None = None, **parts: Any
) -> Case:
    sources = Sources.model_validate(
        {"claims": {k: {**SAID, **about} for k, about in claims.items()}, "origins": origins or {}}
    )
    whole = {"title": "t", "parties": {"a": {}, "b": {}}, **parts}
    return Case.model_validate(whole).model_copy(update={"sources": sources})


def out(whole: Case) -> set[str]:
    return {claim for claim, standing in standings(whole).items() if not standing.stands}


def unsure(whole: Case) -> set[str]:
    return {e.id for e in elements(whole) if e.unsure}


EVERYTHING = {
    "issues": {"x": {"by": "a", "because": ["c1"]}, "y": {"by": {"joint": ["a", "b"]}, "assumed": "custom"}},
    "feasible": [{"rule": "x -> y", "because": ["c1"]}, "y -> x"],
    "status_quo": {"state": {"x": "no", "y": "no"}, "because": ["c1", "c2"]},
    "no_deal": {"state": "status_quo", "assumed": {"id": "a1", "says": "it goes on"}},
    "preferences": {
        "a": {
            "never": [{"rule": "x", "because": ["c2"]}],
            "priorities": [{"want": "y"}, {"either": [{"want": "x", "because": ["c1"]}, {"want": "not y"}]}],
        },
        "b": {
            "worth": {"x": {"no": 0, "yes": 1}},
            "also": [{"if": "x and y", "worth": 1, "assumed": {"id": "a1", "says": "it goes on"}}],
            "because": ["c2"],
        },
    },
    "proposals": {"p": {"package": {"x": "yes"}, "because": ["c1"]}},
}


def test_everything_that_an_answer_can_depend_on_is_an_element() -> None:
    found = elements(case({"c1": {}, "c2": {}}, **EVERYTHING))
    assert [(e.id, e.kind, sorted(e.grounds)) for e in found] == [
        ("issues.x", "control", ["c1"]),
        ("issues.y", "control", ["assumed:issues.y"]),
        ("feasible.1", "rule", ["c1"]),
        ("feasible.2", "rule", ["assumed:feasible.2"]),
        ("status_quo", "status-quo", ["c1", "c2"]),
        ("no_deal", "no-deal", ["a1"]),
        ("a.never.1", "red-line", ["c2"]),
        ("a.priorities.1", "line", ["assumed:a.priorities.1"]),
        ("a.priorities.2.1", "line", ["c1"]),
        ("a.priorities.2.2", "line", ["assumed:a.priorities.2.2"]),
        ("b.worth", "worth", ["c2"]),
        ("b.also.1", "term", ["a1"]),
        ("proposals.p", "proposal", ["c1"]),
    ]
    assert [e.id for e in found if not e.stated] == ["feasible.2", "a.priorities.1", "a.priorities.2.2"]


def test_the_moves_of_a_graph_and_rankings_are_elements_too() -> None:
    graph = {
        "states": ["s1", "s2"],
        "moves": {"a": {"s1": ["s2"]}},
        "preferences": {"b": {"ranking": ["s1", "s2"]}},
    }
    assert [(e.id, e.kind, e.subject) for e in elements(case({}, **graph))] == [
        ("moves.a", "moves", "a"),
        ("b.ranking", "ranking", "b"),
    ]


def test_a_claim_and_an_assumption_may_stand_under_one_thing() -> None:
    both = {"issues": {"x": {"by": "a", "because": ["c1"], "assumed": "custom"}}}
    (element,) = elements(case({"c1": {"status": "retracted"}}, **both))
    assert element.grounds == {"c1", "assumed:issues.x"}
    assert (element.standing, element.unsure) == ({"assumed:issues.x"}, False)


def test_what_stood_on_fallen_claims_alone_is_unsure() -> None:
    fallen = case({"c1": {"status": "retracted"}, "c2": {}}, **EVERYTHING)
    assert unsure(fallen) == {"issues.x", "feasible.1", "a.priorities.2.1", "proposals.p"}


def test_no_ground_at_all_is_an_assumption_and_not_unsure() -> None:
    assert unsure(case({}, issues={"x": {"by": "a"}})) == set()


def test_what_is_written_unsure_is_unsure_whatever_stands_under_it() -> None:
    line = {"want": "x", "because": ["c1"], "unsure": "true"}
    parts = {"issues": {"x": {"by": "a"}}, "preferences": {"a": {"priorities": [line]}}}
    assert unsure(case({"c1": {}}, **parts)) == {"a.priorities.1"}


# Standing


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("open", True),
        ("confirmed", True),
        ("contradicted", False),
        ("retracted", False),
        ("superseded", False),
    ],
)
def test_the_status_of_a_claim_counts(status: str, stands: bool) -> None:
    assert (out(case({"c1": {"status": status}})) == set()) is stands


@pytest.mark.parametrize(
    ("c1", "c2", "fallen"),
    [
        ({"contradicts": ["c2"]}, {}, {"c2"}),
        ({"contradicts": ["c2"]}, {"status": "confirmed"}, set()),
        ({"contradicts": ["c2"]}, {"contradicts": ["c1"]}, {"c1", "c2"}),
        ({"contradicts": ["c2"], "status": "confirmed"}, {"contradicts": ["c1"]}, {"c2"}),
        ({"contradicts": ["c2"], "status": "retracted"}, {}, {"c1"}),
        ({"contradicts": ["c2"], "status": "superseded"}, {}, {"c1"}),
        ({"contradicts": ["c2"], "status": "contradicted"}, {}, {"c1"}),
        ({"contradicts": ["c2"], "status": "confirmed"}, {"status": "confirmed"}, set()),
    ],
)
def test_contradiction(c1: dict[str, Any], c2: dict[str, Any], fallen: set[str]) -> None:
    assert out(case({"c1": c1, "c2": c2})) == fallen


def test_what_is_said_inside_a_claim_that_is_out_is_out_too() -> None:
    whole = case({"c0": {"status": "retracted"}, "c1": {"within": "c0"}, "c2": {"within": "c1"}})
    assert out(whole) == {"c0", "c1", "c2"}
    assert standings(whole)["c2"].reason == "said inside c0, which is retracted"


def test_a_claim_inside_a_retracted_one_contradicts_nothing() -> None:
    whole = case({"c0": {"status": "retracted"}, "c1": {"within": "c0", "contradicts": ["c2"]}, "c2": {}})
    assert out(whole) == {"c0", "c1"}


def test_claims_inside_each_other_do_not_go_on_for_ever() -> None:
    whole = case({"c1": {"within": "c2"}, "c2": {"within": "c1"}})
    assert (chain(whole, "c1"), out(whole)) == (("c1", "c2"), set())


# Taking away


NESTED = case(
    {
        "c0": {"origin": "pair"},
        "c1": {"origin": "side-a", "within": "c0"},
        "c2": {"origin": "side-a"},
        "c3": {"attribution": "named"},
        "c4": {"attribution": "described"},
        "c5": {"attribution": "described", "within": "c2"},
    },
    {
        "pair": {"kind": "described", "count": 2, "side": "none"},
        "side-a": {"kind": "institution", "side": "a"},
    },
)


def test_with_an_origin_fall_its_claims_and_with_a_claim_what_is_said_inside_it() -> None:
    assert falls_with(NESTED, ["pair"]) == {"c0", "c1"}
    assert falls_with(NESTED, ["side-a"]) == {"c1", "c2", "c5"}
    assert falls_with(NESTED, ["c0"]) == {"c0", "c1"}
    assert falls_with(NESTED, ["c1", "assumed:issues.x"]) == {"c1", "assumed:issues.x"}
    assert falls_with(NESTED, []) == frozenset()


def test_a_claim_goes_back_to_its_own_origin_and_those_around_it() -> None:
    assert origins_of(NESTED, "c1") == {"pair", "side-a"}
    assert origins_of(NESTED, "c3") == frozenset()


def test_unnamed_is_whoever_cannot_be_asked_by_name() -> None:
    assert unnamed_claims(NESTED) == {"c0", "c1", "c4", "c5"}


def test_the_claims_of_one_side() -> None:
    assert claims_of_side(NESTED, "a") == {"c1", "c2", "c5"}
    assert claims_of_side(NESTED, "b") == frozenset()
    assert claims_of_side(NESTED, "none") == {"c0", "c1"}


# Assumptions


def test_every_assumption_is_listed_once_with_all_that_stands_on_it() -> None:
    found = assumptions(case({"c1": {}, "c2": {}}, **EVERYTHING))
    assert found["a1"].elements == ("no_deal", "b.also.1")
    assert (found["a1"].says, found["a1"].stated) == ("it goes on", True)
    assert (found["assumed:issues.y"].says, found["assumed:issues.y"].stated) == ("custom", True)
    assert (found["assumed:feasible.2"].says, found["assumed:feasible.2"].stated) == ("rule: y -> x", False)
    assert len(found) == 5


CLAIMS = st.dictionaries(
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.sampled_from(["open", "confirmed", "contradicted", "retracted", "superseded"]),
            "within": st.sampled_from(["c1", "c2", "c3", "c4"]),
            "contradicts": st.lists(st.sampled_from(["c1", "c2", "c3", "c4"]), max_size=2),
            "origin": st.sampled_from(["o1", "o2"]),
        },
    ),
    min_size=1,
)
TAKEN = st.sets(st.sampled_from(["c1", "c2", "c3", "c4", "o1", "o2"]))


@given(CLAIMS, TAKEN, TAKEN)
def test_taking_more_away_never_brings_anything_back(
    claims: dict[str, Any], one: set[str], other: set[str]
) -> None:
    whole = case(claims, {"o1": {"kind": "named"}, "o2": {"kind": "described"}})
    assert falls_with(whole, one) <= falls_with(whole, one | other)
    assert falls_with(whole, one) | falls_with(whole, other) == falls_with(whole, one | other)
    assert falls_with(whole, falls_with(whole, one)) == falls_with(whole, one)


@given(CLAIMS)
def test_standing_does_not_depend_on_the_order_of_the_file(claims: dict[str, Any]) -> None:
    assert out(case(claims)) == out(case(dict(reversed(claims.items()))))


@given(CLAIMS)
def test_a_claim_stands_only_if_everything_around_it_does(claims: dict[str, Any]) -> None:
    whole = case(claims)
    standing = standings(whole)
    for claim in claims:
        around = chain(whole, claim)
        assert standing[claim].stands is all(standing[outer].stands for outer in around)


@pytest.mark.parametrize("attribution", ["described", "unattributed"])
def test_what_is_said_inside_a_claim_of_nobody_named_goes_with_it(attribution: str) -> None:
    said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    claims = {
        "c1": {**said, "attribution": attribution},
        "c2": {**said, "within": "c1", "origin": "renn"},
        "c3": {**said, "within": "c2", "attribution": "named"},
        "c4": {**said, "attribution": "named"},
    }
    origins = {"renn": {"kind": "named", "name": "Ida Renn"}}
    sources = Sources.model_validate({"origins": origins, "claims": claims})
    assert unnamed_claims(Case(title="t", parties={}, sources=sources)) == {"c1", "c2", "c3"}
