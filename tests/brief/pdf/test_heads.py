"""Tags of the cells that head rows, read back by pypdf from files whose places have moved."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PdfReader

from accordant.brief.document import Section, rich
from accordant.brief.pdf import render
from accordant.brief.pdf.heads import with_row_heads
from tests.brief.pdf.hard import brief, table
from tests.brief.pdf.test_setting import tags

PLACES = re.compile(rb"(\d{10}) 00000 n")


@pytest.fixture(scope="module")
def made() -> bytes:
    two = replace(table("two", 3, 2), heads=2)
    return render(brief(Section("a", rich("A"), (table("one", 3, 4), two, replace(two, id="no", heads=0)))))


def cells(made: bytes) -> list[list[tuple[str, str]]]:
    """For each row its cells: their tag, and the direction that they head."""
    rows = [tag for tag in tags(PdfReader(io.BytesIO(made))) if tag["/S"] == "/TR"]
    return [
        [(str(cell["/S"]), str(cell["/A"][0].get("/Scope", ""))) for cell in tags_of(row)] for row in rows
    ]


def tags_of(row: object) -> list[object]:
    return [kid.get_object() for kid in row["/K"]]  # type: ignore[index]


COLUMN, ROW, DATA = ("/TH", "/Column"), ("/TH", "/Row"), ("/TD", "")


def test_leading_cells_head_their_rows(made: bytes) -> None:
    found = [row for row in cells(made) if len(row) == 3]  # but for the key of a table, which is one cell
    assert found == [
        [COLUMN] * 3,
        *[[ROW, DATA, DATA]] * 4,
        [COLUMN] * 3,
        *[[ROW, ROW, DATA]] * 2,
        [COLUMN] * 3,
        *[[DATA] * 3] * 2,
    ]


def test_every_object_is_where_the_file_says(made: bytes) -> None:
    for at in map(int, PLACES.findall(made)):
        assert re.match(rb"\d+ 0 obj\n", made[at : at + 20])
    numbers = [int(made[int(at) :].split(b" ", 1)[0]) for at in PLACES.findall(made)]
    assert all(first < second for first, second in pairwise(numbers))
    assert made[int(made.split(b"startxref\n")[1].split()[0]) :].startswith(b"xref")


def test_pages_look_and_read_as_before(made: bytes) -> None:
    plain = render(brief(Section("a", rich("A"), tuple(replace(table(n, 3, 2), heads=0) for n in "bc"))))
    again = with_row_heads(plain, [1, 2])
    assert again != plain
    texts = [[page.extract_text() for page in PdfReader(io.BytesIO(held)).pages] for held in (plain, again)]
    assert texts[0] == texts[1]


def test_a_file_with_other_tables_is_left_as_it_is(made: bytes) -> None:
    assert with_row_heads(made, [1]) == made
    assert with_row_heads(b"%PDF-1.7\nstartxref\n3\n%%EOF", []) == b"%PDF-1.7\nstartxref\n3\n%%EOF"
