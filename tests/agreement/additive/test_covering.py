"""Whether patterns place every feasible package once, against every package one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.additive import covering
from accordant.agreement.additive.answer import large_deals
from accordant.agreement.analysis import analyse
from accordant.case.expressions import parse
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.frame import issue_values
from tests.agreement.additive.brute import holds
from tests.agreement.random_cases import ISSUES, expressions


@settings(max_examples=150, deadline=None)
@given(
    st.lists(expressions(ISSUES), min_size=1, max_size=3),
    st.lists(st.one_of(expressions(ISSUES), st.just("y -> not x"), st.just("y or not x")), max_size=3),
    st.booleans(),
)
def test_patterns_place_every_package_that_all_rules_together_leave(
    patterns: list[str], rules: list[str], whole: bool
) -> None:
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}}, "feasible": rules,
        "issues": {i: {"by": "a", "values": list(v)} for i, v in ISSUES.items()},
    })  # fmt: skip
    parsed = [parse(text, issue_values(case)) for text in patterns]
    kept = []
    for codes in product(*(range(len(v)) for v in ISSUES.values())):
        here = {i: np.asarray(c) for i, c in zip(ISSUES, codes, strict=True)}
        if all(holds(parse(rule, issue_values(case)).tree, here) for rule in rules):
            kept.append(whole + sum(holds(p.tree, here) for p in parsed))
    if kept:  # no deal is feasible, so that something is
        once = covering.placed_once(case, parsed, frozenset(), whole=whole)
        assert once == all(number == 1 for number in kept)


def excluded() -> Case:
    both = {"by": {"joint": ["a", "b"]}}
    return Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": both, "y": both},
        "status_quo": {"x": "no", "y": "no"}, "feasible": ["y -> not x", "y or not x"],
        "preferences": {"a": {"ranking": [{"x": "no"}]}, "b": {"worth": {"y": {"no": 0, "yes": 1}}}},
    })  # fmt: skip


def test_what_two_rules_exclude_together_needs_no_pattern() -> None:
    listed, found = analyse(Compiler(excluded())), large_deals(Compiler(excluded()))
    assert found.exists == listed.exists == "yes"
    assert found.fairness is not None
    assert not found.fairness.note


def test_what_cannot_be_decided_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "MOST_LEFT", 0)
    with pytest.raises(TooLargeError):
        covering.placed_once(excluded(), [parse("not x", issue_values(excluded()))], frozenset())
    found = large_deals(Compiler(excluded()))
    assert found.exists == "unknown"
    assert found.fairness is not None
    assert "could not be decided" in found.fairness.note
