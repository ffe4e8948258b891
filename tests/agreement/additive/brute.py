"""The definitions, word for word, on every package one by one."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from accordant.agreement.additive import Additive
from accordant.agreement.additive.problem import Codes
from accordant.case.expressions import Expression


def rational(problem: Additive) -> dict[Codes, tuple[int, ...]]:
    """Every package of X_d, with what it is worth to each party."""
    k = len(problem.parties)
    found = {}
    for codes in product(*(range(n) for n in problem.shape)):
        here = {i: np.asarray(c) for i, c in zip(problem.issues, codes, strict=True)}
        if not all(rule.evaluate(here) for rule in problem.rules):
            continue
        worth = [Fraction(0)] * len(problem.floor)
        for table, code in zip(problem.tables, codes, strict=True):
            worth = [w + int(t) for w, t in zip(worth, table[:, code], strict=True)]
        for addition in problem.additions:
            if holds(addition.tree, here):
                worth = [w + a for w, a in zip(worth, addition.worths, strict=True)]
        if all(w >= d for w, d in zip(worth, (*problem.reservations, *problem.thresholds), strict=True)):
            found[codes] = tuple(int(w) for w in worth[:k])
    return found


def holds(tree: object, here: dict[str, Any]) -> bool:
    return bool(Expression("", frozenset(here), tree).evaluate(here))  # type: ignore[arg-type]


def frontier(problem: Additive) -> dict[tuple[int, ...], list[Codes]]:
    """The packages of X_d that none dominates, by worths."""
    packages = rational(problem)
    worths = set(packages.values())
    best = {w for w in worths if not any(dominates(v, w) for v in worths)}
    return {w: sorted(c for c, v in packages.items() if v == w) for w in best}


def dominates(v: tuple[int, ...], w: tuple[int, ...]) -> bool:
    return v != w and all(a >= b for a, b in zip(v, w, strict=True))
