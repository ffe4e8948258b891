"""The assessment brief: short, the bottom line first, likelihood and confidence apart."""

from __future__ import annotations

import re

import pytest

from accordant.brief.document import Judgement, Ref, plain
from accordant.brief.plainly import CLASSICAL, WHILE
from accordant.case.yardsticks import YARDSTICKS
from tests.brief import talks
from tests.brief.kinds import papers

KIND = "assessment"


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_it_fills_two_pages_at_most(name: str) -> None:
    assert papers.pages(papers.paper(name, KIND)) <= 2
    assert papers.words(papers.paper(name, KIND)) <= 1600


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_it_opens_with_three_to_five_judgements(name: str) -> None:
    first = papers.paper(name, KIND).sections[0]
    assert first.id == "bottom-line"
    assert 3 <= sum(isinstance(block, Judgement) for block in first.blocks) <= 5


def test_its_parts_come_in_the_order_in_which_they_are_read() -> None:
    found = [section.id for section in papers.january(KIND).sections]
    assert found == ["bottom-line", "since", "mind", "sources"]


@pytest.mark.parametrize("name", papers.SHIPPED)
def test_likelihood_and_confidence_never_stand_in_one_sentence(name: str) -> None:
    likely = re.compile(r"\blikel|\bunlikel|\bchance", re.I)
    for sentence in papers.sentences(papers.paper(name, KIND)):
        assert not (likely.search(sentence) and re.search(r"\bconfiden", sentence, re.I)), sentence
    judgements = [b for b in papers.paper(name, KIND).blocks() if isinstance(b, Judgement)]
    for line in (line for one in judgements for line in one.rests):
        assert ("likelihood" in line.label) + ("onfidence" in line.label) <= 1


def test_a_likelihood_is_somebody_s_word_and_brings_the_yardstick_with_it() -> None:
    said = [b for b in papers.paper("january-2024", KIND).blocks() if b.id == "yardstick"]
    text = next(iter(papers.texts(said[0])))
    for band in YARDSTICKS["icd-203"].bands:
        assert f"{band.term} {band.low}–{band.high}" in text
    assert "Nobody has said where on it the words above belong" in text
    told = [line for line in papers.texts(papers.paper("january-2024", KIND)) if "unlikely" in line]
    assert any("the reporters: “unlikely”" in line for line in told)


def test_without_a_likelihood_there_is_no_yardstick() -> None:
    assert "yardstick" not in papers.paper("river", KIND).ids()
    assert not any("Yardstick" in text for text in papers.texts(papers.paper("river", KIND)))


def test_a_person_s_own_confidence_stands_in_a_line_of_its_own() -> None:
    judged = {
        "j": {
            "by": "the analyst",
            "about": "acceptable(less, firm)",
            "likelihood": "probably not",
            "band": "unlikely",
            "confidence": "moderate",
        }
    }
    found = papers.on({**talks.TWO, "judgements": judged}, KIND)
    lines = [line for b in found.blocks() if isinstance(b, Judgement) for line in b.rests]
    told = {line.label: papers.cell(line.text) for line in lines if line.label.startswith("Others")}
    assert told["Others’ likelihood"].startswith("the analyst: “probably not”, on the yardstick “unlikely”")
    assert told["Others’ confidence"] == "the analyst: moderate"
    assert "Nobody has said where" not in " ".join(papers.texts(found))


@pytest.mark.parametrize("kind", ["assessment", "options", "talking-points", "changes"])
def test_papers_have_no_names_of_states_or_claims_and_no_expressions(kind: str) -> None:
    found = papers.january(kind)
    claims = "|".join(papers.context("january-2024").case.claims)
    for text in papers.texts(found):
        assert not re.search(r"(?<![\w“])s\d+\b", text), text
        assert not re.search(rf"(?<![\w-])({claims})(?![\w-])", text), text
        assert not re.search(r"->|!=| = |[{}]", text), text


def test_every_number_that_is_cited_stands_in_its_list() -> None:
    for name in ("january-2024", "labour", "river"):
        found = papers.paper(name, KIND)
        labels = {
            papers.cell(row.cells[0].text)
            for t in ("cited", "assumed")
            for row in papers.table(found, t).rows
        }
        cited = {f"[{n}]" for text in papers.texts(found) for n in re.findall(r"\[(A?\d+)(?:, out)?\]", text)}
        assert cited <= labels


def test_what_changed_takes_two_lines() -> None:
    lines = next(s for s in papers.january(KIND).sections if s.id == "since").blocks[0].items  # type: ignore[union-attr]
    told = [papers.cell(line) for line in lines]
    assert len(told) == 2
    assert told[0].startswith("One change to the case since the version “before”")


def test_without_a_version_it_says_that_there_is_nothing_to_compare_with() -> None:
    said = " ".join(papers.texts(papers.paper("labour", KIND)))
    assert "Nothing to compare with" in said


@pytest.mark.parametrize(("name", "number"), [("elmira", 3), ("cuba-1962", 1), ("syria-iraq-1975", 1)])
def test_without_proposals_it_says_first_where_the_dispute_could_come_to_rest(name: str, number: int) -> None:
    found = [b for b in papers.paper(name, KIND).blocks() if isinstance(b, Judgement)]
    says = plain(found[0].says)
    many, verb = ("one outcome", "holds") if number == 1 else ("three outcomes", "hold")
    assert says.startswith(f"It could come to rest in {many}, which {verb} under all five concepts")
    assert says.count("“") == number
    assert plain(found[1].says).startswith("Left alone, the status quo holds only while each party fears")
    told = " ".join(plain(line.text) for b in found for line in b.rests if line.label == "Status quo")
    case = papers.context(name).case
    assert all(told.count(issue.name or id_) == 1 for id_, issue in case.issues.items())


def test_what_holds_under_some_concepts_is_told_in_words_with_their_names() -> None:
    found = [b for b in papers.paper("elmira", KIND).blocks() if isinstance(b, Judgement)]
    assert plain(found[1].says) == (
        "Left alone, the status quo holds only while each party fears the others’ answer, however costly to "
        "them (GMR, SMR); not otherwise."
    )


def test_there_are_words_for_every_set_of_concepts_that_can_be() -> None:
    from itertools import combinations

    follows = {"nash": {"sseq"}, "sseq": {"seq", "smr"}, "seq": {"gmr"}, "smr": {"gmr"}, "gmr": set[str]()}
    sets = (set(s) for size in range(1, 5) for s in combinations(CLASSICAL, size))
    assert set(WHILE) == {frozenset(s) for s in sets if all(follows[c] <= s for c in s)}


@pytest.mark.parametrize("name", [*papers.SHIPPED, "elmira", "valley"])
def test_links_down_to_the_words_repeat_no_number_of_the_lines_above(name: str) -> None:
    for one in (b for b in papers.paper(name, KIND).blocks() if isinstance(b, Judgement)):
        above = {ref.target for line in one.rests for ref in line.text if isinstance(ref, Ref)}
        assert not above & {ref.target for ref in one.links}


@pytest.mark.parametrize("name", [*papers.SHIPPED, "elmira", "valley"])
def test_every_assumption_that_is_cited_stands_in_its_list(name: str) -> None:
    found = papers.paper(name, KIND)
    listed = {papers.cell(row.cells[0].text) for row in papers.table(found, "assumed").rows}
    assert {f"[{n}]" for text in papers.texts(found) for n in re.findall(r"\[(A\d+)\]", text)} <= listed
