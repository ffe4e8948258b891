"""Marks by which a report says who may see it, and what is offered for its claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.case.objects import Case
from accordant.evidence.handling_marks import offered
from accordant.evidence.into import drafted
from accordant.evidence.reading import read, read_report
from accordant.evidence.result import ReadResult

BODY = "Ida Renn, secretary of the union, said on Tuesday that the union would wait for the board."


def reading(*paragraphs: str) -> ReadResult:
    return read_report("\n\n".join(paragraphs).encode(), "report.txt")


@pytest.mark.parametrize(
    ("line", "words", "handling"),
    [
        ("Restricted to the team", "Restricted to the team", "team"),
        ("RESTRICTED", "RESTRICTED", "restricted"),
        ("Confidential", "Confidential", "restricted"),
        ("Classification: Confidential", "Confidential", "restricted"),
        ("Record of a call – not for publication", "not for publication", "restricted"),
        ("Note of 4 May 2031 (off the record)", "off the record", "restricted"),
        ("For the team only.", "For the team only", "team"),
        ("Situation note no. 14 | INTERNAL USE ONLY", "INTERNAL USE ONLY", "team"),
        ("This note is strictly confidential.", "confidential", "restricted"),
        ("Not for publication: what the owner said", "Not for publication", "restricted"),
    ],
)
def test_a_mark_at_the_head_or_the_foot_is_flagged_with_its_place(
    line: str, words: str, handling: str
) -> None:
    for result in (reading("Talks at the mill", line, BODY), reading("Talks at the mill", BODY, line)):
        (flag,) = [flag for flag in result.flags if flag.kind == "handling-mark"]
        assert words in " ".join(span.of(result.text) for span in flag.at)
        assert f"“{flag.at[0].of(result.text)}”" in flag.says
        assert offered(result) == handling


@pytest.mark.parametrize(
    "line",
    [
        "Confidential talks resume in Dolm",
        "Restricted access at the crossing angers farmers",
        "The letter, which is marked confidential, was seen by the Courier.",
        "An official who spoke off the record said the talks had stalled.",
        "The crossing is restricted to residents",
        "Secret ballot at the mill",
        "Internal affairs minister resigns",
    ],
)
def test_a_report_about_what_is_confidential_is_not_confidential(line: str) -> None:
    result = reading(line, BODY)
    assert not [flag for flag in result.flags if flag.kind == "handling-mark"]
    assert offered(result) == "public"


def test_the_strictest_mark_counts_and_one_in_the_middle_does_not() -> None:
    assert offered(reading("For the team only", BODY, "Not for publication")) == "restricted"
    middle = [BODY.replace("Tuesday", day) for day in ("Monday", "Friday", "Sunday")] * 3
    assert offered(reading("Talks", *middle, "Confidential", *middle)) == "public"


def test_a_subject_that_is_not_in_the_text_counts_too(tmp_path: Path) -> None:
    mail = f"From: a@example.org\nSubject: Weekend (off the record)\n\n{BODY}\n"
    (tmp_path / "mail.eml").write_text(mail, encoding="utf-8")
    result = read(tmp_path / "mail.eml")
    assert [flag.kind for flag in result.flags if flag.kind == "handling-mark"] == ["handling-mark"]
    assert offered(result) == "restricted"


def test_claims_are_offered_with_the_mark_of_their_report() -> None:
    case = Case.model_validate({"title": "t", "parties": {}})
    marked = reading("Talks", "Restricted to the team", BODY)
    assert {drafted(case, marked, claim).handling for claim in marked.claims} == {"team"}
    plain = reading("Talks", BODY)
    assert {drafted(case, plain, claim).handling for claim in plain.claims} == {"public"}
