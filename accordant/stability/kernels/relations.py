"""Ends of legal sequences as bit sets, and what they make of improvements.

Notation: a set of n states is a row of 64-bit words, state t being bit ``t & 63`` of word
``t >> 6``. ``start`` and ``target`` list the arcs of a graph node by node: those of node v lie at
``target[start[v]:start[v + 1]]``. ``label[v]`` is the state that arriving at v means, or -1.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Words = NDArray[np.uint64]
Bools = NDArray[np.bool_]

_ONE, _LOW = np.uint64(1), np.uint64(63)


@njit("void(boolean[:, :], uint64[:, ::1])", cache=True, nogil=True)
def pack(relation: Bools, words: Words) -> None:
    """Write every row of ``relation`` as a bit set into ``words``, which is zero."""
    for s in range(relation.shape[0]):
        for t in range(relation.shape[1]):
            if relation[s, t]:
                words[s, t >> 6] |= _ONE << (np.uint64(t) & _LOW)


@njit("int64(int64[::1], int64[::1], int64[::1], int64[::1])", cache=True, nogil=True)
def components(start: Int64s, target: Int64s, component: Int64s, members: Int64s) -> int:
    """Strongly connected components, those that lead nowhere else first (Tarjan's algorithm).

    Fills the component of each node, and the nodes component by component; gives their number.
    """
    nodes = len(start) - 1
    seen = np.zeros(nodes, np.int64)  # when a node was first seen, from 1
    low = np.zeros(nodes, np.int64)
    at = start[:-1].copy()
    path, open_ = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    component[:] = -1
    time, found, placed, waiting = 0, 0, 0, 0
    for root in range(nodes):
        if seen[root]:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            v = path[depth]
            if not seen[v]:
                time += 1
                seen[v] = low[v] = time
                open_[waiting] = v
                waiting += 1
            deeper = False
            while at[v] < start[v + 1]:
                w = target[at[v]]
                at[v] += 1
                if not seen[w]:
                    depth += 1
                    path[depth] = w
                    deeper = True
                    break
                if component[w] < 0:
                    low[v] = min(low[v], seen[w])
            if deeper:
                continue
            if low[v] == seen[v]:
                while True:
                    waiting -= 1
                    w = open_[waiting]
                    component[w] = found
                    members[placed] = w
                    placed += 1
                    if w == v:
                        break
                found += 1
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[v])
    return found


@njit("void(int64[::1], int64[::1], int64[::1], int64[::1], int64[::1], uint64[:, ::1])",
      cache=True, nogil=True)  # fmt: skip
def ends(
    start: Int64s, target: Int64s, label: Int64s, component: Int64s, members: Int64s, rows: Words
) -> None:
    """Fill for every component the states that its nodes lead to; ``rows`` is zero."""
    for v in members:
        c = component[v]
        for arc in range(start[v], start[v + 1]):
            w = target[arc]
            if label[w] >= 0:
                rows[c, label[w] >> 6] |= _ONE << (np.uint64(label[w]) & _LOW)
            d = component[w]
            if d != c:
                for x in range(rows.shape[1]):
                    rows[c, x] |= rows[d, x]


@njit("void(int64[::1], int32[::1], uint64[:, ::1], uint64[:, ::1], boolean[::1])", cache=True, nogil=True)
def answered(start: Int64s, target: Int32s, ends: Words, sanction: Words, holds: Bools) -> None:
    """For each state whether every arc from it leads to where some end is a sanction."""
    for s in range(len(holds)):
        holds[s] = True
        for arc in range(start[s], start[s + 1]):
            q = target[arc]
            met = False
            for x in range(ends.shape[1]):
                if ends[q, x] & sanction[s, x]:
                    met = True
                    break
            if not met:
                holds[s] = False
                break


@njit("void(boolean[:, ::1], int64[::1], int32[::1], boolean[:, :], boolean[:, ::1])", cache=True, nogil=True)
def held(sanction: Bools, start: Int64s, target: Int32s, safe: Bools, holds: Bools) -> None:
    """The sanctions (s, t) from which every arc leads to a state that is safe for s."""
    for s in range(sanction.shape[0]):
        for t in range(sanction.shape[1]):
            good = sanction[s, t]
            if good:
                for arc in range(start[t], start[t + 1]):
                    if not safe[s, target[arc]]:
                        good = False
                        break
            holds[s, t] = good
