"""What would have to be so for a state to be stable, or not to be: comparisons, and what lacks.

For one state s a verdict depends on comparisons of two kinds only:

* ``level[i, t]``: party i likes t no better than s. The more of these, the more stable s is for i.
* ``gains``: a mover likes the end of one of its moves better than its start. Under SEQ and SSEQ the
  more of these the opponents have, the more stable s is; elsewhere they do not enter.

So "s is stable for these parties" is a monotone condition on comparisons. Where it fails, a *lack*
is a set of missing comparisons one of which every way of making it true has to supply: the party's
own comparison with the improvement that nobody answers, its comparisons with the states that can
be reached, and the moves that would lead on from them. Where it holds and should not, a lack is
read off a sanction: one of its moves must stop being a gain, or what it leads to must be better
than s. Searching along lacks therefore misses nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Mover, Orders
from accordant.stability.concept import Concept
from accordant.stability.required.orders import Atom, Order
from accordant.stability.required.placing import A_STEP, Bools

MOST_LACKING = 2_000
"""Comparisons in one lack; of a longer one only so many are given."""


@dataclass(frozen=True, eq=False)
class Step:
    """Every move of one mover, arc by arc."""

    mover: Mover
    start: NDArray[np.int64]
    end: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Comparisons that count as so.

    Attributes
    ----------
    level
        Shape (parties, n): the party likes the state no better than s.
    gains
        For each mover and each of its members whether its moves lead to something better for it,
        shape (members, moves).
    """

    level: Bools
    gains: tuple[Bools, ...]

    def __and__(self, other: Standing) -> Standing:
        return Standing(
            self.level & other.level, tuple(a & b for a, b in zip(self.gains, other.gains, strict=True))
        )

    def __or__(self, other: Standing) -> Standing:
        return Standing(
            self.level | other.level, tuple(a | b for a, b in zip(self.gains, other.gains, strict=True))
        )

    def __sub__(self, other: Standing) -> Standing:
        return Standing(
            self.level & ~other.level, tuple(a & ~b for a, b in zip(self.gains, other.gains, strict=True))
        )


class Situation:
    """A state, its model and the concept of each party."""

    def __init__(self, model: GraphModel, state: int, concepts: Sequence[Concept]) -> None:
        self.model, self.state, self.concepts = model, state, tuple(concepts)
        self.work = 0
        self.steps = tuple(_step(m, model.n) for m in model.movers)
        self.own = [model.movers[i].moves.arcs for i in range(len(model.parties))]

    def targets(self, party: int, state: int | None = None) -> list[int]:
        """Where one move of a party leads, from s unless another state is given."""
        return [int(t) for t in self.own[party].from_state(self.state if state is None else state)]

    def standing(self, orders: Orders) -> Standing:
        """The comparisons that are so under some orders."""
        level = np.asarray(orders <= orders[:, self.state, None])
        gains = [
            np.array([orders[p, step.end] > orders[p, step.start] for p in step.mover.parties], dtype=bool)
            for step in self.steps
        ]
        return Standing(level, tuple(gains))

    def unsettled(self, parties: Sequence[Order]) -> Standing:
        """The comparisons of which it is not known whether they are so.

        Without them (``-``) a standing is what is surely so, with them (``|``) what may be.
        """
        every = np.arange(self.model.n)
        level = [order.unsettled(np.full_like(every, self.state), every) for order in parties]
        gains = (
            np.array([parties[p].unsettled(step.start, step.end) for p in step.mover.parties], dtype=bool)
            for step in self.steps
        )
        return Standing(np.array(level, dtype=bool), tuple(gains))

    def with_atoms(self, before: Standing, atoms: frozenset[Atom]) -> Standing:
        """The same comparisons, and those asked for."""
        level, gains = before.level.copy(), [g.copy() for g in before.gains]
        for a in atoms:
            if a.high == self.state:
                level[a.party, a.low] = True
            for step, gain in zip(self.steps, gains, strict=True):
                if a.strict and a.party in step.mover.parties:
                    here = (step.start == a.low) & (step.end == a.high)
                    gain[step.mover.parties.index(a.party)] |= here
        return Standing(level, tuple(gains))

    def without_atoms(self, before: Standing, atoms: frozenset[Atom]) -> Standing:
        """The same comparisons, less those that are to be so no longer."""
        level, gains = before.level.copy(), [g.copy() for g in before.gains]
        for a in atoms:
            if a.strict and a.low == self.state:
                level[a.party, a.high] = False
            for step, gain in zip(self.steps, gains, strict=True):
                if not a.strict and a.party in step.mover.parties:
                    gone = (step.start == a.high) & (step.end == a.low)
                    gain[step.mover.parties.index(a.party)] &= ~gone
        return Standing(level, tuple(gains))

    def required(self, party: int, state: int) -> list[int]:
        """The states that a party must like no better than s for ``state`` to deter it for good."""
        after = self.targets(party, state) if self.concepts[party].answers else []
        return [t for t in dict.fromkeys([state, *after]) if t != self.state]

    def reach(self, party: int, start: int, standing: Standing | None) -> tuple[list[int], Bools]:
        """Where the opponents of a party can lead, and by whose last step.

        ``standing`` limits them to steps that they gain by; None lets them use all moves.

        Returns
        -------
        list of int, array of bool
            Numbers of the movers, and shape (movers, n): whether a legal sequence that this mover
            ends leads to the state.
        """
        who = [k for k, step in enumerate(self.steps) if party not in step.mover.parties]
        seen = np.zeros((len(who), self.model.n), dtype=bool)
        use = [True if standing is None else standing.gains[k].all(axis=0) for k in who]
        front = np.zeros_like(seen)
        first = np.zeros(self.model.n, dtype=bool)
        first[start] = True
        while True:
            self.work += 5 * A_STEP + 4 * sum(len(self.steps[k].start) for k in who)
            new = np.zeros_like(seen)
            arrived = front.sum(axis=0)
            for row, k in enumerate(who):
                from_ = first | (arrived > front[row])  # somebody else arrived there
                step = self.steps[k]
                new[row, step.end[from_[step.start] & use[row]]] = True
            front = new & ~seen
            if not front.any():
                return who, seen
            seen |= front
            first = np.zeros_like(first)

    def lack(self, standing: Standing, parties: Sequence[int], free: frozenset[int]) -> list[Atom] | None:
        """What lacks for s to be stable for some parties; None when nothing does.

        Parameters
        ----------
        free
            The parties whose comparisons may be asked for. An empty list: no change of theirs helps.
            A list of ``MOST_LACKING`` may lack some itself.
        """
        shortest: list[Atom] | None = None
        for i in parties:
            for q in self.targets(i):
                if standing.level[i, q]:
                    continue
                most = MOST_LACKING if shortest is None else len(shortest)
                found = self._lack(standing, i, q, free, most)
                if found is not None and (shortest is None or len(found) < len(shortest)):
                    shortest = found
        return shortest

    def hopeless(self, standing: Standing, parties: Sequence[int], free: frozenset[int]) -> bool:
        """Whether s is not stable for some parties whatever the orders of those in ``free``."""
        level, gains = standing.level.copy(), [g.copy() for g in standing.gains]
        level[list(free)] = True
        for step, gain in zip(self.steps, gains, strict=True):
            gain[[m for m, p in enumerate(step.mover.parties) if p in free]] = True
        return self.lack(Standing(level, tuple(gains)), parties, frozenset()) is not None

    def _lack(self, standing: Standing, i: int, q: int, free: frozenset[int], most: int) -> list[Atom] | None:
        """What lacks for one improvement to be answered or to be none; None where it is answered."""
        mine = i in free
        own = Atom(i, self.state, q, False)
        concept = self.concepts[i]
        if concept.sanctions == "none":
            return [own] if mine else []
        credible = standing if concept.sanctions == "improvements" else None
        who, seen = self.reach(i, q, credible)
        ends = np.flatnonzero(seen.any(axis=0))
        if not self._undeterred(standing, i)[ends].all():
            return None
        missing = (next(x for x in self.required(i, int(t)) if not standing.level[i, x]) for t in ends)
        mine_ = chain([own], (Atom(i, self.state, x, False) for x in missing)) if mine else iter(())
        onward = self._onward(standing, q, who, seen, free) if credible is not None else iter(())
        found: dict[Atom, None] = {}
        for atom in chain(mine_, onward):
            found[atom] = None
            self.work += A_STEP // 2
            if len(found) >= most:
                break
        return list(found)

    def _undeterred(self, standing: Standing, party: int) -> Bools:
        """The states that do not deter a party: it likes one better than s, or moves on to one."""
        better: Bools = ~standing.level[party]
        if not self.concepts[party].answers:
            return better
        own = self.steps[party]
        answer = np.bincount(own.start, weights=better[own.end], minlength=self.model.n) > 0
        return np.asarray(better | answer)

    def _onward(
        self, standing: Standing, q: int, who: list[int], seen: Bools, free: frozenset[int]
    ) -> Iterator[Atom]:
        """Steps that would lead on to somewhere new, if only their mover gained by them."""
        arrived = seen.sum(axis=0)
        for row, k in enumerate(who):
            step = self.steps[k]
            at: Bools = np.asarray(arrived > seen[row])
            at[q] = True
            useful = at[step.start] & ~seen[row, step.end] & ~standing.gains[k].all(axis=0)
            for arc in map(int, np.flatnonzero(useful)):
                members = step.mover.parties
                missing = [p for m, p in enumerate(members) if not standing.gains[k][m, arc]]
                if all(p in free for p in missing):
                    yield Atom(missing[0], int(step.end[arc]), int(step.start[arc]), True)

    def exits(self, party: int, free: frozenset[int], order: Order) -> list[tuple[int, Atom | None]]:
        """The improvements that could make a party leave, each with what it would have to like better."""
        found: list[tuple[int, Atom | None]] = []
        for q in self.targets(party):
            better = Atom(party, q, self.state, True)
            if party in free:
                found.append((q, better))
            elif order.settles(better):
                found.append((q, None))
        return found

    def hold(self, standing: Standing, party: int, q: int, free: frozenset[int]) -> list[Atom] | None:
        """What keeps a party from leaving for q, any of which would have to go; None if nothing does.

        The party likes q better than s.
        """
        concept = self.concepts[party]
        if concept.sanctions == "none":
            return None
        credible = concept.sanctions == "improvements"
        path = self._sanction(standing, party, q, credible=credible)
        if path is None:
            return None
        gone = []
        if credible:
            moves = [(p, *arc) for k, *arc in path for p in self.steps[k].mover.parties if p in free]
            gone = [Atom(p, start, end, False) for p, start, end in moves]
        if party in free:
            worse = self.required(party, path[-1][2])
            gone += [Atom(party, t, self.state, True) for t in worse]
        return list(dict.fromkeys(gone))

    def _sanction(
        self, standing: Standing, party: int, q: int, *, credible: bool
    ) -> list[tuple[int, int, int]] | None:
        """The shortest legal sequence that answers a move to q: mover, start and end of each step."""
        who = [k for k, step in enumerate(self.steps) if party not in step.mover.parties]
        use: dict[int, Bools] = {k: np.asarray(standing.gains[k].all(axis=0) | (not credible)) for k in who}
        undeterred = self._undeterred(standing, party)
        came: dict[tuple[int, int], tuple[int, int] | None] = {(-1, q): None}
        queue = deque(came)
        while queue:
            last, state = queue.popleft()
            for k in who:
                step = self.steps[k]
                if k == last:
                    continue
                here = slice(*step.mover.moves.arcs.indptr[state : state + 2])
                self.work += A_STEP
                for t in map(int, step.end[here][use[k][here]]):
                    if (k, t) in came:
                        continue
                    came[k, t] = last, state
                    if not undeterred[t]:
                        return _followed(came, (k, t))
                    queue.append((k, t))
        return None


def _followed(
    came: Mapping[tuple[int, int], tuple[int, int] | None], at: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """The steps that led to a state and its last mover."""
    path = []
    while (before := came[at]) is not None:
        path.append((at[0], before[1], at[1]))
        at = before
    return path[::-1]


def _step(mover: Mover, n: int) -> Step:
    arcs = mover.moves.arcs
    start = np.repeat(np.arange(n), np.diff(arcs.indptr))
    return Step(mover, start, arcs.targets.astype(np.int64))
