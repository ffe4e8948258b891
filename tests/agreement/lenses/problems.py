"""Random bargaining problems with ties, and the points that lenses take, by brute force."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from accordant.agreement.bargain import Points, make_bargain
from tests.agreement.lenses.twin import Problem


def points_of(bargain) -> Points:
    """Efficient distinct worths in X_d, first party's best first, by comparing all pairs."""
    columns = sorted({tuple(col) for col in bargain.worths[:, bargain.rational()].T.tolist()}, reverse=True)
    kept = [
        a
        for a in columns
        if not any(b != a and all(y >= x for x, y in zip(a, b, strict=True)) for b in columns)
    ]
    u = np.array(kept, dtype=np.int64).reshape(len(kept), len(bargain.parties)).T
    levels = tuple(np.unique(row[bargain.rational()]) for row in bargain.worths)
    return Points(bargain.parties, u, bargain.scales, bargain.reservations, bargain.cardinal, levels)


def problem_of(bargain) -> Problem:
    """The same in fractions; packages that a red line refuses are worth less than no deal."""
    u = [
        [
            Fraction(int(v), scale) if ok else Fraction(least - 1, scale)
            for v, ok in zip(row, bargain.allowed, strict=True)
        ]
        for row, scale, least in zip(bargain.worths, bargain.scales, bargain.reservations, strict=True)
    ]
    d = [Fraction(least, scale) for least, scale in zip(bargain.reservations, bargain.scales, strict=True)]
    return Problem(tuple(map(tuple, u)), tuple(d))


def packages(bargain, points, chosen):
    """The numbers of all packages in X_d that are worth what the chosen points are."""
    wanted = {tuple(points.worths[:, k].tolist()) for k in chosen}
    inside = np.flatnonzero(bargain.rational())
    return {int(x) for x in inside if tuple(bargain.worths[:, x].tolist()) in wanted}


ONE_TO_FOUR = st.integers(1, 4)


@st.composite
def bargains(draw, parties=ONE_TO_FOUR, most=12, top=6, small=True):
    """A bargain with few levels, so that ties abound; scales differ; some packages are refused."""
    k, n = draw(parties), draw(st.integers(1, most))
    worth = st.integers(-2, top)
    huge = draw(st.sampled_from([1] if small else [1, 2**59 // top]))
    u = [
        [huge * v + draw(st.integers(0, huge > 1)) for v in draw(st.lists(worth, min_size=n, max_size=n))]
        for _ in range(k)
    ]
    d = [draw(st.sampled_from([-3, -1, 0, 0, 1])) * huge for _ in range(k)]
    scales = [draw(st.sampled_from([1, 1, 2, 3, 10])) for _ in range(k)]
    allowed = [draw(st.sampled_from([True, True, True, False])) for _ in range(n)]
    return make_bargain(u, d, scales=scales, allowed=allowed)


WEIGHT = st.builds(Fraction, st.integers(1, 5), st.integers(1, 3))


@st.composite
def weighted(draw, **options):
    """A bargain, and weights by party or None."""
    bargain = draw(bargains(**options))
    if draw(st.booleans()):
        return bargain, None
    return bargain, {party: draw(WEIGHT) for party in bargain.parties}
