"""The made-up games with degrees of preference and with attitudes: every verdict that is written down."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from accordant.stability.analysis import analyse
from accordant.stability.further import Options
from tests.cases.shipped import PUBLISHED, expected, opened


@pytest.mark.parametrize(
    "row", expected("games/narrow-bridge")["degrees"], ids=lambda r: f"{r['concept']} {r['thresholds']}"
)
def test_what_holds_on_the_narrow_bridge_at_each_threshold(row: dict[str, Any]) -> None:
    thresholds = tuple((who, Fraction(str(number))) for who, number in row["thresholds"].items())
    compiler = opened("games/narrow-bridge").compiler
    found = analyse(compiler, [row["concept"]], options=Options(thresholds=thresholds))
    concept = found.concepts[row["concept"]]
    assert list(concept.equilibria) == list(concept.possible_equilibria) == row["equilibria"]
    for party, states in row.get("stable", {}).items():
        assert list(concept.stable[party]) == states


@pytest.mark.parametrize(("concept", "states"), expected("games/old-rivals")["attitudes"].items())
def test_what_holds_between_old_rivals(concept: str, states: list[str]) -> None:
    found = analyse(opened("games/old-rivals").compiler, [concept]).concepts[concept]
    assert list(found.equilibria) == list(found.possible_equilibria) == states


@pytest.mark.parametrize("kind", ["nash", "gmr", "smr", "seq"])
@pytest.mark.parametrize("name", [*PUBLISHED, "games/chicken", "games/prisoners-dilemma"])
def test_published_verdicts_are_reproduced_where_nothing_is_unsure_and_nobody_minds_others(
    name: str, kind: str
) -> None:
    want = expected(name)["stability"][kind]
    found = analyse(opened(name).compiler, [f"fuzzy-{kind}", f"p-{kind}", f"r{kind}"])
    assert all(len(set(ranks)) == len(ranks) for ranks in opened(name).compiler.view().orders.tolist())
    for concept in found.concepts.values():
        assert {p: list(states) for p, states in concept.stable.items()} == want["stable"]
        assert list(concept.equilibria) == want["equilibria"]
