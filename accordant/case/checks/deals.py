"""Stages of a deal, and the guarantees and inducements that belong to it."""

from __future__ import annotations

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject
from accordant.case.checks.worths import check_number
from accordant.case.deals import together
from accordant.case.objects import Commitment, Proposal
from accordant.case.places import Path


def check_stages(subject: Subject) -> None:
    """Stages have names of their own, follow each other, and make up the package."""
    for id_, proposal in subject.case.proposals.items():
        path: Path = ("proposals", id_, "stages")
        for k, stage in enumerate(proposal.stages):
            check_state(subject, (*path, k, "package"), stage.package)
            if not stage.name.strip():
                subject.findings.error((*path, k, "name"), "a stage needs a name", found=stage.name)
            elif stage.name in [other.name for other in proposal.stages[:k]]:
                message = f"another stage is called {stage.name!r} too"
                subject.findings.error((*path, k, "name"), message, found=stage.name)
            if stage.day is None and stage.event is None:
                hint = "write 'day: 30', or 'event: what has to happen first'"
                message = "is due on no day and after no event"
                subject.findings.warning((*path, k), message, hint=hint)
        _check_days(subject, path, proposal)
        _check_whole(subject, id_, proposal)


def _check_days(subject: Subject, path: Path, proposal: Proposal) -> None:
    latest = 0
    for k, stage in enumerate(proposal.stages):
        if stage.day is not None and stage.day < latest:
            message = f"comes before the stage before it, which is due on day {latest}"
            subject.findings.error(
                (*path, k, "day"), message, found=str(stage.day), hint="stages stand in order"
            )
        latest = max(latest, stage.day or 0)


def _check_whole(subject: Subject, id_: str, proposal: Proposal) -> None:
    """Where a package is given beside its stages, they say the same."""
    whole = together([stage.package for stage in proposal.stages])
    package, path = proposal.package, ("proposals", id_, "package")
    if not proposal.stages or whole == package or isinstance(package, str) or isinstance(whole, str):
        if proposal.stages and isinstance(package, str) and whole != package:
            message = "is not where the stages together lead"
            subject.findings.error(path, message, found=package, hint="leave the package out")
        return
    for issue in dict.fromkeys([*package, *whole]):
        if issue not in whole:
            message = f"{issue} is settled in no stage"
        elif issue not in package:
            message = f"{issue} is settled in a stage only"
        elif package[issue] != whole[issue]:
            message = f"{issue} is {package[issue]} here, and {whole[issue]} after the last stage"
        else:
            continue
        hint = "leave the package out: it is all stages together"
        subject.findings.error(path, message, hint=hint, on_key=True)


def check_terms(subject: Subject) -> None:
    """Terms are given by parties, apply to states, and change something."""
    case, say = subject.case, subject.findings
    for id_, term in case.terms.items():
        _check_term(subject, ("terms", id_), term)
    for id_, proposal in case.proposals.items():
        for k, name in enumerate(proposal.terms):
            path: Path = ("proposals", id_, "terms", k)
            if name not in case.terms:
                say.unknown(path, "term", name, case.terms)
            elif name in proposal.terms[:k]:
                say.error(path, f"names {name!r} twice", found=name)


def _check_term(subject: Subject, path: Path, term: Commitment) -> None:
    case, say = subject.case, subject.findings
    subject.parties((*path, "by"), term.by)
    if not term.by:
        say.warning(path, "is given by nobody", hint="write 'by: party'", on_key=True)
    if term.if_ is not None:
        subject.expression((*path, "if"), term.if_)
    for party, number in term.worth.items():
        at: Path = (*path, "worth", party)
        preference = case.preferences.get(party)
        check_number(subject, at, number)
        if party not in case.parties:
            say.unknown(at, "party", party, case.parties, on_key=True)
        elif preference is None or not preference.cardinal:
            message = f"adds to the worths of {party}, which has given none: it changes nothing for {party}"
            say.warning(at, message, on_key=True)
    for k, removal in enumerate(term.removes):
        at = (*path, "removes", k)
        subject.party((*at, "party"), removal.party)
        if removal.if_ is not None:
            subject.expression((*at, "if"), removal.if_)
        subject.expression((*at, "to"), removal.to)
    if not term.worth and not term.removes:
        hint = "write 'worth: {party: number}' or 'removes: [{party: …, to: …}]'"
        say.warning(path, "changes no worth and removes no move", hint=hint, on_key=True)
