"""Cases with too many states to list: what is still checked, and how their packages are compiled."""

from __future__ import annotations

from accordant.case.objects import Case
from accordant.model.checks import check_states
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler, number_of_states


def large(**more: object) -> Case:
    both = {"joint": ["a", "b"]}
    data: dict[str, object] = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {f"i{k}": {"by": both, "values": ["v0", "v1", "v2"]} for k in range(70)},
        "status_quo": {f"i{k}": "v0" for k in range(70)},
        "preferences": {"a": {"worth": {"i1": {"v0": 0, "v1": 1, "v2": 2}}}, "b": {"priorities": ["i2"]}},
    }
    return Case.model_validate({**data, **more})


def messages(case: Case) -> list[str]:
    found = [f.message for f in check_states(Compiler(case))]
    assert "was not checked" in found[0]
    return found[1:]


def test_a_sound_case_has_nothing_but_the_warning_that_states_are_not_listed() -> None:
    assert messages(large()) == []


def test_states_are_counted_without_being_listed() -> None:
    assert number_of_states(Compiler(large())) == 3**70
    assert number_of_states(Compiler(large(feasible=["i1 -> i2"]))) == 7 * 3**68


def test_rules_that_leave_no_state_are_named() -> None:
    found = check_states(Compiler(large(feasible=["i1 = v1", "not i1"])))
    assert any("cannot all be true" in f.message for f in found)


def test_a_status_quo_that_a_rule_forbids_or_that_is_not_one_state_is_an_error() -> None:
    assert any("is not a feasible state" in m for m in messages(large(feasible=["i1 = v1"])))
    assert any("states" in m or "state" in m for m in messages(large(status_quo={"i1": "v0"})))


def test_a_package_that_is_not_possible_is_a_warning() -> None:
    proposals = {"offer": {"package": {"i1": "v1"}}}
    (message,) = messages(large(feasible=["i1 = v1 -> i2 = v2"], proposals=proposals))
    assert message.startswith("the package is not possible")
    assert "'i1 = v1 -> i2 = v2' (feasible.1) forbids it" in message


def test_no_deal_that_stands_for_too_many_states_says_what_to_give() -> None:
    assert any("give a value for i0" in m for m in messages(large(no_deal={"i1": "v0"})))


def test_states_have_the_names_of_what_leads_to_them() -> None:
    case = large(
        states={"s9": {f"i{k}": "v2" for k in range(70)}},
        no_deal={f"i{k}": "v1" for k in range(69)},
        proposals={"all": {"package": "s9"}, "one": {"package": {"i1": "v1"}}},
    )
    view = ListedCompiler(case).view()
    assert set(view.space.names) == {"s9", "status quo", "no deal 1", "no deal 2", "no deal 3", "one"}
    assert [view.space.name(view.package(p).state or 0) for p in ("all", "one")] == ["s9", "one"]
    assert [view.space.name(d) for d in view.no_deal] == ["no deal 1", "no deal 2", "no deal 3"]
