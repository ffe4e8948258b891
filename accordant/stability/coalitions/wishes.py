"""What everybody wants, as far as it is known: orders, orders known but for some pairs, nothing at all.

Whether a state is better for several parties is then *surely* so, or *possibly* so, or not. Of two
states of unknown order either may be the better one, or neither, each pair by itself. So what is
possibly better for a coalition must be possibly better for every member; under the reading of Pareto
possibly no worse for any and possibly better for some: a member of whom nothing is known can make an
improvement of what the others like equally well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.graph import ArcMoves, Orders
from accordant.model.view import View
from accordant.stability.coalitions.outdone import Words, better_words
from accordant.stability.pairwise.incomparable import MATRICES
from accordant.stability.pairwise.relations import afford_matrices

Bools = NDArray[np.bool_]
Pairs = NDArray[np.int64]
States = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Wishes:
    """What everybody wants, and how what is not known is read.

    Attributes
    ----------
    orders
        Ranks of all parties of the model, shape (parties, n); rows of parties of whom nothing is
        known are not read.
    known
        For each party whether its whole order is known.
    willing
        What is unknown speaks against the side that is judged (False), or for it (True).
    pairs
        For each party whose order is known but for some pairs, these: shape (pairs, 2).
    """

    orders: Orders
    known: Bools
    willing: bool = False
    pairs: Mapping[int, Pairs] = field(default_factory=dict)

    @cached_property
    def as_willing(self) -> Wishes:
        """The same, all that is unknown speaking for the side."""
        return replace(self, willing=True)

    def heard(self, parties: Sequence[int]) -> list[int]:
        """Those of whose orders something is known."""
        return [p for p in parties if self.known[p] or p in self.pairs]

    def settled(self, parties: Sequence[int]) -> bool:
        """Whether the whole orders of some parties are known."""
        return all(self.known[p] for p in parties)

    def partly(self, parties: Sequence[int]) -> bool:
        """Whether some party's order is known but for some pairs."""
        return any(p in self.pairs for p in parties)

    def gains(self, parties: Sequence[int]) -> tuple[int, ...] | None:
        """Who of those who step together has to gain by it; None where they take no such step.

        For parties whose orders are known, or of whom nothing is.
        """
        if not self.willing and not self.settled(parties):
            return None
        return tuple(p for p in parties if self.known[p])

    def open_at(self, party: int, s: States, t: States) -> Bools:
        """Whether the order of states is unknown to a party, element by element."""
        if self.known[party]:
            return np.zeros(np.broadcast(s, t).shape, dtype=bool)
        if party not in self.pairs:
            return np.asarray(s != t)
        n = self.orders.shape[1]
        listed = self.pairs[party]
        return np.isin(np.minimum(s, t).astype(np.int64) * n + np.maximum(s, t), listed @ np.array([n, 1]))

    def better(self, members: Sequence[int], s: States, t: States, *, pareto: bool, sure: bool) -> Bools:
        """Whether t is better than s for some parties, element by element.

        Parameters
        ----------
        pareto
            Whether better for some and worse for none is enough.
        sure
            Surely, or possibly.

        Examples
        --------
        Of the second party nothing is known.

        >>> wishes = Wishes(np.array([[0, 0], [0, 0]]), np.array([True, False]))
        >>> here, there = np.array([0]), np.array([1])
        >>> wishes.better([0, 1], here, there, pareto=True, sure=False).tolist()
        [True]
        >>> wishes.better([0, 1], here, there, pareto=False, sure=False).tolist()
        [False]
        """
        every = np.ones(np.broadcast(s, t).shape, dtype=bool)
        some, none_worse = ~every, every.copy()
        for p in members:
            up, level = self.orders[p, t] > self.orders[p, s], self.orders[p, t] >= self.orders[p, s]
            unknown = self.open_at(p, s, t)
            up, level = np.where(unknown, not sure, up), np.where(unknown, not sure, level)
            some, every, none_worse = some | up, every & up, none_worse & level
        return np.asarray(some & none_worse if pareto else every & (s != t))

    def better_words(self, members: Sequence[int], *, pareto: bool, sure: bool) -> Words:
        """What is better than each state for some parties, as bit sets."""
        heard = self.heard(members)
        if len(heard) == len(members):
            words = better_words(self.orders, heard, pareto=pareto)
        elif sure:
            return np.zeros_like(better_words(self.orders, []))
        elif pareto:
            words = better_words(self.orders, [])
            for p in heard:
                words &= ~better_words(-self.orders, [p])
        else:
            words = better_words(self.orders, heard)
        listed = [self.pairs[p] for p in members if p in self.pairs]
        if listed:
            s, t = np.unique(np.concatenate(listed), axis=0).T
            s, t = np.concatenate([s, t]), np.concatenate([t, s])
            _set(words, s, t, self.better(members, s, t, pareto=pareto, sure=sure))
        return words

    def steps(self, arcs: ArcMoves, who: Sequence[int], *, sure: bool) -> ArcMoves:
        """The arcs that lead every one of some parties to something better."""
        n = len(arcs.indptr) - 1
        sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
        keep = self.better(who, sources, arcs.targets, pareto=False, sure=sure)
        indptr = np.concatenate([[0], np.cumsum(np.bincount(sources[keep], minlength=n))]).astype(np.int64)
        return ArcMoves(indptr, arcs.targets[keep], transitive=not keep.any())


def _set(words: Words, s: Pairs, t: Pairs, found: Bools) -> None:
    bits = np.uint64(1) << (t & 63).astype(np.uint64)
    np.bitwise_and.at(words, (s, t >> 6), ~bits)
    np.bitwise_or.at(words, (s[found], t[found] >> 6), bits[found])


def wishes_of(view: View) -> tuple[Wishes, str]:
    """What is known of everybody's wishes in a view, and what of it is not used, with the reason.

    Orders that are known but for some pairs compare states pair by pair; where that would not fit,
    they are read as wholly unknown.
    """
    orders, pairs = view.orders.copy(), {}
    for p, party in enumerate(view.parties):
        ranks = None if view.known[p] else view.base_ranks(party)
        if ranks is not None:
            orders[p], pairs[p] = ranks, view.incomparable(party)
    used, why = affordable(view, pairs)
    return Wishes(orders, view.known, pairs=used), why


def affordable(view: View, pairs: Mapping[int, Pairs]) -> tuple[Mapping[int, Pairs], str]:
    """The pairs, or none of them and the reason why orders that have them are read as wholly unknown."""
    try:
        if pairs:
            afford_matrices(view.model.n, MATRICES)
    except TooLargeError as error:
        return {}, set_aside([view.parties[p] for p in pairs], str(error))
    return pairs, ""


def set_aside(parties: Sequence[str], reason: str) -> str:
    """That orders known but for some pairs are read as wholly unknown, and why.

    Examples
    --------
    >>> set_aside(["a"], "too many")
    'what is known of the order of a, which leaves some pairs open, was not used: too many'
    """
    whose = " and ".join(parties)
    return f"what is known of the order of {whose}, which leaves some pairs open, was not used: {reason}"
