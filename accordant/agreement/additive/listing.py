"""Which of very many packages are looked at one by one, and what they are called.

Proposals, what would be better than them, small changes to those that somebody refuses, what the
lenses pick, and some of the efficient packages along the frontier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from accordant.agreement.additive.frontier import AdditiveFrontier
from accordant.agreement.additive.problem import Additive, Codes, Rows
from accordant.case.objects import Case
from accordant.model.listed import ListedCompiler, named_rows

MOST_CHANGES = 400
"""Most changes to one proposal that are looked at."""


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


def changes(problem: Additive, codes: Codes) -> tuple[list[Codes], bool]:
    """The smallest changes to a package that lead into ``X_d``, and whether they are all of them.

    One issue where that is enough, otherwise two; fewest steps first.
    """
    for size in (1, 2):
        if size > len(problem.issues):
            break
        rows = _changed(problem, codes, size)
        rows = rows[problem.rationals(rows)] if len(rows) else rows
        if len(rows):
            steps = np.abs(rows - np.array(codes)).sum(axis=1)
            order = np.argsort(steps, kind="stable")[:MOST_CHANGES]
            return [tuple(int(c) for c in row) for row in rows[order]], len(rows) <= MOST_CHANGES
    return [], True


def _changed(problem: Additive, codes: Sequence[int], size: int) -> Rows:
    """Every package that differs in so many issues; none where they would be too many."""
    others = [[v for v in range(n) if v != codes[k]] for k, n in enumerate(problem.shape)]
    blocks = []
    for issues in combinations(range(len(codes)), size):
        grids = np.meshgrid(*(np.array(others[k], dtype=np.int64) for k in issues), indexing="ij")
        block = np.tile(np.array(codes, dtype=np.int64), (grids[0].size, 1))
        for k, grid in zip(issues, grids, strict=True):
            block[:, k] = grid.ravel()
        blocks.append(block)
    return np.concatenate(blocks)
