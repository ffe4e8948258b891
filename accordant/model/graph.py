"""The compiled form of a case: a graph model as arrays.

Notation, used in all kernels: ``n`` states numbered 0..n-1, parties numbered in the order of the
case, ``u[i, s]`` party i's rank of state s (larger is better, equal is a tie).

A *mover* is who makes one step: a party alone, or all holders of a jointly controlled issue
together. ``movers[i]`` for i < len(parties) is party i alone; joint movers follow. Opponents of
party i are all movers none of whose members is i.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from accordant.model.space import StateSpace

Orders: TypeAlias = NDArray[np.int64]
"""Ranks, shape (parties, states): larger is better, equal is a tie. Only comparisons count."""


@dataclass(frozen=True, eq=False)
class ArcMoves:
    """Moves listed arc by arc: state s leads to ``targets[indptr[s]:indptr[s + 1]]``, ascending.

    ``transitive`` is True when two of these moves in a row are one move or none, so that
    forbidding to move twice in a row changes nothing.
    """

    indptr: NDArray[np.int64]
    targets: NDArray[np.int32]
    transitive: bool

    def from_state(self, state: int) -> NDArray[np.int32]:
        """Where one move leads from a state."""
        return self.targets[self.indptr[state] : self.indptr[state + 1]]

    @property
    def arcs(self) -> ArcMoves:
        """Itself: the form that every kind of moves can be turned into."""
        return self


@dataclass(frozen=True, eq=False)
class ProductMoves:
    """Moves of a mover that changes its own issues at once, the others staying (option form).

    Attributes
    ----------
    codes
        Value number of each issue in each state, shape (n, issues); rows ascending
        lexicographically, no two alike.
    shape
        Number of values of each issue.
    axes
        The issues that this mover may change.
    allowed
        For each of ``axes`` a boolean matrix: from value, to value; the diagonal is True.
    transitive
        Whether every matrix in ``allowed`` is transitive.
    """

    codes: NDArray[np.integer]
    shape: tuple[int, ...]
    axes: tuple[int, ...]
    allowed: tuple[NDArray[np.bool_], ...]
    transitive: bool

    def from_state(self, state: int) -> NDArray[np.int32]:
        """Where one move leads from a state, ascending."""
        group, start, members = self.groups
        g = group[state]
        mates = members[start[g] : start[g + 1]]
        keep = mates != state
        for axis, allowed in zip(self.axes, self.allowed, strict=True):
            keep &= allowed[self.codes[state, axis], self.codes[mates, axis]]
        found: NDArray[np.int32] = mates[keep]
        return found

    @property
    def full(self) -> bool:
        """Whether every combination of values is a state, so that states form a grid."""
        total = 1
        for k in self.shape:
            total *= k
        return total == len(self.codes)

    @property
    def free(self) -> bool:
        """Whether any value may follow any other."""
        return all(bool(a.all()) for a in self.allowed)

    @cached_property
    def groups(self) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
        """States that differ in this mover's issues only: (group of each state, start, members).

        Members of group g are ``members[start[g]:start[g + 1]]``, ascending.
        """
        from accordant.model.moves import group_states

        return group_states(self.codes, self.shape, self.axes)

    @cached_property
    def arcs(self) -> ArcMoves:
        """The same moves listed arc by arc."""
        from accordant.model.moves import product_arcs

        return product_arcs(self)


Moves: TypeAlias = ArcMoves | ProductMoves


@dataclass(frozen=True, eq=False)
class Mover:
    """Who makes one step, and where to. ``parties`` are party numbers."""

    parties: tuple[int, ...]
    moves: Moves


@dataclass(frozen=True, eq=False)
class GraphModel:
    """States and moves, without preferences: what all settings of the orders share."""

    space: StateSpace
    parties: tuple[str, ...]
    movers: tuple[Mover, ...]

    @property
    def n(self) -> int:
        """Number of states."""
        return self.space.n

    def opponents(self, party: int) -> tuple[Mover, ...]:
        """Every mover that ``party`` is no member of, with at least one move to make."""
        return tuple(m for m in self.movers if party not in m.parties)

    def more_arcs(self, most: int) -> bool:
        """Whether there are more arcs than that: counted where that is enough, as listing takes long."""
        products = [m.moves for m in self.movers if isinstance(m.moves, ProductMoves)]
        sizes = [np.diff(moves.groups[1]) for moves in products]
        pairs = [int((size * (size - 1)).sum()) for size in sizes]
        if sum(p for p, moves in zip(pairs, products, strict=True) if moves.free) > most:
            return True
        if len(products) == len(self.movers) and sum(pairs) <= most:
            return False
        return sum(len(m.moves.arcs.targets) for m in self.movers) > most
