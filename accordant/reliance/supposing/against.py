"""Which lines decide against a preference, and for how many pairs of states."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from accordant.model.preferences import PartyOrder, dense
from accordant.reliance.supposing.goals import Numbers, Prefers

Labels = NDArray[np.int64]


def deciding_against(order: PartyOrder, goal: Prefers) -> tuple[dict[str, int], int]:
    """For each element that decides against a preference the number of pairs of states, and all pairs.

    In the case as it is written. Pairs are counted, not listed: states that no line so far tells apart
    have a label in common, and of each label the states on either side are multiplied.

    Examples
    --------
    >>> from accordant.model.preferences import Statement
    >>> lines = tuple(Statement(f"a.priorities.{k}", np.array(holds)) for k, holds in
    ...               enumerate(([True, True, False], [False, True, True]), 1))
    >>> goal = Prefers("a", "x", ">", "y", ((np.array([0, 2]), np.array([1])),))
    >>> deciding_against(PartyOrder((), lines, None), goal)
    ({'a.priorities.1': 1, 'a.priorities.2': 1}, 2)
    """
    found: dict[str, int] = {}
    of = 0
    for better, worse in goal.pairs:
        of += len(better) * len(worse)
        for element, pairs in _of_pair(order, goal, better, worse).items():
            found[element] = found.get(element, 0) + pairs
    return found, of


def _of_pair(order: PartyOrder, goal: Prefers, better: Numbers, worse: Numbers) -> dict[str, int]:
    n = len(order.score.ranks) if order.score is not None else _states(order)
    label = np.zeros(n, dtype=np.int64)
    both = goal.relation == "="
    found: dict[str, int] = {}

    def add(element: str, level: Labels) -> None:
        against = _pairs(label, level, better, worse) + (_pairs(label, level, worse, better) if both else 0)
        if against:
            found[element] = found.get(element, 0) + against

    for line in order.statements(frozenset(), {}):
        level = line.holds.astype(np.int64)
        add(line.element, level)
        label = dense(label * 2 + level)
    if order.score is not None:
        add(order.score.element, dense(order.score.ranks_in(frozenset())))
    return found


def _states(order: PartyOrder) -> int:
    return next((len(line.holds) for line in order.statements(frozenset(), {})), 0)


def _pairs(label: Labels, level: Labels, low: Numbers, high: Numbers) -> int:
    """Pairs of a state of ``low`` and one of ``high`` with one label, the second on a higher level."""
    if not len(label):
        return 0
    room = int(level.max(initial=0)) + 1
    above = np.sort(label[high] * room + level[high])
    ends = np.searchsorted(above, label[low] * room + (room - 1), side="right")
    starts = np.searchsorted(above, label[low] * room + level[low], side="right")
    return int((ends - starts).sum())
