"""A case in one setting: states, moves, everybody's order, and where packages lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Case, StateRef
from accordant.model.frame import Frame, Landing, OrderKey, forbidden_by
from accordant.model.graph import GraphModel, Orders
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable
from accordant.model.pairs import Degrees, Pairs, states_of
from accordant.model.preferences import Bools, PartyOrder, Ranks
from accordant.model.settings import Setting
from accordant.model.space import StateSpace


@dataclass(frozen=True, eq=False)
class View:
    """One case in one setting."""

    frame: Frame
    setting: Setting

    @property
    def case(self) -> Case:
        """The case."""
        return self.frame.case

    @property
    def model(self) -> GraphModel:
        """States and moves."""
        return self.frame.model

    @property
    def space(self) -> StateSpace:
        """The states."""
        return self.frame.model.space

    @property
    def parties(self) -> tuple[str, ...]:
        """The participants, in the order of the rows of :attr:`orders`."""
        return self.frame.model.parties

    @property
    def status_quo(self) -> int | None:
        """The state that things are in, None when the case gives none."""
        return self.frame.status_quo

    @property
    def no_deal(self) -> tuple[int, ...]:
        """The states that no deal may be; empty when the case gives neither it nor a status quo."""
        return self.frame.no_deal

    @cached_property
    def _perms(self) -> Mapping[str, tuple[int, ...]]:
        return dict(self.setting.perms)

    def order(self, party: str) -> PartyOrder | None:
        """What is known of the order of a party or a constituency; None where nothing is.

        Worths that are ranges are ranges no longer where the setting says at which point they are.
        """
        return self.frame.order(party, self._perms)

    def ranks(self, party: str) -> Ranks | None:
        """Ranks of the states for a party or a constituency; None when its order is unknown."""
        return self.frame.ranks(party, self.setting.off, self._perms)

    def base_ranks(self, party: str) -> Ranks | None:
        """Ranks of the states by everything that is stated, pairs of unknown order set aside.

        A party whose case gives it such pairs has no :meth:`ranks`; these say how it orders all the
        others, which tie where nothing but the pairs is stated. None when nothing is known of its
        order: then every pair is of unknown order, and :meth:`incomparable` lists none of them.
        """
        return self.frame.base_ranks(party, self.setting.off, self._perms)

    def incomparable(self, party: str) -> Pairs:
        """The pairs of states that the case states to be of unknown order for a party.

        Returns
        -------
        Pairs
            Shape (pairs, 2), ascending, the smaller state number first. The rest of its order need
            not follow: that s1 is better than s2 and s2 than s3 says nothing of a listed pair
            (s1, s3).
        """
        return self.frame.incomparable(party)

    def blocks(self, party: str) -> Ranks:
        """Strength of preference: for each state the number of marked gaps below it.

        The gap between two neighbouring levels of the party's order (:meth:`base_ranks`) is marked
        when the line that is the first to tell them apart is decisive, or when ``'>>'`` stands
        between them in its ranking. So s is strongly preferred to t if and only if
        ``blocks[s] > blocks[t]``, and mildly where the ranks differ and the blocks do not. All zero
        where nothing is marked, or nothing known. Of a pair of unknown order it says nothing.
        """
        return self.frame.blocks(party, self.setting.off, self._perms)

    def degrees(self, party: str) -> Degrees:
        """The degrees of preference that the case gives: (s, t) to the degree to which s is preferred.

        Each pair stands both ways, the two adding up to 1. The same in every setting.
        """
        return self.frame.degrees(party)

    def order_key(self, party: str) -> OrderKey:
        """What a party's order depends on here: equal keys, equal orders (in one frame)."""
        return self.frame.order_key(party, self.setting.off, self._perms)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """For each participant whether its order is known."""
        return np.array([self.ranks(p) is not None for p in self.parties], dtype=bool)

    @cached_property
    def orders(self) -> Orders:
        """Ranks of every participant, shape (parties, states); zeros where nothing is known."""
        rows = [self.ranks(p) for p in self.parties]
        zero = np.zeros(self.model.n, dtype=np.int64)
        return np.array([zero if r is None else r for r in rows], dtype=np.int64).reshape(len(rows), -1)

    @cached_property
    def constituencies(self) -> dict[str, tuple[str, Ranks | None]]:
        """Constituencies with preferences of their own: whose veto they hold, and their ranks."""
        return {
            c: (party.of, self.ranks(c))
            for c, party in self.case.parties.items()
            if party.role == "constituency" and party.of and c in self.frame.orders
        }

    def decides(self, party: str, s: int, t: int) -> str | None:
        """The id of the first element that tells two states apart for a party, None for a tie."""
        order = self.frame.orders.get(party)
        return order.decides(s, t, self.setting.off, self._perms) if order else None

    def red_lines(self, party: str) -> list[tuple[str, Bools]]:
        """A party's red lines that count: element id, and in which states the line is crossed."""
        order = self.frame.orders.get(party)
        counted = () if order is None else (r for r in order.red if r.element not in self.setting.off)
        return [(r.element, ~r.holds) for r in counted]

    def made(self, proposal: str) -> bool:
        """Whether the proposal was made, in this setting."""
        return f"proposals.{proposal}" not in self.setting.off

    def package(self, package: StateRef) -> Landing:
        """The state that a package leads to: the status quo with the package's values.

        Parameters
        ----------
        package
            A proposal's id, a state's name, or values for some issues.
        """
        if isinstance(package, str) and package in self.case.proposals:
            package = self.case.proposals[package].package
        if not isinstance(package, str):  # 2.50 is the value 2.5
            issues = self.case.issues
            package = {i: (issues[i].value(v) if i in issues else None) or v for i, v in package.items()}
        key = package if isinstance(package, str) else tuple(sorted(package.items()))
        if key not in self.frame.landings:
            self.frame.landings[key] = self._land(package)
        return self.frame.landings[key]

    def _land(self, package: StateRef) -> Landing:
        if isinstance(package, str):
            named = states_of(self.space, package)
            if not named:
                return Landing(None, f"there is no state {package!r}")
            return self._permitted(named[0], dict(self.space.values_of(named[0])))
        if self.status_quo is None:
            return self._without_start(package)
        start = self.space.codes[self.space.members(self.status_quo)]
        rows = start.copy()
        for issue, value in package.items():
            k = self.space.issues.index(issue)
            rows[:, k] = self.space.values[k].index(value)
        found = np.unique(self.space.state_of[self._find(rows)])
        if len(found) == 0:
            values = {**self.space.values_of(self.status_quo), **package}
            known = {i: v for i, v in values.items() if v != "*"}
            return Landing(None, f"it is not feasible{forbidden_by(self.case, known, self.frame.rules)}")
        if len(found) > 1:
            names = ", ".join(self.space.name(int(s)) for s in found)
            return Landing(None, f"it could be any of the states {names}: name more issues")
        return self._permitted(int(found[0]), dict(package))

    def _without_start(self, package: Mapping[str, str]) -> Landing:
        found = states_of(self.space, dict(package))
        if len(found) == 1:
            return Landing(found[0])
        return Landing(None, "the case gives no status quo, and the package does not name every issue")

    def _find(self, rows: NDArray[np.integer]) -> NDArray[np.intp]:
        hits = [np.flatnonzero((self.space.codes == row).all(axis=1)) for row in np.unique(rows, axis=0)]
        return np.concatenate(hits) if hits else np.zeros(0, dtype=np.intp)

    def _permitted(self, state: int, values: Mapping[str, str]) -> Landing:
        """The landing, unless it undoes what ``moves`` makes irreversible."""
        if self.status_quo is None:
            return Landing(state)
        start = self.space.values_of(self.status_quo)
        for name, value in values.items():
            issue, before = self.case.issues[name], start[name]
            if "*" in (before, value) or before == value:
                continue
            closed = reachable(issue_direction(issue))
            if not closed[issue.values.index(before), issue.values.index(value)]:
                return Landing(
                    None, f"it takes {name} from {before} to {value}, which the moves of {name} do not permit"
                )
        return Landing(state)
