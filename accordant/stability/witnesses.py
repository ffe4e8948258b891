"""Orders of unknown parties under which a state is an equilibrium, looked for and checked.

A found order proves that the state may be an equilibrium under SEQ or SSEQ; that none is found
proves nothing. The orders tried: indifference; and for the parties that need sanctions, orders that
rise towards the states that deter them, with the state itself on top so that no unknown party
leaves it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Orders
from accordant.stability.arc_form import arc_form
from accordant.stability.concept import Concept
from accordant.stability.readings import plain
from accordant.stability.verdicts import kinds_batch, only

Bools = NDArray[np.bool_]
Distances = NDArray[np.int64]

MOST_STEPS = 50_000_000
"""Arcs followed up to which orders are looked for."""


def witnessed(
    model: GraphModel, orders: Orders, known: Bools, concept: Concept, states: Bools, must: Bools
) -> Bools:
    """Of some states, those shown to be equilibria under some order of the unknown parties.

    Parameters
    ----------
    states
        Which states to ask about.
    must
        Which are stable whatever the unknown orders are, shape (parties, n).
    """
    shown = np.zeros(model.n, dtype=bool)
    asked = np.flatnonzero(states)
    cost = len(asked) * len(model.parties)
    if cost == 0 or cost * model.n > MOST_STEPS or cost * len(arc_form(model).back) > MOST_STEPS:
        return shown
    search = _Search(model, orders, known, concept)
    tried = [search.candidates(int(s), np.flatnonzero(known & ~must[:, s])) for s in asked]
    at = np.repeat(asked, [len(t) for t in tried])
    verdicts = kinds_batch(model, np.concatenate(tried), plain(model), only(concept.kind))[concept.kind]
    shown[at[verdicts[np.arange(len(at)), :, at].all(axis=1)]] = True
    return shown


class _Search:
    def __init__(self, model: GraphModel, orders: Orders, known: Bools, concept: Concept) -> None:
        self.model, self.orders, self.known = model, orders, known
        self.steps = {i: self._credible(i) for i in map(int, np.flatnonzero(known))}
        self.value = {i: self._held_to(i, concept) for i in self.steps}

    def _credible(self, party: int) -> tuple[Distances, Distances, Bools]:
        """Steps of the opponents that all known members gain by: from, to, does it need unknown ones."""
        sources, targets, open_ = [], [], []
        for mover in self.model.opponents(party):
            arcs = mover.moves.arcs
            start = np.repeat(np.arange(self.model.n), np.diff(arcs.indptr))
            end = arcs.targets.astype(np.int64)
            gain = np.ones(len(end), dtype=bool)
            for p in mover.parties:
                if self.known[p]:
                    gain &= self.orders[p, end] > self.orders[p, start]
            sources.append(start[gain])
            targets.append(end[gain])
            unsure = not all(self.known[p] for p in mover.parties)
            open_.append(np.full(int(gain.sum()), unsure))
        if not sources:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool)
        return np.concatenate(sources), np.concatenate(targets), np.concatenate(open_)

    def _held_to(self, party: int, concept: Concept) -> Distances:
        """What the party has at each state once it is led there, answering back where it may."""
        value = self.orders[party].copy()
        if concept.answers:
            arcs = self.model.movers[party].moves.arcs
            start = np.repeat(np.arange(self.model.n), np.diff(arcs.indptr))
            np.maximum.at(value, start, self.orders[party, arcs.targets])
        return np.asarray(value)

    def candidates(self, s: int, who: NDArray[np.intp]) -> NDArray[np.int64]:
        """Orders worth trying for state s, that the given parties need sanctions to stay at.

        Returns shape (tried, parties, n).
        """
        needy = [int(i) for i in who]
        n = self.model.n
        deterring = [self.value[i] <= self.orders[i, s] for i in needy]
        away = [self._steps_to(i, s, z) for i, z in zip(needy, deterring, strict=True)]
        if len(needy) > 1:
            both = np.logical_and.reduce(deterring)
            away += [np.minimum.reduce([self._steps_to(i, s, both) for i in needy]), np.sum(away, axis=0)]
        ranks = [np.zeros(n, dtype=np.int64)]
        for d in away:
            rising = -d
            rising[s] = 1
            ranks.append(rising)
        tried = np.repeat(self.orders[None], len(ranks), axis=0)
        tried[:, ~self.known] = np.array(ranks)[:, None]
        return tried

    def _steps_to(self, party: int, s: int, goal: Bools) -> Distances:
        """Fewest credible steps from each state to the goal, no unknown party leaving s."""
        source, target, open_ = self.steps[party]
        use = ~(open_ & (source == s))
        source, target = source[use], target[use]
        far = self.model.n
        distance = np.where(goal, 0, far)
        for level in range(far):
            reached = (distance[target] == level) & (distance[source] == far)
            if not reached.any():
                break
            distance[source[reached]] = level + 1
        return distance
