"""Which rows of an array no other row dominates, and which are beaten by rows of another one.

Row t *dominates* s when it is at least as large in every column and larger in one; it *weakly beats*
s when it is at least as large in every column. Only comparisons count, so that ranks will do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.int64]
Bools = NDArray[np.bool_]


def distinct(rows: Ranks) -> tuple[Ranks, NDArray[np.intp]]:
    """The distinct rows, best first in lexicographic order, and the one that each row is.

    Examples
    --------
    >>> rows, inverse = distinct(np.array([[1, 0], [2, 5], [1, 0]]))
    >>> rows.tolist(), inverse.tolist()
    ([[2, 5], [1, 0]], [1, 0, 1])
    """
    order, first = in_order(rows)
    inverse = np.empty(len(rows), dtype=np.intp)
    inverse[order] = np.cumsum(first) - 1
    return np.ascontiguousarray(rows[order[first]]), inverse


def in_order(rows: Ranks) -> tuple[NDArray[np.intp], Bools]:
    """The numbers of the rows, best first in lexicographic order, and which is the first of its kind.

    Rows that are equal stay in their order.

    Examples
    --------
    >>> [found.tolist() for found in in_order(np.array([[1, 0], [2, 5], [1, 0]]))]
    [[1, 0, 2], [True, True, False]]
    """
    order = _packed_order(rows)
    if order is None:
        # ~x descends as x ascends, for every x
        order = np.lexsort(~rows.T[::-1])
    first = np.zeros(len(rows), dtype=bool)
    first[:1] = True
    for column in rows.T:
        column = column[order]
        first[1:] |= column[1:] != column[:-1]
    return order, first


def _packed_order(rows: Ranks) -> NDArray[np.intp] | None:
    """The order from one sort of numbers that hold a whole row and its place; None where they overflow."""
    n = len(rows)
    if not n:
        return np.arange(0)
    highs, lows = rows.max(axis=0).tolist(), rows.min(axis=0).tolist()
    widths = [(high - low).bit_length() for high, low in zip(highs, lows, strict=True)]
    place = (n - 1).bit_length()
    if sum(widths) + place > 63:
        return None
    key = np.zeros(n, dtype=np.int64)
    for column, high, width in zip(rows.T, highs, widths, strict=True):
        key = (key << width) | (high - column)
    key = (key << place) | np.arange(n)
    key.sort()
    return key & ((1 << place) - 1)


def maxima(rows: Ranks) -> Bools:
    """Which of some distinct rows, lexicographically descending, no other row dominates.

    Parameters
    ----------
    rows
        Shape (rows, columns), as :func:`distinct` gives them.

    Examples
    --------
    >>> maxima(np.array([[2, 0, 0], [1, 1, 1], [1, 1, 0], [0, 0, 2]])).tolist()
    [True, True, False, True]
    """
    n, k = rows.shape
    if k <= 1 or n <= 1:
        return np.asarray(np.arange(n) == 0)
    if k == 2:
        return _rising(rows[:, 1])
    from accordant.agreement.frontier.kernels.maxima import mark  # not loaded for two parties

    beaten = np.zeros(n, dtype=bool)
    mark(_ranks(rows), np.arange(n, dtype=np.int32), k - 1, beaten)
    return ~beaten


def _rising(column: Ranks) -> Bools:
    """Which numbers are larger than all before."""
    found = np.ones(len(column), dtype=bool)
    found[1:] = column[1:] > np.maximum.accumulate(column[:-1])
    return found


def _ranks(rows: Ranks) -> NDArray[np.int32]:
    """Dense ranks of each column, from zero up."""
    found = np.empty(rows.shape, dtype=np.int32)
    for k, column in enumerate(rows.T):
        found[:, k] = np.unique(column, return_inverse=True)[1]
    return found


def weakly_beaten(low: Ranks, high: Ranks) -> Bools:
    """Which rows of ``low`` some row of ``high`` equals or exceeds in every column.

    Examples
    --------
    >>> weakly_beaten(np.array([[1, 1], [0, 3]]), np.array([[1, 2]])).tolist()
    [True, False]
    """
    from accordant.agreement.frontier.kernels.maxima import mark_below

    (n, k), m = low.shape, len(high)
    if not k:
        return np.full(n, m > 0)
    both = _ranks(np.concatenate([low, high]))
    if k == 1:  # the kernel looks at two columns and more
        both = np.repeat(both, 2, axis=1)
    order = np.argsort(-both[:, 0], kind="stable").astype(np.int32)
    beaten = np.zeros(n + m, dtype=bool)
    mark_below(both, order[order >= n], order[order < n], both.shape[1] - 1, beaten)
    return beaten[:n]
