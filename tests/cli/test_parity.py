"""The parity of a case on the terminal, and words that lean in a strict check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from accordant.cli import main
from tests.documents import ROOT, documented_keys, keys, matches, section


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "cases" / "labour", tmp_path / "labour"))


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    return status, *capsys.readouterr()


def test_counts_names_and_words_are_shown(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "parity", case)
    assert (status, err) == (0, "")
    finding = "4 claims from the side of each party that decides\n"
    for said in (finding, "by kind", "What the parties are called"):
        assert said in out
    assert "None of the analyst's own words" in out


def test_a_strict_check_warns_of_words_that_lean(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", case, "--strict")[0] == 0
    file = case / "case.yaml"
    file.write_text(file.read_text().replace("before the strike?", "before the stubborn union strikes?", 1))
    assert run(capsys, "check", case)[0] == 0
    status, out, _ = run(capsys, "check", case, "--strict")
    assert status == 2
    said = " ".join(out.split())
    assert "'stubborn' leans: it calls firmness of one side a fault" in said
    assert "case.yaml:4:" in "".join(out.split())
    assert "'has not moved on'" in said
    (case / "leaning.yaml").write_text("without: [stubborn]\n")
    assert run(capsys, "check", case, "--strict")[0] == 0


def test_a_further_list_is_named(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = tmp_path / "house.yaml"
    house.write_text("words:\n  - {word: rota, instead: [plan], because: it is jargon}\n")
    status, out, _ = run(capsys, "parity", case, "--words", house, "--json")
    assert status == 0
    assert {one["word"] for one in json.loads(out)["leaning"]} == {"rota"}
    status, _, err = run(capsys, "parity", case, "--words", tmp_path / "none.yaml")
    assert status == 2
    assert "none.yaml" in err


def test_the_printed_keys_are_documented(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    file = case / "case.yaml"
    file.write_text(file.read_text().replace("before the strike?", "before the stubborn union strikes?", 1))
    data = json.loads(run(capsys, "parity", case, "--json")[1])
    assert data.pop("method")["exact"]
    documented = documented_keys(section(page, data["schema"]))
    assert not {key for key in keys(data) if not any(matches(known, key) for known in documented)}
    assert run(capsys, "parity", case, "--csv")[1].startswith("party,claims about it,")
