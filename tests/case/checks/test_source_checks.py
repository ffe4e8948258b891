"""Checks of claims.yaml: references, circles, contradictions, grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.case.corroboration import corroboration
from accordant.case.folder import read_folder
from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.errors import CaseError
from tests.case.casefiles import CLAIMS, HASH, folder, only, problems, swapped

C1 = CLAIMS[CLAIMS.index("  c1:") :]


def more(**claims: str) -> str:
    """The claims file with further claims, each made from c1."""
    extra = [
        C1.replace("c1:", f"{id_}:").replace("kind: offer", f"kind: offer, {text}")
        for id_, text in claims.items()
    ]
    return CLAIMS + "".join(extra)


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("report: r1", "report: r2", "claims.c1.report", "there is no report 'r2'"),
        ("origin: the-envoy", "origin: envoy", "claims.c1.origin", "there is no origin 'envoy'"),
        ("by: north", "by: nroth", "claims.c1.by", "there is no party 'nroth'"),
        ("kind: offer", "within: c9, kind: offer", "claims.c1.within", "there is no claim 'c9'"),
        ("kind: offer", "within: c1, kind: offer", "claims.c1.within", "leads back to itself"),
        ("kind: offer", "contradicts: c9, kind: offer", "claims.c1.contradicts.1", "there is no claim 'c9'"),
        (
            "kind: offer",
            "contradicts: c1, kind: offer",
            "claims.c1.contradicts.1",
            "cannot contradict itself",
        ),
        ("kind: offer", "confirms: c1, kind: offer", "claims.c1.confirms.1", "cannot confirm itself"),
        ("kind: offer", "grade: G1, kind: offer", "claims.c1.grade", "source from A to F"),
        ("kind: offer", "grade: A1, kind: offer", "claims.c1.grade", "two independent origins"),
        ("name: An envoy", "side: nroth", "origins.the-envoy.side", "there is no party 'nroth'"),
        ("name: An envoy", "count: 0", "origins.the-envoy.count", "at least 1"),
        ("name: An envoy", "count: two", "origins.the-envoy.count", "a whole number"),
        ("the-envoy: {", "none: {kind: named}\n  the-envoy: {", "origins.none", "cannot be an id"),
        (
            "the-envoy: {",
            "c1: {kind: named}\n  the-envoy: {",
            "origins.c1",
            "also the id of one of the claims",
        ),
        ("{file: reports", "{original: r0, file: reports", "reports.r1.original", "there is no report 'r0'"),
        ("{file: reports", "{original: r1, file: reports", "reports.r1.original", "leads back to itself"),
        ("at: [20, 55]", "at: [20]", "claims.c1.at", "a pair"),
        ("at: [20, 55]", "at: [55, 20]", "claims.c1.at", "[first, after the last]"),
        ("at: [20, 55]", "at: [20, 55, 60]", "claims.c1.at", "2 entries"),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, path: str, message: str) -> None:
    found = problems(folder(tmp_path, claims=swapped(CLAIMS, (old, new))))
    assert any(p.path == path and message in p.message for p in found), [str(p) for p in found]


def test_whoever_only_speaks_is_an_observer(tmp_path: Path) -> None:
    found = only(folder(tmp_path, claims=swapped(CLAIMS, ("by: north", "by: an analyst"))))
    assert "role observer" in (found.hint or "")


def test_claims_inside_each_other_are_a_circle(tmp_path: Path) -> None:
    found = problems(folder(tmp_path, claims=more(c2="within: c3", c3="within: c2")))
    assert [p.message for p in found] == ["goes round in a circle: c2, c3, c2"]


def test_a_claim_cannot_say_both(tmp_path: Path) -> None:
    found = only(folder(tmp_path, claims=more(c2="contradicts: c1, confirms: c1")))
    assert found.message == "both confirms and contradicts c1"


def test_a_claim_inside_one_of_another_report_is_mentioned(tmp_path: Path) -> None:
    claims = swapped(
        more(c2="within: c1"), ("  r1:", f"  r2: {{file: reports/r1.txt, sha256: {HASH}}}\n  r1:")
    )
    last = claims.rindex("report: r1")
    path = folder(tmp_path, claims=claims[:last] + "report: r2" + claims[last + 10 :])
    messages = [p.message for p in problems(path, "warning")]
    assert messages == [
        "is the file of r2",
        "is the same text as r2",
        "is said inside c1, which stands in another report (r1)",
    ]


def test_a_name_for_somebody_unnamed_is_mentioned(tmp_path: Path) -> None:
    found = only(folder(tmp_path, claims=swapped(CLAIMS, ("kind: named", "kind: described"))), "warning")
    assert "its origin the-envoy is described" in found.message


# Contradictions


@pytest.mark.parametrize(
    ("c2", "c1", "mentioned"),
    [
        ("contradicts: c1", "", True),
        ("contradicts: c1", "contradicts: c2, ", False),
        ("contradicts: c1, status: confirmed", "", False),
        ("contradicts: c1", "status: confirmed, ", False),
        ("contradicts: c1, status: retracted", "", False),
        ("contradicts: c1", "status: superseded, ", False),
    ],
)
def test_a_contradiction_one_way_only_is_mentioned(tmp_path: Path, c2: str, c1: str, mentioned: bool) -> None:
    claims = more(c2=c2).replace("kind: offer, by", f"kind: offer, {c1}by", 1)
    found = problems(folder(tmp_path, claims=claims), "warning")
    assert any("write it both ways" in (p.hint or "") for p in found) is mentioned


# Corroboration


def counted(origins: dict[str, str], claims: dict[str, dict[str, object]], of: str = "c1") -> tuple[int, int]:
    base = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    sources = Sources.model_validate(
        {
            "origins": {name: {"kind": kind} for name, kind in origins.items()},
            "claims": {name: {**base, **about} for name, about in claims.items()},
        }
    )
    found = corroboration(Case(title="t", parties={}, sources=sources), of)
    return found.at_least, found.at_most


def test_origins_count_and_claims_do_not() -> None:
    claims: dict[str, dict[str, object]] = {
        "c1": {"origin": "a"},
        "c2": {"origin": "a", "confirms": ["c1"]},
        "c3": {"origin": "a", "confirms": ["c1"]},
    }
    assert counted({"a": "named"}, claims) == (1, 1)
    claims["c3"]["origin"] = "b"
    assert counted({"a": "named", "b": "institution"}, claims) == (2, 2)


def test_unnamed_sources_may_be_anybody() -> None:
    claims: dict[str, dict[str, object]] = {"c1": {"origin": "a"}, "c2": {"origin": "b", "confirms": ["c1"]}}
    assert counted({"a": "described", "b": "described"}, claims) == (1, 2)
    assert counted({"a": "described", "b": "named"}, claims) == (1, 2)


def test_what_goes_through_one_mouth_is_one() -> None:
    claims: dict[str, dict[str, object]] = {
        "c0": {"origin": "mouth"},
        "c1": {"origin": "a", "within": "c0"},
        "c2": {"origin": "b", "within": "c0", "confirms": ["c1"]},
    }
    assert counted({"a": "named", "b": "named", "mouth": "named"}, claims) == (1, 1)


def test_claims_that_do_not_stand_or_have_no_origin_do_not_count() -> None:
    claims: dict[str, dict[str, object]] = {
        "c1": {"origin": "a"},
        "c2": {"origin": "b", "confirms": ["c1"], "status": "retracted"},
        "c3": {"confirms": ["c1"]},
    }
    assert counted({"a": "named", "b": "named"}, claims) == (1, 1)
    assert counted({}, {"c1": {}}) == (0, 0)


def test_confirmation_reaches_across_several_claims() -> None:
    claims: dict[str, dict[str, object]] = {
        "c1": {"origin": "a", "confirms": ["c2"]},
        "c2": {"origin": "a"},
        "c3": {"origin": "b", "confirms": ["c2"]},
    }
    assert counted({"a": "named", "b": "named"}, claims) == (2, 2)


def test_a_grade_of_one_with_two_origins_is_taken(tmp_path: Path) -> None:
    claims = swapped(more(c2="confirms: c1"), ("the-envoy: {", "other: {kind: named}\n  the-envoy: {"))
    claims = claims.replace("kind: offer, by", "kind: offer, grade: A1, by", 1)
    last = claims.rindex("the-envoy")
    path = folder(tmp_path, claims=claims[:last] + "other" + claims[last + len("the-envoy") :])
    assert problems(path) == []


# The register, limits of grades, and names typed into unnamed sources

REGISTER = "register:\n  envoy-of-three: {name: An envoy, reliability: [{grade: B, reason: Right so far}]}\n"


@pytest.mark.parametrize(
    ("old", "new", "path", "severity", "message"),
    [
        (
            "name: An envoy}\nclaims",
            "register: nobody}\nclaims",
            "origins.the-envoy.register",
            "error",
            "no entry",
        ),
        (
            "reason: Right so far",
            "reason: ' '",
            "register.envoy-of-three.reliability.1.reason",
            "error",
            "no words",
        ),
        (
            "{grade: B,",
            "{from: lately, grade: B,",
            "register.envoy-of-three.reliability.1.from",
            "error",
            "no date",
        ),
        (
            "reason: Right so far}",
            "reason: a}, {grade: C, reason: b}",
            "register.envoy-of-three.reliability.2.from",
            "error",
            "no later than",
        ),
        ("envoy-of-three: {", "envoy (of three): {", "register.envoy (of three)", "error", "cannot be an id"),
        (
            "register:\n",
            "register:\n  x: {name: an ENVOY}\n",
            "register.envoy-of-three.name",
            "warning",
            "also what",
        ),
        ("kind: offer", "grade: C6, kind: offer", "claims.c1.grade", "warning", "makes it B"),
    ],
)
def test_the_register_is_checked(
    tmp_path: Path, old: str, new: str, path: str, severity: str, message: str
) -> None:
    text = swapped(REGISTER + CLAIMS, (old, new))
    found = only(folder(tmp_path, claims=text), severity)
    assert found.path == path
    assert message in str(found)


def test_a_grade_and_a_date_of_the_register_are_told_together(tmp_path: Path) -> None:
    text = swapped(REGISTER + CLAIMS, ("{grade: B,", "{from: 2023-06/2023-07, grade: G,"))
    with pytest.raises(CaseError) as caught:
        read_folder(folder(tmp_path, claims=text))
    said = {problem.path: problem.message for problem in caught.value.problems}
    assert said["register.envoy-of-three.reliability.1.grade"] == (
        "must be a letter from A to F, such as B; F: cannot be judged"
    )
    assert "no date that a grade can begin at" in said["register.envoy-of-three.reliability.1.from"]


def test_a_source_graded_as_in_the_register_or_with_a_reason_is_right(tmp_path: Path) -> None:
    for k, more_ in enumerate(("grade: B6", "grade: C6, graded_because: it has changed sides")):
        text = swapped(REGISTER + CLAIMS, ("kind: offer", f"{more_}, kind: offer"))
        assert problems(folder(tmp_path / str(k), claims=text), "warning") == []


def test_an_item_past_its_limit_wants_a_reason(tmp_path: Path) -> None:
    unnamed = [
        ("kind: named, name: An envoy", "kind: described, words: an envoy"),
        ("attribution: named", "grade: F2"),
    ]
    found = only(folder(tmp_path / "a", claims=swapped(CLAIMS, *unnamed)), "warning")
    assert (found.path, "a single unnamed source" in found.message) == ("claims.c1.grade", True)
    reason = ("grade: F2", "grade: F2, graded_because: the text of the offer has been seen")
    unnamed[1] = (unnamed[1][0], reason[1])
    assert problems(folder(tmp_path / "b", claims=swapped(CLAIMS, *unnamed)), "warning") == []


def test_confirmed_in_conflict_is_refused(tmp_path: Path) -> None:
    claims = more(c2="confirms: c1, origin: other", c3="contradicts: c1, origin: other")
    claims = swapped(claims, ("  the-envoy: {", "  other: {kind: named, name: Another}\n  the-envoy: {"))
    claims = claims.replace("kind: offer, by", "kind: offer, grade: A1, status: confirmed, by", 1)
    c2, c3 = claims.index("  c2:"), claims.index("  c3:")
    parts = [claims[:c2], *(p.replace(", origin: the-envoy", "") for p in (claims[c2:c3], claims[c3:]))]
    found = only(folder(tmp_path, claims="".join(parts)))
    assert found.path == "claims.c1.grade"
    assert "in conflict with c3" in found.message


def test_a_name_in_an_unnamed_source_is_a_warning(tmp_path: Path) -> None:
    texts = {
        "origins.the-envoy.name": ("name: An envoy", "name: Ida Renn"),
        "origins.the-envoy.note": ("name: An envoy", "words: an envoy, note: Ida Renn herself"),
        "claims.c1.says": ("North would stop fighting", "Ida Renn says that North would stop fighting"),
    }
    for path, swap in texts.items():
        swaps = [swap, ("kind: named", "kind: described"), ("attribution: named", "attribution: described")]
        found = only(folder(tmp_path / path, claims=swapped(CLAIMS, *swaps)), "warning")
        assert found.path == path
        assert "unnamed sources unnamed" in str(found)
