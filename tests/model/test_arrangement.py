"""The faces into which cuts divide a box, against points looked at one by one."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.model.arrangement import Cut, Point, faces

Ends = list[tuple[int, int]]
FINE = {1: 60, 2: 12, 3: 4}


def side(cut: Cut, point: Point) -> int:
    value = sum(c * p for c, p in zip(cut, point, strict=True))
    return (value > 0) - (value < 0)


def told(cuts: list[Cut], points: tuple[Point, ...] | list[Point]) -> list[tuple[int, ...]]:
    return [tuple(side(cut, point) for cut in cuts) for point in points]


@st.composite
def boxes(draw: st.DrawFn, most: int = 3) -> tuple[Ends, list[Cut]]:
    size = draw(st.integers(1, most))
    lows = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
    ends = [(low, low + draw(st.integers(0, 4))) for low in lows]
    numbers = st.tuples(st.integers(-6, 6), *(st.integers(-2, 2) for _ in range(size)))
    return ends, draw(st.lists(numbers, max_size=5 if size < 3 else 4))


@given(boxes())
@settings(deadline=None)
def test_every_face_is_found_once_and_its_point_lies_in_the_box(made: tuple[Ends, list[Cut]]) -> None:
    ends, cuts = made
    found = faces(ends, cuts, 10**6)
    assert found is not None
    for by, *numbers in found:
        assert by > 0
        assert all(low * by <= x <= high * by for x, (low, high) in zip(numbers, ends, strict=True))
    seen = told(cuts, found)
    assert len(set(seen)) == len(seen)
    fine = FINE[len(ends)]
    steps = (range(low * fine, high * fine + 1) for low, high in ends)
    assert set(told(cuts, [(fine, *numbers) for numbers in product(*steps)])) <= set(seen)


@given(boxes(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_cuts_and_of_variables_makes_no_difference(made: tuple[Ends, list[Cut]], random) -> None:
    ends, cuts = made
    found = faces(ends, cuts, 10**6)
    again = faces(ends, random.sample(cuts, len(cuts)), 10**6)
    turned = faces(ends[::-1], [(cut[0], *cut[:0:-1]) for cut in cuts], 10**6)
    assert found is not None
    assert again is not None
    assert turned is not None
    assert set(told(cuts, found)) == set(told(cuts, again))
    assert set(told(cuts, found)) == set(told(cuts, [(p[0], *p[:0:-1]) for p in turned]))


@given(boxes(2))
@settings(deadline=None, max_examples=40)
def test_faces_up_to_a_number_or_none_at_all(made: tuple[Ends, list[Cut]]) -> None:
    ends, cuts = made
    found = faces(ends, cuts, 10**6)
    assert found is not None
    assert faces(ends, cuts, len(found)) == found
    assert faces(ends, cuts, len(found) - 1) is None or not cuts or len(found) == 1


def test_variables_that_no_cut_brings_together_multiply() -> None:
    cuts = [(-1, *(2 * (k == j) for j in range(6))) for k in range(6)]
    found = faces([(0, 1)] * 6, cuts, 10**6)
    assert found is not None
    assert len(found) == 3**6


def test_numbers_of_any_size_are_exact() -> None:
    large = 10**30
    found = faces([(0, large), (0, large)], [(-1, large, -large), (0, 1, -1)], 100)
    assert found is not None
    # below both lines, on the one, between them, on the other, above
    assert len(found) == 5
