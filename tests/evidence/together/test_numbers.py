"""Numbers in claims as ranges with what is counted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.together.numbers import Quantity, quantities


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("70% of the wells", 70, 70, "%"),
        ("seventy per cent of the wells", 70, 70, "%"),
        ("at least 200 villages", 200, None, ""),
        ("200 or more villages", 200, None, ""),
        ("fewer than forty boats", None, 40, ""),
        ("up to 3,000 tonnes", None, 3000, ""),
        ("about 50 boats", 45, 55, ""),
        ("nearly 50 boats", 45, 50, ""),
        ("twice", 2, 2, "times"),
        ("three times", 3, 3, "times"),
        ("two million crowns", 2_000_000, 2_000_000, "money"),
        ("$1.5 billion", 1_500_000_000, 1_500_000_000, "money"),
        ("half a million people", 500_000, 500_000, ""),
    ],
)
def test_a_number_is_a_range_with_its_unit(words: str, low: int | None, high: int | None, unit: str) -> None:
    (found,) = quantities(words)
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "words", ["in 2024", "on 12 March", "on March 12", "at 10:30", "at 7 p.m.", "Article 7"]
)
def test_dates_and_names_are_no_numbers(words: str) -> None:
    assert quantities(words) == ()


bounds = st.one_of(st.none(), st.integers(0, 5).map(Fraction))


@st.composite
def quantity(draw: st.DrawFn) -> Quantity:
    low, high = draw(bounds), draw(bounds)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Quantity(low, high, "", frozenset({"boat"}), (0, 1))  # type: ignore[arg-type]


@given(quantity(), quantity())
def test_two_ranges_meet_exactly_if_some_number_is_in_both(one: Quantity, other: Quantity) -> None:
    def holds(q: Quantity, n: Fraction) -> bool:
        return (q.low is None or q.low <= n) and (q.high is None or n <= q.high)

    tried = [Fraction(n, 2) for n in range(-2, 14)]
    assert one.meets(other) == any(holds(one, n) and holds(other, n) for n in tried)
    assert one.meets(other) == other.meets(one)
