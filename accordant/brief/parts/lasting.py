"""Whether a package would last once it is reached, and who would leave it for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Rich, joined, rich
from accordant.brief.plainly import standing_of

if TYPE_CHECKING:
    from accordant.agreement.holding.result import Holding
    from accordant.brief.context import Context
    from accordant.brief.parts.weighed import Option


def lasting(context: Context, option: Option) -> Rich:
    """Under which concepts it holds; where it does not, who would leave it and what for."""
    found = option.answer.holding
    if option.state is None or found is None:
        return ()
    head = rich(standing_of(context, option.state))
    leavers = _leavers(context, found)
    return rich(head, ": " if leavers else "", joined(leavers, "; "))


def _leavers(context: Context, found: Holding) -> list[Rich]:
    """Who would leave, for what, under which concepts; who would like to and is held back by an answer."""
    left: dict[tuple[str, str], list[str]] = {}
    answered: dict[tuple[str, str], None] = {}
    open_: set[tuple[str, str]] = set()
    for name, under in found.concepts.items():
        for party, stays in under.parties.items():
            if stays.leaves_for is None:
                continue
            if stays.stays != "yes":
                left.setdefault((party, stays.leaves_for), []).append(name)
                open_ |= {(party, stays.leaves_for)} if stays.stays == "unknown" else set()
            elif stays.answered_by:
                answered.setdefault((party, stays.leaves_for))
    told = []
    for (party, goal), names in left.items():
        every = len(names) == len(found.concepts) or len(left) == 1
        under_ = "" if every else f" under {words.concepts(names, len(found.concepts))}"
        told.append(
            rich(
                context.party(party),
                f" {'may' if (party, goal) in open_ else 'would'} leave it{under_} for ",
                _change(context, found.state, goal),
            )
        )
    for party, goal in answered:
        if (party, goal) not in left:
            change = _change(context, found.state, goal)
            told.append(
                rich(
                    context.party(party), " would like to leave it for ", change, ", which others can answer"
                )
            )
    return told


def _change(context: Context, start: str, end: str) -> Rich:
    """What is otherwise in another state."""
    before, after = context.values.get(start, {}), context.values.get(end, {})
    changed = {i: v for i, v in after.items() if before.get(i) != v and v != "*"}
    if not changed or not context.case.issues:
        return rich("“", words.said(context.case, end), "”")
    return rich("“", words.package(context.case, changed), "”")
