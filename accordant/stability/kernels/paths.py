"""Breadth-first search over legal sequences, without listing the moves of an option form.

Notation: mover k may make the step from s to t when it has that move and every party in
``needs[need_start[k]:need_start[k + 1]]`` strictly prefers t to s. ``use[k]`` says whether k moves
at all. In option form the moves of k stay in a *fibre*, ``members[k, start[k, g]:start[k, g + 1]]``
for g = ``group[k, s]``; which value of an issue may follow which is looked up for the ``axes`` of k
whose directions are not free, in ``tables``. ``open_[k, g]`` is how many members of a fibre are
still to be looked at: they are kept in front, so that what is settled is never looked at again.

Results: ``dist`` the fewest steps (-1 where there is no way), ``before`` the state before the last
step, ``last`` who made it (when the last mover is tracked, who made the step before it).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int16s = NDArray[np.int16]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.integer[Any]]


@njit(cache=True, nogil=True)
def permitted(
    k: int, s: int, t: int, codes: Codes, axis_start: Int64s, axes: Int64s, offset: Int64s, size: Int64s,
    tables: Bools,
) -> bool:  # fmt: skip
    """Whether the directions of mover k let it go from s to t, both in one fibre."""
    for j in range(axis_start[k], axis_start[k + 1]):
        a = axes[j]
        if not tables[offset[j] + np.int64(codes[s, a]) * size[j] + np.int64(codes[t, a])]:
            return False
    return True


@njit(cache=True, nogil=True)
def gain(k: int, s: int, t: int, need_start: Int64s, needs: Int64s, u: Int64s) -> int:
    """The least that t is for those who need to gain: 1 better, 0 level, -1 worse than s."""
    least = 1
    for j in range(need_start[k], need_start[k + 1]):
        i = needs[j]
        if u[i, t] < u[i, s]:
            return -1
        if u[i, t] == u[i, s]:
            least = 0
    return least


@njit(cache=True, nogil=True)
def spread_composing(
    sources: Int32s, use: Bools, start: Int64s, members: Int32s, group: Int32s, open_: Int64s,
    codes: Codes, axis_start: Int64s, axes: Int64s, offset: Int64s, size: Int64s, tables: Bools,
    need_start: Int64s, needs: Int64s, u: Int64s, dist: Int32s, before: Int32s, last: Int16s,
) -> None:  # fmt: skip
    """Search where everybody's moves compose, so that the last mover does not matter.

    Whatever k reaches from a state that it could have gone to from s, and likes no less than s, it
    reaches from s. So such states are settled for k together with s, and are not started from again:
    every fibre is looked through a few times however many states of it are reached.
    """
    n = dist.shape[1]
    settled = np.zeros((len(use), n), dtype=np.bool_)
    queue = np.empty(n, dtype=np.int32)
    head = tail = 0
    for s in sources:
        dist[0, s] = 0
        queue[tail] = s
        tail += 1
    while head < tail:
        s = queue[head]
        head += 1
        for k in range(len(use)):
            if not use[k] or settled[k, s]:
                continue
            settled[k, s] = True
            g = group[k, s]
            low = start[k, g]
            kept = low
            for p in range(low, low + open_[k, g]):
                t = members[k, p]
                if permitted(k, s, t, codes, axis_start, axes, offset, size, tables):
                    won = gain(k, s, t, need_start, needs, u)
                    if won >= 0:
                        settled[k, t] = True
                        if won > 0 and dist[0, t] < 0:
                            dist[0, t] = dist[0, s] + 1
                            before[0, t] = s
                            last[0, t] = k
                            queue[tail] = t
                            tail += 1
                # one that is level with s is settled but may still be reached, from below s
                if not settled[k, t] or dist[0, t] < 0:
                    members[k, kept] = t
                    kept += 1
            open_[k, g] = kept - low


@njit(cache=True, nogil=True)
def spread_fibres(
    sources: Int32s, use: Bools, start: Int64s, members: Int32s, group: Int32s, open_: Int64s,
    codes: Codes, axis_start: Int64s, axes: Int64s, offset: Int64s, size: Int64s, tables: Bools,
    need_start: Int64s, needs: Int64s, u: Int64s, dist: Int32s, before: Int32s, last: Int16s,
) -> None:  # fmt: skip
    """Search over (state, last mover) in option form; the last row of the results is for sources."""
    movers, n = len(use), dist.shape[1]
    done = np.zeros((movers, n), dtype=np.bool_)
    queue = np.empty((movers + 1) * n, dtype=np.int64)
    head = tail = 0
    for s in sources:
        dist[movers, s] = 0
        queue[tail] = movers * n + s
        tail += 1
    while head < tail:
        row, s = queue[head] // n, queue[head] % n
        head += 1
        for k in range(movers):
            if not use[k] or k == row or done[k, s]:
                continue
            done[k, s] = True
            g = group[k, s]
            low = start[k, g]
            kept = low
            for p in range(low, low + open_[k, g]):
                t = members[k, p]
                if (
                    t != s
                    and permitted(k, s, t, codes, axis_start, axes, offset, size, tables)
                    and gain(k, s, t, need_start, needs, u) > 0
                ):
                    dist[k, t] = dist[row, s] + 1
                    before[k, t] = s
                    last[k, t] = row
                    queue[tail] = k * n + t
                    tail += 1
                else:
                    members[k, kept] = t
                    kept += 1
            open_[k, g] = kept - low


@njit(cache=True, nogil=True)
def spread_arcs(
    sources: Int32s, use: Bools, start: Int64s, targets: Int32s,
    need_start: Int64s, needs: Int64s, u: Int64s, dist: Int32s, before: Int32s, last: Int16s,
) -> None:  # fmt: skip
    """The same along arcs: those from s of mover k lie at ``targets[start[k, s]:start[k, s + 1]]``."""
    movers, n = len(use), dist.shape[1]
    done = np.zeros((movers, n), dtype=np.bool_)
    queue = np.empty((movers + 1) * n, dtype=np.int64)
    head = tail = 0
    for s in sources:
        dist[movers, s] = 0
        queue[tail] = movers * n + s
        tail += 1
    while head < tail:
        row, s = queue[head] // n, queue[head] % n
        head += 1
        for k in range(movers):
            if not use[k] or k == row or done[k, s]:
                continue
            done[k, s] = True
            for p in range(start[k, s], start[k, s + 1]):
                t = targets[p]
                if dist[k, t] < 0 and gain(k, s, t, need_start, needs, u) > 0:
                    dist[k, t] = dist[row, s] + 1
                    before[k, t] = s
                    last[k, t] = row
                    queue[tail] = k * n + t
                    tail += 1
