"""Admissible settings: which there are, how many, and what grounds do to them."""

from __future__ import annotations

from accordant.case.objects import Case
from accordant.model.compiler import Compiler

CLAIMS = {
    "reports": {"r1": {"file": "reports/r1.txt", "sha256": "0" * 64}},
    "origins": {"pair": {"kind": "described", "count": 2}, "named": {"kind": "named"}},
    "claims": {
        "c1": {"report": "r1", "quote": "q", "at": [0, 1], "says": "q", "kind": "offer", "origin": "pair"},
        "c2": {"report": "r1", "quote": "q", "at": [0, 1], "says": "q", "kind": "offer", "origin": "named"},
        "c3": {"report": "r1", "quote": "q", "at": [0, 1], "says": "q", "kind": "offer", "within": "c1"},
    },
}


def make(preferences: dict[str, object], **parts: object) -> Compiler:
    return Compiler(
        Case.model_validate(
            {
                "title": "t",
                "parties": {"a": {}, "b": {}},
                "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
                "preferences": {"a": {"priorities": []}, "b": {"priorities": []}, **preferences},
                "sources": CLAIMS,
                **parts,
            }
        )
    )


def test_a_case_without_anything_unsure_has_one_setting() -> None:
    space = make({}).setting_space()
    assert space.count == 1
    assert len(list(space.settings())) == 1


def test_unsure_lines_and_groups_of_unknown_order_multiply() -> None:
    compiler = make(
        {"a": {"priorities": [{"want": "x", "unsure": "true"}, {"either": ["y", "not x", "x <-> y"]}]}}
    )
    space = compiler.setting_space()
    assert space.count == 2 * 6
    assert len(set(space.settings())) == 12
    assert next(space.settings()).off == frozenset()


def test_duplicates_of_an_order_count_as_often_as_they_occur() -> None:
    compiler = make(
        {
            "a": {
                "priorities": [{"either": [{"want": "x", "unsure": "true"}, {"want": "x", "unsure": "true"}]}]
            }
        }
    )
    space = compiler.setting_space()
    ranks = [tuple(compiler.view(s).orders[0] > 0) for s in space.settings()]
    assert space.count == 8
    assert sum(not any(r) for r in ranks) == 2


def test_the_order_of_a_group_decides() -> None:
    compiler = make({"a": {"priorities": [{"either": ["x", "not y"]}]}})
    only_x, only_not_y = 3, 0
    best = {
        bool(v.orders[0][only_x] > v.orders[0][only_not_y])
        for v in map(compiler.view, compiler.setting_space().settings())
    }
    assert best == {True, False}


def test_a_line_stays_sure_while_one_of_its_grounds_stands() -> None:
    compiler = make({"a": {"priorities": [{"want": "x", "because": ["c1", "c2"]}]}})
    assert "a.priorities.1" not in compiler.setting_space({"c1"}).free
    assert "a.priorities.1" in compiler.setting_space({"c1", "c2"}).free


def test_an_origin_takes_its_claims_and_what_is_said_inside_them() -> None:
    compiler = make({"a": {"priorities": [{"want": "x", "because": "c3"}]}})
    assert "a.priorities.1" in compiler.setting_space({"pair"}).free
    assert "a.priorities.1" in compiler.setting_space({"c1"}).free
    assert "a.priorities.1" not in compiler.setting_space({"named"}).free


def test_without_its_ground_a_ranking_is_unknown_and_there_is_no_count() -> None:
    ranking = {"ranking": ["s1", "s2", "s3", "s4"], "because": "c2"}
    compiler = make({"a": ranking})
    assert compiler.setting_space().count == 1
    space = compiler.setting_space({"c2"})
    assert (space.unknown, space.count) == (("a",), None)
    assert compiler.view(next(space.settings())).known.tolist() == [False, True]


def test_a_party_without_preference_is_unknown() -> None:
    case = make({}).case
    silent = Compiler(case.model_copy(update={"preferences": {"b": case.preferences["b"]}}))
    assert silent.setting_space().unknown == ("a",)


def test_a_status_quo_that_nothing_stands_behind_may_be_any_state() -> None:
    compiler = make({}, status_quo={"state": {"x": "no", "y": "no"}, "because": ["c1"]})
    assert compiler.setting_space().count == 1
    space = compiler.setting_space({"c1"})
    assert space.count is None
    found = {compiler.view(s).status_quo for s in space.settings()}
    assert found == {0, 1, 2, 3}


def test_no_deal_moves_with_the_status_quo_unless_it_is_given() -> None:
    compiler = make({}, status_quo={"state": {"x": "no", "y": "no"}, "because": ["c1"]})
    assert all(
        (v.status_quo,) == v.no_deal for v in map(compiler.view, compiler.setting_space({"c1"}).settings())
    )


def test_rules_and_controllers_can_be_unsure() -> None:
    compiler = make(
        {},
        issues={"x": {"by": "a", "unsure": "true"}, "y": {"by": "b"}},
        feasible=[{"rule": "x -> y", "unsure": "true"}],
    )
    space = compiler.setting_space()
    assert space.count == 4
    seen = {
        (view.space.n, len(view.model.movers[0].moves.arcs.targets) > 0)
        for view in map(compiler.view, space.settings())
    }
    assert seen == {(3, True), (3, False), (4, True), (4, False)}


def test_a_retracted_claim_never_counted() -> None:
    claims = {
        **CLAIMS,
        "claims": {**CLAIMS["claims"], "c2": {**CLAIMS["claims"]["c2"], "status": "retracted"}},
    }
    compiler = make({"a": {"priorities": [{"want": "x", "because": "c2"}]}}, sources=claims)
    assert compiler.setting_space().free == ("a.priorities.1",)
