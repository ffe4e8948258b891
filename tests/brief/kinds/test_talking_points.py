"""Talking points: one page, the same form for all, nothing that shows who has talked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accordant.brief.build import prepared
from accordant.brief.document import Judgement, plain
from accordant.brief.kinds import NothingToTellError, talking_points
from accordant.brief.kinds.talking_points import MOST
from tests.brief import talks
from tests.brief.kinds import papers

KIND = "talking-points"
ASKED = ("january-2024", "labour", "river")
"""Shipped cases in which something could be asked of a party."""


@pytest.mark.parametrize("name", ASKED)
def test_it_fills_one_page(name: str) -> None:
    found = papers.paper(name, KIND)
    assert papers.pages(found) == 1
    assert sum(isinstance(block, Judgement) for block in found.blocks()) <= MOST


@pytest.mark.parametrize("name", ASKED)
def test_every_party_that_decides_is_asked_or_named(name: str) -> None:
    found = papers.paper(name, KIND)
    heads = " ".join(plain(section.title) for section in found.sections)
    said = " ".join(papers.texts(found.sections[0]))
    case = papers.context(name).case
    for party, about in case.parties.items():
        if about.role == "party":
            assert case.party_name(party) in heads or case.party_name(party) in said


@pytest.mark.parametrize("name", ASKED)
def test_every_question_is_a_question_and_says_why_it_matters(name: str) -> None:
    for block in papers.paper(name, KIND).blocks():
        if isinstance(block, Judgement):
            assert plain(block.says).rstrip("”").endswith("?")
            assert [line.label for line in block.rests] == ["Why it matters", "What answers would mean"]


def test_what_an_answer_would_mean_is_told_for_each_answer_that_decides() -> None:
    found = papers.paper("january-2024", KIND)
    block = next(b for b in found.blocks() if isinstance(b, Judgement) and "matters more" in plain(b.says))
    told = {line.label: plain(line.text) for line in block.rests}
    assert told["Why it matters"] == (
        "any reply settles two of six open answers: whether “halt for captives” is acceptable to Government "
        "of Israel and so an agreement"
    )
    assert told["What answers would mean"].count("if ") + told["What answers would mean"].count("If ") == 2


def test_whoever_carries_messages_is_named_once_for_a_party() -> None:
    said = list(papers.texts(papers.paper("january-2024", KIND)))
    assert said.count("Through Qatar, Egypt or United States.") == 1


@pytest.mark.parametrize("name", ASKED)
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
    assert "Is this reported rightly: “The union wants the fixed rota”?" in said
    assert "one source alone says so" in said


@pytest.mark.parametrize(
    "claim", [{"attribution": "described"}, {"attribution": "named", "handling": "team"}]
)
def test_nothing_is_asked_that_would_show_who_has_talked(claim: dict[str, Any]) -> None:
    with pytest.raises(NothingToTellError, match="could be asked") as found:
        _asked(_talks(**claim))
    assert "fixed rota" not in str(found.value)


def test_where_nothing_can_be_asked_there_is_no_page() -> None:
    with pytest.raises(NothingToTellError, match="could be asked"):
        papers.paper("games/chicken", KIND)


@pytest.mark.parametrize("name", ["elmira", "cuba-1962", "valley"])
def test_an_assumption_on_which_the_whole_stands_is_no_question_to_a_party(name: str) -> None:
    with pytest.raises(NothingToTellError, match="is listed in the whole brief"):
        papers.paper(name, KIND)


def test_assumptions_about_several_are_not_asked_and_it_is_said_where_they_are_listed() -> None:
    found = papers.paper("labour", KIND)
    said = " ".join(papers.texts(found))
    assert "a signed contract binds both sides" not in said
    assert "Three assumptions on which answers stand are about several parties or the whole" in said
    assert "listed in the whole brief" in said
    assert not any("everybody" in plain(section.title) for section in found.sections)


def test_an_assumption_on_which_all_that_a_party_wants_stands_is_blanket() -> None:
    context = prepared(talks.opened(_talks(attribution="described")))
    found = {a.id: a for a in context.opened.questions().assumptions}
    firm = next(a for a in found.values() if "firm.priorities.1" in a.elements)
    assert talking_points.blanket(context, firm)
    rota = next(a for a in found.values() if any(e.startswith("issues.") for e in a.elements))
    assert not talking_points.blanket(context, rota)


@pytest.mark.parametrize("name", ["january-2024", "river"])
def test_questions_that_settle_most_come_first_and_the_lead_counts_the_first_of_them(name: str) -> None:
    found = papers.paper(name, KIND)
    lead = next(papers.texts(found.sections[0].blocks[0]))
    first = next(b for b in found.blocks() if isinstance(b, Judgement))
    settled = re.findall(r"any reply settles (\w+) of", " ".join(papers.texts(found)))
    assert re.search(r"settles (\w+) of them whatever it is", lead)[1] == settled[0]  # type: ignore[index]
    assert f"any reply settles {settled[0]} of" in plain(first.rests[0].text)
    numbers = ["one", "two", "three", "four", "five", "six"]
    assert max(map(numbers.index, settled)) == numbers.index(settled[0])


def test_a_confirmation_tells_what_yes_and_no_would_mean() -> None:
    told = [line for line in papers.texts(papers.paper("labour", KIND)) if line.startswith("If so")]
    assert len(told) == 4
    assert all("; if not: it is open whether " in line for line in told)


def test_parties_are_asked_by_turns() -> None:
    found = papers.on(talks.TWO, KIND)
    assert sum(isinstance(block, Judgement) for block in found.blocks()) <= MOST
