"""Grades: what forbids them, and where the register says otherwise."""

from __future__ import annotations

from accordant.case.checks.subject import Subject
from accordant.case.grading import BEST, REFUSING, UNKNOWN, Limit, Limits, best_item, item_of
from accordant.case.places import Path
from accordant.case.register import UNJUDGED, Lookup, weakest

_OPEN = "give what contradicts it the status that it has come to, or grade it 2 to 6"
_CONFIRM = "list the claims that say the same under 'confirms', or grade it 2 to 6"
_WHY = "say why under graded_because, or grade it as they allow"


def check_items(subject: Subject) -> None:
    """An item is confirmed by two independent origins and no conflict; other limits are warned of.

    A grade past another limit is the analyst's to give, with a reason (`graded_because`).
    """
    case = subject.case
    graded = [c for c, claim in case.claims.items() if item_of(claim) != UNKNOWN]
    if not graded:
        return
    limits = Limits(case)
    for id_ in graded:
        claim, path = case.claims[id_], ("claims", id_, "grade")
        found, item = limits.of(id_), item_of(claim)
        refusing = [limit for limit in found if limit.rule in REFUSING] if item == BEST else []
        for limit in refusing:
            _refuse(subject, path, claim.grade, limit)
        if not refusing and item < best_item(found) and claim.graded_because is None:
            limit = max(found, key=lambda one: one.best)
            message = (
                f"item {item} is better than {limit.best}, the best that its sourcing allows: {limit.says}"
            )
            subject.findings.warning(path, message, found=claim.grade, hint=_WHY)


def _refuse(subject: Subject, path: Path, grade: str, limit: Limit) -> None:
    if limit.rule == "conflict":
        message = f"grade 1 (confirmed) needs that nothing stands against it; this is {limit.says}"
        subject.findings.error(path, message, found=grade, hint=_OPEN)
        return
    what = limit.says.removeprefix("goes back to ")
    message = f"grade 1 (confirmed) needs two independent origins; this goes back to {what}"
    subject.findings.error(path, message, found=grade, hint=_CONFIRM)


def check_source_grades(subject: Subject) -> None:
    """A source is graded as the register has it at the date of the report, or the claim says why not."""
    case = subject.case
    if not case.sources.register_:
        return
    lookup = Lookup(case)
    for id_, claim in case.claims.items():
        given = claim.grade[0]
        if given == UNJUDGED or claim.graded_because is not None:
            continue
        found = weakest(lookup.links(id_))
        if found not in (UNJUDGED, given):
            message = (
                f"its source is graded {given}, but the register makes it {found} at the date of the report"
            )
            subject.findings.warning(("claims", id_, "grade"), message, found=claim.grade, hint=_WHY)
