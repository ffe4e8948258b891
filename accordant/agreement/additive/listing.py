"""Which of very many packages are looked at one by one, and what they are called.

Proposals, what would be better than them, small changes to those that somebody refuses, what the
lenses pick, and some of the efficient packages along the frontier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.additive.frontier import AdditiveFrontier
from accordant.agreement.additive.problem import Additive, Codes, Rows
from accordant.agreement.levers import LARGEST
from accordant.case.objects import Case
from accordant.model.listed import ListedCompiler, landing_row, named_rows
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable

MOST_CHANGES = 400
"""Most changes of one size to one proposal that are put into words."""
LOOKED_AT = 5_000_000
"""Most changes of one size that are looked at."""
KEPT = 20_000
"""Most changes of one size that everybody would accept and that are kept."""


@dataclass(eq=False)
class Listing:
    """Packages with their names, in the order in which they are added.

    Attributes
    ----------
    names
        A name for each package: that of the case where it has one, ``e1``, ``e2``, … for others.
    """

    case: Case
    names: dict[Codes, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    @staticmethod
    def of(case: Case) -> Listing:
        """The packages that the case names."""
        names: dict[Codes, str] = {}
        for name, row in named_rows(case):
            names.setdefault(row, name)
        return Listing(case, names, frozenset(names.values()))

    def add(self, packages: Iterable[Codes]) -> list[str]:
        """Give names to packages that are not listed yet; the names of all of them."""
        found = []
        for codes in packages:
            if codes not in self.names:
                number = sum(name.startswith("e") and name[1:].isdigit() for name in self.names.values()) + 1
                while f"e{number}" in self.given:
                    number += 1
                self.names[codes] = f"e{number}"
            found.append(self.names[codes])
        return found

    def call(self, codes: Codes, name: str) -> None:
        """Give a package a name of its own, unless it has one."""
        self.names.setdefault(codes, name)

    def values(self, codes: Codes) -> dict[str, str]:
        """The value of every issue of a package."""
        return {i: issue.values[c] for (i, issue), c in zip(self.case.issues.items(), codes, strict=True)}

    def compiler(self) -> ListedCompiler:
        """The case over these packages alone."""
        return ListedCompiler(self.case, {name: codes for codes, name in self.names.items()})


def along(found: AdditiveFrontier, most: int) -> list[Codes]:
    """One package each of some points, evenly along the frontier; all points where they are few."""
    m = found.points.m
    numbers = range(m) if m <= most else sorted({round(k * (m - 1) / (most - 1)) for k in range(most)})
    return [found.members(k, 1)[0] for k in numbers]


def better(found: AdditiveFrontier, codes: Codes) -> Codes | None:
    """An efficient package that dominates one that is in ``X_d``."""
    return found.certificate(codes) if found.problem.rational(codes) else None


@dataclass(frozen=True, slots=True)
class Changes:
    """Small changes to a package that would make it an agreement.

    Attributes
    ----------
    packages
        Those of fewest steps.
    number
        How many of the smallest size there are; None where not every change was looked at.
    all_named
        Whether ``packages`` are all of them.
    """

    packages: tuple[Codes, ...]
    number: int | None
    all_named: bool


def changes(
    problem: Additive,
    codes: Sequence[int],
    allowed: Sequence[NDArray[np.bool_]] | None = None,
    *,
    every_size: bool = False,
) -> Changes:
    """The smallest changes to a package that make it an agreement, fewest steps first.

    One issue where that is enough, otherwise two; with ``every_size`` both.

    Parameters
    ----------
    problem
        Sums that compare as acceptance does.
    allowed
        For each issue the values that it may take; all where it is left out.
    """
    packages: list[Codes] = []
    number, complete, named = 0, True, True
    for size in range(1, min(LARGEST, len(codes)) + 1):
        rows, whole = near(problem, codes, size, allowed)
        complete = complete and whole
        named = named and whole and len(rows) <= MOST_CHANGES
        number = number or len(rows)
        packages += [tuple(row) for row in rows[:MOST_CHANGES].tolist()]
        if len(rows) and not every_size:
            break
    return Changes(tuple(packages), number if complete else None, named)


def permitted(case: Case) -> list[NDArray[np.bool_]] | None:
    """For each issue the values that its moves permit from the status quo; None without one."""
    start = None if case.status_quo is None else landing_row(case, {})
    if start is None:
        return None
    return [
        np.asarray(reachable(issue_direction(issue))[at])
        for at, issue in zip(start, case.issues.values(), strict=True)
    ]


def near(
    problem: Additive,
    codes: Sequence[int],
    size: int,
    allowed: Sequence[NDArray[np.bool_]] | None = None,
) -> tuple[Rows, bool]:
    """The agreements that differ from a package in so many issues, and whether they are all there.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> rows, complete = near(make_additive([[[0, 3], [2, 0]]] * 3, [3, 2]), [0, 0, 0], 1)
    >>> rows.tolist(), complete
    ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], True)
    """
    others = [[v for v in range(n) if v != codes[k]] for k, n in enumerate(problem.shape)]
    kept = [k for k in range(len(codes)) if allowed is None or allowed[k][codes[k]]]
    stuck = len(codes) - len(kept)  # values of the package that the moves do not permit have to change
    if allowed is not None:
        others = [[v for v in values if allowed[k][v]] for k, values in enumerate(others)]
    blocks, looked = [np.zeros((0, len(codes)), dtype=np.int64)], 0
    whole = True
    for issues in combinations(range(len(codes)), size):
        if stuck and stuck > sum(k not in kept for k in issues):
            continue
        looked += prod(len(others[k]) for k in issues)
        if looked > LOOKED_AT:
            whole = False
            break
        grids = np.meshgrid(*(np.array(others[k], dtype=np.int64) for k in issues), indexing="ij")
        block = np.tile(np.array(codes, dtype=np.int64), (grids[0].size, 1))
        for k, grid in zip(issues, grids, strict=True):
            block[:, k] = grid.ravel()
        blocks.append(block[problem.gaining(block)])
    rows = np.concatenate(blocks)
    steps = np.abs(rows - np.array(codes)).sum(axis=1)
    return rows[np.argsort(steps, kind="stable")[:KEPT]], whole and len(rows) <= KEPT
