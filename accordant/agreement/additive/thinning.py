"""An approximation with a guarantee: fewer points, each party's worth given up by a stated amount.

Notation: after some issues ``y`` is what a partial package is worth, ``r`` what the rest of some
package of ``X_d`` adds to it. *Thinning* puts partial packages into cells: a party's column is cut
into steps of ``1 + t`` whole numbers, and of each cell the best in the last column stays. So for
each that goes one stays that is worth at least ``t`` less to every party, and at least as much to
the last.

Why every point stays in ``X_d``, and what is given up adds up: a column is only cut where
``y - t`` plus the least that the rest can add is still at least no deal; elsewhere cells are single
numbers. Follow a package of ``X_d`` through the issues: each time its part goes, continue with the
one that stays. In a column that was cut the sum is at least no deal whatever comes; in one that was
not it is at least what it was. In the end the package that is reached is in ``X_d``, and worth to
each party at least the sum of the ``t`` less [1]_.

References
----------
.. [1] C. H. Papadimitriou, M. Yannakakis, "On the approximability of trade-offs and optimal access
   of web sources", Proceedings of the 41st Symposium on Foundations of Computer Science (2000) 86–92.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.agreement.additive.kernels import NONE, Rows, maxima
from accordant.agreement.additive.problem import Additive

ENOUGH = 5_000
"""Points up to which nothing is given up."""


@dataclass(eq=False)
class Budget:
    """What may still be given up, and what has been.

    Attributes
    ----------
    left
        For each party; empty where nothing may be given up.
    """

    left: list[int]
    given: list[int]

    @staticmethod
    def of(problem: Additive, epsilon: Fraction | None, high: Rows, low: Rows) -> Budget:
        """What may be given up: a share of each party's range of worths that a package of X_d can have."""
        k = len(problem.parties)
        if epsilon is None:
            return Budget([], [0] * k)
        least = np.maximum(low[:k], problem.floor[:k])
        return Budget([int(epsilon * max(int(h - f), 0)) for h, f in zip(high, least, strict=False)], [0] * k)

    @property
    def spent(self) -> tuple[int, ...]:
        """What has been given up for each party."""
        return tuple(self.given)

    def cut(self, rows: Rows, times: int) -> Rows:
        """Fewer rows, whatever the rest needs: see :mod:`accordant.agreement.additive.grouping`."""
        return maxima(self._thin(rows, np.full(rows.shape[1], NONE, dtype=np.int64), times))

    def thinned(self, rows: Rows, safe: Rows, merges: int) -> Rows:
        """Fewer rows, where there are many.

        Parameters
        ----------
        safe
            For each column the worth from which the rest reaches no deal whatever is chosen.
        merges
            How many times this will still be asked, this time included.
        """
        # what is given up last goes furthest: half is kept for the last time
        return self._thin(rows, safe, 1 if merges == 1 else 2 * merges)

    def _thin(self, rows: Rows, safe: Rows, shares: int) -> Rows:
        """Thin with one of so many shares of what is left.

        Voices, and the party whose best is kept, give up nothing.
        """
        if not self.left or len(rows) <= ENOUGH:
            return rows
        tolerance = [left // shares for left in self.left[:-1]]
        if not any(tolerance):
            return rows
        kept = maxima(rows[_best_of_cells(rows, tolerance, safe)])
        if len(kept) < len(rows):
            for party, t in enumerate(tolerance):
                self.left[party] -= t
                self.given[party] += t
        return kept


def _best_of_cells(rows: Rows, tolerance: list[int], safe: Rows) -> Rows:
    """For each cell the number of its row that is best in the last party's column."""
    keys = []
    for c in range(rows.shape[1]):
        if c == len(tolerance):
            continue
        t = tolerance[c] if c < len(tolerance) else 0
        if t:
            # a cell whose lower end is not safe would mix rows that may be moved with rows that may not
            cell = rows[:, c] // (t + 1)
            cut = cell * (t + 1) >= safe[c]
            keys.append(np.where(cut, cell, rows[:, c]))
            keys.append(cut.astype(np.int64))
        else:
            keys.append(rows[:, c])
    group = _numbered(keys)
    order = np.lexsort((-rows[:, len(tolerance)], group))
    first = np.ones(len(order), dtype=bool)
    first[1:] = group[order][1:] != group[order][:-1]
    return order[first]


def _numbered(keys: list[Rows]) -> Rows:
    """One number for each different combination of keys."""
    number = np.zeros(len(keys[0]), dtype=np.int64)
    room = 1
    for key in keys:
        low, high = int(key.min()), int(key.max())
        room *= high - low + 1
        if room >= 2**62:
            number = np.unique(number, return_inverse=True)[1].astype(np.int64).ravel()
            room = (int(number.max()) + 1) * (high - low + 1)
        number = number * (high - low + 1) + (key - low)
    return number
