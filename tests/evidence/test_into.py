"""Accepted suggestions into a case: what is added, what is there already, and nothing else."""

from __future__ import annotations

import hashlib

import pytest

from accordant.case.objects import Case
from accordant.case.sources import Origin
from accordant.evidence.adding import add
from accordant.evidence.into import (
    Draft,
    claim_at,
    drafted,
    edited,
    free_id,
    report_in,
    with_teller,
    with_tellings,
)
from accordant.evidence.parties import party_in
from accordant.evidence.result import ReadResult
from tests.evidence.read_helpers import reading

TEXT = (
    "The Northern Council has proposed that the leaders leave the valley, two people familiar with the talks "
    "told the Harbour Courier. The Council claims that the Front is weak. “It is on the table,” said one "
    "of the two people. They met on 4 March 2031."
)
RAW = TEXT.encode()
CASE = Case.model_validate(
    {
        "title": "t",
        "parties": {"north": {"name": "Northern Council"}, "south": {"aliases": ["the Front"]}},
        "issues": {"x": {"by": "north"}},
    }
)


@pytest.fixture
def result() -> ReadResult:
    return reading(TEXT, published="2031-03-12")


def drafts(case: Case, result: ReadResult) -> list[Draft]:
    made: list[Draft] = []
    for claim in result.claims:
        made.append(drafted(case, result, claim, made))
    return made


def test_a_draft_is_filled_in_as_far_as_report_and_case_allow(result: ReadResult) -> None:
    first, *_ = drafts(CASE, result)
    assert (first.kind, first.by, first.grade) == ("offer", "north", "F6")
    assert first.says == "The Northern Council has proposed that the leaders leave the valley"
    assert first.new_origin is not None
    about = first.new_origin
    assert (about.kind, about.count, about.outlet) == ("described", 2, "Harbour Courier")


def test_everything_accepted_enters_with_its_place_its_hash_and_its_nesting(result: ReadResult) -> None:
    added = add(CASE, result, RAW, drafts(CASE, result), "2031-03-13")
    assert added.report == "r1"
    report = added.case.reports["r1"]
    assert report.sha256 == hashlib.sha256(RAW).hexdigest()
    assert added.files == {report.file: RAW}
    assert added.claims == ("c1", "c2", "c3", "c4")
    for claim in added.case.claims.values():
        assert result.text[claim.at[0] : claim.at[1]] == claim.quote
        assert claim.origin in added.case.origins
        assert (claim.reported, claim.entered) == ("2031-03-12", "2031-03-13")
    assert added.case.claims["c2"].within == "c1"
    assert added.case.claims["c4"].origin == added.case.claims["c1"].origin  # one of the two is no new origin
    assert CASE.claims == {}


def test_what_is_in_the_case_already_is_not_added_again(result: ReadResult) -> None:
    first = add(CASE, result, RAW, drafts(CASE, result)[:1], "2031-03-13")
    assert report_in(first.case, result.report.sha256) == "r1"
    assert claim_at(first.case, "r1", result, result.claims[0]) == "c1"
    again = add(first.case, result, RAW, drafts(first.case, result), "2031-03-14")
    assert (again.report, again.new_report, again.files) == ("r1", False, {})
    assert again.claims == ("c2", "c3", "c4")
    assert again.case.claims["c1"].entered == "2031-03-13"
    assert again.case.claims["c2"].within == "c1"  # the outer claim was there before


def test_a_claim_inside_one_that_was_not_accepted_stands_by_itself(result: ReadResult) -> None:
    inner = drafts(CASE, result)[1]
    added = add(CASE, result, RAW, [inner], "2031-03-13")
    assert added.case.claims["c1"].within is None


def test_an_origin_of_the_case_with_the_same_name_is_offered(result: ReadResult) -> None:
    known = CASE.model_copy(
        update={
            "sources": CASE.sources.model_copy(
                update={"origins": {"council": Origin(kind="institution", name="Northern Council")}}
            )
        }
    )
    inner = drafts(known, result)[1]
    assert (inner.origin, inner.new_origin) == ("council", None)


def test_the_same_words_to_another_outlet_are_another_origin(result: ReadResult) -> None:
    words = "two people familiar with the talks"
    for outlet, there in (("Harbour Courier", True), ("Lake Post", False), (None, False)):
        origins = {"pair": Origin(kind="described", words=words, count=2, outlet=outlet)}
        known = CASE.model_copy(update={"sources": CASE.sources.model_copy(update={"origins": origins})})
        assert (drafted(known, result, result.claims[0]).origin == "pair") is there


def test_a_report_with_a_name_that_is_taken_gets_another_file(result: ReadResult) -> None:
    first = add(CASE, result, RAW, drafts(CASE, result)[:1], "2031-03-13")
    other = reading("The union said that it had left.")
    second = add(first.case, other, b"x", drafts(first.case, other), "2031-03-14")
    assert list(first.files) == ["reports/report.txt"]
    assert list(second.files) == ["reports/report-2.txt"]
    assert second.report == "r2"


def test_names_of_files_are_made_safe() -> None:
    result = reading("The union said that it had left.", name="../a b?.txt")
    added = add(CASE, result, b"x", drafts(CASE, result), "2031-03-14")
    assert list(added.files) == ["reports/a-b-.txt"]


def test_a_time_in_the_claim_is_offered_as_the_event() -> None:
    result = reading("The union said that it had met the board on 4 March 2031.")
    assert drafted(CASE, result, result.claims[0]).event == "2031-03-04"
    result = reading("The union said that it had met the board last week.", published="2031-03-12")
    assert drafted(CASE, result, result.claims[0]).event == "2031-03-03/2031-03-09"
    result = reading("The union said that it had met the board in March 2031 and on 4 May 2031.")
    assert drafted(CASE, result, result.claims[0]).event is None


def test_ids_are_made_from_words_and_never_twice() -> None:
    assert free_id("", []) == "origin"
    assert free_id("הוועד", []) == "הוועד"
    assert free_id("Ida Renn", ["ida-renn", "ida-renn-2"]) == "ida-renn-3"


def test_an_edited_draft_enters_as_edited(result: ReadResult) -> None:
    draft = edited(drafts(CASE, result)[0], says="North offers exile", grade="B3", by="south", event=None)
    added = add(CASE, result, RAW, [draft], "2031-03-13")
    claim = added.case.claims["c1"]
    assert (claim.says, claim.grade, claim.by) == ("North offers exile", "B3", "south")
    assert claim.quote == draft.suggestion.quote


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("“The port is open,” said Ida Renn.", "The port is open"),
        ("Ida Renn said that the port is “open” and “quiet”.", "the port is “open” and “quiet”"),
        ("The union proposed that the crews leave.", "The union proposed that the crews leave"),
        ("The union threatened to hire crews.", "The union threatened to hire crews"),
        ("Ida Renn left. She denied a truce.", "Ida Renn denied a truce"),
        ("The minister doubts that a truce is near.", "The minister doubts that a truce is near"),
        ("The union condemned the truce.", "The union condemned the truce"),
        ("The union said that it would not leave.", "it would not leave"),
    ],
)
def test_what_a_claim_says_is_whole_and_never_the_opposite(text: str, says: str) -> None:
    result = reading(text)
    draft = drafted(CASE, result, result.claims[-1])
    assert draft.says == says
    claim = add(CASE, result, text.encode(), [draft], "2031-03-13").case.claims["c1"]
    assert text[slice(*claim.at)] == claim.quote


def test_a_denial_told_by_somebody_is_told_apart_from_the_telling() -> None:
    text = "Two people said that the Front refuses to release captives."
    result = reading(text)
    added = add(CASE, result, text.encode(), drafts(CASE, result), "2031-03-13")
    outer, inner = (added.case.claims[c] for c in ("c1", "c2"))
    assert outer.at == inner.at
    assert [claim_at(added.case, "r1", result, c) for c in result.claims] == ["c1", "c2"]


def test_who_tells_comes_with_what_is_told(result: ReadResult) -> None:
    inner = drafts(CASE, result)[1]
    assert [d.suggestion.id for d in with_tellings(CASE, result, [inner], [])] == ["k2", "k1"]
    assert with_tellings(CASE, result, [inner], ["k1"]) == [inner]
    told = with_teller(CASE, result, inner, [], ["k1"])
    assert told.attribution == "described"
    assert told.new_origin is not None
    assert told.new_origin.unnamed


def test_the_side_of_a_new_origin_is_the_one_party_that_its_words_name() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {
                "n": {"name": "Northern Council"},
                "s": {"name": "Southern Front", "aliases": ["the Movement"]},
                "v": {"name": "Northern Council veterans", "role": "constituency", "of": "n"},
            },
            "issues": {"x": {"by": "n"}},
        }
    )
    for words, side in (
        ("A spokesman for the Southern Front", "s"),
        ("A negotiator for the Northern Council", "n"),
        ("An official of the Movement", "s"),
        ("A commander of the Front", "s"),
        ("An officer close to the Council", "n"),
        ("Northern Council veterans", "v"),
        ("An official familiar with the Council and the Front", None),
        ("A man in front of the door", None),
    ):
        assert party_in(case, words) == side
    result = reading("A spokesman for the Southern Front said that it was ready.")
    draft = drafted(case, result, result.claims[0])
    assert draft.by == "s"
    assert draft.new_origin is not None
    assert draft.new_origin.side == "s"
