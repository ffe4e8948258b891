"""Strength of preference: general, strong and weak, by their definition and by their theorems."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Mover
from accordant.stability import engine
from accordant.stability.families.strength import FORMS, find, judge
from accordant.stability.further import Options
from accordant.stability.pairwise import relations
from accordant.stability.pairwise.rules import Rules, everybody, stable
from accordant.stability.pairwise.wishes import Wishes
from tests.stability.models import FREE, Control, graph, graphs, judged, option_models, options
from tests.stability.pairwise import relations_twin
from tests.stability.twin import any_move

Strong = tuple[GraphModel, list[Wishes]]
KINDS = ("gmr", "smr", "seq")
some_models = st.one_of(
    graphs(most_states=6), option_models(most_states=12), option_models(composing=False, most_states=8)
)


def marked(ranks: np.ndarray, gaps: set[int]) -> Wishes:
    """A preference in which the gaps above the levels with the given numbers are marked."""
    _, level = np.unique(ranks, return_inverse=True)
    below = np.array([sum(g < k for g in gaps) for k in range(len(ranks) + 1)])
    return Wishes(len(ranks), ranks, np.zeros((0, 2), dtype=np.int64), below[level.ravel()].astype(np.int64))


def verdicts(model: GraphModel, of: list[Wishes], kind: str, how: str) -> np.ndarray:
    """What is stable where everything is known."""
    found = judge(model, of, kind, how)
    assert (found.must == found.may).all()
    return found.must


@st.composite
def strong(draw: st.DrawFn) -> Strong:
    model, orders = draw(judged(some_models))
    gaps = st.sets(st.integers(0, model.n))
    return model, [marked(u, draw(gaps)) for u in orders]


def ranks_of(of: list[Wishes]) -> np.ndarray:
    return np.array([w.ranks for w in of])


def is_strong(model: GraphModel, of: list[Wishes], i: int, s: int, kind: str) -> bool:
    """The definition: every improvement has a sanction that is far worse."""
    ranks = ranks_of(of).tolist()

    def better(p: int, t: int, s: int) -> bool:
        return bool(ranks[p][t] > ranks[p][s])

    def far_worse(s: int, t: int) -> bool:
        return better(i, s, t) and bool(of[i].blocks[s] != of[i].blocks[t])

    def permitted(mover: Mover, s: int, t: int) -> bool:
        return all(better(p, t, s) for p in mover.parties)

    return relations_twin.is_stable(
        model,
        i,
        s,
        lambda s, q: better(i, q, s),
        far_worse,
        permitted if kind == "seq" else any_move,
        far_worse if kind == "smr" else None,
    )


@settings(max_examples=100)
@given(strong())
def test_strong_verdicts_are_those_of_the_definitions(case: Strong) -> None:
    model, of = case
    for kind in KINDS:
        slow = [[is_strong(model, of, i, s, kind) for s in range(model.n)] for i in range(len(of))]
        assert verdicts(model, of, kind, "strong").tolist() == slow, kind


@settings(max_examples=100)
@given(strong())
def test_general_is_the_classical_concept_and_strong_or_weak(case: Strong) -> None:
    model, of = case
    for kind, classical in engine.judge(model, ranks_of(of), ["nash", *KINDS]).items():
        assert (verdicts(model, of, kind, "general") == classical).all()
        if kind != "nash":
            by_far, barely = (verdicts(model, of, kind, how) for how in ("strong", "weak"))
            assert not (by_far & barely).any()
            assert ((by_far | barely) == classical).all()


@settings(max_examples=100)
@given(strong())
def test_strong_concepts_include_each_other_and_nash(case: Strong) -> None:
    model, of = case
    found = {kind: verdicts(model, of, kind, "strong") for kind in KINDS}
    nash = verdicts(model, of, "nash", "general")
    assert not (nash & ~(found["smr"] & found["seq"])).any()
    assert not ((found["smr"] | found["seq"]) & ~found["gmr"]).any()


@settings(max_examples=60)
@given(judged(some_models))
def test_where_nothing_is_marked_only_what_needs_no_answer_is_strong(
    case: tuple[GraphModel, np.ndarray],
) -> None:
    model, orders = case
    of = [marked(u, set()) for u in orders]
    nash = engine.judge(model, orders, ["nash"])["nash"]
    for kind in KINDS:
        assert (verdicts(model, of, kind, "strong") == nash).all()


@settings(max_examples=60)
@given(judged(some_models), st.data())
def test_the_more_is_marked_the_more_is_strong(
    case: tuple[GraphModel, np.ndarray], data: st.DataObject
) -> None:
    model, orders = case
    gaps = [data.draw(st.sets(st.integers(0, model.n))) for _ in orders]
    few = [marked(u, g) for u, g in zip(orders, gaps, strict=True)]
    more = [
        marked(u, g | data.draw(st.sets(st.integers(0, model.n)))) for u, g in zip(orders, gaps, strict=True)
    ]
    for kind in KINDS:
        assert not (verdicts(model, few, kind, "strong") & ~verdicts(model, more, kind, "strong")).any()


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_where_all_is_marked_and_nothing_ties_or_is_undone_all_is_strong(seed: int) -> None:
    control: Control = {(p,): {p: FREE, p + 3: FREE} for p in range(3)}
    model = options((2,) * 6, control, 3)
    rng = np.random.default_rng(seed)
    of = [marked(rng.permutation(model.n), set(range(model.n))) for _ in range(3)]
    for kind in KINDS:
        assert not verdicts(model, of, kind, "weak").any()


@settings(max_examples=40)
@given(judged(graphs(most_states=6)), st.randoms(use_true_random=False))
def test_relabelling_states_and_parties_changes_nothing(
    case: tuple[GraphModel, np.ndarray], random: Random
) -> None:
    model, orders = case
    of = [marked(u, {0, 2}) for u in orders]
    state, party = list(range(model.n)), list(range(len(of)))
    random.shuffle(state)
    random.shuffle(party)
    arcs = {
        tuple(sorted(party[p] for p in m.parties)): [
            (state[s], state[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)
        ]
        for m in model.movers
    }
    moved_orders = np.empty_like(orders)
    moved_orders[np.ix_(party, state)] = orders
    renamed = [marked(u, {0, 2}) for u in moved_orders]
    moved = graph(model.n, arcs, len(of))
    for kind, how in product(KINDS, ("strong", "weak")):
        one, two = verdicts(model, of, kind, how), verdicts(moved, renamed, kind, how)
        assert (two[np.ix_(party, state)] == one).all()


def test_what_would_not_fit_is_refused_with_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "memory_limit", lambda: 100_000)
    model = graph(300, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    of = [marked(np.arange(300), {4})] * 2
    with pytest.raises(TooLargeError, match="300 states"):
        verdicts(model, of, "gmr", "strong")
    of = [marked(np.arange(300), set())] * 2
    assert verdicts(model, of, "gmr", "strong").shape == (2, 300)


# -- pairs of unknown order --------------------------------------------------------------------------


def resolved(w: Wishes, ways: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Better, and far better, as relations, when pairs turn out a tie (0), mild (1) or strong (2)."""
    better = w.better()
    far = np.asarray(w.blocks[None, :] > w.blocks[:, None])
    for (s, t), way in zip(w.pairs.tolist(), ways, strict=True):
        better[s, t], better[t, s] = way > 0, way < 0
        far[s, t], far[t, s] = way == 2, way == -2
    return better, far


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(judged(graphs(most_states=5, most_parties=3)), st.data())
def test_what_must_and_may_be_holds_however_pairs_turn_out(
    kind: str, case: tuple[GraphModel, np.ndarray], data: st.DataObject
) -> None:
    model, orders = case
    pairs = [(s, t) for s in range(model.n) for t in range(s + 1, model.n)]
    of = []
    for i, u in enumerate(orders):
        some = (
            data.draw(st.lists(st.sampled_from(pairs), max_size=2 - i, unique=True))
            if pairs and i < 2
            else []
        )
        gaps = data.draw(st.sets(st.integers(0, model.n)))
        of.append(replace(marked(u, gaps), pairs=np.array(some, dtype=np.int64).reshape(-1, 2)))
    general: list[list[np.ndarray]] = []
    strong_: list[list[np.ndarray]] = []
    for ways in product((-2, -1, 0, 1, 2), repeat=sum(len(w.pairs) for w in of)):
        start, both = 0, []
        for w in of:
            both.append(resolved(w, ways[start : start + len(w.pairs)]))
            start += len(w.pairs)
        better = [b for b, _ in both]
        credible = everybody(better) if kind == "seq" else None
        for found, deters in ((general, [~b for b in better]), (strong_, [f.T for _, f in both])):
            rules = [
                Rules(b, d, credible, d if kind == "smr" else None)
                for b, d in zip(better, deters, strict=True)
            ]
            found.append([stable(model, i, r) for i, r in enumerate(rules)])
    weak = [np.array(g) & ~np.array(s) for g, s in zip(general, strong_, strict=True)]
    for how, settled in (("general", general), ("strong", strong_), ("weak", weak)):
        bounds, every = judge(model, of, kind, how), np.array(settled)
        assert not (bounds.must & ~every.all(axis=0)).any(), how
        assert not (every.any(axis=0) & ~bounds.may).any(), how
        if bounds.exact:
            assert (bounds.must == every.all(axis=0)).all(), how
            assert (bounds.may == every.any(axis=0)).all(), how


# -- names and words ---------------------------------------------------------------------------------


def case_with(north: list[str]) -> Compiler:
    case = {
        "title": "t",
        "parties": {"north": {"name": "North"}, "south": {"name": "South"}},
        "states": ["s1", "s2", "s3"],
        "moves": {"north": {"s1": ["s2"]}, "south": {"s2": ["s3"]}},
        "preferences": {"north": {"ranking": north}, "south": {"ranking": ["s3", "s2", "s1"]}},
    }
    return Compiler(Case.model_validate(case))


def told(compiler: Compiler, name: str, state: str = "s1") -> tuple[bool, str]:
    view, concept = compiler.view(), find(name, Options())
    assert concept is not None
    s = view.space.numbers[state]
    found = concept.explain(view, s, 0)
    assert found.stable == concept.judge(view).must[0, s]
    assert found.concept == name
    return found.stable, found.sentence


def test_words_where_the_answer_is_far_worse() -> None:
    case = case_with(["s2", ">>", "s1", ">>", "s3"])
    assert told(case, "seq-strong") == (
        True,
        "North would leave s1 for s2, which it likes far better; South, to its own advantage, can then move "
        "to s3, which North likes far less than s1, so it stays.",
    )
    stable, sentence = told(case, "seq-weak")
    assert not stable
    assert sentence.startswith(
        "Not weakly stable, because it is strongly stable: North would leave s1 for s2,"
    )
    stable, sentence = told(case, "nash-general")
    assert (stable, sentence) == (False, "North would leave s1 for s2, which it likes better.")


def test_words_where_the_answer_is_a_little_worse() -> None:
    case = case_with(["s2", ">>", "s1", "s3"])
    assert told(case, "gmr-strong") == (
        False,
        "North would leave s1 for s2, which it likes far better; all that others can then lead on to is s3, "
        "which does not deter it strongly, so it does not stay.",
    )
    assert told(case, "gmr-weak") == (
        True,
        "North would leave s1 for s2; South can then move to s3, which North likes no better than s1, "
        "so it stays. That is weak, not strong: where it goes to s2, nothing that others can then lead on to "
        "deters it strongly.",
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(KINDS), st.sampled_from(["general", "strong", "weak"]))
def test_every_explanation_gives_the_verdict(seed: int, kind: str, how: str) -> None:
    rng = np.random.default_rng(seed)
    states = [f"s{k}" for k in range(1, 6)]
    parties = ("a", "b", "c")
    moves = {p: {s: [t for t in states if t != s and rng.random() < 0.4] for s in states} for p in parties}
    rankings: dict[str, dict[str, list[Any]]] = {}
    for p in parties:
        ranked = [states[k] for k in rng.permutation(5)]
        ranked.insert(int(rng.integers(1, 5)), ">>")
        rankings[p] = {"ranking": ranked, "incomparable": []}
    if seed % 2:
        rankings["a"]["incomparable"] = [["s1", "s2"], ["s3", "s4"]]
    case = {"title": "t", "parties": {p: {} for p in parties}, "states": states, "moves": moves}
    view = Compiler(Case.model_validate({**case, "preferences": rankings})).view()
    concept = find(f"{kind}-{how}", Options())
    assert concept is not None
    verdict = concept.judge(view).must
    for i, s in np.ndindex(verdict.shape):
        found = concept.explain(view, int(s), int(i))
        assert found.stable == verdict[i, s]
        assert view.space.name(int(s)) in found.sentence


@pytest.mark.parametrize("name", [form for form, _ in FORMS])
def test_every_form_is_found_and_explains_itself(name: str) -> None:
    concept = find(name, Options())
    assert concept is not None
    assert not concept.read
    assert concept.explanation.format(party="North").endswith(".")


def test_other_names_are_not_of_this_family() -> None:
    assert find("gmr", Options()) is None
    assert find("seq-a", Options()) is None
    with pytest.raises(InputError, match="there is no nash-strong"):
        find("nash-strong", Options())
    assert len(FORMS) == 10
    assert {f for f, _ in FORMS} >= {f"{k}-{h}" for k, h in product(KINDS, ("general", "strong", "weak"))}


def test_the_page_names_every_form_and_says_what_was_not_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "strength.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in [form for form, _ in FORMS])
    assert "not read" in page
