"""Conclusions about states in one frame: in how many settings one holds, or for many whether they do.

What must be and what may be is worked out for all states at once; a count asks for one state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.model.settings import SettingSpace
from accordant.reliance.between import ALONE, SIDES, TOGETHER, Asked, Rows, Side, everybody
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.dividing import Dividing, Found, answered
from accordant.reliance.joining import (
    JOINED,
    Equilibria,
    Flags,
    Tally,
    flags,
    product_tally,
    tally,
    tally_parts,
)
from accordant.reliance.local import ARCS
from accordant.reliance.outlooks import Numbers, Ordered, Outlooks, Verdicts
from accordant.reliance.packages import FALSE

Bools = NDArray[np.bool_]

WIDER = {"seq": ("gmr",), "sseq": ("smr", "gmr")}
"""Nash implies SSEQ implies SEQ implies GMR; SSEQ implies SMR."""
JOINED_RANKS = 1 << 23
"""Joint orders × states looked at where there is nothing to count; at least :data:`FEW` orders."""
FEW = 256
KEPT_CELLS = 1 << 20
"""Joint orders × states up to which what follows from them is kept."""
SHOWN = 16
"""Joint orders in which it is looked for a proof that what is not excluded happens."""
AT_SIGHT = 1 << 13
"""Joint orders × states up to which they are judged at once, without asking what they lie between."""
LOOKS = 256
"""Sets of joint orders looked at where there is nothing to count, and where there is."""
COUNTED = 4096
LOOKS_RANKS = 1 << 25
"""The former × ranks of all orders; at least :data:`FEWEST_LOOKS` sets are looked at."""
FEWEST_LOOKS = 8


@dataclass(frozen=True, eq=False)
class Told:
    """What is so of some conclusions throughout, somewhere, and not: arrays with a place for each.

    ``always``, ``may``, ``yes`` and ``no`` as in :class:`accordant.reliance.joining.Flags`; ``whole``
    where every setting was looked at.
    """

    always: Bools
    may: Bools
    yes: Bools
    no: Bools
    whole: Bools

    @classmethod
    def never(cls, size: int) -> Told:
        """False in every setting."""
        no = np.zeros(size, dtype=bool)
        return cls(no, no.copy(), no.copy(), ~no, ~no)

    def put(self, at: Numbers, other: Told) -> None:
        """Write what is told of some of them."""
        for mine, its in zip(self._parts, other._parts, strict=True):
            mine[at] = its

    def of(self, at: Numbers) -> Told:
        """What is told of some of them."""
        return Told(*(part[at] for part in self._parts))

    @property
    def settled(self) -> Bools:
        """Where it is known to be so in some settings and not in others: nothing more can be learnt."""
        return self.may & ~self.always & self.yes & self.no

    @property
    def _parts(self) -> tuple[Bools, ...]:
        return (self.always, self.may, self.yes, self.no, self.whole)


class States:
    """Conclusions about states in one frame, over the possible orders of everybody."""

    def __init__(self, outlooks: Outlooks, space: SettingSpace) -> None:
        self.outlooks, self.space = outlooks, space
        self.parties = outlooks.view.parties

    def tally(self, conclusion: Conclusion) -> Tally:
        """In how many settings of this frame a state is an equilibrium."""
        state = self.outlooks.view.space.numbers.names.find(conclusion.subject)
        return FALSE if state is None else self.at(state, conclusion.detail)

    def at(self, state: int, concept: str) -> Tally:
        """The same by state number."""
        if concept in ALONE:
            found = [v[concept] for v in self._alone]
            return product_tally(
                [
                    tally(v.must[:, state], v.may[:, state], v.weight, exact=v.exact, complete=v.complete)
                    for v in found
                ]
            )
        nash = self.at(state, "nash")
        if nash.always:
            return nash
        for wider in WIDER[concept]:
            found_wider = self.at(state, wider)
            if not found_wider.may:
                return found_wider
        if self._at_sight or not self._divisible:
            return tally_parts(self._together(self.outlooks.asked, JOINED), state, concept)
        return self._divided(state, concept)

    def _divided(self, state: int, concept: str) -> Tally:
        """By dividing orders as far as they matter to the states that are asked about."""
        key = concept, tuple(id(o) for o in self._orders)  # the book keeps them, and so their ids
        kept = self.outlooks.joint.get(key)
        asked = np.union1d(self.outlooks.asked, [state])
        if not isinstance(kept, Found) or len(kept.must) < len(asked):
            kept = self._dividing.find(concept, asked, COUNTED, counted=True)
            self.outlooks.joint[key] = kept
        at = int(np.searchsorted(asked, state))
        total = prod(int(o.weight.sum()) for o in self._orders)
        yes, no, open_ = (bool(x[at]) for x in (kept.yes, kept.no, kept.open))
        must = total if not open_ and not no else int(kept.must[at])
        return Tally(must, total, yes or open_, yes, no, not open_)

    def told(self, states: Numbers, concepts: Sequence[str]) -> Told:
        """Whether states always, sometimes or never hold, each under its concept; -1 is no state."""
        found = Told.never(len(states))
        named = np.array(concepts, dtype=object)
        for concept in dict.fromkeys(concepts):
            at = np.flatnonzero((named == concept) & (states >= 0))
            if not len(at):
                continue
            some = states[at]
            found.put(at, _of(self._flags[concept], some) if concept in ALONE else self._both(concept, some))
        return found

    def _both(self, concept: str, states: Numbers) -> Told:
        """Under a concept that asks for everybody's order, as far as needed from those that do not."""
        nash = _of(self._flags["nash"], states)
        found = Told(*(part.copy() for part in nash._parts))
        open_ = ~nash.always
        for wider in WIDER[concept]:
            its = _of(self._flags[wider], states)
            never = np.flatnonzero(open_ & ~its.may)
            found.put(never, its.of(never))
            open_[never] = False
            # holds where Nash does, and not where the wider one does not
            part = np.flatnonzero(open_ & nash.yes & its.no)
            found.may[part] = found.yes[part] = found.no[part] = True
            found.always[part] = False
            found.whole[part] = nash.whole[part] & its.whole[part]
            open_[part] = False
        rest = np.flatnonzero(open_)
        if len(rest):
            found.put(rest, self._jointly(concept, states[rest]))
        return found

    def _jointly(self, concept: str, states: Numbers) -> Told:
        """From the orders of everybody at once, unless what they lie between tells."""
        if self._divisible and not self._at_sight:
            orders = sum(len(o.ranks) for o in self._orders) * self.outlooks.view.model.n
            looks = max(FEWEST_LOOKS, min(LOOKS, LOOKS_RANKS // orders))
            found = self._dividing.find(concept, states, looks, counted=False)
            self.outlooks.book.worked += self._dividing.worked
            self._dividing.worked = 0
            return Told(~found.no, found.yes, found.yes, found.no, ~found.open)
        size = len(states)
        always, may = np.ones(size, dtype=bool), np.zeros(size, dtype=bool)
        yes, no, whole = may.copy(), may.copy(), np.ones(size, dtype=bool)
        open_ = np.ones(size, dtype=bool)
        if all(o.complete for o in self._orders) and not self._at_sight:
            must, may_be = self._between(concept)
            sure, out = must[states], ~may_be[states]
            always[out], no[out] = False, True
            may[sure] = yes[sure] = True
            open_ = ~(sure | out)
        at = np.flatnonzero(open_)
        if not len(at):
            return Told(always, may, yes, no, whole)
        held = self._together(states[at], max(FEW, min(JOINED, JOINED_RANKS // self.outlooks.view.model.n)))
        whole[at] = held.complete
        looked = 0
        for part in held.parts():
            looked += len(part.weight)
            low, high = (side[:, states[at]] for side in part.bounds[concept])
            always[at] &= low.all(axis=0)
            may[at] |= high.any(axis=0)
            yes[at] |= (high if part.exact else low).any(axis=0)
            no[at] |= ~(low if part.exact else high).all(axis=0)
            settled = may[at] & ~always[at]
            if (settled & ((yes[at] & no[at]) | (looked >= SHOWN))).all():
                break
        return Told(always, may, yes, no, whole)

    @cached_property
    def _at_sight(self) -> bool:
        """Whether all joint orders are judged as quickly as anything that tells of many at once."""
        few = prod(len(o.ranks) for o in self._orders) * self.outlooks.view.model.n <= AT_SIGHT
        return few and all(o.whole.all() for o in self._orders)

    @cached_property
    def _divisible(self) -> bool:
        """Whether every order is there, and known of every state, and the moves are not too many to list."""
        return not self.outlooks.view.model.more_arcs(ARCS) and all(
            o.complete and bool(o.whole.all()) for o in self._orders
        )

    def _between(self, concept: str) -> tuple[Bools, Bools]:
        """What must hold, and what may, whatever the others' orders are: arrays over all states."""
        key = tuple(id(o) for o in self._orders)  # the book keeps them, and so their ids
        if key not in self.outlooks.between:
            must, may = (self._ends(side) for side in SIDES)
            self.outlooks.between[key] = must, may
        must, may = self.outlooks.between[key]
        none = np.zeros(self.outlooks.view.model.n, dtype=bool)
        return must.get(concept, none), may.get(concept, ~none)

    def _ends(self, side: Side) -> dict[str, Bools]:
        model, asked = self.outlooks.view.model, self.outlooks.asked
        rows: list[Rows | None] = [
            answered(model, p, self._orders, asked, side) for p in range(len(self.parties))
        ]
        found = {c: everybody(rows, side, c) for c in TOGETHER}
        return {c: held for c, held in found.items() if held is not None}

    @cached_property
    def _flags(self) -> dict[str, Flags]:
        return Asked(lambda concept: flags([v[concept] for v in self._alone]))

    @cached_property
    def _alone(self) -> list[dict[str, Verdicts]]:
        return [self.outlooks.alone(p, self.space) for p in self.parties]

    @cached_property
    def _orders(self) -> list[Ordered]:
        return [self.outlooks.orders(p, self.space) for p in self.parties]

    @cached_property
    def _dividing(self) -> Dividing:
        return Dividing(self.outlooks.view.model, self._orders)

    def _together(self, states: Numbers, most: int) -> Equilibria:
        """Everybody's orders joined, kept with the frame where that takes little room."""
        orders = self._orders
        asked = b"" if all(o.whole.all() for o in orders) else states.tobytes()
        key = tuple(id(o) for o in orders), asked, most
        kept = self.outlooks.joint.get(key)
        if isinstance(kept, Equilibria):
            return kept
        found = Equilibria(self.outlooks, orders, states, most)
        if found.most * found.model.n <= KEPT_CELLS:
            self.outlooks.joint[key] = found
        return found


def _of(found: Flags, states: Numbers) -> Told:
    whole = np.full(len(states), found.complete)
    return Told(found.always[states], found.may[states], found.yes[states], found.no[states], whole)
