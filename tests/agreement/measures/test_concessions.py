"""The concession record: who moved, how far, what was left on the table."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement.measures.concessions import concessions
from accordant.agreement.measures.offers import span
from accordant.agreement.measures.steps import kind
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from tests.agreement.measures.talks import VALUES, talks, worth

PAY = {
    "title": "t",
    "parties": {"union": {"name": "Union"}, "firm": {"name": "Firm"}, "envoy": {"role": "mediator"}},
    "issues": {
        "pay": {
            "by": {"joint": ["union", "firm"]},
            "range": {"from": 0, "to": 10, "step": 1},
            "unit": "percent",
        },
        "rota": {"by": {"joint": ["union", "firm"]}, "values": ["fixed", "free"]},
    },
    "status_quo": {"pay": "0", "rota": "fixed"},
    "preferences": {
        "union": {"worth": {"pay": {"linear": [[0, 0], [10, 20]]}, "rota": {"fixed": 0, "free": -1}}},
        "firm": {"worth": {"pay": {"linear": [[0, 0], [10, -10]]}, "rota": {"fixed": 0, "free": 12}}},
    },
}


def told(**proposals):
    return concessions(Compiler(Case.model_validate({**PAY, "proposals": proposals})))


def offer(by, date, pay, rota="fixed", **more):
    return {"by": by, "date": date, "package": {"pay": str(pay), "rota": rota}, **more}


def test_a_step_is_compared_with_the_partys_own_offer_before():
    found = told(
        high=offer("union", "2024-01-01", 8, "free"),
        low=offer("firm", "2024-01-02", 1, "free"),
        less=offer("union", "2024-01-03", 6, "free"),
        more=offer("firm", "2024-01-04", 2, "free"),
    )
    assert [(s.offer.proposal, s.previous, s.kind) for s in found.steps] == [
        ("high", None, None),
        ("low", None, None),
        ("less", "high", "concession"),
        ("more", "low", "concession"),
    ]
    less = found.steps[2]
    assert less.changes == {"union": -4, "firm": 2}
    assert less.moved == {"pay": ("8", "6")}
    assert [row[4] for row in found.table().rows if "8" in row[4]] == ["pay: 8 to 6 percent"]
    assert found.records["union"].own == 4
    assert found.records["union"].given == {"firm": 2}
    assert found.records["union"].gap == {"firm": 8}
    assert found.records["firm"].kinds == {"concession": 1}


def test_every_kind_of_two_parties_follows_the_table():
    table = {
        (1, 1): "fortunate", (1, 0): "selfish", (1, -1): "selfish", (0, 1): "nice", (0, 0): "silent",
        (0, -1): "unfortunate", (-1, 1): "concession", (-1, 0): "concession", (-1, -1): "unfortunate",
    }  # fmt: skip
    assert {signs: kind(signs[0], [signs[1]]) for signs in product((1, 0, -1), repeat=2)} == table


@given(st.sampled_from([-1, 0, 1]), st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=4))
def test_with_more_parties_the_others_count_together(own, others):
    gain, lose = 1 in others, -1 in others
    expected = "mixed" if gain and lose else kind(own, [1 if gain else -1 if lose else 0])
    assert kind(own, others) == expected
    assert kind(own, reversed(others)) == expected


@given(talks(parties=(2, 3), ordinal=True), st.data())
def test_steps_are_differences_of_worth(case, data):
    if case.feasible:
        return
    names = [p for p in case.parties if case.preferences[p].worth is not None]
    packages = st.fixed_dictionaries({i: st.sampled_from(v) for i, v in VALUES.items()})
    rows = data.draw(
        st.lists(st.tuples(st.sampled_from(list(case.parties)), packages), min_size=1, max_size=5)
    )
    proposals = {
        f"p{k}": {"by": by, "date": f"2024-01-{k + 1:02}", "package": package}
        for k, (by, package) in enumerate(rows)
    }
    changed = Case.model_validate(
        {**case.model_dump(by_alias=True, exclude={"proposals"}), "proposals": proposals}
    )
    found = concessions(Compiler(changed))
    last: dict[str, dict[str, str]] = {}
    for step, (by, package) in zip(found.steps, rows, strict=True):
        for p in names:
            assert step.worths[p] == worth(case, p, package)
            if by in last:
                assert step.changes[p] == worth(case, p, package) - worth(case, p, last[by])
        if by in last and len(names) == len(case.parties):
            signs = [(d > 0) - (d < 0) for p, d in step.changes.items() if p != by]
            own = step.changes[by]
            assert step.kind == kind((own > 0) - (own < 0), signs)
        last[by] = package


def test_what_was_left_on_the_table_is_the_most_that_each_could_gain():
    found = told(flat=offer("union", "2024-01-01", 5))
    (step,) = found.steps
    assert step.left.most["firm"] == 12 - Fraction(1)  # the rota, less half a percent rounded up to one
    assert step.left.most["union"] == 10 - 1
    assert found.table().rows[0][-1] == "up to union +9, firm +11"


def test_an_offer_that_was_better_than_what_is_asked_for_now_is_pointed_out():
    found = told(
        gift=offer("firm", "2024-01-01", 9),
        ask=offer("union", "2024-01-02", 7),
    )
    assert [(o.party, o.offer, o.asked) for o in found.overlooked] == [
        ("union", "gift", "ask"),
        ("firm", "ask", "gift"),
    ]


def test_mediators_and_joint_offers_are_nobodys_step():
    found = told(
        paper=offer("envoy", "2024-01-01", 5),
        both=offer(["union", "firm"], "2024-01-02", 5),
        alone=offer("union", "2024-01-03", 6),
    )
    assert [s.kind for s in found.steps] == [None, None, None]
    assert found.records["union"].offers == 1


def test_offers_without_a_date_are_left_out_and_named():
    found = told(dated=offer("union", "2024-01", 5), vague=offer("union", "last week", 6))
    assert [s.offer.proposal for s in found.steps] == ["dated"]
    assert "Left out, for want of a date that can be sorted: vague." in found.notes


def test_dates_that_do_not_tell_the_order_are_said():
    found = told(month=offer("union", "2024-01", 5), day=offer("union", "2024-01-05", 6))
    assert any("dates of month and day do not tell which came first" in note for note in found.notes)
    other = told(month=offer("union", "2024-01", 5), day=offer("firm", "2024-01-05", 6))
    assert other.notes == ()


@pytest.mark.parametrize(
    ("first", "second", "tells"),
    [
        ("2024-01", "2024-02", True),
        ("2024-01", "2024-01-31", False),
        ("2023", "2024-01", True),
        ("2024-01-05/2024-01-09", "2024-01-10", True),
        ("2024-01-05/2024-01-09", "2024-01-07", False),
    ],
)
def test_dates_are_as_exact_as_they_are_written(first, second, tells):
    assert (span(first)[1] <= span(second)[0]) == tells


def test_no_dated_proposal_is_refused_with_what_to_write():
    with pytest.raises(InputError, match="no proposal has a date that can be sorted: vague; give date"):
        told(vague=offer("union", "soon", 6))
    with pytest.raises(InputError, match="the case has no proposals"):
        told()


def test_a_proposal_that_may_not_have_been_made_is_said():
    found = told(rumour=offer("union", "2024-01-01", 6, unsure=True))
    assert "proposals.rumour may not have been made." in found.notes


def test_an_order_only_has_directions_and_no_distances():
    preferences = {**PAY["preferences"], "firm": {"priorities": ["pay <= 5", "rota = free"]}}
    proposals = {"a": offer("union", "2024-01-01", 8), "b": offer("union", "2024-01-02", 5)}
    found = concessions(
        Compiler(Case.model_validate({**PAY, "preferences": preferences, "proposals": proposals}))
    )
    step = found.steps[1]
    assert (step.kind, step.signs["firm"], step.changes["firm"]) == ("concession", 1, None)
    assert found.table().rows[0][-1] == "up to union +4, firm better"
    assert found.table().rows[1][-2:] == ("better", "nothing")
    assert found.records["union"].given == {"firm": None}


def test_where_one_order_is_unknown_the_others_are_still_compared():
    preferences = {"union": PAY["preferences"]["union"]}
    proposals = {"a": offer("union", "2024-01-01", 8), "b": offer("union", "2024-01-02", 5)}
    found = concessions(
        Compiler(Case.model_validate({**PAY, "preferences": preferences, "proposals": proposals}))
    )
    assert found.steps[1].changes == {"union": -6, "firm": None}
    assert found.steps[1].kind == "unknown"
    assert any("What is left on the table cannot be said" in note for note in found.notes)


def test_an_impossible_offer_stays_in_the_record():
    data = {**PAY, "feasible": ["pay <= 7"], "proposals": {
        "a": offer("union", "2024-01-01", 8), "b": offer("union", "2024-01-02", 5),
    }}  # fmt: skip
    found = concessions(Compiler(Case.model_validate(data)))
    assert "forbids it" in found.steps[0].offer.impossible
    assert (found.steps[1].kind, found.steps[1].changes["union"]) == ("unknown", None)
    assert found.records["union"].own is None


def test_signed_packages_show_what_could_still_be_had():
    found = told(deal=offer(["union", "firm"], "2024-01-01", 5, status="signed"))
    assert found.signed["deal"].count > 0
    assert not found.signed["deal"].efficient
    assert found.to_json()["signed"]["deal"]["best"]


def test_one_party_alone_makes_steps_of_no_kind():
    proposals = {"a": offer("union", "2024-01-01", 8), "b": offer("union", "2024-01-02", 5)}
    data = {**PAY, "parties": {"union": {}}, "preferences": {"union": PAY["preferences"]["union"]}}
    data["issues"] = {i: {**issue, "by": "union"} for i, issue in PAY["issues"].items()}
    data["issues"]["pay"].pop("transfer", None)
    found = concessions(Compiler(Case.model_validate({**data, "proposals": proposals})))
    assert [row[3] for row in found.table().rows] == ["first", ""]
    assert any(note.startswith("There is one party only: steps have no kind") for note in found.notes)


def test_the_page_has_the_table_in_two_halves():
    found = told(a=offer("union", "2024-01-01", 8), b=offer("union", "2024-01-02", 5))
    offers, moved = found.halves()
    whole = found.table()
    assert offers.columns == ("date", "offer", "by", "step", "union", "firm")
    for row, one, two in zip(whole.rows, offers.rows, moved.rows, strict=True):
        assert row == (*one[:4], two[1], *one[4:], two[2])
