"""Named states put into a party's order at the least cost: tables over sets of states and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.model.preferences import Ranks, dense

if TYPE_CHECKING:
    from accordant.stability.required.orders import Atom, Nearest

Bools: TypeAlias = NDArray[np.bool_]
Costs: TypeAlias = NDArray[np.int32]

FAR = 1 << 28
"""A cost that nothing possible has."""

MOST_STRICT, MOST_WEAK = 12, 7
"""Named states that are placed at once, in strict and in weak orders."""

MOST_CELLS = 4_000_000
"""Numbers in one table of places (four bytes each)."""

A_STEP = 2_000
"""What a step in Python counts for, in numbers of a table worked out: work is counted in these."""


class Named(NamedTuple):
    """What a table is made for: comparisons, states named besides, whether ties may stay away."""

    atoms: frozenset[Atom]
    loose: frozenset[int]
    apart: bool


class CrowdedError(Exception):
    """Too many named states, or places for them, to be placed at once."""


def pair_of(pair: Sequence[int]) -> tuple[int, int]:
    """Two states, the lower number first."""
    return min(pair), max(pair)


class Placing:
    """Named states put into the levels of the others, and between them, best first.

    Places: 2 g is between levels g - 1 and g of the others, 2 g + 1 is in level g. ``rest[S]`` holds
    for each place the least cost of what is still to come when the named states in S are placed and
    that place is the first that is open. ``loose``: states that are named besides those of the
    atoms. ``apart``: no states that were not tied need be (see :mod:`.required.orders`).
    """

    def __init__(self, near: Nearest, wanted: Named) -> None:
        atoms, loose, self.apart = wanted
        self.ranks, self.strict = near.ranks, near.strict
        ranks, strict = self.ranks, self.strict
        self.named = sorted({s for a in atoms for s in (a.high, a.low)} | loose)
        k = len(self.named)
        if k > (MOST_STRICT if strict else MOST_WEAK):
            raise CrowdedError
        free = np.ones(len(ranks), dtype=bool)
        free[self.named] = False
        self.levels, counts = np.unique(ranks[free], return_counts=True)
        self.levels, self.sizes = self.levels[::-1], counts[::-1]
        at = {s: b for b, s in enumerate(self.named)}
        self.before, self.beside = [0] * k, [0] * k
        for a in atoms:
            (self.before if a.strict or strict else self.beside)[at[a.low]] |= 1 << at[a.high]
        each = [int(ranks[s]) for s in self.named]
        self.open = [[pair_of((s, t)) in near.pairs for t in self.named] for s in self.named]
        # placed states that stood no higher than this one, and that it therefore did not stand below
        self.under = [
            sum(1 << a for a in range(k) if each[a] <= each[b] and not self.open[a][b]) for b in range(k)
        ]
        self.own = [self._misplaced(rank) for rank in each]
        self.places = 2 * len(self.levels) + 1
        if (self.places + 1) << k > MOST_CELLS:
            raise CrowdedError
        self.next = np.arange(self.places) + np.arange(self.places) % 2
        self.groups = self._groups(k)
        self.work = len(self.groups) * (A_STEP + (self.places << k))
        self.rest = np.full((1 << k, self.places + 1), FAR, dtype=np.int32)
        self._fill(k)
        self.cost = int(self.rest[0][0])

    def _misplaced(self, rank: int) -> Costs:
        """For each place, the others that a state of this rank would be compared with differently."""
        above = self.sizes * ~(self.levels < rank)  # wrong when the state is above the level
        tied = self.sizes * (self.levels != rank)
        below = self.sizes * ~(self.levels > rank)
        passed = np.concatenate([[0], np.cumsum(below)])
        ahead = np.concatenate([np.cumsum(above[::-1])[::-1], [0]])
        cost = np.full(2 * len(self.levels) + 1, FAR, dtype=np.int32)
        cost[::2] = passed + ahead
        if not self.strict:
            cost[1::2] = passed[:-1] + tied + ahead[1:]
            if self.apart:
                cost[1::2][self.levels != rank] = FAR
        return cost

    def _groups(self, k: int) -> list[tuple[int, Costs]]:
        """Sets of named states that may share a place in the order, with their cost there."""
        found = []
        for mask in (1 << b for b in range(k)) if self.strict else range(1, 1 << k):
            members = [b for b in range(k) if mask >> b & 1]
            ranks = [int(self.ranks[self.named[b]]) for b in members]
            if self.apart and len(set(ranks)) > 1:
                continue
            inside = sum(
                ranks[j] != ranks[i] and not self.open[members[j]][members[i]]
                for j in range(len(members))
                for i in range(j)
            )
            total = np.minimum(np.sum([self.own[b] for b in members], axis=0, dtype=np.int64) + inside, FAR)
            found.append((mask, total.astype(np.int32)))
        return found

    def _follows(self, mask: int, placed: int) -> bool:
        """Whether a group may come next: what has to be above or beside it is."""
        for b in range(len(self.named)):
            if mask >> b & 1 and (self.before[b] & ~placed or self.beside[b] & ~(placed | mask)):
                return False
        return True

    def _against(self, mask: int, placed: int) -> int:
        """Pairs of a placed state and one of the group that the party now compares differently."""
        under = enumerate(self.under)
        return sum((placed & below).bit_count() for b, below in under if mask >> b & 1)

    def _steps(self, placed: int) -> Iterator[tuple[int, Costs]]:
        """Groups that may come next, and for each place the cost from there on."""
        for mask, own in self.groups:
            if not mask & placed and self._follows(mask, placed):
                rest = self.rest[placed | mask]
                yield mask, own + self._against(mask, placed) + rest[self.next]

    def _fill(self, k: int) -> None:
        """All sets with equally many states at once, the largest first."""
        sets = np.arange(1 << k)
        sizes = np.array([int(placed).bit_count() for placed in sets])
        self.rest[-1] = 0
        for size in range(k - 1, -1, -1):
            layer = sets[sizes == size]
            best = np.full((len(layer), self.places), FAR, dtype=np.int32)
            for mask, own in self.groups:
                may = np.flatnonzero(self._may_follow(mask, layer))
                if may.size:
                    placed = layer[may]
                    passed = sum(sizes[placed & self.under[b]] for b in range(k) if mask >> b & 1)
                    cost = self.rest[placed | mask][:, self.next] + own
                    cost += np.asarray(passed, dtype=np.int32)[:, None]
                    best[may] = np.minimum(best[may], cost)
            self.rest[layer, :-1] = np.minimum.accumulate(best[:, ::-1], axis=1)[:, ::-1]

    def _may_follow(self, mask: int, placed: NDArray[np.int64]) -> Bools:
        """For each set of placed states whether a group may come next."""
        before = beside = 0
        for b in range(len(self.named)):
            if mask >> b & 1:
                before, beside = before | self.before[b], beside | self.beside[b]
        waits = (before & ~placed) | (beside & ~(placed | mask)) | (mask & placed)
        return np.asarray(waits == 0)

    def orders(self) -> Iterator[Ranks]:
        """Every nearest order, as ranks."""
        if self.cost < FAR:
            for chosen in self._paths(0, 0):
                yield self._ranks(chosen)

    def _paths(self, placed: int, first: int) -> Iterator[list[tuple[int, int]]]:
        if placed == (1 << len(self.named)) - 1:
            yield []
            return
        target = self.rest[placed][first]
        for mask, cost in self._steps(placed):
            for place in np.flatnonzero(cost[first:] == target) + first:
                for tail in self._paths(placed | mask, int(self.next[place])):
                    yield [(int(place), mask), *tail]

    def _ranks(self, chosen: list[tuple[int, int]]) -> Ranks:
        """Dense ranks of all states from where the named ones are."""
        step = len(chosen) + 1
        level = (
            len(self.levels) - 1 - np.searchsorted(self.levels[::-1], self.ranks)
        )  # the named are set below
        key = -(2 * level + 1) * step
        for turn, (place, mask) in enumerate(chosen):
            for b, s in enumerate(self.named):
                if mask >> b & 1:
                    # in a level all share its key; between levels those placed first are better
                    key[s] = -(place * step + (0 if place % 2 else turn))
        return dense(key)
