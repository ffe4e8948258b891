"""One state against no deal over all settings: its levels, and in how many settings it is accepted.

Parties vary independently of each other, so that shares multiply. A party's own lines give the
share with :func:`accordant.agreement.admissible.outcomes`; against several no-deal states a state
counts only where it is accepted against each of them.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np

from accordant.agreement.admissible import Ties, accepted, bounds, outcomes
from accordant.agreement.no_deal import NoDeal
from accordant.agreement.restricted import restrict
from accordant.agreement.structures import Structure
from accordant.agreement.survey import Survey
from accordant.model.preferences import PartyOrder

Level = tuple[int, int]
"""The lowest and the highest level over the settings of the orders."""


Counts = tuple[int, int] | None
"""(settings in which something is so, settings); None where there is no count."""

COUNTED = 16
"""Most settings of rules and anchors for which the settings of one state are counted."""


def counted(found: Survey, share: Fraction) -> Counts:
    """The settings behind a share of them; None where there is no count."""
    total = found.count
    if total is None or found.partial or not found.compared:
        return None
    return int(share * total), total


def agreement_counts(found: Survey, state: int) -> Counts:
    """In how many settings a state of the widest space is an agreement."""
    if found.count is None or len(found.structures) > COUNTED:
        return None
    share = Fraction(0)
    for structure in found.structures:
        at = np.flatnonzero(structure.place == state)
        if len(at):
            share += structure.share * agreement_share(found, structure, int(at[0]))
    return counted(found, share)


def level_at(found: Survey, structure: Structure, who: str, state: int, k: int) -> Level:
    """A party's or constituency's own levels of one state against one no-deal state."""
    against = structure.no_deal(who)
    if state == against.low[k] == against.high[k]:
        return 1, 1
    columns = np.array([state, against.low[k], against.high[k]], dtype=np.intp)
    small = restrict(against.order, columns) if against.order else None
    low, high = (bounds(small, found.doubt, d, 3) for d in (2, 1))
    return int(low[0][0]), int(high[1][0])


def with_vetoes(own: Level, held: list[Level]) -> Level:
    """A party's levels with those of its constituencies."""
    return own[0] * all(low for low, _ in held), own[1] * all(high for _, high in held)


def acceptance_share(found: Survey, structure: Structure, party: str, state: int) -> Fraction:
    """The share of a structure's settings in which a party accepts a state, vetoes counted."""
    return accepted(_party(found, structure, party, state))


def agreement_share(found: Survey, structure: Structure, state: int) -> Fraction:
    """The share of a structure's settings in which a state is an agreement."""
    joint: dict[Ties, Fraction] = {frozenset(range(len(structure.against))): Fraction(1)}
    for party in found.vetoes:
        after: dict[Ties, Fraction] = defaultdict(Fraction)
        for mine, share in _party(found, structure, party, state).items():
            for ties, before in joint.items():
                after[ties & mine] += before * share
        joint = after
    # against each no-deal state somebody must be strictly better off
    return joint.get(frozenset(), Fraction(0))


def _party(found: Survey, structure: Structure, party: str, state: int) -> dict[Ties, Fraction]:
    veto = Fraction(1)
    for c in found.vetoes[party]:
        veto *= accepted(_own(found, structure, c, state))
    return {ties: share * veto for ties, share in _own(found, structure, party, state).items()}


def _own(found: Survey, structure: Structure, who: str, state: int) -> dict[Ties, Fraction]:
    against = structure.no_deal(who)
    assert against.order is not None  # settings are counted only where everybody's order is known
    if against.ranged or against.order.ranged:
        return _over_ranges(found, against, who, state)
    return outcomes(against.order, found.doubt, state, against.low)


def _over_ranges(found: Survey, against: NoDeal, who: str, state: int) -> dict[Ties, Fraction]:
    """The same where worths, or what no deal is worth, are ranges: every order that they admit."""
    columns = np.array([state, *against.low], dtype=np.intp)
    assert against.order is not None
    small, count = restrict(against.order, columns), len(against.low)
    every = found.doubt.ranges(who) or ()  # nothing is counted where there are too many
    shares: dict[Ties, Fraction] = defaultdict(Fraction)
    for off, points in every:
        ties = _accepted_with(small.at(dict(points)), found.doubt.lost | off, count)
        if ties is not None:
            shares[ties] += Fraction(1, len(every))
    return dict(shares)


def _accepted_with(order: PartyOrder, off: frozenset[str], count: int) -> Ties | None:
    """The no deals that the first column ties with; None where it is refused against one of them."""
    ranks = order.ranks(1 + count, off, {})
    red = (line.holds for line in order.red if line.element not in off)
    if (ranks[0] < ranks[1:]).any() or any(not holds[0] and holds[1:].any() for holds in red):
        return None
    return frozenset(np.flatnonzero(ranks[1:] == ranks[0]).tolist())
