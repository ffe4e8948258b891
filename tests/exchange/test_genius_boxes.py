"""Reading nonlinear Genius profiles: worths that count where several issues lie between bounds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from tests.exchange.genius_files import domain, issue, profile, read, worths
from tests.exchange.test_genius_import import TALKS, said, wrong

WHOLE = domain(*(issue(k, f"i{k}", "", "integer", 'lowerbound="0" upperbound="4"') for k in (1, 2)))


def boxes(*inside: str, most: str = 'maxutility="20"', how: str = 'aggregation="sum"') -> str:
    listed = "".join(inside)
    utility = f'<utility {most}><ufun type="PlainUfun" {how}>{listed}</ufun></utility>'
    return profile(utility, after='<reservation value="0.25"/>')


def box(utility: object, *bounds: tuple[int, int, int], tag: str = "INCLUDES", weight: str = "1") -> str:
    inside = "".join(f'<{tag} index="{i}" min="{low}" max="{high}"/>' for i, low, high in bounds)
    return f'<hyperRectangle utility="{utility}" weight="{weight}">{inside}</hyperRectangle>'


small = st.integers(0, 4)


@st.composite
def rectangles(draw: Any) -> tuple[int, list[tuple[int, int, int]], str]:
    bounds = []
    for index in draw(st.lists(st.sampled_from([1, 2]), unique=True)):
        low, high = sorted((draw(small), draw(small)))
        bounds.append((index, low, high))
    return draw(st.integers(-3, 9)), bounds, draw(st.sampled_from(["INCLUDES", "EXCLUDES"]))


@examples(st.lists(rectangles(), min_size=1, max_size=5), st.sampled_from(["genius", "file"]))
@settings(max_examples=40, deadline=None)
def test_boxes_count_where_all_their_bounds_hold_or_one_is_broken(made: Any, scale: str) -> None:
    found = read(WHOLE, boxes(*(box(u, *bounds, tag=tag) for u, bounds, tag in made)), scale=scale)
    factor = next((int(t.case.split()[1]) for t in found.told if t.case.startswith("times")), 1)
    for (x, y), worth in worths(found, "a").items():
        total = Fraction(0)
        for utility, bounds, tag in made:
            inside = all(low <= int((x, y)[i - 1]) <= high for i, low, high in bounds)
            counts = inside if tag == "INCLUDES" or not bounds else not inside
            total += utility * counts
        assert worth == factor * (total / 20 if scale == "genius" else total)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (boxes(box(1, (3, 0, 1))), "there is no issue with the number 3"),
        (boxes(box(1, (1, 3, 1))), "its bounds are upside down: from 3 to 1"),
        (boxes(box("NaN", (1, 0, 1))), "NaN is not a finite number: the worth of a box has to be one"),
        (
            boxes(box(1, (1, 0, 1)), how='aggregation="max"'),
            "its boxes are aggregated by 'max': only a sum can be said",
        ),
        (boxes("<sphere/>"), "there is no reading of 'sphere' here"),
        (profile('<utility maxutility="3"/>'), "holds no ufun"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_boxes_is_said(text: str, words: str) -> None:
    assert words in wrong(WHOLE, text)


def test_bounds_need_numbers() -> None:
    assert "bounds need a numeric issue, and 'Pay' has named values" in wrong(TALKS, boxes(box(1, (1, 0, 1))))


def test_where_genius_cuts_a_worth_that_is_said() -> None:
    found = read(WHOLE, boxes(box(30, (1, 0, 4)), most='maxutility="20"'))
    assert any("Genius cuts at 20" in message for message in said(found))
