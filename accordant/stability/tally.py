"""Verdicts over admissible settings, added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from accordant.stability.further import Judgement

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Tally:
    """Verdicts over settings: shape (parties, n) and (n,), and settings counted by weight.

    ``exact`` is False where something that may be was not shown to be so; ``open`` is True where
    even one setting leaves a verdict open, so that settings cannot be counted.
    """

    always: Bools
    sometimes: Bools
    holds: Bools
    may_hold: Bools
    count: NDArray[np.object_] | NDArray[np.int64]
    total: int
    exact: bool
    open: bool = False

    def joined(self, other: Tally) -> Tally:
        """Over the settings of both."""
        wide = self.total + other.total >= 2**62  # then Python integers
        mine, others = (t.count.astype(object) if wide else t.count for t in (self, other))
        return Tally(
            self.always & other.always,
            self.sometimes | other.sometimes,
            self.holds & other.holds,
            self.may_hold | other.may_hold,
            np.asarray(mine + others),
            self.total + other.total,
            self.exact and other.exact,
            self.open or other.open,
        )

    def states(self, chosen: NDArray[np.int64] | None) -> Tally:
        """Of some states only, of all for None."""
        if chosen is None:
            return self
        return replace(
            self,
            always=self.always[:, chosen],
            sometimes=self.sometimes[:, chosen],
            holds=self.holds[chosen],
            may_hold=self.may_hold[chosen],
            count=self.count[chosen],
        )


def weighed(verdicts: Bools, weight: Sequence[int]) -> NDArray[np.object_] | NDArray[np.int64]:
    """Number of settings in which each column is true; Python integers where there are that many.

    Examples
    --------
    >>> weighed(np.array([[True, False], [True, True]]), [2, 3]).tolist()
    [5, 3]
    """
    kind = np.int64 if sum(weight) < 2**62 else object
    return np.asarray(np.array(weight, dtype=kind) @ verdicts.astype(kind))


def settled(stable: Bools, weight: int) -> Tally:
    """Verdicts that are the same in so many settings, shape (parties, n).

    Examples
    --------
    >>> settled(np.array([[True, False], [True, True]]), 3).count.tolist()
    [3, 0]
    """
    holds = np.asarray(stable.all(axis=0))
    return Tally(stable, stable, holds, holds, weighed(holds[None], [weight]), weight, exact=True)


def judged(found: Judgement, weight: int) -> Tally:
    """The verdicts of one view, for so many settings.

    Examples
    --------
    >>> from accordant.stability.further import Judgement
    >>> judged(Judgement(np.array([[True, False]]), np.array([[True, True]])), 3).count.tolist()
    [3, 0]
    """
    must, may = np.asarray(found.must.all(axis=0)), np.asarray(found.may.all(axis=0))
    count = weighed(must[None], [weight])
    same = bool((found.must == found.may).all())
    return Tally(found.must, found.may, must, may, count, weight, found.exact, open=not same)
