"""The frontier against its definition, ties and many parties included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from accordant.agreement import efficiency
from accordant.agreement.efficiency import distinct, efficient, weakly_beaten


@st.composite
def ranks(draw):
    """Ranks with many ties, and which states count."""
    parties, n = draw(st.integers(1, 5)), draw(st.integers(0, 24))
    u = draw(arrays(np.int64, (parties, n), elements=st.integers(0, draw(st.integers(0, 6)))))
    return u, draw(arrays(bool, n))


def dominates(u, t, s):
    return bool((u[:, t] >= u[:, s]).all() and (u[:, t] > u[:, s]).any())


def plain(u, among):
    members = np.flatnonzero(among)
    return [bool(among[s]) and not any(dominates(u, t, s) for t in members) for s in range(u.shape[1])]


@pytest.fixture(params=[4, efficiency._BRUTE])
def brute(request, monkeypatch):
    """Also with so little compared directly that everything is split."""
    monkeypatch.setattr(efficiency, "_BRUTE", request.param)


@pytest.mark.usefixtures("brute")
def test_a_state_is_efficient_if_and_only_if_nothing_dominates_it():
    @given(ranks())
    def check(drawn):
        u, among = drawn
        assert efficient(u, among).tolist() == plain(u, among)

    check()


@pytest.mark.usefixtures("brute")
def test_a_row_is_weakly_beaten_if_some_row_equals_or_exceeds_it_everywhere():
    @given(ranks(), st.randoms())
    def check(drawn, random):
        rows = drawn[0].T
        low = rows[[random.random() < 0.5 for _ in rows]] if len(rows) else rows
        found = weakly_beaten(low, rows[1:])
        assert found.tolist() == [any((r <= t).all() for t in rows[1:]) for r in low]

    check()


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


def test_many_states_none_of_which_dominates_another_are_all_efficient():
    n = 300_000
    first = np.random.default_rng(1).permutation(n)
    assert efficient(np.array([first, -first, np.arange(n)]), np.ones(n, dtype=bool)).all()
