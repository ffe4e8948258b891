"""The frontier of rows against its definition, ties and many columns included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from accordant.agreement.frontier import distinct, efficient, maxima, weakly_beaten
from accordant.agreement.frontier.rows import in_order


@st.composite
def ranks(draw):
    """Ranks with many ties, and which states count."""
    parties, n = draw(st.integers(0, 5)), draw(st.integers(0, 24))
    u = draw(arrays(np.int64, (parties, n), elements=st.integers(0, draw(st.integers(0, 6)))))
    return u, draw(arrays(bool, n))


def dominates(u, t, s):
    return bool((u[:, t] >= u[:, s]).all() and (u[:, t] > u[:, s]).any())


def plain(u, among):
    members = np.flatnonzero(among)
    return [bool(among[s]) and not any(dominates(u, t, s) for t in members) for s in range(u.shape[1])]


def many(u):
    """The same for all states, quickly enough for some hundred."""
    some, every = u[:, :, None], u[:, None, :]
    return ~((some >= every).all(axis=0) & (some > every).any(axis=0)).any(axis=0)


def close_to_a_plane(rng, parties, n, levels):
    """Worths of which many are efficient: what one party gains the others lose, but for a little."""
    u = rng.integers(0, levels, (parties, n))
    u[-1] = (parties - 1) * levels - u[:-1].sum(axis=0) + rng.integers(0, 2, n)
    return u


@given(ranks())
def test_a_state_is_efficient_if_and_only_if_nothing_dominates_it(drawn):
    u, among = drawn
    assert efficient(u, among).tolist() == plain(u, among)


@pytest.mark.parametrize("parties", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("levels", [2, 5, 30, 10**6, 10**17])
def test_the_same_where_there_are_too_many_to_compare_directly(parties, levels):
    rng = np.random.default_rng(parties * levels)
    for n in (50, 200, 500):
        for u in (rng.integers(-levels, levels, (parties, n)), close_to_a_plane(rng, parties, n, levels)):
            assert (efficient(u, np.ones(n, dtype=bool)) == many(u)).all()


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("levels", [3, 40, 10**9])
def test_a_row_is_weakly_beaten_if_some_row_equals_or_exceeds_it_everywhere(parties, levels):
    rng = np.random.default_rng(parties * levels)
    for n, m in ((0, 3), (3, 0), (7, 30), (200, 300), (400, 150)):
        low, high = rng.integers(0, levels, (n, parties)), rng.integers(0, levels, (m, parties))
        low[: n // 3] -= levels // 2
        wanted = (low[:, None] <= high).all(axis=2).any(axis=1)
        assert (weakly_beaten(low, high) == wanted).all()


@given(ranks())
def test_distinct_rows_descend_and_say_which_each_row_is(drawn):
    rows = drawn[0].T
    found, inverse = distinct(rows)
    assert found[inverse].tolist() == rows.tolist()
    assert found.tolist() == [list(row) for row in sorted({tuple(r) for r in rows.tolist()}, reverse=True)]


@pytest.mark.parametrize("far", [1, 2**20, 2**60])
def test_equal_rows_stay_in_their_order_however_large_the_numbers(far):
    rows = np.random.default_rng(far).integers(-2, 2, (300, 3)) * far
    order, first = in_order(rows)
    keyed = sorted(range(300), key=lambda k: ([-x for x in rows[k].tolist()], k))
    assert order.tolist() == keyed
    assert first.sum() == len({tuple(r) for r in rows.tolist()})


@given(ranks())
def test_states_with_the_same_ranks_stand_or_fall_together(drawn):
    u, among = drawn
    found = efficient(u, among)
    _, same = distinct(np.ascontiguousarray(u.T))
    for k in np.unique(same):
        assert len(set(found[among & (same == k)].tolist())) <= 1


@given(ranks(), st.randoms())
def test_only_comparisons_count_not_the_names_of_parties_or_states(drawn, random):
    u, among = drawn
    states, parties = list(range(u.shape[1])), list(range(u.shape[0]))
    random.shuffle(states)
    random.shuffle(parties)
    stretched = 7 * u[parties][:, states] - 3
    assert efficient(stretched, among[states]).tolist() == efficient(u, among)[states].tolist()


@pytest.mark.parametrize("columns", [3, 4, 5])
def test_many_rows_none_of_which_dominates_another_are_all_maxima(columns):
    rng = np.random.default_rng(1)
    rows = rng.permuted(np.tile(np.arange(30_000)[:, None], columns), axis=0)
    rows[:, -1] = -rows[:, :-1].sum(axis=1)
    assert maxima(distinct(rows)[0]).all()


def test_one_row_that_dominates_all_others_is_the_only_maximum():
    rows = np.random.default_rng(2).integers(0, 50, (5_000, 4))
    rows[3_000] = 50
    assert np.flatnonzero(efficient(rows.T, np.ones(5_000, dtype=bool))).tolist() == [3_000]
