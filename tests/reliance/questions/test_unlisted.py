"""Parties of which nothing is known, ranges, anchors: answers that settle more than what is unsure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import parse_conclusion
from accordant.reliance.questions import ask
from tests.agreement.twin import weak_orders
from tests.reliance import twin

ASKED = ("acceptable(offer, a)", "acceptable(offer, b)", "agreement(offer)", "agreement-exists")
HOLDS = ("holds(s1, nash)", "holds(s4, gmr)", "holds(s4, seq)")


def case(**changes: Any) -> Case:
    """Two parties, each with one issue; of b nothing is known."""
    raw: dict[str, Any] = {
        "title": "t",
        "parties": {"a": {}, "b": {}, "m": {"role": "mediator"}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {"a": {"priorities": ["y", "not x"]}},
        "proposals": {"offer": {"package": {"x": "yes", "y": "yes"}}},
        "relations": [{"from": "m", "to": "b", "kind": "channel"}],
    }
    return Case.model_validate({**raw, **changes})


def over(cases: list[Case], conclusion: str) -> str:
    """Always, sometimes or never over every setting of some cases without anything unknown."""
    found = []
    for one in cases:
        compiler = Compiler(one)
        known = parse_conclusion(conclusion, compiler)
        found += [twin.truth(compiler, compiler.view(s), known) for s in compiler.setting_space().settings()]
    if all(must for must, _ in found):
        return "always"
    return "sometimes" if any(may for _, may in found) else "never"


def with_order(raw: Case, party: str, levels: list[list[str]]) -> Case:
    known = {**raw.preferences, party: {"ranking": levels}}
    return Case.model_validate({**raw.model_dump(by_alias=True, exclude_none=True), "preferences": known})


@st.composite
def lines(draw: st.DrawFn) -> list[Any]:
    wants = st.sampled_from(["x", "not x", "y", "not y", "x and y", "x <-> y"])
    found: list[Any] = [{"want": draw(wants), "unsure": draw(st.booleans())} for _ in range(2)]
    if draw(st.booleans()):
        found.append({"either": [draw(wants), draw(wants)]})
    return found


@given(lines())
@settings(max_examples=1)
def test_every_weak_order_of_few_states_is_an_answer(priorities: list[Any]) -> None:
    made = case(preferences={"a": {"priorities": priorities}})
    result = ask(Compiler(made), ["agreement(offer)", "agreement-exists", "holds(s4, seq)"])
    question = result["b.order"]
    orders = {
        " > ".join(" = ".join(sorted(level)) for level in levels): [sorted(level) for level in levels]
        for levels in (told(o) for o in weak_orders(["s1", "s2", "s3", "s4"]))
    }
    assert {i for a in question.answers for i in a.ids} == set(orders)
    for conclusion in question.bears_on:
        then = {name: over([with_order(made, "b", o)], conclusion) for name, o in orders.items()}
        for name, status in then.items():
            assert result.answer("b.order", name).decides.get(conclusion, "sometimes") == status
        assert (conclusion in question.decides) == ("sometimes" not in then.values())
        assert (conclusion in question.at_best) == any(s != "sometimes" for s in then.values())


def told(order: Any) -> list[list[str]]:
    """A weak order as levels from best to worst, whatever form the other twin has it in."""
    if isinstance(order, dict):
        return [[s for s in order if order[s] == r] for r in sorted(set(order.values()), reverse=True)]
    return [list(level) for level in order]


BIG = {"x": {"by": "a", "values": ["no", "some", "all"]}, "y": {"by": "b"}}


@given(lines(), st.lists(st.integers(0, 5), min_size=6, max_size=6))
@settings(max_examples=20)
def test_whether_a_package_is_liked_better_than_no_deal_is_all_that_it_turns_on(
    priorities: list[Any], ranks: list[int]
) -> None:
    offer = {"offer": {"package": {"x": "some", "y": "yes"}}}
    made = case(issues=BIG, preferences={"a": {"priorities": priorities}}, proposals=offer)
    result = ask(Compiler(made), ASKED)
    assert not result["b.order"].complete
    levels = [[f"s{k + 1}" for k in range(6) if ranks[k] == r] for r in sorted(set(ranks), reverse=True)]
    ordered = with_order(made, "b", levels)
    answer = {1: "yes", 0: "equal", -1: "no"}[(ranks[3] > ranks[0]) - (ranks[3] < ranks[0])]
    for conclusion in ("acceptable(offer, b)", "agreement(offer)"):
        then = result.answer("b.accepts.offer", answer).decides.get(conclusion, "sometimes")
        assert then == over([ordered], conclusion) or conclusion in result.decided
    # whatever sets of answers are told, every order that fits them bears them out
    for u in result.undecided:
        for status, sets in (("always", u.always), ("never", u.never)):
            for chosen in sets:
                if chosen == (("b.accepts.offer", answer),):
                    assert over([ordered], u.conclusion) == status


def test_examples_are_told_as_such_and_nothing_is_taken_for_sure_from_them() -> None:
    made = case(issues=BIG, proposals={"offer": {"package": {"x": "some", "y": "yes"}}})
    result = ask(Compiler(made), [*ASKED, "holds(s1, nash)"])
    exists = result.conclusion("agreement-exists")
    assert exists.together == ("b.order",)
    assert exists.cut == ""
    assert "only some" in result["b.order"].note
    assert result["b.order"].ask == ("b",)
    assert result["b.order"].through == ("m",)
    assert result.conclusion("agreement(offer)").together == ("b.accepts.offer",)


WORTHS = st.fixed_dictionaries({"x": st.integers(-3, 3), "y": st.integers(-3, 3)})


@given(WORTHS, st.integers(-4, 4), st.integers(0, 5), st.booleans())
@settings(max_examples=10)
def test_every_place_of_what_no_deal_is_worth_is_an_answer(
    worth: dict[str, int], low: int, wide: int, unsure: bool
) -> None:
    preference: dict[str, Any] = {
        "worth": {i: {"no": 0, "yes": w} for i, w in worth.items()},
        "also": [{"if": "x and y", "worth": 1, "unsure": unsure}],
        "reservation": [low, low + wide + 1],
    }
    made = case(preferences={"a": {"priorities": ["y", "not x"]}, "b": preference})
    result = ask(Compiler(made), ASKED)
    replies = [(a.says, i) for a in result["b.reservation"].answers for i in a.ids]
    step = Fraction(1, 4)
    for k in range(int((wide + 1) / step) + 1):
        number = low + k * step
        fits = [i for _, i in replies if within(i, number)]
        assert len(fits) == 1
        known = {**preference, "reservation": str(float(number))}
        exact = Case.model_validate(
            {
                **made.model_dump(by_alias=True, exclude_none=True),
                "preferences": {"a": {"priorities": ["y", "not x"]}, "b": known},
            }
        )
        for conclusion in result["b.reservation"].bears_on:
            then = result.answer("b.reservation", fits[0]).decides.get(conclusion, "sometimes")
            assert then == over([exact], conclusion)


def within(says: str, number: Fraction) -> bool:
    if says.startswith("between "):
        low, high = says.removeprefix("between ").split(" and ")
        return Fraction(low) < number < Fraction(high)
    return Fraction(Decimal(says)) == number


@pytest.mark.parametrize("which", ["status_quo", "no_deal"])
def test_an_anchor_that_nothing_stands_behind_is_asked_for_state_by_state(which: str) -> None:
    anchored = {"state": {"x": "no", "y": "no"}, "unsure": True}
    both = {"status_quo": {"x": "no", "y": "no"}, which: anchored}
    made = case(**both, preferences={"a": {"priorities": ["y"]}, "b": {"priorities": ["x"]}})
    result = ask(Compiler(made), ["acceptable(offer, a)", "agreement(offer)"])
    question = result[which]
    assert [a.id for a in question.answers] == ["s1", "s2", "s3", "s4"]
    for conclusion, state in product(question.bears_on, ("s1", "s2", "s3", "s4")):
        settled = {**both, which: {"state": state}}
        exact = case(**settled, preferences=made.preferences)
        then = result.answer(which, state).decides.get(conclusion, "sometimes")
        assert then == over([exact], conclusion)


def test_a_ranking_that_loses_its_ground_stays_open_after_no() -> None:
    ranked = {"ranking": ["s4", "s3", "s2", "s1"], "assumed": {"id": "guess", "says": "a guess"}}
    made = case(preferences={"a": {"priorities": ["y"]}, "b": ranked})
    result = ask(Compiler(made), ["agreement(offer)"], without=["guess"])
    question = result["b.ranking"]
    assert [(a.id, dict(a.decides)) for a in question.answers] == [
        ("yes", {"agreement(offer)": "always"}),
        ("no", {}),
    ]
    told_ = result.conclusion("agreement(offer)")
    assert told_.together is None
    assert told_.always == ((("b.ranking", "yes"),),)
    assert result.decided == {}


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 2)), min_size=2, max_size=2), st.booleans())
@settings(max_examples=8)
def test_each_order_that_ranges_of_worths_admit_is_an_answer(ends: list[tuple[int, int]], held: bool) -> None:
    (x, wide), (y, _) = ends
    preference: dict[str, Any] = {
        "worth": {"x": {"no": 0, "yes": [x, x + wide + 1]}, "y": {"no": 0, "yes": y}}
    }
    if held:
        preference["reservation"] = [0, 1]
    made = case(preferences={"a": {"priorities": ["y", {"want": "not x", "unsure": True}]}, "b": preference})
    result = ask(Compiler(made), [*ASKED, *HOLDS])
    question = result["b.ranges"]
    replies = [i for a in question.answers for i in a.ids]
    assert question.complete
    compiler = Compiler(made)
    space = compiler.setting_space()
    points = compiler.ranges.points("b", frozenset(), space, deals=True)
    assert points is not None
    assert len(points) == len(replies)
    for conclusion in question.bears_on:
        known = parse_conclusion(conclusion, compiler)
        for reply, point in zip(replies, points, strict=True):
            views = [compiler.view(s) for s in space.settings(deals=True) if set(point) <= set(s.perms)]
            found = [twin.truth(compiler, view, known) for view in views]
            always, never = all(must for must, _ in found), not any(may for _, may in found)
            status = "always" if always else "never" if never else "sometimes"
            assert found
            assert result.answer("b.ranges", reply).decides.get(conclusion, "sometimes") == status
