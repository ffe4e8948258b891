"""Changes made at the same time, searched for one that takes a party's improvement from it.

Notation: *combinations* c of values of all issues, ``codes[c]`` their value numbers, ``state_of[c]`` the
state that they make, ``key[c]`` the number that a combination has among all, feasible or not
(``sum(codes[c] * stride)``). Mover k changes c to ``targets[start[k, c]:start[k, c + 1]]``.

Changes of c combine by adding up their differences to c: the key of all together is key[c] plus the
sum of key[b] - key[c]. Where an issue may be changed by several movers (``shared``), the same new value
of an issue counts once, and different ones do not combine.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Codes = NDArray[np.uint16]
Bools = NDArray[np.bool_]

STAY = -1
"""The choice of a mover that makes no change."""


@njit()
def find(key: int, keys: Int64s, numbers: Int32s) -> Any:
    """The combination with a key, -1 where that is not feasible.

    ``keys`` ascending; without them ``numbers`` has a place for every key.
    """
    if len(keys) == 0:
        return numbers[key]
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    if low < len(keys) and keys[low] == key:
        return numbers[low]
    return -1


@njit()
def gather(
    c: int,
    opponents: Int32s,
    u: Int32s,
    state_of: Int32s,
    start: Int64s,
    targets: Int32s,
    member_start: Int32s,
    members: Int32s,
    first: Int32s,
    options: Int32s,
) -> None:
    """List the improvements of each opponent at c: ``options[first[d]:first[d + 1]]`` for the d-th."""
    place = 0
    for d in range(len(opponents)):
        k = opponents[d]
        first[d] = place
        for arc in range(start[k, c], start[k, c + 1]):
            b = targets[arc]
            better = True
            for m in range(member_start[k], member_start[k + 1]):
                if u[members[m], state_of[b]] <= u[members[m], state_of[c]]:
                    better = False
            if better:
                options[place] = b
                place += 1
    first[len(opponents)] = place


@njit()
def _joined(c: int, b: int, codes: Codes, stride: Int64s, old: Int32s, new: Int32s) -> Any:
    """What changing c to b as well adds to the key, -1 where it changes an issue to another value.

    ``old`` and ``new`` hold a value number per issue, or -1 where the issue was not changed.
    """
    more = np.int64(0)
    for axis in range(len(stride)):
        new[axis] = old[axis]
        if codes[b, axis] == codes[c, axis]:
            continue
        if old[axis] < 0:
            new[axis] = codes[b, axis]
            more += stride[axis] * (np.int64(codes[b, axis]) - np.int64(codes[c, axis]))
        elif old[axis] != codes[b, axis]:
            return np.int64(0), False
    return more, True


@njit()
def block(
    c: int,
    a: int,
    level: int,
    mine: Int32s,
    state_of: Int32s,
    codes: Codes,
    key: Int64s,
    stride: Int64s,
    keys: Int64s,
    numbers: Int32s,
    shared: bool,
    who: Int64s,
    first: Int32s,
    options: Int32s,
    choice: Int32s,
    sums: Int64s,
    used: Int64s,
    changed: Int32s,
) -> Any:
    """The combination in which opponents' improvements at c take the change of c to a from its party.

    ``mine`` are the party's ranks, ``level`` what it has already; ``who[d]`` has a bit for each party
    of the d-th opponent. ``choice`` is left holding what each opponent does: STAY or a place in its
    options. -1 where nothing takes it. ``sums``, ``used`` and ``changed`` are room for one more than
    there are opponents.
    """
    movers = len(who)
    sums[0] = key[a]
    used[0] = 0
    for axis in range(len(stride)):
        changed[0, axis] = codes[a, axis] if codes[a, axis] != codes[c, axis] else -1
    d = 0
    choice[0] = STAY - 1
    while d >= 0:
        if d == movers:
            end = find(sums[d], keys, numbers)
            if end >= 0 and mine[state_of[end]] <= level:
                return end
            d -= 1
            continue
        choice[d] += 1
        if choice[d] >= first[d + 1] - first[d]:
            d -= 1
            continue
        if choice[d] == STAY:
            sums[d + 1], used[d + 1] = sums[d], used[d]
            if shared:
                changed[d + 1] = changed[d]
        else:
            if used[d] & who[d]:
                continue
            b = options[first[d] + choice[d]]
            more, fits = key[b] - key[c], True
            if shared:
                more, fits = _joined(c, b, codes, stride, changed[d], changed[d + 1])
            if not fits:
                continue
            sums[d + 1], used[d + 1] = sums[d] + more, used[d] | who[d]
        d += 1
        choice[d] = STAY - 1
    return -1


@njit(
    "void(int64, int64, int64, int32[:, ::1], int32[::1], uint16[:, ::1], int64[::1], int64[::1], int64[::1],"
    "int32[::1], boolean, int64[:, ::1], int32[::1], int32[::1], int32[::1], int32[::1], int64[::1], int64,"
    "boolean[::1])",
    cache=True,
    nogil=True,
)
def judge(
    i: int,
    low: int,
    high: int,
    u: Int32s,
    state_of: Int32s,
    codes: Codes,
    key: Int64s,
    stride: Int64s,
    keys: Int64s,
    numbers: Int32s,
    shared: bool,
    start: Int64s,
    targets: Int32s,
    member_start: Int32s,
    members: Int32s,
    opponents: Int32s,
    who: Int64s,
    most: int,
    stable: Bools,
) -> None:
    """Whether every improvement of party i at the combinations from low to high is taken from it.

    ``most`` is room for the improvements of all opponents at one combination.
    """
    count = len(opponents) + 1
    first = np.empty(count, np.int32)
    options = np.empty(most, np.int32)
    choice = np.empty(count, np.int32)
    sums, used = np.empty(count, np.int64), np.empty(count, np.int64)
    changed = np.empty((count, len(stride)), np.int32)
    mine = u[i]
    for c in range(low, high):
        level = mine[state_of[c]]
        stable[c] = True
        ready = False
        for arc in range(start[i, c], start[i, c + 1]):
            a = targets[arc]
            if mine[state_of[a]] <= level:
                continue
            if not ready:
                gather(c, opponents, u, state_of, start, targets, member_start, members, first, options)
                ready = True
            end = block(
                c, a, level, mine, state_of, codes, key, stride, keys, numbers, shared, who, first, options,
                choice, sums, used, changed,
            )  # fmt: skip
            if end < 0:
                stable[c] = False
                break


@njit(
    "int64(int64, int64, int64, int32[:, ::1], int32[::1], uint16[:, ::1], int64[::1], int64[::1],"
    "int64[::1], int32[::1], boolean, int64[:, ::1], int32[::1], int32[::1], int32[::1], int32[::1],"
    "int64[::1], int64, int32[::1])",
    cache=True,
    nogil=True,
)
def one(
    i: int,
    c: int,
    a: int,
    u: Int32s,
    state_of: Int32s,
    codes: Codes,
    key: Int64s,
    stride: Int64s,
    keys: Int64s,
    numbers: Int32s,
    shared: bool,
    start: Int64s,
    targets: Int32s,
    member_start: Int32s,
    members: Int32s,
    opponents: Int32s,
    who: Int64s,
    most: int,
    made: Int32s,
) -> Any:
    """For one change by party i the combination that takes it, -1 for none.

    ``made[d]`` is then what the d-th opponent changes c to, -1 where it stays.
    """
    count = len(opponents) + 1
    first = np.empty(count, np.int32)
    options = np.empty(most, np.int32)
    choice = np.empty(count, np.int32)
    sums, used = np.empty(count, np.int64), np.empty(count, np.int64)
    changed = np.empty((count, len(stride)), np.int32)
    gather(c, opponents, u, state_of, start, targets, member_start, members, first, options)
    end = block(
        c, a, u[i, state_of[c]], u[i], state_of, codes, key, stride, keys, numbers, shared, who, first,
        options, choice, sums, used, changed,
    )  # fmt: skip
    for d in range(len(opponents)):
        made[d] = -1 if end < 0 or choice[d] == STAY else options[first[d] + choice[d]]
    return end


@njit(
    "float64(int64, int32[:, ::1], int32[::1], int64[:, ::1], int32[::1], int32[::1], int32[::1], int32[::1],"
    "int64)",
    cache=True,
    nogil=True,
)
def work(
    i: int,
    u: Int32s,
    state_of: Int32s,
    start: Int64s,
    targets: Int32s,
    member_start: Int32s,
    members: Int32s,
    opponents: Int32s,
    most: int,
) -> float:
    """How many combinations of changes the search for party i may have to look at, at most."""
    first = np.empty(len(opponents) + 1, np.int32)
    options = np.empty(most, np.int32)
    total = 0.0
    for c in range(len(state_of)):
        improvements = 0
        for arc in range(start[i, c], start[i, c + 1]):
            if u[i, state_of[targets[arc]]] > u[i, state_of[c]]:
                improvements += 1
        if improvements == 0:
            continue
        gather(c, opponents, u, state_of, start, targets, member_start, members, first, options)
        ways = 1.0
        for d in range(len(opponents)):
            ways *= 1 + first[d + 1] - first[d]
        total += improvements * ways
    return total
