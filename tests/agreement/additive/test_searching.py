"""Frontiers and lenses by search, against every package one by one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accordant.agreement.additive import Additive, make_additive, searching
from accordant.agreement.additive.programme import Programme
from tests.agreement.additive import brute
from tests.agreement.additive.problems import problems


def small(problem: Additive) -> bool:
    """Numbers that a search can prove things of."""
    return max((abs(int(t)) for table in problem.tables for t in table.ravel()), default=0) < 10**6


@settings(max_examples=80, deadline=None)
@given(problems(most_parties=3), st.lists(st.integers(1, 3), min_size=3, max_size=3))
def test_a_search_finds_the_largest_sum_and_proves_it(problem: Additive, weights: list[int]) -> None:
    assume(small(problem))
    shares = dict(enumerate(weights[: len(problem.parties)]))
    found = Programme(problem).best(shares, [int(x) for x in problem.floor])
    packages = brute.rational(problem)
    assert found.proved
    if not packages:
        assert found.codes is None
        return
    assert found.value == max(sum(w * worth[p] for p, w in shares.items()) for worth in packages.values())
    assert found.codes in packages


@settings(max_examples=50, deadline=None)
@given(problems(most_parties=2))
def test_the_frontier_of_two_parties_is_that_of_the_definition(problem: Additive) -> None:
    assume(small(problem))
    found = searching.searched(problem)
    expected = brute.frontier(problem)
    assert [tuple(int(w) for w in c) for c in found.points.worths.T] == sorted(expected, reverse=True)
    for k, codes in enumerate(found.found):
        assert codes in expected[tuple(int(w) for w in found.points.worths[:, k])]


@settings(max_examples=40, deadline=None)
@given(
    problems(most_parties=3),
    st.lists(st.fractions(Fraction(1, 3), 3, max_denominator=3), min_size=3, max_size=3),
)
def test_single_lenses_are_those_of_the_definition(problem: Additive, given_: list[Fraction]) -> None:
    assume(small(problem))
    k = len(problem.parties)
    weights, d = given_[:k], problem.reservations
    packages = brute.rational(problem)
    utilitarian = searching.utilitarian(problem, weights)
    egalitarian = searching.egalitarian(problem, weights)
    smorodinsky = searching.kalai_smorodinsky(problem)
    if not packages:
        assert (utilitarian, egalitarian, smorodinsky) == (None, None, None)
        return
    assert utilitarian is not None
    assert egalitarian is not None
    assert smorodinsky is not None

    def total(worth: tuple[int, ...]) -> Fraction:
        return sum((w * u for w, u in zip(weights, worth, strict=True)), start=Fraction(0))

    def shares(worth: tuple[int, ...]) -> list[Fraction]:
        return sorted((u - x) / w for u, x, w in zip(worth, d, weights, strict=True))

    ideal = [max(worth[p] for worth in packages.values()) for p in range(k)]

    def ratios(worth: tuple[int, ...]) -> list[Fraction]:
        return sorted(Fraction(worth[p] - d[p], ideal[p] - d[p]) for p in range(k) if ideal[p] > d[p])

    assert total(packages[utilitarian.codes]) == max(map(total, packages.values()))
    assert shares(packages[egalitarian.codes]) == max(map(shares, packages.values()))
    assert ratios(packages[smorodinsky.codes]) == max(map(ratios, packages.values()))
    efficient = {codes for members in brute.frontier(problem).values() for codes in members}
    assert {utilitarian.codes, egalitarian.codes, smorodinsky.codes} <= efficient


def test_numbers_too_large_for_the_search_are_refused_with_what_is_known() -> None:
    problem = make_additive([[[0, 10**17], [10**17 + 1, 0]]] * 3, [0, 0])
    with pytest.raises(searching.NotProvedError, match="proved no more than"):
        searching.searched(problem)
