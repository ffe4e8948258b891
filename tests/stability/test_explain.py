"""Explanations agree with the verdicts, and what they tell can be followed move by move."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.concepts import CONCEPTS
from accordant.stability.explain import explain
from accordant.stability.result import Explanation, Move
from tests.stability import twin
from tests.stability.models import graph, graphs, judged, option_models


@dataclass
class Names:
    def party_name(self, party: str) -> str:
        return party.upper()


@dataclass
class ToyView:
    """A view of a model without a case behind it: every comparison is an element of its own."""

    model: GraphModel
    orders: Orders
    known: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    case: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        if not len(self.known):
            self.known = np.ones(len(self.model.parties), dtype=bool)

    @property
    def parties(self) -> tuple[str, ...]:
        return self.model.parties

    @property
    def space(self) -> StateSpace:
        return self.model.space

    def incomparable(self, party: str) -> np.ndarray:
        return np.zeros((0, 2), dtype=np.int64)

    def decides(self, party: str, s: int, t: int) -> str | None:
        ranks = self.orders[self.parties.index(party)]
        return None if ranks[s] == ranks[t] else f"{party}:{min(s, t)}-{max(s, t)}"


def told(model: GraphModel, ranks: list[list[int]], concept: str, state: int = 0, party: str = "p0") -> str:
    return explain(cast(View, ToyView(model, np.array(ranks))), state, party, concept).sentence


def legal(model: GraphModel, party: int, moves: tuple[Move, ...], start: str) -> bool:
    """Whether moves are a legal sequence of the party's opponents."""
    at, last = start, None
    for move in moves:
        members = tuple(model.parties.index(p) for p in move.mover)
        mover = next(m for m in model.movers if m.parties == members)
        s, t = model.space.numbers[move.start], model.space.numbers[move.end]
        if party in members or move.start != at or mover is last or t not in mover.moves.from_state(s):
            return False
        at, last = move.end, mover
    return True


@settings(max_examples=120)
@given(judged(st.one_of(graphs(), option_models(), option_models(composing=False))), st.data())
def test_explanations_agree_with_verdicts_and_are_legal(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    view = cast(View, ToyView(model, orders))
    found = engine.judge(model, orders)
    concept = data.draw(st.sampled_from(CONCEPTS))
    for i, party in enumerate(model.parties):
        for s, state in enumerate(model.space.names):
            why = explain(view, state, party, concept)
            assert why.stable == found[concept][i, s]
            assert why.sentence.endswith(".")
            check(model, orders, i, s, why)


def check(model: GraphModel, orders: Orders, i: int, s: int, why: Explanation) -> None:
    """Everything that an explanation claims, by the definition of its concept."""
    numbers, u = model.space.numbers, orders[i]
    improvements = {int(t) for t in model.movers[i].moves.from_state(s) if u[t] > u[s]}
    assert (why.improvement is None) == (not improvements)
    if why.stable:
        assert {numbers[step.end] for step, _ in why.sanctions} == (improvements or set())
    answers = why.sanctions if why.stable else [(why.improvement, why.sanction)] if improvements else []
    for improvement, sequence in answers:
        assert improvement is not None
        assert numbers[improvement.end] in improvements
        assert legal(model, i, sequence, improvement.end)
        if why.concept in ("seq", "sseq"):
            for step in sequence:
                a, b = numbers[step.start], numbers[step.end]
                assert all(
                    orders[model.parties.index(p), b] > orders[model.parties.index(p), a] for p in step.mover
                )
        if why.stable:
            end = numbers[sequence[-1].end]
            assert u[end] <= u[s]
            if why.concept in ("smr", "sseq"):
                assert not (u[model.movers[i].moves.from_state(end)] > u[s]).any()


@settings(max_examples=60)
@given(judged(graphs()))
def test_the_sequence_told_is_a_shortest_one(case: tuple[GraphModel, Orders]) -> None:
    model, orders = case
    view = cast(View, ToyView(model, orders))
    for i, party in enumerate(model.parties):
        for s in range(model.n):
            why = explain(view, s, party, "gmr")
            for improvement, sequence in why.sanctions:
                q = model.space.numbers[improvement.end]
                assert len(sequence) == shortest(model, orders, i, q, s)


def shortest(model: GraphModel, orders: Orders, i: int, start: int, home: int) -> int:
    """Fewest moves of i's opponents that leave it no better off than at home."""
    movers = model.opponents(i)
    front: set[tuple[int, int]] = {(start, -1)}
    for length in range(1, 100):
        front = {
            (int(t), k)
            for state, last in front
            for k, mover in enumerate(movers)
            if k != last
            for t in mover.moves.from_state(state)
        }
        if any(orders[i, t] <= orders[i, home] for t, _ in front):
            return length
    raise AssertionError("no sanction")


def test_a_sanction_is_told_with_its_counter_move() -> None:
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    ranks = [[1, 2, 1], [0, 0, 1]]
    start = "P0 would leave s1 for s2; P1"
    end = "move to s3, which P0 likes no better than s1"
    assert told(model, ranks, "gmr") == f"{start} can then {end}, so it stays."
    assert told(model, ranks, "smr") == f"{start} can then {end} and from which it has no move, so it stays."
    assert told(model, ranks, "seq") == f"{start}, to its own advantage, can then {end}, so it stays."


def test_two_steps_are_told_in_their_order() -> None:
    model = graph(4, {(0,): [(0, 1)], (1,): [(1, 2)], (1, 2): [(2, 3)]}, 3)
    assert told(model, [[1, 2, 2, 0], [0, 0, 1, 2], [0, 0, 0, 1]], "seq") == (
        "P0 would leave s1 for s2; P1, to its own advantage, can then move to s3, and P1 and P2 together, to "
        "their own advantage, can move to s4, which P0 likes no better than s1, so it stays."
    )


def test_being_brought_back_is_told_as_that() -> None:
    model = graph(2, {(0,): [(0, 1)], (1,): [(1, 0)]}, 2)
    assert told(model, [[0, 1], [1, 0]], "gmr") == (
        "P0 would leave s1 for s2; P1 can then move to s1, where it started, so it stays."
    )
    assert told(model, [[0, 1], [1, 0]], "smr") == (
        "P0 would leave s1 for s2; nothing that others can lead on to leaves P0 worse off than s2: from s1, "
        "say, it can move to s2, which it likes better than s1, so it does not stay."
    )


def test_what_nobody_can_answer_is_told() -> None:
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    assert told(model, [[0, 2, 1], [0, 0, 0]], "gmr") == (
        "P0 would leave s1 for s2; the most that others can do about it is to lead on to s3, which P0 still "
        "likes better than s1, so it does not stay."
    )
    for ends in (2, 3):  # what is no worse than the improvement itself is no answer at all
        assert told(model, [[0, 2, ends], [0, 0, 0]], "gmr") == (
            "P0 would leave s1 for s2; nothing that others can lead on to is worse for P0 than s2 itself, so "
            "it does not stay."
        )
        assert told(model, [[0, 2, ends], [0, 0, 1]], "sseq") == (
            "P0 would leave s1 for s2; nothing that others can lead on to, to their own advantage, is worse "
            "for P0 than s2 itself, so it does not stay."
        )
        view = cast(View, ToyView(model, np.array([[0, 2, ends], [0, 0, 0]])))
        assert explain(view, 0, "p0", "gmr").sanction == ()
    assert told(model, [[0, 2, 1], [0, 0, 0]], "seq") == (
        "P0 would leave s1 for s2; nobody else gains by a move from there, so it does not stay."
    )
    alone = graph(2, {(0,): [(0, 1)]}, 2)
    assert told(alone, [[0, 1], [0, 0]], "gmr") == (
        "P0 would leave s1 for s2; nobody else has a move from there, so it does not stay."
    )
    assert told(alone, [[0, 1], [0, 0]], "nash") == "P0 would leave s1 for s2, which it likes better."


def test_the_most_that_others_can_do_leaves_less_than_the_improvement() -> None:
    arcs = {(0,): [(0, 1), (2, 3)], (1,): [(1, 2), (1, 4)]}
    model = graph(5, arcs, 2)
    start = "P0 would leave s1 for s2; "
    # s5 is worse than s2, s3 is worse still but can be left for s4
    assert told(model, [[1, 4, 0, 3, 2], [0] * 5], "smr") == (
        f"{start}the most that others can do about it is to lead on to s5, which P0 still likes better than "
        "s1, so it does not stay."
    )
    assert told(model, [[1, 4, 0, 3, 5], [0] * 5], "smr") == (
        f"{start}the most that others can do about it is to lead on to s3, from which P0 can move to s4, "
        "which it likes better than s1, so it does not stay."
    )
    assert told(model, [[1, 4, 0, 6, 5], [0] * 5], "smr") == (
        f"{start}nothing that others can lead on to leaves P0 worse off than s2: from s3, say, it can move "
        "to s4, which it likes better than s1, so it does not stay."
    )


def test_no_move_and_no_improvement_are_told_apart() -> None:
    model = graph(2, {(0,): [(0, 1)]}, 2)
    assert (
        told(model, [[1, 0], [0, 0]], "seq")
        == "P0 has no move from s1 to anything it likes better, so it stays."
    )
    assert told(model, [[1, 0], [0, 0]], "seq", state=1) == "P0 has no move from s2, so it stays."


def test_other_improvements_are_counted() -> None:
    model = graph(4, {(0,): [(0, 1), (0, 2)], (1,): [(1, 3), (2, 3)]}, 2)
    assert told(model, [[1, 2, 3, 0], [0, 0, 0, 1]], "gmr").endswith(
        "Its other improvement, to s2, is answered too."
    )


def test_unknown_orders_are_said_to_be_unknown() -> None:
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    unknown = np.array([True, False])
    view = cast(View, ToyView(model, np.array([[1, 2, 0], [0, 0, 0]]), unknown))
    why = explain(view, 0, "p0", "seq")
    assert not why.stable
    assert why.sentence.endswith("What P1 would do is not known, and may change that.")
    assert explain(view, 0, "p0", "gmr").stable
    assert "may or may not stay" in explain(view, 1, "p1", "gmr").sentence
    assert explain(view, 0, "p1", "gmr").stable  # it has no move there


@settings(max_examples=60)
@given(judged(graphs(most_states=5)), st.data())
def test_with_unknown_orders_stable_means_stable_whatever_they_are(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    unknown = data.draw(st.integers(0, len(orders) - 1))
    orders[unknown] = 0
    known = np.arange(len(orders)) != unknown
    bounds = engine.bounds(model, orders, known)
    view = cast(View, ToyView(model, orders, known))
    for i, party in enumerate(model.parties):
        for s in range(model.n):
            for concept in CONCEPTS:
                assert explain(view, s, party, concept).stable == bounds[concept].must[i, s]


def test_the_lines_of_the_case_that_were_compared_are_named() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {"name": "Northern Council"}, "south": {"name": "Southern Front"}},
            "issues": {"aid": {"by": "north"}, "raid": {"by": "south"}},
            "preferences": {
                "north": {"priorities": ["not raid", "not aid"]},
                "south": {"priorities": ["aid", "raid"]},
            },
        }
    )
    view = Compiler(case).view()
    why = explain(view, "s1", "south", "seq")
    assert why.sentence == (
        "Southern Front would leave s1 for s2; nobody else gains by a move from there, so it does not stay."
    )
    assert why.elements == ("south.priorities.2",)
    assert why.improvement == Move(("south",), "s1", "s2")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("S1", "p0", "seq"), "there is no state 'S1'; did you mean 's1'"),
        (("state 9", "p0", "seq"), "there is no state 'state 9'; known: s1, s2"),
        (("s1", "P1", "seq"), "there is no party 'P1'; did you mean 'p1'"),
        (("s1", "p0", "sec"), "there is no solution concept 'sec'; did you mean 'seq'"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(words: Any, message: str) -> None:
    view = cast(View, ToyView(graph(2, {}, 2), np.zeros((2, 2), dtype=np.int64)))
    with pytest.raises(InputError, match=message):
        explain(view, *words)


def test_a_verdict_agrees_with_the_definition_on_a_long_way_round() -> None:
    # 1 and 2 must take turns to bring party 0 down, four steps on
    model = graph(6, {(0,): [(0, 1)], (1,): [(1, 2), (3, 4)], (2,): [(2, 3), (4, 5)]}, 3)
    ranks = [[1, 2, 2, 2, 2, 0], [0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 1, 2]]
    why = explain(cast(View, ToyView(model, np.array(ranks))), 0, "p0", "seq")
    assert why.stable == twin.is_stable(model, ranks, 0, 0, "seq") is True
    assert [m.end for m in why.sanction] == ["s3", "s4", "s5", "s6"]
