"""Where there is no agreement: who blocks, and the packages that fewest parties refuse.

A set of parties blocks if nothing that somebody prefers to no deal is left once it refuses what it
refuses. That is asked of each set by leaving out the red lines, reservations and constituencies of
the other parties: is there a package that some party gains by? The packages that come closest are
those left when as few parties as possible are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np

from accordant.agreement.additive.frontier import frontier
from accordant.agreement.additive.problem import Addition, Additive, Codes
from accordant.case.expressions import Expression
from accordant.errors import TooLargeError

SHOWN = 12
"""Most packages shown that come closest."""
TRIED = 100
"""Most packages of each set of parties that are compared for it."""
ASKED = 80
"""Most sets of parties that are asked about."""
COARSE = Fraction(1)
"""An approximation says whether there is a package at all, however coarse it is."""
FINE = Fraction(1, 20)
"""Where packages that come closest are too many."""

Parties = frozenset[int]


@dataclass(frozen=True, slots=True)
class Near:
    """A package that somebody prefers to no deal and that fewest parties refuse."""

    codes: Codes
    refused_by: tuple[str, ...]
    better_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes closest.

    Attributes
    ----------
    packages
        Some of the packages that fewest parties refuse.
    blocking
        The smallest sets of parties whose refusals leave nothing that somebody gains by.
    cut
        What could not be worked out; empty where everything was.
    """

    packages: tuple[Near, ...] = ()
    blocking: tuple[tuple[str, ...], ...] = ()
    cut: str = ""

    @property
    def none(self) -> bool:
        """Whether nobody gains by any package, so that none comes close."""
        return self.blocking == ((),)


class _UndecidedError(Exception):
    """It cannot be said whether there is a package."""


def nearest(problem: Additive) -> Nearest:
    """Who blocks, and what comes closest, where nothing is an agreement.

    Parameters
    ----------
    problem
        Sums that compare as acceptance does (``lined``).

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> found = nearest(make_additive([[[0, 3], [2, 0]]] * 3, [7, 5]))
    >>> sorted({near.refused_by for near in found.packages}), found.blocking
    ([('p1',), ('p2',)], (('p1', 'p2'),))
    """
    asked = _Asked(problem)
    cut = []
    blocking: tuple[tuple[str, ...], ...] = ()
    packages: tuple[Near, ...] = ()
    try:
        blocking = asked.blocking()
    except _UndecidedError:
        cut.append("which parties block was not worked out")
    try:
        packages = asked.packages()
    except _UndecidedError:
        cut.append("which packages come closest was not worked out")
    return Nearest(packages, blocking, "; ".join(cut))


@dataclass(eq=False)
class _Asked:
    """What is left when only some parties refuse, remembered."""

    problem: Additive

    def __post_init__(self) -> None:
        self._known: dict[Parties, bool] = {}
        self.everybody: Parties = frozenset(range(len(self.problem.parties)))

    def left(self, refusing: Parties) -> bool:
        """Whether some party gains by a package that none of some parties refuses."""
        if refusing not in self._known:
            if len(self._known) >= ASKED:
                raise _UndecidedError
            self._known[refusing] = self._left(refusing)
        return self._known[refusing]

    def _left(self, refusing: Parties) -> bool:
        undecided = False
        for gaining in sorted(self.everybody):
            try:
                found = frontier(relaxed(self.problem, refusing, gaining), COARSE)
            except TooLargeError:
                undecided = True
                continue
            if found.points.m:
                return True
            undecided = undecided or found.made.near
        if undecided:
            raise _UndecidedError
        return False

    def blocking(self) -> tuple[tuple[str, ...], ...]:
        parties = self.problem.parties
        for size in range(len(parties) + 1):
            found = [
                tuple(parties[k] for k in chosen)
                for chosen in combinations(range(len(parties)), size)
                if not self.left(frozenset(chosen))
            ]
            if found:
                return tuple(found)
        return ()

    def packages(self) -> tuple[Near, ...]:
        for size in range(len(self.everybody) + 1):
            found = [
                frozenset(refused)
                for refused in combinations(sorted(self.everybody), size)
                if self.left(self.everybody - frozenset(refused))
            ]
            if found:
                return self._shown(found)
        return ()

    def _shown(self, refused: list[Parties]) -> tuple[Near, ...]:
        """Of each set of parties that may be all who refuse a package, some packages."""
        shown: dict[Codes, Near] = {}
        for some in refused:
            candidates: dict[Codes, Near] = {}
            for gaining in sorted(self.everybody):
                for codes in self._candidates(self.everybody - some, gaining):
                    candidates.setdefault(codes, self._near(codes, some))
            room = -(-SHOWN // len(refused))
            shown |= dict(sorted(candidates.items(), key=lambda item: self._lacking(item[0]))[:room])
        return tuple(shown.values())[:SHOWN]

    def _candidates(self, accepting: Parties, gaining: int) -> Iterator[Codes]:
        """Packages near the frontier of those that the accepting parties do not refuse."""
        for everybody in (True, False):
            try:
                asked = relaxed(self.problem, accepting, gaining, everybody=everybody)
                found = frontier(asked, FINE)
            except TooLargeError:
                continue
            if found.points.m:
                numbers = sorted({round(k * (found.points.m - 1) / (TRIED - 1)) for k in range(TRIED)})
                yield from (found.members(k, 1)[0] for k in numbers)
                return

    def _near(self, codes: Codes, refused: Parties) -> Near:
        parties = self.problem.parties
        better = tuple(p for k, p in enumerate(parties) if gains(self.problem, codes, k))
        return Near(codes, tuple(parties[k] for k in sorted(refused)), better)

    def _lacking(self, codes: Codes) -> Fraction:
        """What the parties lack in all, each in its own numbers."""
        lacks = Fraction(0)
        for worth, held, scale in zip(
            self.problem.worth(codes), self.problem.reservations, self.problem.scales, strict=False
        ):
            lacks += max(Fraction(held - worth, scale), Fraction(0))
        return lacks


def gains(problem: Additive, codes: Codes, party: int) -> bool:
    """Whether a party would prefer a package to no deal if it did not refuse."""
    if problem.worth(codes)[party] <= problem.reservations[party]:
        return False
    own = tuple(r for r, who in _owned(problem) if who == problem.parties[party])
    return _orders(problem, party) or replace(problem, rules=own, refusers=()).keeps(codes)


def relaxed(problem: Additive, refusing: Parties, gaining: int, *, everybody: bool = False) -> Additive:
    """The packages that some parties do not refuse and that one party gains by.

    Parameters
    ----------
    refusing
        Parties whose red lines, reservations and constituencies count.
    gaining
        The party that has to prefer it to no deal.
    everybody
        Whether the worths of parties that do not count are kept.
    """
    parties = problem.parties
    heard = {parties[k] for k in refusing}
    voices = [k for k, party in enumerate(problem.speak_for) if party in heard]
    heard |= {problem.voices[k] for k in voices} | {""}
    if not _orders(problem, gaining):
        heard.add(parties[gaining])
    shown = [k for k in range(len(parties)) if everybody or k in refusing or k == gaining]
    rows = [*shown, *(len(parties) + k for k in voices)]
    least = _least(problem)
    floors = {k: problem.reservations[k] if k in refusing else least[k] for k in shown}
    floors[gaining] = problem.reservations[gaining] + 1
    return Additive(
        problem.issues,
        problem.values,
        tuple(parties[k] for k in shown),
        tuple(problem.scales[k] for k in shown),
        tuple(floors[k] for k in shown),
        tuple(problem.cardinal[k] for k in shown),
        tuple(np.ascontiguousarray(table[rows]) for table in problem.tables),
        tuple(rule for rule, who in _owned(problem) if who in heard),
        tuple(Addition(a.tree, a.names, tuple(a.worths[k] for k in rows)) for a in problem.additions),
        tuple(problem.voices[k] for k in voices),
        tuple(problem.thresholds[k] for k in voices),
    )


def _owned(problem: Additive) -> list[tuple[Expression, str]]:
    """Each rule with the one whose red line it is."""
    rest = len(problem.rules) - len(problem.refusers)
    return list(zip(problem.rules, (*problem.refusers, *("",) * rest), strict=True))


def _orders(problem: Additive, party: int) -> bool:
    """Whether a party's sums put its red lines first, so that they need not be rules for it to gain."""
    return not problem.cardinal[party] or problem.parties[party] in problem.lined


def _least(problem: Additive) -> list[int]:
    """No package is worth less to anybody."""
    least = np.array([t.min(axis=1) for t in problem.tables], dtype=np.int64).sum(axis=0)
    for addition in problem.additions:
        least = least + np.minimum(np.array(addition.worths, dtype=np.int64), 0)
    return [int(x) for x in least]
