"""Worst, best and share of settings against every setting of a party's lines listed."""

from collections import Counter
from fractions import Fraction
from itertools import permutations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement.admissible import Doubt, accepted, bounds, outcomes
from accordant.agreement.joint import ensemble
from accordant.agreement.no_deal import no_deal_to
from accordant.agreement.restricted import restrict
from accordant.agreement.turning import turns_on
from accordant.model.preferences import Choice, PartyOrder, Score, Statement

N = 4


@st.composite
def orders(draw):
    """An order on four states with red lines, groups of up to three lines, and terms."""
    truth = st.lists(st.booleans(), min_size=N, max_size=N).map(np.array)
    numbers = st.lists(st.integers(-2, 2), min_size=N, max_size=N).map(np.array)
    red = tuple(Statement(f"a.never.{k}", t) for k, t in enumerate(draw(st.lists(truth, max_size=2))))
    lines = []
    groups = [draw(st.lists(truth, max_size=size)) for size in (3, 2)]
    for k, texts in enumerate(texts for texts in groups if texts):
        made = tuple(Statement(f"a.priorities.{k}.{m}", t) for m, t in enumerate(texts))
        lines.append(Choice(f"a.priorities.{k}", made) if len(made) > 1 else made[0])
    score = None
    if draw(st.booleans()):
        terms = draw(st.lists(numbers, max_size=2))
        score = Score("a.worth", draw(numbers), tuple((f"a.also.{k}", t) for k, t in enumerate(terms)))
    elements = [line.element for entry in (*red, *lines) for line in getattr(entry, "lines", (entry,))]
    elements += [e for e, _ in score.terms] if score else []
    chosen = draw(st.lists(st.sampled_from(elements), max_size=4, unique=True)) if elements else []
    return PartyOrder(red, tuple(lines), score), frozenset(chosen)


def settings_of(order, free):
    groups = {e.group: len(e.lines) for e in order.lines if isinstance(e, Choice)}
    for chosen in product(*(permutations(range(k)) for k in groups.values())):
        for bits in product((False, True), repeat=len(free)):
            off = frozenset(e for e, gone in zip(sorted(free), bits, strict=True) if gone)
            yield off, dict(zip(groups, chosen, strict=True))


def level(order, off, perms, s, d):
    """0 refuses, 1 a tie, 2 better, from one setting's ranks."""
    crosses = any(line.element not in off and line.holds[d] and not line.holds[s] for line in order.red)
    ranks = order.ranks(N, off, perms)
    return 0 if crosses or ranks[s] < ranks[d] else 1 + int(ranks[s] > ranks[d])


@given(orders())
def test_bounds_are_the_worst_and_the_best_over_all_settings(drawn):
    order, free = drawn
    every = list(settings_of(order, free))
    for d in range(N):
        low, high = bounds(order, Doubt(free, frozenset()), d, N)
        for s in range(N):
            levels = [level(order, off, perms, s, d) for off, perms in every]
            assert (low[s], high[s]) == (min(levels), max(levels))


@given(orders(), st.lists(st.integers(0, N - 1), min_size=1, max_size=3, unique=True))
def test_outcomes_are_the_shares_of_settings(drawn, against):
    order, free = drawn
    every = list(settings_of(order, free))
    for s in range(N):
        expected = Counter()
        for off, perms in every:
            levels = [level(order, off, perms, s, d) for d in against]
            if min(levels) > 0:
                expected[frozenset(k for k, at in enumerate(levels) if at == 1)] += Fraction(1, len(every))
        assert outcomes(order, Doubt(free, frozenset()), s, against) == dict(expected)


@given(orders(), st.lists(st.integers(0, N - 1), min_size=1, max_size=2, unique=True))
def test_the_different_scenes_have_the_shares_of_their_settings(drawn, against):
    order, free = drawn
    states = np.arange(N)
    share = Counter()
    held = no_deal_to(order, (), against, N)
    found = ensemble({"a": held}, {"a": ()}, Doubt(free, frozenset()), states, len(against))
    for looked, part in found.scenes():
        sure = [looked.stands[0].levels(d)[0] for d in range(len(against))]
        share[tuple(map(tuple, np.array(sure).tolist()))] += part
    every = list(settings_of(order, free))
    expected = Counter()
    for off, perms in every:
        levels = tuple(tuple(level(order, off, perms, s, d) for s in range(N)) for d in against)
        expected[levels] += Fraction(1, len(every))
    assert share == expected
    assert sum(share.values()) == 1


@given(orders(), st.integers(0, N - 1), st.integers(0, N - 1))
def test_an_unsure_line_is_named_if_and_only_if_it_can_change_the_answer(drawn, s, d):
    order, free = drawn
    named = turns_on(no_deal_to(order, (), [d], N), Doubt(free, frozenset()), s)
    for element in free:
        matters = False
        for off, perms in settings_of(order, free - {element}):
            answers = {level(order, off | extra, perms, s, d) > 0 for extra in (set(), {element})}
            matters |= len(answers) > 1
        assert (element in named) == matters


@given(orders(), st.lists(st.integers(0, N - 1), min_size=1, max_size=4, unique=True))
def test_a_restricted_order_compares_as_the_whole_one(drawn, columns):
    order, free = drawn
    small = restrict(order, np.array(columns))
    for off, perms in settings_of(order, free):
        whole = order.ranks(N, off, perms)[columns]
        kept = [e.element for g in order.lines if isinstance(g, Choice) for e in g.lines]
        varying = {e.group: [k.element for k in e.lines] for e in small.lines if isinstance(e, Choice)}
        order_of = {}
        for group in order.lines:
            if isinstance(group, Choice) and group.group in varying:
                sequence = [group.lines[k].element for k in perms[group.group]]
                order_of[group.group] = tuple(
                    varying[group.group].index(e) for e in sequence if e in varying[group.group]
                )
        ranks = small.ranks(len(columns), off, order_of)
        assert len(kept) >= sum(len(v) for v in varying.values())
        assert (np.sign(np.subtract.outer(whole, whole)) == np.sign(np.subtract.outer(ranks, ranks))).all()


def test_a_group_of_forty_lines_is_counted_not_listed():
    lines = tuple(Statement(f"a.priorities.1.{k}", np.array([k < 30, k >= 30])) for k in range(40))
    order = PartyOrder((), (Choice("a.priorities.1", lines),), None)
    free = frozenset(line.element for line in lines[5:])
    assert accepted(outcomes(order, Doubt(frozenset(), frozenset()), 0, [1])) == Fraction(3, 4)
    assert Fraction(3, 4) < accepted(outcomes(order, Doubt(free, frozenset()), 0, [1])) < 1
