"""``deals`` without listing packages, against ``deals`` with every state listed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from accordant.agreement.additive import chains
from accordant.agreement.additive.answer import large_deals
from accordant.agreement.analysis import analyse
from accordant.agreement.result import DealsResult
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases


def anchored(case: Case) -> bool:
    """Whether no deal is one state for sure: otherwise the answer is refused with its reason."""
    kinds = ("status-quo", "no-deal")
    return not any(e.unsure for e in Compiler(case).elements if e.kind in kinds)


@settings(max_examples=60, deadline=None)
@given(cases().filter(anchored))
def test_what_is_said_of_proposals_is_what_is_said_when_all_states_are_listed(case: Case) -> None:
    listed, found = analyse(Compiler(case)), large_deals(Compiler(case))
    for name, expected in listed.proposals.items():
        answer = found.proposals[name]
        assert answer.agreement == expected.agreement
        assert bool(answer.impossible) == bool(expected.impossible)
        assert answer.made == expected.made
        for party, acceptance in expected.acceptable.items():
            mine = answer.acceptable[party]
            assert (mine.answer, mine.own, mine.vetoed_by) == (
                acceptance.answer,
                acceptance.own,
                acceptance.vetoed_by,
            )
            assert (mine.element, mine.counts, mine.turns_on) == (
                acceptance.element,
                acceptance.counts,
                acceptance.turns_on,
            )
        assert answer.efficient in (expected.efficient, "unknown")
    assert found.exists in (listed.exists, "unknown")


@settings(max_examples=50, deadline=None)
@given(cases(doubt=False))
def test_lenses_pick_the_same_packages_as_when_all_states_are_listed(case: Case) -> None:
    listed, found = analyse(Compiler(case)), large_deals(Compiler(case))
    assert listed.fairness is not None
    assert found.fairness is not None
    for name, expected in listed.fairness.lenses.items():
        if name == "fallback":  # it counts packages: refused where they are not listed
            continue
        answer = found.fairness.lenses[name]
        assert sorted(values(p.values) for p in answer.picks) == sorted(
            values(p.values) for p in expected.picks
        )
        assert answer.found == expected.found


def values(package: object) -> list[tuple[str, str]]:
    return sorted(package.items())  # type: ignore[attr-defined]


def many(**more: object) -> Case:
    both = {"by": {"joint": ["a", "b"]}, "values": [f"v{k}" for k in range(10)]}
    issues = [f"i{k}" for k in range(40)]
    worths = {
        "a": {i: {f"v{v}": (v * (n + 3)) % 11 for v in range(10)} for n, i in enumerate(issues)},
        "b": {i: {f"v{v}": (v * (n + 5) * 7) % 13 for v in range(10)} for n, i in enumerate(issues)},
    }
    data: dict[str, object] = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": dict.fromkeys(issues, both),
        "status_quo": dict.fromkeys(issues, "v0"),
        "preferences": {p: {"worth": w, "reservation": 200} for p, w in worths.items()},
        "proposals": {"offer": {"package": {"i1": "v5", "i2": "v5"}}},
    }
    return Case.model_validate({**data, **more})


def answered(case: Case) -> DealsResult:
    return large_deals(Compiler(case))


def test_a_case_of_ten_to_the_forty_is_answered() -> None:
    result = answered(many())
    assert result.exists == "yes"
    assert result.fairness is not None
    nash = result.fairness.lenses["nash"]
    assert nash.found >= 1
    assert all(a.efficient == "yes" and a.certain for a in result.agreements)
    offer = result.proposals["offer"]
    assert offer.agreement == "no"
    assert "no deal 200" in offer.acceptable["a"].reason
    assert result.to_json()["schema"].startswith("accordant/deals/")
    assert "not counted" in result.note


def test_where_nothing_is_worth_no_deal_to_everyone_what_comes_closest_is_named() -> None:
    case = many()
    preferences = {
        p: {**w.model_dump(by_alias=True, exclude_defaults=True), "reservation": {"worth": 350}}
        for p, w in case.preferences.items()
    }
    result = answered(many(preferences=preferences))
    assert result.exists == "no"
    assert not result.agreements
    assert result.blocking == (("a", "b"),)
    assert all(near.refused_by in (("a",), ("b",)) for near in result.closest)
    assert result.fairness is not None
    assert all("no deal to everyone" in a.refused for a in result.fairness.lenses.values())


def test_a_party_without_numbers_takes_part_with_its_order() -> None:
    case = many()
    preferences = {
        "a": case.preferences["a"].model_dump(by_alias=True, exclude_defaults=True),
        "b": {"priorities": ["i1 = v3", "i2 >= v4 or i3 = v1"], "never": ["i7 = v2"]},
    }
    result = answered(many(preferences=preferences))
    assert result.exists == "yes"
    assert result.fairness is not None
    assert "worths" in result.fairness.lenses["nash"].refused
    assert result.proposals["offer"].acceptable["b"].answer == "yes"


def test_what_cannot_be_compared_is_said_and_proposals_are_still_answered() -> None:
    case = many()
    preferences = {"a": case.preferences["a"].model_dump(by_alias=True, exclude_defaults=True)}
    result = answered(many(preferences=preferences))
    assert result.exists == "unknown"
    assert result.fairness is not None
    assert "b is not known" in result.fairness.note
    assert result.proposals["offer"].acceptable["b"].answer == "unknown"


def coupled(parties: int, monkeypatch: pytest.MonkeyPatch) -> DealsResult:
    """A case whose issues are coupled too closely to be merged, as soon as little is allowed."""
    monkeypatch.setattr(chains, "KEYS", 3)
    names = ["a", "b", "c"][:parties]
    issues = [f"i{k}" for k in range(20)]
    both = {"by": {"joint": names}, "values": [f"v{k}" for k in range(4)]}
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in names},
            "issues": dict.fromkeys(issues, both),
            "status_quo": dict.fromkeys(issues, "v0"),
            "feasible": [f"i{k} = v3 -> i{(k + 7) % 20} != v3" for k in range(20)],
            "preferences": {
                p: {
                    "worth": {
                        i: {f"v{v}": (v * (n + m + 3)) % 7 for v in range(4)} for n, i in enumerate(issues)
                    }
                }
                for m, p in enumerate(names)
            },
        }
    )
    return answered(case)


def test_closely_coupled_issues_of_two_parties_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    result = coupled(2, monkeypatch)
    assert "HiGHS" in result.method.name
    assert result.fairness is not None
    assert result.fairness.points > 1
    assert "less than 1 above" in result.fairness.note
    assert result.fairness.lenses["nash"].picks


def test_closely_coupled_issues_of_three_parties_have_single_packages_with_their_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = coupled(3, monkeypatch)
    assert result.fairness is not None
    lenses = result.fairness.lenses
    for name in ("utilitarian", "egalitarian", "kalai-smorodinsky"):
        assert len(lenses[name].picks) == 1
        assert "Proved by" in lenses[name].notes[0]
    assert "whole frontier" in lenses["nash"].refused
    assert "couple too many issues" in result.fairness.note
