"""Variants are numbered, drawn and arranged so that none is missing and none comes twice."""

from __future__ import annotations

from itertools import permutations, product
from math import factorial, prod

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.reliance.variants import arranging
from accordant.reliance.variants.numbering import WIDE, chosen, drawn
from accordant.stability.weak_orders import how_many, weak_orders


@given(st.integers(1, 3000), st.integers(0, 2**40))
@settings(max_examples=60, deadline=None)
def test_everything_drawn_is_everything_once(total: int, seed: int) -> None:
    assert sorted(drawn(0, total, total, seed).tolist()) == list(range(total))


@given(st.integers(1, 2**200), st.integers(0, 99), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_larger_draw_begins_with_a_smaller_one(total: int, seed: int, a: int, b: int) -> None:
    low, high = sorted((min(a, total), min(b, total)))
    every = drawn(0, high, total, seed).tolist()
    assert every[low:] == drawn(low, high, total, seed).tolist()
    assert len(set(every)) == high
    assert all(0 <= k < total for k in every)


def test_other_seeds_draw_others() -> None:
    for total in (10**6, 10**40):
        assert drawn(0, 20, total, 1).tolist() != drawn(0, 20, total, 2).tolist()


def test_what_is_drawn_is_spread_over_all() -> None:
    for total in (10**6, WIDE * 8):
        found = [int(k) * 10 // total for k in drawn(0, 2000, total, 5)]
        assert all(130 < found.count(part) < 270 for part in range(10))


@given(st.lists(st.one_of(st.integers(1, 4), st.sampled_from([WIDE, factorial(30)])), min_size=1, max_size=5),
       st.data())  # fmt: skip
@settings(deadline=None)
def test_choices_are_the_digits_of_the_number(sizes: list[int], data: st.DataObject) -> None:
    total = prod(sizes)
    numbers = data.draw(st.lists(st.integers(0, total - 1), min_size=1, max_size=5))
    given_ = np.array(numbers, dtype=np.int64 if total < WIDE else object)
    digits = [[int(x) for x in column] for column in chosen(given_, sizes)]
    for k, number in enumerate(numbers):
        back = 0
        for size, column in zip(sizes, digits, strict=True):
            assert 0 <= column[k] < size
            back = back * size + column[k]
        assert back == number


def test_the_last_dimension_runs_fastest() -> None:
    found = np.stack(chosen(np.arange(24), [2, 3, 4]), axis=1)
    assert [tuple(row) for row in found.tolist()] == list(product(range(2), range(3), range(4)))


def test_permutations_come_in_their_lexicographic_order() -> None:
    for k in range(6):
        found = arranging.permutations(np.arange(factorial(k)), k)
        assert [tuple(row) for row in found.tolist()] == list(permutations(range(k)))


def test_numbers_past_64_bits_are_permutations_too() -> None:
    numbers = drawn(0, 50, factorial(30), 3)
    found = arranging.permutations(numbers, 30)
    assert (np.sort(found, axis=1) == np.arange(30)).all()
    for number, row in zip(numbers, found.tolist(), strict=True):
        left, back = list(range(30)), 0
        for place, x in enumerate(row):
            back += left.index(x) * factorial(29 - place)
            left.remove(x)
        assert back == number


def test_every_weak_order_comes_once() -> None:
    for n in range(6):
        found = arranging.weak_ranks(np.arange(how_many(n)), n).tolist()
        assert len({tuple(row) for row in found}) == how_many(n)
        assert sorted(map(tuple, found)) == sorted(map(tuple, weak_orders(n).tolist()))


def test_every_strict_order_comes_once_the_states_as_numbered_first() -> None:
    found = arranging.strict_ranks(np.arange(24), 4).tolist()
    assert sorted(map(tuple, found)) == sorted(permutations(range(4)))
    assert found[0] == [3, 2, 1, 0]
