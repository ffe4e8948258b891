"""A compiled case with some changes made to it; what they leave alone is shared with the original.

Elements keep their ids, so that what is said of a line is said of the line as the case has it. Moves
are made one after the other, the line that stood first before the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from accordant.case.grounds import Element
from accordant.case.objects import Case, Preference
from accordant.model.compiler import Compiler
from accordant.model.frame import Frame, Truths
from accordant.model.preferences import Bools, Choice, PartyOrder, Score, Statement, dense
from accordant.model.settings import AS_WRITTEN, Answers, Setting
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.reliance.supposing.changes import LAST, Change, no_worth, reversed_worth

ADDED = "added"
"""The element of a line that is added: it stands on nothing, and always counts."""


class Edited(Compiler):
    """A compiled case in which preferences are other than the case states them.

    Parameters
    ----------
    base
        The compiled case; its states and moves are used as they are.
    changes
        Changes to preferences.
    """

    def __init__(self, base: Compiler, changes: Iterable[Change]) -> None:
        super().__init__(base.case)
        self.base = base
        self._changes: dict[str, list[Change]] = {}
        for change in changes:
            self._changes.setdefault(change.party, []).append(change)
        self._edited_frames: dict[int, tuple[Frame, Frame]] = {}
        self._edited_orders: dict[frozenset[str], Mapping[str, PartyOrder]] = {}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element but those that are dropped."""
        gone = {c.element for cs in self._changes.values() for c in cs if c.what == "drop" and not c.item}
        return tuple(e for e in self.base.elements if e.id not in gone)

    @cached_property
    def either_groups(self) -> dict[str, int]:
        """Number of lines that are left in each ``either`` group."""
        sizes = dict(self.base.either_groups)
        for change in (c for cs in self._changes.values() for c in cs if c.what in ("drop", "move")):
            group = change.element.rpartition(".")[0]
            if group in sizes:
                sizes[group] -= 1
        return {group: size for group, size in sizes.items() if size}

    def space(self, off: frozenset[str] = frozenset()) -> StateSpace:
        """The states of the case when the rules in ``off`` do not hold."""
        return self.base.space(off)

    def orders(self, off: frozenset[str] = frozenset()) -> Mapping[str, PartyOrder]:
        """Everybody's order with the changes made."""
        if off not in self._edited_orders:
            self._edited_orders[off] = {
                party: self._changed(party, order, off) if party in self._changes else order
                for party, order in self.base.orders(off).items()
            }
        return self._edited_orders[off]

    def _changed(self, party: str, order: PartyOrder, off: frozenset[str]) -> PartyOrder:
        changes, space = self._changes[party], self.space(off)
        worths = [
            c for c in changes if c.element == f"{party}.worth" or c.element.startswith(f"{party}.also.")
        ]
        if worths:
            stated = _with_worths(self.case.preferences[party], worths)
            order = Truths(self.case, space, self.space()).order(party, stated, partial=bool(off))
        added = [c for c in changes if c.what == "add"]
        truths = Truths(self.case, space, self.space())
        new = [Statement(ADDED, added_line(truths, c.to)) for c in added]
        return changed_order(order, changes, space.numbers, new)

    def view(self, setting: Setting = AS_WRITTEN) -> View:
        """States, moves and orders in one setting."""
        off = frozenset(e for e in setting.off if e.startswith(("feasible.", "issues.", "moves.")))
        there = self.base.view(replace(setting, off=off, perms=())).frame
        if id(there) not in self._edited_frames:
            rules = frozenset(e for e in off if e.startswith("feasible."))
            mine = replace(there, orders=self.orders(rules), cache={}, _strength={})
            self._edited_frames[id(there)] = (there, mine)  # kept, so that its id stays its own
        return View(self._edited_frames[id(there)][1], setting)

    def forget(self, view: View) -> None:
        """Do not keep the frame of a view any longer."""
        written = self.view().frame
        for key, (_, mine) in list(self._edited_frames.items()):
            if mine is view.frame is not written:
                del self._edited_frames[key]


def added_line(truths: Truths, text: str) -> Bools:
    """Where a new line is satisfied: an expression, or states by name with `` or `` between them."""
    names = [name.strip() for name in text.removeprefix("state ").split(" or state ")]
    if text.startswith("state "):
        holds = np.zeros(truths.space.n, dtype=bool)
        holds[[truths.space.numbers[name] for name in names]] = True
        return holds
    return truths.holds(text, "a new line")


def changed_order(
    order: PartyOrder, changes: Sequence[Change], numbers: Mapping[str, int], new: Sequence[Statement] = ()
) -> PartyOrder:
    """One party's order with changes made to it.

    Parameters
    ----------
    numbers
        The number of each state by its name.
    new
        Lines that are added before all others.
    """
    if order.base is not None:  # pairs of unknown order: only red lines are changed
        red = _red(order, changes)
        return replace(order, red=red, base=replace(order.base, red=red))
    dropped = {c.element for c in changes if c.what == "drop" and not c.item}
    turned = {c.element for c in changes if c.what == "reverse" and not c.item}
    lines = [kept for entry in order.lines if (kept := _entry(entry, dropped, turned)) is not None]
    for change in sorted((c for c in changes if c.what == "move"), key=lambda c: _place(c.element)):
        lines = _moved(lines, change)
    score = order.score
    for change in (c for c in changes if c.what in ("raise", "tie")):
        score = None if score is None else _raised(score, change, numbers)
    held = order.reservation
    if held is not None and held.element in dropped:
        held = None
    return PartyOrder(_red(order, changes), (*new, *lines), score, None, held)


def _red(order: PartyOrder, changes: Sequence[Change]) -> tuple[Statement, ...]:
    dropped = {c.element for c in changes if c.what == "drop"}
    return tuple(line for line in order.red if line.element not in dropped)


def _entry(entry: Statement | Choice, dropped: set[str], turned: set[str]) -> Statement | Choice | None:
    if isinstance(entry, Choice):
        kept = [line for one in entry.lines if (line := _entry(one, dropped, turned)) is not None]
        lines = tuple(line for line in kept if isinstance(line, Statement))
        return replace(entry, lines=lines) if lines else None
    if entry.element in dropped:
        return None
    return replace(entry, holds=~entry.holds) if entry.element in turned else entry


def _place(element: str) -> tuple[int, ...]:
    """The place of a line among the lines of its party: ``a.priorities.5.2`` is (5, 2)."""
    return tuple(int(part) for part in element.partition(".priorities.")[2].split("."))


def _moved(lines: Sequence[Statement | Choice], change: Change) -> list[Statement | Choice]:
    """The lines with one of them taken out and put before another entry, or last."""
    line = next(
        s
        for entry in lines
        for s in (entry.lines if isinstance(entry, Choice) else (entry,))
        if s.element == change.element
    )
    at = next((k for k, e in enumerate(lines) if _id(e) == change.to), len(lines))
    before, after = ([_without(e, line) for e in part] for part in (lines[:at], lines[at:]))
    if change.to == LAST:
        before, after = [*before, *after], []
    return [e for e in (*before, line, *after) if e is not None]


def _id(entry: Statement | Choice) -> str:
    return entry.group if isinstance(entry, Choice) else entry.element


def _without(entry: Statement | Choice, line: Statement) -> Statement | Choice | None:
    if isinstance(entry, Choice):
        left = tuple(s for s in entry.lines if s is not line)
        return replace(entry, lines=left) if left else None
    return None if entry is line else entry


def _raised(score: Score, change: Change, numbers: Mapping[str, int]) -> Score:
    """A ranking with one state put right above another, or level with it."""
    one, other = numbers[change.item], numbers[change.to]
    placed = score.ranks >= 0
    ranks = np.where(placed, score.ranks * 2, -1)
    ranks[one] = ranks[other] + (1 if change.what == "raise" else 0)
    levels = np.full(len(ranks), -1, dtype=np.int64)
    levels[placed] = dense(ranks[placed])
    return replace(score, ranks=levels, gaps=())


def _with_worths(preference: Preference, changes: Sequence[Change]) -> Preference:
    """Worths with those of some issues reversed, or nought; terms that are dropped are worth nothing."""
    worth, also = dict(preference.worth or {}), list(preference.also)
    for change in changes:
        if change.item:
            make = no_worth if change.what == "drop" else reversed_worth
            worth[change.item] = make(worth[change.item])
        else:
            k = int(change.element.rpartition(".")[2]) - 1
            also[k] = also[k].model_copy(update={"worth": Decimal(0)})
    return preference.model_copy(update={"worth": worth, "also": tuple(also)})


class Workshop:
    """Compiled cases with changes made, and what is settled of them."""

    def __init__(self, base: Compiler) -> None:
        self.base = base
        self._bases: dict[frozenset[str], Compiler] = {frozenset(): base}

    def with_changes(self, changes: Iterable[Change]) -> tuple[Compiler, Answers]:
        """The compiled case, and what is settled of it: rules that are lifted do not hold."""
        every = tuple(changes)
        lifted = frozenset(c.element for c in every if c.what == "lift")
        freed = frozenset(c.element for c in every if c.what == "free")
        own = [c for c in every if c.party]
        base = self._base(freed)
        return (Edited(base, own) if own else base), Answers(out=lifted)

    def _base(self, freed: frozenset[str]) -> Compiler:
        if freed not in self._bases:
            self._bases[freed] = Compiler(_any_direction(self.base.case, freed))
        return self._bases[freed]


def _any_direction(case: Case, freed: frozenset[str]) -> Case:
    issues = {
        name: issue.model_copy(update={"moves": "any"}) if f"issues.{name}" in freed else issue
        for name, issue in case.issues.items()
    }
    return case.model_copy(update={"issues": issues})
