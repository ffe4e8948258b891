"""``require`` and ``distance`` as they are used: printed pages, JSON, CSV, mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.cli import main
from tests.cases.shipped import CASES
from tests.documents import ROOT
from tests.test_docs import check_against

SYRIA = str(CASES / "syria-iraq-1975")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def test_the_page_says_what_would_have_to_be_preferred(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(printed(capsys, "require", SYRIA, "s2", "--concept", "seq").split())
    assert "s2 does not hold under seq." in page
    assert "Syria would have to like s6 no better than s2." in page
    assert (
        "8/15 of those without ties (384 of 720), about 59 in 100 of those with ties allowed (2,768 of 4,683)"
        in page
    )
    assert "An order of Syria with the fewest changes: s1 > s3 > s2 > s6 > s4 > s5" in page
    assert "Least to be changed in one party's view alone: Syria, 1 change." in page


def test_each_party_may_judge_by_a_concept_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "require", SYRIA, "s2", "-c", "Syria=nash,Iraq=seq", "-p", "Syria")
    assert "under Syria by nash, Iraq by seq" in page
    assert "s1 and s3 no better than s2" in " ".join(page.split())


def test_the_distance_page_says_whose_order_does_it_and_what_that_rests_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = printed(capsys, "distance", SYRIA, "--state", "s6")
    first, second = [line.split()[:4] for line in page.splitlines() if line.startswith("s6")][:2]
    assert first == ["s6", "holds", "2", "Syria"]
    assert second == ["s6", "Syria", "stays", "2"]
    assert "Syria.ranking: the ranking of Syria" in page
    assert "The states named here" in page


def test_what_holds_already_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(printed(capsys, "require", str(CASES / "elmira"), "s8").split())
    assert "s8 holds under seq. Nothing has to change; accordant distance CASE --state s8" in page
    assert "what is wanted" not in page


def test_the_page_names_the_lines_that_decide_now_and_the_settings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = str(CASES / "january-2024")
    page = " ".join(printed(capsys, "require", case, "s5").split())
    assert "An order of Government of Israel with the fewest changes: s27 >" in page
    assert "Government of Israel on s4 and s5: israel.priorities.6" in page
    assert "passage is worth giving only to those who leave" in page
    assert "about the case as it is written" in page
    page = " ".join(printed(capsys, "distance", case, "-s", "s13").split())
    assert "8 of 16 settings" in page


def test_what_is_left_out_for_an_unknown_order_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(printed(capsys, "distance", str(CASES / "river"), "-s", "s21").split())
    assert "Of Sondra no order is known" in page


def test_of_a_large_model_some_states_are_asked_about(tmp_path: Path) -> None:
    issues = "".join(f"  o{k}: {{by: {'ab'[k % 2]}}}\n" for k in range(7))
    quo = ", ".join(f"o{k}: no" for k in range(7))
    lines = "".join(f"  {p}:\n    priorities: [o{k}, o{k + 2}]\n" for k, p in enumerate("ab"))
    text = f"accordant: 1\ntitle: Large\nparties:\n  a: {{}}\n  b: {{}}\nissues:\n{issues}"
    text += f"status_quo: {{{quo}}}\npreferences:\n{lines}"
    (tmp_path / "case.yaml").write_text(text)
    result = accordant.load(tmp_path).distance(["nash"])
    assert result.verdicts[0].state == "s1"
    assert len({v.state for v in result.verdicts}) <= 16
    assert "states are left out" in dict(result.method.parameters)["states"]


def test_what_an_open_pair_leaves_open_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    case = str(CASES / "games" / "new-neighbour")
    page = " ".join(printed(capsys, "require", case, "s1", "-c", "gmr").split())
    assert "It is not known whether s1 holds under gmr." in page
    assert "South would have to like s2 no better than s1." in page
    found = json.loads(printed(capsys, "require", case, "s1", "-c", "gmr", "--json"))
    assert found["holds"] is None
    assert found["parties"]["north"]["stable"]["already"] is True
    assert found["parties"]["south"]["stable"]["already"] is None
    page = " ".join(printed(capsys, "distance", case, "-s", "s1", "-c", "gmr").split())
    assert "not known whether" in page
    first, second, _ = json.loads(printed(capsys, "distance", case, "-s", "s1", "-c", "gmr", "--json"))[
        "verdicts"
    ]
    assert first["so"] is True
    assert (second["so"], second["by"], second["together"]) == (None, {}, None)


@pytest.mark.parametrize(
    "words",
    [
        ("require", SYRIA, "s2"),
        ("require", SYRIA, "s5", "-c", "sseq"),
        ("require", str(CASES / "river"), "s21"),
        ("distance", SYRIA, "-c", "nash", "-c", "sseq"),
        ("distance", str(CASES / "river"), "-s", "s21"),
        ("require", str(CASES / "games" / "new-neighbour"), "s1"),
        ("distance", str(CASES / "games" / "new-neighbour")),
    ],
)
def test_json_is_documented_and_what_the_library_returns(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    found: dict[str, Any] = json.loads(printed(capsys, *words, "--json"))
    check_against((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), found)
    assert found["schema"] == f"accordant/{words[0]}/1"


def test_csv_and_frames_have_the_rows_of_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = list(csv.reader(io.StringIO(printed(capsys, "require", SYRIA, "s2", "--csv"))))
    result = accordant.load(SYRIA).require("s2")
    assert [tuple(r) for r in rows[1:]] == [tuple(map(str, r)) for r in result.table().rows]
    assert "<table>" in result._repr_html_()
    assert main(["distance", SYRIA, "-o", str(tmp_path / "d.csv")]) == 0
    capsys.readouterr()
    assert (tmp_path / "d.csv").read_text().count("\n") == 1 + 3 * 6


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("require", SYRIA, "s22"), "there is no state 's22'"),
        (("require", SYRIA, "s2", "-c", "l3"), "covers nash, gmr, smr, seq, sseq; for l3"),
        (("require", SYRIA, "s2", "-c", "nash", "-c", "seq"), "one concept at a time"),
        (("distance", SYRIA, "-c", "nash,seq"), "-c nash -c seq"),
        (("require", SYRIA, "s2", "-p", "Iran"), "there is no party 'Iran'"),
        (("distance", SYRIA, "-s", "s22"), "there is no state 's22'"),
        (("require", SYRIA), "STATE"),
    ],
)
def test_mistakes_are_status_two(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(words)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
