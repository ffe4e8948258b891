"""Which rows share columns, and how many: exact counts over all pairs.

Rows are reports or claims, columns what they hold (shingles, names, words). Only pairs that share
something are visited, so that the work follows what is shared and not the square of the rows. A
column in more than ``cut`` rows is *common*: it is left out here and named, since what stands
everywhere says nothing about two rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

_AT_ONCE = 4_000_000
"""Pairs counted at once: bounds the memory."""


@dataclass(frozen=True, eq=False)
class Shared:
    """Pairs of rows (``first`` < ``second``) that share columns that are not common.

    Attributes
    ----------
    count
        How many columns each pair shares.
    common
        The columns that stand in more than ``cut`` rows.
    """

    first: Ints
    second: Ints
    count: Ints
    common: Ints


def shared(rows: Sequence[Ints], cut: int, least: int = 1) -> Shared:
    """Count what every two rows share.

    Parameters
    ----------
    rows
        For each row its columns, as whole numbers from 0; one that is repeated counts once.
    cut
        In how many rows a column may stand.
    least
        Only pairs that share at least this many columns are given.

    Examples
    --------
    >>> import numpy as np
    >>> found = shared([np.array([1, 2, 2]), np.array([2, 3]), np.array([1, 2])], cut=2)
    >>> list(zip(found.first.tolist(), found.second.tolist(), found.count.tolist())), found.common.tolist()
    ([(0, 2, 1)], [2])
    """
    import numpy as np

    empty = np.empty(0, dtype=np.int64)
    kept = [np.unique(row) for row in rows]
    columns = np.concatenate(kept) if kept else empty
    if not len(columns):
        return Shared(empty, empty, empty, empty)
    row_of = np.repeat(np.arange(len(kept), dtype=np.int64), [len(row) for row in kept])
    order = np.lexsort((row_of, columns))
    columns, row_of = columns[order], row_of[order]
    starts = np.flatnonzero(np.r_[True, columns[1:] != columns[:-1]])
    sizes = np.diff(np.r_[starts, len(columns)])
    codes, counts = _counted(row_of, starts, sizes, cut, len(kept))
    wanted = counts >= least
    codes, counts = codes[wanted], counts[wanted]
    return Shared(codes // len(kept), codes % len(kept), counts, columns[starts[sizes > cut]])


def _counted(row_of: Ints, starts: Ints, sizes: Ints, cut: int, n: int) -> tuple[Ints, Ints]:
    """Pairs as ``first * n + second`` with how many columns each shares."""
    import numpy as np

    codes = np.empty(0, dtype=np.int64)
    counts = np.empty(0, dtype=np.int64)
    waiting: list[Ints] = []
    held = 0
    for size in np.unique(sizes[(sizes > 1) & (sizes <= cut)]).tolist():
        one, other = np.triu_indices(size, 1)
        at = starts[sizes == size]
        step = max(1, _AT_ONCE // len(one))
        for k in range(0, len(at), step):
            members = row_of[at[k : k + step, None] + np.arange(size)]
            made = (members[:, one] * n + members[:, other]).ravel()
            waiting.append(made)
            held += len(made)
            if held >= _AT_ONCE:
                codes, counts = _added(codes, counts, waiting)
                waiting, held = [], 0
    return _added(codes, counts, waiting)


def _added(codes: Ints, counts: Ints, waiting: list[Ints]) -> tuple[Ints, Ints]:
    import numpy as np

    if not waiting:
        return codes, counts
    new, times = np.unique(np.concatenate(waiting), return_counts=True)
    both, place = np.unique(np.concatenate((codes, new)), return_inverse=True)
    total = np.zeros(len(both), dtype=np.int64)
    np.add.at(total, place.reshape(-1), np.concatenate((counts, times)))
    return both, total
