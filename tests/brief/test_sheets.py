"""Documents as workbooks, CSV, pictures and calendars: opened again by other programs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from accordant.brief.build import build
from accordant.brief.document import Brief, Figure, Said, rich
from accordant.brief.figures.timeline_chart import Entry, Timeline
from accordant.errors import InputError
from tests.brief import fakes

HOSTILE = "=cmd()|'a'!A1\r\nEND:VCALENDAR; \\ , <script>"
SVG = "{http://www.w3.org/2000/svg}"


def made(kind: str, changes: dict[str, Any] | None = None) -> Brief:
    return build(fakes.opened(fakes.case(changes)), kind)


# Workbook


@pytest.fixture(scope="module")
def book() -> Any:
    marked = replace(made("states"), handling="team")
    return load_workbook(io.BytesIO(marked.form(".xlsx")))


def test_every_table_has_a_sheet_and_the_last_says_what_it_is(book: Any) -> None:
    assert book.sheetnames == ["The states, and under which", "The moves that are drawn", "About"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Document"] == "State graph"
    assert about["Handling"] == "team"
    assert about["Case digest"] == "0123456789abcdef" * 4


def test_cells_say_what_the_page_says(book: Any) -> None:
    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0][:3] == ["State", "What is settled", "Is"]
    assert rows[3][:4] == ["s3", "Truce: lasting", None, "yes"]


def test_the_mark_stands_at_the_head_of_each_printed_sheet(book: Any) -> None:
    assert {page.oddHeader.center.text for page in book.worksheets} == {"team"}


def test_a_cell_that_is_assumed_says_so_and_sources_have_a_sheet() -> None:
    book = load_workbook(io.BytesIO(made("brief").form(".xlsx")))
    sources = [[c.value for c in row] for row in book["Sources"].iter_rows(min_row=2)]
    assert [row[0] for row in sources] == [1, 2, 3]
    assert sources[1][3] == "لن يغادر القادة"


def test_the_same_document_gives_the_same_bytes() -> None:
    for ending in (".xlsx", ".csv", ".ics", ".svg", ".png"):
        assert made("timeline").form(ending) == made("timeline").form(ending)


def test_words_of_a_case_are_never_a_formula() -> None:
    brief = made("timeline", {"events": {"e": {"date": "2024-01", "what": HOSTILE}}})
    cells = [
        c for row in load_workbook(io.BytesIO(brief.form(".xlsx"))).worksheets[0].iter_rows() for c in row
    ]
    assert any("cmd()" in str(c.value) for c in cells)
    assert all(c.data_type != "f" for c in cells)
    assert not re.search(r"(^|[,\n])\"?=", brief.form(".csv").decode())


# CSV


def test_one_table_is_plain_csv_and_several_stand_under_their_titles() -> None:
    one = list(csv.reader(io.StringIO(made("timeline").form(".csv").decode())))
    assert one[0] == ["No.", "Date", "What", "Where", "Who", "Known from"]
    assert len(one) == 4
    several = list(csv.reader(io.StringIO(made("states").form(".csv").decode())))
    titles = [row[0] for row in several if len(row) == 1]
    assert titles == ["The states, and under which concepts each holds", "The moves that are drawn"]
    assert [] in several


def test_a_document_without_tables_says_what_holds_it() -> None:
    empty = replace(made("states"), sections=())
    for ending in (".xlsx", ".csv"):
        with pytest.raises(InputError, match=r"has no tables; \.docx, \.pdf and \.html hold it"):
            empty.form(ending)


# Pictures


def test_a_picture_has_its_finding_the_case_and_the_mark() -> None:
    brief = replace(made("stakeholders"), handling="team")
    root = ElementTree.fromstring(brief.form(".svg"))
    assert root.tag == f"{SVG}svg"
    words = " ".join("".join(e.itertext()) for e in root.iter(f"{SVG}text"))
    assert "No direct tie between the parties is known" in words
    assert "as of 2024-01-30 · handling: team" in words
    assert "A broken frame: nothing is said of what it wants." in words
    assert root.find(f"{SVG}title") is not None


def test_a_picture_holds_all_that_is_drawn() -> None:
    root = ElementTree.fromstring(made("stakeholders").form(".svg"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    places = [(float(e.get("x", 0)), float(e.get("y", 0))) for e in root.findall(f"{SVG}text")]
    assert places
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)
    assert (root.attrib["width"], root.attrib["height"]) == (f"{width:g}", f"{height:g}")


def test_a_png_is_one() -> None:
    assert made("stakeholders").form(".png").startswith(b"\x89PNG\r\n")


def test_what_is_no_single_figure_is_no_picture() -> None:
    with pytest.raises(InputError, match="issue matrix has no figure"):
        made("matrix").form(".svg")
    with pytest.raises(InputError, match=r"brief has \d+ figures"):
        made("brief").form(".png")


# Calendar


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_an_entry_over_every_day_that_a_date_may_mean() -> None:
    lines = unfolded(made("timeline").form(".ics"))
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    at = lines.index("SUMMARY:A first meeting")
    assert lines[at - 3 : at + 2] == [
        "DTSTAMP:20240130T000000Z",
        "DTSTART;VALUE=DATE:20231101",
        "DTEND;VALUE=DATE:20231201",
        "SUMMARY:A first meeting",
        "LOCATION:Doha",
    ]
    assert any("Without a date\\, and so not in this calendar: 1." in line for line in lines)


def test_of_many_happenings_labels_are_short_and_what_has_no_date_is_counted() -> None:
    dated = {
        f"d{k}": {"date": f"2024-01-{k:02}", "what": "A long meeting of both " * 4} for k in range(1, 31)
    }
    lost = {f"u{k}": {"what": f"Call {k}"} for k in range(9)}
    brief = made("timeline", {"events": {**dated, **lost}})
    drawing = next(b for b in brief.blocks() if isinstance(b, Figure)).drawing
    assert isinstance(drawing, Timeline)
    assert max(len(mark.label) for mark in drawing.marks) < 40
    assert drawing.undated[-1] == "and three more, which the table has"
    assert any("Without a date\\, and so not in this calendar: 9." in x for x in unfolded(brief.form(".ics")))


def test_no_line_of_a_calendar_is_longer_than_the_format_allows() -> None:
    brief = made("timeline", {"events": {"e": {"date": "2024-01", "what": "الجبهة 🙂 " * 40}}})
    assert max(len(line) for line in brief.form(".ics").split(b"\r\n")) <= 75
    assert any("الجبهة 🙂 " * 3 in line for line in unfolded(brief.form(".ics")))


def test_words_of_a_case_cannot_end_an_entry() -> None:
    lines = unfolded(made("timeline", {"events": {"e": {"date": "2024-01", "what": HOSTILE}}}).form(".ics"))
    assert lines.count("END:VCALENDAR") == 1
    assert any(r"=cmd()|'a'!A1\nEND:VCALENDAR\; \\ \, <script>" in line for line in lines)


def test_an_end_that_is_not_known_is_said_and_the_last_day_there_is_is_no_error() -> None:
    brief = made("timeline")
    figure = next(b for b in brief.blocks() if isinstance(b, Figure))
    entries = (
        Entry("a", "event", "Late", "", (), None, date(2024, 1, 5), "until"),
        Entry("b", "event", "Early", "", (), date(2024, 1, 5), None, "from"),
        Entry("c", "event", "Last", "", (), date.max, date.max, "9999-12-31"),
    )
    drawing = replace(figure.drawing, entries=entries)  # type: ignore[type-var]  # a timeline, as the kind says
    section = replace(brief.sections[0], blocks=(replace(figure, drawing=drawing),))
    lines = unfolded(replace(brief, sections=(section,), as_of="").form(".ics"))
    assert "SUMMARY:By this day: Late" in lines
    assert "SUMMARY:From this day: Early" in lines
    assert "DTEND;VALUE=DATE:99991231" in lines


def test_what_may_not_leave_a_team_is_marked_private() -> None:
    assert "CLASS:PRIVATE" in unfolded(replace(made("timeline"), handling="team").form(".ics"))
    assert "CLASS:PUBLIC" in unfolded(made("timeline").form(".ics"))


def test_a_document_without_a_timeline_is_no_calendar() -> None:
    with pytest.raises(InputError, match="has no timeline"):
        made("matrix").form(".ics")


def test_foreign_titles_stand_in_every_form() -> None:
    brief = replace(made("timeline"), title=Said("مفاوضات"), question=rich("?"))
    assert "X-WR-CALNAME:مفاوضات" in unfolded(brief.form(".ics"))
    assert "مفاوضات" in brief.form(".svg").decode()


def test_an_ending_of_graphs_names_the_command_that_writes_them() -> None:
    with pytest.raises(InputError, match="'accordant convert' writes the states as a graph"):
        made("states").form(".dot")
