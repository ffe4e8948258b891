"""What a party can be held to, and what it can get within one move, when states are worth any v to it.

Notation as in :mod:`accordant.stability.kernels.arcs`: v(s) is what state s is worth to the party
(0 <= v < levels), whatever that stands for; H its opponents, k one of them.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from accordant.stability.kernels.arcs import ascending, settle

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Classes = NDArray[np.uint16]

FAR = 2**31 - 1


@njit(
    "void(int32[::1], int64, int32[::1], int64[:, ::1], int32[::1], boolean, int32[::1])",
    cache=True,
    nogil=True,
)
def lowest_by_arcs(
    v: Int32s, levels: int, opponents: Int32s, back_start: Int64s, back: Int32s, track: bool, m: Int32s
) -> None:
    """Fill m: the least v over a state and all that the opponents reach from it by legal sequences."""
    n = len(v)
    count = np.empty(levels + 1, np.int32)
    order = np.empty(n, np.int32)
    mark = np.empty(n, np.int32)
    stack = np.empty((2 * n + 2, 2), np.int32)  # a state is settled in two steps at most
    nobody = np.empty((0, 0), np.int32)  # whose ranks and members are not looked at: any move will do
    ascending(v, levels, count, order)
    settle(v, order, nobody, opponents, back_start, back, order, order, False, track, m, mark, stack)


@njit("void(int32[::1], int64[::1], int32[::1], int32[::1])", cache=True, nogil=True)
def highest_by_arcs(v: Int32s, start: Int64s, targets: Int32s, best: Int32s) -> None:
    """Fill best: the largest v over a state and all that one move of the party reaches from it."""
    for s in range(len(v)):
        x = v[s]
        for arc in range(start[s], start[s + 1]):
            x = max(x, v[targets[arc]])
        best[s] = x


@njit(
    "void(int64[::1], int32[::1], uint16[::1], int32[:, ::1], int32[::1], int32[::1])", cache=True, nogil=True
)
def highest_by_fibres(
    start: Int64s, members: Int32s, class_of: Classes, shut: Int32s, v: Int32s, best: Int32s
) -> None:
    """The same in option form, where the party's moves stay within a fibre."""
    low = np.empty(len(shut), np.int32)  # of FAR - v, so that a minimum is a maximum
    for g in range(len(start) - 1):
        low[:] = FAR
        for p in range(start[g], start[g + 1]):
            s = members[p]
            x = np.int32(FAR - v[s])
            if len(shut) == 1:
                low[0] = min(low[0], x)
                continue
            closed = shut[class_of[s]]
            for a in range(len(closed)):
                low[a] = min(low[a], x | closed[a])
        for p in range(start[g], start[g + 1]):
            s = members[p]
            best[s] = FAR - low[class_of[s] if len(shut) > 1 else 0]
