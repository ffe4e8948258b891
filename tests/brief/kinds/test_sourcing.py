"""How papers speak of their sources: confidence by rule, the statement from counts, what would change it."""

from __future__ import annotations

import re

import pytest

import accordant
from accordant.brief.document import Bullets, Ref, Said, Text, plain
from accordant.brief.parts import cited, firmness, minds
from accordant.brief.parts.assessed import assessed
from accordant.brief.parts.summary_of_sources import statement
from accordant.case.sources import Origin
from tests.brief import talks
from tests.brief.kinds import papers

NAMES = ("january-2024", "labour", "river", "cuba-1962")


@pytest.mark.parametrize("name", ["labour", "cuba-1962"])
def test_confidence_is_high_only_where_nothing_that_is_taken_away_opens_the_answer(name: str) -> None:
    context = papers.context(name)
    settled = [r for r in context.rests.conclusions if r.status != "sometimes"]
    firm = {r.conclusion for r in settled if firmness.confidence(context, r) == "high"}
    asked = [r for r in settled if r.conclusion in firm][:3] + [
        r for r in settled if r.conclusion not in firm
    ][:3]
    grounds = [g for g in (*context.labels, *context.case.origins) if g in asked[0].without]
    stands = {r.conclusion: r.status for r in asked}
    for taken in (*grounds, "unnamed", "assumptions"):
        found = context.opened.rests(list(stands), without=[taken], supports=False)
        opened = {r.conclusion for r in found.conclusions if r.status == "sometimes"}
        assert not opened & firm, taken
        for conclusion in opened:
            stands.pop(conclusion)
        if not stands:
            break
    assert set(stands) <= firm


@pytest.mark.parametrize("name", NAMES)
def test_confidence_is_low_where_an_assumption_or_an_unnamed_claim_alone_carries_the_answer(
    name: str,
) -> None:
    context = papers.context(name)
    for rest in context.rests.conclusions:
        weak = {*context.assumptions, *context.unnamed}
        weak |= {o for o, origin in context.case.origins.items() if origin.unnamed}
        if rest.status != "sometimes" and weak & set(rest.falls_without):
            assert firmness.confidence(context, rest) == "low", rest.conclusion


def test_the_least_firm_of_several_answers_is_told() -> None:
    context = papers.context("labour")
    rests = [r for r in context.rests.conclusions if r.conclusion.startswith("acceptable(company-offer")]
    assert {firmness.confidence(context, r) for r in rests} == {"low", "moderate"}
    told = firmness.basis(context, rests)
    assert plain(told[0].text).startswith("low – open without")


@pytest.mark.parametrize("name", ["january-2024", "labour", "river"])
def test_the_statement_counts_what_the_case_has(name: str) -> None:
    context = papers.context(name)
    case, said = context.case, plain(statement(context).text)
    standing = [c for c in case.claims if context.standing[c].stands]
    settled = [r for r in context.rests.conclusions if r.status != "sometimes"]
    on_unnamed = [r for r in settled if r.without_unnamed != r.status]
    if len(standing) > 10:
        assert f"{len(standing)} claims" in said
    assert f"{len(on_unnamed)} of {len(settled)} settled answers" in said
    assert said.index("Strengths: ") < said.index("Weaknesses: ")


def test_a_side_that_says_nothing_is_a_weakness_and_so_is_one_that_says_most() -> None:
    assert "nothing comes from the side of Sondra" in plain(statement(papers.context("river")).text)
    said = plain(statement(papers.context("january-2024")).text)
    assert "ten claims come from the side of Government of Israel, two from that of Hamas" in said


def test_without_any_claim_the_statement_says_that_all_is_assumed() -> None:
    said = plain(statement(papers.context("cuba-1962")).text)
    assert said.startswith("No claim of any report stands behind these answers")


@pytest.mark.parametrize("name", ["january-2024", "labour", "river"])
def test_what_is_said_to_open_an_answer_opens_it(name: str) -> None:
    context = papers.context(name)
    rests = [r for one in assessed(context) for r in one.rests]
    targets = {context.ids("origin", o): o for o in context.case.origins}
    targets |= {context.ids("assumption", a): a for a in context.assumptions}
    found = minds.bullets(context, rests, asked=0)
    assert isinstance(found, Bullets)
    for item in found.items:
        assert plain(item).startswith("If we could not rely on ")
        lost = [targets[p.target] for p in item if isinstance(p, Ref) and p.target in targets][:1]
        opened = context.opened.rests([r.conclusion for r in rests], without=lost, supports=False)
        assert any(r.status == "sometimes" for r in opened.conclusions)


def test_what_an_answer_would_mean_is_among_what_would_change_our_mind() -> None:
    context = papers.context("january-2024")
    found = minds.bullets(context, [], losses=0, asked=1)
    assert found is not None
    said = plain(found.items[0])
    assert said.startswith(
        "If we learnt from Government of Israel: Which matters more to Government of Israel"
    )
    assert "“halt for captives” is acceptable to Government of Israel and so an agreement" in said


def test_where_nothing_carries_an_answer_alone_nothing_is_told() -> None:
    assert minds.bullets(papers.context("labour"), [], losses=0, asked=0) is None


def test_a_descriptor_says_how_a_source_could_know_and_that_nobody_judged_its_motive() -> None:
    context = papers.context("january-2024")
    case = context.case
    claims = [c for c in case.claims.values() if c.origin == "two-people"]
    said = plain(cited.descriptor(context, claims, case.origins["two-people"]))
    assert said.startswith("Access: not named, how it could know is not said")
    assert "two people together, counted as one source; reached through CNN" in said
    assert said.endswith("Motive: not judged.")


def test_a_source_on_a_side_is_said_to_be_on_it() -> None:
    context = papers.context("labour")
    found = [context.case.claims[c] for c in ("l3",)]
    said = plain(cited.descriptor(context, found, context.case.origins[found[0].origin or ""]))
    assert (
        said
        == "Access: speaks for its own side. Motive: not judged (on the side of Portside Workers' Union)."
    )


def test_what_is_told_of_what_another_said_is_at_second_hand() -> None:
    claim = next(c for c in papers.context("january-2024").case.claims.values() if c.within)
    assert cited.access(claim, Origin(kind="document")).endswith(", at second hand")


@pytest.mark.parametrize("kind", ["assessment", "options"])
def test_restricted_claims_are_in_no_paper_and_each_judgement_says_whether_that_matters(kind: str) -> None:
    found = papers.paper("supply", kind)
    held = [
        c for c in accordant.load(papers.CASES / "supply").case.claims.values() if c.handling == "restricted"
    ]
    said = "\n".join(papers.texts(found))
    assert held
    for claim in held:
        assert claim.quote not in said
        assert claim.says not in said
    assert "hat is withheld changes nothing here" in said


def test_names_in_other_scripts_stay_words_of_the_case() -> None:
    parties = {**talks.TWO["parties"], "union": {"name": "נמל ועובדיו"}}
    found = papers.on({**talks.TWO, "parties": parties, "language": "he"}, "assessment")
    runs = [part for text in papers.runs(found) for part in text]
    assert any(isinstance(run, Said) and run.text == "נמל ועובדיו" and run.lang == "he" for run in runs)
    own = [run.text for run in runs if isinstance(run, Text)]
    assert not any(re.search("[\u0590-\u05ff]", text) for text in own)
