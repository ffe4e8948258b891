"""What the lines at the head of a report say of it, and what they do not."""

from __future__ import annotations

import pytest

from accordant.evidence.reading import read_report
from accordant.evidence.result import ReadResult

BODY = (
    "\n\nThe union said on Monday that it would wait for an offer before it decided on anything else.\n\n"
    "The owner of the yard, Ida Renn, told reporters that she had made one already, in writing.\n"
)


def read(head: str, body: str = BODY) -> ReadResult:
    return read_report((head + body).encode(), "a.txt")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Lindeck, 5 March 2031", "2031-03-05"),
        ("Lindeck, Wednesday, 5 March 2031", "2031-03-05"),
        ("Port Lindeck | 5 March 2031, 07.40", "2031-03-05"),
        ("Almar Wire, March 9, 2031", "2031-03-09"),
        ("Radio Almar, 9 March 2031. Interview by Sanne Birk.", "2031-03-09"),
        ("Situation note no. 14 — 6 March 2031", "2031-03-06"),
        ("Issued at Lindeck on 17 September 2033", "2033-09-17"),
        ("The Dolm Gazette · 2031-03-05", "2031-03-05"),
        ("By Ida Renn in Lindeck, 5 March 2031", "2031-03-05"),
    ],
)
def test_a_date_on_a_line_of_the_head(line: str, day: str) -> None:
    assert read(f"Talks go on at the yard\n{line}").report.published == day


@pytest.mark.parametrize(
    "line",
    [
        "Deadline: 5 March 2031",
        "Deadline, 5 March 2031",
        "The talks opened on 5 March 2031",
        "Embargoed until 00.01, 5 March 2031",
        "Minutes of the meeting held in Lindeck on 5 March 2031",
        "Signed at Lindeck, 5 March 2031",
        "Lindeck Agreement, 5 March 2031",
        "Lindeck, 5 March 2031 to 9 March 2031",
        "Lindeck, 5 March",
        "Photo: Lindeck, 5 March 2031",
        "A pause from 5 March 2031",
        "Born in Lindeck, 5 March 1971",
        "Elections due Sunday, 9 March 2031",
        "What the yard was promised, 5 March 2031",
    ],
)
def test_another_day_is_not_that_of_the_report(line: str) -> None:
    assert read(f"Talks go on at the yard\n{line}").report.published is None


@pytest.mark.parametrize("head", ["Union sets strike for 5 March 2031", "Lindeck, 5 March 2031: a day off"])
def test_a_headline_that_names_a_day_dates_nothing(head: str) -> None:
    assert read(head).report.published is None


@pytest.mark.parametrize(
    "opening",
    [
        "DOLM, March 7, 2031 — The union said that it would wait.",
        "DOLM, 7 March 2031 - The union said that it would wait.",
        "PORT DOLM, Veskara, Friday, 7 March 2031 – The union said that it would wait.",
    ],
)
def test_a_dateline_without_an_outlet(opening: str) -> None:
    found = read("Talks go on\n\n", opening + BODY)
    assert found.report.published == "2031-03-07"
    assert found.report.outlet is None


@pytest.mark.parametrize(
    "opening",
    [
        "Dolm, March 7, 2031, was the day on which the union said that it would wait — and it waits.",
        "On March 7, 2031 — a Friday — the union said that it would wait.",
        "The accord of Dolm, 7 March 2031 (the second), said that it would hold.",
    ],
)
def test_a_sentence_with_a_day_is_no_dateline(opening: str) -> None:
    assert read("Talks go on\n\n", opening + BODY).report.published is None


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("Talks go on\nThe Dolm Gazette", "The Dolm Gazette"),
        ("The Dolm Gazette\nTalks go on", "The Dolm Gazette"),
        ("THE DOLM GAZETTE | Weekend\nTalks go on", "THE DOLM GAZETTE"),
        ("Talks go on\nAlmar Wire, March 9, 2031", "Almar Wire"),
        ("Talks go on\nRadio Almar, 9 March 2031. Interview by Sanne Birk.", "Radio Almar"),
        ("Talks go on\nThe Delmere Review, 8 April 2034", "The Delmere Review"),
        ("Talks go on\nLindeck, 5 March 2031", None),
        ("Talks go on\nHealth Agency, 5 March 2031", None),
        ("Radio silence\nLindeck, 5 March 2031", None),
        ("Owner of the Harbour Courier Goes\nLindeck, 5 March 2031", None),
        ("Union Boycotts Harbour Courier\nLindeck, 5 March 2031", None),
        ("Talks go on\nThe Hague, 5 March 2031", None),
        ("Talks go on\nThe gazette", None),
    ],
)
def test_the_name_of_an_outlet_at_the_head(head: str, outlet: str | None) -> None:
    assert read(head).report.outlet == outlet


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Radio Almar, 9 March 2031. Interview by Sanne Birk.", "Sanne Birk"),
        ("Interview: Tom Ebbing", "Tom Ebbing"),
        ("By Sunniva Dahl in Ismere", "Sunniva Dahl"),
        ("By Ruben Achterberg, competition correspondent", "Ruben Achterberg"),
        ("By Monday Night the talks had failed", None),
        ("By our own correspondent", None),
        ("By Karvia and Ostrel the deal was kept", None),
    ],
)
def test_who_wrote_it(line: str, author: str | None) -> None:
    assert read(f"Talks go on\n{line}").report.author == author


def test_the_title_is_the_headline_and_not_the_name_of_the_outlet() -> None:
    assert read("The Dolm Gazette\nTalks go on at the yard").report.title == "Talks go on at the yard"
    assert read("The Dolm Gazette\n5 March 2031\nTalks go on").report.title == "Talks go on"


def test_an_outlets_own_interview_retells_nobody() -> None:
    body = "\n\n“We will wait,” the owner, Ida Renn, told Radio Almar.\n\nShe said that she was ready.\n"
    own = read("Talks go on\nRadio Almar, 9 March 2031. Interview by Sanne Birk.", body)
    assert own.report.credits == ()
    assert "secondary-report" not in {flag.kind for flag in own.flags}
    other = read("Talks go on\nThe Dolm Gazette, 9 March 2031", body)
    assert [credit.outlet for credit in other.report.credits] == ["Radio Almar"]
    assert "secondary-report" in {flag.kind for flag in other.flags}


def test_a_date_of_the_head_goes_before_one_at_the_foot() -> None:
    found = read("Talks go on\nLindeck, 5 March 2031", BODY + "\nUpdated 9 March 2031\n")
    assert found.report.published == "2031-03-05"
