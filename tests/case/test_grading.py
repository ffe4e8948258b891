"""Counts of origins and limits of grades, against twins written from the definitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from hypothesis import given

from accordant.case.corroboration import corroboration
from accordant.case.grading import Limits, best_item
from accordant.case.grounds import chain, origins_of, standings
from accordant.case.objects import Case, Party
from accordant.case.register import entry_of
from accordant.case.sources import Sources
from tests.case.sourcing import SAID, cases
from tests.evidence.together.twins import origin_interval


def group(case: Case, claim: str, among: Collection[str] | None = None) -> set[str]:
    """Claims that assert the same: reached by ``confirms`` in as many steps as there are claims."""
    among = case.claims if among is None else among
    found = {claim}
    for _ in case.claims:
        found |= {d for c in found for d in case.claims[c].confirms if d in among}
        found |= {d for d in among if set(case.claims[d].confirms) & found}
    return found


def title(name: str) -> str:
    return name.lower().removeprefix("the ")


def one(case: Case, a: str, b: str) -> bool:
    """Whether two origins are surely the same one."""
    x, y = case.origins[a], case.origins[b]
    named = not x.unnamed and not y.unnamed and x.kind == y.kind and bool(x.name and y.name)
    if a == b or (named and title(x.name or "") == title(y.name or "")):
        return True
    ours, theirs = entry_of(case, a), entry_of(case, b)
    return ours is not None and theirs is not None and ours.id == theirs.id


def names(case: Case, o: str) -> list[str]:
    """Everything that an origin is called by; nothing where it is unnamed and nobody has said who it is."""
    origin, entry = case.origins[o], entry_of(case, o)
    own = [origin.name] if origin.name and not origin.unnamed else []
    listed = case.sources.register_[entry.id] if entry else None
    found = [*own, listed.name, *listed.aliases] if listed else own
    return found or ([] if origin.unnamed or origin.words else [o])


def parts(text: str) -> set[str]:
    return set(title(text).replace(".", " ").split()) - {"a", "of", "the"}


def fits(a: set[str], b: set[str]) -> bool:
    """Whether one name is the other in short: each word there in full or by its initial, one in full."""
    return bool(a & b) and all(any(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for y in b) for x in a)


def perhaps(case: Case, a: str, b: str) -> bool:
    """Whether two origins could be one, one sentence of the rules after the other."""
    x, y = case.origins[a], case.origins[b]
    if {x.side, y.side} == {"north", "south"}:
        return False
    ours, theirs = names(case, a), names(case, b)
    if (x.unnamed and not ours) or (y.unnamed and not theirs):
        return True
    if ours and theirs:
        spelt = [(parts(m), parts(n)) for m in ours for n in theirs]
        return any(fits(m, n) or fits(n, m) for m, n in spelt)
    if {x.kind, y.kind} == {"named", "role"}:
        return True
    words = [{w for t in (*n, z.words or "") for w in parts(t)} for n, z in ((ours, x), (theirs, y))]
    return not words[0] or not words[1] or bool(words[0] & words[1])


def ancestors(case: Case, report: str) -> set[str]:
    found: set[str] = set()
    at = case.reports[report].original
    while at is not None and at != report and at not in found:
        found.add(at)
        at = case.reports[at].original
    return found


def voice(case: Case, c: str) -> bool:
    return all(case.origins[o].kind in ("outlet", "unattributed") for o in origins_of(case, c))


def behind(case: Case, c: str) -> set[str]:
    """Who stands behind a claim: outlets only where there is nobody else."""
    people = {o for o in origins_of(case, c) if case.origins[o].kind != "outlet"}
    return people or set(origins_of(case, c))


def channel(case: Case, c: str) -> bool:
    return all(case.origins[o].kind == "outlet" for o in origins_of(case, c))


def outlets(case: Case, c: str) -> set[str]:
    """The outlets that were told, or credited: named with the source, around the claim, or by the report."""
    around = [case.origins[o] for o in origins_of(case, c)]
    found = [case.origins[o].outlet for o in behind(case, c)]
    found += [x.name or x.words for x in around if x.kind == "outlet"]
    if not any(found):
        found = [case.reports[case.claims[c].report].outlet] if not channel(case, c) else []
    return {title(name) for name in found if name}


def speaking(case: Case, claim: str) -> list[set[str]]:
    """The claims that count for an assertion, those that are surely from one origin together."""
    standing = standings(case)
    live = [c for c in case.claims if standing[c].stands]
    same = [c for c in live if claim in live and c in group(case, claim, live) and origins_of(case, c)]
    pieces = []
    for c in same:
        earlier = [d for d in same if case.claims[d].report in ancestors(case, case.claims[c].report)]
        if not (voice(case, c) and set(earlier) - set(chain(case, c))):
            pieces.append({c})
    for _ in same:
        for p, q in combinations(pieces, 2):
            if any(surely(case, c, d) for c in p for d in q):
                pieces = [x for x in pieces if x not in (p, q)] + [p | q]
                break
    return beside_each_other(case, pieces)


def prints(case: Case, c: str) -> set[str]:
    report = case.claims[c].report
    found = {case.reports[r].outlet or "" for r in {report} | ancestors(case, report)}
    return {title(name.split(",")[0]) for name in found if name}


def handed_on(case: Case, p: set[str], q: set[str]) -> bool:
    """Whether a piece is an outlet's, and another one what that outlet has been told or prints."""
    if not all(channel(case, c) for c in p):
        return False
    entries = {e.id for c in p for o in origins_of(case, c) if (e := entry_of(case, o))}
    listed = [case.sources.register_[e] for e in entries]
    called = {title(name) for e in listed for name in (e.name, *e.aliases)}
    own = {o for c in p for o in outlets(case, c)}
    told = {o for d in q for o in outlets(case, d) if not all(channel(case, x) for x in q)}
    return bool(own & told) or bool((own | called) & {o for d in q for o in prints(case, d)})


def beside_each_other(case: Case, pieces: list[set[str]]) -> list[set[str]]:
    """The pieces that hand on none of the others; those that hand on each other are one."""
    after = {(k, j) for k, p in enumerate(pieces) for j, q in enumerate(pieces) if handed_on(case, p, q)}
    for _ in pieces:
        after |= {(k, j) for k, m in after for n, j in after if m == n}
    kept = []
    for k, p in enumerate(pieces):
        beyond = {j for m, j in after if m == k}
        if all((j, k) in after for j in beyond) and not any(j < k for j in beyond):
            kept.append(p.union(*(pieces[j] for j in beyond)))
    return kept


def surely(case: Case, c: str, d: str) -> bool:
    """Whether two claims are one piece of evidence."""
    if any(one(case, a, b) for a in behind(case, c) for b in behind(case, d)):
        return True
    if channel(case, c) and channel(case, d) and outlets(case, c) & outlets(case, d):
        return True
    before = [ancestors(case, case.claims[x].report) for x in (c, d)]
    return voice(case, c) and voice(case, d) and bool(before[0] & before[1])


def possibly(case: Case, p: set[str], q: set[str]) -> bool:
    """Whether two pieces could be one."""
    for these, those in ((p, q), (q, p)):
        for c in these:
            for d in those:
                family = {case.claims[d].report} | ancestors(case, case.claims[d].report)
                if voice(case, c) and ancestors(case, case.claims[c].report) & family:
                    return True
    return any(perhaps(case, a, b) for c in p for d in q for a in behind(case, c) for b in behind(case, d))


def twin_count(case: Case, claim: str) -> tuple[int, int]:
    """The fewest and the most sources that could be behind an assertion, by trying who could be whom."""
    pieces = speaking(case, claim)
    may = {
        frozenset((a, b))
        for a, b in combinations(range(len(pieces)), 2)
        if possibly(case, pieces[a], pieces[b])
    }
    return origin_interval(len(pieces), may)


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
    lines = [behind(case, c) for piece in speaking(case, claim) for c in piece]
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
    assert best(c={"origin": "aide"}, d={"origin": "ida", "confirms": ["c"]}) == {"c": 2, "d": 2}


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


def spans(
    first: Mapping[str, object], other: Mapping[str, object], **more: dict[str, object]
) -> tuple[int, int]:
    """Independent origins of a claim in report r of outlet A that one in s of outlet B confirms."""
    about = {"file": "a", "sha256": "a"}
    reports = {r: {**about, "outlet": o, **more.get(r, {})} for r, o in zip("rst", "ABC", strict=True)}
    claims = {
        "c": {**SAID, "report": "r", "origin": "one", **more.get("c", {})},
        "d": {**SAID, "report": "s", "origin": "other", "confirms": ["c"], **more.get("d", {})},
        **({"e": {**SAID, "report": "t", **more["e"]}} if "e" in more else {}),
    }
    origins = {"one": first, "other": other, "third": {"kind": "named", "name": "Eva Moe"}}
    register = more.get("register", {})
    sources = {"reports": reports, "origins": origins, "claims": claims, "register": register}
    found = corroboration(Case(title="t", parties={}, sources=Sources.model_validate(sources)), "c")
    return found.at_least, found.at_most


def named(name: str, **more: object) -> dict[str, object]:
    return {"kind": "named", "name": name, **more}


ANN, BO = named("Ann Lee"), named("Bo Tan")


def test_an_outlet_adds_none_beside_a_source_that_told_it() -> None:
    aide = {"kind": "described", "words": "an aide", "outlet": "A"}
    assert spans(aide, {"kind": "outlet", "name": "A"}) == (1, 1)
    assert spans({"kind": "outlet", "name": "The a"}, named("Ann Lee", outlet="A")) == (1, 1)
    assert spans(ANN, {"kind": "outlet", "name": "A"}) == (1, 1)
    assert spans(aide, {"kind": "outlet", "name": "B"}) == (1, 2)
    assert spans(named("Ann Lee", outlet="A"), {"kind": "outlet", "name": "B"}) == (2, 2)


def test_outlets_that_credit_one_outlet_are_one() -> None:
    b, c = ({"kind": "outlet", "name": name, "outlet": "A"} for name in "BC")
    assert spans(b, c) == (1, 1)
    assert spans(b, {"kind": "outlet", "name": "A"}) == (1, 1)


def test_an_outlet_credited_alone_and_what_its_own_report_passes_on_are_one() -> None:
    a, b, c, d = ({"kind": "outlet", "name": name} for name in "ABCD")
    assert spans(b, c) == spans(b, a) == (1, 1)
    assert spans(b, ANN) == spans(b, named("Ann Lee", outlet="D")) == (1, 1)
    assert spans(a, b) == spans(c, d) == (2, 2)
    register = {"b": {"name": "Beacon", "aliases": ["B"]}}
    assert spans({"kind": "outlet", "name": "Beacon"}, c, register=register) == (1, 1)


def test_rewrites_of_one_report_are_one_in_their_own_voice() -> None:
    back: dict[str, object] = {"original": "t"}
    d, e = ({"kind": "outlet", "name": name} for name in "DE")
    assert spans(d, e, r=back, s=back) == (1, 1)
    assert spans(d, e) == (2, 2)
    assert spans(BO, e, r=back, s=back) == (1, 2)
    assert spans(BO, ANN, r=back, s=back) == (2, 2)


def test_whoever_is_unnamed_may_be_whoever_is_named() -> None:
    for kind in ("described", "unattributed"):
        assert spans({"kind": kind}, ANN) == (1, 2)
        assert spans({"kind": kind, "side": "x"}, {**ANN, "side": "y"}) == (2, 2)


def test_origins_without_a_name_may_be_one() -> None:
    for kind, words in (("document", "a report by the board"), ("role", "the prime minister")):
        assert spans({"kind": kind, "words": words}, {"kind": kind, "words": words}) == (1, 2)
    assert spans({"kind": "named", "words": "Ann Lee"}, ANN) == (1, 2)
    assert spans({"kind": "role", "words": "the minister"}, ANN) == (1, 2)
    assert spans({"kind": "document", "words": "a leaked memo"}, ANN) == (2, 2)


def test_a_name_is_one_however_it_is_written() -> None:
    for other in ("ANN  LEE", "Ann\u00a0Lee", "Ann\u200b Lee", "Ann\u2009Lee", "Ａnn Lee", "The Ann Lee"):
        assert spans(ANN, named(other)) == (1, 1)
    assert spans(named("José Peña"), named("Jose\u0301 Pen\u0303a")) == (1, 1)


def test_names_of_which_one_holds_the_other_may_be_one() -> None:
    assert spans(ANN, named("Lee")) == (1, 2)
    assert spans(ANN, named("A. Lee")) == (1, 2)
    assert spans(ANN, named("Ida Lee")) == (2, 2)
    register: dict[str, object] = {"x": {"name": "The Clerk", "aliases": ["Ann Lee"]}}
    assert spans(named("The Clerk"), named("Lee"), register=register) == (1, 2)
    state, government = ({"kind": "institution", "name": n} for n in ("Norland", "Government of Norland"))
    assert spans(state, government) == (1, 2)


def test_names_of_one_party_may_be_one() -> None:
    parties = {"tarn": Party(name="Tarn", aliases=("the Movement",)), "sill": Party(name="Sill")}
    origins = {o: {"kind": "institution", "name": o} for o in ("Movement", "tarn", "Sill")}
    claims = {
        c: {**SAID, "report": "r", "origin": o, "confirms": ["c"]}
        for c, o in zip("cde", origins, strict=True)
    }
    sources = Sources.model_validate({"origins": origins, "claims": claims})
    found = corroboration(Case(title="t", parties=parties, sources=sources), "c")
    assert (found.at_least, found.at_most) == (2, 3)


def test_a_claim_that_does_not_stand_connects_nothing() -> None:
    e: dict[str, object] = {"origin": "third", "confirms": ["d"]}
    assert spans(ANN, ANN, e=e) == (2, 2)
    for status in ("retracted", "superseded", "contradicted"):
        assert spans(ANN, ANN, e=e, d={"status": status}) == (1, 1)


@given(cases())
def test_writing_a_name_differently_changes_no_count(case: Case) -> None:
    wide = {
        o: x.model_copy(update={"name": x.name and f"\u200b{x.name.upper()}\u00a0"})
        for o, x in case.origins.items()
    }
    other = case.model_copy(update={"sources": case.sources.model_copy(update={"origins": wide})})
    for claim in case.claims:
        assert corroboration(other, claim) == corroboration(case, claim)


@given(cases())
def test_knowing_less_of_a_source_never_makes_more_origins_sure(case: Case) -> None:
    """Taking away who an origin is, but for its id, can only make it anybody."""
    bare = {o: x.model_copy(update={"side": None}) for o, x in case.origins.items()}
    other = case.model_copy(update={"sources": case.sources.model_copy(update={"origins": bare})})
    for claim in case.claims:
        assert corroboration(other, claim).at_least <= corroboration(case, claim).at_least
