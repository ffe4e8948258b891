"""Worths: numbers for values and states, lines, what no deal is worth, what waiting costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject, show
from accordant.case.objects import Delay, Issue, Linear, Preference, Reservation, Worth
from accordant.case.places import Path
from accordant.case.ranges import ascending_numbers, is_short, shortest
from accordant.case.wording import cut, is_long
from accordant.case.worths import Between, disordered, ends_of, is_range, places_of, written


def check_worths(subject: Subject) -> None:
    """Worths give a number to every value of an issue, or to every state of a graph."""
    for whose, _, preference in subject.preferences():
        for k, term in enumerate(preference.also):
            check_between(subject, (*whose, "also", k, "worth"), term.worth)
        if preference.worth is None:
            continue
        path: Path = (*whose, "worth")
        if subject.case.issues:
            for issue, numbers in preference.worth.items():
                _check_issue_worth(subject, (*path, issue), issue, numbers)
            left_out = [i for i in subject.case.issues if i not in preference.worth]
            if left_out:
                message = f"says nothing about {', '.join(left_out)}: every value counts 0"
                subject.findings.warning(path, message, on_key=True)
        else:
            _check_graph_worth(subject, path, preference)


def _check_issue_worth(subject: Subject, path: Path, issue: str, numbers: Worth) -> None:
    say = subject.findings
    if issue not in subject.values:
        say.unknown(path, "issue", issue, subject.values, on_key=True)
        return
    values = subject.values[issue]
    if isinstance(numbers, Linear):
        _check_line(subject, path, issue, numbers)
        return
    if not isinstance(numbers, Mapping):
        hint = f"write {{{', '.join(f'{v}: …' for v in values[:6])}{', …' if len(values) > 6 else ''}}}"
        if subject.case.issues[issue].numbers is not None:
            hint = f"write {{linear: [[{values[0]}, …], [{values[-1]}, …]]}}, or a number for each value"
        say.error(path, "needs a number for each value", found=_shown(numbers), hint=hint, values_of=issue)
        return
    for value, number in numbers.items():
        if value not in values:
            say.no_value((*path, value), issue, value, values, on_key=True)
        check_between(subject, (*path, value), number)
    missing = [v for v in values if v not in numbers]
    if missing:
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        message = f"has no number for {', '.join(missing[:12])}{more}"
        say.error(path, message, on_key=True, values_of=issue)


def _shown(numbers: Between) -> str:
    return f"[{', '.join(map(str, numbers))}]" if isinstance(numbers, tuple) else str(numbers)


def _check_line(subject: Subject, path: Path, issue: str, line: Linear) -> None:
    """Points of a line are in order and reach from the first value of the issue to the last."""
    say, values = subject.findings, subject.values[issue]
    at: Path = (*path, "linear")
    if disordered(values):
        hint = "list them from the least to the greatest, or give each value its number: {value: number, …}"
        message = f"a line needs an order, and the values of {issue} are numbers that do not ascend"
        say.error(path, message, hint=hint, on_key=True, values_of=issue)
    for k, (_, worth) in enumerate(line.linear):
        check_between(subject, (*at, k, 1), worth)
    words = ascending_numbers(values) is None
    along: Sequence[Decimal | int | None] | None
    along = (_words_along if words else _numbers_along)(subject, at, issue, line)
    if along is None or disordered(values):
        return
    shown = [written(x) for x, _ in line.linear]
    told = "points follow the order of the issue" if words else "points ascend"
    for k, (one, two) in enumerate(pairwise(along), 1):
        if one is not None and two is not None and one >= two:
            message = "stands twice" if one == two else f"comes after {shown[k - 1]}: {told}"
            say.error((*at, k, 0), message, found=shown[k])
    ends = [(x, text) for x, text in zip(along, shown, strict=True) if x is not None]
    first, last = values[0], values[-1]
    least, most = (0, len(values) - 1) if words else (Decimal(first), Decimal(last))
    if not ends or min(ends)[0] > least or max(ends)[0] < most:
        found = f"{min(ends)[1]} to {max(ends)[1]}" if ends else "no points"
        message = f"does not cover the values of {issue}, which go from {first} to {last}"
        hint = f"give points for {first} and for {last}"
        say.error(at, message, found=found, hint=hint, on_key=True, values_of=issue)


def _numbers_along(subject: Subject, at: Path, issue: str, line: Linear) -> list[Decimal | None] | None:
    """The numbers of a line's points; None where they cannot be compared."""
    for k, (x, _) in enumerate(line.linear):
        if isinstance(x, Decimal):
            check_number(subject, (*at, k, 0), x)
        else:
            message = f"is no number, and the values of {issue} are numbers"
            subject.findings.error((*at, k, 0), message, found=cut(x))
    numbers = [x for x, _ in line.linear if isinstance(x, Decimal) and is_short(x)]
    # where a point is none that can be compared, it may be the one that is missing at an end
    return [*numbers] if len(numbers) == len(line.linear) else None


def _words_along(subject: Subject, at: Path, issue: str, line: Linear) -> list[int | None]:
    """The places of a line's points among the values of an issue."""
    values = subject.values[issue]
    found = places_of([x for x, _ in line.linear], values)
    for k, (place, (x, _)) in enumerate(zip(found, line.linear, strict=True)):
        if place is None:
            subject.findings.no_value((*at, k, 0), issue, written(x), values)
    return found


def _check_graph_worth(subject: Subject, path: Path, preference: Preference) -> None:
    states, say = tuple(subject.case.states or ()), subject.findings
    for state, number in (preference.worth or {}).items():
        if state not in states:
            say.unknown((*path, state), "state", state, states, on_key=True)
        elif isinstance(number, Linear | Mapping):
            say.error((*path, state), "needs one number for the state", found="a mapping")
        else:
            check_between(subject, (*path, state), number)
    missing = [s for s in states if s not in (preference.worth or {})]
    if missing:
        say.error(path, f"has no number for {', '.join(missing)}", on_key=True)


def check_tables(subject: Subject) -> None:
    """Tables give numbers to states that exist, none of them twice."""
    for whose, _, preference in subject.preferences():
        seen: set[object] = set()
        for k, (ref, number) in enumerate(preference.table or ()):
            path: Path = (*whose, "table", k)
            check_state(subject, (*path, 0), ref)
            check_between(subject, (*path, 1), number)
            if ref in seen:
                subject.findings.error((*path, 0), f"names {show(ref)} twice", found=show(ref))
            seen.add(ref)


def check_reservations(subject: Subject) -> None:
    """What no deal is worth is a number where the party has given numbers, or a state."""
    for whose, _, preference in subject.preferences():
        given, path = preference.reservation, (*whose, "reservation")
        if given is None:
            continue
        if (given.worth is None) == (given.state is None):
            message = "gives a worth and a state" if given.worth is not None else "says nothing"
            hint = "write a number, [low, high] or {state: …}"
            subject.findings.error((*path, "worth"), message, hint=hint, on_key=True)
        if given.state is not None:
            check_state(subject, (*path, "state"), given.state)
        if given.worth is not None:
            _check_held(subject, path, given, preference.cardinal)


def _check_held(subject: Subject, path: Path, given: Reservation, cardinal: bool) -> None:
    check_between(subject, (*path, "worth"), Decimal(0) if given.worth is None else given.worth)
    if not cardinal:
        hint = "write {state: …} for the state that no deal is, or give 'worth' or 'table'"
        message = "a number compares with worths, and there are none"
        subject.findings.error(path, message, hint=hint, on_key=True)


def check_delays(subject: Subject) -> None:
    """What waiting costs is a cost or a factor, for a party that has given numbers."""
    for whose, _, preference in subject.preferences():
        given, path = preference.delay, (*whose, "delay")
        if given is None:
            continue
        _check_delay(subject, path, given)
        if not preference.cardinal:
            message = "waiting is counted in worths, and there are none"
            subject.findings.error(
                path, message, hint="give 'worth' or 'table', or leave it out", on_key=True
            )


def _check_delay(subject: Subject, path: Path, given: Delay) -> None:
    say = subject.findings
    if (given.cost is None) == (given.factor is None):
        message = "gives a cost and a factor" if given.cost is not None else "needs a cost or a factor"
        hint = "write {cost: 2, days: 30} or {factor: 0.95, days: 30}"
        say.error(path, message, hint=hint, on_key=True)
    if given.factor is not None:
        check_number(subject, (*path, "factor"), given.factor)
        if not 0 < given.factor <= 1:
            hint = "0.95: a deal is worth a twentieth less with each period"
            message = "a factor is greater than 0 and at most 1"
            say.error((*path, "factor"), message, found=cut(given.factor), hint=hint)
    if given.cost is not None:
        check_number(subject, (*path, "cost"), given.cost)
        if given.cost < 0:
            message = "a cost below 0: the party gains by waiting"
            say.warning((*path, "cost"), message, found=cut(given.cost))


def check_transfers(subject: Subject) -> None:
    """Who pays by an issue is not better off the more it pays, nor who is paid worse off."""
    for id_, issue in subject.case.issues.items():
        if issue.transfer is None or issue.numbers is None:
            continue
        for party, sign in ((issue.transfer.from_, -1), (issue.transfer.to, 1)):
            preference = subject.case.preferences.get(party)
            worth = (preference.worth or {}).get(id_) if preference else None
            points = _points(worth, issue) if isinstance(worth, Linear | Mapping) else {}
            along = [points[value] for value in issue.values if value in points]
            if any(sign * (two - one) < 0 for one, two in pairwise(along)):
                what = "pays by this issue, and gains" if sign < 0 else "is paid by this issue, and loses"
                at: Path = ("preferences", party, "worth", id_)
                subject.findings.warning(at, f"{party} {what} where more is paid", on_key=True)


def _points(worth: Linear | Mapping[str, Between], issue: Issue) -> Mapping[str, Fraction]:
    """What values are worth; nothing where a line does not cover them, or worths are ranges."""
    if isinstance(worth, Mapping):
        exact = {value: ends_of(n)[0] for value, n in worth.items() if not is_range(n)}
        return {value: Fraction(number) for value, number in exact.items()}
    try:
        return worth.along(issue.values)
    except ValueError:  # said where the line stands, or a worth of it is a range
        return {}


def check_between(subject: Subject, path: Path, given: Between) -> None:
    """A number, or two ends in ascending order, each short enough to be kept exactly."""
    if not isinstance(given, tuple):
        check_number(subject, path, given)
        return
    before = len(subject.findings.all)
    for k, end in enumerate(given):
        check_number(subject, (*path, k), end)
    if len(subject.findings.all) == before and given[0] > given[1]:
        high, low = (shortest(end) for end in given)
        message = f"is upside down: from {high} to {low}"
        subject.findings.error(path, message, hint=f"write [{low}, {high}]", on_key=True)


def check_number(subject: Subject, path: Path, number: Decimal) -> None:
    """A number is short enough to be kept exactly."""
    if not is_short(number):
        message, hint = is_long(number)
        subject.findings.error(path, message, found=cut(number), hint=hint)
