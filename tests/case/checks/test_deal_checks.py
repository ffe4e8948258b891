"""Checks of what bargaining needs: ranges, worths, reservations, delay, stages, guarantees; all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.case.checks import UNGROUNDED
from accordant.errors import Problem
from tests.case.casefiles import folder, problems

PARTS = {
    "issues.pay": "{by: {joint: [firm, union]}, range: {from: 0, to: 10, step: 0.5}, unit: percent}",
    "issues.night": "{by: firm}",
    "firm": "{worth: {pay: {linear: [[0, 0], [10, -3]]}, night: {no: 0, yes: 1}}}",
    "union": "{worth: {pay: {linear: [[0, 0], [10, 5]]}, night: {no: 1, yes: 0}}}",
    "plan": "{by: firm, package: {pay: 3}}",
    "more": "",
}


def written(**changed: str) -> str:
    parts = {**PARTS, **{key.replace("__", "."): text for key, text in changed.items()}}
    return f"""\
title: Pay
as_of: 2025-01
parties: {{firm: {{}}, union: {{}}, envoy: {{role: mediator}}}}
issues:
  pay: {parts["issues.pay"]}
  night: {parts["issues.night"]}
status_quo: {{pay: 0, night: no}}
preferences:
  firm: {parts["firm"]}
  union: {parts["union"]}
proposals:
  plan: {parts["plan"]}
{parts["more"]}
"""


def found(room: Path, severity: str, **changed: str) -> list[Problem]:
    every = problems(folder(room, written(**changed), None), severity)
    return [p for p in every if p.message != UNGROUNDED]


def told(room: Path, severity: str = "error", **changed: str) -> list[tuple[str, str, str | None]]:
    return [(p.path, p.message, p.hint) for p in found(room, severity, **changed)]


def issue(text: str) -> str:
    return "{by: {joint: [firm, union]}, " + text + "}"


@pytest.mark.parametrize(
    ("text", "path", "message", "hint"),
    [
        (
            "range: {from: 10, to: 0, step: 1}",
            "range",
            "is upside down: from 10 to 0",
            "write {from: 0, to: 10, …}; values ascend",
        ),
        (
            "range: {from: 0, to: 10, step: 3}",
            "range.step",
            "steps of 3 from 0 do not lead to 10",
            "write to: 9 or 12, or another step",
        ),
        (
            "range: {from: 0, to: 1, step: 3}",
            "range.step",
            "steps of 3 from 0 do not lead to 1",
            "write to: 3, or another step",
        ),
        ("range: {from: 0, to: 10, step: 0}", "range.step", "a step is greater than 0", None),
        ("range: {from: 0, to: 10, step: -1}", "range.step", "a step is greater than 0", None),
        (
            "range: {from: 0, to: 5000, step: 1}",
            "range",
            "makes 5,001 values; at most 5,000 are taken",
            "take a larger step; with 'divisible: true' what lies between the steps counts too",
        ),
        ("range: {from: 3, to: 3, step: 1}", "range", "has one value only; an issue needs at least two", "…"),
        ("range: {from: NaN, to: 3, step: 1}", "range.from", "must be a finite number", None),
        ("range: {from: 0, to: inf, step: 1}", "range.to", "must be a finite number", None),
        ("range: {from: 0, to: ten, step: 1}", "range.to", "must be a number", None),
        ("range: {from: 0, to: 10}", "range", "needs the key 'step'", None),
        ("range: 0-10", "range", "must be a mapping", "write {from: 0, to: 10, step: 0.5}"),
        (
            "range: {from: 0, to: 1e-200, step: 1e-201}",
            "range.to",
            "is too small: numbers of up to 100 digits are kept exactly",
            "…",
        ),
        (
            "range: {from: 0, to: 10, step: 1}, values: [a, b]",
            "values",
            "gives values and a range",
            "the values follow from the range: keep one of them",
        ),
        (
            "values: [low, high], divisible: true",
            "divisible",
            "'divisible' is for issues whose values are numbers",
            "…",
        ),
        (
            "values: ['2', '1'], transfer: {from: firm, to: union}",
            "transfer",
            "'transfer' is for issues whose values are numbers",
            "…",
        ),
        ("range: {from: 0, to: 10, step: 1}, transfer: {from: firm, to: frim}", "transfer.to", "…", "…"),
        (
            "range: {from: 0, to: 10, step: 1}, transfer: {from: firm, to: firm}",
            "transfer.to",
            "a payment of a party to itself",
            None,
        ),
    ],
)
def test_ranges_that_make_no_sense(
    tmp_path: Path, text: str, path: str, message: str, hint: str | None
) -> None:
    every = told(tmp_path, issues__pay=issue(text))
    here = [(m, h) for p, m, h in every if p == f"issues.pay.{path}"]
    assert len(here) == 1, every
    assert message in ("…", here[0][0])
    assert hint == here[0][1] or (hint == "…" and here[0][1])


@pytest.mark.parametrize(
    "text", ["range: {from: 0, to: 4999, step: 1}", "range: {from: -1, to: 1, step: 0.001}, divisible: true"]
)
def test_large_and_fine_ranges_are_right(tmp_path: Path, text: str) -> None:
    ends = [part.split(",")[0] for part in text.split(": ")[2:4]]
    line = f"{{worth: {{pay: {{linear: [[{ends[0]}, 0], [{ends[1]}, 1]]}}, night: {{no: 0, yes: 1}}}}}}"
    package = f"{{package: {{pay: {ends[1]}}}}}"
    start = {"firm": line, "union": line, "plan": package}
    case = written(issues__pay=issue(text), **start).replace("pay: 0,", f"pay: {ends[0]},")
    assert [str(p) for p in problems(folder(tmp_path, case, None))] == []


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        ("[[0, 0], [5, 1], [3, 2], [10, 3]]", "pay.linear.3.1", "comes after 5: points ascend"),
        ("[[0, 0], [5, 1], [5, 2], [10, 3]]", "pay.linear.3.1", "stands twice"),
        ("[[1, 0], [10, 1]]", "pay.linear", "does not cover the values of pay, which go from 0 to 10"),
        ("[[0, 0], [9.5, 1]]", "pay.linear", "does not cover the values of pay, which go from 0 to 10"),
        ("[]", "pay.linear", "does not cover the values of pay, which go from 0 to 10"),
        ("[[0, 0], [10, NaN]]", "pay.linear.2.2", "must be a finite number"),
        ("[[0, 0], [10, -Infinity]]", "pay.linear.2.2", "must be a finite number"),
        ("[[0, 0], [10]]", "pay.linear.2", "must be a value and its worth"),
        ("5", "pay.linear", "must be a list"),
    ],
)
def test_lines_that_make_no_sense(tmp_path: Path, line: str, path: str, message: str) -> None:
    every = told(tmp_path, firm=f"{{worth: {{pay: {{linear: {line}}}, night: {{no: 0, yes: 1}}}}}}")
    assert (f"preferences.firm.worth.{path}", message) in [(p, m) for p, m, _ in every]


def test_a_line_over_numbers_takes_no_words(tmp_path: Path) -> None:
    every = told(
        tmp_path, firm="{worth: {pay: {linear: [[0, 0], [most, 2], [10, 1]]}, night: {no: 0, yes: 1}}}"
    )
    path = "preferences.firm.worth.pay.linear.2.1"
    assert [(p, m) for p, m, _ in every] == [(path, "is no number, and the values of pay are numbers")]


LEVELS = "{by: firm, values: [none, some, most, all], moves: any}"


def test_a_line_over_words_is_right(tmp_path: Path) -> None:
    line = "{worth: {pay: {linear: [[0, 0], [10, 3]]}, night: {linear: [[none, 0], [most, 2], [all, 9]]}}}"
    union = "{worth: {pay: {linear: [[0, 0], [10, -3]]}, night: {linear: [[none, 0], [all, 1]]}}}"
    case = written(issues__night=LEVELS, firm=line, union=union).replace("night: no}", "night: none}")
    assert [str(p) for p in problems(folder(tmp_path, case, None))] == []


def test_mistakes_of_a_line_over_words_are_said_all_at_once(tmp_path: Path) -> None:
    line = "[[some, 0], [tall, 1], [some, 2], [7, 3], [most, 4], [some, 5], [none, 1e400]]"
    firm = f"{{worth: {{pay: {{linear: [[0, 0], [10, 3]]}}, night: {{linear: {line}}}}}}}"
    union = "{worth: {pay: {linear: [[1, 0], [10, 3]]}, night: {linear: [[some, 0], [most, 9]]}}}"
    case = written(issues__night=LEVELS, firm=firm, union=union).replace("night: no}", "night: none}")
    every = [(p.path, p.message) for p in problems(folder(tmp_path, case, None), "error")]
    at, other = "preferences.firm.worth.night.linear", "preferences.union.worth"
    words = "does not cover the values of night, which go from none to all"
    assert sorted(every) == [
        (at, words),
        (f"{at}.2.1", "'tall' is not a value of night"),
        (f"{at}.4.1", "'7' is not a value of night"),
        (f"{at}.6.1", "comes after most: points follow the order of the issue"),
        (f"{at}.7.1", "comes after some: points follow the order of the issue"),
        (f"{at}.7.2", "is too large: numbers of up to 100 digits are kept exactly"),
        (f"{other}.night.linear", words),
        (f"{other}.pay.linear", "does not cover the values of pay, which go from 0 to 10"),
    ]


def test_a_line_needs_values_in_an_order(tmp_path: Path) -> None:
    firm = "{worth: {pay: {linear: [[0, 0], [10, 3]]}, night: {linear: [[3, 0], [2, 3], [8, 1]]}}}"
    union = "{worth: {pay: {linear: [[0, 0], [10, 3]]}, night: {1: 1, 2: 2, 3: 3}}}"
    case = written(issues__night="{by: firm, values: [3, 1, 2]}", firm=firm, union=union)
    case = case.replace("night: no}", "night: 3}")
    every = [(p.path, p.message, p.hint) for p in problems(folder(tmp_path, case, None), "error")]
    hint = "list them from the least to the greatest, or give each value its number: {value: number, …}"
    message = "a line needs an order, and the values of night are numbers that do not ascend"
    assert ("preferences.firm.worth.night", message, hint) in every
    assert [m for p, m, _ in every if p.endswith("linear.3.1")] == ["'8' is not a value of night"]
    assert len(every) == 2


def test_a_misspelt_line_names_the_right_word(tmp_path: Path) -> None:
    every = told(tmp_path, firm="{worth: {pay: {lineer: [[0, 0], [10, 1]]}, night: {no: 0, yes: 1}}}")
    assert ("preferences.firm.worth.pay.lineer", "unknown key 'lineer'", "did you mean 'linear'?") in every


def test_a_number_alone_is_told_of_lines(tmp_path: Path) -> None:
    (mistake,) = told(tmp_path, firm="{worth: {pay: 3, night: {no: 0, yes: 1}}}")
    assert mistake[2] == "write {linear: [[0, …], [10, …]]}, or a number for each value"


WORTH = "worth: {pay: {linear: [[0, 0], [10, -3]]}, night: {no: 0, yes: 1}}"
LINE, NIGHT = "worth: {pay: {linear: [[0, 0],", "night: {no: 0, yes: 1}"


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (f"{LINE} [10, [3, -3]]]}}, {NIGHT}}}", "worth.pay.linear.2.2", "is upside down: from 3 to -3"),
        (f"{LINE} [10, [3]]]}}, {NIGHT}}}", "worth.pay.linear.2.2", "must be two numbers"),
        (
            f"{LINE} [10, 3]]}}, night: {{no: 0, yes: [2, 1]}}}}",
            "worth.night.yes",
            "is upside down: from 2 to 1",
        ),
        (f"{LINE} [10, 3]]}}, night: {{no: 0, yes: [1]}}}}", "worth.night.yes", "must be two numbers"),
        (f"{LINE} [10, 3]]}}, night: {{no: 0, yes: [1, x]}}}}", "worth.night.yes.2", "must be a number"),
        (f"{LINE} [10, 3]]}}, night: [0, 1]}}", "worth.night", "needs a number for each value"),
        (f"{WORTH}, also: [{{if: night, worth: [2, 1]}}]", "also.1.worth", "is upside down: from 2 to 1"),
        ("table: [[{pay: 0}, [2, 1]]]", "table.1.2", "is upside down: from 2 to 1"),
        (f"{WORTH}, reservation: [30, 20]", "reservation.worth", "is upside down: from 30 to 20"),
        (f"{WORTH}, reservation: NaN", "reservation.worth", "must be a finite number"),
        (f"{WORTH}, reservation: [1, 2, 3]", "reservation.worth", "must be two numbers"),
        (f"{WORTH}, reservation: [1]", "reservation.worth", "must be two numbers"),
        (f"{WORTH}, reservation: {{pay: 3}}", "reservation.pay", "unknown key 'pay'"),
        (f"{WORTH}, reservation: {{because: []}}", "reservation.worth", "says nothing"),
        (f"{WORTH}, reservation: {{worth: 1, state: s1}}", "reservation.worth", "gives a worth and a state"),
        (
            f"{WORTH}, reservation: {{state: {{pay: 11}}}}",
            "reservation.state.pay",
            "'11' is not a value of pay",
        ),
        (f"{WORTH}, reservation: {{state: nowhere}}", "reservation.state", "there is no state 'nowhere'"),
        (
            "priorities: [pay, night], reservation: 5",
            "reservation",
            "a number compares with worths, and there are none",
        ),
        (f"{WORTH}, delay: {{factor: 0}}", "delay.factor", "a factor is greater than 0 and at most 1"),
        (f"{WORTH}, delay: {{factor: 1.01}}", "delay.factor", "a factor is greater than 0 and at most 1"),
        (f"{WORTH}, delay: {{factor: NaN}}", "delay.factor", "must be a finite number"),
        (f"{WORTH}, delay: {{factor: 0.9, cost: 1}}", "delay", "gives a cost and a factor"),
        (f"{WORTH}, delay: {{days: 3}}", "delay", "needs a cost or a factor"),
        (f"{WORTH}, delay: {{cost: 1, days: 0}}", "delay.days", "must be at least 1"),
        (f"{WORTH}, delay: {{cost: 1, days: 1.5}}", "delay.days", "must be a whole number"),
        (
            "priorities: [pay, night], delay: {cost: 1}",
            "delay",
            "waiting is counted in worths, and there are none",
        ),
        (f"{WORTH}, table: [[{{pay: 0}}, 1]]", "table", "gives worth and table; a party has one order"),
        ("table: [[{pay: 11}, 1]]", "table.1.1.pay", "'11' is not a value of pay"),
        ("table: [[{pay: 1}, 1], [{pay: 1.0}, 2]]", "table.2.1", "names pay: 1 twice"),
        ("table: [[{pay: 1}, NaN]]", "table.1.2", "must be a finite number"),
        ("table: [[s1]]", "table.1", "must be a state and its worth"),
    ],
)
def test_worths_that_make_no_sense(tmp_path: Path, text: str, path: str, message: str) -> None:
    every = told(tmp_path, firm=f"{{{text}}}")
    assert (f"preferences.firm.{path}", message) in [(p, m) for p, m, _ in every], every


def test_waiting_that_pays_is_mentioned(tmp_path: Path) -> None:
    (mention,) = told(tmp_path, "warning", firm=f"{{{WORTH}, delay: {{cost: -1}}}}")
    assert mention[:2] == ("preferences.firm.delay.cost", "a cost below 0: the party gains by waiting")


@pytest.mark.parametrize(
    ("stages", "path", "message"),
    [
        (
            "{name: a, day: 5, package: {pay: 1}}, {name: b, day: 3, package: {night: yes}}",
            "stages.2.day",
            "comes before the stage before it, which is due on day 5",
        ),
        (
            "{name: a, day: 0, package: {pay: 1}}, {name: a, day: 3, package: {night: yes}}",
            "stages.2.name",
            "another stage is called 'a' too",
        ),
        ("{name: a, day: -1, package: {pay: 1}}", "stages.1.day", "must be at least 0"),
        ("{name: ' ', day: 1, package: {pay: 1}}", "stages.1.name", "a stage needs a name"),
        ("{name: a, day: 1}", "stages.1", "needs the key 'package'"),
        ("{name: a, day: 1, package: {pay: 2.3}}", "stages.1.package.pay", "'2.3' is not a value of pay"),
        ("{name: a, day: 1, package: {}}", "stages.1.package", "gives no issue a value"),
        ("{name: a, day: soon, package: {pay: 1}}", "stages.1.day", "must be a whole number"),
    ],
)
def test_stages_that_make_no_sense(tmp_path: Path, stages: str, path: str, message: str) -> None:
    assert [(p, m) for p, m, _ in told(tmp_path, plan=f"{{by: firm, stages: [{stages}]}}")] == [
        (f"proposals.plan.{path}", message)
    ]


def test_a_stage_without_a_time_is_mentioned(tmp_path: Path) -> None:
    (mention,) = told(tmp_path, "warning", plan="{by: firm, stages: [{name: a, package: {pay: 1}}]}")
    assert mention[:2] == ("proposals.plan.stages.1", "is due on no day and after no event")


@pytest.mark.parametrize(
    ("package", "messages"),
    [
        ("{pay: 2, night: yes}", []),
        ("{pay: 2.0}", ["night is settled in a stage only"]),
        ("{pay: 3, night: yes}", ["pay is 3 here, and 2 after the last stage"]),
        ("s3", ["is not where the stages together lead"]),
    ],
)
def test_a_package_beside_stages_says_the_same(tmp_path: Path, package: str, messages: list[str]) -> None:
    stages = "{name: a, day: 1, package: {pay: 1}}, {name: b, event: e, package: {pay: 2, night: yes}}"
    plan = f"{{by: firm, package: {package}, stages: [{stages}]}}"
    assert [m for _, m, _ in told(tmp_path, plan=plan)] == messages


def test_neither_package_nor_stages_is_a_mistake(tmp_path: Path) -> None:
    assert told(tmp_path, plan="{by: firm}") == [("proposals.plan", "needs the key 'package'", None)]


TERM = "kind: guarantee, by: envoy, worth: {firm: 1}"


@pytest.mark.parametrize(
    ("term", "path", "message"),
    [
        ("kind: bribe, by: envoy, worth: {firm: 1}", "kind", "'bribe' is not allowed here"),
        ("by: envoy, worth: {firm: 1}", "", "needs the key 'kind'"),
        ("kind: guarantee, by: envy, worth: {firm: 1}", "by.1", "there is no party 'envy'"),
        ("kind: guarantee, by: envoy, worth: {frm: 1}", "worth.frm", "there is no party 'frm'"),
        ("kind: guarantee, by: envoy, worth: {firm: inf}", "worth.firm", "must be a finite number"),
        (f"{TERM}, if: pay >", "if", "the expression breaks off"),
        (f"{TERM}, if: nay", "if", "'nay' is not an issue of this case"),
        (f"{TERM}, removes: [{{party: frm, to: pay}}]", "removes.1.party", "there is no party 'frm'"),
        (f"{TERM}, removes: [{{party: firm}}]", "removes.1", "needs the key 'to'"),
        (
            f"{TERM}, removes: [{{party: firm, to: nay}}]",
            "removes.1.to",
            "'nay' is not an issue of this case",
        ),
        (f"{TERM}, removes: [{{party: firm, to: pay, if: pay = 20}}]", "removes.1.if", "…"),
    ],
)
def test_terms_that_make_no_sense(tmp_path: Path, term: str, path: str, message: str) -> None:
    every = told(tmp_path, more=f"terms: {{t: {{{term}}}}}")
    assert len(every) == 1, every
    assert every[0][0] == f"terms.t.{path}".rstrip(".")
    assert message in ("…", every[0][1])


def test_terms_that_proposals_name_exist(tmp_path: Path) -> None:
    plan = "{by: firm, package: {pay: 1}, terms: [t, tt, t]}"
    every = told(tmp_path, plan=plan, more=f"terms: {{t: {{{TERM}}}}}")
    assert [(p, m, h) for p, m, h in every] == [
        ("proposals.plan.terms.2", "there is no term 'tt'", "did you mean 't'?"),
        ("proposals.plan.terms.3", "names 't' twice", None),
    ]


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("kind: guarantee, by: envoy", "changes no worth and removes no move"),
        ("kind: guarantee, worth: {firm: 1}", "is given by nobody"),
        (
            "kind: guarantee, by: envoy, worth: {envoy: 1}",
            "adds to the worths of envoy, which has given none: it changes nothing for envoy",
        ),
    ],
)
def test_terms_that_change_nothing_are_mentioned(tmp_path: Path, term: str, message: str) -> None:
    assert [m for _, m, _ in told(tmp_path, "warning", more=f"terms: {{t: {{{term}}}}}")] == [message]


def test_an_issue_that_nobody_values_is_mentioned(tmp_path: Path) -> None:
    same = "{worth: {pay: {linear: [[0, 0], [10, 1]]}, night: {no: 1, yes: 1}}}"
    mentions = told(tmp_path, "warning", firm=same, union=same)
    assert [(p, m) for p, m, _ in mentions] == [
        ("issues.night", "nobody's wishes depend on this issue: every value is as good as any other")
    ]


def test_an_issue_that_a_rule_links_to_others_or_somebody_values_is_not(tmp_path: Path) -> None:
    same = "{worth: {pay: {linear: [[0, 0], [10, 1]]}, night: {no: 1, yes: 1}}}"
    assert told(tmp_path, "warning", firm=same, union=same, more="feasible: [night -> pay > 2.3]") == []
    assert told(tmp_path, "warning", firm=same, union="{priorities: [night]}") == []
    with_term = same[:-1] + ", also: [{if: night, worth: 1}]}"
    assert told(tmp_path, "warning", firm=with_term, union=same) == []


def test_a_payment_that_runs_the_wrong_way_is_mentioned(tmp_path: Path) -> None:
    paid = PARTS["issues.pay"].replace("unit: percent", "transfer: {from: union, to: firm}")
    assert [(p, m) for p, m, _ in told(tmp_path, "warning", issues__pay=paid)] == [
        ("preferences.firm.worth.pay", "firm is paid by this issue, and loses where more is paid"),
        ("preferences.union.worth.pay", "union pays by this issue, and gains where more is paid"),
    ]


def test_every_mistake_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    every = found(
        tmp_path,
        "error",
        issues__pay=issue("range: {from: 10, to: 0, step: 1}"),
        firm="{priorities: [pay], reservation: [2, 1], delay: {factor: 2}}",
        plan="{by: firm, stages: [{name: a, day: 1, package: {night: maybe}}], terms: none-such}",
        more="terms: {t: {kind: bribe, by: envoy, worth: {firm: NaN}}}",
    )
    assert {p.path for p in every} == {
        "issues.pay.range",
        "preferences.firm.reservation",
        "preferences.firm.reservation.worth",
        "preferences.firm.delay",
        "preferences.firm.delay.factor",
        "proposals.plan.stages.1.package.night",
        "proposals.plan.terms.1",
        "terms.t.kind",
        "terms.t.worth.firm",
    }
    assert all(p.line for p in every)
