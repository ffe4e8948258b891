"""Who blocks what, when no agreement exists."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from accordant.agreement import analyse, blocks
from accordant.agreement.blocks import fewest_refusals, smallest_blocking_sets
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases
from tests.agreement.test_analysis import Listed


@st.composite
def refusals(draw):
    parties, n = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    table = draw(arrays(bool, (parties, n)))
    return {f"p{k}": row for k, row in enumerate(table)}, draw(arrays(bool, n))


@given(refusals())
def test_blocking_sets_are_the_smallest_that_leave_nothing(drawn):
    refused, gains = drawn
    found, complete = smallest_blocking_sets(refused, gains)

    def blocks_all(chosen):
        return all(any(refused[p][s] for p in chosen) for s in np.flatnonzero(gains))

    every = [c for k in range(len(refused) + 1) for c in combinations(refused, k) if blocks_all(c)]
    least = min(map(len, every), default=0)
    assert complete
    assert set(found) == {c for c in every if len(c) == least}


@given(refusals())
def test_the_closest_states_have_the_fewest_refusals(drawn):
    refused, gains = drawn
    number = {s: sum(bool(r[s]) for r in refused.values()) for s in np.flatnonzero(gains)}
    least = min(number.values(), default=None)
    assert fewest_refusals(refused, gains).tolist() == [s for s, k in number.items() if k == least]


def test_a_search_that_was_cut_off_says_so(monkeypatch):
    monkeypatch.setattr(blocks, "SEARCHED", 2)
    refused = {f"p{k}": np.arange(4) == k for k in range(4)}
    assert smallest_blocking_sets(refused, np.ones(4, dtype=bool)) == ((), False)


@settings(max_examples=40)
@given(cases())
def test_where_no_agreement_exists_the_blocks_are_those_of_every_setting(case):
    result = analyse(Compiler(case))
    if result.exists != "no":
        assert (result.blocks, result.blocking, result.closest) == ((), (), ())
        return
    listed = Listed(case)
    gains = [
        s
        for s in listed.widest
        if any(
            w.likes(p, at, w.d)
            for w in listed.worlds
            for p in listed.twin.acceptors
            if (at := listed.here(w, s)) is not None
        )
    ]

    def refuses(party, state):
        return not any(w.accepts(party, listed.here(w, state)) for w in listed.worlds)

    for block in result.blocks:
        mine = [s for s in gains if refuses(block.party, s)]
        others = [p for p in listed.twin.acceptors if p != block.party]
        alone = [s for s in mine if not any(refuses(p, s) for p in others)]
        assert (block.refuses, block.of, block.alone) == (len(mine), len(gains), len(alone))
    for chosen in result.blocking:
        assert all(any(refuses(p, s) for p in chosen) for s in gains)
    fewest = min((sum(refuses(p, s) for p in listed.twin.acceptors) for s in gains), default=0)
    for state in result.closest:
        at = listed.state(state.values)
        assert len(state.refused_by) == fewest
        assert state.refused_by == tuple(p for p in listed.twin.acceptors if refuses(p, at))
    assert bool(result.closest_found) == bool(gains)


def test_no_agreement_is_a_result_that_names_who_blocks():
    result = analyse(
        Compiler(
            Case.model_validate(
                {
                    "title": "t",
                    "parties": {"north": {"name": "North"}, "south": {}},
                    "issues": {"x": {"by": "north"}},
                    "status_quo": {"x": "no"},
                    "preferences": {"north": {"priorities": ["not x"]}, "south": {"priorities": ["x"]}},
                }
            )
        )
    )
    assert (result.exists, result.count, result.exists_counts) == ("no", 0, (0, 1))
    assert result.blocking == (("north",),)
    assert result.blocks[0].sentence == (
        "North refuses the only state that somebody prefers to no deal, and nobody else does (s2)."
    )
    assert [(c.state, c.refused_by, c.better_for) for c in result.closest] == [("s2", ("north",), ("south",))]
