"""The best and the worst that each party can get from agreements that leave nothing on the table.

The *ideal* is the most that a party can get within ``X_d``; the *nadir* the least that it gets in an
efficient package of ``X_d``. The points of ideal and of nadir worths are packages only by accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from accordant.agreement.bargain import Points
from accordant.agreement.lenses.telling import number
from accordant.agreement.picks import text
from accordant.tables import Table


@dataclass(frozen=True, slots=True)
class Extreme:
    """What one party can get.

    Attributes
    ----------
    no_deal, nadir, ideal
        In the numbers of the case; None for a party that has given an order only.
    nadir_level, ideal_level, levels
        The same as places in the party's distinct worths within ``X_d``, 1 for the worst of them;
        None where these are too many to list.
    """

    party: str
    no_deal: Fraction | None
    nadir: Fraction | None
    ideal: Fraction | None
    nadir_level: int | None = None
    ideal_level: int | None = None
    levels: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "no_deal": told(self.no_deal),
            "nadir": told(self.nadir),
            "ideal": told(self.ideal),
            "nadir_level": self.nadir_level,
            "ideal_level": self.ideal_level,
            "levels": self.levels,
        }


@dataclass(frozen=True, slots=True)
class Extremes:
    """Ideal and nadir of every party; ``parties`` is empty where ``X_d`` is."""

    parties: tuple[Extreme, ...]
    exact: bool = True
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data, by party."""
        return {
            "parties": {e.party: e.to_json() for e in self.parties},
            "exact": self.exact,
            "note": self.note or None,
        }

    def table(self) -> Table:
        """One row per party."""
        rows = [(e.party, *_cells(e)) for e in self.parties]
        return Table("What each party can get", ("party", "no deal", "at least", "at most"), tuple(rows))


def told(value: Fraction | None) -> str | None:
    """An exact number as text, however long; None stays None. Pages may round (``number``), data never."""
    return None if value is None else text(value)


def extremes(points: Points) -> Extremes:
    """Ideal and nadir within ``X_d``.

    Parameters
    ----------
    points
        The efficient points of ``X_d``.

    Returns
    -------
    Extremes
        Without parties where there is no point. Where points are only near the frontier
        (``points.slack``) the numbers are those of the points, and ``note`` says how far off they may be.

    Examples
    --------
    >>> from accordant.agreement.bargain import make_bargain
    >>> from accordant.agreement.frontier import efficient_points
    >>> found = extremes(efficient_points(make_bargain([[0, 4, 2, 1], [5, 1, 2, 1]], [0, 1])).points)
    >>> [(e.party, e.nadir, e.ideal) for e in found.parties]
    [('p1', Fraction(0, 1), Fraction(4, 1)), ('p2', Fraction(1, 1), Fraction(5, 1))]
    """
    if not points.m:
        return Extremes((), points.exact, "No package is at least as good as no deal for everyone.")
    return Extremes(
        tuple(_extreme(points, i) for i in range(len(points.parties))), points.exact, _note(points)
    )


def _extreme(points: Points, i: int) -> Extreme:
    low, high = int(points.worths[i].min()), int(points.worths[i].max())
    levels = None if points.levels is None else points.levels[i]
    least = most = many = None
    if levels is not None:
        least, most = (int(np.searchsorted(levels, worth)) + 1 for worth in (low, high))
        many = len(levels)
    if not points.cardinal[i]:
        return Extreme(points.parties[i], None, None, None, least, most, many)
    no_deal, nadir, ideal = (Fraction(w, points.scales[i]) for w in (points.reservations[i], low, high))
    return Extreme(points.parties[i], no_deal, nadir, ideal, least, most, many)


def _note(points: Points) -> str:
    if points.exact:
        return ""
    most = ", ".join(
        f"{party} by {number(Fraction(slack, scale))}"
        for party, slack, scale in zip(points.parties, points.slack, points.scales, strict=True)
    )
    return f"From points near the frontier: the most may be higher than said, at most for {most}."


def _cells(e: Extreme) -> tuple[str, ...]:
    if e.ideal is None:
        if e.levels is None:
            return ("", "", "")
        return ("", f"level {e.nadir_level} of {e.levels}", f"level {e.ideal_level} of {e.levels}")
    return tuple("" if v is None else number(v) for v in (e.no_deal, e.nadir, e.ideal))
