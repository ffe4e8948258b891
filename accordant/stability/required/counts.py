"""How many rankings of one party make a state stable, counted without listing them.

With the others' orders fixed, stability of s for a party depends only on the set L of states that it
likes no better than s: every improvement must be in L, or be answered by a state that is in L (and,
where the party may answer back, all that it can move to from there as well). This is a monotone
condition on L, a conjunction of disjunctions of sets that L must contain. Counted are the sets L by
their size, by splitting on one state at a time, parts that share no state apart, states that play
the same part together. Every L of size k is that of

    k! (m - k)!               strict rankings, of (m + 1)!,
    f(k) F(m - k)             rankings with ties, of F(m + 1),

where m is the number of other states, F(j) the number of rankings with ties of j states, and f(k)
those of k states and s in which nothing is above s: 1 for k = 0 and 2 F(k) otherwise.

The chance that a random strict ranking does follows from the states that matter alone: those that
do not can be left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import comb, factorial
from typing import TypeAlias

import numpy as np

from accordant.stability.required.conditions import Situation, Standing

Clause: TypeAlias = frozenset[frozenset[int]]
"""Sets of states; L must contain one of them."""
Counts: TypeAlias = list[int]
"""Number of sets by size."""

MOST_SPLITS = 20_000
"""Conditions split before a count is given up."""


class UncountedError(Exception):
    """A condition that is too large to count."""


@cache
def weak(n: int) -> int:
    """Number of rankings of n states in which ties are allowed.

    Examples
    --------
    >>> [weak(n) for n in range(6)]
    [1, 1, 3, 13, 75, 541]
    """
    numbers = [1]
    for j in range(1, n + 1):
        numbers.append(sum(comb(j, k) * numbers[j - k] for k in range(1, j + 1)))
    return numbers[n]


def clauses(situation: Situation, standing: Standing, party: int) -> list[Clause]:
    """What has to be in L for s to be stable for a party, the others' comparisons as they stand."""
    concept, found = situation.concepts[party], []
    credible = standing if concept.sanctions == "improvements" else None
    for q in situation.targets(party):
        ways = [frozenset([q])]
        if concept.sanctions != "none":
            _, seen = situation.reach(party, q, credible)
            ends = map(int, np.flatnonzero(seen.any(axis=0)))
            ways += [frozenset(situation.required(party, t)) for t in ends]
        found.append(_least(ways))
    return _without_implied([c for c in found if frozenset() not in c])


def _least(ways: Sequence[frozenset[int]]) -> Clause:
    """The sets that contain no other."""
    kept: list[frozenset[int]] = []
    for way in sorted(set(ways), key=len):
        if not any(k <= way for k in kept):
            kept.append(way)
    return frozenset(kept)


def _without_implied(given: Sequence[Clause]) -> list[Clause]:
    kept: list[Clause] = []
    for clause in sorted(set(given), key=lambda c: (len(c), sorted(map(sorted, c)))):
        if not any(all(any(w <= v for w in clause) for v in k) for k in kept):
            kept.append(clause)
    return kept


def by_size(condition: Sequence[Clause], most: int = MOST_SPLITS) -> tuple[int, Counts]:
    """The number of states that matter, and of sets of them that meet a condition, by size.

    Raises
    ------
    UncountedError
        If that would take too long.

    Examples
    --------
    Sets of the states 1, 2 and 3 that contain 1, or both others:

    >>> by_size([frozenset([frozenset([1]), frozenset([2, 3])])])
    (3, [0, 1, 3, 1])
    """
    counter = _Counter(condition, most)
    return counter.states, counter.count(frozenset(counter.condition), frozenset(counter.ways))


class _Counter:
    """Counts sets of units: groups of states that play the same part."""

    def __init__(self, condition: Sequence[Clause], most: int) -> None:
        self.left = most
        self.states = len({s for c in condition for w in c for s in w})
        self.condition, self.ways = _units(condition)
        self.known: dict[tuple[frozenset[Clause], frozenset[int]], Counts] = {}

    def count(self, condition: frozenset[Clause], units: frozenset[int]) -> Counts:
        """Sets of some units that meet a condition on them, by number of states."""
        key = (condition, units)
        if key not in self.known:
            self.left -= 1
            if self.left < 0:
                raise UncountedError
            self.known[key] = self._count(condition, units)
        return self.known[key]

    def _count(self, condition: frozenset[Clause], units: frozenset[int]) -> Counts:
        if frozenset() in condition:
            return [0]
        total = [1]
        used = frozenset(u for c in condition for w in c for u in w)
        for u in units - used:
            total = times(total, plus(*self.ways[u]))
        parts = _apart(condition)
        if len(parts) != 1:
            for part in parts:
                total = times(total, self.count(part, frozenset(u for c in part for w in c for u in w)))
            return total
        return times(total, self._split(condition, used))

    def _split(self, condition: frozenset[Clause], units: frozenset[int]) -> Counts:
        """With one unit in L, and without it."""
        seen = [u for c in condition for w in c for u in w]
        unit = max(sorted(units), key=seen.count)
        rest = units - {unit}
        with_, without = [], []
        for clause in condition:
            less = _least([w - {unit} for w in clause])
            if frozenset() not in less:
                with_.append(less)
            without.append(frozenset(w for w in clause if unit not in w))
        inside, outside = self.ways[unit]
        return plus(
            times(inside, self.count(frozenset(_without_implied(with_)), rest)),
            times(outside, self.count(frozenset(_without_implied(without)), rest)),
        )


def _units(condition: Sequence[Clause]) -> tuple[list[Clause], dict[int, tuple[Counts, Counts]]]:
    """States that play the same part as one: the condition on units, and ways to be in L or not."""
    sets = sorted({w for c in condition for w in c}, key=sorted)
    place: dict[tuple[int, ...], list[int]] = {}
    for s in sorted({s for w in sets for s in w}):
        place.setdefault(tuple(k for k, w in enumerate(sets) if s in w), []).append(s)
    ways: dict[int, tuple[Counts, Counts]] = {}
    unit_of: dict[int, int] = {}
    for unit, members in enumerate(place.values()):
        k = len(members)
        ways[unit] = [0] * k + [1], [comb(k, j) for j in range(k)]
        unit_of |= dict.fromkeys(members, unit)
    told = [frozenset(frozenset(unit_of[s] for s in w) for w in c) for c in condition]
    return _merged(told, ways)


def _merged(
    condition: list[Clause], ways: dict[int, tuple[Counts, Counts]]
) -> tuple[list[Clause], dict[int, tuple[Counts, Counts]]]:
    """Units each of which suffices alone, for the same clauses, as one unit: any of them."""
    alone: dict[tuple[int, ...], list[int]] = {}
    for unit in ways:
        where = [[w for w in c if unit in w] for c in condition]
        if all(len(w) <= 1 and all(len(v) == 1 for v in w) for w in where):
            alone.setdefault(tuple(k for k, w in enumerate(where) if w), []).append(unit)
    for first, *others in alone.values():
        none, every = ways[first][1], plus(*ways[first])
        for unit in others:
            none, every = times(none, ways[unit][1]), times(every, plus(*ways[unit]))
            del ways[unit]
        ways[first] = plus(every, [-k for k in none]), none
        gone = {frozenset([u]) for u in others}
        condition = [c - gone for c in condition]
    return condition, ways


def _apart(condition: frozenset[Clause]) -> list[frozenset[Clause]]:
    """Clauses in parts that share no unit."""
    parts: list[tuple[set[int], list[Clause]]] = []
    for clause in condition:
        units, own = {u for w in clause for u in w}, [clause]
        apart = []
        for others, clauses_ in parts:
            if others & units:
                units |= others
                own += clauses_
            else:
                apart.append((others, clauses_))
        parts = [*apart, (units, own)]
    return [frozenset(c) for _, c in parts]


def plus(one: Counts, other: Counts) -> Counts:
    """Sum of two counts by size."""
    size = max(len(one), len(other))
    return [a + b for a, b in zip(_padded(one, size), _padded(other, size), strict=True)]


def _padded(counts: Counts, size: int) -> Counts:
    return counts + [0] * (size - len(counts))


def times(one: Counts, other: Counts) -> Counts:
    """Counts by size of sets put together from two parts."""
    found = [0] * (len(one) + len(other) - 1)
    for j, a in enumerate(one):
        if a:
            for k, b in enumerate(other):
                found[j + k] += a * b
    return found


def share(matter: int, sizes: Counts) -> Fraction:
    """The part of all strict rankings, whatever their number of states.

    Parameters
    ----------
    matter, sizes
        As :func:`by_size` gives them.

    Examples
    --------
    s above both of two states, and s above one of two:

    >>> share(2, [0, 0, 1]), share(2, [0, 2, 1])
    (Fraction(1, 3), Fraction(2, 3))
    """
    ways = sum(k * factorial(size) * factorial(matter - size) for size, k in enumerate(sizes))
    return Fraction(ways, factorial(matter + 1))


def of_strict(n: int, matter: int, sizes: Counts) -> int:
    """Strict rankings of n states that meet the condition."""
    return int(share(matter, sizes) * factorial(n))


def of_weak(n: int, matter: int, sizes: Counts) -> int:
    """Rankings of n states, ties allowed, that meet the condition."""
    free = n - 1 - matter
    every = times(sizes, [comb(free, k) for k in range(free + 1)])
    below = [1 if k == 0 else 2 * weak(k) for k in range(n)]
    return sum(ways * below[k] * weak(n - 1 - k) for k, ways in enumerate(every))
