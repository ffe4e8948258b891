"""Packages that may be efficient: all but a few are sorted out in passes that compare no two of them.

Nothing here decides: a package is only dropped when another one dominates it, and what is left is
compared exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain, Worths
from accordant.agreement.frontier.kernels.packages import LEAST, kills, rational, sift, staircase
from accordant.agreement.frontier.rows import distinct, maxima

Bools = NDArray[np.bool_]

STEPS = 1 << 14
"""Steps of the staircase that sorts out packages of two parties."""
SAMPLE = 2048
"""Packages among which strong ones are looked for."""
STRONG = 32
"""Strong packages that every other one is compared with."""


@dataclass(frozen=True, eq=False)
class Extent:
    """Which packages are looked at, how many they are, and from where to where their worths go."""

    inside: Bools
    count: int
    low: Worths
    high: Worths


def extent(u: Worths, d: Worths, inside: Bools) -> Extent:
    """The packages of ``inside`` worth at least ``d`` to everyone; ``inside`` is overwritten."""
    low, high = np.empty(len(u), dtype=np.int64), np.empty(len(u), dtype=np.int64)
    count = int(rational(np.ascontiguousarray(u), d, inside, low, high))
    return Extent(inside, count, low, high)


def within(bargain: Bargain) -> Extent:
    """``X_d`` of a bargain."""
    return extent(
        bargain.worths,
        np.array(bargain.reservations, dtype=np.int64),
        bargain.allowed.astype(bool, copy=True),
    )


def candidates(u: Worths, inside: Bools) -> NDArray[np.intp]:
    """Numbers of packages, ascending, that hold every package that nothing inside dominates.

    Parameters
    ----------
    u
        Worths or ranks, shape (parties, n).
    inside
        The packages that count, shape (n,); overwritten.

    Examples
    --------
    >>> candidates(np.array([[0, 1, 9], [0, 9, 1]]), np.ones(3, dtype=bool)).tolist()
    [1, 2]
    """
    return left_of(u, extent(u, np.full(len(u), LEAST, dtype=np.int64), inside))


def left_of(u: Worths, looked: Extent) -> NDArray[np.intp]:
    """The same where the worths have been looked through already; ``looked.inside`` is overwritten."""
    u, inside, left = np.ascontiguousarray(u), looked.inside, looked.count
    if len(u) == 2 and left:
        width = int(looked.high[0]) - int(looked.low[0])
        shift = max(0, width.bit_length() - STEPS.bit_length() + 1)
        step = np.empty((width >> shift) + 2, dtype=np.int64)
        left = int(staircase(u, inside, looked.low[0], shift, step))
    return _sifted(u, inside, left)


def _sifted(u: Worths, inside: Bools, left: int) -> NDArray[np.intp]:
    """Rounds of comparing with a few strong packages, as long as that sorts out every second one."""
    numbers: NDArray[np.intp] | None = None
    while left > SAMPLE:
        before = left
        here = np.flatnonzero(inside)
        left = int(sift(u, inside, _strong(u[:, here[:: left // SAMPLE]].T)))
        kept = np.flatnonzero(inside)
        numbers = kept if numbers is None else numbers[kept]
        if 2 * left > before:
            break
        u, inside = np.ascontiguousarray(u[:, kept]), np.ones(left, dtype=bool)
    return np.flatnonzero(inside) if numbers is None else numbers


def _strong(sample: Worths) -> Worths:
    """Rows of a sample that dominate most others, the strongest first."""
    rows, _ = distinct(sample)
    count = kills(rows, maxima(rows))
    return rows[np.argsort(-count, kind="stable")[:STRONG]]
