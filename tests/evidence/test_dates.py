"""Times as written: found, placed, and no narrower than the words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.dates import dates_in
from accordant.evidence.spans import Span

BASE = date(2024, 1, 31)  # a Wednesday


def written(text: str, base: date | None = BASE) -> list[tuple[str, str, str]]:
    found = dates_in(text, Span(0, len(text)), base)
    return [(w.text, str(w.first or ""), str(w.last or "")) for w in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2024-01-30", ("2024-01-30", "2024-01-30", "2024-01-30")),
        ("in 2024-01", ("2024-01", "2024-01-01", "2024-01-31")),
        ("on 30 January 2024", ("30 January 2024", "2024-01-30", "2024-01-30")),
        ("on January 30, 2024", ("January 30, 2024", "2024-01-30", "2024-01-30")),
        ("in January 2024", ("January 2024", "2024-01-01", "2024-01-31")),
        ("on Jan. 5", ("Jan. 5", "2024-01-05", "2024-01-05")),
        ("They met on 5 March", ("5 March", "2023-03-05", "2023-03-05")),
        ("They met in May", ("May", "2023-05-01", "2023-05-31")),
        ("since 2019", ("2019", "2019-01-01", "2019-12-31")),
        ("earlier this month", ("earlier this month", "2024-01-01", "2024-01-31")),
        ("this month", ("this month", "2024-01-01", "2024-01-31")),
        ("last week", ("last week", "2024-01-22", "2024-01-28")),
        ("late Tuesday", ("late Tuesday", "2024-01-30", "2024-01-30")),
        ("They met on Wednesday", ("Wednesday", "2024-01-31", "2024-01-31")),
        ("last Wednesday", ("last Wednesday", "2024-01-24", "2024-01-24")),
        ("next Friday", ("next Friday", "2024-02-02", "2024-02-02")),
        ("yesterday", ("yesterday", "2024-01-30", "2024-01-30")),
        ("two days ago", ("two days ago", "2024-01-29", "2024-01-29")),
        ("three months ago", ("three months ago", "2023-10-01", "2023-10-31")),
        ("nearly four months", ("nearly four months", "", "")),
        ("a 45-day pause", ("45-day", "", "")),
        ("They will meet on Friday", ("Friday", "", "")),
        ("in recent weeks", ("in recent weeks", "", "")),
        ("on 3/4/2024", ("3/4/2024", "", "")),
        ("on 13/4/2024", ("13/4/2024", "2024-04-13", "2024-04-13")),
        ("on 31 February 2024", ("31 February 2024", "", "")),
    ],
)
def test_a_time_is_read_as_written(text: str, expected: tuple[str, str, str]) -> None:
    assert written(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "70% of the force",
        "in 1950 homes",
        "of 2000 people",
        "May said yes",
        "the march went on",
        "a day of rest",
        "version 1.2.3",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert written(text) == []


def test_without_a_date_of_the_report_relative_times_stay_open() -> None:
    assert written("late Tuesday, this month, two days ago", None) == [
        ("late Tuesday", "", ""),
        ("this month", "", ""),
        ("two days ago", "", ""),
    ]


@given(st.text(alphabet="0123456789 -/.,thisJanuarylwekdyomonFr"), st.dates())
def test_any_text_and_any_date_are_survived_and_places_are_true(text: str, base: date) -> None:
    for w in dates_in(text, Span(0, len(text)), base):
        assert text[w.at.start : w.at.end] == w.text
        assert (w.first is None) == (w.last is None)
        assert w.first is None or w.last is None or w.first <= w.last


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_full_date_is_the_day_it_says(day: date) -> None:
    for text in (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}"):
        assert written(text, None) == [(text, day.isoformat(), day.isoformat())]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_weekday_in_the_past_is_within_a_week(base: date) -> None:
    (found,) = dates_in("They met on Thursday", Span(0, 20), base)
    assert found.first is not None
    assert found.first.weekday() == 3
    assert base - timedelta(days=6) <= found.first <= base
