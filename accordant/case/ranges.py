"""Numeric issues: values made from a range, what they are called, and side payments.

Everything is exact: numbers are decimals as written, and the values of a range are their shortest
texts (``0``, ``0.5``, … ``10``). A range that makes no sense still makes values, so that the rest of
the case can be checked with it; :mod:`accordant.case.checks.numbers` says what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from pydantic import Field

from accordant.case.base import Node

MOST_VALUES = 5000
"""Most values that a range makes: which of them may follow which is kept as a table of both."""
FINEST = 100
"""Most digits of a number, zeros before and after the point counted: numbers are kept exactly."""


class Range(Node):
    """The values of a numeric issue, from the first to the last in equal steps."""

    from_: Decimal = Field(alias="from", description="the first value")
    to: Decimal = Field(description="the last value")
    step: Decimal = Field(description="how far each value is from the one before")

    @property
    def exact(self) -> bool:
        """Whether its numbers are short enough to be kept exactly."""
        return all(is_short(number) for number in (self.from_, self.to, self.step))

    @property
    def steps(self) -> Fraction:
        """How many steps lead from the first value to the last; not whole where they do not fit."""
        return (Fraction(self.to) - Fraction(self.from_)) / Fraction(self.step)

    @property
    def sound(self) -> bool:
        """Whether its steps lead from one end to the other, so that its values are known."""
        if not self.exact or self.step <= 0:
            return False
        return self.steps.denominator == 1 and abs(self.steps) < MOST_VALUES

    @property
    def values(self) -> tuple[str, ...]:
        """The values, ascending; where the range makes no sense, what comes nearest to it.

        Examples
        --------
        >>> Range.model_validate({"from": "0", "to": "1.50", "step": "0.50"}).values
        ('0', '0.5', '1', '1.5')
        """
        if not self.exact:
            return tuple(dict.fromkeys(str(number) for number in (self.from_, self.to)))
        first, last = sorted((Fraction(self.from_), Fraction(self.to)))
        step = Fraction(self.step)
        steps = int((last - first) / step) if step > 0 else 0
        inner = [first + k * step for k in range(steps + 1)] if steps < MOST_VALUES else [first]
        return tuple(shortest(number) for number in dict.fromkeys([*inner, last]))


class Transfer(Node):
    """A side payment: the more the issue is settled at, the more one party pays another."""

    from_: str = Field(alias="from", description="the party that pays")
    to: str = Field(description="the party that is paid")


def is_short(number: Decimal) -> bool:
    """Whether a number has few enough digits to be kept exactly.

    Examples
    --------
    >>> is_short(Decimal("0.25")), is_short(Decimal("1e400"))
    (True, False)
    """
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(digits) + abs(exponent) <= FINEST


def shortest(number: Decimal | Fraction) -> str:
    """A finite decimal in as few signs as it takes, without an exponent.

    Examples
    --------
    >>> [shortest(n) for n in (Decimal("2.50"), Decimal("1e3"), Decimal("-0.0"), Fraction(1, 8))]
    ['2.5', '1000', '0', '0.125']
    """
    exact = Fraction(number)
    places = max(_power(exact.denominator, 2), _power(exact.denominator, 5))
    whole = abs(exact.numerator) * 10**places // exact.denominator
    text = str(whole).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    return f"-{text}" if exact < 0 else text


def _power(number: int, prime: int) -> int:
    found = 0
    while number % prime == 0:
        found, number = found + 1, number // prime
    return found


def number(text: object) -> Decimal | None:
    """The number that a text is, None where it is none.

    Examples
    --------
    >>> number("2.50"), number("1e3"), number("ten"), number("NaN")
    (Decimal('2.50'), Decimal('1E+3'), None, None)
    """
    try:
        found = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and is_short(found) else None


_TIMES = frozenset(["seconds", "minutes", "hours", "days", "weeks", "months", "years"])
_MULTIPLES = frozenset(["dozen", "hundred", "thousand", "million", "billion"])


def unit_of(amount: Decimal | Fraction | int, unit: str) -> str:
    """A unit beside a number: of 1 its first English plural of time is singular, ``1 working day``.

    All else stands as it is written: which word of a unit counts, only its writer knows.

    Examples
    --------
    >>> unit_of(1, "days of leave"), unit_of(2, "days"), unit_of(1, "working days"), unit_of(1, "crowns")
    ('day of leave', 'days', 'working day', 'crowns')
    >>> unit_of(1, "million hours")
    'million hours'
    """
    words = unit.split(" ")
    at = next((k for k, word in enumerate(words) if word.lower() in _TIMES), None)
    if amount != 1 or at is None or _MULTIPLES.intersection(w.lower() for w in words[:at]):
        return unit
    return " ".join([*words[:at], words[at][:-1], *words[at + 1 :]])


def short(text: Any) -> Any:
    """The shortest text of the number that a text is; what is no number stays as it is.

    Examples
    --------
    >>> short("2.50"), short("none")
    ('2.5', 'none')
    """
    found = number(text)
    return text if found is None else shortest(found)


def ascending_numbers(values: Sequence[str]) -> tuple[Fraction, ...] | None:
    """The numbers that values are, where every one is a number and greater than the one before.

    Examples
    --------
    >>> ascending_numbers(("0.00", "0.40"))
    (Fraction(0, 1), Fraction(2, 5))
    >>> ascending_numbers(("none", "1")) is ascending_numbers(("2", "1"))
    True
    """
    found: list[Fraction] = []
    for value in values:
        made = number(value)
        if made is None or (found and Fraction(made) <= found[-1]):
            return None
        found.append(Fraction(made))
    return tuple(found) or None
