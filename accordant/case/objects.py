"""The domain model: what ``case.yaml`` holds, as frozen objects.

The shape follows the file, so that the JSON Schema made from it is the file's schema. Shorthands
(a bare expression for a rule, one name for a list) are widened here, once; nothing further in
re-checks them. References between parts are checked in :mod:`accordant.case.checks`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from accordant.case.base import Flag, Frozen, Grounded, Names, Node
from accordant.case.sources import Claim, Origin, Report, Sources

Role = Literal["party", "mediator", "constituency", "observer"]
Pattern = Annotated[dict[str, str], Frozen]
"""Values for some issues; the issues that it does not name are free."""
StateRef = str | Pattern
"""A state by name, or a pattern."""


class Party(Node):
    """Who decides and acts, carries, vetoes or watches."""

    name: str | None = None
    role: Role = "party"
    of: str | None = Field(default=None, description="the party whose constituency this is")
    aliases: Names = ()
    note: str | None = None


class Joint(Node):
    """Control that takes all of the holders."""

    joint: tuple[str, ...]


class Issue(Grounded):
    """Something to be settled. Its grounds are those of who controls it."""

    name: str | None = None
    by: Names | Joint = Field(description="one party, several (any of them), or {joint: [...]}")
    values: tuple[str, ...] = ("no", "yes")
    moves: Literal["any", "forward", "backward"] | tuple[tuple[str, str], ...] = "any"
    binding: Flag = Field(default=False, description="joint only: nobody can walk out alone")
    tags: Names = ()

    @property
    def holders(self) -> tuple[str, ...]:
        """The parties named in ``by``."""
        return self.by.joint if isinstance(self.by, Joint) else self.by

    @property
    def joint(self) -> bool:
        """Whether a new value takes all holders."""
        return isinstance(self.by, Joint)


class Rule(Grounded):
    """An expression that must be true in every state, or that a party never accepts."""

    rule: str


class Line(Grounded):
    """One statement in a party's priorities."""

    want: str


class Either(Node):
    """Lines whose order among each other is not known."""

    either: tuple[Annotated[Line, BeforeValidator(lambda v: {"want": v} if isinstance(v, str) else v)], ...]


def _rule(value: object) -> object:
    return {"rule": value} if isinstance(value, str) else value


def _line(value: object) -> object:
    return {"want": value} if isinstance(value, str) else value


RuleEntry = Annotated[Rule, BeforeValidator(_rule, json_schema_input_type=str | Rule)]
LineEntry = Annotated[Line | Either, BeforeValidator(_line, json_schema_input_type=str | Line | Either)]


class Term(Grounded):
    """A worth that depends on several issues: ``worth`` is added where ``if`` is true."""

    if_: str = Field(alias="if")
    worth: Decimal


class Preference(Grounded):
    """One party's order over the states.

    At most one of ``priorities``, ``ranking`` and ``worth``; ``never`` may stand beside any of
    them. The grounds here are those of a ranking or of the worths; priorities and red lines carry
    their own.
    """

    priorities: tuple[LineEntry, ...] | None = None
    never: tuple[RuleEntry, ...] = ()
    ranking: tuple[StateRef | tuple[StateRef, ...], ...] | None = Field(
        default=None, description="most preferred first; ties as inner lists"
    )
    worth: Annotated[dict[str, Decimal | Annotated[dict[str, Decimal], Frozen]], Frozen] | None = Field(
        default=None, description="per issue, a number for each value; in a case without issues, per state"
    )
    also: tuple[Term, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything is said about what the party wants."""
        return self.priorities is not None or self.ranking is not None or self.worth is not None


class Anchor(Grounded):
    """A state that the analysis starts from or compares with: status quo, no deal."""

    state: StateRef


def _anchor(value: object) -> object:
    # {state: ..., because: [...]} is the long form; anything else is the state itself.
    if isinstance(value, dict) and "state" in value and set(value) <= set(Anchor.model_fields):
        return value
    return value if isinstance(value, Anchor) else {"state": value}


AnchorEntry = Annotated[
    Anchor, BeforeValidator(_anchor, json_schema_input_type=str | dict[str, str] | Anchor)
]


class Proposal(Grounded):
    """A package that someone floats."""

    by: Names = ()
    via: Names = ()
    to: Names = ()
    date: str | None = None
    status: str | None = None
    package: StateRef


class Position(Grounded):
    """What a side says it wants on one issue."""

    wants: str
    interest: str | None = None
    importance: Literal["high", "medium", "low"] | None = None


class Relation(Grounded):
    """How one party stands to another."""

    from_: str = Field(alias="from")
    to: str
    kind: str


class Judgement(Grounded):
    """An analyst's or a reporter's own view, kept beside what the model says."""

    by: str
    about: str
    likelihood: str | None = None
    confidence: Literal["low", "moderate", "high"] | None = None


class Event(Grounded):
    """Something that happened between the parties."""

    date: str | None = None
    place: str | None = None
    who: Names = ()
    what: str


MoveList = Annotated[dict[str, Names], Frozen]


class Case(Node):
    """Everything about one negotiation, as of one date."""

    accordant: Literal[1] = 1
    title: str
    question: str | None = Field(default=None, description="what the brief is asked to answer")
    as_of: str | None = None
    language: str = "en"
    note: str | None = None
    parties: Annotated[dict[str, Party], Frozen]
    issues: Annotated[dict[str, Issue], Frozen] = Field(default_factory=dict, validate_default=True)
    feasible: tuple[RuleEntry, ...] = ()
    states: Annotated[dict[str, Pattern], Frozen] | tuple[str, ...] | None = None
    only: Literal["named"] | None = None
    moves: Annotated[dict[str, MoveList], Frozen] | None = None
    status_quo: AnchorEntry | None = None
    no_deal: AnchorEntry | None = None
    preferences: Annotated[dict[str, Preference], Frozen] = Field(default_factory=dict, validate_default=True)
    proposals: Annotated[dict[str, Proposal], Frozen] = Field(default_factory=dict, validate_default=True)
    positions: Annotated[dict[str, Annotated[dict[str, Position], Frozen]], Frozen] = Field(
        default_factory=dict, validate_default=True
    )
    relations: tuple[Relation, ...] = ()
    judgements: Annotated[dict[str, Judgement], Frozen] = Field(default_factory=dict, validate_default=True)
    events: Annotated[dict[str, Event], Frozen] = Field(default_factory=dict, validate_default=True)
    sources: Sources = Field(default_factory=Sources, exclude=True, description="what claims.yaml holds")

    @property
    def reports(self) -> dict[str, Report]:
        """The reports, by id."""
        return self.sources.reports

    @property
    def origins(self) -> dict[str, Origin]:
        """The origins, by id."""
        return self.sources.origins

    @property
    def claims(self) -> dict[str, Claim]:
        """The claims, by id."""
        return self.sources.claims

    def party_name(self, party: str) -> str:
        """The name shown for a party id."""
        found = self.parties.get(party)
        return (found.name if found else None) or party
