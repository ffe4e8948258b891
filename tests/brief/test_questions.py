"""What the brief says of open questions."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from accordant.brief.context import Context
from accordant.brief.document import Figure, Section, Table, plain
from accordant.brief.figures.render import svg
from accordant.brief.parts import questions
from accordant.opened import OpenCase
from tests.brief import talks

LINES: dict[str, Any] = {
    "title": "Pier",
    "parties": {
        "north": {"name": "Northern Council"},
        "south": {"name": "الجبهة الجنوبية"},
        "envoy": {"name": "Envoys", "role": "mediator"},
    },
    "issues": {
        "truce": {"by": {"joint": ["north", "south"]}, "name": "Truce"},
        "aid": {"by": "north", "name": "Aid"},
        "leave": {"by": "south", "name": "Withdrawal"},
    },
    "status_quo": {"truce": "no", "aid": "no", "leave": "no"},
    "preferences": {
        "north": {
            "priorities": [{"want": "leave", "unsure": True}, {"want": "not aid", "unsure": True}, "truce"]
        },
        "south": {
            "priorities": [{"either": ["not leave", "aid", "truce"]}],
            "never": [{"rule": "leave and not truce", "unsure": True}],
        },
    },
    "proposals": {"plan": {"by": "north", "package": {"truce": "yes", "aid": "yes", "leave": "yes"}}},
    "relations": [{"from": "envoy", "to": "south", "kind": "channel"}],
}


@pytest.fixture(scope="module")
def opened() -> OpenCase:
    return talks.opened(LINES)


@pytest.fixture(scope="module")
def section(opened: OpenCase) -> Section:
    found = questions.section(Context(opened))
    assert found is not None
    return found


def table(section: Section, id_: str) -> Table:
    return next(b for b in section.blocks if isinstance(b, Table) and b.id == id_)


def test_questions_stand_in_the_order_of_what_they_decide(section: Section, opened: OpenCase) -> None:
    rows = table(section, "to-ask-questions").rows
    useful = [q for q in opened.questions().questions if q.at_best or q.moved]
    assert len(rows) == len(useful) > 2
    for row, q in zip(rows, useful, strict=True):
        assert q.asks in plain(row.cells[0].text)
    south = next(row for row, q in zip(rows, useful, strict=True) if q.ask == ("south",))
    assert plain(south.cells[1].text) == "الجبهة الجنوبية\nthrough Envoys"


def test_the_tornado_has_the_longest_bar_on_top_and_counts_at_both_ends(section: Section) -> None:
    found = [b for b in section.blocks if isinstance(b, Figure)]
    assert found
    for figure in found:
        bars = figure.drawing.bars  # type: ignore[attr-defined]
        lengths = [b.high - b.low for b in bars]
        assert lengths == sorted(lengths, reverse=True)
        root = ElementTree.fromstring(svg(figure))
        drawn = {text for e in root.iter() if e.tag.endswith("text") for text in e.itertext()}
        for bar in bars:
            assert {bar.low_count, bar.high_count} <= drawn
        assert not any("%" in text for text in drawn)
        assert len(figure.table.rows) >= len(bars)


def test_the_title_of_the_tornado_states_the_finding(section: Section, opened: OpenCase) -> None:
    figure = next(b for b in section.blocks if isinstance(b, Figure))
    says = plain(figure.finding)
    assert says.startswith("Whether plan is")
    assert "moves it furthest" in says or "decides it, whatever the answer" in says


def test_nothing_open_needs_no_section() -> None:
    closed = talks.opened(
        {**LINES, "preferences": {"north": {"priorities": ["truce"]}, "south": {"priorities": ["aid"]}}}
    )
    assert questions.section(Context(closed)) is None


def test_every_reference_leads_somewhere(opened: OpenCase) -> None:
    brief = opened.brief()
    assert {r.target for r in brief.refs()} <= set(brief.ids())
    assert "What would settle it" in brief.markdown()


def test_every_open_conclusion_is_told_with_its_question_or_apart(section: Section, opened: OpenCase) -> None:
    asked, ids = table(section, "to-ask-questions"), [b.id for b in section.blocks]
    follows = [plain(row.cells[3].text) for row in asked.rows]
    rows = table(section, "to-ask-together").rows if "to-ask-together" in ids else ()
    told = " ".join([*follows, *(plain(row.cells[0].text) for row in rows)])
    for u in opened.questions().undecided:
        (says,) = questions.statements(Context(opened), [u.conclusion])
        assert plain(says).split(" holds ")[0] in told
    for row in rows:
        decides = plain(row.cells[2].text)
        if decides.isdecimal():  # one question is enough, but its row only counts some of what it decides
            assert " more" in follows[int(decides) - 1]
