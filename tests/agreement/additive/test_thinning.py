"""The guarantee of the approximation, against every package one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.agreement.additive import Additive, FrontierTooLargeError, frontier, make_additive, thinning
from tests.agreement.additive import brute
from tests.agreement.additive.problems import problems


@pytest.fixture(autouse=True)
def _thin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinning, "ENOUGH", 1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problems(), st.fractions(0, 2))
def test_every_package_has_a_point_that_gives_each_party_at_most_the_slack_less(
    problem: Additive, epsilon: Fraction
) -> None:
    found = frontier(problem, epsilon)
    packages = brute.rational(problem)
    points = [tuple(int(w) for w in column) for column in found.points.worths.T]
    assert set(points) <= set(packages.values())  # every point is a package, and in X_d
    for worth in packages.values():
        least = [w - s for w, s in zip(worth, found.points.slack, strict=True)]
        assert any(all(p >= w for p, w in zip(point, least, strict=True)) for point in points)
    assert not any(brute.dominates(a, b) for a in points for b in points)
    assert all(found.number(k) >= 1 for k in range(len(points)))


def test_what_is_given_up_stays_within_the_share_that_was_allowed() -> None:
    rng = np.random.default_rng(7)
    problem = make_additive(rng.integers(0, 1000, (16, 3, 8)).tolist(), [4000, 4000, 4000])
    exact = frontier(problem)
    found = frontier(problem, Fraction(1, 10))
    assert 0 < found.points.m < exact.points.m / 2
    ranges = exact.points.worths.max(axis=1) - 4000
    assert any(found.points.slack)
    assert all(s <= r for s, r in zip(found.points.slack, ranges, strict=True))
    reached = found.points.worths + np.array(found.points.slack)[:, None]
    assert all((reached >= column[:, None]).all(axis=0).any() for column in exact.points.worths.T)


def test_a_frontier_with_too_many_points_is_refused_with_what_to_ask_for() -> None:
    rng = np.random.default_rng(7)
    problem = make_additive(rng.integers(0, 1000, (12, 3, 8)).tolist(), [0, 0, 0])
    with pytest.raises(FrontierTooLargeError, match="ask for an approximation"):
        frontier(problem, most=300)
    assert frontier(problem, Fraction(1, 10), most=3000).points.m
