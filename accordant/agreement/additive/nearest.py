"""Where no package is worth no deal to everybody: the packages that come closest, and who blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from accordant.agreement.additive.frontier import frontier
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.bargain import Worths
from accordant.agreement.picks import text
from accordant.errors import TooLargeError

SHOWN = 12
"""Most packages shown that come closest."""


@dataclass(frozen=True, slots=True)
class Near:
    """A package that fewest parties refuse, and among these the one that falls least short in all."""

    codes: Codes
    refused_by: tuple[str, ...]
    better_for: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes closest.

    Attributes
    ----------
    blocking
        The smallest sets of parties that refuse a package, of those that no other set is part of.
    """

    packages: tuple[Near, ...]
    blocking: tuple[tuple[str, ...], ...]


def floorless(problem: Additive) -> Additive:
    """The problem with nothing that a package must be worth to the parties."""
    least = np.array([t.min(axis=1) for t in problem.tables], dtype=np.int64).sum(axis=0)
    for addition in problem.additions:
        least = least + np.minimum(np.array(addition.worths, dtype=np.int64), 0)
    return replace(problem, reservations=tuple(int(x) for x in least[: len(problem.parties)]))


@lru_cache(maxsize=8)
def nearest(problem: Additive) -> Nearest:
    """The packages that come closest to being worth no deal to everybody.

    A package that another dominates is refused by no fewer parties, so that the frontier without
    reservations shows them all.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> found = nearest(make_additive([[[0, 3], [2, 0]]] * 3, [7, 5]))
    >>> [(near.refused_by, near.says) for near in found.packages], found.blocking
    ([(('p2',), ('p2 is short by 5',)), (('p1',), ('p1 is short by 7',))], (('p1',), ('p2',)))
    """
    try:
        found = frontier(floorless(problem))
    except TooLargeError:
        return Nearest((), ())
    gains: Worths = found.points.worths - np.array(problem.reservations, dtype=np.int64)[:, None]
    if not found.points.m:
        return Nearest((), ())
    refused = gains < 0
    sets = {frozenset(np.flatnonzero(column).tolist()) for column in refused.T}
    least = sorted((s for s in sets if not any(t < s for t in sets)), key=lambda s: (len(s), sorted(s)))
    fewest = np.flatnonzero(refused.sum(axis=0) == refused.sum(axis=0).min())
    order = fewest[np.argsort(-np.minimum(gains[:, fewest], 0).sum(axis=0), kind="stable")][:SHOWN]
    parties = problem.parties
    packages = tuple(
        Near(
            found.members(int(k), 1)[0],
            tuple(p for p, g in zip(parties, gains[:, k], strict=True) if g < 0),
            tuple(p for p, g in zip(parties, gains[:, k], strict=True) if g > 0),
            _short(problem, gains[:, k].tolist()),
        )
        for k in order
    )
    return Nearest(packages, tuple(tuple(parties[i] for i in sorted(s)) for s in least))


def _short(problem: Additive, gains: list[int]) -> tuple[str, ...]:
    """By how much a package falls short of no deal, in the numbers of the case."""
    said = []
    for p, gain, scale, number in zip(problem.parties, gains, problem.scales, problem.cardinal, strict=True):
        if gain < 0:
            said.append(f"{p} is short by {text(Fraction(-gain, scale))}" if number else f"{p} likes it less")
    return tuple(said)
