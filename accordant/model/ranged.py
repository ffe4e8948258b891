"""Worths with ranges, from what a case writes to whole numbers for each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Preference
from accordant.case.worths import Between, Linear, Point, ends_of, is_range
from accordant.model.preferences import ROOM, Bools, Score
from accordant.model.spread import Spread

Sum: TypeAlias = tuple[Fraction, tuple[Fraction, ...]]
"""What something is worth: a constant, and how much of each range is in it."""


def ranges_of(preference: Preference) -> dict[str, tuple[Decimal, Decimal]]:
    """The ends of every worth that is a range, by where it stands.

    Examples
    --------
    >>> ranges_of(Preference(worth={"x": {"no": Decimal(0), "yes": (Decimal(1), Decimal("2.5"))}}))
    {'worth.x.yes': (Decimal('1'), Decimal('2.5'))}
    """
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for key, worth in (preference.worth or {}).items():
        if isinstance(worth, Linear):
            found |= {f"worth.{key}.linear.{k}": ends_of(y) for k, (_, y) in enumerate(worth.linear, 1)}
        elif isinstance(worth, Mapping):
            found |= {f"worth.{key}.{value}": ends_of(y) for value, y in worth.items()}
        else:
            found[f"worth.{key}"] = ends_of(worth)
    found |= {f"table.{k}": ends_of(y) for k, (_, y) in enumerate(preference.table or (), 1)}
    found |= {f"also.{k}": ends_of(term.worth) for k, term in enumerate(preference.also, 1)}
    return {name: ends for name, ends in found.items() if is_range(ends)}


def held_ends(preference: Preference) -> tuple[Decimal, ...]:
    """The ends between which no deal is worth something, where they are numbers."""
    given = preference.reservation
    if given is None or given.low is None or given.high is None:
        return ()
    return (given.low, given.high)


class Variables:
    """The ranges of a preference, as parts of sums."""

    def __init__(self, preference: Preference) -> None:
        self.ends = ranges_of(preference)

    @property
    def unit(self) -> int:
        """What makes every end whole."""
        return lcm(1, *(Fraction(end).denominator for pair in self.ends.values() for end in pair))

    def sum_of(self, name: str, number: Between) -> Sum:
        """What stands in one place: a constant, or one of the ranges."""
        constant = Fraction(0) if name in self.ends else Fraction(ends_of(number)[0])
        return constant, tuple(Fraction(int(name == other)) for other in self.ends)

    def along(self, name: str, line: Linear, values: Sequence[str]) -> dict[str, Sum]:
        """What each value of an issue is worth on a line; errors as for :meth:`Linear.along`."""
        places = [f"{name}.linear.{k}" for k in range(1, 1 + len(line.linear))]

        def drawn(worths: Sequence[Decimal]) -> dict[str, Fraction]:
            points: tuple[Point, ...] = tuple((x, y) for (x, _), y in zip(line.linear, worths, strict=True))
            return Linear(linear=points).along(values)

        written = zip(places, line.linear, strict=True)
        constant = drawn([Decimal(0) if p in self.ends else ends_of(y)[0] for p, (_, y) in written])
        parts = [drawn([Decimal(int(p == other)) for p in places]) for other in self.ends]
        return {value: (constant[value], tuple(part[value] for part in parts)) for value in values}


class RangedWorths:
    """What is written under ``worth``, ``table`` and ``also``, as sums of constants and ranges.

    Attributes
    ----------
    at
        The issue or state that was looked at last.
    """

    def __init__(self, preference: Preference, values: Mapping[str, Sequence[str]]) -> None:
        self.preference, self.values = preference, values
        self.variables = Variables(preference)
        self.at = ""

    def parts(self) -> Iterator[tuple[str, dict[str, Sum]]]:
        """For each issue what its values are worth; for each state; for a table, under no name, its entries.

        Raises
        ------
        ValueError
            If the points of a line do not fit the values of its issue.
        """
        found = self.variables
        for key, worth in (self.preference.worth or {}).items():
            self.at = key
            if isinstance(worth, Linear):
                yield key, found.along(f"worth.{key}", worth, self.values[key])
            elif isinstance(worth, Mapping):
                yield key, {value: found.sum_of(f"worth.{key}.{value}", y) for value, y in worth.items()}
            else:
                yield key, {key: found.sum_of(f"worth.{key}", worth)}
        if self.preference.table is not None:
            entries = enumerate(self.preference.table, 1)
            yield "", {str(k): found.sum_of(f"table.{k}", y) for k, (_, y) in entries}

    def term(self, k: int) -> Sum:
        """What the k-th term adds."""
        return self.variables.sum_of(f"also.{k}", self.preference.also[k - 1].worth)


class RangedTotal:
    """What is added up for every state, before it is brought to whole numbers."""

    def __init__(self, n: int, size: int) -> None:
        self.n, self.size = n, size
        self._added: list[tuple[Sequence[Sum], NDArray[np.integer]]] = []

    def put(self, sums: Sequence[Sum], column: NDArray[np.integer]) -> None:
        """Add to each state the sum of the number that it has in a column, nothing for -1."""
        self._added.append((sums, column))

    def put_one(self, added: Sum, state: int) -> None:
        """Add to one state."""
        self.put([added], np.where(np.arange(self.n) == state, 0, -1))

    def score(
        self,
        element: str,
        variables: Variables,
        terms: Sequence[tuple[str, Bools, Sum]],
        more: Sequence[Decimal],
        missing: Bools | None = None,
    ) -> Score:
        """The score of an element.

        Parameters
        ----------
        terms
            What may not count: element, the states in which it holds, and what it adds.
        more
            Numbers besides that the scale must make whole.
        missing
            The states that a table does not name.
        """
        unit = variables.unit
        sums = [x for added, _ in self._added for x in added] + [x for _, _, x in terms]
        bottoms = [constant.denominator for constant, _ in sums]
        bottoms += [part.denominator * unit for _, parts in sums for part in parts]
        factor = lcm(1, *bottoms, *(Fraction(m).denominator for m in more))
        total, rows = self._zeros()
        for added, column in self._added:
            here = column >= 0
            constants, parts = self._whole(added, factor, unit)
            total[here] += constants[column[here]]
            rows[here] += parts[column[here]]
        worths: list[tuple[str, NDArray[Any]]] = []
        spread: list[tuple[str, NDArray[Any]]] = []
        for id_, holds, one in terms:
            constants, parts = self._whole([one], factor, unit)
            worths.append((id_, np.where(holds, constants[0], 0)))
            spread.append((id_, np.where(holds[:, None], parts, 0)))
        if missing is not None and not missing.any():
            missing = None
        ends = [tuple(int(Fraction(pair[k]) * unit) for pair in variables.ends.values()) for k in (0, 1)]
        most = max((abs(end) for side in ends for end in side), default=0)
        arrays = [total, rows, *(a for _, a in (*worths, *spread))]
        kind = object if sum(_largest(a) for a in arrays) * (1 + most) * (1 + self.size) >= ROOM else np.int64
        named, parted = (tuple((e, a.astype(kind)) for e, a in pairs) for pairs in (worths, spread))
        made = Spread(tuple(variables.ends), ends[0], ends[1], unit, rows.astype(kind), parted)
        return Score(element, total.astype(kind), named, scale=factor, missing=missing, spread=made)

    def _zeros(self) -> tuple[NDArray[Any], NDArray[Any]]:
        return np.zeros(self.n, dtype=object), np.zeros((self.n, self.size), dtype=object)

    def _whole(self, sums: Sequence[Sum], factor: int, unit: int) -> tuple[NDArray[Any], NDArray[Any]]:
        constants, parts = np.zeros(len(sums), dtype=object), np.zeros((len(sums), self.size), dtype=object)
        for k, (constant, own) in enumerate(sums):
            constants[k] = int(constant * factor)
            parts[k] = [int(part * factor / unit) for part in own]
        return constants, parts


def _largest(numbers: NDArray[Any]) -> int:
    return max(map(abs, numbers.ravel().tolist()), default=0)
