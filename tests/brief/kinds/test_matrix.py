"""The issue matrix: what stands in a cell, how well it is grounded, how many parties fit on a page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.brief.build import build
from accordant.brief.document import Brief, Cell, Paragraph, Table, plain
from accordant.brief.kinds import NothingToTellError
from accordant.brief.kinds.matrix import ACROSS
from accordant.brief.parts.cell_evidence import best
from tests.brief import fakes, talks

NORTH, SOUTH = 1, 2


def matrix(changes: dict[str, Any] | None = None, sources: dict[str, Any] | None = None) -> Brief:
    return build(fakes.opened(fakes.case(changes, sources)), "matrix")


def tables(brief: Brief) -> list[Table]:
    return [b for b in brief.blocks() if isinstance(b, Table) and b.id.startswith("matrix-table")]


def cell(brief: Brief, issue: str, party: int) -> Cell:
    row = next(r for r in tables(brief)[0].rows if r.id == f"issue-{issue}")
    return row.cells[party]


def lead(brief: Brief) -> str:
    return next(plain(b.text) for b in brief.blocks() if isinstance(b, Paragraph) and b.style == "lead")


@pytest.fixture(scope="module")
def made() -> Brief:
    return matrix()


def test_a_cell_says_what_is_wanted_how_much_and_how_well_it_is_sourced(made: Brief) -> None:
    lines = plain(cell(made, "departure", NORTH).text).split("\n")
    assert lines == ["wants yes", "importance: high", "cannot be judged, one origin [1]"]


def test_a_cell_without_a_claim_is_hatched_and_says_that_it_is_assumed(made: Brief) -> None:
    found = cell(made, "departure", SOUTH)
    assert found.mark == "assumed"
    assert "interest: its hold\nassumed" in plain(found.text)


def test_a_red_line_stands_in_the_row_of_each_issue_that_it_speaks_of(made: Brief) -> None:
    red = "never departure: yes and Truce: none (assumed [A"
    assert red in plain(cell(made, "departure", SOUTH).text)
    assert red in plain(cell(made, "truce", SOUTH).text)


def test_where_no_position_is_stated_the_first_preference_line_stands_in_its_place(made: Brief) -> None:
    assert plain(cell(made, "truce", NORTH).text) == "prefers lasting\nunsure"


def test_the_lead_says_where_parties_differ_and_how_much_has_a_single_origin(made: Brief) -> None:
    assert lead(made) == (
        "The parties say they want different things on departure. One issue has the word of one party at "
        "most. Of four filled cells one is assumed and two have a single origin."
    )


def test_parties_that_ask_for_the_same_are_said_to() -> None:
    wanted = {"departure": {"wants": "no", "because": ["c2"]}}
    assert "They ask for the same on departure." in lead(
        matrix({"positions": {"north": wanted, "south": wanted}})
    )


def test_claims_that_are_out_ground_no_cell() -> None:
    brief = matrix({"positions": {"north": {"departure": {"wants": "no", "because": ["c3"]}}}})
    assert cell(brief, "departure", NORTH).mark == "assumed"


def test_origins_that_are_certainly_one_count_once() -> None:
    sources = deepcopy(fakes.SOURCES)
    sources["origins"]["again"] = sources["origins"]["spokesman"]
    sources["claims"]["c4"] = {**sources["claims"]["c2"], "origin": "again", "grade": "C2"}
    position = {"north": {"departure": {"wants": "no", "because": ["c2", "c4"]}}}
    text = plain(cell(matrix({"positions": position}, sources), "departure", NORTH).text)
    assert "B3 or C2, one origin" in text


def test_many_parties_are_split_over_pages_with_the_issues_again() -> None:
    many = {f"p{k}": {"name": f"Party {k}"} for k in range(ACROSS + 2)}
    made = matrix({"parties": {**fakes.CASE["parties"], **many}})
    found = tables(made)
    assert [len(t.columns) - 1 for t in found] == [5, 5]
    assert len({tuple(plain(r.cells[0].text) for r in t.rows) for t in found}) == 1
    assert plain(found[1].title) == "Positions, interests and red lines, part 2 of 2: Party 3 to Party 7"
    assert len(made.ids()) == len(set(made.ids()))


def test_a_case_that_says_nothing_of_any_issue_has_no_matrix() -> None:
    silent: dict[str, Any] = {"positions": {}, "preferences": {}}
    with pytest.raises(NothingToTellError, match="nothing is said of what anybody wants"):
        matrix(silent)


def test_worths_without_positions_say_nothing_issue_by_issue() -> None:
    with pytest.raises(NothingToTellError):
        build(talks.opened(talks.THREE), "matrix")


# Grades

GRADE = st.builds("{}{}".format, st.sampled_from("ABCDEF"), st.sampled_from("123456"))


def as_good(one: str, other: str) -> bool:
    """From the definition: on each axis known to be as good, or the other says nothing there."""
    return all(b in "F6" or (a not in "F6" and a <= b) for a, b in ((one[0], other[0]), (one[1], other[1])))


@given(st.lists(GRADE, min_size=1, max_size=8))
def test_every_grade_left_out_has_one_that_is_as_good(grades: list[str]) -> None:
    kept = best(grades)
    assert kept
    assert set(kept) <= set(grades)
    assert all(any(as_good(k, g) for k in kept) for g in grades)
    assert not any(as_good(a, b) for a in kept for b in kept if a != b)
