"""Issues: what is to be settled, by whom, and in which direction it can go."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, ValidationError, model_validator

from accordant.case.base import Flag, Grounded, Names, Node, by_shape, marked
from accordant.case.ranges import Range, Transfer, ascending_numbers, number, short, unit_of


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


class Joint(Node):
    """Control that takes all of the holders."""

    joint: tuple[str, ...] = Field(description="the parties that must all agree to a new value")


Control: TypeAlias = Annotated[
    Annotated[Names, marked("names")] | Annotated[Joint, marked("Joint")],
    by_shape(mapping="Joint", scalar="names"),
]
Moves: TypeAlias = Annotated[
    Annotated[Literal["any", "forward", "backward"], marked("word")]
    | Annotated[tuple[tuple[str, str], ...], marked("pairs")],
    by_shape(sequence="pairs", scalar="word"),
]


class Issue(Grounded):
    """Something to be settled. Its grounds are those of who controls it."""

    name: str | None = Field(default=None, description="the name shown; the id where none is given")
    by: Control = Field(description="one party, several (any of them), or {joint: [...]}: all of them")
    values: tuple[str, ...] = Field(default=("no", "yes"), description="what it can be settled at, in order")
    range: Range | None = Field(
        default=None, description="of a numeric issue, instead of values: {from: 0, to: 10, step: 0.5}"
    )
    unit: str | None = Field(default=None, description="what its numbers count, shown beside every value")
    divisible: Flag = Field(
        default=False, description="numeric issues only: it may be settled anywhere between its values too"
    )
    transfer: Transfer | None = Field(
        default=None,
        description="numeric issues only: a side payment, {from: party, to: party}; more means more is paid",
    )
    moves: Moves = Field(
        default="any",
        description="forward (to any later value), backward, any, or the permitted [from, to] pairs",
    )
    binding: Flag = Field(default=False, description="joint control only: nobody can walk out alone")
    tags: Names = Field(default=(), description="topics that the issue belongs to")

    @model_validator(mode="before")
    @classmethod
    def _made(cls, data: Any) -> Any:
        """The values that a range makes, where it is given."""
        if not isinstance(data, dict) or data.get("range") is None:
            return data
        try:
            made = Range.model_validate(data["range"]).values
        except ValidationError:  # said where the range itself is read
            return data
        pairs = data.get("moves")
        if isinstance(pairs, list | tuple):
            data = {**data, "moves": [[short(v) for v in p] if _is_list(p) else p for p in pairs]}
        return {"values": made, **data}  # both given: said by the checks

    def derived(self) -> frozenset[str]:
        """The values, where a range makes them."""
        made = self.range is not None and self.values == self.range.values
        return frozenset({"values"} if made else ())

    @property
    def numbers(self) -> tuple[Fraction, ...] | None:
        """The numbers that its values are, where they all are and ascend; None otherwise."""
        return ascending_numbers(self.values)

    def value(self, text: str) -> str | None:
        """The value that a text means: itself, or of a numeric issue the same number; None for no value.

        Examples
        --------
        >>> pay = Issue.model_validate({"by": "a", "range": {"from": "0", "to": "1", "step": "0.5"}})
        >>> pay.values, pay.value("0.50"), pay.value("0.7")
        (('0', '0.5', '1'), '0.5', None)
        """
        if text in self.values or self.range is None:
            return text if text in self.values else None
        return meant if (meant := short(text)) in self.values else None

    def shown(self, value: str) -> str:
        """A value as readers are shown it, with its unit.

        Examples
        --------
        >>> Issue(by=("a",), values=("5", "10"), unit="percent").shown("5")
        '5 percent'
        >>> [Issue(by=("a",), values=("1", "2"), unit="days of leave").shown(v) for v in ("1", "2")]
        ['1 day of leave', '2 days of leave']
        """
        if not self.unit or (amount := number(value)) is None:
            return value
        return f"{value} {unit_of(amount, self.unit)}"

    @property
    def holders(self) -> tuple[str, ...]:
        """The parties named in ``by``."""
        return self.by.joint if isinstance(self.by, Joint) else self.by

    @property
    def joint(self) -> bool:
        """Whether a new value takes all holders."""
        return isinstance(self.by, Joint)
