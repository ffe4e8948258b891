"""``brief``: one document in the forms asked for, the whole set in a folder, and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from accordant.brief.kinds import KINDS
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
GAMES = Path(__file__).parents[2] / "cases" / "games" / "chicken"


@pytest.fixture
def case() -> str:
    return str(GAMES)


def test_all_writes_every_kind_in_every_form_and_says_what_it_leaves_out(
    accordant: Run, case: str, tmp_path: Path
) -> None:
    ran = accordant("brief", case, "--all", str(tmp_path / "set"))
    assert ran.status == 0, ran.err
    there = {file.name for file in (tmp_path / "set").iterdir()}
    left = {
        line.split(":")[0].removeprefix("left out ") for line in ran.err.splitlines() if "left out" in line
    }
    assert left
    for name, kind in KINDS.items():
        wanted = {f"{name}{ending}" for ending in (".docx", ".pdf", ".html", ".md", *kind.also)}
        assert (wanted - left <= there) != (name in left)
        assert not wanted & left & there
    assert "left out stakeholders.svg: the stakeholder map has no figure" in ran.err
    for file in (tmp_path / "set").iterdir():
        start = file.read_bytes()[:5]
        if file.suffix in (".docx", ".xlsx"):
            assert zipfile.is_zipfile(file)
        assert start == {".pdf": b"%PDF-", ".html": b"<!DOC", ".svg": b"<?xml"}.get(file.suffix, start)


def test_a_kind_is_written_in_the_forms_that_the_endings_ask_for(
    accordant: Run, case: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.docx", "a.pdf", "a.html", "a.md")]
    ran = accordant("brief", case, "--kind", "assessment", *(f"-o{file}" for file in files))
    assert ran.status == 0, ran.err
    assert all(file.stat().st_size > 500 for file in files)
    assert "Accordant assessment brief" in accordant("brief", case, "-k", "assessment").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "optons"], "did you mean 'options'?"),
        (["--kind", "changes"], "accordant freeze"),
        (["-o", "brief.doc"], "allowed: .html"),
        (["--all", "set", "-o", "x.pdf"], "writes every kind"),
        (["--all", "file.txt"], "is no folder"),
        (["--all", "none/set"], "there is no folder"),
        (["--kind", "assessment", "-o", "x.svg"], "cannot be a picture"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_written(
    accordant: Run, case: str, options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file.txt").write_text("here", encoding="utf-8")
    before = sorted(Path().rglob("*"))
    ran = accordant("brief", case, *options)
    assert ran.status == 2
    assert said in ran.err
    assert sorted(Path().rglob("*")) == before


def test_a_set_is_not_written_into_the_case(accordant: Run, case: str) -> None:
    ran = accordant("brief", case, "--all", case)
    assert ran.status == 2
    assert "is the case itself" in ran.err
