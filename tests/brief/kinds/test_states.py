"""The state graph, the timeline and the method note: short documents, each with what it is for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from accordant.brief.build import build
from accordant.brief.document import Brief, Bullets, Figure, Paragraph, Table, plain
from accordant.brief.kinds import NothingToTellError
from accordant.case.folder import CaseFolder
from accordant.opened import OpenCase
from tests.brief import fakes, talks
from tests.brief.sets import january


def made(kind: str, changes: dict[str, Any] | None = None) -> Brief:
    return build(fakes.opened(fakes.case(changes)), kind)


def case(changes: dict[str, Any] | None = None) -> OpenCase:
    """The same case with answers that are worked out: the method note asks for more than the others."""
    return OpenCase(CaseFolder(Path("talks"), fakes.case(changes)))


def block(brief: Brief, id_: str) -> Any:
    return next(b for b in brief.blocks() if b.id == id_)


# States


def test_the_state_graph_says_first_which_outcomes_hold() -> None:
    brief = made("states")
    assert plain(block(brief, "holding-say").text) == (
        "Of four outcomes two hold under every concept, however what is unsure turns out. No deal is among "
        "those that hold under every concept."
    )
    items = [plain(item) for item in block(brief, "holding-list").items]
    assert items == ["s1: status quo, no deal", "s3: Truce: lasting"]


def test_the_state_graph_has_its_moves_behind_it_and_every_state_in_a_table() -> None:
    brief = made("states")
    assert [type(b) for b in brief.blocks()] == [Paragraph, Bullets, Table, Paragraph, Figure]
    assert len(block(brief, "state-graph").table.rows) == 5
    assert [row.id for row in block(brief, "states").rows] == [f"state-s{k}" for k in range(1, 5)]


def test_links_of_the_state_graph_lead_to_the_table_in_the_same_document() -> None:
    brief = made("states")
    assert {ref.target for ref in brief.refs()} <= set(brief.ids())
    assert any(ref.target == "state-s3" for ref in brief.refs())


# Timeline


def test_the_timeline_has_its_whole_table_on_paper() -> None:
    figure = block(made("timeline"), "timeline")
    assert not figure.table.fold
    assert [plain(row.cells[2].text).split("\n")[0] for row in figure.table.rows] == [
        "A first meeting",
        "Proposal offer-1 (floated)",
        "A call",
    ]


def test_without_any_date_there_is_no_timeline() -> None:
    with pytest.raises(NothingToTellError, match="has a date"):
        made("timeline", {"events": {}, "proposals": {}})


# Method


@pytest.fixture(scope="module")
def note() -> str:
    return plain(block(build(case(), "method"), "modelled").text)


def test_the_method_note_says_what_was_modelled(note: str) -> None:
    assert note.startswith("Two parties decide over two issues; there are four states, each with one value")
    assert "Envoys mediates and decides nothing." in note


def test_what_is_wanted_is_said_by_the_form_in_which_it_is_known(note: str) -> None:
    assert (
        f"What Northern Council and {fakes.SOUTH} want is given as statements, most important first." in note
    )


def test_settings_are_counted_and_said_to_be_no_probabilities(note: str) -> None:
    assert "What is unsure makes four admissible settings" in note  # 2 for the line, 2! for the order
    assert note.endswith("Counts of settings are not probabilities.")


def test_a_constituency_with_preferences_may_veto_and_numbers_are_said_to_be_numbers() -> None:
    text = plain(block(build(talks.opened(talks.TWO), "method"), "modelled").text)
    assert "What Portside Union and Kestrel want is given in numbers." in text


def test_a_party_of_which_nothing_is_known_is_said_to_admit_every_order() -> None:
    wants = {"preferences": {"south": fakes.CASE["preferences"]["south"]}}
    text = plain(block(build(case(wants), "method"), "modelled").text)
    assert "what Northern Council wants is not known, so that every order of the states is admitted." in text


def test_the_method_note_names_the_digest_the_software_and_what_was_cut() -> None:
    opened = case()
    entries = block(build(opened, "method"), "repeat-list").entries
    said = {plain(e.term): plain(e.says) for e in entries}
    assert said["Case digest"] == f"{opened.folder.digest}."
    assert said["Software"].startswith("Accordant ")
    assert said["Cut off or drawn"] == "nothing: every answer is exact."


# On paper

BUDGET = {"matrix": 2, "stakeholders": 3, "timeline": 3, "states": 4, "method": 1}
"""Pages of each on the shipped case, sources and all."""


@pytest.mark.parametrize("kind", BUDGET)
def test_a_short_document_is_short_on_paper(kind: str) -> None:
    pages = PdfReader(BytesIO(january(kind).form(".pdf"))).pages
    assert len(pages) <= BUDGET[kind]
    assert all(page.extract_text().strip() for page in pages)


def test_what_lies_across_is_the_matrix_and_the_map() -> None:
    first = {kind: PdfReader(BytesIO(january(kind).form(".pdf"))).pages[0].mediabox for kind in BUDGET}
    across = {kind: page.width > page.height for kind, page in first.items()}
    assert across == {**dict.fromkeys(BUDGET, False), "matrix": True, "stakeholders": True}
