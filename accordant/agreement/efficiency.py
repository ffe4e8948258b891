"""Which of some states nobody could improve on for one party without making it worse for another.

Notation: ``u`` are ranks of shape (parties, states), larger is better, equal is a tie; only
comparisons count. State t *dominates* s when every party likes t at least as well and one likes it
better. The frontier is found by divide and conquer on rows sorted lexicographically [1]_, so that
a million states with a large frontier stay feasible; states with the same ranks stand or fall
together, so that ties are exact.

References
----------
.. [1] H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of vectors",
   Journal of the ACM 22 (1975) 469–476.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.int64]
Bools = NDArray[np.bool_]

_BRUTE = 1 << 15
"""Pairs of rows that are compared directly rather than split further."""


def efficient(u: Ranks, among: Bools) -> Bools:
    """Which states of ``among`` no other state of ``among`` dominates.

    Parameters
    ----------
    u
        Ranks, shape (parties, n).
    among
        The states that count, shape (n,).

    Returns
    -------
    array of shape (n,)
        False for every state outside ``among``.

    Examples
    --------
    >>> u = np.array([[0, 1, 2, 2], [2, 1, 0, 1]])
    >>> efficient(u, np.ones(4, dtype=bool)).tolist()
    [True, False, False, True]
    """
    out = np.zeros(u.shape[1], dtype=bool)
    members = np.flatnonzero(among)
    if not len(members) or not len(u):
        out[members] = True
        return out
    rows, inverse = distinct(u[:, members].T)
    out[members] = frontier(rows)[inverse]
    return out


def distinct(rows: Ranks) -> tuple[Ranks, NDArray[np.intp]]:
    """The distinct rows, best first in lexicographic order, and the one that each row is.

    Examples
    --------
    >>> rows, inverse = distinct(np.array([[1, 0], [2, 5], [1, 0]]))
    >>> rows.tolist(), inverse.tolist()
    ([[2, 5], [1, 0]], [1, 0, 1])
    """
    order = np.lexsort(rows.T[::-1])[::-1]
    ordered = rows[order]
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    inverse = np.empty(len(rows), dtype=np.intp)
    inverse[order] = np.cumsum(fresh) - 1
    return np.ascontiguousarray(ordered[fresh]), inverse


def frontier(rows: Ranks) -> Bools:
    """Which of some distinct rows, lexicographically descending, no other row dominates."""
    left = _not_beaten_by_the_strongest(rows)
    kept = np.flatnonzero(left)
    left[kept] = _maxima(rows[kept])
    return left


def _not_beaten_by_the_strongest(rows: Ranks) -> Bools:
    # A few strong rows beat most of the others when the frontier is small: one cheap pass each.
    left = np.ones(len(rows), dtype=bool)
    level = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        level += np.unique(column, return_inverse=True)[1].ravel()
    strongest = np.argpartition(-level, min(8, len(rows) - 1))[:8]
    for k in strongest:
        beaten = (rows <= rows[k]).all(axis=1)
        beaten[k] = False  # rows are distinct: nothing else equals it
        left &= ~beaten
    return left


def _maxima(rows: Ranks) -> Bools:
    """The maxima of distinct rows in descending order: a row is only beaten by an earlier one."""
    n, d = rows.shape
    if n <= 1:
        return np.ones(n, dtype=bool)
    if d <= 2 or n * n <= _BRUTE:
        return _maxima_small(rows)
    half = n // 2
    first = _maxima(rows[:half])
    second = ~weakly_beaten(rows[half:, 1:], rows[:half][first][:, 1:])
    kept = np.flatnonzero(second)
    second[kept] = _maxima(rows[half:][kept])
    return np.concatenate([first, second])


def _maxima_small(rows: Ranks) -> Bools:
    n, d = rows.shape
    if d == 1:
        return np.asarray(np.arange(n) == 0)
    if d == 2:
        best_before = np.concatenate([[np.iinfo(np.int64).min], np.maximum.accumulate(rows[:-1, 1])])
        return np.asarray(best_before < rows[:, 1])
    return np.asarray(~np.tril(_at_least(rows, rows), -1).any(axis=1))


def _at_least(low: Ranks, high: Ranks) -> Bools:
    """Entry [b, a]: row a of ``high`` is at least row b of ``low`` in every column."""
    out = np.ones((len(low), len(high)), dtype=bool)
    for k in range(low.shape[1]):
        out &= low[:, k, None] <= high[None, :, k]
    return out


def weakly_beaten(low: Ranks, high: Ranks) -> Bools:
    """Which rows of ``low`` some row of ``high`` equals or exceeds in every column.

    Examples
    --------
    >>> weakly_beaten(np.array([[1, 1], [0, 3]]), np.array([[1, 2]])).tolist()
    [True, False]
    """
    out = np.zeros(len(low), dtype=bool)
    if not len(low) or not len(high):
        return out
    d = low.shape[1]
    if d == 1:
        return np.asarray(low[:, 0] <= high[:, 0].max())
    if d == 2:
        return _weakly_beaten_in_two(low, high)
    if len(low) * len(high) <= _BRUTE:
        return np.asarray(_at_least(low, high).any(axis=1))
    return _weakly_beaten_split(low, high)


def _weakly_beaten_in_two(low: Ranks, high: Ranks) -> Bools:
    order = np.argsort(-high[:, 0], kind="stable")
    best = np.maximum.accumulate(high[order, 1])
    reach = np.searchsorted(-high[order, 0], -low[:, 0], side="right") - 1
    return np.asarray((reach >= 0) & (best[np.maximum(reach, 0)] >= low[:, 1]))


def _weakly_beaten_split(low: Ranks, high: Ranks) -> Bools:
    out = np.zeros(len(low), dtype=bool)
    values = np.concatenate([low[:, 0], high[:, 0]])
    pivot = np.partition(values, len(values) // 2)[len(values) // 2]
    if pivot == values.min():  # split off the smallest value, or nothing would get smaller
        above = values[values > pivot]
        if not len(above):
            return weakly_beaten(low[:, 1:], high[:, 1:])
        pivot = above.min()
    low_up, high_up = low[:, 0] >= pivot, high[:, 0] >= pivot
    down = np.flatnonzero(~low_up)
    # rows below the pivot are below all upper rows in this column: one column less to compare
    out[down] = weakly_beaten(low[down][:, 1:], high[high_up][:, 1:])
    down = down[~out[down]]
    out[down] = weakly_beaten(low[down], high[~high_up])
    up = np.flatnonzero(low_up)
    out[up] = weakly_beaten(low[up], high[high_up])
    return out
