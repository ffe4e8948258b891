"""How papers put outcomes, proposals and conclusions, without the names that the program gives."""

from __future__ import annotations

import pytest

from accordant.brief import plainly
from accordant.brief.context import Context
from accordant.brief.document import plain
from tests.brief.kinds import papers


@pytest.fixture(scope="module")
def january() -> Context:
    return papers.context("january-2024")


def test_an_outcome_is_what_it_is_in_the_case(january: Context) -> None:
    assert plain(plainly.outcome(january, "s1")) == "the status quo"
    assert plain(plainly.outcome(january, "s27")) == "“leaders leave”"
    told = "the outcome “Halt in the fighting: pause; People held in Gaza: some”"
    assert plain(plainly.outcome(january, "s13")) == told


def test_where_a_case_has_no_issues_an_outcome_has_the_name_that_its_author_gave_it() -> None:
    assert plain(plainly.outcome(papers.context("games/no-nash-cycle"), "s2")) == "the outcome “s2”"


def test_a_proposal_is_introduced_with_who_made_it_and_when(january: Context) -> None:
    said = plain(plainly.introduced(january, "leaders-leave"))
    assert said == "“leaders leave” (Government of Israel, January 2024)"


def test_sentences_of_other_rooms_lose_the_names_of_states(january: Context) -> None:
    text = "Hamas prefers no deal (s1) to s27, leaders-leave."
    said = plain(plainly.sentence(january, text, "s27"))
    assert said == "Hamas prefers no deal to it, “leaders leave”."


def test_what_is_said_of_one_proposal_stands_together(january: Context) -> None:
    ids = [
        "acceptable(leaders-leave, hamas)",
        "agreement(leaders-leave)",
        "acceptable(leaders-leave, israel)",
    ]
    (said,) = plainly.conclusions(january, ids)
    says = "“leaders leave” is acceptable to Hamas and Government of Israel and so an agreement"
    assert plain(said) == says
    (said,) = plainly.conclusions(january, ids[:2], so=False)
    assert plain(said) == "“leaders leave” is not acceptable to Hamas, and so no agreement"


def test_outcomes_that_hold_alike_are_counted(january: Context) -> None:
    ids = [f"holds({s}, {c})" for s in ("s1", "s3", "s4") for c in ("nash", "gmr")]
    (said,) = plainly.conclusions(january, ids)
    assert plain(said) == "the status quo and two other outcomes hold under Nash and GMR"
    (said,) = plainly.conclusions(january, ["holds(s1, seq)"], so=False)
    assert plain(said) == "the status quo does not hold under SEQ"


def test_a_longer_list_is_cut_and_the_rest_counted(january: Context) -> None:
    from accordant.brief.document import rich

    clauses = [rich("a"), rich("b"), rich("c"), rich("d")]
    assert plain(plainly.some(clauses, 2)) == "a; b; and two more"
    assert plain(plainly.some(clauses[:2], 2)) == "a; b"
    assert plain(plainly.some(clauses, 1)) == "a and three more"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1991", "1991"),
        ("2024-13", "2024-13"),
        ("../2024-01-30", "until 30 January 2024, beginning not known"),
        ("2023-11-24/2023-12-01", "24 November 2023 to 1 December 2023"),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(written: str, read: str) -> None:
    assert plainly.dated(written) in (read, "")


def test_parts_of_the_case_are_named_by_what_they_are_of(january: Context) -> None:
    assert plain(plainly.element(january, "issues.truce")) == "who settles “Halt in the fighting”"
    assert (
        plain(plainly.element(january, "hamas.priorities.2"))
        == "an aim of Hamas: Halt in the fighting: lasting"
    )
    red = "a red line of Hamas: People held in Gaza: some/all and Halt in the fighting: none"
    assert plain(plainly.element(january, "hamas.never.1")) == red
    labour = papers.context("labour")
    rule = "the rule “Strike: yes only if Rise an hour: 0.00 crowns”"
    assert plain(plainly.element(labour, "feasible.1")) == rule
    assert plain(plainly.element(labour, "union.delay")) == "what waiting costs Portside Workers' Union"
