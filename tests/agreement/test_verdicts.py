"""One setting: acceptance, agreements and efficiency against the definitions."""

from hypothesis import given, settings

from accordant.agreement import (
    acceptable,
    agreement_exists,
    agreements,
    dominating,
    efficient_agreements,
    is_agreement,
    opinion,
    possible_agreements,
)
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from tests.agreement.random_cases import cases
from tests.agreement.twin import Twin, answer

WORD = {True: "yes", False: "no", None: "unknown"}


def state_of(twin_state, view):
    """The number of a twin's state in a view."""
    row = min(twin_state)
    space = view.space
    for k, codes in enumerate(space.codes):
        if tuple(v[c] for v, c in zip(space.values, codes, strict=True)) == row:
            return int(space.state_of[k])
    raise AssertionError(row)


def check_view(case):
    twin = Twin(case)
    view = Compiler(case).view(Setting(off=twin.lost))
    written = [w for w in twin.worlds() if w.choice == twin.settings[0]]
    sure, maybe = agreements(view), possible_agreements(view)
    best, may_be_best = efficient_agreements(view)
    assert WORD[agreement_exists(view)] == answer(bool(w.agreements) for w in written)
    for state in twin.states(twin.lost):
        s = state_of(state, view)
        for party in twin.acceptors:
            assert WORD[acceptable(view, party, s)] == answer(w.accepts(party, state) for w in written)
            said = opinion(view, party, s)
            assert WORD[said.own] == answer(w.own(party, state) for w in written)
            for c, accepts in said.vetoes.items():
                assert WORD[accepts] == answer(w.own(c, state) for w in written)
        agreed = answer(w.agreement(state) for w in written)
        assert WORD[is_agreement(view, s)] == agreed
        assert (bool(sure[s]), bool(maybe[s])) == (agreed == "yes", agreed != "no")
        efficient = answer(w.efficient(state) for w in written)
        assert (bool(best[s]), bool(may_be_best[s])) == (efficient == "yes", efficient != "no")


@settings(max_examples=60)
@given(cases(doubt=False))
def test_one_setting_is_read_as_defined(case):
    check_view(case)


@settings(max_examples=40)
@given(cases(doubt=False, merged=True))
def test_merged_states_are_read_as_defined(case):
    check_view(case)


@settings(max_examples=30)
@given(cases(doubt=False, silent=True))
def test_an_unknown_order_is_every_weak_order(case):
    check_view(case)


@settings(max_examples=60)
@given(cases(doubt=False, held=True))
def test_reservations_are_read_as_defined(case):
    check_view(case)


@settings(max_examples=60)
@given(cases(doubt=False))
def test_every_inefficient_agreement_names_an_efficient_one_that_dominates_it(case):
    view = Compiler(case).view()
    if len(view.no_deal) > 1:
        return
    sure, (best, _) = agreements(view), efficient_agreements(view)
    parties = [view.parties.index(p) for p, party in case.parties.items() if party.role == "party"]
    for s in range(view.model.n):
        t = dominating(view, s) if sure[s] else None
        assert (t is None) == (bool(best[s]) or not sure[s])
        if t is not None:
            here, there = view.orders[parties, s], view.orders[parties, t]
            assert best[t]
            assert (there >= here).all()
            assert (there > here).any()


def two(**more):
    data = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {"a": {"priorities": ["y", "not x"]}, "b": {"priorities": ["x", "not y"]}},
    }
    return Compiler(Case.model_validate({**data, **more})).view()


def test_without_no_deal_and_status_quo_nothing_is_known():
    view = two(status_quo=None)
    assert acceptable(view, "a", 3) is None
    assert is_agreement(view, 3) is None
    assert agreement_exists(view) is None
    assert not agreements(view).any()
    assert possible_agreements(view).all()


def test_a_red_line_refuses_whatever_else_the_package_holds():
    # no deal crosses the first red line, the package the second: better by the order, refused all the same
    view = two(
        preferences={
            "a": {"never": ["not x", "y"], "priorities": ["x", "y"]},
            "b": {"priorities": ["x", "y"]},
        }
    )
    s4 = 3
    assert view.orders[0, s4] > view.orders[0, 0]
    assert acceptable(view, "a", s4) is False


def test_a_red_line_that_no_deal_crosses_too_refuses_nothing():
    view = two(preferences={"a": {"never": ["not x or y"], "priorities": ["y"]}, "b": {"priorities": []}})
    assert acceptable(view, "a", 3) is True


def test_the_red_lines_of_an_unknown_order_speak():
    view = two(preferences={"b": {"priorities": []}})
    assert acceptable(view, "a", 0) is True  # no deal itself
    assert acceptable(view, "a", 1) is None


def test_a_constituency_vetoes_for_its_party_only_and_enters_no_improvement():
    view = two(
        parties={"a": {}, "b": {}, "street": {"role": "constituency", "of": "a"}},
        preferences={
            "a": {"priorities": []},
            "b": {"priorities": []},
            "street": {"priorities": ["y"]},
        },
    )
    s2 = 1  # only the constituency gains: accepted by all, better for no party
    assert acceptable(view, "a", s2) is True
    assert is_agreement(view, s2) is False


def test_a_mediator_that_controls_an_issue_does_not_have_to_accept():
    view = two(
        parties={"a": {}, "b": {}, "envoy": {"role": "mediator"}},
        issues={"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "envoy"}},
        status_quo={"x": "no", "y": "no", "z": "no"},
        preferences={
            "a": {"priorities": ["z"]},
            "b": {"priorities": []},
            "envoy": {"priorities": ["not z"]},
        },
    )
    assert "envoy" in view.parties
    assert is_agreement(view, 1) is True


def test_an_agreement_better_for_nobody_is_none():
    view = two(preferences={"a": {"priorities": []}, "b": {"priorities": []}})
    assert not agreements(view).any()


def test_against_several_no_deal_states_the_answer_must_be_the_same():
    view = two(no_deal={"x": "no"}, preferences={"a": {"priorities": ["y"]}, "b": {"priorities": ["x"]}})
    assert view.no_deal == (0, 1)
    assert acceptable(view, "a", 3) is True  # better than s1, as good as s2
    assert acceptable(view, "a", 2) is None  # as good as s1, worse than s2
