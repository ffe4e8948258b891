"""Names of states are made when they are asked for, and are found again by name."""

from __future__ import annotations

import json
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.model.space import Names, Numbers, Picked, StateSpace


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


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.integers(0, 6), st.integers(0, 6))
def test_values_and_their_json_follow_the_combinations_of_each_state(
    owners: list[int], start: int, stop: int
) -> None:
    order = list(dict.fromkeys(owners))
    state_of = np.array([order.index(o) for o in owners], dtype=np.int32)
    codes = np.array([(a, b) for a in range(2) for b in range(3)], dtype=np.uint8)
    values = (("no", "yes"), ("low", 'so "so"', "high"))
    space = StateSpace(("x", "y"), values, codes, state_of, len(order))
    slow = []
    for s in range(space.n):
        rows = [tuple(row) for k, row in enumerate(codes.tolist()) if state_of[k] == s]
        said = [{values[axis][row[axis]] for row in rows} for axis in range(2)]
        slow.append({i: v.pop() if len(v) == 1 else "*" for i, v in zip("xy", said, strict=True)})
    assert space.state_values == slow == [space.values_of(s) for s in range(space.n)]
    assert space.state_values[start:stop] == slow[start:stop]
    assert space.state_values.written is not None
    assert [json.loads(text) for text in space.state_values.written(0, space.n)] == slow


@given(given_names(), st.sets(st.integers(0, 29)), st.integers(0, 30), st.integers(0, 30))
def test_picked_names_know_which_of_some_states_they_are(
    drawn: tuple[int, dict[int, str]], some: set[int], start: int, stop: int
) -> None:
    n, named = drawn
    start, stop = sorted((min(start, n), min(stop, n)))
    picked = sorted(k for k in some if k < n)
    found = Picked(Names(n, named), np.array(picked, dtype=np.int32))
    assert found.among(start, stop).tolist() == [k in picked for k in range(start, stop)]
    assert list(found) == [spelled(n, named)[k] for k in picked]


def test_a_name_stands_where_a_tuple_would_have_it() -> None:
    names = Names(3, {2: "s1"})
    assert [names.index(name) for name in names] == [0, 1, 2]
    for name, start in (("s9", 0), ("s1'", 1)):
        with pytest.raises(ValueError, match="no state"):
            names.index(name, start)


@given(st.lists(st.integers(1, 3), min_size=0, max_size=4), st.randoms(), st.data())
def test_combinations_match_that_have_every_value_of_a_pattern(
    sizes: list[int], random: Random, data: st.DataObject
) -> None:
    rows = [row for row in product(*map(range, sizes)) if random.random() < 0.8]
    issues = tuple(f"i{k}" for k in range(len(sizes)))
    values = tuple(tuple(f"v{v}" for v in range(size)) for size in sizes)
    codes = np.array(rows, dtype=np.uint8).reshape(len(rows), len(sizes))
    space = StateSpace(issues, values, codes, np.arange(len(rows), dtype=np.int32), len(rows))
    named = data.draw(st.sets(st.sampled_from(issues)) if issues else st.just(set()))
    pattern = {i: data.draw(st.sampled_from(values[issues.index(i)])) for i in sorted(named)}
    wanted = [
        k for k, row in enumerate(rows) if all(f"v{row[issues.index(i)]}" == v for i, v in pattern.items())
    ]
    assert space.matching(pattern).tolist() == wanted
