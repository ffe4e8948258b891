"""On how many pairs of packages two parties want the same, and on how many the opposite.

Notation: packages come in ascending order of ``first`` (one party's ranks); ``second`` are the other's,
0 … m-1. A pair is *opposed* when one party likes one of the two better and the other party the other
one, *shared* when both like the same one better; pairs that either of them ties are neither. Numbers are
kept in a tree of partial sums over the ranks [1]_, so that n packages take n log m steps.

References
----------
.. [1] P. M. Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and
   Experience 24 (1994) 327–336. (Not read by the maintainers: the structure is textbook matter.)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from accordant.model.preferences import dense

Int64s = NDArray[np.int64]


@njit("UniTuple(int64, 2)(int64[::1], int64[::1], int64)", cache=True, nogil=True)
def _count(first: Int64s, second: Int64s, m: int) -> Any:
    tree = np.zeros(m + 1, np.int64)
    opposed, shared, begin, n = 0, 0, 0, len(first)
    while begin < n:
        end = begin
        while end < n and first[end] == first[begin]:  # ties of the first party are not pairs
            end += 1
        for k in range(begin, end):
            below, at = 0, second[k]
            while at > 0:
                below += tree[at]
                at -= at & -at
            upto, at = 0, second[k] + 1
            while at > 0:
                upto += tree[at]
                at -= at & -at
            shared += below
            opposed += begin - upto
        for k in range(begin, end):
            at = second[k] + 1
            while at <= m:
                tree[at] += 1
                at += at & -at
        begin = end
    return opposed, shared


def compared(u: Int64s, v: Int64s) -> tuple[int, int]:
    """How many pairs of packages two parties order the opposite way, and how many the same way.

    Parameters
    ----------
    u, v
        Worths or ranks of the same packages, shape (n,) each; only comparisons count.

    Examples
    --------
    >>> compared(np.array([0, 1, 2, 2]), np.array([5, 4, 4, 9]))
    (2, 2)
    """
    return all_compared(np.array([u, v]))[0, 1]


def all_compared(worths: Int64s) -> dict[tuple[int, int], tuple[int, int]]:
    """The same for every two parties, by their numbers; worths of shape (parties, n)."""
    ranks = [_ranks(row) for row in worths]
    found = {}
    for i, mine in enumerate(ranks[:-1]):
        order = np.argsort(_narrow(mine), kind="stable")
        first = mine[order]
        for j in range(i + 1, len(ranks)):
            other = ranks[j][order]
            opposed, shared = _count(first, other, int(other.max(initial=-1)) + 1)
            found[i, j] = (int(opposed), int(shared))
    return found


def _ranks(worths: Int64s) -> Int64s:
    """Whole numbers from 0 in the same order, not many more than there are packages."""
    least, most = int(worths.min(initial=0)), int(worths.max(initial=0))
    return worths - least if most - least < 2 * len(worths) + 64 else dense(worths)


def _narrow(ranks: Int64s) -> NDArray[np.integer]:
    """The same numbers in 16 bits where they fit: they are sorted much faster."""
    return ranks.astype(np.uint16) if ranks.max(initial=0) < 2**16 else ranks
