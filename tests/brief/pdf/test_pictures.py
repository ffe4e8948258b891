from __future__ import annotations

import pytest

from accordant.brief.pdf.pictures import LEAST_TEXT, better_upright, described, picture
from accordant.brief.pdf.room import HEADING, OPENING, Room
from tests.brief.pdf.hard import Dots, figure


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", [(300, 100), (700, 400), (920, 416), (1000, 300), (814, 918), (697, 706)])
def test_words_are_large_enough_to_be_read_and_the_drawing_fits(size: tuple[int, int], paper: str) -> None:
    room, drawing = Room(paper), Dots(*size, size=11)
    found = picture(figure("f", drawing), room, "FiraGO", HEADING)
    across, down = room.size(found.lie)
    assert found.width <= across
    assert found.height <= down - HEADING
    assert 11 * found.width / size[0] >= LEAST_TEXT - 0.01


def test_a_drawing_is_no_larger_than_it_was_laid_out() -> None:
    assert picture(figure("f", Dots(100, 50)), Room(), "FiraGO").width == pytest.approx(75, abs=1)


def test_only_what_needs_it_has_a_page_of_its_own() -> None:
    def lies(width: int, height: int, above: float = 0.0) -> str:
        return picture(figure("f", Dots(width, height, 10)), Room(), "FiraGO", above).lie

    assert lies(600, 300) == ""
    assert lies(1000, 300) == "turned"
    assert lies(800, 900) == "edge"


def test_what_is_far_too_large_is_as_large_as_a_page_can_have_it() -> None:
    found = picture(figure("f", Dots(4000, 300)), Room(), "FiraGO")
    assert found.lie == "turned"
    assert found.width == pytest.approx(Room().size("turned")[0], abs=1)


def test_high_figures_are_better_upright_below_a_title() -> None:
    assert better_upright(figure("f", Dots(600, 650)), "a4", OPENING)
    assert not better_upright(figure("f", Dots(900, 300)), "a4", OPENING)
    assert not better_upright(figure("f", Dots(2000, 3000)), "a4", OPENING)  # neither can be read


def test_the_drawing_is_in_our_type_and_told_in_words() -> None:
    found = picture(figure("f"), Room(), "FiraGO")
    assert 'font-family="FiraGO"' in found.svg
    assert "system-ui" not in found.svg
    assert "<title" not in found.svg
    assert described(figure("f")) == "Finding of f Drawn as a dot."
