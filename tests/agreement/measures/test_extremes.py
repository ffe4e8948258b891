"""The most and the least that each party can get from agreements."""

import numpy as np
from hypothesis import given

from accordant.agreement.bargain import Points, make_bargain
from accordant.agreement.frontier import efficient_points
from accordant.agreement.measures.extremes import extremes
from tests.agreement.measures.bargains import bargains, efficient, rational, worths


@given(bargains())
def test_ideal_and_nadir_are_those_of_the_definition(bargain):
    found = extremes(efficient_points(bargain).points)
    among, best, u = rational(bargain), efficient(bargain), worths(bargain)
    if not among:
        assert found.parties == ()
        return
    for i, extreme in enumerate(found.parties):
        assert extreme.ideal == max(u[k][i] for k in among)
        assert extreme.nadir == min(u[k][i] for k in best)
        levels = sorted({u[k][i] for k in among})
        assert levels[extreme.ideal_level - 1] == extreme.ideal
        assert levels[extreme.nadir_level - 1] == extreme.nadir
        assert extreme.levels == len(levels)


@given(bargains())
def test_the_least_is_never_less_than_no_deal_nor_more_than_the_most(bargain):
    for extreme in extremes(efficient_points(bargain).points).parties:
        assert extreme.no_deal <= extreme.nadir <= extreme.ideal


def test_a_party_with_an_order_only_gets_places_and_no_numbers():
    bargain = make_bargain([[0, 1, 2], [5, 3, 0]], [0, 1], cardinal=[False, True])
    ordinal, cardinal = extremes(efficient_points(bargain).points).parties
    assert (ordinal.ideal, ordinal.nadir_level, ordinal.ideal_level, ordinal.levels) == (None, 1, 2, 2)
    assert cardinal.to_json()["ideal"] == "5"
    assert extremes(efficient_points(bargain).points).table().rows[0] == (
        "p1", "", "level 1 of 2", "level 2 of 2",
    )  # fmt: skip


def test_points_near_the_frontier_say_how_far_off_they_may_be():
    points = Points(("a", "b"), np.array([[4, 2], [1, 3]]), (2, 1), (0, 0), (True, True), None, (1, 0))
    found = extremes(points)
    assert not found.exact
    assert "a by 0.5, b by 0" in found.note
    assert found.parties[0].levels is None


def test_no_package_for_everyone_is_said():
    found = extremes(efficient_points(make_bargain([[0], [5]], [1, 1])).points)
    assert found.to_json() == {
        "parties": {},
        "exact": True,
        "note": "No package is at least as good as no deal for everyone.",
    }
