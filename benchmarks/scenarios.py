"""Packages to compare programs on: what each value of each issue is worth to each party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from accordant.case.objects import Case

SEED = 20240130

Tables = list[list[list[int]]]
"""By party, issue and value."""


@dataclass(frozen=True)
class Scenario:
    """Whole-number worths that add up over the issues, and what no deal is worth to each party."""

    tables: Tables
    reservations: list[int]


def additive(parties: int, issues: int, top: int, values: int = 10) -> Scenario:
    """Each value of each issue worth anything up to ``top``; no deal is worth a quarter of the most."""
    rng = np.random.default_rng(SEED)
    tables: Tables = rng.integers(0, top, (parties, issues, values)).tolist()
    return Scenario(tables, [sum(max(table) for table in of_party) // 4 for of_party in tables])


def all_efficient(parties: int, packages: int) -> Scenario:
    """One issue: a million is shared out in different ways, so that no package dominates another."""
    rng = np.random.default_rng(SEED)
    shares = rng.exponential(size=(packages, parties))
    worths = np.floor(shares / shares.sum(axis=1, keepdims=True) * 1_000_000).astype(np.int64)
    worths[:, -1] = 1_000_000 - worths[:, :-1].sum(axis=1)
    return Scenario([[column.tolist()] for column in worths.T], [0] * parties)


def zero_sum(packages: int) -> Scenario:
    """One issue: what one party gains the other loses."""
    return Scenario([[list(range(packages))], [list(range(packages, 0, -1))]], [0, 0])


def case_of(given: Scenario) -> Case:
    """The same as a case: joint issues, worths and reservations."""
    from accordant.case.objects import Case

    parties = [f"p{k}" for k in range(len(given.tables))]
    values = {f"i{k}": [f"v{v}" for v in range(len(table))] for k, table in enumerate(given.tables[0])}
    preferences = {
        party: {
            "worth": {
                i: dict(zip(values[i], map(str, t), strict=True)) for i, t in zip(values, tables, strict=True)
            },
            "reservation": str(least),
        }
        for party, tables, least in zip(parties, given.tables, given.reservations, strict=True)
    }
    return Case.model_validate(
        {
            "title": "benchmark",
            "parties": {party: {} for party in parties},
            "issues": {i: {"by": {"joint": parties}, "values": names} for i, names in values.items()},
            "status_quo": {i: names[0] for i, names in values.items()},
            "preferences": preferences,
        }
    )


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "1e5x2": lambda: additive(2, 5, 10_000),
    "1e6x2": lambda: additive(2, 6, 10_000),
    "1e6x2-wide": lambda: additive(2, 6, 10**12),
    "1e6x3": lambda: additive(3, 6, 10_000),
    "1e6x4": lambda: additive(4, 6, 10_000),
    "1e7x2": lambda: additive(2, 7, 10_000),
    "all-3": lambda: all_efficient(3, 20_000),
    "all-4": lambda: all_efficient(4, 20_000),
    "all-5": lambda: all_efficient(5, 20_000),
    "all-many-3": lambda: all_efficient(3, 200_000),
    "all-many-5": lambda: all_efficient(5, 200_000),
    "zero-sum": lambda: zero_sum(30_000),
    "zero-sum-large": lambda: zero_sum(1_000_000),
}
