"""The suite's models: published ones are those of the shipped cases, and all verdicts are by definition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.conformance.form import described
from accordant.conformance.models import Model, models, published
from tests.conformance.twin import stable

CASES = Path(__file__).parents[2] / "cases"
EVERY = {m.name: m for m in models(1)}
LARGE = ("options-41", "options-42", "options-43", "options-44", "graph-25")
SMALL = [name for name in EVERY if name not in LARGE]
PLAIN = [name for name in SMALL if name != "new-neighbour"]
"""What the slow program can read: no pairs of unknown order."""
CLASSICAL = ("nash", "gmr", "smr", "seq", "sseq")


def made(name: str) -> dict[str, Any]:
    return described(EVERY[name])


def shipped(name: str) -> Path:
    return CASES / name if (CASES / name).is_dir() else CASES / "games" / name


@pytest.mark.parametrize("model", list(published()), ids=lambda m: m.name)
def test_published_models_are_the_shipped_cases(model: Model) -> None:
    view = accordant.load(shipped(model.name)).compiler.view()
    found = described(model)
    assert found["states"] == list(view.space.names)
    assert found["parties"] == list(view.parties)
    for mover, ours in zip(found["moves"], view.model.movers, strict=True):
        assert mover["by"] == [view.parties[p] for p in ours.parties]
        assert mover["to"] == [ours.moves.from_state(s).tolist() for s in range(view.model.n)]
    for party in view.parties:
        base = view.base_ranks(party)
        levels = sorted(set(base.tolist())) if base is not None else []
        assert found["ranks"][party] == (None if base is None else [levels.index(r) for r in base.tolist()])
        assert found.get("unknown", {}).get(party, []) == view.incomparable(party).tolist()
        assert len(found.get("degrees", {}).get(party, [])) == len(view.degrees(party))
        assert found.get("strength", {}).get(party, [0] * view.model.n) == view.blocks(party).tolist()


@pytest.mark.parametrize("name", PLAIN)
def test_verdicts_follow_from_the_plain_data_alone(name: str) -> None:
    found = made(name)
    for concept in CLASSICAL:
        assert found["verdicts"][concept]["stable"] == stable(found, concept), concept


@pytest.mark.parametrize("name", SMALL)
def test_an_equilibrium_is_stable_for_everybody_and_concepts_include_each_other(name: str) -> None:
    found = made(name)
    verdicts = found["verdicts"]
    for verdict in verdicts.values():
        rows = [set(states) for states in verdict["stable"].values()]
        assert verdict["equilibria"] == sorted(set.intersection(*rows))
    for inner, outer in (("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr")):
        for party, states in verdicts[inner]["stable"].items():
            assert set(states) <= set(verdicts[outer]["stable"][party])
    for party, states in verdicts["nash"]["stable"].items():
        if "mr1" in verdicts and "unknown" not in found:
            assert verdicts["mr1"]["stable"][party] == states
            assert verdicts["mr2"]["stable"][party] == verdicts["gmr"]["stable"][party]
            assert verdicts["mr3"]["stable"][party] == verdicts["smr"]["stable"][party]


def test_elmira_with_two_acting_as_one_is_as_published() -> None:
    verdicts = made("elmira")["verdicts"]
    found = {c: verdicts[f"{c} coalition MoE+UR"]["equilibria"] for c in ("nash", "gmr", "smr", "seq")}
    assert found == {
        "nash": [6, 7, 8],
        "gmr": [0, 2, 3, 6, 7, 8],
        "smr": [0, 2, 3, 6, 7, 8],
        "seq": [0, 6, 7, 8],
    }
    assert verdicts["seq"]["equilibria"] == [4, 7, 8]


def test_degenerate_models_are_what_they_say() -> None:
    every = {m.name: described(m) for m in EVERY.values() if m.kind == "degenerate"}

    def holds(name: str, concept: str, party: str, state: int) -> bool:
        return state - 1 in every[name]["verdicts"][concept]["stable"][party]

    for name in ("one-state", "nobody-moves", "indifferent"):
        assert all(
            len(every[name]["verdicts"][c]["equilibria"]) == len(every[name]["states"]) for c in CLASSICAL
        )
    assert holds("tie-deters", "seq", "a", 1)
    assert holds("back-to-the-start", "gmr", "a", 1)
    assert holds("back-to-the-start", "seq", "a", 1)
    assert not holds("back-to-the-start", "smr", "a", 1)
    for concept in ("gmr", "seq"):
        assert holds("long-sanction", concept, "a", 1)
        assert 0 not in stable(every["long-sanction"], concept, once=True)["a"]
        assert not holds("nobody-twice-in-a-row", concept, "a", 1)
        assert not holds("mover-in-between", concept, "a", 1)
    assert holds("own-step-not-gain", "gmr", "a", 1)
    assert not holds("own-step-not-gain", "seq", "a", 1)
    for plain, symmetric in (("gmr", "smr"), ("seq", "sseq")):
        assert holds("can-leave-again", plain, "a", 1)
        assert not holds("can-leave-again", symmetric, "a", 1)
    assert every["no-equilibrium"]["verdicts"]["nash"]["equilibria"] == []
    assert [m["by"] for m in every["joint-move"]["moves"]] == [["a"], ["b"], ["c"], ["a", "b"]]


def test_a_seed_gives_the_same_models_and_another_gives_others() -> None:
    assert [m.case for m in models(7)] == [m.case for m in models(7)]
    assert [m.case for m in models(7)] != [m.case for m in models(8)]


def test_models_reach_from_tiny_to_4096_states() -> None:
    sizes = [int(m.about.split(" states")[0].split()[-1]) for m in EVERY.values() if m.kind == "random"]
    assert min(sizes) <= 8
    assert max(sizes) > 2000
