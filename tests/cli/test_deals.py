"""``deals`` as people use it: lenses, weights, mixtures, one package."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from accordant.cli import main

CASE = """\
accordant: 1
title: Two clinics share a scanner
parties:
  hill: {name: Hill Clinic}
  shore: {name: Shore Clinic}
issues:
  days: {by: {joint: [hill, shore]}, range: {from: 0, to: 4, step: 1}, unit: days}
  cost: {by: {joint: [hill, shore]}, values: [hill, shore]}
status_quo: {days: 0, cost: hill}
preferences:
  hill:
    worth: {days: {linear: [[0, 0], [4, 8]]}, cost: {hill: 0, shore: 3}}
    reservation: 1
  shore:
    worth: {days: {linear: [[0, 6], [4, 0]]}, cost: {hill: 4, shore: 0}}
    reservation: 1
proposals:
  memo: {package: {days: 1, cost: shore}, status: signed}
"""


@pytest.fixture
def clinics(tmp_path: Path) -> str:
    folder = tmp_path / "clinics"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    return str(folder)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["deals", *words])
    out, err = capsys.readouterr()
    return status, " ".join(out.split()), err


def test_every_lens_is_there_and_json_lists_its_packages(
    clinics: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, clinics, "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert list(found["lenses"]) == [
        "nash",
        "kalai-smorodinsky",
        "egalitarian",
        "utilitarian",
        "raiffa",
        "fallback",
    ]
    assert found["lenses"]["utilitarian"] == ["s9"]
    assert found["fairness"]["lenses"]["utilitarian"]["picks"][0]["worths"] == {"hill": "8", "shore": "4"}


def test_a_lens_by_name_is_told_in_full(clinics: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, clinics, "--lens", "nash")
    assert "Nash bargaining solution The packages at which the product" in out
    assert "Assumes:" in out
    assert "Fails:" in out
    assert "product of the gains over no deal: hill 5, shore 4.5, product 22.5" in out
    assert "utilitarian" not in out


def test_weights_change_what_is_picked_and_are_shown(
    clinics: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, clinics, "--lens", "nash", "--weights", "hill=9,shore=1", "--json")
    found = json.loads(out)
    assert found["fairness"]["weights"] == {"hill": "9", "shore": "1"}
    assert found["lenses"]["nash"] == ["s9"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--weights", "hill=2"], "none is given for shore"),
        (["--weights", "hill=2,shore=-1"], "not a positive number"),
        (["--weights", "hill=2,hill=3"], "gives hill twice"),
        (["--weights", "hill"], "write them as in --weights"),
        (["--lens", "nsh"], "there is no lens 'nsh'"),
        (["--approx", "2"], "between 0 and 1"),
        (["--explain", "memmo"], "did you mean 'memo'"),
        (["--top", "0"], "--top"),
    ],
)
def test_bad_input_is_one_clear_message(
    clinics: str, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    status, out, err = run(capsys, clinics, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_mixtures_say_their_shares(clinics: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, clinics, "--lotteries", "--lens", "egalitarian", "--json")
    picks = json.loads(out)["fairness"]["lenses"]["egalitarian"]["picks"]
    assert len(picks) == 1
    assert picks[0]["worths"]["hill"] == picks[0]["worths"]["shore"]
    assert {part["package"] for part in picks[0]["mixture"]} <= {f"s{k}" for k in range(1, 11)}


def test_a_signed_package_is_followed_by_what_would_be_better(
    clinics: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, clinics)
    assert "Better than s4, and worse for nobody" in out
    _, out, _ = run(capsys, clinics, "--measures")
    for words in ("frontier-to-ideal", "What two parties could trade", "0 to 4 days"):
        assert words in out


def test_one_package_in_full(clinics: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, clinics, "--explain", "days=3, cost=hill")
    for words in (
        "Hill Clinic prefers",
        "What it is made up of",
        "holds once it is reached",
        "Picked by: nash",
    ):
        assert words in out
    status, out, _ = run(capsys, clinics, "--explain", "memo", "--csv")
    assert status == 0
    assert out.startswith("party,acceptable,worth,no deal,because")


def test_top_limits_what_is_listed_and_says_how_many_there_are(
    clinics: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["deals", clinics, "--top", "2", "--json"])
    found = json.loads(capsys.readouterr().out)["agreements"]
    assert len(found["all"]) == 2
    assert found["count"] > 2
    assert "2 of" in found["note"]


def test_csv_has_a_row_for_each_proposal_and_party(clinics: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["deals", clinics, "--csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["proposal"], row["party"]) for row in rows] == [("memo", "hill"), ("memo", "shore")]
