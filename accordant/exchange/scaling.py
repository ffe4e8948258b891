"""Numbers of bargaining files on one scale, exact, and small enough to be compared exactly.

On the scale of Genius a party's worth is the sum over the issues of ``w / sum(w) * e / max(e)``; on that of
the file it is the sum of ``w * e``. Thirds and sevenths are no decimals: where they come up, the numbers of
all parties are multiplied by one whole number, which changes no comparison between packages, none between
parties, and no answer but the size of the numbers. Where that makes them too long they are rounded, and it
is said by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from accordant.case.ranges import shortest
from accordant.exchange.formats import Scale
from accordant.exchange.scenario import Curve, Tastes, Topic, Worths

ROOM = 2**58
"""Whole numbers that worths are compared as stay below this."""
TINY = Fraction(1, 100_000)
"""Genius takes all evaluations of an issue for 0 where none is larger than this."""


@dataclass
class Scaled:
    """What one party's worths are, with weights taken in.

    Attributes
    ----------
    worths
        By issue, what each value is worth.
    boxes
        What each box of the profile is worth.
    straight
        Issues whose worths straight lines join.
    """

    worths: dict[str, dict[str, Fraction]]
    boxes: list[Fraction]
    table: dict[tuple[str, ...], Fraction] | None
    reservation: Fraction | dict[str, str] | None
    straight: set[str] = field(default_factory=set)

    def numbers(self) -> Iterator[Fraction]:
        """Every number that is written."""
        for worths in self.worths.values():
            yield from worths.values()
        yield from self.boxes
        yield from (self.table or {}).values()
        if isinstance(self.reservation, Fraction):
            yield self.reservation

    def most(self) -> Fraction:
        """More than any sum of its numbers is in size."""
        parts = [
            max((abs(w) for w in worths.values()), default=Fraction(0)) for worths in self.worths.values()
        ]
        parts += [abs(worth) for worth in self.boxes]
        parts += [max((abs(worth) for worth in (self.table or {}).values()), default=Fraction(0))]
        return max(sum(parts, abs(self._floor())), Fraction(1))

    def _floor(self) -> Fraction:
        return self.reservation if isinstance(self.reservation, Fraction) else Fraction(0)

    def ends(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most that a package can be worth; None where that takes a search."""
        if self.boxes:
            return None
        if self.table is not None:
            return min(self.table.values()), max(self.table.values())
        low = sum((min(w.values()) for w in self.worths.values()), Fraction(0))
        return low, sum((max(w.values()) for w in self.worths.values()), Fraction(0))

    def times(self, factor: int) -> Scaled:
        """Every number multiplied."""
        return self._each(lambda number: number * factor)

    def rounded(self, places: int) -> Scaled:
        """Every number with so many places after the point."""
        return self._each(lambda number: round(number, places))

    def _each(self, change: object) -> Scaled:
        assert callable(change)
        held = self.reservation
        return Scaled(
            {issue: {v: change(w) for v, w in worths.items()} for issue, worths in self.worths.items()},
            [change(worth) for worth in self.boxes],
            None if self.table is None else {k: change(w) for k, w in self.table.items()},
            change(held) if isinstance(held, Fraction) else held,
            set(self.straight),
        )


def plain(worths: Worths) -> Mapping[str, Fraction]:
    """A number for each value, whichever way they are given."""
    return worths.worths if isinstance(worths, Curve) else worths


def scaled(tastes: Tastes, topics: Iterable[Topic], scale: Scale) -> Scaled:
    """One party's worths on a scale, exactly.

    Examples
    --------
    >>> from pathlib import Path
    >>> from accordant.exchange.formats import File
    >>> from accordant.exchange.source import Source
    >>> third = Fraction(1, 3)
    >>> tastes = Tastes("a", Source(File(Path("a.xml"), b"")), {"x": {"p": Fraction(1), "q": Fraction(3)}})
    >>> scaled(tastes, [Topic("x", ("p", "q"))], "genius").worths["x"]["p"] == third
    True
    """
    weights = tastes.weights or {}
    total = sum((weights.get(topic.name, Fraction(1)) for topic in topics), Fraction(0))
    found: dict[str, dict[str, Fraction]] = {}
    for topic in topics:
        given = tastes.worths.get(topic.name)
        if given is None:
            continue
        numbers = plain(given)
        weight = weights.get(topic.name, Fraction(1))
        if scale == "genius":
            weight = _normal(weight, total, numbers, topic.name in tastes.normal)
        found[topic.name] = {value: weight * number for value, number in numbers.items()}
    divisor = tastes.most if scale == "genius" and tastes.most else Fraction(1)
    straight = {name for name, given in tastes.worths.items() if isinstance(given, Curve) and given.straight}
    boxes = [box.worth / divisor for box in tastes.boxes]
    made = Scaled(found, boxes, tastes.table, tastes.reservation, straight)
    if tastes.constant:
        _add(made, topics, tastes.constant)
    return made


def _normal(weight: Fraction, total: Fraction, numbers: Mapping[str, Fraction], normal: bool) -> Fraction:
    most = Fraction(1) if normal else max(numbers.values())
    return Fraction(0) if most < TINY else weight / total / most


def _add(made: Scaled, topics: Iterable[Topic], constant: Fraction) -> None:
    """What is part of every package goes to the first issue."""
    first = next(iter(topics))
    here = made.worths.setdefault(first.name, dict.fromkeys(first.values, Fraction(0)))
    made.worths[first.name] = {value: worth + constant for value, worth in here.items()}


@dataclass(frozen=True)
class Fitted:
    """Everybody's numbers as decimals.

    Attributes
    ----------
    factor
        What all numbers are multiplied by.
    places
        To how many places they are rounded; None where they are exact.
    error
        The largest change that rounding makes to a number.
    """

    parties: tuple[Scaled, ...]
    factor: int = 1
    places: int | None = None
    error: Fraction = Fraction(0)


def fitted(parties: Iterable[Scaled]) -> Fitted:
    """Numbers that are decimals and short enough, by one factor for all, or rounded.

    Examples
    --------
    >>> third = Scaled({"x": {"p": Fraction(1, 3), "q": Fraction(1)}}, [], None, Fraction(1, 2))
    >>> made = fitted([third])
    >>> made.factor, made.parties[0].worths, made.parties[0].reservation
    (3, {'x': {'p': Fraction(1, 1), 'q': Fraction(3, 1)}}, Fraction(3, 2))
    """
    given = tuple(parties)
    factor = 1
    for one in given:
        factor = lcm(factor, *(_not_decimal(number) for number in one.numbers()))
        if factor > ROOM:
            break
    tried = tuple(one.times(factor) for one in given) if factor <= ROOM else ()
    if tried and all(_fits(one) for one in tried):
        return Fitted(tried, factor)
    most = max((one.most() for one in given), default=Fraction(1))
    places = max(0, 15 - len(str(int(most))))
    rounded = tuple(one.rounded(places) for one in given)
    pairs = (
        p for a, b in zip(given, rounded, strict=True) for p in zip(a.numbers(), b.numbers(), strict=True)
    )
    return Fitted(rounded, 1, places, max((abs(a - b) for a, b in pairs), default=Fraction(0)))


def _fits(one: Scaled) -> bool:
    whole = 1
    for number in one.numbers():
        whole = lcm(whole, number.denominator)
        if whole > ROOM:
            return False
    return one.most() * whole < ROOM


def _not_decimal(number: Fraction) -> int:
    """The part of a denominator that no power of ten holds."""
    left = number.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    return left


def text(number: Fraction) -> str:
    """A number for readers: as a decimal where it is one, otherwise as a fraction.

    Examples
    --------
    >>> text(Fraction(1, 4)), text(Fraction(1, 3))
    ('0.25', '1/3')
    """
    return shortest(number) if _not_decimal(number) == 1 else str(number)
