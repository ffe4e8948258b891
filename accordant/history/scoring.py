"""How forecasts in words have come out: counts for each step of the yardstick, and a score with its ends.

Words stand for bands, so that a score of words is not one number: it lies between what the ends of the
bands give. The score is that of Brier (Monthly Weather Review 78, 1950): the mean of (p - o)², where o is
1 for what came true and 0 for what did not; 0 is perfect, and always saying even chances gives 1/4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

from accordant.case.yardsticks import Band, Yardstick

Fits = Literal["fits", "fewer", "more"]

TAIL = Fraction(1, 40)
"""A count that would come up more rarely than this, at the nearest end of the band, does not fit it."""
FEW = 20
"""Settled forecasts below which a score says little."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One forecast in a term of the yardstick, and whether it came true."""

    band: Band
    came: bool


@dataclass(frozen=True, slots=True)
class BandCount:
    """What came of the forecasts in one step of the yardstick.

    Attributes
    ----------
    said, came
        How many there were, and how many of them came true.
    least, most
        How many the band's ends would have come true: whole numbers, rounded outwards.
    fits
        Whether so many, or so few, are to be expected now and then if the words are right.
    """

    band: Band
    said: int
    came: int
    least: int
    most: int
    fits: Fits


@dataclass(frozen=True, slots=True)
class Score:
    """How one judge's forecasts, or everybody's, have come out.

    Attributes
    ----------
    by
        Whose; empty for everybody's.
    brier
        The least and the most that the ends of the bands give; None without any settled forecast.
    base
        The score of somebody who always gives the share that came true: known only afterwards.
    """

    by: str
    settled: int
    bands: tuple[BandCount, ...]
    brier: tuple[Fraction, Fraction] | None
    base: Fraction | None

    @property
    def few(self) -> bool:
        """Whether there are too few to say much."""
        return self.settled < FEW


def score(by: str, yardstick: Yardstick, settled: Sequence[Settled]) -> Score:
    """Counts for each band that was used, and the ends of the Brier score.

    Examples
    --------
    >>> from accordant.case.yardsticks import PHIA
    >>> likely = PHIA.band("likely")
    >>> found = score("", PHIA, [Settled(likely, True), Settled(likely, False)])
    >>> [(c.said, c.came, c.least, c.most) for c in found.bands], found.base
    ([(2, 1, 1, 2)], Fraction(1, 4))
    """
    used = [band for band in yardstick.bands if any(s.band == band for s in settled)]
    counts = tuple(_count(band, [s.came for s in settled if s.band == band]) for band in used)
    if not settled:
        return Score(by, 0, counts, None, None)
    ends = [_squares(s) for s in settled]
    low, high = (sum((end[k] for end in ends), Fraction(0)) / len(ends) for k in (0, 1))
    share = Fraction(sum(s.came for s in settled), len(settled))
    return Score(by, len(settled), counts, (low, high), share * (1 - share))


def _squares(one: Settled) -> tuple[Fraction, Fraction]:
    """The least and the most squared distance of a chance within the band from what happened."""
    distances = [abs(Fraction(end, 100) - one.came) for end in (one.band.low, one.band.high)]
    return min(distances) ** 2, max(distances) ** 2


def _count(band: Band, came: Sequence[bool]) -> BandCount:
    n, k = len(came), sum(came)
    least, most = n * band.low // 100, -(-n * band.high // 100)
    return BandCount(band, n, k, least, most, fits(n, k, band))


def fits(n: int, k: int, band: Band) -> Fits:
    """Whether k of n may well come true when each has a chance within the band; exact.

    Examples
    --------
    >>> from accordant.case.yardsticks import ICD_203
    >>> likely = ICD_203.band("likely")
    >>> fits(10, 6, likely), fits(10, 1, likely), fits(12, 12, ICD_203.band("unlikely"))
    ('fits', 'fewer', 'more')
    """
    if at_most(n, k, Fraction(band.low, 100)) < TAIL:
        return "fewer"
    return "more" if at_most(n, n - k, 1 - Fraction(band.high, 100)) < TAIL else "fits"


def at_most(n: int, k: int, chance: Fraction) -> Fraction:
    """The chance that at most k of n come true, each by itself with the same chance; exact."""
    return sum((comb(n, j) * chance**j * (1 - chance) ** (n - j) for j in range(k + 1)), Fraction(0))


def outwards(ends: Iterable[Fraction], places: int = 2) -> tuple[str, str]:
    """Two ends as decimals, the lower rounded down and the upper up.

    Examples
    --------
    >>> outwards((Fraction(1, 3), Fraction(1, 3)))
    ('0.33', '0.34')
    """
    low, high = ends
    unit = 10**places
    numbers = low * unit // 1, -(-high * unit // 1)
    return tuple(f"{n // unit}.{n % unit:0{places}d}" for n in map(int, numbers))  # type: ignore[return-value]
