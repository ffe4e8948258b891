"""What a check finds, before it is known where in the files it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from accordant.case.places import Path, Place, written
from accordant.case.ranges import ascending_numbers, number
from accordant.case.wording import choices, cut, plural, value_instead
from accordant.errors import ExpressionError, Problem, Severity, did_you_mean


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake with the path of the part that it is about.

    Attributes
    ----------
    on_key
        The key is wrong, rather than its value.
    offset
        The character of the value at which the mistake is, where that is known.
    missing
        The key that the part at the path has to have and has not.
    values_of
        The issue whose values it is wrong by; where they are not known, it is not known to be wrong.
    """

    path: Path
    message: str
    found: str | None = None
    allowed: tuple[str, ...] = ()
    hint: str | None = None
    severity: Severity = "error"
    on_key: bool = False
    offset: int | None = None
    missing: str | None = None
    values_of: str | None = None

    def problem(self, place: Place | None) -> Problem:
        """The mistake as it is reported, at its place in a file."""
        return Problem(
            self.message,
            file=place.file if place else "",
            line=place.line if place else None,
            column=place.column if place else None,
            path=written(self.path),
            found=self.found,
            allowed=self.allowed,
            hint=self.hint,
            severity=self.severity,
        )


@dataclass
class Findings:
    """Collects what the checks of one case find."""

    all: list[Finding] = field(default_factory=list)

    def error(
        self,
        path: Path,
        message: str,
        *,
        found: str | None = None,
        allowed: Sequence[str] = (),
        hint: str | None = None,
        on_key: bool = False,
        values_of: str | None = None,
    ) -> None:
        """Something that has to be put right."""
        named = tuple(allowed)
        self.all.append(Finding(path, message, found, named, hint, "error", on_key, values_of=values_of))

    def warning(
        self,
        path: Path,
        message: str,
        *,
        found: str | None = None,
        allowed: Sequence[str] = (),
        hint: str | None = None,
        on_key: bool = False,
    ) -> None:
        """Something that is legal but seldom meant, or that a reader has to know."""
        self.all.append(Finding(path, message, found, tuple(allowed), hint, "warning", on_key))

    def unknown(
        self, path: Path, what: str, name: str, known: Collection[str], *, on_key: bool = False
    ) -> None:
        """A name that stands for nothing: ``what`` says what it should be, such as ``party``."""
        names = tuple(known)
        hint = did_you_mean(name, names) or (None if names else f"the case has no {plural(what)}")
        self.error(path, f"there is no {what} {name!r}", found=name, allowed=names, hint=hint, on_key=on_key)

    def no_value(
        self, path: Path, issue: str, value: str, values: Sequence[str], *, on_key: bool = False
    ) -> None:
        """A value that an issue does not have."""
        hint = _next_to(value, values) or value_instead(value, values) or did_you_mean(value, values)
        message = f"{cut(value, 80)!r} is not a value of {issue}"
        allowed, found = choices(values), cut(value, 80)
        self.error(path, message, found=found, allowed=allowed, hint=hint, on_key=on_key, values_of=issue)

    def expression(self, path: Path, error: ExpressionError, values_of: str | None = None) -> None:
        """An expression that cannot be read."""
        found = error.text if len(error.text) <= 80 else None
        self.all.append(
            Finding(
                path,
                error.message,
                found,
                error.allowed,
                error.hint,
                "error",
                False,
                error.at,
                values_of=values_of,
            )
        )


def _next_to(value: str, values: Sequence[str]) -> str | None:
    """The values around a number; None where it is none, or they are not numbers."""
    meant, numbers = number(value), ascending_numbers(values)
    if meant is None or numbers is None:
        return None
    after = bisect_left(numbers, Fraction(meant))
    if after == len(values) or Fraction(meant) < numbers[0]:
        return f"the values go from {values[0]} to {values[-1]}"
    if numbers[after] == Fraction(meant):
        return f"write {values[after]}"
    return f"next to it are {values[after - 1]} and {values[after]}"
