"""The two shipped hypergames: what holds as the parties see it, and what misperception makes of it."""

from __future__ import annotations

import pytest

from tests.cases.shipped import expected, opened

NAMES = ("games/chicken-misperceived", "games/surprise")


@pytest.mark.parametrize("name", NAMES)
def test_the_equilibria_of_the_hypergame_are_the_ones_written_down(name: str) -> None:
    found = opened(name).hypergame()
    assert {c: list(states) for c, states in found.equilibria.items()} == expected(name)["hypergame"]
    true = {c: v["equilibria"] for c, v in expected(name)["stability"].items()}
    assert {c: list(states) for c, states in found.true_equilibria.items()} == true


def test_the_peace_among_drivers_is_kept_by_misperception_only() -> None:
    found = opened("games/chicken-misperceived").hypergame(["seq"])
    (only,) = found.states
    assert (only.state, str(only.in_hypergame), str(only.in_truth)) == ("s1", "yes", "no")
    assert (str(only.created), str(only.prevented)) == ("yes", "no")
    assert only.because == ("row", "column")
    assert "only because of misperception" in only.sentence


def test_a_surprise_ends_where_one_side_sees_nothing() -> None:
    found = opened("games/surprise").hypergame(["seq"])
    told = {m.state: m for m in found.states}
    assert found.unseen == {"row": ("s3", "s6")}
    assert told["s1"].prevented.answer == "yes"
    assert told["s1"].in_hypergame.answer == "no"
    assert told["s6"].blind == ("row",)
    assert "does not see it, and so has no move from it" in told["s6"].sentence


def test_the_verdicts_for_everybody_together_are_those_of_the_command_for_stability() -> None:
    for name in NAMES:
        judged = opened(name).stability(perceived=True)
        found = opened(name).hypergame()
        assert {c: tuple(r.equilibria) for c, r in judged.concepts.items()} == found.equilibria
