"""When something was, as exactly as it is known: a year, a month, a day, or a span, open at either end.

A date of a case is ``2024``, ``2024-01``, ``2024-01-30``, or two of these with a stroke between them.
``..`` on one side of the stroke says that this end is not known: ``2024-01/..``, ``../2024-01-30``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

OPEN = ".."
"""What stands for an end that is not known."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """Every day that a date may mean.

    Attributes
    ----------
    first, last
        The first and the last day; None at an end that is not known.
    written
        The date as the case has it.
    """

    first: date | None
    last: date | None
    written: str

    @property
    def words(self) -> str:
        """The date as it is read.

        Examples
        --------
        >>> [when(text).words for text in ("2024-01", "2023-11/2024-01-05", "2024-01/..", "../2024")]
        ['2024-01', '2023-11 to 2024-01-05', 'from 2024-01, end not known', 'until 2024, beginning not known']
        """
        start, stroke, end = self.written.partition("/")
        if not stroke:
            return start.strip()
        if self.last is None:
            return f"from {start.strip()}, end not known"
        if self.first is None:
            return f"until {end.strip()}, beginning not known"
        return f"{start.strip()} to {end.strip()}"


def when(text: str | None) -> When | None:
    """The days that a date may mean; None for no date, or one that cannot be told.

    Examples
    --------
    >>> when("2024-02").last, when("2023/2024-01-05").first
    (datetime.date(2024, 2, 29), datetime.date(2023, 1, 1))
    >>> when("2024-01/..").last is None, when("../..") is None, when("lately") is None
    (True, True, True)
    """
    start, stroke, end = (part.strip() for part in (text or "").partition("/"))
    if not stroke:
        day = _days(start)
        return When(day[0], day[1], start) if day else None
    ends = (start, end)
    if ends == (OPEN, OPEN):
        return None
    first, last = (None if part == OPEN else _days(part) for part in ends)
    if (first is None and start != OPEN) or (last is None and end != OPEN):
        return None
    if first and last and last[1] < first[0]:
        return None
    return When(first[0] if first else None, last[1] if last else None, f"{start}/{end}")


def _days(text: str) -> tuple[date, date] | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None
