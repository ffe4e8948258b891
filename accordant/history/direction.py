"""Marks for the direction of a version: a person sets them, and says why; none is ever computed."""

from __future__ import annotations

from typing import Literal

from accordant.errors import InputError, did_you_mean

Direction = Literal["toward", "away", "none"]
DIRECTIONS: tuple[Direction, ...] = ("toward", "away", "none")

_WORDS = {
    "toward": "toward agreement",
    "away": "away from agreement",
    "none": "no clear change",
    None: "not marked",
}
_SIGNS = {"toward": "+", "away": "-", "none": "=", None: ""}


def directed(direction: str | None, because: str | None) -> tuple[Direction | None, str | None]:
    """A mark with its reason, if both are given or neither.

    Raises
    ------
    InputError
        If the mark is not known, or one of the two is missing.

    Examples
    --------
    >>> directed("toward", "The Front no longer refuses a pause.")
    ('toward', 'The Front no longer refuses a pause.')
    >>> directed("toward", " ")
    Traceback (most recent call last):
    accordant.errors.InputError: a direction needs its reason in a sentence: add --because "..."
    """
    reason = " ".join((because or "").split()) or None
    if direction is None:
        if reason is not None:
            raise InputError(
                f"--because says why a direction was set; add --direction {'|'.join(DIRECTIONS)}"
            )
        return None, None
    known = next((d for d in DIRECTIONS if d == direction), None)
    if known is None:
        hint = did_you_mean(direction, DIRECTIONS)
        raise InputError(
            f"{direction!r} is not a direction; allowed: {', '.join(DIRECTIONS)}"
            + (f"; {hint}" if hint else "")
        )
    if reason is None:
        raise InputError('a direction needs its reason in a sentence: add --because "..."')
    return known, reason


def in_words(direction: str | None) -> str:
    """A mark in words.

    Examples
    --------
    >>> in_words("away"), in_words(None)
    ('away from agreement', 'not marked')
    """
    return _WORDS[direction]


def sign(direction: str | None) -> str:
    """A mark as one sign, for a column of a table.

    Examples
    --------
    >>> [sign(d) for d in ("toward", "away", "none", None)]
    ['+', '-', '=', '']
    """
    return _SIGNS[direction]
