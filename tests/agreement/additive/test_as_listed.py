"""What is said of cases too large to list is what is said when their states are listed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from accordant.agreement.additive import listing, nearest
from accordant.agreement.additive.answer import large_deals
from accordant.agreement.analysis import analyse
from accordant.agreement.blocks import fewest_refusals
from accordant.agreement.measures.large import large_levers
from accordant.agreement.measures.levering import levers, levers_in
from accordant.agreement.survey import survey
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.additive.test_answer import anchored
from tests.agreement.random_cases import cases

BOTH = {"by": {"joint": ["a", "b"]}}


def made(issues: int, preferences: dict[str, Any], **more: Any) -> Case:
    """A case of yes/no issues, listed where they are few."""
    names = [f"i{k}" for k in range(issues)]
    data = {
        "title": "t",
        "parties": {p: {} for p in preferences},
        "issues": dict.fromkeys(names, BOTH),
        "status_quo": dict.fromkeys(names, "no"),
        "preferences": preferences,
    }
    return Case.model_validate({**data, **more})


def worths(issues: int, yes: Any) -> dict[str, Any]:
    return {"worth": {f"i{k}": {"no": 0, "yes": yes} for k in range(issues)}}


def gained(case: Case) -> tuple[list[int], int]:
    """The least number of refusals among states that somebody gains by, and how many states those are."""
    found = survey(Compiler(case))
    least = fewest_refusals(found.refused, found.gains)
    return sorted(int(sum(r[s] for r in found.refused.values())) for s in least)[:1], len(least)


@settings(max_examples=250, deadline=None)
@given(cases(held=True).filter(anchored))
def test_answers_are_those_of_the_listed_case(case: Case) -> None:
    listed, found = analyse(Compiler(case)), large_deals(Compiler(case), top=1000)
    assert found.exists in (listed.exists, "unknown")
    if found.exists != listed.exists:
        assert not found.method.exact
    states = {tuple(sorted(a.values.items())): a for a in analyse(Compiler(case), top=1000).agreements}
    for mine in found.agreements:
        theirs = states[tuple(sorted(mine.values.items()))]
        assert mine.certain == theirs.certain
        assert mine.efficient in (theirs.efficient, "unknown")
    for name, expected in listed.proposals.items():
        answer = found.proposals[name]
        assert answer.efficient in (expected.efficient, "unknown")
        assert (answer.dominated_by is None) or expected.efficient != "yes"
        if answer.levers_found is None:
            assert not found.method.exact
        else:
            assert answer.levers_found == expected.levers_found
            if expected.levers_found <= 12:
                key = lambda p: {tuple(lever.changes.items()) for lever in p.levers}  # noqa: E731
                assert key(answer) == key(expected)
    for counted, mine in (
        (listed.count, found.count),
        (listed.possible, found.possible),
        (listed.efficient_count, found.efficient_count),
    ):
        assert mine in (counted, None)
    if found.exists == "no":
        assert set(found.blocking) == set(listed.blocking)
        assert bool(found.closest) == bool(listed.closest)
        least, number = gained(case)
        near = survey(Compiler(case))
        for one in found.closest:
            assert [len(one.refused_by)] == least
            state = next(s for s in range(near.space.n) if near.space.values_of(s) == dict(one.values))
            assert one.refused_by == tuple(p for p, r in near.refused.items() if r[state])
            assert one.better_for == tuple(p for p, b in near.better.items() if b[state])
            assert near.gains[state]
        assert found.closest_found in (number, None)


@settings(max_examples=100, deadline=None)
@given(cases(doubt=False).filter(anchored))
def test_levers_are_those_of_the_listed_case(case: Case) -> None:
    small, large = levers_in(Compiler(case), "p0"), large_levers(Compiler(case), "p0")
    if any("Changes were not looked at" in note for note in large.notes):
        return
    assert [(g.issues, g.found) for g in large.levers] == [(g.issues, g.found) for g in small.levers]
    assert large.impossible == small.impossible


@pytest.mark.parametrize("issues", [2, 60])
def test_a_red_line_that_no_deal_crosses_too_is_a_priority(issues: int) -> None:
    case = made(
        issues,
        {"a": {**worths(issues, -1), "never": ["not i0"]}, "b": worths(issues, 1)},
        proposals={"p": {"package": {"i0": "yes"}}},
    )
    found = analyse(Compiler(case))
    assert found.exists == "yes"
    assert (found.proposals["p"].efficient, found.proposals["p"].dominated_by) == ("yes", None)
    assert found.fairness is not None
    assert "No deal crosses a red line of a too (a.never.1)" in found.fairness.note
    assert levers(Compiler(case), "p").agreement == "yes"


def test_where_such_a_red_line_cannot_be_weighed_nothing_is_claimed() -> None:
    case = made(
        60,
        {
            "a": {"worth": {f"i{k}": {"no": 0, "yes": -(10**16)} for k in range(60)}, "never": ["not i0"]},
            "b": worths(60, 1),
        },
    )
    found = analyse(Compiler(case))
    assert found.exists == "unknown"
    assert not found.method.exact
    assert "too many digits" in found.method.cut


def test_what_was_not_counted_is_null() -> None:
    names = [f"i{k}" for k in range(60)]
    case = made(
        60,
        {
            "a": {"worth": {i: {"no": 0, "yes": k + 1} for k, i in enumerate(names)}},
            "b": {"worth": {i: {"no": 60 - k, "yes": 0} for k, i in enumerate(names)}, "reservation": 0},
        },
    )
    told = analyse(Compiler(case)).to_json()
    assert told["agreements"]["exists"] == "yes"
    assert told["agreements"]["count"] is None
    assert told["agreements"]["possible"] is None
    assert told["agreements"]["efficient_count"] is None
    assert told["fairness"]["rational"] is None
    assert told["fairness"]["efficient"] is None


@pytest.mark.parametrize("issues", [2, 60])
def test_parties_block_together_where_each_refuses_what_the_other_wants(issues: int) -> None:
    case = made(
        issues,
        {
            "a": {**worths(issues, 1), "reservation": issues - 0.5},
            "b": {
                "worth": {f"i{k}": {"no": 1, "yes": 0} for k in range(issues)},
                "reservation": issues - 0.5,
            },
        },
    )
    found = analyse(Compiler(case))
    assert (found.exists, found.blocking) == ("no", (("a", "b"),))
    assert {near.refused_by for near in found.closest} == {("a",), ("b",)}


@pytest.mark.parametrize("issues", [2, 60])
def test_where_nobody_gains_nothing_comes_close(issues: int) -> None:
    case = made(issues, {"a": {**worths(issues, -1), "reservation": 0.5}, "b": worths(issues, -1)})
    found = analyse(Compiler(case))
    assert (found.exists, found.blocking, found.closest, found.closest_found) == ("no", ((),), (), 0)


@pytest.mark.parametrize("issues", [3, 60])
def test_changes_to_what_nobody_gains_by_and_to_what_is_impossible_are_all_found(issues: int) -> None:
    case = made(
        issues,
        {"a": worths(issues, 1), "b": worths(issues, 1)},
        feasible=["not (i1 and i2)"],
        proposals={"none": {"package": {"i0": "no"}}, "both": {"package": {"i1": "yes", "i2": "yes"}}},
    )
    found = analyse(Compiler(case))
    assert found.proposals["none"].levers_found == issues
    assert found.proposals["both"].levers_found == 2
    assert [group.found for group in levers(Compiler(case), "both").levers] == [2, 0]


def test_changes_that_were_not_all_looked_at_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LOOKED_AT", 5)
    case = made(60, {"a": worths(60, 1), "b": worths(60, 1)}, proposals={"none": {"package": {"i0": "no"}}})
    found = analyse(Compiler(case))
    assert found.to_json()["proposals"]["none"]["levers_found"] is None
    assert "not every change to none was looked at" in found.method.cut


def test_who_blocks_is_left_out_where_it_cannot_be_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "ASKED", 0)
    case = made(60, {"a": {**worths(60, -1), "reservation": 0.5}, "b": worths(60, 1)})
    found = analyse(Compiler(case))
    assert (found.exists, found.blocking, found.closest, found.closest_found) == ("no", (), (), None)
    assert "which parties block was not worked out" in found.method.cut
    assert not found.method.exact
