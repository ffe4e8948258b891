"""The zone of possible agreement issue by issue, where there are too many packages to list.

Which values occur in efficient packages follows backwards from the points of the frontier: a value
occurs if what it adds is missing from something that was reached before. Whether a value occurs in
``X_d`` at all is shown by a package that has it: one found by changing an efficient package in that
issue alone, or else the frontier of the packages that have it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from accordant.agreement.additive.chains import Chain
from accordant.agreement.additive.frontier import AdditiveFrontier, frontier
from accordant.agreement.additive.grouping import Group
from accordant.agreement.additive.kernels import Rows, mark_parts
from accordant.agreement.additive.listing import along
from accordant.agreement.additive.problem import Additive
from accordant.agreement.measures.ranges import IssueRange, Ranges
from accordant.case.expressions import Expression, Test
from accordant.case.objects import Case
from accordant.errors import TooLargeError

TRIED = 60
"""Efficient packages that are changed in one issue."""

Used = set[tuple[int, int]]
"""Issues and values, by number."""


def issue_ranges(case: Case, found: AdditiveFrontier) -> Ranges | None:
    """Which values of each issue occur in ``X_d``, and in its efficient packages.

    Parameters
    ----------
    found
        An exact frontier.

    Returns
    -------
    Ranges
        None where the frontier is not exact, or a value cannot be settled.
    """
    if not found.points.exact or not found.made.chains:
        return None
    try:
        efficient = efficient_values(found)
        possible = possible_values(found, efficient)
    except TooLargeError:
        return None
    made = []
    for k, (name, issue) in enumerate(case.issues.items()):
        made.append(
            IssueRange(
                name,
                issue.values,
                tuple(v for c, v in enumerate(issue.values) if (k, c) in possible),
                tuple(v for c, v in enumerate(issue.values) if (k, c) in efficient),
                tuple(issue.shown(v) for v in issue.values),
                issue.divisible,
            )
        )
    return Ranges(tuple(made), None, None)


def efficient_values(found: AdditiveFrontier) -> Used:
    """Issues and values that occur in efficient packages.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> found = frontier(make_additive([[[0, 3, 1], [2, 0, 1]]] * 2, [2, 2]))
    >>> sorted(efficient_values(found)), sorted(possible_values(found, set()))
    ([(0, 0), (0, 1), (1, 0), (1, 1)], [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)])
    """
    if found.problem.voices:
        return _one_by_one(found)
    used: Used = set()
    _trace(found.made.chains, found.made.layers, np.ascontiguousarray(found.points.worths.T), used)
    return used


def _trace(chains: tuple[Chain | Group, ...], layers: tuple[Rows, ...], points: Rows, used: Used) -> None:
    rows, wanted = points, np.ones(len(points), dtype=bool)
    for depth in range(len(chains), 0, -1):
        part, before = chains[depth - 1], layers[depth - 1]
        firsts, seconds = mark_parts(before, np.ascontiguousarray(part.rows), rows, wanted)
        if isinstance(part, Group):
            _trace(part.chains, part.layers, part.rows[seconds], used)
        else:
            used |= part.used(part.rows[seconds])
        rows, wanted = before, firsts


def _fixed(problem: Additive, issue: int, value: int) -> Additive:
    name = problem.issues[issue]
    tree = Test(name, "=", value, problem.shape[issue])
    return replace(problem, rules=(*problem.rules, Expression("", frozenset({name}), tree)))


def _one_by_one(found: AdditiveFrontier) -> Used:
    """With voices a value counts where the packages that have it reach a point of the frontier."""
    points = {tuple(p) for p in found.points.worths.T.tolist()}
    used: Used = set()
    for issue, size in enumerate(found.problem.shape):
        for value in range(size):
            alone = frontier(_fixed(found.problem, issue, value)).points.worths.T.tolist()
            if any(tuple(p) in points for p in alone):
                used.add((issue, value))
    return used


def possible_values(found: AdditiveFrontier, known: Used) -> Used:
    """Issues and values that occur in ``X_d``; ``known`` are some of them."""
    problem = found.problem
    possible = set(known)
    if not found.points.m:
        return possible
    packages = np.array(along(found, TRIED), dtype=np.int64)
    for issue, size in enumerate(problem.shape):
        for value in range(size):
            if (issue, value) in possible:
                continue
            changed = packages.copy()
            changed[:, issue] = value
            if problem.rationals(changed).any() or frontier(_fixed(problem, issue, value)).points.m:
                possible.add((issue, value))
    return possible
