"""A party's verdict turned round by its own order alone: in closed form, for any number of states.

Let m(q) be the best that can be made, for the opponents, of an improvement q: the least, over q and
all states that they can lead to, of the most that the party then has (what it can move on to
included where it may answer back; s itself left out). With r the greatest m(q) over the party's
moves, s is stable if and only if r is no better than s. To make it so, s is lifted to the level of
r; to break it, s is put under it. Every state between costs one change, and no order is nearer: a
state between s and the state that must not be above it (or must be) has to change its comparison
with one of the two.
"""

from __future__ import annotations

import numpy as np

from accordant.model.preferences import Ranks
from accordant.stability.required.conditions import Situation, Standing
from accordant.stability.required.orders import Atom

NOTHING = -1
"""Rank of what is left to a party that is brought back to s; ranks are dense."""


def own_least(
    situation: Situation, standing: Standing, ranks: Ranks, party: int, *, so: bool
) -> tuple[int, frozenset[Atom]] | None:
    """The fewest changes of a party's own order that flip its verdict; None where none do.

    Parameters
    ----------
    standing
        The comparisons as they are, for the opponents' gains.
    ranks
        The party's order, dense.
    so
        Whether s is stable for the party now.

    Returns
    -------
    int, frozenset of Atom
        The number of changes, and comparisons that are not so now and together flip the verdict.
    """
    s, here = situation.state, int(ranks[situation.state])
    moves = {q: _left(situation, standing, ranks, party, q) for q in situation.targets(party)}
    r = max((rank for rank, _ in moves.values()), default=NOTHING)
    if not so:
        between = (ranks >= here) & (ranks <= r)
        atoms = frozenset(
            Atom(party, s, t, False) for _, states in moves.values() for t in states if ranks[t] > here
        )
        return int(between.sum()) - 1, atoms
    if r == NOTHING:
        return None
    q = next(q for q, (rank, _) in moves.items() if rank == r)
    between = (ranks >= r) & (ranks <= here)
    above = {q} | {_most(ranks, w) for w in _ways(situation, standing, party, q)}
    return int(between.sum()) - 1, frozenset(Atom(party, t, s, True) for t in above if ranks[t] <= here)


def _ways(situation: Situation, standing: Standing, party: int, q: int) -> list[list[int]]:
    """For every state that the opponents can lead to from q, what must be no better than s there."""
    concept = situation.concepts[party]
    if concept.sanctions == "none":
        return []
    credible = standing if concept.sanctions == "improvements" else None
    _, seen = situation.reach(party, q, credible)
    return [situation.required(party, int(t)) for t in np.flatnonzero(seen.any(axis=0))]


def _left(
    situation: Situation, standing: Standing, ranks: Ranks, party: int, q: int
) -> tuple[int, tuple[int, ...]]:
    """m(q), and the states that it takes for it to be no better than s."""
    best = int(ranks[q])
    states: tuple[int, ...] = (q,)
    for way in _ways(situation, standing, party, q):
        rank = max((int(ranks[t]) for t in way), default=NOTHING)
        if rank < best:
            best, states = rank, tuple(way)
    return best, states


def _most(ranks: Ranks, states: list[int]) -> int:
    return max(states, key=lambda t: int(ranks[t]))
