"""Counts of origins and limits of grades, against twins written from the definitions."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given

from accordant.case.corroboration import corroboration
from accordant.case.grading import Limits, best_item
from accordant.case.grounds import chain, origins_of, standings
from accordant.case.objects import Case
from accordant.case.register import entry_of
from accordant.case.sources import Sources
from tests.case.sourcing import SAID, cases


def group(case: Case, claim: str) -> set[str]:
    """Claims that assert the same: reached by ``confirms`` in as many steps as there are claims."""
    found = {claim}
    for _ in case.claims:
        found |= {d for c in found for d in case.claims[c].confirms if d in case.claims}
        found |= {d for d in case.claims if set(case.claims[d].confirms) & found}
    return found


def one(case: Case, a: str, b: str) -> bool:
    """Whether two origins are surely the same one."""
    x, y = case.origins[a], case.origins[b]
    named = not x.unnamed and not y.unnamed and x.kind == y.kind and bool(x.name and y.name)
    if a == b or (named and (x.name or "").casefold() == (y.name or "").casefold()):
        return True
    ours, theirs = entry_of(case, a), entry_of(case, b)
    return ours is not None and theirs is not None and ours.id == theirs.id


def ancestors(case: Case, report: str) -> set[str]:
    found: set[str] = set()
    at = case.reports[report].original
    while at is not None and at != report and at not in found:
        found.add(at)
        at = case.reports[at].original
    return found


def speaking(case: Case, claim: str) -> list[str]:
    """The claims that count for an assertion: they stand, have an origin, and are no mere retelling."""
    standing = standings(case)
    same = [c for c in case.claims if c in group(case, claim) and standing[c].stands and origins_of(case, c)]
    counted = []
    for c in same:
        voice = all(case.origins[o].kind in ("outlet", "unattributed") for o in origins_of(case, c))
        earlier = [d for d in same if case.claims[d].report in ancestors(case, case.claims[c].report)]
        if not (voice and set(earlier) - set(chain(case, c))):
            counted.append(c)
    return counted


def twin_count(case: Case, claim: str) -> tuple[int, int]:
    """The fewest and the most sources that could be behind an assertion, by trying who could be whom."""
    counted = speaking(case, claim)
    pieces = [{c} for c in counted]
    for _ in counted:
        for p, q in combinations(pieces, 2):
            ours = [o for c in p for o in origins_of(case, c)]
            theirs = [o for c in q for o in origins_of(case, c)]
            if any(one(case, a, b) for a in ours for b in theirs):
                pieces = [x for x in pieces if x not in (p, q)] + [p | q]
                break
    unnamed = [all(any(case.origins[o].unnamed for o in origins_of(case, c)) for c in p) for p in pieces]
    # all unnamed pieces may be one and the same source, or each another one
    return len(pieces) - max(0, sum(unnamed) - 1), len(pieces)


def twin_best(case: Case, claim: str, *, around: bool = True) -> int:
    """The best grade of an item, one sentence of the rules after the other."""
    said = case.claims[claim]
    same = group(case, claim)
    out = ("retracted", "superseded", "contradicted")

    def live(c: str) -> bool:
        return not any(case.claims[d].status in out for d in chain(case, c))

    best = 1
    if said.status in ("retracted", "contradicted"):
        best = 4
    if said.status != "confirmed" and any(
        live(d) and claim in x.contradicts for d, x in case.claims.items() if d != claim
    ):
        best = 4
    against = [
        d
        for d, x in case.claims.items()
        if d not in same
        and live(d)
        and any(d in case.claims[c].contradicts or c in x.contradicts for c in same)
    ]
    if against:
        best = max(best, 2)
    found = corroboration(case, claim)
    if found.at_least < 2:
        best = max(best, 2)
    lines = [origins_of(case, c) for c in speaking(case, claim)]
    if all(any(case.origins[o].unnamed for o in line) for line in lines):
        best = max(best, 3)
    if around:
        for outer in chain(case, claim)[1:]:
            graded = int(case.claims[outer].grade[1])
            best = max(best, twin_best(case, outer, around=False), graded if graded < 6 else 1)
    return best


@given(cases())
def test_origins_are_counted_as_by_trying_who_could_be_whom(case: Case) -> None:
    for claim in case.claims:
        found = corroboration(case, claim)
        assert (found.at_least, found.at_most) == twin_count(case, claim)


@given(cases())
def test_the_best_grade_is_that_of_the_rules_one_by_one(case: Case) -> None:
    limits = Limits(case)
    for claim in case.claims:
        assert best_item(limits.of(claim)) == twin_best(case, claim)


@given(cases())
def test_what_the_rules_promise_holds(case: Case) -> None:
    limits = Limits(case)
    for claim in case.claims:
        best = best_item(limits.of(claim))
        counted = corroboration(case, claim)
        assert best > 1 or counted.at_least >= 2
        assert best > 1 or not limits.against(claim)
        assert best >= 3 or counted.unnamed < counted.at_most
        for outer in chain(case, claim)[1:]:
            assert best >= best_item(tuple(x for x in limits.of(outer) if x.rule != "nested"))


@given(cases())
def test_reliability_does_not_colour_the_item(case: Case) -> None:
    bare = {o: x.model_copy(update={"register_": None}) for o, x in case.origins.items()}
    apart = case.model_copy(
        update={"sources": case.sources.model_copy(update={"origins": bare, "register_": {}})}
    )
    graded = {e: x.model_copy(update={"reliability": ()}) for e, x in case.sources.register_.items()}
    other = case.model_copy(update={"sources": case.sources.model_copy(update={"register_": graded})})
    for claim in case.claims:
        assert Limits(case).of(claim) == Limits(other).of(claim)
        assert corroboration(apart, claim).at_most >= corroboration(case, claim).at_most


def best(**claims: dict[str, object]) -> dict[str, int]:
    sources = Sources.model_validate(
        {
            "reports": {
                "r": {"file": "a", "sha256": "a"},
                "s": {"file": "b", "sha256": "b", "original": "r"},
            },
            "origins": {
                "ida": {"kind": "named", "name": "Ida"},
                "per": {"kind": "named", "name": "Per"},
                "aide": {"kind": "described"},
                "clerk": {"kind": "described"},
                "site": {"kind": "outlet", "name": "The site"},
            },
            "claims": {c: {**SAID, "report": "r", **x} for c, x in claims.items()},
        }
    )
    limits = Limits(Case(title="t", parties={}, sources=sources))
    return {c: best_item(limits.of(c)) for c in claims}


def test_two_named_origins_confirm_and_a_rewrite_adds_none() -> None:
    first: dict[str, object] = {"origin": "ida"}
    assert best(c=first, d={"origin": "per", "confirms": ["c"]}) == {"c": 1, "d": 1}
    assert best(c=first, d={"origin": "site", "report": "s", "confirms": ["c"]}) == {"c": 2, "d": 2}
    assert best(c=first, d={"origin": "per", "report": "s", "confirms": ["c"]}) == {"c": 1, "d": 1}


def test_unnamed_sources_are_at_most_possibly_true() -> None:
    assert best(c={"origin": "aide"}) == {"c": 3}
    assert best(c={"origin": "aide"}, d={"origin": "clerk", "confirms": ["c"]}) == {"c": 3, "d": 3}
    assert best(c={"origin": "aide"}, d={"origin": "ida", "confirms": ["c"]}) == {"c": 1, "d": 1}


def test_an_unnamed_source_that_an_outlet_tells_of_is_still_unnamed() -> None:
    t: dict[str, object] = {"origin": "site"}
    c: dict[str, object] = {"origin": "aide", "within": "t"}
    assert best(t=t, c=c)["c"] == 3
    assert (
        best(t=t, c=c, u={"origin": "per"}, d={"origin": "clerk", "within": "u", "confirms": ["c"]})["d"] == 3
    )


def test_a_nested_claim_is_no_better_than_what_it_is_told_in() -> None:
    assert best(t={"origin": "aide"}, c={"origin": "ida", "within": "t"})["c"] == 3
    assert best(t={"origin": "ida", "grade": "F5"}, c={"origin": "per", "within": "t"})["c"] == 5


def test_a_contradicted_claim_is_doubtful_until_the_contradiction_is_settled() -> None:
    c: dict[str, object] = {"origin": "ida"}
    assert best(c=c, d={"origin": "per", "contradicts": ["c"]}) == {"c": 4, "d": 2}
    assert best(c=c, d={"origin": "per", "contradicts": ["c"], "status": "retracted"})["c"] == 2
