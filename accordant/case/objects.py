"""The domain model: what ``case.yaml`` holds, as frozen objects.

The shape follows the file, so that the JSON Schema made from it is the file's schema. Shorthands
(a bare expression for a rule, one name for a list) are widened here, once; nothing further in
re-checks them. References between parts are checked in :mod:`accordant.case.checks`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, model_validator

from accordant.case.base import (
    MARK,
    Flag,
    Frozen,
    Grounded,
    Names,
    Node,
    Pattern,
    StateRef,
    Version,
    by_shape,
    marked,
    short_for,
)
from accordant.case.deals import Commitment, Proposal, Removal, Stage
from accordant.case.half_lives import HalfLife, HalfLifeEntry
from accordant.case.issues import Control, Issue, Joint, Moves
from accordant.case.judging import Judgement, Outcome
from accordant.case.numeric import canonical
from accordant.case.ranges import Range, Transfer
from accordant.case.sources import Claim, Origin, Report, Sources
from accordant.case.worths import (
    Between,
    Delay,
    Linear,
    Reservation,
    ReservationEntry,
    Worth,
    is_range,
    numbers_of,
)
from accordant.case.yardsticks import YardstickName

Role = Literal["party", "mediator", "constituency", "observer"]


class Party(Node):
    """Who decides and acts, carries, vetoes or watches."""

    name: str | None = Field(default=None, description="the name shown; the id where none is given")
    role: Role = Field(
        default="party",
        description="a party decides; a mediator carries and proposes; a constituency can veto its party; "
        "an observer watches",
    )
    of: str | None = Field(default=None, description="the party whose constituency this is")
    aliases: Names = Field(default=(), description="other names, such as each side's own")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")


class Rule(Grounded):
    """An expression that must be true in every state, or that a party never accepts."""

    rule: str = Field(description="an expression over the issues")


class RedLine(Rule):
    """A rule that is never to be true for a party, before all its priorities."""

    decisive: Flag = Field(
        default=False, description="states that this line is the first to tell apart are told apart strongly"
    )


class Line(Grounded):
    """One statement in a party's priorities."""

    want: str = Field(description="an expression over the issues that the party wants to be true")
    decisive: Flag = Field(
        default=False, description="states that this line is the first to tell apart are told apart strongly"
    )


class Either(Node):
    """Lines whose order among each other is not known."""

    either: tuple[
        Annotated[Line, BeforeValidator(short_for("want"), json_schema_input_type=str | Line)], ...
    ] = Field(description="lines that matter in an unknown order")


def _line_or_either(value: object) -> str:
    fields = value.__class__.model_fields if isinstance(value, BaseModel) else value
    return MARK + ("Either" if isinstance(fields, dict) and "either" in fields else "Line")


RuleEntry = Annotated[Rule, BeforeValidator(short_for("rule"), json_schema_input_type=str | Rule)]
RedLineEntry = Annotated[RedLine, BeforeValidator(short_for("rule"), json_schema_input_type=str | RedLine)]
LineEntry = Annotated[
    Annotated[
        Annotated[Line, marked("Line")] | Annotated[Either, marked("Either")], Discriminator(_line_or_either)
    ],
    BeforeValidator(short_for("want"), json_schema_input_type=str | Line | Either),
]


class Term(Grounded):
    """A worth that depends on several issues: ``worth`` is added where ``if`` is true."""

    if_: str = Field(alias="if", description="an expression over the issues")
    worth: Between = Field(
        description="added where the expression is true: a number, or [low, high] where it lies between"
    )


RankEntry: TypeAlias = Annotated[
    Annotated[str, marked("name")]
    | Annotated[Pattern, marked("pattern")]
    | Annotated[tuple[StateRef, ...], marked("tie")],
    by_shape(mapping="pattern", sequence="tie", scalar="name"),
]
MARKED_GAP = ">>"
"""The entry of a ranking that marks a gap: what stands before it is strongly preferred to what follows."""

Pair: TypeAlias = tuple[StateRef, StateRef]
"""Two states; a pattern stands for every state that matches it."""
Valued: TypeAlias = tuple[StateRef, Between]
"""A state or a pattern, and what it is worth."""
Degree: TypeAlias = tuple[StateRef, StateRef, Decimal]
"""Two states, and the degree in [0, 1] to which the first is preferred to the second."""


class Preference(Grounded):
    """One party's order over the states, and what no deal is worth to it.

    At most one of ``priorities``, ``ranking``, ``worth`` and ``table``; ``never``, ``incomparable``,
    ``degrees`` and ``reservation`` may stand beside any of them, or alone. The grounds here are those
    of a ranking or of the worths; priorities, red lines and the reservation carry their own.
    """

    priorities: tuple[LineEntry, ...] | None = Field(
        default=None,
        description="most important first: states are compared on the first line that tells them apart",
    )
    never: tuple[RedLineEntry, ...] = Field(
        default=(), description="red lines: what the party refuses, before all else"
    )
    ranking: tuple[RankEntry, ...] | None = Field(
        default=None,
        description="states or patterns, most preferred first; ties as inner lists; the entry '>>' marks "
        "that what stands before it is strongly preferred to what follows",
    )
    worth: Annotated[dict[str, Worth], Frozen] | None = Field(
        default=None,
        description="per issue, a number for each value, or {linear: [[value, worth], ...]}, straight lines "
        "between, over numbers or over words in their order; in a case without issues, per state; each "
        "worth may be [low, high], where it lies between",
    )
    table: tuple[Valued, ...] | None = Field(
        default=None,
        description="instead of worth: [state, number], by name or by pattern, every state once; a number "
        "may be [low, high]",
    )
    also: tuple[Term, ...] = Field(
        default=(), description="beside worth: numbers for what depends on several issues"
    )
    reservation: ReservationEntry | None = Field(
        default=None,
        description="what no deal is worth to the party: a number, [low, high], or {state: ...}",
    )
    delay: Delay | None = Field(
        default=None, description="what waiting costs: {cost: 2, days: 30} or {factor: 0.95, days: 30}"
    )
    incomparable: tuple[Pair, ...] = Field(
        default=(), description="pairs [state, state] whose order is not known; names or patterns"
    )
    degrees: tuple[Degree, ...] = Field(
        default=(),
        description="[state, state, number]: the degree from 0 to 1 to which the first is preferred",
    )

    @property
    def lines(self) -> tuple[Line | RedLine, ...]:
        """Every red line and every line of the priorities, those of ``either`` groups too."""
        groups = (e.either if isinstance(e, Either) else (e,) for e in self.priorities or ())
        return (*self.never, *(line for group in groups for line in group))

    @property
    def levels(self) -> tuple[tuple[StateRef, ...], ...]:
        """The levels of the ranking, most preferred first, without the marks between them."""
        entries = (e for e in self.ranking or () if e != MARKED_GAP)
        return tuple(e if isinstance(e, tuple) else (e,) for e in entries)

    @property
    def marked_gaps(self) -> tuple[int, ...]:
        """For each ``'>>'`` of the ranking the number of levels that stand before it.

        Examples
        --------
        >>> Preference(ranking=("s1", ">>", ("s2", "s3"), "s4")).marked_gaps
        (1,)
        """
        before, found = 0, []
        for entry in self.ranking or ():
            if entry == MARKED_GAP:
                found.append(before)
            else:
                before += 1
        return tuple(found)

    @property
    def known(self) -> bool:
        """Whether anything is said about what the party wants."""
        return any(part is not None for part in (self.priorities, self.ranking, self.worth, self.table))

    @property
    def cardinal(self) -> bool:
        """Whether it says in numbers what the party wants."""
        return self.worth is not None or self.table is not None

    @property
    def ranged(self) -> bool:
        """Whether some worth is a range, so that many orders may be meant."""
        numbers = [n for worth in (self.worth or {}).values() for n in numbers_of(worth)]
        numbers += [n for _, n in self.table or ()]
        return any(map(is_range, (*numbers, *(term.worth for term in self.also))))

    @property
    def stated(self) -> bool:
        """Whether anything is said of its order: what it wants, a red line, or pairs of unknown order."""
        return self.known or bool(self.never) or bool(self.incomparable)


class Anchor(Grounded):
    """A state that the analysis starts from or compares with: status quo, no deal."""

    state: StateRef = Field(description="a state by name, or values for the issues")


def _anchor(value: object) -> object:
    # {state: ..., because: [...]} is the long form; anything else is the state itself.
    if isinstance(value, Anchor):
        return value
    if isinstance(value, dict) and "state" in value:
        return value
    return {"state": value}


AnchorEntry = Annotated[
    Anchor, BeforeValidator(_anchor, json_schema_input_type=str | dict[str, str] | Anchor)
]


class Position(Grounded):
    """What a side says it wants on one issue."""

    wants: str = Field(description="the value that it asks for")
    interest: str | None = Field(default=None, description="why it asks for it")
    importance: Literal["high", "medium", "low"] | None = Field(
        default=None, description="how much the issue matters to it"
    )


class Relation(Grounded):
    """How one party stands to another."""

    from_: str = Field(alias="from", description="a party")
    to: str = Field(description="another party")
    kind: str = Field(description="such as channel, ally, patron, rival")


class Event(Grounded):
    """Something that happened between the parties."""

    date: str | None = Field(default=None, description="when, as exactly as is known")
    place: str | None = Field(default=None, description="where")
    who: Names = Field(default=(), description="the parties that took part")
    what: str = Field(description="what happened, such as meeting, call, visit")


class Perception(Grounded):
    """How one party sees the case, where that is not how it is."""

    unseen: tuple[StateRef, ...] = Field(
        default=(), description="states or patterns that the party does not know to be possible"
    )
    preferences: Annotated[dict[str, Preference], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="what the party believes that others want, by party; of the rest it is right",
    )


Attitude = Literal["positive", "neutral", "negative"]
MoveList = Annotated[dict[str, Names], Frozen]
States: TypeAlias = Annotated[
    Annotated[Annotated[dict[str, Pattern], Frozen], marked("named")]
    | Annotated[tuple[str, ...], marked("list")],
    by_shape(mapping="named", sequence="list"),
]


class Case(Node):
    """Everything about one negotiation, as of one date."""

    accordant: Version = Field(default=1, description="version of the format")
    title: str = Field(description="what the negotiation is about, in a line")
    question: str | None = Field(default=None, description="what the brief is asked to answer")
    as_of: str | None = Field(default=None, description="the date for which the case is right")
    half_life: HalfLifeEntry = Field(
        default=HalfLife(),
        description="how fast claims age: days by kind of claim, one number for all kinds, or none",
    )
    language: str = Field(default="en", description="the language that the case is written in")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")
    parties: Annotated[dict[str, Party], Frozen] = Field(
        description="who decides, carries, vetoes or watches, by id"
    )
    issues: Annotated[dict[str, Issue], Frozen] = Field(
        default_factory=dict, validate_default=True, description="what is to be settled, by id"
    )
    feasible: tuple[RuleEntry, ...] = Field(default=(), description="each must be true in every state")
    states: States | None = Field(
        default=None,
        description="names for states or patterns; in a case without issues, the list of its states",
    )
    only: Literal["named"] | None = Field(
        default=None, description="named: the case has no states but those under states"
    )
    moves: Annotated[dict[str, MoveList], Frozen] | None = Field(
        default=None,
        description="in a case without issues: party, then state, then the states it can move to",
    )
    status_quo: AnchorEntry | None = Field(default=None, description="where things stand")
    no_deal: AnchorEntry | None = Field(
        default=None, description="what happens if talks fail; the status quo where it is not given"
    )
    preferences: Annotated[dict[str, Preference], Frozen] = Field(
        default_factory=dict, validate_default=True, description="what each party wants, by party"
    )
    attitudes: Annotated[dict[str, Annotated[dict[str, Attitude], Frozen]], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="by party and other party: positive, neutral or negative; where none is given, "
        "positive to itself and neutral to others",
    )
    perceptions: Annotated[dict[str, Perception], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="how a party sees the case, where that is not how it is, by party",
    )
    coalitions: tuple[tuple[str, ...], ...] = Field(
        default=(), description="lists of parties that may act together; they may overlap"
    )
    proposals: Annotated[dict[str, Proposal], Frozen] = Field(
        default_factory=dict, validate_default=True, description="packages that someone floats, by id"
    )
    terms: Annotated[dict[str, Commitment], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="guarantees and inducements that a proposal may name, by id",
    )
    positions: Annotated[dict[str, Annotated[dict[str, Position], Frozen]], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="what each side says it wants: by party, then by issue",
    )
    relations: tuple[Relation, ...] = Field(default=(), description="how the parties stand to each other")
    yardstick: YardstickName = Field(
        default="icd-203", description="the yardstick on which likelihoods are put: icd-203 or phia"
    )
    judgements: Annotated[dict[str, Judgement], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="people's own views, kept beside what the model says, by id",
    )
    events: Annotated[dict[str, Event], Frozen] = Field(
        default_factory=dict, validate_default=True, description="what happened between the parties, by id"
    )
    sources: Sources = Field(default_factory=Sources, exclude=True, description="what claims.yaml holds")

    @model_validator(mode="before")
    @classmethod
    def _one_text_for_each_number(cls, data: Any) -> Any:
        """Numeric issues: 2.50 means the value 2.5 wherever a value is named."""
        return canonical(data) if isinstance(data, dict) else data

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


__all__ = [
    "MARKED_GAP",
    "Anchor",
    "AnchorEntry",
    "Attitude",
    "Case",
    "Commitment",
    "Control",
    "Degree",
    "Delay",
    "Either",
    "Event",
    "HalfLife",
    "Issue",
    "Joint",
    "Judgement",
    "Line",
    "LineEntry",
    "Linear",
    "MoveList",
    "Moves",
    "Outcome",
    "Pair",
    "Party",
    "Pattern",
    "Perception",
    "Position",
    "Preference",
    "Proposal",
    "Range",
    "RankEntry",
    "RedLine",
    "RedLineEntry",
    "Relation",
    "Removal",
    "Reservation",
    "Role",
    "Rule",
    "RuleEntry",
    "Stage",
    "StateRef",
    "States",
    "Term",
    "Transfer",
    "Valued",
    "Worth",
]
