"""How everybody may see things, each distinct order looked at once.

The orders of different parties vary independently of each other. So what depends on one party's
order alone is worked out per party, over its own lines only, and joined afterwards; equal orders are
kept once, with the number of settings that give them. Orders depend on the states (and so on the
rules that hold), not on controllers or anchors: they are shared by all frames with the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby, islice, permutations, product

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import NOWHERE, NoDeal, no_deal_to
from accordant.model.compiler import Compiler
from accordant.model.preferences import Choice, PartyOrder, Statement, dense_rows
from accordant.model.settings import Setting, SettingSpace
from accordant.reliance.between import Asked, alone
from accordant.reliance.local import suits
from accordant.reliance.ranged import Every, orders_over, range_key, settings_of

Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]
Numbers = NDArray[np.intp]
Weights = NDArray[np.object_]
Perms = tuple[tuple[str, tuple[int, ...]], ...]

OWN = 1 << 12
"""Most settings of one party's own lines that are looked at."""
MOST_LINES = 62
"""Lines whose truth fits into the bits of a rank."""
KEPT = 1 << 26
"""Most verdicts kept of one frame, by orders and states."""
BLOCK = 1 << 22
"""Most levels worked out at once."""
ORDER_KINDS = ("line", "red-line", "ranking", "worth", "term")
HELD_KINDS = (*ORDER_KINDS, "reservation")


@dataclass(frozen=True, eq=False)
class Ordered:
    """The distinct orders of one party or constituency.

    Attributes
    ----------
    ranks
        Dense ranks, shape (orders, states); of red lines alone where the order is unknown.
    top
        The same with every state that a ranking does not place above those that it places;
        ``ranks`` has them below (see :attr:`accordant.model.preferences.Score.unplaced`).
    known
        Whether the order is known, unplaced states aside.
    unplaced
        The states that a ranking does not place, shape (states,).
    red
        Which red lines count, shape (orders, red lines).
    weight
        Settings of the party's own lines behind each.
    complete
        False when there were more than :data:`OWN` settings.
    open
        Whether it is some pairs of states that are of unknown order, so that not every order is meant.
    """

    ranks: NDArray[np.int64]
    top: NDArray[np.int64]
    known: Bools
    unplaced: Bools
    red: Bools
    weight: Weights
    complete: bool
    open: bool = False

    @property
    def whole(self) -> Bools:
        """For each order whether it is known of every state."""
        return self.known & ~self.unplaced.any()

    @property
    def exact(self) -> bool:
        """Whether an unknown order is really any order: with red lines, or only some pairs, it is not."""
        return bool(self.known.all()) or not (self.open or self.red.any())


@dataclass(frozen=True, eq=False)
class Stances:
    """Levels (0 refuses, 1 a tie with no deal, 2 strictly better) of one voice.

    ``low`` and ``high`` have the shape (orders, states compared with, columns).
    """

    low: Levels
    high: Levels
    weight: Weights
    complete: bool


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Stability of one party under one concept: (orders, states).

    ``exact`` is False where what must and may be are bounds that need not be attained.
    """

    must: Bools
    may: Bools
    weight: Weights
    complete: bool
    exact: bool


class OrderBook:
    """The distinct orders of everybody, by the rules that hold and the elements that are unsure."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.worked = 0
        """Orders × states that stability was worked out for."""
        self._found: dict[object, Ordered] = {}

    @cached_property
    def _owner(self) -> dict[str, str]:
        return {e.id: e.subject for e in self.compiler.elements if e.kind in HELD_KINDS}

    def orders(
        self, who: str, space: SettingSpace, rules_off: frozenset[str], against: NoDeal | None = None
    ) -> Ordered:
        """The distinct orders of a party or a constituency over a space of settings.

        ``against`` is what no deal is to it: its columns are then ranked with the states.
        """
        free, lost, ordered = self.key(who, space)
        groups = {g: k for g, k in space.groups.items() if g.split(".", 1)[0] == who}
        n = self.compiler.space(rules_off).n
        order = self.compiler.orders(rules_off).get(who)
        columns: object = None
        if against is not None and against.width > against.states:
            n, order, columns = against.width, against.order, against.key
        deals = against is not None
        key = (rules_off, who, free, lost, ordered, columns, range_key(who, space, deals=deals))
        if key not in self._found:
            every = settings_of(who, space, deals=deals)
            self._found[key] = _distinct_orders(order, n, free, lost, groups, ordered, every)
        return self._found[key]

    def key(self, who: str, space: SettingSpace) -> tuple[tuple[str, ...], frozenset[str], Perms]:
        """What somebody's possible orders depend on, rules aside.

        Own lines that are unsure, those that are lost or settled not to count, and groups that are
        settled in an order.
        """
        free = tuple(e for e in space.free if self._owner.get(e) == who)
        gone = frozenset(e for e in (*space.lost, *space.out) if self._owner.get(e) == who)
        return free, gone, tuple((g, p) for g, p in space.ordered.items() if g.split(".", 1)[0] == who)


def _distinct_orders(
    order: PartyOrder | None,
    n: int,
    free: Sequence[str],
    lost: frozenset[str],
    groups: Mapping[str, int],
    ordered: Perms = (),
    ranges: Every | None = None,
) -> Ordered:
    nothing = np.zeros(n, dtype=bool)
    if order is None:
        zero = np.zeros((1, n), dtype=np.int64)
        unknown = np.zeros(1, dtype=bool)
        return Ordered(zero, zero, unknown, nothing, np.zeros((1, 0), dtype=bool), as_weights([1]), True)
    loose = ranges is None and order.at(dict(ordered)).ranged  # too many orders to tell them apart
    open_ = order.open or loose
    known = not open_ and (order.score is None or order.score.element not in lost)
    if known and ranges is not None:
        ranks, counted = orders_over(order, n, ranges, lost, ordered)
        return _ordered(np.concatenate([ranks, ranks], axis=1), counted, nothing, known=True)
    if not known:  # only the red lines still say something
        order = PartyOrder(order.red, (), None)
        free = [e for e in free if any(e == r.element for r in order.red)]
    if order.score is None and len(order.red) + sum(map(_size, order.lines)) <= MOST_LINES:
        ranks, counted, complete = _by_lines(order, n, free, lost, groups if known else {}, ordered)
        ranks = np.concatenate([ranks, ranks], axis=1)
    else:
        ranks, counted, complete = _one_by_one(order, n, free, lost, groups if known else {}, ordered)
    unplaced = nothing if order.score is None else order.score.unplaced
    return _ordered(ranks, counted, unplaced, known=known, complete=complete, open_=open_)


def _ordered(
    ranks: NDArray[np.int64],
    counted: Bools,
    unplaced: Bools,
    *,
    known: bool,
    complete: bool = True,
    open_: bool = False,
) -> Ordered:
    """Equal orders once; ``ranks`` are those of both kinds, one after the other."""
    first, inverse = distinct_rows(np.concatenate([ranks, counted], axis=1))
    weight = as_weights(np.bincount(inverse, minlength=len(first)).tolist())
    ranks, n = ranks[first], len(unplaced)
    below, certain = ranks[:, :n].copy(), np.full(len(first), known)
    top = ranks[:, n:].copy() if unplaced.any() else below  # many orders of many states take much room
    return Ordered(below, top, certain, unplaced, counted[first], weight, complete, open_)


def _one_by_one(
    order: PartyOrder,
    n: int,
    free: Sequence[str],
    lost: frozenset[str],
    groups: Mapping[str, int],
    ordered: Perms,
) -> tuple[NDArray[np.int64], Bools, bool]:
    """Ranks in each way (and again with what is not placed on top), the red lines that count, if all."""
    every = ways(free, groups)
    kept = list(islice(every, OWN))
    complete = next(every, None) is None
    highest = _unplaced_on_top(order)
    rows, red = [], []
    for perms, same in groupby(sorted(kept, key=lambda w: w[1]), key=lambda w: w[1]):
        offs = [lost | off for off, _ in same]
        both = [o.ranks_many(n, offs, dict((*ordered, *perms))) for o in (order, highest)]
        rows.append(np.concatenate(both, axis=1))
        red += [[r.element not in off for r in order.red] for off in offs]
    ranks = np.concatenate(rows)
    return ranks, np.array(red, dtype=bool).reshape(len(ranks), -1), complete


def _by_lines(
    order: PartyOrder,
    n: int,
    free: Sequence[str],
    lost: frozenset[str],
    groups: Mapping[str, int],
    ordered: Perms,
) -> tuple[NDArray[np.int64], Bools, bool]:
    """The same for lines alone, which always place every state, all ways at once."""
    perms = sorted(_orders_of(groups))
    offs, complete = _offs(len(free), -(-OWN // len(perms)))
    column = {e: k for k, e in enumerate(free)}
    counted = np.array([r.element not in lost for r in order.red], dtype=bool)
    red = np.repeat(counted[None], len(offs), axis=0)
    for j, line in enumerate(order.red):
        if line.element in column:
            red[:, j] = ~offs[:, column[line.element]]
    rows = []
    for chosen in perms:
        ranks = np.zeros((len(offs), n), dtype=np.int64)
        for line in order.statements(lost, dict((*ordered, *chosen))):
            more = ranks * 2 + line.holds
            k = column.get(line.element)
            ranks = more if k is None else np.where(offs[:, k, None], ranks, more)
        rows.append(dense_rows(ranks))
    return np.concatenate(rows), np.tile(red, (len(perms), 1)), complete


def _offs(k: int, most: int) -> tuple[Bools, bool]:
    """Which of k elements do not count, in the order of :func:`ways`; whether all ways are there."""
    full = (1 << k) - 1
    single = [1 << (k - 1 - j) for j in range(k)]
    early = dict.fromkeys([0, full, *single, *(full - b for b in single)])
    rest = (x for x in range(1 << k) if x not in early)
    chosen = np.array(list(islice(chain(early, rest), most)), dtype=object)
    bits = [(chosen >> (k - 1 - j) & 1).astype(bool) for j in range(k)]
    shape = np.zeros((len(chosen), 0), dtype=bool)
    return (np.stack(bits, axis=1) if bits else shape), 1 << k <= most


def _size(entry: Statement | Choice) -> int:
    return len(entry.lines) if isinstance(entry, Choice) else 1


def _unplaced_on_top(order: PartyOrder) -> PartyOrder:
    score = order.score
    if score is None or not score.unplaced.any():
        return order
    ranks = np.where(score.unplaced, score.ranks.max(initial=0) + 1, score.ranks)
    return replace(order, score=replace(score, ranks=ranks))


class Outlooks:
    """One frame with everybody's possible orders, for what is asked about some states."""

    def __init__(self, book: OrderBook, structure: Setting, states: Iterable[str] = ()) -> None:
        self.book = book
        self.view = book.compiler.view(structure)
        numbers = self.view.space.numbers
        found = (numbers.names.find(s) for s in dict.fromkeys(states))
        self.asked = np.array(sorted({k for k in found if k is not None}), dtype=np.intp)
        self.rules_off = frozenset(e for e in structure.off if e.startswith("feasible."))
        self.joint: dict[object, object] = {}
        self.between: dict[object, tuple[dict[str, Bools], dict[str, Bools]]] = {}
        """What others worked out from everybody's orders in this frame, to be kept with it."""
        self._alone: dict[tuple[str, int, bool], dict[str, Verdicts]] = {}

    def orders(self, who: str, space: SettingSpace) -> Ordered:
        """The distinct orders of a party or a constituency."""
        return self.book.orders(who, space, self.rules_off)

    def facing(self, who: str, space: SettingSpace, against: Sequence[int]) -> tuple[Ordered, NoDeal]:
        """The distinct orders of a party or a constituency with what no deal is to it.

        ``against`` are the states that no deal may be: see :func:`accordant.agreement.stands.no_deals`.
        """
        held = no_deal_to(self.view.frame.orders.get(who), space.lost, against, self.view.model.n)
        return self.book.orders(who, space, self.rules_off, held), held

    def alone(self, party: str, space: SettingSpace, every: bool = False) -> dict[str, Verdicts]:
        """Verdicts that depend on this party's order only, told of the states asked about.

        ``every`` if what may be is asked of all states.
        """
        ordered = self.orders(party, space)
        key = (party, id(ordered), every)  # the book keeps it, so its id stays its own
        if key not in self._alone:
            while self._alone and len(self._alone) * ordered.ranks.size > KEPT:
                del self._alone[next(iter(self._alone))]
            self._alone[key] = Asked(self._verdicts(party, ordered, every))
        return self._alone[key]

    def _verdicts(self, party: str, ordered: Ordered, every: bool) -> Callable[[str], Verdicts]:
        model, at = self.view.model, self.view.parties.index(party)
        must = alone(model, at, ordered, self.asked, "must", every=every)
        sure, few = ordered.whole.all(), not every and suits(model, len(self.asked))
        may = must if sure else alone(model, at, ordered, self.asked, "may", every=every)
        others = ~np.isin(np.arange(model.n), self.asked) if sure and few else np.zeros(model.n, dtype=bool)

        def answer(concept: str) -> Verdicts:
            self.book.worked += 0 if concept == "nash" else ordered.ranks.size
            # of other states than those asked about nothing is told
            possible = may[concept] | others if few else may[concept]
            return Verdicts(must[concept], possible, ordered.weight, ordered.complete, ordered.exact)

        return answer


def levels(ordered: Ordered, held: NoDeal, columns: Numbers, at: Numbers) -> tuple[Levels, Levels]:
    """Lowest and highest levels of one voice: 0 refuses, 1 a tie with no deal, 2 strictly better.

    Parameters
    ----------
    columns
        The states looked at.
    at
        Which of the states that no deal may be, by their place in ``held``.

    Returns
    -------
    array of int8, shape (orders, no deals, columns)
    """
    low, high = (np.array(end, dtype=np.intp)[at] for end in (held.low, held.high))
    settled = np.where(low == high, low, NOWHERE)
    same = (settled[:, None] == columns).astype(np.int8)
    best = _levels_at(ordered, held, columns, low)
    worst = best if (low == high).all() else _levels_at(ordered, held, columns, high)
    known = ordered.known[:, None, None]
    least, most = worst[0], best[0]
    if not ordered.known.all():
        # an unknown order may put anything that the red lines do not tell apart above or below
        least = np.where(known, least, np.maximum(least & 2, same))
        most = np.where(known, most, 2 - same)
    if ordered.unplaced.any():
        apart = [ordered.unplaced[columns] | ordered.unplaced[end][:, None] for end in (high, low)]
        least, most = np.where(apart[0], same, least), np.where(apart[1], 2 - same, most)
    return (least * ~worst[1]).astype(np.int8), (most * ~best[1]).astype(np.int8)


def _levels_at(ordered: Ordered, held: NoDeal, columns: Numbers, against: Numbers) -> tuple[Levels, Bools]:
    """Levels by rank alone against some columns, and what newly crosses a red line."""
    ranks, at = ordered.ranks[:, None, columns], ordered.ranks[:, against, None]
    refused = np.zeros((len(ordered.ranks), len(against), len(columns)), dtype=bool)
    for k, line in enumerate(() if held.order is None else held.order.red):
        refused |= ordered.red[:, k, None, None] & line.holds[against][:, None] & ~line.holds[columns]
    return (ranks >= at).astype(np.int8) + (ranks > at), refused


def ways(free: Sequence[str], groups: Mapping[str, int]) -> Iterator[tuple[frozenset[str], Perms]]:
    """Every way in which some elements count or not and some groups are ordered, each once.

    Those that most often refute something come first: as written, everything off, each element
    alone off, each alone on; then the others.

    Examples
    --------
    >>> [sorted(off) for off, _ in ways(["a", "b"], {})]
    [[], ['a', 'b'], ['a'], ['b']]
    """
    first = [frozenset[str](), frozenset(free)]
    first += [frozenset({e}) for e in free] + [frozenset(free) - {e} for e in free]
    early = dict.fromkeys(first)
    rest = (
        off
        for bits in product((False, True), repeat=len(free))
        if (off := frozenset(e for e, gone in zip(free, bits, strict=True) if gone)) not in early
    )
    orders = _orders_of(groups)
    for off in chain(early, rest):
        for perms in orders:
            yield off, perms


def _orders_of(groups: Mapping[str, int]) -> list[Perms]:
    """Every way in which some groups are ordered, the written one first."""
    return [
        tuple((g, p) for g, p in zip(groups, chosen, strict=True) if list(p) != sorted(p))
        for chosen in product(*(permutations(range(k)) for k in groups.values()))
    ]


def distinct_rows(rows: NDArray[np.generic]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each distinct row first stands, and which of them each row is."""
    seen: dict[bytes, int] = {}
    flat = np.ascontiguousarray(rows)
    inverse = np.array([seen.setdefault(row.tobytes(), len(seen)) for row in flat], dtype=np.intp)
    first = np.zeros(len(seen), dtype=np.intp)
    first[inverse[::-1]] = np.arange(len(flat))[::-1]
    return first, inverse


def as_weights(counts: Sequence[int]) -> Weights:
    """Counts of settings as Python integers: products of counts pass 2^63."""
    found = np.empty(len(counts), dtype=object)
    found[:] = counts
    return found
