"""Web pages in the look of a house: what is in them, and what a reader's printer makes of them."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from accordant.brief.document import Brief, Paragraph, Said, Section, rich
from accordant.brief.house import House
from accordant.brief.house_sample import sample
from tests.brief.browser import printed
from tests.brief.pages import drawn, texts
from tests.brief.test_house_folder import DOT, font

HOUSE = House(name="Office", header="Office of the Envoy", footer="Not for sale", paper="letter")


def test_what_the_house_says_stands_at_the_head_and_the_foot() -> None:
    tree = lxml_html.document_fromstring(sample().html(replace(HOUSE, logo=DOT, logo_kind="png")))
    top = tree.xpath("//header/div[@class='house']")[0]
    assert top.text_content() == "Office of the Envoy"
    assert top[0].get("alt") == ""  # the words beside it say as much
    assert b64decode(top[0].get("src").removeprefix("data:image/png;base64,")) == DOT
    assert tree.xpath("string(//footer/p)") == "Not for sale"
    bare = lxml_html.document_fromstring(sample().html(House(name="Office", logo=DOT, logo_kind="png")))
    assert bare.xpath("//div[@class='house']/img/@alt") == ["Office"]


def test_without_a_house_nothing_is_added() -> None:
    page = sample().html()
    assert 'class="house"' not in page
    assert "font-src" not in page
    assert page == sample().html(House())


@pytest.mark.parametrize("permitted", [True, False])
def test_fonts_stand_in_the_page_only_where_they_may(tmp_path: Path, permitted: bool) -> None:
    file = tmp_path / "a.otf"
    file.write_bytes(font("House Sans", 700))
    house = House(text_font="House Sans", fonts=(file,), embed_fonts=permitted)
    page = sample().html(house)
    assert ("@font-face" in page) == ("font-src data:" in page) == permitted
    assert 'font-family: "House Sans", var(--sans)' in page
    if permitted:
        found = re.search(r"font-weight: (\d+);.*?url\(data:font/otf;base64,([\w+/=]+)\)", page)
        assert found
        assert (found[1], b64decode(found[2])) == ("700", file.read_bytes())


def test_nothing_of_a_house_can_end_the_style_or_a_string() -> None:
    bad = '"}</style><script>alert(1)</script>'
    house = House(header=bad, footer=bad, name=bad, text_font=bad, heading_font=bad, css=bad)
    tree = lxml_html.document_fromstring(sample(bad).html(house))
    assert not tree.xpath("//script")
    assert len(tree.xpath("//style")) == 1
    assert tree.xpath("string(//div[@class='house'])") == bad


def test_a_question_that_is_all_in_words_from_the_right_is_set_from_there() -> None:
    said = Said("هل يُقبل العرض؟", "ar")
    made = Brief(
        said, rich(said), "", (), (Section("s", rich("S"), (Paragraph("p", rich(said)),)),), "1", "0"
    )
    tree = lxml_html.document_fromstring(made.html())
    for path in ("//p[@class='question']", "//p[@id='p']", "//h1"):
        assert tree.xpath(f"{path}/@dir | {path}/@lang") == ["auto", "ar"]
        assert tree.xpath(f"string({path})") == said.text


@pytest.fixture(scope="module")
def paper(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    file = sample().save(folder / "sample.html", HOUSE)
    return printed(chromium, file, folder)


def test_every_printed_page_has_the_mark_and_the_lines_of_the_house(paper: Path, pdftotext: str) -> None:
    pages = [" ".join(page.split()) for page in texts(pdftotext, paper)]
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert "Handling: team" in page
        assert page.count("Office of the Envoy") == 1
        assert "Not for sale" in page
        assert re.search(rf"{number} ?/ ?3", page)


def test_sheets_are_as_the_house_has_them_and_wide_parts_lie_across(paper: Path, pdftoppm: str) -> None:
    pages = drawn(pdftoppm, paper)
    assert [page.wide for page in pages] == [False, True, False]
    assert [round(side) for side in pages[0].size] == pytest.approx([612, 792], abs=3)
    assert not any(page.blank() or page.clipped() for page in pages)
