"""How many rankings of one party make a state an equilibrium, where the others fear its answers.

Under SEQ and SSEQ another party may stay because this party would gain by moving against it. Then
the count depends on more than what the party likes no better than s. Comparisons along its moves are
decided one by one, until the others' verdicts are settled; what is left is to count the rankings that
have the decided comparisons and meet the party's own condition, which is done over sets of states
from the worst up: a set is followed by the next state (or level), and s may only be placed when the
states placed so far (and those level with it) meet the condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import factorial

from accordant.stability.required.conditions import Situation, Standing
from accordant.stability.required.counts import Clause, UncountedError
from accordant.stability.required.orders import Atom, Unranked

MOST_STRICT, MOST_WEAK = 14, 9
"""States that matter, up to which rankings without and with ties are counted."""

MOST_PARTS = 400
"""Sets of decided comparisons that are counted apart."""


class Together:
    """Counts for one party: rankings in which s is stable for everybody.

    Parameters
    ----------
    situation
        State, model and concepts.
    standing
        The comparisons that are so as the case is written.
    party
        Whose rankings are counted.
    own
        What has to be so for its own verdict (``required_counts.clauses``).
    """

    def __init__(self, situation: Situation, standing: Standing, party: int, own: Sequence[Clause]) -> None:
        self.situation, self.standing, self.party, self.own = situation, standing, party, own
        self.others = [i for i in range(len(situation.concepts)) if i != party]

    def settled(self) -> bool | None:
        """Whether the others stay whatever the party's order (or never do); None where it matters."""
        if self._lack(self._with(frozenset(), least=True)) is None:
            return True
        return False if self._lack(self._with(frozenset(), least=False)) is not None else None

    def count(self, *, ties: bool) -> int:
        """The number of rankings of all states.

        Raises
        ------
        UncountedError
            If too many states matter.
        """
        self.left = MOST_PARTS
        return self._count(frozenset(), ties)

    def _count(self, decided: frozenset[Atom], ties: bool) -> int:
        n = self.situation.model.n
        if Unranked(n).cost(decided if ties else _strict(decided)) is None:
            return 0
        lack = self._lack(self._with(decided, least=True))
        if lack is None:
            self.left -= 1
            if self.left < 0:
                raise UncountedError
            return self._rankings(decided, ties)
        open_ = [a for a in lack if a.denied not in decided]
        if not open_ or self._lack(self._with(decided, least=False)) is not None:
            return 0
        atom = open_[0]
        return self._count(decided | {atom}, ties) + self._count(decided | {atom.denied}, ties)

    def _lack(self, standing: Standing) -> list[Atom] | None:
        return self.situation.lack(standing, self.others, frozenset([self.party]))

    def _with(self, decided: frozenset[Atom], *, least: bool) -> Standing:
        """The comparisons with those of the party as decided, all others of its missing or there."""
        gains = []
        for step, gain in zip(self.situation.steps, self.standing.gains, strict=True):
            changed = gain.copy()
            if self.party in step.mover.parties:
                row = step.mover.parties.index(self.party)
                changed[row] = not least
                for a in decided:
                    high, low = (a.high, a.low) if a.strict else (a.low, a.high)
                    changed[row, (step.start == low) & (step.end == high)] = a.strict
            gains.append(changed)
        return replace(self.standing, gains=tuple(gains))

    def _rankings(self, decided: frozenset[Atom], ties: bool) -> int:
        states = {self.situation.state} | {s for a in decided for s in (a.high, a.low)}
        states |= {s for c in self.own for w in c for s in w}
        if len(states) > (MOST_WEAK if ties else MOST_STRICT):
            raise UncountedError
        counter = _Rankings(sorted(states), decided, self.own, self.situation.state)
        return counter.weak(self.situation.model.n) if ties else counter.strict(self.situation.model.n)


def _strict(decided: frozenset[Atom]) -> frozenset[Atom]:
    return frozenset(replace(a, strict=True) for a in decided)


class _Rankings:
    def __init__(self, states: list[int], decided: frozenset[Atom], own: Sequence[Clause], s: int) -> None:
        at = {state: 1 << b for b, state in enumerate(states)}
        self.size, self.s = len(states), at[s]
        self.full = (1 << self.size) - 1
        self.below: dict[int, int] = dict.fromkeys(at.values(), 0)  # must be placed before
        self.level: dict[int, int] = dict.fromkeys(at.values(), 0)  # before, or together with
        for a in decided:
            where = self.below if a.strict else self.level
            where[at[a.high]] |= at[a.low]
        self.own = [[sum(at[x] for x in way) for way in clause] for clause in own]

    def _meets(self, placed: int) -> bool:
        return all(any(way & ~placed == 0 for way in clause) for clause in self.own)

    def strict(self, n: int) -> int:
        ways = [0] * (self.full + 1)
        ways[0] = 1
        for placed in range(self.full):
            if not ways[placed]:
                continue
            for bit, below in self.below.items():
                waits = (below | self.level[bit]) & ~placed
                if bit & placed or waits or (bit == self.s and not self._meets(placed)):
                    continue
                ways[placed | bit] += ways[placed]
        return ways[self.full] * (factorial(n) // factorial(self.size))

    def weak(self, n: int) -> int:
        ways: list[dict[int, int]] = [{} for _ in range(self.full + 1)]
        ways[0] = {0: 1}
        for placed in range(self.full):
            if ways[placed]:
                for group in self._groups(placed):
                    for levels, k in ways[placed].items():
                        into = ways[placed | group]
                        into[levels + 1] = into.get(levels + 1, 0) + k
        return sum(k * _inserted(n - self.size, levels) for levels, k in ways[self.full].items())

    def _groups(self, placed: int) -> list[int]:
        """Levels that may come next."""
        open_ = self.full & ~placed
        found, group = [], open_
        while group:
            bits = [b for b in self.below if b & group]
            fine = not any(self.below[b] & ~placed or self.level[b] & ~(placed | group) for b in bits)
            if fine and (not group & self.s or self._meets(placed | group)):
                found.append(group)
            group = (group - 1) & open_
        return found


def _inserted(more: int, levels: int) -> int:
    """Ways to put more states into an order of so many levels, ties allowed."""
    ways = {levels: 1}
    for _ in range(more):
        new: dict[int, int] = {}
        for k, count in ways.items():
            new[k] = new.get(k, 0) + k * count
            new[k + 1] = new.get(k + 1, 0) + (k + 1) * count
        ways = new
    return sum(ways.values())
