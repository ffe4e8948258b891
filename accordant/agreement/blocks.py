"""Who blocks what, when no agreement exists.

Only states that somebody would prefer to no deal count: without a gain for anybody there is nothing
to block. Each such state is refused by at least one party; a *blocking set* is a set of parties of
whom at least one refuses every such state, so that its refusals alone leave nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

SEARCHED = 200_000
"""Most sets of parties that are tried."""


def smallest_blocking_sets(
    refused: Mapping[str, Bools], gains: Bools
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Every smallest set of parties that together refuse all states with a gain for somebody.

    Parameters
    ----------
    refused
        For each party the states that it refuses, shape (n,).
    gains
        The states that somebody prefers to no deal.

    Returns
    -------
    sets, complete
        The sets, in the order of the parties; whether the search was complete. The empty set
        where no state brings anybody a gain; no set where some such state is refused by nobody.

    Examples
    --------
    >>> refused = {"a": np.array([True, False, True]), "b": np.array([False, True, True])}
    >>> smallest_blocking_sets(refused, np.array([True, True, True]))
    ((('a', 'b'),), True)
    """
    parties = tuple(refused)
    patterns = _patterns(refused, gains)
    if not patterns:
        return ((),), True
    if any(not pattern for pattern in patterns):
        return (), True
    tried = 0
    for size in range(1, len(parties) + 1):
        found: list[tuple[str, ...]] = []
        for chosen in combinations(range(len(parties)), size):
            tried += 1
            if tried > SEARCHED:
                return tuple(found), False
            if all(pattern.intersection(chosen) for pattern in patterns):
                found.append(tuple(parties[k] for k in chosen))
        if found:
            return tuple(found), True
    return (), True


def _patterns(refused: Mapping[str, Bools], gains: Bools) -> list[frozenset[int]]:
    """The different sets of refusing parties, less those that contain another one."""
    table = np.array([r[gains] for r in refused.values()], dtype=bool).reshape(len(refused), -1)
    different = {frozenset(np.flatnonzero(column).tolist()) for column in np.unique(table, axis=1).T}
    return [p for p in different if not any(q < p for q in different)]


def fewest_refusals(refused: Mapping[str, Bools], gains: Bools) -> NDArray[np.intp]:
    """The states with a gain for somebody that fewest parties refuse, ascending.

    Examples
    --------
    >>> refused = {"a": np.array([True, False, True]), "b": np.array([False, True, True])}
    >>> fewest_refusals(refused, np.array([True, True, True])).tolist()
    [0, 1]
    """
    states = np.flatnonzero(gains)
    if not len(states):
        return states
    count = np.zeros(len(states), dtype=np.int64)
    for row in refused.values():
        count += row[states]
    return np.asarray(states[count == count.min()], dtype=np.intp)
