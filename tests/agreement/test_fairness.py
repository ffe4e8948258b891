"""What the lenses pick in a case: against a twin that lists packages and settings with plain fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement import analyse
from accordant.agreement.picks import Fairness, text
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler

ISSUES = {"x": ("no", "yes"), "y": ("0", "1", "2")}
PARTIES = ("a", "b")
worth = st.integers(-3, 3)
tables = st.fixed_dictionaries(
    {i: st.fixed_dictionaries(dict.fromkeys(values, worth)) for i, values in ISSUES.items()}
)
reservations = st.none() | worth | st.tuples(worth, worth).map(lambda ends: sorted(ends))


@st.composite
def talks(draw: st.DrawFn) -> dict[str, Any]:
    preferences = {}
    for party in PARTIES:
        entry: dict[str, Any] = {"worth": draw(tables)}
        entry["also"] = [
            {"if": "x and y = 2", "worth": draw(worth), "unsure": unsure}
            for unsure in draw(st.lists(st.booleans(), max_size=1))
        ]
        held = draw(reservations)
        if held is not None:
            entry["reservation"] = held
        preferences[party] = entry
    return {
        "title": "t",
        "parties": {p: {} for p in PARTIES},
        "issues": {i: {"by": {"joint": list(PARTIES)}, "values": list(v)} for i, v in ISSUES.items()},
        "status_quo": {"x": "no", "y": "0"},
        "preferences": preferences,
    }


def fair(case: dict[str, Any], *lenses: str, **weights: int) -> Fairness:
    found = analyse(Compiler(Case.model_validate(case)), lenses=lenses or None, weights=weights or None)
    assert found.fairness is not None
    return found.fairness


def ways(case: dict[str, Any]) -> list[list[tuple[dict[str, int], int]]]:
    """For each way, for each party: its terms that count, and what no deal is worth (None: by the state)."""
    per_party = []
    for entry in case["preferences"].values():
        free = [k for k, term in enumerate(entry["also"]) if term["unsure"]]
        sure = [k for k, term in enumerate(entry["also"]) if not term["unsure"]]
        held = entry.get("reservation")
        ends = sorted(set(held)) if isinstance(held, list) else [held]
        offs = [sure, sure + free] if free else [sure]
        per_party.append([(on, end) for on in offs for end in ends])
    return [list(way) for way in product(*per_party)]


def worth_of(entry: dict[str, Any], on: list[int], package: tuple[str, str]) -> Fraction:
    total = sum(entry["worth"][issue][value] for issue, value in zip(ISSUES, package, strict=True))
    if package == ("yes", "2"):
        total += sum(entry["also"][k]["worth"] for k in on)
    return Fraction(total)


def picked(case: dict[str, Any], choose: Any) -> dict[tuple[str, str], int]:
    packages = list(product(*ISSUES.values()))
    times: dict[tuple[str, str], int] = {}
    for way in ways(case):
        entries = list(case["preferences"].values())
        u = {p: [worth_of(e, on, p) for e, (on, _) in zip(entries, way, strict=True)] for p in packages}
        d = [
            worth_of(e, on, ("no", "0")) if end is None else Fraction(end)
            for e, (on, end) in zip(entries, way, strict=True)
        ]
        rational = [p for p in packages if all(w >= r for w, r in zip(u[p], d, strict=True))]
        for p in choose(rational, u, d):
            times[p] = times.get(p, 0) + 1
    return times


def efficient(packages: list[Any], u: dict[Any, list[Fraction]]) -> list[Any]:
    def beats(q: Any, p: Any) -> bool:
        return all(x >= y for x, y in zip(u[q], u[p], strict=True)) and u[q] != u[p]

    return [p for p in packages if not any(beats(q, p) for q in packages)]


def nash(packages: list[Any], u: dict[Any, list[Fraction]], d: list[Fraction]) -> list[Any]:
    packages = efficient(packages, u)
    gains = {p: [x - r for x, r in zip(u[p], d, strict=True)] for p in packages}
    most = max((sum(g > 0 for g in gains[p]) for p in packages), default=0)
    found = set()
    for group in ((0, 1),) if most == 2 else ((0,), (1,)) if most == 1 else ((),):
        able = [p for p in packages if all(gains[p][i] > 0 for i in group)]
        values = {p: prod((gains[p][i] for i in group), start=Fraction(1)) for p in able}
        found |= {p for p in able if values[p] == max(values.values())}
    return list(found)


def utilitarian(packages: list[Any], u: dict[Any, list[Fraction]], d: list[Fraction]) -> list[Any]:
    best = max((sum(u[p]) for p in packages), default=0)
    return [p for p in packages if sum(u[p]) == best]


def egalitarian(packages: list[Any], u: dict[Any, list[Fraction]], d: list[Fraction]) -> list[Any]:
    keys = {p: sorted(x - r for x, r in zip(u[p], d, strict=True)) for p in packages}
    best = max(keys.values(), default=[])
    return [p for p in packages if keys[p] == best]


@pytest.mark.parametrize("choose", [nash, utilitarian, egalitarian])
@given(case=talks())
def test_picks_and_the_ways_in_which_they_stand(choose: Any, case: dict[str, Any]) -> None:
    name = choose.__name__
    found = fair(case, name)
    expected = picked(case, choose)
    assert {tuple(p.values.values()): p.ways[0] for p in found.lenses[name].picks} == expected
    assert all(p.ways[1] == len(ways(case)) for p in found.lenses[name].picks)
    assert found.lenses[name].found == len(expected)


@given(case=talks(), factor=st.integers(1, 4), shift=st.integers(-5, 5))
def test_scale_free_lenses_pick_the_same_on_any_scale(case: dict[str, Any], factor: int, shift: int) -> None:
    lenses = ("nash", "kalai-smorodinsky", "raiffa", "fallback")
    before = fair(case, *lenses).names()
    entry = case["preferences"]["a"]
    entry["worth"] = {i: {v: w * factor for v, w in row.items()} for i, row in entry["worth"].items()}
    entry["worth"]["x"] = {v: w + shift for v, w in entry["worth"]["x"].items()}
    for term in entry["also"]:
        term["worth"] *= factor
    held = entry.get("reservation")
    if held is not None:
        entry["reservation"] = (
            [h * factor + shift for h in held] if isinstance(held, list) else held * factor + shift
        )
    assert fair(case, *lenses).names() == before


@given(case=talks())
def test_what_a_lens_picks_is_an_agreement_in_some_setting_or_no_gain_at_all(case: dict[str, Any]) -> None:
    found = analyse(Compiler(Case.model_validate(case)))
    assert found.fairness is not None
    listed = {a.state for a in found.agreements}
    for names in found.fairness.names().values():
        for name in names:
            assert name in listed or name in found.no_deal["states"] or found.fairness.ways > 1 or not listed


def ordinal() -> dict[str, Any]:
    return {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": {"joint": ["a", "b"]}}, "y": {"by": {"joint": ["a", "b"]}}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {
            "a": {"priorities": ["x", "not y"]},
            "b": {"worth": {"x": {"no": 1, "yes": 0}, "y": {"no": 0, "yes": 3}}},
        },
    }


def test_orders_are_enough_where_only_ranks_are_compared() -> None:
    found = fair(ordinal())
    assert found.numbers == ("b",)
    assert found.lenses["fallback"].picks
    for name in ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "raiffa"):
        assert not found.lenses[name].picks
        assert "a" in found.lenses[name].refused


def test_an_unknown_order_leaves_no_lens_and_says_whose() -> None:
    case = ordinal()
    del case["preferences"]["a"]
    found = fair(case)
    assert not any(found.names().values())
    assert "a is not known" in found.note


def test_weights_are_for_everybody_or_for_nobody() -> None:
    with pytest.raises(InputError, match="none is given for b"):
        fair(ordinal(), "nash", a=2)
    with pytest.raises(InputError, match="not a positive number"):
        fair(ordinal(), "nash", a=2, b=0)


def test_an_unknown_lens_names_the_nearest() -> None:
    with pytest.raises(InputError, match="nash"):
        fair(ordinal(), "nashh")


@pytest.mark.parametrize(
    ("number", "words"),
    [("1/3", "1/3"), ("-5/2", "-2.5"), ("7", "7"), ("1/1024", "0.0009765625"), ("0", "0")],
)
def test_exact_numbers_are_written_as_people_write_them(number: str, words: str) -> None:
    assert text(Fraction(number)) == words


def test_a_red_line_that_no_deal_crosses_too_is_said_to_be_left_aside() -> None:
    case = ordinal()
    case["preferences"]["b"]["never"] = ["y = no"]
    assert "No deal crosses a red line of b too (b.never.1)" in fair(case).note
    case["preferences"]["b"]["never"] = ["y = yes"]
    assert not fair(case).note


def test_where_only_no_deal_is_a_range_a_pick_says_with_which_end() -> None:
    case = ordinal()
    case["preferences"]["a"] = {
        "worth": {"x": {"no": 0, "yes": 3}, "y": {"no": 2, "yes": 0}},
        "reservation": 1,
    }
    case["preferences"]["b"]["reservation"] = [1, 3]
    picks = fair(case, "egalitarian").lenses["egalitarian"].picks
    assert {p.package: p.when for p in picks} == {"s4": ("b 3", "b 1")}
    mixed = analyse(Compiler(Case.model_validate(case)), lenses=["egalitarian"], mixed=True).fairness
    assert mixed is not None
    assert all(p.ways[1] == 2 for p in mixed.lenses["egalitarian"].picks)
    for pick in mixed.lenses["egalitarian"].picks:
        assert sum(part.share for part in pick.mixture) in (0, 1)
        assert all(set(part.values) == {"x", "y"} for part in pick.mixture)


def test_where_nothing_can_be_agreed_the_nearest_says_who_is_short_by_how_much() -> None:
    case = ordinal()
    case["preferences"]["a"] = {
        "worth": {"x": {"no": 0, "yes": 3}, "y": {"no": 2, "yes": 0}},
        "reservation": 6,
    }
    case["preferences"]["b"]["reservation"] = -1
    found = analyse(Compiler(Case.model_validate(case)))
    assert found.exists == "no"
    assert [(c.state, c.refused_by, c.short) for c in found.closest] == [
        ("s3", ("a",), {"a": 1}),
        ("s4", ("a",), {"a": 3}),
        ("s1", ("a",), {"a": 4}),
        ("s2", ("a",), {"a": 6}),
    ]
