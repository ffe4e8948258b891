"""What is said of two states at a time: marked gaps, pairs of unknown order, degrees."""

from __future__ import annotations

from decimal import Decimal

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject, show
from accordant.case.checks.worths import check_number
from accordant.case.objects import MARKED_GAP, StateRef
from accordant.case.places import Path


def check_marks(subject: Subject) -> None:
    """A marked gap stands between two levels of a ranking."""
    for path, _, preference in subject.preferences():
        ranking = preference.ranking or ()
        for k, entry in enumerate(ranking):
            at: Path = (*path, "ranking", k)
            if isinstance(entry, tuple):
                for m, ref in enumerate(entry):
                    if ref == MARKED_GAP:
                        hint = "a mark stands between two levels, outside their brackets"
                        subject.findings.error((*at, m), "marks a gap inside a tie", found=ref, hint=hint)
            elif entry == MARKED_GAP:
                _check_between(subject, at, k, ranking)


def _check_between(subject: Subject, at: Path, k: int, ranking: tuple[object, ...]) -> None:
    hint = "what stands before '>>' is strongly preferred to what follows it"
    if k in (0, len(ranking) - 1):
        where = "before" if k == 0 else "after"
        message = f"marks a gap with nothing {where} it"
        subject.findings.error(at, message, found=MARKED_GAP, hint=hint)
    elif ranking[k - 1] == MARKED_GAP:
        subject.findings.error(at, "marks the same gap twice", found=MARKED_GAP, hint=hint)


def check_incomparable(subject: Subject) -> None:
    """Pairs of unknown order are two different states, none of them given twice."""
    for path, _, preference in subject.preferences():
        seen: set[frozenset[StateRef]] = set()
        for k, (one, two) in enumerate(preference.incomparable):
            at: Path = (*path, "incomparable", k)
            if not _check_two(subject, at, one, two):
                continue
            pair = frozenset((one, two))
            if pair in seen:
                message = f"names {show(one)} and {show(two)} twice"
                subject.findings.error(at, message, found=f"{show(one)}; {show(two)}")
            seen.add(pair)


def check_degrees(subject: Subject) -> None:
    """Degrees are numbers from 0 to 1; given both ways they add up to 1."""
    for path, _, preference in subject.preferences():
        seen: dict[tuple[StateRef, StateRef], Decimal] = {}
        for k, (one, two, degree) in enumerate(preference.degrees):
            at: Path = (*path, "degrees", k)
            different = _check_two(subject, at, one, two)
            if not 0 <= degree <= 1:
                hint = f"1 means that it surely prefers {show(one)}, 0.5 that it is even"
                message = "a degree is a number from 0 to 1"
                subject.findings.error((*at, 2), message, found=str(degree)[:40], hint=hint)
                continue
            check_number(subject, (*at, 2), degree)
            if not different:
                continue
            if (one, two) in seen:
                message = f"names {show(one)} and {show(two)} twice"
                subject.findings.error(at, message, found=f"{show(one)}; {show(two)}")
            elif seen.get((two, one), 1 - degree) != 1 - degree:
                message = f"the other way round it is {seen[two, one]}: the two must add up to 1"
                hint = f"write {1 - seen[two, one]}, or leave one of the two out"
                subject.findings.error((*at, 2), message, found=str(degree), hint=hint)
            seen.setdefault((one, two), degree)


def _check_two(subject: Subject, at: Path, one: StateRef, two: StateRef) -> bool:
    """Whether two references are of different states; a mistake where they are the same."""
    for m, ref in enumerate((one, two)):
        check_state(subject, (*at, m), ref)
    if one == two:
        subject.findings.error((*at, 1), f"pairs {show(one)} with itself", found=show(two))
    return one != two
