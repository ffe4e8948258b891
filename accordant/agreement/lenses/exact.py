"""Which points are best by a sum, a product or leximin, exactly and with every tie.

Notation: ``g`` are gains over no deal, whole numbers of at least zero and less than 2^63, shape
(parties, points). Each question is answered in 64 bits where everything fits. Otherwise a pass in
floats strikes out what is surely worse, by more than a proved bound on its error, and what is left is
compared in whole numbers of any size. ``e`` is 2^-53: no conversion to a float and no product, quotient
or sum of two floats is off by more than that part of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import gcd, lcm, prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Worths

Numbers = NDArray[np.intp]

_INT64 = 2**63 - 1
_WIDE = 900
"""Factors further apart than this many bits could leave the range of floats: no filter then."""
_BITS = 20_000
"""Products of powers longer than this are compared by logarithms."""


def whole(values: Sequence[Fraction]) -> tuple[int, ...]:
    """The smallest whole numbers in the same proportions.

    Examples
    --------
    >>> whole([Fraction(1, 2), Fraction(1, 3)])
    (3, 2)
    """
    common = lcm(*(value.denominator for value in values))
    numbers = [int(value * common) for value in values]
    shared = gcd(*numbers) or 1
    return tuple(number // shared for number in numbers)


def greatest_sum(g: Worths, factors: Sequence[int]) -> Numbers:
    """The points at which the sum of ``factors[i] * g[i]`` is greatest.

    Examples
    --------
    >>> greatest_sum(np.array([[4, 2, 0], [0, 1, 2]]), [1, 2]).tolist()
    [0, 1, 2]
    """
    tops = [max(int(most), 1) for most in g.max(axis=1)]
    if sum(top * factor for top, factor in zip(tops, factors, strict=True)) <= _INT64:
        return _greatest(np.array(factors, dtype=np.int64) @ g)
    left = np.arange(g.shape[1])
    if _narrow(factors):
        # A term is off by 3e of itself (gain, factor, product), and adding k of them, all of one
        # sign, by (k-1)e of the sum. So a best point is within 2(k+2)e of the greatest float.
        total = _scaled(g, factors).sum(axis=0)
        left = np.flatnonzero(total >= total.max() * (1 - (4 * len(g) + 16) * 2.0**-53))
    return left[_greatest(np.array(factors, dtype=object) @ g[:, left].astype(object))]


def leximin(g: Worths, factors: Sequence[int]) -> Numbers:
    """The points at which the least ``factors[i] * g[i]`` is greatest, then the next to least, and so on.

    Examples
    --------
    >>> leximin(np.array([[1, 1, 5], [1, 3, 0]]), [1, 1]).tolist()
    [1]
    """
    if not len(g):
        return np.arange(g.shape[1])
    tops = [max(int(most), 1) for most in g.max(axis=1)]
    if all(top * factor <= _INT64 for top, factor in zip(tops, factors, strict=True)):
        return _leximin(g * np.array(factors, dtype=np.int64)[:, None])
    left = np.arange(g.shape[1])
    if _narrow(factors):
        # Each number is off by 3e of itself, so the least of them is as well; the bound is 6e, with
        # two to spare for the rounding of the threshold.
        least = _scaled(g, factors).min(axis=0)
        left = np.flatnonzero(least >= least.max() * (1 - 2.0**-50))
    return left[_leximin(g[:, left].astype(object) * np.array(factors, dtype=object)[:, None])]


def greatest_product(g: Worths, powers: Sequence[int]) -> Numbers:
    """The points at which the product of ``g[i] ** powers[i]`` is greatest; all gains positive.

    Examples
    --------
    >>> greatest_product(np.array([[1, 2, 4], [4, 2, 1]]), [1, 1]).tolist()
    [0, 1, 2]
    >>> greatest_product(np.array([[1, 2, 4], [4, 2, 1]]), [2, 1]).tolist()
    [2]
    """
    bits = sum(int(top).bit_length() * power for top, power in zip(g.max(axis=1), powers, strict=True))
    if bits <= 63:
        return _greatest(np.prod(g ** np.array(powers, dtype=np.int64)[:, None], axis=0, dtype=np.int64))
    left = np.flatnonzero(_near_greatest_log(g, powers))
    columns = g[:, left].T.tolist()
    if bits <= _BITS:
        products = [
            prod(gain**power for gain, power in zip(column, powers, strict=True)) for column in columns
        ]
        top = max(products)
        return _of(left, [place for place, product in enumerate(products) if product == top])
    best = [0]
    for number in range(1, len(columns)):
        sign = compare_products(columns[number], columns[best[0]], powers)
        best = [number] if sign > 0 else [*best, number] if sign == 0 else best
    return _of(left, best)


def _near_greatest_log(g: Worths, powers: Sequence[int]) -> NDArray[np.bool_]:
    """The points that may be best by the logarithm of the product.

    With powers that add up to one the sum of ``power * log(gain)`` is off by at most: 16 units in the
    last place of a logarithm (libraries promise 4; below 64, so 16 * 2^-47), e for the conversion of
    the gain, and (k+1)e of 44 for powers, products and sums: less than (k+32) * 2^-46 in all for k
    parties. Twice that is kept.
    """
    total = sum(powers)
    logs = np.zeros(g.shape[1])
    for gains, power in zip(g, powers, strict=True):
        logs += (power / total) * np.log(gains.astype(np.float64))
    kept: NDArray[np.bool_] = logs >= logs.max() - (len(g) + 32) * 2.0**-45
    return kept


def compare_products(a: Sequence[int], b: Sequence[int], powers: Sequence[int]) -> int:
    """The sign of the product of ``a[i] ** powers[i]`` less that of ``b``, without multiplying out.

    Both are written as products of powers of whole numbers that have no common divisor pair by pair.
    Such a writing is unique, so that they are equal if all powers are; otherwise enough digits of the
    logarithms tell them apart.

    Examples
    --------
    >>> compare_products([6, 10], [4, 15], [10**9, 10**9])
    0
    >>> compare_products([3, 1], [2, 1], [10**9, 1])
    1
    """
    base = _coprime([*a, *b])
    net = dict.fromkeys(base, 0)
    for first, second, power in zip(a, b, powers, strict=True):
        for q in base:
            net[q] += power * (_times(first, q) - _times(second, q))
    net = {q: power for q, power in net.items() if power}
    if not net:
        return 0
    digits = 40
    while True:
        # A logarithm below 100, correctly rounded to p digits, is off by at most 10^(2-p) / 2.
        context = Context(prec=digits)
        total = sum((power * Fraction(context.ln(Decimal(q))) for q, power in net.items()), Fraction(0))
        if abs(total) > sum(abs(power) for power in net.values()) * Fraction(10) ** (2 - digits):
            return 1 if total > 0 else -1
        digits *= 2


def _coprime(numbers: Sequence[int]) -> list[int]:
    """Whole numbers above one, no two with a common divisor, whose products give all of ``numbers``."""
    base: list[int] = []
    todo = [number for number in set(numbers) if number > 1]
    while todo:
        number = todo.pop()
        for place, other in enumerate(base):
            shared = gcd(number, other)
            if shared > 1:
                del base[place]
                todo += [part for part in (shared, number // shared, other // shared) if part > 1]
                break
        else:
            if number not in base:
                base.append(number)
    return base


def _times(number: int, q: int) -> int:
    """How often ``q`` divides ``number``."""
    count = 0
    while number % q == 0:
        number //= q
        count += 1
    return count


def _leximin(values: NDArray[np.generic]) -> Numbers:
    """The columns of ``values`` that are best by leximin."""
    ordered = np.sort(values, axis=0)
    left = np.arange(values.shape[1])
    for row in ordered:
        left = left[_greatest(row[left])]
    return left


def _greatest(values: NDArray[np.generic]) -> Numbers:
    return np.flatnonzero(values == values.max())


def _of(left: Numbers, places: list[int]) -> Numbers:
    chosen: Numbers = left[np.array(places)]
    return chosen


def _narrow(factors: Sequence[int]) -> bool:
    """Whether factors over the greatest of them are ordinary floats."""
    return max(factors).bit_length() - min(factors).bit_length() < _WIDE


def _scaled(g: Worths, factors: Sequence[int]) -> NDArray[np.float64]:
    """``factors[i] * g[i]`` over the greatest factor, in floats, each off by at most 3e of itself."""
    top = max(factors)
    parts = np.array([factor / top for factor in factors])
    scaled: NDArray[np.float64] = g.astype(np.float64) * parts[:, None]
    return scaled
