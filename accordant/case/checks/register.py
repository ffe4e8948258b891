"""The register of sources, and unnamed sources that should stay unnamed."""

from __future__ import annotations

from accordant.case.checks.subject import Subject
from accordant.case.places import Path
from accordant.case.register import BEFORE_ALL, days
from accordant.case.unnamed import Unnamed

_ORDER = "earliest first"
_UNNAMED = "leave unnamed sources unnamed: take it out, unless the report itself says so"


def check_register(subject: Subject) -> None:
    """Entries are told apart by their names, and their reliability goes on in time."""
    register, say = subject.case.sources.register_, subject.findings
    first: dict[str, str] = {}
    for id_, entry in register.items():
        for k, name in enumerate((entry.name, *entry.aliases)):
            path: Path = ("register", id_, "aliases", k - 1) if k else ("register", id_, "name")
            other = first.setdefault(name.casefold(), id_)
            if other != id_:
                hint = "give each source one entry, or link origins to the one that is meant (register)"
                say.warning(path, f"{name!r} is also what {other} is called", found=name, hint=hint)
            if not name.strip():
                say.error(path, "has no words", found=name)
        _check_times(subject, id_)


def _check_times(subject: Subject, id_: str) -> None:
    before = None
    for k, given in enumerate(subject.case.sources.register_[id_].reliability):
        path: Path = ("register", id_, "reliability", k)
        if not given.reason.strip():
            subject.findings.error((*path, "reason"), "has no words", hint="say why, in a sentence")
        start = (BEFORE_ALL, BEFORE_ALL) if given.from_ is None else days(given.from_)
        if start is None:
            continue  # such an entry cannot be made
        if before is not None and start[0] <= before:
            message = "begins no later than the grade before it"
            subject.findings.error((*path, "from"), message, found=given.from_, hint=_ORDER)
        before = start[0]


def check_unnamed(subject: Subject) -> None:
    """Nobody unnamed is given a name: in its origin, in the register, or in what is said of its claims."""
    case, say = subject.case, subject.findings
    if not any(origin.unnamed for origin in case.origins.values()):
        return
    looking = Unnamed(case)
    for id_, origin in case.origins.items():
        for key, message in looking.origin(origin):
            say.warning(("origins", id_, key), message, hint=_UNNAMED)
    for id_, claim in case.claims.items():
        for key, message in looking.claim(claim, case.origins.get(claim.origin or "")):
            say.warning(("claims", id_, key), message, hint=_UNNAMED)
