"""What packages are made of beside values: stages, and guarantees and inducements by name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from accordant.case.base import Frozen, Grounded, Names, Node, StateRef

CLOSED = ("rejected", "refused", "withdrawn", "replaced", "superseded", "expired")
"""Words for the status of a proposal that is no longer on the table; any other leaves it there."""
SIGNED = "signed"
"""The status of a proposal that is in force."""


class Stage(Grounded):
    """One stage of a deal, with what is settled in it."""

    name: str = Field(description="what the stage is called")
    day: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="the day on which it is carried out, counted from signing"
    )
    event: str | None = Field(default=None, description="or what has to happen first, in words")
    package: StateRef = Field(description="the values that this stage settles")


def _package_or_stages(schema: dict[str, Any]) -> None:
    """In files either of them may be missing, not both."""
    schema["required"] = [key for key in schema.get("required", []) if key != "package"]
    schema["anyOf"] = [{"required": ["package"]}, {"required": ["stages"]}]


class Proposal(Grounded):
    """A package that someone floats."""

    by: Names = Field(default=(), description="who makes it")
    via: Names = Field(default=(), description="who carries it")
    to: Names = Field(default=(), description="to whom it is made; everybody where none is given")
    date: str | None = Field(default=None, description="when it was made, as exactly as is known")
    status: str | None = Field(
        default=None, description="such as floated, tabled, rejected, withdrawn, signed"
    )
    model_config = ConfigDict(json_schema_extra=_package_or_stages)

    package: StateRef = Field(
        description="values for some issues; the others stay as in the status quo. May be left out where "
        "stages are given: it is then all of them together"
    )
    stages: tuple[Stage, ...] = Field(
        default=(), description="the stages it is carried out in, in this order"
    )
    terms: Names = Field(default=(), description="ids of the guarantees and inducements that are part of it")

    @property
    def closed(self) -> bool:
        """Whether it is no longer on the table."""
        return (self.status or "").lower() in CLOSED

    @property
    def signed(self) -> bool:
        """Whether it is in force."""
        return (self.status or "").lower() == SIGNED

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, data: Any) -> Any:
        if (
            isinstance(data, dict)
            and data.get("package") is None
            and isinstance(data.get("stages"), list | tuple)
        ):
            return {**data, "package": together([_package(stage) for stage in data["stages"]])}
        return data

    def derived(self) -> frozenset[str]:
        """The package, where the stages say it all."""
        whole = together([stage.package for stage in self.stages]) if self.stages else None
        return frozenset({"package"} if whole == self.package else ())


def _package(stage: Any) -> Any:
    return stage.get("package") if isinstance(stage, Mapping) else getattr(stage, "package", None)


def together(packages: list[Any]) -> Any:
    """All packages at once, later ones over earlier ones; a state by name is all that it is.

    Examples
    --------
    >>> together([{"truce": "pause"}, {"captives": "all"}, {"truce": "lasting"}])
    {'truce': 'lasting', 'captives': 'all'}
    """
    whole: Any = {}
    for package in packages:
        if isinstance(package, Mapping):
            whole = {**(whole if isinstance(whole, dict) else {}), **package}
        elif package is not None:
            whole = package
    return whole


class Removal(Node):
    """A move that a term makes impossible."""

    party: str = Field(description="whose move it is")
    if_: str | None = Field(
        default=None,
        alias="if",
        description="from states in which this is true; from all where it is left out",
    )
    to: str = Field(description="to states in which this expression is true")


class Commitment(Grounded):
    """A guarantee or an inducement, by someone, that changes worths or removes moves."""

    name: str | None = Field(default=None, description="the name shown; the id where none is given")
    by: Names = Field(default=(), description="who gives it")
    kind: Literal["guarantee", "inducement"] = Field(
        description="a guarantee sees to it that a deal is kept; an inducement makes it worth more"
    )
    if_: str | None = Field(
        default=None, alias="if", description="the states in which it applies; all where it is left out"
    )
    worth: Annotated[dict[str, Decimal], Frozen] = Field(
        default_factory=dict, validate_default=True, description="by party, what is added to its worth there"
    )
    removes: tuple[Removal, ...] = Field(default=(), description="moves that nobody can make while it stands")
