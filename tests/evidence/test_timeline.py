"""What happened when: every date as exactly as it is written, nothing told twice, nothing withheld."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.case.checks.dates import written_right
from accordant.case.dates import when
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.evidence.handling import Handling
from accordant.evidence.timeline import KINDS, Happening, timeline

ROOT = Path(__file__).parents[2] / "cases"


def case_of(**more: Any) -> Case:
    said = {"report": "r", "quote": "a", "at": [0, 1], "says": "They met", "kind": "contact", "by": "north"}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {"name": "The South"}},
            "sources": {
                "reports": {"r": {"file": "reports/r.txt", "sha256": "0" * 64, "published": "2031-05-20"}},
                "origins": {"aide": {"kind": "described", "words": "an aide"}},
                "claims": {
                    "c1": {**said, "event": "2031-05-02", "origin": "aide"},
                    "c2": {**said, "event": "2031-04", "says": "They called"},
                    "c3": {**said, "handling": "restricted", "says": "They hid", "event": "2031-03"},
                    "c4": {**said, "status": "contradicted", "event": "2031-02"},
                },
            },
            "events": {
                "met": {"what": "A meeting", "date": "2031-05-02", "who": ["north"], "because": ["c1"]},
                "fire": {"what": "A fire", "date": "2031-05/..", "who": ["south"]},
                "letter": {"what": "A letter", "who": ["north", "south"]},
                "secret": {"what": "A secret", "date": "2031-01", "because": ["c3"]},
            },
            **more,
        }
    )


def by_id(case: Case, *shown: str, everything: bool = False) -> dict[str, Happening]:
    held = Handling.everything(case) if everything else Handling(case)
    result = timeline(case, held, shown) if shown else timeline(case, held)
    return {h.id: h for h in result.happenings}


def test_what_a_contact_is_known_from_is_not_told_twice() -> None:
    found = by_id(case_of())
    assert list(found) == ["c2", "fire", "met", "letter"]
    assert [h.kind for h in found.values()] == ["contact", "event", "contact", "event"]
    assert found["met"].unnamed
    assert found["letter"].when is None


def test_what_only_restricted_claims_tell_is_left_out_and_counted() -> None:
    case = case_of()
    result = timeline(case, Handling(case), KINDS)
    text = str(result.to_json()) + result.table().to_csv()
    assert "secret" not in text.lower()
    assert "They hid" not in text
    assert result.left_out == 2  # the event and the contact
    assert "secret" in by_id(case, everything=True)


def test_a_claim_that_does_not_count_is_set_aside() -> None:
    case = case_of()
    result = timeline(case, Handling(case))
    assert "c4" not in {h.id for h in result.happenings}
    assert result.set_aside == 1


def test_a_kind_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'contact'"):
        timeline(case_of(), Handling(case_of()), ["contacts"])


@pytest.mark.parametrize("name", ["january-2024", "labour", "river", "supply", "valley"])
def test_everything_with_a_date_is_told_once(name: str) -> None:
    case = accordant.load(ROOT / name).case
    result = timeline(case, Handling.everything(case), KINDS)
    keys = [(h.kind == "claim", h.id) for h in result.happenings]
    assert len(keys) == len(set(keys))
    ids = {h.id for h in result.happenings}
    assert set(case.events) | set(case.proposals) | set(case.reports) <= ids
    assert [h.number for h in result.happenings] == list(range(1, len(ids) + 1))
    dated = [h.when.first or h.when.last for h in result.happenings if h.when]
    assert dated == sorted(d for d in dated if d is not None)
    known = [h.when is not None for h in result.happenings]
    assert known == sorted(known, reverse=True)  # what has no date comes last
    assert all(len(row) == len(result.table().columns) for row in result.table().rows)


def days_meant(text: str) -> tuple[date | None, date | None]:
    """The slow twin: both ends, by trying every day of the years around."""
    ends = text.split("/") if "/" in text else [text, text]
    found: list[date | None] = []
    for k, end in enumerate(ends):
        if end == "..":
            found.append(None)
            continue
        year = int(end[:4])
        days = [
            date(year, month, day)
            for month in range(1, 13)
            for day in range(1, calendar.monthrange(year, month)[1] + 1)
            if date(year, month, day).isoformat().startswith(end)
        ]
        found.append(days[0] if k == 0 else days[-1])
    return found[0], found[1]


parts = st.dates(date(1990, 1, 1), date(2050, 12, 31)).flatmap(
    lambda d: st.sampled_from([d.isoformat(), d.isoformat()[:7], d.isoformat()[:4]])
)
spans = st.one_of(
    parts,
    st.tuples(parts, parts).map("/".join),
    parts.map(lambda p: f"{p}/.."),
    parts.map(lambda p: f"../{p}"),
)


@given(spans)
def test_a_date_means_the_days_that_begin_with_it(text: str) -> None:
    assert written_right(text)
    first, last = days_meant(text)
    found = when(text)
    if first is not None and last is not None and last < first:
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last) == (first, last)


@given(st.text(max_size=20))
def test_whatever_is_written_as_a_date_is_read_or_left(text: str) -> None:
    found = when(text)
    if found is not None:
        assert found.first or found.last
        assert written_right(found.written)


@given(st.permutations(list(case_of().events)))
def test_the_order_of_the_file_changes_nothing_of_what_is_told(order: list[str]) -> None:
    case = case_of()
    other = case.model_copy(update={"events": {id_: case.events[id_] for id_ in order}})
    one, two = (timeline(c, Handling(c)) for c in (case, other))
    assert one.finding == two.finding
    assert {(h.id, h.written) for h in one.happenings} == {(h.id, h.written) for h in two.happenings}
