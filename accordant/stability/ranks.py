"""Orders as the kernels want them: small non-negative numbers, ties kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]

_FAR = 2**31 - 1


def dense(orders: NDArray[np.int64]) -> Int32s:
    """Ranks 0, 1, 2, … along the last axis, in the same order.

    Examples
    --------
    >>> dense(np.array([[7, -3, 7], [2**60, 0, 1]])).tolist()
    [[1, 0, 1], [2, 0, 1]]
    """
    by_rank = np.argsort(orders, axis=-1)
    ranked = np.take_along_axis(orders, by_rank, axis=-1)
    steps = np.zeros(orders.shape, dtype=np.int32)
    np.cumsum(ranked[..., 1:] != ranked[..., :-1], axis=-1, out=steps[..., 1:])
    ranks = np.empty(orders.shape, dtype=np.int32)
    np.put_along_axis(ranks, by_rank, steps, axis=-1)
    return ranks


def compact(orders: NDArray[np.int64], limit: int | None = None) -> tuple[Int32s, int]:
    """Ranks in 0..levels - 1 along the last axis, and ``levels``.

    Parameters
    ----------
    orders
        Ranks as a model gives them, any 64-bit integers.
    limit
        Most levels that are worth keeping; beyond it ranks are made dense. By default what fits
        into 32 bits.

    Examples
    --------
    >>> compact(np.array([[5, 3, 9]]))
    (array([[2, 0, 6]], dtype=int32), 7)
    """
    if orders.size == 0:
        return np.zeros(orders.shape, dtype=np.int32), 1
    least, most = int(orders.min()), int(orders.max())
    if most - least < (_FAR if limit is None else limit):
        ranks = (orders - least if least else orders).astype(np.int32)
    else:
        ranks = dense(orders)
    return np.ascontiguousarray(ranks), int(ranks.max()) + 1
