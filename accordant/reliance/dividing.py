"""Equilibria under SEQ and SSEQ over all orders of everybody, divided only as far as they matter.

Whether a party stays depends on the others' orders through the steps that these make credible. For a
set of orders of each of the others some steps are credible under all of them, some under none. With
the former alone a party is stable at fewer states than with both, and any joint order lies between.
Where the two agree for every order of every party, settings are counted by multiplication; where
they do not, the orders of one party are divided in two by a step that is credible under some of them
only. Counts are exact however many joint orders there are, unless the search is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.reliance.between import Side
from accordant.reliance.local import ARCS, Local, suits
from accordant.reliance.outlooks import Ordered
from accordant.stability.arc_form import ArcForm, arc_form, verdicts
from accordant.stability.ranks import compact
from accordant.stability.readings import plain
from accordant.stability.verdicts import only

Bools = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Chosen: TypeAlias = tuple[Numbers, ...]
"""For each party which of its orders, by number."""

AS_ANY = {"seq": 1, "sseq": 2}
"""The kinds (:attr:`accordant.stability.concept.Concept.kind`) that the concepts come to where none but
credible steps are moves: GMR and SMR."""
CELLS = 1 << 22
"""Most ranks (orders × parties × states) judged at once."""
STEPS = 1 << 18
"""Most steps × orders compared at once: more do not fit near the processor."""


@dataclass(eq=False)
class Found:
    """What is known of some states under one concept: arrays with a place for each.

    ``must`` counts settings; ``open`` marks states that were not settled everywhere.
    """

    must: NDArray[np.object_]
    yes: Bools
    no: Bools
    open: Bools

    @classmethod
    def nothing(cls, size: int) -> Found:
        """Before anything is looked at."""
        none = np.zeros(size, dtype=bool)
        return cls(np.array([0] * size, dtype=object), none, none.copy(), none.copy())

    def take(self, at: Numbers, must: NDArray[np.object_], total: int) -> None:
        """Take in some states settled for ``total`` further settings."""
        self.must[at] += must
        self.yes[at] |= must > 0
        self.no[at] |= must < total


@dataclass(frozen=True, eq=False)
class Shared:
    """Steps by which a party gains under all, and under some, of its orders.

    ``at`` is the one about which the orders differ most evenly, ``even`` how many are on the smaller side.
    """

    all: Bools
    some: Bools
    at: int
    even: int


class Dividing:
    """Joint orders of everybody on one model.

    To divide them every order must be known of every state; where one is not, none of its party's
    steps is credible under all of its orders, and every one under some.
    """

    def __init__(self, model: GraphModel, orders: Sequence[Ordered]) -> None:
        self.model, self.orders = model, orders
        self.form = arc_form(model)
        self.worked = 0
        small = np.int16 if model.n < 1 << 15 else np.int32
        self.ranks: list[NDArray[np.int16 | np.int32]] = [o.ranks.astype(small) for o in orders]
        self._shared: dict[object, Shared] = {}
        self.total = prod(int(o.weight.sum()) for o in orders)
        self._local = Local(model)
        self._ends = self._local.arcs
        self._told = [bool(o.whole.all()) for o in orders]

    def find(self, concept: str, states: Numbers, most: int, counted: bool) -> Found:
        """What holds of some states.

        Parameters
        ----------
        most
            Most sets of joint orders to look at.
        counted
            Whether to go on where a state is known to be an equilibrium in some settings and not in
            others.
        """
        found = Found.nothing(len(states))
        if not counted:  # everything as written, and everything off, refute most
            for number in (0, 1):
                one = tuple(np.array([min(number, len(r) - 1)]) for r in self.ranks)
                self._look(one, concept, states, np.arange(len(states)), found)
        waiting: list[tuple[Chosen, Numbers]] = [
            (tuple(np.arange(len(r)) for r in self.ranks), np.arange(len(states)))
        ]
        while waiting:
            chosen, at = waiting.pop()
            if not counted:
                at = at[~(found.yes[at] & found.no[at])]
            if not len(at):
                continue
            if most <= 0:
                found.open[at] = True
                continue
            most -= 1
            left = self._look(chosen, concept, states, at, found)
            if len(left):
                waiting += [(part, left) for part in self._divided(chosen)]
        return found

    def ends(self, party: int, states: Numbers, side: Side) -> dict[str, Bools]:
        """Where a party must, or may, be stable whatever the others' orders are: by concept, (orders, n)."""
        every = tuple(np.arange(len(r)) for r in self.ranks)
        steps = self._credible(every)[0 if side == "must" else 1]
        judged, found = np.arange(len(self.orders)) == party, {}
        for concept in AS_ANY:
            found[concept] = np.full(self.ranks[party].shape, side == "may")
            found[concept][:, states] = self._stable(steps, every, concept, states, judged)[party]
        return found

    def _look(self, chosen: Chosen, concept: str, states: Numbers, at: Numbers, found: Found) -> Numbers:
        """Settle what can be; the states that are left."""
        must, may = self._judged(chosen, concept, states[at])
        weights = [o.weight[c] for o, c in zip(self.orders, chosen, strict=True)]
        total = prod(int(w.sum()) for w in weights)
        never = np.logical_or.reduce([~rows.any(axis=0) for rows in may])
        same = np.logical_and.reduce([(a == b).all(axis=0) for a, b in zip(must, may, strict=True)])
        found.take(at[never], np.zeros(int(never.sum()), dtype=object), total)
        settled = np.flatnonzero(same & ~never)
        if len(settled):
            counts = np.ones(len(settled), dtype=object)
            for rows, weight in zip(must, weights, strict=True):
                counts = counts * np.array([int(weight[r].sum()) for r in rows[:, settled].T], dtype=object)
            found.take(at[settled], counts, total)
        left: Numbers = at[~(same | never)]
        return left

    def _judged(self, chosen: Chosen, concept: str, states: Numbers) -> tuple[list[Bools], list[Bools]]:
        """Where each party must, and may, be stable under each of its orders: (orders, states)."""
        sure, possible = self._credible(chosen)
        must = self._stable(sure, chosen, concept, states)
        if all((a == b).all() for a, b in zip(sure, possible, strict=True)):
            return must, must
        return must, self._stable(possible, chosen, concept, states)

    def _stable(
        self,
        credible: Sequence[Bools],
        chosen: Chosen,
        concept: str,
        states: Numbers,
        judged: Bools | None = None,
    ) -> list[Bools]:
        sizes = [len(c) if judged is None or judged[p] else 0 for p, c in enumerate(chosen)]
        found = [np.empty((k, len(states)), dtype=bool) for k in sizes]
        self.worked += sum(sizes) * self.model.n
        if suits(self.model, len(states)):
            for p, mine in enumerate(chosen):
                if sizes[p]:
                    found[p] = self._local.stable(
                        p, self.ranks[p][mine], states, answers=concept == "sseq", steps=tuple(credible)
                    )
            return found
        form = self._with_steps(credible)
        room = max(1, CELLS // max(1, self.model.n * len(sizes)))
        for start in range(0, max(sizes), room):
            size = min(room, max(sizes) - start)
            rows = np.zeros((size, len(sizes), self.model.n), dtype=np.int64)
            for p, mine in enumerate(chosen):
                some = mine[: sizes[p]][start : start + size]
                rows[: len(some), p] = self.ranks[p][some]
            ranks, levels = compact(rows, limit=4 * self.model.n + 1024)
            kind = AS_ANY[concept]
            stable = verdicts(form, ranks, levels, plain(self.model), only(kind), judged)[kind]
            for p in range(len(sizes)):
                count = max(0, min(size, sizes[p] - start))
                found[p][start : start + count] = stable[:count, p][:, states]
        return found

    def _with_steps(self, credible: Sequence[Bools]) -> ArcForm:
        """The same moves where opponents make none but credible steps."""
        starts, kept = [], []
        offset = 0
        for (source, target), keep in zip(self._ends, credible, strict=True):
            count = np.bincount(target[keep], minlength=self.model.n)
            starts.append(offset + np.concatenate([[0], np.cumsum(count)]))
            kept.append(source[keep])
            offset += int(keep.sum())
        back = np.concatenate([*kept, np.zeros(0, dtype=np.int32)]).astype(np.int32)
        start = np.array(starts, dtype=np.int64).reshape(len(credible), -1)
        form = self.form
        # who moves against whom stays as it is
        return ArcForm(form.ahead_start, form.ahead, start, back, form.opponents, form.transitive, form.steps)

    def _credible(self, chosen: Chosen) -> tuple[list[Bools], list[Bools]]:
        """For each mover the steps that are credible under all, and under some, of the orders chosen."""
        sure, possible = [], []
        for k, mover in enumerate(self.model.movers):
            steps, told = len(self._ends[k][0]), [p for p in mover.parties if self._told[p]]
            every = [self._steps(k, p, chosen[p]) for p in told]
            always = np.full(steps, len(told) == len(mover.parties))
            sure.append(np.logical_and.reduce([always, *(e.all for e in every)]))
            possible.append(np.logical_and.reduce([np.ones(steps, dtype=bool), *(e.some for e in every)]))
        return sure, possible

    def _steps(self, mover: int, party: int, chosen: Numbers) -> Shared:
        """By which steps of a mover a party gains under all, and under some, of some orders."""
        key = mover, party, chosen.tobytes()
        if key not in self._shared:
            source, target = self._ends[mover]
            count = np.zeros(len(source), dtype=np.intp)
            room = max(1, STEPS // max(1, len(source)))
            for start in range(0, len(chosen), room):
                ranks = self.ranks[party][chosen[start : start + room]]
                count += (ranks[:, target] > ranks[:, source]).sum(axis=0)
            even = np.minimum(count, len(chosen) - count)
            at = int(even.argmax()) if len(even) else 0
            most = int(even[at]) if len(even) else 0
            self._shared[key] = Shared(count == len(chosen), count > 0, at, most)
        return self._shared[key]

    def _divided(self, chosen: Chosen) -> list[Chosen]:
        """Two sets of joint orders in place of one, by the step about which orders differ most evenly."""
        best, cut = 0, (0, chosen[0] < 0)
        for k, mover in enumerate(self.model.movers):
            for p in mover.parties:
                if len(chosen[p]) < 2:
                    continue
                steps = self._steps(k, p, chosen[p])
                if steps.even > best:
                    source, target = (int(end[steps.at]) for end in self._ends[k])
                    ranks = self.ranks[p][chosen[p]]
                    best, cut = steps.even, (p, ranks[:, target] > ranks[:, source])
        party, gains = cut
        return [
            tuple(mine[side] if p == party else mine for p, mine in enumerate(chosen))
            for side in (gains, ~gains)
        ]


def answered(
    model: GraphModel, party: int, orders: Sequence[Ordered], states: Numbers, side: Side
) -> dict[str, Bools] | None:
    """Where a party must, or may, be stable whatever the others' orders are: by concept, (orders, n).

    Of other than the states asked about nothing is told: they must not, and may, be stable. None where
    the party's own order is not known of every state, or there are too many moves to list.
    """
    if not orders[party].whole.all() or model.more_arcs(ARCS):
        return None
    return Dividing(model, orders).ends(party, states, side)
