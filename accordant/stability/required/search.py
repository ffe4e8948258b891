"""Best first along what lacks: the least changes of orders that make or break a verdict, exactly.

A node is a set of comparisons that are asked for. Its cost is the distance of the nearest orders in
which they hold, which no solution below it can undercut (worked out when the node's turn comes, and
bounded until then). Where the condition fails under these
orders, every solution supplies one of the comparisons of a lack, so that one child for each of them
loses nothing. Nodes come in the order of their cost: the first that meets the condition is a least
change, and when the search is cut off the cost of the next node is a lower bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import islice, product
from typing import TypeAlias

import numpy as np

from accordant.model.graph import Orders
from accordant.stability.required.conditions import MOST_LACKING, Situation
from accordant.stability.required.orders import Atom, Order
from accordant.stability.required.placing import A_STEP, CrowdedError

Lack: TypeAlias = Callable[[Orders, frozenset[Atom]], list[Atom] | None]
"""What lacks under some orders, when these atoms were asked for; None when the condition is met."""

MOST_NODES = 1_000
"""Sets of comparisons looked at in one search."""

MOST_WORK = 100_000_000
"""Work in one search, in numbers of a table worked out (a step in Python counts for ``A_STEP``)."""


class Effort:
    """Work that several searches share: one that needs little leaves more to those that follow.

    Parameters
    ----------
    most
        The work that all of them may do.
    searches
        How many there are.
    """

    def __init__(self, most: int, searches: int) -> None:
        self.left, self.searches = most, searches

    def share(self) -> int:
        """What the next search may do: three times its equal share, or a part of all that is left."""
        return min(self.left, max(3 * self.left // max(self.searches, 1), self.left // 8))

    def spent(self, work: int) -> None:
        """A search was done."""
        self.left, self.searches = max(self.left - work, 0), self.searches - 1


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
    sure: bool = field(compare=False, default=False)


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
        most_work: int = MOST_WORK,
        situation: Situation | None = None,
    ) -> None:
        self.parties, self.most, self.most_cost, self.most_work = parties, most, most_cost, most_work
        self._rooms = (*parties, situation) if situation else tuple(parties)
        self._before = sum(room.work for room in self._rooms)
        self._pushed = 0
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
            if any(done <= node.atoms for done in self._done) or not self._weighed(node):
                continue
            self.looked += 1
            orders, lack = self._judged(node)
            if lack is None:
                self._done.append(node.atoms)
                yield Found(node.cost, node.atoms, orders)
                continue
            if len(lack) >= MOST_LACKING:
                self._crowd(node.cost)
                continue
            for atom in lack:
                self._push(node.atoms | {atom}, node.lack, node.cost)
        self.complete = self._crowded is None
        self.floor = self.floor if self._crowded is None else self._crowded

    @property
    def work(self) -> int:
        """What was done so far."""
        return sum(room.work for room in self._rooms) - self._before + 10 * A_STEP * self._pushed

    def _beyond(self, cost: int) -> bool:
        """Whether the search ends before a node of this cost."""
        crowded = self._crowded is not None and cost > self._crowded
        dear = self.most_cost is not None and cost > self.most_cost
        if crowded or dear or self.work > self.most_work or self.looked >= self.most:
            self.floor = min(cost, cost if self._crowded is None else self._crowded)
            return True
        return False

    def _push(self, atoms: frozenset[Atom], lack: Lack, at_least: int) -> None:
        key = (atoms, id(lack))
        if key in self._seen:
            return
        self._seen.add(key)
        self._number += 1
        self._pushed += 1
        bound = sum(order.bound(of_party(atoms, i)) for i, order in enumerate(self.parties))
        heappush(self._queue, _Node(max(at_least, bound), len(atoms), self._number, atoms, lack))

    def _crowd(self, cost: int) -> None:
        """What this node leads to is left out."""
        self._crowded = cost if self._crowded is None else min(self._crowded, cost)

    def _weighed(self, node: _Node) -> bool:
        """Whether the cost is known and not only bounded; where not, the node comes again."""
        if node.sure:
            return True
        try:
            cost = cost_of(self.parties, node.atoms)
        except CrowdedError:
            self._crowd(node.cost)
            return False
        if cost is not None and cost > node.cost:
            heappush(self._queue, replace(node, cost=cost, sure=True))
        return cost == node.cost

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
