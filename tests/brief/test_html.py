from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from accordant.brief import build
from accordant.brief.characters import visible
from accordant.brief.document import Said, rich
from accordant.brief.html import inline
from accordant.brief.html_house import css_string
from tests.brief import fakes

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></svg></title><b>loud</b>",
    "a\u202egnp.exe",
    "[click](javascript:alert(1)) | `code` **bold** # no heading",
    "&lt;already&gt; &amp; ]]> <!-- -->",
)


@pytest.fixture(scope="module")
def page() -> str:
    return build(fakes.opened()).html()


@pytest.fixture(scope="module")
def tree(page: str) -> Any:
    return lxml_html.document_fromstring(page)


def hostile() -> Any:
    """The case with hostile text wherever a case or a report can bring its own."""
    changes, sources = deepcopy(fakes.CASE), deepcopy(fakes.SOURCES)
    bad = iter(HOSTILE * 6)
    changes["title"], changes["question"] = next(bad), next(bad)
    for party in changes["parties"].values():
        party["name"] = next(bad) + party.get("name", "")
    changes["parties"]["north"]["aliases"] = [next(bad)]
    changes["issues"]["truce"]["name"] = next(bad)
    changes["issues"]["departure"]["assumed"] = next(bad)
    changes["proposals"]["offer-1"] |= {"status": next(bad), "note": next(bad)}
    changes["events"]["e1"] |= {"what": next(bad), "place": next(bad)}
    changes["judgements"]["j1"] |= {"by": next(bad), "likelihood": next(bad)}
    changes["relations"][0]["kind"] = next(bad)
    for report in sources["reports"].values():
        report |= {"title": next(bad), "outlet": next(bad), "address": "https://x.test/?" + next(bad)}
    sources["origins"]["two"]["words"] = next(bad)
    for claim in sources["claims"].values():
        claim |= {"quote": next(bad), "says": next(bad), "note": next(bad)}
    return fakes.opened(fakes.case(changes, sources))


def test_every_link_stays_inside_the_page_and_leads_somewhere(tree: Any) -> None:
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    targets = [a.get("href") for a in tree.iter("a")]
    assert len(targets) > 50
    assert all(t.startswith("#") for t in targets)
    assert {t[1:] for t in targets} <= set(ids)


def test_every_label_that_is_referred_to_is_there(tree: Any) -> None:
    ids = {e.get("id") for e in tree.iter() if e.get("id")}
    for element in tree.iter():
        assert set((element.get("aria-labelledby") or "").split()) <= ids
        for used in re.findall(r"url\(#([^)]+)\)", " ".join(element.attrib.values())):
            assert used in ids


def test_nothing_is_loaded_from_anywhere(page: str, tree: Any) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    ]
    loaders = ("script", "link", "img", "iframe", "object", "embed", "image", "use", "video", "base")
    assert not [e.tag for e in tree.iter(*loaders)]
    assert not tree.xpath("//@src | //@srcset | //@style[contains(., 'url')]")
    style = "".join(tree.xpath("//style/text()"))
    assert "@import" not in style
    assert "url(" not in style
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_headings_descend_one_step_at_a_time_from_one_h1(tree: Any) -> None:
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_page_can_be_read_with_ears_and_keyboard_alone(tree: Any) -> None:
    assert tree.get("lang") == "en"
    skip = tree.xpath("//body/*[1]")[0]
    assert (skip.tag, skip.get("href")) == ("a", "#bottom-line")
    assert [len(tree.xpath(f"//{t}")) for t in ("main", "header", "nav", "footer")] == [1, 1, 1, 1]
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        assert all(th.get("scope") for th in table.iter("th"))
    for part in tree.xpath("//*[contains(@class, 'scroll')]"):
        assert part.get("tabindex") == "0"
        assert part.get("aria-labelledby")


def test_every_figure_states_its_finding_and_has_its_table(tree: Any) -> None:
    figures = list(tree.iter("figure"))
    assert len(figures) >= 2
    for figure in figures:
        finding = figure.find("figcaption").text_content()
        assert len(finding.split()) > 4
        picture = figure.xpath(".//svg")[0]
        assert picture.get("role") == "img"
        assert [picture[0].tag, picture[1].tag] == ["title", "desc"]
        assert figure.xpath(".//table")


def test_judgements_stand_before_everything_else(tree: Any) -> None:
    main = tree.xpath("//main")[0]
    assert main[0].get("id") == "bottom-line"
    assert 3 <= len(main[0].xpath(".//li[@class='judgement']")) <= 5


def test_what_opens_on_a_screen_is_there_once_more_for_paper(tree: Any) -> None:
    part = tree.xpath("//section[@id='stability']")[0]
    opened = part.xpath(".//td//details/div[@class='why']/p")
    on_paper = part.xpath(".//div[@class='on-paper']/p")
    assert len(opened) == len(on_paper) == 8
    assert "would leave s2 for s4" in " ".join(p.text_content() for p in on_paper)


def test_right_to_left_text_is_set_apart_and_named(tree: Any) -> None:
    quotes = [q for q in tree.iter("blockquote") if q.get("lang") == "ar"]
    assert quotes
    assert all(q.get("dir") == "auto" for q in quotes)
    assert any(b.text == fakes.SOUTH for b in tree.iter("bdi"))
    pictures = " ".join(t.text or "" for t in tree.xpath("//svg//text"))
    assert f"\u2068{fakes.SOUTH}\u2069" in pictures


def test_hostile_text_is_text_and_nothing_else() -> None:
    page = build(hostile()).html()
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath("//script | //img | //b | //iframe | //*[starts-with(name(@*), 'on')]")
    assert not [e for e in tree.iter() for a in e.attrib if a.startswith("on")]
    assert all(a.get("href").startswith("#") for a in tree.iter("a"))
    said = tree.text_content()
    assert HOSTILE[0] in said
    assert HOSTILE[1] in said
    assert "a[RLO]gnp.exe" in said
    assert "\u202e" not in page
    assert len(tree.xpath("//style")) == 1
    assert len(tree.xpath("//svg")) == len(tree.xpath("//figure"))


@given(st.text())
def test_any_text_comes_back_as_it_was_shown(text: str) -> None:
    shown = inline(rich(Said(text)))
    parsed = lxml_html.fragment_fromstring(f"<p>{shown}</p>")
    assert parsed.text_content() == visible(text).replace("\n", "")
    assert {e.tag for e in parsed.iter()} <= {"p", "bdi", "br"}


@given(st.text())
def test_no_text_can_end_a_string_of_the_style_sheet(text: str) -> None:
    made = css_string(text)
    assert made[0] == made[-1] == '"'
    assert not set(made[1:-1]) & set("\"'<>{};\n()/*")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    shown = build(fakes.opened())._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox=""' in shown
    assert "<script" not in shown


def test_a_date_is_not_broken_and_copied_as_it_is() -> None:
    made = inline(rich("2023-11-24 to 2023-12, ", Said("c-2024-01-300 of 2024")))
    assert re.findall(r'<span class="date">(.*?)</span>', made) == ["2023-11-24", "2023-12"]
    assert re.sub(r"<.*?>", "", made) == "2023-11-24 to 2023-12, c-2024-01-300 of 2024"
