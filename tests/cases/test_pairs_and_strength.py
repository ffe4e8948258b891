"""The cases made for pairs of unknown order and for strength of preference: verdicts worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from accordant.stability.pairwise.incomparable import incomparable_bounds
from tests.cases.shipped import expected, opened

NAMES = ("games/new-neighbour", "games/meadow")
EVERY = [(name, concept) for name in NAMES for concept in expected(name)["further"]]


@pytest.mark.parametrize(("name", "concept"), EVERY)
def test_every_verdict_is_reproduced(name: str, concept: str) -> None:
    want = expected(name)["further"][concept]
    found = opened(name).stability([concept]).concepts[concept]
    assert {p: list(states) for p, states in found.stable.items()} == want["stable"]
    assert found.possible == found.stable
    assert list(found.equilibria) == want["equilibria"]


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sseq"])
def test_what_must_and_what_may_be_whatever_the_neighbour_is_like(concept: str) -> None:
    want = expected("games/new-neighbour")["stability"][concept]
    listed = opened("games/new-neighbour").stability([concept]).concepts[concept]
    assert {p: list(states) for p, states in listed.stable.items()} == want["stable"]
    assert {p: list(states) for p, states in listed.possible.items()} == want["possible"]
    view = opened("games/new-neighbour").compiler.view()
    found = incomparable_bounds(view, concept)
    assert found.exact
    for i, party in enumerate(view.parties):
        for which, states in ((found.must, want["stable"]), (found.may, want["possible"])):
            assert [view.space.name(int(s)) for s in np.flatnonzero(which[i])] == states[party]


def test_four_readings_give_four_answers() -> None:
    answers = {x: expected("games/new-neighbour")["further"][f"gmr-{x}"]["stable"]["south"] for x in "abcd"}
    assert len({tuple(states) for states in answers.values()}) == 4
