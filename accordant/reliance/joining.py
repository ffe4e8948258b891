"""Joining what each party may do into what holds for all of them, without listing all settings.

Parties' orders vary independently within a frame. A conclusion that asks something of each party
apart is counted by multiplication; one that asks something of all together is joined party by party,
keeping each distinct intermediate result once with the number of settings behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.reliance.between import TOGETHER
from accordant.reliance.outlooks import (
    Levels,
    Ordered,
    Outlooks,
    Stances,
    Verdicts,
    Weights,
    as_weights,
    distinct_rows,
)
from accordant.stability import engine

Bools = NDArray[np.bool_]

JOINED = 1 << 14
"""Most joint results of all parties that are looked at in one frame."""
CELLS = 1 << 23
"""Most ranks (settings × parties × states) judged at once."""


@dataclass(frozen=True, eq=False)
class Tally:
    """In how many of ``total`` settings something must be true, and whether it may be in any.

    ``yes`` and ``no`` say whether a setting and orders are known in which it is true, or false;
    ``complete`` whether every setting was looked at.
    """

    must: int
    total: int
    may: bool
    yes: bool
    no: bool
    complete: bool = True

    @property
    def always(self) -> bool:
        """Whether it must be true in every setting."""
        return self.must == self.total


def tally(must: Bools, may: Bools, weight: Weights, *, exact: bool = True, complete: bool = True) -> Tally:
    """The tally of one conclusion over distinct results with their weights."""
    sure = int(weight[must].sum()) if must.any() else 0
    possible = bool(may.any())
    total = int(weight.sum())
    yes = bool(must.any()) or (exact and possible)
    no = not bool(may.all()) or (exact and not bool(must.all()))
    return Tally(sure, total, possible, yes, no, complete)


@dataclass(frozen=True, eq=False)
class Flags:
    """For every state at once what a tally says, counts aside."""

    always: Bools
    may: Bools
    yes: Bools
    no: Bools
    complete: bool

    def at(self, state: int) -> Tally:
        """The tally of one state, as one setting that stands for all."""
        may, yes, no = (bool(x[state]) for x in (self.may, self.yes, self.no))
        return Tally(int(self.always[state]), 1, may, yes, no, self.complete)


def flags(parties: Sequence[Verdicts]) -> Flags:
    """Where all parties are stable, each under orders of its own."""
    return Flags(
        np.logical_and.reduce([v.must.all(axis=0) for v in parties]),
        np.logical_and.reduce([v.may.any(axis=0) for v in parties]),
        np.logical_and.reduce([(v.may if v.exact else v.must).any(axis=0) for v in parties]),
        np.logical_or.reduce([~(v.must if v.exact else v.may).all(axis=0) for v in parties]),
        all(v.complete for v in parties),
    )


def product_tally(parts: Sequence[Tally]) -> Tally:
    """The tally of a conclusion that is true when independent parts all are."""
    return Tally(
        prod(p.must for p in parts),
        prod(p.total for p in parts),
        all(p.may for p in parts),
        all(p.yes for p in parts),
        any(p.no for p in parts),
        all(p.complete for p in parts),
    )


@dataclass(frozen=True, eq=False)
class Joint:
    """Levels of one party, its constituencies heard: (results, no-deal states, columns)."""

    low: Levels
    high: Levels
    weight: Weights
    complete: bool = True


def heard(own: Stances, vetoes: Iterable[Stances]) -> Joint:
    """A party's distinct levels on some states when its constituencies may refuse for it."""
    joined = _distinct(Joint(own.low, own.high, own.weight, own.complete))
    for veto in vetoes:
        low, high = (veto.low > 0).astype(np.int8), (veto.high > 0).astype(np.int8)
        joined = _silenced(joined, _distinct(Joint(low, high, veto.weight, veto.complete)))
    return joined


def together(parties: Sequence[Joint]) -> tuple[Bools, Bools, Weights, bool]:
    """Agreement against each no-deal state, over all parties' distinct results.

    Returns
    -------
    must, may
        Shape (results, no-deal states, columns).
    weight
        Settings of each result.
    complete
        False when there were more joint results than are looked at.
    """
    first = parties[0]
    lows, highs = first.low, first.high
    best_low, best_high = first.low, first.high
    weight, complete = first.weight, first.complete
    for party in parties[1:]:
        a, b, keep = _pairs(len(weight), len(party.weight))
        stacked = np.stack(
            [
                np.minimum(lows[a], party.low[b]),
                np.minimum(highs[a], party.high[b]),
                np.maximum(best_low[a], party.low[b]),
                np.maximum(best_high[a], party.high[b]),
            ],
            axis=1,
        )
        stacked, weight = _merge(stacked, weight[a] * party.weight[b])
        lows, highs, best_low, best_high = (stacked[:, k] for k in range(4))
        complete &= keep and party.complete
    sure = (lows > 0) & (best_low == 2)
    maybe = (highs > 0) & (best_high == 2)
    return np.asarray(sure), np.asarray(maybe), weight, complete


@dataclass(frozen=True, eq=False)
class Holding:
    """Equilibria under each concept for some joint orders: arrays (joint orders, states)."""

    bounds: dict[str, tuple[Bools, Bools]]
    weight: Weights
    exact: bool


class Equilibria:
    """Equilibria under the concepts that depend on everybody's order at once, worked out as needed.

    Parameters
    ----------
    states
        Which states matter: of the others it may be left open whether bounds are attained.
    most
        Most joint orders to look at.
    """

    def __init__(
        self, outlooks: Outlooks, orders: Sequence[Ordered], states: NDArray[np.intp], most: int = JOINED
    ) -> None:
        self.model = outlooks.view.model
        self.orders, self.states = orders, states
        self.sizes = [len(o.ranks) for o in orders]
        self.most = min(prod(self.sizes), most)
        self.complete = prod(self.sizes) <= most and all(o.complete for o in orders)
        self._done: list[Holding] = []
        self._left = self._chunks()

    def parts(self) -> Iterator[Holding]:
        """The joint orders part by part, the first parts small and promising."""
        yield from self._done
        for index in self._left:
            self._done.append(self._judge(index))
            yield self._done[-1]

    def _chunks(self) -> Iterator[NDArray[np.intp]]:
        """Choices of one order per party, everybody's lines off second; arrays (choices, parties)."""
        total = self.most
        choices = np.arange(total)
        off = int(np.ravel_multi_index([min(1, k - 1) for k in self.sizes], self.sizes))
        if 1 < off < total:
            choices[[1, off]] = choices[[off, 1]]
        index = np.stack(np.unravel_index(choices, self.sizes), axis=1)
        room = max(1, CELLS // max(1, self.model.n * len(self.sizes)))
        start, size = 0, min(16, room)
        while start < total:
            yield index[start : start + size]
            start, size = start + size, min(size * 8, room)

    def _judge(self, index: NDArray[np.intp]) -> Holding:
        ranks = np.stack([o.ranks[index[:, p]] for p, o in enumerate(self.orders)], axis=1)
        known = np.stack([o.whole[index[:, p]] for p, o in enumerate(self.orders)], axis=1)
        weight = as_weights([1] * len(index))
        for p, o in enumerate(self.orders):
            weight = weight * o.weight[index[:, p]]
        if known.all():
            stable = engine.judge_batch(self.model, ranks, TOGETHER)
            holds = {c: np.asarray(v.all(axis=1)) for c, v in stable.items()}
            return Holding({c: (h, h) for c, h in holds.items()}, weight, exact=True)
        found = [
            engine.equilibrium_bounds(self.model, r, k, TOGETHER, self.states)
            for r, k in zip(ranks, known, strict=True)
        ]
        bounds = {
            c: (np.stack([b.bounds[c][0] for b in found]), np.stack([b.bounds[c][1] for b in found]))
            for c in TOGETHER
        }
        attained = all(b.bounds[c].exact[self.states].all() for b in found for c in TOGETHER)
        exact = attained and all(o.exact and not o.unplaced.any() for o in self.orders)
        return Holding(bounds, weight, exact)


def tally_parts(held: Equilibria, state: int, concept: str) -> Tally:
    """The tally of one state over all joint orders."""
    sofar: Tally | None = None
    for part in held.parts():
        must, may = part.bounds[concept]
        found = tally(must[:, state], may[:, state], part.weight, exact=part.exact)
        sofar = found if sofar is None else _added(sofar, found)
    assert sofar is not None
    return replace(sofar, complete=held.complete)


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.must + other.must,
        one.total + other.total,
        one.may or other.may,
        one.yes or other.yes,
        one.no or other.no,
        one.complete and other.complete,
    )


def _silenced(one: Joint, other: Joint) -> Joint:
    """One's levels, zero where the other does not let them pass."""
    a, b, keep = _pairs(len(one.weight), len(other.weight))
    low, high = one.low[a] * other.low[b], one.high[a] * other.high[b]
    found = _distinct(Joint(low, high, one.weight[a] * other.weight[b]))
    return Joint(found.low, found.high, found.weight, keep and one.complete and other.complete)


def _pairs(one: int, other: int) -> tuple[NDArray[np.intp], NDArray[np.intp], bool]:
    a, b = (x.ravel() for x in np.meshgrid(np.arange(one), np.arange(other), indexing="ij"))
    return a[:JOINED], b[:JOINED], one * other <= JOINED


def _distinct(joint: Joint) -> Joint:
    stacked, weight = _merge(np.stack([joint.low, joint.high], axis=1), joint.weight)
    return Joint(stacked[:, 0], stacked[:, 1], weight, joint.complete)


def _merge(rows: NDArray[np.int8], weight: Weights) -> tuple[NDArray[np.int8], Weights]:
    """Equal rows once, their weights added."""
    flat = np.ascontiguousarray(rows.reshape(len(rows), -1))
    if flat.shape[1] == 0:
        return rows[:1], as_weights([int(weight.sum())])
    first, inverse = distinct_rows(flat)
    total = np.zeros(len(first), dtype=object)
    np.add.at(total, inverse, weight)
    return rows[first], total
