"""What worths are written as: numbers by value, straight lines, what no deal is worth, what waiting costs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, Discriminator, Field

from accordant.case.base import MARK, Frozen, Grounded, Node, StateRef, by_shape, marked

Point: TypeAlias = tuple[Decimal, Decimal]
"""A value of a numeric issue, and what it is worth."""


class Linear(Node):
    """Worths of a numeric issue: given at some points, with straight lines between them."""

    linear: tuple[Point, ...] = Field(
        description="[value, worth] for some values, ascending, from the first value of the issue to the last"
    )

    def at(self, value: Decimal | Fraction) -> Fraction:
        """What a value is worth, exactly.

        Raises
        ------
        ValueError
            If the value lies outside the points.

        Examples
        --------
        >>> Linear(linear=((Decimal(0), Decimal(0)), (Decimal(3), Decimal(1)))).at(Decimal(1))
        Fraction(1, 3)
        """
        return self.over([Fraction(value)])[0]

    def over(self, values: Sequence[Fraction]) -> list[Fraction]:
        """What each of some values is worth, exactly; errors as for :meth:`at`."""
        points = [(Fraction(a), Fraction(b)) for a, b in self.linear]
        starts = [a for a, _ in points]
        found = []
        for x in values:
            k = bisect_right(starts, x) - 1
            if not points or x < starts[0] or x > starts[-1]:
                raise ValueError(f"{x} lies outside the points that worths are given at")
            (a, low), (b, high) = points[k], points[min(k + 1, len(points) - 1)]
            found.append(low if x == a else low + (high - low) * (x - a) / (b - a))
        return found


def _worth_form(value: object) -> str:
    if isinstance(value, Linear):
        return MARK + "Linear"
    if isinstance(value, Mapping | BaseModel):
        keys = value if isinstance(value, Mapping) else {}
        line = any(isinstance(v, list | tuple) for v in keys.values()) or list(keys) == ["linear"]
        return MARK + ("Linear" if line else "values")
    return MARK + "number"


Worth: TypeAlias = Annotated[
    Annotated[Decimal, marked("number")]
    | Annotated[Annotated[dict[str, Decimal], Frozen], marked("values")]
    | Annotated[Linear, marked("Linear")],
    Discriminator(_worth_form),
]
"""Of one issue a number for each value or a line over its numbers; of one state its number."""

Between: TypeAlias = Annotated[
    Annotated[Decimal, marked("number")] | Annotated[tuple[Decimal, Decimal], marked("ends")],
    by_shape(sequence="ends", scalar="number"),
]
"""A number, or the two ends that it lies between."""


class Reservation(Grounded):
    """What no deal is worth to a party: a number, the ends that it lies between, or a state."""

    worth: Between | None = Field(
        default=None, description="a number on the scale of the worths, or [low, high] where it lies between"
    )
    state: StateRef | None = Field(
        default=None, description="instead: the state that no deal is to this party, by name or by values"
    )

    @property
    def low(self) -> Decimal | None:
        """The least that no deal may be worth; None where it is a state."""
        return self.worth[0] if isinstance(self.worth, tuple) else self.worth

    @property
    def high(self) -> Decimal | None:
        """The most that no deal may be worth; None where it is a state."""
        return self.worth[1] if isinstance(self.worth, tuple) else self.worth


def _reservation(value: object) -> object:
    if value is None or isinstance(value, Mapping | BaseModel):
        return value
    return {"worth": value}


ReservationEntry: TypeAlias = Annotated[
    Reservation,
    BeforeValidator(_reservation, json_schema_input_type=Decimal | tuple[Decimal, Decimal] | Reservation),
]


class Delay(Grounded):
    """What waiting does to the worth of a deal, period by period."""

    cost: Decimal | None = Field(
        default=None, description="taken from the worth of a deal for each period until it is carried out"
    )
    factor: Decimal | None = Field(
        default=None,
        description="or: what the worth of a deal is multiplied by for each period, above 0 and at most 1",
    )
    days: Annotated[int, Field(ge=1)] = Field(default=1, description="the days of a period")

    def worth(self, worth: Fraction, periods: int) -> Fraction:
        """What a deal of some worth is worth when it is carried out after whole periods.

        Examples
        --------
        >>> Delay(factor=Decimal("0.5")).worth(Fraction(8), 2), Delay(cost=Decimal(3)).worth(Fraction(8), 2)
        (Fraction(2, 1), Fraction(2, 1))
        """
        if self.factor is not None:
            return worth * Fraction(self.factor) ** periods
        return worth - Fraction(self.cost or 0) * periods


def numbers_of(worth: Any) -> tuple[Decimal, ...]:
    """Every number of worth that is written for one issue or state."""
    if isinstance(worth, Linear):
        return tuple(number for _, number in worth.linear)
    return tuple(worth.values()) if isinstance(worth, Mapping) else (worth,)
