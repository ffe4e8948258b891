"""Things that are one, put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class Groups:
    """Which of ``n`` things are one: each group is known by its first member.

    Examples
    --------
    >>> groups = Groups(4)
    >>> groups.join(3, 1)
    >>> groups.roots()
    (0, 1, 2, 1)
    """

    def __init__(self, n: int) -> None:
        self._above = list(range(n))

    def root(self, k: int) -> int:
        """The first member of the group that ``k`` is in."""
        while self._above[k] != k:
            self._above[k] = self._above[self._above[k]]
            k = self._above[k]
        return k

    def join(self, one: int, other: int) -> None:
        """Make the groups of two things one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first

    def roots(self) -> tuple[int, ...]:
        """For each thing the first member of its group."""
        return tuple(self.root(k) for k in range(len(self._above)))


def reached(after: Sequence[Collection[int]]) -> tuple[frozenset[int], ...]:
    """For each thing those that are reached from it by at least one step.

    Examples
    --------
    >>> [sorted(found) for found in reached([{1}, {0}, {0}])]
    [[0, 1], [0, 1], [0, 1]]
    """
    found = []
    for first in after:
        seen, left = set(first), list(first)
        while left:
            new = set(after[left.pop()]) - seen
            seen |= new
            left += new
        found.append(frozenset(seen))
    return tuple(found)
