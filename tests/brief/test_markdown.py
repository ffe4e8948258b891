from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accordant.brief import build
from accordant.brief.characters import visible
from accordant.brief.document import Ref, Said, Text, rich
from accordant.brief.markdown import escaped, inline
from tests.brief import fakes
from tests.brief.test_html import HOSTILE, hostile

READER = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def text() -> str:
    return build(fakes.opened()).markdown()


def words(tokens: list[Any]) -> str:
    """The text that a reader shows."""
    found = []
    for token in tokens:
        if token.children:
            found.append(words(token.children))
        elif token.type in ("text", "code_inline", "text_special"):
            found.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" ")
    return "".join(found)


def kinds(tokens: list[Any]) -> set[str]:
    return {t.type for t in tokens} | {k for t in tokens for k in kinds(t.children or [])}


def test_every_link_leads_to_an_anchor(text: str) -> None:
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', text))
    targets = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(targets) > 20
    assert targets <= anchors


def test_the_headings_are_those_of_the_page(text: str) -> None:
    tokens = READER.parse(text)
    opened = [k for k, t in enumerate(tokens) if t.type == "heading_open"]
    heads = [words([tokens[k + 1]]) for k in opened if tokens[k].tag == "h2"]
    assert heads[:3] == ["Bottom line", "Proposals, and who would accept them", "Outcomes that hold"]
    assert [tokens[k].tag for k in opened].count("h1") == 1


def test_every_table_is_read_as_one_with_full_rows(text: str) -> None:
    tokens = READER.parse(text)
    written = re.findall(r"^\|(?: --- \|)+$", text, re.MULTILINE)
    assert sum(t.type == "table_open" for t in tokens) == len(written)
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1


def test_figures_are_told_as_tables_under_their_finding(text: str) -> None:
    assert "From the status quo" in text
    assert '<a id="state-graph-table"></a>**The moves that are drawn**' in text
    assert "<svg" not in text


def test_judgements_are_numbered_and_link_down(text: str) -> None:
    part = text.split("## Proposals")[0]
    assert re.findall(r"^(\d)\. <a id=", part, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert part.count("Down to the words: ") == 5


def test_hostile_text_is_text_and_nothing_else() -> None:
    tokens = READER.parse(build(hostile()).markdown())
    html = {t.content for t in tokens if t.type == "html_block"}
    inline = {c.content for t in tokens for c in (t.children or []) if c.type == "html_inline"}
    for found in html | inline:
        assert re.fullmatch(r'(?:<a id="[\w-]+">|</a>|<br>|</?code>|\s)*', found)
    links = {c.attrGet("href") for t in tokens for c in (t.children or []) if c.type == "link_open"}
    assert all(str(href).startswith("#") for href in links)
    said = words(tokens)
    assert HOSTILE[0] in said
    assert HOSTILE[4] in said
    assert "a[RLO]gnp.exe" in said


@given(st.text(min_size=1))
@example("1. no list")
@example("- no list")
@example("# no heading")
@example("a | b")
@example("www.example.test and https://example.test and a@b.test")
@example("<b>&amp;</b> \\ `x` *y* _z_ ~~q~~ [l](u) ![i](u) $m$ ^s^")
@example("===")
@example("    code")
def test_any_text_reads_back_as_the_same_words(text: str) -> None:
    want = " ".join(visible(text).split())
    tokens = READER.parse(escaped(text))
    assert words(tokens) == want
    assert kinds(tokens) <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@given(st.text(alphabet="|\\`ab *", min_size=1).filter(str.strip))
def test_any_text_stays_in_its_cell(text: str) -> None:
    tokens = READER.parse(f"| a | b |\n| --- | --- |\n| {escaped(text)} | x |\n")
    cells = [tokens[k + 1] for k, t in enumerate(tokens) if t.type == "td_open"]
    assert [words([c]) for c in cells] == [" ".join(text.split()), "x"]


def test_a_space_at_the_end_of_somebodys_words_stays() -> None:
    told = rich(Said("as "), Ref("claim-1", (Text("[1]"),)), Said(" says"), ".")
    assert inline(told) == "as [\\[1\\]](#claim-1) says."


def test_words_from_the_right_are_set_apart_from_figures() -> None:
    assert inline(rich("in ", Said("القرار"), " 242")) == "in \u2068القرار\u2069 242"
    assert inline(rich(Said("Resolution 242"))) == "Resolution 242"
