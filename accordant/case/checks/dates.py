"""Dates: as exactly as they are known, and no more."""

from __future__ import annotations

import re
from calendar import monthrange

from accordant.case.checks.subject import Subject
from accordant.case.dates import OPEN
from accordant.case.places import Path
from accordant.case.wording import date_instead

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FORMS = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "FIRST/LAST", "FIRST/..", "../LAST")


def check_case_dates(subject: Subject) -> None:
    """The dates in ``case.yaml``."""
    case = subject.case
    _check(subject, ("as_of",), case.as_of)
    for id_, proposal in case.proposals.items():
        _check(subject, ("proposals", id_, "date"), proposal.date)
    for id_, event in case.events.items():
        _check(subject, ("events", id_, "date"), event.date)
    for id_, judgement in case.judgements.items():
        for key in ("made", "until"):
            _check(subject, ("judgements", id_, key), getattr(judgement, key))
        if judgement.outcome is not None:
            _check(subject, ("judgements", id_, "outcome", "date"), judgement.outcome.date)


def check_source_dates(subject: Subject) -> None:
    """The dates in ``claims.yaml``."""
    for id_, report in subject.case.reports.items():
        for key in ("published", "retrieved"):
            _check(subject, ("reports", id_, key), getattr(report, key))
    for id_, claim in subject.case.claims.items():
        for key in ("event", "reported", "entered"):
            _check(subject, ("claims", id_, key), getattr(claim, key))


def _check(subject: Subject, path: Path, date: str | None) -> None:
    if date is None:
        return
    first, _, last = date.partition("/")
    if not written_right(date):
        message = "is not a date that can be sorted; it is shown as written"
        subject.findings.warning(path, message, found=date, allowed=FORMS, hint=date_instead(date))
    elif last and OPEN not in (first, last) and last < first[: len(last)]:
        subject.findings.warning(path, "ends before it begins", found=date)


def written_right(text: str) -> bool:
    """Whether a text is a date, or two with a stroke between them of which one may be open.

    Examples
    --------
    >>> [written_right(t) for t in ("2024-01", "2024/2025", "2024-01/..", "../2024", "../..", "2024/")]
    [True, True, True, True, False, False]
    """
    first, stroke, last = text.partition("/")
    if not stroke:
        return is_date(first)
    ends = (first, last)
    return ends != (OPEN, OPEN) and all(end == OPEN or is_date(end) for end in ends)


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that exists.

    Examples
    --------
    >>> is_date("2024-02-29"), is_date("2023-02-29"), is_date("2024-01"), is_date("last week")
    (True, False, True, False)
    """
    match = _DATE.fullmatch(text)
    if match is None or int(match[1]) == 0:
        return False
    month, day = int(match[2] or 1), int(match[3] or 1)
    return 1 <= month <= 12 and 1 <= day <= monthrange(int(match[1]), month)[1]
