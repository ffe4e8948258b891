"""Lines over words: everywhere the same as their worths written out value by value."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.problem import Additive
from accordant.agreement.bargain import Bargain
from accordant.agreement.measures.stakes import columns
from accordant.agreement.numbers import bargain_of
from accordant.case.objects import Case
from accordant.exchange.outgoing import outgoing
from accordant.model.compiler import Compiler
from tests.case.casefiles import folder

LEVELS = ("none", "low", "5", "high")
NUMBERS = st.integers(-20, 20).map(
    lambda n: str(Fraction(n, 2).limit_denominator()) if n % 2 == 0 else f"{n / 2}"
)


def case(one: Any, two: Any, **more: Any) -> Case:
    both = {"joint": ["a", "b"]}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {
                "care": {"by": both, "values": list(LEVELS)},
                "days": {"by": both, "values": ["few", "many"]},
            },
            "status_quo": {"care": "none", "days": "few"},
            "preferences": {
                "a": {"worth": {"care": one, "days": {"few": "0", "many": "1"}}},
                "b": {"worth": {"care": two, "days": {"few": "0.5", "many": "0"}}, "reservation": "0.25"},
            },
            **more,
        }
    )


@st.composite
def lines(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Fraction]]:
    """A line over the levels, and what each of them is worth on it, straight from the words of the format."""
    places = sorted({0, 3, *draw(st.sets(st.sampled_from([1, 2])))})
    worths = [draw(NUMBERS) for _ in places]
    found = {}
    for k, level in enumerate(LEVELS):
        m = max(m for m, place in enumerate(places) if place <= k and place < 3)
        share = Fraction(k - places[m], places[m + 1] - places[m])
        low, high = Fraction(worths[m]), Fraction(worths[m + 1])
        found[level] = low + share * (high - low)
    return {"linear": [[LEVELS[p], y] for p, y in zip(places, worths, strict=True)]}, found


@settings(max_examples=60, deadline=None)
@given(lines(), lines())
def test_packages_are_worth_what_their_values_are_on_the_lines(one: Any, two: Any) -> None:
    made = case(one[0], two[0])
    view = Compiler(made).view()
    bargain = bargain_of(view)
    assert isinstance(bargain, Bargain)
    for state in range(view.space.n):
        at = view.space.values_of(state)
        plain = (
            one[1][at["care"]] + (at["days"] == "many"),
            two[1][at["care"]] + Fraction(at["days"] == "few", 2),
        )
        found = tuple(Fraction(int(bargain.worths[i, state]), bargain.scales[i]) for i in (0, 1))
        assert found == plain
    many = additive_of(Compiler(made))
    assert isinstance(many, Additive)
    for i, (_, worths) in enumerate((one, two)):
        assert [Fraction(int(n), many.scales[i]) for n in many.tables[0][i]] == list(worths.values())
        assert (columns(made, "ab"[i]) or {})["care"] == worths


TEXT = """\
title: Care
as_of: 2025-01
parties: {a: {}, b: {}}
issues:
  care: {by: {joint: [a, b]}, values: [none, low, high, full]}
  days: {by: {joint: [a, b]}, values: [few, many]}
status_quo: {care: none, days: few}
preferences:
  a: {worth: {care: A, days: {few: 0, many: 1}}, reservation: 1}
  b: {worth: {care: B, days: {few: 5, many: 0}}, reservation: 2}
proposals:
  plan: {by: a, package: {care: low, days: few}}
"""
LINED = {"A": "{linear: [[none, 0], [full, 12]]}", "B": "{linear: [[none, 9], [high, 3], [full, -3]]}"}
LISTED = {"A": "{none: 0, low: 4, high: 8, full: 12}", "B": "{none: 9, low: 6, high: 3, full: -3}"}


def opened(room: Path, worths: dict[str, str]) -> Any:
    room.mkdir()
    text = TEXT.replace(": A,", f": {worths['A']},").replace(": B,", f": {worths['B']},")
    return accordant.load(folder(room, text, None))


def test_answers_are_those_of_the_worths_written_out(tmp_path: Path) -> None:
    lined, listed = opened(tmp_path / "lined", LINED), opened(tmp_path / "listed", LISTED)
    asked: list[tuple[str, tuple[str, ...]]]
    asked = [
        ("deals", ()),
        ("divide", ()),
        ("package", ("plan",)),
        ("levers", ("plan",)),
        ("stages", ("plan",)),
    ]
    for name, given_ in asked:
        one, two = (getattr(each, name)(*given_).to_json() for each in (lined, listed))
        assert without(one, tmp_path) == without(two, tmp_path)
    one, two = (outgoing(each, "Genius") for each in (lined, listed))
    assert [p.worths for p in one.parties] == [p.worths for p in two.parties]
    assert not any(p.lines for p in one.parties)


def without(found: Any, room: Path) -> str:
    return str(found).replace(str(room / "lined"), "").replace(str(room / "listed"), "")


@pytest.mark.parametrize("format", ["genius", "geniusweb", "negmas", "negolog"])
def test_other_programs_get_the_worths_value_by_value(tmp_path: Path, format: str) -> None:
    from accordant.exchange.formats import by_name

    files = [
        by_name(format).write(opened(tmp_path / str(k), w), None).files for k, w in enumerate((LINED, LISTED))
    ]
    assert files[0] == files[1]
