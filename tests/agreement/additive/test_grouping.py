"""The guarantee of the approximation by groups, against every package one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.agreement.additive import Additive, grouping, make_additive, merging, thinning
from accordant.agreement.additive.rebuilding import Rebuilder
from tests.agreement.additive import brute
from tests.agreement.additive.problems import problems


@pytest.fixture(autouse=True)
def _group_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinning, "ENOUGH", 1)
    monkeypatch.setattr(grouping, "SMALL", 2)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problems(voices=False), st.fractions(0, 2))
def test_packages_that_leave_everyone_the_slack_have_a_point_that_gives_up_at_most_that(
    problem: Additive, epsilon: Fraction
) -> None:
    chains = merging.chains_of(problem)
    if any(not len(c.rows) for c in chains):
        return
    made = merging._added(problem, chains, epsilon, 10**6, near=True)
    packages = brute.rational(problem)
    points = [tuple(int(w) for w in row) for row in made.layers[-1]]
    assert set(points) <= set(packages.values())
    for worth in packages.values():
        least = [w - s for w, s in zip(worth, made.slack, strict=True)]
        if all(w >= d for w, d in zip(least, problem.reservations, strict=True)):
            assert any(all(p >= w for p, w in zip(point, least, strict=True)) for point in points)


def test_packages_of_an_approximation_by_groups_are_found_again() -> None:
    rng = np.random.default_rng(3)
    problem = make_additive(rng.integers(0, 100, (8, 4, 5)).tolist(), [200] * 4)
    made = merging._added(problem, merging.chains_of(problem), Fraction(1, 5), 10**6, near=True)
    found = Rebuilder(made.chains, made.layers, ())
    assert all(isinstance(part, grouping.Group) for part in made.chains)
    for point in made.layers[-1][::7]:
        assert found.count(point) >= 1
        for codes in found.some(point, 3):
            assert problem.worth(codes) == tuple(point)
            assert problem.rational(codes)
