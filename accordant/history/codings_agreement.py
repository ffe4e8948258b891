"""How far two people who judged the same things agree, beyond what would be expected of chance.

Two coefficients, both exact fractions: 1 where everything is judged alike, 0 where agreement is what
chance would give, below 0 where it is less. *Cohen's kappa* [1]_ takes chance from how often each of two
people gives each value; *Krippendorff's alpha* [2]_ pools both, takes any number of people, values that
are missing, and values that have an order. Neither is defined where only one value was ever given: there
is nothing to be told apart. Neither says who is right.

References
----------
.. [1] J. Cohen, A coefficient of agreement for nominal scales. Educational and Psychological
   Measurement 20 (1960) 37-46.
.. [2] K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = Hashable
Distance: TypeAlias = Callable[[Value, Value], Fraction]
"""How far two values are apart, squared; 0 for one and the same."""


def kappa(pairs: Sequence[tuple[Value, Value]]) -> Fraction | None:
    """Cohen's kappa over what two people said of the same things; None where it is not defined.

    Examples
    --------
    >>> said = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> kappa(said)
    Fraction(2, 5)
    >>> kappa([("a", "a"), ("a", "a")]) is None
    True
    """
    n = len(pairs)
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(ours[value] * theirs[value] for value in ours)  # times n squared
    if by_chance == n * n:
        return None
    agreed = sum(a == b for a, b in pairs)
    return Fraction(agreed * n - by_chance, n * n - by_chance)


def alpha(
    units: Iterable[Sequence[Value | None]],
    distance: Callable[[Mapping[Value, Fraction]], Distance] | None = None,
) -> Fraction | None:
    """Krippendorff's alpha over any number of people; None where it is not defined.

    Parameters
    ----------
    units
        For each thing what every person said of it, None where somebody said nothing. Things of which
        fewer than two people said anything do not count.
    distance
        Makes the distance from how often each value was given; by default values are alike or not. See
        :func:`ordinal`.

    Examples
    --------
    >>> alpha([("a", "b"), ("a", "a"), ("b", "b"), ("b", "b")])
    Fraction(8, 15)
    """
    together: dict[tuple[Value, Value], Fraction] = {}
    for unit in units:
        said = [value for value in unit if value is not None]
        if len(said) > 1:
            counts = Counter(said)
            for a, often in counts.items():
                for b, others in counts.items():
                    pairs = often * (others - (a == b))
                    if pairs:
                        share = Fraction(pairs, len(said) - 1)
                        together[a, b] = together.get((a, b), Fraction(0)) + share
    totals: dict[Value, Fraction] = {}
    for (a, _), times in together.items():
        totals[a] = totals.get(a, Fraction(0)) + times
    apart = nominal if distance is None else distance(totals)
    observed = sum((times * apart(a, b) for (a, b), times in together.items()), Fraction(0))
    expected = sum((totals[a] * totals[b] * apart(a, b) for a in totals for b in totals), Fraction(0))
    if not expected:
        return None
    return 1 - (sum(totals.values()) - 1) * observed / expected


def nominal(a: Value, b: Value) -> Fraction:
    """Values are alike or not."""
    return Fraction(a != b)


def ordinal(order: Sequence[Value]) -> Callable[[Mapping[Value, Fraction]], Distance]:
    """Values have an order: two are the further apart the more was said between them.

    Parameters
    ----------
    order
        Every value, from one end to the other.
    """

    def metric(totals: Mapping[Value, Fraction]) -> Distance:
        place = {value: k for k, value in enumerate(order)}

        def apart(a: Value, b: Value) -> Fraction:
            low, high = sorted((place[a], place[b]))
            between = sum((totals.get(v, Fraction(0)) for v in order[low : high + 1]), Fraction(0))
            ends = totals.get(a, Fraction(0)) + totals.get(b, Fraction(0))
            return Fraction(0) if a == b else (between - ends / 2) ** 2

        return apart

    return metric


def rounded(number: Fraction | None) -> str:
    """A coefficient to two places, as it is printed; half a step goes to the even place.

    Examples
    --------
    >>> rounded(Fraction(9, 13)), rounded(Fraction(-1, 8)), rounded(None)
    ('0.69', '-0.12', 'not defined')
    """
    if number is None:
        return "not defined"
    hundredths = round(number * 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
