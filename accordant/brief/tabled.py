"""Which proposals a document tells first, and which answers about them decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief.standing import find

if TYPE_CHECKING:
    from accordant.agreement.result import ProposalAnswer
    from accordant.brief.context import Context
    from accordant.reliance.result import Rest

PRESSING = 2
"""Most proposals with a judgement of their own."""


def tabled(context: Context, closed: bool = False) -> list[str]:
    """The proposals that are on the table, latest first; with ``closed`` the others too."""
    proposals = context.case.proposals
    live = [n for n in context.deals.proposals if closed or not proposals[n].closed]
    return sorted(live, key=lambda n: proposals[n].date or "", reverse=True)


def pressing(context: Context) -> list[str]:
    """The proposals that a reader is asked about: the latest of those still on the table."""
    return tabled(context)[:PRESSING]


def by_answer(answer: ProposalAnswer) -> dict[str, list[str]]:
    """The parties by whether a proposal is acceptable to them."""
    return {
        kind: [p for p, found in answer.acceptable.items() if found.answer == kind]
        for kind in ("no", "unknown", "yes")
    }


def decisive(answer: ProposalAnswer) -> list[str]:
    """The parties whose answers decide what comes of a proposal: one refusal is enough."""
    told = by_answer(answer)
    return told["no"] or told["unknown"] or told["yes"]


def acceptances(context: Context, name: str) -> list[Rest]:
    """The conclusions that a judgement on a proposal states: of those who decide, or of all together."""
    answer = context.deals.proposals[name]
    rests = [r for p in decisive(answer) if (r := find(context, f"acceptable({name}, {p})"))]
    if answer.agreement == "yes" or not rests:
        return [r for r in [find(context, f"agreement({name})")] if r] or rests
    return rests
