"""Roles: who decides, who carries, who can veto, who only watches."""

from __future__ import annotations

from accordant.case.checks.subject import Subject, circles, going_round


def check_roles(subject: Subject) -> None:
    """Constituencies belong to a party, nobody else does, and somebody decides."""
    case, say = subject.case, subject.findings
    for id_, party in case.parties.items():
        path = ("parties", id_)
        if party.role == "constituency" and party.of is None:
            say.error(path, "a constituency needs 'of': the party that it can veto", on_key=True)
        elif party.role != "constituency" and party.of is not None:
            hint = "give it the role constituency, or leave 'of' out"
            say.error((*path, "of"), f"'of' is for constituencies, not for role {party.role}", hint=hint)
        elif party.of is not None and subject.party((*path, "of"), party.of):
            _check_owner(subject, id_, party.of)
    for circle in circles({p: [q.of] for p, q in case.parties.items() if q.of}):
        say.error(("parties", circle[0], "of"), going_round(circle))
    if not any(party.role == "party" for party in case.parties.values()):
        hint = "give at least one of them the role party" if case.parties else "add the parties to the talks"
        say.error(
            ("parties",), "nobody here decides: there is no party of role party", hint=hint, on_key=True
        )


def _check_owner(subject: Subject, id_: str, of: str) -> None:
    role = subject.case.parties[of].role
    if role != "party" and of != id_:
        deciders = [p for p, party in subject.case.parties.items() if party.role == "party"]
        message = f"{of!r} is a {role}; a constituency belongs to a party"
        subject.findings.error(("parties", id_, "of"), message, found=of, allowed=deciders)


def check_part_played(subject: Subject) -> None:
    """Parties can do something; those who only watch do nothing."""
    case, say = subject.case, subject.findings
    holders = {h for issue in case.issues.values() for h in issue.holders} | set(case.moves or {})
    for id_, party in case.parties.items():
        if party.role == "observer" and id_ in holders:
            hint = "give it the role party or mediator"
            say.error(("parties", id_), "an observer cannot control anything", hint=hint, on_key=True)
        if party.role in ("observer", "mediator") and id_ in case.preferences and id_ not in holders:
            message = f"a {party.role} that controls nothing: what it wants is not used"
            say.warning(("preferences", id_), message, on_key=True)
        if party.role == "party" and id_ not in holders and (case.issues or case.moves):
            say.warning(("parties", id_), "controls no issue, so that it has no moves", on_key=True)


def check_names_shown(subject: Subject) -> None:
    """No two parties are shown under one name."""
    owner: dict[str, str] = {}
    for id_, party in subject.case.parties.items():
        for name in dict.fromkeys((id_, party.name or id_, *party.aliases)):
            other = owner.setdefault(name.casefold(), id_)
            if other != id_:
                message = f"the name {name!r} also belongs to {other}"
                subject.findings.warning(("parties", id_), message, found=name, on_key=True)
