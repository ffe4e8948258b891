"""The packages behind a point: counted exactly, and put together when they are asked for.

A package is found again from its worths: take away what one settlement of the last chain adds, and
look whether what is left was reached before. Nothing of a package that is worth exactly a point's
worths was ever dropped, since whatever dominated a part of it would dominate the point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from accordant.agreement.additive.chains import Chain
from accordant.agreement.additive.grouping import Group
from accordant.agreement.additive.kernels import Rows, splits
from accordant.agreement.additive.problem import Codes

Part = Chain | Group
Need = tuple[int, ...]
"""What the settlements of the first chains must at least be worth to each voice."""


@dataclass(eq=False)
class Rebuilder:
    """Finds the packages that are worth a point of a frontier."""

    chains: Sequence[Part]
    layers: Sequence[Rows]
    thresholds: Need
    _counts: dict[tuple[int, bytes, Need], int] = field(default_factory=dict)

    def count(self, point: Rows) -> int:
        """How many packages of ``X_d`` are worth exactly that."""
        return self._count(len(self.chains), np.ascontiguousarray(point), self.thresholds)

    def packages(self, point: Rows) -> Iterator[Codes]:
        """Each of them, as value numbers in the order of the issues."""
        order = np.argsort(np.concatenate([c.issues for c in self.chains]))
        for flat in self.settlements(point):
            yield tuple(flat[k] for k in order)

    def settlements(self, point: Rows) -> Iterator[Codes]:
        """Each of them, as value numbers in the order of the issues of the chains."""
        for rows in self._ways(len(self.chains), np.ascontiguousarray(point), self.thresholds):
            yield from _settled(list(zip(self.chains, rows, strict=True)))

    def some(self, point: Rows, most: int) -> list[Codes]:
        """The first of them, ascending where that is all."""
        return sorted(islice(self.packages(point), most))

    def _before(self, depth: int, point: Rows, need: Need) -> Iterator[tuple[Rows, Rows, Need]]:
        """Each row of the last chain with what is left for those before it."""
        k = self.layers[0].shape[1]
        rows = self.chains[depth - 1].rows
        for j in splits(self.layers[depth - 1], np.ascontiguousarray(rows[:, :k]), point):
            row = rows[j]
            yield row, point - row[:k], tuple(n - int(v) for n, v in zip(need, row[k:], strict=True))

    def _count(self, depth: int, point: Rows, need: Need) -> int:
        if depth == 0:
            return int(not point.any() and all(n <= 0 for n in need))
        at = (depth, point.tobytes(), need)
        if at not in self._counts:
            chain = self.chains[depth - 1]
            self._counts[at] = sum(
                before * chain.count(row)
                for row, rest, left in self._before(depth, point, need)
                if (before := self._count(depth - 1, rest, left))
            )
        return self._counts[at]

    def _ways(self, depth: int, point: Rows, need: Need) -> Iterator[tuple[Rows, ...]]:
        if depth == 0:
            yield ()
            return
        for row, rest, left in self._before(depth, point, need):
            if self._count(depth - 1, rest, left):
                for first in self._ways(depth - 1, rest, left):
                    yield (*first, row)


def _settled(parts: list[tuple[Part, Rows]]) -> Iterator[Codes]:
    """Every way to settle some chains, each at a given worth, the values in a row."""
    if not parts:
        yield ()
        return
    chain, row = parts[-1]
    for first in _settled(parts[:-1]):
        for last in chain.settlements(row):
            yield (*first, *last)
