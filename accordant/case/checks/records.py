"""Positions, relations, conclusions and events: what is kept beside the model."""

from __future__ import annotations

import re

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject
from accordant.case.places import Path

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
FORMS = ("acceptable(proposal, party)", "agreement(proposal)", "agreement-exists", "holds(state, concept)")
_CONCLUSION = re.compile(r"(acceptable|agreement|holds)\(\s*([^(),]+?)\s*(?:,\s*([^(),]+?)\s*)?\)")


def check_positions(subject: Subject) -> None:
    """Positions are those of parties, on issues, and ask for values that exist."""
    case, say = subject.case, subject.findings
    for party, positions in case.positions.items():
        if party not in case.parties:
            say.unknown(("positions", party), "party", party, case.parties, on_key=True)
        for issue, position in positions.items():
            path: Path = ("positions", party, issue)
            if issue not in case.issues:
                say.unknown(path, "issue", issue, case.issues, on_key=True)
            elif position.wants not in case.issues[issue].values:
                message = f"{position.wants!r} is not a value of {issue}; it is shown as written"
                values = case.issues[issue].values
                say.warning((*path, "wants"), message, found=position.wants, allowed=values)


def check_relations(subject: Subject) -> None:
    """Relations are between two different parties."""
    for k, relation in enumerate(subject.case.relations):
        path: Path = ("relations", k)
        known = [subject.party((*path, end), name) for end, name in _ends(relation.from_, relation.to)]
        if all(known) and relation.from_ == relation.to:
            subject.findings.error((*path, "to"), "a relation of a party to itself", found=relation.to)


def _ends(start: str, end: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("from", start), ("to", end)


def check_conclusion(subject: Subject, path: Path, about: str) -> None:
    """What a judgement is about is a conclusion that the analysis could draw."""
    if about == "agreement-exists":
        return
    match = _CONCLUSION.fullmatch(about)
    if match is None or (match[3] is None) != (match[1] == "agreement"):
        subject.findings.error(path, "is not a conclusion", found=about, allowed=FORMS)
        return
    kind, of, second = match.groups()
    if kind == "holds":
        check_state(subject, path, of)
        if second not in CONCEPTS:
            subject.findings.unknown(path, "concept", second, CONCEPTS)
        return
    _check_package(subject, path, of)
    if kind == "acceptable" and subject.party(path, second):
        _check_accepts(subject, path, second)


def _check_accepts(subject: Subject, path: Path, id_: str) -> None:
    """Only parties accept; a constituency has its say through the party that it vetoes for."""
    parties = subject.case.parties
    if not subject.parties_known or parties[id_].role == "party":
        return
    allowed = [p for p, party in parties.items() if party.role == "party"]
    role = parties[id_].role
    message = f"{id_!r} is {'an' if role[0] in 'aeiou' else 'a'} {role}: only a party accepts or refuses"
    hint = f"name the party that it belongs to, {parties[id_].of!r}" if parties[id_].of else None
    subject.findings.error(path, message, found=id_, allowed=allowed, hint=hint)


def _check_package(subject: Subject, path: Path, of: str) -> None:
    case = subject.case
    if of in case.proposals:
        return
    if of in (case.states or ()) or (case.issues and not case.only and re.fullmatch(r"s[1-9][0-9]*'*", of)):
        return
    subject.findings.unknown(path, "proposal", of, case.proposals)


def check_events(subject: Subject) -> None:
    """Events are between parties of the case."""
    for id_, event in subject.case.events.items():
        subject.parties(("events", id_, "who"), event.who)
