"""Numeric issues: ranges that make sense, what can be divided, who pays whom."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from accordant.case.checks.subject import Subject
from accordant.case.objects import Issue, Range
from accordant.case.places import Path
from accordant.case.ranges import MOST_VALUES, is_short, shortest
from accordant.case.wording import cut, is_long


def check_ranges(subject: Subject) -> None:
    """A range goes up, in steps that lead to its end, and makes no more values than can be kept."""
    for id_, issue in subject.case.issues.items():
        if issue.range is None:
            continue
        if issue.values != issue.range.values:
            hint = "the values follow from the range: keep one of them"
            subject.findings.error(
                ("issues", id_, "values"), "gives values and a range", hint=hint, on_key=True
            )
        _check_range(subject, ("issues", id_, "range"), issue.range)


def _check_range(subject: Subject, path: Path, given: Range) -> None:
    say = subject.findings
    long = [(k, n) for k, n in _ends(given) if not is_short(n)]
    for key, number in long:
        message, hint = is_long(number)
        say.error((*path, key), message, found=cut(number), hint=hint)
    if long:
        return
    if given.from_ > given.to:
        first, last = shortest(given.from_), shortest(given.to)
        hint = f"write {{from: {last}, to: {first}, …}}; values ascend"
        say.error(path, f"is upside down: from {first} to {last}", hint=hint, on_key=True)
    elif given.from_ == given.to:
        hint = "what is settled belongs in no issue"
        say.error(
            path, "has one value only; an issue needs at least two", found=shortest(given.to), hint=hint
        )
    if given.step <= 0:
        say.error((*path, "step"), "a step is greater than 0", found=shortest(given.step))
    elif given.from_ < given.to and given.steps.denominator != 1:
        _check_end(subject, path, given)
    elif given.steps >= MOST_VALUES:
        message = f"makes {int(given.steps) + 1:,} values; at most {MOST_VALUES:,} are taken"
        hint = "take a larger step; with 'divisible: true' what lies between the steps counts too"
        say.error(path, message, found=f"step: {shortest(given.step)}", hint=hint, on_key=True)


def _ends(given: Range) -> tuple[tuple[str, Decimal], ...]:
    return (("from", given.from_), ("to", given.to), ("step", given.step))


def _check_end(subject: Subject, path: Path, given: Range) -> None:
    last = Fraction(given.from_) + int(given.steps) * Fraction(given.step)
    message = (
        f"steps of {shortest(given.step)} from {shortest(given.from_)} do not lead to {shortest(given.to)}"
    )
    near = [shortest(end) for end in (last, last + Fraction(given.step)) if end > Fraction(given.from_)]
    hint = f"write to: {' or '.join(near)}, or another step"
    subject.findings.error((*path, "step"), message, found=shortest(given.step), hint=hint)


def check_numeric(subject: Subject) -> None:
    """What is for issues of numbers only stands at none but these."""
    for id_, issue in subject.case.issues.items():
        path: Path = ("issues", id_)
        numeric = issue.range is not None or issue.numbers is not None
        for key in ("divisible", "transfer"):
            if getattr(issue, key) and not numeric:
                hint = "write 'range: {from: …, to: …, step: …}', or values that are numbers, ascending"
                message = f"{key!r} is for issues whose values are numbers"
                subject.findings.error((*path, key), message, hint=hint, on_key=True)
        if (
            issue.unit is not None
            and issue.range is None
            and not any(issue.shown(v) != v for v in issue.values)
        ):
            message = "a unit is shown beside numbers, and the issue has none"
            subject.findings.warning((*path, "unit"), message, found=issue.unit)
        _check_transfer(subject, path, issue)


def _check_transfer(subject: Subject, path: Path, issue: Issue) -> None:
    if issue.transfer is None:
        return
    ends = (("from", issue.transfer.from_), ("to", issue.transfer.to))
    known = [subject.party((*path, "transfer", key), party) for key, party in ends]
    if all(known) and issue.transfer.from_ == issue.transfer.to:
        message = "a payment of a party to itself"
        subject.findings.error((*path, "transfer", "to"), message, found=issue.transfer.to)
