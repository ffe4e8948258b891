"""Sums of one number for each issue, over every combination of values, without listing the combinations."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

Worths = NDArray[np.int64]

INNER = 1 << 12
"""Combinations of the last issues that are added to one sum of the others at a time."""
LARGEST = 2**63 - 1


def sums_over_product(tables: Sequence[Sequence[int]], out: Worths | None = None) -> Worths:
    """For every combination of values, the sum of what each value stands for.

    Parameters
    ----------
    tables
        For each issue a whole number for each of its values.
    out
        Where to write it, contiguous and of the shape returned; a new array by default.

    Returns
    -------
    array of shape (combinations,)
        Combinations ascend as states do: the last issue changes first.

    Raises
    ------
    OverflowError
        If a sum may not fit into 64 bits.

    Examples
    --------
    >>> sums_over_product([[0, 10], [1, 2, 3]]).tolist()
    [1, 2, 3, 11, 12, 13]
    """
    if sum(max(map(abs, table), default=0) for table in tables) > LARGEST:
        raise OverflowError("the sums of these numbers may not fit into 64 bits")
    n = prod(map(len, tables))
    found = np.empty(n, dtype=np.int64) if out is None else out
    if not n:
        return found
    cut, inner = len(tables), 1
    while cut and (inner == 1 or inner * len(tables[cut - 1]) <= INNER):
        cut -= 1
        inner *= len(tables[cut])
    last = np.zeros(1, dtype=np.int64)
    for table in tables[cut:]:
        last = np.add.outer(last, np.array(table, dtype=np.int64)).ravel()
    if cut:
        # rows of a length that stays in the cache: one write of each number, at the speed of memory
        np.add(sums_over_product(tables[:cut])[:, None], last, out=found.reshape(-1, inner))
    else:
        found[:] = last
    return found
