"""Statuses, counts, supports and breaks agree with listing every setting and every subset."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.agreement import acceptable
from accordant.case.grounds import assumptions, claims_of_side, unnamed_claims
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance import analyse, parse_conclusion
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
