"""Degrees of preference in words: counts of settings, or the number that the case gives."""

from __future__ import annotations

from fractions import Fraction

from accordant.stability.pairwise.degrees import Degrees


def number(value: Fraction) -> str:
    """An exact number as one would write it: 1, 0.3, 1/3.

    Examples
    --------
    >>> [number(Fraction(n, d)) for n, d in ((1, 1), (3, 10), (-1, 4), (1, 3))]
    ['1', '0.3', '-0.25', '1/3']
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or value.denominator == 1:
        return str(value)
    digits = next(k for k in range(1, 400) if 10**k % value.denominator == 0)
    whole, part = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{digits}d}"


def share(degrees: Degrees, q: int, s: int, who: str, than: str = "") -> str:
    """How far a party prefers q to s: after "q," in a sentence.

    Parameters
    ----------
    who
        The party, as the sentence speaks of it.
    than
        The name of s where the sentence has to say it.

    Examples
    --------
    >>> import numpy as np
    >>> two = Degrees(np.array([[0, 3], [0, 0]], dtype=np.int32), 4, np.zeros((2, 2), dtype=bool))
    >>> share(two, 1, 0, "it")
    'which is better for it in 3 of 4 settings and worse in none'
    """
    compared = f" than {than}" if than else ""
    if (q, s) in degrees.given:
        return (
            f"which {who} prefers{f' to {than}' if than else ''} to the degree {number(degrees.given[q, s])}"
        )
    if degrees.open[s, q]:
        return f"which {who} may or may not like better{compared}"
    better, worse, of = int(degrees.better[s, q]), int(degrees.better[q, s]), degrees.settings
    if of == 1:
        how = "better" if better else "worse" if worse else "no better and no worse"
        return f"which is {how} for {who}{compared}"
    return (
        f"which is better for {who}{compared} in {better or 'none'} of {of} settings and worse in "
        f"{worse or 'none'}"
    )
