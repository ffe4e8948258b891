"""A model in option form as fibres, and its verdicts.

A fibre of a mover holds the states that differ in its issues only. The kernels sweep fibres
instead of following arcs, so that a million states with thirty moves each cost a few passes over
an array of a million. It applies where everybody's moves change own issues freely or in directions
that compose.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, ProductMoves
from accordant.stability.machine import WORTH_THREADS, workers
from accordant.stability.readings import Reading

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

FAR = np.int32(2**31 - 1)
"""What marks a closed direction (see the kernels)."""

BLIND = 2
"""Rounds in which nearly everything changes, so that keeping count of what did is not worth it."""

MOST_CLASSES = 2048
"""More classes than this make the table of classes larger than the moves are worth."""


@dataclass(frozen=True, eq=False)
class Fibres:
    """The fibres of one mover.

    Members of fibre g are ``members[start[g]:start[g + 1]]``; ``class_of`` (empty where there is
    one class) and ``shut`` say which member may be left for which (see the kernels).
    """

    start: Int64s
    members: Int32s
    class_of: NDArray[np.uint16]
    shut: Int32s


@dataclass(frozen=True, eq=False)
class OptionForm:
    """The fibres of every mover; None for one that cannot move."""

    fibres: tuple[Fibres | None, ...]
    group: Int32s
    opponents: tuple[tuple[int, ...], ...]
    once: tuple[bool, ...]
    """For each party whether one sweep per opponent finds all that they can reach."""


_forms: WeakKeyDictionary[GraphModel, OptionForm | None] = WeakKeyDictionary()


def option_form(model: GraphModel) -> OptionForm | None:
    """The fibres of a model, made once; None where the option form does not apply."""
    if model not in _forms:
        _forms[model] = _build(model)
    return _forms[model]


def _build(model: GraphModel) -> OptionForm | None:
    moves = [m.moves for m in model.movers]
    products = [m for m in moves if isinstance(m, ProductMoves) and m.transitive]
    if len(products) < len(moves) or model.n == 0:
        return None
    tables = [classes(m) for m in products]
    if any(t is None for t in tables):
        return None
    group = np.zeros((len(products), model.n), dtype=np.int32)
    fibres: list[Fibres | None] = []
    for k, (m, table) in enumerate(zip(products, tables, strict=True)):
        start, members = grid(m) if m.full else m.groups[1:]
        if table is None or len(start) == model.n + 1:
            fibres.append(None)
            continue
        group[k, members] = np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))
        fibres.append(Fibres(start, np.ascontiguousarray(members), *table))
    opponents = tuple(
        tuple(k for k, m in enumerate(model.movers) if fibres[k] is not None and i not in m.parties)
        for i in range(len(model.parties))
    )
    once = tuple(_independent([products[k] for k in ks]) for ks in opponents)
    return OptionForm(tuple(fibres), group, opponents, once)


def grid(moves: ProductMoves) -> tuple[Int64s, Int32s]:
    """Fibres where every combination is a state: offsets within a fibre, added to its first state."""
    first, offset = np.zeros(1, dtype=np.int32), np.zeros(1, dtype=np.int32)
    stride = len(moves.codes)
    for axis, size in enumerate(moves.shape):
        stride //= size
        steps = np.arange(size, dtype=np.int32) * np.int32(stride)
        if axis in moves.axes:
            offset = np.add.outer(offset, steps).ravel()
        else:
            first = np.add.outer(first, steps).ravel()
    start = np.arange(len(first) + 1, dtype=np.int64) * len(offset)
    return start, np.add.outer(first, offset).ravel()


def classes(moves: ProductMoves) -> tuple[NDArray[np.uint16], Int32s] | None:
    """Class of each state under the directions, and which class may not be left for which.

    Values that can be changed back and forth are of one class. None where there are too many.
    """
    key = np.zeros(len(moves.codes), dtype=np.int64)
    into = np.ones((1, 1), dtype=bool)  # to, from
    for axis, allowed in zip(moves.axes, moves.allowed, strict=True):
        label = np.argmax(allowed & allowed.T, axis=1)
        values, class_of_value = np.unique(label, return_inverse=True)
        if len(values) == 1:
            continue
        if len(into) * len(values) > MOST_CLASSES:
            return None
        key = key * len(values) + class_of_value[moves.codes[:, axis]]
        own = np.ascontiguousarray(allowed[np.ix_(values, values)].T)
        size = len(into) * len(values)
        into = (into[:, None, :, None] & own[None, :, None, :]).reshape(size, size)
    shut = np.ascontiguousarray(np.multiply(~into, FAR, dtype=np.int32))
    return (np.zeros(0) if len(into) == 1 else key).astype(np.uint16), shut


def _independent(movers: Sequence[ProductMoves]) -> bool:
    """Whether their moves commute: no rule forbids a combination, and nobody shares an issue."""
    axes = [a for m in movers for a in m.axes]
    return all(m.full for m in movers) and len(axes) == len(set(axes))


class _Work:
    """One call's sorted fibres: for each mover by the order of the first who must improve."""

    def __init__(self, form: OptionForm, ranks: Int32s, reading: Reading) -> None:
        self.form, self.ranks, self.reading = form, ranks, reading
        # a party alone is sorted by its own order even where its steps need not gain by it, because
        # its own verdicts are read off that order
        leads = [(r or (k if k < len(ranks) else 0,))[0] for k, r in enumerate(reading)]
        self.orders = [
            None if f is None else self._sorted(f, ranks[lead])
            for f, lead in zip(form.fibres, leads, strict=True)
        ]

    def _sorted(self, fibres: Fibres, u: Int32s) -> Int32s:
        from accordant.stability.kernels.sweeps import sort_fibres

        order = fibres.members.copy()
        room = np.empty((2, int(np.diff(fibres.start).max(initial=0))), dtype=np.int64)
        sort_fibres(fibres.start, u, order, room[0], room[1])
        return order

    def judge(self, i: int, wanted: Bools, stable: Bools) -> None:
        """Verdicts of party i; ``stable`` has shape (kinds, n)."""
        from accordant.stability.kernels.sweeps import answered, best_within_one_move

        fibres, order, u = self.form.fibres[i], self.orders[i], self.ranks[i]
        if fibres is None or order is None:
            stable[wanted] = True
            return
        best = np.empty_like(u)
        own = (fibres.start, order, fibres.class_of, fibres.shut)
        best_within_one_move(*own, u, best)
        stable[0] = best == u
        for kinds, improving in ((slice(1, 3), False), (slice(3, 5), True)):
            if wanted[kinds].any():
                m = np.stack([u, best], axis=1)
                self._lower(i, improving, m)
                answered(*own, u, m, stable[kinds])

    def held_to(self, i: int, improving: bool) -> Int32s:
        """What party i can be held to from each state when it cannot answer back."""
        m = np.stack([self.ranks[i], self.ranks[i]], axis=1)
        self._lower(i, improving, m)
        return np.asarray(m[:, 0])

    def _lower(self, i: int, improving: bool, m: Int32s) -> None:
        """Lower m to what the opponents of party i can hold it to, by sweeps until nothing changes."""
        movers = self.form.opponents[i]
        if improving:
            movers = tuple(k for k in movers if self.reading[k] is not None)
        most = max((len(f.start) - 1 for k in movers if (f := self.form.fibres[k])), default=0)
        dirty = np.empty((len(self.form.fibres), most), dtype=np.uint8)
        nobody = np.zeros(0, dtype=np.int32)
        once = not improving and self.form.once[i]
        for _ in range(1 if once else BLIND):
            dirty[:] = 1
            if not sum(self._sweep(k, improving, nobody, dirty, m) for k in movers) or once:
                return
        dirty[:] = 1
        others = {k: np.array([j for j in movers if j != k], dtype=np.int32) for k in movers}
        while sum(self._sweep(k, improving, others[k], dirty, m) for k in movers):
            pass

    def _sweep(self, k: int, improving: bool, others: Int32s, dirty: NDArray[np.uint8], m: Int32s) -> int:
        from accordant.stability.kernels.sweeps import lower_by_class, lower_freely, lower_jointly

        fibres, order = self.form.fibres[k], self.orders[k]
        assert fibres is not None
        assert order is not None
        members = self.reading[k] if improving else ()
        told: tuple[Any, ...] = (others, self.form.group, dirty, m)
        if members is not None and len(members) > 1:
            both = (np.array(members, dtype=np.int32), self.ranks)
            return int(lower_jointly(k, fibres.start, order, fibres.class_of, fibres.shut, *both, *told))
        if len(fibres.shut) == 1:
            return int(lower_freely(k, fibres.start, order, bool(members), *told))
        return int(lower_by_class(k, fibres.start, order, fibres.class_of, fibres.shut, bool(members), *told))


class _AnyMoves(_Work):
    """Sweeps that ask for no improvements, so that fibres need not be sorted."""

    def __init__(self, form: OptionForm) -> None:
        self.form, self.ranks, self.reading = form, np.zeros((0, 0), dtype=np.int32), ()
        self.orders = [None if f is None else f.members for f in form.fibres]

    def lowest(self, i: int, v: Int32s) -> Int32s:
        """The least v that the opponents of party i can lead to from each state by any moves."""
        m = np.stack([v, v], axis=1)
        self._lower(i, False, m)
        return np.ascontiguousarray(m[:, 0])


def lowest(form: OptionForm, party: int, v: Int32s) -> Int32s:
    """The least v over a state and every state that a party's opponents can lead on to, shape (n,).

    What the verdicts propagate for ranks, for any worth of the states.
    """
    return _AnyMoves(form).lowest(party, v)


def held_to(
    form: OptionForm, ranks: Int32s, reading: Reading, parties: Sequence[int], *, improving: bool
) -> Int32s:
    """The least rank that the opponents of each of some parties can hold it to from each state.

    The state itself is counted; ``improving`` lets them use credible steps only.

    Returns
    -------
    array of int32, shape (parties asked for, n)
    """
    work = _Work(form, ranks, reading)
    found = np.empty((len(parties), ranks.shape[1]), dtype=np.int32)
    for row, i in zip(found, parties, strict=True):
        row[:] = work.held_to(i, improving)
    return found


def verdicts(
    form: OptionForm, ranks: Int32s, reading: Reading, wanted: Bools, parties: Bools | None = None
) -> Bools:
    """Verdicts of each kind for every party; arguments as in the arc form, for one setting.

    Returns
    -------
    array of bool, shape (kinds, parties, n)
    """
    work = _Work(form, ranks, reading)
    stable = np.zeros((len(wanted), *ranks.shape), dtype=bool)
    judged = [i for i in range(len(ranks)) if parties is None or parties[i]]

    def run(i: int) -> None:
        # a party's slice is copied out and in, because kernels want rows end to end
        mine = np.zeros((len(wanted), ranks.shape[1]), dtype=bool)
        work.judge(i, wanted, mine)
        stable[:, i] = mine

    if ranks.size < WORTH_THREADS // 4 or workers() < 2 or len(judged) < 2:
        for i in judged:
            run(i)
    else:
        with ThreadPoolExecutor(workers()) as pool:
            list(pool.map(run, judged))
    return stable
