"""What the tests of reading and reviewing start from."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from accordant.case.starting import start
from accordant.cli import main
from tests.evidence.read_helpers import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``read`` with answers typed one per line; gives status, output and messages."""

    def command(*words: object, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        status = main(["read", *(str(w) for w in words)])
        caught = capsys.readouterr()
        return status, caught.out, caught.err

    return command


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A new case from the template."""
    return start(tmp_path / "talks")
