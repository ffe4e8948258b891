"""What is unsure, taken apart: what changes the moves, what changes whose order, what changes neither.

Rules, controllers, moves and the status quo change states and moves: each way they can turn out is a
*frame*. Within a frame the orders of different parties vary independently, and many settings of a
party's lines give the same order. So each frame comes with the distinct orders of each party and the
number of settings behind each, and nothing has to be looked at twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations, product
from math import factorial, prod
from random import Random

import numpy as np
from numpy.typing import NDArray

from accordant.model.compiler import Compiler
from accordant.model.preferences import Ranks
from accordant.model.settings import Setting, SettingSpace
from accordant.model.view import View
from accordant.stability.ranks import dense

Perms = tuple[tuple[str, tuple[int, ...]], ...]
Way = tuple[frozenset[str], Perms]

STRUCTURE = ("rule", "control", "moves")
LINES = ("line", "red-line", "term")

MOST_FRAMES = 1 << 8
"""Frames up to which all are looked at."""

MOST_OWN, MOST_CELLS = 1 << 12, 1 << 25
"""Settings of one party's own lines, and those x states, up to which all are looked at."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """Distinct orders of one party: ranks (orders, n), and the number of settings behind each.

    A party of unknown order has one row of zeros, which is not to be read as its order.
    """

    ranks: NDArray[np.int32]
    weight: tuple[int, ...]
    known: bool
    ways: tuple[Way, ...] = ()
    """For each order one setting of the party's own lines that gives it."""

    @property
    def settings(self) -> int:
        """Number of settings of the party's own lines."""
        return sum(self.weight)


@dataclass(frozen=True, eq=False)
class Framed:
    """One way in which states and moves can turn out, with everybody's orders."""

    view: View
    outlooks: tuple[Outlook, ...]

    @property
    def known(self) -> NDArray[np.bool_]:
        """For each party whether its order is known."""
        return np.array([o.known for o in self.outlooks], dtype=bool)

    @property
    def joint(self) -> int:
        """Number of combinations of distinct orders."""
        return prod(len(o.weight) for o in self.outlooks)

    def setting(self, row: Sequence[int]) -> Setting:
        """One setting in which each party has the order of the given number."""
        ways = [o.ways[k] for o, k in zip(self.outlooks, row, strict=True)]
        base = self.view.setting
        off = base.off.union(*(off for off, _ in ways))
        return Setting(off, tuple(p for _, perms in ways for p in perms), base.status_quo)


class Unsure:
    """The admissible settings of a case, sorted by what they change."""

    def __init__(self, compiler: Compiler, space: SettingSpace, random: Random) -> None:
        self.compiler, self.space, self.random = compiler, space, random
        kinds = {e: compiler.element[e].kind for e in space.free}
        self.structural = [e for e in space.free if kinds[e] in STRUCTURE]
        self.own = {
            p: [e for e in space.free if kinds[e] in LINES and compiler.element[e].subject == p]
            for p in compiler.parties
        }
        self.groups = {
            p: {g: k for g, k in space.groups.items() if compiler.element[f"{g}.1"].subject == p}
            for p in compiler.parties
        }
        self.starts: Sequence[str | None] = space.anchors.get("status_quo", (None,))
        self._every: dict[str, Sequence[tuple[frozenset[str], Perms]] | None] = {}
        self.most_own = max(16, min(MOST_OWN, MOST_CELLS // max(1, compiler.space().n)))

    @property
    def frames_in_all(self) -> int:
        """Number of frames."""
        return len(self.starts) << len(self.structural)

    def own_in_all(self, party: str) -> int:
        """Number of settings of a party's own lines, and of the orders that its ranges of worths admit."""
        number = len(self._ranged(party) or ()) or 1 << len(self.own[party])
        return number * prod(map(factorial, self.groups[party].values()))

    def _lines_in_all(self, party: str) -> int:
        """The same with ranges of worths set aside."""
        return (1 << len(self.own[party])) * prod(map(factorial, self.groups[party].values()))

    def _ranged(self, party: str) -> Sequence[tuple[frozenset[str], Perms]] | None:
        """Every setting of what counts or not and of the ranges of worths of a party.

        None where it has no ranges, or where they admit too many orders to tell them apart.
        """
        ranges = self.space.ranges
        if ranges is None or not ranges.concern(party, deals=False):
            return None
        if party not in self._every:
            self._every[party] = ranges.every(party, self.space, deals=False)
        return self._every[party]

    @property
    def too_many(self) -> tuple[str, ...]:
        """Parties whose ranges of worths admit too many orders to tell them apart."""
        ranges = self.space.ranges
        mine = () if ranges is None else ranges.parties
        return tuple(p for p in self.own if p in mine and self._ranged(p) is None)

    @property
    def besides(self) -> int:
        """Number of settings of what makes no difference to stability, such as who proposed what."""
        return self.space.binary // (
            (1 << len(self.structural)) * prod(self._lines_in_all(p) for p in self.compiler.parties)
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """What there are too many settings of to look at all, in words; empty otherwise."""
        short = []
        if self.frames_in_all > MOST_FRAMES:
            short.append(
                f"at most {MOST_FRAMES:,} of {self.frames_in_all:,} ways in which rules, controllers, moves "
                "and status quo can turn out, drawn at random"
            )
        for party in self.own:
            in_all = self.own_in_all(party)
            if in_all > self.most_own:
                short.append(
                    f"{self.most_own:,} of {in_all:,} settings of what {party} wants, drawn at random"
                )
        short += [
            f"the ranges of worths of {party} admit too many orders to tell them apart: it says what must be "
            "and what may be, whatever its order"
            for party in self.too_many
        ]
        return tuple(short)

    def frames(self, *, fine: bool = False) -> Iterator[Framed]:
        """Every frame, as written first; a random choice of them where there are too many.

        Parameters
        ----------
        fine
            Whether orders that differ in strength of preference only are told apart, and a party
            with pairs of unknown order is shown with the rest of its order.
        """
        lost = frozenset(self.space.lost)
        for start, off in self._structures():
            structure = Setting(lost | off, (), start)
            outlooks = tuple(self._outlook(p, structure, fine=fine) for p in self.compiler.parties)
            yield Framed(self.compiler.view(structure), outlooks)

    def written(self, ranks: Callable[[View, str], Ranks | None] = View.ranks) -> Framed:
        """The frame of the case as it is written.

        Parameters
        ----------
        ranks
            What is taken for a party's order in a view; None where it has none.
        """
        structure = Setting(frozenset(self.space.lost))
        outlooks = tuple(self._outlook(p, structure, ranks) for p in self.compiler.parties)
        return Framed(self.compiler.view(structure), outlooks)

    def _structures(self) -> Iterable[tuple[str | None, frozenset[str]]]:
        if self.frames_in_all <= MOST_FRAMES:
            return product(self.starts, _subsets(self.structural))
        drawn = (
            (self.random.choice(self.starts), _some(self.structural, self.random)) for _ in range(MOST_FRAMES)
        )
        return dict.fromkeys(drawn)

    def _outlook(
        self,
        party: str,
        structure: Setting,
        order: Callable[[View, str], Ranks | None] = View.ranks,
        *,
        fine: bool = False,
    ) -> Outlook:
        found: dict[bytes, tuple[NDArray[np.int32], int, Way]] = {}
        known = True
        for off, perms in self._own_ways(party):
            view = self.compiler.view(Setting(structure.off | off, perms, structure.status_quo))
            ranks = order(view, party)
            known &= ranks is not None
            shown = view.base_ranks(party) if fine else ranks
            row = np.zeros(view.model.n, dtype=np.int32) if shown is None else dense(shown)
            key = row.tobytes() + (view.blocks(party).tobytes() if fine else b"")
            before = found.get(key, (row, 0, (off, perms)))
            found[key] = (row, before[1] + 1, before[2])
        rows, weight, ways = zip(*found.values(), strict=True)
        return Outlook(np.stack(rows), weight, known, ways)

    def _own_ways(self, party: str) -> Iterator[tuple[frozenset[str], Perms]]:
        """Settings of a party's own lines and ranges; a random choice of them where there are too many."""
        groups, ranged = self.groups[party], self._ranged(party)
        if self.own_in_all(party) > self.most_own:
            for _ in range(self.most_own):
                orders = (tuple(self.random.sample(range(k), k)) for k in groups.values())
                if ranged is None:
                    yield _some(self.own[party], self.random), _perms(groups, tuple(orders))
                else:
                    off, points = self.random.choice(ranged)
                    yield off, (*_perms(groups, tuple(orders)), *points)
            return
        none: Perms = ()
        every = [(off, none) for off in _subsets(self.own[party])] if ranged is None else ranged
        for chosen in product(*(permutations(range(k)) for k in groups.values())):
            for off, points in every:
                yield off, (*_perms(groups, chosen), *points)


def _perms(groups: Mapping[str, int], chosen: tuple[tuple[int, ...], ...]) -> Perms:
    return tuple((g, p) for g, p in zip(groups, chosen, strict=True) if list(p) != sorted(p))


def _subsets(elements: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every way in which some elements do not count, none first."""
    for bits in product((False, True), repeat=len(elements)):
        yield frozenset(e for e, gone in zip(elements, bits, strict=True) if gone)


def _some(elements: Sequence[str], random: Random) -> frozenset[str]:
    return frozenset(e for e in elements if random.random() < 0.5)


def combinations(sizes: Sequence[int], at_once: int) -> Iterator[NDArray[np.intp]]:
    """Every choice of one order per party, in blocks of rows.

    Examples
    --------
    >>> [block.tolist() for block in combinations([1, 2], 10)]
    [[[0, 0], [0, 1]]]
    """
    every = iter(np.ndindex(*sizes))
    while block := list(islice(every, at_once)):
        yield np.array(block, dtype=np.intp).reshape(len(block), len(sizes))
