"""With mixtures allowed: optimal by theorems that prove it, and in agreement with each other."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accordant.agreement.bargain import make_bargain
from accordant.agreement.lenses import find
from accordant.agreement.lenses.hull import apply_mixed, chain
from accordant.agreement.lenses.linear import leximin_mixture
from tests.agreement.lenses.problems import bargains, points_of, problem_of, weighted

MIXING = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")

few = settings(max_examples=80, deadline=None)
TWO = st.just(2)
MANY = st.integers(3, 4)


def mixed(name, bargain, weights=None):
    return apply_mixed(find([name])[0], points_of(bargain), weights)


def gains(points, mixture):
    return [
        w - Fraction(d, s) for w, d, s in zip(mixture.worths, points.reservations, points.scales, strict=True)
    ]


def gain(points, i, k):
    return points.worth(i, k) - Fraction(points.reservations[i], points.scales[i])


@pytest.mark.parametrize("name", MIXING)
@few
@given(case=weighted())
def test_shares_add_up_and_give_the_worths(name, case):
    bargain, weights = case
    points = points_of(bargain)
    lottery = mixed(name, bargain, weights)
    assert bool(lottery.refused) != bool(lottery.mixtures)
    for mixture in lottery.mixtures:
        assert sum(mixture.shares) == 1
        assert all(share > 0 for share in mixture.shares)
        assert len(mixture.points) <= max(len(points.parties), 1)
        for i, worth in enumerate(mixture.worths):
            parts = zip(mixture.points, mixture.shares, strict=True)
            assert worth == sum(share * points.worth(i, k) for k, share in parts)
            assert worth >= Fraction(points.reservations[i], points.scales[i])


@few
@given(case=weighted(parties=TWO))
def test_the_nash_product_is_greatest_over_the_whole_hull(case):
    """Supporting line: at the greatest product z of a convex set, no x has sum of w x / z above sum of w."""
    bargain, weights = case
    points = points_of(bargain)
    assume(points.m > 1)
    w = [Fraction((weights or {}).get(party, 1)) for party in points.parties]
    z = gains(points, mixed("nash", bargain, weights).mixtures[0])
    assert all(z)
    for k in range(points.m):
        assert sum(w[i] * gain(points, i, k) / z[i] for i in range(2)) <= sum(w)


@few
@given(bargain=bargains(parties=TWO))
def test_at_the_nash_point_worths_have_a_scale_on_which_it_is_utilitarian_and_egalitarian(bargain):
    """Dividing each party's gains by those at the Nash point makes all three lenses one (Shapley 1969)."""
    points = points_of(bargain)
    assume(points.m > 1)
    best = mixed("nash", bargain).mixtures[0]
    z = gains(points, best)
    weights = dict(zip(points.parties, z, strict=True))
    even = mixed("egalitarian", bargain, weights).mixtures[0]
    assert even.worths == best.worths
    inverse = {party: 1 / part for party, part in weights.items()}
    tops = mixed("utilitarian", bargain, inverse).mixtures
    assert set(best.points) <= {top.points[0] for top in tops}


def leximin_is_best(points, factors, z):
    """No mixture with shares in quarters is better by leximin than z."""
    table = [[gain(points, i, k) * f for k in range(points.m)] for i, f in enumerate(factors)]
    for choice in combinations_with_replacement(range(points.m), 4):
        other = sorted(sum(row[k] for k in choice) / 4 for row in table)
        assert other <= sorted(z)


@few
@given(case=weighted(parties=st.integers(2, 4), most=7))
def test_no_mixture_is_more_even(case):
    bargain, weights = case
    points = points_of(bargain)
    assume(points.m)
    w = [Fraction((weights or {}).get(party, 1)) for party in points.parties]
    even = gains(points, mixed("egalitarian", bargain, weights).mixtures[0])
    leximin_is_best(points, [1 / part for part in w], [g / part for g, part in zip(even, w, strict=True)])
    problem = problem_of(bargain)
    reach = [problem.ideal(i) - problem.d[i] for i in problem.parties]
    assume(all(reach))
    share = gains(points, mixed("kalai-smorodinsky", bargain).mixtures[0])
    leximin_is_best(points, [1 / r for r in reach], [g / r for g, r in zip(share, reach, strict=True)])


@few
@given(case=weighted(parties=TWO))
def test_linear_programming_and_the_chain_agree(case):
    """Two ways to the same answer for two parties."""
    bargain, _ = case
    points = points_of(bargain)
    assume(points.m)
    factors = (3, 5)
    rows = [[int(g) * f for g in row] for row, f in zip(points.gains(), factors, strict=True)]
    scales = {p: Fraction(1, f * s) for p, f, s in zip(points.parties, factors, points.scales, strict=True)}
    shares = leximin_mixture(rows)
    mixture = mixed("egalitarian", bargain, scales).mixtures[0]
    for i in range(2):
        assert sum(share * points.worth(i, k) for k, share in shares.items()) == mixture.worths[i]


@few
@given(bargain=bargains(parties=TWO), data=st.data())
def test_when_a_partys_own_best_stays_and_more_becomes_possible_the_other_does_not_lose(bargain, data):
    """Individual monotonicity, which Kalai and Smorodinsky put in the place of independence."""
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=bargain.n, max_size=bargain.n)))
    some = replace(bargain, allowed=bargain.allowed & keep)
    small, large = problem_of(some), problem_of(bargain)
    assume(small.rational() and small.ideal(0) == large.ideal(0))
    before, after = (mixed("kalai-smorodinsky", b).mixtures[0].worths[1] for b in (some, bargain))
    assert after >= before


@few
@given(bargain=bargains(parties=TWO))
def test_the_kalai_smorodinsky_shares_of_two_parties_are_equal(bargain):
    problem = problem_of(bargain)
    assume(problem.rational() and all(problem.ideal(i) > problem.d[i] for i in (0, 1)))
    best = mixed("kalai-smorodinsky", bargain).mixtures[0]
    first, second = ((best.worths[i] - problem.d[i]) / (problem.ideal(i) - problem.d[i]) for i in (0, 1))
    assert first == second


@few
@given(bargain=bargains(parties=TWO))
def test_the_chain_is_what_no_mixture_of_two_points_dominates(bargain):
    points = points_of(bargain)
    assume(points.m)
    kept = chain(points)
    x, y = points.worths.tolist()
    for k in range(points.m):
        under = any(
            (x[a] - x[b]) * (y[k] - y[b]) < (y[a] - y[b]) * (x[k] - x[b])
            for a in range(points.m)
            for b in range(points.m)
            if x[a] > x[k] > x[b]
        )
        assert under != (k in kept)


def test_a_mixture_gives_both_a_gain_where_no_package_does():
    bargain = make_bargain([[4, 0], [0, 6]], [0, 0])
    best = mixed("nash", bargain).mixtures[0]
    assert best.worths == (2, 3)
    assert best.shares == (Fraction(1, 2), Fraction(1, 2))


def test_nash_of_three_parties_is_refused_with_the_reason():
    bargain = make_bargain([[1, 0], [0, 1], [2, 1]], [0, 0, 0])
    assert "no fractions" in mixed("nash", bargain).refused
    assert mixed("kalai-smorodinsky", bargain).mixtures


@pytest.mark.parametrize(("name", "said"), [("fallback", "ranks"), ("raiffa", "package to package")])
def test_lenses_that_need_packages_are_refused_with_the_reason(name, said):
    assert said in mixed(name, make_bargain([[1, 0], [0, 1]], [0, 0])).refused


def test_mixing_is_said():
    assert any("Mixtures" in note for note in mixed("nash", make_bargain([[1, 0], [0, 1]], [0, 0])).notes)
    several = mixed("utilitarian", make_bargain([[1, 0], [0, 1]], [0, 0]))
    assert len(several.mixtures) == 2
    assert "Every mixture of these packages does as well." in several.notes


def test_degenerate_programs_end():
    """Many points with the same coordinates in all but one place."""
    rows = [[(k >> i) & 1 for k in range(64)] for i in range(6)]
    shares = leximin_mixture(rows)
    assert [sum(share * row[k] for k, share in shares.items()) for row in rows] == [1] * 6
