"""The brief of every shipped case, as its readers get it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import html as lxml_html

import accordant
from accordant.brief import Brief
from accordant.brief.document import Judgement, Ref, SourceList, Table, plain

ROOT = Path(__file__).parents[2] / "cases"
CASES = sorted(p.parent for p in ROOT.rglob("case.yaml"))


@lru_cache
def brief_on(path: Path) -> Brief:
    return accordant.load(path).brief()


@pytest.fixture(scope="module")
def january() -> Brief:
    return brief_on(ROOT / "january-2024")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_every_shipped_case_has_a_brief_whose_references_all_lead_somewhere(path: Path) -> None:
    brief = brief_on(path)
    ids = brief.ids()
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert {r.target for r in brief.refs()} <= set(ids)
    made = [b for b in brief.blocks() if isinstance(b, Judgement)]
    assert 3 <= len(made) <= 5
    for judgement in made:
        assert any(link.target.startswith(("claim-", "assumption-")) for link in judgement.links)
    text = brief.markdown()
    assert brief.digest in text
    assert "optimal" not in text


def test_the_founding_case_answers_its_question_first(january: Brief) -> None:
    first = next(b for b in january.blocks() if isinstance(b, Judgement))
    says = plain(first.says)
    assert "leaders-leave" in says
    assert "is acceptable to Government of Israel; not to Hamas" in says


def test_the_two_unnamed_people_are_on_the_first_page(january: Brief) -> None:
    made = [b for b in january.blocks() if isinstance(b, Judgement)]
    found = next(j for j in made if plain(j.says).startswith("Without unnamed sources"))
    assert re.search(r"Without unnamed sources, [1-9]\d* of \d+ settled", plain(found.says))
    assert "two people" in " ".join(plain(b.text) for b in found.rests)
    quotes = {
        e.id: e.quote.text
        for b in january.blocks()
        if isinstance(b, SourceList)
        for e in b.entries
        if e.quote is not None
    }
    words = [quotes[link.target] for link in found.links]
    assert any("top figures of Hamas would quit Gaza" in w for w in words)


def test_every_quotation_is_in_its_report_word_for_word(january: Brief) -> None:
    reports = " ".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "january-2024" / "reports").glob("*.txt")
    )
    shown = [
        e.quote.text for b in january.blocks() if isinstance(b, SourceList) for e in b.entries if e.quote
    ]
    assert len(shown) > 20
    assert all(quote in reports for quote in shown)


def test_the_page_of_the_founding_case_holds_together(january: Brief) -> None:
    tree = lxml_html.document_fromstring(january.html())
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id"))
    assert max(ids.values()) == 1
    assert {a.get("href")[1:] for a in tree.iter("a")} <= set(ids)
    figures = ["ranges", "state-graph", "rests-figure", "tornado-agreement-halt-for-captives"]
    assert tree.xpath("//figure[.//svg]/@id") == [*figures, "timeline", "network"]
    said = tree.text_content()
    for name in ("ממשלת ישראל", "حركة المقاومة الإسلامية"):
        assert name in said
    assert "rewrite" in said.lower()


def test_the_table_of_sources_names_nobody_who_is_not_named(january: Brief) -> None:
    case = accordant.load(ROOT / "january-2024").case
    table = next(b for b in january.blocks() if isinstance(b, Table) and b.id == "sources-table")
    assert plain(table.title).startswith("Three of 11 sources are not named; ")
    rows = {plain(row.cells[0].text): row for row in table.rows}
    assert len(rows) == len({c.origin for c in case.claims.values()})
    for said, row in rows.items():
        unnamed = "(unnamed)" in said
        assert unnamed == ("not named, described" in said or "not attributed" in said)
        if unnamed:
            assert plain(row.cells[1].text) == "CNN alone"
            assert plain(row.cells[2].text).startswith("F")
    own = next(row for said, row in rows.items() if said.startswith("two people"))
    assert "two people, one source, side not said" in plain(own.cells[0].text)
    assert plain(own.cells[4].text)


def test_references_are_told_apart_by_their_labels(january: Brief) -> None:
    labels: dict[str, set[str]] = {}
    for ref in january.refs():
        text = plain(ref.text)
        if re.fullmatch(r"\[A?\d+(, out)?\]", text):
            labels.setdefault(text, set()).add(ref.target)
    assert labels
    assert all(len(targets) == 1 for targets in labels.values())
    assert isinstance(january.refs()[0], Ref)
