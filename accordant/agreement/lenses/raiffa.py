"""Raiffa's discrete solution: from no deal, step by step to the middle of what each party would like best.

From a point t, first no deal, each party names the best efficient package among those worth at least t to
everyone. The next point is the mean of these packages' worths. That goes on until the point is the worth of
an efficient package itself, or no package is worth as much to everyone: a coarse set ends it early. The
answer is then, of the efficient packages above the last point, the best by leximin of gains over no deal in
parts of what the party can gain at best, as for Kalai-Smorodinsky. Where a party has several best packages,
every choice is followed, and all answers are kept.

Every step leaves fewer packages above the point. For if one best package b of each party gives a mean with
the same packages above it, then each b, being above, is at least the mean; so all are equal to it, and as
the best of every party they are the only package there.

References
----------
.. [1] H. Raiffa, "Arbitration schemes for generalized two-person games", in: H. W. Kuhn, A. W. Tucker
   (eds), Contributions to the Theory of Games II, Princeton University Press (1953) 361-387.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.exact import leximin, whole
from accordant.agreement.lenses.kalai_smorodinsky import left_out
from accordant.agreement.lenses.telling import by_party

_WAYS = 5_000
"""Points that are followed at most."""
_WORK = 300_000_000
"""Comparisons of numbers that are made at most."""

Sum = tuple[int, ...]


class _TooManyTiesError(Exception):
    """More ways to follow than can be gone through."""


@dataclass
class _Search:
    """Everything that is reached from no deal.

    ``g`` are gains, n of them to a package; a point is kept as n times its coordinates, in whole numbers.
    """

    g: NDArray[np.generic]
    seen: set[Sum] = field(default_factory=set)
    ends: dict[Sum, NDArray[np.intp]] = field(default_factory=dict)
    early: bool = False
    work: int = 0

    def follow(self) -> None:
        n, m = self.g.shape
        start = (0,) * n
        todo: list[tuple[Sum, NDArray[np.intp]]] = [(start, np.arange(m))]
        while todo:
            at, above = todo.pop()
            if at in self.seen:
                continue
            self.seen.add(at)
            if len(self.seen) > _WAYS:
                raise _TooManyTiesError
            todo += self._step(at, above)

    def _step(self, at: Sum, above: NDArray[np.intp]) -> list[tuple[Sum, NDArray[np.intp]]]:
        """The next points, each with the packages above it; where there are none, ``at`` is an end."""
        n = len(self.g)
        g = self.g[:, above]
        if len(above) == 1 and tuple((g[:, 0] * n).tolist()) == at:
            self.ends[at] = above
            return []
        found = []
        for total in self._sums(g):
            self.work += g.size
            if self.work > _WORK:
                raise _TooManyTiesError
            left = above[np.all(g * n >= np.array(total, dtype=g.dtype)[:, None], axis=0)]
            if len(left):
                found.append((total, left))
            else:
                self.ends[at] = above
                self.early = True
        return found

    def _sums(self, g: NDArray[np.generic]) -> set[Sum]:
        """The sums of one best package of each party, for every choice among its best ones."""
        sums: set[Sum] = {(0,) * len(g)}
        for row in g:
            best = g[:, row == row.max()].T.tolist()
            self.work += len(sums) * len(best) * len(g)
            if len(sums) * len(best) > 100 * _WAYS:
                raise _TooManyTiesError
            sums = {tuple(a + b for a, b in zip(one, add, strict=True)) for one in sums for add in best}
            if len(sums) > 4 * _WAYS:
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
    fits = int(g.max()) * (len(g) + 1) < 2**62
    search = _Search(g if fits else g.astype(object))
    try:
        search.follow()
    except _TooManyTiesError:
        return Solution(np.zeros(0, dtype=np.intp), refused=_TIES)
    reach = [int(most) for most in g.max(axis=1)]
    live = [i for i, most in enumerate(reach) if most]
    chosen: set[int] = set()
    for above in search.ends.values():
        best = _best(g[:, above], live, reach)
        chosen.update(above[best].tolist())
    return Solution(
        np.array(sorted(chosen), dtype=np.intp), _compared(points, search), _notes(points, search, live)
    )


def _best(g: NDArray[np.int64], live: list[int], reach: list[int]) -> NDArray[np.intp]:
    """The best by leximin of shares; all there are where nobody can gain."""
    if not live:
        return np.arange(g.shape[1])
    return leximin(g[live], whole([Fraction(1, reach[i]) for i in live]))


def _compared(points: Points, search: _Search) -> str:
    """The last points, as far as they are few."""
    n = len(points.parties)
    told = []
    for end in sorted(search.ends, reverse=True)[:3]:
        worths = [
            (Fraction(total, n) + d) / scale
            for total, d, scale in zip(end, points.reservations, points.scales, strict=True)
        ]
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
