"""Cases whose worths are added up against the same cases with every state listed."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.additive import frontier
from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.problem import Additive
from accordant.agreement.frontier import efficient_points
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import AS_WRITTEN, Setting
from tests.agreement.random_cases import cases


def agree(case: Case, setting: Setting = AS_WRITTEN) -> None:
    """Worths, X_d, the frontier and every package behind it are those of the listed states."""
    compiler = Compiler(case)
    view = compiler.view(setting)
    listed, found = bargain_of(view), additive_of(compiler, setting)
    if isinstance(listed, NoBargain) or isinstance(found, NoBargain):
        assert isinstance(listed, NoBargain) == isinstance(found, NoBargain), (listed, found)
        return
    codes = [tuple(int(c) for c in row) for row in view.space.codes]
    worths = np.array([found.worth(c)[: len(found.parties)] for c in codes], dtype=object).T
    for k, cardinal in enumerate(found.cardinal):
        mine, its = worths[k] - found.reservations[k], listed.worths[k] - listed.reservations[k]
        if cardinal:
            assert list(mine * listed.scales[k]) == list(its.astype(object) * found.scales[k])
        assert np.array_equal(
            np.argsort(mine.astype(np.int64), kind="stable"), np.argsort(its, kind="stable")
        )
        assert list(np.sign(mine.astype(np.int64))) == list(np.sign(its))
    assert [found.rational(c) for c in codes] == listed.rational().tolist()
    efficient = efficient_points(listed)
    expected = sorted(codes[s] for k in range(efficient.points.m) for s in efficient.members(k))
    merged = frontier(found)
    assert sorted(c for k in range(merged.points.m) for c in merged.members(k, None)) == expected


@settings(max_examples=130, deadline=None)
@given(cases(doubt=False))
def test_every_case_adds_up_to_what_its_states_are_worth(case: Case) -> None:
    agree(case)


@settings(max_examples=80, deadline=None)
@given(cases(), st.data())
def test_elements_that_do_not_count_are_left_out_of_the_sums(case: Case, data: st.DataObject) -> None:
    free = Compiler(case).setting_space().free
    gone = data.draw(st.sets(st.sampled_from(sorted(free)))) if free else set()
    kept = {e for e in gone if not e.startswith("feasible.")}  # rules change the states that there are
    agree(case, Setting(frozenset(kept)))


def numeric(more: dict[str, object], **case: object) -> Case:
    both = {"joint": ["a", "b"]}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "pay": {"by": both, "range": {"from": 0, "to": 3, "step": "0.5"}, "unit": "percent"},
                "days": {"by": both, "values": ["few", "some", "many"]},
            },
            "status_quo": {"pay": "0", "days": "few"},
            "preferences": {
                "a": {
                    "worth": {
                        "pay": {"linear": [["0", "0"], ["1.5", "1"], ["3", "5"]]},
                        "days": {"few": 0, "some": "0.1", "many": "0.3"},
                    },
                    "also": [{"if": "pay >= 2.2 and days = many", "worth": "-1.7"}],
                },
                "b": {
                    "worth": {
                        "pay": {"linear": [["0", "10"], ["3", "0"]]},
                        "days": {"few": 0, "some": 2, "many": 3},
                    },
                    **more,
                },
            },
            **case,
        }
    )


def test_lines_over_numeric_issues_are_exact() -> None:
    agree(numeric({}))
    found = additive_of(Compiler(numeric({})))
    assert isinstance(found, Additive)
    assert found.tables[0][0].tolist() == [0, 10, 20, 30, 70, 110, 150]  # 1/3 is one of its numbers
    assert found.scales[0] == 30


def test_reservations_are_numbers_states_or_ranges() -> None:
    agree(numeric({"reservation": "6.5"}))
    agree(numeric({"reservation": ["3", "6.5"]}))
    agree(numeric({"reservation": {"state": {"pay": "1", "days": "some"}}}))


def test_tables_and_rankings_by_pattern_add_up() -> None:
    patterns = [{"days": "few"}, {"days": "some", "pay": "0"}]
    rest = [{"days": "some", "pay": p} for p in ("0.5", "1", "1.5", "2", "2.5", "3")] + [{"days": "many"}]
    case = numeric({}).model_dump(by_alias=True, exclude_defaults=True)
    for preference in (
        {"table": [[p, k % 4] for k, p in enumerate([*patterns, *rest])]},
        {"ranking": [patterns, *rest], "never": ["pay = 3"]},
    ):
        case["preferences"] = {**case["preferences"], "a": preference}
        agree(Case.model_validate(case))


def test_what_a_constituency_may_refuse_is_refused() -> None:
    for reservation in ("2", ["1", "2"], {"state": {"pay": "3", "days": "some"}}):
        street = {
            "worth": {"pay": {"linear": [["0", "0"], ["3", "3"]]}},
            "never": ["days = few", "pay = 2.5"],
            "reservation": reservation,
        }
        case = numeric({}).model_dump(by_alias=True, exclude_defaults=True)
        case["parties"] = {**case["parties"], "street": {"role": "constituency", "of": "a"}}
        case["preferences"] = {**case["preferences"], "street": street}
        agree(Case.model_validate(case))
