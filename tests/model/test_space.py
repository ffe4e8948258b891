"""Names of states are made when they are asked for, and are found again by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.model.space import Names, Numbers, Picked


@st.composite
def given_names(draw: st.DrawFn) -> tuple[int, dict[int, str]]:
    n = draw(st.integers(1, 30))
    words = st.sampled_from(["s1", "s2", "s7", "s30", "s31", "x", "s1'", "s", "s0", "s01", "peace"])
    some = draw(st.lists(words, unique=True, max_size=min(n, 5)))
    places = draw(st.lists(st.integers(0, n - 1), unique=True, min_size=len(some), max_size=len(some)))
    return n, dict(zip(places, some, strict=True))


def spelled(n: int, named: dict[int, str]) -> list[str]:
    """The rule word for word: s1, s2, … by position, with strokes where a case gives that name away."""
    taken, found = set(named.values()), []
    for k in range(n):
        name = named.get(k, f"s{k + 1}")
        while k not in named and name in taken:
            name += "'"
        found.append(name)
    return found


@given(given_names())
def test_names_follow_the_rule_and_lead_back_to_their_numbers(drawn: tuple[int, dict[int, str]]) -> None:
    n, named = drawn
    names, numbers = Names(n, named), Numbers(Names(n, named))
    every = spelled(n, named)
    assert list(names) == every == [names[k] for k in range(n)]
    assert names == tuple(every)
    assert names[2:5] == tuple(every[2:5])
    assert names[-1] == every[-1]
    for k, name in enumerate(every):
        assert name in names
        if every.count(name) == 1:
            assert numbers[name] == k
    assert dict(numbers).keys() == set(every)


@given(given_names(), st.text(alphabet="s0123456789'x", max_size=5))
def test_only_names_that_there_are_are_found(drawn: tuple[int, dict[int, str]], name: str) -> None:
    n, named = drawn
    assert (name in Names(n, named)) == (name in spelled(n, named))
    with pytest.raises(IndexError):
        Names(n, named)[n]


@given(given_names(), st.data())
def test_picked_names_are_those_of_the_numbers(
    drawn: tuple[int, dict[int, str]], data: st.DataObject
) -> None:
    n, named = drawn
    chosen = sorted(data.draw(st.sets(st.integers(0, n - 1))))
    every = spelled(n, named)
    some = Picked(Names(n, named), np.array(chosen, dtype=np.int32))
    assert tuple(some) == tuple(every[k] for k in chosen)
    assert some == tuple(every[k] for k in chosen)
    assert some[1:3] == tuple(every[k] for k in chosen[1:3])
    assert len(some) == len(chosen)
    for k, name in enumerate(every):
        if every.count(name) == 1:
            assert (name in some) == (k in chosen)
