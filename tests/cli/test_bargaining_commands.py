"""``levers``, ``concessions`` and ``divide`` as they are used: pages, JSON, CSV, mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from accordant.cli import main
from tests.cases.shipped import CASES
from tests.documents import ROOT
from tests.test_docs import check_against

LABOUR = str(CASES / "labour")

LAND = """\
title: Land and water
parties: {north: {name: North}, south: {name: South}}
issues:
  land:
    by: {joint: [north, south]}
    range: {from: 0, to: 100, step: 10}
    unit: hectares
    divisible: true
  money:
    by: {joint: [north, south]}
    range: {from: 0, to: 40, step: 10}
    unit: million
    divisible: true
    transfer: {from: north, to: south}
  road: {by: {joint: [north, south]}}
status_quo: {land: 0, money: 0, road: no}
preferences:
  north:
    worth:
      land: {linear: [[0, 0], [100, 60]]}
      money: {linear: [[0, 0], [40, -40]]}
      road: {no: 0, yes: 5}
  south:
    worth:
      land: {linear: [[0, 0], [100, -25]]}
      money: {linear: [[0, 0], [40, 40]]}
      road: {no: 0, yes: 1}
    reservation: 0
proposals:
  wish: {by: north, date: 2024-01-01, package: {land: 100, road: yes}}
  plan: {by: north, date: 2024-01-09, package: {land: 90, road: yes}}
  reply: {by: south, date: 2024-01-10, package: {land: 20, money: 40, road: yes}}
  done: {by: [north, south], date: 2024-02, status: signed, package: {land: 50, money: 30}}
"""


@pytest.fixture
def land(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(LAND, encoding="utf-8")
    return str(tmp_path)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def flat(text: str) -> str:
    return " ".join(text.split())


def test_levers_say_who_refuses_what_would_do_and_what_it_costs(
    capsys: pytest.CaptureFixture[str], land: str
) -> None:
    page = flat(printed(capsys, "levers", land, "plan"))
    assert "an agreement: no." in page
    assert "A side payment worth 21.5 to South would make it acceptable" in page
    assert "With money at 21.5 million instead of 0 million (between two steps), everybody accepts it" in page
    assert "North pays South 21.5 more: North loses 21.5 and South gains 21.5, each in its own worth." in page


def test_a_veto_is_no_matter_of_payment(capsys: pytest.CaptureFixture[str]) -> None:
    page = flat(printed(capsys, "levers", LABOUR, "company-offer"))
    assert "Vetoed for Portside Workers' Union by The membership" in page
    whose = "The membership (for Portside Workers' Union)"
    assert f"A red line or a veto refuses it, whatever is paid: {whose}." in page
    assert "The states named here" in page


def test_concessions_say_who_moved_how_far_and_what_was_left(
    capsys: pytest.CaptureFixture[str], land: str
) -> None:
    page = flat(printed(capsys, "concessions", land))
    assert "North gave up 6 from its first offer to its last; South gained 2.5 by that." in page
    assert "concession" in page
    assert "done is signed;" in page
    assert "North asks for" in page


def test_divide_says_who_wins_what_it_guarantees_and_how_it_is_misled(
    capsys: pytest.CaptureFixture[str], land: str
) -> None:
    page = flat(printed(capsys, "divide", land))
    assert "By the points stated it is efficient, equitable, envy-free." in page
    assert "If South knew the points of North and stated" in page
    given = flat(printed(capsys, "divide", land, "--points", "north=land:50,money:50"))
    assert given != page


@pytest.mark.parametrize(
    "words", [("levers", "plan"), ("concessions",), ("divide",)], ids=["levers", "concessions", "divide"]
)
def test_json_has_every_documented_key_and_no_other(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], land: str
) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    command, *rest = words
    for case in (land, LABOUR):
        named = ["company-offer"] if case == LABOUR and rest else rest
        found = json.loads(printed(capsys, command, case, *named, "--json"))
        assert found["schema"] == f"accordant/{command}/1"
        check_against(page, found)


@pytest.mark.parametrize(
    "words", [("levers", "plan"), ("concessions",), ("divide",)], ids=["levers", "concessions", "divide"]
)
def test_csv_has_a_row_for_each(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], land: str
) -> None:
    command, *rest = words
    rows = list(csv.reader(io.StringIO(printed(capsys, command, land, *rest, "--csv"))))
    assert len(rows) > 2
    assert len({len(row) for row in rows}) == 1


def test_a_result_can_be_written_to_a_file(
    capsys: pytest.CaptureFixture[str], land: str, tmp_path: Path
) -> None:
    file = tmp_path / "divided.json"
    assert main(["divide", land, "-o", str(file)]) == 0
    assert json.loads(file.read_text())["schema"] == "accordant/divide/1"
    assert "wrote" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("levers", "plam"),
            "there is no proposal 'plam'; allowed: wish, plan, reply, done; did you mean 'plan'",
        ),
        (("divide", "--points", "north"), "is not of the form PARTY=ISSUE:NUMBER,…"),
        (("divide", "--points", "north=land"), "'land' is not one issue and its number"),
        (("divide", "--points", "north=land:nan"), "'land:nan' is not one issue and its number"),
        (("divide", "--points", "north=land:60,land:40"), "'land:40' is not one issue and its number"),
        (("divide", "--points", "north=land:60"), "they add up to 60, not to 100"),
        (("divide", "--points", "west=land:100"), "is none of north and south"),
    ],
)
def test_mistakes_are_one_clear_message(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], land: str
) -> None:
    command, *rest = words
    assert main([command, land, *rest]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_three_parties_are_too_many_to_divide_between(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["divide", str(CASES / "elmira")]) == 2
    assert "adjusted winner is for exactly two parties; this one has 3: " in capsys.readouterr().err


def test_a_case_without_offers_has_no_concessions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concessions", str(CASES / "elmira")]) == 2
    assert "the case has no proposals" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["deals", "--lens", "nsh"], "did you mean 'nash'?"),
        (["deals", "--weights", "north=2"], "none is given for south"),
        (["deals", "--json", "--csv"], "choose one of --json and --csv"),
        (["deals", "--approx", "2"], "--approx 2 is no share"),
        (["levers", "wsh"], "did you mean 'wish'?"),
        (["stages", "wsh"], "did you mean 'wish'?"),
        (["stages", "wish", "--term", "aid"], "there is no term 'aid'"),
    ],
)
def test_wrong_options_are_told_before_anything_is_compiled(
    land: str,
    options: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def compiled(*_: object) -> None:
        raise AssertionError("states were listed")

    monkeypatch.setattr("accordant.model.compiler.Compiler.space", compiled)
    assert main([options[0], land, *options[1:]]) == 2
    assert told in capsys.readouterr().err
