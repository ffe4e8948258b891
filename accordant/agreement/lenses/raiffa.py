"""Raiffa's discrete solution: from no deal, step by step to the middle of what each party would like best.

From a point t, first no deal, each party names the best efficient package among those worth at least t to
everyone. The next point is the mean of these packages' worths. That goes on until the point is the worth of
an efficient package itself, or no package is worth as much to everyone: a coarse set ends it early. The
answer is then, of the efficient packages above the last point, the best by leximin of gains over no deal in
parts of what the party can gain at best, as for Kalai-Smorodinsky. Where a party has several best packages,
every choice is followed, and all answers are kept. A party that can gain nothing at all likes every package
best; it is left out.

Every step leaves fewer packages above the point. For if one best package b of each party gives a mean with
the same packages above it, then each b, being above, is at least the mean; so all are equal to it, and as
the best of every party they are the only package there.

References
----------
.. [1] H. Raiffa, "Arbitration schemes for generalized two-person games", in: H. W. Kuhn, A. W. Tucker
   (eds), Contributions to the Theory of Games II, Princeton University Press (1953) 361-387.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import Numbers, leximin, whole
from accordant.agreement.lenses.kalai_smorodinsky import left_out
from accordant.agreement.lenses.telling import by_party

_WAYS = 5_000
"""Means that are looked at, at most."""
_CHOICES = 200_000
"""Choices of one best package for each party that are gone through, at most."""

Sum = tuple[int, ...]


class _TooManyTiesError(Exception):
    """More ways to follow than can be gone through."""


@dataclass
class _Search:
    """Everything that is reached from no deal.

    ``g`` are gains of n parties; a point is kept as n times its coordinates, in whole numbers. Both
    limits are on numbers that do not depend on the order of parties and packages.
    """

    g: NDArray[np.generic]
    seen: set[Sum] = field(default_factory=set)
    ends: dict[Sum, Numbers] = field(default_factory=dict)
    early: bool = False
    looked: int = 0
    choices: int = 0

    def follow(self) -> None:
        n, m = self.g.shape
        todo: list[tuple[Sum, Numbers]] = [((0,) * n, np.arange(m))]
        while todo:
            at, above = todo.pop()
            if at not in self.seen:
                self.seen.add(at)
                todo += self._step(at, above)

    def _step(self, at: Sum, above: Numbers) -> Iterator[tuple[Sum, Numbers]]:
        """The next points, each with the packages above it; where there are none, ``at`` is an end."""
        n = len(self.g)
        g = self.g[:, above]
        if len(above) == 1 and tuple((g[:, 0] * n).tolist()) == at:
            self.ends[at] = above
            return
        for total in self._sums(g):
            left = above
            for row, least in zip(self.g, total, strict=True):
                left = left[row[left] >= -(-least // n)]
            if len(left):
                yield total, left
            else:
                self.ends[at] = above
                self.early = True

    def _sums(self, g: NDArray[np.generic]) -> set[Sum]:
        """The sums of one best package of each party, for every choice among its best ones."""
        best = [g[:, row == row.max()].T.tolist() for row in g]
        self.choices += prod(map(len, best))
        if self.choices > _CHOICES:
            raise _TooManyTiesError
        sums = {tuple(map(sum, zip(*choice, strict=True))) for choice in product(*best)}
        self.looked += len(sums)
        if self.looked > _WAYS:
            raise _TooManyTiesError
        return sums


def solve(points: Points, weights: Weights | None = None) -> Solution:
    """The points that Raiffa's steps lead to.

    Examples
    --------
    >>> points = Points(("a", "b"), np.array([[4, 3, 1, 0], [0, 2, 3, 4]]), (1, 1), (0, 0), (True, True))
    >>> solve(points).points.tolist()
    [1]
    """
    g = points.gains()
    live = np.flatnonzero(g.max(axis=1)).tolist()
    if not live:
        return Solution(np.arange(points.m), "nobody can gain over no deal", left_out(points, live))
    search = _Search(g[live])
    try:
        search.follow()
    except _TooManyTiesError:
        return Solution(np.zeros(0, dtype=np.intp), refused=_TIES)
    shares = whole([Fraction(1, int(g[i].max())) for i in live])
    chosen = {
        number
        for above in search.ends.values()
        for number in above[leximin(g[live][:, above], shares)].tolist()
    }
    told = _compared(points, search, live)
    return Solution(np.array(sorted(chosen), dtype=np.intp), told, _notes(points, search, live))


def _compared(points: Points, search: _Search, live: list[int]) -> str:
    """The last points, as far as they are few."""
    told = []
    for end in sorted(search.ends, reverse=True)[:3]:
        worths = [Fraction(d, scale) for d, scale in zip(points.reservations, points.scales, strict=True)]
        for i, total in zip(live, end, strict=True):
            worths[i] += Fraction(total, len(live) * points.scales[i])
        told.append(by_party(points, worths))
    more = f"; and {len(search.ends) - 3} more" if len(search.ends) > 3 else ""
    return f"last point{'s' if len(told) > 1 else ''} on the way from no deal: {'; '.join(told)}{more}"


def _notes(points: Points, search: _Search, live: list[int]) -> tuple[str, ...]:
    notes = []
    if search.early:
        notes.append(
            "It ended early: no package is worth the next mean to everyone. Of the packages above the last "
            "point the most even by shares of the best possible gain were taken."
        )
    if len(search.ends) > 1:
        notes.append(
            f"Parties have several best packages: every choice was followed, to {len(search.ends)} ends."
        )
    return (*notes, *left_out(points, live))


_TIES = f"parties have so many equally good packages that there are more than {_WAYS:,} points to follow"

LENS = Lens(
    name="raiffa",
    title="Raiffa's discrete solution",
    says=(
        "Where one gets from no deal by going, again and again, to the middle of the packages that each "
        "party would like best from there."
    ),
    assumes="Worths whose differences mean something for each party by itself; what no deal is worth.",
    fails="On few packages it ends early: the last point is reported. With very many ties it is refused.",
    source=(
        'H. Raiffa, "Arbitration schemes for generalized two-person games", in Contributions to the Theory '
        "of Games II, Princeton University Press (1953) 361-387"
    ),
    read=False,
    ordinal=False,
    comparable=False,
    weighs=False,
    solve=solve,
)
