"""For a refused proposal: the smallest changes that everybody would accept, and what each would cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from accordant.agreement.admissible import bounds
from accordant.agreement.levers import Change, smallest_changes
from accordant.agreement.reasons import Speaker
from accordant.agreement.restricted import restrict
from accordant.agreement.result import Answer, Lever
from accordant.agreement.shares import agreement_counts
from accordant.agreement.survey import Survey

LEVERS = 12
"""Most changes shown for one proposal."""


def counteroffers(found: Survey, speaker: Speaker, proposal: str) -> tuple[tuple[Lever, ...], int]:
    """The smallest changes to a proposal that lead to an agreement, and how many there are.

    Changes that lead to an agreement in every setting; where there are none, those that lead to
    one in some. Fewer steps come first.
    """
    view, place = found.base, found.written.place
    # where the status quo is open a package leads to another state in each setting: nothing is certain
    settled = "status_quo" not in found.settings.anchors
    certain = settled and bool(found.certain.any())
    wanted = found.certain if certain else found.possible
    changes, complete = smallest_changes(view, proposal, wanted[place])
    if certain and complete and not changes:
        certain = False
        changes, complete = smallest_changes(view, proposal, found.possible[place])
    if not complete:
        found.cut.append(f"not every change to {proposal} was tried: the smallest ones may be missing")
    return tuple(lever_of(found, speaker, proposal, c, certain) for c in changes[:LEVERS]), len(changes)


def efficiency(found: Survey, state: int) -> Answer:
    """Whether a state of the widest space is efficient."""
    return "yes" if found.efficient[state] else "no" if found.inefficient[state] else "unknown"


def lever_of(found: Survey, speaker: Speaker, proposal: str, change: Change, certain: bool) -> Lever:
    """A change to a proposal in words: where it leads, and who gains and loses by it."""
    landing = found.written.landings[proposal]
    compared = {} if landing.state is None else _compared(found, change.state, landing.state)
    gains, losses, unclear = (
        tuple(p for p, span in compared.items() if test(*span)) for test in (_gains, _loses, _unclear)
    )
    name = found.base.space.name(change.state)
    issues = found.compiler.case.issues
    what = " and ".join(
        f"{i} = {issues[i].shown(new)} (instead of {issues[i].shown(old)})"
        for i, (old, new) in change.values.items()
    )
    at = int(found.written.place[change.state])
    number = agreement_counts(found, at)
    often = f", in {number[0]:,} of {number[1]:,} settings" if number and not certain else ""
    said = [
        f"With {what}, everybody {'would' if certain else 'might'} accept it ({name}{often})",
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
        efficiency(found, at),
        number,
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
        f"for {_names(speaker, unclear)} it may be either" if unclear else "",
    ]
    kept = [part for part in said if part]
    return [f"compared with {proposal}, " + (", ".join(kept) if kept else "nobody gains or loses")]


def _names(speaker: Speaker, parties: tuple[str, ...]) -> str:
    return " and ".join(speaker.name(p) for p in parties)
