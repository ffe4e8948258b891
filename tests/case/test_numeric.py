"""Numeric issues: values from ranges, one text for each number, comparison by number, lines of worth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.checks import UNGROUNDED
from accordant.case.digest import digest
from accordant.case.expressions import parse
from accordant.case.folder import read_folder
from accordant.case.objects import Case, Issue, Linear, Range
from accordant.case.ranges import number, shortest
from accordant.errors import ExpressionError
from tests.case.casefiles import folder

TENTHS = st.integers(-50, 50).map(lambda k: Decimal(k) / 10)
STEPS = st.sampled_from([Decimal(s) for s in ("0.1", "0.25", "0.5", "1", "2", "2.50")])
SIGNS = ("=", "!=", "<", "<=", ">", ">=")

PAY = """\
title: Pay
as_of: 2025-01
parties: {firm: {}, union: {}}
issues:
  # what the union asks for
  pay: {by: {joint: [firm, union]}, range: {from: 0, to: 10.00, step: 0.50}, unit: percent, assumed: law}
  night: {by: firm, assumed: law}
status_quo: {state: {pay: 0.0, night: no}, assumed: today}
preferences:
  firm:
    worth: {pay: {linear: [[0, 0], [10, -3]]}, night: {no: 0, yes: 1}}   # in millions
    assumed: counted
    reservation: 25   # its own
    delay: {cost: 0.1, days: 7, assumed: lost orders}
proposals:
  plan:
    by: firm
    stages:   # one after the other
      - {name: first, day: 0, package: {pay: "2.50"}, assumed: read out}
      - {name: second, day: 30, package: {night: yes}, assumed: read out}
    terms: grant
    assumed: read out
terms:
  grant: {by: union, kind: inducement, worth: {firm: 1}, assumed: told}
"""


def test_values_are_exact_ascending_and_short() -> None:
    made = Range.model_validate({"from": "-0.30", "to": "0.3", "step": "0.1"})
    assert made.values == ("-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3")


@given(TENTHS, STEPS, st.integers(1, 40))
def test_a_range_is_arithmetic(first: Decimal, step: Decimal, steps: int) -> None:
    made = Range.model_validate({"from": first, "to": first + steps * step, "step": step})
    assert [Fraction(v) for v in made.values] == [
        Fraction(first) + k * Fraction(step) for k in range(steps + 1)
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_the_shortest_text_of_a_number_is_that_number(value: Decimal) -> None:
    text = shortest(value)
    assert Fraction(text) == Fraction(value)
    assert "e" not in text.lower()
    assert not text.startswith("+")
    assert "." not in text or text[-1] not in "0."
    assert text != "-0"
    assert number(text) == value


def case(**parts: Any) -> Case:
    issues = {
        "pay": {"by": ["a", "b"], "range": {"from": "0", "to": "10", "step": "0.5"}},
        "x": {"by": "a", "values": ["0.50", "1.00"]},
    }
    return Case.model_validate({"title": "t", "parties": {"a": {}, "b": {}}, "issues": issues, **parts})


def test_a_value_may_be_written_as_any_text_of_its_number() -> None:
    made = case(
        status_quo={"pay": "0.00", "x": "0.50"},
        states={"high": {"pay": "1e1"}},
        proposals={"p": {"package": {"pay": "2.50", "x": "1.00"}}},
        preferences={
            "a": {
                "ranking": [[{"pay": "3.0"}], {"pay": "+4"}],
                "table": [[{"pay": "5.0"}, "1"]],
                "reservation": {"state": {"pay": "07"}},
                "incomparable": [["s1", {"pay": "1.0"}]],
            }
        },
        perceptions={"b": {"unseen": [{"pay": "9.50"}]}},
        positions={"a": {"pay": {"wants": "2.50"}, "x": {"wants": "1.00"}}},
    )
    assert made.status_quo is not None
    assert made.status_quo.state == {"pay": "0", "x": "0.50"}  # listed values stay as they are written
    assert made.states == {"high": {"pay": "10"}}
    assert made.proposals["p"].package == {"pay": "2.5", "x": "1.00"}
    preference = made.preferences["a"]
    assert preference.ranking == (({"pay": "3"},), {"pay": "4"})
    assert preference.table == (({"pay": "5"}, Decimal(1)),)
    assert preference.reservation is not None
    assert preference.reservation.state == {"pay": "7"}
    assert preference.incomparable == (("s1", {"pay": "1"}),)
    assert made.perceptions["b"].unseen == ({"pay": "9.5"},)
    assert {i: p.wants for i, p in made.positions["a"].items()} == {"pay": "2.5", "x": "1.00"}


def test_values_are_shown_with_their_unit_where_they_are_numbers() -> None:
    issue = Issue(by=("a",), values=("none", "5"), unit="percent")
    assert [issue.shown(v) for v in issue.values] == ["none", "5 percent"]
    assert Issue(by=("a",)).shown("yes") == "yes"


def test_one_of_a_unit_of_time_is_singular() -> None:
    years = Issue(by=("a",), values=("0", "1", "1.0", "1.5", "11"), unit="Years")
    shown = [years.shown(v) for v in years.values]
    assert shown == ["0 Years", "1 Year", "1.0 Year", "1.5 Years", "11 Years"]
    told = {"working days": "working day", "Jahre": "Jahre", "million hours": "million hours", "days": "day"}
    for unit, singular in told.items():
        assert Issue(by=("a",), values=("1",), unit=unit).shown("1") == f"1 {singular}"


@given(TENTHS, STEPS, st.integers(1, 30), st.sampled_from(SIGNS), st.integers(-100, 100))
def test_expressions_compare_numbers(
    first: Decimal, step: Decimal, steps: int, sign: str, hundredths: int
) -> None:
    values = Range.model_validate({"from": first, "to": first + steps * step, "step": step}).values
    asked = Decimal(hundredths) / 20
    exact = [Fraction(v) for v in values]
    legal = exact[0] <= asked <= exact[-1] and (sign not in ("=", "!=") or Fraction(asked) in exact)
    try:
        expression = parse(f"pay {sign} {asked}", {"pay": values})
    except ExpressionError:
        assert not legal
        return
    assert legal
    compare = {
        "=": Fraction.__eq__,
        "!=": lambda a, b: a != b,
        "<": Fraction.__lt__,
        "<=": Fraction.__le__,
        ">": Fraction.__gt__,
        ">=": Fraction.__ge__,
    }[sign]
    found = expression.evaluate({"pay": np.arange(len(values))}).tolist()
    assert found == [compare(v, Fraction(asked)) for v in exact]


def test_what_is_no_number_or_does_not_ascend_is_compared_by_place() -> None:
    descending = {"x": ("30", "20", "10")}
    assert parse("x > 30", descending).evaluate({"x": np.arange(3)}).tolist() == [False, True, True]
    with pytest.raises(ExpressionError, match="'25' is not a value of 'x'"):
        parse("x > 25", descending)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("pay = 2.3", "is not a value", "next to it are 2 and 2.5; < and > take any number between"),
        ("pay > 11", "lies outside", "they go from 0 to 10"),
        ("pay < -1", "lies outside", "they go from 0 to 10"),
        ("x = 0.5", "is not a value", "write 0.50"),
    ],
)
def test_a_number_that_is_no_value_is_said_with_what_is_next(text: str, message: str, hint: str) -> None:
    values = {name: issue.values for name, issue in case().issues.items()}
    with pytest.raises(ExpressionError, match=message) as caught:
        parse(text, values)
    assert caught.value.hint == hint


@st.composite
def lines(draw: st.DrawFn) -> Linear:
    xs = sorted(draw(st.sets(st.integers(-20, 20), min_size=2, max_size=6)))
    return Linear(linear=tuple((Decimal(x), draw(TENTHS)) for x in xs))


@given(lines(), st.integers(0, 100))
def test_a_line_is_straight_between_its_points(line: Linear, place: int) -> None:
    first, last = Fraction(line.linear[0][0]), Fraction(line.linear[-1][0])
    x = first + (last - first) * place / 100
    (a, low), (b, high) = next(
        (one, two) for one, two in zip(line.linear, line.linear[1:], strict=False) if one[0] <= x <= two[0]
    )
    share = (x - Fraction(a)) / (Fraction(b) - Fraction(a))
    assert line.at(x) == (1 - share) * Fraction(low) + share * Fraction(high)
    with pytest.raises(ValueError, match="outside"):
        line.at(last + 1)


@st.composite
def words_with_points(draw: st.DrawFn) -> tuple[list[str], list[tuple[int, Decimal]]]:
    """Values of an issue, and worths for some of their places, the first and the last among them."""
    words = ["none", "5", "5.0", "Low", "no", "1/2", "nan", "50"]
    values = draw(st.permutations(words).map(lambda v: v[: draw(st.integers(2, 8))]).filter(any_word))
    inner = draw(st.sets(st.integers(0, len(values) - 1)))
    return values, [(k, draw(TENTHS)) for k in sorted({0, len(values) - 1, *inner})]


def any_word(values: list[str]) -> bool:
    return not set(values) <= {"5", "5.0", "50"}


@given(words_with_points())
def test_words_are_evenly_spaced_along_a_line(given_: tuple[list[str], list[tuple[int, Decimal]]]) -> None:
    values, points = given_
    line = Linear.model_validate({"linear": [[values[k], str(y)] for k, y in points]})
    places = Linear(linear=tuple((Decimal(k), y) for k, y in points))
    if not {"5", "5.0"} <= set(values):
        assert line.along(values) == {v: places.at(Decimal(k)) for k, v in enumerate(values)}
    worths = [line.along(values)[v] for v in values]
    for (one, low), (two, high) in pairwise(points):
        steps = {b - a for a, b in zip(worths[one:two], worths[one + 1 : two + 1], strict=True)}
        assert steps == {(Fraction(high) - Fraction(low)) / (two - one)}


def test_numbers_among_words_are_met_however_they_are_written() -> None:
    line = Linear.model_validate({"linear": [["none", "0"], ["5", "3"], ["50.0", "4"]]})
    assert line.along(("none", "1", "2", "5.00", "50")) == {"none": 0, "1": 1, "2": 2, "5.00": 3, "50": 4}


@pytest.mark.parametrize(
    ("points", "values", "message"),
    [
        ([["low", 0], ["tall", 1]], ("low", "high"), "no value tall"),
        ([["high", 0], ["low", 1]], ("low", "high"), "not in order"),
        ([["low", 0], ["low", 1], ["high", 1]], ("low", "high"), "not in order"),
        ([["low", 0], ["some", 1]], ("low", "some", "high"), "outside"),
        ([["some", 0], ["high", 1]], ("low", "some", "high"), "outside"),
        ([], ("low", "high"), "outside"),
        ([["9", 0], ["1", 1]], ("9", "5", "1"), "do not ascend"),
    ],
)
def test_a_line_that_does_not_fit_its_values_has_no_worths(
    points: list[list[Any]], values: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Linear.model_validate({"linear": points}).along(values)


# Files


def changed(room: Path, change: dict[str, Any]) -> str:
    before = read_folder(folder(room, PAY, None))
    before.save(before.case.model_copy(update=change))
    assert read_folder(room).case == before.case.model_copy(update=change)
    return (room / "case.yaml").read_text(encoding="utf-8")


def test_a_changed_range_is_written_without_its_values(tmp_path: Path) -> None:
    issues = dict(read_folder(folder(tmp_path, PAY, None)).case.issues)
    finer = Range.model_validate({"from": "0", "to": "10", "step": "0.25"})
    issues["pay"] = issues["pay"].model_copy(update={"range": finer, "values": finer.values})
    assert changed(tmp_path, {"issues": issues}) == PAY.replace("step: 0.50", "step: 0.25")


def test_a_changed_reservation_stays_short(tmp_path: Path) -> None:
    firm = read_folder(folder(tmp_path, PAY, None)).case.preferences["firm"]
    assert firm.reservation is not None
    held = firm.reservation.model_copy(update={"worth": (Decimal(20), Decimal(30))})
    text = changed(tmp_path, {"preferences": {"firm": firm.model_copy(update={"reservation": held})}})
    assert text == PAY.replace("reservation: 25 ", "reservation: [20, 30] ")


def test_a_changed_stage_touches_nothing_else(tmp_path: Path) -> None:
    plan = read_folder(folder(tmp_path, PAY, None)).case.proposals["plan"]
    later = plan.stages[1].model_copy(update={"day": 60})
    stages = (plan.stages[0], later)
    text = changed(tmp_path, {"proposals": {"plan": plan.model_copy(update={"stages": stages})}})
    assert text == PAY.replace("day: 30", "day: 60")


def test_a_new_stage_leaves_the_package_out(tmp_path: Path) -> None:
    plan = read_folder(folder(tmp_path, PAY, None)).case.proposals["plan"]
    third = plan.stages[0].model_copy(update={"name": "third", "day": 90, "package": {"pay": "5"}})
    update = {"stages": (*plan.stages, third), "package": {"pay": "5", "night": "yes"}}
    text = changed(tmp_path, {"proposals": {"plan": plan.model_copy(update=update)}})
    assert "{name: third, day: 90, package: {pay: 5}, assumed: read out}" in text
    assert text.replace("      - {name: third, day: 90, package: {pay: 5}, assumed: read out}\n", "") == PAY


def test_a_case_is_the_same_however_its_numbers_are_written(tmp_path: Path) -> None:
    one = read_folder(folder(tmp_path / "one", PAY, None))
    other = (
        PAY.replace("10.00", "10")
        .replace("0.50", "5e-1")
        .replace('"2.50"', "2.5")
        .replace(": 25 ", ": 25.0 ")
    )
    two = read_folder(folder(tmp_path / "two", other, None))
    assert digest(one.case) == digest(two.case)
    assert digest(read_folder(folder(tmp_path / "two", other.replace("25.0", "26"), None)).case) != digest(
        two.case
    )


def test_a_right_case_of_numbers_is_read_without_a_word(tmp_path: Path) -> None:
    grounded = PAY.replace("reservation: 25 ", "reservation: {worth: 25, assumed: told} ")
    assert read_folder(folder(tmp_path, grounded, None)).problems == ()


def test_a_short_reservation_counts_as_an_assumption(tmp_path: Path) -> None:
    (found,) = read_folder(folder(tmp_path, PAY, None)).problems
    assert (found.path, found.message, found.severity) == (
        "preferences.firm.reservation",
        UNGROUNDED,
        "warning",
    )
    line = PAY.splitlines()[found.line - 1] if found.line else ""
    assert "reservation: 25" in line
