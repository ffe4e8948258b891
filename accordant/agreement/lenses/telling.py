"""Exact numbers and short lists in the sentences of a lens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from accordant.agreement.bargain import Points
from accordant.case.ranges import shortest

_LONG = 40
"""Signs of a number that a reader can still take in."""


def number(value: Fraction | int) -> str:
    """A number as a decimal where it has one of at most 12 places, otherwise as a fraction.

    One that is too long to read is rounded to six digits, and says so.

    Examples
    --------
    >>> number(Fraction(5, 2)), number(Fraction(1, 3)), number(-4), number(Fraction(2**200, 3))
    ('2.5', '1/3', '-4', 'about 5.35646e+59')
    """
    return short(Fraction(value)) or f"about {_rounded(Fraction(value))}"


def short(value: Fraction) -> str | None:
    """A number as text, or None where it would be too long to read.

    Examples
    --------
    >>> short(Fraction(1, 8)), short(Fraction(7**200))
    ('0.125', None)
    """
    # Before the text is made: of numbers with thousands of digits Python makes none.
    if value.numerator.bit_length() + value.denominator.bit_length() > 4 * _LONG:
        return None
    decimal = not 10**12 % value.denominator
    text = shortest(value) if decimal else f"{value.numerator}/{value.denominator}"
    return text if len(text) <= _LONG else None


def _rounded(value: Fraction) -> str:
    """Six digits, for numbers of any size."""
    shift = value.numerator.bit_length() - value.denominator.bit_length()
    if abs(shift) < 1000:
        return f"{float(value):.6g}"
    return f"{'-' if value < 0 else ''}2^{shift}"


def gain(points: Points, party: int, point: int) -> Fraction:
    """What a party gains over no deal at a point, in the numbers of the case."""
    over = int(points.worths[party, point]) - points.reservations[party]
    return Fraction(over, points.scales[party])


def listed(names: Iterable[str]) -> str:
    """Names with an "and" before the last.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def by_party(points: Points, values: Sequence[Fraction], parties: Iterable[int] | None = None) -> str:
    """Each party with its number: ``union 2.5, firm 4``."""
    chosen = range(len(points.parties)) if parties is None else parties
    return ", ".join(f"{points.parties[i]} {number(values[i])}" for i in chosen)
