"""Efficient points and the packages behind them, against the definition in sets and fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.bargain import Bargain, make_bargain
from accordant.agreement.frontier import candidates, efficient_points

SCALE = 10


@st.composite
def bargains(draw):
    """Decimals with many ties such as 0.1 + 0.2 and 0.3; some packages are refused."""
    parties, n = draw(st.integers(1, 5)), draw(st.integers(1, 30))
    number = st.integers(-1, draw(st.integers(0, 8)))
    worths = draw(st.lists(st.lists(number, min_size=n, max_size=n), min_size=parties, max_size=parties))
    d = draw(st.lists(st.integers(-2, 3), min_size=parties, max_size=parties))
    allowed = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return make_bargain(worths, d, scales=[SCALE] * parties, allowed=allowed)


class Plain:
    """The same in tuples of fractions, straight from the definition."""

    def __init__(self, bargain):
        columns = bargain.worths.T.tolist()
        self.worth = [tuple(Fraction(w, s) for w, s in zip(c, bargain.scales, strict=True)) for c in columns]
        d = [Fraction(r, s) for r, s in zip(bargain.reservations, bargain.scales, strict=True)]
        self.rational = [
            s
            for s, w in enumerate(self.worth)
            if bargain.allowed[s] and all(a >= b for a, b in zip(w, d, strict=True))
        ]
        self.best = [s for s in self.rational if not any(self.dominates(t, s) for t in self.rational)]
        kinds = sorted({self.worth[s] for s in self.best}, reverse=True)
        self.points = [(w, [s for s in self.best if self.worth[s] == w]) for w in kinds]

    def dominates(self, t, s):
        one, other = self.worth[t], self.worth[s]
        return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def listed(found):
    """Points as fractions, with their packages."""
    parties = range(len(found.points.parties))
    return [
        (tuple(found.points.worth(i, k) for i in parties), found.members(k).tolist())
        for k in range(found.points.m)
    ]


@given(bargains())
@settings(max_examples=300)
def test_every_efficient_package_is_kept_and_no_other(bargain):
    found, plain = efficient_points(bargain), Plain(bargain)
    assert listed(found) == plain.points
    assert [found.number(k) for k in range(found.points.m)] == [len(p) for _, p in plain.points]
    assert found.rational == len(plain.rational)
    assert found.points.exact


@given(bargains())
def test_a_package_names_an_efficient_one_that_dominates_it_or_nothing_does(bargain):
    found, plain = efficient_points(bargain), Plain(bargain)
    for s in range(bargain.n):
        certificate = found.certificate(s)
        if certificate is None:
            assert not any(plain.dominates(t, s) for t in plain.rational)
        else:
            assert certificate in plain.best
            assert plain.dominates(certificate, s)


@given(bargains())
def test_a_package_knows_its_point(bargain):
    found, plain = efficient_points(bargain), Plain(bargain)
    for s in range(bargain.n):
        point = found.point(s)
        assert (point is not None) == (s in plain.best)
        if point is not None:
            assert s in found.members(point)


@given(bargains(), st.randoms())
def test_packages_of_several_points_are_those_of_each(bargain, random):
    found = efficient_points(bargain)
    points = random.sample(range(found.points.m), random.randint(0, found.points.m))
    wanted = [s for k in points for s in found.members(k).tolist()]
    assert found.together(np.array(points, dtype=np.intp)).tolist() == wanted


@given(bargains())
def test_levels_are_the_distinct_worths_within_reach(bargain):
    found, plain = efficient_points(bargain), Plain(bargain)
    levels = found.points.levels
    assert levels is not None
    for i, of_party in enumerate(levels):
        wanted = sorted({plain.worth[s][i] for s in plain.rational})
        assert [Fraction(v, SCALE) for v in of_party.tolist()] == wanted


@given(bargains(), st.randoms(), st.integers(1, 50), st.integers(-99, 99))
def test_names_order_scale_and_zero_change_nothing(bargain, random, times, plus):
    packages, parties = list(range(bargain.n)), list(range(len(bargain.parties)))
    random.shuffle(packages)
    random.shuffle(parties)
    other = Bargain(
        tuple(bargain.parties[i] for i in parties),
        times * bargain.worths[parties][:, packages] + plus,
        bargain.scales,
        tuple(times * bargain.reservations[i] + plus for i in parties),
        bargain.cardinal,
        bargain.allowed[packages],
    )
    there = efficient_points(other)
    moved = {tuple(sorted(packages[s] for s in there.members(k))) for k in range(there.points.m)}
    here = efficient_points(bargain)
    assert moved == {tuple(here.members(k).tolist()) for k in range(here.points.m)}


@pytest.mark.parametrize("parties", [2, 3, 4, 5])
@pytest.mark.parametrize("spread", [3, 50, 2**40, 2**60])
def test_packages_too_many_to_compare_directly(parties, spread, monkeypatch):
    monkeypatch.setattr(candidates, "SAMPLE", 100)
    rng = np.random.default_rng(parties + spread)
    n = 900
    u = rng.integers(-spread, spread, (parties, n))
    u[:, n // 2 :] = u[:, rng.permutation(n // 2)]  # every package twice
    d = np.quantile(u, 0.05, axis=1).astype(np.int64)
    allowed = rng.random(n) < 0.9
    bargain = Bargain(
        tuple("abcde"[:parties]), u, (1,) * parties, tuple(d.tolist()), (True,) * parties, allowed
    )
    found = efficient_points(bargain)
    inside = np.flatnonzero(bargain.rational())
    x = u[:, inside]
    best = np.array([not ((x >= c[:, None]).all(axis=0) & (x > c[:, None]).any(axis=0)).any() for c in x.T])
    assert sorted(found.packages.tolist()) == inside[best].tolist()
    for k in range(found.points.m):
        assert (u[:, found.members(k)] == found.points.worths[:, k, None]).all()
    assert [len(levels) for levels in found.points.levels or ()] == [len(set(row.tolist())) for row in x]


def test_nothing_in_reach_is_an_answer():
    found = efficient_points(make_bargain([[0, 3], [3, 0]], [1, 1]))
    assert (found.rational, found.points.m, len(found.packages)) == (0, 0, 0)
    assert found.points.worths.shape == (2, 0)
    assert [levels.tolist() for levels in found.points.levels or ()] == [[], []]
    assert found.certificate(0) is None
    assert found.point(0) is None


def test_a_package_that_someone_refuses_is_no_member_though_it_is_worth_the_same():
    found = efficient_points(make_bargain([[1, 1], [2, 2]], [0, 0], allowed=[False, True]))
    assert found.members(0).tolist() == [1]
    assert (found.point(0), found.point(1), found.certificate(0)) == (None, 0, None)


def test_no_deal_far_below_everything_changes_nothing_that_is_efficient():
    worths = [[0, 2, 4], [4, 2, 0]]
    low, high = (
        efficient_points(make_bargain(worths, [-(2**61)] * 2)),
        efficient_points(make_bargain(worths, [0, 0])),
    )
    assert low.points.worths.tolist() == high.points.worths.tolist()
