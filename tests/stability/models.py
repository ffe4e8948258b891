"""Models for tests: from arcs, from options, and at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Orders, ProductMoves
from accordant.model.moves import arcs_from_pairs, is_transitive
from accordant.model.space import StateSpace

Arcs = Iterable[tuple[int, int]]
Matrix = NDArray[np.bool_]
Control = dict[tuple[int, ...], dict[int, Matrix]]
"""For each mover the issues it changes, and which value may follow which."""

FREE = np.ones((2, 2), dtype=bool)
FORWARD = np.triu(FREE)
BACKWARD = np.tril(FREE)


def names(count: int) -> tuple[str, ...]:
    return tuple(f"p{k}" for k in range(count))


def graph(n: int, arcs: Mapping[tuple[int, ...], Arcs], parties: int) -> GraphModel:
    """A model given arc by arc; the keys of ``arcs`` are the members of each mover."""
    space = StateSpace((), (), np.zeros((n, 0), dtype=np.uint8), np.arange(n, dtype=np.int32), n)
    alone = [(p,) for p in range(parties)]
    joint = [m for m in arcs if len(m) > 1]
    movers = tuple(Mover(m, _arcs(n, arcs.get(m, ()))) for m in (*alone, *joint))
    return GraphModel(space, names(parties), movers)


def _arcs(n: int, arcs: Arcs) -> ArcMoves:
    pairs = np.array(sorted(set(arcs)), dtype=np.int64).reshape(-1, 2)
    return arcs_from_pairs(n, pairs[:, 0], pairs[:, 1])


def options(
    shape: Sequence[int],
    control: Mapping[tuple[int, ...], Mapping[int, Matrix]],
    parties: int,
    infeasible: Iterable[Sequence[int]] = (),
) -> GraphModel:
    """A model in option form.

    ``control`` says for each mover which issues it changes and which value may follow which;
    ``infeasible`` lists combinations that are no states.
    """
    gone = {tuple(c) for c in infeasible}
    rows = [c for c in product(*map(range, shape)) if c not in gone]
    codes = np.array(rows, dtype=np.uint8).reshape(len(rows), len(shape))
    n = len(rows)
    issues = tuple(f"x{k}" for k in range(len(shape)))
    values = tuple(tuple(str(v) for v in range(size)) for size in shape)
    space = StateSpace(issues, values, codes, np.arange(n, dtype=np.int32), n)
    alone = [(p,) for p in range(parties)]
    joint = [m for m in control if len(m) > 1]
    movers = []
    for members in (*alone, *joint):
        own = control.get(members, {})
        axes = tuple(sorted(own))
        allowed = tuple(own[a] for a in axes)
        transitive = all(is_transitive(a) for a in allowed)
        movers.append(Mover(members, ProductMoves(codes, tuple(shape), axes, allowed, transitive)))
    return GraphModel(space, names(parties), tuple(movers))


def listed(model: GraphModel) -> GraphModel:
    """The same model with every move listed as an arc."""
    movers = tuple(Mover(m.parties, m.moves.arcs) for m in model.movers)
    return GraphModel(model.space, model.parties, movers)


@st.composite
def orders_for(draw: st.DrawFn, parties: int, n: int) -> Orders:
    """Ranks with ties, sometimes far apart."""
    levels = draw(st.sampled_from([1, 2, 3, n, 2 * n]))
    scale = draw(st.sampled_from([1, 1, 1, 2**57]))
    rows = [draw(st.lists(st.integers(-levels, levels), min_size=n, max_size=n)) for _ in range(parties)]
    return np.array(rows, dtype=np.int64).reshape(parties, n) * scale


@st.composite
def graphs(draw: st.DrawFn, most_states: int = 7, most_parties: int = 4) -> GraphModel:
    """Graphs given arc by arc: moves that do not compose, shared arcs, joint movers, idle parties."""
    parties = draw(st.integers(2, most_parties))
    n = draw(st.integers(1, most_states))
    pairs = [(s, t) for s in range(n) for t in range(n) if s != t]
    some = st.sets(st.sampled_from(pairs), max_size=2 * n) if pairs else st.just(set())
    arcs: dict[tuple[int, ...], Arcs] = {(p,): draw(some) for p in range(parties)}
    for members in draw(st.lists(coalitions(parties), max_size=2, unique=True)):
        arcs[members] = draw(some)
    return graph(n, arcs, parties)


def coalitions(parties: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Two or more parties."""
    every = st.sets(st.integers(0, parties - 1), min_size=2, max_size=parties)
    return every.map(lambda members: tuple(sorted(members)))


@st.composite
def direction(draw: st.DrawFn, size: int, *, composing: bool) -> Matrix:
    """Which value may follow which."""
    kind = draw(st.sampled_from(["free", "forward", "backward", "home", "listed"]))
    every = np.ones((size, size), dtype=bool)
    if kind == "forward":
        return np.triu(every)
    if kind == "backward":
        return np.tril(every)
    if kind == "home":  # walking out: back to one value from any other
        back = np.eye(size, dtype=bool)
        back[:, draw(st.integers(0, size - 1))] = True
        return back
    if kind == "listed":
        flat = draw(st.lists(st.booleans(), min_size=size * size, max_size=size * size))
        given = np.array(flat, dtype=bool).reshape(size, size) | np.eye(size, dtype=bool)
        if not composing or is_transitive(given):
            return given
    return every


@st.composite
def option_models(draw: st.DrawFn, *, composing: bool = True, most_states: int = 24) -> GraphModel:
    """Option forms: shared and joint issues, walk-outs, directions, infeasible combinations."""
    parties = draw(st.integers(2, 4))
    shape: list[int] = []
    for size in draw(st.lists(st.sampled_from([2, 2, 2, 3, 4]), min_size=1, max_size=5)):
        if np.prod([*shape, size]) <= most_states:
            shape.append(size)
    shape = shape or [2]
    control: Control = {}
    for axis, size in enumerate(shape):
        holders = draw(st.lists(st.integers(0, parties - 1), min_size=1, max_size=2, unique=True))
        for p in holders:
            control.setdefault((p,), {})[axis] = draw(direction(size, composing=composing))
        if len(holders) == 2 and draw(st.booleans()):
            members = tuple(sorted(holders))
            control.setdefault(members, {})[axis] = draw(direction(size, composing=composing))
    cells = list(product(*map(range, shape)))
    gone = draw(st.sets(st.sampled_from(cells), max_size=len(cells) // 2)) if draw(st.booleans()) else set()
    return options(shape, control, parties, gone)


@st.composite
def judged(draw: st.DrawFn, models: st.SearchStrategy[GraphModel]) -> tuple[GraphModel, Orders]:
    """A model with an order for every party."""
    model = draw(models)
    return model, draw(orders_for(len(model.parties), model.n))
