"""A lens and the points it is asked about: what has to be so before it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.contract import Lens, Solution, Weights
from accordant.agreement.lenses.telling import listed, number
from accordant.agreement.lenses.weights import Number, read_weights

NOTHING = np.zeros(0, dtype=np.intp)
EMPTY = "no package is worth at least no deal to everyone"


def applied(lens: Lens, points: Points, weights: Mapping[str, Number] | None) -> Solution:
    """The solution of a lens; see :func:`accordant.agreement.lenses.apply`."""
    read = None if weights is None else read_weights(points.parties, weights)
    refused = refusal(lens, points)
    if refused:
        return Solution(NOTHING, refused=refused)
    solution = lens.solve(points, read if lens.weighs else None)
    if solution.refused:
        return solution
    return replace(solution, notes=(*solution.notes, *standing_notes(lens, points, read)))


def refusal(lens: Lens, points: Points) -> str:
    """Why the lens cannot be applied to these points, or nothing."""
    if not points.m:
        return EMPTY
    without = [party for party, has in zip(points.parties, points.cardinal, strict=True) if not has]
    if without and not lens.ordinal:
        have = "has" if len(without) == 1 else "have"
        return (
            f"it needs worths, and {listed(without)} {have} given an order only; "
            f"give `worth` in {listed(f'preferences.{party}' for party in without)}, or use fallback"
        )
    return ""


def standing_notes(lens: Lens, points: Points, weights: Weights | None) -> tuple[str, ...]:
    """What has to be said of every answer of this lens about these points."""
    notes = []
    if lens.comparable:
        notes.append(
            "It compares one party's worth with another's: a worth of 1 has to mean the same to all."
        )
    if weights is not None and not lens.weighs:
        notes.append("It takes no weights: the parties count alike.")
    elif weights is not None and sum(weights) != 1:
        notes.append(f"The weights add up to {number(sum(weights))}, not to 1; only their proportions count.")
    if not points.exact:
        slack = (Fraction(s, scale) for s, scale in zip(points.slack, points.scales, strict=True))
        told = ", ".join(f"{party} {number(s)}" for party, s in zip(points.parties, slack, strict=True) if s)
        notes.append(
            "It was asked about some of the efficient packages: for every other package one of them is worth "
            f"as much to each party, or less by no more than {told}."
        )
    return tuple(notes)
