"""For one proposal: everything small that would make it acceptable to all, and what that costs whom."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.counteroffers import LEVERS, lever_of
from accordant.agreement.levers import LARGEST, Change, changes_of_size, package_values
from accordant.agreement.measures.large import large_levers, listable
from accordant.agreement.measures.lever_result import Levers, LeversResult, Priced
from accordant.agreement.measures.own import Own, owned
from accordant.agreement.measures.payments import Compensation, Payment, compensation, transfers
from accordant.agreement.numbers import NoBargain, bargain_of, ranged
from accordant.agreement.proposals import Hearing
from accordant.agreement.reasons import Speaker
from accordant.agreement.refusals import named, refusers
from accordant.agreement.survey import Survey, survey
from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.tables import Method

Bools = NDArray[np.bool_]


def levers(compiler: Compiler, proposal: str) -> LeversResult:
    """The smallest changes to a proposal that everybody would accept.

    Parameters
    ----------
    proposal
        The id of a proposal.

    Returns
    -------
    LeversResult
        Changes that lead to an agreement in every setting; where there are none of one or two
        issues, those that lead to one in some. Worths are those of the case as it is written.

    Raises
    ------
    InputError
        If there is no such proposal, or nothing to compare packages with.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> found = levers(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}}, "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"worth": {"x": {"no": 0, "yes": -1}, "y": {"no": 0, "yes": 3}}},
    ...                     "b": {"worth": {"x": {"no": 0, "yes": 4}, "y": {"no": 0, "yes": -2}}}},
    ...     "proposals": {"gift": {"package": {"y": "yes"}}}})), "gift")
    >>> change = found.levers[0].listed[0]
    >>> change.lever.changes, change.changes
    ({'x': ('no', 'yes')}, {'a': Fraction(-1, 1), 'b': Fraction(4, 1)})
    >>> found.compensation.short, found.compensation.spare
    ({'b': Fraction(2, 1)}, {'a': Fraction(3, 1)})
    """
    known(compiler.case, proposal)
    return levers_in(compiler, proposal) if listable(compiler) else large_levers(compiler, proposal)


def levers_in(compiler: Compiler, proposal: str) -> LeversResult:
    """The same among the states that a compiler lists."""
    case, found = compiler.case, survey(compiler)
    if not found.base.no_deal:
        raise InputError("the case gives neither no_deal nor a status_quo to compare packages with; add one")
    hearing = Hearing(found, Speaker(found.base, compiler.element), proposal)
    agreement = hearing.agreement()
    groups: tuple[Levers, ...] = ()
    notes = ["It already is an agreement: nothing has to change."]
    paid: Paid = (None, (), [])
    if agreement != "yes":
        groups, notes = _groups(found, hearing.speaker, proposal)
        paid = _payments(found, proposal, hearing.state)
    if note := hearing.note():
        notes.append(note)
    return LeversResult(
        case.title,
        proposal,
        None if hearing.state is None else found.base.space.name(hearing.state),
        found.written.landings[proposal].impossible,
        hearing.said(agreement),
        {party: hearing.acceptance(party) for party in found.vetoes},
        groups,
        paid[0],
        paid[1],
        _method(found),
        (*notes, *paid[2]),
        case.issues,
        {} if agreement == "yes" else _unknown_orders(found, hearing.speaker),
    )


def _unknown_orders(found: Survey, speaker: Speaker) -> dict[str, str]:
    """What is missing of each party whose order is not known, and that it has to be asked first."""
    said = {}
    for party in found.vetoes:
        order = found.base.frame.orders.get(party)
        if found.base.ranks(party) is not None:
            continue
        if order is not None and order.ranged:
            said[party] = (
                f"The worths of {speaker.name(party)} are ranges: a change is sure only where it is so for "
                f"all of them (preferences.{party})."
            )
            continue
        some = order is not None and order.open
        missing = "The order of some states is not known for" if some else "Nothing is known of what"
        who = f"{speaker.name(party)}{'' if some else ' wants here'}"
        said[party] = (
            f"{missing} {who}: no change is sure to be accepted by it, so ask it first (preferences.{party})."
        )
    return said


def known(case: Case, proposal: str) -> None:
    """Nothing, if a case has a proposal.

    Raises
    ------
    InputError
        If it has not.
    """
    names = list(case.proposals)
    if not names:
        raise InputError(f"there is no proposal {proposal!r}: the case has none; write one under proposals")
    if proposal not in names:
        hint = did_you_mean(proposal, names)
        raise InputError(
            f"there is no proposal {proposal!r}; allowed: {', '.join(names)}{f'; {hint}' if hint else ''}"
        )


def _groups(found: Survey, speaker: Speaker, proposal: str) -> tuple[tuple[Levers, ...], list[str]]:
    place, notes = found.written.place, list[str]()
    # where the status quo is open a package leads to another state in each setting: nothing is certain
    settled = "status_quo" not in found.settings.anchors
    groups = tuple(Levers(size, (), 0) for size in range(1, LARGEST + 1))
    for certain in (True, False):
        wanted = found.certain if certain else found.possible
        if (certain and not settled) or not wanted.any():
            continue
        groups, complete = _sizes(found, speaker, proposal, wanted[place], certain)
        if not complete:
            notes.append("Not every change was tried: some may be missing.")
        if any(group.found for group in groups):
            break
    if not any(group.found for group in groups):
        notes.append("No change of one issue or of two leads to what everybody accepts.")
    return groups, notes


def _sizes(
    found: Survey, speaker: Speaker, proposal: str, wanted: Bools, certain: bool
) -> tuple[tuple[Levers, ...], bool]:
    rows = owned(found.base)
    groups, smaller, whole = [], set[tuple[str, str]](), True
    for size in range(1, LARGEST + 1):
        changes, complete = changes_of_size(found.base, proposal, wanted, size)
        whole = whole and complete
        kept = [c for c in changes if not smaller & {(i, new) for i, (_, new) in c.values.items()}]
        smaller |= {(i, new) for c in kept for i, (_, new) in c.values.items() if size == 1}
        listed = (_priced(found, speaker, rows, proposal, c, certain) for c in kept[:LEVERS])
        groups.append(Levers(size, tuple(listed), len(kept)))
    return tuple(groups), whole


def _priced(
    found: Survey,
    speaker: Speaker,
    rows: Mapping[str, Own],
    proposal: str,
    change: Change,
    certain: bool,
) -> Priced:
    before = found.written.landings[proposal].state
    changes: dict[str, Fraction | None] = {}
    over: dict[str, Fraction | None] = {}
    for party in found.vetoes:
        own = rows.get(party)
        changes[party] = None if own is None or before is None else own.more(change.state, before)
        over[party] = None if own is None else own.over(change.state)
    return Priced(lever_of(found, speaker, proposal, change, certain), changes, over)


Paid = tuple[Compensation | None, tuple[Payment, ...], list[str]]


def _payments(found: Survey, proposal: str, state: int | None) -> Paid:
    """What payments would do, as the case is written."""
    view = found.base
    bargain = bargain_of(view)
    if isinstance(bargain, NoBargain):
        return None, (), [f"Payments cannot be counted: {bargain.reason}"]
    notes = [
        f"What no deal is worth to {view.case.party_name(party)} lies in a range; its high end is taken."
        for party in ranged(view)
    ]
    owed = None if state is None else compensation(view.case, bargain, state)
    if state is not None and not bargain.allowed[state]:
        who = named(view.case, refusers(view, state))
        notes.append(f"A red line or a veto refuses it, whatever is paid: {who}.")
    values = dict(view.space.values_of(view.status_quo)) if view.status_quo is not None else {}
    values |= package_values(view, proposal) or {}
    return owed, transfers(view, bargain, values), notes


def _method(found: Survey) -> Method:
    name = "changes of one issue and of two to a package against no deal, over all admissible settings"
    cut = "; ".join(dict.fromkeys(found.cut))
    return Method(name, not found.cut, found.settings.count, cut, (("worths", "as the case is written"),))
