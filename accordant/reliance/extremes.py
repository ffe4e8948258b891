"""Orders that ask for most and for least: all others lie between them.

Whether there is an agreement can only turn from no to yes where somebody's level of some package
rises. So of the ways in which a party may see packages only those matter than which none is lower
everywhere, or none higher, and they are few where the ways are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.reliance.outlooks import Levels, Numbers, distinct_rows

Bools = NDArray[np.bool_]

JOINED = 1 << 14
"""Most joint ways looked at."""
FRONT = 4096
"""Most states with which the others are compared."""


@dataclass(frozen=True, eq=False)
class Extreme:
    """For each extreme joint way whether there is an agreement; whether no way is missing."""

    found: Bools
    complete: bool


def extreme(levels: Sequence[Levels], *, least: bool) -> Extreme:
    """Whether there is an agreement in the joint ways that ask for most (``least`` levels), or for least.

    Parameters
    ----------
    levels
        For each party its levels in each way: (ways, packages).

    Examples
    --------
    One party takes only the first package or only the second, the other both: there is one anyhow.

    >>> levels = [np.array([[2, 0], [0, 2]], dtype=np.int8), np.array([[1, 1]], dtype=np.int8)]
    >>> extreme(levels, least=True).found.tolist()
    [True, True]
    """
    first = _outermost(levels[0], least)
    sofar, complete = np.concatenate([first, first], axis=1), True  # everybody's least, somebody's most
    for more in levels[1:]:
        mine = _outermost(more, least)
        complete &= len(sofar) * len(mine) <= JOINED
        a, b = (x.ravel()[:JOINED] for x in np.indices((len(sofar), len(mine))))
        low, high = np.split(sofar, 2, axis=1)
        joined = [np.minimum(low[a], mine[b]), np.maximum(high[a], mine[b])]
        sofar = _outermost(np.concatenate(joined, axis=1), least)
    low, high = np.split(sofar, 2, axis=1)
    return Extreme(np.asarray(((low > 0) & (high == 2)).any(axis=1)), complete)


def _outermost(rows: Levels, least: bool) -> Levels:
    """The rows than which no other is lower everywhere (``least``), or higher."""
    worths = rows.T.astype(np.int64)
    return rows[undominated(-worths if least else worths)]


def undominated(worths: NDArray[np.int64]) -> Numbers:
    """Columns than which no other is at least as good in every row, of equal ones the first.

    Of very many only a part is compared with the others, and more columns than need be are left.

    Examples
    --------
    >>> undominated(np.array([[3, 1, 2, 3, 0], [1, 3, 1, 1, 0]])).tolist()
    [0, 1]
    """
    first, _ = distinct_rows(np.ascontiguousarray(worths.T))
    columns = first[np.argsort(-worths[:, first].sum(axis=0), kind="stable")]
    kept: list[int] = []
    while len(columns) and len(kept) < FRONT:
        best = columns[0]  # the largest sum: nothing that is left is better
        kept.append(int(best))
        columns = columns[(worths[:, columns] > worths[:, best, None]).any(axis=0)]
    return np.sort(np.array([*kept, *columns.tolist()], dtype=np.intp))
