"""Orders by number: permutations of a few lines, strict and weak orders of the states.

Permutations are numbered lexicographically, so that number 0 leaves everything where it is. Weak orders
are numbered level by level from the best: how many states the level has, which, then the rest.
"""

from __future__ import annotations

from functools import cache
from math import comb, factorial

import numpy as np
from numpy.typing import NDArray

from accordant.reliance.variants.numbering import Indices
from accordant.stability.weak_orders import how_many

Int64s = NDArray[np.int64]


def permutations(numbers: Indices, k: int) -> Int64s:
    """The permutations of 0 … k-1 with the given numbers, shape (numbers, k).

    Examples
    --------
    >>> permutations(np.array([0, 1, 5]), 3).tolist()
    [[0, 1, 2], [0, 2, 1], [2, 1, 0]]
    """
    found = np.zeros((len(numbers), k), dtype=np.int64)
    left = numbers
    for place in range(k):  # the digits: which of those that are left comes next
        size = factorial(k - 1 - place)
        if left.dtype == object:
            pairs = [divmod(int(x), size) for x in left]
            found[:, place] = [digit for digit, _ in pairs]
            left = np.array([rest for _, rest in pairs], dtype=np.int64 if size < 1 << 62 else object)
        else:
            found[:, place], left = np.divmod(left, np.int64(size)) if size < 1 << 62 else (0, left)
    for place in range(k - 2, -1, -1):  # a digit counts those left of it that are smaller, too
        found[:, place + 1 :] += found[:, place + 1 :] >= found[:, place, None]
    return found


def strict_ranks(numbers: Indices, n: int) -> Int64s:
    """Ranks of n states in strict orders, shape (numbers, n): larger is better; number 0 has s1 first.

    Examples
    --------
    >>> strict_ranks(np.array([0, 1]), 3).tolist()
    [[2, 1, 0], [2, 0, 1]]
    """
    best_first = permutations(numbers, n)
    ranks = np.empty_like(best_first)
    np.put_along_axis(ranks, best_first, np.arange(n - 1, -1, -1)[None], axis=1)
    return ranks


def weak_ranks(numbers: Indices, n: int) -> Int64s:
    """Ranks of n states in weak orders, shape (numbers, n): larger is better, equal is a tie.

    Examples
    --------
    >>> weak_ranks(np.arange(3), 2).tolist()
    [[1, 0], [0, 1], [0, 0]]
    """
    return np.array([_weak(int(x), n) for x in numbers], dtype=np.int64).reshape(len(numbers), n)


@cache
def _levels(n: int) -> tuple[int, ...]:
    """How many weak orders of n states have a best level of 1, 2, … n states."""
    return tuple(comb(n, k) * how_many(n - k) for k in range(1, n + 1))


def _weak(number: int, n: int) -> list[int]:
    left, level, ranks = list(range(n)), 0, [0] * n
    while left:
        size = 1
        for size, count in enumerate(_levels(len(left)), 1):  # noqa: B007  # the size found is used below
            if number < count:
                break
            number -= count
        which, number = divmod(number, how_many(len(left) - size))
        taken = _combination(which, len(left), size)
        for place in taken:
            ranks[left[place]] = level
        left = [state for place, state in enumerate(left) if place not in taken]
        level -= 1
    lowest = level + 1
    return [rank - lowest for rank in ranks]


def _combination(number: int, n: int, k: int) -> set[int]:
    """The subset of k of n places with a number, lexicographically."""
    found: set[int] = set()
    place = 0
    while len(found) < k:
        count = comb(n - place - 1, k - len(found) - 1)
        if number < count:
            found.add(place)
        else:
            number -= count
        place += 1
    return found
