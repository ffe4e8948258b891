"""Pairs of unknown order, strength and degrees agree with the plain reading of the format."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement import analyse as deals
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.result import states_result
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.reliance import analyse as rests
from tests.agreement.random_cases import cases as agreement_cases
from tests.model import twin

Relation = set[tuple[int, int]]


def view_of(**parts: Any) -> View:
    data = {"title": "t", "parties": {"a": {}, "b": {}}, "states": ["s1", "s2", "s3", "s4"], **parts}
    return Compiler(Case.model_validate(data)).view()


# Twins, straight from the words


def closed(n: int, at_least: Relation, directly: Relation) -> Relation:
    """The smallest relation that contains another and goes on when its ends get better and worse."""
    found = set(directly)
    while True:
        more = {
            (s, t)
            for a, b in found
            for s, t in product(range(n), repeat=2)
            if (s, a) in at_least and (b, t) in at_least
        }
        if more <= found:
            return found
        found |= more


def strong_by_lines(lines: list[tuple[list[bool], bool]], n: int) -> tuple[Relation, Relation]:
    """At least as good, and strongly preferred, by truth values of lines and whether each is decisive."""
    at_least, directly = set(), set()
    for s, t in product(range(n), repeat=2):
        telling = next(((holds, mark) for holds, mark in lines if holds[s] != holds[t]), None)
        if telling is None or telling[0][s]:
            at_least.add((s, t))
            if telling is not None and telling[1]:
                directly.add((s, t))
    return at_least, closed(n, at_least, directly)


def strong_in(view: View, party: str) -> Relation:
    blocks = view.blocks(party)
    return {(s, t) for s, t in product(range(view.space.n), repeat=2) if blocks[s] > blocks[t]}


def weakly_in(view: View, party: str) -> Relation:
    ranks = view.base_ranks(party)
    assert ranks is not None
    return {(s, t) for s, t in product(range(view.space.n), repeat=2) if ranks[s] >= ranks[t]}


# Strength


@st.composite
def marked_priorities(draw: st.DrawFn) -> tuple[View, list[tuple[list[bool], bool]]]:
    """A party with decisive lines and red lines, some in a group, some that do not count."""
    made = draw(twin.cases(rules=1))
    sentences = st.lists(twin.sentences(made.values), max_size=4)
    never, wants, group = draw(sentences)[:2], draw(sentences), draw(sentences)
    if len(group) < 2:
        group = []
    marks = draw(st.lists(st.booleans(), min_size=12, max_size=12))
    counts = draw(st.lists(st.booleans(), min_size=12, max_size=12))
    order = draw(st.permutations(range(len(group))))
    entries: list[Any] = [{"want": w.text, "decisive": m} for w, m in zip(wants, marks[2:6], strict=False)]
    if group:
        lines = [{"want": w.text, "decisive": m} for w, m in zip(group, marks[6:], strict=False)]
        entries.append({"either": lines})
    preference = {
        "priorities": entries,
        "never": [{"rule": r.text, "decisive": m} for r, m in zip(never, marks, strict=False)],
    }
    data = {**made.case.model_dump(exclude={"preferences"}, by_alias=True), "preferences": {"a": preference}}
    g = len(wants) + 1
    ids = [f"a.never.{k + 1}" for k in range(len(never))]
    ids += [f"a.priorities.{k + 1}" for k in range(len(wants))]
    ids += [f"a.priorities.{g}.{k + 1}" for k in order]
    kept = dict(zip(ids, counts, strict=False))
    off = frozenset(e for e, counted in kept.items() if not counted)
    view = Compiler(Case.model_validate(data)).view(Setting(off, ((f"a.priorities.{g}", tuple(order)),)))
    states = twin.states(made)
    truths = [[not r.holds(s) for s in states] for r in never]
    truths += [[w.holds(s) for s in states] for w in (*wants, *(group[k] for k in order))]
    flags = [*marks[: len(never)], *marks[2 : 2 + len(wants)], *(marks[6 + k] for k in order)]
    told = [(truth, mark) for id_, truth, mark in zip(ids, truths, flags, strict=True) if kept[id_]]
    return view, told


@given(marked_priorities())
@settings(deadline=None, max_examples=50)
def test_strength_is_the_smallest_relation_that_decisive_lines_make(
    made: tuple[View, list[tuple[list[bool], bool]]],
) -> None:
    view, lines = made
    at_least, strong = strong_by_lines(lines, view.space.n)
    assert weakly_in(view, "a") == at_least
    assert strong_in(view, "a") == strong


@st.composite
def marked_rankings(draw: st.DrawFn) -> tuple[list[list[str]], list[bool]]:
    names = [f"s{k + 1}" for k in range(draw(st.integers(1, 6)))]
    shuffled = draw(st.permutations(names))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(names) - 1)), max_size=len(names))))
    edges = [0, *(c for c in cuts if c < len(names)), len(names)]
    levels = [list(shuffled[a:b]) for a, b in pairwise(edges)]
    return levels, draw(st.lists(st.booleans(), min_size=len(levels) - 1, max_size=len(levels) - 1))


def as_ranking(levels: list[list[str]], marks: list[bool]) -> list[Any]:
    found: list[Any] = [levels[0]]
    for level, mark in zip(levels[1:], marks, strict=True):
        found += [">>", level] if mark else [level]
    return found


@given(marked_rankings())
@settings(deadline=None)
def test_strength_is_the_smallest_relation_that_marked_gaps_make(
    made: tuple[list[list[str]], list[bool]],
) -> None:
    levels, marks = made
    n = sum(map(len, levels))
    names = [f"s{k + 1}" for k in range(n)]
    view = view_of(states=names, preferences={"a": {"ranking": as_ranking(levels, marks)}})
    depth = {s: d for d, level in enumerate(levels) for s in level}
    at_least = {(s, t) for s, t in product(range(n), repeat=2) if depth[names[s]] <= depth[names[t]]}
    across = {
        (names.index(s), names.index(t))
        for k, mark in enumerate(marks)
        if mark
        for s in levels[k]
        for t in levels[k + 1]
    }
    assert weakly_in(view, "a") == at_least
    assert strong_in(view, "a") == closed(n, at_least, across)
    # marks change no order
    plain = view_of(states=names, preferences={"a": {"ranking": levels}}).ranks("a")
    assert np.array_equal(view.orders[0], plain)


def test_a_mark_and_a_decisive_red_line_both_count() -> None:
    issues = {"x": {"by": "a"}, "y": {"by": "b"}}
    preference = {
        "ranking": ["s1", ">>", "s2", "s3", "s4"],
        "never": [{"rule": "x and y", "decisive": True}],
    }
    view = view_of(states=None, issues=issues, preferences={"a": preference})
    assert view.blocks("a").tolist() == [2, 1, 1, 0]
    off = Compiler(view.case).view(Setting(frozenset({"a.never.1"})))
    assert off.blocks("a").tolist() == [1, 0, 0, 0]
    lost = Compiler(view.case).view(Setting(frozenset({"a.ranking"})))
    assert lost.base_ranks("a") is None
    assert not lost.blocks("a").any()


def test_worths_and_parties_that_say_nothing_have_no_strength() -> None:
    worth = {s: str(k) for k, s in enumerate(("s1", "s2", "s3", "s4"))}
    view = view_of(preferences={"a": {"worth": worth}})
    assert not view.blocks("a").any()
    assert not view.blocks("b").any()


# Pairs of unknown order


@st.composite
def paired(draw: st.DrawFn) -> tuple[twin.Made, list[list[dict[str, str] | str]]]:
    made = draw(twin.cases(rules=1))
    count = len(twin.states(made))
    patterns = st.dictionaries(
        st.sampled_from(sorted(made.values)), st.sampled_from(["no", "some"]), min_size=1, max_size=2
    )
    refs = st.integers(1, count).map(lambda k: f"s{k}") | patterns
    return made, draw(st.lists(st.tuples(refs, refs).map(list), min_size=1, max_size=3))


def meant(made: twin.Made, ref: dict[str, str] | str) -> set[int]:
    states = twin.states(made)
    if isinstance(ref, str):
        return {int(ref[1:]) - 1}
    return {k for k, s in enumerate(states) if all(s[i] == v for i, v in ref.items())}


def with_keys(made: twin.Made, **keys: Any) -> Case:
    data = made.case.model_dump(by_alias=True)
    data["preferences"]["a"] |= keys
    return Case.model_validate(data)


@given(paired())
@settings(deadline=None, max_examples=50)
def test_pairs_are_all_that_the_names_and_patterns_make(
    made: tuple[twin.Made, list[list[dict[str, str] | str]]],
) -> None:
    case, pairs = made
    view = Compiler(with_keys(case, incomparable=pairs)).view()
    expected = {
        (min(s, t), max(s, t))
        for one, two in pairs
        for s in meant(case, one)
        for t in meant(case, two)
        if s != t
    }
    found = [tuple(pair) for pair in view.incomparable("a").tolist()]
    assert found == sorted(expected)
    # everything else stays as it is without the pairs
    before = Compiler(case.case).view()
    assert view.ranks("a") is None
    assert np.array_equal(view.base_ranks("a"), before.ranks("a"))
    assert view.known.tolist() == [p != "a" for p in view.parties]
    for s, t in product(range(min(6, view.space.n)), repeat=2):
        assert view.decides("a", s, t) == before.decides("a", s, t)


@given(paired())
@settings(deadline=None, max_examples=60)
def test_degrees_stand_both_ways(made: tuple[twin.Made, list[list[dict[str, str] | str]]]) -> None:
    case, pairs = made
    one, two = pairs[0]
    view = Compiler(with_keys(case, degrees=[[one, two, "0.7"]])).view()
    left, right = meant(case, one), meant(case, two)
    if left & right:
        return  # refused by the check
    forward = {(s, t): Fraction(7, 10) for s in left for t in right}
    assert view.degrees("a") == forward | {(t, s): Fraction(3, 10) for s, t in forward}
    assert view.ranks("a") is not None  # degrees leave the order as it is


@given(twin.cases())
@settings(deadline=None, max_examples=40)
def test_a_case_without_the_keys_is_as_it_was(made: twin.Made) -> None:
    compiler = Compiler(made.case)
    view = compiler.view()
    for party in view.parties:
        assert np.array_equal(view.base_ranks(party), view.ranks(party))
        assert view.incomparable(party).shape == (0, 2)
        assert view.degrees(party) == {}
        assert not view.blocks(party).any()
    assert compiler.setting_space().unknown == ()


def test_pairs_alone_leave_everything_else_level() -> None:
    view = view_of(preferences={"a": {"incomparable": [["s4", "s1"]]}})
    assert view.ranks("a") is None
    assert view.base_ranks("a") is not None
    assert not view.base_ranks("a").any()
    assert view.incomparable("a").tolist() == [[0, 3]]
    # nothing at all is another matter
    assert view.base_ranks("b") is None
    assert view.incomparable("b").shape == (0, 2)


def test_degrees_alone_leave_the_order_unknown() -> None:
    compiler = Compiler(
        Case.model_validate(
            {
                "title": "t",
                "parties": {"a": {}},
                "states": ["s1", "s2"],
                "preferences": {"a": {"degrees": [["s1", "s2", "0.25"]]}},
            }
        )
    )
    assert compiler.view().base_ranks("a") is None
    assert compiler.view().degrees("a")[1, 0] == Fraction(3, 4)
    assert compiler.setting_space().unknown == ("a",)


def test_settings_with_pairs_of_unknown_order_are_not_counted() -> None:
    case = view_of(preferences={"a": {"ranking": ["s1", "s2", "s3", "s4"], "incomparable": [["s1", "s2"]]}})
    space = Compiler(case.case).setting_space()
    assert set(space.unknown) == {"a", "b"}
    assert space.count is None


def test_pairs_beyond_reason_are_refused_with_their_size() -> None:
    issues = {f"i{k}": {"by": "a"} for k in range(15)}
    pairs = [[{"i0": "no"}, {"i0": "yes"}]]
    preference = {"incomparable": pairs, "degrees": [[*pairs[0], "0.5"]]}
    view = view_of(states=None, issues=issues, preferences={"a": preference})
    with pytest.raises(TooLargeError, match=r"268,435,456 pairs of unknown order would take 4\.0 GiB"):
        view.incomparable("a")
    with pytest.raises(TooLargeError, match="pairs with a degree"):
        view.degrees("a")


def test_a_rule_that_does_not_hold_makes_more_pairs() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
            "feasible": ["not (x and y)"],
            "preferences": {"a": {"incomparable": [[{"x": "no"}, {"x": "yes"}]]}},
        }
    )
    compiler = Compiler(case)
    assert len(compiler.view().incomparable("a")) == 2
    assert len(compiler.view(Setting(frozenset({"feasible.1"}))).incomparable("a")) == 4


# What the other rooms make of it


def unknown_instead(case: Case) -> Case:
    """The case in which nothing but red lines is known of party b."""
    data = case.model_dump(by_alias=True)
    worth = {i: dict.fromkeys(issue.values, "0") for i, issue in case.issues.items()}
    never = data["preferences"].get("b", {}).get("never", [])
    data["preferences"]["b"] = {"never": never, "worth": worth, "unsure": True}
    return Case.model_validate(data)


def with_a_pair(case: Case) -> Case:
    data = case.model_dump(by_alias=True)
    names = Compiler(case).space().names
    data["preferences"].setdefault("b", {})["incomparable"] = [[names[0], names[-1]]]
    return Case.model_validate(data)


def accepted(case: Case) -> dict[str, object]:
    found = deals(Compiler(case)).to_json()
    del found["method"], found["fairness"]  # the lenses say what they miss: numbers here, an order there
    for proposal in found["proposals"].values():  # what may matter is a ranking here, and pairs there
        del proposal["because"], proposal["turns_on"]
    return found


@given(agreement_cases())
@settings(deadline=None, max_examples=15)
def test_agreements_take_a_party_with_pairs_for_one_that_is_not_known(case: Case) -> None:
    space = Compiler(case).space()
    if space.n < 2:
        return
    assert accepted(with_a_pair(case)) == accepted(unknown_instead(case))


@given(agreement_cases(doubt=False))
@settings(deadline=None, max_examples=6)
def test_what_rests_says_of_a_party_with_pairs_is_right_whatever_its_order(case: Case) -> None:
    if Compiler(case).space().n < 2:
        return
    open_, silent = (
        {r.conclusion: r for r in rests(Compiler(k), supports=False).conclusions}
        for k in (with_a_pair(case), unknown_instead(case))
    )
    for name, rest in open_.items():
        assert (rest.status == silent[name].status) or not rest.exact
        if rest.status != "sometimes":
            assert rest.status == silent[name].status


# What is shown


def test_states_lists_the_pairs_and_where_preference_is_strong() -> None:
    preference = {"ranking": ["s4", ">>", ["s2", "s3"], "s1"], "incomparable": [["s1", "s3"]]}
    result = states_result(Compiler(view_of(preferences={"a": preference}).case))
    shown = result.to_json()
    assert shown["incomparable"] == {"a": [["s1", "s3"]]}
    assert shown["blocks"] == {"a": {"s1": 0, "s2": 0, "s3": 0, "s4": 1}}
    assert shown["ranks"] == {"a": {"s1": 3, "s2": 2, "s3": 2, "s4": 1}}
    assert result.notes() == (
        "a: order not known of s1 and s3",
        "a: s4 ≫ s1, s2, s3 (≫: strongly preferred)",
    )


def test_states_names_a_few_pairs_and_counts_the_rest() -> None:
    names = [f"s{k + 1}" for k in range(20)]
    pairs = [["s1", name] for name in names[1:]]
    case = view_of(states=names, preferences={"a": {"incomparable": pairs}}).case
    (note,) = states_result(Compiler(case)).notes()
    assert note.endswith("s1 and s9 and 11 more pairs")


def test_why_nothing_is_said_of_acceptance_is_said() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {
                "a": {"priorities": ["x"], "incomparable": [["s1", "s2"]], "never": ["x and not y"]},
                "b": {"priorities": ["x"]},
            },
            "proposals": {"p": {"package": {"x": "yes", "y": "yes"}}, "q": {"package": {"x": "yes"}}},
        }
    )
    found = deals(Compiler(case)).to_json()["proposals"]
    assert "The order of some states is not known for a" in found["p"]["because"]["a"]
    assert "crosses the red line" in found["q"]["because"]["a"]
