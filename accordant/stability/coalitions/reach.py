"""Where a coalition can go: the ends of legal sequences of movers within it.

A mover within a coalition is a member alone, or joint holders of an issue who are all members. The
ends of their legal sequences are listed as bit sets in small models and in graphs. In option form
with more states they are fibres: with every combination of values a state, the coalition changes
its issues at once; with rules on combinations and no directions, it goes anywhere in its connected
part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Moves, ProductMoves
from accordant.model.moves import reachable
from accordant.stability.option_form import classes, grid
from accordant.stability.pairwise.relations import Ends, afford, legal_ends
from accordant.stability.verdicts import SMALL

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Fibres:
    """States that can reach each other, but for directions (see the kernels of coalitions)."""

    group: Int32s
    start: Int64s
    members: Int32s
    class_of: NDArray[np.uint16]
    shut: Int32s

    def from_state(self, state: int) -> NDArray[np.int32]:
        """Every other state that can be reached from a state, ascending."""
        g = self.group[state]
        mates = np.sort(self.members[self.start[g] : self.start[g + 1]])
        keep = mates != state
        if len(self.shut) > 1:
            keep &= self.shut[self.class_of[mates], self.class_of[state]] == 0
        return np.asarray(mates[keep])

    def words(self) -> Words:
        """The same as bit sets, for all states."""
        n = len(self.group)
        found = _no_words(n)
        for s in range(n):
            _put(found, s, self.from_state(s))
        return found


@dataclass(frozen=True, eq=False)
class Reach:
    """Where one side can go: by moves of its own, by fibres, or as listed sets of states.

    ``moves`` is there where a single mover does it all.
    """

    n: int
    moves: Moves | None = None
    fibres: Fibres | None = None
    ends: Ends | None = None

    def from_state(self, state: int) -> NDArray[np.int32]:
        """Where the side can go from a state, ascending; the state itself may be among it."""
        if self.ends is not None:
            return np.flatnonzero(self.ends.of(state)).astype(np.int32)
        ways = self.moves if self.fibres is None else self.fibres
        assert ways is not None
        return ways.from_state(state)

    def leads(self, state: int, targets: NDArray[np.integer]) -> Bools:
        """Which of some states the side can go to from a state."""
        if self.ends is not None:
            return np.asarray(self.ends.of(state)[targets])
        fibres = self.fibres
        if fibres is None:
            return np.isin(targets, self.from_state(state))
        found = fibres.group[targets] == fibres.group[state]
        if len(fibres.shut) > 1:
            found &= fibres.shut[fibres.class_of[targets], fibres.class_of[state]] == 0
        return np.asarray(found & (targets != state))

    def words(self) -> Words:
        """The same as bit sets, for all states.

        Raises
        ------
        TooLargeError
            If they would not fit.
        """
        if self.ends is not None:
            return self.ends.words
        if self.fibres is not None:
            afford(self.n * -(-self.n // 64) * 8, self.n)
            return self.fibres.words()
        assert self.moves is not None
        return legal_ends([self.moves.arcs], self.n).words


def _no_words(n: int) -> Words:
    return np.zeros((n, -(-n // 64)), dtype=np.uint64)


def _put(words: Words, row: int, states: NDArray[np.int32]) -> None:
    bits = np.uint64(1) << (states & 63).astype(np.uint64)
    np.bitwise_or.at(words[row], states >> 6, bits)


def within(model: GraphModel, members: Iterable[int]) -> tuple[Mover, ...]:
    """The movers all of whose parties are members, with anywhere to go."""
    side = set(members)
    return tuple(m for m in model.movers if set(m.parties) <= side and can_move(m.moves))


def outside(model: GraphModel, members: Iterable[int]) -> tuple[Mover, ...]:
    """The movers none of whose parties is a member, with anywhere to go."""
    side = set(members)
    return tuple(m for m in model.movers if not set(m.parties) & side and can_move(m.moves))


def can_move(moves: Moves) -> bool:
    """Whether there is anywhere to go, as far as can be seen without listing moves."""
    if isinstance(moves, ArcMoves):
        return len(moves.targets) > 0
    return any(int(a.sum()) > len(a) for a in moves.allowed)


def reach(model: GraphModel, members: Sequence[int], *, small: int = SMALL) -> Reach:
    """Where a coalition can go by legal sequences of movers within it.

    Parameters
    ----------
    model
        States and moves.
    members
        Party numbers.
    small
        States up to which everything is listed.

    Raises
    ------
    TooLargeError
        If the sets of states would have to be listed and would not fit, with the memory.
    """
    movers = within(model, members)
    if not movers:
        return Reach(model.n, moves=model.movers[members[0]].moves)
    if len(movers) == 1:
        return Reach(model.n, moves=movers[0].moves)
    if model.n > small:
        found = _fibres([m.moves for m in movers])
        if found is not None:
            return Reach(model.n, fibres=found)
    afford(model.n * -(-model.n // 64) * 8, model.n)  # before the moves are listed, which takes longer
    return Reach(model.n, ends=legal_ends([m.moves.arcs for m in movers], model.n))


def at_once(movers: Sequence[Mover]) -> ProductMoves | None:
    """One mover that changes every issue of some movers at once; None where moves are arcs.

    A value may follow another where one of them may change it so.
    """
    products = [m.moves for m in movers if isinstance(m.moves, ProductMoves)]
    if not products or len(products) < len(movers):
        return None
    allowed: dict[int, Bools] = {}
    for p in products:
        for axis, matrix in zip(p.axes, p.allowed, strict=True):
            allowed[axis] = allowed[axis] | matrix if axis in allowed else matrix
    return joint_moves(products[0], allowed)


def joint_moves(like: ProductMoves, allowed: dict[int, Bools]) -> ProductMoves:
    """Moves on the same states that change other issues: for each issue which value may follow which."""
    from accordant.model.moves import is_transitive

    axes = tuple(sorted(allowed))
    matrices = tuple(allowed[a] for a in axes)
    return ProductMoves(like.codes, like.shape, axes, matrices, all(map(is_transitive, matrices)))


def fibres_of(moves: Moves) -> Fibres | None:
    """The fibres of a mover in option form whose moves compose; None for any other."""
    if not isinstance(moves, ProductMoves) or not moves.transitive:
        return None
    table = classes(moves)
    if table is None:
        return None
    if moves.full:
        start, members = grid(moves)
        group = np.empty(len(members), dtype=np.int32)
        group[members] = np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))
        return Fibres(group, start, members, *table)
    return Fibres(*moves.groups, *table)


def _fibres(moves: Sequence[Moves]) -> Fibres | None:
    """What several movers reach together, where that is fibres."""
    products = [m for m in moves if isinstance(m, ProductMoves) and m.transitive]
    if len(products) < len(moves):
        return None
    if products[0].full:
        # every state between two is there, so that each issue goes its own way, step by step
        joint = at_once([Mover((), m) for m in products])
        assert joint is not None
        closed = dict(zip(joint.axes, map(reachable, joint.allowed), strict=True))
        return fibres_of(joint_moves(joint, closed))
    if all(m.free for m in products):
        return _connected(products)
    return None


def _connected(products: Sequence[ProductMoves]) -> Fibres:
    """The connected parts under moves that can all be taken back."""
    n = len(products[0].codes)
    label = np.arange(n, dtype=np.int64)
    while True:
        before = label.copy()
        for p in products:
            _, start, members = p.groups
            least = np.minimum.reduceat(label[members], start[:-1])
            label[members] = np.repeat(least, np.diff(start))
        label = label[label]  # a label is a state of the same part: its own label is no larger
        if (label == before).all():
            break
    _, inverse, counts = np.unique(label, return_inverse=True, return_counts=True)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    members = np.argsort(inverse, kind="stable").astype(np.int32)
    one = np.zeros((1, 1), dtype=np.int32)
    return Fibres(inverse.astype(np.int32).ravel(), start, members, np.zeros(0, dtype=np.uint16), one)
