"""What stands in the way of a state that no legal sequence leads to.

First the issues one by one: a direction, or that nobody can take an issue where it would have to go.
If each could go there by itself, the states on the way are missing: rules forbid them, or the case
leaves them out. In a graph the states are named that would have to be passed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.errors import CaseError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import ProductMoves
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.stability.paths.result import Obstacle
from accordant.stability.paths.search import Reached, any_moves, origins, search
from accordant.stability.telling import listed

Bools = NDArray[np.bool_]

MOST_PLAIN = 20_000
"""States up to which a state is traced back, and moves in a row are looked at."""

SHOWN = 6
"""States named before the rest are counted."""


class Obstacles:
    """What blocks the ways from one state, in one setting.

    Parameters
    ----------
    compiler, setting
        The case, and the setting that it is looked at in.
    found
        The search by any moves.
    start
        The number of the state that it starts from.
    """

    def __init__(self, compiler: Compiler, setting: Setting, found: Reached, start: int) -> None:
        self.compiler, self.setting, self.found, self.start = compiler, setting, found, start
        self.view = compiler.view(setting)
        self.case, self.space = self.view.case, self.view.space
        self._without: dict[frozenset[str], tuple[View, Reached] | None] = {}

    def of(self, state: int) -> tuple[str, Obstacle]:
        """What is in the way of a state that is not reached, in words and as data."""
        blocked = list(self._issues(state)) if self.case.issues else []
        if blocked:
            kinds = [kind for _, kind, _ in blocked]
            kind = "direction" if "direction" in kinds else "control"
            return (
                listed([text for text, _, _ in blocked]),
                Obstacle(kind, tuple(element for _, _, element in blocked)),
            )
        return self._turns(state) or self._rules(state) or self._moves(state)

    def _issues(self, state: int) -> Iterator[tuple[str, str, str]]:
        here, there = (self.space.codes[self.space.members(s)] for s in (self.start, state))
        for k, (name, issue) in enumerate(self.case.issues.items()):
            before, after = np.unique(here[:, k]), np.unique(there[:, k])
            cells = np.ix_(before, after)
            text = f"{name} would have to go from {self._values(k, before)} "
            text += "back to " if after.max() < before.min() else "to "
            text += self._values(k, after)
            if not reachable(issue_direction(issue))[cells].any():
                yield f"{text}, which its moves do not permit", "direction", f"issues.{name}"
            elif self._able is not None and not self._able[k][cells].any():
                yield f"{text}, and nobody can take it there", "control", f"issues.{name}"

    @cached_property
    def _able(self) -> list[Bools] | None:
        """For each issue which value can ever follow which, whoever moves; None for merged states."""
        moves = [m.moves for m in self.view.model.movers]
        products = [m for m in moves if isinstance(m, ProductMoves)]
        if len(products) < len(moves):
            return None
        able = [np.eye(len(v), dtype=bool) for v in self.space.values]
        for m in products:
            for axis, allowed in zip(m.axes, m.allowed, strict=True):
                able[axis] = able[axis] | allowed
        return [reachable(a) for a in able]

    def _values(self, k: int, values: NDArray[np.integer]) -> str:
        return " or ".join(self.space.values[k][int(v)] for v in values)

    def _turns(self, state: int) -> tuple[str, Obstacle] | None:
        """Whether only the rule that nobody moves twice in a row is in the way."""
        if not self.found.tracked or self.space.n > MOST_PLAIN or not self._plain[state]:
            return None
        here, there = self.space.name(self.start), self.space.name(state)
        text = f"moves lead from {here} to {there} only if somebody moves twice in a row"
        return text, Obstacle("turns")

    @cached_property
    def _plain(self) -> Bools:
        """What moves lead to, whoever makes them, in a row or not."""
        seen = np.zeros(self.space.n, dtype=bool)
        seen[self.start] = True
        queue = deque([self.start])
        while queue:
            s = queue.popleft()
            for mover in self.view.model.movers:
                ahead = mover.moves.from_state(s)
                queue.extend(int(t) for t in ahead[~seen[ahead]])
                seen[ahead] = True
        return seen

    def _rules(self, state: int) -> tuple[str, Obstacle] | None:
        """Whether the states on the way are ones that rules forbid, or that the case leaves out."""
        there = self.space.name(state)
        if not self.case.issues:
            return None
        if self.case.only == "named":
            return (
                "every way leads through combinations that are none of the named states",
                Obstacle("named"),
            )
        rules = [f"feasible.{k}" for k in range(1, len(self.case.feasible) + 1)]
        alone = [r for r in rules if self._opens(frozenset([r]), there)]
        if alone:
            texts = [f"{self.case.feasible[int(r.split('.')[1]) - 1].rule!r} ({r})" for r in alone]
            one = "the rule " if len(alone) == 1 else "any one of the rules "
            text = f"every way leads through states that are not feasible; without {one}{listed(texts)} "
            return text + self._would(alone[0], there), Obstacle("rules", tuple(alone))
        if rules and self._opens(frozenset(rules), there):
            text = "every way leads through states that the rules forbid, no one rule alone"
            return text, Obstacle("rules", tuple(rules))
        return None

    def _opens(self, off: frozenset[str], there: str) -> bool:
        """Whether the state is reached when some rules do not hold."""
        if off not in self._without:
            self._without[off] = self._search_without(off)
        kept = self._without[off]
        return kept is not None and bool(kept[1].states[kept[0].space.numbers[there]])

    def _search_without(self, off: frozenset[str]) -> tuple[View, Reached] | None:
        base = self.setting
        try:
            view = self.compiler.view(Setting(base.off | off, base.perms, base.status_quo, base.no_deal))
            start = view.space.numbers[self.space.name(self.start)]
            orders = np.zeros((len(view.parties), view.model.n), dtype=np.int64)
            return view, search(view.model, orders, any_moves(view.model), [start])
        except (CaseError, TooLargeError):  # too large, or an expression that needs the rule
            return None

    def _would(self, rule: str, there: str) -> str:
        kept = self._without[frozenset([rule])]
        assert kept is not None
        view, found = kept
        steps = found.path(view.space.numbers[there])
        gone = next((s.end for s in steps if view.space.name(s.end) not in self.space.numbers), None)
        if gone is None:
            return f"{len(steps)} moves would do"
        values = ", ".join(f"{i}={v}" for i, v in view.space.values_of(gone).items())
        return f"it could go by way of {values}"

    def _moves(self, state: int) -> tuple[str, Obstacle]:
        """That no move leads there: what would have to be passed."""
        there = self.space.name(state)
        if self.space.n > MOST_PLAIN:
            return f"no moves lead to {there}", Obstacle("moves")
        behind = self._behind(state)
        if not behind:
            return f"no move of anybody leads to {there}", Obstacle("moves")
        names = [self.space.name(s) for s in behind[:SHOWN]]
        more = len(behind) - SHOWN
        shown = f"{', '.join(names)} and {more:,} more" if more > 0 else listed(names)
        not_one = "that is not reached" if len(behind) == 1 else "none of these is reached"
        return f"moves to {there} come from {shown} only, and {not_one}", Obstacle("moves")

    def _behind(self, state: int) -> list[int]:
        """Every state from which moves lead to a state."""
        seen = {state}
        queue = deque([state])
        while queue:
            t = queue.popleft()
            for k in range(len(self.view.model.movers)):
                new = {int(s) for s in origins(self.view.model, k, t)} - seen
                seen |= new
                queue.extend(new)
        return sorted(seen - {state})
