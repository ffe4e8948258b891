"""Checks of pairs and perceptions that need states."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.findings import Findings
from accordant.case.objects import Case
from accordant.errors import Problem
from accordant.model.compiler import Compiler
from accordant.model.frame import Truths
from accordant.model.pair_checks import check_pairs
from tests.case.casefiles import folder

BASE = """\
title: t
as_of: 2024-01-30
parties: {a: {}, b: {}}
issues: {x: {by: a, assumed: t}, y: {by: b, assumed: t}, z: {by: b, assumed: t}}
feasible: [{rule: not (x and y and z), assumed: t}]
status_quo: {state: {x: no, y: no, z: no}, assumed: t}
no_deal: {state: status_quo, assumed: t}
preferences:
  b: {priorities: [{want: y, assumed: t}]}
"""
"""Seven states: s1 no no no, s2 no no yes, s3 no yes no, s4 no yes yes, s5 yes no no, s6, s7."""
PRIORITIES = "  a:\n    priorities: [{want: x, assumed: t}, {want: y, assumed: t}]\n"


def found_in(room: Path, more: str, severity: str = "error") -> list[Problem]:
    return [p for p in accordant.check(folder(room, BASE + more, None)) if p.severity == severity]


def one(room: Path, more: str, severity: str = "error") -> Problem:
    found = found_in(room, more, severity)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]


def test_pairs_that_say_something_new_are_right(tmp_path: Path) -> None:
    more = PRIORITIES + "    incomparable: [[s1, s2], [s3, {x: yes, y: no}]]\n    degrees: [[s5, s1, 0.9]]\n"
    for severity in ("error", "warning"):
        assert found_in(tmp_path, more, severity) == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("[s1, s8]", "there is no state 's8'"),
        (
            "[s1, {x: yes, y: yes, z: yes}]",
            "is not a feasible state: the rule 'not (x and y and z)' (feasible.1) forbids it",
        ),
        ("[s1, {x: no, y: no}]", "pairs s1 with itself"),
        ("[{x: no}, {y: no}]", "pairs s1, s2 with themselves"),
    ],
)
@pytest.mark.parametrize("key", ["incomparable", "degrees"])
def test_a_pair_is_of_two_states_that_there_are(tmp_path: Path, key: str, entry: str, message: str) -> None:
    written = entry if key == "incomparable" else f"{entry[:-1]}, 0.5]"
    found = one(
        tmp_path, PRIORITIES + f"    {key}: [[s1, s2{', 0.5' if key == 'degrees' else ''}], {written}]\n"
    )
    assert found.message == message
    assert found.path.startswith(f"preferences.a.{key}.2")


def test_degrees_of_overlapping_patterns_agree(tmp_path: Path) -> None:
    right = PRIORITIES + "    degrees: [[{x: yes}, {x: no}, 0.75], [s1, s5, 0.25]]\n"
    assert found_in(tmp_path / "a", right) == []
    found = one(tmp_path / "b", right.replace("0.25", "0.3"))
    assert found.path == "preferences.a.degrees.2"
    assert found.message == "disagrees with entry 1, by which s1 is preferred to s5 to the degree 0.25"


def test_a_pair_that_a_red_line_tells_apart_is_in_a_known_order(tmp_path: Path) -> None:
    more = PRIORITIES + "    never: [{rule: z, assumed: t}]\n    incomparable: [[{x: no}, {x: yes}]]\n"
    found = one(tmp_path, more)
    assert found.path == "preferences.a.incomparable"
    assert found.message == (
        "the order of s6 and s1 is known (and 5 more pairs): only s6 crosses the red line 1"
    )


def test_a_third_state_that_would_settle_a_pair_is_named(tmp_path: Path) -> None:
    ranking = "  a: {ranking: [s1, s2, s3, s4, s5, s6, s7], assumed: t, incomparable: [PAIRS]}\n"
    assert found_in(tmp_path / "a", ranking.replace("PAIRS", "[s1, s2], [s4, s5]"), "warning") == []
    found = one(tmp_path / "b", ranking.replace("PAIRS", "[s3, s1], [s5, s7]"), "warning")
    assert found.message == (
        "s1 stands above s2, and s2 above s3; that the order of s1 and s3 is not known (and 1 more pair) "
        "is taken as it is written"
    )
    closed = ranking.replace("PAIRS", "[s3, s1], [s1, s2]")
    assert found_in(tmp_path / "c", closed, "warning") == []


def test_strength_between_the_states_of_a_pair_says_nothing(tmp_path: Path) -> None:
    more = "  a: {ranking: [s1, '>>', s2, s3, s4, s5, s6, s7], assumed: t, incomparable: [[s2, s1]]}\n"
    found = one(tmp_path, more, "warning")
    assert "s1 and s2 are told apart strongly, and their order is not known" in found.message


def test_degrees_that_lean_against_the_order_are_named(tmp_path: Path) -> None:
    more = PRIORITIES + "    degrees: [[s1, s5, 0.6], [s1, s2, 1]]\n"
    found = one(tmp_path, more, "warning")
    assert found.message == "s1 is preferred to s5 to the degree 0.6, while the order puts it below"
    # of a pair of unknown order there is nothing to lean against, nor where nothing else is known
    beside = found_in(tmp_path / "b", more + "    incomparable: [[s1, s5]]\n", "warning")
    assert [p.path for p in beside] == ["preferences.a.incomparable"]
    assert found_in(tmp_path / "c", "  a: {degrees: [[s1, s5, 0.6]]}\n", "warning") == []


def test_too_many_pairs_are_said_not_to_be_checked(tmp_path: Path) -> None:
    issues = "".join(f"  i{k}: {{by: a, assumed: t}}\n" for k in range(14))
    text = (
        f"title: t\nas_of: 2024\nparties: {{a: {{}}}}\nissues:\n{issues}"
        "preferences: {a: {incomparable: [[{i0: no}, {i0: yes}]]}}\n"
    )
    found = [p for p in accordant.check(folder(tmp_path, text, None)) if "pairs" in p.message]
    assert [p.severity for p in found] == ["warning"]
    assert "67,108,864 pairs of unknown order" in found[0].message


# Perceptions


def test_a_party_sees_some_state(tmp_path: Path) -> None:
    found = one(tmp_path, "perceptions: {a: {unseen: [{x: no}, {x: yes}], assumed: t}}\n")
    assert (found.path, found.message) == (
        "perceptions.a.unseen",
        "the party would see no state at all",
    )
    assert found_in(tmp_path / "b", "perceptions: {a: {unseen: [{x: no}], assumed: t}}\n") == []


def test_what_is_believed_is_checked_like_what_is_wanted(tmp_path: Path) -> None:
    believed = """\
perceptions:
  a:
    unseen: [s9, {x: yes, y: yes, z: yes}]
    assumed: t
    preferences:
      b:
        ranking: [s1, s2, {x: no, y: yes}, s4, s5]
        never: [{rule: x, assumed: t}]
        incomparable: [[s1, s9]]
        assumed: t
"""
    found = [(p.path, p.message.split(":")[0]) for p in found_in(tmp_path, believed)]
    assert found == [
        ("perceptions.a.unseen.1", "there is no state 's9'"),
        ("perceptions.a.unseen.2", "is not a feasible state"),
        ("perceptions.a.preferences.b.ranking", "misses the states s6, s7"),
        ("perceptions.a.preferences.b.ranking.4", "names the state s4 twice"),
        ("perceptions.a.preferences.b.incomparable.1.2", "there is no state 's9'"),
    ]


def test_a_believed_ranking_keeps_within_the_believed_red_lines(tmp_path: Path) -> None:
    ranking = "ranking: [s5, s1, s2, s3, s4, s6, s7], never: [{rule: x, assumed: t}], assumed: t"
    found = one(tmp_path, f"perceptions: {{a: {{preferences: {{b: {{{ranking}}}}}, assumed: t}}}}\n")
    assert found.path == "perceptions.a.preferences.b.ranking"
    assert "contradicts the red line 1" in found.message


# Against the words


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_pair_is_settled_where_some_third_state_stands_between_in_known_order(data: st.DataObject) -> None:
    n = data.draw(st.integers(3, 6))
    names = [f"s{k + 1}" for k in range(n)]
    ranking = data.draw(st.permutations(names))
    every = [(s, t) for k, s in enumerate(names) for t in names[k + 1 :]]
    pairs = data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}},
            "states": names,
            "preferences": {"a": {"ranking": ranking, "incomparable": [list(p) for p in pairs]}},
        }
    )
    found = Findings()
    tables = Truths(case, Compiler(case).space())
    check_pairs(tables, (("preferences", "a"), "a"), case.preferences["a"], found)
    unknown = {frozenset(p) for p in pairs}
    place = ranking.index
    settled = any(
        min(place(s), place(t)) < place(m) < max(place(s), place(t))
        and not {frozenset((s, m)), frozenset((m, t))} & unknown
        for s, t in pairs
        for m in names
    )
    assert bool(found.all) == settled
