"""Conclusions about packages in one frame: who accepts what against no deal, whatever is unsure.

Where nothing stands behind the status quo or no deal any more, they may be any state, and a package
that leaves issues open leads to as many states. What a conclusion says is then worked out for every
distinct pair of a state and a no deal, not for every setting: parties' orders vary independently of
each other and agreement is monotone in everybody's level, so that the lowest and the highest level
of each party tell what is so always, sometimes and never in a pair, whatever the others' orders are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from accordant.agreement.stands import acceptors, constituencies, no_deals
from accordant.model.compiler import Compiler
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable
from accordant.model.settings import SettingSpace
from accordant.model.view import View
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.extremes import extreme, undominated
from accordant.reliance.facing import Ends, Facing, Seen
from accordant.reliance.joining import Bools, Joint, Tally, heard, tally, together
from accordant.reliance.outlooks import (
    BLOCK,
    Levels,
    Numbers,
    Outlooks,
    Weights,
    distinct_rows,
)
from accordant.reliance.ranged import doubt_over, range_key

CELLS = 1 << 27
"""Most levels worked out for one conclusion in one frame."""
DIMENSIONS = 64
"""Most orders and red lines by which states are compared to leave out those that are no better."""

FALSE = Tally(0, 1, may=False, yes=False, no=True)
UNKNOWN = Tally(0, 1, may=True, yes=True, no=True)


class Landings:
    """Where proposals lead, whatever the status quo is, and what else serves more than one space."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.vetoes = constituencies(compiler.case)
        self.faced: dict[object, Facing] = {}
        self.columns: dict[object, Numbers] = {}
        self.starts: dict[frozenset[str], tuple[int, ...]] = {}
        self._found: dict[tuple[frozenset[str], str], Numbers] = {}

    def of(self, outlooks: Outlooks, proposal: str, starts: Sequence[int]) -> Numbers:
        """The state that a proposal leads to from each status quo, -1 for none."""
        key = (outlooks.rules_off, proposal)
        if key not in self._found:
            self._found[key] = self._land(outlooks.view, proposal, starts)
        return self._found[key]

    def _land(self, view: View, proposal: str, starts: Sequence[int]) -> Numbers:
        frame, seen = view.frame, dict[object, int]()
        keys = self._keys(view, proposal, starts)
        for key, start in zip(keys, starts, strict=True):
            if key not in seen:
                there = View(replace(frame, status_quo=start, landings={}), view.setting)
                state = there.package(proposal).state
                seen[key] = -1 if state is None else state
        return np.array([seen[key] for key in keys], dtype=np.intp)

    def _keys(self, view: View, proposal: str, starts: Sequence[int]) -> Sequence[object]:
        """Equal for status quos from which a proposal leads to the same state."""
        case, space = self.compiler.case, view.space
        package = case.proposals[proposal].package
        if isinstance(package, str) or not space.direct:
            return list(starts)
        left = [
            k
            for k, issue in enumerate(space.issues)
            if issue not in package or not reachable(issue_direction(case.issues[issue])).all()
        ]
        return [row.tobytes() for row in np.ascontiguousarray(space.codes[np.asarray(starts)][:, left])]


class Packages:
    """Conclusions about packages in one frame."""

    def __init__(self, outlooks: Outlooks, space: SettingSpace, landings: Landings) -> None:
        self.outlooks, self.space, self.landings = outlooks, space, landings
        self.view = outlooks.view
        self.case = outlooks.view.case
        self._faced: dict[str, Facing] = {}
        self._keys: dict[str, object] = {}

    def key(self, conclusion: Conclusion) -> object:
        """What the answer depends on, rules aside: equal keys, equal answers."""
        parties = [conclusion.detail] if conclusion.kind == "acceptable" else acceptors(self.case)
        voices = (v for p in parties for v in self._voices(p))
        orders = tuple(self._order_key(v) for v in voices)
        return (conclusion, self.outlooks.rules_off, tuple(self.space.anchors), orders)

    def tally(self, conclusion: Conclusion, counted: bool = True) -> Tally:
        """In how many settings of this frame a conclusion is true.

        Where nothing is ``counted``, one setting stands for all (see :meth:`Seen.told`).
        """
        if not self.space.anchors:
            return self._counted(conclusion) if counted or len(self.against) != 1 else self._said(conclusion)
        if conclusion.kind == "agreement-exists":
            return self._exists()
        return self._about(conclusion)

    # One status quo and one no deal: every distinct order counted

    def _counted(self, conclusion: Conclusion) -> Tally:
        if conclusion.kind == "agreement-exists":
            return self._at(conclusion, self._columns) if self.against else UNKNOWN
        state = self._state(conclusion.subject)
        if state < 0:
            return FALSE
        return self._at(conclusion, np.array([state])) if self.against else UNKNOWN

    def _said(self, conclusion: Conclusion) -> Tally:
        """The same without a count: from the lowest and the highest level of everybody."""
        alone = conclusion.kind == "acceptable"
        parties = [conclusion.detail] if alone else list(acceptors(self.case))
        exact, flags, only = self._exact(parties), Seen(), np.zeros(1, dtype=np.intp)
        if conclusion.kind == "agreement-exists":
            complete = self._exists_against(only, flags, exact) & self._complete(parties)
            return flags.told(exact, complete)
        state = self._state(conclusion.subject)
        if state < 0:
            return FALSE
        self._pairs(state, only, parties, flags, _accepted if alone else _agreed)
        return flags.told(exact, self._complete(parties))

    def _at(self, conclusion: Conclusion, columns: Numbers) -> Tally:
        """The tally of some states against all that no deal is compared with as one."""
        every = np.arange(len(self.against))
        if conclusion.kind == "acceptable":
            joint = self._joint(conclusion.detail, columns, every)
            sure, maybe = (np.asarray((x > 0).any(axis=2)) for x in (joint.low, joint.high))
            exact = self._exact([conclusion.detail])
            return _over_no_deals(sure, maybe, joint.weight, exact, joint.complete)
        sure, maybe, weight, complete = self._together(columns, every)
        return _over_no_deals(sure, maybe, weight, self._exact(acceptors(self.case)), complete)

    def _state(self, subject: str) -> int:
        """Where a proposal leads, or a state by its name; -1 for none."""
        if subject in self.case.proposals:
            state = self.view.package(subject).state
        else:
            state = self.view.space.numbers.get(subject)
        return -1 if state is None else state

    def _joint(self, party: str, columns: Numbers, at: Numbers) -> Joint:
        """A party's levels, its constituencies heard."""
        own, *others = (self._facing(v).stances(columns, at) for v in self._voices(party))
        return heard(own, others)

    def _together(self, columns: Numbers, at: Numbers) -> tuple[Bools, Bools, Weights, bool]:
        """Whether some column is an agreement: (results, no deals), must and may."""
        stances = {
            v: self._facing(v).stances(columns, at) for p in acceptors(self.case) for v in self._voices(p)
        }
        if len(columns) > 1:
            kept = _distinct([x for s in stances.values() for x in (s.low, s.high)])
            stances = {
                v: replace(s, low=s.low[:, :, kept], high=s.high[:, :, kept]) for v, s in stances.items()
            }
        joints = []
        for party in acceptors(self.case):
            own, *others = (stances[v] for v in self._voices(party))
            joints.append(heard(own, others))
        must, may, weight, complete = together(joints)
        return np.asarray(must.any(axis=2)), np.asarray(may.any(axis=2)), weight, complete

    # Any status quo, any no deal: each distinct pair once

    def _about(self, conclusion: Conclusion) -> Tally:
        """An agreement or acceptable, over every pair of where the package leads and no deal."""
        if not self.against:
            return UNKNOWN
        alone = conclusion.kind == "acceptable"
        parties = [conclusion.detail] if alone else list(acceptors(self.case))
        exact, flags = self._exact(parties), Seen()
        leads = self._leads(conclusion.subject)
        for state in np.unique(leads):
            if state < 0:
                flags.take(FALSE)
            elif not self._apart:
                flags.take(self._at(conclusion, np.array([state])))
            else:  # where no deal is the status quo itself, that says where the package leads
                at = np.flatnonzero(leads == state) if self._follows else np.arange(len(self.against))
                at = self._different(parties, at)
                self._pairs(int(state), at, parties, flags, _accepted if alone else _agreed)
            if flags.open(exact):
                break
        return flags.told(exact, self._complete(parties))

    def _pairs(
        self, state: int, at: Numbers, parties: Sequence[str], flags: Seen, good: Callable[..., Bools]
    ) -> None:
        """Take in one state against some no deals."""
        size, exact = 64, self._exact(parties)
        while len(at) and not flags.open(exact):
            ends = [self._ends(p, np.array([state]), at[:size]) for p in parties]
            flags.add(
                bool(good([e.low[0] for e in ends]).all()),
                bool(good([e.high[1] for e in ends]).any()),
                bool(good([e.low[1] for e in ends]).any()),
                not good([e.high[0] for e in ends]).all(),
            )
            at, size = at[size:], max(size, BLOCK // sum(self._orders(p) for p in parties))

    def _leads(self, subject: str) -> Numbers:
        """Where a package leads: for each status quo that there may be, or as it is written."""
        if subject in self.case.proposals and "status_quo" in self.space.anchors:
            return self.landings.of(self.outlooks, subject, self._starts)
        return np.repeat(np.array([self._state(subject)]), len(self.against) if self._follows else 1)

    def _ends(self, party: str, columns: Numbers, at: Numbers) -> Ends:
        own, *vetoes = (Ends.of(self._facing(v).stances(columns, at)) for v in self._voices(party))
        for veto in vetoes:
            own = own.silenced(veto)
        return own

    def _exists(self) -> Tally:
        """Whether an agreement exists, against each no deal that there may be."""
        if not self.against:
            return UNKNOWN
        parties = acceptors(self.case)
        exact, flags = self._exact(parties), Seen()
        if not self._apart:
            sure, maybe, weight, complete = self._together(self._columns, np.arange(len(self.against)))
            return _over_no_deals(sure, maybe, weight, exact, complete)
        left, complete = CELLS, self._complete(parties)
        for at in self._promising():
            if left <= 0:
                complete = False
                break
            left -= self._width * len(at)
            complete &= self._exists_against(at, flags, exact)
            if flags.open(exact):
                break
        return flags.told(exact, complete)

    def _exists_against(self, at: Numbers, flags: Seen, exact: bool) -> bool:
        """Take in some no deals; False where not every order could be looked at."""
        columns = self._columns
        ends = [self._ends(p, columns, at) for p in acceptors(self.case)]
        sure, some = (_agreed([e.low[k] for e in ends]).any(axis=1) for k in (0, 1))
        worst, best = (_agreed([e.high[k] for e in ends]).any(axis=1) for k in (0, 1))
        flags.add(bool(some.all()), bool(best.any()), bool(some.any()), not best.all())
        complete = True
        # only some order may leave no agreement at all: the levels of all parties together tell
        for d in at[(some & ~sure) | (best & ~worst)]:
            if not flags.always and (flags.no or exact):
                break  # what may be and what must be somewhere is known already
            told, whole = self._ends_together(columns, np.array([d]))
            flags.add(*told)
            complete &= whole
        return complete

    def _ends_together(self, columns: Numbers, at: Numbers) -> tuple[tuple[bool, bool, bool, bool], bool]:
        """Whether there is one always, possibly, surely somewhere, not somewhere; whether all was told."""
        low, high, complete = [], [], True
        for party in acceptors(self.case):
            joint = self._joint(party, columns, at)
            low.append(joint.low[:, 0])
            high.append(joint.high[:, 0])
            complete &= joint.complete
        same = all((a == b).all() for a, b in zip(low, high, strict=True))
        worst, best = extreme(low, least=True), extreme(high, least=False)
        some, fails = (best, worst) if same else (extreme(low, least=False), extreme(high, least=True))
        always, may = bool(worst.found.all()), bool(best.found.any())
        whole = complete and all(e.complete for e in (worst, best, some, fails))
        return (always, may, bool(some.found.any()), not fails.found.all()), whole

    def _different(self, parties: Sequence[str], at: Numbers) -> Numbers:
        """Of some no deals those that are not alike to everybody, in their order."""
        kinds = [self._facing(v).kinds[at] for p in parties for v in self._voices(p)]
        return at[np.sort(distinct_rows(np.stack(kinds, axis=1))[0])]

    @cached_property
    def _columns(self) -> Numbers:
        """The states among which an agreement is looked for: another one is no worse to everybody."""
        faced = [self._facing(v) for p in acceptors(self.case) for v in self._voices(p)]
        key = tuple(id(f) for f in faced)  # they are kept, so that their ids stay their own
        if key not in self.landings.columns:
            self.landings.columns[key] = _worth_a_look(faced, self.view.model.n)
        return self.landings.columns[key]

    def _promising(self) -> Iterator[Numbers]:
        """The no deals, in blocks: the one that is written, and the best and the worst to each, first."""
        first = [0] if self.view.no_deal == () else [self.against.index(self.view.no_deal[0])]
        for party in acceptors(self.case):
            for who in self._voices(party):
                ranks = self._facing(who).ordered.ranks[0][np.asarray(self.against)]
                first += [int(ranks.argmax()), int(ranks.argmin())]
        early = list(dict.fromkeys(first))
        room = max(1, BLOCK // self._width)
        different = self._different(acceptors(self.case), np.arange(len(self.against)))
        rest = np.setdiff1d(different, early)
        for some in (np.array(early, dtype=np.intp), rest):
            yield from (some[k : k + room] for k in range(0, len(some), room))

    # What both go by

    @cached_property
    def _width(self) -> int:
        """Levels worked out for one no deal where an agreement is looked for."""
        return len(self._columns) * sum(self._orders(p) for p in acceptors(self.case))

    def _orders(self, party: str) -> int:
        """Number of distinct orders of a party and its constituencies."""
        return sum(len(self._facing(v).ordered.ranks) for v in self._voices(party))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return self._numbers("status_quo")

    def _numbers(self, anchor: str) -> tuple[int, ...]:
        """The states that an anchor may be: the same for both, and in every space."""
        found = self.landings.starts
        if self.outlooks.rules_off not in found:
            numbers = self.view.space.numbers
            found[self.outlooks.rules_off] = tuple(numbers[s] for s in self.space.anchors[anchor])
        return found[self.outlooks.rules_off]

    @property
    def _follows(self) -> bool:
        """Whether no deal is the status quo, and that may be any state."""
        given = self.case.no_deal
        follows = given is None or given.state == "status_quo"
        return follows and "status_quo" in self.space.anchors and "no_deal" not in self.space.anchors

    @property
    def _apart(self) -> bool:
        """Whether no deal may be one state or another, each a setting of its own."""
        return self._follows or "no_deal" in self.space.anchors

    @cached_property
    def against(self) -> tuple[int, ...]:
        """What no deal may be: one state after the other, or all that the case says it is."""
        if self._follows:
            return self._starts
        if "no_deal" in self.space.anchors:
            return self._numbers("no_deal")
        return no_deals(self.view)

    def _voices(self, party: str) -> tuple[str, ...]:
        return (party, *self.landings.vetoes[party])

    def _order_key(self, who: str) -> object:
        """What somebody's possible orders depend on here, rules aside."""
        if who not in self._keys:
            ranges = range_key(who, self.space, deals=True)
            self._keys[who] = (self.outlooks.book.key(who, self.space), ranges)
        return self._keys[who]

    def _facing(self, who: str) -> Facing:
        if who not in self._faced:
            orders = self._order_key(who)
            key = (who, self.outlooks.rules_off, tuple(self.space.anchors), orders)
            if key not in self.landings.faced:
                ordered, held = self.outlooks.facing(who, self.space, self.against)
                made = Facing(ordered, held, doubt_over(self.space, held))
                self.landings.faced[key] = made
            self._faced[who] = self.landings.faced[key]
        return self._faced[who]

    def _complete(self, parties: Sequence[str]) -> bool:
        return all(self._facing(v).ordered.complete for p in parties for v in self._voices(p))

    def _exact(self, parties: Sequence[str]) -> bool:
        """Whether an unknown order of who has a say is any order: where only some pairs are, it is not."""
        return not any(self._facing(v).ordered.open for p in parties for v in self._voices(p))


def _accepted(parties: Sequence[Levels]) -> Bools:
    return np.asarray(parties[0] > 0)


def _agreed(parties: Sequence[Levels]) -> Bools:
    """Everybody accepts, somebody is better off."""
    stacked = np.stack(parties)
    return np.asarray((stacked.min(axis=0) > 0) & (stacked.max(axis=0) == 2))


def _over_no_deals(sure: Bools, maybe: Bools, weight: Weights, exact: bool, complete: bool) -> Tally:
    """Yes if so against every state that no deal is compared with, possible if so against some.

    An agreement exists against each of several no deals, though it may not be the same one.
    """
    must, may = np.asarray(sure.all(axis=1)), np.asarray(maybe.any(axis=1))
    return tally(must, may, weight, exact=exact, complete=complete)


def _distinct(arrays: Sequence[Levels]) -> Numbers:
    """Columns that are not alike to everybody in every order: the last axis of all arrays."""
    rows = np.concatenate([a.reshape(-1, a.shape[-1]) for a in arrays])
    flat = np.ascontiguousarray(rows.T)
    seen: dict[bytes, int] = {}
    for k, row in enumerate(flat):
        seen.setdefault(row.tobytes(), k)
    return np.array(list(seen.values()), dtype=np.intp)


def _worth_a_look(faced: Sequence[Facing], n: int) -> Numbers:
    every = np.arange(n)
    if not all(f.ordered.whole.all() for f in faced):
        return every  # where an order is unknown, what ties with no deal may not be the same state
    rows = [row[:n] for f in faced for row in f.ordered.ranks]
    rows += [line.holds[:n] for f in faced if f.held.order for line in f.held.order.red]
    if len(rows) > DIMENSIONS:
        return every
    return undominated(np.stack([np.asarray(row, dtype=np.int64) for row in rows]))
