"""Layered layouts: order within layers by barycentres, each layer centred on the tallest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)
Edges = Sequence[tuple[N, N]]

SWEEPS = 12


def ordered(layers: Sequence[Sequence[N]], edges: Edges[N]) -> list[list[N]]:
    """Each layer in an order with few crossings.

    Layers are swept forth and back; in each, a node goes to the mean place of its neighbours in
    the other layers (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981). The best order
    met is kept, so that the result is never worse than the order given.

    Examples
    --------
    >>> ordered([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    [['b', 'a'], ['x', 'y']]
    """
    near: dict[N, list[N]] = {node: [] for layer in layers for node in layer}
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    now = [list(layer) for layer in layers]
    best, fewest = [list(layer) for layer in now], crossings(now, edges)
    for sweep in range(SWEEPS):
        order = range(len(now)) if sweep % 2 == 0 else range(len(now) - 1, -1, -1)
        for k in order:
            place = _places(now)
            own = set(now[k])
            now[k].sort(key=lambda n, own=own, place=place: _mean(n, near, own, place))  # type: ignore[misc]
        found = crossings(now, edges)
        if found < fewest:
            best, fewest = [list(layer) for layer in now], found
    return best


def _places(layers: Sequence[Sequence[N]]) -> dict[N, float]:
    """Places from 0 to 1 within each layer, so that layers of different size compare."""
    return {n: (k + 0.5) / len(layer) for layer in layers for k, n in enumerate(layer)}


def _mean(node: N, near: Mapping[N, Sequence[N]], own: set[N], place: Mapping[N, float]) -> float:
    others = [place[n] for n in near[node] if n not in own]
    return sum(others) / len(others) if others else place[node]


def crossings(layers: Sequence[Sequence[N]], edges: Edges[N]) -> int:
    """How many pairs of edges between the same two layers cross.

    Examples
    --------
    >>> crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    1
    """
    layer_of = {n: k for k, layer in enumerate(layers) for n in layer}
    at = {n: j for layer in layers for j, n in enumerate(layer)}
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b in edges:
        if layer_of[a] > layer_of[b]:
            a, b = b, a
        if layer_of[a] != layer_of[b]:
            groups.setdefault((layer_of[a], layer_of[b]), []).append((at[a], at[b]))
    return sum(
        (a - c) * (b - d) < 0
        for pairs in groups.values()
        for k, (a, b) in enumerate(pairs)
        for c, d in pairs[k + 1 :]
    )


def placed(layers: Sequence[Sequence[N]], edges: Edges[N]) -> dict[N, tuple[float, float]]:
    """A place for every node: its layer from left to right, its order from top to bottom.

    Returns
    -------
    dict of node to (x, y), in steps of one layer and one row, starting from 0
    """
    best = ordered(layers, edges)
    tallest = max((len(layer) for layer in best), default=1)
    return {
        node: (float(k), row + (tallest - len(layer)) / 2)
        for k, layer in enumerate(best)
        for row, node in enumerate(layer)
    }
