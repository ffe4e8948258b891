"""Lenses where mixtures of packages are allowed: lotteries, or deals that can be carried out in parts.

A mixture gives packages shares that add up to one, and is worth to each party the mean of theirs, by
these shares. Then the convex hull of the frontier takes the place of the packages. Only packages of ``X_d``
are mixed, so that nobody falls below no deal whichever is drawn.

For two parties the hull's upper right side is a chain of packages: along it the first party loses and
the second gains. Notation: ``(x, y)`` are the gains over no deal of the two, whole numbers. All shares
are exact fractions.

More parties: the utilitarian solution is attained on packages themselves; Kalai-Smorodinsky and
egalitarian ones by linear programming (:mod:`accordant.agreement.lenses.linear`). The Nash solution of three
parties may lie at shares that are no fractions: mixing gains (1, 0, 2) and (0, 1, 1) the best share of the
first solves 3 p^2 = 1. So it is not given, unless there is one point only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.applying import refusal, standing_notes
from accordant.agreement.lenses.contract import Lens, Weights
from accordant.agreement.lenses.exact import whole
from accordant.agreement.lenses.kalai_smorodinsky import left_out
from accordant.agreement.lenses.telling import by_party, number
from accordant.agreement.lenses.utilitarian import solve as greatest_sums
from accordant.agreement.lenses.weights import Number, read_weights

MIXED = (
    "Mixtures of packages are allowed: a lottery, or packages carried out in parts. A mixture is worth the "
    "mean of its packages to each party, by their shares."
)


@dataclass(frozen=True, slots=True)
class Mixture:
    """Packages with shares.

    Attributes
    ----------
    points
        Numbers of the points that are mixed, ascending; one where nothing is mixed.
    shares
        Their shares, positive, adding up to one.
    worths
        What the mixture is worth to each party, in the numbers of the case.
    """

    points: tuple[int, ...]
    shares: tuple[Fraction, ...]
    worths: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Lottery:
    """What a lens picks where packages may be mixed: as :class:`Solution`, with mixtures for points."""

    mixtures: tuple[Mixture, ...]
    compared: str = ""
    notes: tuple[str, ...] = ()
    refused: str = ""


def apply_mixed(lens: Lens, points: Points, weights: Mapping[str, Number] | None = None) -> Lottery:
    """What a lens picks among mixtures of the points, or why it cannot be applied.

    Raises
    ------
    InputError
        If weights are missing for some of the parties, or are no positive numbers.

    Examples
    --------
    >>> from accordant.agreement.lenses import find
    >>> points = Points(("a", "b"), np.array([[10, 2, 0], [0, 1, 4]]), (1, 1), (0, 0), (True, True))
    >>> best = apply_mixed(find(["nash"])[0], points).mixtures[0]
    >>> best.points, [str(share) for share in best.shares], [str(worth) for worth in best.worths]
    ((0, 2), ['1/2', '1/2'], ['5', '2'])
    """
    read = None if weights is None else read_weights(points.parties, weights)
    refused = refusal(lens, points) or _unmixed(lens, points)
    if refused:
        return Lottery((), refused=refused)
    lottery = _SOLVE[lens.name](points, read if lens.weighs else None)
    return Lottery(
        lottery.mixtures,
        lottery.compared,
        (MIXED, *lottery.notes, *standing_notes(lens, points, read)),
    )


def _unmixed(lens: Lens, points: Points) -> str:
    """Why there is no such answer with mixtures, or nothing."""
    if lens.name not in _SOLVE:
        names = ", ".join(_SOLVE)
        why = "it counts ranks, and mixtures have none" if lens.ordinal else "it goes from package to package"
        return f"{why}; with mixtures there are {names}"
    if lens.name == "nash" and len(points.parties) > 2 and points.m > 1:
        return (
            "with mixtures and more than two parties the greatest product of gains may lie at shares that "
            "are no fractions, so that it is not given; kalai-smorodinsky, egalitarian and utilitarian are"
        )
    return ""


def chain(points: Points) -> list[int]:
    """The points on the upper right side of the hull of two parties, the first party's best first.

    Points between two corners on a straight line are kept.

    Examples
    --------
    >>> u = np.array([[4, 3, 2, 1, 0], [0, 1, 1, 3, 4]])
    >>> chain(Points(("a", "b"), u, (1, 1), (0, 0), (True, True)))
    [0, 1, 3, 4]
    """
    if points.m == 1:
        return [0]
    x, y = (row.tolist() for row in points.worths)
    kept: list[int] = []
    for k in np.lexsort((points.worths[1], -points.worths[0])).tolist():
        while len(kept) > 1:
            a, b = kept[-2], kept[-1]
            # Going from a to b to k must never turn left of the line, or b lies under it.
            if (x[b] - x[a]) * (y[k] - y[a]) - (y[b] - y[a]) * (x[k] - x[a]) >= 0:
                break
            kept.pop()
        kept.append(k)
    return kept


def _nash(points: Points, weights: Weights | None) -> Lottery:
    """On the line ``a x + b y = c`` the product is greatest where ``x`` is the first weight's part of c/a.

    Along the chain the product rises up to one place and falls after it, because its level sets are
    strictly convex; so the first edge on which it does not rise to the end holds that place.
    """
    first, second = (weights[0], weights[-1]) if weights else (Fraction(1), Fraction(1))
    part = first / (first + second)
    corners = chain(points)
    x, y = (points.gains()[i].tolist() for i in (0, -1))
    best = _mixture(points, {corners[-1]: Fraction(1)})
    for p, q in pairwise(corners):
        a, b = y[q] - y[p], x[p] - x[q]
        there = part * Fraction(a * x[p] + b * y[p], a)
        if there > x[q]:
            best = _mixture(points, _between(p, q, min(Fraction(there - x[q], b), Fraction(1))))
            break
    gains = [worth - none for worth, none in zip(best.worths, _no_deal(points), strict=True)]
    powers = "" if first == second else f", to the powers {number(first)}:{number(second)}"
    notes = () if all(gains) else ("No package gives every party a gain.",)
    return Lottery((best,), f"product of the gains over no deal{powers}: {by_party(points, gains)}", notes)


def _kalai_smorodinsky(points: Points, weights: Weights | None) -> Lottery:
    reach = [int(most) for most in points.gains().max(axis=1)]
    live = [i for i, most in enumerate(reach) if most]
    best = _even(points, live, [Fraction(1, reach[i]) for i in live])
    share = [
        (worth - none) * scale / (most or 1)
        for worth, none, scale, most in zip(best.worths, _no_deal(points), points.scales, reach, strict=True)
    ]
    told = f"share of the way from no deal to the best within reach: {by_party(points, share, live)}"
    return Lottery((best,), told if live else "nobody can gain over no deal", left_out(points, live))


def _egalitarian(points: Points, weights: Weights | None) -> Lottery:
    parts = weights or (Fraction(1),) * len(points.parties)
    factors = [1 / (scale * part) for scale, part in zip(points.scales, parts, strict=True)]
    best = _even(points, list(range(len(parts))), factors)
    shares = [
        (worth - none) / part for worth, none, part in zip(best.worths, _no_deal(points), parts, strict=True)
    ]
    by = "" if len(set(parts)) == 1 else f", divided by the weights {':'.join(map(number, parts))}"
    if not by:
        shares = [share * parts[0] for share in shares]
    return Lottery((best,), f"gains over no deal{by}: {by_party(points, shares)}")


def _utilitarian(points: Points, weights: Weights | None) -> Lottery:
    """No mixture has a greater sum than the best package in it, so that packages attain it."""
    solution = greatest_sums(points, weights)
    pure = tuple(_mixture(points, {int(k): Fraction(1)}) for k in solution.points)
    notes = ("Every mixture of these packages does as well.",) if len(pure) > 1 else ()
    return Lottery(pure, solution.compared, notes)


def _even(points: Points, live: list[int], factors: list[Fraction]) -> Mixture:
    """The mixture that is best by leximin of the gains times their factors, for the parties in ``live``."""
    if len(live) < 2:
        best = int(points.gains()[live[0]].argmax()) if live else 0
        return _mixture(points, {best: Fraction(1)})
    numbers = whole(factors)
    if len(points.parties) > 2:
        from accordant.agreement.lenses.linear import leximin_mixture

        rows = [
            [gain * factor for gain in points.gains()[i].tolist()]
            for i, factor in zip(live, numbers, strict=True)
        ]
        return _mixture(points, leximin_mixture(rows))
    return _mixture(points, _level(points, numbers))


def _level(points: Points, factors: tuple[int, ...]) -> dict[int, Fraction]:
    """Where the first party's lead, which falls along the chain, is nothing; or the end nearest to that."""
    corners = chain(points)
    x, y = (row.tolist() for row in points.gains())
    lead = [x[k] * factors[0] - y[k] * factors[1] for k in corners]
    if lead[0] <= 0:
        return {corners[0]: Fraction(1)}
    for place in range(1, len(corners)):
        if lead[place] <= 0:
            share = Fraction(-lead[place], lead[place - 1] - lead[place])
            return _between(corners[place - 1], corners[place], share)
    return {corners[-1]: Fraction(1)}


def _between(p: int, q: int, share: Fraction) -> dict[int, Fraction]:
    """The share of p, and the rest for q."""
    return {k: part for k, part in ((p, share), (q, 1 - share)) if part}


def _mixture(points: Points, shares: Mapping[int, Fraction]) -> Mixture:
    chosen = tuple(sorted(shares))
    if len(chosen) == 1:
        return Mixture(
            chosen, (Fraction(1),), tuple(points.worth(i, chosen[0]) for i in range(len(points.parties)))
        )
    worths = tuple(
        sum((shares[k] * points.worth(i, k) for k in chosen), Fraction(0)) for i in range(len(points.parties))
    )
    return Mixture(chosen, tuple(shares[k] for k in chosen), worths)


def _no_deal(points: Points) -> list[Fraction]:
    return [Fraction(d, scale) for d, scale in zip(points.reservations, points.scales, strict=True)]


_SOLVE: dict[str, Callable[[Points, Weights | None], Lottery]] = {
    "nash": _nash,
    "kalai-smorodinsky": _kalai_smorodinsky,
    "egalitarian": _egalitarian,
    "utilitarian": _utilitarian,
}
