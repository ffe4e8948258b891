"""What is known of each party's strict preference, as relations on demand.

Relations are boolean matrices read from their row: ``[s, t]`` says something of t for a party that
is at s. They are made when they are asked for and not kept, so that few are there at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from accordant.model.view import View

Bools = NDArray[np.bool_]
Ranks = NDArray[np.int64]
Pairs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Wishes:
    """One party's preference: ranks, apart from pairs of unknown order.

    Attributes
    ----------
    n
        Number of states.
    ranks
        Larger is better, equal is a tie; None where nothing is known, so that every pair is of
        unknown order.
    pairs
        Pairs of unknown order, shape (pairs, 2); what the ranks say of them does not count.
    blocks
        Number of marked gaps below each state: t is strongly preferred to s where it has more.
    """

    n: int
    ranks: Ranks | None
    pairs: Pairs
    blocks: Ranks

    @property
    def known(self) -> bool:
        """Whether no pair is of unknown order."""
        return self.ranks is not None and len(self.pairs) == 0

    def open_between(self, s: int, t: int) -> bool:
        """Whether the order of two states is unknown.

        Examples
        --------
        >>> Wishes(3, np.arange(3), np.array([[0, 2]]), np.zeros(3, int)).open_between(2, 0)
        True
        """
        if self.ranks is None:
            return s != t
        return bool((self.pairs == (min(s, t), max(s, t))).all(axis=1).any())

    def better(self) -> Bools:
        """``[s, t]``: t is surely better than s.

        Examples
        --------
        >>> Wishes(2, np.array([0, 1]), np.zeros((0, 2), int), np.zeros(2, int)).better().astype(int).tolist()
        [[0, 1], [0, 0]]
        """
        return self._strictly(False)

    def perhaps_better(self) -> Bools:
        """``[s, t]``: t is better than s, or their order is not known.

        Examples
        --------
        >>> wishes = Wishes(2, np.array([0, 1]), np.array([[0, 1]]), np.zeros(2, int))
        >>> wishes.perhaps_better().astype(int).tolist()
        [[0, 1], [1, 0]]
        """
        return self._strictly(True)

    def not_surely_far_worse(self) -> Bools:
        """``[s, t]``: s is not strongly preferred to t, or that is not known.

        Examples
        --------
        >>> wishes = Wishes(2, np.array([0, 1]), np.zeros((0, 2), int), np.array([0, 1]))
        >>> wishes.not_surely_far_worse().astype(int).tolist()
        [[1, 1], [0, 1]]
        """
        return self._with_pairs(self.blocks[None, :] >= self.blocks[:, None], True)

    def surely_not_far_worse(self) -> Bools:
        """``[s, t]``: s is surely not strongly preferred to t."""
        return self._with_pairs(self.blocks[None, :] >= self.blocks[:, None], False)

    def _strictly(self, unknown: bool) -> Bools:
        ranks = np.zeros(self.n, dtype=np.int64) if self.ranks is None else self.ranks
        return self._with_pairs(ranks[None, :] > ranks[:, None], unknown)

    def _with_pairs(self, found: Bools, unknown: bool) -> Bools:
        if self.ranks is None:
            level = found.diagonal().copy()
            found = np.full((self.n, self.n), unknown)
            np.fill_diagonal(found, level)
        else:
            one, two = self.pairs.T
            found[one, two] = found[two, one] = unknown
        return found


def wishes(view: View) -> list[Wishes]:
    """What is known of every participant's preference, in the order of the parties."""
    found = []
    for party in view.parties:
        found.append(
            Wishes(view.model.n, view.base_ranks(party), view.incomparable(party), view.blocks(party))
        )
    return found


@dataclass(frozen=True, eq=False)
class OnDemand(Sequence[Bools]):
    """One relation per party, made each time that it is asked for.

    Examples
    --------
    >>> OnDemand([Wishes(1, None, np.zeros((0, 2), int), np.zeros(1, int))], Wishes.better)[0].tolist()
    [[False]]
    """

    of: Sequence[Wishes]
    relation: Callable[[Wishes], Bools]

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, party: int) -> Bools: ...
    @overload
    def __getitem__(self, party: slice) -> Sequence[Bools]: ...
    def __getitem__(self, party: int | slice) -> Bools | Sequence[Bools]:
        if isinstance(party, slice):
            return OnDemand(self.of[party], self.relation)
        return self.relation(self.of[party])
