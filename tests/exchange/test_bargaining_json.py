"""GeniusWeb, NegMAS and NegoLog: what their files become, and what is wrong with them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from accordant.case.objects import Linear
from accordant.exchange import geniusweb, negmas, negolog
from accordant.exchange.formats import File, Given, Imported
from tests.exchange.genius_files import worths

ISSUES = {"pay": ["low", "high"], "days": ["0", "1", "2"]}


def given(*contents: Any, scale: Any = None, ending: str = "json") -> Given:
    names = [f"talks.{ending}", *(f"{chr(97 + k)}.{ending}" for k in range(26))]
    raws = [
        c if isinstance(c, bytes) else (c if isinstance(c, str) else json.dumps(c)).encode() for c in contents
    ]
    return Given(tuple(File(Path(n), raw) for n, raw in zip(names, raws, strict=False)), scale)


def read(format: Any, *contents: Any, **more: Any) -> Imported:
    found = format.FORMAT.read(given(*contents, **more))
    assert isinstance(found, Imported)
    return found


def said(found: Imported, severity: str = "warning") -> list[str]:
    return [p.message for p in found.problems if p.severity == severity]


def wrong(format: Any, *contents: Any) -> list[str]:
    found = read(format, *contents)
    assert found.case is None
    return said(found, "error")


# -- GeniusWeb ----------------------------------------------------------------------------------------

DOMAIN = {"name": "talks", "issuesValues": {name: {"values": values} for name, values in ISSUES.items()}}
TABLES = {"pay": {"low": 0.25, "high": 1}, "days": {"0": 0, "1": 0.5, "2": 1}}


def space(key: str = "discreteutils", **more: Any) -> dict[str, Any]:
    inside: dict[str, Any] = {
        "name": "North",
        "domain": DOMAIN,
        "issueUtilities": {name: {key: {"valueUtilities": table}} for name, table in TABLES.items()},
        "issueWeights": {"pay": 0.75, "days": 0.25},
        "reservationBid": {"issuevalues": {"pay": "low", "days": "2"}},
    }
    inside |= more
    return {"LinearAdditiveUtilitySpace": {k: v for k, v in inside.items() if v != "out"}}


@pytest.mark.parametrize("key", ["discreteutils", "DiscreteValueSetUtilities"])
def test_geniusweb_reservations_are_packages(key: str) -> None:
    found = read(geniusweb, DOMAIN, space(key))
    assert found.case is not None, said(found, "error")
    assert list(found.case.parties) == ["North"]
    held = found.case.preferences["North"].reservation
    assert held is not None
    assert held.state == {"pay": "low", "days": "2"}
    assert worths(found, "North")["high", "1"] == Fraction("0.875")
    assert not said(found)


def test_a_geniusweb_profile_alone_holds_its_domain() -> None:
    found = read(geniusweb, space())
    assert found.case is not None
    assert found.case.title == "talks"


def test_a_geniusweb_profile_repeats_the_range_of_the_domain_or_it_is_said() -> None:
    def read_with(low: float, high: float, step: float) -> Imported:
        ends = {"low": low, "high": high, "step": step}
        mine = {"name": "talks", "issuesValues": {"pay": {"range": ends}}}
        line = {"lowValue": 0, "lowUtility": 0, "highValue": 8, "highUtility": 1}
        more = {"domain": mine, "issueWeights": {"pay": 1}, "reservationBid": {"issuevalues": {"pay": 4}}}
        of_domain = {"name": "talks", "issuesValues": {"pay": {"range": {"low": 0, "high": 8, "step": 2}}}}
        return read(geniusweb, of_domain, space(issueUtilities={"pay": {"numberutils": line}}, **more))

    alike, other, down = read_with(0, 8.0, 2), read_with(0, 10, 2), read_with(8, 0, 2)
    assert said(alike) == said(alike, "error") == []
    assert said(other) == [
        "is 0 to 10 in steps of 2 here and 0 to 8 in steps of 2 in the domain: "
        "read with the values of the domain"
    ]
    assert worths(other, "North") == worths(alike, "North")
    assert down.case is None
    assert said(down, "error") == ["is upside down: from 8 to 0 by 2"]


def test_a_bid_of_some_issues_is_worth_what_those_are_worth() -> None:
    found = read(geniusweb, DOMAIN, space(reservationBid={"issuevalues": {"days": "2"}}))
    assert found.case is not None
    held = found.case.preferences["North"].reservation
    assert held is not None
    assert held.worth == Fraction("0.25")
    assert any("names some of the issues" in message for message in said(found))


@pytest.mark.parametrize("bid", [None, "out"])
def test_no_bid_leaves_no_deal_open(bid: Any) -> None:
    found = read(geniusweb, DOMAIN, space(reservationBid=bid))
    assert found.case is not None
    assert found.case.preferences["North"].reservation is None
    assert said(found) == ["gives no reservation: what no deal is worth to North is left open"]


@pytest.mark.parametrize("ends", [{"low": 10, "high": 12.5, "step": 0.5}, ["10", "12.5", "0.5"]])
@pytest.mark.parametrize("key", ["numberutils", "NumberValueSetUtilities"])
def test_ranges_of_geniusweb_are_numeric_issues(ends: Any, key: str) -> None:
    domain = {"name": "n", "issuesValues": {"price": {"range": ends}}}
    line = {"lowValue": 10, "lowUtility": 1, "highValue": 12.5, "highUtility": 0}
    profile = space(
        domain=domain, issueUtilities={"price": {key: line}}, issueWeights={"price": 1}, reservationBid=None
    )
    found = read(geniusweb, domain, profile)
    assert found.case is not None, said(found, "error")
    assert found.case.issues["price"].values == ("10", "10.5", "11", "11.5", "12", "12.5")
    line_made = (found.case.preferences["North"].worth or {})["price"]
    assert line_made == Linear.model_validate({"linear": [["10", "1"], ["12.5", "0"]]})


def test_a_range_whose_steps_miss_its_end_stops_before_it() -> None:
    domain = {"name": "n", "issuesValues": {"x": {"range": {"low": 12.2, "high": 12.9, "step": 0.3}}}}
    line = {"lowValue": 12.2, "lowUtility": 0, "highValue": 12.9, "highUtility": 0.7}
    found = read(geniusweb, domain, space(
        domain=domain, issueUtilities={"x": {"numberutils": line}}, issueWeights={"x": 1}, reservationBid=None
    ))  # fmt: skip
    assert found.case is not None, said(found, "error")
    assert found.case.issues["x"].values == ("12.2", "12.5", "12.8")
    assert worths(found, "North") == {("12.2",): 0, ("12.5",): Fraction("0.3"), ("12.8",): Fraction("0.6")}
    assert any("its steps end at 12.8, before 12.9" in message for message in said(found))


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ((DOMAIN, space(issueWeights={"pay": 1, "dayz": 1})), "there is no issue 'dayz' in the domain"),
        ((DOMAIN, space(issueWeights={"pay": 1})), "says nothing of the issue 'days' of the domain"),
        ((DOMAIN, space(issueWeights={"pay": 0, "days": 0})),
         "all weights are 0: nothing matters to this party"),
        ((DOMAIN, space(issueUtilities={"pay": {"curve": {}}, "days": {"curve": {}}})),
         "is of no kind that can be read"),
        ((DOMAIN, space(reservationBid={"issuevalues": {"pay": "none"}})),
         "'none' is not a value of pay in the domain"),
        ((DOMAIN, {"PartialOrdering": {}}), "is no profile: it holds no LinearAdditiveUtilitySpace"),
        (({"name": "x", "issuesValues": {}}, space()), "holds no issue"),
        (({"name": "x", "issuesValues": {"a": {"values": []}}}, space()), "has no values"),
        (({"name": "x", "issuesValues": {"a": {"range": [5, 1, 1]}}}, space()),
         "is upside down: from 5 to 1 by 1"),
        (({"name": "x", "issuesValues": {"a": {"range": [0, 1, 0.00001]}}}, space()),
         "makes 100,001 values; at most 5,000 are read"),
        ((DOMAIN, json.dumps(space()).replace("0.75", "NaN")),
         "NaN is not a finite number: a weight has to be one"),
        ((DOMAIN, json.dumps(space()).replace("0.75", "Infinity")),
         "Infinity is not a finite number: a weight has to be one"),
        ((DOMAIN, '{"LinearAdditiveUtilitySpace": ' + "[" * 1_000_000), "is nested too deeply to be a model"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_geniusweb_files_is_said(contents: Any, words: str) -> None:
    assert words in wrong(geniusweb, *contents)


def test_a_key_that_stands_twice_is_a_mistake_with_its_line() -> None:
    text = json.dumps(space(), indent=1).replace('"issueWeights": {', '"issueWeights": {\n"pay": 1,')
    found = read(geniusweb, DOMAIN, text)
    (problem,) = [p for p in found.problems if p.severity == "error"]
    assert problem.message == "the key 'pay' stands twice"
    assert problem.line is not None
    assert '"pay"' in text.splitlines()[problem.line - 1] or problem.path.endswith("pay")


# -- NegoLog ------------------------------------------------------------------------------------------


def log(**more: Any) -> dict[str, Any]:
    return {
        "reservationValue": 0.5,
        "issueWeights": {"pay": 0.75, "days": 0.25},
        "issues": TABLES,
        **more,
    }


def test_negolog_profiles_are_parties_and_their_values_the_issues() -> None:
    found = read(negolog, log(), log(reservationValue=0.25))
    assert found.case is not None, said(found, "error")
    assert list(found.case.parties) == ["talks", "a"]
    assert worths(found, "a")["low", "2"] == Fraction("0.4375")
    assert [p.reservation and p.reservation.worth for p in found.case.preferences.values()] == [
        Fraction("0.5"),
        Fraction("0.25"),
    ]
    assert not said(found)


def test_negolog_takes_nought_for_a_reservation_that_is_not_there() -> None:
    data = log()
    del data["reservationValue"]
    assert "gives no reservation: NegoLog takes 0" in said(read(negolog, log(), data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (log(issues={**TABLES, "pay": {"low": 1, "hihg": 2}}), "'hihg' is not a value of pay in the domain"),
        (log(issues={"pay": TABLES["pay"]}), "says nothing of the issue 'days' of the domain"),
        (log(issueWeights=[1, 2]), "weights has to be a mapping"),
        (log(reservationValue="half"), "half is not a number: a reservation has to be one"),
    ],
)
def test_what_is_wrong_with_negolog_files_is_said(data: Any, words: str) -> None:
    assert words in wrong(negolog, log(), data)


# -- NegMAS -------------------------------------------------------------------------------------------

SPACE = """
name: talks
type: DiscreteCartesianOutcomeSpace
issues:
- {name: pay, type: CategoricalIssue, values: [low, high]}
- {name: days, type: ContiguousIssue, values: [0, 2]}
"""
ADDITIVE = """
name: north
type: negmas.preferences.crisp.linear.LinearAdditiveUtilityFunction
reserved_value: 0.5
weights: [0.75, 0.25]
values:
- {type: TableFun, mapping: {low: 0.25, high: 1}}
- {type: AffineFun, bias: 0.5, slope: 0.25}
"""


def test_negmas_functions_are_worths_on_their_own_scale() -> None:
    found = read(negmas, SPACE, ADDITIVE)
    assert found.case is not None, said(found, "error")
    assert found.case.issues["days"].values == ("0", "1", "2")
    assert worths(found, "north")["high", "2"] == 1
    assert worths(found, "north")["low", "0"] == Fraction("0.3125")
    held = found.case.preferences["north"].reservation
    assert held is not None
    assert held.worth == Fraction("0.5")


@pytest.mark.parametrize("text", ["-.inf", "-inf", "null", ""])
def test_a_reservation_of_minus_infinity_is_left_open(text: str) -> None:
    found = read(negmas, SPACE, ADDITIVE.replace("reserved_value: 0.5", f"reserved_value: {text}"))
    assert found.case is not None, said(found, "error")
    assert found.case.preferences["north"].reservation is None
    assert any("is left open" in message for message in said(found))


def test_a_discounted_function_keeps_the_reservation_inside_it() -> None:
    inside = "\n".join("  " + line for line in ADDITIVE.strip().splitlines())
    text = f"type: ExpDiscountedUFun\nname: x\ndiscount: 0.9\nreserved_value: -.inf\nufun:\n{inside}\n"
    found = read(negmas, SPACE, text)
    assert found.case is not None, said(found, "error")
    made = found.case.preferences["north"]
    assert made.reservation is not None
    assert made.delay is not None
    assert (made.reservation.worth, made.delay.factor) == (Fraction("0.5"), Fraction("0.9"))
    assert any("where NegMAS drops it on loading" in message for message in said(found))


def test_linear_functions_are_worths_of_the_numbers_themselves() -> None:
    domain = SPACE.replace("CategoricalIssue, values: [low, high]", "ContiguousIssue, values: [3, 5]")
    text = "type: AffineUtilityFunction\nname: a\nreserved_value: 1\nbias: 2\nweights: [0.5, 4]\n"
    found = read(negmas, domain, text)
    assert worths(found, "a")["3", "1"] == Fraction("7.5")
    assert "is a function of numbers, and 'pay' has named values" in wrong(negmas, SPACE, text)


small = st.integers(-1, 5)


@examples(st.lists(st.tuples(small, small, st.integers(-3, 9)), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_bounds_of_boxes_do_not_count_as_in_negmas(boxes: list[tuple[int, int, int]]) -> None:
    domain = "issues:\n- {name: x, type: ContiguousIssue, values: [0, 4]}\n"
    domain += "- {name: y, type: ContiguousIssue, values: [0, 1]}\n"
    ranges = "".join(f"- {{0: [{low}, {high}]}}\n" for low, high, _ in boxes)
    utilities = ", ".join(str(u) for *_, u in boxes)
    text = (
        f"type: HyperRectangleUtilityFunction\nname: a\nreserved_value: 0\n"
        f"outcome_ranges:\n{ranges}utilities: [{utilities}]\n"
    )
    found = read(negmas, domain, text)
    made = worths(found, "a")
    for (x, _), worth in made.items():
        assert worth == sum(u for low, high, u in boxes if low < int(x) < high)


@pytest.mark.parametrize(
    ("domain", "text", "words"),
    [
        (SPACE, ADDITIVE.replace("[0.75, 0.25]", "[1]"), "has 1 weights for 2 issues"),
        (SPACE, ADDITIVE.replace("[0.75, 0.25]", "{pay: 1, day: 1}"),
         "there is no issue 'day' in the domain"),
        (SPACE, ADDITIVE.replace("[0.75, 0.25]", "[.nan, 1]"),
         ".nan is not a number: a weight has to be one"),
        (SPACE, ADDITIVE.replace("AffineFun", "CosFun"), "there is no reading of 'CosFun'"),
        (SPACE, ADDITIVE.replace("LinearAdditiveUtilityFunction", "RandomUtilityFunction"),
         "there is no reading of 'RandomUtilityFunction'"),
        (SPACE, ADDITIVE.replace("high: 1", "hihg: 1"), "'hihg' is not a value of pay in the domain"),
        (SPACE.replace("[0, 2]", "[2, 0]"), ADDITIVE, "is upside down: it goes from 2 to 0"),
        (SPACE.replace("name: days", "name: pay"), ADDITIVE, "there are two issues called 'pay'"),
        (ADDITIVE, SPACE, "is no domain: it holds no issues"),
        (SPACE, "a: &x [1]\nb: *x\n", "an anchor (&x) cannot be used"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_negmas_files_is_said(domain: str, text: str, words: str) -> None:
    assert any(words in message for message in wrong(negmas, domain, text))


@pytest.mark.parametrize("format", [geniusweb, negmas, negolog])
@examples(noise=st.text(max_size=40) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["issues", "issuesValues", "LinearAdditiveUtilitySpace", "values", "type", "x"]),
        inner, max_size=4,
    ),
    max_leaves=12,
).map(json.dumps))  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_nothing_but_words_comes_of_anything(format: Any, noise: str) -> None:
    for contents in ((noise,), (DOMAIN, noise), (SPACE, noise), (log(), noise), (noise, space())):
        found = read(format, *contents)
        assert found.case is not None or said(found, "error")
