"""The offers of a case in the order in which they were made, and where each leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from accordant.case.checks.dates import is_date
from accordant.case.objects import Case
from accordant.model.view import View

LAST = "9"
"""Sorts after every digit and dash of a date: a month ends after all of its days."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One dated proposal.

    Attributes
    ----------
    by
        Who made it.
    mover
        The party whose offer it is: its one author, where that is a party; None for a joint offer
        and for one of a mediator.
    state, impossible
        Where it leads; None where it leads nowhere, and why.
    values
        The value of every issue there, or those that it names where it is not possible.
    """

    proposal: str
    date: str
    by: tuple[str, ...]
    mover: str | None
    status: str | None
    state: int | None
    impossible: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """All offers, the earliest first.

    Attributes
    ----------
    undated
        Proposals without a date that can be sorted: left out.
    unclear
        Pairs of one party's neighbouring offers whose dates do not tell which came first: they stand
        as in the case.
    """

    offers: tuple[Offer, ...]
    undated: tuple[str, ...]
    unclear: tuple[tuple[str, str], ...]


def span(date: str | None) -> tuple[str, str] | None:
    """The first and the last moment that a date may mean, to be compared as text; None for no date.

    Examples
    --------
    >>> span("2024-01"), span("2024-01-05/2024-02"), span("last week")
    (('2024-01', '2024-019'), ('2024-01-05', '2024-029'), None)
    """
    first, _, last = (date or "").partition("/")
    if not is_date(first) or (last and not is_date(last)):
        return None
    return first, (last or first) + LAST


def history(view: View) -> History:
    """The dated proposals of a case in order.

    Examples
    --------
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}},
    ...     "status_quo": {"x": "no"}, "proposals": {
    ...         "late": {"by": "a", "date": "2024-02", "package": {"x": "yes"}},
    ...         "soon": {"by": "b", "date": "2024-01-05", "package": {"x": "no"}},
    ...         "some": {"by": "b", "package": {"x": "no"}}}})).view()
    >>> found = history(view)
    >>> [o.proposal for o in found.offers], found.undated
    (['soon', 'late'], ('some',))
    """
    case = view.case
    dated = {p: at for p, proposal in case.proposals.items() if (at := span(proposal.date)) is not None}
    order = sorted(dated, key=lambda p: dated[p])
    offers = tuple(_offer(view, p) for p in order)
    own: dict[str, list[str]] = {}
    for offer in offers:
        if offer.mover:
            own.setdefault(offer.mover, []).append(offer.proposal)
    unclear = [(a, b) for mine in own.values() for a, b in pairwise(mine) if dated[b][0] < dated[a][1]]
    return History(offers, tuple(p for p in case.proposals if p not in dated), tuple(unclear))


def _offer(view: View, id_: str) -> Offer:
    proposal = view.case.proposals[id_]
    landing = view.package(id_)
    values: Mapping[str, str] = {}
    if landing.state is not None:
        values = view.space.values_of(landing.state)
    elif not isinstance(proposal.package, str):
        values = proposal.package
    by = proposal.by
    return Offer(
        id_,
        proposal.date or "",
        by,
        by[0] if len(by) == 1 and _decides(view.case, by[0]) else None,
        proposal.status,
        landing.state,
        landing.impossible,
        values,
    )


def _decides(case: Case, party: str) -> bool:
    return party in case.parties and case.parties[party].role == "party"
