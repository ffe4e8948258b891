"""What is better for every member of a coalition at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import Orders
from accordant.stability.coalitions.reach import Fibres
from accordant.stability.ranks import compact

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Words = NDArray[np.uint64]

NEVER = 2**62
PATIENCE = 400
"""Steps per state after which members whose wishes clash in pairs are looked for first."""


def better_words(orders: Orders, members: Sequence[int], *, pareto: bool = False) -> Words:
    """What is better than each state for every one of some members, as bit sets.

    Parameters
    ----------
    members
        Party numbers; with none of them, everything but the state itself.
    pareto
        Whether better for some member and worse for none is enough.

    Examples
    --------
    >>> better_words(np.array([[0, 1], [0, 0]]), [0]).tolist()
    [[2], [0]]
    >>> better_words(np.array([[0, 1], [0, 0]]), [0, 1], pareto=True).tolist()
    [[2], [0]]
    """
    from accordant.stability.kernels import coalitions as kernel

    n = orders.shape[1]
    words = np.zeros((n, -(-n // 64)), dtype=np.uint64)
    if members:
        kernel.better_words(compact(orders[list(members)])[0], pareto, words)
        return words
    away = np.zeros_like(words)
    numbered = np.arange(n, dtype=np.int32)[None]
    kernel.better_words(numbered, False, words)
    kernel.better_words(np.ascontiguousarray(-numbered), False, away)
    words |= away
    return words


def outdone(fibres: Fibres, u: Int32s, v: Int32s, *, patience: int = PATIENCE) -> Bools:
    """For each state s whether some state q within reach has v(q) above u(s) for every member.

    Fibres are sorted by the first member's wishes and swept once, keeping the states that none
    outdoes for the other members. Few are kept where wishes are unrelated or go together. Two
    members who want opposite things have no improvement in common, and are looked for first where
    too many are kept; beyond that, time can grow as the square of the number of states.

    Parameters
    ----------
    u, v
        Shape (members, n).
    patience
        Steps per state after which two members with opposite wishes are looked for.
    """
    every = np.ones(len(fibres.group), dtype=bool)
    most = patience * len(every) if len(u) > 2 else NEVER
    found, steps = _sweep(fibres, u, v, every, every, most)
    if steps <= most:
        return found
    # whoever is outdone for all members is outdone for every two of them
    back = replace(fibres, shut=np.ascontiguousarray(fibres.shut.T))
    asked, offered = every.copy(), every.copy()
    for pair in combinations(range(len(u)), 2):
        some_u, some_v = (np.ascontiguousarray(x[list(pair)]) for x in (u, v))
        asked &= _sweep(fibres, some_u, some_v, every, every, NEVER)[0]
        offered &= _sweep(back, -some_v, -some_u, every, every, NEVER)[0]
        if not asked.any():
            return asked
    return _sweep(fibres, u, v, asked, offered, NEVER)[0]


def _sweep(
    fibres: Fibres, u: Int32s, v: Int32s, asked: Bools, offered: Bools, most: int
) -> tuple[Bools, int]:
    from accordant.stability.kernels.coalitions import beaten

    by_u, by_v = (np.lexsort((-x[0], fibres.group)).astype(np.int32) for x in (u, v))
    found = np.zeros(len(asked), dtype=bool)
    own = (fibres.start, by_u, by_v, fibres.class_of, fibres.shut)
    return found, int(beaten(*own, u, v, asked, offered, most, found))
