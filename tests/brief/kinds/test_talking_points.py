"""Talking points: one page, the same form for all, nothing that shows who has talked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accordant.brief.document import Judgement, plain
from accordant.brief.kinds import NothingToTellError
from accordant.brief.kinds.talking_points import MOST
from tests.brief import talks
from tests.brief.kinds import papers

KIND = "talking-points"


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_it_fills_one_page(name: str) -> None:
    found = papers.paper(name, KIND)
    assert papers.pages(found) == 1
    assert sum(isinstance(block, Judgement) for block in found.blocks()) <= MOST


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_every_party_that_decides_is_asked_or_named(name: str) -> None:
    found = papers.paper(name, KIND)
    heads = " ".join(plain(section.title) for section in found.sections)
    said = " ".join(papers.texts(found.sections[0]))
    case = papers.context(name).case
    for party, about in case.parties.items():
        if about.role == "party":
            assert case.party_name(party) in heads or case.party_name(party) in said


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_every_question_is_a_question_and_says_why_it_matters(name: str) -> None:
    for block in papers.paper(name, KIND).blocks():
        if isinstance(block, Judgement):
            assert plain(block.says).rstrip("”").endswith("?")
            assert block.rests[0].label == "Why it matters"


def test_what_an_answer_would_mean_is_told_for_each_answer_that_decides() -> None:
    block = next(b for b in papers.paper("january-2024", KIND).blocks() if isinstance(b, Judgement))
    told = {line.label: plain(line.text) for line in block.rests}
    assert told["Why it matters"] == (
        "any reply settles two of six open answers: whether “halt for captives” is acceptable to Government "
        "of Israel and so an agreement"
    )
    assert told["What answers would mean"].count("if ") + told["What answers would mean"].count("If ") == 2


def test_whoever_carries_messages_is_named_once_for_a_party() -> None:
    said = list(papers.texts(papers.paper("january-2024", KIND)))
    assert said.count("Through Qatar, Egypt or United States.") == 1


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_it_names_no_sources_so_that_it_can_be_carried_into_a_meeting(name: str) -> None:
    found = papers.paper(name, KIND)
    assert not found.refs()
    assert not any(re.search(r"\[A?\d+\]", text) for text in papers.texts(found))


def _talks(**claim: Any) -> dict[str, Any]:
    """Talks in which one claim alone carries the union's no."""
    said = {
        "report": "r",
        "quote": "We want the fixed rota",
        "at": [0, 22],
        "says": "The union wants the fixed rota",
        "kind": "position",
        "by": "union",
        "origin": "o",
        **claim,
    }
    return {
        "title": "Rota",
        "parties": {"union": {}, "firm": {}},
        "issues": {"rota": {"by": {"joint": ["union", "firm"]}, "values": ["fixed", "flexible"]}},
        "status_quo": {"rota": "fixed"},
        "preferences": {
            "union": {"priorities": [{"want": "rota = fixed", "because": ["c"]}]},
            "firm": {"priorities": [{"want": "rota = flexible", "assumed": "it asked"}]},
        },
        "proposals": {"new-rota": {"by": "firm", "package": {"rota": "flexible"}, "assumed": "it asked"}},
        "sources": {
            "reports": {"r": {"file": "reports/r.txt", "sha256": "0" * 64}},
            "origins": {"o": {"kind": "named", "name": "Ida Renn", "side": "union"}},
            "claims": {"c": said},
        },
    }


def _asked(content: dict[str, Any]) -> str:
    return " ".join(papers.texts(papers.on(content, KIND)))


def test_what_one_named_source_has_said_openly_can_be_put_to_its_side() -> None:
    said = _asked(_talks(attribution="named"))
    assert "Does this hold as reported: “The union wants the fixed rota”?" in said
    assert "one source alone says so" in said


@pytest.mark.parametrize(
    "claim", [{"attribution": "described"}, {"attribution": "named", "handling": "team"}]
)
def test_nothing_is_asked_that_would_show_who_has_talked(claim: dict[str, Any]) -> None:
    assert "The union wants the fixed rota" not in _asked(_talks(**claim))


def test_where_nothing_can_be_asked_there_is_no_page() -> None:
    with pytest.raises(NothingToTellError, match="could be asked"):
        papers.paper("games/chicken", KIND)


def test_what_is_assumed_of_several_parties_is_put_to_everybody_once() -> None:
    found = papers.paper("valley", KIND)
    asked = [plain(block.says) for block in found.blocks() if isinstance(block, Judgement)]
    assert len(asked) == len(set(asked))
    assert "To confirm with everybody" in [plain(section.title) for section in found.sections]


def test_what_has_no_ground_is_asked_in_words_of_its_parties() -> None:
    said = _asked(_talks(attribution="described"))
    assert "Is it so that “rota is controlled by all of union and firm”?" in said
    assert "Is it so that “now, rota: fixed”?" in said


def test_parties_are_asked_by_turns() -> None:
    found = papers.on(talks.TWO, KIND)
    assert sum(isinstance(block, Judgement) for block in found.blocks()) <= MOST
