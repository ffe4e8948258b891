"""One pass over all packages at a time: which of them nobody refuses, and which may be efficient.

Notation as in :mod:`accordant.agreement.bargain`: ``u`` of shape (parties, n), ``d`` of shape
(parties,). ``inside`` marks the packages that are still looked at, shape (n,); it is the only array
as long as there are packages that is made. ``low`` and ``high`` are the least and the greatest worth
of each party within ``X_d``, shape (parties,).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Worths = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]

STRIDE = 4096
"""Packages that are looked at party by party before the next ones: they stay in the cache."""
LEAST = -(2**63)

_ONE, _SIX, _LOW = np.uint64(1), np.uint64(6), np.uint64(63)


@njit(
    "int64(int64[:, ::1], int64[::1], boolean[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def rational(u: Worths, d: Worths, inside: Bools, low: Worths, high: Worths) -> int:
    """Leave in ``inside`` what is worth ``d`` to everyone; fill ``low`` and ``high``; how many there are."""
    parties, n = u.shape
    low[:], high[:] = 2**63 - 1, LEAST
    count = 0
    for start in range(0, n, STRIDE):
        stop = min(n, start + STRIDE)
        for i in range(parties):
            least = d[i]
            for s in range(start, stop):
                inside[s] &= u[i, s] >= least
        here = 0
        for s in range(start, stop):
            here += inside[s]
        if here == 0:
            continue
        count += here
        for i in range(parties):
            bottom, top = low[i], high[i]
            for s in range(start, stop):
                v = u[i, s]
                bottom = min(bottom, v if inside[s] else bottom)
                top = max(top, v if inside[s] else top)
            low[i], high[i] = bottom, top
    return count


@njit("int64(int64[:, ::1], boolean[::1], int64, int64, int64[::1])", cache=True, nogil=True)
def staircase(u: Worths, inside: Bools, low: int, shift: int, step: Worths) -> int:
    """Keep in ``inside`` what two parties may have no better of; how many are left.

    The first party's worths are cut into steps of ``2**shift`` from ``low`` up. A package is beaten
    if one on a higher step is worth as much to the second party. ``step`` is room for one number
    for each step, and one more.
    """
    step[:] = LEAST
    for s in range(len(inside)):
        if inside[s]:
            at = (u[0, s] - low) >> shift
            step[at] = max(step[at], u[1, s])
    for at in range(len(step) - 2, -1, -1):
        step[at] = max(step[at], step[at + 1])
    count = 0
    for s in range(len(inside)):
        if inside[s]:
            inside[s] = u[1, s] > step[((u[0, s] - low) >> shift) + 1]
            count += inside[s]
    return count


@njit(nogil=True)
def dominated(u: Worths, s: int, strong: Worths, t: int) -> bool:
    """Whether worths t of ``strong``, shape (worths, parties), dominate package s."""
    more = False
    for i in range(len(u)):
        if strong[t, i] < u[i, s]:
            return False
        more |= strong[t, i] > u[i, s]
    return more


@njit("int64(int64[:, ::1], boolean[::1], int64[:, ::1])", cache=True, nogil=True)
def sift(u: Worths, inside: Bools, strong: Worths) -> int:
    """Drop from ``inside`` what one of some strong worths dominates; how many are left."""
    count = last = 0
    for s in range(len(inside)):
        if not inside[s]:
            continue
        beaten = dominated(u, s, strong, last)  # neighbours are often beaten by the same
        if not beaten:
            for t in range(len(strong)):
                if dominated(u, s, strong, t):
                    beaten, last = True, t
                    break
        inside[s] = not beaten
        count += not beaten
    return count


@njit("void(int64[::1], boolean[::1], int64, uint64[::1])", cache=True, nogil=True)
def note(row: Worths, inside: Bools, low: int, words: Words) -> None:
    """Set, for each worth of a package inside, its bit counted from ``low``; ``words`` are zero."""
    for s in range(len(row)):
        if inside[s]:
            at = np.uint64(row[s] - low)
            words[at >> _SIX] |= _ONE << (at & _LOW)


@njit("int64[::1](int64[:, ::1], boolean[::1])", cache=True, nogil=True)
def kills(rows: Worths, best: Bools) -> Worths:
    """For each row marked as ``best``, how many rows it is at least as large as in every column."""
    n, parties = rows.shape
    out = np.zeros(n, np.int64)
    for t in range(n):
        if best[t]:
            for s in range(n):
                covers = True
                for i in range(parties):
                    if rows[t, i] < rows[s, i]:
                        covers = False
                        break
                out[t] += covers
    return out
