"""How far the parties stand against each other, and how much there is to gain together.

The literature has many figures under the same words. Each one here has a name and a definition of its
own, and none is called *the* opposition. Notation: ``g_i = (u_i - d_i) / (ideal_i - d_i)`` is party i's
part of what it could gain, where ``ideal_i`` is its best within ``X_d``; k is the number of parties.

References
----------
.. [1] R. Axelrod, *Conflict of Interest* (Markham, 1970): the area of joint demands that cannot be met.
   (Not read by the maintainers: taken from later uses of it.)
.. [2] L. A. Goodman, W. H. Kruskal, "Measures of association for cross classifications", Journal of the
   American Statistical Association 49 (1954) 732–764: pairs that two orders tell apart. (Not read by the
   maintainers: the count is textbook matter.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points, Worths
from accordant.agreement.frontier import Efficient
from accordant.agreement.lenses.telling import listed, number
from accordant.agreement.picks import text
from accordant.tables import Table

Kind = Literal["opposition", "integrative potential"]

COUNTED = 2_000_000
"""Most packages whose pairs are counted."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure under its name.

    Attributes
    ----------
    value
        Exact; None where it cannot be given, and ``missing`` says why. Where ``squared`` it is the
        square of the figure, a distance.
    says
        The definition, in one sentence.
    of
        The parties that it is about.
    """

    name: str
    kind: Kind
    says: str
    of: tuple[str, ...]
    value: Fraction | None
    squared: bool = False
    missing: str = ""
    note: str = ""

    @property
    def about(self) -> float | None:
        """The figure as a decimal number, for readers."""
        if self.value is None:
            return None
        return sqrt(self.value) if self.squared else float(self.value)

    @property
    def shown(self) -> str:
        """The figure for readers: exact where that is short."""
        if self.value is None or self.about is None:
            return "unknown"
        exact = "" if self.squared else number(self.value)
        return exact if exact and len(exact) <= 6 else f"about {self.about:.3f}"

    def to_json(self) -> dict[str, Any]:
        """Plain data; the exact value as text, and what is about it as a number."""
        return {
            "name": self.name,
            "kind": self.kind,
            "of": list(self.of),
            "value": None if self.value is None else text(self.value),
            "squared": self.squared,
            "about": self.about,
            "says": self.says,
            "missing": self.missing or None,
            "note": self.note or None,
        }


@dataclass(frozen=True, slots=True)
class Opposition:
    """Every figure, under its name."""

    measures: tuple[Measure, ...]

    def __getitem__(self, name: str) -> Measure:
        return next(m for m in self.measures if m.name == name)

    def to_json(self) -> list[dict[str, Any]]:
        """Plain data: a list of figures."""
        return [m.to_json() for m in self.measures]

    def table(self) -> Table:
        """One row per figure."""
        rows = [(m.name, ", ".join(m.of), m.shown, m.missing or m.note or m.says) for m in self.measures]
        return Table("Opposition and integrative potential", ("measure", "of", "figure", "is"), tuple(rows))


_SAYS = {
    "frontier-to-ideal": "the distance of the nearest efficient package from everyone's best, each party's "
    "gain as a part of the most that it could gain; 0: everyone can have its best",
    "largest-shortfall": "whatever is agreed, someone goes without at least this part of what it could gain",
    "conflict-of-interest": "the part of all pairs of demands, from no deal to each party's best, that no "
    "package meets, lotteries left aside",
    "opposed-pairs": "of the pairs of packages that both tell apart, the part on which they want the "
    "opposite; 0: they want the same, 1: in everything the opposite",
    "to-maxima": "the distance of the nearest of all packages from (1, …, 1), worths divided by each "
    "party's greatest, no deal left aside: what NegMAS calls opposition level",
    "to-maxima-at-greatest-sum": "the same distance at the package with the greatest sum of worths: what "
    "NegoLog calls opposition",
    "joint-gain": "how far the parts of possible gains can add up beyond those of a fixed sum; 0: one "
    "party's gain is the other's loss, 1: everyone can have its best",
    "equal-gain": "how far everyone at once can get beyond an equal division of a fixed sum; 0: not at "
    "all, 1: everyone can have its best, below 0: not even an equal division is there",
    "improvable": "the part of the packages in everyone's interest that could be improved for someone and "
    "worsened for nobody",
}


def opposition(found: Efficient) -> Opposition:
    """Every figure that can be given for listed packages.

    Parameters
    ----------
    found
        The efficient packages of ``X_d``, with all packages behind them.

    Examples
    --------
    >>> from accordant.agreement.bargain import make_bargain
    >>> from accordant.agreement.frontier import efficient_points
    >>> zero_sum = opposition(efficient_points(make_bargain([[0, 1, 2], [2, 1, 0]], [0, 0])))
    >>> [(m.name, m.shown) for m in zero_sum.measures if m.kind == "integrative potential"]
    [('joint-gain', '0'), ('equal-gain', '0'), ('improvable', '0')]
    >>> zero_sum["opposed-pairs"].value, zero_sum["conflict-of-interest"].value
    (Fraction(1, 1), Fraction(3, 4))
    """
    bargain, points = found.bargain, found.points
    measures = [
        *of_points(points),
        *_opposed(bargain.parties, bargain.worths),
        *_peers(points, bargain.worths),
        _improvable(found),
    ]
    return Opposition(tuple(sorted(measures, key=lambda m: m.kind != "opposition")))


def of_points(points: Points) -> tuple[Measure, ...]:
    """The figures that the efficient points alone give: for spaces too large to be listed as well."""
    names = ("frontier-to-ideal", "largest-shortfall", "conflict-of-interest", "joint-gain", "equal-gain")
    kept, note, missing = _comparable(points)
    of = tuple(points.parties[i] for i in kept)
    if missing:
        return tuple(_measure(n, points.parties, None, missing=missing) for n in names)
    gains, spans = _scaled(points, kept)
    k = len(kept)
    near, least, total = _nearest(gains, spans), _best_least(gains, spans), _best_sum(gains, spans)
    area = _unmet(gains, spans) if k == 2 else None
    only_two = "" if area is not None else "it is defined for two parties"
    return (
        _measure(names[0], of, near, note=note, squared=True),
        _measure(names[1], of, 1 - least, note=note),
        _measure(names[2], of, area, missing=only_two, note=note if area is not None else ""),
        _measure(names[3], of, (total - 1) / (k - 1), note=note),
        _measure(names[4], of, (k * least - 1) / (k - 1), note=note),
    )


def _measure(
    name: str,
    of: Sequence[str],
    value: Fraction | None,
    *,
    squared: bool = False,
    missing: str = "",
    note: str = "",
) -> Measure:
    potential = name in ("joint-gain", "equal-gain", "improvable")
    kind: Kind = "integrative potential" if potential else "opposition"
    return Measure(name, kind, _SAYS[name], tuple(of), value, squared, missing, note)


def _comparable(points: Points) -> tuple[list[int], str, str]:
    """The parties that can gain, a note on those that cannot, and why nothing can be said."""
    if not points.m:
        return [], "", "no package is at least as good as no deal for everyone"
    lacking = [p for p, known in zip(points.parties, points.cardinal, strict=True) if not known]
    if lacking:
        return [], "", f"{listed(lacking)} has given an order, no numbers"
    ideal = points.worths.max(axis=1).tolist()
    kept = [i for i, d in enumerate(points.reservations) if ideal[i] > d]
    out = [points.parties[i] for i in range(len(points.parties)) if i not in kept]
    if len(kept) < 2:
        return [], "", "fewer than two parties can gain anything over no deal"
    note = f"without {listed(out)}, who cannot gain anything over no deal" if out else ""
    if not points.exact:
        note = "; ".join(filter(None, [note, "from points near the frontier"]))
    return kept, note, ""


def _scaled(points: Points, kept: Sequence[int]) -> tuple[Worths, list[int]]:
    """The gains of the parties that can gain, and the most that each of them can."""
    gains = points.gains()[list(kept)]
    return gains, [int(top) for top in gains.max(axis=1)]


_ROUNDING = 1e-9
"""Far more, as a part of the best, than floats are off by here: what lies within is compared exactly."""


def _survivors(floats: NDArray[np.float64], best: float) -> NDArray[np.intp]:
    return np.flatnonzero(np.abs(floats - best) <= _ROUNDING * max(1.0, abs(best)))


def _parts(gains: Worths, spans: Sequence[int], k: int) -> list[Fraction]:
    return [Fraction(int(g), span) for g, span in zip(gains[:, k], spans, strict=True)]


def _floats(gains: Worths, spans: Sequence[int]) -> NDArray[np.float64]:
    return np.asarray(gains / np.array(spans, dtype=np.float64)[:, None])


def _nearest(gains: Worths, spans: Sequence[int]) -> Fraction:
    """The least squared distance from (1, …, 1)."""
    short = ((1 - _floats(gains, spans)) ** 2).sum(axis=0)
    near = np.unique(gains[:, _survivors(short, short.min())], axis=1)
    return min(sum((1 - g) ** 2 for g in _parts(near, spans, k)) + Fraction(0) for k in range(near.shape[1]))


def _best_least(gains: Worths, spans: Sequence[int]) -> Fraction:
    least = _floats(gains, spans).min(axis=0)
    near = np.unique(gains[:, _survivors(least, least.max())], axis=1)
    return max(min(_parts(near, spans, k)) for k in range(near.shape[1]))


def _best_sum(gains: Worths, spans: Sequence[int]) -> Fraction:
    total = _floats(gains, spans).sum(axis=0)
    near = np.unique(gains[:, _survivors(total, total.max())], axis=1)
    return max(sum(_parts(near, spans, k), Fraction(0)) for k in range(near.shape[1]))


def _unmet(gains: Worths, spans: Sequence[int]) -> Fraction:
    """The part of the rectangle of joint demands above the staircase of two parties' points."""
    order = np.lexsort(gains)  # by the second party's gain, ascending
    met, below = 0, 0
    for k in order.tolist():
        mine, other = int(gains[0, k]), int(gains[1, k])
        met += mine * (other - below)
        below = other
    return 1 - Fraction(met, spans[0] * spans[1])


def _opposed(parties: Sequence[str], worths: Worths) -> list[Measure]:
    from accordant.agreement.measures.pairs import all_compared

    found = []
    counted = all_compared(worths) if worths.shape[1] <= COUNTED else {}
    for i, j in combinations(range(len(parties)), 2):
        of = (parties[i], parties[j])
        if (i, j) not in counted:
            missing = f"pairs are counted for at most {COUNTED:,} packages"
            found.append(_measure("opposed-pairs", of, None, missing=missing))
            continue
        opposed, shared = counted[i, j]
        told = opposed + shared
        missing = "" if told else "there is no pair that both tell apart"
        value = Fraction(opposed, told) if told else None
        found.append(_measure("opposed-pairs", of, value, missing=missing))
    return found


def _peers(points: Points, worths: Worths) -> tuple[Measure, Measure]:
    """The figures of two other programs, under names that say what they are."""
    names = ("to-maxima", "to-maxima-at-greatest-sum")
    missing = ""
    lacking = [p for p, known in zip(points.parties, points.cardinal, strict=True) if not known]
    tops = [int(top) for top in worths.max(axis=1)]
    if lacking:
        missing = f"{listed(lacking)} has given an order, no numbers"
    elif min(tops) <= 0:
        missing = "worths are divided by each party's greatest, which has to be more than 0"
    if missing:
        first, second = (_measure(n, points.parties, None, missing=missing) for n in names)
        return first, second
    sums = np.sum([row / scale for row, scale in zip(worths, points.scales, strict=True)], axis=0)
    most = worths[:, np.abs(sums - sums.max()) <= _ROUNDING * max(1.0, np.abs(sums).max())]
    return (
        _measure(names[0], points.parties, _nearest(worths, tops), squared=True),
        _measure(names[1], points.parties, _nearest(_greatest_sums(most, points.scales), tops), squared=True),
    )


def _greatest_sums(worths: Worths, scales: Sequence[int]) -> Worths:
    """The distinct columns with the greatest sum of worths."""
    distinct = np.unique(worths, axis=1)
    sums = [
        sum((Fraction(int(w), scale) for w, scale in zip(column, scales, strict=True)), Fraction(0))
        for column in distinct.T
    ]
    return distinct[:, [total == max(sums) for total in sums]]


def _improvable(found: Efficient) -> Measure:
    of = found.bargain.parties
    if not found.rational:
        missing = "no package is at least as good as no deal for everyone"
        return _measure("improvable", of, None, missing=missing)
    better = found.rational - len(found.packages)
    note = f"{better:,} of {found.rational:,}"
    return _measure("improvable", of, Fraction(better, found.rational), note=note)
