"""The orders nearest to a party's own in which some comparisons come out as wanted.

What one change is: the party compares one pair of states differently (better, no different or
worse). The distance of two orders is the number of such pairs. Between strict orders that is
Kendall's distance, the least number of swaps of neighbours in the ranking; a party whose order is
strict keeps a strict one.

States that no wanted comparison names (the others) keep their order and their ties in every nearest
order: where two of them changed places, exchanging them back would save at least that pair, and
where two were merged or parted, one of them could be moved to the side on which it saves more than
it costs. So a nearest order is found by putting the few states that are named into the levels of
the others and between them: a dynamic program over sets of named states and places.

Pairs of unknown order are no part of the order: an order may have them either way at no cost, and
what is asked of one of them is one change by itself, whatever the rest says. A state of such a pair
may be better moved than kept, so that it is named too, where both states of the pair lie among those
that change places. (States that lie outside what has to be turned round keep their places: an order
put together from its old part there and its new part here is no further away.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.model.preferences import Ranks, dense
from accordant.stability.required.placing import A_STEP, FAR, Bools, Named, Placing, pair_of

Pairs: TypeAlias = frozenset[tuple[int, int]]
"""Pairs of states, the lower number first."""

States: TypeAlias = NDArray[np.int64]

TRIED = 64
"""Nearest orders looked at before a comparison that they miss is added to what is placed."""

KEPT_CELLS = 8_000_000
"""Numbers in all tables of places that are kept for one party (four bytes each)."""


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """A comparison: the party likes ``high`` better than ``low``, or, if not strict, no less."""

    party: int
    high: int
    low: int
    strict: bool

    def holds(self, ranks: Ranks) -> bool:
        """Whether it is so in an order."""
        return bool(ranks[self.high] > ranks[self.low] - (not self.strict))

    @property
    def pair(self) -> tuple[int, int]:
        """The two states, the lower number first."""
        return min(self.high, self.low), max(self.high, self.low)

    @property
    def denied(self) -> Atom:
        """That it is not so."""
        return Atom(self.party, self.low, self.high, not self.strict)


class Nearest:
    """The orders nearest to one in which comparisons hold.

    Parameters
    ----------
    ranks
        The party's order.
    pairs
        Pairs of unknown order, shape (pairs, 2); what the ranks say of them does not count.

    Examples
    --------
    A party likes state 0 best, then 1, then 2. To like 0 no better than 2 takes two swaps.

    >>> near = Nearest(np.array([2, 1, 0]))
    >>> wanted = frozenset([Atom(0, 2, 0, False)])
    >>> near.cost(wanted)
    2
    >>> [order.tolist() for order in near.orders(wanted)]
    [[1, 0, 2], [0, 2, 1]]

    If it is not known how it compares 0 with 1, only the comparison of 0 with 2 changes.

    >>> Nearest(np.array([2, 1, 0]), np.array([[0, 1]])).cost(wanted)
    1
    """

    known = True

    def __init__(self, ranks: Ranks, pairs: NDArray[np.int64] | None = None) -> None:
        self.pairs: Pairs = frozenset() if pairs is None else frozenset(map(pair_of, pairs.tolist()))
        self.ranks = _parted(dense(ranks), self.pairs)
        self.strict = int(self.ranks.max(initial=-1)) + 1 == len(ranks)
        self.work = 0
        self._solved: dict[frozenset[Atom], tuple[int | None, Named | None]] = {}
        self._tables: dict[Named, Placing] = {}
        self._up_to = np.concatenate([[0], np.cumsum(np.bincount(self.ranks))])

    def settles(self, atom: Atom) -> bool:
        """Whether the comparison is known to be so."""
        return atom.pair not in self.pairs and atom.holds(self.ranks)

    def unsettled(self, one: States, other: States) -> Bools:
        """Of pairs of states, element by element, whether their order is unknown."""
        n = len(self.ranks)
        open_ = np.array([s * n + t for s, t in self.pairs], dtype=np.int64)
        return np.isin(np.minimum(one, other) * n + np.maximum(one, other), open_)

    def bound(self, atoms: frozenset[Atom]) -> int:
        """A number of changes that no order in which the atoms hold undercuts, seen at a glance.

        Every pair that has to be turned round is one, and for one such pair so is, for every state
        between, the comparison with one of the two.
        """
        wrong = [a for a in atoms if not self.settles(a)]
        pairs = len({a.pair for a in wrong})
        if self.pairs:  # what is between may be compared at no cost
            return pairs
        rank = self.ranks
        return max(
            [pairs, *(int(self._up_to[rank[a.low] + 1] - self._up_to[rank[a.high]]) - 1 for a in wrong)]
        )

    def cost(self, atoms: frozenset[Atom]) -> int | None:
        """Fewest pairs that have to be compared differently; None where the atoms contradict.

        Raises
        ------
        CrowdedError
            If too many states are named to find out.
        """
        asked = frozenset(a for a in atoms if a.pair in self.pairs)
        if _contradictory(asked):
            return None
        cost = self._solve(atoms - asked)[0]
        return None if cost is None else cost + len({a.pair for a in asked})

    def orders(self, atoms: frozenset[Atom], limit: int = TRIED) -> list[Ranks]:
        """Nearest orders in which all atoms hold, as ranks; at most ``limit`` of them.

        What is asked of pairs of unknown order is to be read beside them, not from the ranks. One
        for each set of changed pairs at the least: of orders that change the same pairs, some in
        which states are newly tied may be left out.
        """
        asked = frozenset(a for a in atoms if a.pair in self.pairs)
        return [] if _contradictory(asked) else list(islice(self._orders(atoms - asked), limit))

    def _orders(self, atoms: frozenset[Atom]) -> Iterator[Ranks]:
        cost, named = self._solve(atoms)
        if cost is not None and named is None:
            yield self.ranks
        elif named is not None:
            yield from (r for r in self._placings(named) if all(a.holds(r) for a in atoms))

    def changed(self, ranks: Ranks) -> Pairs:
        """The pairs of states that another order compares differently, those of unknown order apart."""
        return changed_pairs(self.ranks, ranks) - self.pairs

    def _solve(self, atoms: frozenset[Atom]) -> tuple[int | None, Named | None]:
        if atoms not in self._solved:
            self._solved[atoms] = self._placed(atoms)
        return self._solved[atoms]

    def _placed(self, atoms: frozenset[Atom]) -> tuple[int | None, Named | None]:
        """Solve with few atoms first, and add those that the found orders miss."""
        wrong = [a for a in atoms if not a.holds(self.ranks)]
        active = set(_leading(wrong, self.ranks))
        if not active:
            return 0, None
        loose = _loose(wrong, self.ranks, self.pairs)
        apart = not _circular(atoms, self.ranks)
        while True:
            named = Named(frozenset(active), loose, apart)
            cost = self._table(named).cost
            if cost >= FAR:
                return None, None
            fewest: list[Atom] | None = None
            for ranks in islice(self._placings(named), TRIED):
                missed = [a for a in atoms if not a.holds(ranks)]
                if not missed:
                    return cost, named
                fewest = missed if fewest is None or len(missed) < len(fewest) else fewest
            active |= set(fewest or ())

    def _placings(self, named: Named) -> Iterator[Ranks]:
        for ranks in self._table(named).orders():
            self.work += 5 * A_STEP + len(ranks)
            yield ranks

    def _table(self, named: Named) -> Placing:
        """A table, made anew where it was not kept."""
        if named in self._tables:
            return self._tables[named]
        placing = Placing(self, named)
        self.work += placing.work
        self._tables[named] = placing
        while len(self._tables) > 1 and sum(t.rest.size for t in self._tables.values()) > KEPT_CELLS:
            del self._tables[next(iter(self._tables))]  # the oldest
        return placing


def _parted(ranks: Ranks, pairs: Pairs) -> Ranks:
    """The same order; where all ties are pairs of unknown order, without ties."""
    _, sizes = np.unique(ranks, return_counts=True)
    if int((sizes * (sizes - 1) // 2).sum()) != sum(ranks[s] == ranks[t] for s, t in pairs):
        return ranks
    order = np.argsort(ranks, kind="stable")
    strict = np.empty_like(ranks)
    strict[order] = np.arange(len(ranks))
    return strict


def _contradictory(atoms: frozenset[Atom]) -> bool:
    """Whether something is asked of one and the same pair that cannot be."""
    return any(a.denied in atoms or replace(a.denied, strict=True) in atoms for a in atoms if a.strict)


def _loose(wrong: Sequence[Atom], ranks: Ranks, pairs: Pairs) -> frozenset[int]:
    """The states of pairs of unknown order that lie between levels that have to change places."""
    spans: list[list[int]] = []
    for low, high in sorted((int(ranks[a.high]), int(ranks[a.low])) for a in wrong):
        if spans and low <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], high)
        else:
            spans.append([low, high])
    found: set[int] = set()
    for pair in pairs:
        least, most = sorted(int(ranks[s]) for s in pair)
        if any(low <= least and most <= high for low, high in spans):
            found.update(pair)
    return frozenset(found)


def changed_pairs(one: Ranks, other: Ranks) -> Pairs:
    """The pairs of states that two orders compare differently.

    Examples
    --------
    >>> sorted(changed_pairs(np.array([2, 1, 0]), np.array([1, 1, 0])))
    [(0, 1)]
    """
    first, second = (np.sign(r[:, None] - r[None, :]) for r in (one, other))
    found = np.argwhere(np.triu(first != second))
    return frozenset((int(s), int(t)) for s, t in found)


def _leading(atoms: Sequence[Atom], ranks: Ranks) -> Iterator[Atom]:
    """Of atoms that ask for one state to be above (or below) several, the one that asks for most."""
    above: dict[tuple[int, bool], Atom] = {}
    for atom in sorted(atoms):
        key = (atom.high, False) if not atom.strict else (atom.low, True)
        best = above.get(key)
        if best is None or _reach(atom, ranks) > _reach(best, ranks):
            above[key] = atom
    yield from above.values()


def _reach(atom: Atom, ranks: Ranks) -> int:
    return int(ranks[atom.low] - ranks[atom.high])


def _circular(atoms: Iterable[Atom], ranks: Ranks) -> bool:
    """Whether the comparisons run in a circle among the levels of the order.

    Where they do not, no nearest order has to tie states that were not tied: a level in which that
    happens can be parted without changing one pair more or less.
    """
    edges = {(int(ranks[a.high]), int(ranks[a.low])) for a in atoms}
    while edges:
        lows = {low for _, low in edges}
        rest = {(high, low) for high, low in edges if high in lows}
        if rest == edges:
            return True
        edges = rest
    return False


class Unranked:
    """A party of whose order nothing is known: every comparison asked of it is one change."""

    known = False
    strict = False

    def __init__(self, n: int) -> None:
        self.n = n
        self.pairs: Pairs = frozenset()
        self.work = 0
        self.ranks: Ranks = np.zeros(n, dtype=np.int64)

    def settles(self, atom: Atom) -> bool:
        """Whether the comparison is known to be so: none is."""
        return False

    def unsettled(self, one: States, other: States) -> Bools:
        """Of pairs of states, element by element, whether their order is unknown."""
        return np.asarray(one != other)

    def bound(self, atoms: frozenset[Atom]) -> int:
        """The same number, whether there is such an order or not."""
        return len({a.pair for a in atoms})

    def cost(self, atoms: frozenset[Atom]) -> int | None:
        """How many pairs are asked for; None where no order has them all."""
        if self._levels(atoms) is None:
            return None
        return len({frozenset((a.high, a.low)) for a in atoms})

    def orders(self, atoms: frozenset[Atom], limit: int = TRIED) -> list[Ranks]:
        """One order with all the comparisons, every state as low as they permit."""
        found = self._levels(atoms)
        return [] if found is None else [found]

    def changed(self, ranks: Ranks) -> Pairs:
        """Nothing: there is no order to compare with."""
        return frozenset()

    def _levels(self, atoms: frozenset[Atom]) -> Ranks | None:
        ranks = np.zeros(self.n, dtype=np.int64)
        for _ in range(self.n + 1):
            before = ranks.copy()
            for a in atoms:
                ranks[a.high] = max(ranks[a.high], ranks[a.low] + a.strict)
            if (ranks == before).all():
                return ranks
        return None


Order: TypeAlias = Nearest | Unranked
"""A party's order as something to be changed."""


def orders_of(parties: Sequence[Order]) -> NDArray[np.int64]:
    """Everybody's ranks as they are, shape (parties, n)."""
    return np.array([order.ranks for order in parties], dtype=np.int64)
