"""Checks that need states: contradictory rules, anchors, rankings, merged states, packages."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant
from accordant.errors import CaseError, Problem
from tests.case.casefiles import CASE, folder, swapped

NORTH = "    priorities: [{want: departure, because: [c1]}]"
STATUS_QUO = "{state: {truce: none, departure: no, passage: no}, because: [c1]}"
MERGED = """\
title: t
parties: {a: {}, b: {}}
issues: {x: {by: a, assumed: t}, y: {by: b, assumed: t}}
states: {gone: {x: yes}}
status_quo: {state: {x: no, y: no}, assumed: t}
no_deal: {state: status_quo, assumed: t}
preferences: {a: {priorities: [{want: x, assumed: t}]}, b: {priorities: [{want: not x and y, assumed: t}]}}
"""


def found_in(room: Path, *pairs: tuple[str, str], base: str = CASE, severity: str = "error") -> list[Problem]:
    claims = "claims.yaml" if "because" in base else None
    path = folder(room, swapped(base, *pairs)) if claims else folder(room, swapped(base, *pairs), None)
    return [p for p in accordant.check(path) if p.severity == severity]


def one(room: Path, *pairs: tuple[str, str], base: str = CASE, severity: str = "error") -> Problem:
    found = found_in(room, *pairs, base=base, severity=severity)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]


def test_right_cases_have_no_problems(tmp_path: Path) -> None:
    assert found_in(tmp_path / "a") == found_in(tmp_path / "b", base=MERGED) == []


# Rules and anchors


def test_contradictory_rules_are_named_and_innocent_ones_are_not(tmp_path: Path) -> None:
    rules = "  - truce = pause\n  - departure\n  - not passage\n  - truce = none or truce = pause\n"
    found = one(tmp_path, ("feasible:\n", f"feasible:\n{rules}"))
    assert found.message == "no state is feasible: these rules cannot all be true"
    assert found.found == "'departure'; 'not passage'; 'departure -> passage'"
    assert (found.line, found.hint) == (18, "change one of the rules 2, 3, 5")


def test_a_rule_that_is_never_true_is_named_alone(tmp_path: Path) -> None:
    found = one(tmp_path, ("feasible:\n", "feasible:\n  - truce < none\n"))
    assert (found.line, found.message) == (14, "no state is feasible: this rule is never true")
    assert found.found == "'truce < none'"


def test_contradictory_rules_are_found_among_sixty_issues(tmp_path: Path) -> None:
    issues = "".join(f"  i{k}: {{by: a, assumed: t}}\n" for k in range(60))
    case = f"title: t\nparties: {{a: {{}}}}\nissues:\n{issues}feasible:\n  - i7 -> i9\n  - i7 and not i9\n"
    assert "cannot all be true" in one(tmp_path, base=case).message


def test_a_case_too_large_is_checked_as_far_as_it_can_be(tmp_path: Path) -> None:
    issues = "".join(f"  i{k}: {{by: a, assumed: t}}\n" for k in range(60))
    case = f"title: t\nparties: {{a: {{}}}}\nissues:\n{issues}"
    found = one(tmp_path, base=case, severity="warning")
    assert "was not checked" in found.message


def test_an_infeasible_status_quo_names_the_rule_that_forbids_it(tmp_path: Path) -> None:
    found = one(
        tmp_path, ("truce: none, departure: no, passage: no", "truce: none, departure: yes, passage: no")
    )
    assert (found.line, found.path) == (15, "status_quo.state")
    assert "the rule 'departure -> passage' (feasible.1) forbids it" in found.message


def test_an_infeasible_no_deal_too(tmp_path: Path) -> None:
    found = one(tmp_path, ("{state: status_quo, ", "{state: {departure: yes, passage: no}, "))
    assert (found.line, "feasible.1" in found.message) == (16, True)


def test_a_status_quo_that_matches_several_states(tmp_path: Path) -> None:
    found = one(tmp_path, ("{truce: none, departure: no, passage: no}", "{truce: none, departure: no}"))
    assert (found.line, found.message) == (15, "matches 2 states (s1, s2); it has to be one")
    assert found.hint == "give a value for passage"


def test_a_status_quo_whose_open_issues_follow_is_fine(tmp_path: Path) -> None:
    follows = ("{truce: none, departure: no, passage: no}", "{truce: none, departure: yes}")
    assert found_in(tmp_path, follows) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (STATUS_QUO, "{state: s99, because: [c1]}", "status_quo.state"),
        ("{state: status_quo, ", "{state: s99, ", "no_deal.state"),
        (
            "package: {departure: yes, passage: yes, truce: lasting}",
            "package: s99",
            "proposals.offer-1.package",
        ),
        (NORTH, "    ranking: [s99]", "preferences.north.ranking.1"),
        (
            "proposals:",
            "judgements: {j: {by: x, about: 'holds(s99, seq)'}}\nproposals:",
            "judgements.j.about",
        ),
        ("proposals:", "judgements: {j: {by: x, about: agreement(s99)}}\nproposals:", "judgements.j.about"),
    ],
)
def test_numbered_states_have_to_exist(tmp_path: Path, old: str, new: str, path: str) -> None:
    found = [p for p in found_in(tmp_path, (old, new)) if p.message == "there is no state 's99'"]
    assert [p.path for p in found] == [path]


def test_a_proposal_called_like_a_numbered_state(tmp_path: Path) -> None:
    assert one(tmp_path, ("  offer-1:", "  s3:")).message == "'s3' is also a state"


# Named states


def test_named_states_have_to_be_feasible(tmp_path: Path) -> None:
    states = (
        "states: {exile: {departure: yes, passage: no}, peace: {truce: lasting, departure: yes}}\nproposals:"
    )
    found = one(tmp_path, ("proposals:", states))
    assert (found.path, "feasible.1" in found.message) == ("states.exile", True)


def test_named_states_may_not_overlap(tmp_path: Path) -> None:
    states = "states: {exile: {departure: yes}, "
    states += "peace: {truce: lasting}, war: {departure: no, truce: none}}\nproposals:"
    found = one(tmp_path, ("proposals:", states))
    assert found.path == "states.peace"
    assert found.message == "overlaps with exile: departure: yes, truce: lasting is in both"


def test_a_line_that_is_of_two_minds_about_a_merged_state_names_both_members(tmp_path: Path) -> None:
    two = [("want: not x and y", "want: y"), ("want: x,", "want: x and y,")]
    found = found_in(tmp_path, *two, base=MERGED)
    assert [p.path for p in found] == ["preferences.a.priorities.1.want", "preferences.b.priorities.1.want"]
    assert all(
        "merged state gone" in p.message and "x=yes, y=no against x=yes, y=yes" in p.message for p in found
    )
    assert found[0].line == 7


# Rankings


@pytest.mark.parametrize(
    ("ranking", "message"),
    [
        ("[gone, s1]", "misses the states s2"),
        ("[gone, s1, s2, {x: no, y: no}]", "names the state s1 twice"),
        ("[gone, {x: yes}, s1, s2]", "names the state gone twice"),
        ("[gone, [s1, s2]]", None),
        ("[{x: no, y: yes}, s1, {x: yes}]", None),
    ],
)
def test_rankings_name_every_state_once(tmp_path: Path, ranking: str, message: str | None) -> None:
    new = f"a: {{ranking: {ranking}, assumed: t}}"
    found = found_in(tmp_path, ("a: {priorities: [{want: x, assumed: t}]}", new), base=MERGED)
    assert [message in p.message for p in found if message] == ([True] * len(found) if message else [])
    assert bool(found) is (message is not None)


@pytest.mark.parametrize(
    ("ranking", "right"),
    [
        ("[s1, s2, gone]", True),
        ("[s1, gone, s2]", False),
        ("[s1, [s2, gone]]", False),
        ("[gone, [s1, s2]]", False),
    ],
)
def test_a_ranking_puts_what_crosses_a_red_line_last(tmp_path: Path, ranking: str, right: bool) -> None:
    new = f"a: {{ranking: {ranking}, never: [{{rule: x, assumed: t}}], assumed: t}}"
    found = found_in(tmp_path, ("a: {priorities: [{want: x, assumed: t}]}", new), base=MERGED)
    assert [p.path for p in found] == ([] if right else ["preferences.a.ranking"])
    assert right or "contradicts the red line 1: it puts gone, which crosses it" in found[0].message


def test_red_lines_come_in_their_order(tmp_path: Path) -> None:
    never = "never: [{rule: not x and y, assumed: t}, {rule: x, assumed: t}]"
    old = "a: {priorities: [{want: x, assumed: t}]}"
    right = f"a: {{ranking: [s1, gone, s2], {never}, assumed: t}}"
    wrong = f"a: {{ranking: [gone, s1, s2], {never}, assumed: t}}"
    assert found_in(tmp_path / "a", (old, right), base=MERGED) == []
    assert "red line 2" in one(tmp_path / "b", (old, wrong), base=MERGED).message


def test_worths_may_weigh_what_a_red_line_refuses(tmp_path: Path) -> None:
    new = "a: {worth: {x: {no: 0, yes: 9}, y: {no: 0, yes: 0}}, never: [{rule: x, assumed: t}], assumed: t}"
    assert found_in(tmp_path, ("a: {priorities: [{want: x, assumed: t}]}", new), base=MERGED) == []


# Packages and red lines


def test_an_impossible_package_names_the_rule(tmp_path: Path) -> None:
    package = ("departure: yes, passage: yes, truce: lasting", "departure: yes")
    found = one(tmp_path, package, severity="warning")
    assert found.path == "proposals.offer-1.package"
    assert "the package is not possible" in found.message
    assert "feasible.1" in found.message


def test_a_package_that_undoes_what_cannot_be_undone_names_the_move(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        ("truce: none, departure: no, passage: no", "truce: none, departure: yes, passage: yes"),
        ("departure: yes, passage: yes, truce: lasting", "departure: no"),
        severity="warning",
    )
    assert "it takes departure from yes to no, which the moves of departure do not permit" in found.message


def test_a_red_line_that_no_deal_crosses_is_mentioned(tmp_path: Path) -> None:
    never = f"{NORTH}\n    never: [{{rule: truce = none, because: [c1]}}]"
    found = one(tmp_path, (NORTH, never), severity="warning")
    assert (found.path, found.line) == ("preferences.north.never.1", 24)
    assert "no deal (s1) crosses this red line too" in found.message


# Together


def test_mistakes_of_both_kinds_are_reported_at_once(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        ("truce: none, departure: no, passage: no", "truce: none, departure: yes, passage: no"),
        ("{want: not departure, because: [c1]}", "{want: not departure, because: [c9]}"),
    )
    assert [(p.line, p.path) for p in found] == [
        (15, "status_quo.state"),
        (20, "preferences.south.priorities.1.because.1"),
    ]
    with pytest.raises(CaseError) as caught:
        accordant.load(tmp_path)
    assert [p for p in caught.value.problems if p.severity == "error"] == found


def test_a_checked_case_is_not_compiled_again(tmp_path: Path) -> None:
    opened = accordant.load(folder(tmp_path))
    assert "compiler" in vars(opened)
    assert opened.compiler.space().n == 9
