"""What the literature proves of each lens, on small problems full of ties."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.agreement.bargain import make_bargain
from accordant.agreement.lenses import MODULES, apply, find
from tests.agreement.lenses.problems import bargains, packages, points_of, problem_of, weighted

SCALE_FREE = ("nash", "kalai-smorodinsky", "raiffa", "fallback")
COMPARABLE = ("egalitarian", "utilitarian")
INDEPENDENT = ("nash", "egalitarian", "utilitarian")

few = settings(max_examples=40, deadline=None)


def picked(name, bargain, weights=None):
    """The packages that a lens picks."""
    points = points_of(bargain)
    solution = apply(find([name])[0], points, weights)
    assert not solution.refused or not points.m
    return packages(bargain, points, solution.points)


def restricted(bargain, keep):
    """The bargain in which only some packages are allowed."""
    return replace(bargain, allowed=bargain.allowed & keep)


@pytest.mark.parametrize("name", MODULES)
@few
@given(case=weighted())
def test_a_solution_is_efficient_and_nobody_falls_below_no_deal(name, case):
    bargain, weights = case
    problem = problem_of(bargain)
    found = picked(name, bargain, weights)
    assert bool(found) == bool(problem.rational())
    assert found <= set(problem.efficient())


@pytest.mark.parametrize("name", MODULES)
@few
@given(case=weighted(), data=st.data())
def test_the_order_of_parties_and_packages_changes_nothing(name, case, data):
    bargain, weights = case
    parties = data.draw(st.permutations(range(len(bargain.parties))))
    order = data.draw(st.permutations(range(bargain.n)))

    def turned(values):
        return tuple(values[i] for i in parties)

    other = replace(
        bargain,
        parties=turned(bargain.parties),
        worths=bargain.worths[list(parties)][:, list(order)],
        scales=turned(bargain.scales),
        reservations=turned(bargain.reservations),
        allowed=bargain.allowed[list(order)],
    )
    assert {order[x] for x in picked(name, other, weights)} == picked(name, bargain, weights)


@pytest.mark.parametrize("name", SCALE_FREE)
@few
@given(case=weighted(), data=st.data())
def test_multiplying_or_shifting_a_party_changes_no_scale_free_lens(name, case, data):
    bargain, weights = case
    k = len(bargain.parties)
    times = np.array(data.draw(st.lists(st.sampled_from([1, 2, 7, 10**9]), min_size=k, max_size=k)))
    plus = np.array(data.draw(st.lists(st.integers(-50, 50), min_size=k, max_size=k)))
    other = replace(
        bargain,
        worths=bargain.worths * times[:, None] + plus[:, None],
        reservations=tuple((np.array(bargain.reservations) * times + plus).tolist()),
    )
    assert picked(name, other, weights) == picked(name, bargain, weights)


@pytest.mark.parametrize("name", COMPARABLE)
@few
@given(case=weighted(), data=st.data())
def test_one_scale_for_all_and_shifts_change_no_comparing_lens(name, case, data):
    bargain, weights = case
    k = len(bargain.parties)
    times = data.draw(st.sampled_from([2, 10**9]))
    plus = np.array(data.draw(st.lists(st.integers(-50, 50), min_size=k, max_size=k)))
    other = replace(
        bargain,
        worths=bargain.worths * times + plus[:, None],
        reservations=tuple((np.array(bargain.reservations) * times + plus).tolist()),
    )
    assert picked(name, other, weights) == picked(name, bargain, weights)


@pytest.mark.parametrize("name", COMPARABLE)
def test_comparing_lenses_change_with_the_scale_of_one_party(name):
    bargain = make_bargain([[6, 3, 2], [1, 3, 5]], [0, 0])
    other = make_bargain([[60, 30, 20], [1, 3, 5]], [0, 0])
    assert picked(name, bargain) != picked(name, other)


@few
@given(bargain=bargains(), times=st.sampled_from([2, 10]))
def test_the_scale_of_the_numbers_is_taken_into_account(bargain, times):
    """Worths written in tenths are the same worths."""
    other = replace(
        bargain,
        worths=bargain.worths * np.array([times] + [1] * (len(bargain.parties) - 1))[:, None],
        scales=(bargain.scales[0] * times, *bargain.scales[1:]),
        reservations=(bargain.reservations[0] * times, *bargain.reservations[1:]),
    )
    for name in MODULES:
        assert picked(name, other) == picked(name, bargain)


@pytest.mark.parametrize("name", MODULES)
@few
@given(case=weighted(parties=st.just(2)))
def test_a_problem_that_is_its_own_mirror_image_has_such_an_answer(name, case):
    bargain, _ = case
    (a, b), n = bargain.worths.tolist(), bargain.n
    d = bargain.reservations[0]
    both = make_bargain([a + b, b + a], [d, d], allowed=[*bargain.allowed, *bargain.allowed])
    found = picked(name, both)
    assert {(x + n) % (2 * n) for x in found} == found


@pytest.mark.parametrize("name", [name for name in MODULES if name != "fallback"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(bargain=bargains(), data=st.data())
def test_dominated_packages_change_nothing(name, bargain, data):
    """Taking one away that is not efficient leaves the answer; ranks are counted over all of X_d."""
    out = [x for x in problem_of(bargain).rational() if x not in problem_of(bargain).efficient()]
    assume(out)
    keep = np.ones(bargain.n, dtype=bool)
    keep[data.draw(st.sampled_from(out))] = False
    assert picked(name, restricted(bargain, keep)) == picked(name, bargain)


@pytest.mark.parametrize("name", INDEPENDENT)
@few
@given(case=weighted(), data=st.data())
def test_taking_away_what_is_not_chosen_changes_nothing(name, case, data):
    """Independence of irrelevant alternatives, for Nash where everyone can gain."""
    bargain, weights = case
    found = picked(name, bargain, weights)
    problem = problem_of(bargain)
    assume(found and all(problem.gain(i, x) > 0 for x in found for i in problem.parties))
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=bargain.n, max_size=bargain.n)))
    keep[data.draw(st.sampled_from(sorted(found)))] = True
    assert picked(name, restricted(bargain, keep), weights) == {x for x in found if keep[x]}


def test_kalai_smorodinsky_depends_on_what_is_not_chosen():
    bargain = make_bargain([[12, 6, 4, 0], [0, 3, 5, 6]], [0, 0])
    without = restricted(bargain, np.array([False, True, True, True]))
    assert picked("kalai-smorodinsky", bargain) == {1}
    assert picked("kalai-smorodinsky", without) == {2}


@few
@given(bargain=bargains(), data=st.data())
def test_more_packages_never_leave_the_worst_off_with_less(bargain, data):
    """Monotonicity of the egalitarian solution on finite sets: the least gain never falls."""
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=bargain.n, max_size=bargain.n)))
    some = restricted(bargain, keep)
    assume(problem_of(some).rational())
    problem = problem_of(bargain)

    def gains(found):
        return sorted(problem.gain(i, min(found)) for i in problem.parties)

    assert gains(picked("egalitarian", bargain)) >= gains(picked("egalitarian", some))


@few
@given(case=weighted())
def test_worths_counted_from_no_deal_to_the_ideal_make_egalitarian_and_kalai_smorodinsky_one(case):
    bargain, _ = case
    problem = problem_of(bargain)
    assume(problem.rational() and all(problem.ideal(i) > problem.d[i] for i in problem.parties))
    best = [
        int(problem.ideal(i) * scale) - d
        for i, (scale, d) in enumerate(zip(bargain.scales, bargain.reservations, strict=True))
    ]
    # Dividing by the reach is multiplying the scale by it.
    even = replace(bargain, scales=tuple(best))
    assert picked("egalitarian", even) == picked("kalai-smorodinsky", bargain)


@few
@given(bargain=bargains())
def test_fallback_gives_everyone_a_better_rank_than_any_other_package_gives_somebody(bargain):
    """The greatest number of ranks anybody comes down is least."""
    problem = problem_of(bargain)
    assume(problem.rational())
    levels = [sorted({problem.u[i][x] for x in problem.rational()}, reverse=True) for i in problem.parties]

    def depth(x):
        return max(levels[i].index(problem.u[i][x]) for i in problem.parties)

    assert {depth(x) for x in picked("fallback", bargain)} == {min(map(depth, problem.rational()))}


@few
@given(bargain=bargains())
def test_raiffa_gives_everyone_the_mean_of_the_best_packages_where_some_package_does(bargain):
    """Midpoint domination, where no party has several best packages."""
    problem = problem_of(bargain)
    assume(problem.rational() and all(problem.ideal(i) > problem.d[i] for i in problem.parties))
    tops = [
        {
            tuple(row[x] for row in problem.u)
            for x in problem.efficient()
            if problem.u[i][x] == problem.ideal(i)
        }
        for i in problem.parties
    ]
    assume(all(len(top) == 1 for top in tops))
    mean = [
        Fraction(sum(column), len(tops)) for column in zip(*(next(iter(top)) for top in tops), strict=True)
    ]
    assume(any(all(problem.u[i][x] >= mean[i] for i in problem.parties) for x in problem.rational()))
    for x in picked("raiffa", bargain):
        assert all(problem.u[i][x] >= mean[i] for i in problem.parties)


@few
@given(bargain=bargains(), data=st.data())
def test_weights_count_by_their_proportions_only(bargain, data):
    weights = {party: data.draw(st.integers(1, 5)) for party in bargain.parties}
    tenths = {party: Fraction(weight, 10) for party, weight in weights.items()}
    for name in INDEPENDENT:
        assert picked(name, bargain, weights) == picked(name, bargain, tenths)
        equal = dict.fromkeys(bargain.parties, "0.3")
        assert picked(name, bargain, equal) == picked(name, bargain)


@few
@given(bargain=bargains(parties=st.just(2)))
def test_a_weight_of_two_is_two_parties_that_want_the_same(bargain):
    """The Nash solution with whole weights is that of a party split into as many (Kalai 1977)."""
    problem = problem_of(bargain)
    assume(any(all(problem.gain(i, x) > 0 for i in problem.parties) for x in problem.rational()))
    first, second = bargain.worths.tolist()
    d, e = bargain.reservations
    three = make_bargain([first, first, second], [d, d, e], allowed=list(bargain.allowed))
    assert picked("nash", bargain, {"p1": 2, "p2": 1}) == picked("nash", three)
