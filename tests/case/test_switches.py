"""Switches: which grounds each takes away, what it leaves in because the case does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.dates import when
from accordant.case.grounds import falls_with
from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.case.switches import FORMS, WORDS, Switch, combined, default_switches, parse_switches
from accordant.errors import InputError

REPORT = {"file": "reports/r1.txt", "sha256": "0" * 64}


def claim(**parts: Any) -> dict[str, Any]:
    return {"report": "r1", "quote": "q", "at": [0, 1], "says": "q", "kind": "position", **parts}


def made(
    claims: Mapping[str, Any],
    origins: Mapping[str, Any] | None = None,
    reports: Mapping[str, Any] | None = None,
    **parts: Any,
) -> Case:
    sources = {"reports": reports or {"r1": REPORT}, "origins": origins or {}, "claims": dict(claims)}
    raw = {"title": "t", "parties": {"north": {}, "south": {}}, "sources": sources, **parts}
    return Case.model_validate(raw)


def switch(case: Case, name: str) -> Switch:
    (found,) = parse_switches(case, [name])
    return found


def takes(case: Case, name: str) -> set[str]:
    return set(switch(case, name).grounds)


DATED = made(
    {
        "early": claim(reported="2024-01-05"),
        "month": claim(reported="2024-01"),
        "late": claim(reported="2024-02-01"),
        "since": claim(reported="2024-01-15/.."),
        "until": claim(reported="../2024-01-09"),
        "paper": claim(),
        "never": claim(report="r2"),
    },
    reports={"r1": {**REPORT, "published": "2024-01-20"}, "r2": {**REPORT, "file": "reports/r2.txt"}},
)


def test_what_is_certainly_later_falls_and_what_may_be_is_counted() -> None:
    found = switch(DATED, "after:2024-01-10")
    assert found.grounds == {"late", "since", "paper"}
    assert found.left_undecided == ("month", "never")


def test_what_is_certainly_earlier_falls_and_what_may_be_is_counted() -> None:
    found = switch(DATED, "before:2024-01-10")
    assert found.grounds == {"early", "until"}
    assert found.left_undecided == ("month", "never")


def test_the_day_itself_is_neither_before_nor_after() -> None:
    assert "paper" not in takes(DATED, "after:2024-01-20") | takes(DATED, "before:2024-01-20")


def test_a_month_is_as_long_as_it_is() -> None:
    assert takes(DATED, "after:2024-01") == {"late"}
    assert switch(DATED, "after:2024-01").left_undecided == ("since", "never")
    assert takes(DATED, "before:2024-02") == {"early", "month", "until", "paper"}


def test_a_claim_has_the_date_of_its_report_only_where_it_has_none_of_its_own() -> None:
    assert takes(DATED, "undated") == {"never"}
    assert "early" not in takes(DATED, "after:2024-01-10")


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(
    lambda at: (date(2024, 1, 1) + timedelta(at[0]), date(2024, 1, 1) + timedelta(at[0] + at[1]))
)


@given(st.lists(SPANS, min_size=1, max_size=5), st.integers(0, 45), st.sampled_from(("after", "before")))
def test_a_claim_falls_when_every_day_it_may_mean_lies_on_that_side(
    spans: list[tuple[date, date]], at: int, form: str
) -> None:
    """Day by day: all of them beyond, none of them, or some."""
    case = made({f"c{k}": claim(reported=f"{a}/{b}") for k, (a, b) in enumerate(spans)})
    limit = date(2024, 1, 1) + timedelta(at)
    found = switch(case, f"{form}:{limit}")
    for k, (first, last) in enumerate(spans):
        days = [first + timedelta(d) for d in range((last - first).days + 1)]
        beyond = [day > limit if form == "after" else day < limit for day in days]
        assert (f"c{k}" in found.grounds) == all(beyond)
        assert (f"c{k}" in found.left_undecided) == (any(beyond) and not all(beyond))


def test_below_a_grade_is_worse_on_either_axis_and_what_cannot_be_judged_is_not_below() -> None:
    grades = ("A1", "C3", "D3", "C4", "F4", "E6", "F3", "C6", "F6")
    case = made({g: claim(grade=g) for g in grades})
    both = switch(case, "below:C3")
    assert both.grounds == {"D3", "C4", "F4", "E6"}
    assert both.left_undecided == ("F3", "C6", "F6")
    assert takes(case, "below:C") == {"D3", "E6"}
    assert switch(case, "below:C").left_undecided == ("F4", "F3", "F6")
    assert takes(case, "below:3") == {"C4", "F4"}
    assert takes(case, "below:e5") == set()
    assert takes(case, "ungraded") == {"F6"}


@pytest.mark.parametrize("grade", ["F3", "C6", "F", "6", "F6", "3C", "CC", "C3x", "", "G", "0"])
def test_no_grade_that_says_nothing_is_one_to_be_below(grade: str) -> None:
    with pytest.raises(InputError, match="write below:C3, below:C or below:3"):
        parse_switches(made({}), [f"below:{grade}"])


REPORTS = {
    "r1": {**REPORT, "outlet": "The Meridian (fictional)"},
    "r2": {**REPORT, "file": "reports/r2.txt", "outlet": "Web Page", "original": "r1"},
    "r3": {**REPORT, "file": "reports/r3.txt", "outlet": "Harbour Courier"},
}
ORIGINS = {
    "pair": {"kind": "described", "words": "two people"},
    "told-courier": {"kind": "named", "name": "Ida Renn", "outlet": "Harbour Courier"},
    "page": {"kind": "outlet", "name": "Web Page"},
}


def test_everything_that_goes_back_to_an_outlet_through_rewrites() -> None:
    claims = {
        "own": claim(origin="pair"),
        "retold": claim(origin="pair", report="r2"),
        "voice": claim(origin="page", report="r2"),
        "heard": claim(origin="told-courier", report="r2"),
        "other": claim(origin="pair", report="r3"),
        "inside": claim(origin="told-courier", within="own"),
    }
    case = made(claims, ORIGINS, REPORTS)
    assert takes(case, "outlet:meridian") == {"own", "retold", "voice", "inside"}
    assert takes(case, "outlet:web page") == {"voice"}
    assert takes(case, "outlet:Harbour Courier") == {"heard", "other", "inside"}
    assert switch(case, "outlet:meridian").id == "outlet:The Meridian"


def test_outlets_that_cite_each_other_in_a_circle_go_back_to_each_of_them() -> None:
    reports = {
        "r1": {**REPORTS["r1"], "original": "r2"},
        "r2": REPORTS["r2"],
        "r3": {**REPORTS["r3"], "original": "r1"},
    }
    case = made({"c1": claim(origin="pair"), "c3": claim(origin="pair", report="r3")}, ORIGINS, reports)
    assert takes(case, "outlet:meridian") == takes(case, "outlet:web page") == {"c1", "c3"}


def test_a_report_falls_with_what_rewrites_it() -> None:
    claims = {
        "own": claim(origin="pair"),
        "retold": claim(origin="pair", report="r2"),
        "heard": claim(origin="told-courier", report="r2"),
        "other": claim(origin="pair", report="r3"),
    }
    case = made(claims, ORIGINS, REPORTS)
    assert takes(case, "report:r1") == {"own", "retold"}
    assert takes(case, "report:r2") == {"retold", "heard"}


def test_sides_kinds_unnamed_people_and_assumptions() -> None:
    origins = {**ORIGINS, "minister": {"kind": "named", "name": "A. Minister", "side": "south"}}
    claims = {"c1": claim(origin="pair"), "c2": claim(origin="minister", kind="offer", attribution="named")}
    issues = {"open": {"by": "north", "because": ["c2"]}, "leave": {"by": "south"}}
    case = made(claims, origins, REPORTS, issues=issues)
    assert takes(case, "side:south") == takes(case, "kind:offer") == {"c2"}
    assert takes(case, "side:north") == set()
    assert takes(case, "unnamed") == {"c1"}
    assert takes(case, "assumptions") == {"assumed:issues.leave"}
    assert {s.id for s in default_switches(case)} == {
        "unnamed",
        "assumptions",
        "side:south",
        "outlet:The Meridian",
        "ungraded",
    }


def test_what_takes_away_nothing_that_stands_is_not_tried_of_itself() -> None:
    case = made({"c1": claim(status="retracted", origin="pair", grade="D4")}, ORIGINS, REPORTS)
    assert default_switches(case) == ()


def test_ids_come_first_and_each_switch_is_there_once() -> None:
    case = made({"c1": claim(), "unnamed": claim(grade="B2")}, {"pair": ORIGINS["pair"]})
    assert takes(case, "unnamed") == {"unnamed"}
    found = parse_switches(case, ["c1", "Below: c3", "pair", "c1", "below:C3"])
    assert [s.id for s in found] == ["c1", "below:C3", "pair"]
    assert parse_switches(case, found) == found


def test_every_mistake_is_told_at_once_with_what_is_allowed() -> None:
    case = made({"c1": claim()})
    with pytest.raises(InputError) as told:
        parse_switches(case, ["c2", "below:F", "after:lately", "side:suoth", "kind:offr", "report:r9"])
    lines = str(told.value).split("\n")
    assert len(lines) == 6
    assert all(name in lines[0] for name in (*WORDS, *FORMS, "c1"))
    assert "nothing is below them" in lines[1]
    assert "write after:YYYY" in lines[2]
    assert "did you mean 'south'?" in lines[3]
    assert "did you mean 'offer'?" in lines[4]
    assert "r1" in lines[5]


@pytest.mark.parametrize("text", ["2024-13", "2024-01/2024-02", "../2024", "", "2024-02-30"])
def test_a_limit_is_one_date(text: str) -> None:
    assert "/" in text or when(text) is None
    with pytest.raises(InputError, match="is no date"):
        parse_switches(made({}), [f"before:{text}"])


def test_one_source_of_the_register_is_all_the_origins_that_are_it() -> None:
    origins = {
        "renn": {"kind": "named", "name": "Ida Renn"},
        "minister": {"kind": "role", "words": "the minister", "register": "renn"},
        "other": {"kind": "named", "name": "Per Aas"},
    }
    case = made({"c1": claim(origin="renn", grade="B2"), "c2": claim(origin="minister", grade="B2")}, origins)
    register = {"renn": {"name": "Ida Renn"}, "aas": {"name": "Per Aas"}}
    sources = Sources.model_validate(
        {**case.sources.model_dump(by_alias=True, mode="json"), "register": register}
    )
    case = case.model_copy(update={"sources": sources})
    assert takes(case, "source:renn") == {"renn", "minister"}
    assert falls_with(case, takes(case, "source:renn")) == {"c1", "c2"}
    tried = {s.id for s in default_switches(case)}
    assert "source:renn" in tried
    assert "source:aas" not in tried  # one origin stands for itself


def test_together_what_one_takes_away_is_left_in_by_none() -> None:
    both = combined(parse_switches(DATED, ["after:2024-01-10", "before:2024-02", "late"]))
    assert both.parts == ("after:2024-01-10", "before:2024-02", "late")
    assert both.grounds == {"early", "month", "until", "paper", "late", "since"}
    assert both.left_undecided == ("never",)
