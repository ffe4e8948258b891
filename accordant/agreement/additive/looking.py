"""What is known of a case with too many packages to list, before they are looked at one by one.

There are two sums for each party. The fairness lenses go by numbers alone. Acceptance also goes by
red lines: one that no deal crosses as well refuses nothing, but to keep it is better than any
number. Where no deal crosses no red line the two are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.frontier import AdditiveFrontier, frontier
from accordant.agreement.additive.listing import Changes, Listing, along, better, changes, permitted
from accordant.agreement.additive.merging import TooCoupledError
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.searching import searched
from accordant.agreement.numbers import NoBargain
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler, landing_row, rows_of
from accordant.model.settings import Setting


@dataclass(eq=False)
class Reached:
    """A frontier, or why there is none.

    Attributes
    ----------
    singly
        Whether there is no frontier, but single packages can be searched for.
    """

    problem: Additive | NoBargain
    found: AdditiveFrontier | None = None
    why: str = ""
    singly: bool = False

    @property
    def exact(self) -> bool:
        """Whether it has all points, and nothing else."""
        return self.found is not None and self.found.points.exact

    @property
    def empty(self) -> bool:
        """Whether there surely is no package that somebody gains by and nobody refuses."""
        if self.found is None:
            return False
        points = self.found.points
        if points.m:
            alone = points.m == 1 and points.worths[:, 0].tolist() == list(points.reservations)
            return alone and self.exact
        return not self.found.made.near


@dataclass(eq=False)
class Large:
    """A case with its two frontiers, and the packages to look at.

    Attributes
    ----------
    lenses
        By numbers alone.
    deals
        By what parties accept and prefer.
    settled
        Whether nothing that is unsure could change what either says.
    listed
        Efficient packages to list.
    changed
        For each proposal the small changes that would make it an agreement, as the case is written.
    """

    case: Case
    lenses: Reached
    deals: Reached
    listing: Listing
    settled: bool
    listed: list[Codes] = field(default_factory=list)
    changed: dict[str, Changes] = field(default_factory=dict)

    def list(self, picked: tuple[Codes, ...], most: int) -> None:
        """Name everything that is looked at one by one."""
        problem, found = self.deals.problem, self.deals.found
        self.listing.add(picked)
        self.listed = list(picked)
        if isinstance(problem, NoBargain):
            return
        if found is not None:
            more = dict.fromkeys([*picked, *along(found, max(most, 2))])
            self.listed = list(more)[: max(most, len(picked))]
            self.listing.add(self.listed)
            self.listing.add(b for codes in self.listed if (b := better(found, codes)) is not None)
        for proposal, stated in self.case.proposals.items():
            codes = landing_row(self.case, stated.package)
            if codes is None:
                continue
            if found is not None:
                dominating = better(found, codes)
                self.listing.add([] if dominating is None else [dominating])
            if not problem.gaining(np.array([codes], dtype=np.int64))[0]:
                self._list_changes(problem, proposal, codes)

    def _list_changes(self, problem: Additive, proposal: str, codes: Codes) -> None:
        found = changes(problem, codes, permitted(self.case), every_size=not self.settled)
        for k, changed in enumerate(found.packages, 1):
            self.listing.call(changed, f"{proposal} changed {k}")
        self.changed[proposal] = found


def look(compiler: Compiler, epsilon: Fraction | None) -> Large:
    """The frontiers of a case as it is written."""
    space = ListedCompiler(compiler.case).setting_space()
    setting = Setting(frozenset(space.lost))
    numbers = additive_of(compiler, setting)
    lenses = _reached(numbers, epsilon)
    deals = lenses
    if isinstance(numbers, Additive) and _crosses(compiler, numbers):
        deals = _reached(additive_of(compiler, setting, lined=True), epsilon)
    case = compiler.case
    return Large(case, lenses, deals, Listing.of(case), settled=space.of_packages == 1 and _one_no_deal(case))


def _crosses(compiler: Compiler, numbers: Additive) -> bool:
    """Whether a party with numbers has a red line that may be left aside."""
    return any(
        number and compiler.case.preferences[p].never
        for p, number in zip(numbers.parties, numbers.cardinal, strict=True)
    )


def _one_no_deal(case: Case) -> bool:
    """Whether no deal is one package."""
    anchor = case.no_deal or case.status_quo
    return anchor is None or len(rows_of(case, anchor.state)) == 1


def _reached(problem: Additive | NoBargain, epsilon: Fraction | None) -> Reached:
    if isinstance(problem, NoBargain):
        return Reached(problem, why=problem.reason)
    try:
        return Reached(problem, frontier(problem, epsilon))
    except TooCoupledError as error:
        return _searched(problem, str(error))
    except TooLargeError as error:
        return Reached(problem, why=str(error))


def _searched(problem: Additive, why: str) -> Reached:
    """What a search finds where issues cannot be merged: the frontier of two parties, or single packages."""
    if len(problem.parties) <= 2:
        try:
            return Reached(problem, searched(problem))
        except TooLargeError as error:
            why = f"{why}; {error}"
    return Reached(problem, why=why, singly=True)


def left_out(large: Large) -> list[str]:
    """What was not worked out about what could be agreed, in words."""
    deals = large.deals
    if deals.found is None:
        return [f"which packages are efficient was not worked out: {deals.why.rstrip('.')}"]
    said = []
    if not deals.exact:
        said.append("the frontier is approximate")
    if not large.settled:
        said.append("what is efficient was looked at in the case as it is written only")
    return said
