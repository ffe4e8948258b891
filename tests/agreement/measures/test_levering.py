"""Levers of one proposal: every change of one issue and of two, and what each costs whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from accordant.agreement.measures.levering import levers
from accordant.agreement.numbers import bargain_of
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from tests.agreement.measures.talks import VALUES, packages, talks, view_of, worth


def agreements(bargain):
    """Packages that nobody refuses and somebody prefers to no deal."""
    d = bargain.reservations
    rational = bargain.rational()
    return {
        k for k in range(bargain.n) if rational[k] and any(bargain.worths[i, k] > d[i] for i in range(len(d)))
    }


def apart(one, other):
    return {i: (one[i], other[i]) for i in VALUES if one[i] != other[i]}


@settings(max_examples=60)
@given(talks())
def test_levers_are_all_changes_of_one_issue_and_of_two_that_everybody_accepts(case):
    view = view_of(case)
    bargain = bargain_of(view)
    values, offer = packages(view), dict(case.proposals["offer"].package)
    found = levers(Compiler(case), "offer")
    good = agreements(bargain)
    landing = view.package("offer").state
    if landing in good:
        assert (found.agreement, found.levers) == ("yes", ())
        return
    ways = [apart(offer, values[k]) for k in good]
    one = [w for w in ways if len(w) == 1]
    single = {next((i, new) for i, (_, new) in w.items()) for w in one}
    two = [w for w in ways if len(w) == 2 and not single & {(i, new) for i, (_, new) in w.items()}]
    for group, expected in zip(found.levers, (one, two), strict=True):
        assert group.found == len(expected)
        for priced in group.listed:
            assert dict(priced.lever.changes) in expected


@settings(max_examples=60)
@given(talks())
def test_costs_are_differences_of_worth(case):
    view = view_of(case)
    offer = dict(case.proposals["offer"].package)
    for group in levers(Compiler(case), "offer").levers:
        for priced in group.listed:
            after = packages(view)[view.space.numbers[priced.lever.state]]
            for party, change in priced.changes.items():
                if view.package("offer").state is None:
                    assert change is None
                else:
                    assert change == worth(case, party, after) - worth(case, party, offer)
                assert priced.over[party] >= 0


@settings(max_examples=60)
@given(talks())
def test_a_side_payment_makes_up_exactly_for_what_lacks(case):
    view = view_of(case)
    bargain = bargain_of(view)
    found = levers(Compiler(case), "offer")
    state = view.package("offer").state
    if found.compensation is None:
        short = state is not None and any(bargain.worths[:, state] < bargain.reservations)
        assert not short or not bargain.allowed[state]
        return
    for i, party in enumerate(bargain.parties):
        over = int(bargain.worths[i, state]) - bargain.reservations[i]
        if over < 0:
            assert found.compensation.short[party] * bargain.scales[i] == -over
        else:
            assert found.compensation.spare[party] * bargain.scales[i] == over


LABOUR = {
    "title": "t",
    "parties": {"union": {"name": "Union"}, "firm": {"name": "Firm"}},
    "issues": {
        "rota": {"by": {"joint": ["union", "firm"]}, "values": ["fixed", "free"]},
        "money": {
            "by": {"joint": ["firm", "union"]},
            "range": {"from": 0, "to": 10, "step": 5},
            "unit": "crowns",
            "divisible": True,
            "transfer": {"from": "firm", "to": "union"},
        },
    },
    "status_quo": {"rota": "fixed", "money": "0"},
    "preferences": {
        "union": {"worth": {"rota": {"fixed": 0, "free": -3}, "money": {"linear": [[0, 0], [10, 10]]}}},
        "firm": {"worth": {"rota": {"fixed": 0, "free": 8}, "money": {"linear": [[0, 0], [10, -10]]}}},
    },
    "proposals": {"plan": {"by": "firm", "package": {"rota": "free"}}},
}


def test_a_divisible_payment_is_found_exactly_between_its_steps():
    found = levers(Compiler(Case.model_validate(LABOUR)), "plan")
    (payment,) = found.payments
    assert (payment.before, payment.after, payment.between) == ("0", "3", True)
    assert payment.changes == {"union": 3, "firm": -3}
    assert payment.sentence == (
        "With money at 3 crowns instead of 0 crowns (between two steps), everybody accepts it; Firm pays "
        "Union 3 more: Union gains 3 and Firm loses 3, each in its own worth."
    )


def test_without_divisible_only_steps_are_paid():
    issues = {**LABOUR["issues"], "money": {**LABOUR["issues"]["money"], "divisible": False}}
    (payment,) = levers(Compiler(Case.model_validate({**LABOUR, "issues": issues})), "plan").payments
    assert (payment.after, payment.between) == ("5", False)


def test_a_bend_between_two_steps_is_seen():
    preferences = {
        **LABOUR["preferences"],
        "union": {
            "worth": {
                "rota": {"fixed": 0, "free": -3},
                "money": {"linear": [[0, 0], [1, 2], [2, 3], [10, 4]]},
            }
        },
    }
    (payment,) = levers(
        Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan"
    ).payments
    assert payment.after == "2"


def test_what_no_payment_reaches_is_said():
    preferences = {
        **LABOUR["preferences"],
        "union": {"worth": {"rota": {"fixed": 0, "free": -30}, "money": {"linear": [[0, 0], [10, 10]]}}},
    }
    (payment,) = levers(
        Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan"
    ).payments
    assert payment.after is None
    assert payment.sentence == "No value of money alone makes everybody accept it."


def test_an_order_says_nothing_of_what_lies_between_two_steps():
    preferences = {**LABOUR["preferences"], "union": {"priorities": ["money >= 5", "rota = fixed"]}}
    (payment,) = levers(
        Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan"
    ).payments
    assert (payment.after, payment.between) == ("5", False)
    assert payment.changes["union"] is None


def test_no_payment_undoes_a_red_line():
    preferences = {
        **LABOUR["preferences"],
        "union": {**LABOUR["preferences"]["union"], "never": ["rota = free"]},
    }
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    assert found.compensation is None
    assert found.payments[0].after is None
    assert "A red line or a veto refuses it, whatever is paid: Union (its own red line)." in found.notes


def test_the_high_end_of_a_range_is_taken_and_said():
    preferences = {
        **LABOUR["preferences"],
        "union": {**LABOUR["preferences"]["union"], "reservation": [-3, 1]},
    }
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    assert found.compensation.short == {"union": 4}
    assert any("lies in a range; its high end is taken" in note for note in found.notes)


def test_nothing_small_enough_is_an_answer():
    preferences = {"union": {"never": ["rota = free"]}, "firm": {"priorities": ["money < 5", "rota = free"]}}
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    assert "No change of one issue or of two leads to what everybody accepts." in found.notes


def test_an_unknown_proposal_gets_a_suggestion():
    with pytest.raises(InputError, match="there is no proposal 'plann'; allowed: plan; did you mean 'plan'"):
        levers(Compiler(Case.model_validate(LABOUR)), "plann")


def test_a_case_with_nothing_to_compare_with_is_refused():
    data = {k: v for k, v in LABOUR.items() if k not in ("status_quo", "preferences")}
    data["proposals"] = {"plan": {"package": {"rota": "free", "money": "0"}}}
    with pytest.raises(InputError, match="neither no_deal nor a status_quo"):
        levers(Compiler(Case.model_validate(data)), "plan")


def test_an_impossible_proposal_has_changes_without_costs():
    data = {**LABOUR, "feasible": ["rota = free -> money >= 5"]}
    found = levers(Compiler(Case.model_validate(data)), "plan")
    assert found.state is None
    assert "forbids it" in found.impossible
    change = found.levers[0].listed[0]
    assert dict(change.lever.changes) == {"money": ("0", "5")}
    assert change.changes == {"union": None, "firm": None}
    assert change.over == {"union": 2, "firm": 3}
    assert found.to_json()["impossible"]
    assert found.table().rows[0][1] == "money: 0 to 5 crowns"


def test_changes_that_only_some_settings_permit_are_called_so():
    preferences = {
        "union": {"priorities": [{"want": "money >= 5", "unsure": True}, "rota = fixed"]},
        "firm": {"priorities": ["rota = free", "money = 0"]},
    }
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    assert {p.lever.certain for group in found.levers for p in group.listed} == {False}
    assert found.table().title.endswith("that everybody accepts in some settings")


def test_tables_show_units_and_short_numbers_while_data_stay_exact():
    worth = {"money": {"linear": [[0, 0], [1, "0.123456789"], [10, 20]]}, "rota": {"fixed": 4, "free": 0}}
    preferences = {**LABOUR["preferences"], "union": {"worth": worth, "reservation": "0.1"}}
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    (first, *_) = [row for row in found.table().rows if row[1].startswith("money")]
    assert first[1].endswith("crown") or first[1].endswith("crowns")
    assert "about" in first[3] or len(first[3]) <= 9
    (listed, *_) = [p for p in found.levers[0].listed if "money" in p.lever.changes]
    assert not listed.lever.changes["money"][1].endswith("crowns")


def test_where_nobody_gains_there_is_nothing_to_pay_from():
    preferences = {
        "union": {**LABOUR["preferences"]["union"], "reservation": 50},
        "firm": {**LABOUR["preferences"]["firm"], "reservation": 50},
    }
    found = levers(Compiler(Case.model_validate({**LABOUR, "preferences": preferences})), "plan")
    assert found.compensation.spare == {}
    says = "; nobody gains anything by it, so that there is nothing to pay this from."
    assert found.compensation.sentence.endswith(says)


def test_a_party_of_which_nothing_is_known_is_named_first():
    found = levers(
        Compiler(Case.model_validate({**LABOUR, "preferences": {"union": LABOUR["preferences"]["union"]}})),
        "plan",
    )
    assert found.unknown == {
        "firm": "Nothing is known of what Firm wants here: no change is sure to be accepted by it, so ask it "
        "first (preferences.firm)."
    }
    assert levers(Compiler(Case.model_validate(LABOUR)), "plan").unknown == {}
