"""Unknown preference: four readings of each concept, by their definition and by their theorems."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Mover, Orders
from accordant.stability import engine
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.families.unknown_preference import EXTENSIONS, FORMS, find, verdicts
from accordant.stability.further import Options
from accordant.stability.pairwise import relations
from accordant.stability.pairwise.incomparable import judge_pairs
from accordant.stability.pairwise.wishes import Wishes
from tests.stability.models import graph, graphs, judged, option_models
from tests.stability.pairwise import relations_twin
from tests.stability.pairwise.test_incomparable import wishes_of, with_pairs
from tests.stability.twin import any_move

Uncertain = tuple[GraphModel, list[Wishes]]
some_models = st.one_of(
    graphs(most_states=6), option_models(most_states=12), option_models(composing=False, most_states=8)
)


@st.composite
def uncertain(draw: st.DrawFn, models: st.SearchStrategy[GraphModel] = some_models) -> Uncertain:
    """A model with pairs of unknown order, and now and then a party of whom nothing is known."""
    model, of = draw(with_pairs(models, 8))
    if draw(st.booleans()):
        of[draw(st.integers(0, len(of) - 1))] = wishes_of(None, model.n)
    return model, of


def compare(wishes: Wishes, s: int, t: int) -> str:
    """How a party likes t beside s: better, worse, level or unknown."""
    if s == t:
        return "level"
    if wishes.ranks is None or [min(s, t), max(s, t)] in wishes.pairs.tolist():
        return "unknown"
    return (
        "better"
        if wishes.ranks[t] > wishes.ranks[s]
        else "worse"
        if wishes.ranks[t] < wishes.ranks[s]
        else "level"
    )


def is_stable(model: GraphModel, of: list[Wishes], i: int, s: int, kind: str, letter: str) -> bool:
    """The definition, from its table."""
    leaves_for = {"a": ("better", "unknown"), "b": ("better",), "c": ("better", "unknown"), "d": ("better",)}
    deterred_by = {
        "a": ("worse", "level"),
        "b": ("worse", "level"),
        "c": ("worse", "level", "unknown"),
        "d": ("worse", "level", "unknown"),
    }

    def leaves(s: int, q: int) -> bool:
        return compare(of[i], s, q) in leaves_for[letter]

    def deters(s: int, t: int) -> bool:
        return compare(of[i], s, t) in deterred_by[letter]

    def permitted(mover: Mover, s: int, t: int) -> bool:
        return all(compare(of[p], s, t) in ("better", "unknown") for p in mover.parties)

    return relations_twin.is_stable(
        model,
        i,
        s,
        leaves,
        None if kind == "nash" else deters,
        permitted if kind in ("seq", "sseq") else any_move,
        deters if kind in ("smr", "sseq") else None,
    )


@settings(max_examples=60)
@given(uncertain())
def test_verdicts_are_those_of_the_definitions(case: Uncertain) -> None:
    model, of = case
    for kind, letter in product(CONCEPTS, EXTENSIONS):
        found = verdicts(model, of, kind, letter)
        slow = [[is_stable(model, of, i, s, kind, letter) for s in range(model.n)] for i in range(len(of))]
        assert found.tolist() == slow, (kind, letter)


@settings(max_examples=60)
@given(judged(some_models))
def test_where_every_pair_is_known_all_four_are_the_classical_concept(
    case: tuple[GraphModel, Orders],
) -> None:
    model, orders = case
    of = [wishes_of(u, model.n) for u in orders]
    for kind, verdict in engine.judge(model, orders).items():
        for letter in EXTENSIONS:
            assert (verdicts(model, of, kind, letter) == verdict).all()


@settings(max_examples=60)
@given(uncertain())
def test_extensions_include_each_other(case: Uncertain) -> None:
    model, of = case
    for kind in CONCEPTS:
        found = {letter: verdicts(model, of, kind, letter) for letter in EXTENSIONS}
        # who leaves for less, or is deterred by more, stays more often
        for narrow, wide in ("ab", "cd", "ac", "bd"):
            assert not (found[narrow] & ~found[wide]).any(), (kind, narrow, wide)


@settings(max_examples=60)
@given(uncertain())
def test_concepts_include_each_other_within_every_extension(case: Uncertain) -> None:
    model, of = case
    for letter in EXTENSIONS:
        found = {kind: verdicts(model, of, kind, letter) for kind in CONCEPTS}
        for narrow, wide in [
            ("nash", "sseq"),
            ("sseq", "seq"),
            ("seq", "gmr"),
            ("sseq", "smr"),
            ("smr", "gmr"),
        ]:
            assert not (found[narrow] & ~found[wide]).any(), (letter, narrow, wide)


@settings(max_examples=40)
@given(uncertain())
def test_nash_asks_only_what_is_left_for(case: Uncertain) -> None:
    model, of = case
    found = {letter: verdicts(model, of, "nash", letter) for letter in EXTENSIONS}
    assert (found["a"] == found["c"]).all()
    assert (found["b"] == found["d"]).all()


@settings(max_examples=60)
@given(uncertain())
def test_a_and_d_are_what_must_and_may_be_where_opponents_orders_do_not_enter(case: Uncertain) -> None:
    model, of = case
    for kind in CONCEPTS:
        bounds = judge_pairs(model, of, TABLE[kind])
        strict, lenient = verdicts(model, of, kind, "a"), verdicts(model, of, kind, "d")
        if kind in ("nash", "gmr", "smr"):
            assert (strict == bounds.must).all()
            assert (lenient == bounds.may).all()
        # uncertain opponents are expected to step in all four, so that a may be more than must be
        assert not (bounds.must & ~strict).any()
        assert not (bounds.may & ~lenient).any()


def test_b_and_c_do_not_include_each_other() -> None:
    # P0 may go s1 -> s2 and is led on to s3. It likes s3 less than s1; of s2 it is not sure, or the
    # other way round.
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    level = wishes_of(np.zeros(3, dtype=np.int64), 3)
    unsure_of_the_end = [wishes_of(np.array([1, 2, 0]), 3, [(0, 2)]), level]
    assert not verdicts(model, unsure_of_the_end, "gmr", "b")[0, 0]
    assert verdicts(model, unsure_of_the_end, "gmr", "c")[0, 0]
    unsure_of_the_move = [wishes_of(np.array([1, 0, 2]), 3, [(0, 1)]), level]
    assert verdicts(model, unsure_of_the_move, "gmr", "b")[0, 0]
    assert not verdicts(model, unsure_of_the_move, "gmr", "c")[0, 0]


@settings(max_examples=40)
@given(uncertain(graphs(most_states=6)), st.randoms(use_true_random=False))
def test_relabelling_states_and_parties_changes_nothing(case: Uncertain, random: Random) -> None:
    model, of = case
    state, party = list(range(model.n)), list(range(len(of)))
    random.shuffle(state)
    random.shuffle(party)
    arcs = {
        tuple(sorted(party[p] for p in m.parties)): [
            (state[s], state[int(t)]) for s in range(model.n) for t in m.moves.from_state(s)
        ]
        for m in model.movers
    }
    moved = graph(model.n, arcs, len(of))
    place = np.array(state)
    renamed = [of[0]] * len(of)
    for p, w in enumerate(of):
        ranks = None
        if w.ranks is not None:
            ranks = np.empty(model.n, dtype=np.int64)
            ranks[place] = w.ranks
        both = [sorted(map(int, place[pair])) for pair in w.pairs]
        renamed[party[p]] = wishes_of(ranks, model.n, [(low, high) for low, high in both])
    for kind, letter in product(("gmr", "smr", "seq"), EXTENSIONS):
        one, two = verdicts(model, of, kind, letter), verdicts(moved, renamed, kind, letter)
        assert (two[np.ix_(party, state)] == one).all()


def test_what_would_not_fit_is_refused_with_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "memory_limit", lambda: 100_000)
    model = graph(300, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    of = [wishes_of(np.zeros(300, dtype=np.int64), 300, [(0, 1)])] * 2
    with pytest.raises(TooLargeError, match="300 states"):
        verdicts(model, of, "gmr", "a")
    of = [wishes_of(np.zeros(300, dtype=np.int64), 300)] * 2
    assert verdicts(model, of, "gmr", "a").shape == (2, 300)


# -- names and words ---------------------------------------------------------------------------------

CASE = {
    "title": "t",
    "parties": {"north": {"name": "North"}, "south": {"name": "South"}},
    "states": ["s1", "s2", "s3"],
    "moves": {"north": {"s1": ["s2"]}, "south": {"s2": ["s3"]}},
}


def view_with(north: dict[str, object], south: dict[str, object]) -> Compiler:
    return Compiler(Case.model_validate({**CASE, "preferences": {"north": north, "south": south}}))


def told(compiler: Compiler, name: str, state: str = "s1") -> tuple[bool, str]:
    view, concept = compiler.view(), find(name, Options())
    assert concept is not None
    s = view.space.numbers[state]
    found = concept.explain(view, s, 0)
    judged = concept.judge(view)
    assert found.stable == judged.must[0, s] == judged.may[0, s]
    assert found.concept == name
    return found.stable, found.sentence


def test_words_of_what_is_left_for_and_what_deters() -> None:
    case = view_with(
        {"ranking": ["s1", "s3", "s2"], "incomparable": [["s1", "s2"], ["s1", "s3"]]},
        {"ranking": ["s3", "s2", "s1"]},
    )
    assert told(case, "nash-a") == (
        False,
        "North would leave s1 for s2, which may be better for it, the order of the two not being known.",
    )
    assert told(case, "nash-b") == (
        True,
        "North has no move from s1 to anything surely better for it, so it stays.",
    )
    assert told(case, "gmr-a") == (
        False,
        "North would leave s1 for s2, which may be better for it, the order of the two not being known; "
        "all that others can then lead on to is s3, which does not deter it, so it does not stay.",
    )
    assert told(case, "seq-c") == (
        True,
        "North would leave s1 for s2, which may be better for it, the order of the two not being known; "
        "South, to its own advantage, can then move to s3, which may be no better for North than s1, "
        "the order of the two not being known, so it stays.",
    )


def test_words_of_steps_that_may_be_an_advantage() -> None:
    case = view_with({"ranking": ["s2", "s1", "s3"]}, {"incomparable": [["s2", "s3"]]})
    assert told(case, "sseq-a") == (
        True,
        "North would leave s1 for s2, which it likes better; South, to what is or may be its own advantage, "
        "can then move to s3, which North likes no better than s1 and from which it has no move, "
        "so it stays.",
    )


def test_where_everything_is_known_the_words_are_those_of_the_classical_concept() -> None:
    case = view_with({"ranking": ["s2", "s1", "s3"]}, {"ranking": ["s3", "s2", "s1"]})
    stable, sentence = told(case, "seq-a")
    assert stable
    assert sentence.startswith(
        "North would leave s1 for s2; South, to its own advantage, can then move to s3"
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["gmr", "smr", "seq", "sseq"]), st.sampled_from("abcd"))
def test_every_explanation_gives_the_verdict(seed: int, kind: str, letter: str) -> None:
    rng = np.random.default_rng(seed)
    states = [f"s{k}" for k in range(1, 5)]
    moves = {
        p: {s: [t for t in states if t != s and rng.random() < 0.4] for s in states} for p in ("a", "b", "c")
    }
    pairs = [[s, t] for s in states for t in states if s < t and rng.random() < 0.3]
    preferences = {p: {"ranking": [states[k] for k in rng.permutation(4)]} for p in ("a", "b", "c")}
    preferences["a"]["incomparable"] = pairs or [["s1", "s2"]]
    preferences["b"]["incomparable"] = [["s2", "s3"]]
    case = {"title": "t", "parties": {"a": {}, "b": {}, "c": {}}, "states": states, "moves": moves}
    view = Compiler(Case.model_validate({**case, "preferences": preferences})).view()
    concept = find(f"{kind}-{letter}", Options())
    assert concept is not None
    verdict = concept.judge(view).must
    for i, s in np.ndindex(verdict.shape):
        found = concept.explain(view, int(s), int(i))
        assert found.stable == verdict[i, s]
        assert view.space.name(int(s)) in found.sentence


@pytest.mark.parametrize("kind", CONCEPTS)
@pytest.mark.parametrize("letter", list(EXTENSIONS))
def test_every_extension_is_found_and_explains_itself(kind: str, letter: str) -> None:
    concept = find(f"{kind}-{letter}", Options())
    assert concept is not None
    assert concept.unknown
    assert not concept.read
    assert concept.explanation.format(party="North").endswith(".")
    assert ("ours" in concept.source) == (kind == "sseq")


def test_other_names_are_not_of_this_family() -> None:
    assert find("gmr", Options()) is None
    assert find("fuzzy-smr", Options()) is None
    with pytest.raises(InputError, match="known: gmr-a, gmr-b, gmr-c, gmr-d"):
        find("gmr-e", Options())
    assert all("-" in form and what for form, what in FORMS)


def test_the_page_names_every_form_and_says_what_was_not_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "unknown-preference.md").read_text(
        encoding="utf-8"
    )
    assert all(f"`{name}`" in page for name in ["nash-a", "nash-b", "gmr-x", "smr-x", "seq-x", "sseq-x"])
    assert "not read" in page
