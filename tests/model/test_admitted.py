"""The orders that ranges admit: none is missing, each is found once, and each has numbers that give it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import CaseError
from accordant.model import admitted as room
from accordant.model.admitted import admitted
from accordant.model.compiler import Compiler
from accordant.model.preferences import dense
from accordant.model.settings import Answers

VALUES = {"x": ("no", "some", "all"), "y": ("no", "yes")}
STATES = list(product(*VALUES.values()))
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]

numbers = st.integers(-2, 3)
ranges = st.tuples(numbers, st.integers(1, 3)).map(lambda n: [n[0], n[0] + n[1]])
tenths = st.tuples(numbers, st.integers(1, 9)).map(
    lambda n: [str(n[0]), f"{n[0]}.{n[1]}" if n[0] >= 0 else "0.5"]
)
CONDITIONS = {
    "x = all and y": lambda s: s == ("all", "yes"),
    "x or y": lambda s: s[0] != "no" or s[1] == "yes",
}


@st.composite
def preferences(draw: st.DrawFn) -> dict[str, Any]:
    """Worths with one to three ranges, a term, a red line and what no deal is worth among them."""
    worth: dict[str, dict[str, Any]] = {i: {v: draw(numbers) for v in vs} for i, vs in VALUES.items()}
    places = [(i, v) for i, vs in VALUES.items() for v in vs]
    for issue, value in draw(st.lists(st.sampled_from(places), min_size=1, max_size=2, unique=True)):
        worth[issue][value] = draw(ranges | tenths)
    made: dict[str, Any] = {"worth": worth}
    if draw(st.booleans()):
        made["also"] = [{"if": draw(st.sampled_from(sorted(CONDITIONS))), "worth": draw(ranges | numbers)}]
    if draw(st.booleans()):
        made["never"] = [draw(st.sampled_from(["x = all and y", "not y"]))]
    if draw(st.booleans()):
        made["reservation"] = draw(ranges | numbers)
    return made


def case(preference: dict[str, Any], **more: Any) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}},
            "issues": {i: {"by": "a", "values": list(v)} for i, v in VALUES.items()},
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {"a": preference},
            **more,
        }
    )


def ends(number: Any) -> tuple[Fraction, Fraction]:
    low, high = number if isinstance(number, list) else (number, number)
    return Fraction(low), Fraction(high)


def crosses(rule: str, state: tuple[str, ...]) -> bool:
    return state == ("all", "yes") if rule == "x = all and y" else state[1] == "no"


def points(preference: dict[str, Any], steps: int) -> list[dict[str, Any]]:
    """The same preference at points of a grid over all its ranges, the ends among them."""

    def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        if path in (("also",), ("worth",)) or isinstance(node, dict):
            items = node.items() if isinstance(node, dict) else enumerate(node)
            return [place for k, below in items for place in places(below, (*path, k))]
        return [path] if isinstance(node, list) and path[0] != "never" else []

    where = [
        p
        for key in ("worth", "also", "reservation")
        if key in preference
        for p in places(preference[key], (key,))
    ]
    found = []
    for chosen in product(range(steps + 1), repeat=len(where)):
        worth = {i: dict(v) for i, v in preference["worth"].items()}
        made = {**preference, "worth": worth, "also": [dict(t) for t in preference.get("also", ())]}
        for place, k in zip(where, chosen, strict=True):
            low, high = ends(_at(preference, place))
            _put(made, place, low + (high - low) * Fraction(k, steps))
        found.append(made)
    return found


def _at(node: Any, path: tuple[Any, ...]) -> Any:
    for k in path:
        node = node[k]
    return node


def _put(node: Any, path: tuple[Any, ...], value: Fraction) -> None:
    for k in path[:-1]:
        node = node[k]
    node[path[-1]] = value


def order(preference: dict[str, Any]) -> tuple[int, ...]:
    """The order of the states, and of no deal after them, straight from the numbers."""
    rules = preference.get("never", ())
    keys: list[tuple[Any, ...]] = []
    for s in STATES:
        total = sum((ends(preference["worth"][i][v])[0] for i, v in zip(VALUES, s, strict=True)), Fraction(0))
        total += sum(ends(t["worth"])[0] for t in preference.get("also", ()) if CONDITIONS[t["if"]](s))
        keys.append((*(not crosses(r, s) for r in rules), total))
    if "reservation" in preference:
        keys.append((*(not crosses(r, STATES[0]) for r in rules), ends(preference["reservation"])[0]))
    levels = {key: k for k, key in enumerate(sorted(set(keys)))}
    return tuple(levels[key] for key in keys)


def found_orders(preference: dict[str, Any]) -> list[tuple[int, ...]]:
    """The orders that are found, each at the point that is given for it."""
    compiler = Compiler(case(preference))
    space = compiler.setting_space()
    made = []
    for setting in space.settings(deals=True):
        whole = compiler.view(setting).order("a")
        assert whole is not None
        assert whole.known(frozenset())
        ranks = whole.ranks(len(STATES), frozenset(), {}).tolist()
        if whole.reservation is not None:
            assert whole.score is not None
            assert not whole.reservation.ranged
            kept = [line.holds[0] for line in whole.red]
            keys = [
                (*(bool(line.holds[s]) for line in whole.red), int(whole.score.ranks_in(frozenset())[s]))
                for s in range(len(STATES))
            ]
            keys.append((*map(bool, kept), whole.reservation.low))
            levels = {key: k for k, key in enumerate(sorted(set(keys)))}
            ranks = [levels[key] for key in keys]
        made.append(tuple(dense(np.array(ranks)).tolist()))
    assert space.of_packages == len(made)
    return made


@given(preferences())
@settings(deadline=None, max_examples=60, suppress_health_check=SLOW)
def test_no_order_is_missing_and_none_is_found_twice(preference: dict[str, Any]) -> None:
    found = found_orders(preference)
    assert len(set(found)) == len(found)
    seen = {order(at) for at in points(preference, 4)}
    assert seen <= set(found)


@given(preferences())
@settings(deadline=None, max_examples=40, suppress_health_check=SLOW)
def test_the_point_of_each_order_lies_within_the_ranges(preference: dict[str, Any]) -> None:
    compiler = Compiler(case(preference))
    whole = compiler.orders()["a"]
    for setting in compiler.setting_space().settings(deals=True):
        for element, (by, *at) in setting.perms:
            if element == "a.reservation":
                assert whole.reservation is not None
                low, high = (whole.reservation.low,), (whole.reservation.high,)
            else:
                assert whole.score is not None
                assert whole.score.spread is not None
                low, high = whole.score.spread.low, whole.score.spread.high
            assert all(a * by <= x <= b * by for a, x, b in zip(low, at, high, strict=True))


@given(preferences(), st.data())
@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
def test_a_range_that_is_narrower_admits_no_more(preference: dict[str, Any], data: st.DataObject) -> None:
    narrower = {**preference, "worth": {i: dict(v) for i, v in preference["worth"].items()}}
    for issue, worths in preference["worth"].items():
        for value, number in worths.items():
            if isinstance(number, list) and data.draw(st.booleans()):
                narrower["worth"][issue][value] = number[0]
    assert set(found_orders(narrower)) <= set(found_orders(preference))


def test_a_range_of_no_width_is_a_number() -> None:
    worth = {"x": {"no": 0, "some": 1, "all": 2}, "y": {"no": 0, "yes": [1, 1]}}
    compiler = Compiler(case({"worth": worth, "reservation": [3, 3]}))
    assert compiler.view().known.all()
    assert compiler.setting_space().of_packages == 1


@pytest.mark.parametrize("form", ["worth", "linear", "table", "graph"])
def test_ranges_stand_wherever_worths_do(form: str) -> None:
    more: dict[str, Any] = {}
    if form == "worth":
        preference: dict[str, Any] = {"worth": {"x": {"no": 0, "some": [1, 3], "all": 2}}}
    elif form == "linear":
        # half way between 0 and the range at the end, against a value of 1
        preference = {"worth": {"x": {"linear": [["no", 0], ["all", [2, 6]]]}, "y": {"no": 0, "yes": 2}}}
    elif form == "table":
        preference = {"table": [[{"x": "no"}, 0], [{"x": "some"}, [1, 3]], [{"x": "all"}, 2]]}
    else:
        more = {
            "issues": {},
            "states": ["s1", "s2", "s3"],
            "moves": {"a": {"s1": ["s2", "s3"]}},
            "status_quo": "s1",
        }
        preference = {"worth": {"s1": 0, "s2": [1, 3], "s3": 2}}
    space = Compiler(case(preference, **more)).setting_space()
    # the range is below, level with and above what it is compared with; on the line there are three ways
    # for the middle to stand to 2, and as many for the end, one of them at an end of the range
    assert space.count == (4 if form == "linear" else 3)


def test_a_case_without_one_order_says_so_where_one_is_needed() -> None:
    worth = {"x": {"no": 0, "some": [1, 3], "all": 2}, "y": {"no": 0, "yes": 1}}
    view = Compiler(case({"worth": worth})).view()
    assert view.ranks("a") is None
    assert not view.known.any()


def test_settled_ranges_are_counted_no_longer() -> None:
    preference = {
        "worth": {"x": {"no": 0, "some": [1, 3], "all": 2}, "y": {"no": 0, "yes": 5}},
        "reservation": [0, 1],
    }
    compiler = Compiler(case(preference))
    for setting in list(compiler.setting_space().settings(deals=True)):
        points = tuple((e, p) for e, p in setting.perms)
        settled = compiler.setting_space(answers=Answers(orders=points))
        assert settled.of_packages == 1
        (only,) = settled.settings(deals=True)
        one, two = compiler.view(setting).order("a"), compiler.view(only).order("a")
        assert one is not None
        assert two is not None
        assert (one.reservation, one.score and one.score.scale) == (
            two.reservation,
            two.score and two.score.scale,
        )
        some = compiler.setting_space(answers=Answers(orders=points[:1]))
        assert any(
            compiler.view(s).order("a").reservation == one.reservation  # type: ignore[union-attr]
            or compiler.view(s).ranks("a") is not None
            for s in some.settings(deals=True)
        )


def test_too_many_orders_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = {"x": {"no": 0, "some": [1, 3], "all": 2}, "y": {"no": 0, "yes": 1}}
    order_ = Compiler(case({"worth": worth})).orders()["a"]
    found = admitted(order_)
    assert found is not None
    assert admitted(order_, most=len(found) - 1) is None
    monkeypatch.setattr(room, "ORDERS", len(found) - 1)
    assert Compiler(case({"worth": worth})).setting_space().count is None


def test_a_line_that_does_not_fit_its_issue_is_named() -> None:
    preference = {"worth": {"x": {"linear": [["no", 0], ["most", [2, 6]]]}}}
    with pytest.raises(CaseError, match="most"):
        Compiler(case(preference)).orders()
