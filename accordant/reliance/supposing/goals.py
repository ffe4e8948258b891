"""What is supposed: that a conclusion is so, or not; that a party prefers one thing to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.outlooks import ORDER_KINDS
from accordant.reliance.sweep import relevant

Bools = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Relation = Literal[">", ">=", "="]
_WORDS = {">": "prefers {} to {}", ">=": "likes {} at least as much as {}", "=": "likes {} and {} equally"}


@dataclass(frozen=True, slots=True)
class Says:
    """A conclusion that is supposed to be so, or not to be so.

    Examples
    --------
    >>> Says(Conclusion("agreement", "offer-1"), wanted=False).id
    'not agreement(offer-1)'
    """

    conclusion: Conclusion
    wanted: bool = True

    @property
    def id(self) -> str:
        """As it is written."""
        return self.conclusion.id if self.wanted else f"not {self.conclusion.id}"

    def says(self, case: Case) -> str:
        """What is supposed, as a sentence."""
        said = self.conclusion.says(case)
        return said if self.wanted else f"it is not so that {said}"


@dataclass(frozen=True, eq=False)
class Prefers:
    """That a party prefers some states to others.

    Attributes
    ----------
    better, worse
        As they are written: a state, or an expression.
    pairs
        The states that are compared, in the numbers of the case as written: in each pair of lists every
        state of the first with every state of the second.
    note
        Which states are compared, where that is not plain.
    """

    party: str
    better: str
    relation: Relation
    worse: str
    pairs: tuple[tuple[Numbers, Numbers], ...]
    note: str = ""

    @property
    def id(self) -> str:
        """As it is written."""
        return f"{self.party}: {self.better} {self.relation} {self.worse}"

    def says(self, case: Case) -> str:
        """What is supposed, as a sentence."""
        told = _WORDS[self.relation].format(self.better, self.worse)
        return f"{case.party_name(self.party)} {told}"

    def compare(self, ranks: NDArray[np.int64], known: Bools) -> tuple[Bools, Bools]:
        """Whether it must, and whether it may, be so under some orders.

        Parameters
        ----------
        ranks
            Shape (orders, states), larger is better; of red lines alone where the order is unknown.
        known
            Shape (orders,): whether the order is known.
        """
        above = np.ones(len(ranks), dtype=bool)
        level = above.copy()
        flat = above.copy()
        for better, worse in self.pairs:
            low, high = ranks[:, better].min(axis=1), ranks[:, worse].max(axis=1)
            most, least = ranks[:, better].max(axis=1), ranks[:, worse].min(axis=1)
            above &= low > high
            level &= low >= high
            flat &= (most <= least) & level
        sure = {">": above, ">=": level, "=": flat}[self.relation]
        # what the red lines do not tell apart an unknown order may put either way
        held, open_ = (flat if self.relation == "=" else level), above & (self.relation != "=")
        return np.where(known, sure, open_), np.where(known, sure, held)


Goal: TypeAlias = Says | Prefers


def depends_on(compiler: Compiler, goal: Goal) -> frozenset[str]:
    """Ids of the elements that can make a difference to what is supposed."""
    if isinstance(goal, Says):
        return relevant(compiler, goal.conclusion)
    return frozenset(e.id for e in compiler.elements if e.kind in ORDER_KINDS and e.subject == goal.party)
