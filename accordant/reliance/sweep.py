"""Always, sometimes or never: the status of conclusions over a space of settings.

A space is gone through frame by frame (rules, controllers and anchors fixed); within a frame the
parties' orders are joined (:mod:`accordant.reliance.joining`). A space with too many frames, or too
many joint orders, is searched for counter-examples in a promising order, and the result says that
not everything was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.stands import acceptors, constituencies, no_deals
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.joining import (
    Equilibria,
    Flags,
    Joint,
    Tally,
    flags,
    heard,
    product_tally,
    tally,
    tally_parts,
    together,
)
from accordant.reliance.outlooks import (
    ALONE,
    HELD_KINDS,
    ORDER_KINDS,
    OrderBook,
    Outlooks,
    Verdicts,
    Weights,
    ways,
)

ALWAYS, SOMETIMES, NEVER = 1, 0, -1
STATUS = {ALWAYS: "always", SOMETIMES: "sometimes", NEVER: "never"}
Statuses = NDArray[np.int8]
Topic = Literal["packages", "states"]

FRAMES = 1 << 11
"""Most frames of a small model looked at in one space."""
FRAME_STATES = 1 << 17
"""Frames × states looked at in one space of a large model."""
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
        Per conclusion the share of settings in which it must be true; None unless asked for.
    open
        Conclusions that are *sometimes* only because an unknown order does not exclude it.
    cut
        Conclusions that are *always* or *never* as far as was looked.
    """

    status: Statuses
    share: tuple[Fraction, ...] | None
    open: NDArray[np.bool_]
    cut: NDArray[np.bool_]


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

    def add(self, k: int, found: Tally, frames: int) -> None:
        """Take in one of so many frames."""
        self.always[k] &= found.always
        self.never[k] &= not found.may
        self.yes[k] |= found.yes
        self.no[k] |= found.no
        self.whole[k] &= found.complete
        if self.pending is None:
            self.share[k] += Fraction(found.must, found.total * frames)

    def halve(self, k: int) -> None:
        """A proposal that may not have been made: false in half of the settings."""
        self.always[k], self.no[k] = False, True
        self.share[k] /= 2

    def sweep(self) -> Sweep:
        """The statuses."""
        status = self.always.astype(np.int8) - self.never.astype(np.int8)
        unproved = (status == SOMETIMES) & ~(self.yes & self.no)
        if self.pending is not None:
            unproved &= self.pending
        counted = tuple(self.share) if self.pending is None and bool(self.whole.all()) else None
        return Sweep(status, counted, unproved, (status != SOMETIMES) & ~self.whole)


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
        self.frames_looked_at = 0
        self.book = book or OrderBook(compiler)
        self._outlooks: dict[Setting, Outlooks] = {}

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
        every = self._frames(space)
        looked = list(islice(every, frames or self.limit))
        too_large = 0
        for structure in looked:
            wanted = sofar.wanted
            if not len(wanted):
                break
            self.frames_looked_at += 1
            try:
                tallies = self._frame(structure, space, wanted, pending is not None)
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
        for k, conclusion in enumerate(self.conclusions):
            if conclusion.kind != "holds" and f"proposals.{conclusion.subject}" in space.free:
                sofar.halve(k)
        return sofar.sweep()

    @cached_property
    def limit(self) -> int:
        """Most frames to look at in one space."""
        return int(min(FRAMES, max(16, FRAME_STATES // max(1, self.compiler.space().n))))

    def _frames(self, space: SettingSpace) -> Iterator[Setting]:
        """The rules, controllers and anchors of every setting, those that refute most first."""
        kinds = STRUCTURE[self.topic]
        free = [e for e in space.free if self._kinds[e] in kinds]
        # no deal is compared with in one go (see Packages); the status quo changes where packages lead
        states = self._different(space.anchors["status_quo"]) if "status_quo" in space.anchors else []
        if len(states) < 2:
            yield from (Setting(off) for off, _ in ways(free, {}))
            return
        every = (Setting(off, (), state) for off, _ in ways(free, {}) for state in states)
        early = [Setting(off, (), states[0]) for off, _ in islice(ways(free, {}), 2 + len(free))]
        early += [Setting(s.off, (), state) for s in early[:2] for state in states]
        yield from dict.fromkeys(early)
        yield from (setting for setting in every if setting not in set(early))

    def _different(self, states: Sequence[str]) -> list[str]:
        """The states that make a difference as the status quo, the one that is written first.

        For packages all of them; for moves only where walking out of joint issues leads back to.
        """
        written = self.compiler.view().status_quo
        space = self.compiler.space()
        ordered = states if written is None else [space.name(written), *states]
        if self.topic == "packages":
            return list(dict.fromkeys(ordered))
        issues = self.compiler.case.issues
        back = [name for name, issue in issues.items() if issue.joint and not issue.binding]
        seen: dict[tuple[str, ...], str] = {}
        for state in ordered:
            values = space.values_of(space.numbers[state])
            seen.setdefault(tuple(values[i] for i in back), state)
        return list(seen.values())

    def _frame(
        self, structure: Setting, space: SettingSpace, wanted: Iterable[int], quick: bool
    ) -> list[tuple[int, Tally]]:
        if structure not in self._outlooks:
            self._outlooks[structure] = Outlooks(self.book, structure)
        outlooks = self._outlooks[structure]
        judge = Packages(outlooks, space) if self.topic == "packages" else States(outlooks, space, quick)
        return [(int(k), judge.tally(self.conclusions[k])) for k in wanted]


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


FALSE = Tally(0, 1, may=False, yes=False, no=True)
UNKNOWN = Tally(0, 1, may=True, yes=True, no=True)


class Packages:
    """Conclusions about packages in one frame."""

    def __init__(self, outlooks: Outlooks, space: SettingSpace) -> None:
        self.outlooks, self.space = outlooks, space
        self.case = outlooks.view.case
        numbers = outlooks.view.space.numbers
        anchor = space.anchors.get("no_deal")
        # what no deal is, one after the other where nothing stands behind it
        compared = no_deals(outlooks.view)
        self.against = [compared] if anchor is None else [(numbers[state],) for state in anchor]
        self._joint: dict[tuple[str, int], Joint] = {}

    def tally(self, conclusion: Conclusion) -> Tally:
        """In how many settings of this frame a conclusion is true."""
        view = self.outlooks.view
        if conclusion.kind == "agreement-exists":
            columns = np.arange(view.model.n)
        else:
            state = self._state(conclusion.subject)
            if state is None:
                return FALSE
            columns = np.array([state])
        if not self.against[0]:
            return UNKNOWN
        if conclusion.kind == "acceptable":
            joint = self._heard(conclusion.detail, columns)
            must, may = joint.low > 0, joint.high > 0
            exact = self._exact([conclusion.detail])
            return self._sum(must, may, joint.weight, exact=exact, complete=joint.complete)
        parties = acceptors(self.case)
        must, may, weight, complete = together([self._heard(p, columns) for p in parties])
        return self._sum(must, may, weight, exact=self._exact(parties), complete=complete)

    def _exact(self, parties: Sequence[str]) -> bool:
        """Whether an unknown order of who has a say is any order: where only some pairs are, it is not."""
        orders = self.outlooks.view.frame.orders
        voices = (v for p in parties for v in (p, *constituencies(self.case)[p]))
        return not any(v in orders and orders[v].open for v in voices)

    def _sum(
        self,
        must: NDArray[np.bool_],
        may: NDArray[np.bool_],
        weight: Weights,
        *,
        exact: bool,
        complete: bool,
    ) -> Tally:
        """Yes if so against every state that no deal may be, possible if so against some."""
        if len(self.against) == 1:
            # an agreement exists against each of several no deals, though it may not be the same one
            sure, maybe = np.all(np.any(must, axis=2), axis=1), np.any(may, axis=(1, 2))
            return tally(np.asarray(sure), np.asarray(maybe), weight, exact=exact, complete=complete)
        # one no deal after the other: each a setting of its own
        sure, maybe = must.any(axis=2).T.ravel(), may.any(axis=2).T.ravel()
        weights = np.tile(weight, len(self.against))
        return tally(sure, maybe, weights, exact=exact, complete=complete)

    def _heard(self, party: str, columns: NDArray[np.intp]) -> Joint:
        """A party's levels on one state or on all, its constituencies heard."""
        key = (party, int(columns[0]) if len(columns) == 1 else -1)
        if key not in self._joint:
            vetoes = constituencies(self.case)[party]
            every = [d for against in self.against for d in against]
            own, *others = (self.outlooks.stances(v, self.space, columns, every) for v in (party, *vetoes))
            self._joint[key] = heard(own, others)
        return self._joint[key]

    def _state(self, subject: str) -> int | None:
        view = self.outlooks.view
        if subject in self.case.proposals:
            return view.package(subject).state
        return view.space.numbers.get(subject)


class States:
    """Conclusions about states in one frame.

    ``quick`` asks only whether a state always, sometimes or never holds, not how often.
    """

    def __init__(self, outlooks: Outlooks, space: SettingSpace, quick: bool) -> None:
        self.outlooks, self.space, self.quick = outlooks, space, quick
        self.parties = outlooks.view.parties

    def tally(self, conclusion: Conclusion) -> Tally:
        """In how many settings of this frame a state is an equilibrium."""
        state = self.outlooks.view.space.numbers.get(conclusion.subject)
        if state is None:
            return FALSE
        return self.at(state, conclusion.detail)

    def at(self, state: int, concept: str) -> Tally:
        """The same by state number."""
        if concept in ALONE:
            if self.quick:
                return self._flags[concept].at(state)
            found = [v[concept] for v in self._alone]
            return product_tally(
                [
                    tally(v.must[:, state], v.may[:, state], v.weight, exact=v.exact, complete=v.complete)
                    for v in found
                ]
            )
        implied = self._implied(state, concept)
        if implied is not None:
            return implied
        return tally_parts(self._together, state, concept, self.quick)

    def _implied(self, state: int, concept: str) -> Tally | None:
        """What the inclusions settle: Nash implies SSEQ implies SEQ implies GMR; SSEQ implies SMR."""
        nash = self.at(state, "nash")
        if nash.always:
            return nash
        for wider in ("gmr",) if concept == "seq" else ("smr", "gmr"):
            found = self.at(state, wider)
            if not found.may:
                return found
            if self.quick and nash.yes and found.no:  # holds where Nash does, and not where that does not
                return Tally(0, 1, may=True, yes=True, no=True, complete=nash.complete and found.complete)
        return None

    @cached_property
    def _flags(self) -> dict[str, Flags]:
        return {c: flags([v[c] for v in self._alone]) for c in ALONE}

    @cached_property
    def _alone(self) -> list[dict[str, Verdicts]]:
        return [self.outlooks.alone(p, self.space) for p in self.parties]

    @cached_property
    def _together(self) -> Equilibria:
        return Equilibria(self.outlooks, [self.outlooks.orders(p, self.space) for p in self.parties])
