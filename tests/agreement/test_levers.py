"""The smallest changes to a package."""

import numpy as np
import pytest

from accordant.agreement import analyse, levers
from accordant.agreement.levers import smallest_changes
from accordant.case.objects import Case
from accordant.model.compiler import Compiler

LETTERS = {
    "title": "t",
    "parties": {"a": {"name": "Alpha"}, "b": {"name": "Beta"}},
    "issues": {
        "price": {"by": "a", "values": ["none", "low", "mid", "high"]},
        "speed": {"by": "b", "values": ["no", "yes"]},
        "seal": {"by": "b", "moves": "forward"},
    },
    "status_quo": {"price": "none", "speed": "no", "seal": "yes"},
    "preferences": {
        "a": {"priorities": ["speed", "price <= mid", "price <= low"]},
        "b": {"priorities": ["price >= mid", "not speed"]},
    },
}


def case(**more):
    return Case.model_validate({**LETTERS, **more})


def changes(data, package, wanted):
    view = Compiler(data).view()
    return [
        (dict(c.values), view.space.name(c.state)) for c in smallest_changes(view, package, wanted(view))[0]
    ]


def where(text):
    """The states in which an issue has a value."""
    issue, value = text.split("=")
    return lambda view: np.array([view.space.values_of(s)[issue] == value for s in range(view.model.n)])


def test_a_change_of_one_issue_comes_before_any_of_two():
    found = changes(case(), {"price": "high"}, where("speed=yes"))
    assert found == [({"speed": ("no", "yes")}, "s16")]


def test_fewer_steps_come_first():
    found = changes(case(), {"price": "high"}, lambda view: ~where("price=high")(view))
    assert [values["price"][1] for values, _ in found] == ["mid", "low", "none"]


def test_nothing_that_cannot_be_undone_is_undone():
    assert changes(case(), {"price": "high"}, where("seal=no")) == []


def test_a_change_leads_to_a_feasible_state():
    found = changes(case(feasible=["speed -> price >= mid"]), {"price": "none"}, where("speed=yes"))
    assert [values for values, _ in found] == [
        {"price": ("none", "mid"), "speed": ("no", "yes")},
        {"price": ("none", "high"), "speed": ("no", "yes")},
    ]


def test_an_impossible_package_can_be_mended():
    data = case(feasible=["not (speed and price = high)"])
    found = changes(data, {"price": "high", "speed": "yes"}, where("seal=yes"))
    assert {tuple(values) for values, _ in found} == {("price",), ("speed",)}


def test_a_package_may_be_a_state():
    assert changes(case(), "s16", where("price=mid")) == [({"price": ("high", "mid")}, "s12")]
    assert changes(case(), "nowhere", where("price=mid")) == []


def test_without_a_status_quo_only_whole_packages_can_be_changed():
    data = case(status_quo=None)
    whole = {"price": "high", "speed": "no", "seal": "no"}
    assert changes(data, whole, where("seal=yes")) == [({"seal": ("no", "yes")}, "s14")]
    assert changes(data, {"price": "high"}, where("seal=yes")) == []


MERGED = {
    "states": {"idle": {"price": "none"}},
    "preferences": {"a": {"priorities": ["price"]}, "b": {"priorities": ["price = none or price = high"]}},
}


def test_from_a_merged_status_quo_the_package_must_lead_to_one_state():
    data = case(**MERGED)
    # speed and seal are open in the status quo: a package has to name them both, and the price
    assert changes(data, {"price": "low"}, where("price=high")) == []
    found = changes(data, {"price": "low", "speed": "no"}, where("price=high"))
    assert [values for values, _ in found] == [
        {"price": ("low", "high"), "seal": ("*", "no")},
        {"price": ("low", "high"), "seal": ("*", "yes")},
    ]


def test_a_search_that_was_cut_off_says_so(monkeypatch):
    monkeypatch.setattr(levers, "TRIED", 3)
    result = analyse(Compiler(case(**MERGED, proposals={"p": {"package": {"price": "low"}}})))
    assert not result.method.exact
    assert "not every change to p was tried" in result.method.cut


def test_a_lever_says_what_it_costs_whom():
    result = analyse(Compiler(case(proposals={"p": {"package": {"price": "high"}}})))
    lever = result.proposals["p"].levers[0]
    assert lever.sentence == (
        "With speed = yes (instead of no), everybody would accept it (s16); "
        "compared with p, Alpha would gain, Beta would lose."
    )
    assert (lever.gains, lever.losses, lever.certain, lever.counts) == (("a",), ("b",), True, (1, 1))


def test_a_lever_that_only_might_do_says_how_often():
    preferences = {
        "a": {"priorities": [{"want": "speed", "unsure": True}, "price <= mid", "price <= low"]},
        "b": {"priorities": ["price >= mid", "not speed"]},
    }
    data = case(preferences=preferences, proposals={"p": {"package": {"price": "high"}}})
    lever = analyse(Compiler(data)).proposals["p"].levers[0]
    assert not lever.certain
    assert lever.counts == (1, 2)
    assert "everybody might accept it (s16, in 1 of 2 settings)" in lever.sentence


@pytest.mark.parametrize("package", [{"price": "mid", "speed": "yes"}])
def test_an_agreement_needs_no_lever(package):
    said = analyse(Compiler(case(proposals={"p": {"package": package}}))).proposals["p"]
    assert (said.agreement, said.levers, said.levers_found) == ("yes", (), 0)


def test_a_graph_without_issues_has_no_levers_but_answers():
    graph = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "states": ["s1", "s2", "s3"],
            "moves": {"a": {"s1": ["s2", "s3"]}, "b": {}},
            "status_quo": "s1",
            "preferences": {"a": {"ranking": ["s3", "s2", "s1"]}, "b": {"ranking": ["s2", "s1", "s3"]}},
            "proposals": {"p": {"package": "s3"}, "q": {"package": "s2"}},
        }
    )
    result = analyse(Compiler(graph))
    assert (result.proposals["p"].agreement, result.proposals["p"].levers) == ("no", ())
    assert result.proposals["q"].agreement == "yes"
    assert [a.state for a in result.agreements] == ["s2"]


def test_values_stand_with_their_unit_in_sentences_and_without_in_data():
    found = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "pay": {
                    "by": {"joint": ["a", "b"]},
                    "range": {"from": 0, "to": 2, "step": 1},
                    "unit": "percent",
                }
            },
            "status_quo": {"pay": "0"},
            "preferences": {
                "a": {"priorities": ["pay >= 1", "pay = 2"]},
                "b": {"priorities": ["pay <= 1"]},
            },
            "proposals": {"p": {"package": {"pay": "2"}}},
        }
    )
    (lever,) = analyse(Compiler(found)).proposals["p"].levers
    assert lever.sentence.startswith("With pay = 1 percent (instead of 2 percent), everybody would accept it")
    assert lever.changes == {"pay": ("2", "1")}
