"""Relational stability: by the definition, and the two published facts that fix its reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.stability.analysis import analyse
from accordant.stability.families import attitudes as attitudes_module
from accordant.stability.families.attitudes import KINDS, find
from accordant.stability.further import Options
from accordant.stability.pairwise.wishes import Wishes
from accordant.stability.telling import OPEN
from accordant.stability.weak_orders import weak_orders
from tests.stability import twin as classical
from tests.stability.models import graph, graphs, judged, option_models
from tests.stability.pairwise import relational_twin as twin
from tests.stability.pairwise.opinions import relabelled
from tests.stability.pairwise.test_incomparable import resolutions, wishes_of, with_pairs
from tests.stability.test_explain import ToyView, legal

NAMES = tuple(KINDS)
WORDS = {"+": "positive", "0": "neutral", "-": "negative"}

Signs = dict[tuple[int, int], str]


class Regarding(ToyView):
    """A view of a model whose parties have attitudes."""

    def __init__(self, model: GraphModel, orders: Orders, signs: Signs) -> None:
        super().__init__(model, orders)
        table: dict[str, dict[str, str]] = {}
        for (i, j), sign in signs.items():
            table.setdefault(model.parties[i], {})[model.parties[j]] = WORDS[sign]
        self.case.attitudes = table  # type: ignore[attr-defined]

    def base_ranks(self, party: str) -> np.ndarray:
        return self.orders[self.parties.index(party)]

    def incomparable(self, _party: str) -> np.ndarray:
        return np.zeros((0, 2), dtype=np.int64)


def found(model: GraphModel, orders: Orders, name: str, signs: Signs) -> np.ndarray:
    further = find(name, Options())
    assert further is not None
    judgement = further.judge(Regarding(model, orders, signs))  # type: ignore[arg-type]
    assert judgement.exact
    assert (judgement.must == judgement.may).all()
    return judgement.must


@st.composite
def attitudes(draw: st.DrawFn, parties: int) -> Signs:
    return {(i, j): draw(st.sampled_from("+0-")) for i in range(parties) for j in range(parties)}


@st.composite
def regarded(draw: st.DrawFn) -> tuple[GraphModel, Orders, Signs]:
    model, orders = draw(judged(st.one_of(graphs(most_states=6), option_models(most_states=12))))
    return model, orders, draw(attitudes(len(model.parties)))


@st.composite
def strict(draw: st.DrawFn) -> tuple[GraphModel, Orders]:
    """A model in which nobody is indifferent between any two states."""
    model = draw(st.one_of(graphs(most_states=6), option_models(most_states=12)))
    orders = [draw(st.permutations(range(model.n))) for _ in model.parties]
    return model, np.array(orders, dtype=np.int64).reshape(len(orders), model.n)


@settings(max_examples=150)
@given(regarded(), st.sampled_from(NAMES))
def test_verdicts_are_those_of_the_definition(case: tuple[GraphModel, Orders, Signs], name: str) -> None:
    model, orders, signs = case
    expected = twin.relational(model, KINDS[name], orders.tolist(), signs)
    assert found(model, orders, name, signs).tolist() == expected


@settings(max_examples=150)
@given(strict(), st.sampled_from(NAMES))
def test_with_discrete_attitudes_and_no_ties_they_are_the_classical_concepts(
    case: tuple[GraphModel, Orders], name: str
) -> None:
    model, orders = case
    n = len(model.parties)
    discrete = {(i, j): "+" if i == j else "0" for i in range(n) for j in range(n)}
    expected = classical.judge(model, orders.tolist(), [KINDS[name]])[KINDS[name]]
    assert found(model, orders, name, discrete).tolist() == expected
    assert found(model, orders, name, {}).tolist() == expected


@settings(max_examples=100)
@given(judged(st.one_of(graphs(), option_models())))
def test_with_totally_neutral_attitudes_the_four_are_two(case: tuple[GraphModel, Orders]) -> None:
    model, orders = case
    neutral = dict.fromkeys(product(range(len(model.parties)), repeat=2), "0")
    nash, gmr, smr, seq = (found(model, orders, name, neutral) for name in NAMES)
    assert (nash == smr).all()
    assert (gmr == seq).all()


def test_with_totally_neutral_attitudes_being_brought_back_is_what_sets_the_two_apart() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    neutral = dict.fromkeys(product(range(2), repeat=2), "0")
    nash, gmr, smr, seq = (found(model, np.zeros((2, 2), int), name, neutral) for name in NAMES)
    assert nash.tolist() == smr.tolist() == [[False, True], [True, False]]
    assert gmr.tolist() == seq.tolist() == [[True, True], [True, True]]


@settings(max_examples=60)
@given(regarded())
def test_what_is_stable_under_one_is_stable_under_the_weaker(
    case: tuple[GraphModel, Orders, Signs],
) -> None:
    model, orders, signs = case
    nash, gmr, smr, seq = (found(model, orders, name, signs) for name in NAMES)
    assert not (nash & ~smr).any()
    assert not (smr & ~gmr).any()
    assert not (nash & ~seq).any()
    assert not (seq & ~gmr).any()


@settings(max_examples=60)
@given(regarded(), st.sampled_from(NAMES), st.data())
def test_relabelling_states_and_parties_changes_nothing(
    case: tuple[GraphModel, Orders, Signs], name: str, data: st.DataObject
) -> None:
    model, orders, signs = case
    other, states, parties = data.draw(relabelled(model))
    turned = np.empty_like(orders)
    turned[np.ix_(parties, states)] = orders
    renamed = {(parties[i], parties[j]): sign for (i, j), sign in signs.items()}
    there = found(other, turned, name, renamed)
    assert (there[np.ix_(parties, states)] == found(model, orders, name, signs)).all()


@settings(max_examples=60)
@given(regarded(), st.sampled_from(NAMES), st.data())
def test_ill_will_is_good_will_towards_the_order_turned_round(
    case: tuple[GraphModel, Orders, Signs], name: str, data: st.DataObject
) -> None:
    model, orders, signs = case
    j = data.draw(st.integers(0, len(model.parties) - 1))
    swapped = {"+": "-", "-": "+", "0": "0"}
    against = {(i, k): swapped[sign] if k == j else sign for (i, k), sign in signs.items()}
    turned = orders.copy()
    turned[j] *= -1
    assert (found(model, orders, name, signs) == found(model, turned, name, against)).all()


@settings(max_examples=60)
@given(regarded(), st.sampled_from(NAMES))
def test_explanations_agree_with_the_verdicts_and_can_be_followed(
    case: tuple[GraphModel, Orders, Signs], name: str
) -> None:
    model, orders, signs = case
    view: Any = Regarding(model, orders, signs)
    further = find(name, Options())
    assert further is not None
    stable = found(model, orders, name, signs)
    for i in range(len(model.parties)):
        for s in range(model.n):
            why = further.explain(view, s, i)
            assert why.stable == stable[i, s]
            assert why.concept == name
            for move, sanction in why.sanctions:
                assert legal(model, i, sanction, move.end)


class Unsure(Regarding):
    """A view of parties with attitudes, of whom not everything is known."""

    def __init__(self, model: GraphModel, of: list[Wishes], signs: Signs) -> None:
        zeros = np.zeros(model.n, dtype=np.int64)
        super().__init__(model, np.array([zeros if w.ranks is None else w.ranks for w in of]), signs)
        self.of = of

    def base_ranks(self, party: str) -> np.ndarray | None:  # type: ignore[override]
        return self.of[self.parties.index(party)].ranks

    def incomparable(self, party: str) -> np.ndarray:
        return self.of[self.parties.index(party)].pairs


@st.composite
def unsure(draw: st.DrawFn) -> tuple[GraphModel, list[Wishes], Signs]:
    """Some pairs open, or everything of one party."""
    tiny = st.one_of(graphs(most_states=4, most_parties=3), option_models(composing=False, most_states=4))
    model, of = draw(with_pairs(tiny, 3))
    if model.n < 4 and draw(st.booleans()):
        silent = draw(st.integers(0, len(of) - 1))
        of = [wishes_of(w.ranks, model.n) for w in of]
        of[silent] = wishes_of(None, model.n)
    return model, of, draw(attitudes(len(of)))


def completions(of: list[Wishes]) -> Iterator[list[np.ndarray]]:
    """For everybody ``[s, t]``, t is better than s, in every way in which what is open may turn out."""
    silent = [p for p, w in enumerate(of) if w.ranks is None]
    if not silent:
        yield from resolutions(of)
    for ranks in weak_orders(len(of[0].blocks)) if silent else ():
        yield from resolutions([wishes_of(ranks, w.n) if w.ranks is None else w for w in of])


def no_worse(better: list[np.ndarray], j: int, q: int, s: int) -> bool:
    return not better[j][q, s]


@pytest.mark.parametrize("most", [0, 250], ids=["each pair by itself", "tried"])
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(unsure())
def test_the_answer_bounds_those_of_every_completion(
    name: str, most: int, case: tuple[GraphModel, list[Wishes], Signs]
) -> None:
    model, of, signs = case
    further = find(name, Options())
    assert further is not None
    view: Any = Unsure(model, of, signs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attitudes_module, "MOST_WAYS", most)
        judgement = further.judge(view)
        told = [[further.explain(view, s, i) for s in range(model.n)] for i in range(len(of))]
    every = np.array(
        [twin.regarding(model, KINDS[name], partial(no_worse, better), signs) for better in completions(of)]
    )
    assert not (judgement.must & ~every.all(axis=0)).any()
    assert not (every.any(axis=0) & ~judgement.may).any()
    if most or name != "rseq":
        assert (judgement.must == every.all(axis=0)).all()
        assert (judgement.may == every.any(axis=0)).all()
    if judgement.exact:
        assert (judgement.must == every.all(axis=0)).all()
        assert (judgement.may.all(axis=0) == every.all(axis=1).any(axis=0)).all()
    elif name == "rseq" and not most:
        assert [of_ for of_, _ in judgement.notes] == ["rseq"]
    for i, s in np.ndindex(judgement.must.shape):
        assert told[i][s].stable == judgement.must[i, s]
        if name == "rseq":
            open_ = judgement.may[i, s] and not judgement.must[i, s]
            assert told[i][s].sentence.endswith(OPEN) == open_


def test_one_direction_of_an_open_pair_is_always_a_reply() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    of = [wishes_of(np.zeros(2, dtype=np.int64), 2, [(0, 1)]), wishes_of(np.zeros(2, dtype=np.int64), 2)]
    signs = {(0, 0): "+", (0, 1): "0", (1, 0): "-", (1, 1): "+"}
    further = find("rseq", Options())
    assert further is not None
    view: Any = Unsure(model, of, signs)
    found = further.judge(view)
    assert found.must[0, 0]
    assert found.exact
    assert further.explain(view, 0, 0).sentence == (
        "However what is not known turns out, P0 stays. If the states in question tie, for instance: P0 "
        "would leave s1 for s2, which it likes no less; P1, in agreement with its own attitudes, can then "
        "move to s1, where it started, so it stays."
    )


GRAPH: dict[str, Any] = {
    "title": "t",
    "parties": {"a": {}, "b": {}},
    "states": ["s1", "s2", "s3"],
    "moves": {"a": {"s1": ["s2"], "s3": ["s1"]}, "b": {"s2": ["s3"], "s3": ["s2"], "s1": ["s3"]}},
    "attitudes": {"a": {"b": "negative"}, "b": {"a": "positive"}},
    "preferences": {"a": {"ranking": ["s2", "s1", "s3"]}},
}


def ranking(ranks: list[int]) -> list[list[str]]:
    return [[f"s{k + 1}" for k in range(3) if ranks[k] == r] for r in sorted(set(ranks), reverse=True)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("open_pairs", [False, True])
def test_with_an_unknown_order_the_answer_bounds_those_of_every_order(name: str, open_pairs: bool) -> None:
    case = dict(GRAPH)
    if open_pairs:
        unsure = {"ranking": ["s3", "s1", "s2"], "incomparable": [["s1", "s2"]]}
        case["preferences"] = {**GRAPH["preferences"], "b": unsure}
    bounds = analyse(Compiler(Case.model_validate(case)), [name]).concepts[name]
    for ranks in weak_orders(3).tolist():
        if open_pairs and ranks[2] <= max(ranks[:2]):
            continue  # all but the open pair stays as it was
        told = {**case, "preferences": {**GRAPH["preferences"], "b": {"ranking": ranking(ranks)}}}
        one = analyse(Compiler(Case.model_validate(told)), [name]).concepts[name]
        for party in ("a", "b"):
            assert set(bounds.stable[party]) <= set(one.stable[party]) <= set(bounds.possible[party])


def test_attitudes_of_a_case_change_who_stays() -> None:
    game: dict[str, Any] = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "preferences": {
            "a": {"ranking": ["s4", "s3", "s2", "s1"]},
            "b": {"ranking": ["s1", "s2", "s3", "s4"]},
        },
    }
    plain = analyse(Compiler(Case.model_validate(game)), ["rnash", "nash"])
    assert plain.concepts["rnash"].stable == plain.concepts["nash"].stable
    kind = {**game, "attitudes": {"a": {"b": "positive"}}}
    result = analyse(Compiler(Case.model_validate(kind)), ["rnash"])
    # a would go from s1 to s3, but b likes that less
    assert "s1" in result.concepts["rnash"].stable["a"]
    assert "s1" not in plain.concepts["rnash"].stable["a"]
    assert "agrees with its attitudes" in result.explain("s1", "a", "rnash").sentence


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
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "attitudes.md").read_text("utf-8")
    assert f"`{name}`" in page
    assert further.title in page.replace("\n", " ")
    assert "not read" in page
