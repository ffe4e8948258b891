"""The widths of columns: no more than the page, no word broken that need not be, as few lines as can be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.brief.document import Cell, Row, Table, rich
from accordant.brief.docx import look, measure, render
from accordant.brief.docx.columns import PAD, fitted
from tests.brief.docx.made import W, only, part, table

WORDS = st.text(alphabet="abc de\n", max_size=60)
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(WORDS, min_size=columns, max_size=columns), min_size=1, max_size=6)
)


def made(cells: list[list[str]]) -> Table:
    rows = tuple(Row("", tuple(Cell(rich(text)) for text in row)) for row in cells)
    return Table("t", (), tuple(rich(f"Head {k}") for k in range(len(cells[0]))), rows, heads=0)


@given(TABLES, st.sampled_from([200.0, 480.0, 730.0]))
@settings(max_examples=60)
def test_columns_fill_no_more_than_the_page_and_hold_their_words(cells: list[list[str]], room: float) -> None:
    block = made(cells)
    fit = fitted(block, room)
    assert sum(fit.widths) <= room + 0.01
    size = look.SMALL if fit.small else look.TABLE
    for k, width in enumerate(fit.widths):
        words = [word for row in cells for line in row[k].split("\n") for word in measure.pieces(line)]
        longest = max((measure.wide(word, size) for word in words), default=0.0)
        assert width >= longest + PAD - 0.01 or fit.crowded or sum(fit.widths) >= room - 0.01


@given(TABLES, st.sampled_from([260.0, 480.0]))
@settings(max_examples=40)
def test_rows_are_as_tall_as_their_words_broken_line_by_line(cells: list[list[str]], room: float) -> None:
    fit = fitted(made(cells), room)
    size = look.SMALL if fit.small else look.TABLE
    for row, height in zip(cells, fit.rows, strict=True):
        lines = max(broken(text, width - PAD, size) for text, width in zip(row, fit.widths, strict=True))
        assert height >= lines * size * 1.19 or fit.crowded


def broken(text: str, room: float, size: float) -> int:
    """From the definition: words go on a line for as long as there is room."""
    found = 0
    for line in text.split("\n"):
        found, left = found + 1, room
        for k, word in enumerate(measure.pieces(line)):
            wide = measure.wide(word, size) + (measure.wide(" ", size) if k else 0)
            if k and wide > left + 0.1:
                found, left = found + 1, room
                wide = measure.wide(word, size)
            left -= wide
    return found


def test_a_table_too_broad_for_an_upright_page_lies_across() -> None:
    broad = table("broad", 2, 12, words="incommensurabilities")
    narrow = table("narrow", 2, 3)
    sizes = [s.get(f"{W}orient") for s in part(render(only(narrow, broad, narrow))).iter(f"{W}pgSz")]
    assert sizes == [None, "landscape", None]


@pytest.mark.parametrize(("wider", "narrower"), [("WWW", "iii"), ("a\u0301bc", "ab"), ("東京", "to")])
def test_what_is_wider_is_measured_wider(wider: str, narrower: str) -> None:
    assert measure.wide(wider, 10) > measure.wide(narrower, 10)
