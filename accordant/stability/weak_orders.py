"""Every weak order of a few states."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def how_many(n: int) -> int:
    """Number of weak orders of n states.

    Examples
    --------
    >>> [how_many(n) for n in range(7)]
    [1, 1, 3, 13, 75, 541, 4683]
    """
    from math import comb

    return 1 if n == 0 else sum(comb(n, k) * how_many(n - k) for k in range(1, n + 1))


@cache
def weak_orders(n: int) -> NDArray[np.int64]:
    """Ranks of n states in every weak order, shape (how_many(n), n).

    Examples
    --------
    >>> weak_orders(2).tolist()
    [[0, 0], [1, 0], [0, 1]]
    """
    found: list[list[int]] = [[]]
    for _ in range(n):
        longer = []
        for ranks in found:
            levels = max(ranks, default=-1) + 1
            longer += [[*ranks, level] for level in range(levels)]
            # a level of its own, below all, between two, or above all
            longer += [[*(r + (r >= at) for r in ranks), at] for at in range(levels + 1)]
        found = longer
    return np.array(found, dtype=np.int64).reshape(len(found), n)
