from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.brief.figures.frontier_chart import ticks
from accordant.brief.figures.placing import Box, labels

FRAME = Box(0, 0, 600, 350)
AT = st.tuples(st.integers(20, 500), st.integers(20, 330))
NAMES = st.sampled_from(["Nash", "plan", "Kalai-Smorodinsky", "office-paper"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(AT, NAMES), min_size=1, max_size=6, unique_by=lambda m: m[0]))
def test_no_label_lies_on_another(marks: list[tuple[tuple[int, int], str]]) -> None:
    placed = labels([((float(x), float(y)), [name]) for (x, y), name in marks], FRAME)
    assert len(placed) == len(marks)
    assert not any(a.box.meets(b.box) for a, b in combinations(placed, 2))


def test_marks_close_together_in_a_corner_keep_their_labels_within_the_frame() -> None:
    marks = [((560.0 + 2 * k, 20.0 + 3 * k), ["Kalai-Smorodinsky", "Raiffa"]) for k in range(3)]
    placed = labels(marks, FRAME)
    assert all(p.box.within(FRAME) for p in placed)
    assert not any(a.box.meets(b.box) for a, b in combinations(placed, 2))


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 6))
def test_axes_are_marked_a_few_times_within_their_span(low: float, span: float, about: int) -> None:
    found = ticks(low, low + span, about)
    assert 1 <= len(found) <= 2 * about + 1
    assert all(low - span * 1e-3 <= t <= low + span * 1.001 for t in found)
    assert found == sorted(set(found))
