"""Always, sometimes or never: the status of conclusions over a space of settings.

A space is gone through frame by frame (rules, controllers and anchors fixed); within a frame the
parties' orders are joined (:mod:`accordant.reliance.joining`). A space with too many frames, or too
many joint orders, is searched for counter-examples in a promising order, and the result says that
not everything was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.stands import acceptors, constituencies
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.reliance.blocks import Between, Block
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.joining import Tally
from accordant.reliance.local import ARCS
from accordant.reliance.outlooks import (
    HELD_KINDS,
    ORDER_KINDS,
    OrderBook,
    Ordered,
    Outlooks,
    distinct_rows,
    ways,
)
from accordant.reliance.packages import Landings, Packages
from accordant.reliance.states import States, Told

ALWAYS, SOMETIMES, NEVER = 1, 0, -1
STATUS = {ALWAYS: "always", SOMETIMES: "sometimes", NEVER: "never"}
Statuses = NDArray[np.int8]
Topic = Literal["packages", "states"]

FRAMES = 1 << 11
"""Most frames of a small model looked at in one space."""
FRAME_STATES = 1 << 17
"""Frames × states looked at in one space of a large model, for packages."""
FRAME_PAIRS = 1 << 26
"""Frames × moves looked at in one space; whoever can settle everything together has a move between any
two states."""
KEPT_MOVES = 1 << 24
"""Frames × moves kept for the next space."""
FEWEST = 8
"""Frames looked at, and kept, however large the model is."""
EARLY = 2
"""Frames looked at, everything as written and everything off, before many are taken at once."""
TOO_LARGE = 8
"""Frames that were too large to build after which no more are tried."""
STRUCTURE = {
    "packages": ("rule", "status-quo", "no-deal"),
    "states": ("rule", "status-quo", "control", "moves"),
}


@dataclass(frozen=True, eq=False)
class Sweep:
    """Statuses over one space.

    Attributes
    ----------
    status
        One of ALWAYS, SOMETIMES, NEVER per conclusion.
    share
        Per conclusion the share of settings in which it must be true; None unless asked for, and
        where some conclusion could not be counted.
    shares
        The same, None for each conclusion that could not be counted; empty unless asked for.
    open
        Conclusions that are *sometimes* only because an unknown order does not exclude it.
    cut
        Conclusions that are *always* or *never* as far as was looked.
    """

    status: Statuses
    share: tuple[Fraction, ...] | None
    open: NDArray[np.bool_]
    cut: NDArray[np.bool_]
    shares: tuple[Fraction | None, ...] = ()


class _Sofar:
    """What the frames looked at so far say of each conclusion."""

    def __init__(self, size: int, pending: NDArray[np.bool_] | None) -> None:
        self.pending = pending
        self.always = np.ones(size, dtype=bool) if pending is None else pending.copy()
        self.never = self.always.copy()
        self.yes, self.no = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self.whole = np.ones(size, dtype=bool)
        self.share = [Fraction(0)] * size

    @property
    def wanted(self) -> NDArray[np.intp]:
        """The conclusions that another frame can say something about: all of them where they are counted."""
        if self.pending is None:
            return np.arange(len(self.always))
        return np.flatnonzero(self.always | self.never)

    def add(self, k: int, found: Tally, frames: int | Fraction) -> None:
        """Take in one of so many frames."""
        self.always[k] &= found.always
        self.never[k] &= not found.may
        self.yes[k] |= found.yes
        self.no[k] |= found.no
        self.whole[k] &= found.complete
        if self.pending is None:
            self.share[k] += Fraction(found.must, found.total * frames)

    def take(self, at: NDArray[np.intp], found: Told) -> None:
        """Take in what is told of some conclusions in one frame, or in several at once."""
        self.always[at] &= found.always
        self.never[at] &= ~found.may
        self.yes[at] |= found.yes
        self.no[at] |= found.no
        self.whole[at] &= found.whole

    def halve(self, k: int) -> None:
        """A proposal that may not have been made: false in half of the settings."""
        self.always[k], self.no[k] = False, True
        self.share[k] /= 2

    def refute(self, k: int) -> None:
        """A proposal that was not made: false in every setting."""
        self.always[k], self.never[k] = False, True
        self.whole[k], self.share[k] = True, Fraction(0)

    def sweep(self) -> Sweep:
        """The statuses."""
        status = self.always.astype(np.int8) - self.never.astype(np.int8)
        unproved = (status == SOMETIMES) & ~(self.yes & self.no)
        if self.pending is not None:
            unproved &= self.pending
        counted = tuple(self.share) if self.pending is None and bool(self.whole.all()) else None
        told = zip(self.share, self.whole, strict=True) if self.pending is None else ()
        shares = tuple(share if whole else None for share, whole in told)
        return Sweep(status, counted, unproved, (status != SOMETIMES) & ~self.whole, shares)


class Group:
    """Conclusions about packages, or about states: those that share what they are worked out from."""

    def __init__(
        self,
        compiler: Compiler,
        topic: Topic,
        conclusions: Sequence[Conclusion],
        book: OrderBook | None = None,
    ) -> None:
        self.compiler = compiler
        self.topic = topic
        self.conclusions = tuple(conclusions)
        self.frames_looked_at = self.frames_made = 0
        self.book = book or OrderBook(compiler)
        self._outlooks: dict[Setting, Outlooks] = {}
        self._landings = Landings(compiler)
        self._known: dict[object, Tally] = {}
        self._between = Between(self.book)
        self._numbered: dict[frozenset[str], NDArray[np.intp]] = {}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {e.id: e.kind for e in self.compiler.elements}

    def sweep(
        self, space: SettingSpace, pending: NDArray[np.bool_] | None = None, frames: int | None = None
    ) -> Sweep:
        """Statuses over a space; stops early once nothing pending is decided any more.

        Parameters
        ----------
        pending
            The conclusions that matter; None for all of them, with counts. The others come out as
            *sometimes*.
        frames
            Most frames to look at; :attr:`limit` by default.
        """
        sofar = _Sofar(len(self.conclusions), pending)
        most = frames or self.limit
        if self.topic == "states" and pending is not None:
            self._search(space, sofar, most)
        elif self.topic == "states" and self._number(space) > most:
            self._count(space, sofar, most)
        else:
            self._list(space, sofar, most)
        for k, conclusion in enumerate(self.conclusions):
            made = "" if conclusion.kind == "holds" else f"proposals.{conclusion.subject}"
            if made in space.free:
                sofar.halve(k)
            elif made in space.out:
                sofar.refute(k)
        return sofar.sweep()

    def _list(self, space: SettingSpace, sofar: _Sofar, most: int) -> None:
        """Look at every frame, or at the most promising ones."""
        every = self._frames(space)
        looked = list(islice(every, most))
        too_large = 0
        for structure in looked:
            wanted = sofar.wanted
            if not len(wanted):
                break
            try:
                self.frames_looked_at += 1
                tallies = self._frame(structure, space, wanted, sofar.pending is None)
            except TooLargeError:  # without some rule there are too many states: not looked at
                sofar.whole[:] = False
                too_large += 1
                if too_large >= TOO_LARGE:
                    break
                continue
            for k, found in tallies:
                sofar.add(k, found, len(looked))
        if next(every, None) is not None:
            sofar.whole[:] = False

    # Without counts: a few frames that refute most, then blocks of frames as far as need be

    def _search(self, space: SettingSpace, sofar: _Sofar, most: int) -> None:
        """Whether states always, sometimes or never hold."""
        last, too_large = self.frames_looked_at + most, 0
        early = list(islice(self._frames(space), EARLY + 1))
        for structure in early[:EARLY]:
            if len(sofar.wanted):
                try:
                    self._look(structure, space, sofar, sofar.wanted)
                except TooLargeError:
                    sofar.whole[:] = False
        if len(early) <= EARLY:
            return
        for block in self._blocks(space):
            if not len(sofar.wanted):
                return
            if self.frames_looked_at >= last or too_large >= TOO_LARGE:
                sofar.whole[sofar.wanted] = False
                return
            try:
                self._within(block, space, sofar, last)
            except TooLargeError:  # without some rule there are too many states: not looked at
                sofar.whole[:] = False
                too_large += 1

    def _number(self, space: SettingSpace) -> int:
        """Number of frames of a space without anchors."""
        return 1 << sum(self._kinds[e] in STRUCTURE["states"] for e in space.free)

    def _count(self, space: SettingSpace, sofar: _Sofar, most: int) -> None:
        """Count over very many frames: those of a block together where nothing depends on them."""
        blocks = list(islice(self._blocks(space), most + 1))
        if len(blocks) > most:
            self._list(space, sofar, most)
            return
        every, first = np.arange(len(self.conclusions)), blocks[0]
        for structure in islice(self._frames(space), EARLY):  # something is known where the search is cut off
            try:
                self._look(structure, space, sofar, every)
            except TooLargeError:
                sofar.whole[:] = False
        open_ = self._most_telling(first, space)
        waiting = [(replace(b, open=open_), every, Fraction(1, len(blocks))) for b in blocks]
        last = self.frames_looked_at + most
        while waiting:
            block, at, weight = waiting.pop()
            if self.frames_looked_at >= last:
                sofar.whole[at] = False
                continue
            left = self._counted(block, space, sofar, at, weight)
            if len(left):
                waiting += [(part, left, weight / 2) for part in block.parts()]

    def _counted(
        self, block: Block, space: SettingSpace, sofar: _Sofar, at: NDArray[np.intp], weight: Fraction
    ) -> NDArray[np.intp]:
        """Count over one block, of the given weight among all frames; the conclusions that are left."""
        try:
            self.frames_looked_at += 1
            if block.size == 1:
                for k, found in self._frame(block.frame, space, at, counted=True):
                    sofar.add(k, found, 1 / weight)
                return at[:0]
            told = self._between.told(block, self._orders(block, space), *self._asked(block.off, at))
        except TooLargeError:  # without some rule there are too many states: not looked at
            sofar.whole[:] = False
            return at[:0]
        settled = np.flatnonzero(told.always | ~told.may)
        sofar.take(at[settled], told.of(settled))
        for k in at[told.always].tolist():
            sofar.share[k] += weight
        return at[told.may & ~told.always]

    def _most_telling(self, block: Block, space: SettingSpace) -> tuple[str, ...]:
        """What is open in a block, first what leaves fewest conclusions undecided once it is settled."""
        at, orders = np.arange(len(self.conclusions)), self._orders(block, space)
        numbers, concepts = self._asked(block.off, at)

        def left(element: str) -> int:
            rest = tuple(e for e in block.open if e != element)
            sides = (replace(block, open=rest), replace(block, off=block.off | {element}, open=rest))
            told = [self._between.told(side, orders, numbers, concepts) for side in sides]
            return sum(int((t.may & ~t.always).sum()) for t in told)

        return tuple(sorted(block.open, key=left))

    def _blocks(self, space: SettingSpace) -> Iterator[Block]:
        """Every frame of a space, those with the same rules together."""
        kinds = STRUCTURE["states"]
        out = frozenset(e for e in space.out if self._kinds[e] in kinds)
        open_ = tuple(e for e in space.free if self._kinds[e] in ("control", "moves"))
        rules = [e for e in space.free if self._kinds[e] == "rule"]
        moving = "status_quo" in space.anchors
        states = tuple(self._different(space.anchors["status_quo"])) if moving else ()
        for off, _ in ways(rules, {}):
            yield Block(out | off, open_, states if len(states) > 1 else ())

    def _within(self, block: Block, space: SettingSpace, sofar: _Sofar, last: int) -> None:
        """Look at a block as a whole, and at its parts as far as that leaves something open."""
        waiting = [(block, sofar.wanted)]
        while waiting:
            block, at = waiting.pop()
            at = at[(sofar.always | sofar.never)[at]]
            if not len(at):
                continue
            if self.frames_looked_at >= last:
                sofar.whole[at] = False
                continue
            if block.size == 1:
                self._look(block.frame, space, sofar, at)
                continue
            self.frames_looked_at += 1
            told = self._between.told(block, self._orders(block, space), *self._asked(block.off, at))
            open_ = told.may & ~told.always
            sofar.take(at[~open_], told.of(np.flatnonzero(~open_)))
            if open_.any():
                waiting += [(part, at[open_]) for part in block.parts()]

    def _look(self, structure: Setting, space: SettingSpace, sofar: _Sofar, wanted: NDArray[np.intp]) -> None:
        """Look at one frame."""
        self.frames_looked_at += 1
        states = States(self._outlook(structure), space)
        sofar.take(wanted, states.told(*self._asked(structure.off, wanted)))

    def _asked(self, off: frozenset[str], wanted: NDArray[np.intp]) -> tuple[NDArray[np.intp], list[str]]:
        """The states and the concepts of some conclusions; -1 where there is no such state."""
        rules = frozenset(e for e in off if e.startswith("feasible."))
        if rules not in self._numbered:
            names = self.compiler.space(rules).numbers.names
            found = {c.subject: names.find(c.subject) for c in self.conclusions}
            numbers = [-1 if (k := found[c.subject]) is None else k for c in self.conclusions]
            self._numbered[rules] = np.array(numbers, dtype=np.intp)
        return self._numbered[rules][wanted], [self.conclusions[k].detail for k in wanted.tolist()]

    def _orders(self, block: Block, space: SettingSpace) -> list[Ordered]:
        rules = frozenset(e for e in block.off if e.startswith("feasible."))
        return [self.book.orders(p, space, rules) for p in self.compiler.parties]

    def equilibria(self, space: SettingSpace) -> tuple[list[str], bool]:
        """The states that are an equilibrium in some setting, and whether every setting was looked at.

        Under whatever concept: each of them implies that the state is general metarational.
        """
        names, every = self.compiler.space().names, self._frames(space)
        held, whole = np.zeros(len(names), dtype=bool), True
        for structure in islice(every, self.limit):
            try:
                outlooks = self._outlook(structure)
            except TooLargeError:
                whole = False
                continue
            found = [outlooks.alone(p, space, every=True)["gmr"] for p in outlooks.view.parties]
            whole &= all(v.complete for v in found)
            may = np.logical_and.reduce([v.may.any(axis=0) for v in found])
            numbers = outlooks.view.space.numbers
            held |= np.array([may[numbers[name]] for name in names]) if structure.off else may
        whole &= next(every, None) is None
        return [names[int(k)] for k in np.flatnonzero(held)], whole or bool(held.all())

    @cached_property
    def limit(self) -> int:
        """Most frames to look at in one space."""
        n = max(1, self.compiler.space().n)
        if self.topic == "packages":
            return min(FRAMES, max(16, FRAME_STATES // n))
        return min(FRAMES, max(FEWEST, FRAME_PAIRS // self.moves))

    @cached_property
    def moves(self) -> int:
        """Number of moves of the case as it is written, or of pairs of states where that is not counted."""
        model = self.compiler.view().model
        if model.more_arcs(ARCS):
            return model.n**2
        return max(1, sum(len(m.moves.arcs.targets) for m in model.movers))

    def _frames(self, space: SettingSpace) -> Iterator[Setting]:
        """The rules, controllers and anchors of every setting, those that refute most first."""
        kinds = STRUCTURE[self.topic]
        free = [e for e in space.free if self._kinds[e] in kinds]
        out = frozenset(e for e in space.out if self._kinds[e] in kinds)
        # where packages lead, and no deal, are gone through by what they lead to (see Packages)
        moving = self.topic == "states" and "status_quo" in space.anchors
        states = self._different(space.anchors["status_quo"]) if moving else []
        if len(states) < 2:
            yield from (Setting(out | off) for off, _ in ways(free, {}))
            return
        every = (Setting(out | off, (), state) for off, _ in ways(free, {}) for state in states)
        early = [Setting(out | off, (), states[0]) for off, _ in islice(ways(free, {}), 2 + len(free))]
        early += [Setting(s.off, (), state) for state in states for s in early[:2]]
        yield from dict.fromkeys(early)
        yield from (setting for setting in every if setting not in set(early))

    def _different(self, states: Sequence[str]) -> list[str]:
        """Status quos that differ in where walking out of joint issues leads, the written one first."""
        issues, space = self.compiler.case.issues, self.compiler.space()
        back = [k for k, i in enumerate(space.issues) if issues[i].joint and not issues[i].binding]
        if not back:  # nobody who walks out leads back to anything
            return list(states[:1])
        ordered = np.array([*self._telling, *(space.numbers[state] for state in states)], dtype=np.intp)
        first = ordered if not space.direct else ordered[distinct_rows(space.codes[ordered][:, back])[0]]
        return [space.name(int(s)) for s in dict.fromkeys(first.tolist())]

    @cached_property
    def _telling(self) -> list[int]:
        """Status quos that settle most: as written, those asked about, each party's best and worst."""
        view, numbers = self.compiler.view(), self.compiler.space().numbers
        found = [] if view.status_quo is None else [view.status_quo]
        found += [numbers[c.subject] for c in self.conclusions[:FEWEST] if c.subject in numbers]
        ranks = [r for p in view.parties if (r := view.ranks(p)) is not None]
        return [*found, *(int(end) for r in ranks for end in (r.argmax(), r.argmin()))]

    def _frame(
        self, structure: Setting, space: SettingSpace, wanted: Iterable[int], counted: bool
    ) -> list[tuple[int, Tally]]:
        outlooks = self._outlook(structure)
        if self.topic == "states":
            states = States(outlooks, space)
            return [(int(k), states.tally(self.conclusions[k])) for k in wanted]
        packages, found = Packages(outlooks, space, self._landings), []
        for k in wanted:
            key = (counted, packages.key(self.conclusions[k]))
            if key not in self._known:  # most grounds make no difference to most conclusions
                self._known[key] = packages.tally(self.conclusions[k], counted)
            found.append((int(k), self._known[key]))
        return found

    def _outlook(self, structure: Setting) -> Outlooks:
        """A frame with everybody's possible orders; the latest ones are kept."""
        found = self._outlooks.pop(structure, None)
        if found is None:
            self.frames_made += 1
            found = Outlooks(self.book, structure, (c.subject for c in self.conclusions))
        self._outlooks[structure] = found
        while len(self._outlooks) > min(self.limit, max(FEWEST, KEPT_MOVES // self.moves)):
            self.compiler.forget(self._outlooks.pop(next(iter(self._outlooks))).view)
        return found


def groups_of(compiler: Compiler, conclusions: Iterable[Conclusion]) -> list[Group]:
    """Conclusions about packages, and those about states."""
    asked = list(dict.fromkeys(conclusions))
    packages = [c for c in asked if c.kind != "holds"]
    states = [c for c in asked if c.kind == "holds"]
    book = OrderBook(compiler)
    made = [Group(compiler, "packages", packages, book), Group(compiler, "states", states, book)]
    return [g for g in made if g.conclusions]


def relevant(compiler: Compiler, conclusion: Conclusion) -> frozenset[str]:
    """Ids of the elements that can make a difference to a conclusion."""
    case = compiler.case
    topic: Topic = "states" if conclusion.kind == "holds" else "packages"
    kinds = ORDER_KINDS if topic == "states" else HELD_KINDS
    if topic == "states":
        voices = set(compiler.parties)
    else:
        parties = {conclusion.detail} if conclusion.kind == "acceptable" else set(acceptors(case))
        voices = parties | {c for p in parties for c in constituencies(case)[p]}
    return frozenset(
        e.id
        for e in compiler.elements
        if e.kind in STRUCTURE[topic]
        or (e.kind in kinds and e.subject in voices)
        or (e.kind == "proposal" and e.subject == conclusion.subject)
    )
