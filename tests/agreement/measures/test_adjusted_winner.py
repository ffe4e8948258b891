"""Adjusted winner by its theorems, and the misstatement that beats it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accordant.agreement.measures.adjusted_winner import ALL, divide, gains, half, normalised, pretence


@st.composite
def contests(draw):
    k = draw(st.integers(1, 6))
    rows = []
    for _ in range(2):
        row = draw(st.lists(st.integers(0, 9), min_size=k, max_size=k))
        assume(any(row))
        rows.append(normalised([Fraction(n) for n in row]))
    return rows


@given(contests())
def test_both_get_as_many_points_and_at_least_half(points):
    found = divide(*points)
    assert found.first == found.second >= ALL / 2
    assert (found.first, found.second) == gains(*points, found.shares)


@given(contests())
def test_at_most_one_issue_is_split(points):
    found = divide(*points)
    split = [k for k, x in enumerate(found.shares) if x not in (0, 1)]
    assert split == ([] if found.split is None else [found.split])
    assert all(0 <= x <= 1 for x in found.shares)


@given(contests())
def test_no_division_is_better_for_one_and_worse_for_neither(points):
    # an exchange of small parts of two issues helps both if and only if a division can be improved:
    # the sum of what the first has of them is a fractional knapsack
    p, q = points
    found = divide(p, q)
    for k, x in enumerate(found.shares):
        for m, y in enumerate(found.shares):
            if k != m and x < 1 and y > 0:  # the first takes of k and gives of m
                assert not (p[k] * q[m] > p[m] * q[k])
    for k, x in enumerate(found.shares):
        assert not (p[k] and not q[k] and x < 1)
        assert not (q[k] and not p[k] and x > 0)


@given(contests(), st.data())
def test_no_other_division_dominates(points, data):
    p, q = points
    found = divide(p, q)
    part = st.sampled_from([Fraction(n, 4) for n in range(5)])
    other = data.draw(st.lists(part, min_size=len(p), max_size=len(p)))
    a, b = gains(p, q, other)
    assert not (a >= found.first and b >= found.second and (a > found.first or b > found.second))


@given(contests())
def test_whoever_comes_first_gets_as_much(points):
    p, q = points
    assert divide(p, q).first == divide(q, p).first


@given(contests())
def test_what_a_pretending_party_gets_is_true_and_more(points):
    own, other = points
    found = pretence(own, other)
    honest = divide(own, other)
    assert half(own, other) >= honest.first
    if found is None:
        return
    assert sum(found.stated) == ALL
    assert min(found.stated) >= 0
    made = divide(found.stated, other)
    assert found.gets == gains(own, other, made.shares)[0]
    assert found.honest == honest.first < found.gets <= found.bound


@given(contests())
def test_a_pretence_is_found_whenever_the_other_keeps_more_than_half(points):
    own, other = points
    honest = divide(own, other)
    if half(own, other) > honest.first:
        assert pretence(own, other) is not None


@given(contests(), st.data())
def test_no_statement_exceeds_the_bound(points, data):
    own, other = points
    row = data.draw(st.lists(st.integers(0, 9), min_size=len(own), max_size=len(own)))
    assume(any(row))
    stated = normalised([Fraction(n) for n in row])
    made = divide(stated, other)
    assert gains(own, other, made.shares)[0] <= half(own, other)


def test_a_textbook_division():
    p, q = ([Fraction(n) for n in points] for points in ((6, 67, 27), (5, 34, 61)))
    found = divide(p, q)
    assert found.shares == (0, Fraction(100, 101), 0)
    assert found.first == Fraction(6700, 101)


def test_the_same_points_are_halved():
    found = divide([Fraction(60), Fraction(40)], [Fraction(60), Fraction(40)])
    assert found.first == found.second == 50
    assert pretence([Fraction(60), Fraction(40)], [Fraction(60), Fraction(40)]) is None


def test_opposite_cares_leave_everybody_content():
    found = divide([Fraction(100), Fraction(0)], [Fraction(0), Fraction(100)])
    assert (found.first, found.second, found.split) == (100, 100, None)


def test_points_below_zero_or_none_at_all_are_refused():
    for points in ([Fraction(-1), Fraction(2)], [Fraction(0)], []):
        with pytest.raises(ValueError, match="points are at least 0"):
            normalised(points)
