"""Which states a brief names and draws: all of a small case, the ones that matter of a large one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accordant.agreement.result import DealsResult
    from accordant.model.result import StatesResult
    from accordant.stability.result import StabilityResult

DRAWN = 40
"""Most states of a case that is drawn and listed whole."""
CHOSEN, MOST = 16, 24
"""Of a larger case: most states chosen for what they are, and with those to which parties would go on."""
ARGUED = 16
"""Most states whose verdicts are each explained."""


@dataclass(frozen=True, slots=True)
class Relevant:
    """The states that are named, in the order of the case.

    Attributes
    ----------
    names
        States drawn and listed.
    argued
        Those among them whose verdicts are each explained: status quo, no deal, where proposals
        lead, and what holds.
    whole
        Whether every state of the case is named.
    """

    names: tuple[str, ...]
    argued: tuple[str, ...]
    whole: bool


def relevant(states: StatesResult, stability: StabilityResult, deals: DealsResult) -> Relevant:
    """The states that matter to a reader: anchors, proposals, what holds, agreements."""
    wanted = list(dict.fromkeys(s for s in _wanted(states, stability, deals) if s in states.states))
    place = {name: k for k, name in enumerate(states.states)}
    argued = tuple(sorted(wanted[:ARGUED], key=place.__getitem__))
    if len(states.states) <= DRAWN:
        every = tuple(states.states)
        return Relevant(every, every if len(states.states) <= ARGUED else argued, True)
    chosen = wanted[:CHOSEN]
    chosen += [s for s in _onward(states, chosen) if s not in chosen][: MOST - len(chosen)]
    return Relevant(tuple(sorted(chosen, key=place.__getitem__)), argued, False)


def _wanted(states: StatesResult, stability: StabilityResult, deals: DealsResult) -> Iterable[str]:
    if states.status_quo is not None:
        yield states.status_quo
    yield from states.no_deal
    for answer in deals.proposals.values():
        if answer.state is not None:
            yield answer.state
    yield from by_strength(stability, certain=True)
    for answer in deals.proposals.values():
        yield from (lever.state for lever in answer.levers)
    yield from (a.state for a in deals.efficient)
    yield from by_strength(stability, certain=False)
    yield from (a.state for a in deals.agreements)


def by_strength(stability: StabilityResult, certain: bool) -> list[str]:
    """States that hold under some concept, those under most concepts first."""
    found_by = stability.concepts.values()
    kinds = [dict.fromkeys(c.equilibria if certain else c.possible_equilibria) for c in found_by]
    found = dict.fromkeys(s for kind in kinds for s in kind)
    return sorted(found, key=lambda s: -sum(s in kind for kind in kinds))


def _onward(states: StatesResult, chosen: list[str]) -> list[str]:
    """Where somebody would go from the chosen states, to what the mover likes best."""
    place = {name: k for k, name in enumerate(states.states)}
    best: dict[tuple[str, tuple[str, ...]], tuple[int, str]] = {}
    for move in states.moves:
        ranks = [states.ranks[p] for p in move.movers if p in states.ranks]
        start, end = place[move.start], place[move.end]
        if move.start in chosen and ranks and all(r[end] < r[start] for r in ranks):
            found = (sum(r[end] for r in ranks), move.end)
            best[move.start, move.movers] = min(found, best.get((move.start, move.movers), found))
    return list(dict.fromkeys(end for _, end in best.values()))
