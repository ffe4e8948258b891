"""Pairs of unknown order: verdicts against all resolutions, numbers against all orders and decisions.

A party's preference is an order, and beside it pairs that are open or decided one by one. The twin
lists every such preference. A verdict is sure when it is so with all that is still open against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case as CaseFile
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel, Orders
from accordant.stability.bounds import bounds_of
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.pairwise.incomparable import incomparable_bounds
from accordant.stability.required.analysis import _Requiring, analyse
from accordant.stability.required.distance import _Flipping
from accordant.stability.required.distance import analyse as distances
from accordant.stability.required.distance_result import Distance
from accordant.stability.required.orders import Atom, Nearest
from accordant.stability.required.placing import CrowdedError
from accordant.stability.required.result import Needed, RequireResult
from accordant.stability.weak_orders import weak_orders
from tests.stability.models import graph, graphs, judged
from tests.stability.pairwise import relations_twin
from tests.stability.required.changes import changed, sign, view_of
from tests.stability.twin import any_move

Pair = tuple[int, int]
Relation = list[list[int]]
"""[s][t]: 1 where s is better, -1 where it is worse, 0 for a tie, 2 where that is not known."""
Case = tuple[GraphModel, Orders, list[list[Pair]]]

OPEN = 2


@st.composite
def with_pairs(draw: st.DrawFn, models: st.SearchStrategy[GraphModel], most: int) -> Case:
    """A model with orders, and pairs of unknown order, at most so many in all."""
    model, orders = draw(judged(models))
    every = [(s, t) for s in range(model.n) for t in range(s + 1, model.n)]
    pairs, left = [], most
    for _ in model.parties:
        some = draw(st.lists(st.sampled_from(every), max_size=left, unique=True)) if every else []
        left -= len(some)
        pairs.append(sorted(some))
    return model, orders, pairs


def relation(ranks: Sequence[int], decided: dict[Pair, int]) -> Relation:
    n = range(len(ranks))
    found = [[sign(ranks, s, t) for t in n] for s in n]
    for (s, t), way in decided.items():
        found[s][t], found[t][s] = way, OPEN if way == OPEN else -way
    return found


def is_stable(
    model: GraphModel, of: Sequence[Relation], i: int, s: int, concept: str, *, lenient: bool
) -> bool:
    """Whether a state is stable with all that is open against it, or for it."""
    for_it = [OPEN] if lenient else []
    against = [] if lenient else [OPEN]

    def leaves(s: int, q: int) -> bool:
        return of[i][q][s] in [1, *against]

    def deterred(s: int, t: int) -> bool:
        return of[i][t][s] in [0, -1, *for_it]

    def gains(m: object, s: int, t: int) -> bool:
        return all(of[p][t][s] in [1, *for_it] for p in m.parties)  # type: ignore[attr-defined]

    return relations_twin.is_stable(
        model,
        i,
        s,
        leaves,
        None if concept == "nash" else deterred,
        gains if concept in ("seq", "sseq") else any_move,
        deterred if concept in ("smr", "sseq") else None,
    )


def stable(
    model: GraphModel,
    of: Sequence[Relation],
    who: Sequence[int],
    s: int,
    concept: str,
    *,
    lenient: bool = False,
) -> bool:
    return all(is_stable(model, of, i, s, concept, lenient=lenient) for i in who)


def now(orders: Orders, pairs: Sequence[Sequence[Pair]]) -> list[Relation]:
    return [
        relation(row.tolist(), dict.fromkeys(some, OPEN)) for row, some in zip(orders, pairs, strict=True)
    ]


def resolutions(orders: Orders, pairs: Sequence[Sequence[Pair]]) -> Iterator[list[Relation]]:
    """Every way in which the open pairs may turn out."""
    for ways in product(*(product((1, 0, -1), repeat=len(some)) for some in pairs)):
        yield [
            relation(row.tolist(), dict(zip(some, way, strict=True)))
            for row, some, way in zip(orders, pairs, ways, strict=True)
        ]


def reached(ranks: Sequence[int], some: Sequence[Pair]) -> dict[str, tuple[int, Relation]]:
    """Every preference that a party may come to have, each with what it costs, by what it is."""
    n = len(ranks)
    known = [(s, t) for s in range(n) for t in range(s + 1, n) if (s, t) not in some]
    strict = all(sign(ranks, s, t) for s, t in known)
    found: dict[str, tuple[int, Relation]] = {}
    for new in product(range(n), repeat=n):
        if strict and not all(sign(new, s, t) for s, t in known):
            continue
        cost = len(changed(ranks, new) - set(some))
        for way in product((OPEN, 1, 0, -1), repeat=len(some)):
            it = relation(new, dict(zip(some, way, strict=True)))
            total = cost + sum(w != OPEN for w in way)
            if str(it) not in found or found[str(it)][0] > total:
                found[str(it)] = total, it
    return found


def profiles(
    orders: Orders, pairs: Sequence[Sequence[Pair]], free: Sequence[int]
) -> Iterator[tuple[int, list[Relation]]]:
    """Every combination of preferences in which only the parties in ``free`` differ from now."""
    before = now(orders, pairs)
    each = [
        list(reached(orders[i].tolist(), pairs[i]).values()) if i in free else [(0, before[i])]
        for i in range(len(orders))
    ]
    for chosen in product(*each):
        yield sum(cost for cost, _ in chosen), [it for _, it in chosen]


def required(
    model: GraphModel, orders: Orders, pairs: Sequence[Sequence[Pair]], s: int, concept: str
) -> RequireResult:
    view = view_of(model, orders, None, pairs)
    return _Requiring(view, view.space.name(s), concept, None, 1).result(None)


def check(
    model: GraphModel,
    orders: Orders,
    pairs: Sequence[Sequence[Pair]],
    needed: Needed,
    free: Sequence[int],
    who: Sequence[int],
    s: int,
    concept: str,
) -> None:
    """Everything that is promised of one answer, over every preference there is."""
    fits = [(c, p) for c, p in profiles(orders, pairs, free) if stable(model, p, who, s, concept)]
    least = min((c for c, _ in fits), default=None)
    assert needed.complete
    assert needed.possible == bool(fits)
    assert needed.changes == least
    assert (needed.already is True) == (least == 0)
    if needed.already or not fits:
        assert needed.sets == ()
        return
    number, party = model.space.numbers, model.parties.index

    def has(profile: list[Relation], state: str, than: str, who: int, or_level: bool) -> bool:
        return profile[who][number[state]][number[than]] in ([1, 0] if or_level else [1])

    asked = [[(c.state, c.than, party(c.party), c.or_level) for c in w.requires] for w in needed.sets]
    before = now(orders, pairs)
    assert not any(has(before, *c) for wants in asked for c in wants)  # what is known costs nothing
    for _, profile in fits:
        assert any(all(has(profile, *c) for c in wants) for wants in asked)
    for wants, found in zip(asked, needed.sets, strict=True):
        assert min(c for c, p in fits if all(has(p, *w) for w in wants)) == found.changes
        for way in found.ways:
            assert len(way.pairs) + len(_asked(pairs, wants)) == found.changes
            for c in way.pairs:
                one, other = sorted(number[state] for state in c.states)
                assert (one, other) not in pairs[party(c.party)]


def _asked(
    pairs: Sequence[Sequence[Pair]], wants: Sequence[tuple[str, str, int, bool]]
) -> set[tuple[int, int, int]]:
    found = set()
    for one, other, who, _ in wants:
        s, t = sorted((int(one[1:]) - 1, int(other[1:]) - 1))
        if (s, t) in pairs[who]:
            found.add((who, s, t))
    return found


@given(with_pairs(graphs(most_states=4, most_parties=2), 2), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=40)
def test_what_one_party_would_have_to_prefer(case: Case, concept: str, data: st.DataObject) -> None:
    model, orders, pairs = case
    s = data.draw(st.integers(0, model.n - 1))
    result = required(model, orders, pairs, s, concept)
    for i, party in enumerate(model.parties):
        needs = result.parties[party]
        assert needs.incomparable == tuple((model.space.name(a), model.space.name(b)) for a, b in pairs[i])
        check(model, orders, pairs, needs.stable, [i], [i], s, concept)
        check(model, orders, pairs, needs.alone, [i], range(len(orders)), s, concept)


@given(with_pairs(graphs(most_states=3, most_parties=2), 2), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=25)
def test_what_all_together_would_have_to_prefer(case: Case, concept: str, data: st.DataObject) -> None:
    model, orders, pairs = case
    s = data.draw(st.integers(0, model.n - 1))
    result = required(model, orders, pairs, s, concept)
    check(model, orders, pairs, result.jointly, [0, 1], [0, 1], s, concept)


@given(with_pairs(graphs(most_states=5, most_parties=3), 4), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=60)
def test_what_is_so_now_is_what_stability_says_and_what_resolutions_show(
    case: Case, concept: str, data: st.DataObject
) -> None:
    model, orders, pairs = case
    s, view = data.draw(st.integers(0, model.n - 1)), view_of(model, orders, None, pairs)
    found = incomparable_bounds(view, concept)
    result = required(model, orders, pairs, s, concept)
    every = list(resolutions(orders, pairs))
    for i, party in enumerate(model.parties):
        so = result.parties[party].stable.already
        assert so is told(found.must[i, s], found.may[i, s])
        shown = {stable(model, of, [i], s, concept) for of in every}
        assert (so is True) == (shown == {True})
        assert so is None or shown == {so}
        if found.exact:
            assert so is (None if len(shown) == 2 else shown.pop())
    assert result.holds is told(found.must[:, s].all(), found.may[:, s].all())
    assert result.holds is None or {stable(model, of, range(len(orders)), s, concept) for of in every} == {
        result.holds
    }


def told(must: object, may: object) -> bool | None:
    return True if must else None if may else False


@given(judged(graphs(most_states=4, most_parties=3)), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=60)
def test_where_an_order_is_wholly_unknown_what_is_so_now_is_what_stability_says(
    case: tuple[GraphModel, Orders], concept: str, data: st.DataObject
) -> None:
    model, orders = case
    known = [data.draw(st.booleans()) for _ in orders]
    s = data.draw(st.integers(0, model.n - 1))
    view = view_of(model, orders, known)
    alone, together = bounds_of(model, view.orders, np.array(known), TABLE[concept])
    result = _Requiring(view, view.space.name(s), concept, None, 1).result(None)
    for i, party in enumerate(model.parties):
        assert result.parties[party].stable.already is told(alone.must[i, s], alone.may[i, s])
    assert result.holds is told(together.must[s], together.may[s])
    for verdict in _Flipping(view, 50).distances(view.space.name(s), "x", [TABLE[concept]] * len(orders)):
        if verdict.party is not None:
            i = model.parties.index(verdict.party)
            assert verdict.so is told(alone.must[i, s], alone.may[i, s])


@given(with_pairs(graphs(most_states=4, most_parties=2), 2), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=40)
def test_the_least_that_flips_a_verdict_for_sure(case: Case, concept: str, data: st.DataObject) -> None:
    model, orders, pairs = case
    s, view = data.draw(st.integers(0, model.n - 1)), view_of(model, orders, None, pairs)
    must_may = incomparable_bounds(view, concept)
    room = _Flipping(view, 10_000)
    alone = {i: list(profiles(orders, pairs, [i])) for i in range(2)}
    both = list(profiles(orders, pairs, [0, 1])) if model.n == 3 else None
    for found in room.distances(view.space.name(s), "x", [TABLE[concept]] * 2):
        who = [0, 1] if found.party is None else [model.parties.index(found.party)]
        assert found.so is told(must_may.must[who, s].all(), must_may.may[who, s].all())
        if found.so is None:
            assert (found.by, found.together) == ({}, None)
            continue
        assert found.together is not None
        rows = [(alone[j], found.by[f"p{j}"]) for j in range(2)]
        for fits, answer in [*rows, *([(both, found.together)] if both else [])]:
            costs = [c for c, of in fits if flipped(model, of, who, s, concept, found)]
            assert answer.changes == min(costs, default=None)
            assert answer.at_least == answer.changes


def flipped(
    model: GraphModel, of: list[Relation], who: Sequence[int], s: int, concept: str, found: Distance
) -> bool:
    if found.so:
        return not stable(model, of, who, s, concept, lenient=True)
    return stable(model, of, who, s, concept)


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[int], list[Pair], frozenset[Atom]]:
    n = draw(st.integers(2, 5))
    if draw(st.booleans()):
        ranks = list(draw(st.permutations(range(n))))
    else:
        ranks = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    two = st.lists(st.integers(0, n - 1), min_size=2, max_size=2, unique=True)
    pairs = {(min(p), max(p)) for p in draw(st.lists(two, max_size=4))}
    atoms = draw(st.lists(st.tuples(two, st.booleans()), min_size=1, max_size=4))
    return ranks, sorted(pairs), frozenset(Atom(0, high, low, strict) for (high, low), strict in atoms)


@given(asked())
@settings(max_examples=200)
def test_the_nearest_orders_have_open_pairs_either_way_at_no_cost(
    case: tuple[list[int], list[Pair], frozenset[Atom]],
) -> None:
    ranks, pairs, atoms = case
    near = Nearest(np.array(ranks), np.array(pairs, dtype=np.int64).reshape(-1, 2))
    on_pairs = {a for a in atoms if a.pair in pairs}
    known = [pair for pair in all_pairs(ranks) if pair not in pairs]
    strict = all(sign(ranks, s, t) for s, t in known)
    fits = [
        new
        for new in map(tuple, weak_orders(len(ranks)).tolist())
        if all(a.holds(np.array(new)) for a in atoms - on_pairs)
        and not (strict and any(sign(new, s, t) == 0 for s, t in known))
    ]
    ways = {a.pair: [w for w in (-1, 0, 1) if decided(on_pairs, a.pair, w)] for a in on_pairs}
    if not fits or not all(ways.values()):
        assert near.cost(atoms) is None
        assert near.orders(atoms) == []
        return
    differ = {new: changed(ranks, new) - set(pairs) for new in fits}
    least = min(map(len, differ.values()))
    assert near.cost(atoms) == least + len(ways)
    orders = near.orders(atoms, limit=100_000)
    assert {near.changed(order) for order in orders} == {d for d in differ.values() if len(d) == least}


def decided(atoms: set[Atom], pair: Pair, way: int) -> bool:
    """Whether a pair that turns out so (1: its first state better) has all that is asked of it."""
    here = [(a.strict, way if a.high == pair[0] else -way) for a in atoms if a.pair == pair]
    return all(w == 1 if strict else w >= 0 for strict, w in here)


def all_pairs(ranks: Sequence[int]) -> set[Pair]:
    return {(s, t) for s in range(len(ranks)) for t in range(s + 1, len(ranks))}


@given(judged(graphs(most_states=5, most_parties=2)), st.sampled_from(CONCEPTS), st.data())
@settings(max_examples=60)
def test_a_pair_that_nothing_turns_on_changes_no_verdict_and_saves_one_change_at_most(
    case: tuple[GraphModel, Orders], concept: str, data: st.DataObject
) -> None:
    model, orders = case
    s = data.draw(st.integers(0, model.n - 1))
    moves = {(a, int(b)) for m in model.movers for a in range(model.n) for b in m.moves.arcs.from_state(a)}
    idle = [(a, b) for a, b in sorted(all_pairs(range(model.n))) if s not in (a, b)]
    idle = [(a, b) for a, b in idle if (a, b) not in moves and (b, a) not in moves]
    if not idle:
        return
    pair = data.draw(st.sampled_from(idle))
    plain = required(model, orders, [[], []], s, concept)
    one = required(model, orders, [[pair], []], s, concept)
    assert one.holds is plain.holds
    for party in model.parties:
        for now_, before in [
            (one.parties[party].stable, plain.parties[party].stable),
            (one.parties[party].alone, plain.parties[party].alone),
            (one.jointly, plain.jointly),
        ]:
            assert now_.already is before.already
            if before.changes is None:
                assert now_.changes is None
            else:
                assert now_.changes is not None
                assert before.changes - 1 <= now_.changes <= before.changes
        assert one.parties[party].stable_rankings == plain.parties[party].stable_rankings


def irrelevant() -> Compiler:
    """a may go from s1 to s2 and b on to s3; b does not know how it compares s1 with s4."""
    case = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "states": ["s1", "s2", "s3", "s4"],
        "moves": {"a": {"s1": ["s2"]}, "b": {"s2": ["s3"]}},
        "preferences": {
            "a": {"ranking": ["s2", "s1", "s3", "s4"]},
            "b": {"ranking": ["s3", "s2", "s1", "s4"], "incomparable": [["s1", "s4"]]},
        },
    }
    return Compiler(CaseFile.model_validate(case))


def test_a_comparison_that_the_case_settles_is_not_asked_for() -> None:
    result = analyse(irrelevant(), "s1", "seq")
    assert result.holds is True
    assert result.jointly.sets == ()
    assert result.to_json()["parties"]["b"]["incomparable"] == [["s1", "s4"]]
    assert dict(result.method.parameters)["pairs of unknown order"].startswith("b: s1 with s4; ")
    verdicts = distances(irrelevant(), ["seq"], states=["s1"])
    assert verdicts.parties == ("a", "b")
    assert [(v.party, v.so) for v in verdicts.verdicts] == [("a", True), ("b", True), (None, True)]
    together = verdicts.verdicts[2].together
    assert together is not None
    assert together.changes == 1


def test_an_open_comparison_is_not_known_and_one_change() -> None:
    # a may leave s1 for s2, and does not know how it compares the two
    model = graph(2, {(0,): [(0, 1)]}, 1)
    result = required(model, np.array([[0, 1]]), [[(0, 1)]], 0, "nash")
    assert result.holds is None
    assert result.to_json()["holds"] is None
    (only,) = result.jointly.sets
    assert (only.changes, only.sentence) == (1, "p0 would have to like s2 no better than s1.")
    assert only.ways[0].pairs == ()
    room = _Flipping(view_of(model, np.array([[0, 1]]), None, [[(0, 1)]]), 50)
    assert [(v.so, v.together) for v in room.distances("s1", "x", [TABLE["nash"]])] == [(None, None)] * 2


def test_too_many_open_pairs_between_are_refused_and_those_elsewhere_are_not() -> None:
    between = np.array([(k, k + 1) for k in range(1, 29)])
    with pytest.raises(CrowdedError):
        Nearest(np.arange(30), between).cost(frozenset([Atom(0, 0, 29, True)]))
    assert Nearest(np.arange(60), between + 30).cost(frozenset([Atom(0, 0, 29, True)])) == 29
