"""Coupled issues, merged one after the other: the worths that they can add up to together.

Issues that rules or conditions link make one *chain*; an issue that nothing links is a chain of its
own. Going along the chain, partial packages are kept apart by what they leave of the rules and
conditions that are not yet decided (:mod:`accordant.agreement.additive.residual`): two that leave
the same can be continued in the same ways, so that a dominated one is never needed [1]_.

References
----------
.. [1] U. Bertelè, F. Brioschi, *Nonserial Dynamic Programming*, Academic Press 1972.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.additive.kernels import Rows, find, maxima
from accordant.agreement.additive.problem import Additive
from accordant.agreement.additive.residual import Left, settle
from accordant.errors import TooLargeError

KEYS = 20_000
"""Most things that may be left of the rules at once; beyond it the issues are too closely coupled."""
ROWS = 4_000_000
"""Most sums that one step along a chain may look at."""

Key = tuple[Left, ...]
Step = tuple[int, int, int, Rows]
"""Number of what was left before, value, number of what is left after, worths gained."""


class TooCoupledError(TooLargeError):
    """Rules or conditions link so many issues that merging them would list too much."""


@dataclass(eq=False)
class Chain:
    """Issues that are coupled with each other and with no others.

    Attributes
    ----------
    issues
        Their numbers, in the order in which they are merged.
    layers
        After each of them, for each thing that is left of the rules, the distinct worths reached
        that may be part of an efficient package.
    steps
        How each layer is reached from the one before.
    """

    issues: tuple[int, ...]
    layers: list[list[Rows]]
    steps: list[list[Step]]
    _counts: dict[tuple[int, int, bytes], int] = field(default_factory=dict)

    @property
    def rows(self) -> Rows:
        """The worths that the chain can add up to; none where its rules exclude each other."""
        return self.layers[-1][0]

    def count(self, row: Rows) -> int:
        """In how many ways the issues can be settled to be worth exactly that."""
        return self._count(len(self.issues), 0, row)

    def settlements(self, row: Rows) -> Iterator[tuple[int, ...]]:
        """Each of these ways: the value of each issue of the chain."""
        return self._settle(len(self.issues), 0, row)

    def used(self, rows: Rows) -> set[tuple[int, int]]:
        """Issues and values that occur in the ways to be worth some rows."""
        found: set[tuple[int, int]] = set()
        wanted = {(0, row.tobytes()) for row in rows}
        for depth in range(len(self.issues), 0, -1):
            earlier: set[tuple[int, bytes]] = set()
            for key, row in wanted:
                for old, value, rest in self._before(depth, key, np.frombuffer(row, dtype=np.int64)):
                    found.add((self.issues[depth - 1], value))
                    earlier.add((old, rest.tobytes()))
            wanted = earlier
        return found

    def _before(self, depth: int, key: int, row: Rows) -> Iterator[tuple[int, int, Rows]]:
        for old, value, new, gain in self.steps[depth - 1]:
            if new == key:
                rest = row - gain
                if find(self.layers[depth - 1][old], rest) >= 0:
                    yield old, value, rest

    def _count(self, depth: int, key: int, row: Rows) -> int:
        if depth == 0:
            return 1
        at = (depth, key, row.tobytes())
        if at not in self._counts:
            before = self._before(depth, key, row)
            self._counts[at] = sum(self._count(depth - 1, old, rest) for old, _, rest in before)
        return self._counts[at]

    def _settle(self, depth: int, key: int, row: Rows) -> Iterator[tuple[int, ...]]:
        if depth == 0:
            yield ()
            return
        for old, value, rest in self._before(depth, key, row):
            for first in self._settle(depth - 1, old, rest):
                yield (*first, value)


Keep = Callable[[Rows], Rows]


def keeper(parties: int, columns: int) -> Keep:
    """What picks the rows that may be part of an efficient package.

    Without voices these are the undominated rows. With voices, equal worths for the parties stay
    apart by what they are worth to the voices, since either may be the one that is not refused.
    """
    if parties == columns:
        return maxima

    def keep(rows: Rows) -> Rows:
        rows = np.unique(rows, axis=0)[::-1]
        beaten = np.zeros(len(rows), dtype=bool)
        for row in maxima(rows):  # whatever is beaten is beaten by an undominated row
            beaten |= (row >= rows).all(axis=1) & (row[:parties] != rows[:, :parties]).any(axis=1)
        return np.ascontiguousarray(rows[~beaten])

    return keep


def chain(problem: Additive, issues: list[int], above: Rows, keep: Keep) -> Chain:
    """Merge issues that are coupled.

    Parameters
    ----------
    problem
        The whole of it.
    issues
        Numbers of the issues, in the order in which rules are finished early.
    above
        The most that all other issues can add for each column: what cannot reach ``X_d`` is dropped.
    keep
        From :func:`keeper`.

    Raises
    ------
    TooCoupledError
        If that would list too much.
    """
    names = {problem.issues[k] for k in issues}
    rules = [r for r in problem.rules if r.names and r.names <= names]
    additions = [a for a in problem.additions if a.names and a.names <= names]
    gains = np.array([a.worths for a in additions], dtype=np.int64).reshape(-1, len(problem.floor))
    start: Key = (*(r.tree for r in rules), *(a.tree for a in additions))
    more = np.array([problem.tables[k].max(axis=1) for k in issues], dtype=np.int64)
    rest = above + np.maximum(gains, 0).sum(axis=0) + more.sum(axis=0)
    keys = [start]
    layers: list[list[Rows]] = [[np.zeros((1, len(problem.floor)), dtype=np.int64)]]
    steps: list[list[Step]] = []
    for position, k in enumerate(issues):
        rest = rest - more[position]
        walk = _Walk(problem, k, len(rules), gains)
        keys, made = walk.step(keys)
        rows, taken = _reached(layers[-1], made, len(keys), problem.floor - rest, keep)
        layers.append(rows)
        steps.append(taken)
    if not keys:
        layers[-1] = [np.zeros((0, len(problem.floor)), dtype=np.int64)]
    return Chain(tuple(issues), layers, steps)


@dataclass(frozen=True, eq=False)
class _Walk:
    """One issue: what it leaves of each key, and what it adds."""

    problem: Additive
    issue: int
    rules: int
    gains: NDArray[np.int64]

    def step(self, keys: list[Key]) -> tuple[list[Key], list[Step]]:
        number: dict[Key, int] = {}
        steps: list[Step] = []
        table = self.problem.tables[self.issue]
        for old, key in enumerate(keys):
            for value in range(table.shape[1]):
                left, added = self._after(key, value)
                if left is not None:
                    new = number.setdefault(left, len(number))
                    steps.append((old, value, new, table[:, value] + added))
            if len(number) > KEYS:
                raise TooCoupledError(
                    f"rules and conditions couple too many issues: at {self.problem.issues[self.issue]} "
                    f"there are more than {KEYS:,} ways in which they can be left open"
                )
        return list(number), steps

    def _after(self, key: Key, value: int) -> tuple[Key | None, NDArray[np.int64]]:
        name = self.problem.issues[self.issue]
        left: list[Left] = []
        added = np.zeros(len(self.problem.floor), dtype=np.int64)
        for k, tree in enumerate(key):
            after = tree if isinstance(tree, bool) else settle(tree, name, value)
            if k < self.rules:
                if after is False:
                    return None, added
            elif isinstance(after, bool):
                if after and not isinstance(tree, bool):
                    added = added + self.gains[k - self.rules]
                after = True  # decided either way: nothing is left of it
            left.append(after)
        return tuple(left), added


def _reached(
    before: list[Rows], steps: list[Step], keys: int, floor: Rows, keep: Keep
) -> tuple[list[Rows], list[Step]]:
    """The worths reached under each key, and the steps that lead from somewhere."""
    steps = [s for s in steps if len(before[s[0]])]
    if sum(len(before[s[0]]) for s in steps) > ROWS:
        raise TooCoupledError("rules and conditions couple issues with too many different sums of worths")
    into: list[list[Rows]] = [[] for _ in range(keys)]
    for old, _, new, gain in steps:
        into[new].append(before[old] + gain)
    nothing = np.zeros((0, len(floor)), dtype=np.int64)
    reached = []
    for sums in into:
        rows = np.concatenate(sums) if sums else nothing
        rows = rows[(rows >= floor).all(axis=1)]
        reached.append(keep(rows) if len(rows) else nothing)
    return reached, steps
