"""Grades that a claim which is just being read in cannot have; the rules are the case's."""

from __future__ import annotations

from accordant.case.grading import BEST, REFUSING, Limits
from accordant.case.objects import Case
from accordant.evidence.into import Draft, claim_of
from accordant.evidence.result import ReadResult

_ID = "claim"


def refused_item(case: Case, result: ReadResult, draft: Draft) -> str | None:
    """Why a claim that is read in cannot have its item's grade; None where it can.

    Nothing is linked to a new claim yet, so that it alone is looked at: whatever the case holds, a
    grade 1 waits for a second origin and for the link to it.

    Examples
    --------
    >>> from accordant.evidence.into import drafted, edited
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report(b"Ida Renn said that it would wait.", "a.txt")
    >>> case = Case.model_validate({"title": "t", "parties": {}})
    >>> draft = drafted(case, found, found.claims[0])
    >>> refused_item(case, found, edited(draft, grade="B2")) is None
    True
    >>> refused_item(case, found, edited(draft, grade="B1"))
    'item 1 (confirmed) needs two independent origins; this goes back to one origin'
    """
    if int(draft.grade[1]) != BEST:
        return None
    claim = claim_of(draft, result, "report")
    origin = draft.new_origin or case.origins.get(draft.origin or "")
    origins = {draft.origin: origin} if draft.origin is not None and origin is not None else {}
    sources = case.sources.model_copy(update={"reports": {}, "origins": origins, "claims": {_ID: claim}})
    limits = Limits(case.model_copy(update={"sources": sources})).of(_ID)
    refusing = next((limit for limit in limits if limit.rule in REFUSING), None)
    if refusing is None:
        return None
    what = refusing.says.removeprefix("goes back to ")
    return f"item 1 (confirmed) needs two independent origins; this goes back to {what}"
