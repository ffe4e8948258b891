"""Many variants in one frame: states and moves are the same, orders differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.stands import constituencies, no_deals
from accordant.model.preferences import Ranks
from accordant.model.view import View
from accordant.reliance.variants.dimensions import Dimension, Lines, Number, Ranged, States
from accordant.reliance.variants.numbering import Indices
from accordant.reliance.variants.planning import Plan
from accordant.reliance.variants.told import Counting, Levels, Picks, Told, Voice
from accordant.stability import engine
from accordant.stability.arc_form import arc_form
from accordant.stability.coalitions.as_one import as_one_bounds
from accordant.stability.concepts import TABLE
from accordant.stability.machine import WORTH_THREADS
from accordant.stability.verdicts import listed

Bools = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Bits = NDArray[np.uint8]
Ends = tuple[Bools, Bools]
"""What surely is so, and what may be."""


@dataclass(frozen=True, eq=False)
class Options:
    """What one voice chooses in some variants: the distinct orders, and which of them each variant has."""

    told: tuple[Told, ...]
    index: Numbers

    @property
    def ranks(self) -> NDArray[np.int64]:
        """Ranks of the states, shape (options, n)."""
        n = self.told[0].form.states
        return np.concatenate([t.ranks[:, :n] for t in self.told])

    @property
    def known(self) -> Bools:
        """For each option whether the order is known."""
        return np.concatenate([t.known for t in self.told])

    def levels(self, columns: Numbers, d: int) -> tuple[Levels, Levels]:
        """Lowest and highest level of each option: see :meth:`Told.levels`."""
        both = [t.levels(columns, d) for t in self.told]
        return np.concatenate([low for low, _ in both]), np.concatenate([high for _, high in both])


class FrameWork:
    """Everything that is asked of one frame.

    Parameters
    ----------
    varied
        The elements that may not count.
    threads
        Whether the engine may use threads of its own.
    """

    def __init__(
        self, plan: Plan, view: View, dimensions: Sequence[Dimension], varied: Sequence[str], *, threads: bool
    ) -> None:
        self.plan, self.view, self.threads = plan, view, threads
        self.vetoes = constituencies(view.case)
        lost = frozenset(plan.compiler.setting_space().lost)
        self.against = len(no_deals(view))
        heard = [who for party, held in self.vetoes.items() for who in (party, *held)]
        self.voices = {
            who: Voice(view, who, dimensions, varied, lost) for who in dict.fromkeys([*view.parties, *heard])
        }
        space = view.space
        self.states = np.array([space.numbers[s] for s in plan.states], dtype=np.intp)
        self.landings = [view.package(p).state for p in view.case.proposals]

    def options(self, who: str, counting: Counting, picks: Picks, rows: Numbers) -> Options:
        """What somebody chooses in some variants."""
        voice = self.voices[who]
        columns: list[tuple[Indices, int]] = [(counting[e][rows].astype(np.int64), 2) for e in voice.elements]
        own = [d for d in voice.own if isinstance(d, Lines | States | Number | Ranged)]
        columns += [(picks[d.id][rows], d.size) for d in own]
        first, index = distinct(columns, len(rows))
        ways = rows[first]
        if not voice.reservation:
            return Options((voice.told(counting, picks, ways, False),), index)
        fallen = ~counting[voice.reservation][ways]
        parts = [ways[~fallen], ways[fallen]]
        place = np.empty(len(ways), dtype=np.intp)
        place[np.concatenate([np.flatnonzero(~fallen), np.flatnonzero(fallen)])] = np.arange(len(ways))
        told = tuple(voice.told(counting, picks, w, bool(k)) for k, w in enumerate(parts) if len(w))
        return Options(told, place[index])

    def holds(self, options: Mapping[str, Options]) -> tuple[dict[tuple[str, str], Ends], Numbers]:
        """Which states hold under each concept, and each coalition acting as one.

        Returns
        -------
        verdicts, index
            By concept and players arrays of the shape (combinations of orders, n), and the combination
            that each variant has.
        """
        parties = self.view.parties
        sizes = [len(options[p].known) for p in parties]
        columns = [(options[p].index.astype(np.int64), k) for p, k in zip(parties, sizes, strict=True)]
        count = len(options[parties[0]].index) if parties else 1
        first, index = distinct(columns, count)
        joint = np.stack([options[p].index[first] for p in parties], axis=1)
        ranks, known = [options[p].ranks for p in parties], [options[p].known for p in parties]
        found = {("", c): ends for c, ends in self._judged(joint, ranks, known).items()}
        for block, name in zip(self.plan.blocks, self.plan.players, strict=True):
            for c, ends in self._as_one(joint, ranks, known, block).items():
                found[name, c] = ends
        return found, index

    def _judged(
        self, joint: Numbers, ranks: Sequence[NDArray[np.int64]], known: Sequence[Bools]
    ) -> dict[str, Ends]:
        n, concepts = self.view.model.n, self.plan.concepts
        settled = np.stack([k[joint[:, i]] for i, k in enumerate(known)], axis=1).all(axis=1)
        must = {c: np.zeros((len(joint), n), dtype=bool) for c in concepts}
        if settled.any():
            for c, found in self._settled(joint[settled], ranks).items():
                must[c][settled] = found
        if settled.all():
            return {c: (found, found) for c, found in must.items()}
        may = {c: found.copy() for c, found in must.items()}
        for row in np.flatnonzero(~settled):
            orders = np.stack([r[k] for r, k in zip(ranks, joint[row], strict=True)])
            sure = np.array([known[i][k] for i, k in enumerate(joint[row])], dtype=bool)
            bounds = engine.equilibrium_bounds(self.view.model, orders, sure, concepts)
            for c in concepts:
                must[c][row], may[c][row] = bounds[c]
        return {c: (must[c], may[c]) for c in concepts}

    def _settled(self, joint: Numbers, ranks: Sequence[NDArray[np.int64]]) -> dict[str, Bools]:
        """Equilibria where every order is known, shape (combinations, n)."""
        model, concepts = self.view.model, self.plan.concepts
        # under some concepts a verdict depends on one party's order only, and orders are fewer
        alone = [c for c in concepts if TABLE[c].sanctions != "improvements"]
        if 2 * sum(map(len, ranks)) > joint.size:
            alone = []
        found = {c: np.ones((len(joint), model.n), dtype=bool) for c in alone}
        for i, own in enumerate(ranks) if alone else ():
            stable = engine.judge_alone(model, i, own, alone)
            for c in alone:
                found[c] &= stable[c][joint[:, i]]
        together = [c for c in concepts if c not in alone]
        if together:
            parts = [self._together(joint[some], ranks, together) for some in self._slices(len(joint))]
            for c in together:
                found[c] = np.concatenate([part[c] for part in parts])
        return found

    def _together(
        self, joint: Numbers, ranks: Sequence[NDArray[np.int64]], concepts: Sequence[str]
    ) -> dict[str, Bools]:
        orders = np.stack([r[joint[:, i]] for i, r in enumerate(ranks)], axis=1)
        stable = engine.judge_batch(self.view.model, orders, concepts)
        return {c: np.asarray(s.all(axis=1)) for c, s in stable.items()}

    def _slices(self, count: int) -> list[slice]:
        """Combinations judged at once: few enough to need no threads, where there are to be none."""
        model = self.view.model
        if self.threads or not listed(model):
            return [slice(0, count)]
        work = len(model.parties) * (len(arc_form(model).back) + 4 * model.n)
        size = max(1, WORTH_THREADS // max(1, work) - 1)
        return [slice(k, k + size) for k in range(0, count, size)]

    def _as_one(
        self,
        joint: Numbers,
        ranks: Sequence[NDArray[np.int64]],
        known: Sequence[Bools],
        block: Sequence[str],
    ) -> dict[str, Ends]:
        n, concepts = self.view.model.n, self.plan.concepts
        found = {c: np.zeros((2, len(joint), n), dtype=bool) for c in concepts}
        for row, chosen in enumerate(joint):
            given = {
                p: ranks[i][k] if known[i][k] else None
                for i, (p, k) in enumerate(zip(self.view.parties, chosen, strict=True))
            }
            view = _Chosen(self.view.frame, self.view.setting, given)
            for c, judgement in as_one_bounds(view, [block], concepts)[1].items():
                found[c][0, row] = judgement.must.all(axis=0)
                found[c][1, row] = judgement.may.all(axis=0)
        return {c: (must, may) for c, (must, may) in found.items()}

    def accepted(
        self, options: Mapping[str, Options], columns: Numbers
    ) -> dict[str, list[tuple[Levels, Levels]]]:
        """For each party its levels of some states, vetoes included, against each no deal.

        Returns
        -------
        dict of str to list of (low, high)
            Shape (variants, columns): see :meth:`Told.levels`.
        """
        found: dict[str, list[tuple[Levels, Levels]]] = {}
        for party, held in self.vetoes.items():
            found[party] = []
            for d in range(self.against):
                low, high = (end[options[party].index] for end in options[party].levels(columns, d))
                for c in held:
                    least, most = (end[options[c].index] for end in options[c].levels(columns, d))
                    low, high = low * (least > 0), high * (most > 0)
                found[party].append((low, high))
        return found

    def exists(self, options: Mapping[str, Options]) -> Ends:
        """Whether an agreement surely exists, and may exist, variant by variant."""
        columns = np.arange(self.view.model.n, dtype=np.intp)
        count = len(next(iter(options.values())).index)
        sure, maybe = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
        for d in range(self.against):
            ends = [self._packed(options, party, held, columns, d) for party, held in self.vetoes.items()]
            for end, result in ((0, sure), (1, maybe)):
                every = _all([e[end][0] for e in ends])
                some = _any([e[end][1] for e in ends])
                agreed = (every & some).any(axis=1)
                if end:
                    result |= agreed
                else:
                    result &= agreed
        return sure, maybe

    def _packed(
        self, options: Mapping[str, Options], party: str, held: Sequence[str], columns: Numbers, d: int
    ) -> list[tuple[Bits, Bits]]:
        """Which states a party accepts and which it strictly prefers, as bits: surely, and possibly."""
        own = [_bits(end, options[party].index) for end in options[party].levels(columns, d)]
        for c in held:
            for k, end in enumerate(options[c].levels(columns, d)):
                kept = np.packbits(end > 0, axis=1)[options[c].index]
                own[k] = (own[k][0] & kept, own[k][1] & kept)
        return own


@dataclass(frozen=True, eq=False)
class _Chosen(View):
    """A view in which everybody's order is given; of one that is not, nothing is known."""

    given: Mapping[str, Ranks | None]

    def ranks(self, party: str) -> Ranks | None:
        return self.given[party]

    def base_ranks(self, party: str) -> Ranks | None:
        return self.given[party]

    def incomparable(self, party: str) -> NDArray[np.int64]:
        return np.zeros((0, 2), dtype=np.int64)


def _bits(levels: Levels, index: Numbers) -> tuple[Bits, Bits]:
    return np.packbits(levels > 0, axis=1)[index], np.packbits(levels == 2, axis=1)[index]


def _all(bits: Sequence[Bits]) -> Bits:
    found: Bits = np.bitwise_and.reduce(bits)
    return found


def _any(bits: Sequence[Bits]) -> Bits:
    found: Bits = np.bitwise_or.reduce(bits)
    return found


def distinct(columns: Sequence[tuple[Indices, int]], count: int) -> tuple[Numbers, Numbers]:
    """Where each distinct row first stands, and which of them each row is.

    Parameters
    ----------
    columns
        Whole numbers, each with how many it may be.
    count
        Number of rows.

    Examples
    --------
    >>> first, index = distinct([(np.array([1, 0, 1]), 2), (np.array([4, 4, 4]), 9)], 3)
    >>> first.tolist(), index.tolist()
    ([1, 0], [1, 0, 1])
    """
    key, size = np.zeros(count, dtype=np.int64), 1
    for column, most in columns:
        if column.dtype == object:
            seen: dict[int, int] = {}
            column = np.array([seen.setdefault(x, len(seen)) for x in column], dtype=np.int64)
            most = len(seen)
        if size * most >= 1 << 62:
            _, inverse = np.unique(key, return_inverse=True)
            key, size = inverse.ravel().astype(np.int64), count
        if size * most >= 1 << 62:
            values, inverse = np.unique(column, return_inverse=True)
            column, most = inverse.ravel().astype(np.int64), len(values)
        key, size = key * most + column, size * most
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    return first, index.ravel()
