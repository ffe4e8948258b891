"""Which orders the ranges of a party's worths admit, each once: the settings of what is a range.

Every order that some numbers within the ranges give is a face of an arrangement (see
:mod:`accordant.model.arrangement`): two states are level where their worths are equal, and that is a
plane in the space of the ranges. A number for what no deal is worth is one more thing to be placed
among the states, and a range of it one more range. States that a red line tells apart are not
compared by worth, so that nothing is cut for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.arrangement import ROOM, Cut, Point, faces, lowest
from accordant.model.preferences import PartyOrder

if TYPE_CHECKING:
    from accordant.model.compiler import Compiler
    from accordant.model.settings import SettingSpace

Points: TypeAlias = tuple[tuple[str, Point], ...]
"""For the element of a score, and of a reservation, the point at which its ranges are."""
Pattern: TypeAlias = tuple[bool, ...]
"""Which red lines something keeps."""

ORDERS = 1 << 12
"""Most orders that are told apart for one party, over all settings of its own lines."""
OWN = 1 << 8
"""Most settings of one party's own lines for which orders are told apart."""
PAIRS = 1 << 24
"""Most pairs of worths that are compared."""


def admitted(
    order: PartyOrder, off: frozenset[str] = frozenset(), patterns: Iterable[Pattern] = (), most: int = ORDERS
) -> tuple[Points, ...] | None:
    """One point within the ranges for each order that they admit.

    Parameters
    ----------
    order
        What is known of a party's order.
    off
        Elements that do not count.
    patterns
        For each no deal with which packages are compared, which of the party's red lines it keeps;
        where there is one, what no deal is worth is placed among the states too.
    most
        Give up when there are more orders.

    Returns
    -------
    tuple of Points
        One point that is no point at all where nothing is a range; None where there are too many.

    Examples
    --------
    >>> from accordant.model.preferences import Held, Score
    >>> score = Score("a.worth", np.array([0, 7, 3]))
    >>> order = PartyOrder((), (), score, reservation=Held("a.reservation", 2, 5))
    >>> admitted(order)
    ((),)
    >>> sorted(numbers[0] / by for ((_, (by, *numbers)),) in admitted(order, patterns=[()]))
    [2.5, 3.0, 4.0]
    """
    score, held = order.score, order.reservation
    if score is None or score.element in off or not score.cardinal:
        return ((),)
    base: NDArray[Any] = score.ranks_in(off).astype(object)
    spread = score.spread
    rows: NDArray[Any] = np.zeros((len(base), 0), dtype=object) if spread is None else spread.in_(off)
    ends = [] if spread is None else list(zip(spread.low, spread.high, strict=True))
    kept = [tuple(bool(line.holds[s]) for line in order.red) for s in range(len(base))] if order.red else []
    kept = kept or [()] * len(base)
    known = held is not None and held.low is not None and held.high is not None
    if held is not None and held.low is not None and held.high is not None and held.element not in off:
        more = list(dict.fromkeys(patterns))
        kept += more
        if held.ranged and more:
            ends.append((held.low, held.high))
            rows = np.concatenate([rows, np.zeros((len(base), 1), dtype=object)], axis=1)
        column = np.zeros((len(more), rows.shape[1]), dtype=object)
        column[:, -1:] = int(held.ranged)
        rows = np.concatenate([rows, column])
        base = np.concatenate([base, np.full(len(more), 0 if held.ranged else held.low, dtype=object)])
    if not ends:
        return ((),)
    if score.unplaced.any():
        return None
    counted = [k for k, line in enumerate(order.red) if line.element not in off]
    cuts = _cuts(base, rows, ends, [tuple(pattern[k] for k in counted) for pattern in kept])
    found = None if cuts is None else faces(ends, cuts, most)
    size = 0 if spread is None else spread.size
    if found is None:
        return None
    return tuple(_told(point, size, score.element, held.element if known and held else "") for point in found)


def _told(point: Point, size: int, worths: str, reservation: str) -> Points:
    """A point as a setting has it: that of the worths, and that of the reservation."""
    made: list[tuple[str, Point]] = []
    if size:
        made.append((worths, point[: 1 + size]))
    if len(point) > 1 + size:
        made.append((reservation, (point[0], point[1 + size])))
    return tuple(made)


def _on_scale(found: tuple[Points, ...] | None, settled: Points) -> tuple[Points, ...] | None:
    """Points of what no deal is worth on the scale of the case: that of settled worths is finer."""
    by = [point[0] for e, point in settled if not e.endswith(".reservation")]
    if found is None or not by:
        return found
    return tuple(tuple((e, (point[0] * by[0], *point[1:])) for e, point in points) for points in found)


def _cuts(
    base: NDArray[Any], rows: NDArray[Any], ends: Sequence[tuple[int, int]], kinds: Sequence[Pattern]
) -> list[Cut] | None:
    """Where two sums of one kind are equal, each plane once; None where there are too many to compare."""
    groups: dict[Pattern, dict[tuple[int, ...], set[int]]] = {}
    for number, row, kind in zip(base.tolist(), rows.tolist(), kinds, strict=True):
        groups.setdefault(kind, {}).setdefault(tuple(row), set()).add(number)
    found: dict[Cut, None] = {}
    left = PAIRS
    for group in groups.values():
        sums = [(row, sorted(numbers)) for row, numbers in group.items()]
        for k, (row, numbers) in enumerate(sums):
            for other, others in sums[:k]:
                left -= len(numbers) * len(others)
                if left < 0:
                    return None
                apart = tuple(a - b for a, b in zip(row, other, strict=True))
                found.update(dict.fromkeys(_between(apart, numbers, others, ends)))
    return list(found)


def _between(
    apart: tuple[int, ...], numbers: Sequence[int], others: Sequence[int], ends: Sequence[tuple[int, int]]
) -> Iterator[Cut]:
    """The planes between two sets of sums that differ in how much of each range is in them."""
    low = sum(min(c * a, c * b) for c, (a, b) in zip(apart, ends, strict=True))
    high = sum(max(c * a, c * b) for c, (a, b) in zip(apart, ends, strict=True))
    most = max(abs(x) for side in (numbers, others) for x in (side[0], side[-1]))
    kind = np.int64 if 2 * most < ROOM and max(abs(low), abs(high)) < ROOM else object
    constants = np.subtract.outer(np.array(numbers, dtype=kind), np.array(others, dtype=kind))
    for constant in np.unique(constants[(constants >= -high) & (constants <= -low)]).tolist():
        yield lowest((constant, *apart))


class Ranges:
    """The orders that the ranges of a case admit, found once.

    Orders are told apart over all states that there may be in a space of settings: those of the case
    without any rule that may not hold. So there are as many whatever rules hold, and where some hold,
    several may come to the same.
    """

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self._points: dict[object, tuple[Points, ...] | None] = {}
        self._numbers: dict[object, int | None] = {}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Those whose worths are ranges, and who take part or may veto."""
        orders = self.compiler.orders().items()
        return tuple(p for p, order in orders if order.ranged and self.compiler.has_a_say(p))

    @cached_property
    def reserved(self) -> tuple[str, ...]:
        """Those whose no deal is worth a range, and whose acceptance counts or who may veto."""
        parties, orders = self.compiler.case.parties, self.compiler.orders().items()
        say = [(p, o) for p, o in orders if p in parties and parties[p].role in ("party", "constituency")]
        return tuple(p for p, o in say if o.reservation is not None and o.reservation.ranged)

    def concern(self, who: str, deals: bool) -> bool:
        """Whether somebody has ranges, those of what no deal is worth among them if ``deals``."""
        return who in self.parties or (deals and who in self.reserved)

    def points(
        self, who: str, off: frozenset[str], space: SettingSpace, *, deals: bool
    ) -> tuple[Points, ...] | None:
        """One point for each order of somebody, in one setting of the elements that count or not.

        Parameters
        ----------
        off
            Elements that do not count, others' and rules among them as well.
        space
            The settings that the orders belong to: its rules say which states there may be.
        deals
            Whether what no deal is worth is placed among the states.

        Returns
        -------
        tuple of Points
            None where there are too many orders to tell them apart.
        """
        wide = self._wide(space)
        own = frozenset(e for e in off if e.startswith(f"{who}."))
        anchored = deals and bool(space.anchors)
        settled = self._settled(who, space)
        key = (who, own, wide, deals, anchored, settled)
        if key not in self._points:
            try:
                order = self.compiler.orders(wide)[who].at(dict(settled))
                patterns = self._patterns(order, wide, anchored) if deals else ()
                self._points[key] = _on_scale(admitted(order, own, patterns), settled)
            except TooLargeError:
                self._points[key] = None
        return self._points[key]

    @staticmethod
    def _settled(who: str, space: SettingSpace) -> Points:
        """The points at which somebody's ranges are settled to be."""
        names = (f"{who}.worth", f"{who}.table", f"{who}.reservation")
        return tuple((e, point) for e, point in space.ordered.items() if e in names)

    def _patterns(self, order: PartyOrder, wide: frozenset[str], anchored: bool) -> Iterator[Pattern]:
        """Which red lines no deal keeps: what its state keeps, or all of them where there is no state."""
        space, written = self.compiler.space(wide), self.compiler.view()
        states: Iterable[int] = [space.numbers[written.space.name(d)] for d in written.no_deal]
        if anchored:
            states = range(space.n)
        for s in states:
            yield tuple(bool(line.holds[s]) for line in order.red)
        if anchored or not written.no_deal:
            yield (True,) * len(order.red)

    @staticmethod
    def _wide(space: SettingSpace) -> frozenset[str]:
        """The rules that may not hold."""
        return frozenset(e for e in (*space.free, *space.out) if e.startswith("feasible."))

    def own(self, who: str, space: SettingSpace) -> tuple[str, ...]:
        """Somebody's elements that count or do not."""
        return tuple(e for e in space.free if e.startswith(f"{who}."))

    def every(
        self, who: str, space: SettingSpace, *, deals: bool
    ) -> Sequence[tuple[frozenset[str], Points]] | None:
        """Every setting of somebody's lines and ranges, apart from the order of lines; None for too many."""
        free = self.own(who, space)
        if len(free) > OWN.bit_length() - 1:
            return None
        gone = frozenset(e for e in (*space.lost, *space.out) if e.startswith(f"{who}."))
        found: list[tuple[frozenset[str], Points]] = []
        for bits in product((False, True), repeat=len(free)):
            off = frozenset(e for e, out in zip(free, bits, strict=True) if out)
            points = self.points(who, gone | off, space, deals=deals)
            if points is None or len(found) + len(points) > ORDERS:
                return None
            found += [(off, point) for point in points]
        return found

    def number(self, who: str, space: SettingSpace, *, deals: bool) -> int | None:
        """How many settings of somebody's lines and ranges there are, apart from the order of lines."""
        gone = frozenset(space.lost) | space.out
        lines, settled = self.own(who, space), self._settled(who, space)
        key = (who, lines, self._wide(space), gone, deals, bool(space.anchors), settled)
        if key not in self._numbers:
            every = self.every(who, space, deals=deals)
            self._numbers[key] = None if every is None else len(every)
        return self._numbers[key]

    def factor(self, space: SettingSpace, *, deals: bool) -> Fraction | None:
        """By what the ranges multiply the settings of everything else; None where they are not told apart."""
        factors = []
        for who in dict.fromkeys((*self.parties, *(self.reserved if deals else ()))):
            number = self.number(who, space, deals=deals)
            if number is None:
                return None
            factors.append(Fraction(number, 1 << len(self.own(who, space))))
        return prod(factors, start=Fraction(1))
