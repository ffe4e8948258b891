"""Web pages: the article and what the page says of itself."""

from __future__ import annotations

from accordant.evidence.page import body_text, page_facts
from tests.evidence.read_helpers import REPORTS, reading

PAGE = (REPORTS / "page.html").read_text(encoding="utf-8")


def test_the_article_is_found_with_entities_decoded_and_without_scripts_and_menus() -> None:
    text = body_text(PAGE)
    assert "accept the mediators’ plan." in text
    assert "would not confirm this & gave no details" in text
    for absent in ("said nothing", "color: black", "bread will be cheaper", "&rsquo;", "<p>"):
        assert absent not in text


def test_the_same_page_gives_the_same_text() -> None:
    assert body_text(PAGE) == body_text(PAGE)


def test_the_page_says_what_it_is() -> None:
    facts = page_facts(PAGE)
    assert (facts.title, facts.outlet, facts.author) == (
        "Hostage families block bridge",
        "The Lake Post",
        "Jens Aldo",
    )
    assert (facts.published, facts.language) == ("2031-03-15", "en")
    assert facts.address == "https://lakepost.example/news/bridge"


def test_linked_data_is_read_and_nothing_is_guessed() -> None:
    page = (
        '<html><head><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
        '"headline": "Talks", "datePublished": "2031-05-04T10:00", '
        '"author": [{"name": "Ida Renn"}, {"name": "Jon Arvad"}], "publisher": {"name": "Lake Post"}}]}'
        "</script></head><body><p>On 3 May 2030 the union met.</p></body></html>"
    )
    facts = page_facts(page)
    assert (facts.title, facts.published, facts.author) == ("Talks", "2031-05-04", "Ida Renn, Jon Arvad")
    assert page_facts("<html><body><p>On 3 May 2030 the union met.</p></body></html>").published is None


def test_a_page_that_the_extractor_gives_up_on_is_read_whole() -> None:
    page = (
        "<html><body><table><tr><td>One line</td></tr></table><div>Another<br>line &lt;3</div></body></html>"
    )
    assert body_text(page).split("\n\n") == ["One line", "Another", "line <3\n"]


def test_broken_and_hostile_pages_do_not_stop_the_reader() -> None:
    for page in (
        "<",
        "<p>" * 30_000 + "deep",
        "<!DOCTYPE html [<!ENTITY a 'aaaa'>]><p>&a;&a; said",
        "<p>\x00 x",
    ):
        assert body_text(page).strip()
    assert (
        page_facts('<script type="application/ld+json">{"@type": [1, null], "x": ' + "[" * 5000).title is None
    )


def test_quotations_of_a_page_stand_where_they_are_said_to_stand() -> None:
    result = reading(PAGE, name="page.html")
    assert result.report.format == "html"
    assert result.claims
    for claim in result.claims:
        assert result.text[claim.at.start : claim.at.end] == claim.quote
