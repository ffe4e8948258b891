"""What is told once in the brief: alike conclusions, notes, pictures with long tables."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

import accordant
from accordant.brief import build
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Ref, Row, Said, Section, Table, Text, ended, plain, rich
from accordant.brief.figures.tornado import tornado_figures
from accordant.brief.html import inline, render
from accordant.brief.html_table import table
from accordant.brief.kinds import whole
from accordant.brief.paper import left_to
from accordant.brief.standing import about, rest_target, shared
from accordant.opened import OpenCase
from tests.brief import fakes, talks
from tests.brief.browser import printed
from tests.brief.test_questions import LINES

ROOT = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def january() -> OpenCase:
    return accordant.load(ROOT / "january-2024")


@pytest.fixture(scope="module")
def paper(january: OpenCase, chromium: str, pdftotext: str, tmp_path_factory: Any) -> list[str]:
    folder = tmp_path_factory.mktemp("january")
    pdf = printed(chromium, january.brief().save(folder / "january.html"), folder)
    made = subprocess.run([pdftotext, "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60)
    return made.stdout.decode().split("\f")[:-1]


def cells(*opens: str, linked: bool = False) -> Table:
    """A table whose row heads open, one to each text."""
    rows = []
    for k, text in enumerate(opens):
        head = rich(Ref("t", (Text(f"row {k}"),))) if linked else rich(f"row {k}")
        rows.append(Row("", (Cell(head, opens=(rich(text),)), Cell(rich("x")))))
    return Table("t", rich("Title"), (rich("Head"), rich("Other")), tuple(rows), opener="what it leaves out")


def test_cells_that_open_to_the_same_share_one_note() -> None:
    found = [(plain(place), [plain(t) for t in texts]) for place, texts in cells("a", "b", "a").reasons]
    assert found == [("row 0; row 2", ["a"]), ("row 1", ["b"])]


@pytest.mark.parametrize(("text", "shown"), [("One", "One."), ("Is it?", "Is it?"), ("Two.", "Two.")])
def test_a_sentence_ends_once(text: str, shown: str) -> None:
    assert plain(ended(rich(text))) == shown


def test_only_a_word_of_its_own_that_opens_a_cell_stays_off_paper() -> None:
    """The style sheet hides ``details.word``: a cell's own words are never in one."""
    bare = lxml_html.fragment_fromstring(table(cells("a"), inline))
    assert bare.xpath("string(.//tbody//details[not(@class)]/summary)") == "row 0"
    assert not bare.xpath(".//details[@class='word']")
    linked = lxml_html.fragment_fromstring(table(cells("a", linked=True), inline))
    assert linked.xpath("string(.//details[@class='word']/summary)") == "what it leaves out"
    assert linked.xpath("string(.//tbody//a[not(ancestor::details)])") == "row 0"


def test_states_that_hold_on_the_same_grounds_share_a_row(january: OpenCase) -> None:
    rests = january.rests().conclusions
    groups = shared(rests)
    assert sorted(r.conclusion for g in groups for one in g for r in one.rests) == sorted(
        r.conclusion for r in rests
    )
    assert any(len(g) > 1 for g in groups)
    for group in groups:
        firsts = [one.first for one in group]
        assert len({(r.status, r.settings, r.falls_without, r.supports, r.breaks) for r in firsts}) == 1
        assert len({(r.origin_supports, r.origin_breaks, r.without_unnamed) for r in firsts}) == 1
        assert len({tuple(about(r.conclusion).detail for r in one.rests) for one in group}) == 1
    context = Context(january)
    rows = {r.id for b in build(january).blocks() if isinstance(b, Table) and b.id == "rests" for r in b.rows}
    assert {rest_target(context, r.conclusion) for r in rests} <= rows


def figure(rows: int) -> Figure:
    made = next(b for b in build(fakes.opened()).blocks() if isinstance(b, Figure))
    row = Row("", (Cell(rich("a")), Cell(rich("b"))))
    behind = Table("f", rich("Rows"), (rich("A"), rich("B")), (row,) * rows, fold=True)
    return Figure(made.id, made.finding, made.describes, made.drawing, behind)


def test_a_long_table_behind_a_picture_says_where_its_rows_are() -> None:
    assert left_to(None, "accordant network", "lists every step") is None
    assert left_to(figure(12), "accordant network", "lists every step").table.paper == ()
    long = left_to(figure(13), "accordant network", "lists every step").table
    assert plain(long.paper) == (
        "The table behind this picture (13 rows) opens in the page on a screen; "
        "accordant network lists every step."
    )
    page = lxml_html.fragments_fromstring(table(long, inline))
    assert [p.get("class") for p in page] == ["block on-screen", "key left-out"]
    assert len(page[0].xpath(".//tbody/tr")) == 13


def test_cells_that_open_keep_their_words_on_paper(paper: list[str]) -> None:
    text = "\n".join(paper)
    left = text[text.index("What is left without several") : text.index("What each conclusion rests on")]
    for row in ("everybody unnamed", "every assumption", "everything graded below"):
        assert left.count(row) == 2  # in the table, and in the note below it
    asked = text[text.index("Questions to ask, those first") :]
    rows, notes = asked.split("“Decides”", 1)
    assert re.search(r"1\. (Does|Which)", rows)
    assert re.search(r"2\. (Does|Which)", rows)
    assert re.search(r"1\. (Does|Which)", notes)
    assert "?." not in " ".join(notes[:2000].split())
    assert "what carries it" not in text
    assert "what it leaves out" not in text.replace("opens to what it leaves out", "")


def test_no_heading_stands_alone_at_the_foot_of_a_page(paper: list[str], january: OpenCase) -> None:
    titles = [plain(s.title) for s in january.brief().sections]
    for page in paper:
        lines = [line.strip() for line in page.splitlines() if line.strip()][:-1]  # but the foot
        for title in titles:
            if title in lines:
                assert len(lines) - lines.index(title) > 4, title


def test_notes_are_not_repeated_on_paper(paper: list[str]) -> None:
    text = " ".join(" ".join(paper).split())
    assert text.count("Smallest sets that carry it") <= 8
    assert "s1, s3, s4, s6, s7 and s9 hold under all" in text
    assert len(paper) <= 31


def test_pictures_left_their_long_tables_to_the_screen(paper: list[str]) -> None:
    text = " ".join(" ".join(paper).split())
    for title in ("The layers, line by line", "The moves that are drawn", "Every step that words took"):
        assert title not in text
    assert text.count("opens in the page on a screen") >= 3
    for title in ("Single points of failure", "What is left without", "Questions to ask", "Whether halt-for"):
        assert title in text


def test_what_one_question_decides_stands_with_that_question_only(january: OpenCase) -> None:
    ids = [b.id for b in build(january).blocks()]
    assert "to-ask-questions" in ids
    assert "to-ask-together" not in ids


def test_the_bottom_line_has_its_own_page_after_what_changed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = Section("changed", rich("What changed"))
    for first, pages in ((None, ["proposals"]), (changed, ["bottom-line", "proposals"])):
        monkeypatch.setattr(whole.changed, "section", lambda context, first=first: first)
        page = lxml_html.document_fromstring(render(build(fakes.opened())))
        assert page.xpath("//section[@class='page-new']/@id") == pages


def test_a_question_of_mixed_scripts_is_not_set_apart_as_a_whole() -> None:
    lines = {**LINES, "issues": {**LINES["issues"], "aid": {"by": "north", "name": "مساعدات"}}}
    context = Context(talks.opened(lines))
    said = context.sentence("Does it want “مساعدات: yes” more than “Truce: yes”?")
    assert [p.text for p in said if isinstance(p, Said)] == ["مساعدات"]
    pictures = tornado_figures(context, context.opened.questions())
    words = [w for p in pictures for bar in p.drawing.bars for w in (bar.asks, bar.high_answer)]  # type: ignore[attr-defined]
    assert any("\u2068مساعدات\u2069: " in w for w in words)
    assert not any(w.startswith("\u2068") and w.endswith("\u2069") for w in words)
