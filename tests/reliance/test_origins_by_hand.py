"""What conclusions rest on by origin, on small cases whose answer is known by hand."""

from __future__ import annotations

from typing import Any

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance import analyse
from tests.reliance.test_rests import NORTH, ORIGINS, REPORTS, A, claim, rests


def south(*because: str) -> dict[str, Any]:
    """The parties' preferences, South's wish not to leave standing on some claims."""
    return {"north": NORTH, "south": {"priorities": [{"want": "not leave", "because": list(because)}]}}


def test_two_outlets_with_one_origin_are_one_origin() -> None:
    claims = {"c1": claim(origin="pair"), "c2": claim(origin="pair", report="r2")}
    rest = rests(claims, south("c1", "c2"), ask=[A])[A]
    assert ("c1", "c2") in rest.breaks  # both pages
    assert set(rest.origin_breaks) == {("minister",), ("pair",)}  # but one pair of people
    assert rest.origin_supports == (("minister", "pair"),)


def test_two_origins_of_one_line_must_both_be_wrong() -> None:
    origins = {**ORIGINS, "clerk": {"kind": "named", "name": "A Clerk", "side": "none"}}
    claims = {"c0": claim(origin="minister"), "c1": claim(origin="pair"), "c2": claim(origin="clerk")}
    sources = {"reports": REPORTS, "origins": origins, "claims": claims}
    rest = rests(claims, south("c1", "c2"), ask=[A], sources=sources)[A]
    assert set(rest.origin_breaks) == {("minister",), ("clerk", "pair")}
    assert set(rest.origin_supports) == {("clerk", "minister"), ("minister", "pair")}


def test_a_claim_without_an_origin_stands_for_itself() -> None:
    rest = rests({"c1": claim(attribution="unattributed")}, south("c1"), ask=[A])[A]
    assert set(rest.origin_breaks) == {("c1",), ("minister",)}
    assert rest.origin_supports == (("c1", "minister"),)


def test_what_is_said_inside_another_claim_needs_the_origins_of_both() -> None:
    claims = {"c1": claim(origin="pair"), "c2": claim(origin="minister", within="c1")}
    rest = rests(claims, south("c2"), ask=[A])[A]
    assert set(rest.origin_breaks) == {("minister",), ("pair",)}
    assert ("c0", "c1", "c2") in rest.supports


def test_a_circle_of_outlets_citing_each_other_is_one_origin() -> None:
    reports = {"r1": {**REPORTS["r1"], "original": "r2"}, "r2": {**REPORTS["r2"], "original": "r1"}}
    claims = {
        "c0": claim(origin="minister"),
        "c1": claim(origin="pair", within="c2"),
        "c2": claim(origin="pair", report="r2", within="c1"),
    }
    sources = {"reports": reports, "origins": ORIGINS, "claims": claims}
    rest = rests(claims, south("c1", "c2"), ask=[A], sources=sources)[A]
    assert set(rest.origin_breaks) == {("minister",), ("pair",)}
    assert {("c1",), ("c2",)} <= set(rest.breaks)  # each takes the other with it
    assert rest.supports == (("c0", "c1", "c2"),)


def test_a_claim_that_supports_both_sides_breaks_both() -> None:
    preferences = {
        "north": {"priorities": [{"want": "leave", "because": ["c1"]}]},
        "south": {"priorities": [{"want": "not leave", "because": ["c1"]}]},
    }
    result = rests({"c1": claim(origin="pair")}, preferences, ask=[A, "agreement(offer)"])
    for text in (A, "agreement(offer)"):
        assert ("pair",) in result[text].origin_breaks
        assert ("c1",) in result[text].breaks


def test_a_retracted_claim_is_in_no_family() -> None:
    claims = {"c1": claim(origin="pair", status="retracted"), "c2": claim(origin="minister")}
    rest = rests(claims, south("c1", "c2"), ask=[A])[A]
    assert rest.status == "never"
    named = {g for sets in (rest.supports, rest.breaks) for s in sets for g in s}
    assert named == {"c0", "c2"}
    assert rest.origin_breaks == (("minister",),)


def test_a_conclusion_that_needs_no_claims_rests_on_nothing() -> None:
    """Nobody can move and nothing is preferred: every state holds whatever the claims are worth."""
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {}},
            "states": ["s1", "s2"],
            "moves": {"north": {}, "south": {}},
            "status_quo": {"state": "s1", "because": ["c0"]},
            "preferences": {p: {"ranking": ["s1", "s2"], "because": ["c0"]} for p in ("north", "south")},
            "sources": {"reports": REPORTS, "origins": ORIGINS, "claims": {"c0": claim(origin="pair")}},
        }
    )
    rest = analyse(Compiler(case), ["holds(s2, sseq)"])["holds(s2, sseq)"]
    assert rest.status == "always"
    assert rest.supports == rest.origin_supports == ((),)
    assert rest.breaks == rest.origin_breaks == ()
    assert rest.exact


def test_assumptions_stand_where_origins_are_asked_for() -> None:
    """What an assumption alone holds up, no origin breaks."""
    preferences = {"north": NORTH, "south": {"priorities": [{"want": "not leave", "assumed": "as before"}]}}
    rest = rests({}, preferences, ask=[A])[A]
    assert rest.origin_breaks == (("minister",),)
    assert rest.origin_supports == (("minister",),)
    assert ("assumed:south.priorities.1",) in rest.breaks
