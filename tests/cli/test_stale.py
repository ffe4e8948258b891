"""``accordant stale`` as it is typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.documents import ROOT, documented_keys, keys, matches, section

CASE = ROOT / "cases" / "january-2024"
Run = Callable[..., Ran]


@pytest.mark.parametrize("on", ["2024-01-30", "2024-04", "2024-06-01"])
def test_every_key_that_is_printed_is_documented(accordant: Run, on: str) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = documented_keys(section(page, "accordant/stale/1")) | documented_keys(
        section(page, "method")
    )
    found = accordant("stale", CASE, "--on", on, "--json")
    assert (found.status, found.err) == (0, "")
    for path in set(keys(json.loads(found.out))):
        assert any(matches(pattern, path) for pattern in documented), path


def test_the_page_fits_and_says_what_would_open(accordant: Run) -> None:
    page = accordant("stale", CASE, "--on", "2024-04-15").out
    assert "14 of 37 claims are stale on 2024-04-15" in page
    assert "status_quo" in page
    assert page.index("holds(") < page.index("stands on it")
    assert max(map(len, page.splitlines())) <= 80


def test_check_says_in_a_line_what_is_stale(accordant: Run, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "later")
    file = tmp_path / "later" / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("as_of: 2024-01-30", "as_of: 2024-04-15"))
    assert "14 claims are stale (accordant stale lists them)." in accordant("check", tmp_path / "later").out
    counts = json.loads(accordant("check", tmp_path / "later", "--json").out)["counts"]
    assert (counts["claims_stale"], counts["claims_perhaps_stale"]) == (14, 0)
    assert "stale" not in accordant("check", CASE).out


def test_a_date_that_is_none_is_refused(accordant: Run) -> None:
    found = accordant("stale", CASE, "--on", "soon")
    assert (found.status, found.out) == (2, "")
    assert "YYYY-MM-DD" in found.err


def test_a_workbook_holds_every_table(accordant: Run, tmp_path: Path) -> None:
    import openpyxl

    file = tmp_path / "stale.xlsx"
    assert accordant("stale", CASE, "--on", "2024-04-15", "-o", file).status == 0
    assert openpyxl.load_workbook(file).sheetnames[:3] == ["claims", "what stands on them", "answers"]
