"""What can be varied: one dimension for everything that is chosen by itself.

A dimension has ``size`` choices, numbered from 0. What each of them is called stands in the rows; for
the summary, choices that are too many to be counted one by one fall into *classes*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import no_deal_to
from accordant.agreement.stands import no_deals
from accordant.case.ranges import shortest
from accordant.model.admitted import Points
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.reliance.variants.arranging import permutations, strict_ranks, weak_ranks
from accordant.reliance.variants.numbering import Indices
from accordant.stability.weak_orders import how_many

Int64s = NDArray[np.int64]

MOST_CLASSES = 24
"""Most classes of one dimension that the summary counts, unless they are the states of the case."""
MOST_STATES = 64


@dataclass(frozen=True)
class Dimension:
    """Something that is varied.

    Attributes
    ----------
    id
        Its name: the header of its column in the rows.
    size
        How many choices there are.
    says
        What is varied, in words.
    """

    id: str
    size: int
    says: str

    def labels(self, chosen: Indices) -> list[str]:
        """What each choice is called."""
        return [self._label(int(k)) for k in chosen]

    def _label(self, choice: int) -> str:
        return str(choice)

    @property
    def classes(self) -> tuple[str, ...]:
        """What choices are counted by in the summary."""
        if self.size <= MOST_CLASSES:
            return tuple(self._label(k) for k in range(self.size))
        ends = [self.size * k // MOST_CLASSES for k in range(MOST_CLASSES + 1)]
        return tuple(f"{self._label(a)} to {self._label(b - 1)}" for a, b in pairwise(ends))

    def class_of(self, chosen: Indices) -> Int64s:
        """The class of each choice."""
        if self.size <= MOST_CLASSES:
            return chosen.astype(np.int64)
        return np.array([(int(k) * MOST_CLASSES + MOST_CLASSES - 1) // self.size for k in chosen]).clip(
            0, MOST_CLASSES - 1
        )


@dataclass(frozen=True)
class Counting(Dimension):
    """Whether an element of the case counts: a line, a rule, who controls an issue."""

    element: str = ""

    def _label(self, choice: int) -> str:
        return ("yes", "no")[choice]


@dataclass(frozen=True)
class Ground(Dimension):
    """Whether a claim, an origin or an assumption stands."""

    ground: str = ""

    def _label(self, choice: int) -> str:
        return ("stands", "out")[choice]


@dataclass(frozen=True)
class Lines(Dimension):
    """In which order some lines of a party stand: those of an ``either`` group, or all of them.

    Attributes
    ----------
    group
        The ``either`` group, empty for all lines of the party.
    names
        What each line is called in an order, as written.
    """

    party: str = ""
    group: str = ""
    names: tuple[str, ...] = ()

    def orders(self, chosen: Indices) -> Int64s:
        """The order of the lines, most important first, shape (choices, lines)."""
        return permutations(chosen, len(self.names))

    def labels(self, chosen: Indices) -> list[str]:
        """Lines from the most to the least important: ``2>1>3``."""
        names = self.names
        return [">".join([names[k] for k in row]) for row in self.orders(chosen).tolist()]

    @property
    def classes(self) -> tuple[str, ...]:
        """Which line stands first; the whole order where there are few."""
        if self.size <= MOST_CLASSES:
            return tuple(self.labels(np.arange(self.size)))
        return tuple(f"{name} first" for name in self.names)

    def class_of(self, chosen: Indices) -> Int64s:
        """The class of each choice."""
        if self.size <= MOST_CLASSES:
            return chosen.astype(np.int64)
        first = factorial(len(self.names) - 1)
        return np.array([int(k) // first for k in chosen], dtype=np.int64)


@dataclass(frozen=True)
class States(Dimension):
    """In which order a party has the states, strict or with ties."""

    party: str = ""
    names: tuple[str, ...] = ()
    form: Literal["strict", "weak"] = "strict"

    def ranks(self, chosen: Indices) -> Int64s:
        """Ranks, larger is better, shape (choices, states)."""
        return (strict_ranks if self.form == "strict" else weak_ranks)(chosen, len(self.names))

    def labels(self, chosen: Indices) -> list[str]:
        """States from best to worst: ``s2>s1=s3``."""
        return [self._said(row) for row in self.ranks(chosen).tolist()]

    def _said(self, ranks: Sequence[int]) -> str:
        levels: dict[int, list[str]] = {}
        for name, rank in zip(self.names, ranks, strict=True):
            levels.setdefault(rank, []).append(name)
        return ">".join("=".join(levels[rank]) for rank in sorted(levels, reverse=True))

    def _label(self, choice: int) -> str:
        return self.labels(_one(choice))[0]

    @property
    def classes(self) -> tuple[str, ...]:
        """Which state is best, by itself or not; the whole order where there are few."""
        if self.size <= MOST_CLASSES:
            return tuple(self.labels(np.arange(self.size)))
        if len(self.names) > MOST_STATES:
            return ("any",)
        tied = ("several best",) if self.form == "weak" else ()
        return (*(f"{name} best" for name in self.names), *tied)

    def class_of(self, chosen: Indices) -> Int64s:
        """The class of each choice."""
        if self.size <= MOST_CLASSES:
            return chosen.astype(np.int64)
        if len(self.names) > MOST_STATES:
            return np.zeros(len(chosen), dtype=np.int64)
        ranks = self.ranks(chosen)
        best = ranks == ranks.max(axis=1, keepdims=True)
        return np.where(best.sum(axis=1) > 1, len(self.names), best.argmax(axis=1)).astype(np.int64)


@dataclass(frozen=True)
class Number(Dimension):
    """What something is worth to a party.

    Attributes
    ----------
    place
        Where the number stands in the party's preference: ``("worth", issue, value)``,
        ``("worth", issue, point)`` on a line, ``("also", k)``, ``("table", k)`` or ``("reservation",)``.
    values
        The numbers that are tried.
    """

    party: str = ""
    place: tuple[str | int, ...] = ()
    values: tuple[Decimal, ...] = ()

    def _label(self, choice: int) -> str:
        return shortest(self.values[choice])

    def labels(self, chosen: Indices) -> list[str]:
        """The numbers."""
        said = self._said
        return [said[k] for k in chosen.tolist()]

    @cached_property
    def _said(self) -> list[str]:
        return [shortest(value) for value in self.values]


@dataclass(frozen=True)
class Ranged(Dimension):
    """Which of the orders that ranges of worths admit a party has.

    Attributes
    ----------
    points
        For each of them a point within the ranges, as a setting has it.
    names
        What each is called: the states from best to worst, with no deal where that has a number.
    """

    party: str = ""
    points: tuple[Points, ...] = ()
    names: tuple[str, ...] = ()

    def _label(self, choice: int) -> str:
        return self.names[choice]


@dataclass(frozen=True)
class Anchor(Dimension):
    """Which state the status quo, or no deal, is."""

    which: Literal["status_quo", "no_deal"] = "no_deal"
    names: tuple[str, ...] = ()

    def _label(self, choice: int) -> str:
        return self.names[choice]

    @property
    def classes(self) -> tuple[str, ...]:
        """The states, where they are not too many."""
        return self.names if self.size <= MOST_STATES else super().classes

    def class_of(self, chosen: Indices) -> Int64s:
        """The class of each choice."""
        return chosen.astype(np.int64) if self.size <= MOST_STATES else super().class_of(chosen)


def called(compiler: Compiler, party: str, lost: frozenset[str], points: Sequence[Points]) -> Iterator[str]:
    """What the orders at some points within a party's ranges are called."""
    view = compiler.view(Setting(lost))
    order, names = view.frame.orders[party], list(view.space.names)
    if len(names) > MOST_STATES:
        yield from (f"order {k}" for k in range(1, len(points) + 1))
        return
    for point in points:
        held = no_deal_to(order.at(dict(point)), lost, no_deals(view), len(names))
        assert held.order is not None
        ranks = held.order.ranks(held.width, lost, {}).tolist()[: len(names) + 1]
        levels: dict[int, list[str]] = {}
        for name, rank in zip([*names, "no deal"], ranks, strict=False):
            levels.setdefault(rank, []).append(name)
        yield ">".join("=".join(levels[rank]) for rank in sorted(levels, reverse=True))


def states_of(party: str, names: tuple[str, ...], form: Literal["strict", "weak"]) -> States:
    """The dimension of every strict or weak order of the states."""
    n = len(names)
    size = factorial(n) if form == "strict" else how_many(n)
    says = f"every {form} order of the {n:,} states for {party}"
    return States(f"orders({party})", size, says, party=party, names=names, form=form)


def _one(choice: int) -> Indices:
    found = np.empty(1, dtype=np.int64 if choice < 1 << 62 else object)
    found[0] = choice
    return found
