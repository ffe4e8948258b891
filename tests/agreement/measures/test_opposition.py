"""Figures of opposition and integrative potential, against their definitions."""

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement.bargain import make_bargain
from accordant.agreement.frontier import efficient_points
from accordant.agreement.measures.opposition import opposition
from accordant.agreement.measures.pairs import compared
from tests.agreement.measures.bargains import bargains, efficient, no_deal, rational, worths


def parts(bargain):
    """For each efficient package, its part of what each party could gain, without those that cannot."""
    u, d, among = worths(bargain), no_deal(bargain), rational(bargain)
    k = range(len(d))
    ideal = [max((u[x][i] for x in among), default=d[i]) for i in k]
    kept = [i for i in k if ideal[i] > d[i]]
    return [[(u[x][i] - d[i]) / (ideal[i] - d[i]) for i in kept] for x in efficient(bargain)], len(kept)


def shares_met(rows):
    """The area of pairs of demands that some package meets, by the cells of their grid."""
    xs, ys = (sorted({Fraction(0), *(row[i] for row in rows)}) for i in (0, 1))
    area = Fraction(0)
    for x0, x1 in pairwise(xs):
        for y0, y1 in pairwise(ys):
            if any(row[0] >= x1 and row[1] >= y1 for row in rows):
                area += (x1 - x0) * (y1 - y0)
    return area


@given(bargains(least=2))
def test_the_figures_are_those_of_the_definitions(bargain):
    found = opposition(efficient_points(bargain))
    rows, k = parts(bargain)
    if k < 2:
        assert found["joint-gain"].value is None
        assert found["joint-gain"].missing
        return
    assert found["frontier-to-ideal"].value == min(sum((1 - g) ** 2 for g in row) for row in rows)
    assert found["largest-shortfall"].value == min(max(1 - g for g in row) for row in rows)
    assert found["joint-gain"].value == (max(map(sum, rows)) - 1) / (k - 1)
    assert found["equal-gain"].value == (k * max(map(min, rows)) - 1) / Fraction(k - 1)
    if k == 2:
        assert found["conflict-of-interest"].value == 1 - shares_met(rows)
    else:
        assert found["conflict-of-interest"].missing == "it is defined for two parties"


@given(bargains(least=2))
def test_what_could_be_improved_is_counted(bargain):
    found = opposition(efficient_points(bargain))["improvable"]
    among = rational(bargain)
    if among:
        assert found.value == Fraction(len(among) - len(efficient(bargain)), len(among))
    else:
        assert found.missing


@given(bargains(least=2, cardinal=False))
def test_pairs_on_which_two_parties_want_the_opposite_are_counted_one_by_one(bargain):
    found = [m for m in opposition(efficient_points(bargain)).measures if m.name == "opposed-pairs"]
    u = worths(bargain)
    for measure, (i, j) in zip(found, combinations(range(len(bargain.parties)), 2), strict=True):
        signs = [(a[i] - b[i]) * (a[j] - b[j]) for a, b in combinations(u, 2)]
        told = [s for s in signs if s]
        assert measure.value == (Fraction(sum(s < 0 for s in told), len(told)) if told else None)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2)), max_size=30))
def test_compared_pairs_agree_with_listing_them(rows):
    u, v = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    signs = [(a[0] - b[0]) * (a[1] - b[1]) for a, b in combinations(rows, 2)]
    assert compared(u, v) == (sum(s < 0 for s in signs), sum(s > 0 for s in signs))


@given(bargains(least=2))
def test_the_figures_of_other_programs_are_theirs(bargain):
    found = opposition(efficient_points(bargain))
    u = worths(bargain)
    tops = [max(row[i] for row in u) for i in range(len(bargain.parties))]
    if min(tops) <= 0:
        assert "more than 0" in found["to-maxima"].missing
        return
    far = [sum((1 - x / top) ** 2 for x, top in zip(row, tops, strict=True)) for row in u]
    assert found["to-maxima"].value == min(far)
    most = max(map(sum, u))
    assert found["to-maxima-at-greatest-sum"].value == min(
        f for f, row in zip(far, u, strict=True) if sum(row) == most
    )


@given(bargains(least=2), st.integers(1, 5), st.integers(-4, 4), st.randoms(use_true_random=False))
def test_units_and_the_order_of_packages_change_nothing(bargain, factor, shift, random):
    order = list(range(bargain.n))
    random.shuffle(order)
    u = bargain.worths[:, order] * factor + shift
    other = make_bargain(
        u.tolist(),
        [d * factor + shift for d in bargain.reservations],
        scales=bargain.scales,
        allowed=bargain.allowed[order].tolist(),
    )
    scale_free = ["frontier-to-ideal", "largest-shortfall", "conflict-of-interest"]
    scale_free += ["joint-gain", "equal-gain", "improvable"]
    one, two = opposition(efficient_points(bargain)), opposition(efficient_points(other))
    assert [one[name].value for name in scale_free] == [two[name].value for name in scale_free]


def test_a_fixed_sum_has_nothing_to_gain_together():
    bargain = make_bargain([[0, 1, 2, 3], [3, 2, 1, 0]], [0, 0])
    found = opposition(efficient_points(bargain))
    assert found["joint-gain"].value == 0
    assert found["opposed-pairs"].value == 1


def test_when_all_can_have_their_best_there_is_no_opposition():
    bargain = make_bargain([[0, 5], [0, 7], [0, 1]], [0, 0, 0])
    found = opposition(efficient_points(bargain))
    assert [found[n].value for n in ("frontier-to-ideal", "largest-shortfall")] == [0, 0]
    assert [found[n].value for n in ("joint-gain", "equal-gain")] == [1, 1]


def test_an_order_without_numbers_is_named():
    bargain = make_bargain([[0, 5], [5, 0]], [0, 0], parties=["north", "south"], cardinal=[True, False])
    found = opposition(efficient_points(bargain))
    assert found["joint-gain"].missing == "south has given an order, no numbers"
    assert found["opposed-pairs"].value == 1
    assert found["improvable"].value == 0


def test_a_party_that_cannot_gain_is_left_out_and_named():
    bargain = make_bargain([[0, 2, 1], [0, 1, 2], [4, 4, 4]], [0, 0, 4])
    assert opposition(efficient_points(bargain))["joint-gain"].note == (
        "without p3, who cannot gain anything over no deal"
    )


def test_worths_near_the_limit_of_64_bits_are_compared_exactly():
    big = 2**61
    bargain = make_bargain([[0, big, big - 1], [big, 0, big - 2]], [0, 0])
    least = opposition(efficient_points(bargain))["largest-shortfall"].value
    assert least == Fraction(2, big)
    assert opposition(efficient_points(bargain))["largest-shortfall"].shown == "about 0.000"


def test_too_many_packages_are_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("accordant.agreement.measures.opposition.COUNTED", 2)
    bargain = make_bargain([[0, 2, 1], [0, 1, 2]], [0, 0])
    assert "at most 2 packages" in opposition(efficient_points(bargain))["opposed-pairs"].missing


def test_every_figure_has_a_row_and_plain_data():
    found = opposition(efficient_points(make_bargain([[0, 2, 1], [0, 1, 2]], [0, 0])))
    assert len(found.table().rows) == len(found.to_json()) == len(found.measures)
    assert found.to_json()[0]["squared"] is True
