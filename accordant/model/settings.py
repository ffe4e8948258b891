"""Admissible settings: what is unsure, every way it can turn out, and how many ways.

An unsure line, rule, controller or proposal counts or does not; the lines of an ``either`` group
stand in any order; a ranking or worths that nothing stands behind leave the order unknown, a
reservation what no deal is worth; a status quo or no deal that nothing stands behind may be any
state. Settings are counted over all parties together; with an unknown order or anchor there is no
count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product
from math import factorial

from accordant.case.grounds import Element


@dataclass(frozen=True, slots=True)
class Setting:
    """One way in which everything unsure turns out.

    Attributes
    ----------
    off
        Ids of the elements that do not count.
    perms
        The order of the lines (0-based) of each ``either`` group that is not in its written order.
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
        The order of the lines (0-based) of ``either`` groups.
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
    """

    free: tuple[str, ...]
    lost: tuple[str, ...]
    groups: Mapping[str, int]
    unknown: tuple[str, ...]
    anchors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    vague: tuple[str, ...] = ()
    out: frozenset[str] = frozenset()
    ordered: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def perms(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The settled groups that are not in their written order, as a setting has them."""
        return tuple((g, p) for g, p in self.ordered.items() if list(p) != sorted(p))

    @property
    def binary(self) -> int:
        """Number of settings of everything that can be counted."""
        total: int = 1 << len(self.free)
        for size in self.groups.values():
            total *= factorial(size)
        return total

    @property
    def count(self) -> int | None:
        """Number of admissible settings; None where an order or an anchor is unknown."""
        return None if self.unknown or self.anchors else self.binary

    @property
    def of_packages(self) -> int | None:
        """The same for what is compared with no deal: None also where its worth is not known exactly."""
        return None if self.vague else self.count

    @property
    def listed(self) -> int:
        """How many settings :meth:`settings` goes through."""
        total = self.binary
        for states in self.anchors.values():
            total *= len(states)
        return total

    def settings(self) -> Iterator[Setting]:
        """Every setting, the case as it is written first.

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
                    yield Setting(off, (*self.perms, *perms), at.get("status_quo"), at.get("no_deal"))


def unsure_elements(elements: Sequence[Element], taken: frozenset[str]) -> tuple[Element, ...]:
    """The elements that are unsure once the grounds in ``taken`` are gone."""
    return tuple(e for e in elements if e.unsure or not e.standing - taken)
