"""Verdicts on a graph given arc by arc, linear in the number of arcs.

Notation: n states, ``u[i, s]`` party i's rank of state s (0 <= u < levels, larger is better),
movers k, H the opponents of party i. For v(s) = u_i(s), or the largest u_i that i has within one
move of s, the least value that H can hold i to is

    m(q) = min of v over q and every state that H reaches from q by a legal sequence.

States are settled in ascending order of v: the first value that reaches a state is its least, so
every pair (state, last mover) is settled once and every arc is looked at once. ``mark[s]`` says for
which last movers s is settled: NONE; k + 1 for all but k, because only moves of k lead on from s so
far; ALL. Where the last mover does not matter the middle step is left out.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

NONE, ALL = 0, -1


@njit()
def ascending(v: Int32s, levels: int, count: Int32s, order: Int32s) -> None:
    """States in ascending order of v, by counting; ``count`` has levels + 1 places."""
    count[:] = 0
    for s in range(len(v)):
        count[v[s] + 1] += 1
    for x in range(levels):
        count[x + 1] += count[x]
    for s in range(len(v)):
        order[count[v[s]]] = s
        count[v[s]] += 1


@njit()
def settle(
    v: Int32s,
    order: Int32s,
    u: Int32s,
    opponents: Int32s,
    back_start: Int64s,
    back: Int32s,
    member_start: Int32s,
    members: Int32s,
    improving: bool,
    track: bool,
    m: Int32s,
    mark: Int32s,
    stack: Int32s,
) -> None:
    """Fill m. ``stack`` holds (state, k): settled for all last movers, all but k, or k - M alone."""
    movers = len(back_start)
    mark[:] = NONE
    for place in range(len(order)):
        start = order[place]
        if mark[start] == ALL:
            continue
        x = v[start]
        if mark[start] == NONE:
            m[start] = x
            stack[0, 1] = ALL
        else:
            stack[0, 1] = movers + mark[start] - 1
        stack[0, 0] = start
        mark[start] = ALL
        top = 1
        while top > 0:
            top -= 1
            t = stack[top, 0]
            which = stack[top, 1]
            for k in opponents:
                if which == k or (which >= movers and which - movers != k):
                    continue
                for arc in range(back_start[k, t], back_start[k, t + 1]):
                    s = back[arc]
                    if mark[s] == ALL or mark[s] == k + 1:
                        continue
                    if improving:
                        better = True
                        for member in range(member_start[k], member_start[k + 1]):
                            p = members[member]
                            if u[p, t] <= u[p, s]:
                                better = False
                        if not better:
                            continue
                    stack[top, 0] = s
                    if mark[s] == NONE:
                        m[s] = x
                        mark[s] = k + 1 if track else ALL
                        stack[top, 1] = k if track else ALL
                    else:
                        stack[top, 1] = movers + mark[s] - 1
                        mark[s] = ALL
                    top += 1


@njit(
    "void(int64[::1], int32[:, :, ::1], int64, boolean[::1], int64[:, ::1], int32[::1], int64[:, ::1],"
    "int32[::1], int32[::1], int32[::1], int32[:, ::1], int32[::1], int32[:, ::1], int32[::1],"
    "boolean[:, ::1], boolean[:, :, :, ::1])",
    cache=True,
    nogil=True,
)
def judge_tasks(
    tasks: Int64s,
    ranks: Int32s,
    levels: int,
    wanted: Bools,
    ahead_start: Int64s,
    ahead: Int32s,
    back_start: Int64s,
    back: Int32s,
    member_start: Int32s,
    members: Int32s,
    opponent_range: Int32s,
    opponents: Int32s,
    credible_range: Int32s,
    credible: Int32s,
    track: Bools,
    stable: Bools,
) -> None:
    """Verdicts for some tasks: task t is party t % parties in setting t // parties.

    ``wanted`` and the first axis of ``stable``: no improvement; then every improvement answered by
    (any moves, improvements) x (i cannot answer back, i may), the second running fastest.
    """
    parties, n = ranks.shape[1], ranks.shape[2]
    count = np.empty(levels + 1, np.int32)
    order = np.empty(n, np.int32)
    best = np.empty(n, np.int32)
    m = np.empty(n, np.int32)
    mark = np.empty(n, np.int32)
    stack = np.empty((2 * n + 2, 2), np.int32)  # a state is settled in two steps at most
    for task in tasks:
        i, u = task % parties, ranks[task // parties]
        mine = u[i]
        for s in range(n):
            best[s] = mine[s]
            for arc in range(ahead_start[i, s], ahead_start[i, s + 1]):
                best[s] = max(best[s], mine[ahead[arc]])
            stable[0, task // parties, i, s] = best[s] == mine[s]
        for kind in range(4):
            if not wanted[kind + 1]:
                continue
            improving, answers = kind >= 2, kind % 2 == 1
            v = best if answers else mine
            ascending(v, levels, count, order)
            if improving:
                movers = credible[credible_range[i, 0] : credible_range[i, 1]]
            else:
                movers = opponents[opponent_range[i, 0] : opponent_range[i, 1]]
            settle(
                v, order, u, movers, back_start, back, member_start, members, improving,
                track[int(improving), i], m, mark, stack,
            )  # fmt: skip
            for s in range(n):
                holds = True
                for arc in range(ahead_start[i, s], ahead_start[i, s + 1]):
                    q = ahead[arc]
                    if mine[q] > mine[s] and m[q] > mine[s]:
                        holds = False
                        break
                stable[kind + 1, task // parties, i, s] = holds
