"""Fuzzy stability: by the definition, in the crisp case the classical concepts, in whole cases by counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, cast

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
from accordant.stability.families.fuzzy import Thresholds, find
from accordant.stability.further import Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.relational import KINDS
from tests.stability.pairwise import relational_twin as twin
from tests.stability.pairwise.opinions import Opinions, Parties, opinionated, relabelled, turned
from tests.stability.pairwise.test_degrees import shares
from tests.stability.test_analysis import cases
from tests.stability.test_explain import legal

NAMES = tuple(f"fuzzy-{kind}" for kind in KINDS)

thresholds = st.fractions(min_value=Fraction(1, 12), max_value=1, max_denominator=12)


def judged(model: GraphModel, opinions: Opinions, kind: str, bounds: dict[str, Fraction]) -> np.ndarray:
    view = cast(View, Parties(model.parties))
    goals = Thresholds(bounds).goals(view, opinions.degrees(model.n), unknown_counts=False)
    return relational.judge(model, kind, goals, goals).must


@st.composite
def bounded(draw: st.DrawFn) -> tuple[GraphModel, Opinions, dict[str, Fraction]]:
    model, opinions = draw(opinionated())
    return model, opinions, {p: draw(thresholds) for p in ("", *model.parties[:2])}


@settings(max_examples=80)
@given(bounded(), st.sampled_from(KINDS))
def test_verdicts_are_those_of_the_definition(
    case: tuple[GraphModel, Opinions, dict[str, Fraction]], kind: str
) -> None:
    model, opinions, bounds = case
    each = [bounds.get(p, bounds[""]) for p in model.parties]
    expected = twin.fuzzy(model, kind, opinions.preferred, each)
    assert judged(model, opinions, kind, bounds).tolist() == expected


@settings(max_examples=50)
@given(opinionated(crisp=True), thresholds, st.sampled_from(KINDS))
def test_where_nothing_is_unsure_they_are_the_classical_concepts(
    case: tuple[GraphModel, Opinions], threshold: Fraction, kind: str
) -> None:
    model, opinions = case
    orders = np.array([weighted[0][1] for weighted in opinions.orders])
    expected = engine.judge(model, orders, [kind])[kind]
    assert (judged(model, opinions, kind, {"": threshold}) == expected).all()


@settings(max_examples=40)
@given(bounded())
def test_what_is_stable_under_one_is_stable_under_the_weaker(
    case: tuple[GraphModel, Opinions, dict[str, Fraction]],
) -> None:
    nash, gmr, smr, seq = (judged(*case[:2], kind, case[2]) for kind in KINDS)
    assert not (nash & ~smr).any()
    assert not (smr & ~gmr).any()
    assert not (nash & ~seq).any()
    assert not (seq & ~gmr).any()


@settings(max_examples=40)
@given(bounded(), thresholds, thresholds, st.sampled_from(KINDS), st.data())
def test_whoever_asks_for_more_leaves_for_less_and_is_believed_less(
    case: tuple[GraphModel, Opinions, dict[str, Fraction]],
    one: Fraction,
    two: Fraction,
    kind: str,
    data: st.DataObject,
) -> None:
    model, opinions, bounds = case
    i = data.draw(st.integers(0, len(model.parties) - 1))
    less, more = (judged(model, opinions, kind, {**bounds, model.parties[i]: t}) for t in sorted((one, two)))
    assert not (less[i] & ~more[i]).any()
    others = np.arange(len(model.parties)) != i
    assert not (more[others] & ~less[others]).any()
    if kind != "seq":
        assert (more[others] == less[others]).all()


@settings(max_examples=40)
@given(opinionated(), thresholds, st.sampled_from(KINDS), st.data())
def test_relabelling_states_and_parties_changes_nothing(
    case: tuple[GraphModel, Opinions], threshold: Fraction, kind: str, data: st.DataObject
) -> None:
    model, opinions = case
    other, states, parties = data.draw(relabelled(model))
    found = judged(other, turned(opinions, states, parties), kind, {"": threshold})
    assert (found[np.ix_(parties, states)] == judged(model, opinions, kind, {"": threshold})).all()


@settings(max_examples=20)
@given(cases(), thresholds, st.sampled_from(KINDS))
def test_a_case_is_judged_by_the_shares_of_its_settings(case: Case, threshold: Fraction, kind: str) -> None:
    compiler = Compiler(case)
    p, model = shares(compiler), compiler.view().model
    options = Options(thresholds=(("", threshold),))
    result = analyse(compiler, [f"fuzzy-{kind}"], options=options)
    expected = twin.fuzzy(model, kind, lambda i, q, s: p[i, q, s], [threshold] * len(model.parties))
    for party, stable in zip(result.parties, expected, strict=True):
        found = result.concepts[f"fuzzy-{kind}"]
        assert [s in found.stable[party] for s in result.states] == stable
        assert found.possible == found.stable
    assert result.concepts[f"fuzzy-{kind}"].counts is None


@settings(max_examples=20)
@given(cases(), thresholds, st.sampled_from(NAMES))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(
    case: Case, threshold: Fraction, name: str
) -> None:
    compiler = Compiler(case)
    result = analyse(compiler, [name], options=Options(thresholds=(("", threshold),)))
    model = compiler.view().model
    for i, party in enumerate(result.parties):
        for state in result.states:
            why = result.explain(state, party, name)
            assert why.stable == (state in result.concepts[name].stable[party])
            assert why.sentence.endswith(".")
            for move, sanction in why.sanctions:
                assert move.start == state
                assert legal(model, i, sanction, move.end)


def orders_of(n: int) -> list[list[int]]:
    from accordant.stability.weak_orders import weak_orders

    return weak_orders(n).tolist()


@pytest.mark.parametrize("name", NAMES)
def test_with_an_unknown_order_the_answer_bounds_those_of_every_order(name: str) -> None:
    silent: dict[str, Any] = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "states": ["s1", "s2", "s3"],
        "moves": {"a": {"s1": ["s2"], "s3": ["s1"]}, "b": {"s2": ["s3"], "s3": ["s2"], "s1": ["s3"]}},
        "preferences": {"a": {"ranking": ["s2", "s1", "s3"]}},
    }
    bounds = analyse(Compiler(Case.model_validate(silent)), [name]).concepts[name]
    seen: dict[tuple[str, str], set[bool]] = {}
    for ranks in orders_of(3):
        levels = sorted(set(ranks), reverse=True)
        ranking = [[f"s{k + 1}" for k in range(3) if ranks[k] == level] for level in levels]
        told = {**silent, "preferences": {**silent["preferences"], "b": {"ranking": ranking}}}
        found = analyse(Compiler(Case.model_validate(told)), [name]).concepts[name]
        for party in ("a", "b"):
            for state in ("s1", "s2", "s3"):
                seen.setdefault((party, state), set()).add(state in found.stable[party])
    for (party, state), verdicts in seen.items():
        assert (state in bounds.stable[party]) <= all(verdicts)
        assert (state in bounds.possible[party]) >= any(verdicts)


def test_thresholds_are_said_in_the_result() -> None:
    further = find("fuzzy-nash", Options(thresholds=(("", Fraction(3, 10)), ("a", Fraction(1, 3)))))
    assert further is not None
    assert further.parameters[0] == ("thresholds of fuzzy concepts", "1/3 for a, 0.3 for all others")
    assert "as written" in further.parameters[1][1]


def test_a_threshold_must_ask_for_something_and_belong_to_someone() -> None:
    with pytest.raises(InputError, match="the threshold of a is 0, but has to be above 0"):
        find("fuzzy-gmr", Options(thresholds=(("a", Fraction(0)),)))
    case = Case.model_validate({"title": "t", "parties": {"north": {}}, "issues": {"x": {"by": "north"}}})
    with pytest.raises(InputError, match="there is no party 'nrth'; did you mean 'north'"):
        analyse(Compiler(case), ["fuzzy-gmr"], options=Options(thresholds=(("nrth", Fraction(1, 2)),)))


@pytest.mark.parametrize("name", NAMES)
def test_every_concept_explains_itself(name: str) -> None:
    further = find(name, Options())
    assert further is not None
    assert further.name == name
    assert further.explanation.format(party="North").startswith("North stays because")
    assert not further.read


def test_an_explanation_names_every_line_that_decides_in_some_setting() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}},
            "issues": {"x": {"by": "a"}},
            "preferences": {"a": {"priorities": [{"want": "not x", "unsure": True}, "x"]}},
        }
    )
    result = analyse(Compiler(case), ["fuzzy-nash"], options=Options(thresholds=(("", Fraction(1, 2)),)))
    why = result.explain("s1", "a", "fuzzy-nash")
    assert why.stable
    assert set(why.elements) == {"a.priorities.1", "a.priorities.2"}


@pytest.mark.parametrize("name", NAMES)
def test_its_page_names_it_and_says_what_was_not_read(name: str) -> None:
    further = find(name, Options())
    assert further is not None
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "fuzzy.md").read_text("utf-8")
    assert f"`{name}`" in page
    assert further.title in page.replace("\n", " ")
    assert "not read" in page
