"""Where what no deal is worth to a party may stand among the worths of the packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, log10

from accordant.case.ranges import shortest
from accordant.model.compiler import Compiler
from accordant.model.preferences import PartyOrder
from accordant.model.settings import SettingSpace

MOST = 40
"""Most distinct worths of packages between which a place is listed as an answer."""
TERMS = 6
"""Most unsure terms of a party's worths that are tried in every combination."""


@dataclass(frozen=True, slots=True)
class Places:
    """What no deal may be worth to a party, as far as it makes a difference to packages.

    Attributes
    ----------
    low, high
        The ends, None where none are given.
    each
        One number for each place, lowest first, with what it stands for in words.
    whole
        Whether every place is there.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    each: tuple[tuple[str, Decimal], ...] = ()
    whole: bool = False


def places(compiler: Compiler, party: str, space: SettingSpace) -> Places:
    """The places between the two ends that a party gives for what no deal is worth."""
    preference = compiler.case.preferences.get(party)
    held = None if preference is None else preference.reservation
    order = compiler.orders().get(party)
    if held is None or held.low is None or held.high is None:
        return Places()
    if order is None or order.score is None or order.score.element in space.lost:
        return Places(held.low, held.high)
    worths, whole = _worths(order, space)
    low, high = Fraction(held.low), Fraction(held.high)
    inside = sorted({w for w in worths if low <= w <= high})
    whole &= not any(compiler.element[e].kind == "rule" for e in space.free)
    if len(inside) > MOST:
        ends = [(shortest(end), end) for end in (held.low, held.high)]
        return Places(held.low, held.high, tuple(ends), False)
    exact = all(_decimal(w) is not None for w in inside)
    return Places(held.low, held.high, tuple(_each(low, high, inside)), whole and exact)


def _worths(order: PartyOrder, space: SettingSpace) -> tuple[set[Fraction], bool]:
    """What packages may be worth, whatever unsure terms count; whether every combination was tried."""
    score = order.score
    assert score is not None
    terms = [e for e, _ in score.terms if e in space.free]
    fixed = frozenset(e for e, _ in score.terms if e in space.out)
    found: set[Fraction] = set()
    tried = terms[:TERMS]
    for size in range(len(tried) + 1):
        for off in combinations(tried, size):
            ranks = score.ranks_in(fixed | frozenset(off))
            found.update(Fraction(int(r), score.scale) for r in set(ranks.tolist()))
    return found, len(terms) <= TERMS


def _each(low: Fraction, high: Fraction, inside: Sequence[Fraction]) -> list[tuple[str, Decimal]]:
    """Each worth itself, and one number from every gap between neighbours."""
    found: list[tuple[str, Decimal]] = []
    stops = sorted({low, high, *inside})
    for k, stop in enumerate(stops):
        exact = _decimal(stop)
        if exact is not None:
            found.append((shortest(exact), exact))
        if k + 1 < len(stops):
            between = _between(stop, stops[k + 1])
            found.append((f"between {_said(stop)} and {_said(stops[k + 1])}", between))
    return found


def _decimal(number: Fraction) -> Decimal | None:
    """The same number as a decimal, None where it has none."""
    found = Decimal(number.numerator) / Decimal(number.denominator)
    return found if Fraction(found) == number else None


def _said(number: Fraction) -> str:
    exact = _decimal(number)
    return str(number) if exact is None else shortest(exact)


def _between(low: Fraction, high: Fraction) -> Decimal:
    """A decimal strictly between two numbers, of few digits."""
    digits = max(0, ceil(-log10(high - low))) + 1
    while True:
        scaled = (low + high) / 2 * 10**digits
        found = Fraction(round(scaled), 10**digits)
        if low < found < high:
            exact = _decimal(found)
            assert exact is not None
            return exact
        digits += 1
