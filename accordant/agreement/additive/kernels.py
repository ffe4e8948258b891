"""Sums of two sets of worths, less those that another sum dominates: compiled, exact.

Notation: ``P`` has shape (n, k), one row of whole numbers for each partial package, one column for
each party; ``A`` has shape (v, k), one row for each way in which the next issues can be settled.
Row ``a`` *dominates* ``b`` when it is at least as large in every column and larger in one. What is
returned is distinct, undominated and ordered by the first column descending, ties by the next.

Few of the ``n · v`` sums survive, so none is stored before it has passed a table: the first columns
are divided into cells, each remembers the largest last column, and a sum that is no larger than the
best of the cells beyond it in every divided column is dropped. Where the cells are single numbers
the table is the answer; elsewhere the survivors are sorted and swept [1]_.

References
----------
.. [1] H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of vectors",
   Journal of the ACM 22 (1975) 469–476.
"""

from __future__ import annotations

from math import prod

import numpy as np
from numba import njit
from numpy.typing import NDArray

from accordant.agreement.frontier.kernels.maxima import mark

Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]

NONE = -(2**62)
"""Stands where no sum has been seen; worths are larger."""

_MOST_CELLS = 1 << 25
"""Cells of a table, at most: 256 MiB."""


def merge(rows: Rows, more: Rows, floor: Rows) -> Rows:
    """The undominated sums of a row of ``rows`` and a row of ``more`` that are nowhere below ``floor``.

    Parameters
    ----------
    rows, more
        Shapes (n, k) and (v, k), with n and v at least 1.
    floor
        Shape (k,): sums that are smaller in some column are left out.

    Returns
    -------
    array of shape (m, k)
        Distinct, the first column descending, ties by the next; empty where every sum is left out.

    Examples
    --------
    >>> least = np.array([NONE, NONE])
    >>> merge(np.array([[0, 4], [3, 0]]), np.array([[0, 1], [1, 0]]), least).tolist()
    [[4, 0], [3, 1], [1, 4], [0, 5]]
    """
    k = rows.shape[1]
    rows, more = np.ascontiguousarray(rows), np.ascontiguousarray(more)
    if k == 1:
        best = rows.max(axis=0) + more.max(axis=0)
        return best[None, :] if best[0] >= floor[0] else np.zeros((0, 1), dtype=np.int64)
    low = np.maximum(rows.min(axis=0) + more.min(axis=0), floor)
    span = rows.max(axis=0) + more.max(axis=0) - low + 1
    if (span <= 0).any():
        return np.zeros((0, k), dtype=np.int64)
    if k == 2:
        return _merge_two(rows, more, floor, int(low[0]), int(span[0]))
    return (_merge_three if k == 3 else _merge_many)(rows, more, floor, low, span)


def maxima(rows: Rows) -> Rows:
    """The distinct undominated rows, in the order of :func:`merge`.

    Examples
    --------
    >>> maxima(np.array([[0, 1, 2], [0, 1, 2], [0, 1, 1], [2, 0, 0]])).tolist()
    [[2, 0, 0], [0, 1, 2]]
    """
    if len(rows) <= 1:
        return rows
    k = rows.shape[1]
    return merge(rows, np.zeros((1, k), dtype=np.int64), np.full(k, NONE, dtype=np.int64))


def _merge_two(rows: Rows, more: Rows, floor: Rows, low: int, span: int) -> Rows:
    sums = len(rows) * len(more)
    if span <= 8 * sums + 4096:
        return sums_by_number(rows, more, floor, low, span)
    width = -(-span // (2 * sums + 64))
    kept = sums_by_cell(rows, more, floor, low, width, span // width + 1)
    return sweep(kept[_descending(kept)])


def _merge_three(rows: Rows, more: Rows, floor: Rows, low: Rows, span: Rows) -> Rows:
    sums = len(rows) * len(more)
    first, second = int(span[0]), int(span[1])
    if first * second <= min(16 * sums + (1 << 14), _MOST_CELLS):
        return sums_by_numbers(rows, more, floor, int(low[0]), int(low[1]), first, second)
    return _merge_many(rows, more, floor, low, span)


def _merge_many(rows: Rows, more: Rows, floor: Rows, low: Rows, span: Rows) -> Rows:
    kept = _candidates(rows, more, floor, low, span)
    return undominated(kept[_descending(kept)])


def candidates(rows: Rows, more: Rows, floor: Rows) -> Rows:
    """All sums that :func:`merge` gives, and some that are dominated; in no order.

    Takes less time than to tell which are dominated.
    """
    low = np.maximum(rows.min(axis=0) + more.min(axis=0), floor)
    span = rows.max(axis=0) + more.max(axis=0) - low + 1
    if rows.shape[1] < 3 or (span <= 0).any():
        return merge(rows, more, floor)
    return _candidates(np.ascontiguousarray(rows), np.ascontiguousarray(more), floor, low, span)


def _candidates(rows: Rows, more: Rows, floor: Rows, low: Rows, span: Rows) -> Rows:
    sums, columns = len(rows) * len(more), rows.shape[1] - 1
    aside = max(2, int(min(max(2 * sums, 256), _MOST_CELLS // 8) ** (1 / columns)))
    widths = -(-span[:columns] // aside)
    shape = span[:columns] // widths + 1
    strides = np.append(np.cumprod(shape[:0:-1])[::-1], 1).astype(np.int64)
    return sums_by_cells(rows, more, floor, low, widths, shape, strides)


def undominated(rows: Rows) -> Rows:
    """The distinct undominated rows of three columns or more, given in descending order."""
    if len(rows) <= 1:
        return rows
    rows = rows[np.concatenate([[True], (rows[1:] != rows[:-1]).any(axis=1)])]
    low = rows.min(axis=0)
    if int((rows.max(axis=0) - low).max()) < 2**31 - 1:
        ranks = (rows - low).astype(np.int32)
    else:
        ranks = np.stack([np.unique(c, return_inverse=True)[1].ravel() for c in rows.T], axis=1)
    beaten = np.zeros(len(rows), dtype=bool)
    x = np.ascontiguousarray(ranks, dtype=np.int32)
    mark(x, np.arange(len(rows), dtype=np.int32), rows.shape[1] - 1, beaten)
    return rows[~beaten]


def _descending(rows: Rows) -> NDArray[np.intp]:
    """The order that puts the largest first, by the first column, then the next."""
    if len(rows) <= 1:
        return np.arange(len(rows))
    high = rows.max(axis=0)
    span = [int(s) for s in high - rows.min(axis=0) + 1]
    if prod(span) >= 2**62:
        return np.lexsort(-rows.T[::-1])
    key = np.zeros(len(rows), dtype=np.int64)
    for column, most, size in zip(rows.T, high, span, strict=True):
        key = key * size + (most - column)
    return np.argsort(key)


@njit(cache=True, nogil=True)
def sums_by_number(rows: Rows, more: Rows, floor: Rows, low: int, span: int) -> Rows:
    """Two columns: the best second number for each first number, then one pass from the top."""
    best = np.full(span, NONE, np.int64)
    for j in range(len(more)):
        a, b = more[j, 0] - low, more[j, 1]
        for i in range(len(rows)):
            x, y = rows[i, 0] + a, rows[i, 1] + b
            if x >= 0 and y >= floor[1] and y > best[x]:
                best[x] = y
    out = np.empty((min(span, len(rows) * len(more)), 2), np.int64)
    found, most = 0, NONE
    for x in range(span - 1, -1, -1):
        if best[x] > most:
            most = best[x]
            out[found, 0], out[found, 1] = x + low, most
            found += 1
    return out[:found].copy()


@njit(cache=True, nogil=True)
def sums_by_cell(rows: Rows, more: Rows, floor: Rows, low: int, width: int, cells: int) -> Rows:
    """Two columns: the sums that are better than every sum of a cell with larger first numbers."""
    best = np.full(cells + 1, NONE, np.int64)
    for j in range(len(more)):
        a, b = more[j, 0] - low, more[j, 1]
        for i in range(len(rows)):
            x, y = rows[i, 0] + a, rows[i, 1] + b
            if x >= 0 and y >= floor[1] and y > best[x // width]:
                best[x // width] = y
    for c in range(cells - 1, -1, -1):
        best[c] = max(best[c], best[c + 1])
    out = np.empty((256, 2), np.int64)
    found = 0
    for j in range(len(more)):
        a, b = more[j, 0] - low, more[j, 1]
        for i in range(len(rows)):
            x, y = rows[i, 0] + a, rows[i, 1] + b
            if x >= 0 and y >= floor[1] and y > best[x // width + 1]:
                if found == len(out):
                    out = np.concatenate((out, np.empty((found, 2), np.int64)))
                out[found, 0], out[found, 1] = x + low, y
                found += 1
    return out[:found].copy()


@njit(cache=True, nogil=True)
def sweep(rows: Rows) -> Rows:
    """Two columns in descending order: those better in the second than all before."""
    out = np.empty_like(rows)
    found, most = 0, NONE
    for i in range(len(rows)):
        if rows[i, 1] > most:
            most = rows[i, 1]
            out[found] = rows[i]
            found += 1
    return out[:found].copy()


@njit(cache=True, nogil=True)
def sums_by_numbers(
    rows: Rows, more: Rows, floor: Rows, low0: int, low1: int, span0: int, span1: int
) -> Rows:
    """Three columns: the best third number for each two first numbers, then one pass from the top."""
    best = np.full((span0, span1), NONE, np.int64)
    for j in range(len(more)):
        a, b, c = more[j, 0] - low0, more[j, 1] - low1, more[j, 2]
        for i in range(len(rows)):
            x, y, z = rows[i, 0] + a, rows[i, 1] + b, rows[i, 2] + c
            if x >= 0 and y >= 0 and z >= floor[2] and z > best[x, y]:
                best[x, y] = z
    over = np.full(span1, NONE, np.int64)  # the best third number at least this far up in both
    out = np.empty((1024, 3), np.int64)
    found = 0
    for x in range(span0 - 1, -1, -1):
        most = NONE
        for y in range(span1 - 1, -1, -1):
            z = best[x, y]
            most = max(most, over[y])
            if z > most:
                most = z
                if found == len(out):
                    out = np.concatenate((out, np.empty((found, 3), np.int64)))
                out[found, 0], out[found, 1], out[found, 2] = x + low0, y + low1, z
                found += 1
            over[y] = most
    return out[:found].copy()


@njit(cache=True, nogil=True)
def sums_by_cells(
    rows: Rows, more: Rows, floor: Rows, low: Rows, widths: Rows, shape: Rows, strides: Rows
) -> Rows:
    """Any columns: the sums that are better in the last than every sum of a cell beyond in all others."""
    k = rows.shape[1]
    last = k - 1
    cells = 1
    for c in range(last):
        cells *= shape[c]
    best = np.full(cells, NONE, np.int64)
    for j in range(len(more)):
        for i in range(len(rows)):
            at, fits = 0, rows[i, last] + more[j, last] >= floor[last]
            for c in range(last):
                x = rows[i, c] + more[j, c] - low[c]
                fits = fits and x >= 0
                at += x // widths[c] * strides[c]
            if fits:
                best[at] = max(best[at], rows[i, last] + more[j, last])
    for c in range(last):  # the best at least this far up, one column after the other
        for at in range(cells - 1, -1, -1):
            if at // strides[c] % shape[c] < shape[c] - 1:
                best[at] = max(best[at], best[at + strides[c]])
    out = np.empty((1024, k), np.int64)
    found = 0
    for j in range(len(more)):
        for i in range(len(rows)):
            z = rows[i, last] + more[j, last]
            at, fits, inside = 0, z >= floor[last], True
            for c in range(last):
                x = rows[i, c] + more[j, c] - low[c]
                fits = fits and x >= 0
                cell = x // widths[c] + 1
                inside = inside and cell < shape[c]
                at += cell * strides[c]
            if fits and not (inside and best[at] >= z):
                if found == len(out):
                    out = np.concatenate((out, np.empty((found, k), np.int64)))
                for c in range(k):
                    out[found, c] = rows[i, c] + more[j, c]
                found += 1
    return out[:found].copy()


@njit(cache=True, nogil=True)
def find(rows: Rows, row: Rows) -> int:
    """Where a row stands among rows in descending order, -1 where it does not."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        order = 0
        for c in range(len(row)):
            if rows[middle, c] != row[c]:
                order = 1 if rows[middle, c] > row[c] else -1
                break
        if order == 0:
            return middle
        if order > 0:
            low = middle + 1
        else:
            high = middle
    return -1


@njit(cache=True, nogil=True)
def splits(rows: Rows, more: Rows, row: Rows) -> Rows:
    """Numbers of the rows of ``more`` that are missing from a row of ``rows`` to make ``row``."""
    out = np.empty(len(more), np.int64)
    found = 0
    for j in range(len(more)):
        if find(rows, row - more[j]) >= 0:
            out[found] = j
            found += 1
    return out[:found].copy()


@njit(cache=True, nogil=True)
def mark_parts(before: Rows, more: Rows, rows: Rows, wanted: Bools) -> tuple[Bools, Bools]:
    """Which rows of ``before`` and of ``more`` are part of a sum that is a wanted row of ``rows``."""
    firsts = np.zeros(len(before), np.bool_)
    seconds = np.zeros(len(more), np.bool_)
    for i in range(len(rows)):
        if wanted[i]:
            for j in range(len(more)):
                at = find(before, rows[i] - more[j])
                if at >= 0:
                    firsts[at] = True
                    seconds[j] = True
    return firsts, seconds
