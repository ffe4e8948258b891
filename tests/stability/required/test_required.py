"""Required preferences against every combination of orders, and the theorems that they obey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.errors import InputError, TooLargeError
from accordant.model.graph import GraphModel, Orders
from accordant.stability.concepts import CONCEPTS
from accordant.stability.required import asked as required_asked
from accordant.stability.required.analysis import _Requiring
from accordant.stability.required.result import Needed, RequireResult
from tests.cases.shipped import CASES
from tests.stability.models import graph, graphs, judged
from tests.stability.required.changes import changed, distance, profiles, sign, stable, view_of

Case = tuple[GraphModel, Orders]


def required(model: GraphModel, orders: Orders, s: int, concept: str, known: Any = None) -> RequireResult:
    view = view_of(model, orders, known)
    return _Requiring(view, view.space.name(s), concept, None, 1).result(None)


def relevant(model: GraphModel, orders: Sequence[Sequence[int]], s: int) -> set[tuple[str, str, str, bool]]:
    """The comparisons that verdicts on s can depend on and that are so, as results name them."""
    name, found = model.space.name, set()
    for i, party in enumerate(model.parties):
        found |= {
            (party, name(s), name(t), True) for t in range(model.n) if t != s and sign(orders[i], s, t) >= 0
        }
    for mover in model.movers:
        for a in range(model.n):
            for b in map(int, mover.moves.arcs.from_state(a)):
                for p in mover.parties:
                    if sign(orders[p], b, a) > 0:
                        found.add((model.parties[p], name(b), name(a), False))
    return found


def check(
    model: GraphModel,
    orders: Orders,
    needed: Needed,
    free: Sequence[int],
    who: Sequence[int],
    s: int,
    concepts: Sequence[str],
) -> None:
    """Everything that is promised of one answer, over every profile there is."""
    fits = [p for p in profiles(orders, free) if stable(model, p, who, s, concepts)]
    costs = [distance(orders, p) for p in fits]
    if not needed.complete:  # cut off: what was found is right, and the least is the least
        assert needed.changes in (None, min(costs, default=None))
        return
    assert needed.possible == bool(fits)
    assert needed.changes == min(costs, default=None)
    assert needed.already == (0 in costs)
    if needed.already or not fits:
        assert needed.sets == ()
        return
    now = relevant(model, orders.tolist(), s)
    asked = [{(c.party, c.state, c.than, c.or_level) for c in w.requires} for w in needed.sets]
    for profile in fits:  # every way to get there supplies one of the sets in full
        new = relevant(model, profile, s) - now
        assert any(a <= new for a in asked)
    for wants, found in zip(asked, needed.sets, strict=True):
        assert not wants & now
        assert not any(
            a < wants and w.changes <= found.changes for a, w in zip(asked, needed.sets, strict=True)
        )
        having = [d for p, d in zip(fits, costs, strict=True) if wants <= relevant(model, p, s)]
        assert min(having) <= found.changes
    least = {
        tuple(changed(o, r) for o, r in zip(orders, p, strict=True))
        for p, d in zip(fits, costs, strict=True)
        if d == min(costs)
    }
    given_ = [w for w in needed.sets if w.changes == min(costs)]
    if not any(w.more_ways for w in given_):
        number = model.space.numbers
        ways = set()
        for w in given_:
            for way in w.ways:
                pairs = [
                    (model.parties.index(c.party), *sorted(number[x] for x in c.states)) for c in way.pairs
                ]
                ways.add(tuple(frozenset((a, b) for q, a, b in pairs if q == i) for i in range(len(orders))))
        assert ways == least


@given(judged(graphs(most_states=4, most_parties=3)), st.data())
@settings(max_examples=30)
def test_what_one_party_would_have_to_prefer(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    concepts = data.draw(st.lists(st.sampled_from(CONCEPTS), min_size=len(orders), max_size=len(orders)))
    name = ",".join(f"{p}={c}" for p, c in zip(model.parties, concepts, strict=True))
    result = required(model, orders, s, name)
    everybody = range(len(orders))
    for i, party in enumerate(model.parties):
        check(model, orders, result.parties[party].stable, [i], [i], s, concepts)
        check(model, orders, result.parties[party].alone, [i], everybody, s, concepts)


@given(judged(graphs(most_states=3, most_parties=2)), st.data())
@settings(max_examples=40)
def test_what_all_together_would_have_to_prefer(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s, concept = data.draw(st.integers(0, model.n - 1)), data.draw(st.sampled_from(CONCEPTS))
    result = required(model, orders, s, concept)
    check(model, orders, result.jointly, [0, 1], [0, 1], s, [concept] * 2)


@given(judged(graphs(most_states=4, most_parties=2)), st.data())
@settings(max_examples=30)
def test_weaker_concepts_ask_for_no_more(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    cost = {c: required(model, orders, s, c).jointly.changes for c in CONCEPTS}
    pairs = [("sseq", "nash"), ("seq", "sseq"), ("smr", "sseq"), ("gmr", "seq"), ("gmr", "smr")]
    for weaker, stronger in pairs:
        one, other = cost[weaker], cost[stronger]
        assert one is not None  # to like nothing better than s is always enough
        assert other is not None
        assert one <= other


@given(judged(graphs(most_states=4, most_parties=2)), st.data())
@settings(max_examples=30)
def test_renaming_states_and_parties_changes_no_number(case: Case, data: st.DataObject) -> None:
    model, orders = case
    n, k = model.n, len(model.parties)
    states, parties = data.draw(st.permutations(range(n))), data.draw(st.permutations(range(k)))
    s = data.draw(st.integers(0, n - 1))
    arcs = {
        tuple(sorted(parties[p] for p in m.parties)): [
            (states[a], states[int(b)]) for a in range(n) for b in m.moves.arcs.from_state(a)
        ]
        for m in model.movers
    }
    renamed = np.empty_like(orders)
    for p in range(k):
        renamed[parties[p], states] = orders[p]
    one, other = required(model, orders, s, "seq"), required(graph(n, arcs, k), renamed, states[s], "seq")
    assert one.jointly.changes == other.jointly.changes
    assert sorted(w.changes for w in one.jointly.sets) == sorted(w.changes for w in other.jointly.sets)
    for p in range(k):
        mine, theirs = one.parties[f"p{p}"], other.parties[f"p{parties[p]}"]
        assert mine.alone.changes == theirs.alone.changes
        assert mine.stable_rankings == theirs.stable_rankings
        assert mine.equilibrium_rankings == theirs.equilibrium_rankings


def test_the_published_case_asks_for_one_swap() -> None:
    result = accordant.load(CASES / "syria-iraq-1975").require("s2")
    assert not result.holds
    assert [w.sentence for w in result.jointly.sets] == [
        "Syria would have to like s6 no better than s2.",
        "Syria would have to like s3 no better than s2.",
    ]
    assert [w.changes for w in result.jointly.sets] == [1, 2]
    assert result.cheapest == ("Syria",)
    assert result.parties["Iraq"].alone.possible is False
    (way,) = result.jointly.sets[0].ways
    assert way.orders == {"Syria": (("s1",), ("s3",), ("s2",), ("s6",), ("s4",), ("s5",))}


def test_another_partys_view_can_be_what_is_cheapest_to_change() -> None:
    result = accordant.load(CASES / "elmira").require("s4")
    assert result.cheapest == ("UR", "LG")
    assert (
        result.parties["UR"].alone.sets[0].sentence
        == "Uniroyal Chemical would have to like s9 better than s8."
    )


def test_an_equilibrium_asks_for_nothing() -> None:
    result = accordant.load(CASES / "syria-iraq-1975").require("s6", "sseq")
    assert result.holds
    assert result.cheapest == ()
    assert result.jointly.changes == 0
    assert result.jointly.sets == ()


def test_of_an_unknown_order_the_comparisons_are_counted() -> None:
    # party 0 may leave 0 for 1; party 1, of whom nothing is known, could then take it to 2
    model = graph(3, {(0,): [(0, 1)], (1,): [(1, 2)]}, 2)
    orders = np.array([[1, 2, 0], [0, 0, 0]])
    result = required(model, orders, 0, "seq", [True, False])
    other = result.parties["p1"]
    assert not other.known
    assert other.alone.sets[0].sentence == "p1 would have to like s3 better than s2."
    assert other.alone.sets[0].changes == 1
    assert other.stable.already  # it has no move from there
    assert result.parties["p0"].stable.sets[0].changes == 1
    assert "p1" in dict(result.method.parameters)["orders not known"]


def test_one_party_can_be_asked_about() -> None:
    result = accordant.load(CASES / "syria-iraq-1975").require("s2", "nash", party="Syria")
    assert list(result.parties) == ["Syria"]
    assert result.jointly.changes == 3


@pytest.mark.parametrize(
    ("state", "concept", "party", "message"),
    [
        ("s22", "seq", None, "there is no state 's22'"),
        ("s2", "seqq", None, "did you mean 'seq'"),
        ("s2", "Syria=seq", None, "no concept is given for Iraq"),
        ("s2", "seq", "Siria", "did you mean 'Syria'"),
    ],
)
def test_mistakes_are_answered(state: str, concept: str, party: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        accordant.load(CASES / "syria-iraq-1975").require(state, concept, party=party)


def test_a_model_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(required_asked, "MOST_STATES", 5)
    with pytest.raises(TooLargeError, match="the model has 6 states"):
        accordant.load(CASES / "syria-iraq-1975").require("s3")


@given(judged(graphs(most_states=3, most_parties=2)), st.data())
@settings(max_examples=60)
def test_with_little_work_the_bounds_hold(case: Case, data: st.DataObject) -> None:
    model, orders = case
    s, concept = data.draw(st.integers(0, model.n - 1)), data.draw(st.sampled_from(CONCEPTS))
    work = data.draw(st.sampled_from([0, 100_000, 300_000]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accordant.stability.required.analysis.MOST_WORK", work)
        short = required(model, orders, s, concept).jointly
    whole = required(model, orders, s, concept).jointly
    assert whole.complete
    assert short.possible in (None, whole.possible)
    if whole.changes is None:
        assert short.changes is None
        assert short.enough is None
        return
    assert short.changes in (None, whole.changes)
    assert short.at_least is not None
    assert short.at_least <= whole.changes
    assert short.enough is None or short.enough >= whole.changes


def test_what_the_search_leaves_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from accordant.stability.required import analysis as required

    monkeypatch.setattr(required, "MOST_SETS", 2)
    result = accordant.load(CASES / "cuba-1962").require("s1", "sseq")
    assert not result.jointly.complete
    assert not result.method.exact
    assert "all together" in result.method.cut
