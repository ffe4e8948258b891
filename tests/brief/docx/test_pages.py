"""The pages of a Word document as LibreOffice sets them: nothing blank, nothing cut off, nothing alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import accordant
from accordant.brief import build
from accordant.brief.document import plain
from accordant.brief.docx import render
from tests.brief import fakes
from tests.brief.docx.made import brief, only, table
from tests.brief.pages import Drawn, drawn, opened, texts

CASES = Path(__file__).parents[3] / "cases"
HEADINGS = ("First part", "Inside", "Pictures", "Across", "Upright again", "Tables behind the pictures")


@pytest.fixture(scope="module")
def pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    (folder / "made.docx").write_bytes(render(brief()))
    return opened(soffice, folder / "made.docx", folder)


@pytest.fixture(scope="module")
def words(pdf: Path, pdftotext: str) -> list[str]:
    return texts(pdftotext, pdf)


@pytest.fixture(scope="module")
def pages(pdf: Path, pdftoppm: str) -> list[Drawn]:
    return drawn(pdftoppm, pdf)


def test_no_page_is_blank_and_nothing_is_cut_off(pages: list[Drawn]) -> None:
    assert not [page.number for page in pages if page.blank()]
    assert not [page.number for page in pages if page.clipped(20)]


def test_pages_break_where_a_reader_wants_them(words: list[str], pages: list[Drawn]) -> None:
    first = {h: next(k for k, page in enumerate(words) if re.search(f"^{h}", page, re.M)) for h in HEADINGS}
    assert first["Pictures"] > first["Inside"]
    assert [k for k, page in enumerate(pages) if page.wide] == [first["Across"]]
    assert first["Upright again"] == first["Across"] + 1
    assert first["Tables behind the pictures"] == len(pages) - 1


def test_every_page_says_which_it_is_of_how_many_and_its_mark(words: list[str]) -> None:
    for k, page in enumerate(words, 1):
        foot = " ".join(page.split())
        assert f"Page {k} of {len(words)}" in foot
        assert foot.count("TEAM") == 2
        assert "Accordant 0.1.0 · case 0123456789ab · as of 2024-01" in foot


def test_no_heading_stands_last_on_its_page(words: list[str]) -> None:
    for page in words:
        lines = [line for line in page.splitlines() if line.strip()]
        body = [line for line in lines if not re.search("Page|Accordant|TEAM", line)]
        assert not body[-1].startswith((*HEADINGS, "Table ", "Figure "))


def test_a_long_table_has_its_head_on_each_page(words: list[str]) -> None:
    of_it = [page for page in words if "some words in a row" in page]
    assert len(of_it) > 1
    assert all("Head 0" in page for page in of_it)


def test_a_row_taller_than_a_page_is_on_several(soffice: str, pdftotext: str, tmp_path: Path) -> None:
    long = " ".join(f"word{k}" for k in range(4000))
    (tmp_path / "tall.docx").write_bytes(render(only(table("tall", 1, 2, words=long))))
    text = " ".join(texts(pdftotext, opened(soffice, tmp_path / "tall.docx", tmp_path)))
    assert {f"word{k}" for k in range(4000)} <= set(text.split())


def test_the_judgements_of_a_case_stand_on_its_first_page(
    soffice: str, pdftotext: str, pdftoppm: str, tmp_path: Path
) -> None:
    found = build(fakes.opened())
    (tmp_path / "case.docx").write_bytes(render(found))
    pdf = opened(soffice, tmp_path / "case.docx", tmp_path)
    first = " ".join(texts(pdftotext, pdf)[0].split())
    assert all(word in first for word in plain(found.question).split())
    # Once in the contents, and the first part itself; the second part is on the next page.
    assert first.count("Bottom line") == 2
    assert first.count("Proposals, and who would accept them") == 1
    seen = drawn(pdftoppm, pdf)
    assert not [page.number for page in seen if page.blank() or page.clipped(20)]


def test_a_method_note_is_one_page(soffice: str, pdftotext: str, tmp_path: Path) -> None:
    note = accordant.load(CASES / "labour").brief("method")
    (tmp_path / "note.docx").write_bytes(render(note))
    assert len(texts(pdftotext, opened(soffice, tmp_path / "note.docx", tmp_path))) == 1
