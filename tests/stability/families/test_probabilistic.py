"""Probabilistic stability: by the definition, what each number does, and the crisp case."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.analysis import analyse
from accordant.stability.families.fuzzy import find as find_fuzzy
from accordant.stability.families.probabilistic import DEFAULTS, Bounds, find
from accordant.stability.further import Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.relational import KINDS
from tests.stability.pairwise import relational_twin as twin
from tests.stability.pairwise.opinions import Opinions, Parties, numbers, opinionated, relabelled, turned
from tests.stability.pairwise.test_degrees import as_written, shares
from tests.stability.test_analysis import cases
from tests.stability.test_explain import legal

NAMES = tuple(f"p-{kind}" for kind in KINDS)

below_one = st.fractions(min_value=0, max_value=Fraction(11, 12), max_denominator=12)
bounds = st.builds(Bounds, numbers, numbers, below_one)


def judged(model: GraphModel, opinions: Opinions, kind: str, bound: Bounds) -> np.ndarray:
    view = cast(View, Parties(model.parties))
    goals = bound.goals(view, opinions.degrees(model.n), unknown_counts=False)
    return relational.judge(model, kind, goals, goals).must


@settings(max_examples=80)
@given(opinionated(), bounds, st.sampled_from(KINDS))
def test_verdicts_are_those_of_the_definition(
    case: tuple[GraphModel, Opinions], bound: Bounds, kind: str
) -> None:
    model, opinions = case
    expected = twin.probabilistic(model, kind, opinions.preferred, bound.alpha, bound.beta, bound.gamma)
    assert judged(model, opinions, kind, bound).tolist() == expected


@settings(max_examples=50)
@given(
    opinionated(crisp=True),
    st.builds(Bounds, numbers.filter(bool), numbers.filter(bool), below_one),
    st.sampled_from(KINDS),
)
def test_where_nothing_is_unsure_they_are_the_classical_concepts(
    case: tuple[GraphModel, Opinions], bound: Bounds, kind: str
) -> None:
    model, opinions = case
    orders = np.array([weighted[0][1] for weighted in opinions.orders])
    assert (judged(model, opinions, kind, bound) == engine.judge(model, orders, [kind])[kind]).all()


@settings(max_examples=40)
@given(opinionated(), bounds)
def test_what_is_stable_under_one_is_stable_under_the_weaker(
    case: tuple[GraphModel, Opinions], bound: Bounds
) -> None:
    nash, gmr, smr, seq = (judged(*case, kind, bound) for kind in KINDS)
    assert not (nash & ~smr).any()
    assert not (smr & ~gmr).any()
    assert not (nash & ~seq).any()
    assert not (seq & ~gmr).any()


@settings(max_examples=40)
@given(
    opinionated(),
    bounds,
    st.sampled_from(["alpha", "beta", "gamma"]),
    below_one,
    below_one,
    st.sampled_from(KINDS),
)
def test_whatever_is_asked_for_more_surely_leaves_fewer_states(
    case: tuple[GraphModel, Opinions], bound: Bounds, letter: str, one: Fraction, two: Fraction, kind: str
) -> None:
    many, few = (judged(*case, kind, replace(bound, **{letter: v})) for v in sorted((one, two)))
    assert not (few & ~many).any()


@settings(max_examples=40)
@given(opinionated(), bounds, st.sampled_from(KINDS), st.data())
def test_relabelling_states_and_parties_changes_nothing(
    case: tuple[GraphModel, Opinions], bound: Bounds, kind: str, data: st.DataObject
) -> None:
    model, opinions = case
    other, states, parties = data.draw(relabelled(model))
    found = judged(other, turned(opinions, states, parties), kind, bound)
    assert (found[np.ix_(parties, states)] == judged(model, opinions, kind, bound)).all()


@settings(max_examples=20)
@given(cases(), bounds, st.sampled_from(KINDS))
def test_a_case_is_judged_by_the_shares_of_its_settings(case: Case, bound: Bounds, kind: str) -> None:
    compiler = Compiler(case)
    p, model = shares(compiler), compiler.view().model
    options = Options(thresholds=tuple((letter, getattr(bound, letter)) for letter in DEFAULTS))
    result = analyse(compiler, [f"p-{kind}"], options=options)
    expected = twin.probabilistic(
        model, kind, lambda i, q, s: p[i, q, s], bound.alpha, bound.beta, bound.gamma
    )
    found = result.concepts[f"p-{kind}"]
    for party, stable in zip(result.parties, expected, strict=True):
        assert [s in found.stable[party] for s in result.states] == stable


@settings(max_examples=20)
@given(cases())
def test_with_alpha_one_a_party_stays_where_it_stays_in_every_setting(case: Case) -> None:
    compiler = Compiler(case)
    found = analyse(compiler, ["p-nash"]).concepts["p-nash"]
    stable = np.ones((len(compiler.parties), compiler.space().n), dtype=bool)
    for setting in as_written(compiler):
        view = compiler.view(setting)
        stable &= engine.judge(view.model, view.orders, ["nash"])["nash"]
    names = np.array(compiler.space().names)
    for party, row in zip(compiler.parties, stable, strict=True):
        assert list(found.stable[party]) == list(names[row])


@settings(max_examples=20)
@given(cases())
def test_certain_improvements_are_the_same_read_as_degrees_or_as_chances(case: Case) -> None:
    # a move counts when it is better in every setting: threshold 1, or alpha as small as can be
    compiler = Compiler(case)
    little = Fraction(1, 10**6)
    fuzzy = analyse(compiler, ["fuzzy-nash"]).concepts["fuzzy-nash"]
    chances = analyse(compiler, ["p-nash"], options=Options(thresholds=(("alpha", little),)))
    assert chances.concepts["p-nash"].stable == fuzzy.stable


@settings(max_examples=20)
@given(cases(), bounds, st.sampled_from(KINDS))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(
    case: Case, bound: Bounds, kind: str
) -> None:
    compiler, name = Compiler(case), f"p-{kind}"
    options = Options(thresholds=tuple((letter, getattr(bound, letter)) for letter in DEFAULTS))
    result = analyse(compiler, [name], options=options)
    model = compiler.view().model
    for i, party in enumerate(result.parties):
        for state in result.states:
            why = result.explain(state, party, name)
            assert why.stable == (state in result.concepts[name].stable[party])
            for move, sanction in why.sanctions:
                assert move.start == state
                assert legal(model, i, sanction, move.end)


def test_thresholds_are_said_in_the_result_as_far_as_they_are_used() -> None:
    gmr = find("p-gmr", Options(thresholds=(("alpha", Fraction(3, 4)),)))
    seq = find("p-seq", Options())
    assert gmr is not None
    assert seq is not None
    assert gmr.parameters[0] == ("thresholds of p-gmr", "alpha 0.75, beta 1")
    assert seq.parameters[0] == ("thresholds of p-seq", "alpha 1, beta 1, gamma 0.5")


def test_thresholds_have_names_and_bounds() -> None:
    with pytest.raises(InputError, match="p-gmr has its thresholds by name: alpha=1, beta=1"):
        find("p-gmr", Options(thresholds=(("", Fraction(1, 2)),)))
    with pytest.raises(InputError, match="gamma is 1, but has to be less"):
        find("p-seq", Options(thresholds=(("gamma", Fraction(1)),)))
    with pytest.raises(InputError, match="beta is 2, but has to be from 0 to 1"):
        find("p-smr", Options(thresholds=(("beta", Fraction(2)),)))


def test_both_families_can_be_asked_at_once() -> None:
    options = Options(thresholds=(("", Fraction(1, 2)), ("alpha", Fraction(3, 4))))
    for found in (find("p-nash", options), find_fuzzy("fuzzy-nash", options)):
        assert found is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_concept_explains_itself(name: str) -> None:
    further = find(name, Options())
    assert further is not None
    assert further.name == name
    assert further.explanation.format(party="North").startswith("North stays because")
    assert not further.read


@pytest.mark.parametrize("name", NAMES)
def test_its_page_names_it_and_says_what_was_not_read(name: str) -> None:
    further = find(name, Options())
    assert further is not None
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "probabilistic.md").read_text("utf-8")
    assert f"`{name}`" in page
    assert further.title in page.replace("\n", " ")
    assert "not read" in page
