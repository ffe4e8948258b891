"""``freeze``, ``log`` and ``diff`` as a person types them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.case.casefiles import CASE, CLAIMS, folder
from tests.documents import ROOT, documented_keys, keys, matches, section

Run = Callable[..., Any]
SECRET = """\
  c2: {report: r1, quote: if the Front let its leaders go, at: [57, 88], says: the secret words,
       kind: offer, by: south, origin: the-envoy, handling: restricted}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return folder(tmp_path / "talks")


def edit(path: Path, old: str, new: str, name: str = "case.yaml") -> None:
    text = (path / name).read_text(encoding="utf-8")
    assert old in text
    (path / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def retract(case: Path) -> None:
    edit(case, "attribution: named}", "attribution: named, status: retracted}", "claims.yaml")


def documented(found: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    known = documented_keys(section(page, found["schema"])) | documented_keys(section(page, "method"))
    missing = [k for k in keys(found) if not any(matches(pattern, k) for pattern in known)]
    assert not missing


def test_a_week_of_work(accordant: Run, case: Path) -> None:
    ran = accordant("freeze", case, "--by", "N. N.")
    assert (ran.status, ran.err) == (0, "")
    assert "frozen as 2024-01-30" in ran.out
    ran = accordant("freeze", case)
    assert (ran.status, "so that nothing was written" in " ".join(ran.out.split())) == (0, True)
    ran = accordant("diff", case)
    assert (ran.status, "Nothing changed from 2024-01-30 to now" in ran.out) == (0, True)
    edit(case, "as_of: 2024-01-30", "as_of: 2024-02-06")
    edit(case, "      - {want: not departure, because: [c1]}\n", "")
    ran = accordant("log", case)
    assert "1 change in what Southern Front wants; the date" in " ".join(ran.out.split())
    ran = accordant("diff", case)
    assert ran.status == 0
    said = " ".join(ran.out.split())
    assert "Southern Front: line 1 is gone: 'not departure'" in said
    assert "acceptable(offer-1, south) never always 1" in said
    ran = accordant("freeze", case, "--direction", "toward", "--because", "The Front no longer refuses.")
    assert ran.status == 0
    ran = accordant("log", case, "--verify")
    assert ran.status == 0
    assert "toward agreement: The Front no longer refuses." in ran.out
    assert ran.out.index("2024-02-06") < ran.out.index("2024-01-30")
    assert ran.out.count("verified: everything is as it was") == 2
    ran = accordant("diff", case, "2024-01-30", "2024-02-06", "--no-why")
    assert "Marked toward agreement: The Front no longer refuses." in ran.out
    ran = accordant("diff", case)
    assert "'accordant diff CASE 2024-01-30' compares with the version before" in " ".join(ran.out.split())


def test_everything_that_is_printed_is_documented(accordant: Run, case: Path) -> None:
    documented(json.loads(accordant("freeze", case, "--json").out))
    retract(case)
    found = json.loads(accordant("diff", case, "--json").out)
    documented(found)
    assert [c["id"] for c in found["changes"]] == ["claims.c1:status"]
    assert found["conclusions"]
    moved = {m for c in found["conclusions"] for why in c["moved_by"] for m in why["changes"]}
    assert moved == {"claims.c1:status"}
    through = {t for c in found["conclusions"] for why in c["moved_by"] for t in why["through"]}
    assert "Southern Front: the line 'not departure' has no ground left" in through
    accordant("freeze", case)
    documented(json.loads(accordant("log", case, "--verify", "--json").out))


def test_tables_as_csv_and_as_a_workbook(accordant: Run, case: Path, tmp_path: Path) -> None:
    accordant("freeze", case)
    retract(case)
    rows = list(csv.reader(io.StringIO(accordant("diff", case, "--csv").out)))
    assert rows[1][:2] == ["claims", "claims.c1:status"]
    assert accordant("diff", case, "-o", tmp_path / "diff.xlsx").status == 0
    assert {"Changes", "Answers"} <= set(load_workbook(tmp_path / "diff.xlsx").sheetnames)
    rows = list(csv.reader(io.StringIO(accordant("log", case, "--csv").out)))
    assert [row[0] for row in rows] == ["version", "2024-01-30"]


def test_words_of_restricted_claims_do_not_leave(accordant: Run, case: Path) -> None:
    accordant("freeze", case)
    (case / "claims.yaml").write_text(CLAIMS + SECRET, encoding="utf-8")
    assert accordant("check", case).status == 0
    assert "the secret words" in accordant("diff", case).out
    for form in ("--json", "--csv"):
        ran = accordant("diff", case, form)
        assert (ran.status, "secret" in ran.out, "c2 is new" in ran.out) == (0, False, True)
        ran = accordant("diff", case, form, "--restricted", "c2")
        assert "the secret words" in ran.out
    # what was restricted in the old case stays behind when the claim is gone
    accordant("freeze", case, "--id", "with-it")
    (case / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    ran = accordant("diff", case, "--json")
    assert ("secret" in ran.out, "c2 is gone" in ran.out) == (False, True)
    ran = accordant("diff", case, "--json", "--restricted", "c9")
    assert (ran.status, "restricted claim" in ran.err) == (2, True)


def test_two_cases_side_by_side_in_time(accordant: Run, case: Path, tmp_path: Path) -> None:
    other = folder(
        tmp_path / "later", case=CASE.replace("- {want: not departure, because: [c1]}", "- passage")
    )
    ran = accordant("diff", case, other, "--no-why")
    assert ran.status == 0
    assert "line 1 is gone: 'not departure'" in ran.out
    assert f"from {case}" in " ".join(ran.out.split()).replace("\n", " ") or str(case) in ran.out.replace(
        "\n", ""
    )


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["diff", "CASE"], 2, "has no versions yet"),
        (["diff", "CASE", "2024-01-03"], 2, "there is no version '2024-01-03'"),
        (["freeze", "CASE", "--direction", "toward"], 2, 'add --because "..."'),
        (["freeze", "CASE", "--id", "../x"], 2, "cannot name a version"),
        (["log", "nowhere"], 2, "there is no case at nowhere"),
    ],
)
def test_mistakes_are_said(accordant: Run, case: Path, words: list[str], status: int, message: str) -> None:
    ran = accordant(*(str(case) if w == "CASE" else w for w in words))
    assert (ran.status, message in ran.err) == (status, True)
    assert "Traceback" not in ran.err
    assert not (case / "versions").exists()


def test_a_damaged_version_is_a_warning_and_verifying_fails(accordant: Run, case: Path) -> None:
    accordant("freeze", case)
    retract(case)
    accordant("freeze", case, "--id", "later")
    edit(case / "versions" / "later", "as_of", "as-of", "version.yaml")
    ran = accordant("log", case)
    assert ran.status == 0
    assert "warning: versions/later/version.yaml" in ran.err
    assert "Cannot be read: later" in ran.out
    assert accordant("log", case, "--verify").status == 1
    (case / "reports" / "r1.txt").write_text("another text", encoding="utf-8")
    shutil.rmtree(case / "versions" / "later")
    ran = accordant("log", case.parent / "talks", "--verify")
    assert ran.status != 0


def test_a_foreign_file_has_no_versions(accordant: Run, tmp_path: Path) -> None:
    copy = tmp_path / "other" / "talks.gmcr"
    copy.parent.mkdir()
    assert accordant("convert", ROOT / "cases" / "games" / "prisoners-dilemma", copy).status == 0
    for command in ("freeze", "log"):
        ran = accordant(command, copy)
        assert (ran.status, "is a file of another program" in ran.err) == (2, True)
    assert [p.name for p in copy.parent.iterdir()] == [copy.name]


def test_converting_and_starting_leave_versions_alone(accordant: Run, case: Path, tmp_path: Path) -> None:
    accordant("freeze", case)
    assert accordant("convert", case, tmp_path / "copy").status == 0
    assert not (tmp_path / "copy" / "versions").exists()
    assert (tmp_path / "copy" / "reports" / "r1.txt").is_file()
    tables = tmp_path / "tables.xlsx"
    assert accordant("tables", case, "-o", tables).status == 0
    assert not [name for name in load_workbook(tables).sheetnames if "version" in name.lower()]
    both = [accordant("check", path, "--strict").status for path in (case, tmp_path / "copy")]
    assert both[0] == both[1]


# What is damaged is never used in silence


@pytest.mark.parametrize("name", ["case.yaml", "claims.yaml", "answers.json"])
def test_a_file_of_a_version_that_was_overwritten_is_named(accordant: Run, case: Path, name: str) -> None:
    accordant("freeze", case)
    file = case / "versions" / "2024-01-30" / name
    file.write_text(file.read_text(encoding="utf-8") + "\n# written later\n", encoding="utf-8")
    shown = f"versions/2024-01-30/{name} is not as it was"
    ran = accordant("diff", case)
    assert (ran.status, ran.err.count("warning: "), shown in ran.err) == (0, 1, True)
    ran = accordant("log", case)
    assert (shown in ran.err, "nothing that is compared" in ran.out) == (True, False)
    assert shown in " ".join(ran.out.split())
    documented(json.loads(accordant("log", case, "--json").out))
    documented(json.loads(accordant("diff", case, "--json").out))
    ran = accordant("freeze", case)  # the version keeps the case no longer
    assert (shown in ran.err, "frozen as 2024-01-30-2" in ran.out) == (True, True)
    assert "what changed cannot be told" in " ".join(accordant("log", case).out.split())
    ran = accordant("freeze", case)
    assert (ran.err, "nothing was written" in " ".join(ran.out.split())) == ("", True)


def test_a_version_that_is_passed_over_is_named_with_why(accordant: Run, case: Path) -> None:
    accordant("freeze", case)
    retract(case)
    accordant("freeze", case, "--id", "later")
    (case / "versions" / "later" / "version.yaml").write_text("", encoding="utf-8")
    for words in (("diff", case, "--no-why"), ("freeze", case, "--id", "again")):
        ran = accordant(*words)
        assert (ran.status, "versions/later is skipped" in ran.err) == (0, True)
        assert "versions/later/version.yaml" in ran.err
    shutil.rmtree(case / "versions" / "later")
    (case / "versions" / "2024-02-01").mkdir()
    ran = accordant("freeze", case)
    assert (ran.status, "versions/2024-02-01 is skipped" in ran.err) == (0, True)


def test_a_file_in_the_way_of_versions_is_said(accordant: Run, case: Path) -> None:
    (case / "versions").write_text("notes", encoding="utf-8")
    for command in ("freeze", "log", "diff"):
        ran = accordant(command, case)
        assert (ran.status, "is a file" in ran.err, "Traceback" in ran.err) == (2, True, False)


def test_an_empty_name_is_no_version(accordant: Run, case: Path) -> None:
    accordant("freeze", case)
    ran = accordant("diff", case, "", "")
    assert (ran.status, "an empty name" in ran.err) == (2, True)


def test_an_origin_that_only_a_restricted_claim_leads_to_does_not_leave(accordant: Run, case: Path) -> None:
    hidden = SECRET.replace("origin: the-envoy", "origin: miller")
    whose = "origins:\n  miller: {kind: named, name: A. Miller}\n"
    text = CLAIMS.replace("origins:\n", whose, 1) + hidden
    assert whose in text
    (case / "claims.yaml").write_text(text, encoding="utf-8")
    assert accordant("freeze", case).status == 0
    edit(case, "A. Miller", "B. Miller", "claims.yaml")
    assert "the origin miller" in accordant("diff", case).out
    for form in ("--json", "--csv"):
        ran = accordant("diff", case, form)
        assert (ran.status, "iller" in ran.out) == (0, False)
        assert "B. Miller" in accordant("diff", case, form, "--restricted", "c2").out
    found = json.loads(accordant("diff", case, "--json").out)
    assert (found["changes"], found["left_out"]) == ([], 1)
    documented(found)


def test_a_claim_whose_status_changed_is_told_by_what_it_says(accordant: Run, case: Path) -> None:
    (case / "claims.yaml").write_text(CLAIMS + SECRET, encoding="utf-8")
    accordant("freeze", case)
    edit(case, "handling: restricted", "handling: restricted, status: superseded", "claims.yaml")
    said = " ".join(accordant("diff", case).out.split())
    assert "c2: “the secret words”" in said
    assert "is superseded now, was open" in said
    for form in ("--json", "--csv"):
        ran = accordant("diff", case, form)
        assert ("secret words" in ran.out, "c2 is superseded now, was open" in ran.out) == (False, True)
