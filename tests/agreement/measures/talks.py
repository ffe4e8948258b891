"""Small random cases in numbers: two to four parties with worths by issue, some rules, some ranks."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler

VALUES = {"x": ["no", "yes"], "y": ["low", "mid", "high"], "z": ["no", "yes"]}
WORTH = st.integers(-3, 3)


@st.composite
def talks(draw, parties=(2, 3), rules=True, ordinal=False):
    """A case whose status quo, the first value of each issue, is feasible."""
    names = ["a", "b", "c", "d"][: draw(st.integers(*parties))]
    preferences = {}
    for p in names:
        if ordinal and draw(st.integers(0, 3)) == 0:
            preferences[p] = {
                "priorities": draw(st.lists(st.sampled_from(["x", "y >= mid", "not z"]), max_size=3))
            }
            continue
        preferences[p] = {"worth": {i: {v: draw(WORTH) for v in values} for i, values in VALUES.items()}}
        if draw(st.integers(0, 3)) == 0:
            preferences[p]["reservation"] = draw(st.integers(-2, 4))
        if draw(st.integers(0, 4)) == 0:
            preferences[p]["never"] = [draw(st.sampled_from(["x and z", "y = high", "z"]))]
    data = {
        "title": "talks",
        "parties": {p: {} for p in names},
        "issues": {i: {"by": {"joint": names}, "values": values} for i, values in VALUES.items()},
        "status_quo": {i: values[0] for i, values in VALUES.items()},
        "preferences": preferences,
        "proposals": {
            "offer": {"package": {i: draw(st.sampled_from(v)) for i, v in VALUES.items()}, "by": "a"},
        },
    }
    if rules and draw(st.booleans()):
        data["feasible"] = [draw(st.sampled_from(["x -> z", "x <-> y != low", "not (y = mid and z)"]))]
    return Case.model_validate(data)


def view_of(case: Case):
    return Compiler(case).view()


def packages(view) -> list[dict[str, str]]:
    """The values of every package, by number."""
    return [dict(view.space.values_of(s)) for s in range(view.space.n)]


def worth(case: Case, party: str, values: dict[str, str]) -> Fraction:
    """What a package is worth to a party with worths by issue."""
    table = case.preferences[party].worth
    return sum((Fraction(table[i][v]) for i, v in values.items()), Fraction(0))


def all_values():
    return [dict(zip(VALUES, row, strict=True)) for row in product(*VALUES.values())]
