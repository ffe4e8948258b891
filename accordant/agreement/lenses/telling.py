"""Exact numbers and short lists in the sentences of a lens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from accordant.agreement.bargain import Points
from accordant.case.ranges import shortest

_LONG = 40
"""Signs of a number that a reader can still take in."""
_READ = 12
"""Signs of a number on a page that is read from top to bottom."""


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


def readable(value: Fraction | int) -> str:
    """A number for a page: exact where it is a short decimal, otherwise to three digits and said to be so.

    Examples
    --------
    >>> [readable(Fraction(n, d)) for n, d in ((5, 2), (61, 3), (-1, 245), (200000, 3), (10**9, 3))]
    ['2.5', 'about 20.3', 'about -0.00408', 'about 66667', 'about 333333333']
    >>> readable(Fraction(2**200, 3))
    'about 5.35646e+59'
    """
    value = Fraction(value)
    exact = short(value)
    if exact is not None and "/" not in exact and len(exact) <= _READ:
        return exact
    if abs(value) >= 10**12 or abs(value) * 10**12 < 1:
        return f"about {_rounded(value)}"
    return f"about {float(value):{'.0f' if abs(value) >= 100 else '.3g'}}"


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
