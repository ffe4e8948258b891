"""For a refused proposal: the smallest changes that everybody would accept, and what each would cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from accordant.agreement.admissible import bounds
from accordant.agreement.levers import Change, smallest_changes
from accordant.agreement.reasons import Speaker
from accordant.agreement.restricted import restrict
from accordant.agreement.result import Answer, Lever
from accordant.agreement.survey import Survey

LEVERS = 12
"""Most changes shown for one proposal."""


def counteroffers(found: Survey, speaker: Speaker, proposal: str) -> tuple[tuple[Lever, ...], int]:
    """The smallest changes to a proposal that lead to an agreement, and how many there are.

    Changes that lead to an agreement in every setting; where there are none, those that lead to
    one in some. Efficient agreements come first, then fewer steps.
    """
    view, place = found.base, found.structures[0].place
    # where the status quo is open a package leads to another state in each setting: nothing is certain
    settled = "status_quo" not in found.settings.anchors
    certain = settled and bool(found.certain.any())
    changes = smallest_changes(view, proposal, found.certain[place]) if certain else ()
    if not changes:
        certain = False
        changes = smallest_changes(view, proposal, found.possible[place])
    rank = {"yes": 0, "unknown": 1, "no": 2}
    ordered = sorted(changes, key=lambda c: rank[efficiency(found, int(place[c.state]))])
    shown = ordered[:LEVERS]
    return tuple(_lever(found, speaker, proposal, change, certain) for change in shown), len(changes)


def efficiency(found: Survey, state: int) -> Answer:
    """Whether a state of the widest space is efficient."""
    return "yes" if found.efficient[state] else "no" if found.inefficient[state] else "unknown"


def _lever(found: Survey, speaker: Speaker, proposal: str, change: Change, certain: bool) -> Lever:
    landing = found.structures[0].landings[proposal]
    compared = {} if landing.state is None else _compared(found, change.state, landing.state)
    gains, losses, unclear = (
        tuple(p for p, span in compared.items() if test(*span)) for test in (_gains, _loses, _unclear)
    )
    name = found.base.space.name(change.state)
    what = " and ".join(f"{i} = {new} (instead of {old})" for i, (old, new) in change.values.items())
    would = "would" if certain else "might"
    said = [
        f"With {what}, everybody {would} accept it ({name})",
        *_cost(speaker, proposal, gains, losses, unclear, bool(compared)),
    ]
    sentence = "; ".join(said)
    return Lever(
        dict(change.values),
        name,
        gains,
        losses,
        f"{sentence}.",
        unclear,
        certain,
        efficiency(found, int(found.structures[0].place[change.state])),
    )


def _compared(found: Survey, state: int, original: int) -> Mapping[str, tuple[int, int]]:
    """For each party, its lowest and highest level of a state against the original package's."""
    columns = np.array([state, original], dtype=np.intp)
    orders = found.base.frame.orders
    spans = {}
    for party in found.vetoes:
        order = orders.get(party)
        small = restrict(order, columns) if order else None
        low, high = bounds(small, found.doubt, 1, 2, refusals=False)
        spans[party] = (int(low[0]), int(high[0]))
    return spans


def _gains(low: int, high: int) -> bool:
    return low == 2


def _loses(low: int, high: int) -> bool:
    return high == 0


def _unclear(low: int, high: int) -> bool:
    return low != high


def _cost(
    speaker: Speaker,
    proposal: str,
    gains: tuple[str, ...],
    losses: tuple[str, ...],
    unclear: tuple[str, ...],
    compared: bool,
) -> list[str]:
    if not compared:
        return []
    said = [
        f"{_names(speaker, gains)} would gain" if gains else "",
        f"{_names(speaker, losses)} would lose" if losses else "",
        f"{_names(speaker, unclear)} might do either" if unclear else "",
    ]
    kept = [part for part in said if part]
    return [f"compared with {proposal}, " + (" and ".join(kept) if kept else "nobody gains or loses")]


def _names(speaker: Speaker, parties: tuple[str, ...]) -> str:
    return " and ".join(speaker.name(p) for p in parties)
