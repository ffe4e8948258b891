"""Whether a package holds once it is reached: against the definitions, with and without terms."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import accordant
from accordant.agreement.holding import holding
from accordant.agreement.phases.terms import Termed
from accordant.case.objects import Case
from accordant.errors import CaseError, InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import ProductMoves
from tests.agreement.phases.random_plans import plans
from tests.agreement.phases.twin import true
from tests.cases.shipped import CASES

RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
VALUES = {"x": ("no", "yes"), "y": ("no", "yes"), "z": ("low", "mid", "high")}


def texts():
    one = st.sampled_from(sorted(VALUES)).flatmap(
        lambda i: st.sampled_from(VALUES[i]).map(lambda v: f"{i} = {v}")
    )
    return st.one_of(one, st.tuples(one, one).map(" and ".join))


@st.composite
def small_cases(draw):
    """Two parties with worths, own issues that move freely, and terms, one of them unsure now and then."""
    numbers = st.integers(-2, 3)
    terms = {}
    for name in draw(st.sampled_from([[], ["one"], ["one", "two"]])):
        term = {"kind": "guarantee", "removes": []}
        if draw(st.booleans()):
            term["if"] = draw(texts())
            term["worth"] = {draw(st.sampled_from("ab")): str(draw(numbers))}
        for _ in range(draw(st.integers(0, 2))):
            removal = {"party": draw(st.sampled_from("ab")), "to": draw(texts())}
            if draw(st.booleans()):
                removal["if"] = draw(texts())
            term["removes"].append(removal)
        if draw(st.integers(0, 3)) == 0:
            term["unsure"] = True
        terms[name] = term
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "x": {"by": "a"},
                "y": {"by": "b"},
                "z": {"by": draw(st.sampled_from("ab")), "values": list(VALUES["z"])},
            },
            "status_quo": {"x": "no", "y": "no", "z": "low"},
            "preferences": {
                p: {
                    "worth": {i: {v: str(draw(numbers)) for v in vs} for i, vs in VALUES.items()},
                    "also": [{"if": draw(texts()), "worth": str(draw(numbers))}],
                }
                for p in "ab"
            },
            "terms": terms,
        }
    )


def brute(case, terms):
    """Nash, GMR, SMR, SEQ and SSEQ of every state straight from their definitions, for two parties."""
    states = [dict(zip(VALUES, row, strict=True)) for row in product(*VALUES.values())]

    def worth(p, s):
        found = case.preferences[p]
        total = sum(found.worth[i][v] for i, v in s.items())
        total += sum(t.worth for t in found.also if true(case, t.if_, s))
        for id_ in terms:
            term = case.terms[id_]
            if term.if_ is not None and true(case, term.if_, s):
                total += term.worth.get(p, 0)
        return total

    def barred(p, s, t):
        return any(
            removal.party == p
            and (case.terms[id_].if_ is None or true(case, case.terms[id_].if_, s))
            and (removal.if_ is None or true(case, removal.if_, s))
            and true(case, removal.to, t)
            for id_ in terms
            for removal in case.terms[id_].removes
        )

    def moves(p, s):
        own = [i for i in VALUES if p in case.issues[i].holders]
        for t in states:
            if t != s and all(t[i] == s[i] for i in VALUES if i not in own) and not barred(p, s, t):
                yield t

    def led_to(p, s, gaining):
        """What the other party can lead on to: by moves of its own in a row where moves are removed."""
        other = "b" if p == "a" else "a"
        for t in moves(other, s):
            if not gaining or worth(other, t) > worth(other, s):
                yield t

    def stable(p, s, concept):
        for t in moves(p, s):
            if worth(p, t) <= worth(p, s):
                continue
            if concept == "nash":
                return False
            answers = [
                u
                for u in led_to(p, t, concept in ("seq", "sseq"))
                if worth(p, u) <= worth(p, s)
                and (concept not in ("smr", "sseq") or all(worth(p, v) <= worth(p, s) for v in moves(p, u)))
            ]
            if not answers:
                return False
        return True

    return [
        {c: {p: stable(p, s, c) for p in "ab"} for c in ("nash", "gmr", "smr", "seq", "sseq")} for s in states
    ]


@RELAXED
@given(small_cases(), st.data())
def test_what_holds_is_what_the_definitions_say_with_terms_in_force(case, data) -> None:
    terms = tuple(case.terms)
    state = data.draw(st.integers(0, 11))
    found = holding(Compiler(case), state, terms)
    unsure = [t for t in terms if case.terms[t].unsure]
    worlds = [
        brute(case, [t for t in terms if t not in gone])[state]
        for gone in (
            [u for u, out in zip(unsure, bits, strict=True) if out]
            for bits in product((False, True), repeat=len(unsure))
        )
    ]
    for concept, told in found.concepts.items():
        for party, stays in told.parties.items():
            truths = [w[concept][party] for w in worlds]
            assert stays.stays == ("yes" if all(truths) else "unknown" if any(truths) else "no"), concept
        truths = [all(w[concept].values()) for w in worlds]
        assert told.holds == ("yes" if all(truths) else "unknown" if any(truths) else "no")
        assert told.counts == (sum(truths), len(truths))


@RELAXED
@given(plans(), st.integers(0, 3))
def test_without_terms_it_is_what_stability_says(case, k) -> None:
    compiler = Compiler(case)
    state = min(k, compiler.space().n - 1)
    found = holding(compiler, state)
    from accordant.stability import analyse

    try:
        result = analyse(compiler)
    except CaseError:
        assume(False)
    for name, concept in result.concepts.items():
        in_all, in_some = found.state in concept.equilibria, found.state in concept.possible_equilibria
        assert found.answers[name] == ("yes" if in_all else "unknown" if in_some else "no")


def test_an_efficient_package_that_somebody_leaves_is_seen_as_such() -> None:
    found = holding(accordant.load(CASES / "games" / "prisoners-dilemma"), "s1")
    nash = found.concepts["nash"]
    assert nash.holds == "no"
    assert all(stays.leaves_for for stays in nash.parties.values())
    assert found.concepts["seq"].holds == "yes"
    answered = next(iter(found.concepts["seq"].parties.values()))
    assert answered.stays == "yes"
    assert answered.answered_by
    rows = {(row[0], row[3], row[5] != "") for row in found.table().rows}
    assert {("nash", "no", True), ("seq", "yes", True)} <= rows


def test_a_guarantee_removes_the_move_that_breaks_it() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": {"joint": ["a", "b"]}}},
            "status_quo": {"x": "no"},
            "preferences": {"a": {"priorities": ["not x"]}, "b": {"priorities": ["x"]}},
            "terms": {"watch": {"kind": "guarantee", "removes": [{"party": "a", "if": "x", "to": "not x"}]}},
        }
    )
    compiler = Compiler(case)
    assert holding(compiler, {"x": "yes"}).concepts["nash"].parties["a"].leaves_for == "s1"
    assert holding(compiler, {"x": "yes"}, ["watch"]).answers == dict.fromkeys(
        ("nash", "gmr", "smr", "seq", "sseq"), "yes"
    )


def test_a_worth_for_a_party_without_numbers_is_said_not_to_apply() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {"name": "Aland"}},
            "issues": {"x": {"by": "a"}},
            "preferences": {"a": {"priorities": ["not x"]}},
            "terms": {"aid": {"kind": "inducement", "if": "x", "worth": {"a": 5}}},
        }
    )
    found = holding(Compiler(case), "s2", ["aid"])
    assert found.answers["nash"] == "no"
    assert "Aland, which has given no numbers" in found.notes[0]


@pytest.mark.parametrize(
    ("package", "terms", "told"),
    [("s9", (), "there is no state 's9'"), (7, (), "no state number 7"), ("s1", ("x",), "no term 'x'")],
)
def test_what_is_not_there_is_said(package, terms, told) -> None:
    case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}})
    with pytest.raises(InputError, match=told):
        holding(Compiler(case), package, terms)


@RELAXED
@given(small_cases())
def test_moves_that_terms_leave_are_those_of_the_definition_in_whatever_form(case) -> None:
    compiler = Compiler(case)
    termed = Termed(compiler, tuple(case.terms))
    before, after = compiler.view(), termed.view()
    bars = termed.bars(before)
    for k, party in enumerate(before.model.parties):
        for state in range(before.model.n):
            left = [
                t
                for t in before.model.movers[k].moves.from_state(state).tolist()
                if not any(bar.party == party and bar.start[state] and bar.end[t] for bar in bars)
            ]
            assert after.model.movers[k].moves.from_state(state).tolist() == left
        single = sum(issue.holders == (party,) for issue in case.issues.values()) == 1
        plain = all(
            term.if_ is None and all(r.if_ is None for r in term.removes) for term in case.terms.values()
        )
        if single and plain and all(" and " not in r.to for t in case.terms.values() for r in t.removes):
            own = next(i for i, issue in case.issues.items() if issue.holders == (party,))
            if all(r.to.startswith(own) for t in case.terms.values() for r in t.removes):
                assert isinstance(after.model.movers[k].moves, ProductMoves)


def test_terms_that_would_have_too_many_moves_listed_leave_nash(monkeypatch) -> None:
    monkeypatch.setattr("accordant.agreement.holding.analysis.MOST_MOVES", 1)
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "a"}, "z": {"by": "b"}},
            "status_quo": {"x": "no", "y": "no", "z": "no"},
            "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["z"]}},
            "terms": {
                "watch": {"kind": "guarantee", "removes": [{"party": "a", "if": "x and y", "to": "not x"}]}
            },
        }
    )
    found = holding(Compiler(case), {"x": "yes", "y": "yes", "z": "yes"}, ["watch"])
    assert list(found.concepts) == ["nash"]
    assert "moves would have to be listed" in found.method.cut
