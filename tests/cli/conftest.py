"""Running commands as a person does: words in, exit status and printed text out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that holds the case ``talks``."""
    room = tmp_path_factory.mktemp("room")
    (room / "talks").mkdir()
    (room / "talks" / "case.yaml").write_text("accordant: 1\n", encoding="utf-8")
    monkeypatch.chdir(room)
    return room


@pytest.fixture
def talks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The case ``talks`` is the stand-in."""
    made = StandIn()
    monkeypatch.setattr(library, "load", lambda _path: made, raising=False)
    return made
