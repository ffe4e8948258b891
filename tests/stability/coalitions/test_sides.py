"""Coalitions are judged as their definition says, by whichever way of computing it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.stability.coalitions.sides import Rule, coalition, judge
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.concepts import CONCEPTS, TABLE
from tests.stability.coalitions import coalitions_twin as twin
from tests.stability.models import graphs, judged, option_models

Given = tuple[GraphModel, Orders]
MODELS = st.one_of(
    judged(graphs(6)),
    judged(option_models(most_states=12)),
    judged(option_models(composing=False, most_states=12)),
)


def coalitions(model: GraphModel) -> list[tuple[int, ...]]:
    every = range(len(model.parties))
    return [h for size in range(1, len(every) + 1) for h in combinations(every, size)]


def wishes(model: GraphModel, orders: Orders) -> Wishes:
    return Wishes(orders, np.ones(len(model.parties), dtype=bool))


@given(MODELS, st.sampled_from([1024, 0]))
@settings(max_examples=90)
def test_every_coalition_is_judged_by_the_definition(given: Given, small: int) -> None:
    model, orders = given
    for members in coalitions(model):
        side = coalition(model, members, small=small)
        for concept in CONCEPTS:
            found = judge(side, wishes(model, orders), Rule(TABLE[concept]), small=small)
            expected = [twin.stays(model, orders.tolist(), members, s, concept) for s in range(model.n)]
            assert found.tolist() == expected, (members, concept)


@given(MODELS)
@settings(max_examples=40)
def test_the_pareto_reading_and_outsiders_who_join_forces(given: Given) -> None:
    model, orders = given
    for members in coalitions(model):
        side = coalition(model, members)
        for concept in CONCEPTS:
            for pareto, together in ((True, False), (False, True), (True, True)):
                rule = Rule(TABLE[concept], pareto, together)
                found = judge(side, wishes(model, orders), rule)
                expected = [
                    twin.stays(model, orders.tolist(), members, s, concept, pareto=pareto, together=together)
                    for s in range(model.n)
                ]
                assert found.tolist() == expected, (members, rule)
