"""States, packages and graphs: that what they name exists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from accordant.case.checks.subject import Subject
from accordant.case.objects import StateRef
from accordant.case.places import Path

_NUMBERED = re.compile(r"s[1-9][0-9]*'*")


def check_form(subject: Subject) -> None:
    """A case has issues or a graph, and not the half of either."""
    case, say = subject.case, subject.findings
    if not case.issues and not case.states:
        hint = "write what is to be settled under 'issues', or list the states under 'states'"
        say.error((), "the case has neither issues nor states", hint=hint)
    if case.issues and isinstance(case.states, tuple):
        hint = "write {name: {issue: value, ...}}"
        say.error(("states",), "a list of states is for a case without issues", hint=hint, on_key=True)
    if case.states is not None and not case.issues and isinstance(case.states, Mapping):
        hint = "list the states by name, or write the issues"
        say.error(("states",), "without issues there are no values to give", hint=hint, on_key=True)
    if case.issues and case.moves is not None:
        hint = "moves follow from who controls what; 'moves' under an issue gives its direction"
        say.error(("moves",), "'moves' is for a case without issues", hint=hint, on_key=True)
    if case.only and not case.states:
        say.error(("only",), "'only: named' needs states that are named", hint="name them under 'states'")
    if not case.issues and case.feasible:
        message = "rules are for a case with issues; a graph lists the states that there are"
        say.error(("feasible",), message, on_key=True)


def check_patterns(subject: Subject) -> None:
    """Named states give values to issues of the case, and no two of them give the same ones."""
    states = subject.case.states
    if not isinstance(states, Mapping) or not subject.case.issues:
        return
    seen: dict[frozenset[tuple[str, str]], str] = {}
    for name, pattern in states.items():
        subject.pattern(("states", name), pattern)
        if not pattern:
            hint = "give it the value of at least one issue"
            subject.findings.error(("states", name), "matches every state", hint=hint, on_key=True)
        first = seen.setdefault(frozenset(pattern.items()), name)
        if first != name:
            subject.findings.error(("states", name), f"is the same state as {first}", on_key=True)


def check_graph(subject: Subject) -> None:
    """A graph that is given directly names each state once and moves between them."""
    case, say = subject.case, subject.findings
    if case.issues or not isinstance(case.states, tuple):
        return
    for k, name in enumerate(case.states):
        if name in case.states[:k]:
            say.error(("states", k), f"the state {name!r} stands twice", found=name)
    if not case.moves:
        say.warning(("states",), "nobody can move: 'moves' is missing", on_key=True)
    for party, moves in (case.moves or {}).items():
        if party not in case.parties:
            say.unknown(("moves", party), "party", party, case.parties, on_key=True)
        for start, ends in moves.items():
            path: Path = ("moves", party, start)
            if start not in case.states:
                say.unknown(path, "state", start, case.states, on_key=True)
            for k, end in enumerate(ends):
                if end not in case.states:
                    say.unknown((*path, k), "state", end, case.states)
                elif end == start:
                    say.error((*path, k), f"a move from {start!r} to itself", found=end)
                elif end in ends[:k]:
                    say.error((*path, k), f"names {end!r} twice", found=end)


def check_anchors(subject: Subject) -> None:
    """The status quo and no deal are states of the case."""
    case = subject.case
    if case.status_quo is not None:
        check_state(subject, ("status_quo", "state"), case.status_quo.state)
    if case.no_deal is not None:
        state, path = case.no_deal.state, ("no_deal", "state")
        if state != "status_quo":
            check_state(subject, path, state)
        elif case.status_quo is None:
            subject.findings.error(path, "the case gives no status quo", found="status_quo")


def check_proposals(subject: Subject) -> None:
    """Proposals come from parties of the case and hold values that exist."""
    for id_, proposal in subject.case.proposals.items():
        for role in ("by", "via", "to"):
            subject.parties(("proposals", id_, role), getattr(proposal, role))
        if "package" not in proposal.derived():  # otherwise each stage is checked
            check_state(subject, ("proposals", id_, "package"), proposal.package)
        _check_complete(subject, id_, proposal.package)


def _check_complete(subject: Subject, id_: str, package: StateRef) -> None:
    """Without a status quo, only a package that says something about every issue leads to a state."""
    case = subject.case
    if case.status_quo is not None or isinstance(package, str):
        return
    left = [issue for issue in case.issues if issue not in package]
    if left:
        rest = ", ".join(left)
        message = (
            f"says nothing about {rest}; without a status quo it leads to a state only if one alone fits"
        )
        hint = "write 'status_quo: {issue: value, ...}', or give the package a value for every issue"
        subject.findings.warning(("proposals", id_, "package"), message, hint=hint)


def check_state(subject: Subject, path: Path, ref: StateRef) -> None:
    """A state by name or by values is one that the case could have."""
    case, say = subject.case, subject.findings
    if isinstance(ref, str):
        known = tuple(case.states or ())
        # Numbered states are known only once the case is compiled.
        may_be_numbered = case.issues and not case.only and _NUMBERED.fullmatch(ref)
        if ref not in known and not may_be_numbered:
            say.unknown(path, "state", ref, known)
    elif not case.issues:
        hint = "in a case without issues a state is given by its name"
        say.error(path, "the case has no issues to give values to", hint=hint)
    elif not ref:
        say.error(path, "gives no issue a value", hint="write {issue: value, ...}")
    else:
        subject.pattern(path, ref)
