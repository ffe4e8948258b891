"""What a case says of pairs of states: of unknown order, or preferred to a degree.

A pair is written with names or patterns; a pattern stands for every state that matches it, so that
one line of the case may make many pairs. They are listed only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Preference, StateRef
from accordant.errors import TooLargeError
from accordant.model.growth import memory_text
from accordant.model.space import StateSpace

Pairs: TypeAlias = NDArray[np.int64]
"""Pairs of states, shape (pairs, 2), the smaller number first, ascending, none twice."""
Degrees: TypeAlias = Mapping[tuple[int, int], Fraction]
"""For a pair (s, t) the degree in [0, 1] to which s is preferred to t; (t, s) has the rest to 1."""

MOST_PAIRS = 1 << 24
"""Most pairs of unknown order of one party: 256 MB."""
MOST_DEGREES = 1 << 18
"""Most pairs with a degree of one party: 80 MB."""


def states_of(space: StateSpace, ref: StateRef) -> tuple[int, ...]:
    """The states that a name or a pattern stands for."""
    if isinstance(ref, str):
        return (space.numbers[ref],) if ref in space.numbers else ()
    return tuple(int(s) for s in np.unique(space.state_of[space.matching(ref)]))


def incomparable(space: StateSpace, preference: Preference | None) -> Pairs:
    """The pairs of states whose order is stated to be unknown.

    Parameters
    ----------
    preference
        What the case says of one party; None where it says nothing.

    Returns
    -------
    Pairs
        A state is never paired with itself, whatever patterns match.

    Raises
    ------
    TooLargeError
        If there are more than :data:`MOST_PAIRS`.

    Examples
    --------
    >>> space = StateSpace((), (), np.zeros((3, 0), dtype=np.uint8), np.arange(3, dtype=np.int32), 3)
    >>> incomparable(space, Preference(incomparable=(("s3", "s1"), ("s1", "s3")))).tolist()
    [[0, 2]]
    """
    entries = () if preference is None else preference.incomparable
    sides = [(states_of(space, one), states_of(space, two)) for one, two in entries]
    _refuse_too_many(sides, MOST_PAIRS, 16, "pairs of unknown order")
    found = [np.zeros((0, 2), dtype=np.int64)]
    for one, two in sides:
        s, t = (grid.ravel() for grid in np.meshgrid(one, two, indexing="ij"))
        both = np.stack([np.minimum(s, t), np.maximum(s, t)], axis=1).astype(np.int64).reshape(-1, 2)
        found.append(both[both[:, 0] != both[:, 1]])
    return np.unique(np.concatenate(found), axis=0)


def degrees(space: StateSpace, preference: Preference | None) -> Degrees:
    """The degrees that the case gives, each pair both ways.

    Raises
    ------
    TooLargeError
        If there are more than :data:`MOST_DEGREES`.

    Examples
    --------
    >>> space = StateSpace((), (), np.zeros((3, 0), dtype=np.uint8), np.arange(3, dtype=np.int32), 3)
    >>> found = degrees(space, Preference.model_validate({"degrees": [["s1", "s3", "0.7"]]}))
    >>> [(pair, str(degree)) for pair, degree in found.items()]
    [((0, 2), '7/10'), ((2, 0), '3/10')]
    """
    entries = () if preference is None else preference.degrees
    sides = [(states_of(space, one), states_of(space, two)) for one, two, _ in entries]
    _refuse_too_many(sides, MOST_DEGREES, 320, "pairs with a degree")
    found: dict[tuple[int, int], Fraction] = {}
    for (one, two), (_, _, number) in zip(sides, entries, strict=True):
        degree = Fraction(number)
        for s in one:
            for t in two:
                if s != t:
                    found[s, t], found[t, s] = degree, 1 - degree
    return found


def _refuse_too_many(
    sides: Iterable[tuple[tuple[int, ...], tuple[int, ...]]], most: int, each: int, what: str
) -> None:
    made = sum(len(one) * len(two) for one, two in sides)
    if made > most:
        message = f"{made:,} {what} would take {memory_text(made * each)}; up to {most:,} are taken"
        raise TooLargeError(f"{message}: write narrower patterns")
