"""One foreign file while it is read: where its parts stand, what is wrong with them, and its numbers.

Every reader of a format collects what it finds here, with a place that the kind of file understands: an
element of an XML file, a path into JSON or YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from accordant.case.checks.names import invisible
from accordant.case.ranges import is_short
from accordant.case.wording import cut, instead_of, is_long
from accordant.errors import Problem, Severity
from accordant.exchange.formats import File

MOST_PROBLEMS = 100
"""Problems of one file that are given with their places; the rest are counted."""

Place = tuple[int | None, int | None, str]
"""Line and column from 1, and the path as people write it."""


@dataclass
class Source:
    """A file being read.

    Attributes
    ----------
    place
        From what the format calls a place to line, column and path.
    """

    file: File
    place: Callable[[Any], Place] = lambda where: (None, None, str(where or ""))
    found: list[Problem] = field(default_factory=list)
    left: int = 0

    @property
    def name(self) -> str:
        """What the file is called, without its ending: what its party is called."""
        return self.file.path.stem

    @property
    def wrong(self) -> bool:
        """Whether anything has to be put right."""
        return any(problem.severity == "error" for problem in self.found)

    def error(self, where: Any, message: str, **more: Any) -> None:
        """Something that has to be put right; more as for a problem: found, allowed, hint."""
        self._say(where, message, "error", more)

    def warning(self, where: Any, message: str, **more: Any) -> None:
        """Something that a reader has to know."""
        self._say(where, message, "warning", more)

    def _say(self, where: Any, message: str, severity: Severity, more: dict[str, Any]) -> None:
        if len(self.found) >= MOST_PROBLEMS:
            self.left += severity == "error"
            return
        line, column, path = self.place(where)
        allowed: Sequence[str] = more.pop("allowed", ())
        self.found.append(
            Problem(
                message,
                file=str(self.file.path),
                line=line,
                column=column,
                path=path,
                allowed=tuple(allowed),
                severity=severity,
                **more,
            )
        )

    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found."""
        if not self.left:
            return tuple(self.found)
        rest = Problem(f"{self.left:,} more mistakes are not shown", file=str(self.file.path))
        return (*self.found, rest)

    def number(self, where: Any, given: Any, what: str) -> Decimal | None:
        """The exact number that a text or a JSON number is; None where it is none, which is said.

        Parameters
        ----------
        what
            What the number is, such as ``a weight``.

        Examples
        --------
        >>> from pathlib import Path
        >>> source = Source(File(Path("p.xml"), b""))
        >>> source.number("", "0.30", "a weight"), source.number("", "NaN", "a weight")
        (Decimal('0.30'), None)
        >>> source.found[0].message
        'NaN is not a finite number: a weight has to be one'
        """
        text = "" if given is None or isinstance(given, bool | dict | list) else str(given).strip()
        try:
            found = Decimal(text)
        except InvalidOperation:
            shown = cut(text) or ("nothing" if given in (None, "") else type(given).__name__)
            self.error(
                where, f"{shown} is not a number: {what} has to be one", found=shown, hint=instead_of(text)
            )
            return None
        if not found.is_finite():
            self.error(where, f"{cut(text)} is not a finite number: {what} has to be one", found=cut(text))
            return None
        if not is_short(found):
            why, hint = is_long(found)
            self.error(where, f"{what} {why}", found=cut(text), hint=hint)
            return None
        return found

    def name_of(self, where: Any, text: Any, what: str) -> str | None:
        """A name that can be carried into a case; None where it cannot, which is said."""
        if not isinstance(text, str) or not text.strip():
            self.error(where, f"{what} has no name")
            return None
        sign = invisible(text)
        if sign:
            hint = f"it holds the invisible character {sign}: take it out"
            self.error(where, f"{text!r} cannot be the name of {what}", found=text, hint=hint)
            return None
        return text
