"""Checks of pairs, marks, degrees, attitudes, perceptions and coalitions: each mistake, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accordant.case.checks import UNGROUNDED
from accordant.case.digest import digest
from accordant.case.folder import read_folder
from accordant.case.objects import Case
from accordant.errors import Problem
from tests.case.casefiles import CASE, CLAIMS, folder, only, problems

GRAPH = """\
title: A graph
as_of: 2024-01-30
parties: {a: {}, b: {}, m: {role: mediator}, o: {role: observer}}
states: [s1, s2, s3, s4]
moves: {a: {s1: [s2]}, b: {s2: [s3]}}
"""
RANKED = "preferences: {a: {ranking: [s2, s1, s3, s4], assumed: x, MORE}}"


def with_keys(room: Path, *lines: str) -> Path:
    return folder(room, "\n".join((GRAPH, *lines)), None)


def beside(more: str) -> str:
    return RANKED.replace("MORE", more)


def told(room: Path, *lines: str, severity: str = "error") -> list[tuple[str, str]]:
    found = problems(with_keys(room, *lines), severity)
    return [(p.path, p.message) for p in found if p.message != UNGROUNDED]


def one(room: Path, *lines: str, severity: str = "error") -> Problem:
    found = [p for p in problems(with_keys(room, *lines), severity) if p.message != UNGROUNDED]
    assert len(found) == 1, [str(p) for p in found]
    return found[0]


# Marked gaps


@pytest.mark.parametrize(
    ("ranking", "path", "message"),
    [
        ("['>>', s1, s2, s3, s4]", "ranking.1", "marks a gap with nothing before it"),
        ("[s1, s2, s3, s4, '>>']", "ranking.5", "marks a gap with nothing after it"),
        ("[s1, '>>', '>>', s2, s3, s4]", "ranking.3", "marks the same gap twice"),
        ("[s1, [s2, '>>', s3], s4]", "ranking.2.2", "marks a gap inside a tie"),
    ],
)
def test_a_mark_stands_between_two_levels(tmp_path: Path, ranking: str, path: str, message: str) -> None:
    found = one(tmp_path, f"preferences: {{a: {{ranking: {ranking}, assumed: x}}}}")
    assert (found.path, found.message) == (f"preferences.a.{path}", message)
    assert found.hint


def test_a_mark_is_no_state_and_may_stand_in_several_places(tmp_path: Path) -> None:
    lines = "preferences: {a: {ranking: [s1, '>>', s2, '>>', [s3, s4]], assumed: x}}"
    assert told(tmp_path, lines) == []


def test_no_state_is_called_like_a_mark(tmp_path: Path) -> None:
    text = GRAPH.replace("[s1, s2, s3, s4]", "[s1, s2, s3, '>>']")
    found = problems(folder(tmp_path, text, None))
    assert ("states.4", "'>>' cannot be an id here") in [(p.path, p.message) for p in found]


@pytest.mark.parametrize("ranking", ["[s1, >>, s2]", "\n      - s1\n      - >>\n      - s2"])
def test_a_mark_without_quotation_marks_is_explained(tmp_path: Path, ranking: str) -> None:
    found = problems(with_keys(tmp_path, f"preferences:\n  a:\n    ranking: {ranking}"))[0]
    assert "cannot begin with >" in found.message
    assert "quotation marks" in str(found.hint)


def test_worths_have_no_marks_and_it_says_what_has(tmp_path: Path) -> None:
    text = CASE.replace(
        "    priorities: [{want: departure, because: [c1]}]",
        "    worth: {truce: {none: 0, pause: 1, lasting: 2}, departure: {no: 0, yes: 1}, "
        "passage: {no: 0, yes: 0}}\n    because: [c1]\n"
        "    also: [{if: departure, worth: 1, decisive: true, because: [c1]}]\n    decisive: true",
    )
    found = problems(folder(tmp_path, text))
    assert [p.path for p in found] == ["preferences.north.also.1.decisive", "preferences.north.decisive"]
    assert all("worths have no marks" in str(p.hint) for p in found)


@pytest.mark.parametrize("written", ["yes", "1", "no", "[true]"])
def test_decisive_is_true_or_false(tmp_path: Path, written: str) -> None:
    text = CASE.replace("want: not departure,", f"want: not departure, decisive: {written},")
    assert only(folder(tmp_path, text)).message == "must be true or false"


# Pairs and degrees


def test_every_mistake_in_pairs_is_said_at_once(tmp_path: Path) -> None:
    pairs = "[[s1, s1], [s1, s9], [s1], [s1, s2, s3], [s1, s2], [s2, s1], s4, [s3, {x: no}], [q, s2]]"
    assert told(tmp_path, beside(f"incomparable: {pairs}")) == [
        ("preferences.a.incomparable.1.2", "pairs s1 with itself"),
        ("preferences.a.incomparable.2.2", "there is no state 's9'"),
        ("preferences.a.incomparable.3", "must be two states"),
        ("preferences.a.incomparable.4", "must be two states"),
        ("preferences.a.incomparable.6", "names s2 and s1 twice"),
        ("preferences.a.incomparable.7", "must be a list"),
        ("preferences.a.incomparable.8.2", "the case has no issues to give values to"),
        ("preferences.a.incomparable.9.1", "there is no state 'q'"),
    ]


def test_every_mistake_in_degrees_is_said_at_once(tmp_path: Path) -> None:
    degrees = (
        "[[s1, s2, 0.7], [s2, s1, 0.4], [s1, s3, 1.5], [s1, s4], [s3, s4, much], [s3, s3, 0.5], "
        "[s1, s2, 0.7], [s4, s2, -0.1], [s2, s4, .nan]]"
    )
    assert told(tmp_path, beside(f"degrees: {degrees}")) == [
        ("preferences.a.degrees.2.3", "the other way round it is 0.7: the two must add up to 1"),
        ("preferences.a.degrees.3.3", "a degree is a number from 0 to 1"),
        ("preferences.a.degrees.4", "must be two states and a number"),
        ("preferences.a.degrees.5.3", "must be a number"),
        ("preferences.a.degrees.6.2", "pairs s3 with itself"),
        ("preferences.a.degrees.7", "names s1 and s2 twice"),
        ("preferences.a.degrees.8.3", "a degree is a number from 0 to 1"),
        ("preferences.a.degrees.9.3", "must be a number"),
    ]


def test_degrees_that_agree_both_ways_are_right(tmp_path: Path) -> None:
    assert told(tmp_path, beside("degrees: [[s2, s1, 0.7], [s1, s2, 0.30], [s3, s4, 1]]")) == []


def test_the_hint_says_what_the_other_degree_must_be(tmp_path: Path) -> None:
    found = one(tmp_path, beside("degrees: [[s2, s1, 0.65], [s1, s2, 0.3]]"))
    assert found.hint == "write 0.35, or leave one of the two out"


def test_endless_degrees_are_refused(tmp_path: Path) -> None:
    found = one(tmp_path, beside(f"degrees: [[s2, s1, 0.{'1' * 101}]]"))
    assert "has 101 digits" in found.message


def test_pairs_alone_may_have_grounds(tmp_path: Path) -> None:
    lines = "preferences: {a: {incomparable: [[s1, s2]], assumed: nobody knows}}"
    assert told(tmp_path, lines) == []
    unsure = one(tmp_path / "b", lines.replace("assumed: nobody knows", "unsure: true"))
    assert unsure.path == "preferences.a.unsure"


# Attitudes, perceptions, coalitions


def test_every_mistake_in_attitudes_is_said_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, "attitudes: {a: {b: bad, q: negative, a: neutral}, z: {a: positive}, b: }")
    assert found == [
        ("attitudes.a.b", "'bad' is not allowed here"),
        ("attitudes.a.q", "there is no party 'q'"),
        ("attitudes.z", "there is no party 'z'"),
    ]


def test_a_wrong_attitude_has_a_hint(tmp_path: Path) -> None:
    found = one(tmp_path, "attitudes: {a: {b: negativ}}")
    assert (found.allowed, found.hint) == (("positive", "neutral", "negative"), "did you mean 'negative'?")


def test_every_mistake_in_perceptions_is_said_at_once(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "perceptions:",
        "  a:",
        "    unseen: [s4, s4, s9]",
        "    preferences:",
        "      a: {}",
        "      q: {}",
        "      b: {ranking: [s1, s7, '>>'], worth: {s1: 1}, degrees: [[s1, s2, 2]]}",
        "    because: [c9]",
        "  z: {unseen: [s1]}",
        "  b: {unsen: [s1]}",
    )
    assert found == [
        ("perceptions.a.unseen.2", "names s4 twice"),
        ("perceptions.a.unseen.3", "there is no state 's9'"),
        ("perceptions.a.preferences.a", "a party knows what it wants itself"),
        ("perceptions.a.preferences.q", "there is no party 'q'"),
        ("perceptions.a.preferences.b.ranking.2", "there is no state 's7'"),
        ("perceptions.a.preferences.b.ranking.3", "marks a gap with nothing after it"),
        ("perceptions.a.preferences.b.worth", "gives ranking and worth; a party has one order"),
        ("perceptions.a.preferences.b.worth", "has no number for s2, s3, s4"),
        ("perceptions.a.preferences.b.degrees.1.3", "a degree is a number from 0 to 1"),
        ("perceptions.a.because.1", "there is no claim 'c9'"),
        ("perceptions.z", "there is no party 'z'"),
        ("perceptions.b.unsen", "unknown key 'unsen'"),
    ]


def test_perceptions_that_are_not_used_are_warned_of(tmp_path: Path) -> None:
    found = told(tmp_path, "perceptions: {m: {unseen: [s1]}, b: }", severity="warning")
    assert [m for path, m in found if path.startswith("perceptions")] == [
        "'m' is a mediator that controls nothing: how it sees the case is not used",
        "says nothing: the party sees the case as it is",
    ]


def test_to_believe_that_nothing_is_known_of_a_party_is_legal(tmp_path: Path) -> None:
    path = with_keys(tmp_path, "perceptions: {a: {preferences: {b: }}}")
    assert [p for p in problems(path) if p.path.startswith("perceptions")] == []
    believed = read_folder(path).case.perceptions["a"].preferences
    assert list(believed) == ["b"]
    assert not believed["b"].stated


def test_grounds_of_perceptions_are_checked_and_change_no_setting(tmp_path: Path) -> None:
    from accordant.case.grounds import elements

    text = (
        CASE
        + "perceptions: {north: {preferences: {south: {priorities: [{want: passage, because: [c1]}]}}}}\n"
    )
    before = folder(tmp_path / "a", CASE, CLAIMS)
    path = folder(tmp_path / "b", text, CLAIMS)
    assert problems(path) == []
    assert elements(read_folder(path).case) == elements(read_folder(before).case)


def test_every_mistake_in_coalitions_is_said_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, "coalitions: [[a], [a, b], [b, a], [a, m], [b, b], [a, q], a]")
    assert found == [
        ("coalitions.1", "a coalition takes at least two parties"),
        ("coalitions.3", "names the coalition of b and a twice"),
        ("coalitions.4.2", "'m' is a mediator that controls nothing: it cannot act with others"),
        ("coalitions.5", "a coalition takes at least two parties"),
        ("coalitions.5.2", "names 'b' twice"),
        ("coalitions.6.2", "there is no party 'q'"),
        ("coalitions.7", "must be a list"),
    ]


# One number for everything


def digest_of(**parts: Any) -> str:
    data = {"title": "t", "parties": {"a": {}, "b": {}}, "states": ["s1", "s2", "s3"], **parts}
    return digest(Case.model_validate(data))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"coalitions": [["a", "b"]]}, {"coalitions": [["b", "a"]]}),
        (
            {"preferences": {"a": {"incomparable": [["s1", "s2"], ["s1", "s3"]]}}},
            {"preferences": {"a": {"incomparable": [["s3", "s1"], ["s1", "s2"]]}}},
        ),
        ({"perceptions": {"a": {"unseen": ["s1", "s2"]}}}, {"perceptions": {"a": {"unseen": ["s2", "s1"]}}}),
        (
            {"preferences": {"a": {"degrees": [["s1", "s2", "0.5"]]}}},
            {"preferences": {"a": {"degrees": [["s1", "s2", "0.50"]]}}},
        ),
    ],
)
def test_what_means_the_same_has_the_same_digest(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert digest_of(**one) == digest_of(**two) != digest_of()


def test_what_strength_and_attitudes_say_is_in_the_digest() -> None:
    ranking = {"preferences": {"a": {"ranking": ["s1", "s2", "s3"]}}}
    marked = {"preferences": {"a": {"ranking": ["s1", ">>", "s2", "s3"]}}}
    assert digest_of(**ranking) != digest_of(**marked)
    assert digest_of(attitudes={"a": {"b": "negative"}}) != digest_of(attitudes={"a": {"b": "neutral"}})
