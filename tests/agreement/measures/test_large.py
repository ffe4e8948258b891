"""Where packages are too many to list, what is near one of them is answered as if they were listed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from accordant.agreement.additive.building import additive_of
from accordant.agreement.measures import levering
from accordant.agreement.measures.concessions import concessions
from accordant.agreement.measures.dividing import divided
from accordant.agreement.measures.improvements import improvements
from accordant.agreement.measures.large import large_improvements, large_levers
from accordant.agreement.measures.levering import levers_in
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.measures.talks import talks, view_of


def told(result):
    """Everything that an answer says of changes, however the states are called."""
    return [(group.issues, group.found, {of(p) for p in group.listed}) for group in result.levers]


def of(p):
    return tuple(p.lever.changes.items()), tuple(p.changes.items()), tuple(p.over.items()), p.lever.efficient


@settings(max_examples=40, deadline=None)
@given(talks())
def test_levers_are_those_of_listed_packages(case):
    small = levers_in(Compiler(case), "offer")
    if small.state is None:
        return
    large = large_levers(Compiler(case), "offer")
    assert (large.agreement, large.compensation) == (small.agreement, small.compensation)
    assert {p: a.answer for p, a in large.acceptable.items()} == {
        p: a.answer for p, a in small.acceptable.items()
    }
    # twelve of each size are shown, and states of other names may come in another order
    if all(group.found <= 12 for group in small.levers):
        assert told(large) == told(small)


@settings(max_examples=40, deadline=None)
@given(talks())
def test_improvements_are_those_of_listed_packages(case):
    view, problem = view_of(case), additive_of(Compiler(case))
    if isinstance(problem, NoBargain):
        return
    for state in range(view.space.n):
        small = improvements(bargain_of(view), state, view.space.name)
        large = large_improvements(problem, view.space.codes[state].tolist(), "here")
        assert (large.best_count, large.most, large.efficient) == (
            small.best_count, small.most, small.efficient,
        )  # fmt: skip
        key = lambda found: sorted(tuple(b.gains.values()) for b in found.best)  # noqa: E731
        assert key(large) == key(small)


MANY = 100


@pytest.fixture
def many() -> Case:
    """2^100 packages; b gives a little on every issue, a gains a lot on some."""
    both = {"by": {"joint": ["a", "b"]}}
    return Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {f"i{k}": both for k in range(MANY)},
        "status_quo": {f"i{k}": "no" for k in range(MANY)},
        "feasible": ["i1 -> i2"],
        "preferences": {
            "a": {"worth": {f"i{k}": {"no": 0, "yes": k} for k in range(MANY)}},
            "b": {"worth": {f"i{k}": {"no": 0, "yes": 50 - k} for k in range(MANY)}},
        },
        "proposals": {
            "hard": {"by": "a", "date": "2024-01-01", "package": {"i99": "yes"}},
            "soft": {"by": "a", "date": "2024-01-05", "package": {"i60": "yes"}},
            "deal": {"by": ["a", "b"], "date": "2024-02-01", "status": "signed", "package": {"i3": "yes"}},
        },
    })  # fmt: skip


def test_levers_of_very_many_packages(many):
    found = levering.levers(Compiler(many), "hard")
    assert found.levers[0].found == 1
    first = found.levers[0].listed[0]
    assert dict(first.lever.changes) == {"i0": ("no", "yes")}
    assert first.over == {"a": 99, "b": 1}
    assert found.compensation.short == {"b": 49}


def test_concessions_of_very_many_packages(many):
    found = concessions(Compiler(many))
    assert [s.kind for s in found.steps] == [None, "concession", None]
    assert found.steps[1].changes == {"a": -39, "b": 39}
    assert found.signed["deal"].count is None
    assert not found.signed["deal"].efficient
    assert found.to_json()["signed"]["deal"]["count"] is None


def test_division_of_very_many_packages(many):
    found = divided(Compiler(many))
    assert found.gets["a"] == found.gets["b"] >= Fraction(50)
    assert all(w.state is not None or "forbids it" in w.impossible for w in found.wholes)


def test_changes_that_were_not_looked_at_are_said(many, monkeypatch):
    monkeypatch.setattr("accordant.agreement.additive.listing.LOOKED_AT", 10)
    found = levering.levers(Compiler(many), "hard")
    assert "Not every change was looked at: those of fewest steps were." in found.notes
