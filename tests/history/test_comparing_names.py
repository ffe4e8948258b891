"""Renaming a model changes what things are called and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.case.digest import digest
from accordant.case.objects import Case
from accordant.history.comparing_names import apart, renamed
from accordant.model.compiler import Compiler
from accordant.reliance import analyse

CASES = Path(__file__).parents[2] / "cases"
SECTIONS = ("parties", "issues", "proposals", "reports", "origins", "claims")
SHIPPED = ("january-2024", "labour", "river", "supply", "elmira", "valley", "games/chicken-misperceived")


def names_for(case: Case, mark: str) -> dict[str, dict[str, str]]:
    return {section: {id_: f"{mark} {id_}" for id_ in getattr(case, section)} for section in SECTIONS}


@pytest.mark.parametrize("name", SHIPPED)
def test_there_and_back_again_is_the_same_case(name: str) -> None:
    case = accordant.load(CASES / name).case
    other = renamed(case, names_for(case, "x"))
    back = {s: {new: old for old, new in found.items()} for s, found in names_for(case, "x").items()}
    assert digest(renamed(other, back)) == digest(case)
    for section in SECTIONS:
        assert not set(getattr(other, section)) & set(getattr(case, section))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_renamed_case_is_a_right_one(name: str) -> None:
    from accordant.case.checks import check_case, check_sources

    case = accordant.load(CASES / name).case
    other = renamed(case, names_for(case, "x"))
    told = [f.message for f in (*check_case(other), *check_sources(other)) if f.severity == "error"]
    # the new ids are no ids that a person may write; everything else still fits together
    assert not [message for message in told if "there is no" in message]


def test_answers_stay_what_they_are() -> None:
    case = accordant.load(CASES / "january-2024").case
    other = renamed(case, names_for(case, "x"))
    before, after = (analyse(Compiler(one), supports=False) for one in (case, other))
    assert [(r.status, r.settings) for r in before.conclusions] == [
        (r.status, r.settings) for r in after.conclusions
    ]


def test_ids_in_expressions_are_renamed_and_values_are_not() -> None:
    raw = {
        "title": "t",
        "parties": {"a": {}},
        "issues": {"x": {"by": "a", "values": ["x", "y"]}, "y": {"by": "a"}},
        "preferences": {"a": {"priorities": ["x = y -> not y and 'x' != x"]}},
    }
    other = renamed(Case.model_validate(raw), {"issues": {"x": "two words", "y": "z"}})
    (line,) = other.preferences["a"].lines
    assert line.want == '"two words" = y -> not z and "two words" != x'


ids = st.sets(st.sampled_from(("a", "b", "c", "B:a", "B:b", "d")))


@given(ids, ids, st.data())
def test_ids_are_set_apart_unless_they_are_matched(
    ours: set[str], theirs: set[str], data: st.DataObject
) -> None:
    mine, its = sorted(ours), sorted(theirs)
    count = data.draw(st.integers(0, min(len(mine), len(its))))
    same = dict(zip(data.draw(st.permutations(its))[:count], mine, strict=False))
    found = apart(mine, its, same)
    new = {id_: found.get(id_, id_) for id_ in its}
    assert len(set(new.values())) == len(new)
    for id_ in its:
        assert (new[id_] in ours) == (id_ in same)
        assert id_ not in same or new[id_] == same[id_]
