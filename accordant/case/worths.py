"""What worths are written as: numbers by value, straight lines, what no deal is worth, what waiting costs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, Discriminator, Field

from accordant.case.base import MARK, Frozen, Grounded, Node, StateRef, by_shape, marked
from accordant.case.ranges import ascending_numbers, number, shortest
from accordant.errors import nearest


def _value_form(value: object) -> str:
    return MARK + ("word" if isinstance(value, str) and number(value) is None else "number")


Value: TypeAlias = Annotated[
    Annotated[
        Annotated[Decimal, marked("number")] | Annotated[str, marked("word")], Discriminator(_value_form)
    ],
    BeforeValidator(lambda value: value, json_schema_input_type=str),
]
"""A value of an issue: the number that it is, else its word."""
Between: TypeAlias = Annotated[
    Annotated[Decimal, marked("number")] | Annotated[tuple[Decimal, Decimal], marked("ends")],
    by_shape(sequence="ends", scalar="number"),
]
"""A number, or the two ends that it lies between."""
Point: TypeAlias = tuple[Value, Between]
"""A value of an issue, and what it is worth."""


def ends_of(number: Between) -> tuple[Decimal, Decimal]:
    """The ends that a number lies between; twice the number where it is one.

    Examples
    --------
    >>> ends_of(Decimal(3)), ends_of((Decimal(3), Decimal(5)))
    ((Decimal('3'), Decimal('3')), (Decimal('3'), Decimal('5')))
    """
    return number if isinstance(number, tuple) else (number, number)


def is_range(number: Between) -> bool:
    """Whether a number is not known exactly.

    Examples
    --------
    >>> is_range(Decimal(3)), is_range((Decimal(3), Decimal(3))), is_range((Decimal(3), Decimal(5)))
    (False, False, True)
    """
    low, high = ends_of(number)
    return low != high


def shown_number(number: Between) -> str:
    """A number, or its ends, as it is shown.

    Examples
    --------
    >>> shown_number(Decimal("2.50")), shown_number((Decimal(3), Decimal(5)))
    ('2.5', '3 to 5')
    """
    low, high = ends_of(number)
    return shortest(low) if low == high else f"{shortest(low)} to {shortest(high)}"


def as_written(number: Between) -> str:
    """A number with the digits that it was written with; a range by its ends.

    Examples
    --------
    >>> as_written(Decimal("2.50")), as_written((Decimal(3), Decimal("5.0")))
    ('2.50', '3 to 5.0')
    """
    low, high = ends_of(number)
    return f"{low:f}" if low == high else f"{low:f} to {high:f}"


class Linear(Node):
    """Worths of an issue whose values have an order: given at some, with straight lines between them.

    Numbers lie as far apart as they are. Where one of the values is no number, all are taken as evenly
    spaced, in the order of the issue.
    """

    linear: tuple[Point, ...] = Field(
        description="[value, worth] for some values, in their order, from the first value of the issue to "
        "the last; values that are not all numbers count as evenly spaced"
    )

    def at(self, value: Decimal | Fraction) -> Fraction:
        """What a value is worth, exactly.

        Raises
        ------
        ValueError
            If the value lies outside the points, or a worth is a range.

        Examples
        --------
        >>> Linear(linear=((Decimal(0), Decimal(0)), (Decimal(3), Decimal(1)))).at(Decimal(1))
        Fraction(1, 3)
        """
        return self.over([Fraction(value)])[0]

    def over(self, values: Sequence[Fraction]) -> list[Fraction]:
        """What each of some values is worth, exactly; errors as for :meth:`at`."""
        return _straight([(Fraction(a), _exact(b)) for a, b in self.linear], values)

    def along(self, values: Sequence[str]) -> dict[str, Fraction]:
        """What each value of an issue is worth, exactly.

        Parameters
        ----------
        values
            All values of the issue in its order: ascending numbers, or words.

        Raises
        ------
        ValueError
            If the points name other values, are not in order, or do not reach from the first value to
            the last; if the values are numbers that do not ascend; or if a worth is a range.

        Examples
        --------
        >>> line = Linear(linear=(("low", Decimal(0)), ("high", Decimal(1))))
        >>> line.along(("low", "some", "most", "high"))["some"]
        Fraction(1, 3)
        """
        numbers = ascending_numbers(values)
        if numbers is not None:
            return dict(zip(values, self.over(numbers), strict=True))
        if disordered(values):
            raise ValueError("the values are numbers that do not ascend")
        where = places_of([x for x, _ in self.linear], values)
        points = []
        for (x, y), place in zip(self.linear, where, strict=True):
            if place is None:
                raise ValueError(f"there is no value {written(x)}")
            points.append((Fraction(place), _exact(y)))
        steps = [Fraction(k) for k in range(len(values))]
        return dict(zip(values, _straight(points, steps), strict=True))


def _exact(number: Between) -> Fraction:
    low, high = ends_of(number)
    if low != high:
        raise ValueError(f"a worth lies between {shortest(low)} and {shortest(high)}")
    return Fraction(low)


def _straight(points: Sequence[tuple[Fraction, Fraction]], values: Sequence[Fraction]) -> list[Fraction]:
    """What lies above each value on the straight lines between points."""
    starts = [a for a, _ in points]
    if any(one >= two for one, two in pairwise(starts)):
        raise ValueError("the points that worths are given at are not in order")
    found = []
    for x in values:
        if not points or x < starts[0] or x > starts[-1]:
            raise ValueError(f"{x} lies outside the points that worths are given at")
        k = bisect_right(starts, x) - 1
        (a, low), (b, high) = points[k], points[min(k + 1, len(points) - 1)]
        found.append(low if x == a else low + (high - low) * (x - a) / (b - a))
    return found


def disordered(values: Sequence[str]) -> bool:
    """Whether values are all numbers, and yet do not ascend: then it is not clear how far apart they are.

    Examples
    --------
    >>> disordered(("10", "2")), disordered(("2", "10")), disordered(("none", "2"))
    (True, False, False)
    """
    return all(number(value) is not None for value in values) and ascending_numbers(values) is None


def places_of(given: Sequence[Decimal | str], values: Sequence[str]) -> list[int | None]:
    """The place of each given value among the values of an issue; None where it is none of them.

    A number stands for the value that is the same number, unless several are.

    Examples
    --------
    >>> places_of(["none", Decimal("2.0"), "all"], ("none", "2", "5"))
    [0, 1, None]
    """
    texts = {value: k for k, value in enumerate(values)}
    alike: dict[Decimal, list[int]] = {}
    for k, value in enumerate(values):
        if (found := number(value)) is not None:
            alike.setdefault(found, []).append(k)
    made: list[int | None] = []
    for x in given:
        same = alike.get(x, []) if isinstance(x, Decimal) else []
        made.append(same[0] if len(same) == 1 else texts.get(str(x)))
    return made


def written(value: Decimal | str) -> str:
    """A value of a line as it is shown.

    Examples
    --------
    >>> written("low"), written(Decimal("2.50"))
    ('low', '2.5')
    """
    if isinstance(value, str):
        return value
    return shortest(value) if number(value) is not None else str(value)[:40]


def _has_points(value: object) -> bool:
    """Whether a list holds lists, as the points of a line do and the ends of a range do not."""
    return isinstance(value, list | tuple) and any(isinstance(x, list | tuple) for x in value)


def _worth_form(value: object) -> str:
    if isinstance(value, Linear):
        return MARK + "Linear"
    if isinstance(value, Mapping | BaseModel):
        keys = value if isinstance(value, Mapping) else {}
        alone = nearest(next(iter(keys)), ["linear"]) if len(keys) == 1 else None
        line = alone is not None or any(_has_points(v) for v in keys.values())
        return MARK + ("Linear" if line else "values")
    return MARK + ("ends" if isinstance(value, list | tuple) else "number")


Worth: TypeAlias = Annotated[
    Annotated[Decimal, marked("number")]
    | Annotated[tuple[Decimal, Decimal], marked("ends")]
    | Annotated[Annotated[dict[str, Between], Frozen], marked("values")]
    | Annotated[Linear, marked("Linear")],
    Discriminator(_worth_form),
]
"""Of one issue a number for each value or a line over its numbers; of one state its number.

Each number may be the two ends that it lies between."""


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


def numbers_of(worth: Any) -> tuple[Between, ...]:
    """Every number of worth that is written for one issue or state."""
    if isinstance(worth, Linear):
        return tuple(number for _, number in worth.linear)
    return tuple(worth.values()) if isinstance(worth, Mapping) else (worth,)
