"""``stages`` as it is used: printed pages, JSON, CSV, mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import accordant
from accordant.cli import main
from tests.documents import ROOT
from tests.test_docs import check_against

CASE = """\
accordant: 1
title: Truce for captives
parties:
  north: {name: North}
  south: {name: South}
  envoy: {role: mediator}
issues:
  truce: {by: {joint: [north, south]}, values: [none, pause, lasting]}
  captives: {by: south, values: [held, some, all], moves: forward}
status_quo: {truce: none, captives: held}
preferences:
  north:
    worth: {truce: {none: 0, pause: -1, lasting: -2}, captives: {held: 0, some: 3, all: 6}}
    delay: {cost: 0.5, days: 30}
  south:
    worth: {truce: {none: 0, pause: 2, lasting: 6}, captives: {held: 0, some: -1, all: -4}}
proposals:
  plan:
    stages:
      - {name: pause, day: 0, package: {truce: pause}}
      - {name: exchange, day: 42, package: {captives: some}}
      - {name: end, day: 90, package: {truce: lasting, captives: all}}
  whole: {package: {truce: lasting, captives: all}}
terms:
  force: {name: Monitoring force, by: envoy, kind: guarantee, removes: [{party: north, to: "truce = none"}]}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return str(tmp_path)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def test_the_page_names_the_stage_the_party_and_the_numbers(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = " ".join(printed(capsys, "stages", case, "plan").split())
    assert "plan would not be carried out to its end and kept: South would walk away before exchange." in page
    assert "Looking one stage ahead only, North would walk away before pause." in page
    assert "What can no longer be taken back: captives = some." in page
    assert "North would walk away: the whole deal (s9) is worth 4 to it, walking away (s3) 6." in page
    assert "Monitoring force (guarantee by envoy), not part of the deal; with it: carried out." in page
    assert "With Monitoring force as part of the deal (looking one stage ahead only" not in page
    assert "With Monitoring force as part of the deal, nobody would leave" in page
    assert "beats no deal for everybody until day 269." in page


def test_a_term_can_be_tried_and_left_out(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(printed(capsys, "stages", case, "plan", "--term", "force").split())
    assert "plan would be carried out to its end and kept." in page
    assert "Monitoring force (guarantee by envoy), part of the deal; without it: not carried out." in page
    found = json.loads(
        printed(capsys, "stages", case, "plan", "--term", "force", "--without", "force", "--json")
    )
    assert found["in_force"] == []


def test_the_json_is_documented(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for words in (("plan",), ("plan", "--term", "force"), ("whole",)):
        found = json.loads(printed(capsys, "stages", case, *words, "--json"))
        assert found["schema"] == "accordant/stages/1"
        check_against(page, found)


def test_a_deal_without_stages_is_carried_out_at_once(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "stages", case, "whole", "--csv"))))
    assert [row["stage"] for row in rows] == ["1 whole"] * 2 + ["2 afterwards"] * 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plam",), "there is no proposal 'plam'; did you mean 'plan'?"),
        (("plan", "--term", "forse"), "there is no term 'forse'; did you mean 'force'?"),
        (("plan", "--without", "force"), "the term force is no part of plan"),
    ],
)
def test_a_name_that_is_not_there_is_said(
    case: str, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stages", case, *words]) == 2
    assert told in capsys.readouterr().err


def test_the_call_of_the_library_gives_the_same(case: str) -> None:
    result = accordant.load(case).stages("plan")
    assert result.carried_out == "no"
    assert result._repr_html_().startswith("<table>")
    assert [(x.stage, x.party, x.surely) for x in result.leaves] == [("exchange", "south", True)]


def test_a_stage_that_is_not_possible_is_named(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(case) / "case.yaml"
    text = path.read_text(encoding="utf-8").replace("captives: all}}\n  whole", "captives: held}}\n  whole")
    path.write_text(text, encoding="utf-8")
    page = " ".join(printed(capsys, "stages", case, "plan").split())
    assert (
        "cannot be carried out: the stage end is not possible: it takes captives from some to held, which "
        "the moves of captives do not permit." in page
    )
