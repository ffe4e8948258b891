"""What the brief says of claims that are stale."""

from __future__ import annotations

from pathlib import Path

import accordant
from tests.case import casefiles

CLAIMS = casefiles.CLAIMS.replace("attribution: named}", "attribution: named, reported: 2023-11-01, MARK}")


def brief(tmp_path: Path, mark: str = "handling: public", case: str = casefiles.CASE) -> str:
    folder = casefiles.folder(tmp_path / "talks", case, CLAIMS.replace("MARK", mark))
    return " ".join(accordant.load(folder).brief().markdown().split())


def test_it_says_what_is_stale_and_what_stands_on_nothing_else(tmp_path: Path) -> None:
    page = brief(tmp_path)
    assert "One claim is stale on 2024-01-30, older than twice the time in which its kind ages" in page
    assert "Nothing else stands behind" in page


def test_it_says_nothing_where_nothing_is_stale(tmp_path: Path) -> None:
    assert "stale on" not in brief(tmp_path, case=casefiles.CASE + "half_life: none\n")


def test_the_age_of_a_withheld_claim_is_not_told(tmp_path: Path) -> None:
    assert "stale on" not in brief(tmp_path, "handling: restricted")


def test_a_date_that_does_not_tell_is_said(tmp_path: Path) -> None:
    page = brief(tmp_path, case=casefiles.CASE.replace("as_of: 2024-01-30", "as_of: 2023/2024"))
    assert "One claim may be stale, its date does not tell" in page
