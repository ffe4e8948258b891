"""The tables of a case, out and back in, as a person types it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from accordant.cli import main
from accordant.exchange.tables.catalogue import TABLES
from tests.documents import ROOT, documented_keys, keys, matches, section

CASE = ROOT / "cases" / "labour"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "labour"))


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    return status, *capsys.readouterr()


def rename(place: Path) -> None:
    book = load_workbook(place)
    book["parties"]["B2"] = "Dock union"
    book.save(place)


def test_tables_are_listed_and_written_and_read_back(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "t.xlsx"
    status, out, _ = run(capsys, "tables", case)
    assert status == 0
    assert "preferences" in out
    status, out, err = run(capsys, "tables", case, "-o", place)
    assert (status, err) == (0, f"wrote {place}\n")
    rename(place)
    before = (case / "case.yaml").read_text()
    status, out, _ = run(capsys, "merge", case, place)
    assert status == 0
    assert "parties!B2" in out
    assert "Dock union" in out
    assert "Nothing was written." in out
    assert (case / "case.yaml").read_text() == before
    status, out, _ = run(capsys, "merge", case, place, "--apply")
    assert status == 0
    assert "name: Dock union" in (case / "case.yaml").read_text()
    status, out, _ = run(capsys, "merge", case, place, "--apply")
    assert (status, "nothing changes" in out) == (0, True)


def test_a_conflict_is_shown_and_nothing_is_written_until_a_side_is_taken(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "t.xlsx"
    assert run(capsys, "tables", case, "-o", place)[0] == 0
    rename(place)
    file = case / "case.yaml"
    file.write_text(
        file.read_text().replace("Portside Workers' Union", "Port union").replace("Kestrel T", "T")
    )
    now = file.read_text()
    status, out, err = run(capsys, "merge", case, place)
    assert (status, err) == (0, "")
    assert "1 conflict" in out
    assert "Kept: 1 change made in the case" in out
    assert "--take file:parties.union.name" in " ".join(out.split())
    status, _, err = run(capsys, "merge", case, place, "--apply")
    assert status == 2
    assert "1 conflict between" in err
    assert file.read_text() == now
    status, out, err = run(capsys, "merge", case, place, "--take", "file:parties.union.name", "--apply")
    assert (status, err) == (0, "")
    assert "name: Dock union" in file.read_text()
    assert "name: Terminals" in file.read_text()


def test_mistakes_name_the_cell_and_nothing_is_written(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "t.xlsx"
    run(capsys, "tables", case, "-o", place)
    book = load_workbook(place)
    book["parties"]["C2"] = "prty"
    book["issues"]["N5"] = "nobody-said"
    book.save(place)
    now = (case / "case.yaml").read_text()
    status, out, err = run(capsys, "merge", case, place, "--apply")
    assert (status, out) == (2, "")
    assert f"{place}: error: parties!C2 (role): 'prty' is not allowed here" in err
    assert "issues!N5 (because)" in err
    assert "2 mistakes in the tables; nothing was changed" in err
    assert (case / "case.yaml").read_text() == now


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "{case}"], "the case itself"),
        (["-o", "{case}/case.yaml"], "would overwrite the case itself"),
        (["-o", "one.csv"], "to a new folder"),
        (["--restricted", "l1"], "is not a restricted claim"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], said: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "tables", case, *(word.format(case=case) for word in words))
    assert status == 2
    assert said in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no.xlsx"], "no such file"),
        (["{case}"], "is the case itself"),
        (["no.xlsx", "--take", "mine"], "names no side"),
        ([], "FILE is missing"),
    ],
)
def test_what_cannot_be_merged_is_said(
    words: list[str], said: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "merge", case, *(word.format(case=case) for word in words))
    assert status == 2
    assert said.lower() in err.lower()


def test_the_printed_keys_are_documented(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    place = tmp_path / "t.xlsx"
    claims = case / "claims.yaml"
    claims.write_text(claims.read_text().replace("\n  l1:", "\n  l1:\n    handling: restricted", 1))
    _, out, _ = run(capsys, "tables", case, "-o", place, "--json")
    rename(place)
    file = case / "case.yaml"
    file.write_text(file.read_text().replace("Portside Workers' Union", "Port union"))
    _, back, _ = run(capsys, "merge", case, place, "--json", "--take", "file")
    for text in (out, back):
        found = json.loads(text)
        documented = documented_keys(section(page, found["schema"]))
        assert not {key for key in keys(found) if not any(matches(known, key) for known in documented)}
    assert json.loads(back)["changes"][0]["cell"] == "parties!B2"


def test_every_table_and_column_is_documented() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    commands = section((ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), "tables")
    for table in TABLES:
        part = re.split(rf"^### {table.name}$", page, flags=re.MULTILINE)[1].split("\n### ")[0]
        assert not [
            c.name
            for c in table.columns({})
            if f"`{c.name}`" not in part + page.split("## The tables")[1][:400]
        ]
        assert table.name in commands


def test_a_result_is_written_as_a_workbook_with_every_table(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "deals.xlsx"
    status, _, err = run(capsys, "deals", case, "-o", place)
    assert (status, err) == (0, f"wrote {place}\n")
    book = load_workbook(place)
    assert book.sheetnames[:4] == ["acceptance", "agreements", "lenses", "packages"]
    assert book["acceptance"]["A2"].value == "union-first"
    first = place.read_bytes()
    run(capsys, "deals", case, "-o", place)
    assert place.read_bytes() == first
    moves = tmp_path / "states.xlsx"
    run(capsys, "states", case, "--moves", "-o", moves)
    assert load_workbook(moves).sheetnames == ["states", "moves"]
    status, _, err = run(capsys, "deals", case, "--json", "-o", place)
    assert status == 2
    assert "leave out --json" in err
