"""Ranges of values against every package one by one."""

from __future__ import annotations

from hypothesis import given, settings

from accordant.agreement.additive import Additive, frontier
from accordant.agreement.additive.problem import Codes
from accordant.agreement.additive.ranges import efficient_values, possible_values
from tests.agreement.additive import brute
from tests.agreement.additive.problems import problems


def values(packages: list[Codes]) -> set[tuple[int, int]]:
    return {(issue, value) for codes in packages for issue, value in enumerate(codes)}


@settings(max_examples=50, deadline=None)
@given(problems(most_parties=3))
def test_values_are_those_of_the_packages_of_the_definition(problem: Additive) -> None:
    found = frontier(problem)
    best = brute.frontier(problem)
    efficient = efficient_values(found)
    assert efficient == values([codes for members in best.values() for codes in members])
    assert possible_values(found, efficient) == values(list(brute.rational(problem)))
    assert possible_values(found, set()) == values(list(brute.rational(problem)))
