"""What conclusions rest on, on small cases whose answer is known by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.opened import OpenCase
from accordant.reliance import RestsResult, analyse
from accordant.reliance.analysis import NAMED


def claim(**parts: Any) -> dict[str, Any]:
    return {"report": "r1", "quote": "q", "at": [0, 1], "says": "q", "kind": "position", **parts}


ORIGINS = {
    "pair": {"kind": "described", "words": "two people familiar with the talks", "count": 2, "side": "north"},
    "minister": {"kind": "named", "name": "A Minister", "side": "south"},
}
REPORTS = {
    "r1": {"file": "reports/r1.txt", "sha256": "0" * 64},
    "r2": {"file": "reports/r2.txt", "sha256": "1" * 64},
}


def rests(
    claims: dict[str, Any],
    preferences: dict[str, Any],
    *,
    ask: list[str] | None = None,
    without: tuple[str, ...] = (),
    **parts: Any,
) -> RestsResult:
    """North can open, South can leave; everything but preferences and the offer stands on c0."""
    sure = {"because": ["c0"]}
    raw = {
        "title": "t",
        "parties": {"north": {}, "south": {}},
        "issues": {"open": {"by": "north", **sure}, "leave": {"by": "south", **sure}},
        "status_quo": {"state": {"open": "no", "leave": "no"}, **sure},
        "preferences": preferences,
        "proposals": {"offer": {"package": {"open": "yes", "leave": "yes"}, "because": ["c0"]}},
        "sources": {
            "reports": REPORTS,
            "origins": ORIGINS,
            "claims": {"c0": claim(origin="minister"), **claims},
        },
        **parts,
    }
    return analyse(Compiler(Case.model_validate(raw)), ask, without=without)


NORTH = {"priorities": [{"want": "leave", "because": ["c0"]}]}
A = "acceptable(offer, south)"


def test_a_claim_is_a_single_point_of_failure() -> None:
    rest = rests(
        {"c1": claim(origin="pair")},
        {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]}},
        ask=[A],
    )[A]
    assert rest.status == "never"
    assert rest.settings == (0, 1)
    assert rest.without["c1"] == rest.without["pair"] == rest.without_unnamed == "sometimes"
    assert rest.without_side == {"north": "sometimes", "south": "sometimes"}
    assert rest.falls_without[:1] == ("c0",)  # the status quo, and with it no deal, stands on c0
    assert ("c1",) in rest.breaks
    assert rest.supports == (("c0", "c1"),)
    assert rest.exact


def test_two_outlets_with_one_origin_are_one_ground() -> None:
    claims = {"c1": claim(origin="pair"), "c2": claim(origin="pair", report="r2")}
    rest = rests(
        claims,
        {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1", "c2"]}]}},
        ask=[A],
    )[A]
    assert rest.without["c1"] == rest.without["c2"] == "never"
    assert rest.without["pair"] == rest.without_unnamed == "sometimes"
    assert ("c1", "c2") in rest.breaks
    assert set(rest.supports) == {("c0", "c1"), ("c0", "c2")}


def test_a_claim_that_supports_both_sides() -> None:
    """Without c1 South may not mind leaving and North may not want it: both verdicts open up."""
    claims = {"c1": claim(origin="pair")}
    preferences = {
        "north": {"priorities": [{"want": "leave", "because": ["c1"]}]},
        "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]},
    }
    result = rests(claims, preferences)
    assert result["acceptable(offer, north)"].status == "always"
    assert result["acceptable(offer, north)"].without["c1"] == "always"  # indifference still accepts
    assert result["acceptable(offer, south)"].without["c1"] == "sometimes"
    assert result["agreement(offer)"].status == "never"


def test_a_circle_of_outlets_citing_each_other_has_one_origin() -> None:
    reports = {"r1": {**REPORTS["r1"], "original": "r2"}, "r2": {**REPORTS["r2"], "original": "r1"}}
    claims = {"c1": claim(origin="pair", within="c2"), "c2": claim(origin="pair", report="r2", within="c1")}
    sources = {"reports": reports, "origins": ORIGINS, "claims": {"c0": claim(origin="minister"), **claims}}
    preferences = {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1", "c2"]}]}}
    rest = rests(claims, preferences, ask=[A], sources=sources)[A]
    assert rest.without["c1"] == rest.without["c2"] == rest.without["pair"] == "sometimes"


def test_a_retracted_claim_leaves_its_line_open_from_the_start() -> None:
    rest = rests(
        {"c1": claim(status="retracted")},
        {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]}},
        ask=[A],
    )[A]
    assert (rest.status, rest.settings) == ("sometimes", (1, 2))
    assert (rest.supports, rest.breaks) == ((), ())


def test_taking_the_contradicting_claim_away_brings_nothing_back() -> None:
    claims = {"c1": claim(origin="pair"), "c2": claim(origin="minister", contradicts=["c1"])}
    preferences = {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]}}
    rest = rests(claims, preferences, ask=[A])[A]
    assert rest.status == rest.without["c2"] == "sometimes"


def test_a_conclusion_that_needs_no_claims_at_all() -> None:
    """Staying with the status quo is acceptable whatever anybody wants, and wherever it is."""
    ask = ["acceptable(stay, south)"]
    proposals = {"stay": {"package": {}, "assumed": "somebody may say so"}}
    rest = rests({}, {"north": NORTH, "south": {"priorities": []}}, ask=ask, proposals=proposals)[ask[0]]
    assert rest.status == "always"
    assert rest.supports == (("assumed:proposals.stay",),)
    assert rest.without["c0"] == "always"
    assert rest.without_assumptions == "sometimes"  # then nobody may have proposed it


def test_an_offer_on_two_unnamed_people_falls_with_them() -> None:
    proposals = {"offer": {"package": {"open": "yes", "leave": "yes"}, "because": ["c1"]}}
    preferences = {"north": NORTH, "south": {"priorities": [{"want": "open", "because": ["c0"]}]}}
    result = rests({"c1": claim(origin="pair")}, preferences, proposals=proposals)
    rest = result["agreement(offer)"]
    assert rest.status == "always"
    assert rest.without["pair"] == rest.without_unnamed == "sometimes"
    assert "pair" in rest.falls_without
    assert result["agreement-exists"].without["pair"] == "always"  # the state is there without the offer


def test_without_is_where_to_start_from() -> None:
    preferences = {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]}}
    rest = rests({"c1": claim(origin="pair")}, preferences, ask=[A], without=("pair",))[A]
    assert (rest.status, rest.settings) == ("sometimes", (1, 2))


def test_counts_are_of_settings_over_all_parties_together() -> None:
    preferences = {
        "north": {"priorities": [{"want": "leave", "unsure": "true"}, {"want": "open", "unsure": "true"}]},
        "south": {"priorities": [{"want": "not leave", "unsure": "true", "because": ["c0"]}]},
    }
    result = rests({}, preferences)
    assert result.method.settings == 8
    assert result[A].settings == (4, 8)
    assert all(r.settings is not None and r.settings[1] == 8 for r in result.conclusions)


def test_an_unknown_party_leaves_no_count_but_a_status() -> None:
    result = rests({}, {"north": NORTH})
    assert all(r.settings is None for r in result.conclusions)
    assert result[A].status == "sometimes"
    assert result["acceptable(offer, north)"].status == "always"


def test_evidence_never_makes_a_line_weaker_than_an_assumption() -> None:
    lines = {"because": {"because": ["c1"]}, "both": {"because": ["c1"], "assumed": "a habit"}, "none": {}}
    found = {}
    for name, ground in lines.items():
        preferences = {"north": NORTH, "south": {"priorities": [{"want": "not leave", **ground}]}}
        found[name] = rests({"c1": claim(origin="pair")}, preferences, ask=[A])[A]
    assert {r.status for r in found.values()} == {"never"}
    assert found["both"].without["c1"] == "never"
    assert found["none"].without_assumptions == "sometimes"
    assert found["none"].without["assumed:south.priorities.1"] == "sometimes"


@pytest.mark.parametrize(
    "text", ["holds(s1)", "acceptable(ofer, south)", "agreement(offer", "peace", "holds(s1, sequ)"]
)
def test_a_conclusion_that_is_none_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InputError, match="allowed"):
        rests({}, {"north": NORTH}, ask=[text])


def test_an_unknown_ground_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'pair'"):
        rests({}, {"north": NORTH}, without=("pairr",))


def small(**parts: Any) -> Compiler:
    raw = {"title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}}}
    return Compiler(Case.model_validate({**raw, "status_quo": {"x": "no", "y": "no"}, **parts}))


def test_a_ranking_stays_known_where_a_rule_no_longer_holds() -> None:
    """Without the rule there is one more state, which the ranking does not place."""
    preferences = {"a": {"ranking": ["s3", "s1", "s2"]}, "b": {"priorities": ["x", "y"]}}
    proposals = {"p": {"package": {"x": "yes", "y": "yes"}}}
    result = analyse(small(feasible=["y -> x"], preferences=preferences, proposals=proposals))
    assert result["acceptable(p, a)"].without["assumed:feasible.1"] == "always"
    # b now has a move from s1 that it prefers; from s3 nobody has one, wherever a puts the new state
    assert result["holds(s1, nash)"].status == "always"
    assert result["holds(s1, nash)"].without["assumed:feasible.1"] == "sometimes"
    assert result["holds(s3, nash)"].without["assumed:feasible.1"] == "sometimes"


def test_the_members_of_a_merged_state_stay_its_members_without_the_rule() -> None:
    compiler = small(
        feasible=["x -> y"],
        states={"done": {"x": "yes"}},
        preferences={"a": {"priorities": ["y"]}, "b": {"priorities": ["x"]}},
    )
    result = analyse(compiler)
    assert result["holds(done, nash)"].without["assumed:feasible.1"] == "always"
    wider = compiler.space(frozenset({"feasible.1"}))
    assert wider.values_of(wider.numbers["done"]) == {"x": "yes", "y": "yes"}
    assert wider.values_of(wider.numbers["x1"]) == {"x": "yes", "y": "no"}


def test_a_status_quo_that_a_rule_makes_unique_stays_where_it_is() -> None:
    compiler = small(
        feasible=["x or not y"],
        status_quo={"x": "no"},
        preferences={"a": {"priorities": []}, "b": {"priorities": []}},
    )
    assert analyse(compiler)["holds(s1, nash)"].without["assumed:feasible.1"] == "always"


def test_what_would_be_too_large_without_a_rule_is_said_not_to_have_been_looked_at() -> None:
    n = 60
    compiler = small(
        issues={f"x{k}": {"by": "ab"[k % 2]} for k in range(n)},
        feasible=[f"x{k + 1} -> x{k}" for k in range(n - 1)],
        status_quo={f"x{k}": "no" for k in range(n)},
        preferences={p: {"priorities": ["not x0"]} for p in "ab"},
    )
    rest = analyse(compiler, ["holds(s1, nash)"], supports=False)["holds(s1, nash)"]
    assert rest.status == "always"
    assert not rest.exact
    assert "not every setting looked at" in rest.cut


def test_against_several_no_deals_an_agreement_need_not_be_the_same() -> None:
    compiler = small(
        issues={k: {"by": {"joint": ["a", "b"]}} for k in ("x", "y")},
        no_deal={"x": "no"},
        preferences={"a": {"ranking": ["s3", "s1", "s4", "s2"]}, "b": {"ranking": ["s4", "s2", "s3", "s1"]}},
    )
    rest = analyse(compiler, ["agreement-exists"])["agreement-exists"]
    assert (rest.status, rest.settings) == ("always", (1, 1))


def test_an_entry_that_says_nothing_is_no_preference() -> None:
    result = analyse(
        small(preferences={"a": {}, "b": {"priorities": []}}, proposals={"p": {"package": {"x": "yes"}}})
    )
    assert result["acceptable(p, a)"].status == "sometimes"
    assert result["acceptable(p, a)"].settings is None


def test_without_anything_to_compare_with_packages_are_open() -> None:
    preferences = {"a": {"priorities": []}, "b": {"priorities": []}}
    proposals = {"p": {"package": {"x": "yes", "y": "no"}}}
    rest = analyse(small(status_quo=None, preferences=preferences, proposals=proposals))["agreement(p)"]
    assert (rest.status, rest.settings) == ("sometimes", None)
    assert "no deal" in rest.note


def test_a_row_of_the_table_can_be_asked_for_as_it_is_printed() -> None:
    found = rests({}, {}, ask=["holds(s1, every concept)", "holds(s2, nash gmr)"])
    assert [r.conclusion for r in found.conclusions] == [
        *(f"holds(s1, {concept})" for concept in ("nash", "gmr", "smr", "seq", "sseq")),
        "holds(s2, nash)",
        "holds(s2, gmr)",
    ]
    with pytest.raises(InputError, match="allowed: nash, gmr"):
        rests({}, {}, ask=["holds(s1, every nash)"])


def test_an_unknown_ground_is_told_what_there_is() -> None:
    with pytest.raises(InputError, match=r"'c9'; allowed: c0, pair, minister"):
        rests({}, {}, without=("c9",))


def bound(**parts: Any) -> OpenCase:
    """A settlement of sixty-six packages, binding once made, so that nobody can leave any of them."""
    pay = {"by": {"joint": ["a", "b"]}, "range": {"from": 0, "to": 10, "step": 1}, "binding": True}
    raw: dict[str, Any] = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"pay": pay, "rest": {**pay, "range": {"from": 0, "to": 5, "step": 1}}},
        "status_quo": {"state": {"pay": 0, "rest": 0}, "assumed": "as it is"},
        "no_deal": {"state": {"pay": 5, "rest": 1}, "assumed": "as it would be"},
        "preferences": {
            "a": {"worth": {"pay": {"linear": [[0, 0], [10, 10]]}, "rest": {"linear": [[0, 0], [5, 9]]}}},
            "b": {"worth": {"pay": {"linear": [[0, 9], [10, 0]]}, "rest": {"linear": [[0, 9], [5, 0]]}}},
        },
        "proposals": {"offer": {"by": "a", "package": {"pay": 3}}},
    }
    return OpenCase(CaseFolder(Path("bound"), Case.model_validate({**raw, **parts})))


def test_of_very_many_equilibria_those_that_lenses_and_agreements_name_are_asked_about() -> None:
    opened = bound()
    result = opened.rests()
    about = {r.conclusion[6:].split(",")[0] for r in result.conclusions if r.conclusion.startswith("holds")}
    packages = opened.deals()
    picks = {p.package for lens in packages.fairness.lenses.values() for p in lens.picks}
    assert {"s1", packages.proposals["offer"].state} <= about
    assert len(about) <= 3 + NAMED
    assert picks & about
    left = 66 - len(about)
    assert f"66 states are equilibria in some setting; {left} of them are left out" in result.method.cut
    assert "--conclusion 'holds(s1, every concept)'" in result.method.cut
    one = opened.rests(["holds(s60, nash)"])["holds(s60, nash)"]
    assert one.status == "always"


def test_progress_is_told_conclusion_by_conclusion() -> None:
    told: list[tuple[int, int]] = []
    result = bound().rests(progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(result.conclusions), len(result.conclusions))
    assert len(told) > 10
