"""How many independent origins stand behind one claim: an interval.

*Pieces* are ultimate sources, whatever is surely one put together. Some pairs of them *may be one*
(:mod:`accordant.case.identity`): somebody unnamed and anybody else, say. At most there are as many
origins as pieces; at least as many as the fewest groups into which the pieces can be put so that any
two in a group may be one. That is a colouring of the pairs that cannot be one, and is counted exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from accordant.case.groups import Groups

STEPS = 200_000
"""Steps of the search after which a lower bound is given that is surely right, if not the best."""
LARGE = 300
"""Pieces that hang together by being apart, beyond which no search is made and that bound is given."""


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
    # What is not apart over any steps never needs a group of its own: the largest part decides.
    joined = Groups(len(apart))
    for one, others in enumerate(apart):
        for other in others:
            joined.join(one, other)
    parts: dict[int, list[int]] = {}
    for k, root in enumerate(joined.roots()):
        parts.setdefault(root, []).append(k)
    return max((_fewest(apart, members, steps) for members in parts.values()), default=0)


def _fewest(apart: list[set[int]], members: list[int], steps: int) -> int:
    order = sorted(members, key=lambda k: (-len(apart[k]), k))
    clique = _clique(apart, order)
    if len(clique) == len(order) or len(order) > LARGE:
        return len(clique)
    held = set(clique)
    found = _Search(apart, [*clique, *(k for k in order if k not in held)], steps).best(len(clique))
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
