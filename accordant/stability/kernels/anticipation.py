"""What a party that has the turn may bring about, one move further ahead, ties kept as sets.

Notation: party i has the turn and moves along ``targets[start[s]:start[s + 1]]``; the other party j has
it next. ``held[at[q]:at[q + 1]]`` lists the states that may be anticipated when j has the turn at q with
one move less to go; ``u`` are i's ranks. Which of them j brings about is j's to choose where it is
indifferent, at each node of the game tree by itself, so that the choices at different q are independent.

With L the largest, over i's moves q, of the least u that q may lead to, i may bring about

* every anticipated a with u(a) > u(s) and u(a) >= L, by the move that leads to it when every other
  move leads to its least;
* s itself, by staying, when L <= u(s).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


@njit()
def _least(u: Int32s, start: Int64s, targets: Int32s, low: Int32s, s: int) -> Any:
    """L for one state with moves."""
    least = low[targets[start[s]]]
    for arc in range(start[s] + 1, start[s + 1]):
        least = max(least, low[targets[arc]])
    return least


@njit("void(int32[::1], int64[::1], int32[::1], int32[::1])", cache=True, nogil=True)
def lowest(u: Int32s, at: Int64s, held: Int32s, low: Int32s) -> None:
    """Fill low: the least u that the states held for each q have."""
    for q in range(len(u)):
        x = u[held[at[q]]]
        for p in range(at[q] + 1, at[q + 1]):
            x = min(x, u[held[p]])
        low[q] = x


@njit(
    "int64(int32[::1], int64[::1], int32[::1], int64[::1], int32[::1], int32[::1], int32[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def count(
    u: Int32s,
    start: Int64s,
    targets: Int32s,
    at: Int64s,
    held: Int32s,
    low: Int32s,
    stamp: Int32s,
    new_at: Int64s,
) -> Any:
    """Fill new_at with where the states anticipated from each s are to lie; returns how many there are.

    ``stamp`` has a place per state.
    """
    stamp[:] = -1
    new_at[0] = 0
    for s in range(len(u)):
        found = 0
        if start[s] == start[s + 1]:
            found = 1
        else:
            least = _least(u, start, targets, low, s)
            found = 1 if least <= u[s] else 0
            for arc in range(start[s], start[s + 1]):
                q = targets[arc]
                for p in range(at[q], at[q + 1]):
                    a = held[p]
                    if u[a] > u[s] and u[a] >= least and stamp[a] != s:
                        stamp[a] = s
                        found += 1
        new_at[s + 1] = new_at[s] + found
    return new_at[len(u)]


@njit(
    "void(int32[::1], int64[::1], int32[::1], int64[::1], int32[::1], int32[::1], int32[::1], int64[::1],"
    "int32[::1])",
    cache=True,
    nogil=True,
)
def fill(
    u: Int32s,
    start: Int64s,
    targets: Int32s,
    at: Int64s,
    held: Int32s,
    low: Int32s,
    stamp: Int32s,
    new_at: Int64s,
    new_held: Int32s,
) -> None:
    """Fill new_held, each state's part ascending."""
    stamp[:] = -1
    for s in range(len(u)):
        place = new_at[s]
        if start[s] == start[s + 1]:
            new_held[place] = s
            continue
        least = _least(u, start, targets, low, s)
        if least <= u[s]:
            new_held[place] = s
            place += 1
        for arc in range(start[s], start[s + 1]):
            q = targets[arc]
            for p in range(at[q], at[q + 1]):
                a = held[p]
                if u[a] > u[s] and u[a] >= least and stamp[a] != s:
                    stamp[a] = s
                    new_held[place] = a
                    place += 1
        if place - new_at[s] > 1:
            new_held[new_at[s] : place] = np.sort(new_held[new_at[s] : place])
