"""How many independent origins stand behind one claim: an interval.

*Pieces* are ultimate sources of which it is sure that they differ as far as names go. Some pairs of
them *may be one*: unnamed people, of two outlets or of one. At most there are as many origins as
pieces; at least as many as the fewest groups into which the pieces can be put so that any two in a
group may be one. That is a colouring of the pairs that cannot be one, and is counted exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

STEPS = 200_000
"""Steps of the search after which a lower bound is given that is surely right, if not the best."""


class Interval(NamedTuple):
    """Independent origins: at least and at most."""

    at_least: int
    at_most: int


def interval(n: int, may_be_one: Callable[[int, int], bool], steps: int = STEPS) -> Interval:
    """Between how many and how many origins ``n`` pieces are.

    Examples
    --------
    >>> interval(3, lambda a, b: {a, b} == {0, 1})
    Interval(at_least=2, at_most=3)
    >>> interval(0, lambda a, b: True)
    Interval(at_least=0, at_most=0)
    """
    if n < 2:
        return Interval(n, n)
    apart = [{b for b in range(n) if b != a and not may_be_one(min(a, b), max(a, b))} for a in range(n)]
    return Interval(fewest_groups(apart, steps), n)


def fewest_groups(apart: list[set[int]], steps: int = STEPS) -> int:
    """The fewest groups in which no two that are apart stand together.

    Where the search takes more than ``steps``, the size of a set of which all are apart: never more.
    """
    order = sorted(range(len(apart)), key=lambda k: (-len(apart[k]), k))
    clique = _clique(apart, order)
    search = _Search(apart, [*clique, *(k for k in order if k not in set(clique))], steps)
    found = search.best(len(clique))
    return len(clique) if found is None else found


def _clique(apart: list[set[int]], order: Collection[int]) -> list[int]:
    """Pieces of which any two are apart, found greedily: each needs a group of its own."""
    found: list[int] = []
    for k in order:
        if all(k in apart[member] for member in found):
            found.append(k)
    return found


class _Search:
    """Puts one piece after another into a group, and gives up what cannot be better."""

    def __init__(self, apart: list[set[int]], order: list[int], steps: int) -> None:
        self.apart, self.order, self.left = apart, order, steps
        self.found = len(order)
        self.least = 0

    def best(self, least: int) -> int | None:
        """The fewest groups; None if the steps did not suffice."""
        self.least = least
        return self.found if self._place(0, []) else None

    def _place(self, number: int, groups: list[set[int]]) -> bool:
        self.left -= 1
        if self.left < 0:
            return False
        if number == len(self.order):
            self.found = min(self.found, len(groups))
            return True
        piece = self.order[number]
        for group in groups:
            if self.found == self.least:
                return True
            if self.apart[piece].isdisjoint(group):
                group.add(piece)
                complete = self._place(number + 1, groups)
                group.discard(piece)
                if not complete:
                    return False
        if len(groups) + 1 < self.found:
            return self._place(number + 1, [*groups, {piece}])
        return True
