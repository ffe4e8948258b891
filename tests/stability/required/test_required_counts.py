"""Counts of rankings by formula, against listing them all."""

from __future__ import annotations

from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.model.graph import GraphModel, Orders
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.required import counts
from accordant.stability.required.conditions import Situation
from accordant.stability.required.together import Together
from accordant.stability.weak_orders import how_many, weak_orders
from tests.cases.shipped import CASES
from tests.stability import twin
from tests.stability.models import graph, graphs, judged


@pytest.mark.parametrize(
    ("concept", "strict", "ties"),
    [("nash", 240, 1844), ("gmr", 384, 2768), ("smr", 300, 2222), ("seq", 384, 2768), ("sseq", 300, 2222)],
)
def test_syrias_rankings_that_make_s2_hold(concept: str, strict: int, ties: int) -> None:
    result = accordant.load(CASES / "syria-iraq-1975").require("s2", concept)
    syria = result.parties["Syria"]
    assert syria.equilibrium_rankings.strict == (strict, 720)
    assert syria.equilibrium_rankings.ties == (ties, 4683)
    assert syria.stable_rankings == syria.equilibrium_rankings  # Iraq likes s2 best and stays anyway


def _counted(situation: Situation, orders: Orders, party: int) -> tuple[int, int]:
    n = situation.model.n
    own = counts.clauses(situation, situation.standing(orders), party)
    matter, sizes = counts.by_size(own)
    return counts.of_strict(n, matter, sizes), counts.of_weak(n, matter, sizes)


def _listed(model: GraphModel, orders: Orders, party: int, s: int, concept: str, who: list[int]) -> list[int]:
    """Rankings of a party under which s is stable for all in ``who``: strict ones, and with ties."""
    found = []
    for every in (list(permutations(range(model.n))), weak_orders(model.n).tolist()):
        profile = [list(map(int, row)) for row in orders]
        total = 0
        for ranks in every:
            profile[party] = list(ranks)
            total += all(twin.is_stable(model, profile, i, s, concept) for i in who)
        found.append(total)
    return found


@given(judged(graphs(most_states=4, most_parties=3)), st.data())
def test_rankings_that_make_a_state_stable_are_counted(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    party = data.draw(st.integers(0, len(model.parties) - 1))
    s, concept = data.draw(st.integers(0, model.n - 1)), data.draw(st.sampled_from(CONCEPTS))
    situation = Situation(model, s, [TABLE[concept]] * len(model.parties))
    listed = _listed(model, orders, party, s, concept, [party])
    assert list(_counted(situation, orders, party)) == listed


@given(judged(graphs(most_states=4, most_parties=3)), st.data())
def test_rankings_that_make_an_equilibrium_are_counted(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    party = data.draw(st.integers(0, len(model.parties) - 1))
    s, concept = data.draw(st.integers(0, model.n - 1)), data.draw(st.sampled_from(["seq", "sseq"]))
    situation = Situation(model, s, [TABLE[concept]] * len(model.parties))
    standing = situation.standing(orders)
    together = Together(situation, standing, party, counts.clauses(situation, standing, party))
    listed = _listed(model, orders, party, s, concept, list(range(len(model.parties))))
    assert [together.count(ties=False), together.count(ties=True)] == listed
    settled = together.settled()
    if settled is not None:
        assert listed == (list(_counted(situation, orders, party)) if settled else [0, 0])


@given(judged(graphs(most_states=5, most_parties=3)), st.data())
def test_what_is_stable_under_more_rankings_follows_the_inclusions(
    case: tuple[GraphModel, Orders], data: st.DataObject
) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    strict = {}
    for concept in CONCEPTS:
        situation = Situation(model, s, [TABLE[concept]] * len(model.parties))
        strict[concept] = _counted(situation, orders, 0)[0]
    assert strict["nash"] <= strict["sseq"] <= strict["seq"] <= strict["gmr"]
    assert strict["sseq"] <= strict["smr"] <= strict["gmr"]


def test_a_hundred_states_are_counted_like_six() -> None:
    # one party may go from state 0 to 1..9; the other from there to 10..99
    mine = [(0, q) for q in range(1, 10)]
    theirs = [(q, 10 * q + k) for q in range(1, 10) for k in range(10)]
    model = graph(100, {(0,): mine, (1,): theirs}, 2)
    orders = np.zeros((2, 100), dtype=np.int64)
    nash = Situation(model, 0, [TABLE["nash"]] * 2)
    assert _counted(nash, orders, 0)[0] == factorial(100) // 10
    gmr = Situation(model, 0, [TABLE["gmr"]] * 2)
    matter, sizes = counts.by_size(counts.clauses(gmr, gmr.standing(orders), 0))
    assert matter == 99
    # no branch of eleven may lie wholly above: inclusion and exclusion over the branches
    from fractions import Fraction
    from math import comb

    want = sum(Fraction((-1) ** b * comb(9, b), 11 * b + 1) for b in range(10))
    assert counts.share(matter, sizes) == want


def test_numbers_of_rankings_with_ties() -> None:
    assert [counts.weak(n) for n in range(9)] == [how_many(n) for n in range(9)]


def test_a_condition_too_large_to_count_is_given_up() -> None:
    sets = [
        frozenset([frozenset([a]), frozenset([b])]) for a in range(40) for b in range(a) if (a * b) % 7 == 3
    ]
    with pytest.raises(counts.UncountedError):
        counts.by_size(sets, most=50)
