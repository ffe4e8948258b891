"""Admissible settings: what is unsure, every way it can turn out, and how many ways.

An unsure line, rule, controller or proposal counts or does not; the lines of an ``either`` group
stand in any order; a ranking or worths that nothing stands behind leave the order unknown, a
reservation what no deal is worth; a status quo or no deal that nothing stands behind may be any
state. Ranges of worths, and of what no deal is worth, give each order that they admit once
(:mod:`accordant.model.admitted`). Settings are counted over all parties together; with an unknown order
or anchor there is no count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations, product
from math import factorial
from typing import TYPE_CHECKING

from accordant.case.grounds import Element

if TYPE_CHECKING:
    from accordant.model.admitted import Ranges


@dataclass(frozen=True, slots=True)
class Setting:
    """One way in which everything unsure turns out.

    Attributes
    ----------
    off
        Ids of the elements that do not count.
    perms
        The order of the lines (0-based) of each ``either`` group that is not in its written order; and
        for worths and reservations that are ranges the point at which they are.
    status_quo, no_deal
        A state name in place of the one that the case gives.
    """

    off: frozenset[str] = frozenset()
    perms: tuple[tuple[str, tuple[int, ...]], ...] = ()
    status_quo: str | None = None
    no_deal: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What is taken as settled of what a case leaves open.

    Attributes
    ----------
    counts
        Ids of elements that count: an unsure line matters, a rule holds, a proposal was made; a lost
        ranking, worth, status quo or no deal is as written.
    out
        Ids of elements that do not count.
    orders
        The order of the lines (0-based) of ``either`` groups; and for worths and reservations that are
        ranges the point at which they are.
    """

    counts: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()
    orders: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def also(self, other: Answers) -> Answers:
        """These answers and others on top of them, which prevail where both answer one question."""
        return Answers(
            (self.counts - other.out) | other.counts,
            (self.out - other.counts) | other.out,
            tuple((dict(self.orders) | dict(other.orders)).items()),
        )


NO_ANSWERS = Answers()
"""Nothing is settled besides what the case says."""

AS_WRITTEN = Setting()
"""Everything counts, in the order in which it is written."""

BINARY = frozenset({"line", "red-line", "term", "rule", "control", "moves", "proposal"})
"""Kinds of elements that count or do not."""
UNCOUNTED = frozenset({"ranking", "worth", "reservation"})
"""Kinds of elements in place of which, once nothing stands behind them, anything may be."""


@dataclass(frozen=True)
class SettingSpace:
    """Every admissible setting, once some grounds are gone.

    Attributes
    ----------
    free
        Ids of the elements that count or do not.
    lost
        Ids of rankings, worths and reservations that nothing stands behind any more.
    groups
        Size of each ``either`` group.
    unknown
        Parties (and constituencies) of whose order nothing is known.
    anchors
        For a status quo or no deal that may be any state, the states it may be.
    vague
        Parties (and constituencies) of which it is not known what no deal is worth to them, or only
        the ends that it lies between.
    out
        Ids of the elements that are settled not to count (see :class:`Answers`).
    ordered
        The order of the lines (0-based) of each ``either`` group that is settled; it is no longer among
        the groups.
    ranges
        The orders that ranges admit; None where nothing is a range.
    """

    free: tuple[str, ...]
    lost: tuple[str, ...]
    groups: Mapping[str, int]
    unknown: tuple[str, ...]
    anchors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    vague: tuple[str, ...] = ()
    out: frozenset[str] = frozenset()
    ordered: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ranges: Ranges | None = None

    @property
    def perms(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The settled groups that are not in their written order, and ranges, as a setting has them."""
        ends = (".worth", ".table", ".reservation")
        return tuple((g, p) for g, p in self.ordered.items() if list(p) != sorted(p) or g.endswith(ends))

    @property
    def binary(self) -> int:
        """Number of settings of what counts or does not, and of the order of lines."""
        total: int = 1 << len(self.free)
        for size in self.groups.values():
            total *= factorial(size)
        return total

    @property
    def count(self) -> int | None:
        """Number of admissible settings.

        None where an order or an anchor is unknown, or ranges admit too many orders to tell them apart.
        """
        return None if self.unknown or self.anchors else self._counted(deals=False)

    @property
    def of_packages(self) -> int | None:
        """The same for what is compared with no deal: with where that stands among the states.

        None also where it is not known what no deal is worth.
        """
        told = () if self.ranges is None else self.ranges.reserved
        open_ = [p for p in self.vague if p not in told or f"{p}.reservation" in self.lost]
        return None if open_ or self.unknown or self.anchors else self._counted(deals=True)

    def _counted(self, *, deals: bool) -> int | None:
        factor = Fraction(1) if self.ranges is None else self.ranges.factor(self, deals=deals)
        return None if factor is None else int(self.binary * factor)

    @property
    def listed(self) -> int:
        """How many settings :meth:`settings` goes through."""
        total = self._counted(deals=False)
        total = self.binary if total is None else total
        for states in self.anchors.values():
            total *= len(states)
        return total

    def settings(self, *, deals: bool = False) -> Iterator[Setting]:
        """Every setting, the case as it is written first.

        With ``deals`` each says what no deal is worth too, where that is a range. Ranges that admit too
        many orders to tell them apart are left open.

        Examples
        --------
        >>> space = SettingSpace(("a.priorities.1",), (), {}, ())
        >>> [sorted(s.off) for s in space.settings()]
        [[], ['a.priorities.1']]
        """
        lost = frozenset(self.lost) | self.out
        names = tuple(self.groups)
        anchors = [[(which, state) for state in states] for which, states in self.anchors.items()]
        for chosen in product(*anchors):
            at = dict(chosen)
            for orders in product(*(permutations(range(k)) for k in self.groups.values())):
                perms = tuple((g, p) for g, p in zip(names, orders, strict=True) if list(p) != sorted(p))
                for bits in product((False, True), repeat=len(self.free)):
                    off = lost | {e for e, gone in zip(self.free, bits, strict=True) if gone}
                    for points in self._points(off, deals):
                        made = (*self.perms, *perms, *points)
                        yield Setting(off, made, at.get("status_quo"), at.get("no_deal"))

    def _points(self, off: frozenset[str], deals: bool) -> Iterator[tuple[tuple[str, tuple[int, ...]], ...]]:
        """Every choice of an order for each party with ranges."""
        if self.ranges is None:
            yield ()
            return
        who = dict.fromkeys((*self.ranges.parties, *self.ranges.reserved))
        every = [
            self.ranges.points(p, off, self, deals=deals)
            for p in who
            if self.ranges.concern(p, deals) and self.ranges.number(p, self, deals=deals) is not None
        ]
        for chosen in product(*(points or ((),) for points in every)):
            yield tuple(entry for points in chosen for entry in points)


def unsure_elements(elements: Sequence[Element], taken: frozenset[str]) -> tuple[Element, ...]:
    """The elements that are unsure once the grounds in ``taken`` are gone."""
    return tuple(e for e in elements if e.unsure or not e.standing - taken)
