"""Numbers that a sentence compares: to a few digits, but never so few that they read alike."""

from __future__ import annotations

from fractions import Fraction

from accordant.agreement.lenses.telling import number, readable, short

READ = 8
"""Signs up to which a decimal stands in a sentence as it is."""
DIGITS = 3
"""Digits that a longer number is rounded to."""
_MOST = 15


def told_apart(*values: Fraction) -> tuple[str, ...]:
    """Numbers for a sentence, rounded where they are long; more digits where different ones would read alike.

    Examples
    --------
    >>> told_apart(Fraction(61, 3), Fraction(5, 2)), told_apart(Fraction("46.28074479616"), Fraction("46.3"))
    (('about 20.3', '2.5'), ('about 46.28', '46.3'))
    >>> told_apart(Fraction(200000, 3), Fraction(1, 3**30), Fraction(-2))
    ('about 66667', 'about 4.86e-15', '-2')
    """
    for digits in range(DIGITS, _MOST + 1):
        texts = tuple(_rounded(value, digits) for value in values)
        if len({text.removeprefix("about ") for text in texts}) == len(set(values)):
            return texts
    return tuple(number(value) for value in values)


def signed(value: Fraction) -> str:
    """A gain or a loss for a cell of a table.

    Examples
    --------
    >>> signed(Fraction(5, 2)), signed(Fraction(-61, 3)), signed(Fraction(0))
    ('+2.5', 'about -20.3', '0')
    """
    text = readable(abs(value))
    sign = "+" if value > 0 else "-" if value < 0 else ""
    return f"about {sign}{text.removeprefix('about ')}" if text.startswith("about ") else f"{sign}{text}"


def _rounded(value: Fraction, digits: int) -> str:
    exact = short(value)
    if exact is not None and "/" not in exact and len(exact) <= READ:
        return exact
    if exact is None and abs(value) >= 10**_MOST:
        return number(value)
    whole = 10**digits <= abs(value) < 10**_MOST
    return f"about {float(value):{'.0f' if whole else f'.{digits}g'}}"
