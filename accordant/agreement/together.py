"""Agreements and their frontier in every setting of all parties together.

For few states all settings of a block are looked at at once: whether one state dominates another is
a matrix per setting. For many states each setting is looked at on its own, and the frontier found by
sorting. Both give the same :class:`Block` (a test compares them).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.joint import Ensemble, Weighted
from accordant.agreement.verdicts import efficient_bounds

Bools = NDArray[np.bool_]

SMALL = 96
"""Most states for which matrices of who dominates whom are made."""
AT_ONCE = 2_000_000
"""Entries of those matrices that are made at once."""


@dataclass(frozen=True, eq=False)
class Found:
    """Verdicts against one no-deal state, shape (settings, states).

    Attributes
    ----------
    sure, maybe
        Which states surely are, and may be, agreements.
    best, may_be_best
        Which surely are, and may be, efficient.
    """

    sure: Bools
    maybe: Bools
    best: Bools
    may_be_best: Bools


@dataclass(frozen=True, eq=False)
class Block:
    """Some settings of all parties.

    Attributes
    ----------
    shares
        The share of each of all settings.
    against
        Verdicts against each no-deal state.
    dominates
        Entry [t, s]: wherever s is an agreement, t is one too and dominates it, in all settings of
        the block; None where that was not worked out.
    """

    shares: Sequence[Fraction]
    against: tuple[Found, ...]
    dominates: Bools | None


def blocks(ensemble: Ensemble) -> Iterator[Block]:
    """Every different setting of the parties, in blocks."""
    if ensemble.size <= SMALL:
        return _by_matrices(ensemble)
    return _one_by_one(ensemble)


def _one_by_one(ensemble: Ensemble) -> Iterator[Block]:
    for scene, share in ensemble.scenes():
        against = []
        for d in range(ensemble.count):
            sure, maybe = scene.agreement(d)
            best, may_be_best = efficient_bounds(scene, d, sure, maybe)
            against.append(Found(*(x[None] for x in (sure, maybe, best, may_be_best))))
        yield Block([share], tuple(against), None)


def _by_matrices(ensemble: Ensemble) -> Iterator[Block]:
    k, variants = ensemble.size, ensemble.variants
    tables = [_Table(v, ensemble) for v in variants]
    at_once = max(1, AT_ONCE // max(1, k * k))
    every = product(*(range(len(v)) for v in variants))
    while chosen := list(islice(every, at_once)):
        index = np.array(chosen, dtype=np.intp).reshape(len(chosen), len(variants))
        shares = [
            prod((v[j][1] for v, j in zip(variants, row, strict=True)), start=Fraction(1)) for row in chosen
        ]
        surely, possibly = _dominance(tables, index, k)
        against, everywhere = [], np.ones((k, k), dtype=bool)
        for d in range(ensemble.count):
            sure, maybe = _agreements(tables, index, d, k)
            by_sure = surely & _follows(tables, index, d, sure, maybe)
            best = sure & ~(possibly & maybe[:, :, None]).any(axis=1)
            against.append(Found(sure, maybe, best, maybe & ~by_sure.any(axis=1)))
            everywhere &= (by_sure | ~maybe[:, None, :]).all(axis=0)
        yield Block(shares, tuple(against), everywhere)


class _Table:
    """One party's stands as arrays: keys (stands, states), levels (stands, no deal, states)."""

    def __init__(self, stands: Weighted, ensemble: Ensemble) -> None:
        count = ensemble.count
        self.key = np.array([stand.key for stand, _ in stands], dtype=np.int64)
        self.known = all(stand.known for stand, _ in stands)
        self.settled = all(stand.settled for stand, _ in stands)
        levels = [[stand.levels(d) for d in range(count)] for stand, _ in stands]
        shape = (len(stands), count, ensemble.size)
        self.low = np.array([[low for low, _ in row] for row in levels], dtype=np.int8).reshape(shape)
        self.high = np.array([[high for _, high in row] for row in levels], dtype=np.int8).reshape(shape)
        self.stands = [stand for stand, _ in stands]

    def follows(self, d: int) -> Bools:
        """Entry [stand, t, s]: t is not refused wherever s is accepted, if it is as good to the party."""
        made = [
            stand.given[d][:, None] & (stand.rows[d][:, :, None] >= stand.rows[d][:, None, :]).all(axis=0)
            for stand in self.stands
        ]
        return np.array(made, dtype=bool)


def _follows(tables: Sequence[_Table], index: NDArray[np.intp], d: int, sure: Bools, maybe: Bools) -> Bools:
    """Entry [setting, t, s]: where s is an agreement and t dominates it, t surely is one too."""
    if all(table.settled for table in tables):
        return sure[:, :, None]
    found = maybe[:, :, None] & maybe[:, None, :]
    for i, table in enumerate(tables):
        found &= table.follows(d)[index[:, i]]
    return found | sure[:, :, None]


def _dominance(tables: Sequence[_Table], index: NDArray[np.intp], k: int) -> tuple[Bools, Bools]:
    """Entry [setting, t, s]: whether t surely dominates s, and whether it may."""
    shape, same = (len(index), k, k), np.eye(k, dtype=bool)
    surely, possibly = np.ones(shape, dtype=bool), np.ones(shape, dtype=bool)
    surely_strict, possibly_strict = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for i, table in enumerate(tables):
        key = table.key[index[:, i]]
        better = key[:, :, None] > key[:, None, :]
        no_worse = key[:, :, None] >= key[:, None, :]
        surely_strict |= better
        possibly &= no_worse
        # an unknown order is surely no worse only where the red lines make it better
        surely &= no_worse if table.known else better | same
        possibly_strict |= better if table.known else ~same
    return surely & surely_strict, possibly & possibly_strict


def _agreements(tables: Sequence[_Table], index: NDArray[np.intp], d: int, k: int) -> tuple[Bools, Bools]:
    """Which states surely are, and which may be, agreements against one no-deal state."""
    found = []
    for which in ("low", "high"):
        least, most = np.full((len(index), k), 2, np.int8), np.zeros((len(index), k), np.int8)
        for i, table in enumerate(tables):
            levels = getattr(table, which)[index[:, i], d]
            np.minimum(least, levels, out=least)
            np.maximum(most, levels, out=most)
        found.append((least > 0) & (most == 2))
    return found[0], found[1]
