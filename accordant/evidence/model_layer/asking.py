"""One report asked about, paragraph by paragraph, and what came of it as a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from accordant.evidence.model_layer.answers import parse
from accordant.evidence.model_layer.client import Messages, NoAnswerError, NoModelError
from accordant.evidence.model_layer.grounding import Grounded, NotThereError, ground
from accordant.evidence.model_layer.making import Making
from accordant.evidence.model_layer.merging import Merged, merge
from accordant.evidence.model_layer.outgoing import Unit, messages, units_of
from accordant.evidence.model_layer.parsing import AnswerError
from accordant.evidence.model_layer.use import MOST_SHOWN, ModelUse, Realigned, Rejected, short
from accordant.evidence.origins import with_origins
from accordant.evidence.result import ReadResult
from accordant.evidence.segment import Segments, segment
from accordant.evidence.text import Intake
from accordant.tables import Method

IN_A_ROW = 3
"""Questions without an answer, one after the other, after which no more are asked about a report."""
METHOD = "suggested claims by rules and a language model"


class Model(Protocol):
    """Whoever answers questions."""

    name: str
    form: str

    @property
    def shown(self) -> str:
        """Where it is, without secrets."""

    def ask(self, messages: Messages) -> str:
        """What it answers."""


def segments_of(intake: Intake) -> Segments:
    """The parts of a report, as the rules read it."""
    return segment(intake.text, intake.furniture)


@dataclass
class _Asked:
    """What came back, as it came."""

    found: list[Grounded] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    characters: int = 0
    answered: int = 0

    def reject(self, reason: str, unit: Unit, returned: str) -> None:
        self.reasons[reason] += 1
        if len(self.rejected) < MOST_SHOWN:
            self.rejected.append(Rejected(reason, unit.at, short(returned)))


def with_model(
    result: ReadResult,
    intake: Intake,
    model: Model,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ReadResult:
    """A report's suggestions with those of a language model.

    Flags, facts and everything else that the rules found stay as they are: what a model returns can
    add suggestions for a person to decide on, and nothing else.

    Parameters
    ----------
    result
        What the rules found.
    intake
        The report that it is of.
    progress
        Called with how many paragraphs are done and how many there are.

    Raises
    ------
    NoModelError
        If the model cannot be asked and has not answered anything yet.
    """
    segments = segments_of(intake)
    units = units_of(segments)
    asked = _ask(intake.text, units, model, progress)
    making = Making(segments, _day(result.report.published))
    merged = merge(result, making, asked.found)
    claims, origins = with_origins(merged.claims)
    use = _use(model, asked, merged, units, intake.text)
    return replace(result, claims=claims, origins=origins, method=_method(result.method, use), model=use)


def _ask(text: str, units: Sequence[Unit], model: Model, progress: Callable[[int, int], None]) -> _Asked:
    asked = _Asked()
    missed = 0
    for k, unit in enumerate(units):
        progress(k, len(units))
        try:
            answer = model.ask(messages(text, unit))
        except NoAnswerError as error:
            asked.unanswered[str(error)] += 1
            missed += 1
        except NoModelError as error:
            if not asked.answered:
                raise
            asked.unanswered[str(error)] += len(units) - k
            break
        else:
            missed = 0
            asked.answered += 1
            _take(text, unit, answer, asked)
        asked.sent += 1
        asked.characters += unit.size
        if missed == IN_A_ROW:
            if not asked.answered:
                why = max(asked.unanswered, key=lambda reason: asked.unanswered[reason])
                raise NoModelError(f"{model.shown} answered none of {missed} questions: {why}")
            left = len(units) - k - 1
            if left:
                asked.unanswered[f"not asked after {missed} questions without an answer"] += left
            break
    progress(len(units), len(units))
    return asked


def _take(text: str, unit: Unit, answer: str, asked: _Asked) -> None:
    """Every suggestion of an answer: at its place, or rejected with a reason."""
    try:
        parsed = parse(answer)
    except AnswerError as error:
        asked.unanswered[f"the answer cannot be read: {error}"] += 1
        return
    asked.ignored.update(parsed.ignored)
    for reason, returned in parsed.wrong:
        asked.reject(reason, unit, returned)
    for proposed in parsed.claims:
        try:
            asked.found.append(ground(text, unit, proposed))
        except NotThereError as error:
            asked.reject(str(error), unit, proposed.words)


def _use(model: Model, asked: _Asked, merged: Merged, units: Sequence[Unit], text: str) -> ModelUse:
    realigned: list[Realigned] = []
    accepted = 0
    for found, id_ in zip(asked.found, merged.ids, strict=True):
        if id_ is None:
            unit = next(u for u in units if u.at == found.paragraph)
            asked.reject("the same as another", unit, found.proposed.words)
            continue
        accepted += 1
        realigned.extend(
            Realigned(id_, near.part, short(near.returned), near.at, short(near.at.of(text)))
            for near in found.near
        )
    return ModelUse(
        name=model.name,
        address=model.shown,
        form=model.form if asked.answered else "",
        paragraphs=len(units),
        sent=asked.sent,
        characters=asked.characters,
        unanswered=dict(asked.unanswered),
        accepted=accepted,
        shared=merged.shared,
        realigned=tuple(realigned),
        reasons=dict(asked.reasons),
        rejected=tuple(asked.rejected),
        ignored=dict(asked.ignored),
    )


def _method(rules: Method, use: ModelUse) -> Method:
    counts = {"accepted": use.accepted, "realigned": use.aligned, "rejected": use.refused}
    told = (
        ("model", use.name),
        ("model address", use.address),
        *((f"model {what}", str(n)) for what, n in counts.items()),
    )
    cut = ""
    if use.lost:
        cut = f"{use.lost} of {use.paragraphs} paragraphs have no answer of the model"
    return replace(rules, name=METHOD, exact=not use.lost, cut=cut, parameters=(*rules.parameters, *told))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None  # only a month is known: relative times stay open
