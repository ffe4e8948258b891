"""How old claims are, against a twin that tries every day that every date may mean."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.ageing import STAGES, Age, ages, stale_claims
from accordant.case.dates import when
from accordant.case.digest import digest
from accordant.case.grounds import standings
from accordant.case.half_lives import DEFAULTS, KINDS
from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.case.switches import parse_switches

DATES = (
    "2024-02-27",
    "2024-02-28",
    "2024-02",
    "2024-01-30/2024-02-03",
    "2024-03-01",
    "2024-01",
    "2023-12-30",
)
KINDS_USED = ("offer", "position", "interest")
SAID: dict[str, Any] = {"report": "r1", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}


def case_of(claims: dict[str, dict[str, Any]], **about: Any) -> Case:
    sources = Sources.model_validate(
        {
            "reports": about.pop("reports", {}),
            "claims": {id_: {**SAID, **claim} for id_, claim in claims.items()},
        }
    )
    return Case.model_validate(
        {"title": "t", "parties": {}, "sources": sources, "as_of": "2024-03-01", **about}
    )


claims = st.dictionaries(
    st.sampled_from(("c1", "c2", "c3", "c4")),
    st.fixed_dictionaries(
        {"kind": st.sampled_from(KINDS_USED), "report": st.sampled_from(("r1", "r2"))},
        optional={
            "reported": st.sampled_from(DATES),
            "event": st.sampled_from(DATES),
            "confirms": st.lists(st.sampled_from(("c1", "c2", "c3", "c4")), max_size=2),
            "status": st.sampled_from(("open", "retracted")),
        },
    ),
    min_size=1,
)
published = st.fixed_dictionaries({"r1": st.sampled_from(DATES), "r2": st.sampled_from((*DATES, None))})
lives = st.dictionaries(st.sampled_from(KINDS_USED), st.sampled_from((1, 10, 30, "none")))


def days_of(text: str) -> list[Any]:
    span = when(text)
    assert span is not None
    assert span.first is not None
    assert span.last is not None
    return [span.first + timedelta(k) for k in range((span.last - span.first).days + 1)]


def date_of(case: Case, claim: str) -> str | None:
    """The date of a claim, from the definition; the test's reports rewrite nothing."""
    said = case.claims[claim]
    return said.reported or case.reports[said.report].published or said.event


def group_of(case: Case, claim: str) -> set[str]:
    """Those that assert the same, found by going from claim to claim."""
    stand = {c for c, standing in standings(case).items() if standing.stands}
    links = {frozenset((a, b)) for a in stand for b in case.claims[a].confirms if b in stand}
    found = {claim}
    while more := {c for c in case.claims for d in found if frozenset((c, d)) in links} - found:
        found |= more
    return found


def possible_stages(case: Case, claim: str) -> set[str]:
    """Every stage that some days give to a claim; days are chosen for every date on its own."""
    others = group_of(case, claim)
    half_life = case.half_life.of(case.claims[claim].kind)
    assert case.as_of is not None
    if half_life is None:
        return {"fresh"}
    found = set()
    for today in days_of(case.as_of):
        spans = []
        for c in others:
            date = date_of(case, c)
            spans.append({max((today - day).days, 0) for day in days_of(date)} if date else {0, 10**6})
        # the youngest decides: any age of one claim, where every other may be as old as that
        for k, span in enumerate(spans):
            for age in span:
                if all(max(other) >= age for j, other in enumerate(spans) if j != k):
                    found.add(STAGES[min(age // half_life, 2)])
    return found


@settings(max_examples=150, deadline=None)
@given(claims, published, lives, st.sampled_from(("2024-03-01", "2024-03", "2024-02-28/2024-03-02")))
def test_stages_are_those_that_some_day_gives(
    found: dict[str, Any], printed: dict[str, Any], half_life: dict[str, Any], as_of: str
) -> None:
    reports = {
        r: {"file": "f", "sha256": "0", **({"published": day} if day else {})} for r, day in printed.items()
    }
    case = case_of(found, reports=reports, as_of=as_of, half_life=half_life)
    for claim, age in ages(case).items():
        possible = sorted(possible_stages(case, claim), key=STAGES.index)
        assert (age.at_least, age.at_most) == (possible[0], possible[-1])
        assert age.stale == (possible == ["stale"])
        assert age.perhaps_stale == (len(possible) > 1 and "stale" in possible)


@settings(max_examples=60, deadline=None)
@given(claims, published)
def test_time_only_makes_claims_older(found: dict[str, Any], printed: dict[str, Any]) -> None:
    reports = {r: {"file": "f", "sha256": "0", "published": day or "2024-02"} for r, day in printed.items()}
    case = case_of(found, reports=reports)
    then, later = stale_claims(case, "2024-03-01"), stale_claims(case, "2024-06-01")
    assert then.certain <= later.certain
    assert then.certain | then.perhaps <= later.certain | later.perhaps


@pytest.mark.parametrize(
    ("days", "stage"), [(29, "fresh"), (30, "ageing"), (59, "ageing"), (60, "stale"), (600, "stale")]
)
def test_a_claim_ages_after_one_half_life_and_is_stale_after_two(days: int, stage: str) -> None:
    assert Age("c1", "2024", "reported", days, days, 30).word == stage


def test_a_rewrite_is_as_old_as_what_it_rewrites() -> None:
    reports = {
        "r1": {"file": "f", "sha256": "0", "published": "2024-02-29", "original": "r2"},
        "r2": {"file": "g", "sha256": "1", "published": "2023-06-01", "original": "r1"},
    }
    assert ages(case_of({"c1": {}}, reports=reports))["c1"].word == "stale"
    assert ages(case_of({"c1": {"reported": "2024-02-29"}}, reports=reports))["c1"].word == "fresh"


def test_a_retracted_claim_renews_nothing() -> None:
    old, new = {"reported": "2023-01-01"}, {"reported": "2024-02-29", "confirms": "c1"}
    assert ages(case_of({"c1": old, "c2": new}))["c1"].renewed_by == "c2"
    assert ages(case_of({"c1": old, "c2": {**new, "status": "retracted"}}))["c1"].word == "stale"


def test_nothing_is_renewed_through_a_retracted_claim() -> None:
    chained = {
        "c1": {"reported": "2023-01-01"},
        "c2": {"reported": "2023-02-01", "confirms": "c1", "status": "retracted"},
        "c3": {"reported": "2024-02-29", "confirms": "c2"},
    }
    found = ages(case_of(chained))
    assert [age.renewed_by for age in found.values()] == ["", "", ""]
    assert found["c1"].stale
    assert not found["c3"].stale


def test_without_a_date_nothing_is_known_and_nothing_is_stale() -> None:
    case = case_of({"c1": {}, "c2": {"reported": "lately"}})
    assert [age.word for age in ages(case).values()] == ["not known", "not known"]
    dated = {"c1": {"reported": "2001"}}
    assert ages(case_of(dated, as_of=None))["c1"].word == "not known"
    assert stale_claims(case_of(dated, as_of=None)).certain == frozenset()


def test_what_is_dated_after_the_case_is_not_old() -> None:
    assert ages(case_of({"c1": {"reported": "2031-01-01"}}))["c1"].days == "0"


@pytest.mark.parametrize("written", ["none", "7", {"offer": "none"}, {"offer": 7}])
def test_half_lives_may_be_one_for_all_or_by_kind(written: Any) -> None:
    case = case_of({"c1": {}}, half_life=written)
    by_kind = isinstance(written, dict)
    wanted = written["offer"] if by_kind else written
    assert case.half_life.of("offer") == (None if wanted == "none" else 7)
    assert case.half_life.of("interest") == (DEFAULTS["interest"] if by_kind else case.half_life.of("offer"))


@pytest.mark.parametrize("written", ["0", "-3", "1.5", "soon", True, {"offer": "0"}, {"ofer": 3}, ["3"], "²"])
def test_half_lives_that_are_none_are_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="half_life"):
        case_of({}, half_life=written)


def test_defaults_written_out_change_nothing() -> None:
    assert digest(case_of({})) == digest(case_of({}, half_life={}))
    assert set(DEFAULTS) == set(KINDS)


def test_the_switch_takes_what_is_certainly_stale_and_counts_the_rest() -> None:
    case = case_of(
        {"c1": {"reported": "2020"}, "c2": {"reported": "2024-01"}, "c3": {"reported": "2024-03-01"}}
    )
    (switch,) = parse_switches(case, ["stale"])
    assert (switch.grounds, switch.left_undecided) == ({"c1"}, ("c2",))
