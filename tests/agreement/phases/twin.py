"""Stages straight from the definition: one way that everything may be at a time, states as dictionaries.

A *world* fixes what is unsure: which elements count, the order of lines, what no deal is worth, on
which day an event happens, and which of several states walking away leads to. In a world everybody's
choice follows by going back from the last decision; the answers are those of all worlds together.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product

import numpy as np

from accordant.case.expressions import parse
from accordant.case.objects import Either

DAYS = (0, 1, 13, 400)
"""What is added to the last known day for an event that no later day bounds."""


def true(case, text, state) -> bool:
    values = tuple((name, issue.values) for name, issue in case.issues.items())
    return _true(values, text, tuple(state.items()))


@lru_cache(maxsize=1 << 16)
def _true(values, text, state) -> bool:
    issues = dict(values)
    columns = {i: np.array([issues[i].index(v)]) for i, v in state}
    return bool(parse(text, issues).evaluate(columns)[0])


def reachable(issue, before, after) -> bool:
    seen, left = {before}, [before]
    while left:
        at = issue.values.index(left.pop())
        for k, value in enumerate(issue.values):
            if issue.moves in ("any",):
                allowed = True
            elif issue.moves == "forward":
                allowed = k >= at
            elif issue.moves == "backward":
                allowed = k <= at
            else:
                allowed = (issue.values[at], value) in issue.moves
            if allowed and value not in seen:
                seen.add(value)
                left.append(value)
    return after in seen


class Twin:
    def __init__(self, case) -> None:
        self.case = case
        self.parties = [p for p, found in case.parties.items() if found.role == "party"]
        self.vetoes = {
            p: [c for c, f in case.parties.items() if f.role == "constituency" and f.of == p]
            for p in self.parties
        }

    # -- what is unsure -----------------------------------------------------------------------

    def open(self):
        """Ids of everything that may count or not."""
        case = self.case
        yield from (f"issues.{i}" for i, issue in case.issues.items() if issue.unsure)
        yield from (f"feasible.{k}" for k, r in enumerate(case.feasible, 1) if r.unsure)
        yield from (f"terms.{t}" for t, term in case.terms.items() if term.unsure)
        stages = case.proposals["plan"].stages
        yield from (f"stage.{k}" for k, s in enumerate(stages) if s.unsure)
        for who, p in case.preferences.items():
            yield from (f"{who}.never.{k}" for k, r in enumerate(p.never) if r.unsure)
            yield from (f"{who}.also.{k}" for k, t in enumerate(p.also) if t.unsure)
            if p.delay and p.delay.unsure:
                yield f"{who}.delay"
            for k, entry in enumerate(p.priorities or ()):
                some = entry.either if isinstance(entry, Either) else (entry,)
                yield from (f"{who}.line.{k}.{m}" for m, line in enumerate(some) if line.unsure)

    def choices(self):
        """Every way in which it may turn out, but for days and exits: (off, orders, reservations)."""
        free = list(self.open())
        groups = [
            (who, k)
            for who, p in self.case.preferences.items()
            for k, entry in enumerate(p.priorities or ())
            if isinstance(entry, Either)
        ]
        held = {
            who: sorted({Fraction(p.reservation.low), Fraction(p.reservation.high)})
            for who, p in self.case.preferences.items()
            if p.reservation
        }
        for bits in product((False, True), repeat=len(free)):
            off = {e for e, gone in zip(free, bits, strict=True) if gone}
            for orders in product(*(permutations(range(2)) for _ in groups)):
                for numbers in product(*held.values()):
                    yield off, dict(zip(groups, orders, strict=True)), dict(zip(held, numbers, strict=True))

    @property
    def rough(self) -> bool:
        """Whether a world holds more than settings of lines, so that answers may be cautious."""
        case = self.case
        return (
            any(p.reservation and p.reservation.low != p.reservation.high for p in case.preferences.values())
            or any(p.delay and p.delay.unsure for p in case.preferences.values())
            or any(s.day is None for s in case.proposals["plan"].stages)
        )

    # -- states ---------------------------------------------------------------------------------

    def feasible(self, state, off) -> bool:
        rules = ((f"feasible.{k}", r.rule) for k, r in enumerate(self.case.feasible, 1))
        return all(true(self.case, text, state) for id_, text in rules if id_ not in off)

    def no_deals(self, off):
        start = self.case.status_quo.state
        if self.case.no_deal is None:
            return [dict(start)]
        pattern = self.case.no_deal.state
        every = product(*(issue.values for issue in self.case.issues.values()))
        states = [dict(zip(self.case.issues, row, strict=True)) for row in every]
        # what no deal is was written down with the rules as they are
        return [
            s for s in states if self.feasible(s, frozenset()) and all(s[i] == v for i, v in pattern.items())
        ]

    def path(self, stages, off):
        """The states after each stage, None where one is not possible; and what each has touched."""
        start = dict(self.case.status_quo.state)
        states, touched, together = [start], [set()], {}
        for stage in stages:
            for issue, value in stage.package.items():
                found = self.case.issues[issue]
                for before in (states[-1][issue], start[issue]):
                    if not reachable(found, before, value):
                        return None
            together.update(stage.package)
            after = {**start, **together}
            if not self.feasible(after, off):
                return None
            states.append(after)
            touched.append(set(together))
        return states, touched

    def exits(self, state, touched, home, off, party, terms, first):
        """Every state that walking away may lead to."""
        if first:
            return [home]
        back = {}
        for name, issue in self.case.issues.items():
            back[name] = home[name]
            if name in touched and state[name] != home[name]:
                stuck = f"issues.{name}" in off or (issue.joint and issue.binding and len(issue.holders) > 1)
                can = (
                    [state[name]] if stuck else [v for v in issue.values if reachable(issue, state[name], v)]
                )
                at = issue.values.index
                back[name] = min(
                    can,
                    key=lambda v: (abs(at(v) - at(home[name])), abs(at(v) - at(state[name]))),
                )
        changed = [i for i in back if back[i] != state[i]]
        found = []
        for bits in product((False, True), repeat=len(changed)):
            gone = frozenset(i for i, b in zip(changed, bits, strict=True) if b)
            after = {i: back[i] if i in gone else state[i] for i in state}
            if self.feasible(after, off) and (not gone or not self.barred(party, state, after, terms)):
                found.append((gone, after))
        return [after for gone, after in found if not any(gone < other for other, _ in found)]

    def barred(self, party, before, after, terms) -> bool:
        for id_ in terms:
            term = self.case.terms[id_]
            for removal in term.removes:
                applies = term.if_ is None or true(self.case, term.if_, before)
                applies = applies and (removal.if_ is None or true(self.case, removal.if_, before))
                if removal.party == party and applies and true(self.case, removal.to, after):
                    return True
        return False

    # -- preferences -----------------------------------------------------------------------------

    def crossed(self, who, state, off):
        rules = enumerate(self.case.preferences[who].never)
        return [true(self.case, r.rule, state) for k, r in rules if f"{who}.never.{k}" not in off]

    def lines(self, who, state, off, orders):
        for k, entry in enumerate(self.case.preferences[who].priorities or ()):
            if isinstance(entry, Either):
                order = orders[who, k]
                some = [(m, entry.either[m]) for m in order]
            else:
                some = [(0, entry)]
            for m, line in some:
                if f"{who}.line.{k}.{m}" not in off:
                    yield true(self.case, line.want, state)

    def worth(self, who, state, off, terms) -> Fraction | None:
        p = self.case.preferences[who]
        if p.worth is None:
            return None
        total = sum(Fraction(p.worth[i][v]) for i, v in state.items())
        for k, term in enumerate(p.also):
            if f"{who}.also.{k}" not in off and true(self.case, term.if_, state):
                total += Fraction(term.worth)
        for id_ in terms:
            term = self.case.terms[id_]
            if who in term.worth and term.if_ is not None and true(self.case, term.if_, state):
                total += Fraction(term.worth[who])
        return total

    def later(self, who, worth, days, off) -> Fraction:
        delay = self.case.preferences[who].delay
        if delay is None or f"{who}.delay" in off:
            return worth
        periods = days // delay.days
        if delay.factor is not None:
            return worth * Fraction(delay.factor) ** periods
        return worth - Fraction(delay.cost) * periods


class World:
    """One way that everything is."""

    def __init__(self, twin, off, orders, held, days, pick) -> None:
        """``days``: of each decision; ``pick``: which of several states walking away leads to."""
        self.twin, self.off, self.orders, self.held, self.days = twin, off, orders, held, days
        self.pick = pick
        stages = twin.case.proposals["plan"].stages
        self.stages = [s for k, s in enumerate(stages) if f"stage.{k}" not in off]
        self.terms = [t for t in twin.case.proposals["plan"].terms if f"terms.{t}" not in off]
        self.walked = twin.path(self.stages, off)

    def exit(self, decision, party):
        states, touched = self.walked
        home = self.pick(self.twin.no_deals(self.off))
        ways = self.twin.exits(
            states[decision - 1], touched[decision - 1], home, self.off, party, self.terms, decision == 1
        )
        return self.pick(ways), home

    def value(self, who, state, home):
        """What a state is worth: walking away where ``home`` is given, otherwise a deal.

        No deal as a number is what the party has elsewhere besides what has changed hands.
        """
        worth = self.twin.worth(who, state, self.off, self.terms)
        if home is None:  # the deal stands
            terms = (self.twin.case.terms[t] for t in self.terms)
            return worth + sum(Fraction(t.worth[who]) for t in terms if t.if_ is None and who in t.worth)
        if who not in self.held:
            return worth
        return self.held[who] + worth - self.twin.worth(who, home, self.off, self.terms)

    def stays(self, who, going, leaving, begun) -> bool:
        """``going``: (state, home or None, days); ``leaving``: (state, home); after a first stage?"""
        twin, off = self.twin, self.off
        here, there = twin.crossed(who, going[0], off), twin.crossed(who, leaving[0], off)
        if any(a and not b for a, b in zip(here, there, strict=True)):
            return False
        if twin.worth(who, going[0], off, ()) is None:
            scores = [
                ([not c for c in crossed], list(twin.lines(who, state, off, self.orders)))
                for crossed, state in ((here, going[0]), (there, leaving[0]))
            ]
            return scores[0] >= scores[1]
        if here != there:
            return True
        now = twin.later(who, self.value(who, *going[:2]), going[2], off)
        if begun and going[1] is None and going[0] == leaving[0]:
            return now >= twin.worth(who, leaving[0], off, self.terms)  # it is one and the same state
        return now >= self.value(who, *leaving)

    def goes_on(self, decision, party, going) -> bool:
        leaving = self.exit(decision, party)
        voices = (party, *self.twin.vetoes[party])
        return all(self.stays(who, going, leaving, decision > 1) for who in voices)

    def play(self):
        """By decision and party whether it goes on, ahead and to the end; and what comes of the plan."""
        states, _ = self.walked
        last = len(states)
        coming = (states[-1], None, last, "")
        found = {}
        for decision in range(last, 0, -1):
            leavers = []
            for party in self.twin.parties:
                next_ = min(decision + 1, last)
                ahead = (states[next_ - 1], None, self.days[next_ - 1] - self.days[decision - 1])
                found[decision, party, "ahead"] = self.goes_on(decision, party, ahead)
                # waiting takes from the worth of a deal; walking away later is none
                wait = 0 if coming[3] else self.days[coming[2] - 1] - self.days[decision - 1]
                found[decision, party, "end"] = self.goes_on(decision, party, (coming[0], coming[1], wait))
                if not found[decision, party, "end"]:
                    leavers.append(party)
            if leavers:
                coming = (*self.exit(decision, leavers[0]), decision, leavers[0])
        return found, coming[3] == ""


def days_of(stages):
    """Days for the decisions of some stages: every choice of a few days for events."""
    given = [0, *(s.day for s in stages)]
    spans = []
    for k, day in enumerate(given):
        before = max(d for d in given[: k + 1] if d is not None)
        later = [d for d in given[k:] if d is not None]
        if day is not None:
            spans.append((day,))
        elif later:
            spans.append(tuple(sorted({before, (before + min(later)) // 2, min(later)})))
        else:
            spans.append(tuple(before + more for more in DAYS))
    for days in product(*spans):
        if list(days) == sorted(days):
            yield days


def worlds(twin):
    for off, orders, held in twin.choices():
        stages = [s for k, s in enumerate(twin.case.proposals["plan"].stages) if f"stage.{k}" not in off]
        for days in days_of(stages):
            for pick in (min_of, max_of):
                yield World(twin, off, orders, held, days, pick)


def min_of(states):
    return min(states, key=lambda s: sorted(s.items()))


def max_of(states):
    return max(states, key=lambda s: sorted(s.items()))
