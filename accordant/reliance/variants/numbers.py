"""The numbers that a party's preference holds: where each stands, and the preference with another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from accordant.case.objects import Linear, Preference
from accordant.case.worths import Worth, ends_of, written

Place = tuple[str | int, ...]
"""``("worth", issue or state)``, ``("worth", issue, value)``, ``("worth", issue, point number)`` on a line,
``("also", k)``, ``("table", k)`` or ``("reservation",)``; numbers from 0."""
Ends = tuple[Decimal, Decimal]


def numbers_in(preference: Preference) -> Iterator[tuple[Place, str, Ends]]:
    """Every number with its place, its name and the ends that it lies between.

    Examples
    --------
    >>> given = Preference.model_validate({"worth": {"x": {"no": 0, "yes": 3}}, "reservation": 1})
    >>> [(name, str(low)) for _, name, (low, _) in numbers_in(given)]
    [('worth.x=no', '0'), ('worth.x=yes', '3'), ('reservation', '1')]
    """
    for key, worth in (preference.worth or {}).items():
        if isinstance(worth, Linear):
            for k, (point, number) in enumerate(worth.linear):
                yield ("worth", key, k), f"worth.{key}={written(point)}", ends_of(number)
        elif isinstance(worth, Mapping):
            for value, number in worth.items():
                yield ("worth", key, value), f"worth.{key}={value}", ends_of(number)
        else:
            yield ("worth", key), f"worth.{key}", ends_of(worth)
    for k, (_, number) in enumerate(preference.table or ()):
        yield ("table", k), f"table.{k + 1}", ends_of(number)
    for k, term in enumerate(preference.also):
        yield ("also", k), f"also.{k + 1}", ends_of(term.worth)
    held = preference.reservation
    if held is not None and held.worth is not None:
        yield ("reservation",), "reservation", ends_of(held.worth)


def with_number(preference: Preference, place: Place, number: Decimal) -> Preference:
    """The preference with one of its numbers replaced.

    Examples
    --------
    >>> given = Preference.model_validate({"worth": {"x": {"no": 0, "yes": 3}}})
    >>> with_number(given, ("worth", "x", "yes"), Decimal(5)).worth["x"]["yes"]
    Decimal('5')
    """
    match place:
        case ("reservation",):
            held = preference.reservation
            assert held is not None
            return preference.model_copy(update={"reservation": held.model_copy(update={"worth": number})})
        case ("also", int(k)):
            terms = [
                t.model_copy(update={"worth": number}) if j == k else t for j, t in enumerate(preference.also)
            ]
            return preference.model_copy(update={"also": tuple(terms)})
        case ("table", int(k)):
            rows = [
                (state, number if j == k else given)
                for j, (state, given) in enumerate(preference.table or ())
            ]
            return preference.model_copy(update={"table": tuple(rows)})
        case ("worth", str(key), *within):
            worth = dict(preference.worth or {})
            worth[key] = _within(worth[key], list(within), number)
            return preference.model_copy(update={"worth": worth})
    raise AssertionError(place)


def _within(worth: Worth, within: list[str | int], number: Decimal) -> Worth:
    if isinstance(worth, Linear):
        points = [(x, number if [k] == within else y) for k, (x, y) in enumerate(worth.linear)]
        return worth.model_copy(update={"linear": tuple(points)})
    if isinstance(worth, Mapping):
        return {value: number if [value] == within else given for value, given in worth.items()}
    return number
