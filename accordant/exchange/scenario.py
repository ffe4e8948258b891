"""What the formats of bargaining programs have in common: a domain, and what each party wants in it.

Readers make these from their files; :mod:`accordant.exchange.scenario_in` makes a case of them. Numbers are
exact and as the file has them; how they are taken is chosen afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from accordant.exchange.source import Source

Numbers: TypeAlias = tuple[Decimal, Decimal, Decimal]
"""First value, last value and step of a numeric issue."""


@dataclass(frozen=True)
class Topic:
    """Something to be settled, in the words of the file.

    Attributes
    ----------
    values
        Its values in the file's order; those of a numeric one as decimals without needless zeros.
    numbers
        Of a numeric one the range.
    real
        Whether it may be settled anywhere between its values.
    index
        The number by which profiles refer to it, where they do.
    """

    name: str
    values: tuple[str, ...]
    numbers: Numbers | None = None
    real: bool = False
    index: int | None = None
    where: Any = None


@dataclass(frozen=True)
class Box:
    """A worth that counts where some numeric issues lie between bounds.

    Attributes
    ----------
    inside
        Whether it counts inside the bounds or outside them.
    """

    bounds: tuple[tuple[str, Decimal, Decimal], ...]
    worth: Fraction
    inside: bool = True


@dataclass(frozen=True)
class Curve:
    """Worths of a numeric issue: a number for each value, and whether straight lines join them."""

    worths: Mapping[str, Fraction]
    straight: bool = True


Worths: TypeAlias = "dict[str, Fraction] | Curve"


@dataclass
class Tastes:
    """What one party wants, in the numbers of its file.

    Attributes
    ----------
    name
        What the party is called.
    worths
        By issue, a number for each value; before weights.
    weights
        By issue; None where the file gives none at all.
    normal
        Issues whose numbers are in [0, 1] already, so that no scale divides them.
    boxes
        Worths that depend on several issues.
    table
        Instead of all that: a worth for each combination of values.
    most
        What a nonlinear worth is divided by on the scale of Genius; None where it is not said.
    constant
        Added to every worth.
    reservation
        A number, a combination of values, or None.
    reservation_text
        What the file says of it; empty where it says nothing.
    discount
        What worths are multiplied by over the whole time; None for no discount.
    periodic
        Whether the discount is for each step of the negotiation instead.
    """

    name: str
    source: Source
    worths: dict[str, Worths] = field(default_factory=dict)
    weights: dict[str, Fraction] | None = None
    normal: set[str] = field(default_factory=set)
    boxes: list[Box] = field(default_factory=list)
    table: dict[tuple[str, ...], Fraction] | None = None
    most: Fraction | None = None
    constant: Fraction = Fraction(0)
    reservation: Fraction | dict[str, str] | None = None
    reservation_text: str = ""
    discount: Decimal | None = None
    discount_text: str = ""
    periodic: bool = False
    where: Any = None


@dataclass(frozen=True)
class Convention:
    """What a program takes where its files say nothing.

    Attributes
    ----------
    program
        What people call it.
    reservation
        What it takes for a reservation that is not given; None where it takes none.
    """

    program: str
    reservation: Fraction | None


@dataclass
class Scenario:
    """A domain with its profiles.

    Attributes
    ----------
    name
        What the domain is called; empty where it has no name.
    """

    name: str
    topics: tuple[Topic, ...]
    parties: list[Tastes]
    source: Source
    convention: Convention
