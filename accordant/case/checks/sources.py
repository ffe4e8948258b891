"""Reports, origins and claims: references, circles and contradictions."""

from __future__ import annotations

from accordant.case.checks.subject import Subject, circles, going_round
from accordant.case.places import Path
from accordant.case.sources import Claim

DEAD = ("retracted", "superseded")


def check_reports(subject: Subject) -> None:
    """A report that rewrites another one names it, and no two reports are the same text."""
    reports, say = subject.case.reports, subject.findings
    for id_, report in reports.items():
        if report.original is not None and report.original not in reports:
            say.unknown(("reports", id_, "original"), "report", report.original, reports)
    for circle in circles({r: [x.original] for r, x in reports.items() if x.original}):
        message = going_round(circle)
        say.error(("reports", circle[0], "original"), message)
    for key in ("file", "sha256"):
        first: dict[str, str] = {}
        for id_, report in reports.items():
            other = first.setdefault(getattr(report, key).casefold(), id_)
            if other != id_:
                message = f"is the same text as {other}" if key == "sha256" else f"is the file of {other}"
                say.warning(("reports", id_, key), message, hint="one text is one report")


def check_origins(subject: Subject) -> None:
    """An origin is on the side of a party, or of none."""
    case = subject.case
    for id_, origin in case.origins.items():
        if origin.side is not None and origin.side != "none":
            subject.party(("origins", id_, "side"), origin.side)
        if origin.register_ is not None and origin.register_ not in case.sources.register_:
            path: Path = ("origins", id_, "register")
            subject.findings.unknown(path, "entry", origin.register_, case.sources.register_)


def check_claims(subject: Subject) -> None:
    """Claims name reports, origins, parties and claims that exist."""
    case, say = subject.case, subject.findings
    for id_, claim in case.claims.items():
        path: Path = ("claims", id_)
        if claim.report not in case.reports:
            say.unknown((*path, "report"), "report", claim.report, case.reports)
        if claim.origin is not None and claim.origin not in case.origins:
            say.unknown((*path, "origin"), "origin", claim.origin, case.origins)
        if claim.by is not None and claim.by not in case.parties and subject.parties_known:
            hint = "somebody who only speaks or watches is a party of role observer"
            say.error(
                (*path, "by"),
                f"there is no party {claim.by!r}",
                found=claim.by,
                allowed=tuple(case.parties),
                hint=_nearest_or(claim.by, tuple(case.parties), hint),
            )
        _check_other_claims(subject, id_, claim)
        _check_attribution(subject, id_, claim)


def _nearest_or(name: str, known: tuple[str, ...], hint: str) -> str:
    from accordant.errors import did_you_mean

    return did_you_mean(name, known) or hint


def _check_other_claims(subject: Subject, id_: str, claim: Claim) -> None:
    claims, say = subject.case.claims, subject.findings
    if claim.within is not None and claim.within not in claims:
        say.unknown(("claims", id_, "within"), "claim", claim.within, claims)
    for key, verb in (("contradicts", "contradict"), ("confirms", "confirm")):
        others = getattr(claim, key)
        for k, other in enumerate(others):
            path: Path = ("claims", id_, key, k)
            if other == id_:
                say.error(path, f"a claim cannot {verb} itself", found=other)
            elif other not in claims:
                say.unknown(path, "claim", other, claims)
            elif other in others[:k]:
                say.error(path, f"names {other!r} twice", found=other)
    for k, other in enumerate(claim.confirms):
        if other in claim.contradicts:
            message = f"both confirms and contradicts {other}"
            say.error(("claims", id_, "confirms", k), message, found=other)


def _check_attribution(subject: Subject, id_: str, claim: Claim) -> None:
    origin = subject.case.origins.get(claim.origin or "")
    if origin is None:
        return
    if claim.attribution == "named" and origin.unnamed:
        message = f"is attributed by name, but its origin {claim.origin} is {origin.kind}"
        subject.findings.warning(("claims", id_, "attribution"), message, found=claim.attribution)


def check_nesting(subject: Subject) -> None:
    """Claims inside claims end somewhere, and stand in one report."""
    claims, say = subject.case.claims, subject.findings
    for circle in circles({c: [x.within] for c, x in claims.items() if x.within}):
        message = going_round(circle)
        say.error(("claims", circle[0], "within"), message)
    for id_, claim in claims.items():
        outer = claims.get(claim.within or "")
        if outer is not None and outer.report != claim.report:
            message = f"is said inside {claim.within}, which stands in another report ({outer.report})"
            say.warning(("claims", id_, "within"), message)


def check_contradictions(subject: Subject) -> None:
    """A contradiction written one way only puts the other claim out: that is said."""
    claims = subject.case.claims
    for id_, claim in claims.items():
        if claim.status in DEAD:
            continue
        for k, other in enumerate(claim.contradicts):
            against = claims.get(other)
            if against is None or other == id_ or id_ in against.contradicts:
                continue
            if "confirmed" in (claim.status, against.status) or against.status in (*DEAD, "contradicted"):
                continue
            hint = f"write it both ways if neither is established, or give {id_} the status confirmed"
            message = f"{other} counts as contradicted, for it does not contradict {id_} in turn"
            subject.findings.warning(("claims", id_, "contradicts", k), message, found=other, hint=hint)
