"""That the helpers for pages see what a reader would: an empty page, a cut line, words in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm, Mm

from tests.brief.pages import Drawn, drawn, opened, texts


@pytest.fixture(scope="module")
def pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.add_paragraph("The first words.")
    document.add_paragraph("More words.")
    document.add_paragraph().paragraph_format.page_break_before = True
    document.add_paragraph().paragraph_format.page_break_before = True
    document.add_paragraph("cut " * 40).paragraph_format.left_indent = Cm(-3.3)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_paragraph("On its side.")
    document.save(str(folder / "some.docx"))
    return opened(soffice, folder / "some.docx", folder)


@pytest.fixture(scope="module")
def pages(pdf: Path, pdftoppm: str) -> list[Drawn]:
    return drawn(pdftoppm, pdf)


def test_words_come_page_by_page(pdf: Path, pdftotext: str) -> None:
    found = texts(pdftotext, pdf)
    assert len(found) == 4
    assert found[0].split() == ["The", "first", "words.", "More", "words."]


def test_an_empty_page_is_blank_and_no_other(pages: list[Drawn]) -> None:
    assert [page.blank() for page in pages] == [False, True, False, False]


def test_what_is_cut_off_at_the_edge_is_seen(pages: list[Drawn]) -> None:
    assert [page.clipped() for page in pages] == [False, False, True, False]


def test_a_page_on_its_side_is_told_from_an_upright_one(pages: list[Drawn]) -> None:
    assert [page.wide for page in pages] == [False, False, False, True]
    assert pages[0].size == pytest.approx((595, 842), abs=2)


def test_the_room_below_the_last_words_is_measured(pages: list[Drawn]) -> None:
    assert pages[0].left_over() > 0.9
