"""The agreement room read straight from its definitions: one state at a time, every setting listed.

Nothing here uses the compiler: states are dicts of values, settings are listed one by one, a party
of whose order nothing is known has every weak order (its red lines before all else). What no deal is
to somebody is a *deal*: the red lines that it keeps, and its place among the levels of the states,
halfway between two of them where it equals neither. A reservation that is not settled has every deal
that it may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise, permutations, product

import numpy as np

from accordant.case.expressions import parse
from accordant.case.grounds import elements
from accordant.case.objects import Case, Either

Combination = tuple[str, ...]
State = frozenset[Combination]


@dataclass(frozen=True)
class Choice:
    """One way in which everything unsure turns out."""

    off: frozenset[str]
    orders: dict[str, tuple[int, ...]]
    status_quo: State | None = None
    no_deal: State | None = None


def weak_orders(states):
    """Every weak order as a dict from state to level, larger is better."""
    found = set()
    for levels in product(range(len(states)), repeat=len(states)):
        used = sorted(set(levels))
        found.add(tuple(used.index(k) for k in levels))
    return [dict(zip(states, levels, strict=True)) for levels in sorted(found)]


class Twin:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.values = {name: issue.values for name, issue in case.issues.items()}
        self.unsure = [e for e in elements(case) if e.unsure]
        self.acceptors = [p for p, party in case.parties.items() if party.role == "party"]

    @cache  # noqa: B019 - lives as long as one test
    def true(self, text: str, at: Combination) -> bool:
        columns = {
            issue: np.array([self.values[issue].index(value)])
            for issue, value in zip(self.values, at, strict=True)
        }
        return bool(np.broadcast_to(parse(text, self.values).evaluate(columns), (1,))[0])

    # -- settings ---------------------------------------------------------------------------

    @cached_property
    def lost(self) -> frozenset[str]:
        return frozenset(e.id for e in self.unsure if e.kind in ("ranking", "worth", "reservation"))

    @cached_property
    def settings(self) -> list[Choice]:
        free = [e.id for e in self.unsure if e.id not in self.lost | {"status_quo", "no_deal"}]
        groups = {
            f"{party}.priorities.{k}": len(entry.either)
            for party, preference in self.case.preferences.items()
            for k, entry in enumerate(preference.priorities or (), 1)
            if isinstance(entry, Either)
        }
        found = []
        for orders in product(*(permutations(range(size)) for size in groups.values())):
            for bits in product((False, True), repeat=len(free)):
                off = self.lost | {e for e, gone in zip(free, bits, strict=True) if gone}
                for start, against in product(self.anchors("status-quo"), self.anchors("no-deal")):
                    found.append(Choice(off, dict(zip(groups, orders, strict=True)), start, against))
        return found

    def anchors(self, kind: str) -> tuple[State | None, ...]:
        """What a status quo or no deal may be in place of what is written."""
        open_ = any(e.kind == kind for e in self.unsure)
        return self.states(frozenset()) if open_ else (None,)

    def as_in(self, off: frozenset[str], state: State) -> State:
        """The state that has the same combinations where fewer rules hold."""
        return next(s for s in self.states(off) if state <= s)

    # -- states -----------------------------------------------------------------------------

    @cache  # noqa: B019 - lives as long as one test
    def states(self, off: frozenset[str]) -> tuple[State, ...]:
        every = [r.rule for r in self.case.feasible]
        rules = [r for k, r in enumerate(every, 1) if f"feasible.{k}" not in off]
        rows = [c for c in product(*self.values.values()) if all(self.true(r, c) for r in rules)]
        patterns = list((self.case.states or {}).values())
        states: dict[object, list[Combination]] = {}
        for row in rows:
            # what only fewer rules allow is a state of its own: no rule that falls changes a written state
            written = all(self.true(r, row) for r in every)
            owner = [k for k, p in enumerate(patterns) if written and self.matches(row, p)]
            states.setdefault(owner[0] if owner else row, []).append(row)
        return tuple(frozenset(rows) for rows in states.values())

    def matches(self, row: Combination, pattern) -> bool:
        return all(row[list(self.values).index(i)] == v for i, v in pattern.items())

    def matching(self, pattern) -> tuple[State, ...]:
        """The states of the case as it is written that a pattern names."""
        return tuple(s for s in self.states(frozenset()) if any(self.matches(row, pattern) for row in s))

    def status_quo(self, choice: Choice) -> State | None:
        if choice.status_quo is not None:
            return self.as_in(choice.off, choice.status_quo)
        if self.case.status_quo is None:
            return None
        return self.as_in(choice.off, self.matching(self.case.status_quo.state)[0])

    def no_deal(self, choice: Choice) -> tuple[State, ...]:
        if choice.no_deal is not None:
            return (self.as_in(choice.off, choice.no_deal),)
        given = self.case.no_deal
        if given is None or given.state == "status_quo":
            start = self.status_quo(choice)
            return () if start is None else (start,)
        return tuple(self.as_in(choice.off, d) for d in self.matching(given.state))

    def landing(self, choice: Choice, package) -> State | None:
        start = self.status_quo(choice)
        names = list(self.values)
        if start is None:
            found = [s for s in self.states(choice.off) if any(self.matches(row, package) for row in s)]
            return found[0] if len(found) == 1 else None
        rows = {tuple(package.get(i, v) for i, v in zip(names, row, strict=True)) for row in start}
        found = [s for s in self.states(choice.off) if s & rows]
        if len(found) != 1:
            return None
        for issue, value in package.items():
            before = {row[names.index(issue)] for row in start}
            if len(before) == 1 and not self.permitted(issue, before.pop(), value):
                return None
        return found[0]

    def permitted(self, issue: str, before: str, after: str) -> bool:
        values, moves = self.values[issue], self.case.issues[issue].moves
        a, b = values.index(before), values.index(after)
        return {"any": True, "forward": b >= a, "backward": b <= a}[moves]

    # -- preferences ------------------------------------------------------------------------

    def red(self, who: str, choice: Choice) -> list[str]:
        preference = self.case.preferences.get(who)
        rules = preference.never if preference else ()
        return [r.rule for k, r in enumerate(rules, 1) if f"{who}.never.{k}" not in choice.off]

    def known(self, who: str) -> bool:
        return who in self.case.preferences and not {f"{who}.ranking", f"{who}.worth"} & self.lost

    def keeps(self, rule: str, state: State) -> bool:
        return not self.true(rule, next(iter(state)))

    def score(self, who: str, choice: Choice, state: State, weak) -> tuple:
        """What is compared, most important first; ``weak`` stands in for an unknown order."""
        at = next(iter(state))
        head = tuple(self.keeps(rule, state) for rule in self.red(who, choice))
        if not self.known(who):
            return (*head, weak[state])
        preference = self.case.preferences[who]
        if preference.ranking is not None:
            place = [
                k for k, ref in enumerate(preference.ranking) if any(self.matches(r, ref) for r in state)
            ]
            return (*head, -place[0])
        if preference.worth is not None:
            total = sum(Fraction(preference.worth[i][v]) for i, v in zip(self.values, at, strict=True))
            for k, term in enumerate(preference.also, 1):
                if f"{who}.also.{k}" not in choice.off and self.true(term.if_, at):
                    total += Fraction(term.worth)
            return (*head, total)
        return (*head, *(self.true(want, at) for want in self.lines(who, choice)))

    def lines(self, who: str, choice: Choice):
        for k, entry in enumerate(self.case.preferences[who].priorities, 1):
            id_ = f"{who}.priorities.{k}"
            if isinstance(entry, Either):
                for m in choice.orders[id_]:
                    if f"{id_}.{m + 1}" not in choice.off:
                        yield entry.either[m].want
            elif id_ not in choice.off:
                yield entry.want

    # -- one setting, all unknown orders settled ----------------------------------------------

    def worlds(self):
        """Every setting with every weak order of everybody of whom nothing is known, and each no deal."""
        silent = [
            who
            for who, party in self.case.parties.items()
            if not self.known(who)
            and (party.role == "party" or (party.role == "constituency" and who in self.case.preferences))
        ]
        for choice in self.settings:
            states = self.states(choice.off)
            for orders in product(weak_orders(states), repeat=len(silent)) if silent else [()]:
                weak = dict(zip(silent, orders, strict=True))
                for d in self.no_deal(choice) or ([None] if any(map(self.held, self.voices)) else ()):
                    world = World(self, choice, weak, d)
                    every = [world.every_deal(who) for who in self.voices]
                    for deals in product(*every):
                        yield world.with_deals(dict(zip(self.voices, deals, strict=True)))

    @cached_property
    def voices(self) -> list[str]:
        """Whoever has a say."""
        case = self.case
        return self.acceptors + [
            c
            for c, p in case.parties.items()
            if p.role == "constituency" and p.of in self.acceptors and c in case.preferences
        ]

    def held(self, who: str):
        """Its reservation, None where it has none."""
        preference = self.case.preferences.get(who)
        return preference.reservation if preference else None


class World:
    def __init__(self, twin: Twin, choice: Choice, weak, d: State | None, deals=None) -> None:
        self.twin, self.choice, self.weak, self.d, self.deals = twin, choice, weak, d, deals
        self.states = twin.states(choice.off)

    def with_deals(self, deals) -> World:
        """The same, for what no deal is to everybody."""
        return World(self.twin, self.choice, self.weak, self.d, deals)

    def kept(self, who: str, state: State) -> tuple[bool, ...]:
        """Which red lines a state keeps."""
        return tuple(self.twin.keeps(rule, state) for rule in self.twin.red(who, self.choice))

    def below(self, who: str, state: State):
        """What is compared once the red lines do not decide."""
        return self.score(who, state)[len(self.kept(who, state)) :]

    @cache  # noqa: B019 - lives as long as one test
    def levels(self, who: str) -> list:
        return sorted({self.below(who, state) for state in self.states})

    def deal_at(self, who: str, state: State):
        return self.kept(who, state), self.levels(who).index(self.below(who, state))

    def every_deal(self, who: str) -> list:
        """Everything that no deal may be to somebody."""
        held, lost = self.twin.held(who), f"{who}.reservation" in self.twin.lost
        places = [k / 2 for k in range(-1, 2 * len(self.levels(who)))]
        if held is None and self.d is not None:
            return [self.deal_at(who, self.d)]
        if held is None or (held.state is not None and lost):
            red = self.twin.red(who, self.choice)
            return list(product(product((False, True), repeat=len(red)), places))
        if held.state is not None:
            written = next(s for s in self.twin.matching(held.state))
            return [self.deal_at(who, self.twin.as_in(self.choice.off, written))]
        keeps = tuple(True for _ in self.twin.red(who, self.choice))
        keeps = keeps if self.d is None else self.kept(who, self.d)
        if not lost and self.twin.known(who):
            places = sorted({self.place(who, worth) for worth in self.between(who, held)})
        return [(keeps, place) for place in places]

    def between(self, who: str, held) -> list[Fraction]:
        """The ends that no deal is worth, and enough numbers between them to be told apart."""
        low, high = Fraction(held.low), Fraction(held.high)
        levels = [worth for (worth,) in self.levels(who) if low <= worth <= high]
        marks = sorted({low, high, *levels})
        return marks + [(a + b) / 2 for a, b in pairwise(marks)]

    def place(self, who: str, worth: Fraction) -> float:
        levels = [level for (level,) in self.levels(who)]
        return levels.index(worth) if worth in levels else sum(level < worth for level in levels) - 0.5

    @cache  # noqa: B019 - lives as long as one test
    def score(self, who: str, state: State):
        return self.twin.score(who, self.choice, state, self.weak.get(who))

    def own(self, who: str, state: State) -> bool:
        kept, _ = self.deals[who]
        if any(deal and not here for here, deal in zip(self.kept(who, state), kept, strict=True)):
            return False
        return self.deal_at(who, state) >= self.deals[who]

    def constituencies(self, party: str) -> list[str]:
        case = self.twin.case
        return [
            c
            for c, p in case.parties.items()
            if p.role == "constituency" and p.of == party and c in case.preferences
        ]

    def accepts(self, party: str, state: State | None) -> bool:
        if state is None:
            return False
        return self.own(party, state) and all(self.own(c, state) for c in self.constituencies(party))

    def likes(self, party: str, state: State, than: State) -> bool:
        return self.score(party, state) > self.score(party, than)

    def agreement(self, state: State | None) -> bool:
        return (
            state is not None
            and all(self.accepts(p, state) for p in self.twin.acceptors)
            and any(self.deal_at(p, state) > self.deals[p] for p in self.twin.acceptors)
        )

    @cached_property
    def agreements(self) -> list[State]:
        return [s for s in self.states if self.agreement(s)]

    def dominates(self, t: State, s: State) -> bool:
        parties = self.twin.acceptors
        return all(self.score(p, t) >= self.score(p, s) for p in parties) and any(
            self.likes(p, t, s) for p in parties
        )

    def efficient(self, state: State | None) -> bool:
        return self.agreement(state) and not any(self.dominates(t, state) for t in self.agreements)

    def landing(self, package) -> State | None:
        return self.twin.landing(self.choice, package)

    def made(self, proposal: str) -> bool:
        return f"proposals.{proposal}" not in self.choice.off


def answer(truths) -> str:
    truths = list(truths)
    return "yes" if all(truths) else "unknown" if any(truths) else "no"
