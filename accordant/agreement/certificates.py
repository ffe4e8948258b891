"""Which agreement dominates another in every setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.structures import Structure
from accordant.agreement.survey import Survey
from accordant.agreement.verdicts import follows, surely_dominating

CANDIDATES = 10_000
"""Most dominating states that are followed from setting to setting."""

States = NDArray[np.intp]


def dominators(found: Survey, targets: Sequence[int]) -> dict[int, int]:
    """For states of the widest space, one that dominates them in every setting, where one is found.

    Settings in which a state is no agreement itself do not count; an efficient one is preferred.
    """
    left: dict[int, States] = {}
    if not targets:
        return {}
    for k, structure in enumerate(found.structures):
        at = structure.place[found.states[k]]
        columns = {int(at[c]): int(c) for c in np.flatnonzero(np.isin(at, targets))}
        for target, now in _dominating(found, k, structure, columns):
            known = left.get(target)
            left[target] = _best(found, at[now]) if known is None else np.intersect1d(known, at[now])
    return {s: int(_best(found, ts)[0]) for s, ts in left.items() if len(ts)}


def _dominating(
    found: Survey, number: int, structure: Structure, columns: dict[int, int]
) -> Iterator[tuple[int, States]]:
    """States that dominate each target, setting by setting or in all settings of a structure at once."""
    matrix = found.dominates[number]
    if matrix is not None:
        yield from ((target, np.flatnonzero(matrix[:, column])) for target, column in columns.items())
        return
    states = found.states[number]
    for looked, _ in found.ensemble(structure, states).scenes() if columns else ():
        for d in range(looked.count):
            sure, maybe = looked.agreement(d)
            for target, column in columns.items():
                if maybe[column]:
                    among = follows(looked, d, column, sure, maybe)
                    yield target, np.flatnonzero(surely_dominating(looked, among, column))


def _best(found: Survey, states: States) -> States:
    """The states from which one is chosen, efficient ones first."""
    return states[np.argsort(~found.efficient[states], kind="stable")[:CANDIDATES]]
