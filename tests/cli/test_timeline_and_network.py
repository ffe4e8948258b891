"""``accordant timeline`` and ``accordant network`` as they are typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from accordant.cli import main
from tests.documents import documented_keys, keys, matches, section

ROOT = Path(__file__).parents[2]
CASE = str(ROOT / "cases" / "january-2024")


@pytest.mark.parametrize("command", ["timeline", "network"])
def test_every_key_is_documented_and_the_other_way_round(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    own = documented_keys(section(page, f"accordant/{command}/1"))
    documented = own | documented_keys(section(page, "method"))
    used: set[str] = set()
    for name in ("january-2024", "labour"):
        assert main([command, str(ROOT / "cases" / name), "--json"]) == 0
        for path in set(keys(json.loads(capsys.readouterr().out))):
            fits = {p for p in documented if matches(p, path)}
            assert fits, path
            used |= fits
    assert not own - used


@pytest.mark.parametrize("command", ["timeline", "network"])
def test_every_ending_chooses_its_form(command: str, tmp_path: Path) -> None:
    begins = {
        ".svg": b"<?xml",
        ".png": b"\x89PNG",
        ".html": b"<!DOCTYPE html>",
        ".md": b"# ",
        ".csv": b"no.," if command == "timeline" else b"from,",
        ".json": b"{",
        ".xlsx": b"PK",
    }
    graphs = {".dot": b"digraph", ".graphml": b"<"} if command == "network" else {}
    for ending, start in (begins | graphs).items():
        file = tmp_path / f"out{ending}"
        assert main([command, CASE, "-o", str(file)]) == 0
        assert file.read_bytes().startswith(start)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<table" in page
    assert "<script" not in page


@pytest.mark.parametrize("command", ["timeline", "network"])
def test_pages_fit_and_csv_has_every_row(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, CASE]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80
    assert main([command, CASE, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main([command, CASE, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(rows) == len(found["happenings" if command == "timeline" else "steps"])


def test_what_is_shown_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    def kinds(*words: str) -> set[str]:
        assert main(["timeline", CASE, "--json", *words]) == 0
        return {h["kind"] for h in json.loads(capsys.readouterr().out)["happenings"]}

    assert kinds() == {"contact", "event", "proposal"}
    assert kinds("--show", "report") == {"report"}
    assert kinds("--show", "all") == {"contact", "event", "proposal", "report", "claim"}


@pytest.mark.parametrize(
    "words",
    [
        ["timeline", CASE, "--show", "meetings"],
        ["timeline", CASE, "-o", "a.svg", "--json"],
        ["network", CASE, "-o", "a.dot", "--csv"],
        ["timeline", str(ROOT / "cases" / "elmira"), "-o", "a.svg"],
        ["network", str(ROOT / "cases" / "elmira"), "-o", "a.svg"],
        ["network", CASE, "--restricted", "c1"],
    ],
)
def test_what_makes_no_sense_is_said_with_status_2(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_suspected_retellings_are_marked_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", CASE, "--suspected", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    told = ("retold in", "exclusive", "rewrite")
    decided = [s for s in steps if (s["how"], s["from"], s["to"]) == told]
    assert [s["suspected"] for s in decided] == [False]


@pytest.mark.parametrize("command", ["timeline", "network", "claims", "states", "sources"])
@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.pngg"])
def test_a_file_of_another_kind_is_refused_and_not_written(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, CASE, "-o", str(tmp_path / name)]) == 2
    said = capsys.readouterr().err
    assert f"has the ending {Path(name).suffix!r}; allowed: " in said
    assert not (tmp_path / name).exists()
