"""Best first along what lacks: the least changes of orders that make or break a verdict, exactly.

A node is a set of comparisons that are asked for. Its cost is the distance of the nearest orders in
which they hold, which no solution below it can undercut. Where the condition fails under these
orders, every solution supplies one of the comparisons of a lack, so that one child for each of them
loses nothing. Nodes come in the order of their cost: the first that meets the condition is a least
change, and when the search is cut off the cost of the next node is a lower bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import islice, product
from typing import TypeAlias

import numpy as np

from accordant.model.graph import Orders
from accordant.stability.required.orders import Atom, CrowdedError, Order

Lack: TypeAlias = Callable[[Orders, frozenset[Atom]], list[Atom] | None]
"""What lacks under some orders, when these atoms were asked for; None when the condition is met."""

MOST_NODES = 1_000
"""Sets of comparisons looked at in one search."""

MOST_TRIED, MOST_COMBINED = 4, 12
"""Nearest orders of a party, and combinations of them, that are tried for one set of comparisons."""


@dataclass(frozen=True, eq=False)
class Found:
    """A set of comparisons that brings the verdict about, and orders in which it does.

    Attributes
    ----------
    cost
        Changed comparisons, over all parties.
    atoms
        What was asked for.
    orders
        The changed orders, shape (parties, n).
    """

    cost: int
    atoms: frozenset[Atom]
    orders: Orders


@dataclass(order=True)
class _Node:
    cost: int
    size: int
    number: int
    atoms: frozenset[Atom] = field(compare=False)
    lack: Lack = field(compare=False)


class Search:
    """Solutions in the order of their cost.

    Attributes
    ----------
    floor
        No solution that has not been given yet costs less.
    complete
        Whether every solution was given.
    """

    def __init__(
        self,
        parties: Sequence[Order],
        starts: Iterable[tuple[frozenset[Atom], Lack]],
        *,
        most: int = MOST_NODES,
        most_cost: int | None = None,
    ) -> None:
        self.parties, self.most, self.most_cost = parties, most, most_cost
        self.floor, self.complete, self.looked = 0, False, 0
        self._queue: list[_Node] = []
        self._seen: set[tuple[frozenset[Atom], int]] = set()
        self._done: list[frozenset[Atom]] = []
        self._crowded: int | None = None
        self._number = 0
        for atoms, lack in starts:
            self._push(atoms, lack, 0)

    def solutions(self) -> Iterator[Found]:
        """Sets of comparisons with orders that meet the condition; none contains an earlier one."""
        while self._queue:
            node = heappop(self._queue)
            if self._beyond(node.cost):
                return
            self.floor = node.cost
            if any(done <= node.atoms for done in self._done):
                continue
            self.looked += 1
            orders, lack = self._judged(node)
            if lack is None:
                self._done.append(node.atoms)
                yield Found(node.cost, node.atoms, orders)
                continue
            for atom in lack:
                self._push(node.atoms | {atom}, node.lack, node.cost)
        self.complete = self._crowded is None
        self.floor = self.floor if self._crowded is None else self._crowded

    def _beyond(self, cost: int) -> bool:
        """Whether the search ends before a node of this cost."""
        crowded = self._crowded is not None and cost > self._crowded
        dear = self.most_cost is not None and cost > self.most_cost
        if crowded or dear or self.looked >= self.most:
            self.floor = min(cost, cost if self._crowded is None else self._crowded)
            return True
        return False

    def _push(self, atoms: frozenset[Atom], lack: Lack, at_least: int) -> None:
        key = (atoms, id(lack))
        if key in self._seen:
            return
        self._seen.add(key)
        try:
            cost = cost_of(self.parties, atoms)
        except CrowdedError:
            self._crowded = at_least if self._crowded is None else min(self._crowded, at_least)
            return
        if cost is not None:
            self._number += 1
            heappush(self._queue, _Node(cost, len(atoms), self._number, atoms, lack))

    def _judged(self, node: _Node) -> tuple[Orders, list[Atom] | None]:
        """Orders that meet the condition with no lack, or those that lack least."""
        best: tuple[Orders, list[Atom]] | None = None
        for orders in islice(nearest_orders(self.parties, node.atoms, MOST_TRIED), MOST_COMBINED):
            lack = node.lack(orders, node.atoms)
            if lack is None:
                return orders, None
            if best is None or len(lack) < len(best[1]):
                best = orders, lack
        assert best is not None
        return best


def of_party(atoms: frozenset[Atom], party: int) -> frozenset[Atom]:
    """The atoms that are about one party's order."""
    return frozenset(a for a in atoms if a.party == party)


def cost_of(parties: Sequence[Order], atoms: frozenset[Atom]) -> int | None:
    """The cost of the nearest orders in which atoms hold; None where there are none."""
    total = 0
    for i, order in enumerate(parties):
        cost = order.cost(of_party(atoms, i))
        if cost is None:
            return None
        total += cost
    return total


def nearest_orders(parties: Sequence[Order], atoms: frozenset[Atom], limit: int = 64) -> Iterator[Orders]:
    """Combinations of the parties' nearest orders in which atoms hold."""
    each = [order.orders(of_party(atoms, i), limit) for i, order in enumerate(parties)]
    for rows in product(*each):
        yield np.array(rows, dtype=np.int64)
