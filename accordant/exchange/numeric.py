"""Numeric issues of other programs as ranges: every value of a whole-number issue, steps of a real one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from accordant.case.ranges import MOST_VALUES, shortest
from accordant.exchange.scenario import Numbers
from accordant.exchange.source import Source

STEPS = 20
"""In how many steps a real issue is divided."""


def integers(source: Source, where: Any, low: Decimal, high: Decimal, step: int = 1) -> Numbers | None:
    """The range of an issue of whole numbers; None where it cannot be listed, which is said.

    Where there are too many, every n-th is taken, with the smallest n that leads from end to end.
    """
    first, last = Fraction(low), Fraction(high)
    if first.denominator != 1 or last.denominator != 1:
        source.error(where, f"goes from {shortest(low)} to {shortest(high)}: both have to be whole numbers")
        return None
    width = int(last - first)
    if width // step < MOST_VALUES:
        return low, high, Decimal(step)
    wider = next((n for n in range(width // MOST_VALUES + 1, width) if width % n == 0), width)
    message = (
        f"has {width + 1:,} values, and at most {MOST_VALUES:,} are read: "
        f"taken in steps of {wider:,}, {width // wider + 1:,} values"
    )
    source.warning(where, message)
    return low, high, Decimal(wider)


def reals(source: Source, where: Any, low: Decimal, high: Decimal) -> Numbers | None:
    """The range of a real issue, in a stated number of steps."""
    if low == high:
        return low, high, Decimal(0)
    step = (Fraction(high) - Fraction(low)) / STEPS
    message = (
        f"may be any number from {shortest(low)} to {shortest(high)}: read in {STEPS} steps of "
        f"{shortest(step)}, and as divisible between them"
    )
    source.warning(where, message)
    return low, high, Decimal(shortest(step))
