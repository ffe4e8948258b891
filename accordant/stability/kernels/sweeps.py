"""Verdicts in option form: minima and maxima along fibres, without listing a single arc.

Notation: a *fibre* of mover k is a set of states that differ in k's issues only, so that k's moves
stay inside. ``order[start[g]:start[g + 1]]`` holds fibre g with the mover's most preferred state
first; a state that the mover likes less than the one before it (and the first one) is written as
its complement ``~s``, so that ties are told apart without looking at ranks. Along a fibre in that
order, what lies before the present tie is exactly what is strictly better: one running minimum
does all improvements at once.

Directions split a fibre into classes (the values of issues that cannot be changed back and forth
at will). ``shut[b, a]`` is 0 where a state of class a may be left for one of class b, and FAR where
it may not, so that ``x | shut[b, a]`` is x or FAR; one running minimum is kept per class.

``m[s]`` holds two values: what the mover can be held to from s when it cannot answer back, and
when it may. ``dirty[k, g]`` says that fibre g of mover k holds a state that changed since it was
last swept; ``group[k, s]`` is the fibre of mover k that s is in. Only movers in ``others`` are told
of changes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Classes = NDArray[np.uint16]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Number = int | np.signedinteger[Any]

FAR = 2**31 - 1
"""Larger than every rank, with all bits set: nothing found yet."""

BLOCK = 16
"""Fibres up to this length are sorted by insertion, longer ones by merging such blocks."""


@njit("void(int64[::1], int32[::1], int32[::1], int64[::1], int64[::1])", cache=True, nogil=True)
def sort_fibres(start: Int64s, u: Int32s, order: Int32s, keys: Int64s, spare: Int64s) -> None:
    """Sort every fibre of ``order`` by descending u, and write where ties end.

    ``keys`` and ``spare`` have room for the longest fibre.
    """
    for g in range(len(start) - 1):
        low = start[g]
        size = start[g + 1] - low
        for p in range(size):
            s = order[low + p]
            keys[p] = (np.int64(-u[s]) << 32) | np.int64(s)
        for block in range(0, size, BLOCK):
            for p in range(block + 1, min(block + BLOCK, size)):
                key = keys[p]
                q = p - 1
                while q >= block and keys[q] > key:
                    keys[q + 1] = keys[q]
                    q -= 1
                keys[q + 1] = key
        width = BLOCK
        while width < size:
            for left in range(0, size, 2 * width):
                middle, right = min(left + width, size), min(left + 2 * width, size)
                a, b = left, middle
                for p in range(left, right):
                    if b >= right or (a < middle and keys[a] < keys[b]):
                        spare[p] = keys[a]
                        a += 1
                    else:
                        spare[p] = keys[b]
                        b += 1
            keys[:size] = spare[:size]
            width *= 2
        for p in range(size):
            s = np.int32(keys[p] & 0xFFFFFFFF)
            if p == 0 or (keys[p] >> 32) != (keys[p - 1] >> 32):
                s = ~s
            order[low + p] = s


@njit(
    "int64(int64, int64[::1], int32[::1], boolean, int32[::1], int32[:, ::1], uint8[:, ::1], int32[:, ::1])",
    cache=True,
    nogil=True,
)
def lower_freely(
    k: int,
    start: Int64s,
    order: Int32s,
    improving: bool,
    others: Int32s,
    group: Int32s,
    dirty: Bytes,
    m: Int32s,
) -> int:
    """Sweep the dirty fibres of a mover without directions: lower m to what its next step leads to.

    ``improving``: only steps to what it strictly prefers. Returns how many states changed.
    """
    changes = 0
    for g in range(len(start) - 1):
        if dirty[k, g] == 0:
            continue
        dirty[k, g] = 0
        x = y = np.int32(FAR)
        seen_x = seen_y = np.int32(FAR)
        if not improving:
            for p in range(start[g], start[g + 1]):
                s = max(order[p], ~order[p])
                x, y = min(x, m[s, 0]), min(y, m[s, 1])
        for p in range(start[g], start[g + 1]):
            s = order[p]
            if s < 0:
                s = ~s
                if improving:
                    x, y = seen_x, seen_y
            a, b = m[s, 0], m[s, 1]
            if x < a or y < b:
                a, b = min(a, x), min(b, y)
                m[s, 0] = a
                m[s, 1] = b
                changes += 1
                for j in others:
                    dirty[j, group[j, s]] = 1
            seen_x, seen_y = min(seen_x, a), min(seen_y, b)
    return changes


@njit()
def _put(m: Int32s, s: int, x: Number, y: Number, others: Int32s, group: Int32s, dirty: Bytes) -> int:
    """Lower m[s] to (x, y); a change makes the other movers' fibres through s dirty."""
    if x >= m[s, 0] and y >= m[s, 1]:
        return 0
    m[s, 0] = min(m[s, 0], x)
    m[s, 1] = min(m[s, 1], y)
    for j in others:
        dirty[j, group[j, s]] = 1
    return 1


@njit(
    "int64(int64, int64[::1], int32[::1], uint16[::1], int32[:, ::1], boolean, int32[::1],"
    "int32[:, ::1], uint8[:, ::1], int32[:, ::1])",
    cache=True,
    nogil=True,
)
def lower_by_class(
    k: int,
    start: Int64s,
    order: Int32s,
    class_of: Classes,
    shut: Int32s,
    improving: bool,
    others: Int32s,
    group: Int32s,
    dirty: Bytes,
    m: Int32s,
) -> int:
    """The same for a mover with directions."""
    low = np.empty((2, len(shut)), np.int32)
    changes = 0
    for g in range(len(start) - 1):
        if dirty[k, g] == 0:
            continue
        dirty[k, g] = 0
        low[:] = FAR
        p = start[g]
        while p < start[g + 1]:
            end = p + 1 if improving else start[g + 1]
            while end < start[g + 1] and order[end] >= 0:
                end += 1
            if improving:
                for place in range(p, end):
                    s = max(order[place], ~order[place])
                    changes += _put(m, s, low[0, class_of[s]], low[1, class_of[s]], others, group, dirty)
            for place in range(p, end):
                s = max(order[place], ~order[place])
                closed = shut[class_of[s]]
                x, y = m[s, 0], m[s, 1]
                for a in range(len(closed)):
                    low[0, a] = min(low[0, a], x | closed[a])
                    low[1, a] = min(low[1, a], y | closed[a])
            p = end
        if not improving:
            for place in range(start[g], start[g + 1]):
                s = max(order[place], ~order[place])
                changes += _put(m, s, low[0, class_of[s]], low[1, class_of[s]], others, group, dirty)
    return changes


@njit(
    "int64(int64, int64[::1], int32[::1], uint16[::1], int32[:, ::1], int32[::1], int32[:, ::1], int32[::1],"
    "int32[:, ::1], uint8[:, ::1], int32[:, ::1])",
    cache=True,
    nogil=True,
)
def lower_jointly(
    k: int,
    start: Int64s,
    order: Int32s,
    class_of: Classes,
    shut: Int32s,
    members: Int32s,
    u: Int32s,
    others: Int32s,
    group: Int32s,
    dirty: Bytes,
    m: Int32s,
) -> int:
    """The same for improvements of several members at once, pair by pair.

    Fibres are sorted for the first of ``members``; what is better for all of them lies before.
    """
    changes = 0
    for g in range(len(start) - 1):
        if dirty[k, g] == 0:
            continue
        dirty[k, g] = 0
        for p in range(start[g], start[g + 1]):
            s = max(order[p], ~order[p])
            x = y = np.int32(FAR)
            for place in range(start[g], p):
                q = max(order[place], ~order[place])
                better = len(shut) == 1 or shut[class_of[q], class_of[s]] == 0
                for i in members:
                    better &= u[i, q] > u[i, s]
                if better:
                    x, y = min(x, m[q, 0]), min(y, m[q, 1])
            changes += _put(m, s, x, y, others, group, dirty)
    return changes


@njit(
    "void(int64[::1], int32[::1], uint16[::1], int32[:, ::1], int32[::1], int32[::1])", cache=True, nogil=True
)
def best_within_one_move(
    start: Int64s, order: Int32s, class_of: Classes, shut: Int32s, u: Int32s, best: Int32s
) -> None:
    """The largest u that the mover has within one move of each state, staying included."""
    low = np.empty(len(shut), np.int32)  # of FAR - u, so that a minimum is a maximum
    for g in range(len(start) - 1):
        if len(shut) == 1:
            top = u[~order[start[g]]]
            for p in range(start[g], start[g + 1]):
                best[max(order[p], ~order[p])] = top
            continue
        low[:] = FAR
        for p in range(start[g], start[g + 1]):
            s = max(order[p], ~order[p])
            closed = shut[class_of[s]]
            x = np.int32(FAR - u[s])
            for a in range(len(closed)):
                low[a] = min(low[a], x | closed[a])
        for p in range(start[g], start[g + 1]):
            s = max(order[p], ~order[p])
            best[s] = FAR - low[class_of[s]]


@njit(
    "void(int64[::1], int32[::1], uint16[::1], int32[:, ::1], int32[::1], int32[:, ::1], boolean[:, ::1])",
    cache=True,
    nogil=True,
)
def answered(
    start: Int64s, order: Int32s, class_of: Classes, shut: Int32s, u: Int32s, m: Int32s, stable: Bools
) -> None:
    """Whether every improvement of the mover is held to what it has already, for both values of m."""
    low = np.empty((2, len(shut)), np.int32)  # of FAR - m; an m of 0 deters as well as none
    for g in range(len(start) - 1):
        low[:] = FAR
        p = start[g]
        while p < start[g + 1]:
            end = p + 1
            while end < start[g + 1] and order[end] >= 0:
                end += 1
            for place in range(p, end):
                s = max(order[place], ~order[place])
                a = class_of[s] if len(shut) > 1 else 0
                stable[0, s] = FAR - low[0, a] <= u[s]
                stable[1, s] = FAR - low[1, a] <= u[s]
            for place in range(p, end):
                s = max(order[place], ~order[place])
                x, y = np.int32(FAR - m[s, 0]), np.int32(FAR - m[s, 1])
                if len(shut) == 1:
                    low[0, 0], low[1, 0] = min(low[0, 0], x), min(low[1, 0], y)
                    continue
                closed = shut[class_of[s]]
                for a in range(len(closed)):
                    low[0, a] = min(low[0, a], x | closed[a])
                    low[1, a] = min(low[1, a], y | closed[a])
            p = end
