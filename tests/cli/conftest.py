"""Running commands as a person does: words in, exit status and printed text out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

import accordant as library
from accordant.cli import main
from tests.cli.standins import StandIn


@dataclass(frozen=True)
class Ran:
    """One finished command."""

    status: int
    out: str
    err: str


@pytest.fixture
def accordant(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command line in this process."""

    def run(*words: object) -> Ran:
        status = main([str(w) for w in words])
        caught = capsys.readouterr()
        return Ran(status, caught.out, caught.err)

    return run


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Every case that is loaded is the stand-in."""
    made = StandIn()
    monkeypatch.setattr(library, "load", lambda _path: made, raising=False)
    return made
