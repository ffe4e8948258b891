"""How reliable the register makes a source on a day, against a twin that goes through every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.register import Entry, days, entry_of, links, reliability, weakest
from accordant.case.sources import Registered, Sources
from tests.case.sourcing import DATES, cases, steps


def twin(entry: Registered, when: str | None) -> list[str]:
    """Every grade that holds on some day, straight from the definition: the last step not after the day."""
    first, last = days(when) or (date(2022, 12, 30), date(2024, 4, 1))
    found: list[str] = []
    for k in range((last - first).days + 1):
        day = first + timedelta(days=k)
        held = "F"
        began = date.min
        for step in entry.reliability:
            start = date.min if step.from_ is None else days(step.from_)[0]  # type: ignore[index]
            if began <= start <= day:
                began, held = start, step.grade
        if held not in found:
            found.append(held)
    return found


@given(steps, st.none() | st.sampled_from(DATES))
def test_the_grades_of_a_time_are_those_of_its_days(given_: list[dict[str, str]], when: str | None) -> None:
    entry = Registered.model_validate({"name": "n", "reliability": given_})
    found = reliability(entry, when)
    assert list(found.possible) == twin(entry, when)
    assert found.grade == (found.possible[0] if len(found.possible) == 1 else "F")


def test_a_source_is_not_judged_before_the_register_begins() -> None:
    entry = Registered.model_validate(
        {"name": "n", "reliability": [{"from": "2024-02", "grade": "B", "reason": "Right twice."}]}
    )
    assert [reliability(entry, d).grade for d in ("2024-01-31", "2024-02-01", "2024", None)] == list("FBFF")


@given(cases())
def test_a_line_of_sources_is_no_more_reliable_than_any_of_them(case: Case) -> None:
    for claim in case.claims:
        found = links(case, claim)
        grade = weakest(found)
        assert all(link.grade <= grade for link in found)
        assert ("F" in [link.grade for link in found]) <= (grade == "F")
        outer = case.claims[claim].within
        if outer in case.claims and grade != "F":
            assert weakest(links(case, outer)) <= grade


def of(origin: dict[str, str], **register: dict[str, object]) -> Entry | None:
    sources = Sources.model_validate({"origins": {"o": origin}, "register": register})
    return entry_of(Case(title="t", parties={}, sources=sources), "o")


def test_an_unnamed_origin_is_no_entry_unless_it_is_linked_by_hand() -> None:
    aide = {"name": "an aide", "kind": "described"}
    assert of({"kind": "described", "words": "an aide", "name": "an aide"}, e=aide) is None
    assert of({"kind": "described", "register": "e"}, e=aide) == Entry("e", "linked")


def test_two_entries_of_one_name_leave_it_open_which_is_meant() -> None:
    ida = {"name": "Ida Renn"}
    assert of({"kind": "named", "name": "ida renn"}, e=ida) == Entry("e", "by name")
    assert (
        of({"kind": "named", "name": "Ida Renn"}, e=ida, f={"name": "I. R.", "aliases": ["IDA RENN"]}) is None
    )


@pytest.mark.parametrize(
    "text", ["", "2024-13", "../..", "2024-1-1-1", "lately", "2024-02-30", "٢٠٢٤", "2024/2023", "/"]
)
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert days(text) is None
