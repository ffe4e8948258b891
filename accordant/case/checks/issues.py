"""Issues: their values, who controls them, which way they can go."""

from __future__ import annotations

from collections.abc import Iterable

from accordant.case.checks.names import invisible
from accordant.case.checks.subject import Subject, circles, going_round
from accordant.case.expressions import parse
from accordant.case.objects import Issue, Line, Preference
from accordant.case.places import Path
from accordant.case.worths import numbers_of
from accordant.errors import ExpressionError


def check_values(subject: Subject) -> None:
    """Every issue has at least two values, each of them once."""
    for id_, issue in subject.case.issues.items():
        path = ("issues", id_, "values")
        if issue.range is not None:
            continue  # its values are its range's
        if len(issue.values) < 2:
            found = ", ".join(issue.values) or "none"
            message = "an issue needs at least two values"
            subject.findings.error(path, message, found=found, hint="what is settled belongs in no issue")
        seen: set[str] = set()
        for k, value in enumerate(issue.values):
            if value in seen:
                subject.findings.error((*path, k), f"the value {value!r} stands twice", found=value)
            elif not value.strip():
                subject.findings.error((*path, k), "a value needs a name", found=value)
            elif sign := invisible(value):
                hint = f"it holds the invisible character {sign}: take it out"
                subject.findings.error((*path, k), f"{value!r} cannot be a value", found=value, hint=hint)
            seen.add(value)


def check_control(subject: Subject) -> None:
    """Every issue is controlled by parties of the case."""
    case, say = subject.case, subject.findings
    for id_, issue in case.issues.items():
        path: Path = ("issues", id_, "by", "joint") if issue.joint else ("issues", id_, "by")
        if not issue.holders:
            say.error(path, "is controlled by nobody", hint="name a party", allowed=tuple(case.parties))
        for k, holder in enumerate(issue.holders):
            if holder in case.issues and holder not in case.parties:
                say.error((*path, k), f"{holder!r} is an issue, not a party", found=holder)
            elif subject.party((*path, k), holder) and holder in issue.holders[:k]:
                say.error((*path, k), f"names {holder!r} twice", found=holder)
        if issue.joint and len(set(issue.holders)) == 1:
            say.error(path, "joint control takes at least two parties", found=issue.holders[0])
        if issue.binding and not issue.joint:
            hint = "write by: {joint: [...]}, or leave 'binding' out"
            say.error(("issues", id_, "binding"), "'binding' is for joint control only", hint=hint)
    among = {id_: [h for h in issue.holders if h in case.issues] for id_, issue in case.issues.items()}
    for circle in circles(among):
        say.error(("issues", circle[0], "by"), f"control {going_round(circle)}")


def check_directions(subject: Subject) -> None:
    """Moves that are listed pair by pair name two different values, each pair once."""
    for id_, issue in subject.case.issues.items():
        if isinstance(issue.moves, str):
            continue
        seen: set[tuple[str, str]] = set()
        for k, pair in enumerate(issue.moves):
            _check_pair(subject, id_, issue, k)
            if pair in seen:
                message = f"the move from {pair[0]!r} to {pair[1]!r} stands twice"
                subject.findings.error(("issues", id_, "moves", k), message)
            seen.add(pair)


def _check_pair(subject: Subject, id_: str, issue: Issue, k: int) -> None:
    path: Path = ("issues", id_, "moves", k)
    pair = issue.moves[k]
    for m, value in enumerate(pair):
        if value not in issue.values:
            subject.findings.no_value((*path, m), id_, value, issue.values)
    if pair[0] == pair[1]:
        subject.findings.error(path, f"a move from {pair[0]!r} to itself", found=pair[0])


def check_valued(subject: Subject) -> None:
    """Where everybody says what they want, in numbers too, somebody's wishes depend on each issue.

    An issue that a rule names matters by what the rule links it to.
    """
    case = subject.case
    deciding = [p for p, party in case.parties.items() if party.role == "party"]
    if not deciding or any(p not in case.preferences or not case.preferences[p].known for p in deciding):
        return  # what has not been said may be about any issue
    if not any(preference.cardinal for preference in case.preferences.values()):
        return
    named = set[str]()
    for preference in case.preferences.values():
        spoken = _named(subject, preference)
        if spoken is None:
            return
        named |= spoken
    linked = _in(subject, [rule.rule for rule in case.feasible]) or set()
    for id_ in case.issues:
        if id_ not in named | linked:
            message = "nobody's wishes depend on this issue: every value is as good as any other"
            hint = "say what it is worth, or leave the issue out"
            subject.findings.warning(("issues", id_), message, hint=hint, on_key=True)


def _named(subject: Subject, preference: Preference) -> set[str] | None:
    """The issues that a preference depends on; None where that cannot be told from its text."""
    refs = [ref for level in preference.levels for ref in level] + [ref for ref, _ in preference.table or ()]
    if any(isinstance(ref, str) for ref in refs):
        return None
    texts = [line.want if isinstance(line, Line) else line.rule for line in preference.lines]
    spoken = _in(subject, [*texts, *(term.if_ for term in preference.also)])
    if spoken is None:
        return None
    spoken |= {issue for ref in refs if not isinstance(ref, str) for issue in ref}
    worths = preference.worth or {}
    return spoken | {i for i, worth in worths.items() if len(set(numbers_of(worth))) > 1}


def _in(subject: Subject, texts: Iterable[str]) -> set[str] | None:
    """The issues that expressions name; None where one cannot be read, which is said where it stands."""
    try:
        return {name for text in texts for name in parse(text, subject.values).names}
    except ExpressionError:
        return None
