"""Forecasts recorded, and what came of them: the case as it would be, before it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from accordant.case.checks import dates, judgements
from accordant.case.checks.subject import Subject
from accordant.case.dates import when
from accordant.case.folder import CaseFolder
from accordant.case.judging import Judgement, Outcome
from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean
from accordant.evidence.changing import Change


@dataclass(frozen=True)
class Recorded(Change):
    """A judgement as it would stand in the case; nothing is written before :meth:`apply`.

    Attributes
    ----------
    id
        Its id in the case.
    """

    id: str

    @property
    def judgement(self) -> Judgement:
        """The judgement itself."""
        return self.case.judgements[self.id]


def recorded(folder: CaseFolder, given: Mapping[str, object], *, id_: str | None = None) -> Recorded:
    """The case with one more forecast.

    Parameters
    ----------
    given
        Keys of a judgement, as the case format has them; without ``made`` it is the date of the case.
    id_
        Its id; ``j1``, ``j2``, … where none is given.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    case = folder.case
    if id_ is not None and id_ in case.judgements:
        raise InputError(
            f"there is a judgement {id_!r} already; a forecast is revised by a new one: --revises {id_}"
        )
    empty = [
        f"{key} is empty" for key, value in given.items() if isinstance(value, str) and not value.strip()
    ]
    if empty:
        raise InputError("; ".join(empty))
    name = id_ or _next(case)
    known = {key: value for key, value in given.items() if value not in (None, ())}
    if "made" not in known and case.as_of:
        known["made"] = case.as_of
    try:
        judged = Judgement.model_validate(known)
    except ValidationError as error:
        raise InputError("; ".join(_said(e) for e in error.errors())) from error
    _refuse_closed(case, judged)
    return _made(folder, name, judged)


def settled(
    folder: CaseFolder,
    id_: str,
    came: str,
    *,
    date: str | None = None,
    says: str | None = None,
    because: Sequence[str] = (),
) -> Recorded:
    """The case with what came of a forecast: ``yes``, ``no``, or ``void`` where that can no longer be told.

    Raises
    ------
    InputError
        If there is no such forecast, something else was said to have come of it, or a date or a claim
        is wrong.
    """
    case = folder.case
    if id_ not in case.judgements:
        hint = did_you_mean(id_, list(case.judgements))
        listed = ", ".join(case.judgements) or "none"
        raise InputError(
            f"there is no judgement {id_!r}; the case has: {listed}" + (f"; {hint}" if hint else "")
        )
    judged = case.judgements[id_]
    if judged.outcome is not None and judged.outcome.came != came:
        said = judged.outcome.came
        raise InputError(
            f"{id_} is settled already, as {said!r}; to correct that, edit its outcome in case.yaml"
        )
    try:
        outcome = Outcome.model_validate(
            {"came": came, "date": date or _today(case, judged), "says": says, "because": tuple(because)}
        )
    except ValidationError as error:
        raise InputError("; ".join(_said(e) for e in error.errors())) from error
    return _made(folder, id_, judged.model_copy(update={"outcome": outcome}))


def _made(folder: CaseFolder, id_: str, judged: Judgement) -> Recorded:
    case = folder.case.model_copy(update={"judgements": {**folder.case.judgements, id_: judged}})
    subject = Subject(case)
    judgements.check_judgements(subject)
    judgements.check_outcomes(subject)
    dates.check_case_dates(subject)
    wrong = [
        f"{'.'.join(map(str, f.path[2:])) or 'the forecast'} {f.message}"
        + (f": {f.found}" if f.found else "")
        + (f" (allowed: {', '.join(f.allowed)})" if f.allowed else "")
        for f in subject.findings.all
        if f.path[:2] == ("judgements", id_)
    ]
    unknown = [c for c in judged.because if c not in case.claims]
    wrong += [f"there is no claim {c!r}" for c in unknown]
    if wrong:
        raise InputError("; ".join(wrong))
    return Recorded(folder, case, id_)


def _refuse_closed(case: Case, judged: Judgement) -> None:
    """What is settled is not revised: that would be hindsight."""
    before = case.judgements.get(judged.revises or "")
    if before is not None and before.outcome is not None:
        raise InputError(f"{judged.revises} is settled; a forecast of what is known already is none")


def _today(case: Case, judged: Judgement) -> str | None:
    """The date of the case, unless it was judged later than that."""
    made, now = when(judged.made), when(case.as_of)
    later = made and made.first and now and now.last and now.last < made.first
    return None if later else case.as_of


def _next(case: Case) -> str:
    taken = [int(m[1]) for name in case.judgements if (m := re.fullmatch(r"j([0-9]{1,9})", name))]
    number = max(taken, default=0) + 1
    while f"j{number}" in case.judgements:
        number += 1
    return f"j{number}"


def _said(error: object) -> str:
    found = dict(error)  # type: ignore[call-overload]
    where = ".".join(str(step) for step in found["loc"])
    return f"{where}: {str(found['msg']).lower()}"
