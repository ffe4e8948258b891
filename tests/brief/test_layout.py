from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from accordant.brief.figures.layout import crossings, ordered, placed


@st.composite
def layered(draw: st.DrawFn) -> tuple[list[list[int]], list[tuple[int, int]]]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    layers, nodes = [], 0
    for size in sizes:
        layers.append(list(range(nodes, nodes + size)))
        nodes += size
    pairs = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    return layers, draw(st.lists(pairs.filter(lambda p: p[0] != p[1]), max_size=14))


@given(layered())
def test_a_layout_never_has_more_crossings_than_the_order_given(drawn: tuple[list[list[int]], list]) -> None:  # type: ignore[type-arg]
    layers, edges = drawn
    found = ordered(layers, edges)
    assert [sorted(layer) for layer in found] == [sorted(layer) for layer in layers]
    assert crossings(found, edges) <= crossings(layers, edges)


@given(layered())
def test_crossings_are_counted_as_a_person_would(drawn: tuple[list[list[int]], list]) -> None:  # type: ignore[type-arg]
    layers, edges = drawn
    at = {n: (k, j) for k, layer in enumerate(layers) for j, n in enumerate(layer)}
    lines = [tuple(sorted((at[a], at[b]))) for a, b in edges if at[a][0] != at[b][0]]
    seen = sum(
        (a0, b0) == (c0, d0) and ((a1 < c1 and b1 > d1) or (a1 > c1 and b1 < d1))
        for k, ((a0, a1), (b0, b1)) in enumerate(lines)
        for (c0, c1), (d0, d1) in lines[k + 1 :]
    )
    assert crossings(layers, edges) == seen


@given(layered())
def test_every_node_has_a_place_of_its_own_in_its_column(drawn: tuple[list[list[int]], list]) -> None:  # type: ignore[type-arg]
    layers, edges = drawn
    places = placed(layers, edges)
    assert len({(round(x, 6), round(y, 6)) for x, y in places.values()}) == len(places)
    for k, layer in enumerate(layers):
        assert {round(places[n][0], 6) for n in layer} == {k}
    assert min(y for _, y in places.values()) >= -1e-9


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_layers_are_a_step_apart_and_centred(sizes: list[int]) -> None:
    layers = [[(k, j) for j in range(size)] for k, size in enumerate(sizes)]
    found = placed(layers, [])
    assert {k: x for (k, _), (x, _) in found.items()} == {k: float(k) for k in range(len(sizes))}
    for layer in layers:
        rows = [found[node][1] for node in layer]
        assert [b - a for a, b in pairwise(rows)] == [1.0] * (len(rows) - 1)
        assert sum(rows) / len(rows) == (max(sizes) - 1) / 2
