"""Cells that a spreadsheet program wrote otherwise without anybody having edited them.

Programs turn dates into numbers or into their own way of writing them, ``0.10`` into ``0.1``, ``007`` into
``7``, ``true`` into ``TRUE``; they add blanks and other line ends. A cell is taken as it was where what
it says now is only another way of saying that.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

_DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheet programs count, with the leap day of 1900 that never was."""
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::00)?)?")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_PARTS = re.compile(r"\d+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_DAY, LAST_DAY = 15_000, 80_000
"""Numbers of days, from 1941 to 2119, that a date may have become."""


def as_it_was(said: str, was: str) -> bool:
    """Whether a cell says what it said before, in the way a spreadsheet program writes it.

    Examples
    --------
    >>> as_it_was("0.1", "0.10"), as_it_was("45786", "2025-05-09"), as_it_was("09/05/2025", "2025-05-09")
    (True, True, True)
    >>> as_it_was("a b ", "a b"), as_it_was("TRUE", "true"), as_it_was("7", "007"), as_it_was("8", "007")
    (True, True, True, False)
    """
    if said == was or _plain(said) == _plain(was):
        return True
    if was.lower() in ("true", "false"):
        return said.strip().lower() == was.lower()
    return _same_number(said, was) or _same_date(said.strip(), was.strip())


def dated(text: str) -> str:
    """A date of which a program has left the number of its day, as it is written here; others as they are.

    Examples
    --------
    >>> dated("45786"), dated("45786.5"), dated("2025"), dated("2025-05-09T00:00:00")
    ('2025-05-09', '2025-05-09 12:00', '2025', '2025-05-09')
    """
    said, text = text, text.strip(" \t\r\n")
    if text.endswith(("T00:00:00", " 00:00:00")) and _ISO.fullmatch(text[:10]):
        return text[:10]
    found = _SERIAL.fullmatch(text)
    if found is None or not FIRST_DAY <= int(found[1]) <= LAST_DAY:
        return said
    moment = _moment(Decimal(text))
    return moment.date().isoformat() if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M}"


def _moment(days: Decimal) -> datetime:
    whole = int(days)
    minutes = round((days - whole) * 24 * 60)
    return datetime.combine(_DAY_ZERO, datetime.min.time()) + timedelta(days=whole, minutes=minutes)


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    return "\n".join(line.strip(" \t") for line in lines).strip(" \t\n")


def _same_number(said: str, was: str) -> bool:
    try:
        before = Decimal(was.strip())
        now = Decimal(said.strip().replace(",", ".") if "," in said and "," not in was else said.strip())
    except InvalidOperation:
        return False
    return before.is_finite() and now.is_finite() and now == before


def _same_date(said: str, was: str) -> bool:
    found = _ISO.fullmatch(was)
    if found is None:
        return False
    year, month, day, hour, minute = (int(part) if part else 0 for part in found.groups())
    try:
        then = datetime(year, month, day or 1, hour, minute)
    except ValueError:
        return False
    iso = _ISO.fullmatch(dated(said))
    if iso is not None and iso[3]:
        got = [int(part) if part else 0 for part in iso.groups()]
        return got == [year, month, day or 1, hour, minute]
    return not hour and not minute and _as_programs_write(said, then, bool(day))


def _as_programs_write(said: str, then: datetime, whole: bool) -> bool:
    """Whether a text is a date as some country writes it: ``09/05/2025``, ``9.5.25``, ``May-25``."""
    word = re.search(r"[A-Za-z]{3,}", said)
    if word and word[0][:3].lower() != _MONTHS[then.month - 1]:
        return False
    numbers = [int(part) for part in _PARTS.findall(said)]
    years = {then.year, then.year % 100}
    if not re.fullmatch(r"[\dA-Za-z]+([-/. ]\s?[\dA-Za-z]+){1,2}", said):
        return False
    if word:
        forms = [[then.day, y] for y in years] + ([] if whole else [[y] for y in years])
    else:
        forms = [[then.day, then.month, y] for y in years] + [[then.month, then.day, y] for y in years]
        forms += [] if whole else [[then.month, y] for y in years]
    return numbers in forms
