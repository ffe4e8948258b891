"""Origins, as answers stand on them: what counts as one, and what a claim's standing depends on."""

from __future__ import annotations

from typing import Any

import pytest

from accordant.case.checks import check_sources
from accordant.case.grading import Limits
from accordant.case.grounds import falls_with
from accordant.case.objects import Case
from accordant.case.sources import Registered
from accordant.model.compiler import Compiler
from accordant.reliance import Rest, RestsResult, analyse

REPORT = {"file": "reports/r1.txt", "sha256": "0" * 64}
PAIR = {"kind": "described", "words": "two people familiar with the talks", "count": 2}
OTHER = {"kind": "named", "name": "Ida Renn", "side": "north"}
VOICE = {"kind": "outlet", "name": "Web Page"}
SURE = {"assumed": {"id": "given", "says": "as it is"}}


def claim(**parts: Any) -> dict[str, Any]:
    return {"report": "r1", "quote": "q", "at": [0, 1], "says": "South stays", "kind": "position", **parts}


def made(
    claims: dict[str, Any], reports: dict[str, Any] | None = None, origins: dict[str, Any] | None = None
) -> Case:
    """South does not want to leave, because of all the claims; the rest is one assumption."""
    raw = {
        "title": "t",
        "parties": {"north": {}, "south": {}},
        "issues": {"open": {"by": "north", **SURE}, "leave": {"by": "south", **SURE}},
        "status_quo": {"state": {"open": "no", "leave": "no"}, **SURE},
        "preferences": {
            "north": {"priorities": [{"want": "leave", **SURE}]},
            "south": {"priorities": [{"want": "not leave", "because": list(claims)}]},
        },
        "proposals": {"offer": {"package": {"open": "yes", "leave": "yes"}, **SURE}},
        "sources": {
            "reports": reports or {"r1": {**REPORT, "outlet": "Meridian"}},
            "origins": origins or {"pair": PAIR, "renn": OTHER, "page": VOICE},
            "claims": claims,
        },
    }
    return Case.model_validate(raw)


A = "acceptable(offer, south)"


def answers(case: Case, *without: str) -> RestsResult:
    return analyse(Compiler(case), [A], without=without)


def answer(case: Case, *without: str) -> Rest:
    return answers(case, *without)[A]


def counted(case: Case, claim: str) -> tuple[int, int]:
    origins = answers(case).standing[claim].origins
    assert origins is not None
    return origins.at_least, origins.at_most


# Corroboration counts origins, never pages.


def test_two_pages_with_one_origin_are_one_and_both_fall_with_it() -> None:
    reports = {
        "r1": {**REPORT, "outlet": "Meridian"},
        "r2": {**REPORT, "file": "reports/r2.txt", "outlet": "Courier"},
    }
    case = made(
        {"c1": claim(origin="pair"), "c2": claim(origin="pair", report="r2", confirms=["c1"])}, reports
    )
    assert counted(case, "c1") == counted(case, "c2") == (1, 1)
    rest = answer(case)
    assert rest.status == "never"
    assert rest.without["c1"] == rest.without["c2"] == "never"
    assert rest.without["pair"] == "sometimes"
    assert rest.single_points == ("pair", "given")
    assert rest.origin_breaks == (("pair",),)
    assert rest.origin_supports == (("pair",),)


def test_two_origins_are_two_and_neither_is_a_single_point_of_failure() -> None:
    case = made({"c1": claim(origin="renn"), "c2": claim(origin="pair", confirms=["c1"])})
    rest = answer(case)
    assert rest.without["renn"] == rest.without["pair"] == "never"
    assert rest.single_points == ("given",)
    assert set(rest.origin_supports) == {("renn",), ("pair",)}
    assert rest.origin_breaks == (("pair", "renn"),)


def test_one_person_on_many_pages_of_one_outlet_is_one_origin() -> None:
    claims = {f"c{k}": claim(origin="pair", confirms=["c1"] if k > 1 else []) for k in range(1, 5)}
    assert counted(made(claims), "c3") == (1, 1)


# A rewrite adds nothing.

REWRITE = {
    "r1": {**REPORT, "outlet": "Meridian"},
    "r2": {**REPORT, "file": "reports/r2.txt", "outlet": "Web Page", "original": "r1"},
}


def test_a_rewrite_adds_no_origin_and_falls_with_the_outlet_that_had_the_story() -> None:
    case = made(
        {"c1": claim(origin="pair"), "c2": claim(origin="page", report="r2", confirms=["c1"])}, REWRITE
    )
    assert counted(case, "c1") == counted(case, "c2") == (1, 1)
    rest = answer(case)
    assert rest.under["outlet:Meridian"] == "sometimes"
    assert answer(case, "report:r1").status == "sometimes"


def test_outlets_that_cite_each_other_in_a_circle_are_one() -> None:
    reports = {"r1": {**REWRITE["r1"], "original": "r2"}, "r2": REWRITE["r2"]}
    claims = {
        "c1": claim(origin="pair", within="c2"),
        "c2": claim(origin="pair", report="r2", within="c1"),
    }
    rest = answer(made(claims, reports))
    assert rest.single_points[0] == "pair"
    assert rest.under["outlet:Meridian"] == rest.under["outlet:Web Page"] == "sometimes"


PAPERS = {
    f"r{k}": {**REPORT, "file": f"reports/r{k}.txt", "outlet": name}
    for k, name in enumerate(("Post", "Mail", "The Wire, online"), 1)
}
CREDITED = {name.lower(): {"kind": "outlet", "name": name} for name in ("Post", "Mail", "Wire")}


@pytest.mark.parametrize(
    "credits",
    [("mail", "post"), ("mail", "wire", "post"), ("wire", "post", "mail"), ("post",), ("mail", "wire")],
)
def test_outlets_of_which_each_credits_the_next_are_one_origin_at_most(credits: tuple[str, ...]) -> None:
    claims = {
        f"c{k}": claim(report=f"r{k}", origin=who, grade="B1", confirms=[f"c{k - 1}"] if k > 1 else [])
        for k, who in enumerate(credits, 1)
    }
    case = made(claims, PAPERS, CREDITED)
    assert {counted(case, c) for c in claims} == {(1, 1)}
    assert all(any(limit.rule == "one-origin" for limit in Limits(case).of(c)) for c in claims)
    found = [f for f in check_sources(case) if "needs two independent origins" in f.message]
    assert len(found) == len(claims)


def test_outlets_in_a_circle_are_all_gone_back_to_unless_one_has_it_from_somebody() -> None:
    claims = {
        "c1": claim(report="r1", origin="mail"),
        "c2": claim(report="r2", origin="wire", confirms=["c1"]),
        "c3": claim(report="r3", origin="post", confirms=["c2"]),
    }
    result = answers(made(claims, PAPERS, CREDITED))
    for outlet in ("Post", "Mail", "Wire"):
        (switch,) = (s for s in result.switches if s.id == f"outlet:{outlet}")
        assert switch.grounds == set(claims)
        assert result[A].under[switch.id] == "sometimes"
    claims["c4"] = claim(report="r1", origin="renn", confirms=["c1"])
    case = made(claims, PAPERS, {**CREDITED, "renn": OTHER})
    assert counted(case, "c1") == (1, 1)
    result = answers(case)
    taken = {s.id: s.grounds for s in result.switches}
    assert taken["outlet:Post"] == set(claims)
    assert taken["outlet:Mail"] == {"c1"}  # the Mail has it from the Wire, and that from the Post
    assert taken["outlet:Wire"] == {"c1", "c2"}


def test_a_claim_that_does_not_stand_closes_no_circle() -> None:
    claims = {
        "c1": claim(report="r1", origin="mail"),
        "c2": claim(report="r2", origin="post", confirms=["c1"], status="retracted"),
        "c3": claim(report="r3", origin="wire", confirms=["c1"]),
    }
    case = made(claims, PAPERS, CREDITED)
    assert counted(case, "c1") == (2, 2)
    taken = {s.id: s.grounds for s in answers(case).switches}
    assert taken["outlet:Mail"] == {"c1"}


# Grade 1 ("confirmed") is refused without two independent origins.


@pytest.mark.parametrize(("second", "refused"), [("pair", True), ("page", True), ("minister", False)])
def test_confirmed_is_refused_without_two_independent_origins(second: str, refused: bool) -> None:
    origins = {
        "pair": PAIR,
        "renn": OTHER,
        "page": VOICE,
        "minister": {"kind": "named", "name": "Per Aas", "side": "south"},
    }
    first = "renn" if second == "minister" else "pair"
    report = "r2" if second == "page" else "r1"
    claims = {
        "c1": claim(origin=first, grade="B1"),
        "c2": claim(origin=second, confirms=["c1"], report=report),
    }
    case = made(claims, REWRITE, origins)
    assert any(limit.rule == "one-origin" for limit in Limits(case).of("c1")) == refused
    found = [f for f in check_sources(case) if "needs two independent origins" in f.message]
    assert bool(found) == refused


# A claim's standing is settled once on the whole case from its status and `contradicts`.


def test_a_claim_that_another_contradicts_does_not_come_back_when_that_is_taken_away() -> None:
    case = made({"c1": claim(origin="pair"), "c2": claim(origin="renn", contradicts=["c1"])})
    case = case.model_copy(
        update={"preferences": made({"c1": claim(origin="pair")}).preferences}  # South's line on c1 alone
    )
    for without in ((), ("c2",), ("renn",), ("side:north",), ("outlet:Meridian",)):
        result = answers(case, *without)
        assert result[A].status == "sometimes"
        assert (result.standing["c1"].stands, result.standing["c1"].reason) == (False, "contradicted by c2")
        assert result.standing["c2"].stands


@pytest.mark.parametrize("status", ["retracted", "superseded", "contradicted"])
def test_a_claim_that_was_taken_back_counts_for_nothing_and_says_why(status: str) -> None:
    result = answers(made({"c1": claim(origin="pair", status=status)}))
    assert result[A].status == "sometimes"
    assert (result.standing["c1"].stands, result.standing["c1"].reason) == (False, status)


def test_a_confirmed_claim_stands_against_another_and_says_so() -> None:
    claims = {
        "c1": claim(origin="pair", status="confirmed"),
        "c2": claim(origin="renn", contradicts=["c1"]),
        "c3": claim(origin="renn", contradicts=["c1"]),
    }
    found = answers(made(claims)).standing["c1"]
    assert (found.stands, found.reason) == (True, "confirmed, although c2 and c3 contradict it")


def test_what_a_retracted_claim_contradicted_stands_and_says_so() -> None:
    claims = {
        "c1": claim(origin="pair"),
        "c2": claim(origin="renn", contradicts=["c1"], within="c3"),
        "c3": claim(origin="renn", status="retracted"),
    }
    found = answers(made(claims)).standing
    assert found["c1"].reason == "c2 contradicts it, which is said inside c3, retracted"
    assert found["c2"].reason == "said inside c3, which is retracted"


# Origins that are certainly one are one ground.


@pytest.mark.parametrize(
    "second",
    [
        {"kind": "named", "name": "the  IDA Renn"},
        {"kind": "described", "words": "an aide", "register": "renn"},
    ],
)
def test_one_person_under_two_ids_is_one_ground(second: dict[str, Any]) -> None:
    origins = {"m": {"kind": "named", "name": "Ida Renn"}, "n": second}
    case = made({"c1": claim(origin="m"), "c2": claim(origin="n", confirms=["c1"])}, None, origins)
    if "register" in second:
        entry = Registered(name="Ida Renn")
        sources = case.sources.model_copy(update={"register_": {"renn": entry}})
        case = case.model_copy(update={"sources": sources})
    rest = answer(case)
    assert counted(case, "c1") == (1, 1)
    assert rest.without["m"] == rest.without["n"] == "sometimes"
    assert rest.without["c1"] == rest.without["c2"] == "never"
    assert rest.single_points == ("m", "given")
    assert rest.origin_breaks == rest.origin_supports == (("m",),)
    assert falls_with(case, ["n"]) == falls_with(case, ["m"]) == {"c1", "c2"}


def test_people_of_other_names_stay_two_grounds() -> None:
    origins = {"m": {"kind": "named", "name": "Ida Renn"}, "n": {"kind": "named", "name": "Ida Rennert"}}
    case = made({"c1": claim(origin="m"), "c2": claim(origin="n", confirms=["c1"])}, None, origins)
    assert answer(case).origin_breaks == (("m", "n"),)
