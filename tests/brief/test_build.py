from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accordant.brief import build
from accordant.brief.document import (
    Brief,
    Definitions,
    Figure,
    Judgement,
    Ref,
    Row,
    SourceList,
    Table,
    plain,
)
from accordant.case.folder import CaseFolder
from accordant.errors import InputError
from accordant.opened import OpenCase
from accordant.tables import Method
from tests.brief import fakes, talks


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(fakes.opened())


def tables(brief: Brief) -> dict[str, Table]:
    found = {b.id: b for b in brief.blocks() if isinstance(b, Table)}
    return found | {b.table.id: b.table for b in brief.blocks() if isinstance(b, Figure)}


def row(table: Table, starts: str) -> Row:
    return next(r for r in table.rows if plain(r.cells[0].text).startswith(starts))


def said(row_: Row) -> list[str]:
    return [plain(c.text) for c in row_.cells]


def test_the_parts_come_in_the_reader_s_order(brief: Brief) -> None:
    assert [s.id for s in brief.sections] == [
        "bottom-line",
        "proposals",
        "outcomes",
        "parties",
        "stability",
        "rests-on",
        "others",
        "events",
        "sources",
        "assumptions",
        "method",
    ]


def test_every_reference_leads_somewhere_and_every_id_is_unique(brief: Brief) -> None:
    ids = brief.ids()
    assert len(ids) == len(set(ids))
    assert {r.target for r in brief.refs()} <= set(ids)


def test_the_bottom_line_has_three_to_five_judgements_with_links_down_to_the_words(brief: Brief) -> None:
    made = [b for b in brief.blocks() if isinstance(b, Judgement)]
    assert 3 <= len(made) <= 5
    sources = {e.id for b in brief.blocks() if isinstance(b, SourceList) for e in b.entries}
    assumptions = {e.id for b in brief.blocks() if isinstance(b, Definitions) for e in b.entries}
    for judgement in made:
        assert {link.target for link in judgement.links} & (sources | assumptions)
        assert judgement.rests


def test_a_judgement_says_what_it_falls_without_and_in_how_many_settings(brief: Brief) -> None:
    first = next(b for b in brief.blocks() if isinstance(b, Judgement))
    rests = {b.label: plain(b.text) for b in first.rests}
    assert "not to" in plain(first.says)
    assert rests["Settings"] == "Follows in all 2 admissible settings"
    assert rests["Falls without"].startswith("A. Spokesman")


def test_the_loss_of_the_unnamed_is_a_judgement_of_its_own(brief: Brief) -> None:
    made = [b for b in brief.blocks() if isinstance(b, Judgement)]
    found = next(j for j in made if "unnamed" in plain(j.says))
    assert plain(found.says) == "Without unnamed sources, 1 of 9 settled conclusions no longer follows."
    assert "two people familiar with the talks (unnamed)" in plain(found.rests[0].text)


def test_the_wording_claims_no_more_than_the_model_can(brief: Brief) -> None:
    every = brief.markdown().lower().replace(brief.version, "")
    assert "under these assumptions" in every
    for word in ("optimal", "best deal", "should accept", "probability of"):
        assert word not in every
    places = re.compile(r"(?:line |\| |</a>)\d\.\d")
    assert not re.search(r"\d\.\d", places.sub("", every))  # no decimals of anything
    assert "%" not in every


def test_likelihood_and_confidence_never_stand_in_one_row(brief: Brief) -> None:
    found = tables(brief)
    assert [plain(c) for c in found["others-table"].columns][2] == "Likelihood, in their word"
    for table in found.values():
        for r in table.rows:
            text = " ".join(said(r)).lower()
            assert not ("unlikely" in text and "low" in text.split())
    assert said(found["others-table"].rows[0])[2] == "“unlikely”"
    assert said(found["others-confidence"].rows[0])[2] == "low"


def test_who_would_accept_is_told_with_the_line_that_decides(brief: Brief) -> None:
    table = tables(brief)["accepts-offer-1"]
    north = said(row(table, "Northern Council"))
    assert north[1] == "acceptable"
    assert "“departure: yes” is the first line that counts" in north[2]
    assert north[3:] == ["[1] · one origin", "2 of 2"]
    south = said(row(table, fakes.SOUTH))
    assert south[1] == "not acceptable"
    assert south[2].endswith("May be refused by Families of captives.")


def test_cells_without_a_claim_are_marked_as_assumed_and_unsure_ones_as_unsure(brief: Brief) -> None:
    table = tables(brief)["positions"]
    truce, departure = row(table, "Truce"), row(table, "departure")
    assert [c.mark for c in truce.cells] == ["", "", "unsure"]
    assert [c.mark for c in departure.cells] == ["", "", "assumed"]
    assert "assumed it said nothing" in said(departure)[2]


def test_preferences_come_in_order_with_their_grounds(brief: Brief) -> None:
    table = tables(brief)["order-south"]
    assert [said(r)[0] for r in table.rows] == [
        "red line",
        "1. The order of the next two lines is not known",
        "1.1",
        "1.2",
    ]
    assert said(table.rows[2])[1] == "departure: no\nAs [2] says."
    assert [r.cells[-1].mark for r in table.rows] == ["assumed", "", "", "assumed"]
    assert tables(brief)["order-north"].rows[1].cells[-1].mark == "unsure"


def test_every_verdict_opens_to_its_sentence_and_the_lines_compared(brief: Brief) -> None:
    table = tables(brief)["verdicts"]
    cell = row(table, "s2").cells[2]
    assert plain(cell.text) == "leaves under all five concepts"
    assert plain(cell.opens[0]) == (
        f"All five concepts: {fakes.SOUTH} would leave s2 for s4. Compared on line 1.1 [2]."
    )
    assert all(c.opens for r in table.rows for c in r.cells[1:-1])


def test_concepts_that_agree_share_one_row_and_all_their_references_lead_to_it(brief: Brief) -> None:
    table = tables(brief)["rests"]
    assert [said(r)[0] for r in table.rows if "s1" in said(r)[0]] == ["s1 holds under all five concepts"]
    assert said(row(table, "offer-1 is acceptable to Northern"))[3:5] == [
        "two people familiar with the talks (unnamed) [1]",
        "open",
    ]


def test_claims_are_grouped_by_origin_with_their_exact_words(brief: Brief) -> None:
    lists = [b for b in brief.blocks() if isinstance(b, SourceList)]
    assert [plain(b.title) for b in lists] == [
        "two people familiar with the talks",
        "A. Spokesman",
        "Set aside",
    ]
    assert "two people together, one origin" in plain(lists[0].note)
    quote = lists[1].entries[0].quote
    assert quote is not None
    assert (quote.text, quote.lang) == ("لن يغادر القادة", "ar")
    facts = {b.label: plain(b.text) for b in lists[1].entries[0].facts}
    assert facts["Where"] == "تقرير, characters 0 to 15"
    assert facts["Grade"] == "B3: usually reliable source; possibly true"


def test_what_is_out_says_why(brief: Brief) -> None:
    out = next(b for b in brief.blocks() if isinstance(b, SourceList) and b.id == "claims-out-list")
    assert [plain(e.out) for e in out.entries] == ["retracted"]


def test_a_rewrite_is_named_as_one(brief: Brief) -> None:
    assert said(row(tables(brief)["reports"], "تقرير"))[3] == "First report"


def test_stated_and_implied_assumptions_stand_apart(brief: Brief) -> None:
    lists = {b.id: b for b in brief.blocks() if isinstance(b, Definitions)}
    stated = [plain(e.term) for e in lists["assumptions-stated"].entries]
    implied = [plain(e.term) for e in lists["assumptions-implicit-list"].entries]
    assert "[A1] leaders decide for themselves" in stated
    assert all("controlled by all of" in t or "status quo" in t or "Truce" in t for t in implied)


def test_parity_says_when_one_side_is_silent() -> None:
    sources = deepcopy(fakes.SOURCES)
    sources["origins"]["spokesman"]["side"] = "north"
    brief = build(fakes.opened(fakes.case(sources=sources)))
    assert plain(tables(brief)["parity"].title) == f"Parity: no claim comes from the side of {fakes.SOUTH}"


def test_the_method_names_version_and_digest(brief: Brief) -> None:
    entries = {
        plain(e.term): plain(e.says)
        for b in brief.blocks()
        if isinstance(b, Definitions) and b.id == "repeat-list"
        for e in b.entries
    }
    assert entries["Software"] == f"Accordant {brief.version}"
    assert entries["Case digest"] == brief.digest


# Restricted handling


@pytest.fixture
def restricted(tmp_path: Path) -> OpenCase:
    for name in ("r1.txt", "r2.txt"):
        (tmp_path / name).write_text("Talks.", encoding="utf-8")
    sources = deepcopy(fakes.SOURCES)
    sources["claims"]["c2"] |= {"handling": "restricted", "quote": "SECRET WORDS", "says": "SECRET SENSE"}
    sources["claims"]["c3"]["handling"] = "restricted"
    sources["reports"]["r2"]["title"] = "SECRET REPORT"
    sources["origins"]["spokesman"]["name"] = "SECRET NAME"
    return OpenCase(CaseFolder(tmp_path, fakes.case(sources=sources)))


def test_restricted_claims_stay_behind_with_their_words_report_and_source(restricted: OpenCase) -> None:
    brief = build(restricted)
    assert "SECRET" not in brief.html()
    assert "SECRET" not in brief.markdown()
    assert [plain(n) for n in brief.notices] == [
        "Two claims are withheld, and every answer is worked out without them",
        "What is withheld changes none of the answers",
    ]


def test_restricted_claims_are_shown_when_asked_for_by_name(restricted: OpenCase) -> None:
    brief = build(restricted, restricted=["c2"])
    assert "SECRET WORDS" in brief.markdown()
    assert brief.handling == "restricted"
    assert [plain(n) for n in brief.notices][:2] == [
        "Handling: restricted",
        "One claim is withheld, and every answer is worked out without it",
    ]


def test_asking_for_a_claim_that_is_not_restricted_is_an_error(restricted: OpenCase) -> None:
    with pytest.raises(InputError, match=r"'c1' is not a restricted claim; allowed: c2, c3"):
        build(restricted, restricted=["c1"])


# Cases of another kind


def test_settings_drawn_at_random_are_never_told_as_certain() -> None:
    drawn = replace(
        fakes.stability(), method=Method("m", exact=False, cut="64 of 4,096", parameters=(("seed", "1"),))
    )
    brief = build(fakes.opened(stability=drawn))
    assert "drawn at random (64 of 4,096)" in plain(tables(brief)["states"].key)
    holds = next(b for b in brief.blocks() if isinstance(b, Judgement) and b.id == "judgement-holds")
    assert holds.rests[0].label == "Looked at"


def test_a_case_without_proposals_begins_with_what_holds() -> None:
    deals = replace(fakes.DEALS, proposals={})
    brief = build(fakes.opened(fakes.case({"proposals": {}, "judgements": {}}), deals=deals))
    first = next(b for b in brief.blocks() if isinstance(b, Judgement))
    assert plain(first.says) == "Left alone, the status quo s1 holds under all five concepts."
    assert "others" not in [s.id for s in brief.sections]


def test_an_impossible_proposal_says_why() -> None:
    answer = replace(
        fakes.OFFER, state=None, impossible="it is not feasible: 'x' forbids it", acceptable={}, levers=()
    )
    deals = replace(fakes.DEALS, proposals={"offer-1": answer})
    brief = build(fakes.opened(deals=deals))
    first = next(b for b in brief.blocks() if isinstance(b, Judgement))
    assert "leads nowhere: it is not feasible" in plain(first.says)


def test_a_case_without_claims_links_to_its_assumptions() -> None:
    changes = {
        "preferences": {"north": {"priorities": ["departure"]}, "south": {"priorities": ["not departure"]}},
        "proposals": {"offer-1": {"by": "north", "package": {"truce": "lasting", "departure": "yes"}}},
        "positions": {},
        "relations": [],
        "judgements": {},
        "events": {},
    }
    brief = build(fakes.opened(fakes.case(changes, {"claims": {}})))
    assert {r.target for r in brief.refs()} <= set(brief.ids())
    made = [b for b in brief.blocks() if isinstance(b, Judgement)]
    assert all(any(link.target.startswith("assumption-") for link in j.links) for j in made)


def test_references_carry_plain_words(brief: Brief) -> None:
    assert all(plain(r.text).strip() for r in brief.refs())
    assert not [r for r in brief.refs() if any(isinstance(p, Ref) for p in r.text)]


def test_outcomes_that_nobody_can_leave_alone_are_counted_not_listed() -> None:
    content = {**talks.TWO, "issues": {i: {**v, "binding": True} for i, v in talks.TWO["issues"].items()}}
    brief = build(talks.opened(content))
    holds = next(b for b in brief.blocks() if isinstance(b, Judgement) and b.id == "judgement-holds")
    told = [plain(b.text) for b in holds.rests if b.label.startswith("Also under")]
    assert told == [
        "18 outcomes in which nobody can change anything without the others, so that nothing can move anybody"
    ]


# Who vouches


def vouched(claims: dict[str, Any], origins: dict[str, Any]) -> str:
    sources = deepcopy(fakes.SOURCES)
    sources["origins"] |= origins
    sources["claims"] |= {c: {**sources["claims"]["c1"], **more} for c, more in claims.items()}
    return build(fakes.opened(fakes.case(sources=sources))).markdown()


def test_nobody_is_said_to_have_spoken_in_public_and_a_pronoun_is_no_office() -> None:
    told = vouched(
        {"c4": {"origin": "he"}, "c5": {"origin": "holt"}, "c6": {"origin": "veskara", "within": "c1"}},
        {
            "he": {"kind": "role", "words": "he"},
            "holt": {"kind": "named", "name": "Barnaby Holt"},
            "veskara": {"kind": "institution", "name": "Veskara"},
        },
    )
    rows = {line.split("|")[1].strip(): line for line in told.splitlines() if line.startswith("| [")}
    row = {name: next(v for k, v in rows.items() if k.startswith(f"[{name}]")) for name in ("he", "Veskara")}
    assert "in public" not in told
    assert "named in a report" in told
    assert "holder of an office" not in told
    assert "not known who is meant" in row["he"]
    assert "people who are not named" in row["Veskara"]


def test_sources_come_by_what_rests_on_them_and_the_rest_is_folded_with_its_number() -> None:
    many = {f"o{k}": {"kind": "named", "name": f"Name {k}"} for k in range(20)}
    sources = deepcopy(fakes.SOURCES)
    sources["origins"] = {**many, **sources["origins"]}
    sources["claims"] |= {
        f"x{k}": {**sources["claims"]["c3"], "status": "open", "origin": f"o{k}"} for k in range(20)
    }
    brief = build(fakes.opened(fakes.case(sources=sources)))
    first, more = tables(brief)["sources-table"], tables(brief)["sources-table-more"]
    assert len(first.rows) == 2
    assert {plain(row.cells[0].text).split("\n")[0] for row in first.rows} == {
        "A. Spokesman",
        "two people familiar with the talks (unnamed)",
    }
    assert len(more.rows) == 20
    assert more.fold
    assert plain(more.title).startswith("20 more sources, on which no answer rests")
