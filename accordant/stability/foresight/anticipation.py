"""What two parties anticipate when they look h moves ahead, ties kept as sets.

Notation: ``G_h(i, s)`` is where party i expects to end that has the turn at s with h moves to go. It
goes where the best end is to be expected when the other party thinks likewise with h - 1 moves to go,
and stays when that is no better than s. Where a party is indifferent between its best moves it may
make any of them, at each node of the game tree by itself; ``G_h(i, s)`` is then the set of all ends
that may come of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError, TooLargeError
from accordant.model.graph import ArcMoves, GraphModel, Orders
from accordant.model.growth import memory_limit, memory_text
from accordant.model.moves import arcs_from_pairs
from accordant.model.view import View
from accordant.stability.ranks import compact

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

KEPT = 2**28
"""Bytes of earlier horizons that are kept, so that explanations need not go through them again."""

STEPWISE = 1000
"""Horizons up to which it is not worth looking for a repetition."""

PLAIN = 12
"""Horizons up to which moves are told as they are."""

MOST_HORIZONS = 200_000
"""Horizons looked at before a search for a repetition is given up."""


@dataclass(frozen=True, eq=False)
class Ends:
    """The states that may be anticipated from each state: ``states[at[s]:at[s + 1]]``, ascending."""

    at: Int64s
    states: Int32s

    def of(self, state: int) -> Int32s:
        """What may be anticipated from a state."""
        return self.states[self.at[state] : self.at[state + 1]]

    @cached_property
    def may_stay(self) -> Bools:
        """Whether a state may be anticipated from itself, shape (n,)."""
        n = len(self.at) - 1
        source = np.repeat(np.arange(n), np.diff(self.at))
        return np.asarray(np.bincount(source[self.states == source], minlength=n) > 0)

    @property
    def must_stay(self) -> Bools:
        """Whether nothing but a state itself may be anticipated from it, shape (n,)."""
        return np.asarray(self.may_stay & (np.diff(self.at) == 1))

    def same(self, other: Ends) -> bool:
        """Whether the same is anticipated from every state."""
        return np.array_equal(self.at, other.at) and np.array_equal(self.states, other.states)


Pair = tuple[Ends, Ends]
"""What each of the two anticipates."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: its number (None where nobody else can move), moves and ranks."""

    party: int | None
    moves: ArcMoves
    ranks: Int32s


class Course:
    """What two parties anticipate at every horizon.

    Parameters
    ----------
    sides
        The two parties that can move.

    Notes
    -----
    What is anticipated with h moves to go follows from what is with h - 1, so that the first
    repetition of everything at once proves that it repeats for good.
    """

    def __init__(self, sides: tuple[Side, Side]) -> None:
        self.sides = sides
        n = len(sides[0].ranks)
        itself = Ends(np.arange(n + 1, dtype=np.int64), np.arange(n, dtype=np.int32))
        self.kept: list[Pair] = [(itself, itself)]
        self.room = KEPT

    def at(self, horizon: int) -> Pair:
        """What both anticipate with so many moves to go.

        Raises
        ------
        TooLargeError
            If the sets would not fit.
        """
        if horizon > STEPWISE:
            horizon = self.alike(horizon)
        if horizon < len(self.kept):
            return self.kept[horizon]
        pair, k = self.kept[-1], len(self.kept) - 1
        while k < horizon:
            pair, k = self.further(pair), k + 1
            if k == len(self.kept) and self.room > 0:
                self.kept.append(pair)
                self.room -= sum(e.at.nbytes + e.states.nbytes for e in pair)
        return pair

    def alike(self, horizon: int) -> int:
        """The nearest horizon, if far enough away to matter, from which everything goes on alike."""
        if horizon <= PLAIN:
            return horizon
        start, length = self.cycle
        first = max(start + 1, 2)  # what is anticipated one move later has to be the same, too
        return horizon if horizon < first else first + (horizon - first) % length

    def further(self, pair: Pair) -> Pair:
        """What both anticipate with one move more to go."""
        return self._ends(0, pair[1]), self._ends(1, pair[0])

    def _ends(self, side: int, then: Ends) -> Ends:
        from accordant.stability.kernels.anticipation import count, fill, lowest

        u, moves = self.sides[side].ranks, self.sides[side].moves
        low, stamp = np.empty_like(u), np.empty_like(u)
        lowest(u, then.at, then.states, low)
        told = (u, moves.indptr, moves.targets, then.at, then.states, low, stamp)
        at = np.empty(len(u) + 1, dtype=np.int64)
        total = count(*told, at)
        if 8 * total > memory_limit():
            raise TooLargeError(
                f"with so many ties {total:,} pairs of states and ends have to be kept "
                f"({memory_text(8 * total)}); limited moves need a smaller model, or fewer ties"
            )
        states = np.empty(total, dtype=np.int32)
        fill(*told, at, states)
        return Ends(at, states)

    @cached_property
    def cycle(self) -> tuple[int, int]:
        """From which horizon on everything anticipated repeats, and after how many horizons."""
        seen: dict[bytes, int] = {}
        pair = self.kept[0]
        for k in range(MOST_HORIZONS):
            before = seen.setdefault(_digest(pair), k)
            if before < k and _same(pair, self._from_scratch(before)):
                return before, k - before
            pair = self.further(pair)
        raise TooLargeError(
            f"what is anticipated did not repeat within {MOST_HORIZONS:,} horizons; "
            "ask for limited moves with a horizon of your own"
        )

    def repetition(self) -> Iterator[Pair]:
        """What both anticipate at each horizon of one repetition."""
        start, length = self.cycle
        pair = self.at(start)
        for _ in range(length):
            yield pair
            pair = self.further(pair)

    def _from_scratch(self, horizon: int) -> Pair:
        pair = self.kept[0]
        for _ in range(horizon):
            pair = self.further(pair)
        return pair


def _digest(pair: Pair) -> bytes:
    digest = blake2b(digest_size=16)
    for ends in pair:
        digest.update(ends.at.tobytes())
        digest.update(ends.states.tobytes())
    return digest.digest()


def _same(one: Pair, other: Pair) -> bool:
    return one[0].same(other[0]) and one[1].same(other[1])


_courses: WeakKeyDictionary[View, Course] = WeakKeyDictionary()


def course_of(view: View, name: str) -> Course:
    """What is anticipated in a view, worked out once.

    Parameters
    ----------
    name
        The concept, for errors.

    Raises
    ------
    InputError
        If more than two parties can move, or the order of one that can is not known.
    """
    if view not in _courses:
        sides = two(view.model, view.orders, name)
        for side in sides:
            if side.party is not None and not view.known[side.party]:
                raise InputError(
                    f"{name} looks ahead through everybody's preferences, and those of "
                    f"{view.parties[side.party]} are not known"
                )
        _courses[view] = Course(sides)
    return _courses[view]


def two(model: GraphModel, orders: Orders, name: str) -> tuple[Side, Side]:
    """The two parties that can move.

    A joint step of the two is a move of neither: as under the other concepts it counts neither as
    an improvement nor as an answer.

    Raises
    ------
    InputError
        If more than two can move, or a joint step is an answer to one of them.
    """
    movers = [m for m in model.movers if len(m.moves.arcs.targets)]
    able = [m.parties[0] for m in movers if len(m.parties) == 1]
    joint = [m.parties for m in movers if len(m.parties) > 1]
    instead = f"ask for mr{name[1:]}" if name[1:].isdigit() else "ask for mr4"
    otherwise = f"{instead}, which looks as far ahead for any number of parties"
    if len(able) > 2:
        who = ", ".join(model.parties[p] for p in able)
        raise InputError(
            f"{name} is defined for two parties, but {len(able)} can move: {who}. The definitions for more "
            f"that have been published disagree and none could be read in full; {otherwise}"
        )
    for members in joint:
        if able and not set(able) <= set(members):
            who = " and ".join(model.parties[p] for p in members)
            raise InputError(
                f"{name} is defined for two parties, but {who} can also move together; {otherwise}"
            )
    ranks, _ = compact(orders)
    sides = [Side(p, model.movers[p].moves.arcs, ranks[p]) for p in able]
    nothing = np.zeros(0, dtype=np.int64)
    while len(sides) < 2:
        nobody = arcs_from_pairs(model.n, nothing, nothing, transitive=True)
        sides.append(Side(None, nobody, np.zeros(model.n, dtype=np.int32)))
    return sides[0], sides[1]
