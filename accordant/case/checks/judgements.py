"""Judgements: what they are about, the terms that they are put in, and what became of them."""

from __future__ import annotations

from accordant.case.checks.records import check_conclusion
from accordant.case.checks.subject import Subject
from accordant.case.dates import when
from accordant.case.judging import Judgement
from accordant.case.places import Path
from accordant.case.yardsticks import YARDSTICKS


def check_judgements(subject: Subject) -> None:
    """Judgements are about conclusions or questions, in terms of the yardstick, and follow on each other."""
    for id_, judgement in subject.case.judgements.items():
        path: Path = ("judgements", id_)
        if judgement.about is not None:
            check_conclusion(subject, (*path, "about"), judgement.about)
        elif not (judgement.question or "").strip():
            hint = (
                "give about: a conclusion, such as agreement-exists, or question: what is to come, in words"
            )
            subject.findings.error(path, "says neither what it is about nor a question", hint=hint)
        if not judgement.by.strip():
            subject.findings.error((*path, "by"), "is empty: a judgement is somebody's", found=judgement.by)
        _check_band(subject, path, judgement)
        _check_revision(subject, id_, judgement.revises)
        _check_order(subject, path, judgement)


def check_outcomes(subject: Subject) -> None:
    """The claims that tell what became of a judgement exist."""
    if not subject.sources_known:
        return
    for id_, judgement in subject.case.judgements.items():
        for k, claim in enumerate(judgement.outcome.because if judgement.outcome else ()):
            if claim not in subject.case.claims:
                path: Path = ("judgements", id_, "outcome", "because", k)
                subject.findings.unknown(path, "claim", claim, subject.case.claims)


def _check_band(subject: Subject, path: Path, judgement: Judgement) -> None:
    yardstick = YARDSTICKS[subject.case.yardstick]
    if judgement.band is not None and yardstick.band(judgement.band) is None:
        message = f"is no term of the {yardstick.name}, the yardstick of this case"
        subject.findings.error((*path, "band"), message, found=judgement.band, allowed=yardstick.terms)


def _check_revision(subject: Subject, id_: str, revises: str | None) -> None:
    judgements, path = subject.case.judgements, ("judgements", id_, "revises")
    if revises is not None and revises not in judgements:
        subject.findings.unknown(path, "judgement", revises, judgements)
    seen, at = {id_}, revises
    while at is not None and at in judgements:
        if at in seen:
            subject.findings.error(path, "the revisions go round in a circle", found=revises)
            return
        seen.add(at)
        at = judgements[at].revises


def _check_order(subject: Subject, path: Path, judgement: Judgement) -> None:
    """Nothing is settled, or to be settled, before it was judged."""
    made = when(judgement.made)
    if made is None or made.first is None:
        return
    outcome = judgement.outcome
    later = {(*path, "until"): judgement.until, (*path, "outcome", "date"): outcome.date if outcome else None}
    for place, text in later.items():
        end = when(text)
        if end is not None and end.last is not None and end.last < made.first:
            subject.findings.error(place, f"is before it was judged, {judgement.made}", found=text)
