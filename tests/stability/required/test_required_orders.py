"""The nearest orders with wanted comparisons, against a list of all orders."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.stability.required.orders import Atom, Nearest, Unranked, changed_pairs
from accordant.stability.required.placing import CrowdedError
from tests.stability.required.changes import changed, permitted

Asked = tuple[list[int], frozenset[Atom]]


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    n = draw(st.integers(2, 5))
    if draw(st.booleans()):
        ranks = list(draw(st.permutations(range(n))))
    else:
        ranks = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    pair = st.lists(st.integers(0, n - 1), min_size=2, max_size=2, unique=True)
    atoms = draw(st.lists(st.tuples(pair, st.booleans()), min_size=1, max_size=4))
    return ranks, frozenset(Atom(0, high, low, strict) for (high, low), strict in atoms)


@given(asked())
def test_the_cost_is_the_least_distance_and_every_least_set_of_changes_is_given(case: Asked) -> None:
    ranks, atoms = case
    near = Nearest(np.array(ranks))
    fits = [o for o in permitted(ranks) if all(a.holds(np.array(o)) for a in atoms)]
    if not fits:
        assert near.cost(atoms) is None
        assert near.orders(atoms) == []
        return
    cost = min(len(changed(ranks, o)) for o in fits)
    assert near.cost(atoms) == cost
    found = near.orders(atoms, limit=10_000)
    assert all(a.holds(order) for order in found for a in atoms)
    least = {changed(ranks, o) for o in fits if len(changed(ranks, o)) == cost}
    assert {near.changed(order) for order in found} == least


@given(asked())
def test_what_is_seen_at_a_glance_is_never_more_than_the_cost(case: Asked) -> None:
    ranks, atoms = case
    near = Nearest(np.array(ranks))
    cost = near.cost(atoms)
    assert cost is None or near.bound(atoms) <= cost


def test_tables_that_were_not_kept_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = [frozenset([Atom(0, s, t, False)]) for s in range(4) for t in range(4, 8)]
    whole = Nearest(np.arange(8)[::-1])
    found = [[o.tolist() for o in whole.orders(w | {Atom(0, 7, 0, False)})] for w in wishes]
    monkeypatch.setattr("accordant.stability.required.orders.KEPT_CELLS", 0)
    short = Nearest(np.arange(8)[::-1])
    assert found == [[o.tolist() for o in short.orders(w | {Atom(0, 7, 0, False)})] for w in wishes]


@given(asked())
def test_an_atom_is_denied_exactly_where_it_does_not_hold(case: Asked) -> None:
    ranks, atoms = case
    for atom in atoms:
        assert atom.holds(np.array(ranks)) != atom.denied.holds(np.array(ranks))
        assert atom.denied.denied == atom


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_between_strict_orders_the_distance_is_the_number_of_swaps_of_neighbours(
    one: list[int], other: list[int]
) -> None:
    # sorting by exchanging neighbours takes as many exchanges as there are inversions
    row = [other[s] for s in np.argsort(one)]
    swaps = 0
    for end in range(len(row), 0, -1):
        for k in range(end - 1):
            if row[k] > row[k + 1]:
                row[k], row[k + 1] = row[k + 1], row[k]
                swaps += 1
    assert len(changed_pairs(np.array(one), np.array(other))) == swaps


def test_many_states_between_cost_one_change_each() -> None:
    near = Nearest(np.arange(500))
    assert near.cost(frozenset([Atom(0, 10, 400, False)])) == 390
    assert len(near.orders(frozenset([Atom(0, 10, 400, False)]), limit=1000)) == 390


def test_a_ring_of_weak_wishes_makes_a_tie() -> None:
    near = Nearest(np.array([2, 1, 1, 0]))
    ring = frozenset([Atom(0, 0, 3, False), Atom(0, 3, 0, False)])
    assert near.cost(ring) == 3
    assert all(order[0] == order[3] for order in near.orders(ring))
    assert Nearest(np.arange(4)).cost(ring) is None  # a strict order has no ties to give


def test_too_many_named_states_are_refused() -> None:
    ring = frozenset(Atom(0, s, s + 1, True) for s in range(20)) | {Atom(0, 20, 0, False)}
    assert Nearest(np.arange(30)[::-1]).cost(frozenset(Atom(0, s, s + 1, True) for s in range(20))) == 0
    with pytest.raises(CrowdedError):
        Nearest(np.arange(30)).cost(ring - {Atom(0, 20, 0, False)})


def test_of_an_unknown_order_every_comparison_is_one_change() -> None:
    nobody = Unranked(4)
    atoms = frozenset([Atom(0, 1, 2, True), Atom(0, 0, 1, False)])
    assert nobody.cost(atoms) == 2
    (order,) = nobody.orders(atoms)
    assert order[1] > order[2]
    assert order[0] >= order[1]
    assert nobody.cost(atoms | {Atom(0, 2, 0, False)}) is None
