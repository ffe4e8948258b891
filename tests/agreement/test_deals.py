"""The one call behind ``deals``: real cases, what other rooms say of them, tables and JSON."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.agreement import analyse
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance import analyse as rests
from tests.agreement.random_cases import cases

CASES = Path(__file__).parents[2] / "cases"
SHIPPED = ["january-2024", "labour", "river", "supply", "elmira", "cuba-1962", "syria-iraq-1975"]
STATUS = {"yes": "always", "unknown": "sometimes", "no": "never"}


def check_against_rests(case):
    """The two rooms count settings in different ways and must agree."""
    result = analyse(Compiler(case))
    asked = {"agreement-exists": (result.exists, result.exists_counts)}
    for name, said in result.proposals.items():
        asked[f"agreement({name})"] = (said.agreement, said.counts)
        for party, accepts in said.acceptable.items():
            asked[f"acceptable({name}, {party})"] = (accepts.answer, accepts.counts)
    told = rests(Compiler(case), list(asked), supports=False)
    for conclusion, (answer, counts) in asked.items():
        assert told[conclusion].status == STATUS[answer], conclusion
        assert told[conclusion].settings == counts, conclusion


@settings(max_examples=40)
@given(st.booleans().flatmap(lambda held: cases(held=held)))
def test_deals_and_rests_say_the_same(case):
    check_against_rests(case)


@pytest.mark.parametrize("name", SHIPPED)
def test_deals_and_rests_say_the_same_of_shipped_cases(name):
    opened = accordant.load(CASES / name)
    if opened.compiler.view().no_deal:
        check_against_rests(opened.case)


@pytest.mark.parametrize("name", SHIPPED)
def test_states_are_said_to_hold_as_the_stability_room_says(name):
    opened = accordant.load(CASES / name)
    result, stability = opened.deals(), opened.stability()
    held = [(a.state, a.holds) for a in result.agreements]
    held += [(p.state, p.holds) for p in result.proposals.values() if p.state]
    for state, holds in held:
        for concept, verdict in stability.concepts.items():
            sure, may = state in verdict.equilibria, state in verdict.possible_equilibria
            assert holds[concept] == ("yes" if sure else "unknown" if may else "no")


def test_a_result_can_be_written_down_and_shown():
    result = accordant.load(CASES / "labour").deals()
    found = json.loads(json.dumps(result.to_json()))
    assert found["schema"] == "accordant/deals/1"
    assert found["proposals"]["company-offer"]["acceptable"] == {"union": "no", "company": "yes"}
    assert found["proposals"]["company-offer"]["vetoed_by"]["union"] == ["members"]
    assert found["agreements"]["count"] == result.count
    assert set(found["agreements"]["efficient"]) == {a.state for a in result.efficient}
    assert [row[0] for row in result.agreements_table().rows] == [a.state for a in result.agreements]
    assert len(result.table().rows) == sum(len(p.acceptable) for p in result.proposals.values())
    assert "company-offer" in result._repr_html_()


def test_a_long_list_of_agreements_is_cut_and_says_so_but_counts_all():
    issues = {f"i{k}": {"by": "a"} for k in range(9)}
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": issues,
            "status_quo": dict.fromkeys(issues, "no"),
            "preferences": {"a": {"priorities": ["i0", "i1"]}, "b": {"priorities": ["not i7"]}},
        }
    )
    result = analyse(Compiler(case))
    assert (result.count, result.possible, result.efficient_count) == (192, 192, 64)
    assert len(result.agreements) == 100
    assert all(a.efficient == "yes" for a in result.agreements[:64])
    assert result.note == "100 of 192 agreements are listed, efficient ones first; numbers are exact."


def test_where_only_no_deal_itself_is_better_than_no_deal_the_note_says_so() -> None:
    def note(reservation: str) -> str:
        worth = {"x": {"no": 3, "yes": 0}}
        case = {
            "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": {"joint": ["a", "b"]}}},
            "status_quo": {"x": "no"}, "no_deal": "status_quo",
            "preferences": {
                "a": {"worth": worth, "reservation": reservation},
                "b": {"worth": {"x": {"no": 1, "yes": 2}}, "reservation": "1"},
            },
        }  # fmt: skip
        result = analyse(Compiler(Case.model_validate(case)))
        assert result.exists == ("yes" if int(reservation) < 3 else "no")
        return result.note

    assert note("2").startswith("The only agreement is no deal itself: ")
    assert note("3") == ""
