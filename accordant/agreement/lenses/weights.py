"""Weights of unequal parties: one positive number for each, by name, or none at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias

from accordant.agreement.lenses.contract import Weights
from accordant.case.wording import cut, instead_of
from accordant.errors import InputError, did_you_mean

Number: TypeAlias = int | str | float | Decimal | Fraction

_SIZE = 60
"""Digits that a weight may have, before and after the point."""
_LONG = f"too long: up to {_SIZE} digits are taken"


def read_weights(parties: Sequence[str], given: Mapping[str, Number]) -> Weights:
    """Weights in the order of the parties, exactly as written.

    Nothing is filled in: a party without a weight is a mistake, not a party of weight one. Weights
    need not add up to one; only their proportions count.

    Raises
    ------
    InputError
        With everything that is wrong: parties that are unknown or missing, weights that are not
        positive numbers.

    Examples
    --------
    >>> read_weights(["union", "firm"], {"firm": "1/3", "union": 0.1})
    (Fraction(1, 10), Fraction(1, 3))
    >>> read_weights(["union", "firm"], {"union": 2})
    Traceback (most recent call last):
    ...
    accordant.errors.InputError: weights: none is given for firm; give one for every party or none at all
    """
    wrong = []
    for name in given:
        if name not in parties:
            hint = did_you_mean(name, parties) or f"the parties are {', '.join(parties)}"
            wrong.append(f"there is no party {name!r}; {hint}")
    missing = [party for party in parties if party not in given]
    if missing:
        wrong.append(f"none is given for {', '.join(missing)}; give one for every party or none at all")
    found = []
    for party in parties:
        if party in given:
            value = _number(given[party])
            if isinstance(value, str):
                wrong.append(f"{party} has {cut(repr(given[party]))}, which is {value}")
            else:
                found.append(value)
    if wrong:
        raise InputError("weights: " + "; ".join(wrong))
    return tuple(found)


def _number(given: Number) -> Fraction | str:
    """A positive number of sensible length, or what is wrong with it."""
    try:
        value = _fraction(given)
    except (ValueError, ZeroDivisionError, InvalidOperation, OverflowError, TypeError):
        hint = instead_of(given) if isinstance(given, str) else None
        return f"not a positive number{'; ' + hint if hint else ''}"
    if isinstance(value, Fraction) and value <= 0:
        return "not a positive number"
    return value


def _fraction(given: Number) -> Fraction | str:
    if isinstance(given, bool):
        return "not a positive number"
    if isinstance(given, int | Fraction):
        return Fraction(given)
    # A float is taken as it is written: 0.1 is a tenth.
    text = str(given).strip()
    if "/" in text:
        return Fraction(text) if len(text) <= 2 * _SIZE else _LONG
    number = Decimal(text)
    if not number.is_finite() or number <= 0:
        return "not a positive number"
    if abs(number.adjusted()) > _SIZE:
        what = "large" if number > 1 else "small"
        return (
            f"too {what}: up to {_SIZE} digits are taken, before and after the point; only proportions count"
        )
    return _LONG if len(number.as_tuple().digits) > _SIZE else Fraction(number)
