"""What is reached over all admissible settings: always, sometimes or never, and in how many.

Where moves lead hangs on rules, controllers and the status quo; where improvements lead, on
everybody's order besides. Where there are too many combinations of orders, some are drawn at random.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from random import Random

import numpy as np
from numpy.typing import NDArray

from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.stability.outlook import Framed, Unsure
from accordant.stability.paths.search import any_moves, search
from accordant.stability.paths.wishes import Wishes, by_improvements, pairs_of

Bools = NDArray[np.bool_]

MOST_SEARCHES, MOST_STATES, FEWEST = 4_000, 20_000_000, 16
"""Combinations of orders, and those x states, up to which all are searched; how many are in any case."""


@dataclass
class Count:
    """In how many settings states are reached in one kind of way."""

    always: Bools
    sometimes: Bools
    settings: list[int]
    total: int = 0

    @classmethod
    def of(cls, n: int) -> Count:
        """Nothing counted yet."""
        return cls(np.ones(n, dtype=bool), np.zeros(n, dtype=bool), [0] * n)

    def add(self, sure: Bools, may: Bools, weight: int) -> None:
        """Settings of one kind, in which states are surely reached or may be."""
        self.always &= sure
        self.sometimes |= may
        self.total += weight
        self.settings = [k + weight * bool(s) for k, s in zip(self.settings, sure, strict=True)]


@dataclass
class Counts:
    """For each kind of way the counts; what was left out; and the seed, if it was used."""

    ways: dict[str, Count]
    settings: int | None
    cut: list[str] = field(default_factory=list)
    drawn: bool = False

    def over(self, way: str, k: int) -> str:
        """``always``, ``sometimes`` or ``never`` for the k-th state."""
        count = self.ways[way]
        return "always" if count.always[k] else "sometimes" if count.sometimes[k] else "never"

    def of(self, way: str, k: int) -> tuple[int, int] | None:
        """Settings in which the k-th state is reached, and all; None where they cannot be counted."""
        count = self.ways[way]
        return None if self.settings is None else (count.settings[k], count.total)


def over_settings(
    compiler: Compiler,
    states: Sequence[str],
    start: str | None,
    free: Collection[int],
    ways: Sequence[str],
    seed: int,
) -> Counts:
    """In how many admissible settings each of some states is reached.

    Parameters
    ----------
    states
        Their names.
    start
        The state to start from, None for the status quo.
    free
        Parties that are free to make any move in mixed ways, by number.
    ways
        Of ``any``, ``improvements`` and ``mixed``.
    """
    settings = compiler.setting_space()
    random = Random(seed)
    unsure = Unsure(compiler, settings, random)
    found = Counts({way: Count.of(len(states)) for way in ways}, settings.count, list(unsure.left_out))
    looked, in_all = 0, 0
    # the rest of an order with pairs of unknown order is only shown where it is asked for
    pairs = bool(_but_for_pairs(compiler.view()).any())
    for frame in unsure.frames(fine=pairs):
        at = frame.view.status_quo if start is None else frame.view.space.numbers[start]
        if at is None:
            continue
        asked = np.array([frame.view.space.numbers[s] for s in states], dtype=np.int64)
        rows = list(_rows(frame, unsure.besides, random))
        if frame.joint > len(rows):
            looked, in_all = looked + len(rows), in_all + frame.joint
        _count(frame, at, asked, rows, free, found)
    if looked:
        found.cut.append(f"{looked:,} of {in_all:,} combinations of orders, drawn at random")
    found.drawn = bool(found.cut)
    return found


def _count(
    frame: Framed,
    at: int,
    asked: NDArray[np.int64],
    rows: Sequence[tuple[Sequence[int], int]],
    free: Collection[int],
    found: Counts,
) -> None:
    model, view = frame.view.model, frame.view
    pairs, known = pairs_of(view), frame.known | _but_for_pairs(view)
    if "any" in found.ways:
        zero = np.zeros((len(model.parties), model.n), dtype=np.int64)
        reached = search(model, zero, any_moves(model), [at]).states[asked]
        found.ways["any"].add(reached, reached, sum(weight for _, weight in rows))
    for row, weight in rows:
        chosen = [o.ranks[k] for o, k in zip(frame.outlooks, row, strict=True)]
        wishes = Wishes(np.array(chosen, dtype=np.int64).reshape(len(chosen), model.n), known, pairs)
        for way in set(found.ways) - {"any"}:
            able = free if way == "mixed" else ()
            sure = by_improvements(model, wishes, [at], able, sure=True).states[asked]
            may = sure
            if pairs or not known.all():
                may = by_improvements(model, wishes, [at], able, sure=False).states[asked]
            found.ways[way].add(sure, may, weight)


def _but_for_pairs(view: View) -> Bools:
    """Which parties' orders are known but for pairs of states."""
    return np.array([view.ranks(p) is None and view.base_ranks(p) is not None for p in view.parties])


def _rows(frame: Framed, besides: int, random: Random) -> Iterator[tuple[Sequence[int], int]]:
    """Combinations of orders, and the number of settings behind each."""
    most = max(FEWEST, min(MOST_SEARCHES, MOST_STATES // frame.view.model.n))
    if frame.joint <= most:
        for row in np.ndindex(*(len(o.weight) for o in frame.outlooks)):
            yield row, besides * prod(o.weight[k] for o, k in zip(frame.outlooks, row, strict=True))
        return
    columns = [random.choices(range(len(o.weight)), o.weight, k=most) for o in frame.outlooks]
    yield from ((row, 1) for row in zip(*columns, strict=True))
