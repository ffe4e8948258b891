"""Intervals of independent origins, against every way in which sources could coincide."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.counting import fewest_groups, interval
from tests.evidence.together import twins


@st.composite
def chances(draw: st.DrawFn) -> tuple[int, set[frozenset[int]]]:
    n = draw(st.integers(0, 7))
    pairs = [frozenset((a, b)) for a in range(n) for b in range(a + 1, n)]
    return n, {pair for pair in pairs if draw(st.booleans())}


@given(chances())
@settings(max_examples=150)
def test_the_interval_is_that_over_all_ways_in_which_sources_could_be_one(
    given_: tuple[int, set[frozenset[int]]],
) -> None:
    n, may = given_
    assert tuple(interval(n, lambda a, b: frozenset((a, b)) in may)) == twins.origin_interval(n, may)


@given(chances())
def test_a_search_that_is_cut_off_never_says_too_many(given_: tuple[int, set[frozenset[int]]]) -> None:
    n, may = given_
    if n < 2:
        return
    apart = [{b for b in range(n) if b != a and frozenset((a, b)) not in may} for a in range(n)]
    assert fewest_groups(apart, steps=3) <= fewest_groups(apart)


def test_two_named_and_three_unnamed_are_three_at_least_and_five_at_most() -> None:
    assert interval(5, lambda a, b: a >= 2 and b >= 2) == (3, 5)
