"""Status quo analysis: what can be reached from where things stand, how, and what is in the way.

Three kinds of ways, all of them legal sequences (nobody moves twice in a row; all holders of a joint
issue may move together): by any moves; by improvements only, where everybody who makes a step
strictly prefers the state that it leads to; and mixed, where some parties are free to make any move
and the others only improve.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.model.space import Picked
from accordant.stability.explain import unknown
from accordant.stability.paths.obstacles import Obstacles
from accordant.stability.paths.result import Destination, PathsResult, Spread
from accordant.stability.paths.search import Reached, any_moves, search
from accordant.stability.paths.settings import Counts, over_settings
from accordant.stability.paths.telling import Routing, Way
from accordant.stability.paths.wishes import Wishes, by_improvements
from accordant.stability.result import StabilityResult
from accordant.stability.sequences import Step
from accordant.tables import Method

Bools = NDArray[np.bool_]

LISTED = 100
"""Destinations that are listed, with the ways to them."""

NAMED = 4_096
"""States up to which those that are first reached at each step are named."""


def analyse(
    compiler: Compiler,
    held: StabilityResult,
    *,
    start: str | None = None,
    to: str | None = None,
    improvements: bool = False,
    free: Sequence[str] = (),
    seed: int = 1,
) -> PathsResult:
    """What can be reached from a state, how, and what stands in the way of the rest.

    Parameters
    ----------
    compiler
        The compiled case.
    held
        Which states hold: those that hold in some setting are the destinations.
    start
        The state to start from; the status quo by default.
    to
        The only destination, by name.
    improvements
        Whether to look at ways by improvements only.
    free
        Parties that are free to make any move in mixed ways; without any there are no mixed ways.
    seed
        For the random choice of settings where there are too many to look at all.

    Raises
    ------
    InputError
        If there is no status quo and no ``start``, or a name is unknown.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.stability import analyse as judge
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "status_quo": {"x": "no", "y": "no"},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b", "moves": "backward"}},
    ...     "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}}})
    >>> compiler = Compiler(case)
    >>> found = analyse(compiler, judge(compiler, ["nash"]))
    >>> [(d.state, d.routes["improvements"].sentence) for d in found.destinations]
    [('s3', 'From s1, a can move to s3, which it likes better.'), ('s4', 'No moves lead from s1 to s4: \
y would have to go from no to yes, which its moves do not permit.')]
    """
    return Analysis(compiler, held, start, improvements, free, seed).result(to)


class Analysis:
    """Everything that is asked of one case from one state."""

    def __init__(
        self,
        compiler: Compiler,
        held: StabilityResult,
        start: str | None,
        improvements: bool,
        free: Sequence[str],
        seed: int,
    ) -> None:
        self.compiler, self.held, self.seed = compiler, held, seed
        self.setting = Setting(frozenset(compiler.setting_space().lost))
        self.view = compiler.view(self.setting)
        self.space, self.model = self.view.space, self.view.model
        self.wishes = Wishes.of(self.view)
        self.given = start
        self.start = self._number(start) if start is not None else self._status_quo()
        for party in free:
            if party not in self.view.parties:
                raise InputError(unknown("party", party, self.view.parties))
        self.free = tuple(p for p in self.view.parties if p in free)
        ways = ["improvements"] if improvements else ["any", "improvements"]
        self.ways = {name: self._way(name) for name in [*ways, *(["mixed"] if free else [])]}
        self.any = self.ways["any"].sure if "any" in self.ways else self._way("any").sure
        self.obstacles = Obstacles(compiler, self.setting, self.any, self.start)

    def _number(self, state: str) -> int:
        if state not in self.space.numbers:
            raise InputError(unknown("state", state, self.space.names))
        return self.space.numbers[state]

    def _status_quo(self) -> int:
        if self.view.status_quo is None:
            raise InputError("the case gives no status quo: name the state to start from (--from STATE)")
        return self.view.status_quo

    @cached_property
    def free_numbers(self) -> tuple[int, ...]:
        """The parties that are free in mixed ways, by number."""
        return tuple(self.view.parties.index(p) for p in self.free)

    def _way(self, name: str) -> Way:
        if name == "any":
            found = search(self.model, self.view.orders, any_moves(self.model), [self.start])
            return Way(name, found, found)
        free = self.free_numbers if name == "mixed" else ()
        sure = by_improvements(self.model, self.wishes, [self.start], free, sure=True)
        if self.wishes.known.all() and not self.wishes.pairs:
            return Way(name, sure, sure)
        return Way(name, sure, by_improvements(self.model, self.wishes, [self.start], free, sure=False))

    def result(self, to: str | None) -> PathsResult:
        """The answer; ``to`` narrows it to one destination."""
        every = [self._number(to)] if to is not None else self._equilibria()
        chosen = sorted(self._foremost(every)[:LISTED])
        names = [self.space.name(s) for s in chosen]
        counts = over_settings(
            self.compiler, names, self.given, self.free_numbers, tuple(self.ways), self.seed
        )
        destinations = tuple(self._destination(s, k, counts) for k, s in enumerate(chosen))
        return PathsResult(
            title=self.compiler.case.title,
            start=self.space.name(self.start),
            parties=self.view.parties,
            free=self.free,
            states=self.model.n,
            spreads={name: self._spread(way.sure) for name, way in self.ways.items()},
            summary=self._summary(),
            destinations=destinations,
            method=self._method(counts, len(every) - len(chosen)),
        )

    @cached_property
    def _holding(self) -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """For each concept the states that hold in every setting, and in some."""
        return {
            name: (self._numbers(c.equilibria), self._numbers(c.possible_equilibria))
            for name, c in self.held.concepts.items()
        }

    def _numbers(self, states: Sequence[str]) -> NDArray[np.int64]:
        if isinstance(states, Picked) and states.names is self.space.names:
            return states.numbers.astype(np.int64)  # a million names need not be looked up
        return np.array([self.space.numbers[s] for s in states], dtype=np.int64)

    def _equilibria(self) -> list[int]:
        found = [some for _, some in self._holding.values()]
        return [int(s) for s in np.unique(np.concatenate(found))] if found else []

    def _foremost(self, states: list[int]) -> list[int]:
        """The states with those first that hold under most concepts."""
        if len(states) <= LISTED:
            return states
        votes = np.zeros(self.model.n, dtype=np.int64)
        for sure, _ in self._holding.values():
            votes[sure] += 1
        return sorted(states, key=lambda s: (-int(votes[s]), s))

    def _summary(self) -> dict[str, dict[str, int]]:
        return {
            concept: {
                "all": len(sure),
                **{name: int(way.sure.states[sure].sum()) for name, way in self.ways.items()},
            }
            for concept, (sure, _) in self._holding.items()
        }

    def _spread(self, found: Reached) -> Spread:
        reached = np.flatnonzero(found.states)
        steps = found.steps[reached]
        counts = np.bincount(steps) if len(steps) else np.zeros(0, dtype=np.int64)
        named = None
        if self.model.n <= NAMED:
            named = tuple(
                tuple(self.space.name(int(s)) for s in reached[steps == k]) for k in range(len(counts))
            )
        return Spread(len(reached), tuple(int(c) for c in counts), named)

    def _destination(self, state: int, k: int, counts: Counts) -> Destination:
        name = self.space.name(state)
        holds = {}
        for concept, (sure, some) in self._holding.items():
            if state in sure:
                holds[concept] = "always"
            elif state in some:
                holds[concept] = "sometimes"
        routes = {
            way.name: Routing(self, way, state).route(counts.over(way.name, k), counts.of(way.name, k))
            for way in self.ways.values()
        }
        return Destination(name, self.space.values_of(state), holds, routes)

    def nearest(self, way: Way, state: int) -> tuple[int, tuple[Step, ...]]:
        """The nearest state that a kind of ways surely leads to, and the moves still missing."""
        if way.name not in self._near:
            reached = np.flatnonzero(way.sure.states).tolist()
            self._near[way.name] = search(self.model, self.view.orders, any_moves(self.model), reached)
        found = self._near[way.name]
        return found.source(state), found.path(state)

    @cached_property
    def _near(self) -> dict[str, Reached]:
        return {}

    def _method(self, counts: Counts, unlisted: int) -> Method:
        cut = list(counts.cut)
        if unlisted:
            cut.append(f"{unlisted:,} more equilibria are counted and not listed")
        parameters = [("from", self.space.name(self.start)), ("concepts", ", ".join(self.held.concepts))]
        if self.free:
            parameters.append(("free to make any move in mixed ways", ", ".join(self.free)))
        if self.held.method.cut:
            cut.append(f"what holds: {self.held.method.cut}")
        if counts.drawn:
            parameters.append(("seed", str(self.seed)))
        return Method("status quo analysis", not cut, counts.settings, "; ".join(cut), tuple(parameters))
