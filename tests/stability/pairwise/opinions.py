"""Degrees of preference for tests: several weighted orders per party, some pairs given outright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from accordant.model.graph import GraphModel
from accordant.stability.pairwise.degrees import Degrees
from tests.stability.models import graph, graphs, option_models, orders_for

Weighted = list[tuple[int, list[int]]]
"""Number of settings behind each order of one party."""

numbers = st.fractions(min_value=0, max_value=1, max_denominator=12)


@dataclass
class Opinions:
    """What everybody thinks: weighted orders, and degrees given outright (q, s): degree."""

    orders: list[Weighted]
    given: list[dict[tuple[int, int], Fraction]]

    def preferred(self, i: int, q: int, s: int) -> Fraction:
        """P_i(q, s), by the words of the definition."""
        if (q, s) in self.given[i]:
            return self.given[i][q, s]
        better = sum(w for w, ranks in self.orders[i] if ranks[q] > ranks[s])
        return Fraction(better, sum(w for w, _ in self.orders[i]))

    def degrees(self, n: int) -> list[Degrees]:
        """As the engine has them."""
        found = []
        for weighted, given in zip(self.orders, self.given, strict=True):
            better = np.zeros((n, n), dtype=np.int32)
            for w, ranks in weighted:
                for s in range(n):
                    for q in range(n):
                        better[s, q] += w * (ranks[q] > ranks[s])
            total = sum(w for w, _ in weighted)
            found.append(Degrees(better, total, np.zeros((n, n), dtype=bool), given))
        return found


@st.composite
def opinions(draw: st.DrawFn, parties: int, n: int, *, crisp: bool = False) -> Opinions:
    """One to three orders per party, and now and then a degree."""
    many = 1 if crisp else 3
    orders: list[Weighted] = []
    given: list[dict[tuple[int, int], Fraction]] = []
    for _ in range(parties):
        rows = draw(orders_for(draw(st.integers(1, many)), n))
        orders.append([(draw(st.integers(1, 3)), row.tolist()) for row in rows])
        pairs = {} if crisp or n < 2 else draw(st.dictionaries(_pairs(n), numbers, max_size=2))
        given.append({k: v for (q, s), d in pairs.items() for k, v in (((q, s), d), ((s, q), 1 - d))})
    return Opinions(orders, given)


def _pairs(n: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.sampled_from([(q, s) for q in range(n) for s in range(q + 1, n)])


@st.composite
def opinionated(draw: st.DrawFn, *, crisp: bool = False) -> tuple[GraphModel, Opinions]:
    """A model with what everybody thinks of its states."""
    model = draw(st.one_of(graphs(most_states=6), option_models(most_states=12)))
    return model, draw(opinions(len(model.parties), model.n, crisp=crisp))


@dataclass
class Parties:
    """As much of a view as relations over degrees look at."""

    parties: Sequence[str]


@st.composite
def relabelled(draw: st.DrawFn, model: GraphModel) -> tuple[GraphModel, list[int], list[int]]:
    """The same model with states and parties in another order: new numbers of states and of parties."""
    states = draw(st.permutations(range(model.n)))
    parties = draw(st.permutations(range(len(model.parties))))
    arcs: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for mover in model.movers:
        listed = mover.moves.arcs
        members = tuple(sorted(parties[p] for p in mover.parties))
        arcs[members] = [(states[s], states[int(t)]) for s in range(model.n) for t in listed.from_state(s)]
    return graph(model.n, arcs, len(parties)), list(states), list(parties)


def turned(opinions: Opinions, states: Sequence[int], parties: Sequence[int]) -> Opinions:
    """The same opinions on states and of parties that have new numbers."""
    back = np.argsort(states)
    who = [int(p) for p in np.argsort(parties)]
    return Opinions(
        [[(w, [ranks[s] for s in back]) for w, ranks in opinions.orders[p]] for p in who],
        [{(states[q], states[s]): d for (q, s), d in opinions.given[p].items()} for p in who],
    )
