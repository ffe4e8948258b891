"""Frontiers by merging against every package one by one."""

from hypothesis import given, settings

from accordant.agreement.additive import Additive, frontier, make_additive
from tests.agreement.additive import brute
from tests.agreement.additive.problems import problems


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_frontier_and_every_package_behind_it_are_those_of_the_definition(problem: Additive) -> None:
    found = frontier(problem)
    expected = brute.frontier(problem)
    points = [tuple(int(w) for w in column) for column in found.points.worths.T]
    assert points == sorted(expected, reverse=True)
    for k, point in enumerate(points):
        assert found.members(k, None) == expected[point]
        assert found.number(k) == len(expected[point])
        assert found.points.exact


@settings(max_examples=100, deadline=None)
@given(problems(most_parties=3))
def test_each_package_that_is_not_efficient_is_dominated_by_its_certificate(problem: Additive) -> None:
    found = frontier(problem)
    packages = brute.rational(problem)
    efficient = {codes for members in brute.frontier(problem).values() for codes in members}
    for codes, worth in packages.items():
        better = found.certificate(codes)
        assert (better is None) == (codes in efficient) == (found.point(codes) is not None)
        if better is not None:
            assert brute.dominates(packages[better], worth)


def test_packages_of_an_issue_that_nobody_values_are_all_counted() -> None:
    found = frontier(make_additive([[[0] * 10, [0] * 10]] * 25 + [[[1, 0], [0, 1]]], [0, 0]))
    assert [found.number(k) for k in range(2)] == [10**25, 10**25]
    assert len(found.members(0, 7)) == 7


def test_nothing_is_left_where_rules_exclude_each_other() -> None:
    found = frontier(make_additive([[[0, 1], [1, 0]]] * 3, [0, 0], rules=["i1", "not i1"]))
    assert found.points.m == 0
