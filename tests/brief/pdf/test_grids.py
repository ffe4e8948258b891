from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.brief.document import Cell, Row, Said, Table, plain, rich
from accordant.brief.pdf.grids import grid, width
from accordant.brief.pdf.room import Room
from tests.brief.pdf.hard import table

WORDS = st.text("abc mW", min_size=0, max_size=60)


def made(rows: list[list[str]], heads: list[str]) -> Table:
    cells = tuple(Row("", tuple(Cell(rich(Said(text))) for text in row)) for row in rows)
    return Table("t", rich("T"), tuple(rich(head) for head in heads), cells)


@given(st.integers(1, 7).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1)))
@settings(max_examples=60, deadline=None)
def test_columns_fill_the_page_and_no_word_is_wider_than_its_column(rows: list[list[str]]) -> None:
    found = grid(made(rows[1:], rows[0]), Room())
    across = Room().size(found.lie)[0]
    assert sum(found.widths) == pytest.approx(across, abs=0.1)
    if not found.tight:
        for k, share in enumerate(found.widths):
            for row in rows:
                for word in row[k].split():
                    assert min(width(word, bold=row is rows[0] or k == 0), 16.0) * found.size <= share


def test_few_columns_are_upright_many_lie_across_and_more_break_their_words() -> None:
    assert grid(table("t", 4, 3), Room()).lie == ""
    across = grid(table("t", 14, 3, "Contested"), Room())
    assert (across.lie, across.tight) == ("turned", False)
    assert grid(table("t", 60, 3, "Contested"), Room()).tight


def test_a_page_that_lies_across_already_is_not_turned() -> None:
    assert grid(table("t", 14, 3, "Contested"), Room(wide=True)).lie == ""


def test_the_column_with_most_to_say_is_the_broadest() -> None:
    rows = [["short", "many words " * 20, "8 of 16"]] * 6
    found = grid(made(rows, ["A", "B", "C"]), Room())
    assert found.widths[1] > 2 * found.widths[0]
    assert width("8 of 16") * found.size < found.widths[2]  # short words stay on one line


def test_rows_are_whole_unless_they_are_higher_than_a_third_of_the_page() -> None:
    rows = [["a", "b"], ["word " * 800, "b"]]
    assert grid(made(rows, ["A", "B"]), Room()).whole == (True, False)


def test_a_row_that_is_a_cell_short_is_measured_all_the_same() -> None:
    short = Table("t", rich("T"), (rich("A"), rich("B")), (Row("", (Cell(rich("x")),)),))
    assert len(grid(short, Room()).widths) == 2
    assert plain(short.rows[0].cells[0].text) == "x"


def test_there_is_room_for_a_date_on_one_line() -> None:
    rows = [
        ["Israel's declared aim is the destruction of Hamas, it said " * 3, "C2 " * 20, "30 January 2024"]
    ] * 8
    found = grid(made(rows, ["What is said", "Reliability", "Reported"]), Room())
    assert width("30 January 2024") * found.size <= found.widths[2]
