"""Which open elements of a party can change whether it accepts a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from accordant.agreement.admissible import Doubt, accepted, bounds, gains, outcomes
from accordant.agreement.no_deal import NoDeal
from accordant.agreement.restricted import restrict
from accordant.model.preferences import Choice, PartyOrder, Statement


def turns_on(against: NoDeal, doubt: Doubt, state: int) -> tuple[str, ...]:
    """The open elements of a party that can change whether it accepts a state.

    An unsure line belongs here when it matters in some setting of the others; a line of an
    ``either`` group when the lines of the group pull in different directions; a reservation when
    what no deal is worth is not settled and decides in some setting.

    Parameters
    ----------
    against
        What no deal is to the party, with its order.
    doubt
        What is open.
    state
        A state number.
    """
    order = against.order
    if order is None:
        return ()
    columns = dict.fromkeys((*against.low, *against.high))
    found = dict.fromkeys(e for d in columns for e in _may_speak_first(order, doubt, state, d))
    held = () if against.held is None or against.settled else (against.held.element,)
    if order.ranged and order.bounded(doubt.lost):
        return (*found, *_ranges(against, doubt, state))
    if not order.known(doubt.lost):
        return (*found, *(e for e in held if _between(against, doubt, state)))
    small = restrict(order, np.array([state, *against.low, *against.high], dtype=np.intp))
    count = len(against.low)
    low, high = range(1, 1 + count), range(1 + count, 1 + 2 * count)
    ends = [(small, low)] if against.settled else [(small, low), (small, high), *_inside(small, low, doubt)]

    def often(doubt: Doubt) -> list[Fraction]:
        return [accepted(outcomes(order, doubt, 0, columns)) for order, columns in ends]

    # an element only ever works in one direction, so that it matters if and only if a share changes
    shares = often(doubt)

    def matters(element: str) -> bool:
        return not doubt.open(element) or often(Doubt(doubt.free - {element}, doubt.lost)) != shares

    return (*(e for e in found if matters(e)), *(e for e in held if shares[0] != shares[1]))


def _ranges(against: NoDeal, doubt: Doubt, state: int) -> list[str]:
    """The worths and the reservation of a party, as far as ranges of theirs can change whether it accepts."""
    order = against.order
    assert order is not None
    assert order.score is not None
    assert order.score.spread is not None
    columns = np.array([state, *against.low, *against.high], dtype=np.intp)
    if not _between(against, doubt, state):
        return []
    every = restrict(order, columns).score
    assert every is not None
    assert every.spread is not None
    rows = [every.spread.rows, *(rows for _, rows in every.spread.terms)]
    moves = any((part[1:] != part[:1]).any() for part in rows)
    found = [order.score.element] if moves else []
    if against.held is not None and not against.settled:
        found.append(against.held.element)
    return found


def _inside(small: PartyOrder, low: Sequence[int], doubt: Doubt) -> list[tuple[PartyOrder, Sequence[int]]]:
    """The order with no deal worth, in turn, everything between its ends that the state may be worth."""
    if small.score is None or not small.score.terms:
        return []
    score = small.score
    nothing = replace(score, ranks=np.where(np.arange(len(score.ranks)) == 0, score.ranks, 0))
    ceiling = low[-1] + 1
    found = []
    for (worth,) in gains(nothing, doubt, 0, [low[0]]):
        if int(score.ranks[low[0]]) < worth < int(score.ranks[ceiling]):
            ranks = score.ranks.copy()
            ranks[list(low)] = worth
            found.append((replace(small, score=replace(score, ranks=ranks)), low))
    return found


def _between(against: NoDeal, doubt: Doubt, state: int) -> bool:
    """Whether a state may be accepted or refused against one no deal, by an order that is not known."""
    columns = np.array([state, *against.low, *against.high], dtype=np.intp)
    small = None if against.order is None else restrict(against.order, columns)
    found = [bounds(small, doubt, d, len(columns)) for d in range(1, len(columns))]
    return bool(min(low[0] for low, _ in found) == 0 and max(high[0] for _, high in found) > 0)


def _may_speak_first(order: PartyOrder, doubt: Doubt, state: int, d: int) -> list[str]:
    newly = [line for line in order.red if line.holds[d] and not line.holds[state]]
    if any(not doubt.open(line.element) for line in newly):
        return []  # refused whatever else counts
    found = [line.element for line in newly]
    for entry in (*(line for line in order.red if line not in newly), *order.lines):
        told = [line for line in _lines(entry) if line.holds[state] != line.holds[d]]
        sure = [line for line in told if not doubt.open(line.element)]
        pulls = len({bool(line.holds[state]) for line in told}) > 1
        found += [line.element for line in told if pulls or doubt.open(line.element)]
        if sure:
            return found
    score = order.score
    if score is not None:
        if score.element in doubt.lost:
            return [*found, score.element]
        rows = {} if score.spread is None else dict(score.spread.terms)
        found += [
            e
            for e, worth in score.terms
            if doubt.open(e)
            and (worth[state] != worth[d] or (e in rows and bool((rows[e][state] != rows[e][d]).any())))
        ]
    return found


def _lines(entry: Statement | Choice) -> Sequence[Statement]:
    return entry.lines if isinstance(entry, Choice) else (entry,)
