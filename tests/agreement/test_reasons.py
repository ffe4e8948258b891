"""Why a party accepts or refuses, in one sentence that names the line that decides."""

import pytest

from accordant.agreement import analyse
from accordant.case.objects import Case
from accordant.model.compiler import Compiler

TALKS = {
    "title": "t",
    "parties": {"north": {"name": "North"}, "south": {"name": "South"}},
    "issues": {"truce": {"by": "north"}, "leave": {"by": "south"}},
    "status_quo": {"truce": "no", "leave": "no"},
    "preferences": {
        "north": {"priorities": ["leave"]},
        "south": {"priorities": ["not leave", "truce"], "never": ["leave and not truce"]},
    },
    "proposals": {
        "out": {"package": {"leave": "yes"}},
        "swap": {"package": {"leave": "yes", "truce": "yes"}},
        "calm": {"package": {"truce": "yes"}},
        "stay": {"package": {"truce": "no"}},
    },
}


def asked(proposal, party, **more):
    data = {**TALKS, **more}
    return analyse(Compiler(Case.model_validate(data))).proposals[proposal].acceptable[party]


def test_the_first_line_that_tells_them_apart_is_quoted_with_its_id():
    said = asked("swap", "south")
    assert said.answer == "no"
    assert said.element == "south.priorities.1"
    assert said.reason == (
        "South prefers no deal (s1) to s4: 'not leave' (south.priorities.1) is the first line that tells "
        "them apart, and only no deal (s1) meets it."
    )
    assert asked("calm", "south").reason == (
        "South prefers s3 to no deal (s1): 'truce' (south.priorities.2) is the first line that tells them "
        "apart, and only s3 meets it."
    )


def test_a_red_line_is_named_as_one():
    said = asked("out", "south")
    assert said.element == "south.never.1"
    assert said.reason == (
        "South refuses s2: it crosses the red line 'leave and not truce' (south.never.1), which no deal (s1) "
        "does not."
    )


def test_keeping_within_a_red_line_that_no_deal_crosses_is_a_reason_too():
    preferences = {"north": {"priorities": []}, "south": {"never": ["not truce"]}}
    said = asked("calm", "south", preferences=preferences)
    assert (said.answer, said.element) == ("yes", "south.never.1")
    assert "only s3 keeps within the red line 'not truce' (south.never.1)" in said.reason


def test_a_tie_is_enough_and_is_called_one():
    said = asked("calm", "north")
    assert (said.answer, said.element) == ("yes", None)
    assert said.reason == (
        "North likes s3 as well as no deal (s1): nothing that it wants tells them apart, and a tie is enough."
    )
    assert asked("stay", "north").reason == "s1 is what no deal leads to."


@pytest.mark.parametrize(
    ("preference", "words"),
    [
        ({"ranking": [{"truce": "yes"}, {"truce": "no"}]}, "by its ranking (north.ranking)"),
        ({"worth": {"truce": {"no": "0", "yes": "0.1"}}}, "by its worths (north.worth)"),
    ],
)
def test_rankings_and_worths_are_named(preference, words):
    preferences = {**TALKS["preferences"], "north": preference}
    assert words in asked("calm", "north", preferences=preferences).reason


def test_a_veto_names_the_constituency_and_its_line():
    parties = {**TALKS["parties"], "street": {"name": "Families", "role": "constituency", "of": "north"}}
    preferences = {**TALKS["preferences"], "street": {"priorities": ["not leave"]}}
    said = asked("swap", "north", parties=parties, preferences=preferences)
    assert (said.answer, said.own, said.vetoed_by) == ("no", "yes", ("street",))
    assert said.element == "street.priorities.1"
    assert said.reason.startswith("Vetoed for North by Families: Families prefers no deal (s1) to s4: ")


def test_unknown_is_said_as_unknown():
    said = asked("swap", "north", preferences={"south": TALKS["preferences"]["south"]})
    assert (said.answer, said.element, said.counts) == ("unknown", None, None)
    assert said.reason == "Nothing is known of what North wants here."


def test_an_unsure_line_is_named_with_how_often():
    south = {"priorities": [{"want": "not leave", "unsure": True}, "truce"]}
    said = asked("swap", "south", preferences={**TALKS["preferences"], "south": south})
    assert (said.answer, said.counts, said.turns_on) == ("unknown", (1, 2), ("south.priorities.1",))
    assert said.reason.startswith(
        "Acceptable in 1 of 2 settings: it turns on 'not leave' (south.priorities.1), which is unsure. "
        "As written: South prefers no deal"
    )


def test_lines_in_open_order_are_said_to_be_so():
    south = {"priorities": [{"either": ["not leave", "truce"]}]}
    said = asked("swap", "south", preferences={**TALKS["preferences"], "south": south})
    assert (said.answer, said.counts) == ("unknown", (1, 2))
    assert said.turns_on == ("south.priorities.1.1", "south.priorities.1.2")
    assert "(south.priorities.1.2), whose order is open. As written: " in said.reason


def test_a_proposal_that_may_not_have_been_made_carries_it_on_every_answer():
    proposals = {"calm": {"package": {"truce": "yes"}, "unsure": True}}
    result = analyse(Compiler(Case.model_validate({**TALKS, "proposals": proposals})))
    said = result.proposals["calm"]
    assert not said.made
    assert said.note == "It may not have been made (proposals.calm): no answer about it is yes."
    assert (said.agreement, said.efficient) == ("unknown", "unknown")
    assert said.counts == (1, 2)
    for accepts in said.acceptable.values():
        assert (accepts.answer, accepts.own, accepts.counts) == ("unknown", "unknown", (1, 2))
        assert accepts.turns_on == ("proposals.calm",)
        assert accepts.reason.startswith("It may not have been made (proposals.calm). If it was: ")


def test_a_proposal_that_is_not_possible_names_the_rule():
    said = asked("out", "north", feasible=["leave -> truce"])
    assert said.answer == "no"
    assert said.reason.startswith("Not possible: ")
    assert "'leave -> truce' (feasible.1)" in said.reason


def test_a_proposal_that_undoes_what_cannot_be_undone_names_the_issue():
    issues = {"truce": {"by": "north"}, "leave": {"by": "south", "moves": "forward"}}
    data = {
        **TALKS,
        "issues": issues,
        "status_quo": {"truce": "no", "leave": "yes"},
        "proposals": {"back": {"package": {"leave": "no"}}},
    }
    said = analyse(Compiler(Case.model_validate(data))).proposals["back"]
    assert (said.state, said.agreement, said.holds) == (None, "no", {})
    assert "leave" in said.impossible
    assert said.impossible in said.acceptable["south"].reason


def test_without_no_deal_the_reason_is_that_nothing_can_be_compared():
    data = {**TALKS, "status_quo": None, "proposals": {"whole": {"package": {"truce": "yes", "leave": "no"}}}}
    result = analyse(Compiler(Case.model_validate(data)))
    assert result.exists == "unknown"
    assert "neither no deal nor a status quo" in result.note
    said = result.proposals["whole"]
    assert (said.agreement, said.efficient, said.levers) == ("unknown", "unknown", ())
    assert said.acceptable["north"].reason == (
        "The case gives neither no deal nor a status quo to compare it with."
    )


def test_against_several_no_deal_states_every_comparison_is_told():
    said = asked("calm", "south", no_deal={"leave": "no"})
    assert said.answer == "yes"
    said = asked("stay", "south", no_deal={"leave": "no"})
    assert said.answer == "unknown"
    assert said.reason.startswith("No deal may be several states. As written: s1 is what no deal leads to; ")


def test_no_veto_hides_behind_another_or_behind_the_party_itself():
    data = {
        "title": "t",
        "parties": {
            "north": {"name": "North"},
            "kin": {"name": "Kin", "role": "constituency", "of": "north"},
            "board": {"name": "Board", "role": "constituency", "of": "north"},
        },
        "issues": {"x": {"by": "north"}},
        "status_quo": {"x": "no"},
        "preferences": {
            "north": {"priorities": ["x"]},
            "kin": {"priorities": ["not x"]},
            "board": {"never": ["x"]},
        },
        "proposals": {"plan": {"package": {"x": "yes"}}},
    }
    for own in ("x", "not x"):
        data["preferences"]["north"]["priorities"] = [own]
        said = analyse(Compiler(Case.model_validate(data))).proposals["plan"].acceptable["north"]
        assert said.vetoed_by == ("kin", "board")
        kin = "Kin prefers no deal (s1) to s2: 'not x' (kin.priorities.1) is the first line"
        board = "Vetoed too by Board: Board refuses s2: it crosses the red line 'x' (board.never.1)"
        assert board in said.reason
        assert f"{'Vetoed for North' if own == 'x' else 'Vetoed too'} by Kin: {kin}" in said.reason
        assert said.reason.startswith("Vetoed for North" if own == "x" else "North prefers no deal")


def test_numbers_are_rounded_but_never_so_that_different_ones_read_alike():
    data = {
        "title": "t",
        "parties": {"a": {}},
        "issues": {"x": {"by": "a"}},
        "status_quo": {"x": "no"},
        "preferences": {
            "a": {"worth": {"x": {"no": 0, "yes": "20.333333333"}}, "reservation": "20.333444444"}
        },
        "proposals": {"plan": {"package": {"x": "yes"}}},
    }

    def reason():
        return analyse(Compiler(Case.model_validate(data))).proposals["plan"].acceptable["a"].reason

    assert "s2 is worth about 20.3333 to it, no deal about 20.3334" in reason()
    data["preferences"]["a"]["reservation"] = 30
    assert "s2 is worth about 20.3 to it, no deal 30" in reason()
