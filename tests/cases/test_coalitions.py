"""Parties that act as one: the published result, from the case as it is shipped."""

from __future__ import annotations

import pytest

from tests.cases.shipped import expected, opened

TOGETHER = expected("elmira")["together"]


@pytest.mark.parametrize("block", TOGETHER)
def test_what_holds_when_two_act_as_one_is_as_published(block: str) -> None:
    case = opened("elmira")
    assert [tuple(block.split("+"))] == list(case.case.coalitions)
    found = case.stability(list(TOGETHER[block]), coalitions=case.case.coalitions)
    assert found.parties == (block, "LG")
    assert {name: list(c.equilibria) for name, c in found.concepts.items()} == TOGETHER[block]


def test_the_two_together_gain_by_leaving_what_neither_would_leave_alone() -> None:
    case = opened("elmira")
    assert "s5" in case.stability(["nash"]).concepts["nash"].equilibria
    found = case.stability(["nash"], coalitions=[("MoE", "UR")])
    assert "MoE" not in found.parties
    assert "s8" in found.explain("s5", "MoE+UR", "nash").sentence
