"""Where results may be written, and where they never are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from accordant.case.writer import write_whole
from accordant.errors import FailedError, InputError
from tests.cli.conftest import Ran
from tests.cli.standins import StandIn

Run = Callable[..., Ran]
COMMANDS = ("states", "stability", "deals", "rests")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("file", ["case.yaml", "claims.yaml", "reports/r1.txt", "reports/new.json"])
def test_the_case_itself_is_never_overwritten(
    accordant: Run, talks: StandIn, command: str, file: str
) -> None:
    Path("talks/reports").mkdir()
    Path("talks/reports/r1.txt").write_text("words", encoding="utf-8")
    before = {p: p.read_bytes() for p in Path("talks").rglob("*") if p.is_file()}
    ran = accordant(command, "talks", "-o", f"talks/{file}")
    assert ran.status == 2
    assert f"talks/{file}" in ran.err
    assert {p: p.read_bytes() for p in Path("talks").rglob("*") if p.is_file()} == before


def test_neither_by_another_name_nor_a_report_elsewhere_in_the_folder(accordant: Run, talks: StandIn) -> None:
    Path("link.json").symlink_to("talks/case.yaml")
    Path("hard.json").hardlink_to("talks/case.yaml")
    report = talks.case.reports["r1"].model_copy(update={"file": "notes.txt"})
    sources = talks.case.sources.model_copy(update={"reports": {"r1": report}})
    talks.case = talks.case.model_copy(update={"sources": sources})
    for file in ("link.json", "hard.json", "talks/../talks/case.yaml", "talks/notes.txt"):
        assert accordant("states", "talks", "-o", file).status == 2
    assert accordant("states", "talks/case.yaml", "-o", "talks/case.yaml").status == 2
    assert Path("talks/case.yaml").read_text(encoding="utf-8") == "accordant: 1\n"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("", "needs the name of a file"),
        ("talks", "is a folder"),
        ("/dev/full", "is a device or a pipe"),
        ("pipe", "is a device or a pipe"),
        ("nowhere/x.json", "there is no folder 'nowhere'"),
    ],
)
def test_what_is_no_file_is_refused_at_once(accordant: Run, talks: StandIn, file: str, said: str) -> None:
    os.mkfifo("pipe")
    ran = accordant("states", "talks", "-o", file)
    assert ran.status == 2
    assert said in ran.err


@pytest.mark.parametrize("bad", ["nowhere/b.md", "b.txt", "talks", "a.html", "talks/case.yaml"])
def test_a_brief_is_written_everywhere_or_nowhere(accordant: Run, talks: StandIn, bad: str) -> None:
    ran = accordant("brief", "talks", "-o", "a.html", "-o", bad)
    assert ran.status == 2
    assert "wrote" not in ran.err
    assert talks.asked == []


def test_the_writer_takes_ordinary_files_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path, Path("/dev/full")):
        with pytest.raises(InputError, match="is a"):
            write_whole(place, "x")


def test_a_failure_names_the_destination(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FailedError) as caught:
        write_whole(tmp_path / "x.json", "x")
    assert str(caught.value) == f"{tmp_path / 'x.json'} cannot be written: No space left on device"
    assert not list(tmp_path.iterdir())
    with pytest.raises(FailedError, match=r"^nowhere/x\.json cannot be written"):
        write_whole("nowhere/x.json", "x")


def test_a_full_standard_output_is_named() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "accordant", "--help"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 1
    assert ran.stderr.decode() == "error: standard output cannot be written: No space left on device\n"
