"""Rows that no other row beats, for three columns and more, by divide and conquer.

Notation: ``x`` are ranks of shape (rows, columns), larger is better; row a *beats* row b where it is
at least as large in every column. The columns are cut one after the other, the last one first: what
lies above a cut can only be beaten from above, and beats what lies below wherever it does so in the
columns before. When two columns are left, one pass along the first of them decides. That takes
n·(log n)^(k-2) steps for k columns [1]_, however many rows turn out to be maxima. Lists of rows stay
in the order of the first column from beginning to end.

References
----------
.. [1] H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of vectors",
   Journal of the ACM 22 (1975) 469–476.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]

FEW = 16
"""Rows that are compared with each other directly rather than cut further."""
PAIRS = 512
"""Pairs of rows of two lists that are compared directly."""


@njit(nogil=True)
def beats(x: Int32s, a: int, b: int, k: int) -> bool:
    """Whether row a is at least row b in columns 0 to k."""
    for c in range(k + 1):  # noqa: SIM110 - compiled code has no all()
        if x[a, c] < x[b, c]:
            return False
    return True


@njit(nogil=True)
def extent(x: Int32s, rows: Int32s, k: int) -> tuple[int, int]:
    """The least and the greatest rank of some rows in column k."""
    low = high = int(x[rows[0], k])
    for r in rows:
        v = int(x[r, k])
        low, high = min(low, v), max(high, v)
    return low, high


@njit(nogil=True)
def between(x: Int32s, rows: Int32s, k: int, low: int, high: int, beaten: Bools) -> Int32s:
    """The rows not yet beaten whose rank in column k is from low up to high, in their order."""
    out = np.empty(len(rows), np.int32)
    found = 0
    for r in rows:
        if not beaten[r] and low <= x[r, k] <= high:
            out[found] = r
            found += 1
    return out[:found]


@njit(nogil=True)
def pass_along(x: Int32s, above: Int32s, below: Int32s, beaten: Bools) -> None:
    """Mark what a row of ``above`` beats in columns 0 and 1; both lists descend in column 0."""
    best, at = np.int32(-1), 0
    for b in below:
        while at < len(above) and x[above[at], 0] >= x[b, 0]:
            if not beaten[above[at]]:
                best = max(best, x[above[at], 1])
            at += 1
        if best >= x[b, 1]:
            beaten[b] = True


@njit("void(int32[:, ::1], int32[::1], int32[::1], int64, boolean[::1])", cache=True, nogil=True)
def mark_below(x: Int32s, above: Int32s, below: Int32s, k: int, beaten: Bools) -> None:
    """Mark the rows of ``below`` that a row of ``above`` beats in columns 0 to k.

    In the columns after k every row of ``above`` is at least every row of ``below``. Ranks are from
    zero up; both lists descend in column 0. Rows that are marked already beat nothing that whatever
    beats them does not beat as well, and are passed over.
    """
    if len(above) == 0 or len(below) == 0:
        return
    if k == 1:
        pass_along(x, above, below, beaten)
        return
    if len(above) * len(below) <= PAIRS:
        for b in below:
            if not beaten[b]:
                for a in above:
                    if not beaten[a] and beats(x, a, b, k):
                        beaten[b] = True
                        break
        return
    low, high = extent(x, above, k)
    least, most = extent(x, below, k)
    if low >= most:
        mark_below(x, above, below, k - 1, beaten)
        return
    if high < least:
        return
    bottom, top = max(low, least), min(high, most)
    cut = bottom + (top - bottom + 1) // 2
    # what lies under all of ``below`` beats nothing, and nothing beats what lies over all of ``above``
    upper = between(x, above, k, cut, high, beaten)
    lower = between(x, above, k, least, cut - 1, beaten)
    over = between(x, below, k, cut, high, beaten)
    under = between(x, below, k, least, cut - 1, beaten)
    mark_below(x, upper, under, k - 1, beaten)
    mark_below(x, lower, under, k, beaten)
    mark_below(x, upper, over, k, beaten)


@njit("void(int32[:, ::1], int32[::1], int64, boolean[::1])", cache=True, nogil=True)
def mark(x: Int32s, rows: Int32s, k: int, beaten: Bools) -> None:
    """Mark the rows that another row of the list beats in columns 0 to k.

    Rows are distinct, the same in all columns after k, and in descending lexicographic order, so
    that a row is only beaten by an earlier one.
    """
    if k == 1:
        best = np.int32(-1)
        for r in rows:
            if best >= x[r, 1]:
                beaten[r] = True
            elif not beaten[r]:
                best = x[r, 1]
        return
    if len(rows) <= FEW:
        for j in range(1, len(rows)):
            for i in range(j):
                if not beaten[rows[i]] and beats(x, rows[i], rows[j], k):
                    beaten[rows[j]] = True
                    break
        return
    low, high = extent(x, rows, k)
    if low == high:
        mark(x, rows, k - 1, beaten)
        return
    cut = low + (high - low + 1) // 2
    upper = between(x, rows, k, cut, high, beaten)
    mark(x, upper, k, beaten)
    mark_below(x, upper, between(x, rows, k, low, cut - 1, beaten), k - 1, beaten)
    mark(x, between(x, rows, k, low, cut - 1, beaten), k, beaten)
