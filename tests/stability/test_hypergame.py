"""Hypergames over all admissible settings, against every setting judged by the definition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.stability import analyse
from accordant.stability.concepts import CONCEPTS
from accordant.stability.hypergame import HypergameResult, Misperceived, Over, hypergame
from accordant.stability.perceived import perceived_view, unseen
from tests.documents import ROOT
from tests.stability import twin
from tests.stability.pairwise import relational_twin

PARTIES = ("north", "south")
ISSUES = ("x", "y", "z")
WANTS = [f"{no}{issue}" for issue in ISSUES for no in ("", "not ")] + ["x and y", "y -> z", "x or not z"]

Matrix = list[list[bool]]


def lines(draw: st.DrawFn) -> list[Any]:
    """Priorities, of which some are unsure or in no given order."""
    found: list[Any] = []
    for want in draw(st.lists(st.sampled_from(WANTS), min_size=1, max_size=3, unique=True)):
        found.append({"want": want, "unsure": True} if draw(st.integers(0, 3)) == 0 else want)
    if draw(st.booleans()):
        issue = draw(st.sampled_from(ISSUES))
        group = {"either": [issue, f"not {issue}"]}
        found.insert(draw(st.integers(0, len(found))), group)
    return found


@st.composite
def cases(draw: st.DrawFn, *, pairs: bool = False) -> Case:
    names = [f"s{k}" for k in range(1, 9)]
    preferences: dict[str, dict[str, Any]] = {p: {"priorities": lines(draw)} for p in PARTIES}
    if pairs:
        both = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
        preferences["south"]["incomparable"] = [draw(both)]
    perceptions: dict[str, Any] = {}
    for party in draw(st.sets(st.sampled_from(PARTIES), min_size=1)):
        (other,) = set(PARTIES) - {party}
        hidden = draw(st.lists(st.sampled_from([{i: v} for i in ISSUES for v in ("no", "yes")]), max_size=1))
        perceptions[party] = {"unseen": hidden}
        if draw(st.booleans()):
            perceptions[party]["preferences"] = {other: {"ranking": draw(st.permutations(names))}}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in PARTIES},
            "issues": {i: {"by": draw(st.sampled_from(PARTIES))} for i in ISSUES},
            "preferences": preferences,
            "perceptions": perceptions,
        }
    )


def strictly(view: View, ways: dict[tuple[str, int, int], int]) -> list[Matrix]:
    """Everybody's strict preference, pairs of unknown order turned out in the given ways."""
    found = []
    for party in view.parties:
        ranks = view.base_ranks(party)
        assert ranks is not None
        better = [[bool(ranks[t] > ranks[s]) for t in range(view.model.n)] for s in range(view.model.n)]
        for s, t in view.incomparable(party).tolist():
            way = ways[party, s, t]
            better[s][t], better[t][s] = way > 0, way < 0
        found.append(better)
    return found


def equilibrium(views: list[View], orders: list[list[Matrix]], s: int, kind: str) -> bool:
    """Whether each party stays in its own game."""

    def stays(i: int) -> bool:
        def better(p: int, t: int, at: int) -> bool:
            return orders[i][p][at][t]

        return relational_twin.is_stable(views[i].model, kind, i, s, better, better, better)

    return all(map(stays, range(len(views))))


def both_sides(case: Case, s: int, kind: str) -> Iterator[list[tuple[bool, bool]]]:
    """For each setting: as they see it, as it is, in every way in which pairs can turn out."""
    compiler = Compiler(case)
    for setting in compiler.setting_space().settings():
        view = compiler.view(setting)
        games = [perceived_view(view, p) for p in view.parties]
        places = [(p, int(a), int(b)) for p in view.parties for a, b in view.incomparable(p)]
        found = []
        for ways in product((-1, 0, 1), repeat=len(places)):
            chosen = dict(zip(places, ways, strict=True))
            own, true = [strictly(g, chosen) for g in games], strictly(view, chosen)
            found.append(
                (
                    equilibrium(games, own, s, kind),
                    equilibrium([view] * len(games), [true] * len(games), s, kind),
                )
            )
        yield found


def over(answers: list[bool]) -> Over:
    k, m = sum(answers), len(answers)
    return Over("yes" if k == m else "sometimes" if k else "no", (k, m))


def told(found: HypergameResult, concept: str) -> dict[str, Misperceived]:
    return {m.state: m for m in found.states if m.concept == concept}


@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from(["nash", "gmr", "smr", "seq"]))
def test_both_sides_and_what_misperception_makes_of_them_are_counted_setting_by_setting(
    case: Case, concept: str
) -> None:
    found = hypergame(Compiler(case), [concept])
    view = Compiler(case).view()
    rows = told(found, concept)
    for s, state in enumerate(view.space.names):
        every = [ways[0] for ways in both_sides(case, s, concept)]
        own, true = over([a for a, _ in every]), over([b for _, b in every])
        assert Over.of(found.own[concept], state) == own
        assert Over.of(found.true[concept], state) == true
        created, prevented = over([a and not b for a, b in every]), over([b and not a for a, b in every])
        blind = any(unseen(view, p)[s] for p in view.parties)
        assert (state in rows) == (
            created.answer != "no" or prevented.answer != "no" or (blind and own.answer != "no")
        )
        if state in rows:
            row = rows[state]
            assert (row.in_hypergame, row.in_truth) == (own, true)
            assert (row.created, row.prevented) == (created, prevented)
            if created.answer != "no" or prevented.answer != "no":
                assert row.because


@settings(max_examples=30, deadline=None)
@given(cases(pairs=True), st.sampled_from(["nash", "gmr", "smr", "seq"]))
def test_where_a_pair_is_of_unknown_order_nothing_is_said_that_may_not_be_so(
    case: Case, concept: str
) -> None:
    found = hypergame(Compiler(case), [concept])
    view = Compiler(case).view()
    rows = told(found, concept)
    for s, state in enumerate(view.space.names):
        every = [pair for ways in both_sides(case, s, concept) for pair in ways]
        own, true = Over.of(found.own[concept], state).answer, Over.of(found.true[concept], state).answer
        row = rows.get(state)
        checks = [
            (own, [a for a, _ in every]),
            (true, [b for _, b in every]),
            (row.created.answer if row else "no", [a and not b for a, b in every]),
            (row.prevented.answer if row else "no", [b and not a for a, b in every]),
        ]
        for answer, ways in checks:
            assert answer != "yes" or all(ways)
            assert answer != "no" or not any(ways)
            assert answer != "sometimes" or (any(ways) and not all(ways))


@settings(max_examples=25, deadline=None)
@given(cases())
def test_both_sides_are_those_of_the_command_for_stability(case: Case) -> None:
    compiler = Compiler(case)
    found = hypergame(compiler)
    for side, seen in ((found.own, True), (found.true, False)):
        judged = analyse(compiler, perceived=seen).concepts
        assert list(side) == list(CONCEPTS)
        for name, result in judged.items():
            for state in compiler.space().names:
                assert Over.of(side[name], state) == Over.of(result, state)


EITHER = {
    "title": "t",
    "parties": {"a": {}, "b": {}},
    "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    "preferences": {"a": {"priorities": [{"either": ["x", "not x"]}]}, "b": {"priorities": ["y"]}},
    "perceptions": {"b": {"unseen": [{"x": "yes", "y": "no"}]}},
}


def test_an_either_group_has_no_order_as_written() -> None:
    found = hypergame(Compiler(Case.model_validate(EITHER)), ["nash"])
    assert found.equilibria == found.true_equilibria == {"nash": ()}
    assert found.to_json()["true_sometimes"] == {"nash": {"s2": [1, 2], "s4": [1, 2]}}
    assert found.to_json()["sometimes"] == {"nash": {"s2": [1, 2], "s3": [1, 2], "s4": [1, 2]}}
    (only,) = found.states
    assert only.sentence == (
        "s3 is in 1 of 2 settings an equilibrium under nash only because of misperception; "
        "b does not see it, and so has no move from it."
    )
    assert found.method.settings == 2


def test_what_is_unknown_is_said_to_be_so() -> None:
    import accordant

    found = accordant.load(ROOT / "docs" / "examples" / "well").hypergame(["nash", "seq"])
    assert found.equilibria["nash"] == found.true_equilibria["nash"] == ("s1", "s4")
    assert str(Over.of(found.true["nash"], "s2")) == "unknown"
    s5 = told(found, "seq")["s5"]
    assert (str(s5.in_hypergame), str(s5.in_truth), str(s5.created)) == ("yes", "unknown", "unknown")
    assert "perhaps an equilibrium under seq only because of misperception" in s5.sentence


def test_where_everybody_sees_the_case_as_it_is_nothing_is_told() -> None:
    case = Case.model_validate({**EITHER, "perceptions": {}})
    found = hypergame(Compiler(case))
    assert found.states == ()
    assert found.equilibria == found.true_equilibria


def test_a_concept_that_looks_at_all_settings_at_once_is_refused() -> None:
    with pytest.raises(InputError, match="all settings at once"):
        hypergame(Compiler(Case.model_validate(EITHER)), ["fuzzy-nash"])


def test_the_slow_program_of_relations_is_that_of_orders() -> None:
    view = Compiler(Case.model_validate(EITHER)).view()
    orders = strictly(view, {})
    for kind in ("nash", "gmr", "smr", "seq"):
        for s in range(view.model.n):
            slow = all(twin.is_stable(view.model, view.orders.tolist(), i, s, kind) for i in range(2))
            assert equilibrium([view] * 2, [orders] * 2, s, kind) == slow
