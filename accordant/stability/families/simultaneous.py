"""Simultaneous stability: an improvement deters when the others may improve at the same moment.

A party's improvement is taken from it when some combination of improvements that the others have at
the same state, added to its own change, makes a feasible state that it likes no better than the one
it is at. Each of the others may also stay.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError, TooLargeError
from accordant.model.growth import memory_limit, memory_text
from accordant.model.view import View
from accordant.stability.families.combined_changes import (
    BYTES_EACH,
    Changes,
    changes_at,
    changes_in,
    changes_of,
)
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.machine import WORTH_THREADS, workers
from accordant.stability.ranks import compact
from accordant.stability.result import Explanation

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

FORMS: tuple[tuple[str, str], ...] = (
    ("sim", "simultaneous stability: the others may improve at the same moment"),
)

MOST_WAYS = 1e11
"""Combinations of changes that a search may have to look at; some minutes, on two processors."""

LOOKED_AT = 256
"""States of a large model from which it is estimated how many there are, before changes are listed."""


def find(name: str, options: Options) -> Further | None:
    """Simultaneous stability, None for another name.

    Examples
    --------
    >>> find("sim", Options()).title
    'simultaneous stability'
    """
    if name != "sim":
        return None
    return Further(
        name="sim",
        title="simultaneous stability",
        explanation="Whatever better state {party} moves to, the others may improve at the same moment, so "
        "that together they end in one that {party} likes no better than where it started.",
        source="N. M. Fraser, K. W. Hipel, Conflict Analysis: Models and Resolutions, North-Holland 1984",
        read=False,
        judge=judged,
        explain=_explained,
        alone=True,
    )


@dataclass(frozen=True, eq=False)
class Search:
    """The search for changes at the same moment, against one party."""

    changes: Changes
    party: int
    ranks: Int32s
    opponents: Int32s
    bits: Int64s

    @classmethod
    def against(cls, view: View, party: int, state: int | None = None) -> Search:
        """The search against a party of a view; where a state is given, at that state only."""
        if not bool(np.all(view.known)):
            raise InputError("sim needs the order of every party; ask for nash, gmr or smr")
        changes = changes_of(view) if state is None else changes_at(view, state)
        return cls(changes, party, compact(view.orders)[0], *changes.opponents(party))

    @property
    def _moves(self) -> tuple[Any, ...]:
        c = self.changes
        return c.start, c.targets, *c.members, self.opponents

    @property
    def _told(self) -> tuple[Any, ...]:
        c = self.changes
        return (
            self.ranks, c.state_of, c.codes, c.key, c.stride, c.keys, c.numbers, c.shared, *self._moves,
            self.bits, self.changes.room(self.opponents),
        )  # fmt: skip

    def ways(self) -> float:
        """How many combinations of changes may have to be looked at."""
        from accordant.stability.kernels.simultaneous import work

        room = self.changes.room(self.opponents)
        told = (self.party, self.ranks, self.changes.state_of, *self._moves, room)
        return float(work(*told))

    def stable(self, low: int, high: int, out: Bools) -> None:
        """Judge the combinations from low to high."""
        from accordant.stability.kernels.simultaneous import judge

        told = (self.party, low, high, *self._told, out)
        judge(*told)

    def taken(self, c: int, a: int) -> tuple[int, list[tuple[tuple[int, ...], int]]] | None:
        """What takes the change of combination c to a from the party.

        Returns
        -------
        end, changes
            The combination that all together make; by whom and to what c is changed, nobody of them
            needlessly. None where nothing takes it.
        """
        from accordant.stability.kernels.simultaneous import one

        made = np.empty(len(self.opponents), dtype=np.int32)
        told = (self.party, c, a, *self._told, made)
        end = int(one(*told))
        if end < 0:
            return None
        part = [d for d in range(len(made)) if made[d] >= 0]
        for d in tuple(part):  # leave out who is not needed
            less = [e for e in part if e != d]
            without = self.changes.end(c, [a, *(int(made[e]) for e in less)])
            if without >= 0 and self._worth(without) <= self._worth(c):
                end, part = without, less
        return end, [(self.changes.movers[self.opponents[d]], int(made[d])) for d in part]

    def _worth(self, c: int) -> int:
        return int(self.ranks[self.party, self.changes.state_of[c]])


def judged(view: View) -> Judgement:
    """Verdicts in one setting.

    Raises
    ------
    InputError
        If an order is unknown, the case has no issues, or a state that stands for several combinations
        would have to be changed by several movers at once.
    TooLargeError
        If the search may take too long.
    """
    _check_size(view)
    searches = [Search.against(view, i) for i in range(len(view.parties))]
    changes = searches[0].changes
    _check_merged(view, changes, searches[0].ranks)
    ways = sum(s.ways() for s in searches)
    if ways > MOST_WAYS:
        raise _too_many(ways)
    n = len(changes.codes)
    found = np.ones((len(searches), n), dtype=bool)
    pieces = max(1, min(n, int(ways / WORTH_THREADS) + 1, 64))
    edges = np.linspace(0, n, pieces + 1).astype(int)
    tasks = [(s, int(a), int(b)) for s in searches for a, b in pairwise(edges)]
    if pieces == 1 or workers() < 2:
        for s, a, b in tasks:
            s.stable(a, b, found[s.party])
    else:
        with ThreadPoolExecutor(workers()) as pool:
            list(pool.map(lambda task: task[0].stable(task[1], task[2], found[task[0].party]), tasks))
    stable = np.ones((len(searches), view.model.n), dtype=bool)
    for i, row in enumerate(found):
        stable[i, changes.state_of[~row]] = False
    return Judgement(stable, stable)


def _check_size(view: View) -> None:
    """Refuse a model whose changes would not fit, or take too long, before they are listed."""
    if not view.space.values or not bool(np.all(view.known)):
        return  # refused for what it is
    changes = changes_in(view)
    need, allowed = changes * BYTES_EACH, memory_limit()
    if need > allowed:
        raise TooLargeError(
            f"sim lists every change that parties can make: {changes:,} would take {memory_text(need)}; "
            f"{memory_text(allowed)} are allowed here. Ask it of a smaller model, or ask of one state with "
            "--explain"
        )
    if view.model.n > LOOKED_AT**2 and (ways := _estimated_ways(view)) > MOST_WAYS:
        raise _too_many(ways, changes)


def _estimated_ways(view: View) -> float:
    """About how many combinations of changes may have to be looked at, from some states."""
    movers, orders, total = view.model.movers, view.orders, 0.0
    for state in np.random.default_rng(1).integers(view.model.n, size=LOOKED_AT).tolist():
        gains = []
        for mover in movers:
            targets = mover.moves.from_state(state)
            better = [orders[p, targets] > orders[p, state] for p in mover.parties]
            gains.append(int(np.logical_and.reduce(better).sum()))
        for i in range(len(view.parties)):
            others = (1 + g for m, g in zip(movers, gains, strict=True) if i not in m.parties)
            total += gains[i] * float(prod(others))
    return total / LOOKED_AT * len(view.space.codes)


def _too_many(ways: float, changes: int = 0) -> TooLargeError:
    about, most = (f"{float(f'{number:.1e}'):,.0f}" for number in (ways, MOST_WAYS))
    memory = f", with some {memory_text(changes * BYTES_EACH)} of memory" if changes else ""
    return TooLargeError(
        f"up to about {about} combinations of changes would have to be looked at{memory}, more with every "
        f"party; up to {most} are tried. Ask it with fewer parties, of a smaller model, or of one state with "
        "--explain"
    )


def _check_merged(view: View, changes: Changes, ranks: Int32s) -> None:
    """Refuse states of which nobody can say what is changed when several change it at once."""
    if not changes.several.any():
        return
    improving = np.array([_improving(changes, ranks, k) for k in range(len(changes.movers))])
    for i in range(len(view.parties)):
        others = [k for k, members in enumerate(changes.movers) if i not in members]
        for s in np.flatnonzero(changes.several & improving[i] & improving[others].any(axis=0)):
            raise InputError(
                f"sim adds up changes of one combination of values, but {view.space.name(int(s))} stands for "
                f"several, and {view.case.party_name(view.parties[i])} and others could improve on it at the "
                "same time; ask for seq or sseq, or tell its combinations apart"
            )


def _improving(changes: Changes, ranks: Int32s, k: int) -> Bools:
    """At which states a mover has an improvement, shape (states,)."""
    start = changes.start[k]
    source = np.repeat(changes.state_of, np.diff(start))
    target = changes.state_of[changes.targets[start[0] : start[-1]]]
    better = np.logical_and.reduce([ranks[p, target] > ranks[p, source] for p in changes.movers[k]])
    return np.asarray(np.bincount(source[better], minlength=ranks.shape[1]) > 0)


def _explained(view: View, state: int, party: int) -> Explanation:
    from accordant.stability.families.simultaneous_telling import explain

    return explain(view, state, party)
