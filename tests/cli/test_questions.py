"""``rests --questions`` as people and programs get it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.cli import main
from tests.documents import ROOT, documented_keys, keys, matches, section

JANUARY = ROOT / "cases" / "january-2024"
RIVER = ROOT / "cases" / "river"


def out(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["rests", *words, "--questions"]) == status
    found = capsys.readouterr()
    return found.err if status else found.out


def test_the_page_begins_with_the_question_that_decides_most(capsys: pytest.CaptureFixture[str]) -> None:
    page = out(capsys, str(JANUARY))
    assert max(map(len, page.splitlines())) <= 80
    first = page.index("1. Which matters more to Government of Israel")
    assert first < page.index("2. Does Government of Israel want “Halt in the fighting: none” in itself?")
    words = " ".join(page.split())
    assert words.split("(January 2024) ")[1].startswith("Ask Government of Israel first: Which matters more")
    assert "Ask Government of Israel, through Qatar, Egypt or United States." in words
    assert "That decides 2 of 6 open conclusions, whatever the answer." in words
    assert "Decides 4 of 6 open conclusions whatever the answer." in words
    assert "A state counts once, under however many concepts it is open." in words
    assert "Claims that touch it: c14 (it stands on it)" in words
    assert "Is it so that “each side decides its own acts; a halt takes both”? (own-acts)" in words


def test_an_agreement_is_asked_about_before_states(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(out(capsys, str(JANUARY), "--json"))
    first, second = found["questions"][:2]
    assert found["open"] == 6
    assert "agreement(halt-for-captives)" in first["decides"]
    assert (first["counted"]["decides"], second["counted"]["decides"]) == (2, 4)
    assert len(second["decides"]) == 20


def test_one_conclusion_is_told_with_how_far_each_answer_moves_it(capsys: pytest.CaptureFixture[str]) -> None:
    page = out(capsys, str(JANUARY), "--conclusion", "agreement(halt-for-captives)")
    assert "now in 8 of 16 settings" in " ".join(page.split())
    assert "in 0 of 8" in page
    assert "in 8 of 8" in page


def test_who_is_wholly_unknown_is_asked_about_each_package(capsys: pytest.CaptureFixture[str]) -> None:
    words = " ".join(out(capsys, str(RIVER), "--conclusion", "agreement(fund-plan)").split())
    assert "Would Sondra rather have fund-plan" in words
    assert "Ask Sondra, through Basin Fund." in words
    assert "settings not countable" in words


def test_every_key_is_documented_and_the_other_way_round(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = documented_keys(section(page, "accordant/questions/1"))
    method = documented_keys(section(page, "method"))
    used: set[str] = set()
    for case in (JANUARY, RIVER, ROOT / "cases" / "labour"):
        found = json.loads(out(capsys, str(case), "--json"))
        assert found["schema"] == "accordant/questions/1"
        for path in set(keys(found)):
            fits = {pattern for pattern in documented | method if matches(pattern, path)}
            assert fits, path
            used |= fits
    assert documented <= used


def test_tables_in_a_workbook_and_as_csv(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = out(capsys, str(JANUARY), "--csv")
    assert text.splitlines()[0] == "question,asks,ask,through,decides,at best,moves,claims"
    file = tmp_path / "questions.xlsx"
    out(capsys, str(JANUARY), "-o", str(file))
    from openpyxl import load_workbook

    assert len(load_workbook(file).sheetnames) == 5


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--conclusion", "agreement(nothing)"], "there is no proposal or state 'nothing'"),
        (["--without", "c999"], "c999"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in out(capsys, str(JANUARY), *words, status=2)


def test_nothing_open_is_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    page = out(capsys, str(ROOT / "cases" / "elmira"))
    assert "Nothing is open: no answer would change a conclusion" in page


def test_words_of_restricted_claims_do_not_leave(capsys: pytest.CaptureFixture[str]) -> None:
    supply = ROOT / "cases" / "supply"
    case = accordant.load(supply).case
    held = [c for c, claim in case.claims.items() if claim.handling == "restricted"]
    text = out(capsys, str(supply), "--json")
    found: dict[str, Any] = json.loads(text)
    assert held
    assert not any(case.claims[c].says in text for c in held)
    assert all(said == "restricted, withheld" for c, said in found["grounds"].items() if c in held)


def test_states_that_are_named_are_described_once(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(out(capsys, str(JANUARY)).split())
    space = accordant.load(JANUARY).compiler.space()
    values, now = space.values_of(space.numbers["s13"]), space.values_of(space.numbers["s1"])
    other = ", ".join(f"{issue}={value}" for issue, value in values.items() if value != now[issue])
    assert page.count("s13: ") == 1
    assert f"s13: {other}" in page
