"""Every lens finds exactly the packages that its definition names, with every tie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from accordant.agreement.lenses import MODULES, apply, find
from tests.agreement.lenses.problems import packages, points_of, problem_of, weighted
from tests.agreement.lenses.twin import LENSES


@pytest.mark.parametrize("name", MODULES)
@settings(max_examples=150, deadline=None)
@given(case=weighted())
def test_the_answer_is_what_the_definition_says(name, case):
    agrees(name, *case)


@pytest.mark.parametrize("name", MODULES)
@settings(max_examples=80, deadline=None)
@given(case=weighted(small=False, top=3))
def test_worths_that_overflow_64_bits_when_multiplied_are_compared_exactly(name, case):
    agrees(name, *case)


def agrees(name, bargain, weights):
    points = points_of(bargain)
    solution = apply(find([name])[0], points, weights)
    problem = problem_of(bargain)
    if not problem.rational():
        assert solution.refused
        assert not len(solution.points)
        return
    assert not solution.refused
    assert solution.compared
    expected = LENSES[name](problem, weights and [weights[party] for party in bargain.parties])
    assert packages(bargain, points, solution.points) == expected
    assert sorted(solution.points.tolist()) == solution.points.tolist()
