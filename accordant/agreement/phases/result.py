"""What is answered about a deal in stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from accordant.agreement.holding.result import Holding
from accordant.agreement.lenses.telling import number
from accordant.agreement.phases.lasting import LastsFor
from accordant.agreement.phases.plans import Step
from accordant.tables import Method, Table

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Whether one party goes on at one stage, in one way of looking ahead.

    Attributes
    ----------
    answer
        Over all admissible settings, vetoes of constituencies counted.
    own
        The party's own view.
    vetoed_by
        Constituencies that surely make it leave.
    because
        Why, as the case is written.
    going_on, walking_away
        What they are worth to the party, as the case is written; None where it has given no numbers,
        or a number is not known.
    elements
        Ids of the elements of the case that decide.
    """

    answer: Answer
    own: Answer
    vetoed_by: tuple[str, ...]
    because: str
    going_on: str | None
    walking_away: str | None
    elements: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "answer": self.answer,
            "own": self.own,
            "vetoed_by": list(self.vetoed_by),
            "because": self.because,
            "going_on": self.going_on,
            "walking_away": self.walking_away,
            "elements": list(self.elements),
        }


@dataclass(frozen=True, slots=True)
class AtStage:
    """One party at one stage.

    Attributes
    ----------
    ahead
        Looking one stage ahead: what the stage leads to, against walking away.
    end
        Looking to the end: what will come of going on, against walking away.
    leads_to
        The states that walking away may lead to; empty where that is not known.
    """

    ahead: GoesOn
    end: GoesOn
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageAnswer:
    """One stage, with the decision that is taken before it.

    Attributes
    ----------
    number
        From 1; the last one stands for what is decided once every stage is done.
    package
        What it settles: values by issue, or a state by name; empty after the last stage.
    state
        The state that it leads to; None where it is not possible.
    kept
        What can no longer be taken back when this is decided, as ``issue = value``.
    comes_of
        What comes of going on from here, looking to the end, as the case is written.
    """

    number: int
    name: str
    day: int | None
    event: str | None
    package: Mapping[str, str] | str
    state: str | None
    kept: tuple[str, ...]
    parties: Mapping[str, AtStage]
    comes_of: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who would walk away, looking to the end.

    Attributes
    ----------
    surely
        Whether it does so in every admissible setting.
    """

    number: int
    stage: str
    party: str
    surely: bool


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """One guarantee or inducement, in force and not.

    Attributes
    ----------
    part
        Whether it is in force here.
    carried_out, one_ahead
        Whether the plan is carried out when it is the other way round.
    """

    term: str
    name: str
    kind: str
    by: tuple[str, ...]
    part: bool
    carried_out: Answer
    one_ahead: Answer


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the plan with which nobody would leave.

    Attributes
    ----------
    kind
        ``order``, ``join``, ``split``, ``term``, ``inducement`` or ``guarantee``; two of them joined by
        ``+`` where neither is enough alone.
    stages
        The stages of the changed plan.
    terms
        The terms of the changed plan.
    held
        What a guarantee that the case does not have would see to: (party, issue, value), that the party
        could not take the issue away from that value.
    added
        What an inducement that the case does not have would have to be worth, by party, while the deal
        stands.
    one_ahead
        Whether everybody would go on looking one stage ahead as well.
    """

    kind: str
    sentence: str
    stages: tuple[Step, ...]
    terms: tuple[str, ...]
    held: tuple[tuple[str, str, str], ...]
    added: Mapping[str, Fraction]
    one_ahead: Answer

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "stages": [
                {
                    "name": step.name,
                    "day": step.day,
                    "event": step.event,
                    "package": step.package if isinstance(step.package, str) else dict(step.package),
                }
                for step in self.stages
            ],
            "terms": list(self.terms),
            "held": [{"party": p, "issue": i, "value": v} for p, i, v in self.held],
            "added": {party: number(worth) for party, worth in self.added.items()},
            "one_ahead": self.one_ahead,
        }


@dataclass(frozen=True)
class StagesResult:
    """Whether a deal in stages would be carried out, and where it would break off.

    Attributes
    ----------
    made
        Whether the proposal surely was made.
    impossible
        Why a stage is not possible; empty where all are.
    carried_out, one_ahead
        Whether everybody goes on at every stage and keeps the deal, looking to the end and looking one
        stage ahead, over all admissible settings.
    leaves
        Who would walk away and where, looking to the end.
    short_sighted
        Who would walk away and where, looking one stage ahead.
    terms
        The guarantees and inducements of the case.
    repairs
        Changes with which the plan would surely be carried out, smallest first; empty where it is.
    lasts
        Until when the end of the plan still beats no deal, if it were to be had at once.
    holding
        Whether the state at the end holds once it is reached; None where a stage is not possible, or
        the case has too many states to be listed.
    values
        The values of every state that is named, by its name; empty in a case without issues.
    shown
        The same as readers are shown them, with units.
    """

    title: str
    proposal: str
    names: Mapping[str, str]
    made: bool
    impossible: str
    carried_out: Answer
    one_ahead: Answer
    stages: tuple[StageAnswer, ...]
    leaves: tuple[Leaving, ...]
    short_sighted: tuple[Leaving, ...]
    in_force: tuple[str, ...]
    terms: tuple[TermAnswer, ...]
    without_terms: tuple[Answer, Answer] | None
    repairs: tuple[Repair, ...]
    repairs_complete: bool
    lasts: LastsFor | None
    holding: Holding | None
    values: Mapping[str, Mapping[str, str]]
    shown: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]
    method: Method

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements of the case that decide who leaves, each once."""
        leaving = {(x.number, x.party) for x in (*self.leaves, *self.short_sighted)}
        every = (
            element
            for stage in self.stages
            for party, at in stage.parties.items()
            if (stage.number, party) in leaving
            for sight in (at.end, at.ahead)
            if sight.answer != "yes"
            for element in sight.elements
        )
        return tuple(dict.fromkeys(every))

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stages --json``."""
        return {
            "schema": "accordant/stages/1",
            "proposal": self.proposal,
            "made": self.made,
            "impossible": self.impossible,
            "carried_out": self.carried_out,
            "one_ahead": self.one_ahead,
            "stages": [_stage_json(s) for s in self.stages],
            "leaves": [_leaving_json(x) for x in self.leaves],
            "short_sighted": [_leaving_json(x) for x in self.short_sighted],
            "in_force": list(self.in_force),
            "terms": {t.term: _term_json(t) for t in self.terms},
            "without_terms": _pair_json(self.without_terms),
            "repairs": [r.to_json() for r in self.repairs],
            "repairs_complete": self.repairs_complete,
            "lasts": None if self.lasts is None else self.lasts.to_json(),
            "holding": None if self.holding is None else self.holding.to_json(),
            "states": {name: dict(values) for name, values in self.values.items()},
            "notes": list(self.notes),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per stage and party: whether it goes on, in both ways, and why."""
        rows = []
        for stage in self.stages:
            when = f"day {stage.day}" if stage.day is not None else stage.event or ""
            for party, at in stage.parties.items():
                leads = ", ".join(at.leads_to) or "unknown"
                rows.append(
                    (
                        f"{stage.number} {stage.name}",
                        when,
                        stage.state or "",
                        self.names[party],
                        at.ahead.answer,
                        at.end.answer,
                        leads,
                        at.end.because,
                    )
                )
        columns = ("stage", "when", "state", "party", "one ahead", "to the end", "walking away", "because")
        return Table(f"{self.proposal}, stage by stage", columns, tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _pair_json(pair: tuple[Answer, Answer] | None) -> dict[str, Any] | None:
    return None if pair is None else {"carried_out": pair[0], "one_ahead": pair[1]}


def _stage_json(stage: StageAnswer) -> dict[str, Any]:
    return {
        "number": stage.number,
        "name": stage.name,
        "day": stage.day,
        "event": stage.event,
        "package": stage.package if isinstance(stage.package, str) else dict(stage.package),
        "state": stage.state,
        "kept": list(stage.kept),
        "parties": {
            party: {
                "ahead": at.ahead.to_json(),
                "end": at.end.to_json(),
                "leads_to": list(at.leads_to),
            }
            for party, at in stage.parties.items()
        },
        "comes_of": stage.comes_of,
    }


def _leaving_json(leaving: Leaving) -> dict[str, Any]:
    return {
        "number": leaving.number,
        "stage": leaving.stage,
        "party": leaving.party,
        "surely": leaving.surely,
    }


def _term_json(term: TermAnswer) -> dict[str, Any]:
    return {
        "name": term.name,
        "kind": term.kind,
        "by": list(term.by),
        "part": term.part,
        "other_way": {"carried_out": term.carried_out, "one_ahead": term.one_ahead},
    }
