"""Claims of two codings, paired by their places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.sources import Claim, Sources
from accordant.history.codings_pairs import PARTS, alike, pairs, shared_words

places = st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1]))
claim = st.fixed_dictionaries(
    {
        "report": st.sampled_from(("r1", "r2")),
        "at": places,
        "kind": st.sampled_from(("offer", "position")),
        "quote": st.just("q"),
        "says": st.just("s"),
    }
)
coding = st.lists(claim, max_size=4)


def case_of(claims: list[dict[str, Any]], prefix: str) -> Case:
    reports = {r: {"file": "f", "sha256": r} for r in ("r1", "r2")}
    named = {f"{prefix}{k}": one for k, one in enumerate(claims)}
    sources = Sources.model_validate({"reports": reports, "claims": named})
    return Case(title="t", parties={}, sources=sources)


def worth(ours: Case, theirs: Case, found: dict[str, str]) -> tuple[int, int]:
    """The overlap of all pairs, then the fields in which they agree."""
    both = [(ours.claims[a], theirs.claims[b]) for b, a in found.items()]
    return sum(shared_words(a.at, b.at) for a, b in both), sum(alike(a, b) for a, b in both)


def every_pairing(ours: Case, theirs: Case) -> Iterator[dict[str, str]]:
    mine, its = list(ours.claims), list(theirs.claims)
    for size in range(min(len(mine), len(its)) + 1):
        for chosen in combinations(mine, size):
            for order in permutations(its, size):
                found = dict(zip(order, chosen, strict=True))
                if all(may_be_paired(ours.claims[a], theirs.claims[b]) for b, a in found.items()):
                    yield found


def may_be_paired(one: Claim, other: Claim) -> bool:
    return one.report == other.report and shared_words(one.at, other.at) > 0


@settings(deadline=None, max_examples=80)
@given(coding, coding)
def test_no_pairing_overlaps_more_or_agrees_more(
    one: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    ours, theirs = case_of(one, "a"), case_of(other, "b")
    found = pairs(ours, theirs, {"r1": "r1", "r2": "r2"})
    assert len(set(found.values())) == len(found)
    assert all(may_be_paired(ours.claims[a], theirs.claims[b]) for b, a in found.items())
    assert worth(ours, theirs, found) == max(worth(ours, theirs, p) for p in every_pairing(ours, theirs))


@settings(deadline=None)
@given(coding)
def test_a_coding_is_paired_with_itself(one: list[dict[str, Any]]) -> None:
    case = case_of(one, "a")
    found = pairs(case, case, {"r1": "r1", "r2": "r2"})
    assert all(case.claims[a].at == case.claims[b].at for b, a in found.items())
    assert len(found) == len(case.claims)


@given(places, places)
def test_overlap_is_the_same_from_either_side(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert shared_words(one, other) == shared_words(other, one)
    assert (shared_words(one, other) == PARTS) == (one == other)


def test_fields_decide_between_claims_on_the_same_words() -> None:
    both = [
        {"report": "r1", "at": (0, 9), "kind": kind, "quote": "q", "says": "s"}
        for kind in ("offer", "position")
    ]
    ours, theirs = case_of(both, "a"), case_of(both[::-1], "b")
    assert pairs(ours, theirs, {"r1": "r1"}) == {"b0": "a1", "b1": "a0"}
