"""Exact numbers and short lists in the sentences of a lens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd

from accordant.agreement.bargain import Points

_LONG = 40


def number(value: Fraction | int) -> str:
    """A number as a decimal where it has one of at most 12 places, otherwise as a fraction.

    Examples
    --------
    >>> number(Fraction(5, 2)), number(Fraction(1, 3)), number(-4), number(Fraction(1, 8))
    ('2.5', '1/3', '-4', '0.125')
    """
    value = Fraction(value)
    places = 0
    while places <= 12 and 10**places % value.denominator:
        places += 1
    if places > 12:
        return f"{value.numerator}/{value.denominator}"
    if not places:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def short(value: Fraction) -> str | None:
    """A number as text, or None where it would be too long to read."""
    if value.numerator.bit_length() + value.denominator.bit_length() > 8 * _LONG:
        return None
    text = number(value)
    return text if len(text) <= _LONG else None


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
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def by_party(points: Points, values: Sequence[Fraction], parties: Iterable[int] | None = None) -> str:
    """Each party with its number: ``union 2.5, firm 4``."""
    chosen = range(len(points.parties)) if parties is None else parties
    return ", ".join(f"{points.parties[i]} {number(values[i])}" for i in chosen)


def proportions(values: Sequence[Fraction]) -> str:
    """Weights as given, with what they add up to where that is not one."""
    total = sum(values, Fraction(0))
    said = "" if total == 1 else f" (they add up to {number(total)}, not to 1; only proportions count)"
    return ":".join(number(value) for value in values) + said


def reduced(numerator: int, denominator: int) -> tuple[int, int]:
    """A fraction in lowest terms."""
    shared = gcd(numerator, denominator)
    return numerator // shared, denominator // shared
