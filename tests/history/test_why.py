"""The smallest sets of changes that move a conclusion, against every set of changes tried."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings

from accordant.case.objects import Case
from accordant.history.changes import applied, changes
from accordant.history.why import moved
from accordant.history.why_answers import answers, drawn
from accordant.history.why_halfway import without_grounds
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import parse_conclusion
from tests.history import twin
from tests.history.pairs import pairs
from tests.reliance import twin as reliance_twin

SHOWN = ["acceptable(offer, a)", "agreement(offer)", "agreement-exists", "holds(s1, nash)", "holds(s1, seq)"]


@given(pairs(most=3))
@settings(max_examples=12)
def test_the_smallest_sets_are_those_that_trying_every_set_finds(both: tuple[Case, Case]) -> None:
    old, new = both
    some = [change for change in changes(old, new) if change.matters]
    assume(twin.right(old) and twin.right(new) and 0 < len(some) <= 3)
    assume(old.feasible == new.feasible)  # so that a state's name stands for the same state
    assume(all(Compiler(case).setting_space().listed <= 64 for case in both))
    result = moved(old, new, SHOWN, looked=100_000, judged=100_000)
    for about in result.conclusions:
        conclusion = parse_conclusion(about.conclusion, Compiler(new))
        before, after = (twin.answer(case, conclusion) for case in (old, new))
        told = [a and (a.status, a.settings) for a in (about.before, about.after)]
        assert [a and a[0] for a in told] == [a and a[0] for a in (before, after)]
        assert about.changed == (not twin.reached(after, before, after))
        if about.changed:
            found = {frozenset(c.id for c in why.changes) for why in about.sets}
            assert found == twin.smallest(old, some, conclusion, new)
            assert not about.cut


@given(pairs(most=4))
@settings(max_examples=12)
def test_no_answer_depends_on_changes_that_do_not_matter(both: tuple[Case, Case]) -> None:
    old, new = both
    made = applied(old, [change for change in changes(old, new) if not change.matters])
    assume(twin.right(old))
    conclusions = drawn(Compiler(old), [])
    assert answers(Compiler(made), conclusions) == answers(Compiler(old), conclusions)


@given(reliance_twin.cases())
@settings(max_examples=12)
def test_answers_are_the_same_once_grounds_are_settled(case: Case) -> None:
    assume(twin.right(case))
    conclusions = drawn(Compiler(case), [])
    assert answers(Compiler(without_grounds(case)), conclusions) == answers(Compiler(case), conclusions)


@given(pairs(most=2))
@settings(max_examples=8)
def test_nothing_differs_between_a_case_and_itself(both: tuple[Case, Case]) -> None:
    assume(twin.right(both[0]))
    result = moved(both[0], both[0])
    assert not result.changes
    assert not result.changed


CLAIM = {"report": "r1", "quote": "q", "at": [0, 1], "says": "s", "kind": "position"}


def talks(**claims: dict[str, Any]) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {
                "a": {"priorities": [{"want": "not x", "because": ["c1", "c2"]}]},
                "b": {"priorities": ["y"]},
            },
            "proposals": {"offer": {"package": {"x": "yes", "y": "yes"}}},
            "sources": {
                "reports": {"r1": {"file": "reports/r1.txt", "sha256": "0" * 64}},
                "claims": {"c1": {**CLAIM, **claims.get("c1", {})}, "c2": {**CLAIM, **claims.get("c2", {})}},
            },
        }
    )


def test_two_claims_that_fall_together_are_one_set() -> None:
    gone = {"status": "retracted"}
    result = moved(talks(), talks(c1=gone, c2=gone), ["acceptable(offer, a)"])
    (about,) = result.conclusions
    assert about.before is not None
    assert about.after is not None
    assert [about.before.says, about.after.says] == ["never", "in 1 of 2"]
    (why,) = about.sets
    assert [c.says for c in why.changes] == ["c1 is retracted now, was open", "c2 is retracted now, was open"]
    assert why.through == ("a: the line 'not x' has no ground left",)


def test_states_are_followed_by_what_they_are() -> None:
    """A new rule takes the first state away: what was s4 is s3, and it is the same state."""
    old = talks()
    new = old.model_copy(
        update={
            "feasible": Case.model_validate(
                {"title": "t", "parties": {"a": {}}, "feasible": ["x or not y"]}
            ).feasible
        }
    )
    result = moved(old, new, ["holds(s3, nash)"])
    (about,) = result.conclusions
    assert about.was == "holds(s4, nash)" if about.conclusion == "holds(s3, nash)" else about.was
    assert Compiler(new).space().values_of(2) == {"x": "yes", "y": "yes"}


def test_a_new_proposal_brings_its_conclusions() -> None:
    old = talks()
    raw = {
        "title": "t",
        "parties": {"a": {}},
        "issues": {},
        "proposals": {"other": {"package": {"y": "yes"}}},
    }
    new = old.model_copy(update={"proposals": {**old.proposals, **Case.model_validate(raw).proposals}})
    about = moved(old, new)["acceptable(other, b)"]
    assert about.before is None
    assert about.after is not None
    assert about.after.status == "always"
    assert [[c.id for c in why.changes] for why in about.sets] == [["proposals.other:new"]]


def test_an_issue_and_what_names_it_change_together() -> None:
    old = talks()
    wider = Case.model_validate(
        {
            **{"title": "t", "parties": {"a": {}, "b": {}}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "a"}},
            "status_quo": {"x": "no", "y": "no", "z": "no"},
            "preferences": {"a": {"priorities": ["z", "not x"]}, "b": {"priorities": ["y"]}},
        }
    )
    new = old.model_copy(
        update={"issues": wider.issues, "status_quo": wider.status_quo, "preferences": wider.preferences}
    )
    result = moved(old, new)
    held = result["holds(s1, nash)"]
    assert held.was == "holds(s1, nash)"
    for about in result.changed:
        assert about.sets
        for why in about.sets:
            assert twin.right(applied(old, why.changes))


def test_what_was_not_looked_at_is_said() -> None:
    gone = {"status": "retracted"}
    result = moved(talks(), talks(c1=gone, c2=gone), ["acceptable(offer, a)"], looked=1)
    (about,) = result.conclusions
    assert len(about.sets) == 1
    assert about.cut.startswith("all sets of up to 0 of 2 changes were looked at")


def test_only_lines_that_move_the_answer_are_named() -> None:
    """A claim under a line of a and one of b: only a's says why a may accept."""
    gone = {"status": "retracted"}

    def case(**claims: dict[str, object]) -> Case:
        plain = talks(**claims)
        line = Case.model_validate(
            {
                "title": "t",
                "parties": {"b": {}},
                "issues": {"x": {"by": "b"}, "y": {"by": "b"}},
                "preferences": {"b": {"priorities": [{"want": "y", "because": ["c1", "c2"]}, "x"]}},
                "sources": {
                    "reports": {"r1": {"file": "reports/r1.txt", "sha256": "0" * 64}},
                    "claims": {"c1": CLAIM, "c2": CLAIM},
                },
            }
        ).preferences["b"]
        return plain.model_copy(update={"preferences": {**plain.preferences, "b": line}})

    old, new = case(), case(c1=gone, c2=gone)
    found = moved(old, new, ["acceptable(offer, a)", "agreement(offer)"])
    for about in found.changed:
        (why,) = about.sets
        assert why.through == ("a: the line 'not x' has no ground left",)
