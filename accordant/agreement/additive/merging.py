"""The Pareto frontier of sums of worths, issue by issue, without listing a package.

The frontier of a sum is the frontier of the sum of the frontiers: chains of coupled issues
(:mod:`accordant.agreement.additive.chains`) are added one after the other, and after each what is
dominated is dropped. What cannot reach ``X_d``, even with the most that the chains to come can add
to each party, is dropped as well: whatever dominates it reaches at least as far. All ties are kept:
a package is part of the answer by its worths, and its values are found again when they are asked for
(:mod:`accordant.agreement.additive.rebuilding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.agreement.additive.chains import Chain, TooCoupledError, chain, keeper
from accordant.agreement.additive.grouping import Group, grouped
from accordant.agreement.additive.kernels import Rows, candidates, maxima, merge
from accordant.agreement.additive.problem import Additive
from accordant.agreement.additive.thinning import Budget
from accordant.errors import TooLargeError
from accordant.model.growth import components

MOST = 400_000
"""Most points of a frontier of three parties, or of what is merged on the way to it."""
MOST_OF_MANY = 60_000
"""Most points where there are more parties: to tell dominated ones takes longer."""
SUMS = 100_000_000
"""Most sums that one merge looks at."""


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
    near
        Whether packages that give some party less than the slack more than no deal may be missing.
    """

    problem: Additive
    chains: tuple[Chain | Group, ...]
    layers: tuple[Rows, ...]
    sizes: tuple[int, ...]
    slack: tuple[int, ...]
    near: bool = False


def merged(problem: Additive, epsilon: Fraction | None = None, most: int | None = None) -> Merged:
    """Add the chains of a problem up.

    Parameters
    ----------
    epsilon
        The share of each party's range of worths that may be given up; None for nothing.
    most
        Most points on the way; by default :data:`MOST`, or :data:`MOST_OF_MANY`.

    Raises
    ------
    TooCoupledError
        If rules or conditions couple too many issues.
    FrontierTooLargeError
        If there would be more than ``most`` points.
    """
    chains = chains_of(problem)
    if any(not len(c.rows) for c in chains):
        return _nothing(problem, chains)
    if most is None:
        most = MOST if len(problem.floor) <= 3 else MOST_OF_MANY
    try:
        return _added(problem, chains, epsilon, most)
    except FrontierTooLargeError:
        if epsilon is None or problem.voices:
            raise
        return _added(problem, chains, epsilon, most, near=True)


def _added(
    problem: Additive, chains: Sequence[Chain], epsilon: Fraction | None, most: int, *, near: bool = False
) -> Merged:
    """Add chains up; ``near`` gives up the packages near no deal as well."""
    k, columns = len(problem.parties), len(problem.floor)
    nothing = np.zeros((1, columns), dtype=np.int64)
    fronts = [maxima(c.rows) if columns > k else c.rows for c in chains]
    highs = np.array([f.max(axis=0) for f in fronts], dtype=np.int64).reshape(-1, columns)
    lows = np.array([f.min(axis=0) for f in fronts], dtype=np.int64).reshape(-1, columns)
    budget = Budget.of(problem, epsilon, highs.sum(axis=0), lows.sum(axis=0))
    parts: list[Chain | Group] = list(chains)
    if near:
        parts = list(grouped(chains, budget))
        fronts = [part.rows for part in parts]
        highs, lows = (
            np.array([pick(f, axis=0) for f in fronts], dtype=np.int64) for pick in (np.max, np.min)
        )
    high, low = highs.sum(axis=0), lows.sum(axis=0)
    rows, layers, sizes = nothing, [nothing[:, :k]], [1]
    for at, front in enumerate(fronts):
        high, low = high - highs[at], low - lows[at]
        if len(rows) * len(front) > SUMS:
            raise FrontierTooLargeError(_too_many(problem, len(rows), at, len(fronts), epsilon))
        if near and at:
            sums = candidates(rows, front, problem.floor - high)
            rows = budget.cut(sums, len(fronts) - at)
        else:
            rows = merge(rows, front, problem.floor - high)
        if columns > k:
            rows = _capped(rows, k, problem.floor - low)
        if not near:
            rows = budget.thinned(rows, problem.floor - low, len(chains) - at)
        if not len(rows):
            return _nothing(problem, chains)
        if len(rows) > most and at + 1 < len(fronts):
            raise FrontierTooLargeError(_too_many(problem, len(rows), at + 1, len(fronts), epsilon))
        layers.append(rows if columns == k else np.unique(rows[:, :k], axis=0)[::-1].copy())
        sizes.append(len(rows))
    return Merged(problem, tuple(parts), tuple(layers), tuple(sizes), budget.spent, near)


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


def _nothing(problem: Additive, chains: Sequence[Chain]) -> Merged:
    empty = np.zeros((0, len(problem.parties)), dtype=np.int64)
    layers = (np.zeros((1, len(problem.parties)), dtype=np.int64), *(empty for _ in chains))
    none = (0,) * len(problem.parties)
    return Merged(problem, tuple(chains), layers, (1, *(0 for _ in chains)), none)


def _too_many(problem: Additive, found: int, done: int, of: int, epsilon: Fraction | None) -> str:
    ask = (
        "a coarser approximation"
        if epsilon
        else "an approximation (--approx 0.05), which says what it gives up"
    )
    return (
        f"the frontier of {len(problem.parties)} parties grows to {found:,} points after {done} of {of} "
        f"groups of issues; ask for {ask}"
    )


__all__ = ["Chain", "FrontierTooLargeError", "Merged", "TooCoupledError", "chains_of", "merged"]
