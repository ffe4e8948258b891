"""How somebody stands to packages against no deal, and what is known of a conclusion so far.

Levels are 0 (refuses), 1 (a tie with no deal) and 2 (strictly better); see
:func:`accordant.reliance.outlooks.levels`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt
from accordant.agreement.no_deal import NoDeal
from accordant.reliance.joining import Tally
from accordant.reliance.outlooks import Levels, Numbers, Ordered, Stances, distinct_rows, levels
from accordant.reliance.ranged import level_bounds


@dataclass(frozen=True, eq=False)
class Facing:
    """A party's possible orders, and what no deal is to it.

    Where its worths are ranges that admit too many orders, ``doubt`` is what is open: of each comparison
    the bounds are known all the same.
    """

    ordered: Ordered
    held: NoDeal
    doubt: Doubt | None = None

    @cached_property
    def kinds(self) -> Numbers:
        """For each no deal a number, equal for those that no order of the party tells apart."""
        low, high = (np.array(end, dtype=np.intp) for end in (self.held.low, self.held.high))
        told: list[NDArray[np.generic]] = [low == high]
        for end in (low, high):
            told += [row[end] for row in self.ordered.ranks]
            told += [line.holds[end] for line in (self.held.order.red if self.held.order else ())]
            told.append(self.ordered.unplaced[end])
            if not self.ordered.whole.all():  # that very state ties with itself: which one it is matters
                told.append(np.where(end < self.held.states, end, -1))
        return distinct_rows(np.stack([np.asarray(row, dtype=np.int64) for row in told], axis=1))[1]

    def stances(self, columns: Numbers, at: Numbers) -> Stances:
        """Levels of some states against some of the no deals, shape (orders, no deals, columns)."""
        low, high = levels(self.ordered, self.held, columns, at)
        if self.doubt is not None and self.ordered.open:
            least, most = level_bounds(self.held, self.doubt, columns, at)
            low, high = np.maximum(low, least), np.minimum(high, most)
        return Stances(low, high, self.ordered.weight, self.ordered.complete)


@dataclass(frozen=True, eq=False)
class Ends:
    """The least and the most of the low and of the high levels: arrays (no deals, columns)."""

    low: tuple[Levels, Levels]
    high: tuple[Levels, Levels]

    @classmethod
    def of(cls, stances: Stances) -> Ends:
        """Over every order of one voice."""
        low, high = stances.low, stances.high
        return cls((low.min(axis=0), low.max(axis=0)), (high.min(axis=0), high.max(axis=0)))

    def silenced(self, veto: Ends) -> Ends:
        """Zero where a constituency does not let it pass."""
        low, high = (
            tuple(own * (its > 0) for own, its in zip(mine, others, strict=True))
            for mine, others in ((self.low, veto.low), (self.high, veto.high))
        )
        return Ends((low[0], low[1]), (high[0], high[1]))


@dataclass
class Seen:
    """What is known so far of one conclusion over all orders, status quos and no deals."""

    always: bool = True
    may: bool = False
    yes: bool = False
    no: bool = False

    def add(self, sure: bool, may: bool, some: bool, fails: bool) -> None:
        """Must be true throughout; may be true; must be true somewhere; cannot be true somewhere."""
        self.always &= sure
        self.may |= may
        self.yes |= some
        self.no |= fails

    def take(self, found: Tally) -> None:
        """What was counted apart."""
        self.add(found.always, found.may, found.yes, found.no)

    def told(self, exact: bool, complete: bool = True) -> Tally:
        """As one setting that stands for all."""
        yes = self.yes or (exact and self.may)
        no = self.no or (exact and not self.always)
        return Tally(int(self.always), 1, self.may, yes, no, complete)

    def open(self, exact: bool) -> bool:
        """Whether it is settled that the conclusion is true in some settings and not in others."""
        told = self.told(exact)
        return told.may and not told.always and told.yes and told.no
