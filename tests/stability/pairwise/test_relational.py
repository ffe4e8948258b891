"""What must and what may be stable where something is unknown, against every order that it can be."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability.analysis import analyse
from accordant.stability.families.fuzzy import Thresholds
from accordant.stability.families.probabilistic import Bounds
from accordant.stability.further import Judgement
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.degrees import Degrees
from accordant.stability.pairwise.incomparable import incomparable_bounds
from accordant.stability.pairwise.relational import KINDS
from accordant.stability.weak_orders import weak_orders
from tests.cases.shipped import opened
from tests.stability.models import graphs, orders_for
from tests.stability.pairwise.opinions import Parties

Family = Thresholds | Bounds

families: st.SearchStrategy[Family] = st.one_of(
    st.builds(lambda t: Thresholds({"": t}), st.fractions(Fraction(1, 10), 1, max_denominator=10)),
    st.builds(
        Bounds,
        st.fractions(0, 1, max_denominator=10),
        st.fractions(0, 1, max_denominator=10),
        st.fractions(0, Fraction(9, 10), max_denominator=10),
    ),
)


def crisp(ranks: np.ndarray) -> Degrees:
    n = len(ranks)
    return Degrees((ranks[None] > ranks[:, None]).astype(np.int32), 1, np.zeros((n, n), dtype=bool))


def nothing_known(n: int) -> Degrees:
    return Degrees(np.zeros((n, n), dtype=np.int32), 1, ~np.eye(n, dtype=bool))


def judged(model: GraphModel, kind: str, family: Family, degrees: list[Degrees]) -> Judgement:
    view = cast(View, Parties(model.parties))
    sure = family.goals(view, degrees, unknown_counts=False)
    return relational.judge(model, kind, sure, family.goals(view, degrees, unknown_counts=True))


@st.composite
def with_a_silent_party(draw: st.DrawFn) -> tuple[GraphModel, np.ndarray, int]:
    model = draw(graphs(most_states=4, most_parties=3))
    return model, draw(orders_for(len(model.parties), model.n)), draw(st.integers(0, len(model.parties) - 1))


@settings(max_examples=60)
@given(with_a_silent_party(), families, st.sampled_from(KINDS))
def test_what_must_be_is_so_under_every_order_and_what_may_be_under_some(
    case: tuple[GraphModel, np.ndarray, int], family: Family, kind: str
) -> None:
    model, orders, silent = case
    degrees = [nothing_known(model.n) if i == silent else crisp(row) for i, row in enumerate(orders)]
    bounds = judged(model, kind, family, degrees)
    every, some = np.ones(bounds.must.shape, dtype=bool), np.zeros(bounds.must.shape, dtype=bool)
    for ranks in weak_orders(model.n):
        told = [crisp(ranks) if i == silent else d for i, d in enumerate(degrees)]
        verdict = judged(model, kind, family, told)
        assert verdict.exact
        every &= verdict.must
        some |= verdict.must
    assert not (bounds.must & ~every).any()
    assert not (some & ~bounds.may).any()
    if kind != "seq":
        assert bounds.exact
        assert (bounds.must == every).all()
        assert (bounds.may == some).all()


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_of_unknown_order_are_bounded_as_under_the_classical_concepts(kind: str) -> None:
    compiler = opened("games/new-neighbour").compiler
    classical = incomparable_bounds(compiler.view(), kind)
    found = analyse(compiler, [f"fuzzy-{kind}"]).concepts[f"fuzzy-{kind}"]
    names = np.array(compiler.space().names)
    for i, party in enumerate(compiler.parties):
        assert list(found.stable[party]) == list(names[classical.must[i]])
        assert list(found.possible[party]) == list(names[classical.may[i]])
