"""The options paper: a few packages against no deal, told party by party in their own terms."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from accordant.brief.document import Definitions, Table, plain
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.for_and_against import compared, valued
from accordant.brief.parts.resting import own_act
from accordant.brief.parts.weighed import options
from tests.brief import talks
from tests.brief.kinds import papers

KIND = "options"


@pytest.mark.parametrize("name", papers.NEGOTIATED)
def test_it_has_two_to_five_pages(name: str) -> None:
    assert 2 <= papers.pages(papers.paper(name, KIND)) <= 5


@pytest.mark.parametrize("name", papers.NEGOTIATED)
def test_three_or_four_packages_are_weighed_and_none_of_them_is_no_deal(name: str) -> None:
    context = papers.context(name)
    weighed = options(context)
    assert 3 <= len(weighed) <= 4
    states = [option.state for option in weighed]
    assert len(set(states)) == len(states)
    assert not {*context.states.no_deal, context.states.status_quo} & set(states)


@pytest.mark.parametrize("name", papers.NEGOTIATED)
def test_what_a_party_says_is_what_the_analysis_says(name: str) -> None:
    context, found = papers.context(name), papers.paper(name, KIND)
    rows = papers.table(found, "overview-table").rows
    names = [papers.cell(c) for c in papers.table(found, "overview-table").columns]
    said = {"yes": "accepts", "no": "refuses", "unknown": "open"}
    for option, row in zip(options(context), rows, strict=False):
        for party, accepted in option.answer.answer.acceptable.items():
            place = names.index(context.case.party_name(party))
            assert papers.cell(row.cells[place].text) == said[accepted.answer]


def test_the_last_row_is_no_deal() -> None:
    rows = papers.table(papers.paper("january-2024", KIND), "overview-table").rows
    assert [papers.cell(row.cells[0].text) for row in rows] == ["A", "B", "C", "No deal"]


def test_lines_for_a_package_are_those_that_only_it_meets() -> None:
    context = papers.context("january-2024")
    better, worse = compared(context, "hamas", "s27", "s1")
    told = [re.sub(r"\s*\[.*", "", plain(line)) for line in better]
    assert told == ["Halt in the fighting: lasting", "Halt in the fighting: pause/lasting"]
    told = [re.sub(r"\s*\[.*", "", plain(line)) for line in worse]
    assert told == [
        "Hamas's leaders leave Gaza: no",
        "People held in Gaza: held/some",
        "People held in Gaza: held",
    ]


def test_lines_change_sides_with_the_package() -> None:
    context = papers.context("january-2024")
    for party in ("israel", "hamas"):
        for state in ("s13", "s25", "s27"):
            better, worse = compared(context, party, state, "s1")
            there, here = compared(context, party, "s1", state)
            assert [plain(x) for x in better] == [plain(x) for x in here if "red line" not in plain(x)]
            assert len(there) == len([x for x in worse if "red line" not in plain(x)])


@pytest.mark.parametrize("name", ["labour", "valley"])
def test_the_numbers_for_and_against_add_up_to_what_a_package_is_worth_over_no_deal(name: str) -> None:
    context = papers.context(name)
    baseline = context.opened.package(next(iter(context.states.no_deal)))
    for option in options(context):
        for party, worth in option.answer.worths.items():
            there = baseline.worths[party]
            better, worse = valued(context, worth, there.parts)
            told = [plain(line).rsplit(" ", 1)[1].replace("−", "-") for line in (*better, *worse)]
            if not any("about" in plain(line) for line in (*better, *worse)):
                assert sum(map(Fraction, told)) == worth.total - there.total


def test_an_option_that_does_not_last_names_who_leaves_it_and_for_what() -> None:
    found = papers.paper("january-2024", KIND)
    facts = {b.id: b for b in found.blocks() if isinstance(b, Definitions)}
    told = {plain(e.term): plain(e.says) for e in facts["option-facts-B"].entries}
    says = "Government of Israel would leave it for “Halt in the fighting: none”"
    assert told["Once reached"] == f"Holds under none of the five concepts: {says}"
    assert told["Feasible"].startswith("Open for Government of Israel: acceptable to all in 8 of 16")
    assert told["Who must move"].startswith("Government of Israel and Hamas together (Halt in the fighting")
    assert "can be undone by one side alone" in told["Sequence"]


def test_stages_and_guarantees_are_told_where_the_case_has_them() -> None:
    found = papers.paper("valley", KIND)
    facts = next(b for b in found.blocks() if isinstance(b, Definitions) and b.id == "option-facts-A")
    told = {plain(e.term): plain(e.says) for e in facts.entries}
    assert "1. permit (day 0)" in told["Sequence"]
    assert "would break off before permit" in told["Sequence"]
    assert told["Guarantees"].startswith("Payments into escrow (guarantee by State Water Office)")


def test_a_constituency_that_refuses_has_a_row_of_its_own() -> None:
    found = papers.paper("labour", KIND)
    rows = [papers.cell(row.cells[0].text) for b in found.blocks() if isinstance(b, Table) for row in b.rows]
    assert any(row.startswith("The membership can refuse for Portside Workers' Union") for row in rows)


def test_unnamed_grounds_and_what_one_source_carries_are_among_the_risks() -> None:
    found = papers.paper("january-2024", KIND)
    facts = next(b for b in found.blocks() if isinstance(b, Definitions) and b.id == "option-facts-A")
    risks = next(plain(e.says) for e in facts.entries if plain(e.term) == "Risks")
    assert "Confidence in the basis is moderate – open without CNN" in risks
    assert "only from people whom nobody can ask by name [1] [2]" in risks


def test_without_no_deal_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(NothingToTellError, match="give it no_deal or a status_quo"):
        papers.paper("games/chicken", KIND)


def test_every_source_has_its_descriptor_and_its_words() -> None:
    from accordant.brief.document import SourceList

    lists = [b for b in papers.paper("labour", KIND).blocks() if isinstance(b, SourceList)]
    assert lists
    for one in lists:
        assert "Access: " in plain(one.note)
        assert "Motive: not judged" in plain(one.note)
        for entry in one.entries:
            assert entry.quote is not None
            assert {"Reliability", "Reported"} <= {fact.label for fact in entry.facts}


def test_a_package_that_all_may_leave_is_told_as_open() -> None:
    found = papers.on(talks.TWO, KIND)
    assert "weighed against no deal" in " ".join(papers.texts(found))


def test_where_many_parties_have_a_row_fewer_packages_are_weighed() -> None:
    from accordant.brief.build import built, prepared

    parties: dict[str, dict[str, str]] = {f"p{k}": {} for k in range(7)}
    values = ["none", "little", "more", "much", "most", "all"]
    content = {
        "title": "Many",
        "parties": parties,
        "issues": {"aid": {"by": {"joint": list(parties)}, "values": values}},
        "status_quo": {"aid": "none"},
        "preferences": {p: {"priorities": [{"want": "aid", "assumed": "it is poor"}]} for p in parties},
    }
    context = prepared(talks.opened(content))
    assert len(options(context)) == 3
    tables = {b.id: b for b in built(context, KIND).blocks() if isinstance(b, Table)}
    assert [plain(c) for c in tables["overview-table"].columns] == [
        *("Option", "It settles", "Answers", "Once reached"),
    ]
    assert plain(tables["overview-table"].rows[0].cells[2].text) == "all seven accept"
    answers = tables["answers-table"]
    assert [plain(c) for c in answers.columns] == ["Party", "Option A", "Option B", "Option C"]
    assert [plain(r.cells[0].text) for r in answers.rows] == list(parties)
    assert {plain(c.text) for r in answers.rows for c in r.cells[1:]} == {"accepts"}


@pytest.mark.parametrize("name", ["elmira", "cuba-1962", "syria-iraq-1975"])
def test_acts_of_one_side_are_no_options_and_the_paper_gives_resting_points_instead(name: str) -> None:
    context, found = papers.context(name), papers.paper(name, KIND)
    assert not options(context)
    said = " ".join(papers.texts(found))
    assert "No package is on the table, and none is acceptable to every party" in said
    assert "Option A" not in said
    rows = papers.table(found, "resting-table").rows
    assert [papers.cell(row.cells[-1].text) for row in rows[:-1]] == ["under all five concepts"] * (
        len(rows) - 1
    )
    assert papers.cell(rows[-1].cells[0].text) == "the status quo"
    assert not any("*" in papers.cell(cell.text) for row in rows for cell in row.cells)


def test_what_one_party_alone_brings_about_is_told_apart_from_a_package() -> None:
    context = papers.context("cuba-1962")
    assert own_act(context, "s2")  # the strike
    assert not own_act(context, "s6")  # the strike, and the withdrawal
    assert not own_act(papers.context("january-2024"), "s27")  # a halt takes both


def test_the_lead_says_of_what_all_accept_that_it_would_break_off() -> None:
    lead = next(papers.texts(papers.paper("valley", KIND).sections[0].blocks[0]))
    assert "every party would accept A, B and D, though in carrying out A, its stages would break off" in lead
