"""The case as a party sees it, and hypergames, against the definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.stability import analyse
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.lifted import lifted
from accordant.stability.perceived import explain_seen, perceived, perceived_view, unseen
from tests.stability import twin

PARTIES = ("north", "south", "west")
ISSUES = ("x", "y", "z")
PATTERNS = [{issue: value} for issue in ISSUES for value in ("no", "yes")]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Small cases with rankings, and with perceptions of some parties."""
    names = [f"s{k}" for k in range(1, 9)]
    issues = {
        issue: {"by": draw(st.sampled_from(PARTIES)), "moves": draw(st.sampled_from(["any", "forward"]))}
        for issue in ISSUES
    }

    def ranking() -> dict[str, Any]:
        order = draw(st.permutations(names))
        if draw(st.booleans()):
            return {"ranking": [[order[0], order[1]], *order[2:]]}
        return {"ranking": order}

    perceptions = {}
    for party in draw(st.sets(st.sampled_from(PARTIES), min_size=1)):
        others = draw(st.sets(st.sampled_from([p for p in PARTIES if p != party])))
        hidden = draw(st.lists(st.sampled_from([*PATTERNS, *names]), max_size=2))
        perceptions[party] = {"unseen": hidden, "preferences": {p: ranking() for p in sorted(others)}}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in PARTIES},
            "issues": issues,
            "preferences": {p: ranking() for p in PARTIES},
            "perceptions": perceptions,
        }
    )


def own_game(view: View, party: str) -> tuple[set[int], list[set[tuple[int, int]]], list[list[int]]]:
    """States not seen, moves of every party and orders of everybody, as the definition says."""
    case = view.case
    perception = case.perceptions.get(party)
    hidden = set()
    for ref in perception.unseen if perception else ():
        for s in range(view.model.n):
            values = view.space.values_of(s)
            fits = view.space.name(s) == ref if isinstance(ref, str) else ref.items() <= values.items()
            hidden |= {s} if fits else set()
    moves = [
        {(s, int(t)) for s in range(view.model.n) for t in m.moves.from_state(s) if not {s, int(t)} & hidden}
        for m in view.model.movers
    ]
    orders = []
    for other in view.parties:
        believed = perception.preferences.get(other) if perception else None
        entries = (believed or case.preferences[other]).ranking
        assert entries is not None
        rank = {}
        for k, entry in enumerate(reversed(entries)):
            for name in entry if isinstance(entry, tuple) else (entry,):
                rank[view.space.numbers[str(name)]] = k
        orders.append([rank[s] for s in range(view.model.n)])
    return hidden, moves, orders


@settings(max_examples=60)
@given(cases())
def test_a_perceived_view_is_the_game_that_the_definition_describes(case: Case) -> None:
    view = Compiler(case).view()
    for party in PARTIES:
        seen = perceived_view(view, party)
        hidden, moves, orders = own_game(view, party)
        assert set(np.flatnonzero(unseen(view, party))) == hidden
        for mover, expected in zip(seen.model.movers, moves, strict=True):
            found = {(s, int(t)) for s in range(seen.model.n) for t in mover.moves.from_state(s)}
            assert found == expected
        for row, expected_row in zip(seen.orders, orders, strict=True):
            assert (
                np.sign(row[:, None] - row) == np.sign(np.subtract.outer(expected_row, expected_row))
            ).all()


@settings(max_examples=40)
@given(cases(), st.sampled_from(CONCEPTS))
def test_everybody_judges_by_its_own_game(case: Case, name: str) -> None:
    view = Compiler(case).view()
    found = perceived(view, lifted(TABLE[name])).must
    for i, party in enumerate(view.parties):
        seen = perceived_view(view, party)
        assert found[i].tolist() == twin.judge(seen.model, seen.orders.tolist(), [name])[name][i]
        assert found[i][unseen(view, party)].all()


@settings(max_examples=30)
@given(cases(), st.sampled_from(CONCEPTS), st.data())
def test_explanations_agree_with_the_verdicts(case: Case, name: str, data: st.DataObject) -> None:
    view = Compiler(case).view()
    concept = lifted(TABLE[name])
    found = perceived(view, concept).must
    i = data.draw(st.integers(0, 2))
    known = {e.id for e in Compiler(case).elements}
    for s in range(view.model.n):
        why = explain_seen(view, s, i, concept)
        assert why.stable == found[i, s]
        assert why.sentence.startswith("As ") == (view.parties[i] in case.perceptions)
        assert set(why.elements) <= known


@pytest.mark.parametrize("name", CONCEPTS)
def test_what_is_unsure_in_the_case_is_gone_through_in_everybodys_game(name: str) -> None:
    unsure = {"want": "x", "unsure": True}
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "feasible": [{"rule": "x or y", "unsure": True}],
            "preferences": {
                "a": {"priorities": ["x -> not y", unsure]},
                "b": {"priorities": ["y", {"want": "not x", "unsure": True}]},
            },
            "perceptions": {"a": {"preferences": {"b": {"priorities": ["not y", "x"]}}}},
        }
    )
    compiler = Compiler(case)
    counts = analyse(compiler, [name], perceived=True).concepts[name].counts
    assert counts is not None
    every = [compiler.view(setting) for setting in compiler.setting_space().settings()]
    for state in compiler.space().names:
        holds = 0
        for view in every:
            games = [perceived_view(view, p) for p in view.parties]
            s = view.space.numbers[state]
            holds += all(twin.is_stable(g.model, g.orders.tolist(), i, s, name) for i, g in enumerate(games))
        assert counts[state] == (holds, len(every))


def test_who_sees_the_case_as_it_is_plays_the_true_game() -> None:
    case = Case.model_validate(
        {"title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}}}
    )
    view = Compiler(case).view()
    assert perceived_view(view, "a") is view


def test_what_a_party_believes_that_it_does_not_know_is_not_known_in_its_game() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}},
            "perceptions": {"a": {"preferences": {"b": {}}}},
        }
    )
    view = Compiler(case).view()
    assert view.known.tolist() == [True, True]
    assert perceived_view(view, "a").known.tolist() == [True, False]
    assert perceived_view(view, "b").known.tolist() == [True, True]


@pytest.mark.parametrize("concept", CONCEPTS)
def test_renaming_the_parties_changes_nothing(concept: str) -> None:
    def case(one: str, two: str) -> Case:
        return Case.model_validate(
            {
                "title": "t",
                "parties": {one: {}, two: {}},
                "issues": {"x": {"by": one}, "y": {"by": two}},
                "preferences": {
                    one: {"ranking": ["s3", "s1", "s2", "s4"]},
                    two: {"ranking": ["s2", "s1", "s3", "s4"]},
                },
                "perceptions": {one: {"preferences": {two: {"ranking": ["s2", "s1", "s4", "s3"]}}}},
            }
        )

    verdicts = [
        perceived(Compiler(case(*names)).view(), lifted(TABLE[concept])).must
        for names in (("a", "b"), ("q", "p"))
    ]
    assert (verdicts[0] == verdicts[1]).all()
