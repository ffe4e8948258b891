"""The zone of possible agreement as ranges per issue: which values can still be part of a deal.

A value is *possible* when some package of ``X_d`` has it, and *efficient* when some efficient package
of ``X_d`` does. Ranges are of one issue at a time: values that are possible one by one need not be so
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.frontier import Efficient
from accordant.case.objects import Issue
from accordant.case.ranges import ascending_numbers
from accordant.model.space import StateSpace
from accordant.tables import Table

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class IssueRange:
    """The values of one issue that can be part of a deal.

    Attributes
    ----------
    values
        All values of the issue, in its order.
    possible, efficient
        Those that occur in ``X_d``, and in its efficient packages.
    shown
        The values as readers see them, with the unit.
    """

    issue: str
    values: tuple[str, ...]
    possible: tuple[str, ...]
    efficient: tuple[str, ...]
    shown: tuple[str, ...]
    divisible: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data: values as the case writes them."""
        return {
            "values": list(self.values),
            "possible": list(self.possible),
            "efficient": list(self.efficient),
            "divisible": self.divisible,
        }

    def says(self, values: Sequence[str]) -> str:
        """Some values in words: neighbouring numbers as a range, gaps kept; names are listed.

        Examples
        --------
        >>> pay = IssueRange("pay", ("0", "1", "2", "3"), (), (), ("0 %", "1 %", "2 %", "3 %"))
        >>> pay.says(["0", "1", "3"]), pay.says([]), pay.says(["0", "1", "2", "3"])
        ('0 to 1 %, 3 %', 'none', '0 to 3 %')
        >>> rota = IssueRange("rota", ("fixed", "flexible"), (), (), ("fixed", "flexible"))
        >>> rota.says(["flexible", "fixed"])
        'fixed, flexible'
        """
        held = set(values)
        if ascending_numbers(self.values) is None:
            # nothing lies between two names, whichever the case lists in between
            return ", ".join(s for v, s in zip(self.values, self.shown, strict=True) if v in held) or "none"
        runs: list[list[int]] = []
        for k, value in enumerate(self.values):
            if value not in held:
                continue
            if runs and runs[-1][-1] == k - 1:
                runs[-1].append(k)
            else:
                runs.append([k])
        # the unit once: a number of a range is written as the value itself
        parts = [
            self.shown[run[0]] if len(run) == 1 else f"{self.values[run[0]]} to {self.shown[run[-1]]}"
            for run in runs
        ]
        return ", ".join(parts) or "none"


@dataclass(frozen=True, slots=True)
class Ranges:
    """Every issue's range.

    Attributes
    ----------
    packages, efficient
        How many packages ``X_d`` has, and how many of them are efficient; None where there are too many
        to list.
    """

    issues: tuple[IssueRange, ...]
    packages: int | None
    efficient: int | None

    def to_json(self) -> dict[str, Any]:
        """Plain data, by issue."""
        return {
            "packages": self.packages,
            "efficient": self.efficient,
            "issues": {r.issue: r.to_json() for r in self.issues},
        }

    def table(self) -> Table:
        """One row per issue."""
        rows = [(r.issue, r.says(r.values), r.says(r.possible), r.says(r.efficient)) for r in self.issues]
        columns = ("issue", "all values", "in some deal", "in some efficient deal")
        return Table("The zone of possible agreement, issue by issue", columns, tuple(rows))


def issue_ranges(space: StateSpace, issues: dict[str, Issue], found: Efficient) -> Ranges:
    """Which values of each issue occur in ``X_d``, and in its efficient packages.

    Parameters
    ----------
    space
        The states, which are the packages of ``found``.
    issues
        The issues of the case, for how their values are shown.

    Returns
    -------
    Ranges
        Without issues for a case that has none.

    Examples
    --------
    >>> from accordant.agreement.frontier import efficient_points
    >>> from accordant.agreement.numbers import bargain_of
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": {"joint": ["a", "b"]}, "values": ["0", "1", "2"]}},
    ...     "status_quo": {"x": "0"},
    ...     "preferences": {"a": {"priorities": ["x >= 1"]}, "b": {"priorities": ["x != 2", "x = 1"]}}})
    >>> view = Compiler(case).view()
    >>> print(issue_ranges(view.space, case.issues, efficient_points(bargain_of(view))).table().to_csv())
    issue,all values,in some deal,in some efficient deal
    x,0 to 2,0 to 1,1
    <BLANKLINE>
    """
    rational = found.bargain.rational()
    efficient = np.zeros(found.bargain.n, dtype=bool)
    efficient[found.packages] = True
    ranges = [_range(space, k, issues[issue], rational, efficient) for k, issue in enumerate(space.issues)]
    return Ranges(tuple(ranges), found.rational, len(found.packages))


def _range(space: StateSpace, k: int, issue: Issue, rational: Bools, efficient: Bools) -> IssueRange:
    values = space.values[k]
    column = space.codes[:, k]
    occurs = []
    for among in (rational, efficient):
        # a merged state stands for all of its combinations
        codes = column[among] if space.direct else column[among[space.state_of]]
        held = np.bincount(codes, minlength=len(values))
        occurs.append(tuple(v for v, many in zip(values, held, strict=True) if many))
    shown = tuple(issue.shown(v) for v in values)
    return IssueRange(space.issues[k], values, occurs[0], occurs[1], shown, issue.divisible)
