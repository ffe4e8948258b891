"""What only follows from a mistake is not said, and what is said tells how to write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case.checks.test_deal_checks import found, issue, told


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("range: {from: 0, to: 10, step: 0}", "step"),
        ("range: {from: 0, to: 10, step: -1}", "step"),
        ("range: {from: 0, to: 10, step: 4}", "step"),
        ("range: {from: 0, to: inf, step: 1}", "to"),
        ("range: {from: 0, to: 10, step: NaN}", "step"),
        ("range: {from: NaN, to: 10, step: 1}", "from"),
        ("range: {from: 0, to: 10, step: 2,5}", "5"),
        ("range: {from: 0, to: 10}", ""),
    ],
)
def test_a_bad_range_is_all_that_is_said_of_what_depends_on_it(tmp_path: Path, text: str, path: str) -> None:
    firm = "{worth: {pay: {linear: [[1, 0], [7.5, -3]]}, night: {no: 0, yes: 1}}}"
    union = "{worth: {pay: {3: 1, 4.5: 2}, night: {no: 1, yes: 0}}, never: [pay = 3.5]}"
    at = f"issues.pay.range.{path}".rstrip(".")
    assert [p for p, _, _ in told(tmp_path, issues__pay=issue(text), firm=firm, union=union)] == [at]


def test_what_else_is_wrong_is_said_beside_a_bad_range(tmp_path: Path) -> None:
    bad = issue("range: {from: 0, to: 10, step: 0}")
    every = told(tmp_path, issues__pay=bad, plan="{by: firm, package: {pya: 3, night: nope}}")
    assert {p for p, _, _ in every} == {
        "issues.pay.range.step", "proposals.plan.package.pya", "proposals.plan.package.night",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("worth", "path"),
    [
        ("{linear: [[0, 0], [10, NaN]]}", "pay.linear.2.2"),
        ("{linear: [[0, 0], [inf, 1]]}", "pay.linear.2.1"),
        ("{linear: [[0, 0], [5, x], [10, 1]]}", "pay.linear.2.2"),
    ],
)
def test_a_point_that_is_no_number_is_all_that_is_said_of_its_line(
    tmp_path: Path, worth: str, path: str
) -> None:
    every = told(tmp_path, firm=f"{{worth: {{pay: {worth}, night: {{no: 0, yes: 1}}}}}}")
    assert [p for p, _, _ in every] == [f"preferences.firm.worth.{path}"]
    every = told(tmp_path, firm="{worth: {pay: {linear: [[0, 0], [10, 1]]}, night: {no: NaN, yes: 1}}}")
    assert [p for p, _, _ in every] == ["preferences.firm.worth.night.no"]


@pytest.mark.parametrize("line", ["[[0, 0], [10, 3]]", "5"])
def test_a_misspelt_line_is_suggested(tmp_path: Path, line: str) -> None:
    every = told(tmp_path, firm=f"{{worth: {{pay: {{liner: {line}}}, night: {{no: 0, yes: 1}}}}}}")
    at = "preferences.firm.worth.pay.liner"
    assert every == [(at, "unknown key 'liner'", "did you mean 'linear'?")]


def test_decimal_commas_and_units_are_told_how_to_be_written(tmp_path: Path) -> None:
    comma = issue("range: {from: 0, to: 10, step: 2,5}")
    assert [h for _, _, h in told(tmp_path, issues__pay=comma)] == ["numbers take a point: write step: 2.5"]
    firm = "{worth: {pay: {linear: [[0, 0], [10, '60,5']]}, night: {no: 0, yes: 12%}}}"
    assert {h for _, _, h in told(tmp_path, firm=firm)} == {"write 60.5", "write 12, without the unit"}
    for value, hint in (("3 percent", "write 3, without the unit"), ("'2,5'", "write 2.5")):
        plan = f"{{by: firm, package: {{pay: {value}}}}}"
        assert [h for _, _, h in told(tmp_path, plan=plan)] == [hint]


def test_dates_in_another_order_are_told_how_to_be_written(tmp_path: Path) -> None:
    plan = "{by: firm, package: {pay: 3}, date: 31.12.2024}"
    (hint,) = [h for p, _, h in told(tmp_path, "warning", plan=plan) if p == "proposals.plan.date"]
    assert hint == "write 2024-12-31"


def test_many_values_of_a_numeric_issue_are_listed_as_their_range(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "error", plan="{by: firm, package: {pay: 3.3}}")
    assert (one.allowed, one.hint) == (("0 to 10 in steps of 0.5",), "next to it are 3 and 3.5")


@pytest.mark.parametrize(
    ("number", "message"),
    [("1e400", "is too large"), ("1e-400", "is too small"), ("1." + "3" * 5_000, "has 5,001 digits")],
)
def test_numbers_that_are_too_large_or_too_long_say_so_and_are_cut(
    tmp_path: Path, number: str, message: str
) -> None:
    firm = f"{{worth: {{pay: {{linear: [[0, 0], [10, {number}]]}}, night: {{no: 0, yes: 1}}}}}}"
    (one,) = found(tmp_path, "error", firm=firm)
    assert one.message.startswith(message)
    assert one.found is not None
    assert len(one.found) <= 40
    assert one.found.endswith("…") == (len(number) > 40)
    assert one.hint
