"""Worths in the model: exact sums, lines, tables and reservations, against fractions state by state."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.findings import Finding
from accordant.case.grounds import elements
from accordant.case.objects import Case
from accordant.errors import CaseError
from accordant.model.checks import check_states
from accordant.model.compiler import Compiler
from accordant.model.preferences import PartyOrder

NUMBERS = st.sampled_from(["0", "0.1", "0.2", "0.3", "-1.5", "1/3", "7", "1e3"]).filter(
    lambda n: "/" not in n
)
WIDE = NUMBERS | st.sampled_from(["1e25", "-1e-20", "12345678901234567890.5"])


@st.composite
def worths(draw: st.DrawFn, numbers: st.SearchStrategy[str] = WIDE) -> dict[str, Any]:
    """One party's preference in numbers, over a numeric issue and a listed one."""
    middle = draw(st.sampled_from(["0.5", "1", "2.5"]))
    points = [["0", draw(numbers)], [middle, draw(numbers)], ["3", draw(numbers)]]
    return {
        "worth": {"pay": {"linear": points}, "x": {v: draw(numbers) for v in ("no", "some", "all")}},
        "also": [{"if": "pay > 1.2 and x", "worth": draw(numbers)}] if draw(st.booleans()) else [],
        "reservation": draw(numbers)
        if draw(st.booleans())
        else sorted([draw(numbers), draw(numbers)], key=Decimal),
    }


def case(preference: dict[str, Any], **more: Any) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "pay": {"by": ["a"], "range": {"from": "0", "to": "3", "step": "0.5"}},
                "x": {"by": "b", "values": ["no", "some", "all"]},
            },
            "feasible": ["x = all -> pay >= 0.7"],
            "status_quo": {"pay": "0.0", "x": "no"},
            "preferences": {"a": preference},
            **more,
        }
    )


def plainly(preference: dict[str, Any], state: dict[str, str]) -> Fraction:
    """The worth of a state straight from the words of the format."""
    points = [(Fraction(a), Fraction(b)) for a, b in preference["worth"]["pay"]["linear"]]
    x = Fraction(state["pay"])
    k = next(k for k in (0, 1) if points[k][0] <= x <= points[k + 1][0])
    (a, low), (b, high) = points[k], points[k + 1]
    total = low + (high - low) * (x - a) / (b - a) + Fraction(preference["worth"]["x"][state["x"]])
    for term in preference["also"]:
        total += Fraction(term["worth"]) * (x > Fraction("1.2") and state["x"] != "no")
    return total


def order_of(made: Case) -> PartyOrder:
    return Compiler(made).view().frame.orders["a"]


@given(worths())
@settings(deadline=None)
def test_worths_are_exact_in_every_state(preference: dict[str, Any]) -> None:
    made = case(preference)
    view = Compiler(made).view()
    score = view.frame.orders["a"].score
    assert score is not None
    exact = [plainly(preference, view.space.values_of(s)) for s in range(view.space.n)]
    assert [Fraction(int(n), score.scale) for n in score.ranks_in(frozenset())] == exact
    ranks = view.ranks("a")
    assert ranks is not None
    levels = sorted(set(exact))
    assert ranks.tolist() == [levels.index(worth) for worth in exact]


@given(worths())
@settings(deadline=None)
def test_the_reservation_is_on_the_scale_of_the_worths(preference: dict[str, Any]) -> None:
    order = order_of(case(preference))
    held, given_ = order.reservation, preference["reservation"]
    ends = given_ if isinstance(given_, list) else [given_, given_]
    assert held is not None
    assert order.score is not None
    assert held.element == "a.reservation"
    assert held.state is None
    assert held.low is not None
    assert held.high is not None
    assert [Fraction(end, order.score.scale) for end in (held.low, held.high)] == [Fraction(e) for e in ends]


@given(worths(NUMBERS))
@settings(deadline=None)
def test_numbers_that_fit_are_kept_in_64_bits(preference: dict[str, Any]) -> None:
    score = order_of(case(preference)).score
    assert score is not None
    assert score.ranks_in(frozenset()).dtype == np.int64


@given(worths())
@settings(deadline=None)
def test_a_table_says_what_worths_say(preference: dict[str, Any]) -> None:
    made = case(preference)
    view = Compiler(made).view()
    rows = [(s, plainly(preference, view.space.values_of(s))) for s in range(view.space.n)]
    whole = [w for _, w in rows if w.denominator == 1]
    if len(whole) != len(rows):  # a table holds decimals, and a line may lead to thirds
        rows = [(s, Fraction(round(w))) for s, w in rows]
    table = [[view.space.values_of(s), str(int(w))] for s, w in rows]
    score = order_of(case({"table": table})).score
    assert score is not None
    assert score.element == "a.table"
    assert [Fraction(int(n), score.scale) for n in score.ranks] == [w for _, w in rows]


def test_a_pattern_of_a_table_stands_for_every_state_that_matches() -> None:
    table = [[{"x": "no"}, "1"], [{"x": "some"}, "2.5"], [{"x": "all"}, "3"]]
    view = Compiler(case({"table": table})).view()
    score = view.frame.orders["a"].score
    assert score is not None
    found = {
        view.space.values_of(s)["x"]: Fraction(int(score.ranks[s]), score.scale) for s in range(view.space.n)
    }
    assert found == {"no": 1, "some": Fraction(5, 2), "all": 3}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[{"x": "no"}, "1"], [{"x": "some"}, "2"]], "misses the states"),
        ([[{"x": "no"}, "1"], [{"pay": "1"}, "2"], [{"x": "some"}, "2"], [{"x": "all"}, "2"]], "twice"),
        ([["s99", "1"]], "there is no state 's99'"),
    ],
)
def test_a_table_names_every_state_once(table: list[Any], message: str) -> None:
    with pytest.raises(CaseError, match=message):
        Compiler(case({"table": table})).view()
    said = found(case({"table": table}))
    assert any(message in f.message and f.path[:3] == ("preferences", "a", "table") for f in said)


@pytest.mark.parametrize(
    "preference",
    [{"priorities": ["x"]}, {"never": ["x"]}, {"ranking": [{"x": "no"}, [{"x": "some"}, {"x": "all"}]]}],
)
def test_no_deal_may_be_a_state_of_its_own_beside_any_order(preference: dict[str, Any]) -> None:
    made = case({**preference, "reservation": {"state": {"pay": "1.0", "x": "some"}}})
    held = order_of(made).reservation
    assert held is not None
    assert held.state is not None
    assert Compiler(made).space().values_of(held.state) == {"pay": "1", "x": "some"}
    assert (held.low, held.high) == (None, None)


def test_pairs_of_unknown_order_leave_the_reservation() -> None:
    preference = {"priorities": ["x"], "incomparable": [["s1", "s2"]], "reservation": {"state": "s3"}}
    order = order_of(case(preference))
    assert order.open
    assert order.reservation is not None
    assert order.reservation.state == 2


def test_the_grounds_of_a_reservation_and_of_delay_are_their_own() -> None:
    preference = {
        "worth": {"pay": {"linear": [["0", "0"], ["3", "1"]]}, "x": {"no": "0", "some": "1", "all": "2"}},
        "assumed": "the worths",
        "reservation": {"worth": "1", "assumed": {"id": "told", "says": "told"}},
        "delay": {"cost": "1", "days": "7"},
    }
    stages = [
        {"name": "one", "package": {"x": "some"}, "assumed": "read"},
        {"name": "two", "package": {"pay": "1"}},
    ]
    made = case(
        preference,
        proposals={"p": {"stages": stages, "terms": "g"}},
        terms={"g": {"kind": "guarantee", "worth": {"a": "1"}, "unsure": "true"}},
    )
    found = {e.id: (e.kind, sorted(e.grounds), e.unsure) for e in elements(made)}
    assert found["a.reservation"] == ("reservation", ["told"], False)
    assert found["a.delay"] == ("delay", ["assumed:a.delay"], False)
    assert found["a.worth"] == ("worth", ["assumed:a.worth"], False)
    assert found["proposals.p.stages.1"] == ("stage", ["assumed:proposals.p.stages.1"], False)
    assert found["terms.g"] == ("commitment", ["assumed:terms.g"], True)


# Checks


def found(made: Case) -> list[Finding]:
    return check_states(Compiler(made))


SIMPLE = {
    "worth": {"pay": {"linear": [["0", "-1"], ["3", "2"]]}, "x": {"no": "0", "some": "0.5", "all": "1"}}
}


@pytest.mark.parametrize(
    ("reservation", "message"),
    [
        ("3", None),
        ("-1", None),
        (["2", "9"], None),
        ("3.01", "is more than any state is worth, which is -1 to 3: the party refuses everything"),
        (["4", "9"], "is more than any state is worth, which is -1 to 3: the party refuses everything"),
        ("-1.5", "is less than any state is worth, which is -1 to 3: it refuses nothing"),
    ],
)
def test_a_reservation_outside_the_worths_is_mentioned_with_their_range(
    reservation: Any, message: str | None
) -> None:
    said = [f for f in found(case({**SIMPLE, "reservation": reservation})) if "reservation" in f.path]
    said = [f for f in said if "any state" in f.message]
    assert [(f.message, f.severity) for f in said] == ([] if message is None else [(message, "warning")])


def test_a_factor_needs_worths_that_are_not_below_0() -> None:
    (said,) = [f for f in found(case({**SIMPLE, "delay": {"factor": "0.9"}})) if "delay" in f.path]
    assert said.severity == "error"
    assert "worths go from -1 to 3" in said.message
    for fine in ({"factor": "1"}, {"cost": "2"}):
        assert not [f for f in found(case({**SIMPLE, "delay": fine})) if "delay" in f.path]


def test_no_deal_of_a_party_is_one_state_that_can_be() -> None:
    for state, message in (
        ({"x": "some"}, "matches several states"),
        ({"x": "all", "pay": "0"}, "is not a feasible state"),
        ("s99", "there is no state 's99'"),
    ):
        said = found(case({**SIMPLE, "reservation": {"state": state}}))
        assert any(message in f.message and "reservation" in f.path for f in said), said


def test_of_too_many_states_sums_say_what_they_can() -> None:
    issues = {f"i{k}": {"by": "a"} for k in range(60)}
    worth = {name: {"no": "0", "yes": "1"} for name in issues}
    for extra, message in (
        (
            {"reservation": "61"},
            "is more than any state is worth, which is 0 to 60: the party refuses everything",
        ),
        ({"reservation": "-1"}, "is less than any state is worth, which is 0 to 60: it refuses nothing"),
        ({"reservation": "60"}, None),
    ):
        made = Case.model_validate(
            {
                "title": "t",
                "parties": {"a": {}},
                "issues": issues,
                "preferences": {"a": {"worth": worth, **extra}},
            }
        )
        said = [f.message for f in found(made) if "reservation" in f.path]
        assert said == ([] if message is None else [message])


def test_an_issue_of_thousands_of_values_is_compiled() -> None:
    made = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "pay": {"by": {"joint": ["a", "b"]}, "range": {"from": "0", "to": "2999", "step": "1"}},
                "once": {"by": "a", "moves": "forward", "range": {"from": "0", "to": "1", "step": "0.5"}},
            },
            "status_quo": {"pay": "0", "once": "0.5"},
            "proposals": {"p": {"package": {"pay": "1500"}}, "q": {"package": {"once": "0.0"}}},
        }
    )
    view = Compiler(made).view()
    landing = view.package("p")
    assert landing.state is not None
    assert view.space.values_of(landing.state) == {"pay": "1500", "once": "0.5"}
    assert "do not permit" in view.package("q").impossible


# No deal that cannot be


def test_no_deal_that_moves_do_not_lead_to_is_mentioned() -> None:
    def made(moves: str, reservation: Any) -> Case:
        return Case.model_validate(
            {
                "title": "t",
                "parties": {"a": {}, "b": {}},
                "issues": {
                    "pay": {"by": "a", "moves": moves, "range": {"from": "0", "to": "1", "step": "0.5"}},
                    "x": {"by": "b"},
                },
                "status_quo": {"pay": "0.5", "x": "no"},
                "no_deal": {"pay": "0.0"},
                "preferences": {"a": {"priorities": ["x", "pay"], "reservation": {"state": reservation}}},
            }
        )

    back = {"pay": "0", "x": "no"}
    said = {f.path: f.message for f in found(made("forward", back))}
    why = "cannot come about: it takes pay from 0.5 to 0, which the moves of pay do not permit"
    assert said == {("no_deal",): why, ("preferences", "a", "reservation", "state"): why}
    assert found(made("any", back)) == []


def test_no_deal_of_a_graph_that_no_move_leads_to_is_mentioned() -> None:
    def made(moves: dict[str, Any]) -> Case:
        start = {"status_quo": "s1", "no_deal": "s3", "states": ["s1", "s2", "s3"], "moves": moves}
        return Case.model_validate({"title": "t", "parties": {"a": {}, "b": {}}, **start})

    assert found(made({"a": {"s1": ["s2"]}, "b": {"s2": ["s3"]}})) == []
    (said,) = found(made({"a": {"s1": ["s2"], "s3": ["s1"]}}))
    assert (said.path, said.message) == (("no_deal",), "cannot come about: no moves lead there from s1")


def test_a_package_may_be_asked_for_in_any_text_of_its_numbers() -> None:
    view = Compiler(case(SIMPLE)).view()
    assert view.package({"pay": "2.50"}) == view.package({"pay": "2.5"})
    assert view.package({"pay": "2.50"}).state is not None


@pytest.mark.parametrize(
    ("reservation", "said"),
    [
        ("5", None),
        (["4", "6"], None),
        ("4", "is 4, and the state that no deal is (s1) is worth 5"),
        (["5.5", "6"], "is 5.5 to 6, and the state that no deal is (s1) is worth 5"),
    ],
)
def test_a_reservation_other_than_what_the_no_deal_state_is_worth_is_said(
    reservation: Any, said: str | None
) -> None:
    worth = {"pay": {"linear": [["0", "5"], ["3", "2"]]}, "x": {"no": "0", "some": "1", "all": "2"}}
    found = check_states(Compiler(case({"worth": worth, "reservation": reservation})))
    (message,) = [f.message for f in found if "reservation" in f.path] or [None]
    assert message == (
        f"{said} by the party's own worths: packages are compared with the reservation" if said else None
    )
