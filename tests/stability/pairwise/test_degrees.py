"""Degrees are shares of settings, counted exactly, unless the case gives them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.stability.outlook import STRUCTURE
from accordant.stability.pairwise.degrees import Degrees, degrees_of_case, degrees_of_view
from accordant.stability.pairwise.shares import number, share
from tests.stability.pairwise.opinions import numbers, opinions
from tests.stability.test_analysis import cases


def as_written(compiler: Compiler) -> list[Setting]:
    """The admissible settings in which rules, controllers and moves are as they are written."""
    kinds = {e.id: e.kind for e in compiler.elements}
    every = compiler.setting_space().settings()
    return [s for s in every if not any(kinds[e] in STRUCTURE for e in s.off)]


def shares(compiler: Compiler) -> dict[tuple[int, int, int], Fraction]:
    """P_i(q, s), from every setting looked at by itself."""
    views = [compiler.view(s) for s in as_written(compiler)]
    found = {}
    for i, party in enumerate(compiler.parties):
        ranks = [v.ranks(party) for v in views]
        for q, s in product(range(views[0].model.n), repeat=2):
            better = sum(1 for r in ranks if r is not None and r[q] > r[s])
            found[i, q, s] = Fraction(better, len(views))
    return found


@settings(max_examples=40)
@given(cases())
def test_a_degree_is_the_share_of_settings_in_which_the_state_is_preferred(case: Case) -> None:
    compiler = Compiler(case)
    view, degrees = degrees_of_case(compiler)
    for (i, q, s), expected in shares(compiler).items():
        assert degrees[i].preferred(q, s) == expected
        assert degrees[i].margin(q, s) == expected - degrees[i].preferred(s, q)
    assert view.model is compiler.view().model


def case_of(**preference: Any) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "preferences": {"a": preference, "b": {"priorities": ["y"]}},
        }
    )


def test_orders_count_as_often_as_they_occur() -> None:
    line = {"want": "y", "unsure": True}
    compiler = Compiler(case_of(priorities=[line, line, "x"]))
    _, (a, b) = degrees_of_case(compiler)
    # s1 no no, s2 no yes, s3 yes no: y decides in three of four settings
    assert (a.preferred(1, 2), a.preferred(2, 1), a.margin(1, 2)) == (
        Fraction(3, 4),
        Fraction(1, 4),
        Fraction(1, 2),
    )
    assert b.settings == 1


def test_an_either_group_stands_in_any_order() -> None:
    _, (a, _) = degrees_of_case(Compiler(case_of(priorities=[{"either": ["x", "y", "x and y"]}])))
    assert a.settings == 6
    # s2 no yes, s3 yes no: whichever of x and y comes first
    assert a.preferred(1, 2) == Fraction(1, 2)


def test_a_given_degree_stands_in_place_of_the_share() -> None:
    compiler = Compiler(case_of(priorities=["x"], degrees=[["s1", "s3", 0.7]]))
    for degrees in (degrees_of_case(compiler)[1], degrees_of_view(compiler.view())):
        assert degrees[0].preferred(0, 2) == Fraction(7, 10)
        assert degrees[0].preferred(2, 0) == Fraction(3, 10)
        assert degrees[0].preferred(3, 0) == 1


def test_nothing_is_known_of_a_party_without_a_preference_but_what_is_given() -> None:
    compiler = Compiler(case_of(degrees=[["s1", "s3", 0.7]]))
    _, (a, b) = degrees_of_case(compiler)
    assert a.open.sum() == 12
    assert not b.open.any()
    assert a.more_than(Fraction(1, 2), unknown=False).sum() == 1
    assert a.more_than(Fraction(1, 2), unknown=True).sum() == 12 - 1
    assert share(a, 0, 2, "A", "s3") == "which A prefers to s3 to the degree 0.7"
    assert share(a, 1, 2, "it") == "which it may or may not like better"


def test_pairs_of_unknown_order_are_open_and_the_others_are_not() -> None:
    _, (a, _) = degrees_of_case(Compiler(case_of(priorities=["x"], incomparable=[["s1", "s4"]])))
    assert [tuple(map(int, p)) for p in zip(*a.open.nonzero(), strict=True)] == [(0, 3), (3, 0)]
    assert a.preferred(2, 0) == 1


@given(opinions(1, 4), numbers)
def test_comparisons_are_those_of_exact_numbers(one: Any, bound: Fraction) -> None:
    degrees: Degrees = one.degrees(4)[0]
    more, margin = degrees.more_than(bound, unknown=False), degrees.margin_at_least(bound, unknown=False)
    for s, q in product(range(4), repeat=2):
        assert more[s, q] == (one.preferred(0, q, s) > bound)
        assert margin[s, q] == (one.preferred(0, q, s) - one.preferred(0, s, q) >= bound)


@given(st.fractions(min_value=-2, max_value=2))
def test_numbers_are_written_exactly(value: Fraction) -> None:
    assert Fraction(number(value)) == value


@pytest.mark.parametrize(
    ("better", "worse", "says"), [(1, 0, "better"), (0, 1, "worse"), (0, 0, "no better")]
)
def test_where_nothing_is_unsure_there_are_no_counts(better: int, worse: int, says: str) -> None:
    import numpy as np

    two = Degrees(np.array([[0, better], [worse, 0]], dtype=np.int32), 1, np.zeros((2, 2), dtype=bool))
    assert share(two, 1, 0, "it").startswith(f"which is {says}")


def test_what_would_not_fit_is_refused_before_it_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accordant.stability.pairwise.relations.memory_limit", lambda: 100)
    with pytest.raises(TooLargeError, match="pair by pair: with 4 states"):
        degrees_of_case(Compiler(case_of(priorities=["x"])))
