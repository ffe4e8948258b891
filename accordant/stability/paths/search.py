"""Where legal sequences lead from a state, in how few steps, and by which ways.

A *reading* (:mod:`accordant.stability.readings`) says for each mover which of its members must
strictly gain by a step, or None when it makes none. By any moves nobody must; by improvements every
member must; where parties are left free, every member but those.

What lies where is remembered as one way to each state (to each state and last mover where the last
mover matters: nobody moves twice in a row). Other shortest ways are found backwards, on demand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Orders, ProductMoves
from accordant.stability.arc_form import arc_form
from accordant.stability.readings import Reading
from accordant.stability.sequences import Step

Bools = NDArray[np.bool_]
Int16s = NDArray[np.int16]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Node = tuple[int, int]
"""A state and the row of the results that it is met in: 0, or who moved last."""

MOST_WORK = 500_000
"""States looked at up to which the shortest ways to one state are counted."""

LONGEST = 200
"""Steps of a sequence up to which other ways of the same length are looked for."""


def free_reading(model: GraphModel, known: Bools, free: Collection[int] = (), *, sure: bool) -> Reading:
    """Who must gain by a step, where some parties are free to make any move.

    Parameters
    ----------
    known
        For each party whether its order is known.
    free
        Numbers of the parties that need not gain.
    sure
        Whether parties of unknown order never gain (what is reached whatever they want) or gain by
        every step (what may be reached).

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> pair = Thing(movers=(Thing(parties=(0,)), Thing(parties=(1,)), Thing(parties=(0, 1))))
    >>> free_reading(pair, np.array([True, True]), [1], sure=True)
    ((0,), (), (0,))
    >>> free_reading(pair, np.array([True, False]), sure=True)
    ((0,), None, None)
    """
    found: list[tuple[int, ...] | None] = []
    for mover in model.movers:
        needs = [p for p in mover.parties if p not in free]
        blocked = sure and not all(known[p] for p in needs)
        found.append(None if blocked else tuple(p for p in needs if known[p]))
    return tuple(found)


def any_moves(model: GraphModel) -> Reading:
    """Nobody needs to gain."""
    return tuple(() for _ in model.movers)


@dataclass(frozen=True, eq=False)
class Reached:
    """What a search found.

    Attributes
    ----------
    dist, before, last
        Rows by last mover where that is tracked (the last row for the sources), otherwise one row;
        see :mod:`accordant.stability.kernels.paths`.
    """

    model: GraphModel
    orders: Orders
    reading: Reading
    dist: Int32s
    before: Int32s
    last: Int16s
    counted: dict[int, int | None] = field(default_factory=dict)

    @property
    def tracked(self) -> bool:
        """Whether the last mover is part of what is reached."""
        return len(self.dist) > 1

    @cached_property
    def steps(self) -> Int32s:
        """Fewest steps to each state, -1 where no legal sequence leads."""
        far = np.iinfo(np.int32).max
        least = np.where(self.dist < 0, far, self.dist).min(axis=0)
        return np.where(least == far, -1, least).astype(np.int32)

    @cached_property
    def states(self) -> Bools:
        """Which states are reached."""
        return np.asarray(self.steps >= 0)

    def path(self, state: int) -> tuple[Step, ...]:
        """One shortest legal sequence to a state that is reached."""
        return self._traced(self._ends(state)[0])

    def source(self, state: int) -> int:
        """The source that the sequence of :meth:`path` starts at."""
        steps = self.path(state)
        return steps[0].start if steps else state

    def paths(self, state: int, most: int) -> tuple[tuple[Step, ...], ...]:
        """Some shortest legal sequences to a state, at most so many."""
        if self.steps[state] > LONGEST:
            return (self.path(state),)[:most]
        found = []
        for end in self._ends(state):
            for steps in self._sequences(end):
                found.append(steps)
                if len(found) == most:
                    return tuple(found)
        return tuple(found)

    def count(self, state: int) -> int | None:
        """How many shortest legal sequences lead to a state; None where they are too many to count."""
        if state not in self.counted:
            try:
                self.counted[state] = sum(self._count(end, [MOST_WORK]) for end in self._ends(state))
            except OverflowError:
                self.counted[state] = None
        return self.counted[state]

    def _ends(self, state: int) -> list[Node]:
        rows = np.flatnonzero(self.dist[:, state] == self.steps[state])
        return [(state, int(row)) for row in rows]

    def _traced(self, end: Node) -> tuple[Step, ...]:
        backwards = []
        state, row = end
        while self.dist[row, state] > 0:
            before, last = int(self.before[row, state]), int(self.last[row, state])
            mover = row if self.tracked else last
            backwards.append(Step(self.model.movers[mover].parties, before, state))
            state, row = before, last if self.tracked else 0
        return tuple(reversed(backwards))

    def _sequences(self, end: Node) -> Iterator[tuple[Step, ...]]:
        if self.dist[end[1], end[0]] == 0:
            yield ()
            return
        for mover, node in self._backwards(end):
            step = Step(self.model.movers[mover].parties, node[0], end[0])
            for steps in self._sequences(node):
                yield (*steps, step)

    def _count(self, end: Node, room: list[int]) -> int:
        # layer by layer, nearest first, because shortest ways can be longer than Python recurses
        layers: list[dict[Node, list[Node]]] = [{end: []}]
        while self.dist[next(iter(layers[-1]))[::-1]] > 0:
            ahead: dict[Node, list[Node]] = {}
            for node, origins in layers[-1].items():
                room[0] -= self._work(node)
                if room[0] < 0:
                    raise OverflowError
                origins.extend(earlier for _, earlier in self._backwards(node))
                ahead.update((earlier, []) for earlier in origins)
            layers.append(ahead)
        ways = dict.fromkeys(layers[-1], 1)
        for layer in reversed(layers[:-1]):
            ways = {node: sum(ways[o] for o in origins) for node, origins in layer.items()}
        return ways[end]

    def _work(self, node: Node) -> int:
        """About what it costs to look one step back: every state of every fibre, and each mover."""
        cost = 0
        for mover in [self.model.movers[node[1]]] if self.tracked else self.model.movers:
            cost += 64
            if isinstance(mover.moves, ProductMoves):
                group, start, _ = mover.moves.groups
                cost += int(start[group[node[0]] + 1] - start[group[node[0]]])
        return cost

    def _backwards(self, node: Node) -> Iterator[tuple[int, Node]]:
        """Who can have made the last step of a shortest sequence to here, and from where."""
        state, row = node
        movers = [row] if self.tracked else range(len(self.model.movers))
        for k in movers:
            needs = self.reading[k]
            if needs is None:
                continue
            sources = origins(self.model, k, state)
            for party in needs:
                sources = sources[self.orders[party, sources] < self.orders[party, state]]
            wanted = self.dist[row, state] - 1
            rows = [r for r in range(len(self.dist)) if r != k] if self.tracked else [0]
            for r in rows:
                yield from ((k, (int(s), r)) for s in sources[self.dist[r, sources] == wanted])


def origins(model: GraphModel, mover: int, state: int) -> NDArray[np.int32]:
    """From which states one move of a mover leads to a state."""
    moves = model.movers[mover].moves
    if isinstance(moves, ArcMoves):
        form = arc_form(model)
        return form.back[form.back_start[mover, state] : form.back_start[mover, state + 1]]
    group, start, members = moves.groups
    g = group[state]
    mates = members[start[g] : start[g + 1]]
    keep = mates != state
    for axis, allowed in zip(moves.axes, moves.allowed, strict=True):
        keep &= allowed[moves.codes[mates, axis], moves.codes[state, axis]]
    found: NDArray[np.int32] = mates[keep]
    return found


def search(model: GraphModel, orders: Orders, reading: Reading, sources: Sequence[int]) -> Reached:
    """Everything that legal sequences lead to from some states, breadth first.

    Parameters
    ----------
    model
        States and moves.
    orders
        Ranks, shape (parties, n).
    reading
        Who must gain by a step.
    sources
        Numbers of the states to start from.

    Examples
    --------
    >>> from accordant.model.graph import Mover
    >>> from accordant.model.moves import arcs_from_pairs
    >>> from accordant.model.space import StateSpace
    >>> space = StateSpace((), (), np.zeros((3, 0), dtype=np.uint8), np.arange(3, dtype=np.int32), 3)
    >>> moves = [arcs_from_pairs(3, np.array([a]), np.array([a + 1])) for a in (0, 1)]
    >>> model = GraphModel(space, ("a", "b"), tuple(Mover((k,), m) for k, m in enumerate(moves)))
    >>> found = search(model, np.zeros((2, 3), dtype=np.int64), any_moves(model), [0])
    >>> found.steps.tolist(), [step.mover for step in found.path(2)]
    ([0, 1, 2], [(0,), (1,)])
    """
    from accordant.stability.kernels.paths import spread_arcs, spread_composing, spread_fibres

    form = _form(model)
    composing = isinstance(form, _Fibres) and form.composing
    rows = 1 if composing else len(model.movers) + 1
    dist = np.full((rows, model.n), -1, dtype=np.int32)
    before = np.full((rows, model.n), -1, dtype=np.int32)
    last = np.full((rows, model.n), -1, dtype=np.int16)
    at = np.array(sorted(set(sources)), dtype=np.int32)
    use = np.array([needs is not None for needs in reading], dtype=bool)
    ends = np.cumsum([0, *(len(needs or ()) for needs in reading)]).astype(np.int64)
    needs = np.array([p for needs in reading for p in needs or ()], dtype=np.int64)
    u = np.ascontiguousarray(orders, dtype=np.int64)
    asked: tuple[Any, ...] = (ends, needs, u, dist, before, last)
    if isinstance(form, _Fibres):
        spread = spread_composing if composing else spread_fibres
        room: tuple[Any, ...] = (form.start, form.members.copy(), form.group, np.diff(form.start, axis=1))
        spread(at, use & form.moving, *room, *form.directions, *asked)
    else:
        spread_arcs(at, use, form.start, form.targets, *asked)
    return Reached(model, u, reading, dist, before, last)


@dataclass(frozen=True, eq=False)
class _Fibres:
    """Fibres of every mover, padded to one shape, and the directions that are not free."""

    start: Int64s
    members: Int32s
    group: Int32s
    directions: tuple[Any, ...]
    moving: Bools
    composing: bool


@dataclass(frozen=True, eq=False)
class _Arcs:
    start: Int64s
    targets: Int32s


_forms: WeakKeyDictionary[GraphModel, _Fibres | _Arcs] = WeakKeyDictionary()


def _form(model: GraphModel) -> _Fibres | _Arcs:
    if model not in _forms:
        moves = [m.moves for m in model.movers]
        products = [m for m in moves if isinstance(m, ProductMoves)]
        _forms[model] = _fibres(products, model.n) if len(products) == len(moves) > 0 else _arcs(model)
    return _forms[model]


def _arcs(model: GraphModel) -> _Arcs:
    arcs = [m.moves.arcs for m in model.movers]
    offsets = np.cumsum([0, *(len(a.targets) for a in arcs)])
    start = np.array([a.indptr + offset for a, offset in zip(arcs, offsets[:-1], strict=True)])
    targets = [a.targets for a in arcs] or [np.zeros(0, dtype=np.int32)]
    return _Arcs(start.reshape(len(arcs), model.n + 1).astype(np.int64), np.concatenate(targets))


def _fibres(moves: list[ProductMoves], n: int) -> _Fibres:
    groups = [m.groups for m in moves]
    most = max(len(start) for _, start, _ in groups)
    start = np.zeros((len(moves), most), dtype=np.int64)
    for k, (_, ends, _) in enumerate(groups):
        start[k, : len(ends)] = ends
        start[k, len(ends) :] = n
    return _Fibres(
        start,
        np.stack([members for _, _, members in groups]).astype(np.int32),
        np.stack([group for group, _, _ in groups]).astype(np.int32),
        _directions(moves),
        np.array([len(ends) <= n for _, ends, _ in groups], dtype=bool),
        all(m.transitive for m in moves),
    )


def _directions(moves: list[ProductMoves]) -> tuple[Any, ...]:
    """As the kernels want them: codes, axis_start, axes, offset, size, tables."""
    held = [
        [(a, table) for a, table in zip(m.axes, m.allowed, strict=True) if not table.all()] for m in moves
    ]
    flat = [pair for own in held for pair in own]
    tables = [table.ravel() for _, table in flat]
    ends = np.cumsum([0, *(len(t) for t in tables)])[:-1]
    return (
        np.ascontiguousarray(moves[0].codes),
        np.cumsum([0, *(len(own) for own in held)]).astype(np.int64),
        np.array([a for a, _ in flat], dtype=np.int64),
        ends.astype(np.int64),
        np.array([len(table) for _, table in flat], dtype=np.int64),
        np.concatenate([*tables, np.zeros(0, dtype=bool)]),
    )
