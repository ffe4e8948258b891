from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.brief.document import Ref, Said, Text, rich
from accordant.brief.pdf.grids import width
from accordant.brief.pdf.running import Runs, breakable
from tests.brief.pdf.hard import ARABIC

BREAK = "\u200b"


@given(st.text("abW/-. ", max_size=80), st.floats(3, 20))
def test_breaks_change_no_word_and_leave_no_part_that_is_too_wide(text: str, longest: float) -> None:
    found = breakable(text, longest)
    assert found.replace(BREAK, "") == text
    assert all(width(part) <= longest for word in found.split() for part in word.split(BREAK))


def test_words_that_fit_are_not_touched() -> None:
    assert breakable("An ordinary sentence, with a-hyphen.") == "An ordinary sentence, with a-hyphen."


def test_addresses_break_after_their_strokes() -> None:
    parts = breakable("https://example.org/" + "part/" * 30).split(BREAK)
    assert len(parts) > 1
    assert all(part.endswith("/") for part in parts)


def test_a_run_says_whose_words_how_and_in_which_language() -> None:
    runs = Runs({"here"})
    found = runs(
        rich(Text("by ", "muted"), Said("Nord", "de-AT"), Ref("here", rich("x")), Ref("gone", rich("y")))
    )
    assert found == [
        ["own", "by ", "muted", None],
        ["said", "Nord", "plain", ["de", "AT"]],
        ["to", "here", [["own", "x", "plain", None]]],
        ["own", "y", "plain", None],
    ]


def test_words_from_the_right_are_set_apart_line_by_line_and_others_stay_bare() -> None:
    assert Runs(())(rich(Said(f"{ARABIC}\n{ARABIC}")))[0][1] == f"\u2068{ARABIC}\u2069\n\u2068{ARABIC}\u2069"
    assert Runs(())(rich(Said("North")))[0][1] == "North"


def test_what_is_repeated_has_no_links() -> None:
    assert Runs({"here"}).bare(rich(Ref("here", rich("x")))) == [["own", "x", "plain", None]]


@pytest.mark.parametrize("hostile", ["a\u202eb", "a\x00b", "a\ud800b"])
def test_what_would_reorder_or_break_a_page_is_shown(hostile: str) -> None:
    assert hostile not in Runs(())(rich(Said(hostile)))[0][1]
