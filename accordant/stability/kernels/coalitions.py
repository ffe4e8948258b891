"""What is better for every member of a coalition, state against state and fibre by fibre.

Notation: ``u[i, s]`` member i's rank of state s. A set of n states is a row of 64-bit words, state
t being bit ``t & 63`` of word ``t >> 6``; ``better[s]`` holds what every member prefers to s.

In option form the states that a coalition can reach lie in one *fibre*: members of fibre g stand
from ``start[g]`` on. Directions split a fibre into classes; a state of class a may be left for one
of class b where ``shut[b, a]`` is 0.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Classes = NDArray[np.uint16]
Words = NDArray[np.uint64]
Bools = NDArray[np.bool_]

_ONE, _LOW = np.uint64(1), np.uint64(63)


@njit("void(int32[:, ::1], boolean, uint64[:, ::1])", cache=True, nogil=True)
def better_words(u: Int32s, pareto: bool, words: Words) -> None:
    """Write what is better than each state into ``words``, which is zero.

    Better for every member; with ``pareto`` for some member and worse for none.
    """
    for s in range(u.shape[1]):
        for t in range(u.shape[1]):
            some, every, none_worse = False, True, True
            for i in range(u.shape[0]):
                some |= u[i, t] > u[i, s]
                every &= u[i, t] > u[i, s]
                none_worse &= u[i, t] >= u[i, s]
            if (some and none_worse) if pareto else every:
                words[s, t >> 6] |= _ONE << (np.uint64(t) & _LOW)


@njit("void(uint64[:, ::1], uint64[:, ::1], boolean[::1])", cache=True, nogil=True)
def meet(one: Words, other: Words, found: Bools) -> None:
    """For each state whether two sets have a state in common."""
    for s in range(len(found)):
        found[s] = False
        for x in range(one.shape[1]):
            if one[s, x] & other[s, x]:
                found[s] = True
                break


@njit("void(uint64[:, ::1], uint64[:, ::1], boolean[::1], int64[::1], int64, uint64[:, ::1])",
      cache=True, nogil=True)  # fmt: skip
def keep_held(reach: Words, better: Words, asked: Bools, label: Int64s, labels: int, deters: Words) -> None:
    """Strike from ``deters[s]`` every state from which the coalition reaches something better than s.

    ``deters[s]`` holds nothing better than s. States of one label reach each other, and the same
    others: one of them is looked at for all.
    """
    n = len(asked)
    free = np.empty(labels, np.int64)  # for which s nothing better was found from a label; -s - 1: found
    free[:] = n
    for s in range(n):
        if not asked[s]:
            continue
        for t in range(n):
            bit = _ONE << (np.uint64(t) & _LOW)
            if not deters[s, t >> 6] & bit:
                continue
            k = label[t]
            if free[k] != s and free[k] != -s - 1:
                free[k] = s
                for x in range(reach.shape[1]):
                    if reach[t, x] & better[s, x]:
                        free[k] = -s - 1
                        break
            if free[k] != s:
                deters[s, t >> 6] &= ~bit


@njit("void(uint64[:, ::1], uint64[:, ::1], uint64[:, ::1], uint64[:, ::1], boolean[::1])",
      cache=True, nogil=True)  # fmt: skip
def answered(reach: Words, better: Words, ends: Words, deters: Words, holds: Bools) -> None:
    """For each state whether everything better that is reached is answered by an end that deters."""
    for s in range(len(holds)):
        holds[s] = True
        for x in range(reach.shape[1]):
            left = reach[s, x] & better[s, x]
            bit = 0
            while left and holds[s]:
                if left & _ONE:
                    met = False
                    for y in range(ends.shape[1]):
                        if ends[(x << 6) + bit, y] & deters[s, y]:
                            met = True
                            break
                    holds[s] = met
                left >>= _ONE
                bit += 1


@njit()
def _add(q: int, v: Int32s, head: Int32s, after: Int32s) -> int:
    """Add a state to a list of states of which none is at least as good for all but the first member.

    Returns how many states of the list were looked at.
    """
    steps = 0
    before, f = -1, head[0]
    while f >= 0:
        steps += 1
        as_good, as_bad = True, True
        for i in range(1, v.shape[0]):
            as_good &= v[i, f] >= v[i, q]
            as_bad &= v[i, f] <= v[i, q]
        if as_good:
            return steps
        follow = after[f]
        if as_bad:
            if before < 0:
                head[0] = follow
            else:
                after[before] = follow
        else:
            before = f
        f = follow
    after[q] = head[0]
    head[0] = q
    return steps


@njit(
    "int64(int64[::1], int32[::1], int32[::1], uint16[::1], int32[:, ::1], int32[:, ::1], int32[:, ::1],"
    "boolean[::1], boolean[::1], int64, boolean[::1])",
    cache=True,
    nogil=True,
)
def beaten(
    start: Int64s,
    by_u: Int32s,
    by_v: Int32s,
    class_of: Classes,
    shut: Int32s,
    u: Int32s,
    v: Int32s,
    asked: Bools,
    offered: Bools,
    most: int,
    found: Bools,
) -> int:
    """For each state s whether a state q of its fibre has v(q) above u(s) for every member.

    Fibres are swept from what the first member likes best (``by_u``, ``by_v``: sorted by descending
    u and v of the first member), keeping for each class the states that no other one outdoes for
    the rest. ``asked`` and ``offered`` leave out states s and q. Returns the steps taken; it gives
    up once they pass ``most``.
    """
    classes = len(shut)
    head = np.empty((classes, 1), np.int32)
    after = np.empty(len(asked), np.int32)
    steps = 0
    for g in range(len(start) - 1):
        head[:] = -1
        a = start[g]
        for p in range(start[g], start[g + 1]):
            s = by_u[p]
            while a < start[g + 1] and v[0, by_v[a]] > u[0, s]:
                q = by_v[a]
                if offered[q]:
                    steps += _add(q, v, head[class_of[q] if classes > 1 else 0], after)
                a += 1
            if not asked[s]:
                continue
            for c in range(classes):
                if classes > 1 and shut[c, class_of[s]] != 0:
                    continue
                f = head[c, 0]
                while f >= 0 and not found[s]:
                    steps += 1
                    every = True
                    for i in range(1, u.shape[0]):
                        every &= v[i, f] > u[i, s]
                    found[s] = every
                    f = after[f]
            if steps > most:
                return steps
    return steps
