"""Marks on the suggestions of a report, and their order: what is marked comes last, and nothing goes."""

from __future__ import annotations

from dataclasses import replace

from accordant.evidence.learned.features import features
from accordant.evidence.learned.marks import Marks
from accordant.evidence.learned.training import Trained
from accordant.evidence.result import ReadResult, Suggestion


def with_marks(result: ReadResult, trained: Trained) -> ReadResult:
    """A report's suggestions with marks, those that are marked after the others.

    A suggestion and those inside it stay together, the outer one first; they come last where every
    one of them is marked. Otherwise the order is that of the text.
    """
    marks = {
        claim.id: mark
        for claim in result.claims
        if (mark := trained.mark(features(result, claim))) is not None
    }
    groups: dict[str, list[Suggestion]] = {}
    for claim in result.claims:
        groups.setdefault(_outermost(result, claim), []).append(claim)
    late = {name for name, group in groups.items() if all(claim.id in marks for claim in group)}
    first = [c for c in result.claims if _outermost(result, c) not in late]
    last = [c for c in result.claims if _outermost(result, c) in late]
    told = trained.agreement
    parameters = (("learned from", f"{told.decisions} decisions"), ("marked", str(len(marks))))
    method = replace(result.method, parameters=(*result.method.parameters, *parameters))
    return replace(result, claims=(*first, *last), learned=Marks(told, marks), method=method)


def _outermost(result: ReadResult, claim: Suggestion) -> str:
    at = claim
    while at.within is not None:
        at = result[at.within]
    return at.id
