"""Tableaux: the vectors, improvements and marks follow from orders, moves and verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.lifted import lifted
from accordant.stability.tableau import Tableau, Vector, tableau
from tests.cases.shipped import GAMES, PUBLISHED, expected, opened
from tests.stability import twin

ISSUES = ("x", "y", "z")


def vector(made: Tableau, party: str) -> Vector:
    return next(v for v in made.vectors if v.party == party)


def rows(made: Tableau, party: str) -> tuple[str, str, str]:
    """Signs, marks and states of a party, as they stand one under the other."""
    entries = vector(made, party).entries
    return (
        "".join(e.sign for e in entries),
        "".join(e.mark for e in entries),
        " ".join(e.state for e in entries),
    )


def test_elmira_under_sequential_stability() -> None:
    made = opened("elmira").tableau(["seq"])
    assert made.equilibria == ("s5", "s8", "s9")
    assert rows(made, "MoE") == ("×××EE×××E", "rrrrrrrrr", "s7 s3 s4 s8 s5 s1 s2 s6 s9")
    assert rows(made, "UR") == ("××EEE××××", "rrrrruuuu", "s1 s4 s8 s5 s9 s2 s3 s7 s6")
    assert rows(made, "LG") == ("××E×E×××E", "rsrurrusr", "s7 s3 s5 s1 s8 s6 s4 s2 s9")
    improvements = {e.state: e.improvements for e in vector(made, "UR").entries if e.improvements}
    assert improvements == {"s2": ("s4", "s9"), "s3": ("s9",), "s7": ("s9",), "s6": ("s8", "s9")}


def test_cuba_under_sequential_stability() -> None:
    made = opened("cuba-1962").tableau()
    assert made.concepts == ("seq",)
    assert made.equilibria == ("s5", "s6", "s7")
    assert rows(made, "US")[1:] == ("rsrurruuruuu", "s5 s7 s6 s8 s3 s2 s4 s1 s12 s10 s11 s9")
    assert rows(made, "USSR")[1:] == ("rsrurur" + "uuuuu", "s1 s5 s7 s3 s6 s2 s8 s4 s12 s10 s11 s9")
    improvements = {e.state: e.improvements for e in vector(made, "USSR").entries}
    assert improvements["s4"] == ("s8",)
    assert improvements["s12"] == ("s8", "s4")
    assert improvements["s9"] == ("s1", "s5")


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("name", [*PUBLISHED, *GAMES])
def test_every_mark_of_a_shipped_case_is_its_verdict(name: str, concept: str) -> None:
    made = opened(name).tableau([concept])
    want = expected(name)["stability"][concept]
    assert list(made.equilibria) == want["equilibria"]
    for v in made.vectors:
        stable = {e.state for e in v.entries if e.mark in "rs"}
        assert stable == set(want["stable"][v.party])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = [f"s{k}" for k in range(1, 9)]
    parties = ("north", "south")

    def ranking() -> list[Any]:
        order = list(draw(st.permutations(names)))
        cut = draw(st.integers(0, 6))
        return [*order[:cut], [order[cut], order[cut + 1]], *order[cut + 2 :]]

    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in parties},
            "issues": {i: {"by": draw(st.sampled_from(parties))} for i in ISSUES},
            "preferences": {p: {"ranking": ranking()} for p in parties},
        }
    )


@settings(max_examples=60)
@given(cases(), st.sampled_from(CONCEPTS))
def test_vectors_improvements_and_marks_follow_the_definitions(case: Case, concept: str) -> None:
    view = Compiler(case).view()
    made = tableau(view, [lifted(TABLE[concept])])
    verdicts = twin.judge(view.model, view.orders.tolist(), [concept])[concept]
    for i, v in enumerate(made.vectors):
        u, numbers = view.orders[i], view.space.numbers
        assert sorted(e.state for e in v.entries) == sorted(view.space.names)
        for before, after in zip(v.entries, v.entries[1:], strict=False):
            s, t = numbers[before.state], numbers[after.state]
            assert u[s] >= u[t]
            assert after.tied == (u[s] == u[t]) == (after.place == before.place)
        for e in v.entries:
            s = numbers[e.state]
            better = {t for t in twin.reachable(view.model, i, s) if u[t] > u[s]}
            assert {numbers[t] for t in e.improvements} == better
            assert [u[numbers[t]] for t in e.improvements] == sorted((u[t] for t in better), reverse=True)
            assert e.mark == ("r" if not better else "s" if verdicts[i][s] else "u")
            assert e.sign == ("E" if all(row[s] for row in verdicts) else "×")


def test_a_party_of_unknown_order_has_no_vector_and_marks_that_are_open() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b", "moves": "forward"}},
            "preferences": {"a": {"priorities": ["x"]}},
        }
    )
    made = tableau(Compiler(case).view(), [lifted(TABLE["nash"])])
    silent = vector(made, "b")
    assert not silent.known
    assert [(e.state, e.mark) for e in silent.entries] == [("s1", "?"), ("s2", "r"), ("s3", "?"), ("s4", "r")]
    assert {e.state: e.sign for e in silent.entries} == {"s1": "×", "s2": "×", "s3": "?", "s4": "E"}
    assert made.to_json()["vectors"][1]["states"][0]["place"] is None


def test_simultaneous_sanctions_have_a_mark_of_their_own_beside_sequential_ones() -> None:
    # Whoever goes straight alone gains; if both do they collide.
    made = opened("games/chicken").tableau(["seq", "sim"])
    assert {e.state: e.mark for e in vector(made, "row").entries} == {
        "s3": "r",
        "s1": "x",
        "s2": "r",
        "s4": "u",
    }
    assert made.equilibria == ("s1", "s2", "s3")
    assert made.marks["x"] == "stable by simultaneous sanctions only"
    assert opened("games/chicken").tableau(["seq"]).equilibria == ("s2", "s3")


def test_a_model_that_does_not_fit_a_page_is_refused_with_its_size() -> None:
    issues = {f"x{k}": {"by": "ab"[k % 2]} for k in range(10)}
    case = Case.model_validate({"title": "t", "parties": {"a": {}, "b": {}}, "issues": issues})
    with pytest.raises(TooLargeError, match="1,024 states"):
        tableau(Compiler(case).view(), [lifted(TABLE["nash"])])
