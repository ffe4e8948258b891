"""Tables fit the page and lose nothing, whatever the names are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from accordant.cli.output import PAGE, as_page
from accordant.cli.tables import Page
from accordant.tables import Table
from tests.cli.conftest import Ran
from tests.cli.standins import LONG, PARTIES, StandIn

Run = Callable[..., Ran]
WORDS = st.text(st.sampled_from("abcdefgh-_éßالقيادةשלום汉字é"), min_size=1, max_size=60)
CELLS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=1, max_size=4)))
def test_no_line_is_wider_than_the_page_and_no_cell_is_cut(rows: list[tuple[str, ...]]) -> None:
    table = Table("finding", tuple(f"column {k}" for k in range(len(rows[0]))), tuple(rows))
    page = as_page([Page(table)])
    assert all(cell_len(line) <= PAGE for line in page.splitlines())
    # Wrapped cells of neighbouring columns interleave: every character must still be there as often.
    printed = squeezed(page)
    for character in set(squeezed("".join(map("".join, rows)))):
        assert printed.count(character) >= sum(cell.count(character) for row in rows for cell in row)


def test_a_short_cell_is_not_broken_at_its_spaces() -> None:
    rows = (("s1", "41 of 48", "many words in a long sentence that has to be wrapped somewhere " * 3),)
    assert "41 of 48" in as_page([Page(Table("t", ("state", "seq", "because"), rows))])


def test_rows_left_out_are_counted() -> None:
    table = Table("t", ("n",), tuple((k,) for k in range(1234)))
    page = as_page([Page(table, rows=10)])
    assert "1,224 more rows" in page
    assert "more rows" not in as_page([Page(table, rows=0)])


def test_an_empty_table_says_so() -> None:
    assert "(none)" in as_page([Page(Table("Who can move where", ("by", "from", "to"), ()))])


def test_words_of_a_case_are_never_read_as_markup_or_codes() -> None:
    page = as_page([Page(Table("[red]t", ("a",), (("[bold]x[/bold] \x1b[31m:smile:",),)))])
    assert "[bold]x[/bold] ␛[31m:smile:" in page
    assert "[red]t" in page


@pytest.mark.parametrize(
    "words",
    [
        ["states", "talks"],
        ["states", "talks", "--moves"],
        ["stability", "talks"],
        ["stability", "talks", "--explain", "s1", LONG],
        ["deals", "talks"],
        ["rests", "talks"],
        ["rests", "talks", "--without", "c1"],
        ["check", "talks"],
    ],
)
def test_every_command_fits_80_columns_with_long_names_and_five_parties(
    accordant: Run, talks: StandIn, words: list[str]
) -> None:
    ran = accordant(*words)
    assert ran.status == 0
    assert ran.err == ""
    assert max(cell_len(line) for line in ran.out.splitlines()) <= PAGE
    assert not [line for line in ran.out.splitlines() if line != line.rstrip()]


def test_the_names_of_all_five_parties_are_shown_whole(accordant: Run, talks: StandIn) -> None:
    printed = squeezed(accordant("deals", "talks").out)
    for party in ("north", "south", "الجنوب", "ירושלים"):
        assert party in printed
    assert all(printed.count(c) >= LONG.count(c) for c in set(LONG))
    assert len(PARTIES) == 5
