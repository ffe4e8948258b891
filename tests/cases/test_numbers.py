"""The case of numbers: worths by hand, answers between two ends, every agreement by brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from tests.cases.shipped import expected, opened

NAME = "valley"
PROPOSALS = tuple(expected(NAME)["proposals"])


def valley(water: Fraction, land: Fraction, payment: Fraction, permit: str) -> Fraction:
    """Worth to the valley, written out from its three lines."""
    of_water = water * Fraction(35, 20) if water <= 20 else 35 + (water - 20) * Fraction(15, 20)
    return of_water + land + 5 * payment + (15 if permit == "no" else 0)


def company(water: Fraction, land: Fraction, payment: Fraction, permit: str) -> Fraction:
    """Worth to the company, written out from its three lines and its condition."""
    of_water = 10 - water / 10 if water <= 10 else 9 - (water - 10) * Fraction(8, 30)
    dear = -1 if water > 25 and permit == "no" else 0
    return of_water + 2 - land / 10 + 6 - payment + (8 if permit == "yes" else 0) + dear


def combinations() -> list[tuple[Fraction, Fraction, Fraction, str]]:
    tens, fives, halves = ([k * Fraction(step) for k in range(5)] for step in (10, 5, "1.5"))
    return list(product(tens, fives, halves, ("no", "yes")))


def test_every_state_is_worth_what_the_lines_say() -> None:
    view = opened(NAME).compiler.view()
    assert view.space.n == expected(NAME)["states"] == len(combinations())
    assert opened(NAME).compiler.setting_space().count == expected(NAME)["settings"]
    for party, worth in (("valley", valley), ("company", company)):
        order = view.frame.orders[party]
        held, score = order.reservation, order.score
        assert score is not None
        assert held is not None
        found = [Fraction(int(n), score.scale) for n in score.ranks_in(frozenset())]
        assert found == [worth(*c) for c in combinations()]
        ends = [Fraction(end or 0, score.scale) for end in (held.low, held.high)]
        assert ends == [Fraction(end) for end in expected(NAME)["reservations"][party]]


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_each_side_answers_each_proposal(proposal: str) -> None:
    want, found = expected(NAME)["proposals"][proposal], opened(NAME).deals().proposals[proposal]
    package = opened(NAME).case.proposals[proposal].package
    assert not isinstance(package, str)
    numbers = [Fraction(package[i]) for i in ("water", "land", "payment")]
    worths = {p: str(f(*numbers, package["permit"])) for p, f in (("valley", valley), ("company", company))}
    assert worths == want["worths"]
    assert {p: a.answer for p, a in found.acceptable.items()} == want["acceptable"]
    assert found.agreement == want["agreement"]


def test_the_agreements_are_those_worth_no_deal_to_both() -> None:
    deals = opened(NAME).deals()
    sure, may = set(), set()
    for k, c in enumerate(combinations(), 1):
        if company(*c) >= 17 and (company(*c), valley(*c)) != (18, 15):
            (sure if valley(*c) >= 30 else may if valley(*c) >= 20 else set()).add(f"s{k}")
    assert {a.state for a in deals.agreements if a.certain} == sure
    assert {a.state for a in deals.agreements if not a.certain} == may


def test_both_sides_have_given_way() -> None:
    steps = {s.offer.proposal: s.kind for s in opened(NAME).concessions().steps}
    assert {p: steps[p] for p in expected(NAME)["concessions"]} == expected(NAME)["concessions"]
