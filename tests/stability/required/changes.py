"""Changes of preference the slow way: every order listed, every verdict from the definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from accordant.stability.weak_orders import weak_orders
from tests.stability import twin

Order = tuple[int, ...]
Pairs = frozenset[tuple[int, int]]


def view_of(
    model: GraphModel,
    orders: Orders,
    known: Sequence[bool] | None = None,
    pairs: Sequence[Sequence[tuple[int, int]]] = (),
) -> View:
    """A case in one setting, with nothing but a model, orders, and pairs of unknown order by party."""
    case = SimpleNamespace(title="t", party_name=lambda party: party)
    ranked = np.ones(len(model.parties), dtype=bool) if known is None else np.array(known, dtype=bool)
    listed = [np.array(sorted(p), dtype=np.int64).reshape(-1, 2) for p in pairs or [[]] * len(ranked)]
    sure = ranked & [len(p) == 0 for p in listed]
    number = model.parties.index
    stub = SimpleNamespace(
        model=model,
        orders=np.where(sure[:, None], orders, 0),
        known=sure,
        parties=model.parties,
        space=model.space,
        case=case,
        base_ranks=lambda party: orders[number(party)] if ranked[number(party)] else None,
        incomparable=lambda party: listed[number(party)],
        blocks=lambda party: np.zeros(model.n, dtype=np.int64),
        decides=lambda party, s, t: None,
    )
    return cast("View", cast("Any", stub))


def sign(ranks: Sequence[int], s: int, t: int) -> int:
    return int(ranks[s] > ranks[t]) - int(ranks[s] < ranks[t])


def changed(one: Sequence[int], other: Sequence[int]) -> Pairs:
    """The pairs of states that two orders compare differently."""
    n = range(len(one))
    return frozenset((s, t) for s in n for t in n if s < t and sign(one, s, t) != sign(other, s, t))


def permitted(order: Sequence[int]) -> list[Order]:
    """Every order that a party may come to have: strict where its own is."""
    n = len(order)
    every = [tuple(int(r) for r in ranks) for ranks in weak_orders(n)]
    return [r for r in every if len(set(r)) == n] if len(set(order)) == n else every


def profiles(orders: Orders, free: Sequence[int]) -> Iterator[list[Order]]:
    """Every combination of orders in which only the parties in ``free`` differ from now."""
    rows = [tuple(int(r) for r in row) for row in orders]
    yield from map(list, product(*(permitted(r) if i in free else [r] for i, r in enumerate(rows))))


def stable(
    model: GraphModel, profile: Sequence[Order], judged: Sequence[int], s: int, concepts: Sequence[str]
) -> bool:
    return all(twin.is_stable(model, profile, i, s, concepts[i]) for i in judged)


def distance(orders: Orders, profile: Sequence[Order]) -> int:
    """Pairs compared differently, over all parties."""
    return sum(len(changed(row, other)) for row, other in zip(orders, profile, strict=True))


def least(
    model: GraphModel,
    orders: Orders,
    free: Sequence[int],
    judged: Sequence[int],
    s: int,
    concepts: Sequence[str],
    *,
    wanted: bool,
) -> int | None:
    """The least distance of a profile in which the verdict is as wanted."""
    fits = [
        distance(orders, profile)
        for profile in profiles(orders, free)
        if stable(model, profile, judged, s, concepts) == wanted
    ]
    return min(fits, default=None)
