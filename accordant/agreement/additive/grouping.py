"""The approximation where even parts of the frontier have too many points: groups of issues, thinned.

Chains are merged into groups while their frontiers stay small; each group is thinned, and the groups
are merged and thinned again. That is few times, so that each may give up more. Unlike in
:mod:`accordant.agreement.additive.thinning` a part may be moved below what it needs to reach no
deal. So the guarantee is for packages that give every party at least the slack more than no deal:
such a package stays in ``X_d`` when each party gives up at most the slack. Packages nearer to no deal
may be missing, and what is found says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from accordant.agreement.additive.chains import Chain
from accordant.agreement.additive.kernels import NONE, Rows, merge
from accordant.agreement.additive.problem import Codes
from accordant.agreement.additive.thinning import Budget

SMALL = 3_000
"""Points from which on a group takes no further chain."""


@dataclass(frozen=True, eq=False)
class Group:
    """Chains that are merged before anything else; stands for them like one chain.

    Attributes
    ----------
    rows
        The worths that are kept, largest first.
    layers
        As in :class:`accordant.agreement.additive.merging.Merged`.
    """

    chains: tuple[Chain, ...]
    layers: tuple[Rows, ...]
    rows: Rows

    @property
    def issues(self) -> tuple[int, ...]:
        """The issues of its chains."""
        return tuple(k for c in self.chains for k in c.issues)

    def count(self, row: Rows) -> int:
        """How many settlements are worth exactly that, of those that were kept."""
        from accordant.agreement.additive.rebuilding import Rebuilder

        return Rebuilder(self.chains, self.layers, ()).count(row)

    def settlements(self, row: Rows) -> Iterator[Codes]:
        """Each of them, the values in the order of :attr:`issues`."""
        from accordant.agreement.additive.rebuilding import Rebuilder

        return Rebuilder(self.chains, self.layers, ()).settlements(row)


def grouped(chains: Sequence[Chain], budget: Budget) -> list[Group]:
    """Chains in groups, each thinned, so that few merges are left.

    Parameters
    ----------
    budget
        What may be given up: a part of it here, the rest when the groups are merged.
    """
    made: list[tuple[list[Chain], list[Rows]]] = []
    for found in chains:
        if not made or len(made[-1][1][-1]) > SMALL:
            made.append(([], [np.zeros((1, found.rows.shape[1]), dtype=np.int64)]))
        inside, layers = made[-1]
        floor = np.full(found.rows.shape[1], NONE, dtype=np.int64)
        inside.append(found)
        layers.append(merge(layers[-1], found.rows, floor))
    times = 2 * len(made) - 1
    groups = []
    for inside, layers in made:
        groups.append(Group(tuple(inside), tuple(layers), budget.cut(layers[-1], times)))
        times -= 1
    return groups
