"""What is true of the variants of a chunk, worked out together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from accordant.case.grounds import falls_with
from accordant.model.settings import BINARY, UNCOUNTED, Setting
from accordant.reliance.variants.columns import NO, UNKNOWN, YES
from accordant.reliance.variants.dimensions import Anchor, Counting, Ground
from accordant.reliance.variants.frames import Bools, FrameWork, Numbers, Options, distinct
from accordant.reliance.variants.numbering import Indices
from accordant.reliance.variants.planning import Plan
from accordant.reliance.variants.told import Levels, Picks

STRUCTURE = ("rule", "control", "moves")
FRAMES = 64
"""Frames kept: of those used last."""

Answers = NDArray[np.int8]
BothLevels = tuple[Levels, Levels]


@dataclass(frozen=True, eq=False)
class Block:
    """The variants of a chunk and what is true of them.

    Attributes
    ----------
    choices
        What each variant chooses, dimension by dimension.
    answers
        Codes of :data:`accordant.reliance.variants.columns.ANSWERS`, shape (variants, columns).
    counts
        Shape (variants, counts).
    """

    choices: Sequence[Indices]
    answers: Answers
    counts: NDArray[np.int32]


@dataclass(eq=False)
class Evaluator:
    """Works out chunks of a plan; what they share is kept.

    Parameters
    ----------
    plan
        What is gone through.
    threads
        Whether several threads may be used; not where several processes share the machine.
    """

    plan: Plan
    threads: bool = True
    _frames: OrderedDict[tuple[object, ...], FrameWork] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        compiler = self.plan.compiler
        counted = [d.element for d in self.plan.dimensions if isinstance(d, Counting)]
        self.grounds = [d for d in self.plan.dimensions if isinstance(d, Ground)]
        self.falls = {d.ground: falls_with(compiler.case, [d.ground]) for d in self.grounds}
        gone = frozenset().union(*self.falls.values())
        self.fallible = [
            e for e in compiler.elements if e.kind in BINARY | UNCOUNTED and e.standing and e.standing <= gone
        ]
        self.varied = tuple(dict.fromkeys([*counted, *(e.id for e in self.fallible)]))
        self.structural = [e for e in self.varied if compiler.element[e].kind in STRUCTURE]
        self.anchors = [d for d in self.plan.dimensions if isinstance(d, Anchor)]

    def chunk(self, number: int) -> Block:
        """One chunk of the plan."""
        return self.block(self.plan.choices(number))

    def written(self) -> Block:
        """The case as it is written: whatever a dimension has as its first choice, or as written."""
        return self._block({}, 1, ())

    def block(self, choices: Sequence[Indices]) -> Block:
        """Some variants, by what they choose in each dimension."""
        picks = {d.id: c for d, c in zip(self.plan.dimensions, choices, strict=True)}
        return self._block(picks, len(choices[0]), choices)

    def _block(self, picks: Picks, count: int, choices: Sequence[Indices]) -> Block:
        plan = self.plan
        counting = self._counting(picks, count)
        answers = np.zeros((count, len(plan.columns)), dtype=np.int8)
        counts = np.zeros((count, len(plan.counts)), dtype=np.int32)
        columns: list[tuple[Indices, int]] = [(counting[e].astype(np.int64), 2) for e in self.structural]
        columns += [(picks[d.id], d.size) for d in self.anchors if d.id in picks]
        first, index = distinct(columns, count)
        for k, where in enumerate(first):
            rows = np.flatnonzero(index == k)
            frame = self._frame(counting, picks, int(where))
            answers[rows], counts[rows] = self._in_frame(frame, counting, picks, rows)
        return Block(choices, answers, counts)

    def _counting(self, picks: Picks, count: int) -> dict[str, Bools]:
        """For each element that is varied whether it counts in each variant."""
        found = {e: np.ones(count, dtype=bool) for e in self.varied}
        if not picks:
            return found
        for d in self.plan.dimensions:
            if isinstance(d, Counting):
                found[d.element] &= picks[d.id] == 0
        out = {d.ground: picks[d.id] != 0 for d in self.grounds}
        for e in self.fallible:
            fallen = np.ones(count, dtype=bool)
            for ground in e.standing:
                causes = [out[g] for g, falls in self.falls.items() if ground in falls]
                fallen &= np.logical_or.reduce(causes)
            found[e.id] &= ~fallen
        return found

    def _frame(self, counting: dict[str, Bools], picks: Picks, row: int) -> FrameWork:
        off = frozenset(e for e in self.structural if not counting[e][row])
        at = {d.which: d.names[int(picks[d.id][row])] for d in self.anchors if d.id in picks}
        key = (off, *sorted(at.items()), bool(picks))
        found = self._frames.pop(key, None)
        if found is None:
            setting = Setting(off, (), at.get("status_quo"), at.get("no_deal"))
            view = self.plan.compiler.view(setting)
            dimensions = self.plan.dimensions if picks else ()
            found = FrameWork(self.plan, view, dimensions, self.varied, threads=self.threads)
        self._frames[key] = found
        while len(self._frames) > FRAMES:
            self.plan.compiler.forget(self._frames.popitem(last=False)[1].view)
        return found

    def _in_frame(
        self, frame: FrameWork, counting: dict[str, Bools], picks: Picks, rows: Numbers
    ) -> tuple[Answers, NDArray[np.int32]]:
        options = {who: frame.options(who, counting, picks, rows) for who in frame.voices}
        verdicts, index = frame.holds(options)
        n = frame.view.model.n
        counts = np.empty((len(rows), len(self.plan.counts)), dtype=np.int32)
        for k, count in enumerate(self.plan.counts):
            states = verdicts[count.block, count.concept][count.possible]
            counts[:, k] = states.sum(axis=1, dtype=np.int32)[index] if n else 0
        answers = np.empty((len(rows), len(self.plan.columns)), dtype=np.int8)
        numbers = dict(zip(self.plan.states, frame.states, strict=True))
        said = self._packages(frame, options, counting, rows)
        for k, column in enumerate(self.plan.columns):
            if column.kind == "holds":
                sure, maybe = verdicts[column.block, column.detail]
                at = numbers[column.subject]
                answers[:, k] = _codes(sure[:, at], maybe[:, at])[index]
            else:
                answers[:, k] = said[column.id]
        return answers, counts

    def _packages(
        self, frame: FrameWork, options: dict[str, Options], counting: dict[str, Bools], rows: Numbers
    ) -> dict[str, Answers]:
        """What is said of the proposals, and whether an agreement exists."""
        nothing = np.full(len(rows), UNKNOWN if not frame.against else NO, dtype=np.int8)
        found = {"agreement-exists": nothing if not frame.against else _codes(*frame.exists(options))}
        possible = [s for s in frame.landings if s is not None]
        columns = np.array(sorted(set(possible)), dtype=np.intp)
        levels = frame.accepted(options, columns)
        for proposal, state in zip(frame.view.case.proposals, frame.landings, strict=True):
            made = counting.get(f"proposals.{proposal}")
            parties = list(frame.vetoes)
            if state is None:
                cells = {p: np.full(len(rows), NO, dtype=np.int8) for p in (*parties, "")}
            elif not frame.against:
                cells = dict.fromkeys((*parties, ""), nothing)
            else:
                at = int(np.searchsorted(columns, state))
                cells = {p: _accepted([(lo[:, at], hi[:, at]) for lo, hi in levels[p]]) for p in parties}
                cells[""] = _agreed([[(lo[:, at], hi[:, at]) for lo, hi in levels[p]] for p in parties])
            for party, cell in cells.items():
                if made is not None:
                    cell = np.where(made[rows], cell, NO).astype(np.int8)
                id_ = f"acceptable({proposal}, {party})" if party else f"agreement({proposal})"
                found[id_] = cell
        return found


def _codes(sure: Bools, maybe: Bools) -> Answers:
    return np.where(sure, YES, np.where(maybe, UNKNOWN, NO)).astype(np.int8)


def _accepted(levels: Sequence[BothLevels]) -> Answers:
    """One party's answer: yes if so against each no deal, no if against none."""
    sure = np.logical_and.reduce([low > 0 for low, _ in levels])
    return _codes(sure, np.logical_or.reduce([high > 0 for _, high in levels]))


def _agreed(parties: Sequence[Sequence[BothLevels]]) -> Answers:
    """Whether everybody accepts, and somebody strictly prefers it, against each no deal."""
    both = []
    for end in (0, 1):
        against = []
        for ds in zip(*parties, strict=True):
            levels = [d[end] for d in ds]
            against.append((np.minimum.reduce(levels) > 0) & (np.maximum.reduce(levels) == 2))
        both.append(against)
    return _codes(np.logical_and.reduce(both[0]), np.logical_or.reduce(both[1]))
