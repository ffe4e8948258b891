"""Moves are listed where they can be read, and said to be left out where they cannot."""

from __future__ import annotations

import pytest

from accordant.case.objects import Case
from accordant.model import result
from accordant.model.compiler import Compiler


def states() -> result.StatesResult:
    case = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": {"joint": ["a", "b"]}}},
        "status_quo": {"x": "no", "y": "no"},
    }
    return result.states_result(Compiler(Case.model_validate(case)))


def test_moves_that_are_few_are_all_listed() -> None:
    found = states()
    assert len({(m.movers, m.start, m.end) for m in found.moves}) == len(found.moves) > 4
    assert not found.method.cut


def test_moves_that_are_too_many_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    number = len(states().moves)
    monkeypatch.setattr(result, "MOVES", number)
    assert len(states().moves) == number
    monkeypatch.setattr(result, "MOVES", number - 1)
    found = states()
    assert found.moves == ()
    assert "moves of 4 states not listed" in found.method.cut
