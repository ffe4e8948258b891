"""How parties stand to each other: attitudes, perceptions, coalitions."""

from __future__ import annotations

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject, show
from accordant.case.objects import StateRef
from accordant.case.places import Path


def check_attitudes(subject: Subject) -> None:
    """Attitudes are those of parties of the case, to parties of the case."""
    parties, say = subject.case.parties, subject.findings
    for party, attitudes in subject.case.attitudes.items():
        for path, name in ((("attitudes", party), party), *((("attitudes", party, o), o) for o in attitudes)):
            if name not in parties:
                say.unknown(path, "party", name, parties, on_key=True)


def check_perceptions(subject: Subject) -> None:
    """A perception is that of somebody who takes part, of states and of what others want."""
    case, say = subject.case, subject.findings
    for party, perception in case.perceptions.items():
        path: Path = ("perceptions", party)
        if party not in case.parties:
            say.unknown(path, "party", party, case.parties, on_key=True)
        elif party not in subject.participants:
            role = case.parties[party].role
            message = f"{party!r} is {_a(role)} that controls nothing: how it sees the case is not used"
            say.warning(path, message, on_key=True)
        if not perception.unseen and not perception.preferences:
            hint = "write 'unseen: [state]' or 'preferences: {party: ...}'"
            say.warning(path, "says nothing: the party sees the case as it is", hint=hint, on_key=True)
        _check_unseen(subject, (*path, "unseen"), perception.unseen)
        for other in perception.preferences:
            at: Path = (*path, "preferences", other)
            if other not in case.parties:
                say.unknown(at, "party", other, case.parties, on_key=True)
            elif other == party:
                hint = f"what it wants stands under preferences.{party}"
                say.error(at, "a party knows what it wants itself", hint=hint, on_key=True)


def _check_unseen(subject: Subject, path: Path, unseen: tuple[StateRef, ...]) -> None:
    for k, ref in enumerate(unseen):
        check_state(subject, (*path, k), ref)
        if ref in unseen[:k]:
            subject.findings.error((*path, k), f"names {show(ref)} twice", found=show(ref))


def check_coalitions(subject: Subject) -> None:
    """A coalition is at least two different parties that take part, and is listed once."""
    case, say = subject.case, subject.findings
    seen: list[frozenset[str]] = []
    for k, coalition in enumerate(case.coalitions):
        path: Path = ("coalitions", k)
        subject.parties(path, coalition)
        for m, party in enumerate(coalition):
            if party in case.parties and party not in subject.participants:
                role = case.parties[party].role
                message = f"{party!r} is {_a(role)} that controls nothing: it cannot act with others"
                say.error((*path, m), message, found=party, allowed=subject.participants)
        if len(set(coalition)) < 2:
            say.error(path, "a coalition takes at least two parties", hint="write [one, another]")
        elif frozenset(coalition) in seen:
            say.error(path, f"names the coalition of {' and '.join(coalition)} twice")
        seen.append(frozenset(coalition))


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
