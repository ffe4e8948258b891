"""Everybody's order in many variants at once: ranks of the states, and where no deal stands among them.

Notation: U distinct ways in which something about one party (or constituency) is chosen, ``n`` states and
``w >= n`` columns: the states, then what no deal may be to it (see :mod:`accordant.agreement.no_deal`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import NoDeal, no_deal_to
from accordant.agreement.stands import no_deals
from accordant.model.frame import Truths
from accordant.model.preferences import ROOM, Choice, PartyOrder, Score, Statement, dense_rows
from accordant.model.view import View
from accordant.reliance.variants.dimensions import Dimension, Lines, Number, Ranged, States
from accordant.reliance.variants.numbering import Indices
from accordant.reliance.variants.numbers import with_number

Bools = NDArray[np.bool_]
Int64s = NDArray[np.int64]
Levels = NDArray[np.int8]
Numbers = NDArray[Any]
"""Whole numbers: 64 bits where they fit, otherwise Python's own."""
Counting = Mapping[str, Bools]
"""For each element that is varied whether it counts, variant by variant."""
Picks = Mapping[str, Indices]
"""What is chosen in each dimension, variant by variant."""

BITS = 60
"""Lines compared before ranks are made dense again."""


@dataclass(frozen=True, eq=False)
class Shift:
    """What choosing another number adds to the columns: a whole number for each choice, times a unit."""

    dimension: str
    element: str
    times: Numbers
    unit: Numbers


@dataclass(frozen=True, eq=False)
class Told:
    """Orders in U ways of choosing.

    Attributes
    ----------
    ranks
        Shape (U, w), dense: larger is better.
    known
        For each way whether the order is known; where it is not, ``ranks`` are by red lines alone.
    red
        For each way which red lines count, shape (U, lines).
    form
        What no deal is.
    """

    ranks: Int64s
    known: Bools
    red: Bools
    form: NoDeal

    def levels(self, columns: NDArray[np.intp], d: int) -> tuple[Levels, Levels]:
        """Lowest and highest level of some states against one no deal: 0 refuses, 1 ties, 2 is better.

        Returns
        -------
        low, high
            Shape (U, columns).
        """
        low, high = self.form.low[d], self.form.high[d]
        key = self.ranks[:, columns]
        least, most = _level(key, self.ranks[:, high, None]), _level(key, self.ranks[:, low, None])
        if not self.known.all():
            # an unknown order may put anything that the red lines do not tell apart above or below
            same = ((columns == low) & (low == high)).astype(np.int8)
            known = self.known[:, None]
            least = np.where(known, least, np.maximum(least & 2, same))
            most = np.where(known, most, 2 - same)
        red = () if self.form.order is None else self.form.order.red
        for k, line in enumerate(red):
            crossed = ~line.holds[columns] & self.red[:, k, None]
            least = least * ~(crossed & line.holds[high])
            most = most * ~(crossed & line.holds[low])
        return least.astype(np.int8), most.astype(np.int8)


def _level(key: Int64s, at: Int64s) -> Levels:
    return (key >= at).astype(np.int8) + (key > at)


class Voice:
    """One party or constituency in one frame, whatever is chosen about it.

    Parameters
    ----------
    dimensions
        Everything that is varied.
    varied
        The elements that may not count.
    lost
        Elements that nothing stands behind in any variant.
    """

    def __init__(
        self,
        view: View,
        who: str,
        dimensions: Sequence[Dimension],
        varied: Sequence[str],
        lost: frozenset[str],
    ) -> None:
        self.view, self.who, self.lost = view, who, lost
        self.own = [d for d in dimensions if getattr(d, "party", "") == who]
        self.states = next((d for d in self.own if isinstance(d, States)), None)
        self.ranged = next((d for d in self.own if isinstance(d, Ranged)), None)
        self.shifts: list[Shift] = []
        self.order = self._order([d for d in self.own if isinstance(d, Number)])
        # the ids of red lines, lines and the rest begin with whose they are
        self.elements = [e for e in varied if e.startswith(f"{who}.")]
        self._forms: dict[bool, NoDeal] = {}
        self._points: dict[int, Voice] = {}

    def _order(self, numbers: Sequence[Number]) -> PartyOrder | None:
        """Everything known of the order in any variant, numbers at the first of their choices."""
        order = self.view.frame.orders.get(self.who)
        if self.states is not None:
            red = () if order is None else order.red
            held = None if order is None else order.reservation
            return PartyOrder(red, (), None, reservation=held if held and held.state is not None else None)
        preference = self.view.case.preferences.get(self.who)
        if preference is None or self.ranged or (not numbers and not preference.ranged):
            return order
        for d in numbers:
            preference = with_number(preference, d.place, d.values[0])
        if preference.ranged:  # some of the numbers are not varied: no single order
            assert order is not None
            return PartyOrder(order.red, (), None, reservation=order.reservation)
        truths = Truths(self.view.case, self.view.space)
        partial = bool(self._rules_off)
        base = truths.order(self.who, preference, partial=partial)
        more = [
            truths.order(self.who, with_number(preference, d.place, d.values[0] + 1), partial=partial)
            for d in numbers
        ]
        return self._scaled(base, more, numbers)

    @property
    def _rules_off(self) -> frozenset[str]:
        return frozenset(e for e in self.view.setting.off if e.startswith("feasible."))

    def _scaled(self, base: PartyOrder, more: Sequence[PartyOrder], numbers: Sequence[Number]) -> PartyOrder:
        """The order on a scale on which every number that is tried is whole; notes what each adds."""
        assert base.score is not None
        steps = [[Fraction(v) - Fraction(d.values[0]) for v in d.values] for d in numbers]
        scales = [o.score.scale for o in (base, *more) if o.score is not None]
        whole, fine = lcm(*scales), lcm(1, *(s.denominator for of in steps for s in of))
        units = [_difference(base, o, d, whole) for o, d in zip(more, numbers, strict=True)]
        times = [[int(s * fine) for s in of] for of in steps]
        factor = whole // base.score.scale * fine
        most = _largest(base.score) * factor + sum(
            max(map(abs, t), default=0) * int(abs(u).max(initial=0))
            for t, u in zip(times, units, strict=True)
        )
        kind = np.dtype(object) if most >= ROOM else np.dtype(np.int64)
        for d, t, unit in zip(numbers, times, units, strict=True):
            element = f"{self.who}.also.{int(d.place[1]) + 1}" if d.place[0] == "also" else ""
            self.shifts.append(Shift(d.id, element, np.array(t, dtype=kind), unit.astype(kind)))
        score = replace(
            base.score,
            ranks=base.score.ranks.astype(kind) * factor,
            terms=tuple((e, worth.astype(kind) * factor) for e, worth in base.score.terms),
            scale=whole * fine,
        )
        held = base.reservation
        if held is not None and held.low is not None and held.high is not None:
            held = replace(held, low=held.low * factor, high=held.high * factor)
        return replace(base, score=score, reservation=held)

    def form(self, fallen: bool) -> NoDeal:
        """What no deal is, once its own worth is gone or not."""
        if fallen not in self._forms:
            held = None if self.order is None else self.order.reservation
            lost = {held.element} if held is not None and (fallen or held.element in self.lost) else set()
            against = no_deals(self.view)
            self._forms[fallen] = no_deal_to(self.order, lost, against, self.view.model.n)
        return self._forms[fallen]

    @property
    def reservation(self) -> str:
        """The element of what no deal is worth, where it is varied whether it counts; otherwise empty."""
        name = f"{self.who}.reservation"
        return name if name in self.elements else ""

    def told(self, counting: Counting, picks: Picks, ways: NDArray[np.intp], fallen: bool) -> Told:
        """The orders in some variants, by their places ``ways``."""
        if self.ranged is not None:
            return self._told_at_points(self.ranged, counting, picks, ways, fallen)
        form = self.form(fallen)
        u, width = len(ways), form.width
        red = () if form.order is None else form.order.red
        red_on = self._on([line.element for line in red], counting, ways)
        if form.order is None or (form.order.open and self.states is None):
            ranks = _by_red(red, red_on, u, width)
            return Told(ranks, np.zeros(u, dtype=bool), red_on, form)
        known = self._known(form.order, counting, ways)
        prefix = self._by_lines(form.order, red_on, known, counting, picks, ways)
        score = self._by_score(form.order, known, counting, picks, ways, width)
        if score is None:
            return Told(dense_rows(prefix), known, red_on, form)
        numbers = dense_rows(score) if score.dtype != object else _dense_objects(score)
        if prefix.any():
            numbers = dense_rows(prefix) * (int(numbers.max(initial=0)) + 1) + numbers
            numbers = dense_rows(numbers)
        return Told(numbers, known, red_on, form)

    def _told_at_points(
        self, ranged: Ranged, counting: Counting, picks: Picks, ways: NDArray[np.intp], fallen: bool
    ) -> Told:
        """The same where each variant has its own point within the ranges."""
        chosen = picks[ranged.id][ways]
        found: Told | None = None
        for k in np.unique(chosen).tolist():
            rows = chosen == k
            here = self._at(ranged, k).told(counting, picks, ways[rows], fallen)
            if found is None:
                size = len(ways)
                ranks = np.zeros((size, here.form.width), dtype=np.int64)
                red = np.zeros((size, here.red.shape[1]), dtype=bool)
                # no deal stands in the same columns whatever it is worth
                found = Told(ranks, np.zeros(size, dtype=bool), red, here.form)
            found.ranks[rows], found.known[rows], found.red[rows] = here.ranks, here.known, here.red
        assert found is not None
        return found

    def _at(self, ranged: Ranged, choice: int) -> Voice:
        """The same voice at one point within its ranges."""
        if choice not in self._points:
            voice = copy(self)
            assert self.order is not None
            voice.order = self.order.at(dict(ranged.points[choice]))
            voice.ranged, voice._forms = None, {}
            self._points[choice] = voice
        return self._points[choice]

    def _on(self, elements: Sequence[str], counting: Counting, ways: NDArray[np.intp]) -> Bools:
        """Which elements count, shape (U, elements)."""
        on = np.ones((len(ways), len(elements)), dtype=bool)
        for k, element in enumerate(elements):
            if element in self.lost:
                on[:, k] = False
            elif element in counting:
                on[:, k] = counting[element][ways]
        return on

    def _known(self, order: PartyOrder, counting: Counting, ways: NDArray[np.intp]) -> Bools:
        known = np.ones(len(ways), dtype=bool)
        if self.states is not None:
            return known
        if order.score is None:
            # a party that says nothing but what it refuses is indifferent otherwise
            given = self.view.case.preferences.get(self.who)
            return known if given is None or not given.ranged else ~known
        if order.score.unplaced.any() or order.ranged:
            return ~known
        return self._on([order.score.element], counting, ways)[:, 0]

    def _by_lines(
        self,
        order: PartyOrder,
        red_on: Bools,
        known: Bools,
        counting: Counting,
        picks: Picks,
        ways: NDArray[np.intp],
    ) -> Int64s:
        """Ranks by red lines and priorities, shape (U, w)."""
        width = self.form_width(order)
        ranks = _by_red(order.red, red_on, len(ways), width)
        lines = _flat(order)
        if not lines:
            return ranks
        holds = np.array([line.holds for line in lines])
        on = self._on([line.element for line in lines], counting, ways) & known[:, None]
        sequence = self._sequence(order, picks, ways)
        used = len(order.red)
        for place in range(len(lines)):
            if used >= BITS:
                ranks = dense_rows(ranks)
                used = int(ranks.max(initial=0)).bit_length()
            at = sequence[:, place]
            counts = np.take_along_axis(on, at[:, None], axis=1)
            ranks = np.where(counts, ranks * 2 + holds[at], ranks)
            used += 1
        return ranks

    def form_width(self, order: PartyOrder) -> int:
        """Columns of an order made by :meth:`form`."""
        return next((f.width for f in self._forms.values() if f.order is order), self.view.model.n)

    def _sequence(self, order: PartyOrder, picks: Picks, ways: NDArray[np.intp]) -> Int64s:
        """Which line stands at each place, shape (U, lines)."""
        every = _flat(order)
        sequence = np.tile(np.arange(len(every)), (len(ways), 1))
        own = [k for k, line in enumerate(every) if line.element.startswith(f"{self.who}.")]
        for d in self.own:
            if not isinstance(d, Lines):
                continue
            places = np.array(
                [k for k in own if not d.group or every[k].element.startswith(f"{d.group}.")], dtype=np.intp
            )
            sequence[:, places] = places[d.orders(picks[d.id][ways])]
        return sequence

    def _by_score(
        self,
        order: PartyOrder,
        known: Bools,
        counting: Counting,
        picks: Picks,
        ways: NDArray[np.intp],
        width: int,
    ) -> Numbers | None:
        """Numbers for the columns, shape (U, w); None where lines say everything."""
        n = self.view.model.n
        if self.states is not None:
            ranks = np.zeros((len(ways), width), dtype=np.int64)
            ranks[:, :n] = self.states.ranks(picks[self.states.id][ways])
            return ranks
        score = order.score
        if score is None:
            return None
        total = np.repeat(score.ranks[None], len(ways), axis=0)
        on = self._on([element for element, _ in score.terms], counting, ways)
        for k, (_, worth) in enumerate(score.terms):
            total = total + np.where(on[:, k, None], worth[None], 0)
        for shift in self.shifts:
            times = shift.times[picks[shift.dimension][ways].astype(np.int64)]
            if shift.element:
                times = times * self._on([shift.element], counting, ways)[:, 0]
            total = total + times[:, None] * self._unit(shift, width)[None]
        total = np.where(known[:, None], total, 0)
        return total

    def _unit(self, shift: Shift, width: int) -> Numbers:
        """What one step adds to every column: to the states, or to what no deal is worth."""
        n = self.view.model.n
        if len(shift.unit) == n:
            return np.concatenate([shift.unit, np.zeros(width - n, dtype=shift.unit.dtype)])
        extra = np.repeat(shift.unit, width - n)
        return np.concatenate([np.zeros(n, dtype=shift.unit.dtype), extra])


def _difference(base: PartyOrder, more: PartyOrder, d: Number, whole: int) -> Numbers:
    """What the number one higher adds to the states; of a reservation, to no deal alone (one entry)."""
    if d.place[0] == "reservation":
        return np.array([whole], dtype=object)
    one, two = base.score, more.score
    assert one is not None
    assert two is not None
    columns = [_whole(s, whole) for s in (one, two)]
    return np.asarray(columns[1] - columns[0])


def _whole(score: Score, scale: int) -> Numbers:
    """The numbers of the states, all terms counted, on a scale."""
    total = score.ranks.astype(object)
    for _, worth in score.terms:
        total = total + worth.astype(object)
    return np.asarray(total * (scale // score.scale))


def _largest(score: Score) -> int:
    parts = [score.ranks, *(worth for _, worth in score.terms)]
    return sum(int(abs(part).max(initial=0)) for part in parts)


def _flat(order: PartyOrder) -> list[Statement]:
    """Every line in the order written, those of groups too."""
    found: list[Statement] = []
    for entry in order.lines:
        found += entry.lines if isinstance(entry, Choice) else [entry]
    return found


def _by_red(red: Sequence[Statement], on: Bools, u: int, width: int) -> Int64s:
    ranks = np.zeros((u, width), dtype=np.int64)
    for k, line in enumerate(red):
        if k and k % BITS == 0:
            ranks = dense_rows(ranks)
        ranks = np.where(on[:, k, None], ranks * 2 + line.holds, ranks)
    return dense_rows(ranks) if len(red) > BITS // 2 else ranks


def _dense_objects(numbers: Numbers) -> Int64s:
    """Each row made dense, numbers of any size."""
    rows = [np.unique(row, return_inverse=True)[1].ravel() for row in numbers]
    return np.array(rows, dtype=np.int64).reshape(numbers.shape)
