"""Forecasts of a case: what people judged to come, beside the model's answer, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accordant.case.dates import when
from accordant.case.judging import Came, Judgement
from accordant.case.objects import Case
from accordant.case.yardsticks import YARDSTICKS, Yardstick
from accordant.errors import InputError
from accordant.evidence.handling import WITHHELD, Handling
from accordant.history.scoring import Score, Settled, outwards, score
from accordant.reliance.result import Rest
from accordant.tables import Method, Table

CAVEAT = (
    "A Brier score rewards easy questions and says little of few forecasts; as words stand for bands, it "
    "lies between two ends. 0 is perfect; always saying even chances gives 0.25."
)
CAME: Mapping[Came | None, str] = {
    "yes": "came true",
    "no": "did not",
    "void": "cannot be told",
    None: "open",
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """One judgement with what the model says of the same thing, and what came of it.

    Attributes
    ----------
    case
        Title of the case that it stands in.
    says
        What is judged: the question, or the conclusion as a sentence.
    band
        The term of the yardstick that a person takes its words to mean; empty where nobody has.
    model, settings
        The model's status of the conclusion now, and its count; None for a question of another kind.
    revised_by
        The judgement that took its place.
    overdue
        It was to be answered before the date of the case, and nobody has said what came of it.
    """

    id: str
    case: str
    by: str
    says: str
    about: str | None
    likelihood: str | None
    band: str
    confidence: str | None
    made: str | None
    until: str | None
    revises: str | None
    revised_by: str | None
    came: Came | None
    settled: str | None
    settled_by: str | None
    model: str | None
    settings: tuple[int, int] | None
    overdue: bool
    because: tuple[str, ...]

    @property
    def model_words(self) -> str:
        """The model's answer as it is printed: a word, for *sometimes* the count."""
        if self.model is None:
            return "not asked of the model"
        if self.model == "sometimes" and self.settings is not None:
            return "{} of {} settings".format(*self.settings)
        return self.model


@dataclass(frozen=True)
class ForecastsResult:
    """Forecasts of one or several cases on one yardstick, and how those that are settled came out."""

    title: str
    yardstick: Yardstick
    forecasts: tuple[Forecast, ...]
    scores: tuple[Score, ...]
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``forecasts --json``."""
        return {
            "schema": "accordant/forecasts/1",
            "title": self.title,
            "yardstick": _yardstick(self.yardstick),
            "forecasts": [_forecast(f) for f in self.forecasts],
            "scores": [_score(s) for s in self.scores],
            "caveat": CAVEAT,
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per forecast; how firm its basis is stands in a table of its own."""
        several = len({f.case for f in self.forecasts}) > 1
        first = ("case",) if several else ()
        columns = ("id", "who", "judged to come", "likelihood", "on the yardstick", "model", "outcome")
        rows = [
            (
                *((f.case,) if several else ()),
                *(f.id, f.by, f.says, f.likelihood or "", f.band, f.model_words, outcome_words(f)),
            )
            for f in self.forecasts
        ]
        title = "What people judge to come, beside the model's answer"
        return Table(title, (*first, *columns), tuple(rows))

    def confidence_table(self) -> Table:
        """How firm each judge calls the basis: never in one row with a likelihood."""
        rows = [(f.id, f.by, f.says, f.confidence) for f in self.forecasts if f.confidence]
        columns = ("id", "who", "judged to come", "confidence in the basis")
        return Table("How firm the basis is, in the same judges' view", columns, tuple(rows))

    def bands_table(self) -> Table:
        """For every judge and band: how many were said, and how many of them came true."""
        rows = [
            (s.by or "everybody", c.band.words, c.said, c.came, f"{c.least} to {c.most}", _FITS[c.fits])
            for s in self.scores
            for c in s.bands
        ]
        columns = ("who", "said", "times", "came true", "the words say", "")
        return Table("How forecasts in words came out", columns, tuple(rows))

    def yardstick_table(self) -> Table:
        """The steps of the yardstick."""
        rows = [(b.term, ", ".join(b.others), f"{b.low} to {b.high} in 100") for b in self.yardstick.bands]
        return Table(f"The yardstick: {self.yardstick.name}", ("term", "also", "stands for"), tuple(rows))

    def tables(self) -> dict[str, Table]:
        """Every table that has rows, for a workbook."""
        every = {
            "forecasts": self.table(),
            "confidence": self.confidence_table(),
            "bands": self.bands_table(),
            "yardstick": self.yardstick_table(),
        }
        return {name: table for name, table in every.items() if table.rows}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


_FITS = {"fits": "fits", "fewer": "fewer than the words say", "more": "more than the words say"}


def outcome_words(forecast: Forecast) -> str:
    """What came of a forecast, in a few words."""
    if forecast.came is not None:
        return CAME[forecast.came] + (f" ({forecast.settled})" if forecast.settled else "")
    if forecast.revised_by:
        return f"revised: {forecast.revised_by}"
    if forecast.overdue:
        return f"overdue since {forecast.until}"
    return f"open until {forecast.until}" if forecast.until else "open"


def forecasts(
    case: Case, model: Mapping[str, Rest], handling: Handling | None = None
) -> tuple[Forecast, ...]:
    """Every judgement of a case, beside the model's answers to the same things.

    Parameters
    ----------
    model
        What the model says, by conclusion, of those that judgements are about.
    handling
        What is withheld: judgements that only withheld claims tell of are left out.
    """
    held = Handling.everything(case) if handling is None else handling
    revised = {j.revises: id_ for id_, j in case.judgements.items() if j.revises}
    return tuple(
        _one(case, id_, judgement, revised.get(id_), model.get(judgement.about or ""), held)
        for id_, judgement in case.judgements.items()
        if not held.only_withheld(judgement.because)
    )


def _one(
    case: Case, id_: str, judged: Judgement, revised_by: str | None, model: Rest | None, held: Handling
) -> Forecast:
    band = YARDSTICKS[case.yardstick].band(judged.band) if judged.band else None
    outcome = judged.outcome
    told = outcome.says if outcome else None
    if outcome and held.only_withheld(outcome.because):
        told = WITHHELD
    return Forecast(
        id=id_,
        case=case.title,
        by=judged.by,
        says=judged.question or (model.says if model else judged.about or ""),
        about=judged.about,
        likelihood=judged.likelihood,
        band=band.term if band else "",
        confidence=judged.confidence,
        made=judged.made,
        until=judged.until,
        revises=judged.revises,
        revised_by=revised_by,
        came=outcome.came if outcome else None,
        settled=outcome.date if outcome else None,
        settled_by=told,
        model=model.status if model else None,
        settings=model.settings if model else None,
        overdue=outcome is None and revised_by is None and _past(judged.until, case.as_of),
        because=judged.because,
    )


def _past(until: str | None, as_of: str | None) -> bool:
    end, now = when(until), when(as_of)
    return bool(end and end.last and now and now.first and end.last < now.first)


def scored(found: Sequence[Forecast], yardstick: Yardstick, *, every: bool = False) -> tuple[Score, ...]:
    """How the settled forecasts came out: everybody's together, then each judge's where there are several.

    Parameters
    ----------
    every
        Whether forecasts that their judge revised count too; otherwise the last word does.
    """
    settled: dict[str, list[Settled]] = {}
    last = _settled_last(found)
    for forecast in found:
        came = forecast.came if every or forecast.revised_by is None else None
        came = came or (last.get((forecast.case, forecast.id)) if every else None)
        band = yardstick.band(forecast.band) if forecast.band else None
        if band is not None and came in ("yes", "no"):
            settled.setdefault(forecast.by, []).append(Settled(band, came == "yes"))
    if not settled:
        return ()
    together = score("", yardstick, [one for each in settled.values() for one in each])
    alone = [score(by, yardstick, each) for by, each in settled.items()] if len(settled) > 1 else []
    return (together, *alone)


def _settled_last(found: Sequence[Forecast]) -> dict[tuple[str, str], Came]:
    """What came of the last word of each line of revisions, for every word before it."""
    by_id = {(f.case, f.id): f for f in found}
    told: dict[tuple[str, str], Came] = {}
    for forecast in found:
        at, came = forecast, forecast.came
        while came is not None and at.revises and (at.case, at.revises) in by_id:
            at = by_id[(at.case, at.revises)]
            if (at.case, at.id) in told:
                break
            told[(at.case, at.id)] = came
    return told


def result(
    cases: Sequence[tuple[Case, Mapping[str, Rest], Handling | None]], *, every: bool = False
) -> ForecastsResult:
    """The forecasts of some cases together.

    Raises
    ------
    InputError
        If the cases are on different yardsticks.
    """
    names = dict.fromkeys(case.yardstick for case, _, _ in cases)
    if len(names) > 1:
        said = "; ".join(f"{case.title}: {case.yardstick}" for case, _, _ in cases)
        raise InputError(f"the cases are on different yardsticks ({said}); score those of each by themselves")
    yardstick = YARDSTICKS[next(iter(names))]
    found = tuple(f for case, model, held in cases for f in forecasts(case, model, held))
    title = cases[0][0].title if len(cases) == 1 else f"{len(cases)} cases"
    unbanded = sum(f.came in ("yes", "no") and not f.band for f in found)
    method = Method(
        "forecasts in words, counted for each step of the yardstick",
        cut=f"{unbanded} settled without a term of the yardstick are not scored" if unbanded else "",
        parameters=(("yardstick", yardstick.name), ("revised forecasts", "counted" if every else "left out")),
    )
    return ForecastsResult(title, yardstick, found, scored(found, yardstick, every=every), method)


def conclusions(case: Case) -> list[str]:
    """The conclusions that judgements of a case are about."""
    return list(dict.fromkeys(j.about for j in case.judgements.values() if j.about))


def _yardstick(yardstick: Yardstick) -> dict[str, Any]:
    bands = [{"term": b.term, "also": list(b.others), "in_100": [b.low, b.high]} for b in yardstick.bands]
    return {"id": yardstick.id, "name": yardstick.name, "source": yardstick.source, "bands": bands}


def _forecast(f: Forecast) -> dict[str, Any]:
    return {
        "id": f.id,
        "case": f.case,
        "by": f.by,
        "says": f.says,
        "about": f.about,
        "likelihood": f.likelihood,
        "band": f.band or None,
        "confidence": f.confidence,
        "made": f.made,
        "until": f.until,
        "revises": f.revises,
        "revised_by": f.revised_by,
        "outcome": None if f.came is None else {"came": f.came, "date": f.settled, "says": f.settled_by},
        "overdue": f.overdue,
        "model": None if f.model is None else {"status": f.model, "settings": _pair(f.settings)},
        "because": list(f.because),
    }


def _pair(settings: Collection[int] | None) -> list[int] | None:
    return None if settings is None else list(settings)


def _score(s: Score) -> dict[str, Any]:
    counts = [
        {
            "term": c.band.term,
            "said": c.said,
            "came": c.came,
            "expected": [c.least, c.most],
            "fits": c.fits,
        }
        for c in s.bands
    ]
    return {
        "by": s.by or None,
        "settled": s.settled,
        "few": s.few,
        "bands": counts,
        "brier": None if s.brier is None else list(outwards(s.brier, 4)),
        "brier_of_the_share": None if s.base is None else outwards((s.base, s.base), 4)[0],
    }
