"""How fast claims age: a half-life in days for every kind of claim, the case's own or the default.

The defaults are this program's own, orders of size for talks that move from week to week; nobody has
measured them. A case writes what fits it under ``half_life``.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field

from accordant.case.base import Node
from accordant.case.sources import ClaimKind

OFF = "none"
"""What switches ageing off, for one kind or for all."""
LONGEST = 100_000
"""Most days of a half-life: more than anybody's memory of any talks."""
KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)

DEFAULTS: dict[ClaimKind, int] = {
    # said in one meeting, and often overtaken by the next
    "offer": 30,
    "contact": 30,
    "assessment": 30,
    # changes with the month: forces, moods, what third parties would do
    "capability": 45,
    "constituency": 45,
    "third-party": 45,
    # said in public, and kept to for a while
    "position": 60,
    "alternative": 60,
    "interpretation": 60,
    # moves slowly
    "red-line": 120,
    "preference": 120,
    "interest": 180,
}
"""Half-lives in days where the case gives none."""


def _days(value: object) -> object:
    """A number of days as written, or none."""
    text = str(value).strip()
    if text == OFF:
        return OFF
    whole = not isinstance(value, bool) and text.isascii() and text.isdigit() and len(text) <= 6
    if whole and 1 <= int(text) <= LONGEST:
        return int(text)
    raise ValueError(f"must be a whole number of days from 1 to {LONGEST}, or {OFF}")


Days = Annotated[
    int | Literal["none"],
    BeforeValidator(_days, json_schema_input_type=Annotated[int, Field(ge=1)] | Literal["none"]),
]


def _of(kind: ClaimKind, what: str) -> Days | None:
    says = f"days in which a claim of {what} ages once, or none; {DEFAULTS[kind]} by default"
    alias = kind if "-" in kind else None
    made: Days | None = Field(default=None, alias=alias, description=says)
    return made


class HalfLife(Node):
    """How many days each kind of claim takes to age once; a kind that is left out has the default."""

    offer: Days | None = _of("offer", "an offer")
    position: Days | None = _of("position", "a position")
    red_line: Days | None = _of("red-line", "a red line")
    preference: Days | None = _of("preference", "a preference")
    interest: Days | None = _of("interest", "an interest")
    alternative: Days | None = _of("alternative", "an alternative")
    capability: Days | None = _of("capability", "a capability")
    constituency: Days | None = _of("constituency", "a constituency")
    contact: Days | None = _of("contact", "a contact")
    third_party: Days | None = _of("third-party", "a third party's act")
    interpretation: Days | None = _of("interpretation", "an interpretation")
    assessment: Days | None = _of("assessment", "an assessment")

    def of(self, kind: ClaimKind) -> int | None:
        """Days in which a claim of a kind ages once; None where it does not age.

        Examples
        --------
        >>> lives = HalfLife.model_validate({"offer": "14", "interest": "none"})
        >>> lives.of("offer"), lives.of("interest"), lives.of("red-line")
        (14, None, 120)
        """
        given: int | str | None = getattr(self, kind.replace("-", "_"))
        if given is None:
            return DEFAULTS[kind]
        return None if isinstance(given, str) else given

    def given(self, kind: ClaimKind) -> bool:
        """Whether the case itself says it of a kind."""
        return getattr(self, kind.replace("-", "_")) is not None


def _widened(value: object) -> object:
    """One number, or none, stands for every kind."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        days = _days(value)
        return dict.fromkeys(KINDS, days)
    return value


HalfLifeEntry: TypeAlias = Annotated[
    HalfLife,
    BeforeValidator(
        _widened, json_schema_input_type=Annotated[int, Field(ge=1)] | Literal["none"] | HalfLife
    ),
]

__all__ = ["DEFAULTS", "KINDS", "LONGEST", "OFF", "HalfLife", "HalfLifeEntry"]
