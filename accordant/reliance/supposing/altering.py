"""Smallest sets of changes to what a case states after which something is so.

Sets are tried by size. Sets that leave everybody with the same orders in every setting, whatever the
lines behind them, are judged once: a verdict is kept by the orders that it was found for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations, product
from math import factorial

import numpy as np

from accordant.model.compiler import Compiler
from accordant.model.preferences import Choice, PartyOrder, dense_rows
from accordant.reliance.supposing.changes import Change, goes_with, possible_changes
from accordant.reliance.supposing.editing import Workshop, changed_order
from accordant.reliance.supposing.goals import Goal, Prefers, Says, depends_on
from accordant.reliance.supposing.judging import Judge, Verdict
from accordant.reliance.supposing.searching import Answer, smallest

TRIED = 20_000
"""Most sets of changes that are tried, fewer in large models."""
TRIED_STATES = 1 << 23
"""Sets × states."""
JUDGED = 1_500
"""Most distinct outcomes of them that are judged, fewer in large models."""
JUDGED_STATES = 1 << 17
"""Distinct outcomes × states."""
SIZE = 2
"""Most changes in one set unless more are asked for."""
OWN = 64
"""Settings of one party up to which sets of changes are told apart by the orders that they make."""


@dataclass(frozen=True)
class Altered:
    """Sets of changes, with the verdict that each makes, and what was not looked at.

    ``tried`` sets were tried, of which ``judged`` were judged: the others came to the same.
    """

    sets: tuple[tuple[tuple[Change, ...], Verdict], ...]
    tried: int
    judged: int
    offered: int
    cut: str
    note: str = ""


class Alterations:
    """Looks for changes after which something is so."""

    def __init__(self, compiler: Compiler, goals: Sequence[Goal], taken: frozenset[str]) -> None:
        self.compiler, self.goals, self.taken = compiler, tuple(goals), taken
        self.workshop = Workshop(compiler)
        self.judged = 0
        self._known: dict[object, Verdict] = {}
        self._outcome: dict[frozenset[Change], object] = {}
        self._limit = max(60, min(JUDGED, JUDGED_STATES // max(1, compiler.space().n)))

    def find(
        self, size: int = SIZE, told: Callable[[int], None] | None = None, extra: Sequence[Change] = ()
    ) -> Altered:
        """The smallest sets after which it is so: in all settings, and where none is, or smaller, in some.

        Parameters
        ----------
        size
            Most changes in one set.
        extra
            Further changes that are offered.
        """
        of_use = {e for goal in self.goals for e in depends_on(self.compiler, goal)}
        if any(isinstance(goal, Says) and goal.conclusion.kind != "holds" for goal in self.goals):
            # who controls an issue makes no difference to where packages lead; its direction does
            of_use |= {f"issues.{issue}" for issue in self.compiler.case.issues}
        offered, left = possible_changes(self.compiler, of_use, self._states())
        offered += extra
        base = self.compiler.setting_space(self.taken)
        open_ = Judge(self.compiler, self.goals).verdict(base).may
        some: list[tuple[Change, ...]] = []
        kept: list[tuple[Change, ...]] = []

        def test(chosen: tuple[Change, ...]) -> Answer:
            verdict = self.verdict(chosen)
            if verdict is None:
                return "stop"
            if verdict.always and not verdict.cut:
                kept.append(chosen)
                return "yes"
            if verdict.may and not open_ and not any(set(s) <= set(chosen) for s in some):
                some.append(chosen)
            return "no"

        most = max(1000, min(TRIED, TRIED_STATES // max(1, self.compiler.space().n)))
        found = smallest(offered, test, most=most, fits=goes_with, largest=size, first_only=True, told=told)
        cuts = [*left, *([found.cut] if found.cut else [])]
        both = [*_least(kept), *_least(s for s in some if not any(set(a) < set(s) for a in kept))]
        sets = tuple((chosen, self.counted(chosen)) for chosen in both)
        return Altered(sets, found.tried, self.judged, len(offered), "; ".join(cuts), found.note)

    def verdict(self, changes: tuple[Change, ...]) -> Verdict | None:
        """What becomes of what is supposed once some changes are made; None where the budget is used up."""
        key = self._key(changes)
        if key not in self._known:
            if self.judged >= self._limit:
                return None
            self.judged += 1
            self._known[key] = self._judged(changes, counted=False)
        return self._known[key]

    def counted(self, changes: tuple[Change, ...]) -> Verdict:
        """The same with the number of settings."""
        return self._judged(changes, counted=True)

    def _judged(self, changes: tuple[Change, ...], *, counted: bool) -> Verdict:
        compiler, settled = self.workshop.with_changes(changes)
        space = compiler.setting_space(self.taken, answers=settled)
        return Judge(compiler, self.goals).verdict(space, counted)

    def _states(self) -> tuple[str, ...]:
        """The states that what is supposed is about."""
        names, view = self.compiler.space().name, self.compiler.view()
        found: list[str] = []
        for goal in self.goals:
            if isinstance(goal, Says):
                subject = goal.conclusion.subject
                landing = view.package(subject).state if subject in self.compiler.case.proposals else None
                found.append(subject if landing is None else names(landing))
            elif isinstance(goal, Prefers) and len(goal.pairs) == 1:
                found += [names(int(s)) for part in goal.pairs[0] for s in part[:4]]
        return tuple(dict.fromkeys(found))

    def _key(self, changes: tuple[Change, ...]) -> object:
        """Equal for sets of changes that come to the same."""
        if any(not c.party or c.what == "add" for c in changes):
            return frozenset(changes)
        parties = dict.fromkeys(c.party for c in changes)
        return tuple((p, self._outcome_of(p, frozenset(c for c in changes if c.party == p))) for p in parties)

    def _outcome_of(self, party: str, changes: frozenset[Change]) -> object:
        if changes not in self._outcome:
            self._outcome[changes] = self._worked_out(party, changes)
        return self._outcome[changes]

    def _worked_out(self, party: str, changes: frozenset[Change]) -> object:
        order = self.compiler.orders().get(party)
        if (
            order is None
            or order.open
            or order.ranged
            or order.reservation is not None
            or _by_numbers(changes)
        ):
            return changes
        edited = changed_order(order, sorted(changes), self.compiler.space().numbers)
        return self._fingerprint(edited) or changes

    def _fingerprint(self, order: PartyOrder) -> object:
        """The order in every setting of the party's own lines, and its red lines."""
        space = self._open
        lines = [s for e in order.lines for s in (e.lines if isinstance(e, Choice) else (e,))]
        mine = [*order.red, *lines]
        free = sorted(s.element for s in mine if s.element in space)
        groups = {e.group: len(e.lines) for e in order.lines if isinstance(e, Choice)}
        ways = _ways(free, groups)
        terms = order.score.terms if order.score else ()
        if (
            ways is None
            or any(t in space for t, _ in terms)
            or (order.score and order.score.element in space)
        ):
            return None
        n = self.compiler.space().n
        rows = [dense_rows(np.array([order.ranks(n, off, perms)])).tobytes() for off, perms in ways]
        red = tuple((s.holds.tobytes(), s.element if s.element in space else "") for s in order.red)
        return (tuple(free), tuple(sorted(groups.items())), tuple(rows), red)

    @cached_property
    def _open(self) -> frozenset[str]:
        space = self.compiler.setting_space(self.taken)
        return frozenset((*space.free, *space.lost))


def _by_numbers(changes: Iterable[Change]) -> bool:
    """Whether worths are changed: what no deal is compared with may then change too."""
    return any(c.element.endswith(".worth") or ".also." in c.element for c in changes)


def _ways(
    free: Sequence[str], groups: dict[str, int]
) -> list[tuple[frozenset[str], dict[str, tuple[int, ...]]]] | None:
    total = 1 << len(free)
    for size in groups.values():
        total *= factorial(size)
    if total > OWN:
        return None
    names = sorted(groups)
    return [
        (
            frozenset(e for e, gone in zip(free, bits, strict=True) if gone),
            dict(zip(names, orders, strict=True)),
        )
        for orders in product(*(permutations(range(groups[g])) for g in names))
        for bits in product((False, True), repeat=len(free))
    ]


def _least(sets: Iterable[tuple[Change, ...]]) -> list[tuple[Change, ...]]:
    """Sets with no line moved further than it has to be: of several places the nearest that does it.

    Examples
    --------
    >>> near, far = (Change("move", "a.priorities.3", to=f"a.priorities.{k}", distance=3 - k) for k in (2, 1))
    >>> [[c.to for c in one] for one in _least([(far,), (near,)])]
    [['a.priorities.2']]
    """
    every = list(sets)
    shapes: dict[object, list[tuple[Change, ...]]] = {}
    for one in every:
        shape = tuple(
            sorted((c.what, c.element, c.item, "" if c.distance else c.to, c.distance > 0) for c in one)
        )
        shapes.setdefault(shape, []).append(one)
    return [
        one
        for alike in shapes.values()
        for one in alike
        if not any(_nearer(other, one) for other in alike if other is not one)
    ]


def _nearer(one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    pairs = list(zip(sorted(one), sorted(other), strict=True))
    same = [(a, b) for a, b in pairs if (a.what, a.element, a.item) == (b.what, b.element, b.item)]
    if len(same) < len(pairs):
        return False
    return all(abs(a.distance) <= abs(b.distance) for a, b in same) and any(
        abs(a.distance) < abs(b.distance) for a, b in same
    )
