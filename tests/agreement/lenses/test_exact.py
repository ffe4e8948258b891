"""Sums, products and leximin are compared exactly, also where floats and 64 bits give up."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.lenses.exact import (
    compare_products,
    greatest_product,
    greatest_sum,
    leximin,
    whole,
)

few = settings(max_examples=150, deadline=None)

BASE = st.sampled_from([0, 1, 3, 10**6, 2**31, 2**53, 2**53 + 1, 2**61, 10**18])
FACTOR = st.sampled_from([1, 1, 2, 3, 10**9 + 7, 2**61 - 1, 3**50, 10**300, 10**400])


@st.composite
def tables(draw, least=0):
    """Gains that are nearly or wholly tied, and factors of any size."""
    k, m = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    bases = draw(st.lists(BASE, min_size=k, max_size=k))
    g = [[max(least, base + draw(st.integers(0, 2))) for _ in range(m)] for base in bases]
    return np.array(g, dtype=np.int64), draw(st.lists(FACTOR, min_size=k, max_size=k))


def best(columns, key):
    keys = [key(column) for column in columns]
    return [k for k, found in enumerate(keys) if found == max(keys)]


@few
@given(tables())
def test_the_greatest_sum(case):
    g, factors = case
    expected = best(g.T.tolist(), lambda c: sum(f * x for f, x in zip(factors, c, strict=True)))
    assert greatest_sum(g, factors).tolist() == expected


@few
@given(tables())
def test_leximin(case):
    g, factors = case
    expected = best(g.T.tolist(), lambda c: sorted(f * x for f, x in zip(factors, c, strict=True)))
    assert leximin(g, factors).tolist() == expected


@few
@given(tables(least=1), st.lists(st.sampled_from([1, 1, 2, 3, 40]), min_size=4, max_size=4))
def test_the_greatest_product(case, powers):
    g = case[0]
    powers = powers[: len(g)]
    expected = best(g.T.tolist(), lambda c: prod(x**w for w, x in zip(powers, c, strict=True)))
    assert greatest_product(g, powers).tolist() == expected


@few
@given(tables(least=1), st.lists(st.integers(700, 900), min_size=4, max_size=4))
def test_products_too_long_to_multiply_out(case, powers):
    g = case[0]
    powers = powers[: len(g)]
    expected = best(g.T.tolist(), lambda c: prod(x**w for w, x in zip(powers, c, strict=True)))
    assert greatest_product(g, powers).tolist() == expected


@few
@given(
    st.lists(st.integers(1, 60), min_size=3, max_size=3),
    st.lists(st.integers(1, 60), min_size=3, max_size=3),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_products_are_compared_without_multiplying_out(a, b, powers):
    first, second = (prod(x**w for x, w in zip(c, powers, strict=True)) for c in (a, b))
    assert compare_products(a, b, powers) == (first > second) - (first < second)


def test_products_that_floats_take_for_equal():
    n = 2**31
    g = np.array([[n - 1, n, n + 1], [n + 1, n, n - 1]])
    assert greatest_product(g, [1, 1]).tolist() == [1]
    assert greatest_product(g, [10**9, 10**9]).tolist() == [1]


def test_ties_of_products_with_enormous_weights():
    g = np.array([[6, 4, 9, 12], [10, 15, 6, 5]])
    assert greatest_product(g, [10**40, 10**40]).tolist() == [0, 1, 3]
    assert greatest_product(g, [10**40 + 1, 10**40]).tolist() == [3]


@few
@given(st.lists(st.fractions(min_value=Fraction(1, 100), max_value=100), min_size=1, max_size=5))
def test_whole_numbers_keep_the_proportions(values):
    numbers = whole(values)
    assert all(
        a * y == b * x
        for a, x in zip(numbers, values, strict=True)
        for b, y in zip(numbers, values, strict=True)
    )


@pytest.mark.parametrize("question", [greatest_sum, leximin])
def test_a_party_without_gains_may_have_a_factor_of_any_size(question):
    g = np.array([[0, 0], [1, 2]])
    assert question(g, [10**30, 1]).tolist() == [1]
