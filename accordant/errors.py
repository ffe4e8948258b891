"""What can go wrong, as one tree.

::

    AccordantError
    ├── InputError            the user's input is wrong: exit status 2
    │   ├── CaseError         one or more mistakes in a case folder, all of them
    │   ├── ExpressionError   one mistake in an expression, with its place
    │   ├── ReportError       a report that cannot be read
    │   └── TooLargeError     a model refused before it is built, with its size
    └── FailedError           the input is fine, the work could not be done: exit status 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
_CLOSE = 0.7
"""How alike two names are, from 0 to 1, before one is suggested for the other."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what was found, what is allowed, what to try."""

    message: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    found: str | None = None
    allowed: tuple[str, ...] = ()
    hint: str | None = None
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """The place as ``file:line:column``, as far as it is known."""
        parts = [self.file] if self.file else []
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        head = ": ".join(part for part in (self.where, self.path, self.message) if part)
        if self.allowed:
            shown = ", ".join(self.allowed[:12])
            more = f", and {len(self.allowed) - 12} more" if len(self.allowed) > 12 else ""
            head += f"; allowed: {shown}{more}"
        if self.hint:
            head += f"; {self.hint}"
        return head


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name most like ``name``, or None when nothing is close.

    Examples
    --------
    >>> nearest("suoth", ["north", "south"])
    'south'
    >>> nearest("pya", ["pay", "day"]), nearest("wages", ["water"])
    ('pay', None)
    """
    folded = {k.casefold(): k for k in known}
    given = name.casefold()
    for hit in get_close_matches(given, list(folded), n=3, cutoff=0.6):
        if SequenceMatcher(None, hit, given).ratio() >= _CLOSE or _one_slip(hit, given):
            return folded[hit]
    return None


def _one_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter, or only in the order of their letters."""
    if len(one) == len(other):
        wrong = sum(a != b for a, b in zip(one, other, strict=True))
        return wrong == 1 < len(one) - 1 or sorted(one) == sorted(other)
    shorter, longer = sorted((one, other), key=len)
    dropped = (longer[:k] + longer[k + 1 :] for k in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in dropped


def did_you_mean(name: str, known: Sequence[str]) -> str | None:
    """The hint that goes with an unknown name, or None when nothing is close."""
    near = nearest(name, known)
    return f"did you mean {near!r}?" if near else None


class AccordantError(Exception):
    """Every error that Accordant raises on purpose."""


class InputError(AccordantError):
    """The input is wrong; the message says where and what to do."""


class CaseError(InputError):
    """Every mistake found in a case, at once.

    Attributes
    ----------
    problems
        All problems found, errors and warnings, in the order of the file.
    closing
        What they come to, where they are not mistakes in the case.
    """

    def __init__(self, problems: Sequence[Problem], closing: str = "") -> None:
        self.problems, self.closing = tuple(problems), closing
        super().__init__("\n".join([*([closing] if closing else []), *map(str, self.problems)]))


class ExpressionError(InputError):
    """An expression that cannot be read, with the place in it (0-based)."""

    def __init__(
        self,
        message: str,
        text: str,
        at: int,
        *,
        allowed: Sequence[str] = (),
        hint: str | None = None,
    ) -> None:
        self.message, self.text, self.at = message, text, at
        self.allowed, self.hint = tuple(allowed), hint
        super().__init__(f"{message}\n  {text}\n  {' ' * at}^" + (f"\n  {hint}" if hint else ""))


class ReportError(InputError):
    """A report that cannot be read."""


class TooLargeError(InputError):
    """A model that would not fit; the message says the size it would have had."""


class FailedError(AccordantError):
    """The input is fine, but the work could not be done."""
