"""States, moves and truth tables of a case, for one choice of rules and controllers.

What a setting can change is split in two: rules, controllers and the status quo change the states
and the moves (a *frame*); preference lines only change orders on them (a *view*, see
:mod:`accordant.model.view`). Frames are few and kept; orders are made from their truth tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.case.expressions import Expression, parse
from accordant.case.objects import MARKED_GAP, Case, Either, Line, Linear, Pattern, Preference, StateRef
from accordant.case.wording import states_known
from accordant.case.worths import ends_of
from accordant.errors import CaseError, Problem
from accordant.model import pairs
from accordant.model.graph import GraphModel
from accordant.model.movers import build_movers, participants
from accordant.model.pairs import Degrees, Pairs, states_of
from accordant.model.preferences import (
    ROOM,
    Bools,
    Choice,
    Held,
    PartyOrder,
    Ranks,
    Score,
    Statement,
    scale,
)
from accordant.model.ranged import RangedTotal, RangedWorths, held_ends
from accordant.model.space import StateSpace
from accordant.model.sums import sums_over_product

OrderKey: TypeAlias = tuple[str, frozenset[str], tuple[tuple[str, tuple[int, ...]], ...]]
"""A party, its elements that do not count, and the order of its ``either`` groups."""


Numbers: TypeAlias = Mapping[str, Fraction]
"""What each value of an issue is worth."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a package leads: a state, or why it leads nowhere."""

    state: int | None
    impossible: str = ""


@dataclass(frozen=True, eq=False)
class Frame:
    """A compiled model with the truth tables that orders are made from.

    Attributes
    ----------
    status_quo
        Its state, None when the case gives none.
    no_deal
        The states that no deal may be; empty when the case gives neither it nor a status quo.
    orders
        What is known of each party's and constituency's order; missing when nothing is.
    rules
        The rules that hold in this frame: (element id, expression).
    """

    case: Case
    model: GraphModel
    status_quo: int | None
    no_deal: tuple[int, ...]
    orders: Mapping[str, PartyOrder]
    rules: tuple[tuple[str, Expression], ...]
    cache: dict[OrderKey, Ranks] = field(default_factory=dict)
    landings: dict[object, Landing] = field(default_factory=dict)
    _strength: dict[OrderKey, Ranks] = field(default_factory=dict)
    _pairs: dict[str, Pairs] = field(default_factory=dict)
    _degrees: dict[str, Degrees] = field(default_factory=dict)

    @property
    def space(self) -> StateSpace:
        """The states."""
        return self.model.space

    def order(self, party: str, perms: Mapping[str, tuple[int, ...]]) -> PartyOrder | None:
        """What is known of a party's order, ranges at the points that a setting gives; None for nothing."""
        order = self.orders.get(party)
        return None if order is None else order.at(perms)

    def ranks(self, party: str, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> Ranks | None:
        """A party's ranks in a setting; None when its order is unknown there."""
        order = self.order(party, perms)
        if order is None or not order.known(off):
            return None
        return self._ranks(order, party, off, perms)

    def base_ranks(
        self, party: str, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]
    ) -> Ranks | None:
        """A party's ranks, pairs of unknown order set aside; None when nothing is known of its order."""
        order = self.order(party, perms)
        if order is None or not order.whole.known(off):
            return None
        return self._ranks(order.whole, party, off, perms)

    def _ranks(
        self, order: PartyOrder, party: str, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]
    ) -> Ranks:
        key = self.order_key(party, off, perms)
        if key not in self.cache:
            self.cache[key] = order.ranks(self.model.n, off, perms)
        return self.cache[key]

    def blocks(self, party: str, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> Ranks:
        """For each state the number of marked gaps below it in a party's order."""
        order = self.orders.get(party)
        key = self.order_key(party, off, perms)
        if key not in self._strength:
            n = self.model.n
            self._strength[key] = (
                np.zeros(n, dtype=np.int64) if order is None else order.blocks(n, off, perms)
            )
        return self._strength[key]

    def incomparable(self, party: str) -> Pairs:
        """The pairs of states whose order for a party is stated to be unknown, shape (pairs, 2)."""
        if party not in self._pairs:
            self._pairs[party] = pairs.incomparable(self.space, self.case.preferences.get(party))
        return self._pairs[party]

    def degrees(self, party: str) -> Degrees:
        """The degrees to which a party prefers states to others, both ways, as far as they are given."""
        if party not in self._degrees:
            self._degrees[party] = pairs.degrees(self.space, self.case.preferences.get(party))
        return self._degrees[party]

    def order_key(self, party: str, off: frozenset[str], perms: Mapping[str, tuple[int, ...]]) -> OrderKey:
        """What a party's order depends on in a setting: equal keys, equal orders."""
        mine = frozenset(e for e in off if e.startswith(f"{party}."))
        return (party, mine, tuple((g, p) for g, p in sorted(perms.items()) if g.startswith(f"{party}.")))


def issue_values(case: Case) -> dict[str, tuple[str, ...]]:
    """The values of every issue, as expressions are read against them."""
    return {name: issue.values for name, issue in case.issues.items()}


def active_rules(case: Case, off: frozenset[str]) -> tuple[tuple[str, Expression], ...]:
    """The feasibility rules that hold, with their element ids."""
    values = issue_values(case)
    numbered = ((f"feasible.{k}", rule) for k, rule in enumerate(case.feasible, 1))
    return tuple((id_, parse(rule.rule, values)) for id_, rule in numbered if id_ not in off)


def build_frame(
    case: Case,
    space: StateSpace,
    orders: Mapping[str, PartyOrder],
    off: frozenset[str],
    status_quo: str | None,
    no_deal: tuple[str, ...] | None,
) -> Frame:
    """The frame of a case in which the rules and controllers in ``off`` do not hold.

    ``status_quo`` and ``no_deal`` are names of states; no deal is the status quo when it is None.
    """
    start = () if status_quo is None else (space.numbers[status_quo],)
    at = start[0] if start else None
    model = GraphModel(space, participants(case), build_movers(case, space, off, at))
    against = start if no_deal is None else tuple(space.numbers[name] for name in no_deal)
    return Frame(case, model, at, against, orders, active_rules(case, off))


def anchor_names(case: Case, space: StateSpace) -> tuple[str | None, tuple[str, ...] | None]:
    """The status quo, and no deal unless it is the status quo, as names of states.

    Raises
    ------
    CaseError
        If either is no feasible state, or the status quo is several.
    """
    start = _anchor(space, case, case.status_quo.state, "status_quo") if case.status_quo else ()
    if len(start) > 1:
        names = ", ".join(space.name(s) for s in start[:6])
        raise _mistake("status_quo", f"matches several states ({names}); give a value for every issue")
    name = space.name(start[0]) if start else None
    if case.no_deal is None or case.no_deal.state == "status_quo":
        return name, None
    return name, tuple(space.name(s) for s in _anchor(space, case, case.no_deal.state, "no_deal"))


def _anchor(space: StateSpace, case: Case, ref: StateRef, path: str) -> tuple[int, ...]:
    found = states_of(space, ref)
    if found:
        return found
    if isinstance(ref, str):
        allowed, hint = states_known(ref, space.names)
        raise CaseError(
            [
                Problem(
                    f"there is no state {ref!r}",
                    path=path,
                    found=ref,
                    allowed=allowed,
                    hint=hint,
                )
            ]
        )
    raise _mistake(path, f"is not a feasible state{forbidden_by(case, ref)}")


def forbidden_by(case: Case, pattern: Pattern, rules: Iterable[tuple[str, Expression]] | None = None) -> str:
    """Words that name the first rule that forbids every state with the given values."""
    for id_, rule in active_rules(case, frozenset()) if rules is None else rules:
        columns = {
            issue: np.array([case.issues[issue].values.index(value)])
            for issue, value in pattern.items()
            if issue in rule.names
        }
        if not rule.bounds(columns)[0][0] if columns else False:
            return f": the rule {rule.text!r} ({id_}) forbids it"
    return ": the rules together forbid it" if not case.only else ": it is none of the named states"


def _mistake(path: str, message: str) -> CaseError:
    return CaseError([Problem(message, path=path)])


class Truths:
    """Truth of expressions in every state; merged states must not be of two minds."""

    def __init__(self, case: Case, space: StateSpace, written: StateSpace | None = None) -> None:
        self.case, self.space, self.written = case, space, written or space
        self.values = issue_values(case)
        self.columns = {issue: space.codes[:, k] for k, issue in enumerate(space.issues)}

    def holds(self, text: str, path: str) -> Bools:
        """In which states an expression is true."""
        expression = parse(text, self.values)
        return self._per_state(
            np.broadcast_to(expression.evaluate(self.columns), len(self.space.codes)), text, path
        )

    def _per_state(self, truth: NDArray[np.generic], text: str, path: str) -> NDArray[np.bool_]:
        space = self.space
        if space.direct:
            return np.asarray(truth, dtype=bool)
        first = np.asarray(truth[space.first], dtype=bool)
        odd = np.flatnonzero(first[space.state_of] != truth)
        if len(odd):
            state = int(space.state_of[odd[0]])
            one, two = (self._member(int(c)) for c in (space.first[state], odd[0]))
            raise _mistake(
                path,
                f"{text!r} is true of some combinations of the merged state {space.name(state)} and false of "
                f"others: {one} against {two}; split the state or change the expression",
            )
        return first

    def _member(self, combination: int) -> str:
        codes = self.space.codes[combination]
        return ", ".join(
            f"{i}={v[int(c)]}" for i, v, c in zip(self.space.issues, self.space.values, codes, strict=True)
        )

    def order(self, party: str, preference: Preference, *, partial: bool = False) -> PartyOrder:
        """Everything that is known of a party's order.

        ``partial`` where there are more states than the case writes of: a ranking need not place them.
        """
        red = tuple(
            Statement(
                f"{party}.never.{k}",
                ~self.holds(rule.rule, f"preferences.{party}.never[{k - 1}]"),
                rule.decisive,
            )
            for k, rule in enumerate(preference.never, 1)
        )
        lines = tuple(self._entry(party, k, e) for k, e in enumerate(preference.priorities or (), 1))
        score = self._score(party, preference, partial)
        held = self._reservation(party, preference, score)
        order = PartyOrder(red, lines, score, reservation=held)
        return PartyOrder(red, (), None, base=order, reservation=held) if preference.incomparable else order

    def _entry(self, party: str, k: int, entry: Line | Either) -> Statement | Choice:
        path = f"preferences.{party}.priorities[{k - 1}]"
        if isinstance(entry, Either):
            lines = tuple(
                Statement(
                    f"{party}.priorities.{k}.{m}",
                    self.holds(line.want, f"{path}.either[{m - 1}]"),
                    line.decisive,
                )
                for m, line in enumerate(entry.either, 1)
            )
            return Choice(f"{party}.priorities.{k}", lines)
        return Statement(f"{party}.priorities.{k}", self.holds(entry.want, path), entry.decisive)

    def _score(self, party: str, preference: Preference, partial: bool) -> Score | None:
        if preference.ranking is not None:
            most = len(preference.levels) - 1
            gaps = tuple(sorted(most - before for before in preference.marked_gaps))
            return Score(f"{party}.ranking", self._ranking(party, preference.ranking, partial), gaps=gaps)
        if preference.worth is not None:
            return self._worth(party, preference)
        return None if preference.table is None else self._table(party, preference, partial)

    def _ranking(
        self, party: str, ranking: Sequence[StateRef | tuple[StateRef, ...]], partial: bool
    ) -> Ranks:
        levels = [e for e in ranking if e != MARKED_GAP]
        entries = [e if isinstance(e, tuple) else (e,) for e in levels]
        numbers = [k for k, e in enumerate(ranking) if e != MARKED_GAP]
        placed = self._placed(f"preferences.{party}.ranking", entries, partial=partial, numbers=numbers)
        return np.where(placed < 0, -1, len(levels) - 1 - placed)

    def _placed(
        self,
        path: str,
        entries: Sequence[tuple[StateRef, ...]],
        *,
        partial: bool,
        numbers: Sequence[int] | None = None,
    ) -> Ranks:
        """For each state the entry that names it, -1 for none; every state once unless ``partial``."""
        space = self.space
        placed = np.full(space.n, -1, dtype=np.int64)
        problems: list[Problem] = []
        for k, refs in enumerate(entries):
            at = f"{path}[{numbers[k] if numbers else k}]"
            for ref in refs:
                found = np.array(states_of(space, ref), dtype=np.int64)
                if not len(found):
                    problems.append(self._no_state(at, ref))
                problems.extend(
                    Problem(f"names the state {space.name(int(s))} twice", path=at, found=str(ref))
                    for s in found[placed[found] >= 0][:20]
                )
                placed[found] = k
        missing = np.flatnonzero(placed < 0)
        if len(missing) and not partial:
            shown = ", ".join(space.name(int(s)) for s in missing[:12])
            more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
            hint = "rank every state; write ties as inner lists"
            if path.endswith(".table"):
                hint = "give every state a number; a pattern stands for all that match it"
            problems.append(Problem(f"misses the states {shown}{more}", path=path, hint=hint))
        if problems:
            raise CaseError(problems)
        return placed

    def _no_state(self, path: str, ref: StateRef) -> Problem:
        allowed, hint = states_known(str(ref), self.space.names)
        hint = hint if isinstance(ref, str) else None
        return Problem(f"there is no state {ref!r}", path=path, found=str(ref), allowed=allowed, hint=hint)

    def _scores(self, party: str, preference: Preference) -> dict[str, Numbers]:
        """What everything that ``worth`` names is worth: by issue and value, or by state."""
        found: dict[str, Numbers] = {}
        for key, worth in (preference.worth or {}).items():
            if isinstance(worth, Linear):
                found[key] = self._line(f"preferences.{party}.worth.{key}", key, worth)
            elif isinstance(worth, Mapping):
                found[key] = {value: Fraction(ends_of(number)[0]) for value, number in worth.items()}
            else:
                found[key] = {key: Fraction(ends_of(worth)[0])}
        return found

    def _line(self, path: str, issue: str, line: Linear) -> Numbers:
        try:
            return line.along(self.values[issue])
        except ValueError as error:
            raise _mistake(path, str(error)) from error

    def _worth(self, party: str, preference: Preference) -> Score:
        if preference.ranged:
            return self._ranged(party, preference)
        worth = self._scores(party, preference)
        numbers = [n for values in worth.values() for n in values.values()]
        more = [ends_of(t.worth)[0] for t in preference.also]
        factor, _ = scale([*numbers, *more, *held_ends(preference)])
        exact = {key: {v: int(n * factor) for v, n in values.items()} for key, values in worth.items()}
        terms = [int(Fraction(n) * factor) for n in more]
        most = sum(max(map(abs, values.values()), default=0) for values in exact.values())
        wide = most + sum(map(abs, terms)) >= ROOM  # then Python's integers: exact at any size
        if self.case.issues:
            columns = {
                key: self._column(key, f"preferences.{party}.worth.{key}", n) for key, n in worth.items()
            }
            total = self._added(exact, columns, wide)
        else:
            total = np.zeros(self.space.n, dtype=object if wide else np.int64)
            for key, values in exact.items():
                total[self.space.numbers[key]] += values[key]
        found = []
        for k, (term, number) in enumerate(zip(preference.also, terms, strict=True), 1):
            holds = self.holds(term.if_, f"preferences.{party}.also[{k - 1}].if")
            found.append((f"{party}.also.{k}", holds.astype(total.dtype) * number))
        return Score(f"{party}.worth", total, tuple(found), scale=factor)

    def _added(
        self, worth: Mapping[str, Mapping[str, int]], columns: Mapping[str, NDArray[np.integer]], wide: bool
    ) -> Ranks:
        """The sum over the issues for every state."""
        tables = {issue: [worth[issue][v] for v in self.values[issue]] for issue in worth}
        if not wide and self.space.direct and self.space.n == prod(map(len, self.space.values)):
            sizes = zip(self.space.issues, self.space.values, strict=True)
            return sums_over_product([tables.get(issue) or [0] * len(values) for issue, values in sizes])
        total = np.zeros(self.space.n, dtype=object if wide else np.int64)
        for issue, table in tables.items():
            total = total + np.array(table, dtype=total.dtype)[columns[issue]]
        return total

    def _table(self, party: str, preference: Preference, partial: bool) -> Score:
        """Worths state by state, each state exactly once unless ``partial``."""
        if preference.ranged:
            return self._ranged(party, preference, partial=partial)
        entries = [(ref, ends_of(number)[0]) for ref, number in preference.table or ()]
        factor, _ = scale([*(number for _, number in entries), *held_ends(preference)])
        exact = [int(Fraction(number) * factor) for _, number in entries]
        wide = max(map(abs, exact), default=0) >= ROOM
        placed = self._placed(f"preferences.{party}.table", [(ref,) for ref, _ in entries], partial=partial)
        numbers = np.array(exact, dtype=object if wide else np.int64)[placed]
        missing = placed < 0
        if not missing.any():
            return Score(f"{party}.table", numbers, scale=factor)
        numbers[missing] = min(exact) - 1
        return Score(f"{party}.table", numbers, scale=factor, missing=missing)

    def _ranged(self, party: str, preference: Preference, *, partial: bool = False) -> Score:
        """Worths some of which are ranges: a constant for each state, and how much of each range."""
        tables = RangedWorths(preference, self.values)
        try:
            parts = dict(tables.parts())
        except ValueError as error:
            raise _mistake(f"preferences.{party}.worth.{tables.at}", str(error)) from error
        total = RangedTotal(self.space.n, len(tables.variables.ends))
        missing: Bools | None = None
        if preference.table is not None:
            refs = [(ref,) for ref, _ in preference.table]
            placed = self._placed(f"preferences.{party}.table", refs, partial=partial)
            missing = placed < 0
            total.put(list(parts[""].values()), placed)
        for key, sums in parts.items() if preference.table is None else ():
            if self.case.issues:
                column = self._column(key, f"preferences.{party}.worth.{key}", sums)
                total.put([sums[v] for v in self.values[key]], column)
            else:
                total.put_one(sums[key], self.space.numbers[key])
        holds = (
            self.holds(t.if_, f"preferences.{party}.also[{k}].if") for k, t in enumerate(preference.also)
        )
        terms = [(f"{party}.also.{k}", where, tables.term(k)) for k, where in enumerate(holds, 1)]
        what = "worth" if preference.table is None else "table"
        return total.score(f"{party}.{what}", tables.variables, terms, held_ends(preference), missing)

    def _reservation(self, party: str, preference: Preference, score: Score | None) -> Held | None:
        """What no deal is worth to the party; None where nothing is said, or no numbers compare with it."""
        given, element = preference.reservation, f"{party}.reservation"
        if given is None:
            return None
        if given.state is not None:
            path = f"preferences.{party}.reservation.state"
            # it is the state of the case as it is written, also where fewer rules make more states
            found = _anchor(self.written, self.case, given.state, path)
            if len(found) > 1:
                names = ", ".join(self.written.name(s) for s in found[:6])
                raise _mistake(path, f"matches several states ({names}); give a value for every issue")
            return Held(element, state=self.space.numbers[self.written.name(found[0])])
        if score is None or not score.cardinal:
            return None
        low, high = (int(Fraction(end) * score.scale) for end in held_ends(preference))
        return Held(element, low, high)

    def _column(self, issue: str, path: str, value: Mapping[str, object]) -> NDArray[np.integer]:
        missing = [v for v in self.values[issue] if v not in value]
        if missing:
            raise _mistake(path, f"has no number for {', '.join(missing)}")
        column = self.columns[issue]
        if not self.space.direct:
            table = {v: value[v] for v in self.values[issue]}
            for k, v in enumerate(self.values[issue]):
                same = [j for j, w in enumerate(self.values[issue]) if table[w] == table[v]]
                self._per_state(np.isin(column, same), f"worth of {issue}: {self.values[issue][k]}", path)
        return column if self.space.direct else column[self.space.first]
