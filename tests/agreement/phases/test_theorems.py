"""What has to be so of every deal in stages."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.agreement import analyse as deals
from accordant.agreement.phases import analyse
from accordant.agreement.phases.judging import Questions, judge
from accordant.agreement.phases.plans import plan_of
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from tests.agreement.phases.random_plans import plans
from tests.agreement.random_cases import cases

RELAXED = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def judged(case: Case):
    return judge(Questions(Compiler(case)), plan_of(case, "plan", case.proposals["plan"].terms))


@RELAXED
@given(cases())
def test_a_deal_at_once_that_can_be_taken_back_is_as_acceptable_as_it_is_to_deals(case) -> None:
    assume(all(issue.moves == "any" for issue in case.issues.values()))
    compiler = Compiler(case)
    found = deals(compiler)
    for name, proposal in found.proposals.items():
        assume(proposal.state is not None and not found.method.cut)
        result = analyse(compiler, name)
        assume(not result.impossible)
        if compiler.setting_space().anchors or any(r.unsure for r in case.feasible):
            continue
        for party, accepted in proposal.acceptable.items():
            for stage in result.stages:
                sight = stage.parties[party].ahead
                if proposal.made:
                    assert sight.answer == accepted.answer
                assert sight.because
        everybody = [a.answer for a in proposal.acceptable.values()]
        if all(a == "yes" for a in everybody):
            assert result.carried_out == "yes"
        if any(a == "no" for a in everybody):
            assert result.carried_out == "no"


@RELAXED
@given(plans(), st.sampled_from(["2", "0.1", "7"]))
def test_worths_on_another_scale_change_nothing(case, factor) -> None:
    from decimal import Decimal

    by = Decimal(factor)
    data = case.model_dump(by_alias=True, exclude_none=True)
    for preference in data["preferences"].values():
        if "worth" not in preference:
            continue
        preference["worth"] = {i: {v: w * by for v, w in ws.items()} for i, ws in preference["worth"].items()}
        for term in preference.get("also", ()):
            term["worth"] *= by
        if "cost" in preference.get("delay", {}):
            preference["delay"]["cost"] *= by
        if "reservation" in preference:
            held = preference["reservation"]["worth"]
            preference["reservation"]["worth"] = (
                tuple(h * by for h in held) if isinstance(held, tuple) else held * by
            )
    for term in data["terms"].values():
        term["worth"] = {p: w * by for p, w in term["worth"].items()}
    one, two = judged(case), judged(Case.model_validate(data))
    assert one.carried.answer == two.carried.answer
    assert {k: c.answer for k, c in one.rows.items()} == {k: c.answer for k, c in two.rows.items()}


@RELAXED
@given(plans())
def test_the_order_in_which_parties_are_written_changes_nothing(case) -> None:
    data = case.model_dump(by_alias=True, exclude_none=True)
    data["parties"] = dict(reversed(data["parties"].items()))
    one, two = judged(case), judged(Case.model_validate(data))
    assert one.carried.answer == two.carried.answer
    assert {k: c.answer for k, c in one.rows.items()} == {k: c.answer for k, c in two.rows.items()}


@RELAXED
@given(plans())
def test_where_everybody_goes_on_to_the_end_nobody_is_said_to_leave(case) -> None:
    result = analyse(Compiler(case), "plan")
    if result.carried_out == "yes":
        assert not result.leaves
        assert not result.repairs
    for leaving in result.leaves:
        at = result.stages[leaving.number - 1].parties[leaving.party]
        assert at.end.answer != "yes"
        assert not leaving.surely or at.end.answer == "no"
    if result.stages and not result.impossible and result.method.exact and result.carried_out == "no":
        assert result.leaves or any(s.unsure for s in case.proposals["plan"].stages)


RELEASE = {"name": "release", "package": {"captives": "all"}}
TRUCE = {"name": "truce", "package": {"truce": "lasting"}}


def talks(*stages, **more) -> Case:
    data = {
        "title": "t",
        "parties": {"north": {"name": "North"}, "south": {"name": "South"}},
        "issues": {
            "truce": {"by": {"joint": ["north", "south"]}, "values": ["none", "lasting"]},
            "captives": {"by": "south", "values": ["held", "some", "all"], "moves": "forward"},
        },
        "status_quo": {"truce": "none", "captives": "held"},
        "preferences": {
            "north": {"priorities": ["captives = all", "truce = none"]},
            "south": {"priorities": ["truce = lasting", "captives = held"]},
        },
        "proposals": {"plan": {"stages": stages or [RELEASE, TRUCE]}},
    }
    return Case.model_validate({**data, **more})


def test_what_has_changed_hands_stays_and_the_line_that_decides_is_named() -> None:
    result = analyse(Compiler(talks()), "plan")
    assert [(x.stage, x.party, x.surely) for x in result.leaves] == [("release", "south", True)]
    second = result.stages[1]
    assert second.kept == ("captives = all",)
    north = second.parties["north"]
    assert north.ahead.answer == north.end.answer.replace("yes", "no") == "no"
    assert north.ahead.because == (
        "North would walk away: it prefers walking away (s3) to truce (s6), because 'truce = none' "
        "(north.priorities.2) is the first line that tells them apart, and only walking away (s3) meets it."
    )
    assert north.ahead.elements == ("north.priorities.2",)


def test_what_is_binding_stays_when_somebody_walks_away() -> None:
    data = talks(TRUCE, RELEASE).model_dump(by_alias=True, exclude_none=True)
    data["issues"]["truce"]["binding"] = True
    result = analyse(Compiler(Case.model_validate(data)), "plan")
    assert [(x.stage, x.party) for x in result.leaves] == [("truce", "north")]
    assert result.stages[1].parties["south"].leads_to == ("s4",)
    assert [r.sentence for r in result.repairs] == [
        "With truce and release carried out together, nobody would leave.",
        "With captives = some in truce and captives = all in release, nobody would leave.",
    ]


def test_a_guarantee_that_the_case_does_not_have_is_named() -> None:
    result = analyse(Compiler(talks(TRUCE, RELEASE)), "plan")
    assert result.carried_out == "no"
    told = [r.sentence for r in result.repairs if r.kind == "guarantee"]
    assert told == ["With a guarantee that North could not take back truce, nobody would leave."]


def test_a_case_without_issues_goes_back_where_moves_can_lead_back() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "states": ["s1", "s2", "s3"],
            "moves": {"a": {"s1": ["s2"], "s2": ["s1"]}, "b": {"s2": ["s3"]}},
            "status_quo": "s1",
            "preferences": {"a": {"ranking": ["s3", "s2", "s1"]}, "b": {"ranking": ["s3", "s1", "s2"]}},
            "proposals": {
                "plan": {"stages": [{"name": "one", "package": "s2"}, {"name": "two", "package": "s3"}]}
            },
        }
    )
    result = analyse(Compiler(case), "plan")
    assert result.stages[1].parties["a"].leads_to == ("s1",)
    assert result.stages[2].parties["a"].leads_to == ()
    assert result.carried_out == "unknown"
    assert "is not known: no moves lead from s3 back to s1" in result.stages[2].parties["a"].end.because


def test_more_states_than_can_be_listed_are_answered_over_those_that_matter() -> None:
    values = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
    issues = {f"i{k}": {"by": {"joint": ["a", "b"]}, "values": values} for k in range(30)}
    issues["i1"]["moves"] = "forward"
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": issues,
            "status_quo": dict.fromkeys(issues, "0"),
            "preferences": {
                "a": {"worth": {i: {v: int(v) for v in values} for i in issues}},
                "b": {
                    "worth": {i: {v: -int(v) if i == "i1" else 2 * int(v) for v in values} for i in issues}
                },
            },
            "proposals": {
                "plan": {
                    "stages": [
                        {"name": "one", "package": {"i1": "9"}},
                        {"name": "two", "package": {"i0": "9"}},
                    ]
                }
            },
        }
    )
    result = analyse(Compiler(case), "plan")
    assert result.carried_out == "yes"
    assert result.stages[1].parties["b"].leads_to == ("i1 = 9",)
    assert result.holding is None
    assert "too many states" in result.notes[-1]


def test_what_is_unknown_stays_unknown() -> None:
    data = talks().model_dump(by_alias=True, exclude_none=True)
    del data["preferences"]["south"]
    result = analyse(Compiler(Case.model_validate(data)), "plan")
    assert result.carried_out == "no"  # whatever South wants, North takes the truce back
    assert {s.parties["south"].end.answer for s in result.stages} <= {"unknown", "yes"}
    guarantee = {"kind": "guarantee", "removes": [{"party": "north", "to": "truce = none"}]}
    case = talks(TRUCE, RELEASE, terms={"watch": guarantee})
    assert analyse(Compiler(case), "plan", terms=["watch"]).carried_out == "yes"
    data = case.model_dump(by_alias=True, exclude_none=True)
    data["proposals"]["plan"]["unsure"] = True
    result = analyse(Compiler(Case.model_validate(data)), "plan", terms=["watch"])
    assert (result.made, result.carried_out) == (False, "unknown")
    case = talks(TRUCE, RELEASE, terms={"watch": {**guarantee, "unsure": True}})
    result = analyse(Compiler(case), "plan", terms=["watch"])
    assert (result.made, result.carried_out, result.without_terms) == (True, "unknown", ("no", "no"))


@pytest.mark.parametrize("name", ["plam", "nothing like it"])
def test_a_proposal_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(InputError, match="there is no proposal"):
        analyse(Compiler(talks()), name)


def numbered(**more) -> Case:
    """A binding deal between two parties to whom no deal is worth more than its state is by their worths."""
    issue = {"by": {"joint": ["a", "b"]}, "binding": True}
    data = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": issue, "y": issue},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {
            "a": {"worth": {"x": {"no": 2, "yes": 9}}, "reservation": [6, 8]},
            "b": {"worth": {"y": {"no": 0, "yes": 50}}, "reservation": 40},
        },
        "proposals": {"plan": {"package": {"x": "yes", "y": "yes"}}},
    }
    return Case.model_validate({**data, **more})


def test_a_deal_of_which_nothing_can_be_taken_back_is_kept_whatever_no_deal_is_worth() -> None:
    result = analyse(Compiler(numbered()), "plan")
    assert (result.carried_out, result.leaves, result.repairs) == ("yes", (), ())
    last = result.stages[-1].parties["a"]
    assert last.end.answer == last.ahead.answer == "yes"
    assert last.end.because == "a goes on: nothing that has been carried out can be taken back."


def test_before_the_first_stage_no_deal_is_worth_its_number_even_against_a_deal_of_nothing() -> None:
    result = analyse(Compiler(numbered(proposals={"plan": {"package": {"x": "no"}}})), "plan")
    assert [(x.stage, x.party) for x in result.leaves] == [("plan", "a"), ("plan", "b")]
    assert "walk" in result.stages[0].parties["a"].end.because


def test_what_is_paid_only_while_a_deal_stands_can_still_be_escaped() -> None:
    terms = {"aid": {"kind": "inducement", "worth": {"a": -1}}}
    case = numbered(terms=terms, proposals={"plan": {"package": {"x": "yes", "y": "yes"}, "terms": ["aid"]}})
    result = analyse(Compiler(case), "plan")
    assert [(x.stage, x.party) for x in result.leaves] == [("afterwards", "a")]
    assert result.stages[-1].parties["a"].end.because == (
        "a would walk away: the whole deal (s4) is worth 8 to it, walking away (s4) 9."
    )


@RELAXED
@given(plans())
def test_a_deal_of_which_nobody_can_take_anything_back_is_kept(case) -> None:
    data = case.model_dump(by_alias=True, exclude_none=True)
    data["terms"], data["proposals"]["plan"]["terms"] = {}, []
    parties = [p for p, found in data["parties"].items() if found.get("role", "party") == "party"]
    for issue in data["issues"].values():
        issue |= {"by": {"joint": parties}, "binding": True}
        issue.pop("unsure", None)
    for stage in data["proposals"]["plan"]["stages"]:
        stage.pop("unsure", None)
    data["no_deal"] = {**data["status_quo"]["state"]}
    compiler = Compiler(Case.model_validate(data))
    assume(not compiler.setting_space().anchors)
    result = analyse(compiler, "plan")
    assume(not result.impossible and result.method.exact)
    settled = {issue for stage in data["proposals"]["plan"]["stages"] for issue in stage["package"]}
    for party, at in result.stages[-1].parties.items():
        assert settled
        assert (at.end.answer, at.ahead.answer) == ("yes", "yes"), (party, at.end.because)


def test_sentences_round_what_the_data_have_exactly_and_states_are_shown_with_units() -> None:
    data = numbered().model_dump(by_alias=True, exclude_none=True)
    data["issues"]["pay"] = {
        "by": {"joint": ["a", "b"]},
        "range": {"from": 0, "to": 2, "step": 1},
        "unit": "percent",
        "binding": True,
    }
    data["status_quo"]["state"]["pay"] = "0"
    data["preferences"]["a"]["delay"] = {"factor": "0.97", "days": 1}
    data["proposals"] = {
        "plan": {
            "stages": [
                {"name": "one", "day": 0, "package": {"x": "yes"}},
                {"name": "two", "day": 5, "package": {"y": "yes", "pay": "2"}},
            ]
        }
    }
    result = analyse(Compiler(Case.model_validate(data)), "plan")
    end = result.stages[1].parties["a"].end
    assert "the whole deal (s12) is worth about 7.73 to it after 5 days of waiting" in end.because
    assert end.going_on == "7.7286062313"
    assert {row["pay"] for row in result.shown.values()} == {"0 percent", "2 percent"}
    assert {row["pay"] for row in result.to_json()["states"].values()} == {"0", "2"}
