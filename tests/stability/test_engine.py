"""The engine agrees with the definitions, and with itself, on every kind of model."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.graph import GraphModel, Orders
from accordant.stability import arc_form, engine, option_form
from accordant.stability.concepts import CONCEPTS
from accordant.stability.ranks import compact
from accordant.stability.readings import plain
from tests.stability import twin
from tests.stability.models import graphs, judged, option_models

Judged = tuple[GraphModel, Orders]
ALL = np.ones(arc_form.KINDS, dtype=bool)
every_model = st.one_of(graphs(), option_models(), option_models(composing=False))


def by_sweeps(model: GraphModel, orders: Orders) -> np.ndarray:
    form = option_form.option_form(model)
    assert form is not None
    return option_form.verdicts(form, compact(orders)[0], plain(model), ALL)


def by_arcs(model: GraphModel, orders: Orders) -> np.ndarray:
    ranks, levels = compact(orders[None], limit=10_000)
    return arc_form.verdicts(arc_form.arc_form(model), ranks, levels, plain(model), ALL)[:, 0]


@settings(max_examples=400)
@given(judged(every_model))
def test_verdicts_are_those_of_the_definitions(case: Judged) -> None:
    model, orders = case
    slow = twin.judge(model, orders.tolist(), CONCEPTS)
    for name, verdict in engine.judge(model, orders).items():
        assert verdict.tolist() == slow[name], name


@settings(max_examples=300)
@given(judged(option_models(most_states=64)))
def test_sweeps_and_arcs_agree(case: Judged) -> None:
    model, orders = case
    assert (by_sweeps(model, orders) == by_arcs(model, orders)).all()


@settings(max_examples=150)
@given(judged(option_models()))
def test_sweeps_agree_with_the_definitions(case: Judged) -> None:
    model, orders = case
    slow = twin.judge(model, orders.tolist(), CONCEPTS)
    assert by_sweeps(model, orders).tolist() == [slow[name] for name in CONCEPTS]
