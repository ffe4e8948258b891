"""What was probably meant: numbers with decimal commas or units, dates in other orders; lists cut short."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from accordant.case.ranges import FINEST, ascending_numbers, number, shortest
from accordant.errors import did_you_mean

LISTED = 12
"""Most values of a numeric issue that are listed one by one."""

_GROUPED = re.compile(r"[-+]?\d{1,3}([ ,'\u2019\u00a0\u202f])\d{3}(?:\1\d{3})*(?:\.\d+)?")
_COMMA = re.compile(r"[-+]?\d*,\d+")
_WITH_UNIT = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*([^\W\d_].*|[%°€$£].*)", re.DOTALL)
_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_EXPONENT = re.compile(r"[eE][-+]?\d+")


def cut(text: object, most: int = 40) -> str:
    """A text that is shown, with … where some of it is left out.

    Examples
    --------
    >>> cut("123456", 4), cut(12)
    ('123…', '12')
    """
    shown = str(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def plural(noun: str) -> str:
    """The plural of a word for a part of a case.

    Examples
    --------
    >>> plural("party"), plural("claim"), plural("day")
    ('parties', 'claims', 'days')
    """
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def counted(number: int, noun: str) -> str:
    """A number in figures with its noun.

    Examples
    --------
    >>> counted(1, "party"), counted(1200, "claim")
    ('1 party', '1,200 claims')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Some names in a sentence.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or"), listed(["a"])
    ('a, b and c', 'a or b', 'a')
    """
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def few(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many more there are.

    Examples
    --------
    >>> few(["a", "b", "c"], 2), few(["a"], 2)
    ('a, b and 1 more', 'a')
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def instead_of(text: object) -> str | None:
    """What to write for a text that is nearly a number; None where nothing is known to be meant.

    Examples
    --------
    >>> instead_of("60,5"), instead_of("2 percent"), instead_of("12%")
    ('write 60.5', 'write 2, without the unit', 'write 12, without the unit')
    >>> instead_of("1,500"), instead_of("ten")
    ('write 1500, or 1.500 if the comma is a decimal one', None)
    """
    given = str(text).strip()
    if len(given) > 80:
        return None
    if grouped := _GROUPED.fullmatch(given):
        plain = given.replace(grouped[1], "")
        if grouped[1] == "," and given.count(",") == 1 and "." not in given:
            return f"write {plain}, or {given.replace(',', '.')} if the comma is a decimal one"
        return f"write {plain}"
    if _COMMA.fullmatch(given):
        return f"write {given.replace(',', '.')}"
    with_unit = _WITH_UNIT.fullmatch(given)
    if with_unit and not _EXPONENT.fullmatch(with_unit[2]):
        return f"write {with_unit[1].replace(',', '.')}, without the unit"
    return None


def is_long(value: Decimal) -> tuple[str, str]:
    """Why a number is not kept exactly, and what to try.

    Examples
    --------
    >>> is_long(Decimal("1e400"))
    ('is too large: numbers of up to 100 digits are kept exactly', 'count in a larger unit')
    >>> is_long(Decimal("0." + "3" * 120))
    ('has 120 digits: numbers of up to 100 digits are kept exactly', 'round it')
    """
    kept = f"numbers of up to {FINEST} digits are kept exactly"
    digits = len(value.as_tuple().digits)
    if digits > FINEST:
        return f"has {digits:,} digits: {kept}", "round it"
    if value.adjusted() > 0:
        return f"is too large: {kept}", "count in a larger unit"
    return f"is too small: {kept}", "count in a smaller unit, or round it"


def choices(values: Sequence[str]) -> tuple[str, ...]:
    """The values of an issue as they are listed: many numbers in equal steps as their range.

    Examples
    --------
    >>> choices(("no", "yes")), choices([str(k) for k in range(0, 60, 2)])
    (('no', 'yes'), ('0 to 58 in steps of 2',))
    """
    numbers = ascending_numbers(values) if len(values) > LISTED else None
    if numbers is None:
        return tuple(values)
    step = numbers[1] - numbers[0]
    if any(two - one != step for one, two in pairwise(numbers)):
        return tuple(values)
    return (f"{values[0]} to {values[-1]} in steps of {shortest(step)}",)


def value_instead(text: str, values: Sequence[str]) -> str | None:
    """The value of a numeric issue that a text nearly is, as a hint; None where it is none.

    Examples
    --------
    >>> value_instead("2,5", ("2", "2.5")), value_instead("2 percent", ("2", "2.5"))
    ('write 2.5', 'write 2, without the unit')
    >>> value_instead("9 percent", ("2", "2.5")) is None
    True
    """
    hint = instead_of(text) if ascending_numbers(values) is not None else None
    found = number(hint.removeprefix("write ").partition(", ")[0]) if hint else None
    return hint if found is not None and shortest(found) in values else None


def states_known(ref: str, names: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """The states there are and a hint, for a name that stands for none of them.

    Examples
    --------
    >>> states_known("s99999", [f"s{k}" for k in range(1, 6901)])
    (('s1 to s6900',), None)
    >>> states_known("strik", ["talks", "strike"])
    (('talks', 'strike'), "did you mean 'strike'?")
    """
    numbered = len(names) > 1 and names[0] == "s1" and names[-1] == f"s{len(names)}"
    if numbered and re.fullmatch(r"[sS]?\d+", ref):
        return (f"s1 to {names[-1]}",), None
    allowed = (f"s1 to {names[-1]}",) if numbered and len(names) > LISTED else tuple(names)
    if len(allowed) > 40:
        allowed = (*names[:3], "…", names[-1])
    return allowed, did_you_mean(ref, names[:4000])


def date_instead(text: str) -> str | None:
    """What to write for a date in another order; both where day and month cannot be told apart.

    Examples
    --------
    >>> date_instead("31.12.2024"), date_instead("2024/3/7")
    ('write 2024-12-31', 'write 2024-03-07')
    >>> date_instead("10/01/2025")
    'write 2025-01-10, or 2025-10-01 if the month comes first'
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        made = _iso(first, second, third)
        return f"write {made}" if made else None
    if len(match[3]) != 4:
        return None
    day_first, month_first = _iso(third, second, first), _iso(third, first, second)
    if day_first and month_first and day_first != month_first:
        return f"write {day_first}, or {month_first} if the month comes first"
    either = day_first or month_first
    return f"write {either}" if either else None


def _iso(year: int, month: int, day: int) -> str | None:
    fits = year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}" if fits else None
