"""Worths that are ranges: how much of each number that is not known exactly is in each state's worth.

A party's worths then are sums of one whole number for each state, as ever, and of the *variables*: the
numbers of which only the ends are known. One variable may be in the worths of many states, and moves
them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[Any]
"""Whole numbers of any size."""


@dataclass(frozen=True, eq=False)
class Spread:
    """The variables of one party's worths.

    Attributes
    ----------
    names
        Where each variable stands, such as ``worth.truce.lasting``.
    low, high
        Its ends, in whole numbers: what is written, multiplied by ``unit``.
    unit
        What the ends are multiplied by.
    rows
        Shape (states, variables): how much of each is in a state's worth, on the score's scale.
    terms
        The same for each term that may not count, by element.
    """

    names: tuple[str, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    unit: int
    rows: Whole
    terms: tuple[tuple[str, Whole], ...] = ()

    @property
    def size(self) -> int:
        """Number of variables."""
        return len(self.names)

    def in_(self, off: frozenset[str]) -> Whole:
        """How much of each variable is in each state's worth, without the terms in ``off``."""
        found = self.rows
        for element, rows in self.terms:
            if element not in off:
                found = found + rows
        return found

    def at(self, columns: NDArray[np.intp]) -> Spread:
        """On some states only."""
        terms = tuple((e, rows[columns]) for e, rows in self.terms)
        return replace(self, rows=self.rows[columns], terms=terms)

    def more(self, count: int) -> Spread:
        """With further columns that no variable is in."""

        def longer(rows: Whole) -> Whole:
            return np.concatenate([rows, np.zeros((count, self.size), dtype=rows.dtype)])

        return replace(self, rows=longer(self.rows), terms=tuple((e, longer(r)) for e, r in self.terms))

    def times(self, factor: int) -> Spread:
        """On a scale that is so many times as fine."""
        terms = tuple((e, rows * factor) for e, rows in self.terms)
        return replace(self, rows=self.rows * factor, terms=terms)

    def least(self, rows: Whole) -> Whole:
        """The least that the variables add, for rows of how much of each there is."""
        return self._end(rows, self.low, self.high)

    def most(self, rows: Whole) -> Whole:
        """The most that the variables add, for rows of how much of each there is."""
        return self._end(rows, self.high, self.low)

    def _end(self, rows: Whole, where_more: Sequence[int], where_less: Sequence[int]) -> Whole:
        more, less = (np.array(end, dtype=rows.dtype) for end in (where_more, where_less))
        return np.asarray(np.where(rows > 0, rows * more, rows * less).sum(axis=1))
