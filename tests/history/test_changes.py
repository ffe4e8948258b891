"""What differs between two cases: made all together the changes turn one into the other."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.digest import digest
from accordant.case.folder import examine
from accordant.case.objects import Case, Either
from accordant.errors import InputError
from accordant.history.changes import applied, changes
from tests.documents import ROOT
from tests.history.pairs import pairs, strangers


@settings(max_examples=20)
@given(pairs(most=5) | strangers())
def test_all_changes_together_make_the_new_case(both: tuple[Case, Case]) -> None:
    old, new = both
    made = applied(old, changes(old, new))
    assert digest(made) == digest(new)
    assert [list(made.parties), list(made.issues)] == [list(new.parties), list(new.issues)]


@settings(max_examples=20)
@given(pairs() | strangers())
def test_a_case_does_not_differ_from_itself(both: tuple[Case, Case]) -> None:
    old, new = both
    assert not changes(old, old)
    assert bool(changes(old, new)) == (digest(old) != digest(new))
    assert applied(old, ()) == old


@settings(max_examples=20)
@given(pairs(most=4) | strangers(), st.data())
def test_the_order_of_changes_does_not_matter(both: tuple[Case, Case], data: st.DataObject) -> None:
    old, new = both
    found = changes(old, new)
    some = data.draw(st.lists(st.sampled_from(found), unique_by=id)) if found else []
    shuffled = data.draw(st.permutations(some))
    assert applied(old, some) == applied(old, shuffled)


@settings(max_examples=20)
@given(pairs(most=4) | strangers())
def test_every_change_has_a_name_and_words_of_its_own(both: tuple[Case, Case]) -> None:
    found = changes(*both)
    assert len({change.id for change in found}) == len(found)
    assert all(change.says.strip() for change in found)


@settings(max_examples=20)
@given(pairs(most=4) | strangers(), st.data())
def test_what_is_left_is_what_was_not_done(both: tuple[Case, Case], data: st.DataObject) -> None:
    """Each change by itself changes something, and a half-way case needs only the others."""
    old, new = both
    found = changes(old, new)
    for change in found:
        assert applied(old, [c for c in found if c is not change]) != new or digest(old) == digest(new)


SHIPPED = ("january-2024", "labour", "river", "supply", "elmira", "games/prisoners-dilemma")


@cache
def shipped(name: str) -> Case:
    found = examine(ROOT / "cases" / name, report_text=None).case
    assert found is not None
    return found


def case(**parts: Any) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {name: {"by": "a"} for name in "wxyz"},
            **parts,
        }
    )


def said(old: Case, new: Case) -> list[str]:
    return [change.says for change in changes(old, new)]


def test_a_line_that_moves_is_one_change() -> None:
    old = case(preferences={"a": {"priorities": ["w", "x", "y", "z"]}})
    new = case(preferences={"a": {"priorities": ["z", "w", "x", "y"]}})
    assert said(old, new) == ["a: 'z' moved from line 4 to line 1"]


def test_a_line_that_is_turned_round_is_one_change() -> None:
    old = case(preferences={"a": {"priorities": ["w", "x"]}})
    new = case(preferences={"a": {"priorities": ["w", "not x"]}})
    assert said(old, new) == ["a: line 2 now says 'not x' instead of 'x'"]


def test_lines_whose_order_becomes_unknown_are_one_change() -> None:
    old = case(preferences={"a": {"priorities": ["w", "x", "y"]}})
    new = case(preferences={"a": {"priorities": ["w", {"either": ["x", "y"]}]}})
    (change,) = changes(old, new)
    assert change.says == "a: the order of 'x' and 'y' is no longer known"
    assert applied(new, changes(new, old)) == old


def test_a_line_can_join_a_group_by_itself() -> None:
    old = case(preferences={"a": {"priorities": ["w", {"either": ["x", "y"]}, "z"]}})
    new = case(preferences={"a": {"priorities": [{"either": ["x", "y", "z"]}]}})
    found = {change.says: change for change in changes(old, new)}
    assert set(found) == {
        "a: line 1 is gone: 'w'",
        "a: the order of 'z' against the lines beside it is no longer known",
    }
    half = applied(old, [found["a: line 1 is gone: 'w'"]]).preferences["a"].priorities
    assert half is not None
    assert [isinstance(entry, Either) for entry in half] == [True, False]


def test_grounds_of_a_line_are_told_in_words() -> None:
    old = case(preferences={"a": {"priorities": [{"want": "x", "because": ["c1", "c2"]}]}})
    new = case(preferences={"a": {"priorities": [{"want": "x", "because": ["c2", "c3"], "unsure": "true"}]}})
    assert said(old, new) == [
        "a: line 1 ('x') stands on c3 now instead of c1",
        "a: line 1 ('x') is unsure now",
    ]


def test_remarks_are_not_compared() -> None:
    old = case(note="one", preferences={"a": {"priorities": [{"want": "x", "note": "one"}]}})
    new = case(note="two", preferences={"a": {"priorities": [{"want": "x", "note": "two"}]}})
    assert not changes(old, new)


def test_changes_of_another_case_are_refused() -> None:
    one, other = (case(preferences={"a": {"priorities": lines}}) for lines in (["w"], ["w", "x"]))
    with pytest.raises(InputError, match=r"those of another case: preferences\.a\.priorities"):
        applied(case(preferences={"a": {"priorities": ["y"]}}), changes(one, other))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"as_of": "2024-01"}, {"as_of": "2024-02"}, "the date is now 2024-02, was 2024-01"),
        ({}, {"no_deal": {"w": "yes"}}, "no deal is now w: yes"),
        (
            {"status_quo": {"w": "no"}},
            {"status_quo": {"w": "yes"}},
            "the status quo is now w: yes, was w: no",
        ),
        ({"feasible": ["w"]}, {"feasible": ["w", "x -> y"]}, "new rule 2: 'x -> y'"),
        (
            {"proposals": {"p": {"package": {"w": "yes"}}}},
            {"proposals": {"p": {"package": {"w": "no"}}}},
            "the proposal p: its package is now w: no, was w: yes",
        ),
        ({}, {"proposals": {"p": {"package": {"w": "yes"}}}}, "the proposal p is new: w: yes"),
        ({}, {"preferences": {"b": {"priorities": ["x"]}}}, "b: what it wants is stated now"),
        (
            {"preferences": {"b": {"priorities": ["x"]}}},
            {"preferences": {"b": {"ranking": [{"x": "yes"}, {"x": "no"}]}}},
            "b: a ranking says what it wants now, instead of priorities",
        ),
        (
            {"positions": {"a": {"w": {"wants": "no"}}}},
            {"positions": {"a": {"w": {"wants": "yes"}}}},
            "a on w: what it asks for is now yes, was no",
        ),
        ({}, {"relations": [{"from": "a", "to": "b", "kind": "rival"}]}, "new relation: a to b, rival"),
    ],
)
def test_changes_in_words(old: dict[str, Any], new: dict[str, Any], words: str) -> None:
    assert said(case(**old), case(**new)) == [words]


def test_claims_and_reports_in_words() -> None:
    claim = {"report": "r1", "quote": "q", "at": [0, 1], "says": "they agreed", "kind": "offer"}
    report = {"file": "reports/r1.txt", "sha256": "0" * 64, "outlet": "The Courier"}
    old = case(sources={"reports": {"r1": report}, "claims": {"c1": claim, "c2": claim}})
    new = case(
        sources={
            "reports": {"r1": report, "r2": {**report, "title": "Talks"}},
            "claims": {"c1": {**claim, "status": "retracted", "grade": "C3"}, "c3": claim},
        }
    )
    assert sorted(said(old, new)) == [
        "c1 is graded C3 now, was F6",
        "c1 is retracted now, was open",
        "c2 is gone: they agreed",
        "c3 is new: they agreed",
        "the report r2 is new: The Courier, Talks",
    ]


@pytest.mark.parametrize("one", SHIPPED)
def test_any_shipped_case_becomes_any_other(one: str) -> None:
    """Every part of the format is in some of them: worths, rankings, graphs, stages, guarantees."""
    old = shipped(one)
    for other in SHIPPED:
        new = shipped(other)
        found = changes(old, new)
        assert digest(applied(old, found)) == digest(new)
        assert digest(applied(old, reversed(found))) == digest(new)
        assert bool(found) == (one != other)
