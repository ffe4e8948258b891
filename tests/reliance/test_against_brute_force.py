"""Statuses, counts, supports and breaks agree with listing every setting and every subset."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.agreement import acceptable
from accordant.case.grounds import assumptions, claims_of_side, unnamed_claims
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance import analyse, parse_conclusion
from accordant.reliance.extremes import undominated
from tests.reliance import twin

EITHER = st.booleans().flatmap(lambda held: twin.cases(held=held))
"""Cases of orders, and cases with reservations and worths."""
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def some_conclusions(compiler: Compiler, data: st.DataObject) -> list[str]:
    case = compiler.case
    state = data.draw(st.sampled_from(compiler.space().names))
    concept = data.draw(st.sampled_from(["nash", "gmr", "smr", "seq", "sseq"]))
    party = data.draw(st.sampled_from(sorted(case.parties)))
    return [
        f"acceptable(offer, {party})",
        "agreement(offer)",
        "agreement-exists",
        f"holds({state}, {concept})",
    ]


def few_settings(compiler: Compiler) -> bool:
    everything = compiler.setting_space(twin.grounds(compiler.case))
    return everything.listed <= 300


@given(EITHER, st.data())
@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
def test_status_and_count_are_those_of_all_settings(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    asked = some_conclusions(compiler, data)
    result = analyse(compiler, asked, supports=False)
    for text in asked:
        rest, conclusion = result[text], parse_conclusion(text, compiler)
        assert (rest.status, rest.settings) == twin.status(compiler, conclusion, ())
        for ground in ("c1", "c2", "o1", "o2"):
            assert rest.without[ground] == twin.status(compiler, conclusion, [ground])[0]
        assert rest.without_unnamed == twin.status(compiler, conclusion, unnamed_claims(case))[0]
        assert rest.without_side["a"] == twin.status(compiler, conclusion, claims_of_side(case, "a"))[0]


@given(EITHER, st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_without_all_assumptions_too(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    if compiler.setting_space(assumptions(case)).listed > 800:
        return
    asked = some_conclusions(compiler, data)
    result = analyse(compiler, asked, supports=False)
    for text in asked:
        expected, _ = twin.status(compiler, parse_conclusion(text, compiler), assumptions(case))
        assert result[text].without_assumptions == expected


@given(EITHER, st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_breaks_are_the_smallest_sets_whose_loss_matters(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    if not few_settings(compiler):
        return
    text = data.draw(st.sampled_from(some_conclusions(compiler, data)))
    rest, conclusion = analyse(compiler, [text])[text], parse_conclusion(text, compiler)
    if rest.status == "sometimes":
        assert (rest.supports, rest.breaks) == ((), ())
        return
    assert rest.exact
    small = {b for b in rest.breaks if len(b) <= 2}
    assert small == twin.minimal_breaks(compiler, conclusion, 2)


@given(EITHER, st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_supports_suffice_and_none_of_their_members_can_go(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    if not few_settings(compiler):
        return
    text = data.draw(st.sampled_from(some_conclusions(compiler, data)))
    rest, conclusion = analyse(compiler, [text])[text], parse_conclusion(text, compiler)
    assert (rest.status == "sometimes") == (rest.supports == ())
    for support in rest.supports:
        assert twin.follows_from(compiler, conclusion, support)
        for ground in support:
            assert not twin.follows_from(compiler, conclusion, set(support) - {ground})
        assert all(set(support) & set(b) for b in rest.breaks)


@given(EITHER, st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_taking_grounds_away_only_opens_answers(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    asked = some_conclusions(compiler, data)
    taken = data.draw(st.lists(st.sampled_from(twin.grounds(case)), max_size=3, unique=True))
    before, after = (
        analyse(compiler, asked, supports=False),
        analyse(compiler, asked, without=taken, supports=False),
    )
    for text in asked:
        assert after[text].status in (before[text].status, "sometimes")


@given(twin.cases())
@settings(deadline=None, max_examples=10, suppress_health_check=SLOW)
def test_answers_about_the_offer_are_those_of_the_agreement_room(case: Case) -> None:
    compiler = Compiler(case)
    view = compiler.view()
    landing = view.package("offer").state
    for party in case.parties:
        text = f"acceptable(offer, {party})"
        rest = analyse(compiler, [text], supports=False)[text]
        if rest.settings == (1, 1) or rest.settings == (0, 1):
            assert landing is None or acceptable(view, party, landing) == (rest.status == "always")


@given(EITHER, st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=SLOW)
def test_whatever_the_status_quo_and_no_deal_are(case: Case, data: st.DataObject) -> None:
    """Packages that leave issues open, where nothing stands behind what they are compared with."""
    states = Compiler(case).space().names
    raw = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    whole = Compiler(case).space().values_of(data.draw(st.integers(0, len(states) - 1)))
    named = data.draw(st.lists(st.sampled_from(sorted(whole)), min_size=1, unique=True))
    raw["proposals"]["offer"]["package"] = {i: whole[i] for i in named}
    if data.draw(st.booleans()):
        raw["no_deal"] = {"state": data.draw(st.sampled_from(states)), "because": ["c4"]}
    compiler = Compiler(Case.model_validate({**raw, "sources": case.sources}))
    taken = data.draw(st.lists(st.sampled_from(["c1", "c2", "c3", "c4"]), min_size=1, unique=True))
    if compiler.setting_space(taken).listed > 2000:
        return
    asked = some_conclusions(compiler, data)[:3]
    result = analyse(compiler, asked, without=taken, supports=False)
    for text in asked:
        conclusion = parse_conclusion(text, compiler)
        assert (result[text].status, result[text].settings) == twin.status(compiler, conclusion, taken)


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=12))
def test_a_state_is_left_out_only_where_another_is_no_worse_to_everybody(states: list[list[int]]) -> None:
    kept = undominated(np.array(states).T).tolist()
    for one in states:
        assert any(all(a >= b for a, b in zip(states[k], one, strict=True)) for k in kept)
    for k in kept:
        others = [states[j] for j in kept if j != k]
        assert not any(all(a >= b for a, b in zip(o, states[k], strict=True)) for o in others)
