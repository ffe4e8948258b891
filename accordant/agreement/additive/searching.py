"""What can be said where rules or conditions couple too many issues: by search, package by package.

Two parties: the whole frontier, point by point [1]_. The most that the first party can get; of that
the most for the second; then the same among packages that give the second party at least one more.
More parties: the packages of single lenses.

References
----------
.. [1] Y. Y. Haimes, L. S. Lasdon, D. A. Wismer, "On a bicriterion formulation of the problems of
   integrated system identification and system optimization", IEEE Transactions on Systems, Man, and
   Cybernetics 1 (1971) 296–297.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, lcm
from time import monotonic

import numpy as np

from accordant.agreement.additive.frontier import AdditiveFrontier
from accordant.agreement.additive.merging import Merged
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.programme import Certificate, Programme
from accordant.agreement.additive.rebuilding import Rebuilder
from accordant.agreement.bargain import Points
from accordant.agreement.picks import text
from accordant.errors import TooLargeError

SECONDS = 120.0
"""How long all searches for one answer may take together."""
MOST = 500
"""Most points of a frontier that are searched for."""


class NotProvedError(TooLargeError):
    """The search ended without proving that nothing is better."""


@dataclass(frozen=True, eq=False)
class SearchedFrontier(AdditiveFrontier):
    """A frontier of which one package for each point is known.

    Attributes
    ----------
    found
        The package of each point.
    certificates
        What the searches proved: for each point two of them, and that there is no further one.
    """

    found: tuple[Codes, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    def number(self, point: int) -> int:
        """One: others may be worth the same."""
        return 1

    def members(self, point: int, most: int | None = None) -> list[Codes]:
        """The package that was found."""
        return [self.found[point]]


@dataclass(eq=False)
class Search:
    """Searches for one answer, with the time that is left for them."""

    problem: Additive
    seconds: float = SECONDS
    done: list[Certificate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.programme = Programme(self.problem)
        self._until = monotonic() + self.seconds

    @property
    def least(self) -> list[int]:
        """What a package of ``X_d`` is worth at least."""
        return [int(x) for x in self.problem.floor]

    def best(self, weights: Mapping[int, int], least: Sequence[int]) -> Certificate:
        """The package with the largest weighted sum of worths, proved.

        Raises
        ------
        NotProvedError
            If time runs out, or the numbers are too large for the search to prove anything.
        """
        found = self.programme.best(weights, least, self.left())
        self.done.append(found)
        if not found.proved:
            raise NotProvedError(
                f"the search for a best package proved no more than that nothing is worth more than "
                f"{found.bound:.6g} in sum (found: {found.value}); fewer issues coupled by rules, or rounder "
                "numbers, would make it possible"
            )
        return found

    def left(self) -> float:
        """Seconds that are left."""
        return max(self._until - monotonic(), 0.1)


def searched(problem: Additive, seconds: float = SECONDS, most: int = MOST) -> SearchedFrontier:
    """The exact frontier of one or two parties by search.

    Raises
    ------
    NotProvedError
        If the search cannot prove that nothing is better.
    TooLargeError
        If there are more parties, or more than ``most`` points.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> found = searched(make_additive([[[0, 3], [2, 0]]] * 3, [2, 2], rules=["i1 or i2 or i3"]))
    >>> found.points.worths.tolist(), all(c.proved for c in found.certificates)
    ([[6, 3], [2, 4]], True)
    """
    if len(problem.parties) > 2:
        raise TooLargeError("a frontier is searched for where there are two parties")
    search, least = Search(problem, seconds), [int(x) for x in problem.floor]
    points: list[tuple[int, ...]] = []
    packages: list[Codes] = []
    while True:
        first = search.best({0: 1}, least)
        if first.codes is None or first.value is None:
            break
        last = len(problem.parties) - 1
        second = search.best({last: 1}, [first.value, *least[1:]])
        assert second.codes is not None
        worth = problem.worth(second.codes)
        points.append(worth[: last + 1])
        packages.append(second.codes)
        if not last:
            break
        if len(points) > most:
            raise TooLargeError(f"the frontier has more than {most:,} points, and each takes two searches")
        least[1] = worth[1] + 1
    worths = np.array(points, dtype=np.int64).reshape(-1, len(problem.parties)).T
    none = (0,) * len(problem.parties)
    made = Merged(problem, (), (), (len(points),), none)
    exact = Points(
        problem.parties,
        np.ascontiguousarray(worths),
        problem.scales,
        problem.reservations,
        problem.cardinal,
        None,
        none,
    )
    return SearchedFrontier(problem, exact, made, Rebuilder((), (), ()), tuple(packages), tuple(search.done))


# Single lenses


@dataclass(frozen=True, slots=True)
class Single:
    """One package that attains a lens, and what was proved of it."""

    codes: Codes
    compared: str
    proof: str


def utilitarian(
    problem: Additive, weights: Sequence[Fraction] | None = None, seconds: float = SECONDS
) -> Single | None:
    """A package with the largest weighted sum of worths; None where ``X_d`` is empty."""
    search = Search(problem, seconds)
    shares = [
        w / s for w, s in zip(weights or [Fraction(1)] * len(problem.parties), problem.scales, strict=True)
    ]
    factor = lcm(*(s.denominator for s in shares))
    found = search.best({p: int(s * factor) for p, s in enumerate(shares)}, search.least)
    if found.codes is None or found.value is None:
        return None
    return Single(found.codes, f"the sum of worths, {text(Fraction(found.value, factor))}", _proof(search))


def egalitarian(
    problem: Additive, weights: Sequence[Fraction] | None = None, seconds: float = SECONDS
) -> Single | None:
    """A package whose gains, divided by the weights, are the largest by leximin; None where there is none."""
    shares = [
        w * s for w, s in zip(weights or [Fraction(1)] * len(problem.parties), problem.scales, strict=True)
    ]
    return _leximin(Search(problem, seconds), shares, "gains")


def kalai_smorodinsky(problem: Additive, seconds: float = SECONDS) -> Single | None:
    """A package whose shares of the ideal gains are the largest by leximin; None where there is none.

    A party whose ideal is what no deal is worth is left out.
    """
    search = Search(problem, seconds)
    ranges = []
    for p, d in enumerate(problem.reservations):
        ideal = search.best({p: 1}, search.least)
        if ideal.value is None:
            return None
        ranges.append(Fraction(ideal.value - d))
    return _leximin(search, ranges, "shares of the ideal gains")


def _leximin(search: Search, ratios: Sequence[Fraction], what: str) -> Single | None:
    """The package whose smallest ratio is largest, then the second smallest, and so on."""
    among = tuple(p for p, r in enumerate(ratios) if r > 0)
    found = _Ladder(search, ratios).climb(among, search.least)
    if found is None:
        return None
    values = ", ".join(f"{search.problem.parties[p]} {text(v)}" for p, v in found[1].items())
    return Single(found[0], f"the smallest {what}, then the next: {values}", _proof(search))


@dataclass(frozen=True, eq=False)
class _Ladder:
    """Leximin by search: raise the smallest ratio as far as it goes, then try each party as the one at it."""

    search: Search
    ratios: Sequence[Fraction]

    def climb(self, free: tuple[int, ...], least: list[int]) -> tuple[Codes, dict[int, Fraction]] | None:
        if not free:
            every = dict.fromkeys(range(len(self.search.problem.parties)), 1)
            found = self.search.best(every, least)
            return None if found.codes is None else (found.codes, self.levels(found.codes))
        level = self._highest(free, least)
        if level is None:
            return None
        held = list(least)
        for p in free:
            held[p] = max(held[p], ceil(self._at(p, level)))
        ends = [self.climb(tuple(p for p in free if p != j), held) for j in free]
        return max((e for e in ends if e is not None), key=lambda e: sorted(e[1].values()))

    def levels(self, codes: Codes) -> dict[int, Fraction]:
        worth = self.search.problem.worth(codes)
        d = self.search.problem.reservations
        return {p: (worth[p] - d[p]) / r for p, r in enumerate(self.ratios) if r > 0}

    def _at(self, party: int, level: Fraction) -> Fraction:
        return self.search.problem.reservations[party] + level * self.ratios[party]

    def _highest(self, free: tuple[int, ...], least: list[int]) -> Fraction | None:
        """The largest level that all free parties can have at once: no search finds a higher one."""
        factor = lcm(*(r.denominator for r in self.ratios))
        ratios = [int(r * factor) for r in self.ratios]
        problem = self.search.problem
        # a good start, not relied on: the searches after it prove
        found = self.search.programme.equal(ratios, problem.reservations, free, least, self.search.left())
        if found.codes is None:
            found = self.search.best({free[0]: 1}, least)
        level = None
        while found.codes is not None:
            levels = self.levels(found.codes)
            level = min(levels[p] for p in free)
            more = list(least)
            for p in free:
                more[p] = max(more[p], floor(self._at(p, level)) + 1)
            found = self.search.best(dict.fromkeys(free, 1), more)
        return level


def _proof(search: Search) -> str:
    nodes = sum(c.nodes for c in search.done)
    widest = max((c.bound - c.value for c in search.done if c.value is not None), default=0.0)
    return (
        f"Proved by {len(search.done)} searches over {nodes:,} branches: worths are whole numbers, and the "
        f"bound of each is less than 1 above what was found (at most {max(widest, 0.0):.2g}). The package "
        "was worked out again without the search. It is one that attains the lens; others may as well."
    )
