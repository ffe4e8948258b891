"""What could be agreed, as the brief tells it: figures, the tables behind them, and what is left out."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from accordant.brief import build
from accordant.brief.context import Context
from accordant.brief.document import Brief, Figure, Judgement, Section, Table, plain
from accordant.brief.figures import frontier as frontier_module
from accordant.brief.figures.frontier import frontier_figure, thinned
from accordant.brief.figures.render import svg
from tests.brief.talks import THREE, TWO, opened


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(opened(TWO))


@pytest.fixture(scope="module")
def three() -> Brief:
    return build(opened(THREE))


def part(brief: Brief) -> Section:
    return next(s for s in brief.sections if s.id == "agreeable")


def tables(brief: Brief) -> dict[str, Table]:
    found = {b.id: b for b in brief.blocks() if isinstance(b, Table)}
    return found | {b.table.id: b.table for b in brief.blocks() if isinstance(b, Figure)}


def figures(brief: Brief) -> dict[str, Figure]:
    return {b.id: b for b in brief.blocks() if isinstance(b, Figure)}


def cells(table: Table, starts: str) -> list[str]:
    row = next(r for r in table.rows if plain(r.cells[0].text).startswith(starts))
    return [plain(c.text) for c in row.cells]


def test_every_part_that_the_case_allows_is_there(brief: Brief) -> None:
    assert [s.id for s in part(brief).sections] == [
        "stakes-say",
        "room",
        "lenses",
        "trades",
        "staged",
        "terms-say",
        "offers",
    ]


@pytest.mark.parametrize("content", [TWO, THREE], ids=["two", "three"])
def test_references_lead_somewhere_and_ids_are_unique(content: dict[str, Any]) -> None:
    made = build(opened(content))
    ids = made.ids()
    assert len(ids) == len(set(ids))
    assert {r.target for r in made.refs()} <= set(ids)


def test_figures_have_a_finding_a_description_and_a_table_and_are_drawn_offline(brief: Brief) -> None:
    for name in ("frontier", "gains", "ranges"):
        figure = figures(brief)[name]
        assert plain(figure.finding)
        assert figure.describes
        assert figure.table.rows
        root = ElementTree.fromstring(svg(figure))
        assert not {e.tag.split("}")[-1] for e in root.iter()} & {"script", "image", "a", "foreignObject"}
        assert '"url"' not in json.dumps(figure.drawing.spec())


def test_no_deal_and_proposals_stand_in_the_table_of_the_frontier_in_exact_numbers(brief: Brief) -> None:
    table = tables(brief)["frontier-table"]
    assert cells(table, "no deal")[2:4] == ["14 to 20", "60"]
    low = cells(table, "proposal low")
    assert low[2:] == ["8 (−12 to −6)", "92 (+32)", "no"]
    assert "Rise: 1 percent" in low[1]


def test_what_is_drawn_is_what_the_table_says(brief: Brief) -> None:
    panel = figures(brief)["frontier"].drawing.panels[0]  # type: ignore[attr-defined]
    assert panel.no_deal == ((14.0, 20.0), (60.0, 60.0))
    marks = {m.label.strip("\u2068\u2069"): (m.x, m.y) for m in panel.marks}
    assert marks["low"] == (8.0, 92.0)
    found = opened(TWO).frontier()
    assert {p[:2] for p in panel.points} == {tuple(map(float, p.worths.values())) for p in found.points}


def test_each_pair_of_three_parties_has_a_panel_and_letters_have_a_key(three: Brief) -> None:
    drawing: Any = figures(three)["frontier"].drawing
    assert len(drawing.panels) == 3
    codes = {m.label for p in drawing.panels for m in p.marks if m.label}
    key = {says.split(":")[0] for kind, says in drawing.key if not kind}
    assert codes == key
    named = [plain(r.cells[0].text) for r in figures(three)["frontier"].table.rows]
    assert any(n.startswith("A: proposal half") for n in named)


def test_gains_are_told_at_both_ends_of_a_range(brief: Brief) -> None:
    column = figures(brief)["gains"].drawing.columns[0]  # type: ignore[attr-defined]
    assert column.party.strip("\u2068\u2069") == "Portside Union"
    assert (column.bars[0].low, column.bars[0].high, column.bars[0].text) == (-12.0, -6.0, "−12 to −6")


def test_units_stand_wherever_a_value_does(brief: Brief) -> None:
    text = brief.markdown()
    assert "Rise: *4 percent*" in text
    assert "Rise: 1 percent → " in text
    assert cells(tables(brief)["ranges-table"], "Rise")[1] == "0 to 10 percent"
    pictures = svg(figures(brief)["ranges"])
    assert "10 percent" in pictures


def test_lenses_say_what_they_assume_and_where_they_fail(brief: Brief) -> None:
    text = brief.markdown()
    assert "Assumes:" in text
    assert "Fails:" in text
    assert "Portside Union 1" in text or "Portside Union 2" in text  # names, not ids, before numbers


def test_stages_terms_and_offers_are_told(brief: Brief) -> None:
    found = tables(brief)
    stages = found["stage-table-plan"]
    assert [plain(r.cells[0].text).split("\n")[0] for r in stages.rows] == [
        "1. rise",
        "2. rota",
        "3. afterwards",
    ]
    assert any(c.opens for r in stages.rows for c in r.cells)
    term = cells(found["terms-table"], "Escrow account")
    assert "Kestrel: +2" in term[3]
    assert "Portside Union can no longer go to Rota: fixed" in term[3]
    less = [plain(c.text) for r in found["offers-table"].rows for c in r.cells if r.cells[1].text]
    assert "concession" in less
    assert "Rise: 9 percent → 7 percent" in less


def test_a_signed_package_is_compared_with_what_it_leaves(brief: Brief) -> None:
    assert "Signed: plan leaves nothing on the table" in brief.markdown()
    content = deepcopy(TWO)
    content["proposals"]["plan"] = {"status": "signed", "package": {"pay": 3, "rota": "fixed"}}
    less = next(b for b in build(opened(content)).blocks() if b.id.startswith("signed-"))
    assert isinstance(less, Table)
    assert plain(less.title) == "Signed, and still to be gained over plan"


def test_the_first_page_gains_one_line(brief: Brief) -> None:
    made = [b for b in brief.blocks() if isinstance(b, Judgement)]
    lines = [b for j in made for b in j.rests if b.label == "Room"]
    assert len(lines) == 1


def test_parties_with_orders_only_get_what_ranks_allow() -> None:
    content = deepcopy(TWO)
    content["preferences"] = {"union": {"priorities": ["pay >= 4"]}, "firm": {"priorities": ["pay <= 6"]}}
    content["terms"], content["proposals"] = {}, {}
    made = build(opened(content))
    ids = {b.id for b in made.blocks()}
    assert {"frontier", "gains", "stakes"} & ids == set()
    assert "ranges" in ids
    assert "worths are needed, and Portside Union and Kestrel gave an order only." in made.markdown()


def test_where_nobody_can_agree_the_frontier_says_so() -> None:
    content = deepcopy(TWO)
    content["preferences"]["union"]["reservation"] = 49
    content["preferences"]["firm"]["reservation"] = 100
    made = build(opened(content))
    assert plain(figures(made)["frontier"].finding) == "No package is worth at least no deal to both"
    assert "ranges" not in figures(made)


def test_a_long_frontier_is_thinned_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    context = Context(opened(TWO))
    found = context.frontier
    assert found is not None
    monkeypatch.setattr(frontier_module, "DRAWN", 3)
    figure = frontier_figure(context)
    assert figure is not None
    assert f"Drawn are 3 of {len(found.points)} points of the frontier" in plain(figure.note)
    drawn = figure.drawing.panels[0].points  # type: ignore[attr-defined]
    ends = [tuple(map(float, found.points[k].worths.values())) for k in (0, -1)]
    assert [drawn[0][:2], drawn[-1][:2]] == ends
    assert len(thinned(found.points * 50, 40)) == 40
    assert replace(found, points=found.points).beats(found.points[0].worths) == found.points[0].beats
