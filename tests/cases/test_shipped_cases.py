"""Every shipped case and template: it loads, it is neutral in form, and its words stand where it says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from accordant.case.grounds import elements
from accordant.opened import OpenCase
from tests.cases.shipped import (
    CASES,
    GAMES,
    PUBLISHED,
    SHIPPED,
    TEMPLATE_NAMES,
    TEMPLATES,
    WORKED,
    expected,
    opened,
    template,
)

FOLDERS = [CASES / name for name in SHIPPED] + [TEMPLATES / name for name in TEMPLATE_NAMES]

# What check says about a case because the case is there to show it.
WARNINGS = {
    # a graph given directly has no place to write grounds for its moves
    "games/no-nash-cycle": {"moves.row", "moves.column"},
    # a line that stands on a claim which its own paper withdrew
    "river": {"preferences.torvia.priorities.2", "preferences.torvia.priorities.2.because.1"},
    # what a court might decide is worth something else than the status quo that goes on until then
    "valley": {"preferences.valley.reservation", "preferences.company.reservation"},
}


def case_at(folder: Path) -> OpenCase:
    return template(folder.name) if folder.parent == TEMPLATES else opened(str(folder.relative_to(CASES)))


def test_every_case_in_the_folder_is_tested() -> None:
    there = {str(p.parent.relative_to(CASES)) for p in CASES.rglob("case.yaml")}
    assert there == set(SHIPPED)
    assert {p.parent.name for p in TEMPLATES.glob("*/case.yaml")} == set(TEMPLATE_NAMES)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_case_loads_with_no_warning_but_those_it_is_there_to_show(name: str) -> None:
    assert {p.path for p in opened(name).problems} == WARNINGS.get(name, set())


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_a_template_loads_without_a_warning_and_gives_answers(name: str) -> None:
    case = template(name)
    assert case.problems == ()
    assert case.states().states
    assert case.deals().proposals
    assert case.stability().concepts["nash"].possible_equilibria


@pytest.mark.parametrize("name", [*PUBLISHED, *GAMES])
def test_a_case_without_proposals_is_answered_all_the_same(name: str) -> None:
    # The games give no status quo and so no deal to compare with; that is an answer, not an error.
    deals = opened(name).deals()
    assert deals.proposals == {}
    if name in GAMES:
        assert deals.agreements == ()
    assert opened(name).rests().conclusions


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_side_has_a_name_and_the_names_it_uses_itself(folder: Path) -> None:
    for id_, party in case_at(folder).case.parties.items():
        assert party.name, id_
        assert party.aliases, id_


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_element_says_what_it_stands_on(folder: Path) -> None:
    unstated = [e.id for e in elements(case_at(folder).case) if not e.stated and e.kind != "moves"]
    assert unstated == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_quotation_stands_at_its_place_once_and_every_report_is_as_it_was(folder: Path) -> None:
    case = case_at(folder).case
    texts = {}
    for id_, report in case.reports.items():
        raw = (folder / report.file).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == report.sha256, id_
        texts[id_] = raw.decode("utf-8")
    for id_, claim in case.claims.items():
        start, end = claim.at
        assert texts[claim.report][start:end] == claim.quote, id_


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_claim_and_origin_is_used_and_every_report_has_a_claim(folder: Path) -> None:
    case = case_at(folder).case
    assert {c.report for c in case.claims.values()} == set(case.reports)
    assert {c.origin for c in case.claims.values()} == set(case.origins)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_no_grade_says_confirmed_by_others_without_two_origins(folder: Path) -> None:
    # "1" needs at least two independent origins; a single unnamed source is "3" at most.
    for claim in case_at(folder).case.claims.values():
        assert claim.grade[1] != "1"
        if claim.attribution == "described":
            assert claim.grade[1] in "3456"


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_case_is_small_enough_to_read(name: str) -> None:
    case = opened(name)
    assert 16 <= len(case.states().states) <= 150
    assert len(elements(case.case)) <= 30
    assert set(expected(name)["proposals"]) == set(case.case.proposals)


def test_the_founding_case_has_many_origins_and_one_report_that_rewrites_another() -> None:
    case = opened("january-2024").case
    assert case.reports["rewrite"].original == "exclusive"
    kinds = {o.kind for o in case.origins.values()}
    assert {"named", "described", "institution", "document", "outlet", "unattributed"} <= kinds
    assert (case.origins["two-people"].kind, case.origins["two-people"].count) == ("described", 2)
    assert any(c.within for c in case.claims.values())
    assert any(c.contradicts for c in case.claims.values())


def test_the_founding_case_puts_no_words_into_hamas_mouth() -> None:
    # Two claims go back to Hamas, and neither speaks of its leaders leaving: what it would make of
    # that stands on the reporters, the record or stated assumptions.
    case = opened("january-2024").case
    said = {c for c, claim in case.claims.items() if case.origins[claim.origin or "cnn"].side == "hamas"}
    assert said == {"k7", "k8"}
    assert not any("leader" in case.claims[c].quote for c in said)
    for element in elements(case):
        if element.subject == "hamas":
            origins = {case.claims[g].origin for g in element.grounds & set(case.claims)}
            assert origins <= {"cnn", "public-record", "haniyeh"}
            if "departure" in element.says and "truce" not in element.says:
                assert "haniyeh" not in origins


def test_the_founding_case_grades_both_sides_alike_and_says_why() -> None:
    case = opened("january-2024").case
    register = case.sources.register_
    sides = {
        o: register[x.register_].reliability
        for o, x in case.origins.items()
        if x.side in ("israel", "hamas") and x.register_
    }
    assert len(sides) == 4
    assert len(set(sides.values())) == 1
    for claim in case.claims.values():
        assert claim.graded_because or claim.grade == "F6"
