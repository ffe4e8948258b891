"""The worked cases: who accepts what, which agreements there are, what holds and what that rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accordant.case.grounds import elements
from tests.cases.shipped import WORKED, expected, opened

PROPOSALS = [(name, proposal) for name in WORKED for proposal in expected(name)["proposals"]]
RESTS = [(name, conclusion) for name in WORKED for conclusion in expected(name)["rests"]]


@pytest.mark.parametrize("name", WORKED)
def test_states_and_settings_are_counted(name: str) -> None:
    assert len(opened(name).states().states) == expected(name)["states"]
    assert opened(name).compiler.setting_space().count == expected(name)["settings"]


@pytest.mark.parametrize(("name", "proposal"), PROPOSALS)
def test_each_side_answers_each_proposal(name: str, proposal: str) -> None:
    want, found = expected(name)["proposals"][proposal], opened(name).deals().proposals[proposal]
    assert found.state == want["state"]
    assert {p: a.answer for p, a in found.acceptable.items()} == want["acceptable"]
    assert found.agreement == want["agreement"]
    for party, counts in want.get("counts", {}).items():
        assert found.acceptable[party].counts == tuple(counts)
    for party, own in want.get("own", {}).items():
        assert found.acceptable[party].own == own
    for party, who in want.get("vetoed_by", {}).items():
        assert list(found.acceptable[party].vetoed_by) == who


LEVERS = [
    (name, proposal) for name, proposal in PROPOSALS if "levers" in expected(name)["proposals"][proposal]
]


@pytest.mark.parametrize(("name", "proposal"), LEVERS)
def test_the_smallest_changes_that_everybody_would_accept(name: str, proposal: str) -> None:
    def in_order(changes: Any) -> list[Any]:
        return sorted((sorted((i, tuple(v)) for i, v in c.items()) for c in changes), key=str)

    want = expected(name)["proposals"][proposal]["levers"]
    found = [lever.changes for lever in opened(name).deals().proposals[proposal].levers]
    assert in_order(found) == in_order(want)


@pytest.mark.parametrize("name", WORKED)
def test_the_agreements_there_are(name: str) -> None:
    want, found = expected(name)["agreements"], opened(name).deals()
    assert found.exists == want["exists"]
    assert sorted(a.state for a in found.agreements if a.certain) == sorted(want["certain"])
    assert sorted(a.state for a in found.agreements if not a.certain) == sorted(want["possible"])
    assert sorted(a.state for a in found.efficient) == sorted(want["efficient"])


HOLDS = [(name, concept) for name in WORKED for concept in expected(name)["holds"]]


@pytest.mark.parametrize(("name", "concept"), HOLDS)
def test_what_holds_in_every_setting_and_what_in_some(name: str, concept: str) -> None:
    want, found = expected(name)["holds"][concept], opened(name).stability().concepts[concept]
    assert list(found.equilibria) == want["always"]
    only_some = [s for s in found.possible_equilibria if s not in found.equilibria]
    assert only_some == list(want["sometimes"])
    for state, counts in want["sometimes"].items():
        assert (found.counts is None) == (counts is None)
        if found.counts is not None:
            assert found.counts[state] == tuple(counts)


@pytest.mark.parametrize(("name", "conclusion"), RESTS)
def test_what_an_answer_rests_on(name: str, conclusion: str) -> None:
    want, found = expected(name)["rests"][conclusion], opened(name).rests([conclusion])[conclusion]
    assert found.status == want["status"]
    assert {g: found.without.get(g, found.status) for g in want["without"]} == want["without"]


def test_without_the_two_people_the_offer_and_what_stood_on_it_is_open() -> None:
    case = opened("january-2024")
    asked = ("acceptable(leaders-leave, israel)", "holds(s27, nash)", "holds(s27, seq)")
    for rest in case.rests(asked).conclusions:
        assert rest.status == "always"
        assert "two-people" in rest.falls_without
        assert rest.without_unnamed == "sometimes"
    two_people = {"c1", "w2"}
    only_theirs = {e.id for e in elements(case.case) if e.grounds <= two_people}
    assert only_theirs == {"israel.priorities.1", "proposals.leaders-leave"}


def test_a_second_page_with_the_same_origin_adds_a_claim_and_no_support() -> None:
    # c1 is the exclusive, w2 its rewrite: either claim can go, their one origin cannot.
    rest = opened("january-2024").rests(["acceptable(leaders-leave, israel)"])[
        "acceptable(leaders-leave, israel)"
    ]
    assert rest.without["two-people"] == "sometimes"
    assert rest.without.get("c1", "always") == rest.without.get("w2", "always") == "always"
    assert {"c1", "w2"} in [set(b) for b in rest.breaks]


def test_the_model_does_not_confirm_the_reporters_for_it_stands_on_them() -> None:
    rest = opened("january-2024").rests(["acceptable(leaders-leave, hamas)"])[
        "acceptable(leaders-leave, hamas)"
    ]
    judgement = opened("january-2024").case.judgements["j1"]
    assert judgement.about == rest.conclusion
    assert rest.status == "never"
    assert {"c5", "c10"} in [set(b) for b in rest.breaks]
    assert rest.without["cnn"] == "sometimes"


def test_money_ties_are_exact() -> None:
    # 0.60 for one year against 0.40 for two years with the training fund: 1.2 = 0.9 + 0.1 + 0.2.
    states = opened("labour").states()
    ranks = {tuple(v.values()): states.ranks["union"][k] for k, v in enumerate(states.values)}
    assert ranks["0.60", "1", "fixed", "no", "no"] == ranks["0.40", "2", "fixed", "yes", "no"]
    assert Decimal("1.2") == Decimal("0.9") + Decimal("0.1") + Decimal("0.2")


def test_of_a_country_that_says_nothing_only_what_follows_is_said() -> None:
    deals = opened("river").deals()
    assert {p.acceptable["sondra"].answer for p in deals.proposals.values()} == {"unknown"}
    assert deals.proposals["high-summer"].agreement == "no"
    assert deals.proposals["fund-plan"].agreement == "unknown"
    assert opened("river").stability().concepts["nash"].counts is None


def test_the_supplier_is_held_by_the_buyers_second_source_and_not_by_the_text() -> None:
    result = opened("supply").stability()
    assert "s35" not in result.concepts["nash"].possible_equilibria
    why = result.explain("s35", "supplier", "seq")
    assert why.stable
    assert [move.mover for move in why.sanction] == [("buyer",)]
