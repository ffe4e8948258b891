"""``accordant claims`` as it is typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import accordant
from accordant.cli import main
from tests.documents import documented_keys, keys, matches, section

ROOT = Path(__file__).parents[2]
CASE = str(ROOT / "cases" / "january-2024")


def test_every_key_is_documented_and_the_other_way_round(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = documented_keys(section(page, "accordant/claims/1")) | documented_keys(
        section(page, "method")
    )
    used: set[str] = set()
    for name in ("january-2024", "labour", "supply"):
        assert main(["claims", str(ROOT / "cases" / name), "--json"]) == 0
        for path in set(keys(json.loads(capsys.readouterr().out))):
            fits = {p for p in documented if matches(p, path)}
            assert fits, path
            used |= fits
    assert (
        not documented_keys(section(page, "accordant/claims/1")) - used - {"claims[].at", "claims[].origins"}
    )


def test_files_hold_every_claim_in_the_form_that_their_ending_names(tmp_path: Path) -> None:
    ids = list(accordant.load(CASE).case.claims)
    for name in ("c.csv", "c.json", "c.xlsx", "c.jsonld", "c.txt"):
        assert main(["claims", CASE, "-o", str(tmp_path / name), "--rows", "0"]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8"))))
    assert [r["claim"] for r in rows] == ids
    assert [c["id"] for c in json.loads((tmp_path / "c.json").read_text())["claims"]] == ids
    sheet = load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ids
    assert json.loads((tmp_path / "c.jsonld").read_text())["total"] == len(ids)
    text = (tmp_path / "c.txt").read_text(encoding="utf-8")
    assert all(id_ in text for id_ in ids)
    assert max(map(len, text.splitlines())) <= 80


def test_few_claims_are_shown_with_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    opened = accordant.load(CASE)
    assert main(["claims", CASE, "--origin", "two-people", "--report", "exclusive"]) == 0
    out = capsys.readouterr().out
    assert " ".join(opened.case.claims["c1"].quote.split())[:50] in " ".join(out.split())


def test_an_import_is_shown_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.jsonld"
    assert main(["claims", CASE, "-o", str(file)]) == 0
    assert main(["claims", CASE, "--import", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "accordant/annotations-import/1"
    assert {a["outcome"] for a in found["annotations"]} == {"there"}
    assert found["written"] is False


@pytest.mark.parametrize(
    "words",
    [
        ["--apply"],
        ["--import", "x.jsonld", "--kind", "offer"],
        ["--import", "x.jsonld", "-o", "y.csv"],
        ["--import", "nowhere.jsonld"],
        ["-o", "a.jsonld", "--json"],
        ["--status", "wrong"],
    ],
)
def test_what_makes_no_sense_is_said_with_status_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", CASE, *words]) == 2
    assert "Traceback" not in capsys.readouterr().err
