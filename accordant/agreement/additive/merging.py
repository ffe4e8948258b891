"""The Pareto frontier of sums of worths, issue by issue, without listing a package.

The frontier of a sum is the frontier of the sum of the frontiers: chains of coupled issues
(:mod:`accordant.agreement.additive.chains`) are added one after the other, and after each what is
dominated is dropped. What cannot reach ``X_d``, even with the most that the chains to come can add
to each party, is dropped as well: whatever dominates it reaches at least as far. All ties are kept:
a package is part of the answer by its worths, and its values are found again when they are asked for
(:mod:`accordant.agreement.additive.rebuilding`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.agreement.additive.chains import Chain, TooCoupledError, chain, keeper
from accordant.agreement.additive.kernels import Rows, maxima, merge
from accordant.agreement.additive.problem import Additive
from accordant.agreement.additive.thinning import Budget
from accordant.errors import TooLargeError
from accordant.model.growth import components

MOST = 400_000
"""Most points of a frontier, or of what is merged on the way to it."""


class FrontierTooLargeError(TooLargeError):
    """The exact frontier has too many points; an approximation says how good it is."""


@dataclass(frozen=True, eq=False)
class Merged:
    """How a frontier was made.

    Attributes
    ----------
    chains
        In the order in which they are added.
    layers
        After each of them the worths reached, shape (n, parties), largest first; the first is a zero.
    sizes
        Their number, voices told apart.
    slack
        What was given up for each party, all zero where nothing was.
    """

    problem: Additive
    chains: tuple[Chain, ...]
    layers: tuple[Rows, ...]
    sizes: tuple[int, ...]
    slack: tuple[int, ...]


def merged(problem: Additive, epsilon: Fraction | None = None, most: int = MOST) -> Merged:
    """Add the chains of a problem up.

    Parameters
    ----------
    epsilon
        The share of each party's range of worths that may be given up; None for nothing.
    most
        Most points on the way.

    Raises
    ------
    TooCoupledError
        If rules or conditions couple too many issues.
    FrontierTooLargeError
        If there would be more than ``most`` points.
    """
    k, columns = len(problem.parties), len(problem.floor)
    chains = chains_of(problem)
    nothing = np.zeros((1, columns), dtype=np.int64)
    if any(not len(c.rows) for c in chains):
        return _nothing(problem, chains)
    fronts = [maxima(c.rows) if columns > k else c.rows for c in chains]
    highs = np.array([f.max(axis=0) for f in fronts], dtype=np.int64).reshape(-1, columns)
    lows = np.array([f.min(axis=0) for f in fronts], dtype=np.int64).reshape(-1, columns)
    budget = Budget.of(problem, epsilon, highs.sum(axis=0), lows.sum(axis=0))
    high, low = highs.sum(axis=0), lows.sum(axis=0)
    rows, layers, sizes = nothing, [nothing[:, :k]], [1]
    for at, front in enumerate(fronts):
        high, low = high - highs[at], low - lows[at]
        rows = merge(rows, front, problem.floor - high)
        if columns > k:
            rows = _capped(rows, k, problem.floor - low)
        rows = budget.thinned(rows, problem.floor - low, len(chains) - at)
        if not len(rows):
            return _nothing(problem, chains)
        if len(rows) > most and at + 1 < len(fronts):
            raise FrontierTooLargeError(_too_many(problem, len(rows), at + 1, len(fronts), epsilon))
        layers.append(rows if columns == k else np.unique(rows[:, :k], axis=0)[::-1].copy())
        sizes.append(len(rows))
    return Merged(problem, tuple(chains), tuple(layers), tuple(sizes), budget.spent)


def chains_of(problem: Additive) -> list[Chain]:
    """The chains of a problem, those that tell most packages apart first."""
    columns = len(problem.floor)
    keep = keeper(len(problem.parties), columns)
    most = np.array([t.max(axis=1) for t in problem.tables], dtype=np.int64).reshape(-1, columns).sum(axis=0)
    for addition in problem.additions:
        most = most + np.maximum(np.array(addition.worths, dtype=np.int64), 0)
    made = []
    for issues in components(problem.product):
        own = sum((problem.tables[i].max(axis=1) for i in issues), start=np.zeros(columns, dtype=np.int64))
        names = {problem.issues[i] for i in issues}
        for addition in problem.additions:
            if addition.names <= names:
                own = own + np.maximum(np.array(addition.worths, dtype=np.int64), 0)
        made.append(chain(problem, issues, most - own, keep))
    return sorted(made, key=_spread, reverse=True)


def _spread(found: Chain) -> int:
    """How far the worths of a chain lie apart: what is merged last should add little."""
    return int((found.rows.max(axis=0) - found.rows.min(axis=0)).sum()) if len(found.rows) else 0


def _capped(rows: Rows, parties: int, enough: Rows) -> Rows:
    """Voices that will not refuse whatever comes are all alike."""
    capped = rows.copy()
    capped[:, parties:] = np.minimum(rows[:, parties:], enough[parties:])
    return maxima(capped)


def _nothing(problem: Additive, chains: list[Chain]) -> Merged:
    empty = np.zeros((0, len(problem.parties)), dtype=np.int64)
    layers = (np.zeros((1, len(problem.parties)), dtype=np.int64), *(empty for _ in chains))
    none = (0,) * len(problem.parties)
    return Merged(problem, tuple(chains), layers, (1, *(0 for _ in chains)), none)


def _too_many(problem: Additive, found: int, done: int, of: int, epsilon: Fraction | None) -> str:
    ask = "a coarser approximation" if epsilon else "an approximation, which says what it gives up at most"
    return (
        f"the frontier of {len(problem.parties)} parties grows to {found:,} points after {done} of {of} "
        f"groups of issues; ask for {ask}"
    )


__all__ = ["Chain", "FrontierTooLargeError", "Merged", "TooCoupledError", "chains_of", "merged"]
