"""Verdicts over all admissible settings, against every setting judged by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.stability import analyse, analysis, engine, outlook
from accordant.stability.concepts import CONCEPTS
from accordant.stability.result import StabilityResult

ISSUES = ("x", "y", "z")


def lines() -> st.SearchStrategy[dict[str, Any]]:
    forms = [*ISSUES, *(f"not {i}" for i in ISSUES), "x and y", "y or not z", "x -> z"]
    return st.builds(
        lambda want, unsure: {"want": want, "unsure": unsure, "assumed": "so we think"},
        st.sampled_from(forms),
        st.sampled_from([False, False, True]),
    )


@st.composite
def cases(draw: st.DrawFn, *, unknown: bool = False) -> Case:
    """Small cases in which some lines, rules and controllers are unsure."""
    parties = ["a", "b", "c"][: draw(st.integers(2, 3))]
    preferences: dict[str, Any] = {}
    for party in parties:
        priorities: list[Any] = draw(st.lists(lines(), min_size=1, max_size=3))
        if draw(st.booleans()):
            priorities.append(
                {"either": [{"want": "x", "assumed": "one"}, {"want": "not y", "assumed": "two"}]}
            )
        preferences[party] = {"priorities": priorities}
    if unknown:
        del preferences[draw(st.sampled_from(parties))]
    issues: dict[str, dict[str, Any]] = {
        i: {"by": draw(st.sampled_from(parties)), "assumed": "it does"} for i in ISSUES
    }
    issues["y"]["unsure"] = draw(st.booleans())
    issues["z"]["moves"] = draw(st.sampled_from(["any", "forward"]))
    rule = {"rule": draw(st.sampled_from(["x -> y", "not (y and z)"])), "unsure": True, "assumed": "a law"}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in parties},
            "issues": issues,
            "feasible": draw(st.sampled_from([[], [rule]])),
            "status_quo": {"x": "no", "y": "no", "z": "no"},
            "proposals": {"offer": {"package": {"x": "yes"}, "unsure": True, "assumed": "rumour"}},
            "preferences": preferences,
        }
    )


def setting_by_setting(compiler: Compiler) -> dict[str, np.ndarray]:
    """Stable in (setting, party, state of the case as written), for each concept."""
    names = compiler.view().space.names
    rows: dict[str, list[np.ndarray]] = {c: [] for c in CONCEPTS}
    for setting in compiler.setting_space().settings():
        view = compiler.view(setting)
        at = [view.space.numbers[name] for name in names]
        for concept, verdict in engine.judge(view.model, view.orders).items():
            rows[concept].append(verdict[:, at])
    return {c: np.stack(r) for c, r in rows.items()}


def assert_same(result: StabilityResult, expected: dict[str, np.ndarray]) -> None:
    names = np.array(result.states)
    for concept, found in result.concepts.items():
        verdicts = expected[concept]
        for i, party in enumerate(result.parties):
            assert list(found.stable[party]) == list(names[verdicts[:, i].all(axis=0)])
            assert list(found.possible[party]) == list(names[verdicts[:, i].any(axis=0)])
        holds = np.asarray(verdicts.all(axis=1))
        assert list(found.equilibria) == list(names[holds.all(axis=0)])
        assert list(found.possible_equilibria) == list(names[holds.any(axis=0)])
        assert found.counts == {
            name: (int(k), len(holds)) for name, k in zip(names, holds.sum(axis=0), strict=True)
        }


@settings(max_examples=40)
@given(cases())
def test_the_answer_is_that_of_every_setting_judged_by_itself(case: Case) -> None:
    compiler = Compiler(case)
    result = analyse(compiler)
    assert result.method.exact
    assert result.method.settings == compiler.setting_space().count
    assert_same(result, setting_by_setting(compiler))


@settings(max_examples=25)
@given(cases(unknown=True))
def test_with_an_unknown_order_there_is_no_count(case: Case) -> None:
    compiler = Compiler(case)
    result = analyse(compiler)
    assert result.method.settings is None
    silent = [p not in case.preferences for p in result.parties]
    for concept, found in result.concepts.items():
        assert found.counts is None
        assert set(found.equilibria) <= set(found.possible_equilibria)
        must = np.ones((len(silent), len(result.states)), dtype=bool)
        may = ~must
        for setting in compiler.setting_space().settings():
            view = compiler.view(setting)
            at = [view.space.numbers[name] for name in result.states]
            bounds = engine.bounds(view.model, view.orders, ~np.array(silent), [concept])[concept]
            must &= bounds.must[:, at]
            may |= bounds.may[:, at]
        names = np.array(result.states)
        for i, party in enumerate(result.parties):
            assert list(found.stable[party]) == list(names[must[i]])
            assert list(found.possible[party]) == list(names[may[i]])


@settings(max_examples=25)
@given(cases())
def test_explanations_speak_of_the_case_as_it_is_written(case: Case) -> None:
    compiler = Compiler(case)
    result = analyse(compiler, ["seq"])
    view = compiler.view()
    verdict = engine.judge(view.model, view.orders, ["seq"])["seq"]
    found = result.concepts["seq"]
    for i, party in enumerate(result.parties):
        for s, state in enumerate(result.states):
            why = result.explain(state, party, "seq")
            assert why.stable == verdict[i, s]
            sure = (state in found.stable[party]) == (state in found.possible[party])
            assert ("not in every admissible setting" in why.sentence) != sure


def many(lines_each: int) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "a"}},
            "preferences": {
                p: {
                    "priorities": [
                        {"want": w, "unsure": True} for w in (["x", "not y", "z", "x and y"] * 5)[:lines_each]
                    ]
                }
                for p in "ab"
            },
        }
    )


def test_what_is_too_much_is_drawn_at_random_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = Compiler(many(4))
    exact = analyse(compiler)
    assert exact.method.exact
    assert exact.method.settings == 256
    monkeypatch.setattr(analysis, "MOST_VERDICTS", 0)
    drawn = analyse(compiler, seed=5)
    assert not drawn.method.exact
    assert "under seq, 64 of" in drawn.method.cut
    assert ("seed", "5") in drawn.method.parameters
    # what one party's order decides is still counted, not drawn
    assert drawn.concepts["smr"] == exact.concepts["smr"]
    for name, found in drawn.concepts.items():
        assert set(exact.concepts[name].equilibria) <= set(found.equilibria)
        assert set(found.possible_equilibria) <= set(exact.concepts[name].possible_equilibria)
    assert analyse(compiler, seed=5).concepts == drawn.concepts


def test_too_many_lines_of_one_party_and_too_many_frames_are_said_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outlook, "MOST_OWN", 16)
    result = analyse(Compiler(many(6)))
    assert not result.method.exact
    assert "16 of 64 settings of what a wants, drawn at random" in result.method.cut
    monkeypatch.setattr(outlook, "MOST_FRAMES", 1)
    case = many(1)
    grounded = {name: issue.model_copy(update={"unsure": True}) for name, issue in case.issues.items()}
    result = analyse(Compiler(case.model_copy(update={"issues": grounded})))
    assert "at most 1 of 8 ways in which rules, controllers, moves and status quo" in result.method.cut


def test_a_state_that_a_doubtful_rule_forbids_is_counted_not_listed() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "feasible": [{"rule": "not (x and y)", "unsure": True}],
            "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}},
        }
    )
    result = analyse(Compiler(case), ["nash"])
    assert result.states == ("s1", "s2", "s3")
    assert ("states not listed, where an unsure rule does not hold", "1") in result.method.parameters
    assert result.concepts["nash"].counts == {"s1": (0, 2), "s2": (1, 2), "s3": (1, 2)}


def test_an_unknown_concept_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'nash'"):
        analyse(Compiler(many(1)), ["nsh"])


def test_the_answer_as_a_table_and_as_plain_data() -> None:
    result = analyse(Compiler(many(2)), ["nash", "seq"])
    table = result.table()
    assert table.columns == ("state", "x", "y", "z", "nash", "seq")
    assert len(table.rows) == len(result.states) == 8
    plain = result.to_json()
    assert plain["schema"] == "accordant/stability/1"
    assert plain["states"][3] == {"name": "s4", "values": {"x": "no", "y": "yes", "z": "yes"}}
    assert set(plain["concepts"]["seq"]) >= {"stable", "equilibria"}
    assert plain["method"]["settings"] == 16
    cells = {row[-1] for row in table.rows}
    assert cells <= {"yes", "no"} | {f"{k} of 16" for k in range(17)}


def test_states_that_are_not_listed_but_hold_in_some_setting_are_named() -> None:
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"i": {"by": "a"}, "j": {"by": "b"}},
            "feasible": [{"rule": "not (i and j)", "unsure": True}],
            "preferences": {"a": {"priorities": ["i"]}, "b": {"priorities": ["j"]}},
        }
    )
    result = analyse(Compiler(case))
    told = dict(result.method.parameters)
    assert result.concepts["nash"].equilibria == ()
    assert told["states not listed, where an unsure rule does not hold"] == "1"
    assert told["of these hold in some setting"].startswith("i yes, j yes (nash, gmr,")
