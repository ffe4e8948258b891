"""How far what is supposed is so already: in all, in some or in none of the admissible settings.

One thing is judged as every conclusion is (:mod:`accordant.reliance.sweep`). Several things that are
each so in some settings are judged together by going through the settings of what they depend on;
where there are too many of them the answer is open, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from accordant.agreement.verdicts import acceptable, agreements, is_agreement, possible_agreements
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.model.view import View
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.outlooks import OrderBook
from accordant.reliance.supposing.goals import Goal, Prefers, Says, depends_on
from accordant.reliance.sweep import ALWAYS, NEVER, SOMETIMES, Group, groups_of
from accordant.stability.bounds import Bounds, equilibrium_bounds
from accordant.stability.concepts import CONCEPTS

LISTED = 2048
"""Most settings that are gone through one by one."""
LISTED_STATES = 1 << 20
"""Settings × states that are gone through one by one."""

NOT_TOGETHER = (
    "each of these is so in some settings; in how many of them all are at once was not worked out: there "
    "are too many settings"
)


NOT_SHOWN = "an order is unknown, wholly or in part: it is not excluded, but not shown either"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Over all settings looked at.

    Attributes
    ----------
    always
        So in all of them.
    may
        So in some, or not excluded.
    settings
        (settings in which it is so, settings), None where there is no count.
    cut
        What was not looked at.
    """

    always: bool
    may: bool
    settings: tuple[int, int] | None = None
    cut: str = ""

    @property
    def status(self) -> str:
        """In a word."""
        return "always" if self.always else "sometimes" if self.may else "never"


@dataclass(frozen=True, slots=True)
class World:
    """One setting of what is supposed, and what is so in it."""

    setting: Setting
    must: bool
    may: bool


class Judge:
    """Judges what is supposed of one compiled case; keeps what it has worked out."""

    def __init__(self, compiler: Compiler, goals: Sequence[Goal]) -> None:
        self.compiler, self.goals = compiler, tuple(goals)
        self._groups = groups_of(compiler, [g.conclusion for g in goals if isinstance(g, Says)])
        self._book = OrderBook(compiler)

    def verdict(self, space: SettingSpace, counted: bool = False) -> Verdict:
        """Whether all that is supposed is so at once."""
        each = self.each(space, counted)
        if not each:
            return Verdict(True, True)
        cut = "; ".join(dict.fromkeys(v.cut for v in each if v.cut))
        if not all(v.may for v in each):
            total = next((v.settings[1] for v in each if v.settings and not v.may), None)
            return Verdict(False, False, None if total is None else (0, total), cut)
        left = [v for v in each if not v.always]
        if len(left) < 2:
            return replace(left[0] if left else each[0], cut=cut)
        found = worlds(self.compiler, self.goals, space)
        if found is None:
            return Verdict(False, True, None, "; ".join(c for c in (cut, NOT_TOGETHER) if c))
        must = sum(w.must for w in found)
        count = space.of_packages if _of_packages(self.goals) else space.count
        settings = None if count is None else (must * count // len(found), count)
        return Verdict(must == len(found), any(w.may for w in found), settings, cut)

    def each(self, space: SettingSpace, counted: bool = False) -> list[Verdict]:
        """For each thing that is supposed, by itself."""
        told: dict[Conclusion, Verdict] = {}
        for group in self._groups:
            told.update(statuses_of(group, space, counted))
        return [
            _wanted(told[goal.conclusion], goal.wanted)
            if isinstance(goal, Says)
            else self._prefers(goal, space)
            for goal in self.goals
        ]

    def _prefers(self, goal: Prefers, space: SettingSpace) -> Verdict:
        ordered = self._book.orders(goal.party, space, frozenset())
        must, may = goal.compare(ordered.ranks, np.asarray(ordered.known))
        settings = None
        if space.count is not None and ordered.known.all() and ordered.complete:
            share = int(ordered.weight[must].sum()) if must.any() else 0
            settings = (share * space.count // int(ordered.weight.sum()), space.count)
        cut = "" if ordered.complete else f"not every order of {goal.party} was looked at"
        return Verdict(bool(must.all()), bool(may.any()), settings, cut)


def statuses_of(group: Group, space: SettingSpace, counted: bool = True) -> dict[Conclusion, Verdict]:
    """The verdict on every conclusion of a group."""
    count = space.of_packages if group.topic == "packages" else space.count
    every = np.ones(len(group.conclusions), dtype=bool)
    swept = group.sweep(space, None if counted and count is not None else every)
    found = {}
    for k, conclusion in enumerate(group.conclusions):
        status = int(swept.status[k])
        settings = None
        share = swept.shares[k] if swept.shares else None
        if count is not None and share is not None:
            settings = (int(share * count), count)
        elif count is not None and status != SOMETIMES:
            settings = (count if status == ALWAYS else 0, count)
        cut = "not every admissible setting was looked at" if swept.cut[k] else ""
        cut = NOT_SHOWN if swept.open[k] else cut
        found[conclusion] = Verdict(status == ALWAYS, status != NEVER, settings, cut)
    return found


def statuses(
    compiler: Compiler, conclusions: Iterable[Conclusion], space: SettingSpace
) -> dict[Conclusion, Verdict]:
    """The verdict on every conclusion."""
    found: dict[Conclusion, Verdict] = {}
    for group in groups_of(compiler, conclusions):
        found.update(statuses_of(group, space))
    return found


def _wanted(verdict: Verdict, wanted: bool) -> Verdict:
    if wanted:
        return verdict
    settings = None
    if verdict.settings is not None:
        holds, of = verdict.settings
        settings = (of - holds, of)
    return Verdict(not verdict.may, not verdict.always, settings, verdict.cut)


def _of_packages(goals: Iterable[Goal]) -> bool:
    """Whether what no deal is worth makes a difference."""
    return any(isinstance(g, Says) and g.conclusion.kind != "holds" for g in goals)


def worlds(compiler: Compiler, goals: Sequence[Goal], space: SettingSpace) -> list[World] | None:
    """What is so in every setting of what is supposed; None where there are too many settings.

    Settings that differ only in what makes no difference to it are one.
    """
    of_use = {e for goal in goals for e in depends_on(compiler, goal)}
    groups = {g: k for g, k in space.groups.items() if any(e.startswith(f"{g}.") for e in of_use)}
    narrow = replace(space, free=tuple(e for e in space.free if e in of_use), groups=groups)
    deals = _of_packages(goals)
    total = narrow.of_packages if deals else narrow.count
    if (narrow.listed if total is None else total) > min(
        LISTED, max(16, LISTED_STATES // max(1, compiler.space().n))
    ):
        return None
    try:
        return list(_worlds(compiler, goals, narrow.settings(deals=deals)))
    except TooLargeError:
        return None


def _worlds(compiler: Compiler, goals: Sequence[Goal], settings: Iterable[Setting]) -> Iterator[World]:
    for setting in settings:
        there = There(compiler, setting)
        told = [there.truth(goal) for goal in goals]
        yield World(setting, all(must for must, _ in told), all(may for _, may in told))


class There:
    """What is so in one setting."""

    def __init__(self, compiler: Compiler, setting: Setting) -> None:
        self.compiler, self.view = compiler, compiler.view(setting)
        self._bounds: dict[str, Bounds] = {}

    def truth(self, goal: Goal) -> tuple[bool, bool]:
        """Whether something that is supposed must, and may, be so."""
        if isinstance(goal, Prefers):
            must, may = self._compared(goal)
            return must, may
        must, may = self.conclusion(goal.conclusion)
        return (must, may) if goal.wanted else (not may, not must)

    def _compared(self, goal: Prefers) -> tuple[bool, bool]:
        ranks = self.view.ranks(goal.party)
        known = ranks is not None
        if ranks is None:
            order = self.compiler.orders().get(goal.party)
            red = np.zeros(self.view.model.n, dtype=np.int64)
            for line in () if order is None else order.red:
                red = red * 2 + (line.holds | (line.element in self.view.setting.off))
            ranks = red
        numbers = self.view.space.numbers
        if self.view.space.n != self.compiler.space().n:  # the pairs are numbered in the case as written
            ranks = ranks[[numbers[name] for name in self.compiler.space().names]]
        must, may = goal.compare(np.asarray(ranks, dtype=np.int64)[None, :], np.array([known]))
        return bool(must[0]), bool(may[0])

    def conclusion(self, conclusion: Conclusion) -> tuple[bool, bool]:
        """Whether a conclusion must, and may, be true."""
        if conclusion.kind == "holds":
            state = self.view.space.numbers.get(conclusion.subject)
            return (False, False) if state is None else self._held(state, conclusion.detail)
        if conclusion.kind == "agreement-exists":
            return self._exists()
        state = self._state(conclusion.subject)
        if state is None:
            return False, False
        if conclusion.kind == "acceptable":
            answer = acceptable(self.view, conclusion.detail, state)
        else:
            answer = is_agreement(self.view, state)
        return answer is True, answer is not False

    def _state(self, subject: str) -> int | None:
        if subject not in self.compiler.case.proposals:
            return self.view.space.numbers.get(subject)
        return self.view.package(subject).state if self.view.made(subject) else None

    def _held(self, state: int, concept: str) -> tuple[bool, bool]:
        if concept not in self._bounds:
            view = self.view
            wanted = CONCEPTS if not self._bounds and view.known.all() else [concept]
            bounds = equilibrium_bounds(view.model, view.orders, view.known, wanted)
            self._bounds.update({name: bounds[name] for name in wanted})
        must, may = self._bounds[concept]
        return bool(must[state]), bool(may[state])

    def _exists(self) -> tuple[bool, bool]:
        """Against each state that no deal may be, though the agreement need not be the same."""
        if not self.view.no_deal:
            return False, True
        name = self.view.space.name
        apart: list[View] = [
            self.compiler.view(replace(self.view.setting, no_deal=name(d))) for d in self.view.no_deal
        ]
        return all(agreements(v).any() for v in apart), any(possible_agreements(v).any() for v in apart)
