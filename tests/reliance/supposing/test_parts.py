"""The parts of what-if by themselves, each against its own words."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.preferences import dense
from accordant.reliance.conclusions import parse_conclusion
from accordant.reliance.supposing import what_if
from accordant.reliance.supposing.against import deciding_against
from accordant.reliance.supposing.asking import preference
from accordant.reliance.supposing.changes import possible_changes
from accordant.reliance.supposing.contradicting import contradictions
from accordant.reliance.supposing.editing import Edited
from accordant.reliance.supposing.goals import Prefers, Says
from accordant.reliance.supposing.searching import smallest
from tests.reliance import twin as reliance_twin
from tests.reliance.supposing import twin

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
STATES = ("s1", "s2", "s3", "s4", "s5")


@st.composite
def rankings(draw: st.DrawFn) -> list[list[str]]:
    """Levels of five states, most preferred first."""
    places = [draw(st.integers(0, 4)) for _ in STATES]
    levels = [[s for s, p in zip(STATES, places, strict=True) if p == k] for k in range(5)]
    return [level for level in levels if level]


def game(levels: list[list[str]]) -> Case:
    return Case.model_validate(
        {
            "title": "game",
            "parties": {"a": {}},
            "states": list(STATES),
            "moves": {"a": {"s1": ["s2"]}},
            "status_quo": "s1",
            "preferences": {"a": {"ranking": levels}},
        }
    )


@given(rankings(), st.data())
@settings(deadline=None, max_examples=60)
def test_a_ranking_with_a_state_moved_is_the_ranking_written_so(
    levels: list[list[str]], data: st.DataObject
) -> None:
    compiler = Compiler(game(levels))
    offered, _ = possible_changes(compiler, ["a.ranking"])
    assume(offered)
    change = data.draw(st.sampled_from(offered))
    left = [[s for s in level if s != change.item] for level in levels]
    at = next(k for k, level in enumerate(left) if change.to in level)
    if change.what == "raise":
        left.insert(at, [change.item])
    else:
        left[at].append(change.item)
    written = Compiler(game([level for level in left if level])).view().ranks("a")
    found = Edited(compiler, [change]).view().ranks("a")
    assert written is not None
    assert found is not None
    assert dense(found).tolist() == dense(written).tolist()


@given(st.sets(st.frozensets(st.sampled_from("abcde"), min_size=1), max_size=6), st.integers(0, 40))
def test_smallest_sets_are_those_of_trying_every_subset(wanted: set[frozenset[str]], most: int) -> None:
    def test(chosen: tuple[str, ...]) -> Any:
        return "yes" if any(w <= set(chosen) for w in wanted) else "no"

    found = smallest("abcde", test, most=most)
    every = [frozenset(c) for k in range(1, 6) for c in combinations("abcde", k)]
    passing = [c for c in every if any(w <= c for w in wanted)]
    expected = {c for c in passing if not any(p < c for p in passing)}
    sets = set(map(frozenset, found.sets))
    assert sets <= expected
    assert found.tried <= most
    if not found.cut:
        assert sets == expected


@given(reliance_twin.cases(), st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_lines_against_a_preference_are_those_that_decide_pair_by_pair(
    case: Case, data: st.DataObject
) -> None:
    compiler = Compiler(case)
    party = data.draw(st.sampled_from(sorted(case.parties)))
    one, other = (data.draw(st.sampled_from(sorted(case.issues))) for _ in range(2))
    assume(one != other)
    try:
        goal = preference(f"{party}: {one} {data.draw(st.sampled_from(['>', '>=', '=']))} {other}", compiler)
    except InputError:
        return
    view = compiler.view()
    ranks = view.ranks(party)
    assert ranks is not None
    expected: dict[str, int] = {}
    pairs = twin.compared(compiler, goal)
    for s, t in pairs:
        if ranks[s] < ranks[t] or (goal.relation == "=" and ranks[s] != ranks[t]):
            line = view.decides(party, s, t)
            assert line is not None
            expected[line] = expected.get(line, 0) + 1
    assert deciding_against(compiler.orders()[party], goal) == (expected, len(pairs))


@given(
    st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from([">", ">=", "="]), st.sampled_from(STATES)))
)
@settings(deadline=None, max_examples=60)
def test_preferences_contradict_each_other_where_no_order_has_them_all(
    stated: list[tuple[str, str, str]],
) -> None:
    compiler = Compiler(game([list(STATES)]))
    number = {name: k for k, name in enumerate(STATES)}
    goals = [
        Prefers("a", one, mark, other, ((np.array([number[one]]), np.array([number[other]])),))  # type: ignore[arg-type]
        for one, mark, other in stated
        if one != other
    ]
    assume(len(goals) > 1)
    orders = np.array(np.meshgrid(*[range(5)] * 5)).reshape(5, -1).T
    fits = np.ones(len(orders), dtype=bool)
    for goal in goals:
        fits &= goal.compare(orders, np.ones(len(orders), dtype=bool))[0]
    assert bool(contradictions(compiler, goals)) == (not fits.any())


@given(reliance_twin.cases(), st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_where_it_is_so_is_what_is_so_in_those_settings(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    space = compiler.setting_space()
    assume(space.of_packages is not None and 1 < space.listed <= 32)
    text = data.draw(st.sampled_from(["agreement-exists", "acceptable(offer, a)", "agreement(offer)"]))
    goal = Says(parse_conclusion(text, compiler))
    result = what_if(compiler, [text], size=1)
    if result.status != "sometimes":
        return
    views = [compiler.view(s) for s in space.settings()]
    inside = [v for v in views if twin.truth(compiler, v, goal)[1]]
    assert result.given is not None
    told = {s.conclusion: s.after for s in result.given}
    for other in ("agreement-exists", "acceptable(offer, a)", "agreement(offer)"):
        conclusion = parse_conclusion(other, compiler)
        if other == text:
            continue
        found = [reliance_twin.truth(compiler, v, conclusion) for v in inside]
        word = "always" if all(m for m, _ in found) else "sometimes" if any(m for _, m in found) else "never"
        before = reliance_twin.status(compiler, conclusion, ())[0]
        assert told.get(other, before) == word
