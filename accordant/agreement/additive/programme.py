"""Packages as an integer programme: for rules and conditions that couple too many issues to be merged.

Every value of every issue is a variable that is 0 or 1, one of each issue is 1; a condition is a
variable that the rules of logic tie to the values it reads [1]_. HiGHS [2]_ searches for the best
package by branch and bound and gives a *bound*: no package is worth more than that.

How an answer can be checked without trusting the search: the package is worth what its values add up
to, worked out again in whole numbers, and it keeps every rule, read again by the case's own reader.
What remains to be trusted is the bound, a number of double precision. Since every package is worth a
whole number, it is enough that the bound is less than the next one: an answer is called *proved* only
where the bound is below that by a margin that is larger than what the tolerances of the search can add up
to with the numbers at hand.

References
----------
.. [1] H. P. Williams, *Model Building in Mathematical Programming*, 5th edition, Wiley 2013, chapter 9.
.. [2] Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical
   Programming Computation 10 (2018) 119–142.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np

from accordant.agreement.additive.problem import Additive, Codes
from accordant.case.expressions import Join, Negation, Test, Tree
from accordant.errors import FailedError

SECONDS = 60.0
"""How long one search may take."""
TOLERANCE = 1e-9
"""How far a variable may be from a whole number in the search."""

Linear = tuple[dict[int, int], int]
"""Coefficients by variable, and a constant."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a search for a package with the largest value proves.

    Attributes
    ----------
    codes, value
        The package, and its value in whole numbers, worked out again without the search; None where
        no package was found.
    bound
        No package has a larger value, says the search; minus infinity where there is no package.
    proved
        Whether that leaves no room for a larger whole number.
    nodes
        Branches that were looked at.
    """

    codes: Codes | None
    value: int | None
    bound: float
    proved: bool
    nodes: int

    @property
    def gap(self) -> float:
        """By how much some package might be better, as far as was proved."""
        return 0.0 if self.proved or self.value is None else max(self.bound - self.value, 0.0)


@dataclass(eq=False)
class Programme:
    """The integer programme of a problem, searched as often as is asked.

    Attributes
    ----------
    problem
        The packages.
    first
        For each issue the number of the variable of its first value.
    rows
        For each constraint its coefficients by variable, and what it must at least be.
    """

    problem: Additive
    first: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, int], int]] = field(default_factory=list)
    variables: int = 0
    worths: list[Linear] = field(default_factory=list)

    def __post_init__(self) -> None:
        for n in self.problem.shape:
            self.first.append(self.variables)
            self.variables += n
        for rule in self.problem.rules:
            self._require(rule.tree)
        met = [self._truth(addition.tree) for addition in self.problem.additions]
        for p in range(len(self.problem.floor)):
            self.worths.append(self._worth(p, met))

    def best(self, weights: Mapping[int, int], least: Sequence[int], seconds: float = SECONDS) -> Certificate:
        """The package with the largest weighted sum of worths.

        Parameters
        ----------
        weights
            A whole number for some parties, by number.
        least
            What a package must at least be worth to each party and voice.

        Raises
        ------
        FailedError
            If a package that the search gives does not keep the rules.
        """
        goal = _sum([(self.worths[p], w) for p, w in weights.items()])
        model = self._model(least, seconds)
        columns = np.array(list(goal[0]), dtype=np.int32)
        model.changeColsCost(len(columns), columns, np.array([float(c) for c in goal[0].values()]))
        model.changeObjectiveSense(_highs().ObjSense.kMaximize)
        model.changeObjectiveOffset(float(goal[1]))
        codes, bound, nodes = self._search(model, least)
        if codes is None:
            return Certificate(None, None, bound, bound == -np.inf, nodes)
        worth = self.problem.worth(codes)
        value = sum(worth[p] * w for p, w in weights.items())
        # a variable may be off by the tolerance: what that can make of the value is the margin
        margin = sum(abs(c) for c in goal[0].values()) * TOLERANCE + abs(value) * 1e-12
        return Certificate(
            codes, value, bound, margin < 0.25 and bound < value + 1 - 2 * margin - 1e-6, nodes
        )

    def equal(self, ratios: Sequence[int], offsets: Sequence[int], among: Sequence[int], least: Sequence[int],
              seconds: float = SECONDS) -> Certificate:  # fmt: skip
        """A package with the largest ``t`` such that ``u - offset >= t * ratio`` for some parties.

        Its ``value`` is not set: compare worths exactly.
        """
        model = self._model(least, seconds)
        inf = _highs().kHighsInf
        model.addCol(1.0, 0.0, inf, 0, np.array([], dtype=np.int32), np.array([], dtype=np.float64))
        t = self.variables
        for p in among:
            coefficients, constant = self.worths[p]
            _add(model, {**coefficients, t: -ratios[p]}, offsets[p] - constant)
        model.changeObjectiveSense(_highs().ObjSense.kMaximize)
        codes, bound, nodes = self._search(model, least)
        return Certificate(codes, None, bound, False, nodes)

    def _model(self, least: Sequence[int], seconds: float) -> Any:
        highs = _highs()
        model = highs.Highs()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("time_limit", seconds)
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_abs_gap", 1e-6)
        model.setOptionValue("mip_feasibility_tolerance", TOLERANCE)
        model.setOptionValue("primal_feasibility_tolerance", TOLERANCE)
        n = self.variables
        model.addVars(n, np.zeros(n), np.ones(n))
        model.changeColsIntegrality(
            n, np.arange(n, dtype=np.int32), np.array([highs.HighsVarType.kInteger] * n)
        )
        for first, size in zip(self.first, self.problem.shape, strict=True):
            ones = {first + v: 1 for v in range(size)}
            _add(model, ones, 1, 1)
        for coefficients, at_least in self.rows:
            _add(model, coefficients, at_least)
        for (coefficients, constant), floor in zip(self.worths, least, strict=True):
            _add(model, coefficients, int(floor) - constant)
        return model

    def _search(self, model: Any, least: Sequence[int]) -> tuple[Codes | None, float, int]:
        highs = _highs()
        model.run()
        status, info = model.getModelStatus(), model.getInfo()
        if status == highs.HighsModelStatus.kInfeasible:
            return None, -float("inf"), max(int(info.mip_node_count), 0)
        bound = float(info.mip_dual_bound)
        nodes = max(int(info.mip_node_count), 0)
        values = np.array(model.getSolution().col_value)
        if len(values) < self.variables or not isfinite(info.objective_function_value) or not values.any():
            return None, bound if isfinite(bound) else float("inf"), nodes
        codes = tuple(
            int(values[f : f + n].argmax()) for f, n in zip(self.first, self.problem.shape, strict=True)
        )
        worth = self.problem.worth(codes)
        kept = self.problem.keeps(codes)
        if not kept or any(w < floor for w, floor in zip(worth, least, strict=True)):
            raise FailedError(
                "the search gave a package that does not keep the rules: its numbers are too large"
            )
        return codes, bound, nodes

    # Worths and conditions

    def _worth(self, party: int, met: Sequence[Linear]) -> Linear:
        coefficients: dict[int, int] = {}
        for first, table in zip(self.first, self.problem.tables, strict=True):
            coefficients.update({first + v: int(w) for v, w in enumerate(table[party]) if w})
        parts = [((coefficients, 0), 1)]
        parts += [
            (truth, addition.worths[party])
            for truth, addition in zip(met, self.problem.additions, strict=True)
        ]
        return _sum(parts)

    def _require(self, tree: Tree) -> None:
        """A rule is true."""
        match tree:
            case Join("and", parts):
                for part in parts:
                    self._require(part)
            case Join("or", parts):
                self._at_least(_sum([(self._truth(part), 1) for part in parts]), 1)
            case Join("->", (left, right)):
                self._at_least(_sum([(self._truth(right), 1), (self._truth(left), -1)]), 0)
            case _:
                self._at_least(self._truth(tree), 1)

    def _truth(self, tree: Tree) -> Linear:
        """Something linear that is 1 where the condition is true and 0 where it is false."""
        match tree:
            case Test():
                first = self.first[self.problem.issues.index(tree.issue)]
                return {first + v: 1 for v in range(tree.size) if bool(tree.column(v))}, 0
            case Negation(inner):
                return _sum([(self._truth(inner), -1), (({}, 1), 1)])
            case Join("->", (left, right)):
                return self._either([self._truth(Negation(left)), self._truth(right)])
            case Join("or", parts):
                return self._either([self._truth(part) for part in parts])
            case Join("and", parts):
                nots = [self._truth(Negation(part)) for part in parts]
                return _sum([(self._either(nots), -1), (({}, 1), 1)])
            case Join(_, parts):
                made = self._truth(parts[0])
                for part in parts[1:]:
                    made = self._same(made, self._truth(part))
                return made

    def _either(self, parts: Sequence[Linear]) -> Linear:
        any_: Linear = ({self._variable(): 1}, 0)
        for part in parts:
            self._at_least(_sum([(any_, 1), (part, -1)]), 0)
        self._at_least(_sum([*((part, 1) for part in parts), (any_, -1)]), 0)
        return any_

    def _same(self, left: Linear, right: Linear) -> Linear:
        same: Linear = ({self._variable(): 1}, 0)
        for sign in (1, -1):
            self._at_least(_sum([(same, -1), (left, sign), (right, -sign)]), -1)
            self._at_least(_sum([(same, 1), (left, sign), (right, sign)]), 1 if sign > 0 else -1)
        return same

    def _variable(self) -> int:
        self.variables += 1
        return self.variables - 1

    def _at_least(self, given: Linear, least: int) -> None:
        coefficients, constant = given
        self.rows.append((coefficients, least - constant))


def _sum(parts: Sequence[tuple[Linear, int]]) -> Linear:
    coefficients: dict[int, int] = {}
    constant = 0
    for (inner, own), factor in parts:
        constant += own * factor
        for variable, c in inner.items():
            coefficients[variable] = coefficients.get(variable, 0) + c * factor
    return coefficients, constant


def _add(model: Any, coefficients: Mapping[int, int], least: int, most: int | None = None) -> None:
    high = _highs().kHighsInf if most is None else float(most)
    columns = np.array(list(coefficients), dtype=np.int32)
    values = np.array([float(c) for c in coefficients.values()], dtype=np.float64)
    model.addRow(float(least), high, len(columns), columns, values)


def _highs() -> Any:
    import highspy  # takes a while to load

    return highspy
