"""Everything about one package, from one question."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from accordant.agreement.package import PackageAnswer, package
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler

BOTH = {"by": {"joint": ["a", "b"]}}


def talks(**besides: Any) -> dict[str, Any]:
    return {
        "title": "t",
        "parties": {"a": {}, "b": {"name": "Bureau"}, "street": {"role": "constituency", "of": "b"}},
        "issues": {
            "pay": {**BOTH, "range": {"from": 0, "to": 4, "step": 1}, "unit": "percent"},
            "shift": {**BOTH, "values": ["day", "night"]},
        },
        "status_quo": {"pay": "0", "shift": "day"},
        "preferences": {
            "a": {
                "worth": {"pay": {"linear": [[0, 0], [4, 3]]}, "shift": {"day": 1, "night": 0}},
                "also": [{"if": "pay = 4 and shift = night", "worth": "0.5"}],
                "reservation": [1, 2],
            },
            "b": {"worth": {"pay": {"linear": [[0, 4], [4, 0]]}, "shift": {"day": 0, "night": 6}}},
            "street": {"never": ["pay = 4"]},
        },
        "proposals": {"offer": {"package": {"pay": "2", "shift": "night"}}},
        **besides,
    }


def asked(words: str, **besides: Any) -> PackageAnswer:
    return package(Compiler(Case.model_validate(talks(**besides))), words)


def test_parts_add_up_to_the_whole() -> None:
    worth = asked("pay=4, shift=night").worths["a"]
    assert worth.parts == {"pay": 3, "shift": 0, "pay = 4 and shift = night": Fraction(1, 2)}
    assert worth.total == sum(worth.parts.values())
    assert worth.no_deal == (1, 2)


def test_a_package_between_the_ends_of_a_range_is_unknown_and_says_so() -> None:
    assert asked("offer").answer.acceptable["a"].answer == "unknown"
    assert asked("pay=3").answer.acceptable["a"].answer == "yes"
    assert asked("shift=night").answer.acceptable["a"].answer == "no"


def test_a_state_a_proposal_and_values_ask_for_the_same() -> None:
    by_values, by_proposal = asked("pay=2,shift=night"), asked("offer")
    by_state = asked(by_values.answer.state or "")
    assert by_values.values == by_proposal.values == by_state.values == {"pay": "2", "shift": "night"}
    assert by_values.worths == by_proposal.worths == by_state.worths
    assert by_values.lenses == by_proposal.lenses == by_state.lenses


def test_lenses_that_pick_it_are_named_with_the_ways() -> None:
    found = asked("pay=3,shift=night")
    assert found.lenses["nash"][1] == 2
    assert not asked("pay=0").lenses


def test_a_veto_and_whether_it_lasts_are_there() -> None:
    found = asked("pay=4,shift=night")
    assert found.answer.acceptable["b"].vetoed_by == ("street",)
    assert found.holding is not None
    assert set(found.holding.answers) == {"nash", "gmr", "smr", "seq", "sseq"}


def test_an_impossible_package_names_the_rule_and_nothing_else() -> None:
    found = asked("pay=4", feasible=["not (pay = 4)"])
    assert found.answer.state is None
    assert "pay = 4" in found.answer.impossible
    assert (found.worths, found.lenses, found.holding, found.values) == ({}, {}, None, {})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("ofer", "there is no package 'ofer'; did you mean 'offer'"),
        ("zzz", "name a proposal, a state, or values"),
        (
            "pya=2, shift=noon",
            "there is no issue 'pya'; did you mean 'pay'?; shift has no value 'noon'; allowed",
        ),
        ("pay=9", "pay has no value '9'; allowed: 0, 1, 2, 3, 4"),
    ],
)
def test_words_that_mean_no_package_are_told_in_full(words: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        asked(words)
    assert says in str(caught.value)


def test_too_many_packages_to_list_answer_but_for_whether_it_lasts() -> None:
    issues = {f"i{k}": {**BOTH, "values": [str(v) for v in range(10)]} for k in range(20)}
    worths = {
        p: {i: {str(v): v * sign for v in range(10)} for i in issues} for p, sign in (("a", 1), ("b", -1))
    }
    found = package(
        Compiler(
            Case.model_validate(
                {
                    "title": "t",
                    "parties": {"a": {}, "b": {}},
                    "issues": issues,
                    "status_quo": dict.fromkeys(issues, "0"),
                    "preferences": {
                        "a": {"worth": worths["a"], "reservation": 3},
                        "b": {"worth": worths["b"], "reservation": -5},
                    },
                }
            )
        ),
        "i0=4",
    )
    assert {p: a.answer for p, a in found.answer.acceptable.items()} == {"a": "yes", "b": "yes"}
    assert found.worths["a"].total == 4
    assert found.holding is None


def test_values_may_be_given_with_their_unit_as_pages_show_them() -> None:
    plain = asked("pay=2, shift=night")
    for words in (
        "pay = 2 percent, shift = night",
        "pay=2percent,shift=night",
        "pay=2.0 Percent, shift=night",
    ):
        assert asked(words).values == plain.values
    with pytest.raises(InputError, match="pay has no value '2 crowns'"):
        asked("pay=2 crowns")


def test_tables_have_numbers_to_be_read_and_data_exact_ones() -> None:
    found = asked("pay=2, shift=day", preferences={
        "a": {"worth": {"pay": {"linear": [[0, 0], [3, 1], [4, 3]]}}, "reservation": 0},
        "b": {"worth": {"pay": {"linear": [[0, 4], [4, 0]]}}},
    })  # fmt: skip
    assert found.table().rows[0][2] == found.parts_table().rows[0][-1] == "about 0.667"
    assert found.to_json()["worths"]["a"]["total"] == "2/3"
