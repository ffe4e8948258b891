"""``sweep`` as it is used: printed pages, rows, JSON, files, mistakes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import accordant as library
from accordant.reliance.variants.working import Job, bare
from tests.cli.conftest import Ran
from tests.documents import ROOT
from tests.test_docs import check_against

CASE = ROOT / "cases" / "january-2024"
LABOUR = ROOT / "cases" / "labour"
Run = Callable[..., Ran]


def test_the_page_says_what_matters_and_what_is_so_in_how_many(accordant: Run) -> None:
    ran = accordant("sweep", CASE, "--over", "orders:hamas")
    assert ran.status == 0
    assert "All 120 variants." in ran.out
    assert "orders(hamas) matters most: it moves" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    # answers that depend on what is varied come first
    said = ran.out.partition("answers depend on what is varied")[2]
    assert said.index("sometimes") < said.index("always")


def test_what_is_held_as_written_is_said(accordant: Run) -> None:
    ran = accordant("sweep", CASE, "--over", "orders:israel", "--draw", "50")
    assert "50 of 5,040 variants, drawn by seed 1, none twice." in ran.out
    assert "are unsure and count as written" in " ".join(ran.out.split())
    assert "not complete" in ran.out


def test_counting_judges_nothing(accordant: Run) -> None:
    ran = accordant("sweep", CASE, "--over", "orders", "--over", "settings", "--count")
    assert "10,000 of 4,838,400 variants" in ran.out
    assert "the order of the 7 lines of israel" in " ".join(ran.out.split())
    assert "agreement" not in ran.out.partition("varied")[2]


def test_the_summary_as_json_has_the_documented_keys(accordant: Run) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    found = json.loads(accordant("sweep", CASE, "--over", "settings", "--json").out)
    check_against(page, found)
    assert (found["variants"], found["rows"], found["seed"]) == (16, 16, None)
    agreement = next(c for c in found["conclusions"] if c["conclusion"] == "agreement-exists")
    assert agreement["yes"] + agreement["no"] + agreement["unknown"] == 16
    by = [v for v in agreement["by"] if v["dimension"] == found["dimensions"][0]["id"]]
    assert sum(v["variants"] for v in by) == 16
    assert sum(v["yes"] for v in by) == agreement["yes"]


def test_rows_are_printed_as_csv(accordant: Run) -> None:
    ran = accordant("sweep", LABOUR, "--over", "settings", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["variant"] for row in rows] == ["1", "2", "3", "4"]
    assert {row["members.priorities.2"] for row in rows} == {"yes", "no"}


def test_counts_of_settings_are_those_of_rests(accordant: Run) -> None:
    """Where all settings are gone through, what is counted is what ``rests`` counts."""
    for case in (CASE, LABOUR, ROOT / "cases" / "river"):
        swept = json.loads(accordant("sweep", case, "--over", "settings", "--json").out)
        asked = [c["conclusion"] for c in swept["conclusions"]]
        words = [word for id_ in asked for word in ("--conclusion", id_)]
        rests = json.loads(accordant("rests", case, *words, "--json").out)
        found: dict[str, Any] = {r["conclusion"]: r for r in rests["conclusions"]}
        for c in swept["conclusions"]:
            there = found[c["conclusion"]]
            assert c["status"].replace("unknown", "sometimes") == there["status"], c["conclusion"]
            if there["settings"] is not None:
                holds, of = there["settings"]
                assert of * c["yes"] == holds * swept["rows"], c["conclusion"]


def test_rows_and_summary_go_to_files(accordant: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("rows.csv", "summary.json", "summary.xlsx", "page.txt")]
    ran = accordant("sweep", LABOUR, "--over", "settings", *(word for f in files for word in ("-o", f)))
    assert (ran.status, ran.out) == (0, "")
    assert [f"wrote {f}" in ran.err for f in files] == [True] * 4
    assert json.loads(files[1].read_text())["output"] == str(files[0])
    assert load_workbook(files[2]).sheetnames[:2] == ["conclusions", "what matters"]
    assert "All 4 variants." in files[3].read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f.name for f in files)


def test_states_that_are_asked_for_and_coalitions_have_columns(accordant: Run) -> None:
    words = ["--over", "coalitions:union+company", "--over", "concepts:nash", "--state", "s3"]
    ran = accordant("sweep", LABOUR, "--over", "unsure", *words, "--csv")
    header = next(csv.reader(io.StringIO(ran.out)))
    assert "holds(s3, nash)" in header
    assert "holds(s3, nash, union+company)" in header
    assert "equilibria(nash, union+company)" in header
    assert not [name for name in header if "seq" in name]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "--over is missing: what is to vary? allowed: settings"),
        (["--over", "order"], "nothing is called 'order'; allowed: settings, unsure"),
        (["--over", "order"], "did you mean 'orders'?"),
        (["--over", "orders:hamsa"], "there is no party 'hamsa'; allowed: israel"),
        (
            ["--over", "orders:hamas:loose"],
            "'loose' is no form of orders; allowed: lines, ranges, strict, weak",
        ),
        (["--over", "worths:hamas:±1"], "there is no party with worths 'hamas'"),
        (["--over", "worths"], "needs a party, such as worths:PARTY:±2"),
        (["--over", "rules:9"], "there is no rule 'feasible.9'"),
        (["--over", "orders:hamas", "--state", "s99"], "--state s99: there is no state 's99'"),
        (["--over", "orders:hamas", "--draw", "0"], "--draw 0: give a number of at least 1"),
        (["--over", "orders:hamas", "--jobs", "0"], "--jobs 0: give a number of at least 1"),
        (["--over", "coalitions"], "the case lists no coalitions"),
        (["--over", "concepts:nash"], "nothing varies"),
        (["--over", "concepts:nahs", "--over", "rules"], "there is no solution concept 'nahs'"),
        (["--over", "orders:hamas:strict", "--over", "rules"], "orders of the states need the same states"),
        (["--over", "rules", "-o", "rows.csv", "-o", "rows.parquet"], "rows are written to one file"),
        (["--over", "rules", "--csv", "-o", "rows.csv"], "the rows are written to rows.csv already"),
        (
            ["--over", "rules", "-o", "rows.doc"],
            "has the ending '.doc'; allowed: the rows as .csv or .parquet",
        ),
    ],
)
def test_a_mistake_is_one_message(
    accordant: Run, words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = accordant("sweep", CASE, *words)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("range_", "says"),
    [
        ("1", "'1' is no range; allowed: ±N, ±N/STEP, LOW..HIGH, LOW..HIGH/STEP"),
        ("5..1", "the range 5..1 ends below its beginning; try 1..5"),
        ("0..1/0", "the step of 0..1/0 is 0"),
        ("0..1/0.3", "the steps of 0..1/0.3 do not lead from one end to the other"),
        ("0..1/0.000001", "makes more than 100,000 numbers"),
    ],
)
def test_a_mistaken_range_says_what_is_allowed(accordant: Run, range_: str, says: str) -> None:
    ran = accordant("sweep", LABOUR, "--over", f"worths:union:{range_}")
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_all_mistakes_are_said_at_once(accordant: Run) -> None:
    ran = accordant("sweep", CASE, "--over", "order", "--over", "worths")
    assert "'order'" in ran.err
    assert "needs a party" in ran.err


RESTRICTED = """\
accordant: 1
title: Talks
parties: {a: {}, b: {}}
issues: {x: {by: a}, y: {by: b}}
status_quo: {x: no, y: no}
preferences:
  a: {priorities: [{want: y, because: [c1]}, {want: not x, because: [c2]}]}
  b: {priorities: [{want: x, because: [c2]}]}
"""
CLAIMS = """\
reports:
  r: {file: reports/r.txt, sha256: HASH}
origins:
  friend: {kind: described, words: a friend}
  paper: {kind: named, name: The Paper}
claims:
  c1: {report: r, quote: One, at: [0, 3], says: one, kind: preference, origin: friend, handling: restricted}
  c2: {report: r, quote: two, at: [5, 8], says: two, kind: preference, origin: paper}
"""


@pytest.fixture
def talks_in_confidence(tmp_path: Path) -> Path:
    text = "One, two.\n"
    folder = tmp_path / "talks"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "r.txt").write_text(text, encoding="utf-8")
    own = sha256(text.encode()).hexdigest()
    (folder / "case.yaml").write_text(RESTRICTED, encoding="utf-8")
    (folder / "claims.yaml").write_text(CLAIMS.replace("HASH", own), encoding="utf-8")
    return folder


def test_an_origin_behind_restricted_claims_leaves_only_when_they_are_named(
    accordant: Run, talks_in_confidence: Path
) -> None:
    words = ["sweep", talks_in_confidence, "--over", "origins"]
    assert "friend" in accordant(*words).out
    refused = accordant(*words, "--csv")
    assert (refused.status, refused.out) == (2, "")
    assert "only restricted claims lead to friend" in refused.err
    assert "friend" in accordant(*words, "--csv", "--restricted", "c1").out


def test_no_words_of_claims_are_sent_to_workers(talks_in_confidence: Path) -> None:
    case = library.load(talks_in_confidence).case
    sent = Job(bare(case), ("claims",), (), 10, None, 1, "csv").packed
    for words in (b"One", b"a friend", b"The Paper", b"reports/r.txt"):
        assert words not in sent
    assert b"c1" in sent
