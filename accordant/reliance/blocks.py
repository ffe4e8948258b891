"""Many frames at once: what holds in all of them, or in none, whoever controls what.

Controllers and lists of moves that may count or not, and status quos that differ in where walking
out leads, only change who can move where. Between a party's fewest moves against the others' most,
and the reverse, lie all frames of a block (:mod:`accordant.reliance.between`). What is so at both
ends is so in the whole block, so that frames are listed only as far as an answer depends on them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Mover, Moves
from accordant.model.movers import build_movers, changes_of, issue_direction, moves_of
from accordant.model.settings import Setting
from accordant.model.space import StateSpace
from accordant.reliance.between import ALONE, SIDES, TOGETHER, Asked, Rows, Side, alone, everybody
from accordant.reliance.dividing import answered
from accordant.reliance.outlooks import KEPT, Numbers, OrderBook, Ordered
from accordant.reliance.states import Told

Bools = NDArray[np.bool_]

MODELS = 1 << 18
"""Models × states kept, to be asked under other orders."""


@dataclass(frozen=True, slots=True)
class Block:
    """Frames with the same rules.

    Attributes
    ----------
    off
        Rules, controllers and lists of moves that do not count.
    open
        Controllers and lists of moves that may count or not.
    starts
        Status quos that differ in where walking out leads; none where it is as written.
    """

    off: frozenset[str]
    open: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Number of frames."""
        return max(1, len(self.starts)) << len(self.open)

    @property
    def frame(self) -> Setting:
        """The one frame that it is."""
        return Setting(self.off, (), self.starts[0] if self.starts else None)

    def parts(self) -> list[Block]:
        """The same frames in smaller blocks."""
        if self.open:
            element, rest = self.open[0], self.open[1:]
            return [replace(self, off=self.off | {element}, open=rest), replace(self, open=rest)]
        return [replace(self, starts=(start,)) for start in self.starts]


class Between:
    """What holds throughout blocks, and what in none of their frames."""

    def __init__(self, book: OrderBook) -> None:
        self.book, self.compiler = book, book.compiler
        self._models: OrderedDict[object, GraphModel] = OrderedDict()
        self._latest: tuple[Block | None, dict[bool, tuple[Mover, ...]]] = None, {}
        self._moves: OrderedDict[object, Moves] = OrderedDict()
        self._told: dict[object, Rows | None] = {}
        self._unknown: dict[int, Ordered] = {}

    def told(self, block: Block, orders: Sequence[Ordered], states: Numbers, concepts: Sequence[str]) -> Told:
        """What is so of some states throughout a block; ``always`` and ``may`` only are told surely.

        Parameters
        ----------
        orders
            The possible orders of every participant.
        states, concepts
            The conclusions; -1 is no state.
        """
        safe = [o if o.complete else self._any(o) for o in orders]
        asked = np.unique(states[states >= 0])
        ends = {side: Asked(partial(self._all_alone, block, safe, asked, side)) for side in SIDES}
        found = self._told_by(ends, states, concepts)
        if (found.may & ~found.always & np.isin(concepts, TOGETHER)).any():
            for side in SIDES:
                both = [self._answered(block, p, safe, asked, side) for p in range(len(safe))]
                told = {c: everybody(both, side, c) for c in TOGETHER}
                ends[side].update((c, held) for c, held in told.items() if held is not None)
            found = self._told_by(ends, states, concepts)
        return found

    def _all_alone(
        self, block: Block, orders: Sequence[Ordered], asked: Numbers, side: Side, concept: str
    ) -> Bools:
        """Where everybody must, or may, be stable under a concept that asks for nobody else's order."""
        rows: list[Rows | None] = [self._alone(block, p, orders, asked, side) for p in range(len(orders))]
        if concept != "nash":
            self.book.worked += sum(o.ranks.size for o in orders)
        found = everybody(rows, side, concept)
        assert found is not None
        return found

    def _told_by(
        self, ends: Mapping[Side, Mapping[str, Bools]], states: Numbers, concepts: Sequence[str]
    ) -> Told:
        found = Told.never(len(states))
        named = np.array(concepts, dtype=object)
        for concept in dict.fromkeys(concepts):
            at = np.flatnonzero((named == concept) & (states >= 0))
            must, may = (self._end(ends[side], concept, side) for side in SIDES)
            always, possible = must[states[at]], may[states[at]]
            found.put(at, Told(always, possible, always, ~possible, np.ones(len(at), dtype=bool)))
        return found

    def _end(self, told: Mapping[str, Bools], concept: str, side: Side) -> Bools:
        """One end, with what the inclusions between concepts add to it."""
        some = told["nash"]
        if concept in ALONE:
            return told[concept]
        found = told[concept] if concept in told else np.full(len(some), side == "may")
        if side == "must":
            return np.asarray(found | some)
        wider = ("gmr",) if concept == "seq" else ("smr", "gmr")
        return np.asarray(np.logical_and.reduce([found, *(told[w] for w in wider)]))

    def _alone(self, block: Block, party: int, orders: Sequence[Ordered], asked: Numbers, side: Side) -> Rows:
        key = self._key(block, party, side), "alone", id(orders[party]), asked.tobytes()
        if key not in self._told:
            self._forget(orders[party])
            self._told[key] = alone(self._model(block, party, side), party, orders[party], asked, side)
        found = self._told[key]
        assert found is not None
        return found

    def _answered(
        self, block: Block, party: int, orders: Sequence[Ordered], asked: Numbers, side: Side
    ) -> Rows | None:
        key = self._key(block, party, side), "answered", tuple(id(o) for o in orders), asked.tobytes()
        if key not in self._told:
            self.book.worked += orders[party].ranks.size
            self._forget(orders[party])
            self._told[key] = answered(self._model(block, party, side), party, orders, asked, side)
        return self._told[key]

    def _forget(self, ordered: Ordered) -> None:
        """Make room for what follows from some more orders."""
        while self._told and len(self._told) * ordered.ranks.size > KEPT:
            del self._told[next(iter(self._told))]

    def _any(self, ordered: Ordered) -> Ordered:
        """Any order at all, in place of orders that are too many to look at each."""
        if id(ordered) not in self._unknown:
            zero = np.zeros((1, ordered.ranks.shape[1]), dtype=np.int64)
            self._unknown[id(ordered)] = replace(
                ordered,
                ranks=zero,
                top=zero,
                known=np.zeros(1, dtype=bool),
                red=ordered.red[:1],
                weight=ordered.weight[:1],
            )
        return self._unknown[id(ordered)]

    def _key(self, block: Block, party: int, side: Side) -> object:
        """What a party's end of a block depends on: equal keys, equal models."""
        own, others = self._held[party]
        most = side == "must"
        rules = frozenset(e for e in block.off if e.startswith("feasible."))
        gone = block.off | frozenset(block.open)
        off_own, off_others = (block.off, gone) if most else (gone, block.off)
        return party, side, rules, off_own & own, off_others & others, block.starts

    def _model(self, block: Block, party: int, side: Side) -> GraphModel:
        """The party's most moves and the others' fewest, or the reverse."""
        key = self._key(block, party, side)
        if key not in self._models:
            view = self.compiler.view(Setting(frozenset(e for e in block.off if e.startswith("feasible."))))
            own, others = (self._movers_of(block, most) for most in (side == "must", side != "must"))
            count = len(view.parties)
            alone_ = [own[k] if k == party else others[k] for k in range(count)]
            self._models[key] = GraphModel(view.space, view.parties, (*alone_, *others[count:]))
            while len(self._models) > max(8, MODELS // max(1, view.space.n)):
                self._models.popitem(last=False)
        return self._models[key]

    def _movers_of(self, block: Block, most: bool) -> tuple[Mover, ...]:
        """As :meth:`_movers`; of the latest block everybody asks for them."""
        if self._latest[0] != block:
            self._latest = block, {}
        known = self._latest[1]
        if most not in known:
            known[most] = self._movers(block, most)
        return known[most]

    def _movers(self, block: Block, most: bool) -> tuple[Mover, ...]:
        """Everybody's movers with all, or with none, of what is open."""
        case = self.compiler.case
        rules = frozenset(e for e in block.off if e.startswith("feasible."))
        view = self.compiler.view(Setting(rules))
        off = block.off if most else block.off | frozenset(block.open)
        if not case.issues:
            return build_movers(case, view.space, off, view.status_quo)
        start = None  # walking out leads nowhere that is known
        if len(block.starts) < 2:
            start = view.space.numbers[block.starts[0]] if block.starts else view.status_quo
        changes = changes_of(case, view.space, off, start)
        if most and len(block.starts) > 1:  # whoever walks out may come to any value
            for (who, mine), _ in zip(changes, view.parties, strict=False):
                for name, issue in case.issues.items():
                    walks = issue.joint and not issue.binding and f"issues.{name}" not in off
                    if walks and view.parties[who[0]] in issue.holders:
                        mine.setdefault(name, issue_direction(issue))
        return tuple(Mover(who, self._moves_of(rules, view.space, c)) for who, c in changes)

    def _moves_of(self, rules: frozenset[str], space: StateSpace, changes: Mapping[str, Bools]) -> Moves:
        """Moves that change some issues; most blocks have most of them in common."""
        key = rules, tuple((issue, allowed.tobytes()) for issue, allowed in changes.items())
        if key not in self._moves:
            while len(self._moves) > max(8, MODELS // max(1, space.n)):
                self._moves.popitem(last=False)
            self._moves[key] = moves_of(space, changes)
        return self._moves[key]

    @cached_property
    def _held(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """For each participant the elements that bear on its own moves, and on those of others."""
        case, parties = self.compiler.case, self.compiler.parties
        holders = {f"issues.{name}": set(issue.holders) for name, issue in case.issues.items()}
        holders.update((f"moves.{p}", {p}) for p in case.moves or {})
        return [
            (
                frozenset(e for e, who in holders.items() if p in who),
                frozenset(e for e, who in holders.items() if who - {p}),
            )
            for p in parties
        ]
