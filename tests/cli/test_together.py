"""``read --together`` as a person sees it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.evidence.together.stories import EXCLUSIVE, OTHER_TOPIC, RETOLD

Command = Callable[..., Ran]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name, text in (("a.txt", EXCLUSIVE), ("b.txt", RETOLD), ("c.txt", OTHER_TOPIC)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_says_what_hangs_together(accordant: Command, reports: Path) -> None:
    ran = accordant("read", reports, "--together")
    assert ran.status == 0
    assert "r1 and r2: perhaps a retelling; r2 goes back to r1" in ran.out
    assert "Independent origins: 1" in ran.out
    assert "Nothing is merged" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_json_and_csv_hold_every_link(accordant: Command, reports: Path) -> None:
    data = json.loads(accordant("read", reports, "--together", "--json").out)
    assert data["schema"] == "accordant/together/1"
    assert [link["kind"] for link in data["report_links"]] == ["rewrite"]
    rows = list(csv.DictReader(accordant("read", reports, "--together", "--csv").out.splitlines()))
    assert rows[0]["kind"] == "rewrite"
    assert {row["link"] for row in rows} <= {"reports", "same claim", "contradiction", "sources"}


def test_what_cannot_be_read_is_said(accordant: Command, reports: Path) -> None:
    ran = accordant("read", reports / "a.txt", reports / "none.txt", reports / "b.txt", "--together")
    assert ran.status == 2
    assert "none.txt" in ran.err
    assert "perhaps a retelling" in ran.out


def test_it_does_not_go_with_a_review(accordant: Command, reports: Path) -> None:
    ran = accordant("read", reports, "--together", "--text")
    assert ran.status == 2
    assert "--together" in ran.err
