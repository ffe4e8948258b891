"""What if, on cases where the answer is known."""

from __future__ import annotations

from typing import Any

import pytest

from accordant.case.digest import digest
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.reliance.supposing import WhatIfResult, what_if
from accordant.reliance.supposing.asking import preference

SAID: dict[str, Any] = {"report": "r1", "quote": "q", "at": [0, 1], "says": "so", "kind": "position"}


def talks(**more: Any) -> Case:
    """North likes a truce; South does not, by c1 and c2 of one source, and dislikes leaving."""
    raw: dict[str, Any] = {
        "title": "talks",
        "parties": {"north": {"name": "Northern Council"}, "south": {}},
        "issues": {
            "truce": {"by": {"joint": ["north", "south"]}, "assumed": "acts"},
            "leave": {"by": "south", "assumed": "acts"},
        },
        "status_quo": {"state": {"truce": "no", "leave": "no"}, "assumed": "now"},
        "preferences": {
            "north": {
                "priorities": [{"want": "truce", "because": ["c3"]}, {"want": "leave", "assumed": "n"}]
            },
            "south": {
                "priorities": [
                    {"want": "not truce", "because": ["c1", "c2"]},
                    {"want": "not leave", "because": ["c4"]},
                ]
            },
        },
        "proposals": {"offer": {"package": {"truce": "yes"}, "assumed": "made"}},
        "sources": {
            "origins": {"pair": {"kind": "described", "words": "two people"}},
            "claims": {
                "c1": {**SAID, "origin": "pair"},
                "c2": {**SAID, "origin": "pair", "within": "c1"},
                "c3": SAID,
                "c4": SAID,
                "c5": {**SAID, "contradicts": ["c4"], "status": "retracted"},
            },
        },
    }
    return Case.model_validate({**raw, **more})


def asked(case: Case, *suppose: str, **more: Any) -> WhatIfResult:
    return what_if(Compiler(case), suppose, **more)


def steps(result: WhatIfResult, kind: Any) -> list[list[str]]:
    return [[step.id for step in way.steps] for way in result.ways[kind].ways]


def test_what_keeps_an_agreement_away_is_named_with_its_claims() -> None:
    result = asked(talks(), "agreement(offer)")
    assert (result.status, result.settings) == ("never", (0, 1))
    assert steps(result, "grounds") == [["c1"]]  # what c1 says inside falls with it
    assert steps(result, "changes") == [
        ["drop south.priorities.1"],
        ["reverse south.priorities.1"],
    ]
    first = result.ways["changes"].ways[0]
    assert first.steps[0].wrong == ("c1", "c2")
    assert first.steps[0].party == "south"
    assert first.status == "always"
    assert {s.conclusion for s in first.also} >= {"acceptable(offer, south)", "agreement-exists"}


def test_nothing_is_written_to_the_case() -> None:
    case = talks()
    before = digest(case)
    asked(case, "agreement(offer)", claims=["c1=false"], prefer=["south: truce > not leave"])
    assert digest(case) == before


def test_what_is_so_already_needs_nothing() -> None:
    result = asked(talks(), "acceptable(offer, north)")
    assert result.status == "always"
    assert all(not ways.ways and "already" in ways.needless for ways in result.ways.values())


def test_not_turns_a_conclusion_round() -> None:
    result = asked(talks(), "not acceptable(offer, south)")
    assert (result.status, result.settings) == ("always", (1, 1))
    assert asked(talks(), "not acceptable(offer, north)").status == "never"


def test_an_open_question_is_answered() -> None:
    case = talks()
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    raw["preferences"]["south"]["priorities"][0]["unsure"] = True
    result = asked(Case.model_validate({**raw, "sources": case.sources}), "agreement(offer)")
    assert (result.status, result.settings) == ("sometimes", (1, 2))
    assert steps(result, "answers") == [["south.priorities.1: does not count"]]
    assert result.ways["grounds"].needless == "it is possible as the grounds stand"
    assert result.given is not None
    assert {s.conclusion: s.after for s in result.given}["acceptable(offer, south)"] == "always"


def test_a_state_as_outcome_holds_and_is_accepted() -> None:
    result = asked(talks(), states=["truce=yes"], concepts=["nash", "seq"])
    names = [s.id for s in result.supposed]
    assert names == [
        "holds(s3, nash)",
        "holds(s3, seq)",
        "acceptable(s3, north)",
        "acceptable(s3, south)",
    ]
    assert ["reverse south.priorities.1"] in steps(result, "changes")


def test_no_deal_as_outcome_asks_nobody_to_accept_it() -> None:
    result = asked(talks(), states=["s1"])
    assert [s.id for s in result.supposed] == ["holds(s1, seq)"]


def test_a_claim_takes_down_what_is_said_inside_it_and_what_stood_on_it() -> None:
    result = asked(talks(), claims=["c1=retracted"])
    assert result.claims is not None
    assert {c.claim: c.stands for c in result.claims.claims} == {"c1": False, "c2": False}
    assert [(e.element, e.unsure) for e in result.claims.elements] == [("south.priorities.1", True)]
    changed = {s.conclusion: s.told for s in result.shifts}
    assert changed["agreement(offer)"] == ("never", "1 of 2")
    assert result.to_json()["together"] is None


def test_a_claim_that_is_confirmed_takes_down_those_that_say_it_is_wrong() -> None:
    case = talks()
    claims = {**case.claims, "c6": case.claims["c3"].model_copy(update={"contradicts": ("c4",)})}
    sources = case.sources.model_copy(update={"claims": type(case.claims)(claims)})
    case = case.model_copy(update={"sources": sources})
    result = asked(case, claims={"c4": "true"})
    assert result.claims is not None
    assert result.claims.inferred == {"c6": "it says that c4 is wrong"}
    assert {c.claim: c.stands for c in result.claims.claims} == {"c4": True, "c6": False}
    assert [(e.element, e.unsure) for e in result.claims.elements] == [("south.priorities.2", False)]


def test_an_origin_stands_for_its_claims_and_others_of_it_are_named() -> None:
    result = asked(talks(), claims=["pair=false"])
    assert result.claims is not None
    assert dict(result.claims.supposed) == {"c1": "retracted", "c2": "retracted"}
    one = asked(talks(), claims=["c2=false"])
    assert one.claims is not None
    assert one.claims.touched == {"pair": ("c1",)}
    assert not one.claims.elements


def test_a_preference_names_the_lines_against_it() -> None:
    result = asked(talks(), prefer=["south: truce > leave"])
    (supposed,) = result.supposed
    assert supposed.status == "never"
    assert [(a.element, a.claims) for a in supposed.against] == [("south.priorities.1", ("c1", "c2"))]
    found = steps(result, "changes")
    assert ["drop south.priorities.1"] in found
    assert ["add south.priorities: truce"] in found
    moved = next(w for w in result.ways["changes"].ways if w.steps[0].id.startswith("move"))
    assert set(moved.steps[0].reread) == {"c1", "c2", "c4"}
    assert moved.steps[0].wrong == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("south: s1 > s4", "always"),
        ("south: s1 = s4", "never"),
        ("south: s1 >= s1", "always"),
        ("north: s3 > s2", "always"),
        ("north: truce = yes > leave = yes", "always"),
        ("north: (truce) >= (leave)", "always"),
    ],
)
def test_preferences_between_states_and_expressions(text: str, status: str) -> None:
    if text.endswith("s1 >= s1"):
        with pytest.raises(InputError, match="nothing is compared"):
            asked(talks(), prefer=[text])
        return
    assert asked(talks(), prefer=[text]).status == status


def test_a_ranking_is_changed_state_by_state() -> None:
    case = Case.model_validate(
        {
            "title": "game",
            "parties": {"a": {}, "b": {}},
            "states": ["s1", "s2", "s3"],
            "moves": {"a": {"s1": ["s2"]}, "b": {"s2": ["s3"]}},
            "status_quo": "s1",
            "preferences": {"a": {"ranking": ["s1", "s2", "s3"]}, "b": {"ranking": ["s3", ["s1", "s2"]]}},
        }
    )
    result = asked(case, prefer=["a: s3 > s1"])
    found = steps(result, "changes")
    assert ["raise a.ranking s3 above s1"] in found
    assert ["raise a.ranking s1 above s2"] not in found
    assert asked(case, "holds(s2, nash)").status == "never"
    changed = steps(asked(case, "holds(s2, nash)"), "changes")
    assert ["tie b.ranking s3 level with s1"] in changed
    assert ["raise b.ranking s2 above s3"] in changed


@pytest.mark.parametrize(
    ("suppose", "prefer", "word"),
    [
        (["agreement(offer)", "not agreement(offer)"], [], "both to be so and not to be so"),
        (["agreement(offer)", "not acceptable(offer, south)"], [], "implies"),
        (["agreement(offer)", "not agreement-exists"], [], "implies"),
        (["holds(s3, nash)", "not holds(s3, gmr)"], [], "implies"),
        ([], ["south: s1 > s2", "south: s2 > s3", "south: s3 >= s1"], "no order of south"),
    ],
)
def test_contradictions_are_said_and_nothing_is_searched_for(
    suppose: list[str], prefer: list[str], word: str
) -> None:
    result = asked(talks(), *suppose, prefer=prefer)
    assert any(word in told for told in result.contradictions)
    assert result.status == "never"
    assert all(ways.tried == 0 for ways in result.ways.values())


def test_preferences_that_fit_are_no_contradiction() -> None:
    assert not asked(talks(), prefer=["south: s1 = s2", "south: s2 >= s1"]).contradictions
    assert not asked(talks(), "holds(s3, gmr)", "not holds(s3, nash)").contradictions


def test_claims_that_cannot_both_be_right_are_said() -> None:
    case = talks()
    result = asked(case, claims=["c5=true", "c4=true"])
    assert result.contradictions == ("c5 and c4 are both supposed to be right, but c5 contradicts c4",)


def test_each_may_be_so_and_never_both() -> None:
    """South's line is unsure: the offer is acceptable in one setting, and not so in the other."""
    case = talks()
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    raw["preferences"]["south"]["priorities"][0]["unsure"] = True
    opened = Case.model_validate({**raw, "sources": case.sources})
    result = asked(opened, "acceptable(offer, south)", prefer=["south: not truce > truce"])
    assert [s.status for s in result.supposed] == ["sometimes", "sometimes"]
    assert (result.status, result.settings) == ("never", (0, 2))
    assert not result.contradictions


def test_a_rule_and_a_direction_are_lifted() -> None:
    case = talks()
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    raw["feasible"] = [{"rule": "truce -> leave", "because": ["c4"]}]
    ruled = Case.model_validate({**raw, "sources": case.sources})
    changes = steps(asked(ruled, "acceptable(offer, north)"), "changes")
    assert ["lift feasible.1"] in changes
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    raw["issues"]["leave"]["moves"] = "backward"
    raw["proposals"]["offer"]["package"] = {"truce": "yes", "leave": "yes"}
    barred = Case.model_validate({**raw, "sources": case.sources})
    assert ["free issues.leave"] in steps(asked(barred, "acceptable(offer, north)"), "changes")


def test_two_changes_where_one_is_not_enough() -> None:
    case = talks()
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    raw["preferences"]["north"]["priorities"].insert(0, {"want": "not truce", "because": ["c3"]})
    both = Case.model_validate({**raw, "sources": case.sources})
    result = asked(both, "agreement(offer)")
    assert all(len(way.steps) == 2 for way in result.ways["changes"].ways)
    assert ["drop north.priorities.1", "drop south.priorities.1"] in steps(result, "changes")
    one = asked(both, "agreement(offer)", size=1)
    assert not one.ways["changes"].ways
    assert one.ways["changes"].cut == "sets of more than 1 were not looked at"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "nothing is supposed"),
        ({"suppose": ["agreemnt(offer)"]}, "no conclusion"),
        ({"states": ["s9"]}, "there is no package"),
        ({"claims": ["c9=true"]}, "there is no claim or origin 'c9'"),
        ({"claims": ["c1=maybe"]}, "allowed: open, confirmed"),
        ({"claims": ["c1=true", "c1=false"]}, "both confirmed and retracted"),
        ({"prefer": ["sout: s1 > s2"]}, "did you mean 'south'"),
        ({"prefer": ["south s1 > s2"]}, "write party: one > other"),
        ({"prefer": ["south: s1"]}, "compares nothing"),
        ({"prefer": ["south: s1 > truc"]}, "did you mean 'truce'"),
        ({"prefer": ["south: > s1"]}, "one side is empty"),
        ({"states": ["s1"], "concepts": ["nsh"]}, "did you mean 'nash'"),
        ({"suppose": ["agreement(offer)"], "size": 0}, "at least one"),
        ({"suppose": ["agreement(offer)"], "without": ["c99"]}, "c99"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_allowed(more: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        what_if(Compiler(talks()), **more)
    assert words in str(caught.value)


def test_two_readings_are_refused() -> None:
    issues = {i: {"by": "north", "values": ["no", "x", "y"]} for i in ("w", "x", "y")}
    case = Case.model_validate(
        {"title": "t", "parties": {"north": {}}, "issues": issues, "status_quo": dict.fromkeys(issues, "no")}
    )
    with pytest.raises(InputError, match="two ways"):
        preference("north: w = x > y", Compiler(case))
    assert preference("north: (w = x) > y", Compiler(case)).better == "(w = x)"


def test_a_party_of_which_nothing_is_known_is_not_changed() -> None:
    case = talks()
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    del raw["preferences"]["south"]
    result = asked(Case.model_validate({**raw, "sources": case.sources}), prefer=["south: s1 > s2"])
    assert (result.status, result.settings) == ("sometimes", None)
    assert not result.ways["changes"].ways


def test_names_of_parties_and_issues_change_nothing() -> None:
    """Relabelling: the same ways, by other names."""
    case = talks()
    text = case.model_dump_json(by_alias=True, exclude_defaults=True)
    for old, new in (("south", "zz"), ("truce", "halt")):
        text = text.replace(old, new)
    other = Case.model_validate_json(text).model_copy(update={"sources": case.sources})
    one, two = asked(case, "agreement(offer)"), asked(other, "agreement(offer)")
    renamed = [[step.replace("south", "zz") for step in way] for way in steps(one, "changes")]
    assert renamed == steps(two, "changes")
    assert steps(one, "grounds") == steps(two, "grounds")
