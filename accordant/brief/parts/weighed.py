"""Which packages an options paper weighs: what is on the table, what would mend it, what all would accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from accordant.brief.packages import picked
from accordant.brief.parts.resting import closest
from accordant.brief.tabled import tabled
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.agreement.package import PackageAnswer
    from accordant.brief.context import Context

FEWEST, MOST = 3, 4
"""How many packages are weighed beside no deal, where the case has so many."""
CROWDED = 6
"""With more parties than this only the fewest are weighed: each takes a row for each party."""
TABLED, MENDED = 3, 1
"""Most proposals among them, and most changes to a refused one."""

Why = Literal["proposal", "mended", "efficient", "agreement", "possible", "closest"]


@dataclass(frozen=True)
class Option:
    """One package that is weighed.

    Attributes
    ----------
    letter
        What it is called in the paper.
    state
        Where it leads; None for a proposal that leads nowhere.
    proposal
        The proposal that it is, or that it changes; empty for neither.
    why
        Why it is weighed.
    answer
        Everything about it.
    """

    letter: str
    state: str | None
    proposal: str
    why: Why
    answer: PackageAnswer


def options(context: Context) -> tuple[Option, ...]:
    """The packages, the most pressing first; never no deal or the status quo themselves."""
    found: dict[str, tuple[str, Why]] = {}
    shown = {*context.states.no_deal, context.states.status_quo}
    many = sum(party.role == "party" for party in context.case.parties.values()) > CROWDED
    for asked, proposal, why, state in _candidates(context):
        if len(found) >= (FEWEST if why in ("possible", "closest") or many else MOST):
            break
        if state is None or state not in shown:
            shown.add(state)
            found[asked] = (proposal, why)
    made = []
    for k, (asked, (proposal, why)) in enumerate(found.items()):
        try:
            answer = context.opened.package(asked)
        except InputError:
            continue
        made.append(Option(chr(ord("A") + k), answer.answer.state, proposal, why, answer))
    return tuple(made)


def _candidates(context: Context) -> Iterator[tuple[str, str, Why, str | None]]:
    deals, tabled = context.deals, _tabled(context)
    for name in tabled:
        yield name, name, "proposal", deals.proposals[name].state
    refused = [n for n in tabled if deals.proposals[n].agreement != "yes"]
    levers = [(name, lever) for name in refused for lever in deals.proposals[name].levers]
    for name, lever in sorted(levers, key=lambda one: (not one[1].certain, one[1].efficient != "yes"))[
        :MENDED
    ]:
        yield lever.state, name, "mended", lever.state
    lenses = Counter(pick.package for _, pick in picked(context))
    efficient = [a for a in deals.efficient if a.certain]
    for found in sorted(efficient, key=lambda a: -lenses[a.state])[:2]:
        yield found.state, "", "efficient", found.state
    for found in deals.agreements:
        yield found.state, "", "agreement" if found.certain else "possible", found.state
    for close in closest(context)[:2]:
        yield close.state, "", "closest", close.state


def _tabled(context: Context) -> list[str]:
    """The latest proposals that are not closed; of a case in which all are, the latest."""
    return tabled(context)[:TABLED] or tabled(context, closed=True)[:1]
