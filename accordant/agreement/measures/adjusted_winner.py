"""Adjusted winner for two parties over divisible issues [1]_, in exact fractions.

Each party has points on every issue, 100 in all: what hangs on it for that party. First every issue
goes to whoever has more points on it. Then issues pass from the party that has more of its own points
to the other, those first that cost the giver least for what the taker gets, until both have as many of
their own points; the last issue to pass may have to be split. Where the points are the true ones the
outcome is *efficient* (no other division is better for one and worse for neither), *equitable* (both
get as many of their own points) and *envy-free* (neither would rather have the other's share: each
has at least half of its own points).

A party that knows the other's points gains by stating points close to those: see :func:`pretence`.

Notation: ``p`` and ``q`` are the points of the first and the second party, ``x[k]`` the part of issue k
that the first party wins, the second party winning ``1 - x[k]``.

References
----------
.. [1] S. J. Brams, A. D. Taylor, *Fair Division: From Cake-Cutting to Dispute Resolution* (Cambridge
   University Press, 1996), ch. 4. (Not read by the maintainers: the procedure is as later work gives
   it.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Points = Sequence[Fraction]

ALL = Fraction(100)
"""Points that each party has."""


@dataclass(frozen=True, slots=True)
class Division:
    """Who wins what.

    Attributes
    ----------
    shares
        For each issue the part that the first party wins.
    split
        The issue that is split; None where none is.
    first, second
        What each party gets, in its own points.
    """

    shares: tuple[Fraction, ...]
    split: int | None
    first: Fraction
    second: Fraction


def normalised(points: Points) -> tuple[Fraction, ...]:
    """Points in the same proportions, 100 in all.

    Raises
    ------
    ValueError
        If a number is below zero, or all are zero.

    Examples
    --------
    >>> normalised([Fraction(1), Fraction(3)])
    (Fraction(25, 1), Fraction(75, 1))
    """
    total = sum(points, Fraction(0))
    if min(points, default=Fraction(0)) < 0 or not total:
        raise ValueError("points are at least 0, and some are more")
    return tuple(point * ALL / total for point in points)


def divide(p: Points, q: Points) -> Division:
    """The division that adjusted winner gives.

    Issues of no points to anybody go to the first party. Where several issues could be the one
    that is split, the one written first is given whole before the others.

    Parameters
    ----------
    p, q
        At least 0 each, the same number in all (:func:`normalised`).

    Examples
    --------
    >>> found = divide([Fraction(n) for n in (6, 67, 27)], [Fraction(n) for n in (5, 34, 61)])
    >>> found.shares, found.split, found.first == found.second
    ((Fraction(0, 1), Fraction(100, 101), Fraction(0, 1)), 1, True)
    """
    shares = [Fraction(1) if a >= b else Fraction(0) for a, b in zip(p, q, strict=True)]
    surplus = _surplus(p, q, shares)
    taking = 0 if surplus < 0 else 1  # whoever has fewer of its own points takes
    split = None
    for k in _passing(p, q, shares, taking):
        surplus = _surplus(p, q, shares)
        if not surplus:
            break
        whole = p[k] + q[k]  # by so much the surplus falls if all of k passes
        part = min(Fraction(1), abs(surplus) / whole)
        shares[k] += part if taking == 0 else -part
        if part < 1:
            split = k
            break
    return Division(tuple(shares), split, *gains(p, q, shares))


def _surplus(p: Points, q: Points, shares: Sequence[Fraction]) -> Fraction:
    first, second = gains(p, q, shares)
    return first - second


def _passing(p: Points, q: Points, shares: Sequence[Fraction], taking: int) -> list[int]:
    """The giver's issues that somebody cares for, cheapest for the giver first."""
    giver, taker = (q, p) if taking == 0 else (p, q)
    held = [k for k, x in enumerate(shares) if x == (0 if taking == 0 else 1) and (p[k] or q[k])]
    # an issue of no points to the taker is of no use to it: it comes last
    return sorted(held, key=lambda k: (not taker[k], giver[k] / taker[k] if taker[k] else Fraction(0), k))


def gains(p: Points, q: Points, shares: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """What each party gets of its own points."""
    first = sum((a * x for a, x in zip(p, shares, strict=True)), Fraction(0))
    second = sum((b * (1 - x) for b, x in zip(q, shares, strict=True)), Fraction(0))
    return first, second


@dataclass(frozen=True, slots=True)
class Pretence:
    """What a party would get by stating other points than its own.

    Attributes
    ----------
    stated
        The points it states, 100 in all.
    honest, gets
        What it gets, in its true points, by stating those and by pretending.
    other_honest, other_gets
        What the other party gets, in that party's own points.
    bound
        What it can come close to and never exceed, stating whatever it likes.
    """

    stated: tuple[Fraction, ...]
    honest: Fraction
    gets: Fraction
    other_honest: Fraction
    other_gets: Fraction
    bound: Fraction


BLENDS = (Fraction(1, 100), Fraction(1, 20), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2))
"""Parts of its true points that a pretending party mixes into the other's."""


def pretence(own: Points, other: Points) -> Pretence | None:
    """The better points to state for the first party, which knows the other's; None where it gains nothing.

    It states the other's points with a little of its own, so that issues pass in the order that suits
    it although both seem to want the same; then both get half of what the *other* counts, where an
    honest division would leave the other more. Whole numbers where they do better than honesty, else
    exact ones. The bound: whatever it states, the other is left at least half of the other's own
    points.

    Parameters
    ----------
    own, other
        True points of the party that pretends, and of the other, 100 in all each.

    Examples
    --------
    >>> p, q = ([Fraction(n) for n in points] for points in ((6, 67, 27), (5, 34, 61)))
    >>> found = pretence(p, q)
    >>> [int(point) for point in found.stated], round(float(found.honest), 1), round(float(found.gets), 1)
    ([5, 36, 59], 66.3, 77.5)
    """
    honest = divide(own, other)
    blends = [tuple((1 - e) * b + e * a for a, b in zip(own, other, strict=True)) for e in BLENDS]
    for statements in ([_rounded(blend) for blend in blends], blends):
        best = max((_pretended(own, other, s, honest) for s in statements), key=lambda f: f.gets)
        if best.gets > honest.first:
            return best
    return None


def _pretended(own: Points, other: Points, stated: tuple[Fraction, ...], honest: Division) -> Pretence:
    made = divide(stated, other)
    gets, other_gets = gains(own, other, made.shares)
    return Pretence(stated, honest.first, gets, honest.second, other_gets, half(own, other))


def _rounded(points: Points) -> tuple[Fraction, ...]:
    """Whole points, 100 in all: those with the largest rests are rounded up."""
    down = [point.numerator // point.denominator for point in points]
    left = int(ALL) - sum(down)
    rests = sorted(range(len(points)), key=lambda k: (down[k] - points[k], k))
    up = set(rests[:left])
    return tuple(Fraction(n + (k in up)) for k, n in enumerate(down))


def half(own: Points, other: Points) -> Fraction:
    """The most of its own points that a party can get while the other keeps half of the other's.

    Examples
    --------
    >>> half([Fraction(60), Fraction(40)], [Fraction(50), Fraction(50)])
    Fraction(60, 1)
    """
    left, got = ALL / 2, Fraction(0)  # what may be taken from the other
    order = sorted(
        range(len(own)), key=lambda k: (bool(other[k]), -own[k] / other[k] if other[k] else Fraction(0), k)
    )
    for k in order:
        part = min(Fraction(1), left / other[k]) if other[k] else Fraction(1)
        got += part * own[k]
        left -= part * other[k]
    return got
