"""The frontier in numbers against its definition: packages by brute force, in fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement import frontier_result as module
from accordant.agreement.frontier_result import frontier_result
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler

VALUES = ("0", "1", "2")
NUMBERS = st.integers(-4, 6)
COLUMN = st.fixed_dictionaries(dict.fromkeys(VALUES, NUMBERS))
PARTY = st.tuples(COLUMN, COLUMN, NUMBERS, st.integers(0, 3))


def case(parties: dict[str, Any], proposals: dict[str, Any] | None = None) -> Case:
    joint = {"by": {"joint": list(parties)}, "values": list(VALUES)}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in parties},
            "issues": {"x": joint, "y": joint},
            "status_quo": {"x": "0", "y": "0"},
            "preferences": parties,
            "proposals": proposals or {},
        }
    )


def preference(drawn: tuple[dict[str, int], dict[str, int], int, int]) -> dict[str, Any]:
    x, y, low, more = drawn
    return {"worth": {"x": x, "y": y}, "reservation": [low, low + more]}


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTY, min_size=2, max_size=3))
def test_points_are_what_nothing_dominates_of_what_beats_the_lower_ends(drawn: list[Any]) -> None:
    names = "abc"[: len(drawn)]
    found = frontier_result(Compiler(case({p: preference(d) for p, d in zip(names, drawn, strict=True)})))
    worths = {
        tuple(Fraction(x[i] + y[j]) for x, y, _, _ in drawn): (i, j) for i, j in product(VALUES, VALUES)
    }
    low = [Fraction(d[2]) for d in drawn]
    high = [Fraction(d[2] + d[3]) for d in drawn]
    rational = [w for w in worths if all(a >= b for a, b in zip(w, low, strict=True))]
    assert found.apart == (not rational)
    among = rational or list(worths)
    kept = [w for w in among if not any(v != w and all(map(Fraction.__ge__, v, w)) for v in among)]
    assert sorted(tuple(p.worths.values()) for p in found.points) == sorted(kept)
    for point in found.points:
        w = tuple(point.worths.values())
        sure = all(a >= b for a, b in zip(w, high, strict=True))
        assert point.beats == ("yes" if sure else "unknown" if w in rational else "no")
        gains = found.gains(point.worths).values()
        assert list(gains) == [(a - h, a - b) for a, b, h in zip(w, low, high, strict=True)]
    assert set(found.others) == set(worths) - set(kept)


def test_proposals_stand_at_what_they_are_worth_and_parties_with_an_order_have_no_number() -> None:
    parties = {
        "a": {"worth": {"x": {"0": 0, "1": 2, "2": 5}, "y": {"0": 0, "1": 0, "2": 0}}},
        "b": {"priorities": ["x = 0"]},
    }
    found = frontier_result(Compiler(case(parties, {"p": {"package": {"x": "1"}}})))
    assert found.numbers == ("a",)
    assert found.orders == ("b",)
    placed = found.proposals["p"]
    assert placed is not None
    assert placed.worths == {"a": 2}


def test_orders_alone_have_no_frontier_in_numbers() -> None:
    with pytest.raises(InputError, match="nobody has given numbers"):
        frontier_result(Compiler(case({"a": {"priorities": ["x = 0"]}, "b": {"priorities": ["x = 1"]}})))


@given(st.integers(0, 500), st.integers(2, 60))
def test_an_even_choice_keeps_both_ends(many: int, most: int) -> None:
    chosen = module._even(many, most).tolist()
    assert len(chosen) == len(set(chosen)) == min(many, most)
    assert not many or {chosen[0], chosen[-1]} == {0, many - 1}
