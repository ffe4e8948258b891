"""What a brief says of strength of preference and of pairs whose order is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant

WELL = Path(__file__).parents[2] / "docs" / "examples" / "well"


@pytest.fixture(scope="module")
def brief() -> str:
    return accordant.load(WELL).brief().markdown()


def line_with(text: str, words: str) -> str:
    found = [line for line in text.splitlines() if words in line]
    assert len(found) == 1, found
    return found[0]


def test_a_decisive_line_is_shown_as_one(brief: str) -> None:
    assert "(**decisive**)" in line_with(brief, 'id="element-upper-priorities-1"')
    assert "(**decisive**)" in line_with(brief, 'id="element-upper-never-1"')
    assert "decisive" not in line_with(brief, 'id="element-upper-priorities-2"')
    assert brief.count("Where that line is decisive, one is strongly preferred to the other.") == 1


def test_a_marked_gap_of_a_ranking_is_shown_between_its_levels(brief: str) -> None:
    assert "≫ a strong preference" in line_with(brief, "States; = is a tie")
    ranking = line_with(brief, 'id="element-lower-ranking"')
    assert ranking.count(" ≫ ") == 2
    assert "&gt;" not in ranking  # no gap of this ranking is unmarked
    assert ">>" not in ranking


def test_pairs_of_unknown_order_are_shown_as_the_case_writes_them(brief: str) -> None:
    said = line_with(brief, 'id="pairs-district"')
    assert "The order is not known between [s1](#state-s1) and [s2](#state-s2); between " in said
    assert "Whether it accepts a state is answered as if nothing were known of its order." in said
    assert "All other pairs tie" not in said


def test_pairs_alone_say_that_all_others_tie(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "title: t\nas_of: 2024\nparties: {a: {}, b: {}}\n"
        "issues: {x: {by: a, assumed: t}, y: {by: b, assumed: t}}\n"
        "status_quo: {state: {x: no, y: no}, assumed: t}\n"
        "preferences: {a: {incomparable: [[s1, s4]]}, b: {priorities: [{want: x, assumed: t}]}}\n",
        encoding="utf-8",
    )
    brief = accordant.load(tmp_path).brief().markdown()
    assert "All other pairs tie." in line_with(brief, 'id="pairs-a"')
    assert "Nothing is said of what" not in brief
